//! OpenAI's Chat Completions.

use model::ProviderType::OpenAi;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::client::{bare, data, error_of, post, with};

const PATH: &str = "/chat/completions";

fn why() -> Value {
    json!({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Why?"}]})
}

async fn refused(simulator: &Simulator, body: &Value) -> (u16, Value) {
    error_of(post(simulator, OpenAi, PATH, "key", body).await).await
}

#[tokio::test]
async fn a_whole_answer_has_the_recorded_shape_and_headers() {
    let simulator = Simulator::start().await.unwrap();
    let response = post(&simulator, OpenAi, PATH, "key", &why()).await;
    let headers = response.headers().clone();
    assert_eq!(headers["content-type"], "application/json");
    assert_eq!(headers["openai-version"], "2020-10-01");
    assert_eq!(headers["x-ratelimit-limit-requests"], "5000");
    assert_eq!(headers["x-ratelimit-reset-tokens"], "22ms");
    assert!(headers["x-request-id"].to_str().unwrap().starts_with("req_"));
    let text = response.text().await.unwrap();
    assert!(text.starts_with("{\n  \""), "pretty");
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["model"], "gpt-4o-mini-2024-07-18");
    assert_eq!(body["object"], "chat.completion");
    assert_eq!(
        body["choices"][0],
        json!({"index": 0, "logprobs": null, "finish_reason": "stop", "message": {
            "role": "assistant", "refusal": null, "annotations": [],
            "content": "You asked “Why?”. This answer is simulated: it is made of your question alone."}})
    );
    assert_eq!(
        body["usage"],
        json!({"prompt_tokens": 1, "completion_tokens": 21, "total_tokens": 22,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0,
                "accepted_prediction_tokens": 0, "rejected_prediction_tokens": 0}})
    );
}

#[tokio::test]
async fn a_stream_has_usage_only_when_asked_and_ends_with_done() {
    let simulator = Simulator::start().await.unwrap();
    let body = with(why(), "stream", json!(true));
    let response = post(&simulator, OpenAi, PATH, "key", &body).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    let text = response.text().await.unwrap();
    assert!(text.ends_with("data: [DONE]\n\n") && !text.contains("event:") && !text.contains('\r'));
    let chunks = data(&text);
    assert!(chunks.iter().all(|chunk| chunk.get("usage").is_none() && chunk["obfuscation"].is_string()));
    assert_eq!(chunks[0]["choices"][0]["delta"]["role"], "assistant");
    assert_eq!(chunks.last().unwrap()["choices"][0]["finish_reason"], "stop");
    let said: String =
        chunks.iter().filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str()).collect();
    assert!(said.starts_with("You asked “Why?”."), "{said}");

    let options = json!({"include_usage": true, "include_obfuscation": false});
    let text =
        post(&simulator, OpenAi, PATH, "key", &with(body, "stream_options", options)).await.text().await;
    let mut chunks = data(&text.unwrap());
    let last = chunks.pop().unwrap();
    assert_eq!((&last["choices"], &last["usage"]["total_tokens"]), (&json!([]), &json!(22)));
    for chunk in chunks {
        assert_eq!(chunk.get("usage"), Some(&Value::Null));
        assert_eq!(chunk.get("obfuscation"), None);
    }
}

#[tokio::test]
async fn tools_are_called_and_their_results_taken() {
    let simulator = Simulator::start().await.unwrap();
    let tool = json!({"type": "function", "function": {"name": "weather", "parameters":
        {"type": "object", "properties": {"days": {"type": "integer", "minimum": 2}}}}});
    let asked = with(with(why(), "tools", json!([tool])), "tool_choice", json!("required"));
    let first: Value = post(&simulator, OpenAi, PATH, "key", &asked).await.json().await.unwrap();
    let message = &first["choices"][0]["message"];
    assert_eq!(
        (&first["choices"][0]["finish_reason"], &message["content"]),
        (&json!("tool_calls"), &Value::Null)
    );
    let call = &message["tool_calls"][0];
    assert_eq!(call["function"], json!({"name": "weather", "arguments": "{\"days\":2}"}));
    let result = |id: &Value| json!({"role": "tool", "tool_call_id": id, "content": "sunny"});
    let next = |result: Value| {
        let messages = json!([{"role": "user", "content": "Why?"}, message, result]);
        with(with(why(), "tools", json!([tool])), "messages", messages)
    };
    let second: Value =
        post(&simulator, OpenAi, PATH, "key", &next(result(&call["id"]))).await.json().await.unwrap();
    assert_eq!(second["choices"][0]["message"]["content"], "The tool returned “sunny”.");
    let (status, error) = refused(&simulator, &next(result(&json!("call_other")))).await;
    assert_eq!((status, &error["param"]), (400, &json!("messages[2].role")));
    let unanswered = next(json!({"role": "user", "content": "Well?"}));
    let (_, error) = refused(&simulator, &unanswered).await;
    assert!(error["message"].as_str().unwrap().contains("did not have response messages: call_"), "{error}");
}

#[tokio::test]
async fn a_schema_is_answered_and_has_to_be_strict_when_it_says_so() {
    let simulator = Simulator::start().await.unwrap();
    let ask = |schema: Value| {
        let format =
            json!({"type": "json_schema", "json_schema": {"name": "a", "strict": true, "schema": schema}});
        with(why(), "response_format", format)
    };
    let schema = json!({"type": "object", "properties": {"n": {"type": "number"}}, "required": ["n"],
        "additionalProperties": false});
    let good: Value = post(&simulator, OpenAi, PATH, "key", &ask(schema.clone())).await.json().await.unwrap();
    assert_eq!(good["choices"][0]["message"]["content"], "{\"n\":1.0}");
    let broken: Value =
        post(&simulator, OpenAi, PATH, "schema-break", &ask(schema)).await.json().await.unwrap();
    assert_eq!(broken["choices"][0]["message"]["content"], "[\"not what was asked for\"]");
    let (status, error) = refused(&simulator, &ask(json!({"type": "object", "properties": {}}))).await;
    assert_eq!(status, 400);
    assert_eq!(
        error["message"],
        "Invalid schema for response_format 'a': In context=(), 'additionalProperties' is required to be supplied and to be false."
    );
}

#[tokio::test]
async fn what_openai_would_refuse_is_refused_in_its_words() {
    let simulator = Simulator::start().await.unwrap();
    let old = with(with(why(), "model", json!("gpt-5")), "max_tokens", json!(5));
    let (status, error) = refused(&simulator, &old).await;
    assert_eq!((status, &error["code"]), (400, &json!("unsupported_parameter")));
    assert_eq!(
        error["message"],
        "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."
    );
    for (name, value, code, param) in [
        ("model", json!("no-such"), "model_not_found", Value::Null),
        ("temperature", json!(-1), "decimal_below_min_value", json!("temperature")),
        ("temperature", json!(3), "decimal_above_max_value", json!("temperature")),
        ("max_tokens", json!(99_999), "invalid_value", json!("max_tokens")),
        ("max_completion_tokens", json!(0), "integer_below_min_value", json!("max_completion_tokens")),
        ("messages", json!([]), "empty_array", json!("messages")),
        ("messages", json!([{"role": "model", "content": "x"}]), "invalid_value", json!("messages[0].role")),
        (
            "messages",
            json!([{"role": "user", "content": [{"type": "input_text", "text": "x"}]}]),
            "invalid_value",
            json!("messages[0].content[0].type"),
        ),
        (
            "messages",
            json!([{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "data:image/png;base64,?"}}]}]),
            "invalid_value",
            json!("messages[0].content[0].image_url.url"),
        ),
        (
            "messages",
            json!([{"role": "user", "content": "x".repeat(600_000)}]),
            "context_length_exceeded",
            json!("messages"),
        ),
    ] {
        let (status, error) = refused(&simulator, &with(why(), name, value)).await;
        assert_eq!((&error["code"], &error["param"]), (&json!(code), &param), "{error}");
        assert_eq!(status, if code == "model_not_found" { 404 } else { 400 });
        assert_eq!(error["type"], "invalid_request_error");
    }
    let warm = with(with(why(), "model", json!("gpt-5.1")), "temperature", json!(0.2));
    assert_eq!(refused(&simulator, &warm).await.1["code"], "unsupported_value");
    let (_, error) = refused(&simulator, &with(why(), "max_output_tokens", json!(5))).await;
    assert_eq!(error["message"], "Unrecognized request argument supplied: max_output_tokens");
    let only_responses = with(why(), "model", json!("gpt-5-pro"));
    assert_eq!(refused(&simulator, &only_responses).await.0, 404);
    let nonsense = bare(&simulator, OpenAi, PATH).bearer_auth("test-openai-key-0001").body("{\"model\":");
    let (status, error) = error_of(nonsense.send().await.unwrap()).await;
    assert_eq!(status, 400);
    assert!(error["message"].as_str().unwrap().starts_with("We could not parse the JSON body"));
}

#[tokio::test]
async fn a_refusal_has_its_own_field_and_thinking_is_inside_the_output() {
    let simulator = Simulator::start().await.unwrap();
    let refusal: Value = post(&simulator, OpenAi, PATH, "refusal", &why()).await.json().await.unwrap();
    let message = &refusal["choices"][0]["message"];
    assert_eq!((&message["content"], message["refusal"].is_string()), (&Value::Null, true));
    let asked = with(with(why(), "model", json!("gpt-5.1")), "reasoning_effort", json!("low"));
    let thought: Value = post(&simulator, OpenAi, PATH, "key", &asked).await.json().await.unwrap();
    assert_eq!(thought["usage"]["completion_tokens_details"]["reasoning_tokens"], 64);
    assert_eq!(thought["usage"]["completion_tokens"], 85);
}
