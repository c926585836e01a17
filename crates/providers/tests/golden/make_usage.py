#!/usr/bin/env python3
"""Writes usage.json: what vendors say that calls took, and what that must come to.

Each case has its source: traffic that others recorded, with its numbers, or a shape from a vendor's specification, an official
SDK or such a recording, from which the case is derived with numbers of its own. Buckets are written down by hand, case by case; costs are computed here, from the catalogue with decimal arithmetic, and never by the code under test.

    python3 make_usage.py
"""

import json
from decimal import Decimal
from pathlib import Path

HERE = Path(__file__).parent
CATALOG = json.loads((HERE / "../../../model/data/model-catalog.json").resolve().read_text())
PRICES = {(m["provider_type"], m["model_name"]): m for m in CATALOG["models"]}
CASES = []


def rates(model):
    """USD per token of each bucket, and the same above the threshold."""
    price = lambda entry, name: Decimal(entry[name]) / 1_000_000 if entry.get(name) is not None else None
    names = {
        "audio_input": "audio_input_usd_per_mtok",
        "cache_read": "cached_input_usd_per_mtok",
        "cache_write": "cache_write_usd_per_mtok",
        "cache_write_1h": "cache_write_1h_usd_per_mtok",
    }
    low = {"input": price(model, "input_usd_per_mtok"), "output": price(model, "output_usd_per_mtok")}
    for bucket, name in names.items():
        low[bucket] = price(model, name)
    # What has no price of its own costs what input costs; a write for an hour, what a shorter one costs.
    for bucket in ("audio_input", "cache_read", "cache_write"):
        low[bucket] = low["input"] if low[bucket] is None else low[bucket]
    low["cache_write_1h"] = low["cache_write"] if low["cache_write_1h"] is None else low["cache_write_1h"]
    long = model.get("long_context")
    if not long:
        return low, None, None
    high = {"input": price(long, "input_usd_per_mtok"), "output": price(long, "output_usd_per_mtok")}
    for bucket, name in names.items():
        own = price(long, name)
        high[bucket] = low[bucket] * high["input"] / low["input"] if own is None else own
    return low, high, long["above_input_tokens"]


def cost(vendor, name, buckets):
    """Pico-dollars as text, an exact integer."""
    low, high, above = rates(PRICES[(vendor, name)])
    get = lambda bucket: buckets.get(bucket, 0)
    inputs = ("input", "audio_input", "cache_read", "cache_write", "cache_write_1h")
    prices = high if high and sum(map(get, inputs)) > above else low
    usd = sum((prices[bucket] * get(bucket) for bucket in inputs + ("output",)), Decimal(0))
    pico = usd * 10**12
    assert pico == pico.to_integral_value(), (name, pico)
    return str(int(pico))


# Where recorded traffic and the shapes are from.
PYDANTIC = "github.com/pydantic/pydantic-ai @4fda389, tests/"
OPENAI = "github.com/openai/openai-openapi @f85dbe2, openapi.yaml, "
SHAPES = {
    ("chat", "body"): OPENAI + "CreateChatCompletionResponse",
    ("chat", "stream"): PYDANTIC + "cassettes/test_dbos/test_complex_agent_run_in_workflow.yaml",
    ("compatible", "body"): OPENAI + "CreateChatCompletionResponse, with what compatible servers leave out",
    ("compatible", "stream"): OPENAI + "CreateChatCompletionStreamResponse, with what compatible servers leave out",
    ("responses", "body"): OPENAI + "Response",
    ("responses", "stream"): OPENAI + "ResponseStreamEvent",
    ("claude", "body"): "github.com/anthropics/anthropic-sdk-python @009b035, src/anthropic/types/message.py and usage.py",
    ("claude", "stream"): PYDANTIC + "cassettes/test_tool_search/test_anthropic_native_tool_search_streaming.yaml",
    ("gemini", "body"): "github.com/googleapis/python-genai @6680718, google/genai/types.py, GenerateContentResponse",
    ("gemini", "stream"): PYDANTIC + "models/cassettes/test_google/",
}


def case(name, dialect, model, payload, expected, error=None, recorded=None):
    vendor = {"chat": "openai", "compatible": "openai", "responses": "openai"}.get(dialect, dialect)
    CASES.append({
        "name": name,
        "source": f"recorded in {recorded}" if recorded else
                  f"derived from {SHAPES[dialect, 'stream' if isinstance(payload, str) else 'body']}",
        "dialect": dialect,
        "provider_type": vendor,
        "model": model,
        ("stream" if isinstance(payload, str) else "body"): payload,
        "error": error,
        "usage": expected,
        "pico_usd": None if expected is None else cost(vendor, model, expected),
    })


def b(input=0, output=0, **more):
    """Buckets; those left out are zero."""
    return {"input": input, "output": output, **more}


# --- OpenAI, Chat Completions ---------------------------------------------------------------------------------------


def chat_body(usage, tier="default", finish="stop", content="Hello!"):
    body = {"id": "chatcmpl-B9", "object": "chat.completion", "created": 1741569952, "model": "gpt-4o-mini-2024-07-18",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": content, "refusal": None, "annotations": []},
                         "logprobs": None, "finish_reason": finish}], "usage": usage, "system_fingerprint": None}
    if tier:
        body["service_tier"] = tier
    return body


def chat_usage(prompt, completion, cached=0, write=None, reasoning=0, total=None):
    inputs = {"cached_tokens": cached, "audio_tokens": 0}
    if write is not None:
        inputs["cache_write_tokens"] = write
    return {"prompt_tokens": prompt, "completion_tokens": completion,
            "total_tokens": prompt + completion if total is None else total, "prompt_tokens_details": inputs,
            "completion_tokens_details": {"reasoning_tokens": reasoning, "audio_tokens": 0,
                                          "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}}


TIER = {"service_tier": "default"}
case("chat: the documented shape", "chat", "gpt-4o-mini", chat_body(chat_usage(19, 10)), b(19, 10, **TIER))
case("chat: a thousand in, five hundred out, 0.00045 USD", "chat", "gpt-4o-mini", chat_body(chat_usage(1000, 500)), b(1000, 500, **TIER))
case("chat: recorded cache write", "chat", "gpt-5.6", chat_body(chat_usage(4020, 30, 0, 4012)), b(8, 30, cache_write=4012, **TIER), recorded=PYDANTIC + "models/cassettes/test_openai_prompt_cache/ (prompt and cache; the output is ours)")
case("chat: the same prompt read from the cache", "chat", "gpt-5.6", chat_body(chat_usage(4020, 30, 4012, 0)), b(8, 30, cache_read=4012, **TIER))
case("chat: read and write at once", "chat", "gpt-5.6-terra", chat_body(chat_usage(10000, 1, 6000, 3000)), b(1000, 1, cache_read=6000, cache_write=3000, **TIER))
case("chat: all of the prompt cached", "chat", "gpt-4.1", chat_body(chat_usage(2048, 12, 2048)), b(0, 12, cache_read=2048, **TIER))
case("chat: cached input without a price of its own", "chat", "o3-pro", chat_body(chat_usage(2000, 10, 1024)), b(976, 10, cache_read=1024, **TIER))
case("chat: cache writes without a price of their own", "chat", "gpt-5", chat_body(chat_usage(2000, 10, 0, 1024)), b(976, 10, cache_write=1024, **TIER))
case("chat: reasoning is inside the output", "chat", "o3", chat_body(chat_usage(75, 1186, 0, None, 1024)), b(75, 1186, reasoning=1024, **TIER))
case("chat: all of the output is reasoning", "chat", "gpt-5-nano", chat_body(chat_usage(12, 64, 0, None, 64), finish="length", content=""), b(12, 64, reasoning=64, **TIER))
case("chat: at the threshold of long context", "chat", "gpt-5.4", chat_body(chat_usage(272000, 100)), b(272000, 100, **TIER))
case("chat: one token above the threshold", "chat", "gpt-5.4", chat_body(chat_usage(272001, 100)), b(272001, 100, **TIER))
case("chat: the cache counts towards the threshold", "chat", "gpt-5.5", chat_body(chat_usage(300000, 100, 299000)), b(1000, 100, cache_read=299000, **TIER))
case("chat: long context with a write", "chat", "gpt-6-astra", chat_body(chat_usage(400000, 7, 100000, 200000)), b(100000, 7, cache_read=100000, cache_write=200000, **TIER))
case("chat: flex tier", "chat", "gpt-5.1", chat_body(chat_usage(100, 20), "flex"), b(100, 20, service_tier="flex"))
case("chat: priority tier", "chat", "gpt-5.2", chat_body(chat_usage(100, 20), "priority"), b(100, 20, service_tier="priority"))
case("chat: no tier", "chat", "gpt-4o", chat_body(chat_usage(100, 20), None), b(100, 20))
case("chat: details left out", "chat", "gpt-4o", chat_body({"prompt_tokens": 364, "completion_tokens": 40, "total_tokens": 404}), b(364, 40, **TIER))
case("chat: details null", "chat", "gpt-4o", chat_body({"prompt_tokens": 5, "completion_tokens": 4, "total_tokens": 9, "prompt_tokens_details": None, "completion_tokens_details": None}), b(5, 4, **TIER))
case("chat: usage null", "chat", "gpt-4o", chat_body(None), None)
case("chat: cached more than the prompt", "chat", "gpt-4o", chat_body(chat_usage(10, 3, 12)), b(0, 3, cache_read=12, approximate=True, **TIER))
case("chat: read and write more than the prompt", "chat", "gpt-5.6", chat_body(chat_usage(10, 3, 6, 6)), b(0, 3, cache_read=6, cache_write=6, approximate=True, **TIER))
case("chat: more reasoning than output", "chat", "o3", chat_body(chat_usage(10, 3, 0, None, 5)), b(10, 3, reasoning=3, approximate=True, **TIER))
case("chat: a total that is not the sum", "chat", "gpt-4o", chat_body(chat_usage(10, 3, total=20)), b(10, 3, approximate=True, **TIER))
case("chat: a negative count", "chat", "gpt-4o", chat_body({"prompt_tokens": -5, "completion_tokens": 3}), b(0, 3, approximate=True, **TIER))
case("chat: filtered in the middle", "chat", "gpt-4o", chat_body(chat_usage(30, 9), finish="content_filter"), b(30, 9, **TIER))
case("chat: an error has no usage", "chat", "gpt-4o", {"error": {"message": "x", "type": "server_error", "param": None, "code": None}}, None, "server")
case("chat: zero output", "chat", "gpt-4o-mini", chat_body(chat_usage(9, 0), content=""), b(9, 0, **TIER))


def chat_chunk(delta=None, finish=None, usage=None, empty=False, tier="default"):
    choices = [] if empty else [{"index": 0, "delta": delta or {}, "logprobs": None, "finish_reason": finish}]
    chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1754432618, "model": "gpt-4o-2024-08-06",
             "service_tier": tier, "usage": usage, "choices": choices, "obfuscation": "jP9a"}
    return "data: " + json.dumps(chunk) + "\n\n"


CHAT_START = chat_chunk({"role": "assistant", "content": ""}) + chat_chunk({"content": "Hi"})
CHAT_END = chat_chunk({}, "stop")
DONE = "data: [DONE]\n\n"
case("chat stream: the last chunk has usage and no choice", "chat", "gpt-4o", CHAT_START + CHAT_END + chat_chunk(usage=chat_usage(364, 40), empty=True) + DONE, b(364, 40, **TIER))
case("chat stream: cached and reasoning", "chat", "gpt-5.6", CHAT_START + CHAT_END + chat_chunk(usage=chat_usage(4020, 90, 2000, 2000, 64), empty=True) + DONE, b(20, 90, cache_read=2000, cache_write=2000, reasoning=64, **TIER))
case("chat stream: no usage asked for", "chat", "gpt-4o", CHAT_START + CHAT_END + DONE, None)
case("chat stream: cut before its usage", "chat", "gpt-4o", CHAT_START, None, "protocol")
case("chat stream: cut between usage and end", "chat", "gpt-4o", CHAT_START + CHAT_END + chat_chunk(usage=chat_usage(364, 40), empty=True), b(364, 40, approximate=True, **TIER), "protocol")
case("chat stream: an error in the middle", "chat", "gpt-4o", CHAT_START + 'data: {"error":{"message":"x","type":"server_error","param":null,"code":null}}\n\n', None, "server")
case("chat stream: flex tier", "chat", "gpt-5.4-mini", chat_chunk({"content": "Hi"}, tier="flex") + chat_chunk(usage=chat_usage(10, 2), empty=True, tier="flex") + DONE, b(10, 2, service_tier="flex"))

# --- Compatible servers ---------------------------------------------------------------------------------------------


def compatible(usage):
    return {"id": "x", "object": "chat.completion", "model": "m", "choices": [{"message": {"role": "assistant", "content": "Hi"}, "finish_reason": "stop"}], "usage": usage}


case("compatible: Google's hidden thinking, recorded 66 + 6 of 100", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 66, "completion_tokens": 6, "total_tokens": 100}), b(66, 34, reasoning=28), recorded="answers of Google's compatible endpoint: prompt 66, completion 6, total 100")
case("compatible: three counts alone", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 26, "completion_tokens": 298, "total_tokens": 324}), b(26, 298))
case("compatible: no total", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 26, "completion_tokens": 298}), b(26, 298))
case("compatible: a total below its parts", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 26, "completion_tokens": 298, "total_tokens": 30}), b(26, 298, approximate=True))
case("compatible: counts as floats", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 26.0, "completion_tokens": 2.0, "total_tokens": 28.0}), b(26, 2))
case("compatible: a count as text", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": "26", "completion_tokens": 2}), b(0, 2, approximate=True))
case("compatible: no usage", "compatible", "gpt-4o-mini", compatible(None), None)
case("compatible: empty usage", "compatible", "gpt-4o-mini", compatible({}), b(0, 0))
case("compatible: usage that is none", "compatible", "gpt-4o-mini", compatible("unknown"), None)
case("compatible: cached, as DeepSeek's gateway reports it", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 1200, "completion_tokens": 8, "total_tokens": 1208, "prompt_tokens_details": {"cached_tokens": 1152}}), b(48, 8, cache_read=1152))
case("compatible: visible and hidden thinking together", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 10, "completion_tokens": 20, "total_tokens": 50, "completion_tokens_details": {"reasoning_tokens": 5}}), b(10, 40, reasoning=25))
case("compatible: a number without bounds", "compatible", "gpt-4o-mini", compatible({"prompt_tokens": 1e300, "completion_tokens": 2}), b(0, 2, approximate=True))
case("compatible stream: usage beside a choice", "compatible", "gpt-4o-mini", 'data: {"choices":[{"delta":{"content":"Hi"},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":2,"total_tokens":9}}\n\ndata: [DONE]\n\n', b(7, 2))
case("compatible stream: the last of several counts", "compatible", "gpt-4o-mini", 'data: {"choices":[{"delta":{"content":"Hi"}}],"usage":{"prompt_tokens":7,"completion_tokens":1,"total_tokens":8}}\n\ndata: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}\n\ndata: [DONE]\n\n', b(7, 3))
case("compatible stream: cut, counted along", "compatible", "gpt-4o-mini", 'data: {"choices":[{"delta":{"content":"Hi"}}],"usage":{"prompt_tokens":7,"completion_tokens":1,"total_tokens":8}}\n\n', b(7, 1, approximate=True), "protocol")

# --- OpenAI, Responses ----------------------------------------------------------------------------------------------


def response(usage, status="completed", tier="default", text="Hi", **more):
    return {"id": "resp_1", "object": "response", "created_at": 1777591030, "status": status, "error": None,
            "incomplete_details": None, "model": "gpt-6-luna",
            "output": [{"type": "reasoning", "id": "rs_1", "summary": []},
                       {"type": "message", "id": "msg_1", "status": "completed", "role": "assistant",
                        "content": [{"type": "output_text", "text": text, "annotations": []}]}],
            "service_tier": tier, "usage": usage, **more}


def responses_usage(input, output, cached=0, write=0, reasoning=0, total=None):
    return {"input_tokens": input, "input_tokens_details": {"cached_tokens": cached, "cache_write_tokens": write},
            "output_tokens": output, "output_tokens_details": {"reasoning_tokens": reasoning},
            "total_tokens": input + output if total is None else total}


case("responses: the documented shape", "responses", "gpt-6-luna", response(responses_usage(36, 87, 0, 0, 64)), b(36, 87, reasoning=64, **TIER))
case("responses: cache read", "responses", "gpt-6-sol", response(responses_usage(5000, 20, 4864)), b(136, 20, cache_read=4864, **TIER))
case("responses: cache write", "responses", "gpt-6.1-sol", response(responses_usage(5000, 20, 0, 4992)), b(8, 20, cache_write=4992, **TIER))
case("responses: read, write, reasoning", "responses", "gpt-6.2-sol", response(responses_usage(9000, 700, 4096, 4096, 512)), b(808, 700, cache_read=4096, cache_write=4096, reasoning=512, **TIER))
case("responses: write without a price of its own", "responses", "gpt-6.2-astra", response(responses_usage(9000, 7, 0, 8192)), b(808, 7, cache_write=8192, **TIER))
case("responses: pro model", "responses", "gpt-5-pro", response(responses_usage(200, 9000, 0, 0, 8800)), b(200, 9000, reasoning=8800, **TIER))
case("responses: pro model, cached without a price", "responses", "gpt-5.2-pro", response(responses_usage(3000, 10, 2048)), b(952, 10, cache_read=2048, **TIER))
case("responses: pro model, long context", "responses", "gpt-5.5-pro", response(responses_usage(300000, 10, 2048)), b(297952, 10, cache_read=2048, **TIER))
case("responses: at the threshold", "responses", "gpt-6-luna", response(responses_usage(272000, 1000)), b(272000, 1000, **TIER))
case("responses: above the threshold", "responses", "gpt-6-luna", response(responses_usage(272001, 1000, 200000, 72001)), b(0, 1000, cache_read=200000, cache_write=72001, **TIER))
case("responses: above it without a price for writes", "responses", "gpt-6.2-astra", response(responses_usage(500000, 1, 0, 400000)), b(100000, 1, cache_write=400000, **TIER))
case("responses: incomplete, out of tokens", "responses", "gpt-6-luna", response(responses_usage(36, 256, 0, 0, 256), "incomplete", text="", incomplete_details={"reason": "max_output_tokens"}), b(36, 256, reasoning=256, **TIER))
case("responses: incomplete, filtered", "responses", "gpt-6-luna", response(responses_usage(36, 12), "incomplete", incomplete_details={"reason": "content_filter"}), b(36, 12, **TIER))
case("responses: failed with usage", "responses", "gpt-6-luna", response(responses_usage(36, 12), "failed", output=[], error={"code": "server_error", "message": "x"}), b(36, 12, **TIER), "server")
case("responses: failed without usage", "responses", "gpt-6-luna", response(None, "failed", output=[], error={"code": "rate_limit_exceeded", "message": "x"}), None, "rate_limit")
case("responses: usage null", "responses", "gpt-6-luna", response(None), None)
case("responses: flex tier", "responses", "gpt-5.6-luna", response(responses_usage(10, 2), tier="flex"), b(10, 2, service_tier="flex"))
case("responses: fast tier", "responses", "gpt-6-sol", response(responses_usage(10, 2), tier="fast"), b(10, 2, service_tier="fast"))
case("responses: cached more than the input", "responses", "gpt-6-luna", response(responses_usage(10, 2, 16)), b(0, 2, cache_read=16, approximate=True, **TIER))
case("responses: a total that is not the sum", "responses", "gpt-6-luna", response(responses_usage(10, 2, total=11)), b(10, 2, approximate=True, **TIER))
case("responses: details left out", "responses", "gpt-5.4-nano", response({"input_tokens": 10, "output_tokens": 2}), b(10, 2, **TIER))


def event(kind, **fields):
    return f"event: {kind}\ndata: " + json.dumps({"type": kind, "sequence_number": 1, **fields}) + "\n\n"


STARTED = event("response.created", response=response(None, "in_progress", output=[])) + event("response.output_text.delta", delta="Hi", item_id="msg_1", output_index=0, content_index=0)
case("responses stream: completed", "responses", "gpt-6-luna", STARTED + event("response.completed", response=response(responses_usage(36, 87, 0, 0, 64))), b(36, 87, reasoning=64, **TIER))
case("responses stream: incomplete", "responses", "gpt-6-luna", STARTED + event("response.incomplete", response=response(responses_usage(36, 256), "incomplete", incomplete_details={"reason": "max_output_tokens"})), b(36, 256, **TIER))
case("responses stream: failed with usage", "responses", "gpt-6-luna", STARTED + event("response.failed", response=response(responses_usage(36, 5), "failed", error={"code": "server_error", "message": "x"})), b(36, 5, **TIER), "server")
case("responses stream: failed with usage null", "responses", "gpt-6-luna", STARTED + event("response.failed", response=response(None, "failed", error={"code": "server_is_overloaded", "message": "x"})), None, "overloaded")
case("responses stream: a flat error", "responses", "gpt-6-luna", STARTED + event("error", code="server_is_overloaded", message="x", param=None), None, "overloaded")
case("responses stream: an error one level deeper", "responses", "gpt-6-luna", STARTED + event("error", error={"type": "server_error", "code": "rate_limit_exceeded", "message": "x"}), None, "rate_limit")
case("responses stream: cut", "responses", "gpt-6-luna", STARTED, None, "protocol")

# --- Claude ---------------------------------------------------------------------------------------------------------


def message(usage, stop="end_turn", text="Hi"):
    return {"id": "msg_01", "type": "message", "role": "assistant", "model": "claude-sonnet-5-5",
            "content": [{"type": "thinking", "thinking": "", "signature": "Eo0B"}, {"type": "text", "text": text}],
            "stop_reason": stop, "stop_sequence": None, "stop_details": None, "usage": usage}


def claude_usage(input, output, read=0, five=0, hour=0, thinking=None, tier="standard"):
    usage = {"input_tokens": input, "cache_creation_input_tokens": five + hour, "cache_read_input_tokens": read,
             "cache_creation": {"ephemeral_5m_input_tokens": five, "ephemeral_1h_input_tokens": hour},
             "output_tokens": output, "service_tier": tier, "inference_geo": "global"}
    if thinking is not None:
        usage["output_tokens_details"] = {"thinking_tokens": thinking}
    return usage


STANDARD = {"service_tier": "standard"}
case("claude: the recorded example", "claude", "claude-sonnet-5-5", message(claude_usage(6, 489, 20443, 574, 0, 77)), b(6, 489, cache_read=20443, cache_write=574, reasoning=77, **STANDARD), recorded="an answer of the Messages API: input 6, read 20443, written 574")
case("claude: plain", "claude", "claude-haiku-4-5", message(claude_usage(14, 20)), b(14, 20, **STANDARD))
case("claude: written for an hour", "claude", "claude-opus-5-5", message(claude_usage(6, 10, 0, 0, 5000)), b(6, 10, cache_write_1h=5000, **STANDARD))
case("claude: written for both times", "claude", "claude-fable-5", message(claude_usage(6, 10, 100, 200, 300)), b(6, 10, cache_read=100, cache_write=200, cache_write_1h=300, **STANDARD))
case("claude: cheaper reads of the newer Fable", "claude", "claude-fable-5-1", message(claude_usage(6, 10, 100000)), b(6, 10, cache_read=100000, **STANDARD))
case("claude: all input read from the cache", "claude", "claude-sonnet-4-6", message(claude_usage(0, 10, 9000)), b(0, 10, cache_read=9000, **STANDARD))
case("claude: writes without a split", "claude", "claude-sonnet-4-5", message({"input_tokens": 5, "cache_creation_input_tokens": 700, "cache_read_input_tokens": 0, "output_tokens": 9}), b(5, 9, cache_write=700))
case("claude: a split without its sum", "claude", "claude-sonnet-4-5", message({"input_tokens": 5, "cache_creation": {"ephemeral_5m_input_tokens": 7, "ephemeral_1h_input_tokens": 8}, "output_tokens": 9}), b(5, 9, cache_write=7, cache_write_1h=8))
case("claude: a split null", "claude", "claude-sonnet-4-5", message({"input_tokens": 5, "cache_creation_input_tokens": 70, "cache_creation": None, "output_tokens": 9}), b(5, 9, cache_write=70))
case("claude: a split below its sum", "claude", "claude-opus-5", message({"input_tokens": 5, "cache_creation_input_tokens": 100, "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20}, "output_tokens": 9}), b(5, 9, cache_write=80, cache_write_1h=20, approximate=True))
case("claude: a split above its sum", "claude", "claude-opus-5", message({"input_tokens": 5, "cache_creation_input_tokens": 10, "cache_creation": {"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 20}, "output_tokens": 9}), b(5, 9, cache_write=10, cache_write_1h=20, approximate=True))
case("claude: old fields only", "claude", "claude-haiku-4-5-20251001", message({"input_tokens": 2095, "output_tokens": 503}), b(2095, 503))
case("claude: counts null", "claude", "claude-haiku-4-5", message({"input_tokens": 12, "cache_creation_input_tokens": None, "cache_read_input_tokens": None, "output_tokens": 3, "service_tier": None}), b(12, 3))
case("claude: at Haiku's threshold", "claude", "claude-haiku-5-5", message(claude_usage(100000, 10)), b(100000, 10, **STANDARD))
case("claude: above Haiku's threshold by a read", "claude", "claude-haiku-5-5", message(claude_usage(1, 10, 100000)), b(1, 10, cache_read=100000, **STANDARD))
case("claude: above it with hourly writes, scaled", "claude", "claude-haiku-5-5", message(claude_usage(1, 10, 50000, 40000, 20000)), b(1, 10, cache_read=50000, cache_write=40000, cache_write_1h=20000, **STANDARD))
case("claude: long input without a threshold", "claude", "claude-opus-4-8", message(claude_usage(900000, 10)), b(900000, 10, **STANDARD))
case("claude: batch tier", "claude", "claude-sonnet-5", message(claude_usage(10, 2, tier="batch")), b(10, 2, service_tier="batch"))
case("claude: priority tier", "claude", "claude-sonnet-5", message(claude_usage(10, 2, tier="priority")), b(10, 2, service_tier="priority"))
case("claude: thinking ate all of the output", "claude", "claude-opus-5-5", message(claude_usage(10, 512, thinking=512), "max_tokens", ""), b(10, 512, reasoning=512, **STANDARD))
case("claude: more thinking than output", "claude", "claude-opus-5-5", message(claude_usage(10, 5, thinking=9)), b(10, 5, reasoning=5, approximate=True, **STANDARD))
case("claude: refused", "claude", "claude-opus-4-7", message(claude_usage(30, 4), "refusal", ""), b(30, 4, **STANDARD))
case("claude: the window was full", "claude", "claude-opus-5-5", message(claude_usage(999000, 1000), "model_context_window_exceeded"), b(999000, 1000, **STANDARD))
case("claude: a search by the server is no token", "claude", "claude-opus-4-6", message({**claude_usage(1007, 59), "server_tool_use": {"web_search_requests": 3}}), b(1007, 59, **STANDARD))
case("claude: no usage", "claude", "claude-opus-4-5", message(None), None)
case("claude: an error under status 200", "claude", "claude-opus-4-5", {"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}, None, "overloaded")


def started(usage):
    return event("message_start", message={**message(usage, None), "content": []})


BLOCK = (event("content_block_start", index=0, content_block={"type": "text", "text": ""}) + event("ping")
         + event("content_block_delta", index=0, delta={"type": "text_delta", "text": "The"}) + event("content_block_stop", index=0))


def ended(usage, stop=True):
    delta = event("message_delta", delta={"stop_reason": "end_turn", "stop_sequence": None}, usage=usage)
    return delta + (event("message_stop") if stop else "")


case("claude stream: recorded, cumulative", "claude", "claude-sonnet-4-6", started(claude_usage(1007, 1)) + BLOCK + ended({"input_tokens": 1007, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0, "output_tokens": 59}), b(1007, 59, **STANDARD), recorded=SHAPES["claude", "stream"])
case("claude stream: counts that the end leaves out stay", "claude", "claude-opus-5-5", started(claude_usage(6, 1, 20443, 500, 74)) + BLOCK + ended({"output_tokens": 489}), b(6, 489, cache_read=20443, cache_write=500, cache_write_1h=74, **STANDARD))
case("claude stream: two ends, the last one counts", "claude", "claude-opus-5-5", started(claude_usage(6, 1)) + BLOCK + ended({"output_tokens": 20}, False) + ended({"output_tokens": 40, "output_tokens_details": {"thinking_tokens": 11}}), b(6, 40, reasoning=11, **STANDARD))
case("claude stream: input corrected at the end", "claude", "claude-opus-5-5", started(claude_usage(6, 1)) + BLOCK + ended({"input_tokens": 9, "output_tokens": 40}), b(9, 40, **STANDARD))
case("claude stream: cut after its start", "claude", "claude-opus-5-5", started(claude_usage(1007, 1)), b(1007, 1, approximate=True, **STANDARD), "protocol")
case("claude stream: cut after text", "claude", "claude-opus-5-5", started(claude_usage(6, 1, 20443, 574)) + BLOCK, b(6, 1, cache_read=20443, cache_write=574, approximate=True, **STANDARD), "protocol")
case("claude stream: cut before its terminator", "claude", "claude-opus-5-5", started(claude_usage(6, 1)) + BLOCK + ended({"output_tokens": 59}, False), b(6, 59, approximate=True, **STANDARD), "protocol")
case("claude stream: an error after text", "claude", "claude-haiku-5-5", started(claude_usage(70, 1)) + BLOCK + event("error", error={"type": "overloaded_error", "message": "Overloaded"}), b(70, 1, approximate=True, **STANDARD), "overloaded")
case("claude stream: an error at once", "claude", "claude-haiku-5-5", event("error", error={"type": "api_error", "message": "x"}), None, "server")
case("claude stream: nulls at the end do not erase", "claude", "claude-haiku-5-5", started(claude_usage(70, 1, 30)) + BLOCK + ended({"input_tokens": None, "cache_read_input_tokens": None, "output_tokens": 12}), b(70, 12, cache_read=30, **STANDARD))

# --- Gemini ---------------------------------------------------------------------------------------------------------


def candidate(usage, text="Hi", finish="STOP", parts=True):
    content = {"role": "model"}
    if parts:
        content["parts"] = [{"text": text}]
    body = {"candidates": [{"content": content, "index": 0}], "modelVersion": "gemini-2.5-flash", "responseId": "6hkq"}
    if finish:
        body["candidates"][0]["finishReason"] = finish
    if usage is not None:
        body["usageMetadata"] = usage
    return body


def gemini_usage(prompt=0, said=0, thoughts=0, cached=0, tools=0, total=None, audio=0, cached_audio=0, image=0, cached_image=0):
    counts = {"promptTokenCount": prompt, "candidatesTokenCount": said, "thoughtsTokenCount": thoughts,
              "cachedContentTokenCount": cached, "toolUsePromptTokenCount": tools,
              "totalTokenCount": prompt + said + thoughts + tools if total is None else total}
    # Zeros are left out, as Google does.
    usage = {name: count for name, count in counts.items() if count}
    usage["promptTokensDetails"] = [{"modality": "TEXT", "tokenCount": prompt - audio - image}]
    if audio:
        usage["promptTokensDetails"].append({"modality": "AUDIO", "tokenCount": audio})
    if image:
        usage["promptTokensDetails"].append({"modality": "IMAGE", "tokenCount": image})
    cached_kinds = {"AUDIO": cached_audio, "IMAGE": cached_image}
    if any(cached_kinds.values()):
        usage["cacheTokensDetails"] = [{"modality": kind, "tokenCount": count} for kind, count in cached_kinds.items() if count]
    return usage


case("gemini: the documented shape, 8 + 7 + 21", "gemini", "gemini-2.5-flash", candidate(gemini_usage(8, 7, 21)), b(8, 28, reasoning=21))
case("gemini: recorded, 15 + 37 + 742 + 770", "gemini", "gemini-2.5-pro", candidate(gemini_usage(15, 37, 742, 0, 770)), b(785, 779, reasoning=742), recorded=PYDANTIC + "models/cassettes/test_google/")
case("gemini: no thinking", "gemini", "gemini-3.8-flash", candidate(gemini_usage(100, 50)), b(100, 50))
case("gemini: read from the cache", "gemini", "gemini-3.5-flash", candidate(gemini_usage(10000, 50, 0, 8192)), b(1808, 50, cache_read=8192))
case("gemini: all of it from the cache", "gemini", "gemini-3.7-flash", candidate(gemini_usage(8192, 50, 10, 8192)), b(0, 60, cache_read=8192, reasoning=10))
case("gemini: audio has its own price", "gemini", "gemini-2.5-flash", candidate(gemini_usage(1000, 50, audio=900)), b(100, 50, audio_input=900))
case("gemini: audio without a price of its own", "gemini", "gemini-3.5-flash-lite", candidate(gemini_usage(1000, 50, audio=900)), b(100, 50, audio_input=900))
case("gemini: cached audio is cached", "gemini", "gemini-2.5-flash-lite", candidate(gemini_usage(1000, 50, 0, 500, audio=900, cached_audio=450)), b(50, 50, audio_input=450, cache_read=500))
case("gemini: audio and a cache that does not say of what", "gemini", "gemini-3.1-flash-lite", candidate(gemini_usage(1000, 50, 0, 500, audio=900)), b(0, 50, audio_input=500, cache_read=500, approximate=True))
case("gemini: a picture is input like any other", "gemini", "gemini-2.5-flash", candidate(gemini_usage(268, 20, image=258)), b(268, 20))
case("gemini: a picture beside audio", "gemini", "gemini-2.5-flash", candidate(gemini_usage(1258, 20, audio=900, image=258)), b(358, 20, audio_input=900))
case("gemini: pictures read from the cache", "gemini", "gemini-2.5-pro", candidate(gemini_usage(4200, 20, 9, 4128, image=4128, cached_image=4128)), b(72, 29, cache_read=4128, reasoning=9))
case("gemini: at the threshold of long context", "gemini", "gemini-2.5-pro", candidate(gemini_usage(200000, 10)), b(200000, 10))
case("gemini: above the threshold", "gemini", "gemini-2.5-pro", candidate(gemini_usage(200001, 10, 5)), b(200001, 15, reasoning=5))
case("gemini: above it from the cache", "gemini", "gemini-3.1-pro-preview", candidate(gemini_usage(250000, 10, 0, 240000)), b(10000, 10, cache_read=240000))
case("gemini: above it by tools alone", "gemini", "gemini-3.1-pro-preview", candidate(gemini_usage(150000, 10, 0, 0, 60000)), b(210000, 10))
case("gemini: long input without a threshold", "gemini", "gemini-3.6-flash", candidate(gemini_usage(900000, 10)), b(900000, 10))
case("gemini: thinking ate the budget", "gemini", "gemini-2.5-flash", candidate(gemini_usage(12, 0, 60), finish="MAX_TOKENS", parts=False), b(12, 60, reasoning=60))
case("gemini: blocked prompt", "gemini", "gemini-2.5-flash", {"promptFeedback": {"blockReason": "SAFETY"}, "usageMetadata": gemini_usage(40)}, b(40, 0), "content_blocked")
case("gemini: blocked answer", "gemini", "gemini-2.5-flash", {"candidates": [{"content": {}, "finishReason": "SAFETY", "index": 0}], "usageMetadata": gemini_usage(40)}, b(40, 0))
case("gemini: cached more than the prompt", "gemini", "gemini-3.8-flash", candidate(gemini_usage(10, 5, 0, 16)), b(0, 5, cache_read=16, approximate=True))
case("gemini: a total that is not the sum", "gemini", "gemini-3.8-flash", candidate(gemini_usage(10, 5, total=99)), b(10, 5, approximate=True))
case("gemini: everything zero", "gemini", "gemini-3.8-flash", candidate({}), b(0, 0))
case("gemini: no usage", "gemini", "gemini-3.8-flash", candidate(None), None)
case("gemini: tier", "gemini", "gemini-3.8-flash", candidate({**gemini_usage(10, 5), "serviceTier": "flex"}), b(10, 5, service_tier="flex"))
case("gemini: an error in an array", "gemini", "gemini-3.8-flash", [{"error": {"code": 503, "message": "x", "status": "UNAVAILABLE"}}], None, "overloaded")
case("gemini: preview", "gemini", "gemini-3-flash-preview", candidate(gemini_usage(77, 5, 6, audio=7)), b(70, 11, audio_input=7, reasoning=6))


def chunk(*arguments, **named):
    return "data: " + json.dumps(candidate(*arguments, **named)) + "\r\n\r\n"


case("gemini stream: recorded, the last count wins", "gemini", "gemini-2.5-pro", chunk(gemini_usage(15, 3, 742), "The capital", None) + chunk(gemini_usage(13, 7, 742), " is Paris."), b(13, 749, reasoning=742), recorded=SHAPES["gemini", "stream"])
case("gemini stream: thoughts that the end leaves out are gone", "gemini", "gemini-3.8-flash", chunk(gemini_usage(15, 3, 20), "Hi", None) + chunk(gemini_usage(15, 7)), b(15, 7))
case("gemini stream: usage after the finish", "gemini", "gemini-3.8-flash", chunk(None, "Hi", "STOP") + "data: " + json.dumps({"usageMetadata": gemini_usage(15, 9)}) + "\r\n\r\n", b(15, 9))
case("gemini stream: cut", "gemini", "gemini-3.8-flash", chunk(gemini_usage(15, 3, 20), "Hi", None), b(15, 23, reasoning=20, approximate=True), "protocol")
case("gemini stream: cut without usage", "gemini", "gemini-3.8-flash", chunk(None, "Hi", None), None, "protocol")
case("gemini stream: an error in bare JSON", "gemini", "gemini-3.8-flash", chunk(gemini_usage(15, 3), "Hi", None) + '{\r\n  "error": {\r\n    "code": 503,\r\n    "message": "The model is overloaded.",\r\n    "status": "UNAVAILABLE"\r\n  }\r\n}\r\n', b(15, 3, approximate=True), "overloaded")
case("gemini stream: an error as an event", "gemini", "gemini-3.8-flash", chunk(gemini_usage(15, 3), "Hi", None) + 'data: {"error": {"code": 500, "message": "x", "status": "INTERNAL"}}\r\n\r\n', b(15, 3, approximate=True), "server")
case("gemini stream: blocked prompt", "gemini", "gemini-3.8-flash", "data: " + json.dumps({"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": gemini_usage(40)}) + "\r\n\r\n", b(40, 0), "content_blocked")
case("gemini stream: read from the cache", "gemini", "gemini-3.1-pro-preview", chunk(gemini_usage(250000, 1, 0, 240000), "Hi", None) + chunk(gemini_usage(250000, 9, 0, 240000)), b(10000, 9, cache_read=240000))

names = [one["name"] for one in CASES]
assert len(names) == len(set(names)) and len(names) >= 100, len(names)
(HERE / "usage.json").write_text("[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in CASES) + "\n]\n")
print(len(names), "cases")
