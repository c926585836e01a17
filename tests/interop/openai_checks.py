"""The `openai` package: Chat Completions, Responses, and its typed exceptions."""

import base64

import openai
import pydantic
from report import PDF, WEATHER, expect, png


class Job(pydantic.BaseModel):
    title: str
    skills: list[str]
    remote: bool


def client(target, key=None):
    return openai.OpenAI(api_key=key or target.key, base_url=target.base_url, max_retries=0, timeout=20)


def user(text):
    return [{"role": "user", "content": text}]


def data_url(kind, data):
    return f"data:{kind};base64,{base64.b64encode(data).decode()}"


FUNCTION = {"name": "get_weather", "description": "The weather of a city.", "parameters": WEATHER, "strict": True}


def check_models(target):
    names = [model.id for model in client(target).models.list()]
    assert target.model in names, names


def check_chat(target):
    answer = client(target).chat.completions.create(
        model=target.model, messages=[{"role": "system", "content": "Be brief."}, *user("Why?")], max_completion_tokens=100
    )
    assert answer.object == "chat.completion" and answer.choices[0].finish_reason == "stop"
    assert answer.choices[0].message.content and answer.choices[0].message.refusal is None
    usage = answer.usage
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens > 0


def check_chat_stream(target):
    stream = client(target).chat.completions.create(
        model=target.model, messages=user("Why — naïve?"), stream=True, stream_options={"include_usage": True}
    )
    text, finish, usage, chunks = "", None, None, 0
    for chunk in stream:
        chunks += 1
        usage = chunk.usage or usage
        for choice in chunk.choices:
            text += choice.delta.content or ""
            finish = choice.finish_reason or finish
    assert text and "�" not in text and finish == "stop" and chunks > 3, (text, finish, chunks)
    assert usage.total_tokens == usage.prompt_tokens + usage.completion_tokens > 0


def check_chat_length(target):
    answer = client(target).chat.completions.create(
        model=target.model, messages=user("Tell it in 200 words."), max_completion_tokens=5
    )
    assert answer.choices[0].finish_reason == "length", answer
    assert answer.usage.completion_tokens <= 5


def check_chat_tools(target):
    tools = [{"type": "function", "function": FUNCTION}]
    messages = user("Please call the tool.")
    create = client(target).chat.completions.create
    first = create(model=target.model, messages=messages, tools=tools, tool_choice="required")
    call = first.choices[0].message.tool_calls[0]
    assert first.choices[0].finish_reason == "tool_calls" and call.function.name == "get_weather"
    assert '"city"' in call.function.arguments
    messages += [first.choices[0].message, {"role": "tool", "tool_call_id": call.id, "content": "sunny"}]
    second = create(model=target.model, messages=messages, tools=tools)
    assert second.choices[0].finish_reason == "stop" and "sunny" in second.choices[0].message.content


def check_chat_tools_stream(target):
    tools = [{"type": "function", "function": FUNCTION}]
    with client(target).chat.completions.stream(
        model=target.model, messages=user("Please call the tool."), tools=tools, tool_choice="required"
    ) as stream:
        final = stream.get_final_completion()
    call = final.choices[0].message.tool_calls[0]
    assert call.function.name == "get_weather" and call.id
    assert call.function.parsed_arguments["days"] >= 1, call


def check_chat_schema(target):
    answer = client(target).chat.completions.parse(model=target.model, messages=user("Find a job."), response_format=Job)
    assert isinstance(answer.choices[0].message.parsed, Job), answer


def check_chat_image(target):
    content = [
        {"type": "text", "text": "What is this?"},
        {"type": "image_url", "image_url": {"url": data_url("image/png", png())}},
    ]
    answer = client(target).chat.completions.create(model=target.model, messages=user(content))
    assert answer.choices[0].message.content


def check_chat_pdf(target):
    file = {"filename": "a.pdf", "file_data": data_url("application/pdf", PDF)}
    content = [{"type": "text", "text": "What is this?"}, {"type": "file", "file": file}]
    answer = client(target).chat.completions.create(model=target.model, messages=user(content))
    assert answer.choices[0].message.content


def check_chat_thinking(target):
    answer = client(target).chat.completions.create(
        model=target.thinking_model, messages=user("Why?"), reasoning_effort="low", max_completion_tokens=500
    )
    assert answer.usage.completion_tokens_details.reasoning_tokens > 0, answer.usage


def check_responses(target):
    answer = client(target).responses.create(
        model=target.model, instructions="Be brief.", input="Why?", store=False, max_output_tokens=100
    )
    assert answer.status == "completed" and answer.output_text
    assert answer.usage.total_tokens == answer.usage.input_tokens + answer.usage.output_tokens > 0


def check_responses_stream(target):
    create = client(target).responses.create
    events = list(create(model=target.model, input="Why?", store=False, stream=True))
    assert [event.sequence_number for event in events] == list(range(len(events)))
    assert events[0].type == "response.created" and events[-1].type == "response.completed"
    text = "".join(event.delta for event in events if event.type == "response.output_text.delta")
    assert text and text == events[-1].response.output_text


def check_responses_tools(target):
    tools = [{"type": "function", **FUNCTION}]
    create = client(target).responses.create
    items = user("Please call the tool.")
    first = create(model=target.thinking_model, input=items, tools=tools, tool_choice="required", store=False,
                   reasoning={"effort": "low"}, include=["reasoning.encrypted_content"])
    call = next(item for item in first.output if item.type == "function_call")
    assert call.name == "get_weather"
    items += [item.model_dump(exclude_none=True, exclude={"status"}) for item in first.output]
    items += [{"type": "function_call_output", "call_id": call.call_id, "output": "sunny"}]
    second = create(model=target.thinking_model, input=items, tools=tools, store=False)
    assert "sunny" in second.output_text


def check_responses_tools_stream(target):
    tools = [{"type": "function", **FUNCTION}]
    with client(target).responses.stream(
        model=target.model, input="Please call the tool.", tools=tools, tool_choice="required", store=False
    ) as stream:
        final = stream.get_final_response()
    assert final.output[0].name == "get_weather" and "city" in final.output[0].arguments


def check_responses_schema(target):
    answer = client(target).responses.parse(model=target.model, input="Find a job.", text_format=Job, store=False)
    assert isinstance(answer.output_parsed, Job), answer


def check_responses_media(target):
    content = [
        {"type": "input_text", "text": "What is this?"},
        {"type": "input_image", "image_url": data_url("image/png", png()), "detail": "auto"},
        {"type": "input_file", "filename": "a.pdf", "file_data": data_url("application/pdf", PDF)},
    ]
    assert client(target).responses.create(model=target.model, input=user(content), store=False).output_text


def check_responses_thinking(target):
    answer = client(target).responses.create(
        model=target.thinking_model, input="Why?", store=False, reasoning={"effort": "low"}
    )
    assert answer.output[0].type == "reasoning" and answer.usage.output_tokens_details.reasoning_tokens > 0


def check_responses_count(target):
    assert client(target).responses.input_tokens.count(model=target.model, input="Why not?").input_tokens > 0


def ask(target, name=None, **more):
    key, model = target.failing(name) if name else (target.key, target.model)
    options = {"model": model, "messages": user("Why?"), **more}
    return client(target, key).chat.completions.create(**options)


def check_error_bad_key(target):
    failure = expect(openai.AuthenticationError, lambda: ask(target, "bad-key"))
    assert failure.status_code == 401


def check_error_no_permission(target):
    expect(openai.PermissionDeniedError, lambda: ask(target, "no-permission"))


def check_error_rate_limit(target):
    failure = expect(openai.RateLimitError, lambda: ask(target, "rate-limit"))
    assert failure.response.headers.get("retry-after"), failure.response.headers


def check_error_overloaded(target):
    failure = expect(openai.InternalServerError, lambda: ask(target, "overloaded"))
    assert failure.status_code == 503


def check_error_server(target):
    expect(openai.InternalServerError, lambda: ask(target, "server-error"))


def check_error_unknown_model(target):
    failure = expect(openai.NotFoundError, lambda: ask(target, model="no-such-model"))
    assert failure.code == "model_not_found"


def check_error_bad_request(target):
    expect(openai.BadRequestError, lambda: ask(target, temperature=3))
    expect(openai.BadRequestError, lambda: ask(target, messages=[]))


def check_error_in_stream(target):
    failure = expect(openai.APIError, lambda: list(ask(target, "stream-error", stream=True)))
    assert not isinstance(failure, openai.APIStatusError), "the stream had begun with status 200"
