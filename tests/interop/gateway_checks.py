"""What only a gateway has, through all three SDKs: names that are no vendor's, its own limits, and whose fault it is."""

import anthropic
import openai
from google import genai
from google.genai import errors, types
from report import expect

VENDORS = ["openai", "claude", "gemini"]


class Sdk:
    """One SDK: how it asks for a text, and what it raises."""

    def __init__(self, target):
        self.openai = openai.OpenAI(api_key=target.key, base_url=f"{target.base_url}/v1", max_retries=0, timeout=20)
        self.claude = anthropic.Anthropic(api_key=target.key, base_url=target.base_url, max_retries=0, timeout=20)
        http = types.HttpOptions(base_url=target.base_url, timeout=20_000)
        self.gemini = genai.Client(api_key=target.key, vertexai=False, http_options=http)

    def asks(self):
        """A function for each SDK that asks a model by its name."""
        return {"openai": self.ask_openai, "claude": self.ask_claude, "gemini": self.ask_gemini}

    def ask_openai(self, model, prompt="Why?"):
        messages = [{"role": "user", "content": prompt}]
        return self.openai.chat.completions.create(model=model, messages=messages).choices[0].message.content

    def ask_claude(self, model, prompt="Why?"):
        messages = [{"role": "user", "content": prompt}]
        return self.claude.messages.create(model=model, max_tokens=100, messages=messages).content[0].text

    def ask_gemini(self, model, prompt="Why?"):
        return self.gemini.models.generate_content(model=model, contents=prompt).text


def check_names(target):
    """Each SDK reaches each vendor: by a model, by a configuration, by a task."""
    for sdk, ask in Sdk(target).asks().items():
        for vendor in VENDORS:
            for name in [target.models[vendor], f"{vendor} works", f"{vendor.upper()} Works"]:
                assert ask(name), (sdk, name)
        assert ask("task:extraction"), sdk


def check_names_are_listed(target):
    sdk = Sdk(target)
    wanted = {*target.models.values(), "openai works", "task:extraction"}
    lists = [
        {model.id for model in sdk.openai.models.list()},
        {model.id for model in sdk.claude.models.list()},
        {model.name.removeprefix("models/") for model in sdk.gemini.models.list()},
    ]
    for names in lists:
        assert wanted <= names, wanted - names
    assert sdk.openai.models.retrieve("task:extraction").id == "task:extraction"
    assert sdk.claude.models.retrieve("openai works").id == "openai works"


def check_unknown_names_are_told_with_the_nearest(target):
    sdk = Sdk(target)
    for name, nearest in [("gpt-4o-mimi", "gpt-4o-mini"), ("task:extractoin", "extraction")]:
        failure = expect(openai.NotFoundError, lambda: sdk.ask_openai(name))
        assert failure.code == "model_not_found" and f"Did you mean {nearest}" in failure.message, failure
        failure = expect(anthropic.NotFoundError, lambda: sdk.ask_claude(name))
        assert failure.body["error"]["type"] == "not_found_error" and nearest in failure.message, failure
        failure = expect(errors.ClientError, lambda: sdk.ask_gemini(name))
        assert (failure.code, failure.status) == (404, "NOT_FOUND") and nearest in failure.message, failure


def check_own_limits_say_which_and_when(target):
    sdk = Sdk(target)
    assert sdk.ask_openai("openai limited")
    failure = expect(openai.RateLimitError, lambda: sdk.ask_openai("openai limited"))
    assert failure.code == "limit_reached" and failure.body["limit"]["kind"] == "requests_per_minute", failure.body
    assert 0 < int(failure.response.headers["retry-after"]) <= 61, failure.response.headers
    assert sdk.ask_claude("claude limited")
    failure = expect(anthropic.RateLimitError, lambda: sdk.ask_claude("claude limited"))
    assert failure.body["error"]["details"]["left"] == "0", failure.body
    assert int(failure.response.headers["retry-after"]) > 0
    assert sdk.ask_gemini("gemini limited")
    failure = expect(errors.ClientError, lambda: sdk.ask_gemini("gemini limited"))
    assert (failure.code, failure.status) == (429, "RESOURCE_EXHAUSTED"), failure
    assert any("retryDelay" in detail for detail in failure.details["error"]["details"]), failure.details


def check_a_providers_refused_key_is_not_the_clients(target):
    sdk = Sdk(target)
    for name in ["bad-key", "no-permission"]:
        failure = expect(openai.InternalServerError, lambda: sdk.ask_openai(f"openai {name}"))
        assert failure.status_code == 502 and failure.code == "provider_key_refused", failure
        failure = expect(anthropic.InternalServerError, lambda: sdk.ask_claude(f"claude {name}"))
        assert failure.status_code == 502, failure
        failure = expect(errors.ServerError, lambda: sdk.ask_gemini(f"gemini {name}"))
        assert failure.code == 502, failure


def check_tokens_are_counted_by_claude_alone(target):
    sdk = Sdk(target)
    asked = {"messages": [{"role": "user", "content": "Why not?"}], "system": "Be brief."}
    for name in [target.models["claude"], "claude works"]:
        assert sdk.claude.messages.count_tokens(model=name, **asked).input_tokens > 0, name
    for name in [target.models["openai"], "gemini works", "task:extraction"]:
        failure = expect(
            anthropic.BadRequestError, lambda: sdk.claude.messages.count_tokens(model=name, **asked)
        )
        assert failure.body["error"]["type"] == "invalid_request_error", failure.body
        assert "Name a Claude model" in failure.message, failure.message


def check_headers_tell_who_answered_and_what_it_cost(target):
    create = Sdk(target).openai.chat.completions.with_raw_response.create
    answer = create(model="task:extraction", messages=[{"role": "user", "content": "Why?"}], top_p=0.9)
    headers = answer.headers
    assert headers["x-signalbox-provider"] and headers["x-signalbox-fallbacks"] == "0", headers
    assert float(headers["x-signalbox-cost-usd"]) > 0, headers
    assert headers["x-signalbox-ignored"] == "top_p", headers
