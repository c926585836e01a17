"""The `google-genai` package: generateContent, and its exceptions for the caller's and the server's mistakes."""

import functools

import pydantic
from google import genai
from google.genai import errors, types
from report import PDF, WEATHER, expect, png


class Job(pydantic.BaseModel):
    title: str
    skills: list[str]
    remote: bool


DECLARATION = {"name": "get_weather", "description": "The weather of a city.", "parameters_json_schema": WEATHER}


@functools.cache
def made(base_url, key):
    # A client that nobody holds closes its connections under the call.
    http = types.HttpOptions(base_url=base_url, timeout=20_000)
    return genai.Client(api_key=key, vertexai=False, http_options=http)


def client(target, key=None):
    return made(target.base_url, key or target.key)


def tools(mode="AUTO"):
    return {
        "tools": [types.Tool(function_declarations=[types.FunctionDeclaration(**DECLARATION)])],
        "tool_config": types.ToolConfig(function_calling_config=types.FunctionCallingConfig(mode=mode)),
        "automatic_function_calling": types.AutomaticFunctionCallingConfig(disable=True),
    }


def config(**more):
    return types.GenerateContentConfig(**more)


def check_models(target):
    names = [model.name for model in client(target).models.list(config={"page_size": 5})]
    assert f"models/{target.model}" in names, names


def check_generate(target):
    answer = client(target).models.generate_content(
        model=target.model,
        contents="Why?",
        config=config(system_instruction="Be brief.", temperature=0.2, max_output_tokens=100),
    )
    assert answer.text and answer.candidates[0].finish_reason == types.FinishReason.STOP
    usage = answer.usage_metadata
    assert usage.total_token_count == usage.prompt_token_count + usage.candidates_token_count > 0


def check_stream(target):
    chunks = list(client(target).models.generate_content_stream(model=target.model, contents="Why — naïve?"))
    text = "".join(chunk.text or "" for chunk in chunks)
    assert len(chunks) > 2 and text and "�" not in text
    assert chunks[-1].candidates[0].finish_reason == types.FinishReason.STOP
    assert chunks[-1].usage_metadata.candidates_token_count > 1


def check_length(target):
    answer = client(target).models.generate_content(
        model=target.model, contents="Tell it in 200 words.", config=config(max_output_tokens=5)
    )
    assert answer.candidates[0].finish_reason == types.FinishReason.MAX_TOKENS


def check_chat(target):
    chat = client(target).chats.create(model=target.model)
    assert chat.send_message("Why?").text
    assert chat.send_message("And why that?").text


def check_tools(target):
    generate = client(target).models.generate_content
    contents = [types.Content(role="user", parts=[types.Part.from_text(text="Please call the tool.")])]
    first = generate(model=target.thinking_model, contents=contents, config=config(**tools("ANY")))
    call = first.function_calls[0]
    assert call.name == "get_weather" and call.args["days"] >= 1
    result = types.Part.from_function_response(name=call.name, response={"result": "sunny"})
    contents += [first.candidates[0].content, types.Content(role="user", parts=[result])]
    second = generate(model=target.thinking_model, contents=contents, config=config(**tools()))
    assert "sunny" in second.text


def check_tools_stream(target):
    stream = client(target).models.generate_content_stream(
        model=target.model, contents="Please call the tool.", config=config(**tools("ANY"))
    )
    calls = [call for chunk in stream for call in chunk.function_calls or []]
    assert [call.name for call in calls] == ["get_weather"], calls


def check_schema(target):
    for more in [{"response_schema": Job}, {"response_json_schema": Job.model_json_schema()}]:
        answer = client(target).models.generate_content(
            model=target.model,
            contents="Find a job.",
            config=config(response_mime_type="application/json", **more),
        )
        assert Job.model_validate_json(answer.text), answer


def check_image(target):
    parts = [types.Part.from_bytes(data=png(), mime_type="image/png"), "What is this?"]
    assert client(target).models.generate_content(model=target.model, contents=parts).text


def check_pdf(target):
    parts = [types.Part.from_bytes(data=PDF, mime_type="application/pdf"), "What is this?"]
    assert client(target).models.generate_content(model=target.model, contents=parts).text


def check_thinking(target):
    thinking = types.ThinkingConfig(thinking_level="LOW")
    answer = client(target).models.generate_content(
        model=target.thinking_model, contents="Why?", config=config(thinking_config=thinking)
    )
    assert answer.text and answer.usage_metadata.thoughts_token_count > 0


def check_count_tokens(target):
    assert client(target).models.count_tokens(model=target.model, contents="Why not?").total_tokens > 0


def ask(target, name=None, model=None, **more):
    key, failing = target.failing(name) if name else (target.key, target.model)
    return client(target, key).models.generate_content(model=model or failing, contents="Why?", config=config(**more))


def check_error_bad_key(target):
    failure = expect(errors.ClientError, lambda: ask(target, "bad-key"))
    # Gemini's own answer is 400; anything in front of it may say 401.
    assert failure.code in (400, 401), failure


def check_error_no_permission(target):
    failure = expect(errors.ClientError, lambda: ask(target, "no-permission"))
    assert (failure.code, failure.status) == (403, "PERMISSION_DENIED"), failure


def check_error_rate_limit(target):
    failure = expect(errors.ClientError, lambda: ask(target, "rate-limit"))
    assert (failure.code, failure.status) == (429, "RESOURCE_EXHAUSTED"), failure
    assert any("retryDelay" in detail for detail in failure.details["error"]["details"]), failure.details


def check_error_overloaded(target):
    failure = expect(errors.ServerError, lambda: ask(target, "overloaded"))
    assert (failure.code, failure.status) == (503, "UNAVAILABLE"), failure


def check_error_server(target):
    failure = expect(errors.ServerError, lambda: ask(target, "server-error"))
    assert failure.code >= 500, failure


def check_error_unknown_model(target):
    failure = expect(errors.ClientError, lambda: ask(target, model="no-such-model"))
    assert (failure.code, failure.status) == (404, "NOT_FOUND"), failure


def check_error_bad_request(target):
    failure = expect(errors.ClientError, lambda: ask(target, temperature=3))
    assert (failure.code, failure.status) == (400, "INVALID_ARGUMENT"), failure


def check_error_in_stream(target):
    key, model = target.failing("stream-error")
    stream = client(target, key).models.generate_content_stream
    failure = expect(errors.APIError, lambda: list(stream(model=model, contents="Why?")))
    assert failure.code >= 500, failure
