"""The `anthropic` package: Messages, and its typed exceptions."""

import base64

import anthropic
import pydantic
from report import PDF, WEATHER, expect, png


class Job(pydantic.BaseModel):
    title: str
    skills: list[str]
    remote: bool


TOOL = {"name": "get_weather", "description": "The weather of a city.", "input_schema": WEATHER}


def client(target, key=None):
    return anthropic.Anthropic(api_key=key or target.key, base_url=target.base_url, max_retries=0, timeout=20)


def options(target, content="Why?", **more):
    return {"model": target.model, "max_tokens": 200, "messages": [{"role": "user", "content": content}], **more}


def base64_source(kind, data):
    return {"type": "base64", "media_type": kind, "data": base64.b64encode(data).decode()}


def check_models(target):
    models = list(client(target).models.list(limit=5))
    assert models and all(model.type == "model" and model.display_name for model in models)


def check_messages(target):
    answer = client(target).messages.create(**options(target, system="Be brief."))
    assert answer.role == "assistant" and answer.stop_reason == "end_turn" and answer.content[0].text
    assert answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0


def check_messages_stream(target):
    with client(target).messages.stream(**options(target, "Why — naïve?")) as stream:
        text = "".join(stream.text_stream)
        final = stream.get_final_message()
    assert text and "�" not in text and text == final.content[0].text
    assert final.stop_reason == "end_turn" and final.usage.output_tokens > 1


def check_messages_events(target):
    kinds = [event.type for event in client(target).messages.create(**options(target), stream=True)]
    assert kinds[0] == "message_start" and kinds[-2:] == ["message_delta", "message_stop"], kinds
    assert "content_block_delta" in kinds


def check_messages_length(target):
    answer = client(target).messages.create(**options(target, "Tell it in 200 words.", max_tokens=5))
    assert answer.stop_reason == "max_tokens" and answer.usage.output_tokens <= 5


def check_messages_stop(target):
    answer = client(target).messages.create(**options(target, "Why?", stop_sequences=["simulated"]))
    assert answer.stop_reason == "stop_sequence" and "simulated" not in answer.content[0].text


def check_tools(target):
    create = client(target).messages.create
    asked = options(target, "Please call the tool.", tools=[TOOL])
    first = create(**asked, tool_choice={"type": "any"})
    call = next(block for block in first.content if block.type == "tool_use")
    assert first.stop_reason == "tool_use" and call.name == "get_weather" and call.input["days"] >= 1
    result = {"type": "tool_result", "tool_use_id": call.id, "content": "sunny"}
    asked["messages"] += [{"role": "assistant", "content": first.content}, {"role": "user", "content": [result]}]
    second = create(**asked)
    assert second.stop_reason == "end_turn" and "sunny" in second.content[0].text


def check_tools_stream(target):
    asked = options(target, "Please call the tool.", tools=[TOOL], tool_choice={"type": "tool", "name": "get_weather"})
    with client(target).messages.stream(**asked) as stream:
        final = stream.get_final_message()
    call = next(block for block in final.content if block.type == "tool_use")
    assert call.input["city"] and final.stop_reason == "tool_use"


def check_schema(target):
    answer = client(target).messages.parse(**options(target, "Find a job."), output_format=Job)
    assert isinstance(answer.parsed_output, Job), answer


def check_image(target):
    content = [{"type": "image", "source": base64_source("image/png", png())}, {"type": "text", "text": "What is this?"}]
    assert client(target).messages.create(**options(target, content)).content[0].text


def check_pdf(target):
    source = base64_source("application/pdf", PDF)
    content = [{"type": "document", "source": source}, {"type": "text", "text": "What is this?"}]
    assert client(target).messages.create(**options(target, content)).content[0].text


def check_thinking(target):
    asked = options(target, thinking={"type": "adaptive"}, output_config={"effort": "low"}, max_tokens=500)
    asked["model"] = target.thinking_model
    answer = client(target).messages.create(**asked)
    assert answer.content[0].type == "thinking" and answer.content[0].signature
    with client(target).messages.stream(**asked) as stream:
        assert stream.get_final_message().content[0].signature == answer.content[0].signature


def check_count(target):
    messages = [{"role": "user", "content": "Why not?"}]
    assert client(target).messages.count_tokens(model=target.model, messages=messages).input_tokens > 0


def ask(target, name=None, **more):
    key, model = target.failing(name) if name else (target.key, target.model)
    return client(target, key).messages.create(**{**options(target), "model": model, **more})


def check_error_bad_key(target):
    failure = expect(anthropic.AuthenticationError, lambda: ask(target, "bad-key"))
    assert failure.body["error"]["type"] == "authentication_error", failure.body


def check_error_no_permission(target):
    expect(anthropic.PermissionDeniedError, lambda: ask(target, "no-permission"))


def check_error_rate_limit(target):
    failure = expect(anthropic.RateLimitError, lambda: ask(target, "rate-limit"))
    assert failure.response.headers.get("retry-after") and failure.request_id


def check_error_overloaded(target):
    failure = expect(anthropic.InternalServerError, lambda: ask(target, "overloaded"))
    assert failure.body["error"]["type"] == "overloaded_error", failure.body


def check_error_server(target):
    expect(anthropic.InternalServerError, lambda: ask(target, "server-error"))


def check_error_unknown_model(target):
    failure = expect(anthropic.NotFoundError, lambda: ask(target, model="no-such-model"))
    assert failure.body["error"]["type"] == "not_found_error", failure.body


def check_error_bad_request(target):
    expect(anthropic.BadRequestError, lambda: ask(target, max_tokens=0))
    expect(anthropic.BadRequestError, lambda: ask(target, messages=[]))


def check_error_in_stream(target):
    failure = expect(anthropic.APIStatusError, lambda: list(ask(target, "stream-error", stream=True)))
    assert "overloaded" in str(failure).lower(), failure
