//! Claude's Messages.

use model::ProviderType::Claude;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::client::{bare, data, error_of, post, with};

const PATH: &str = "/v1/messages";

fn why() -> Value {
    json!({"model": "claude-sonnet-4-5", "max_tokens": 100, "messages": [{"role": "user", "content": "Why?"}]})
}

async fn refused(simulator: &Simulator, body: &Value) -> (u16, Value) {
    error_of(post(simulator, Claude, PATH, "key", body).await).await
}

#[tokio::test]
async fn a_whole_answer_has_the_recorded_shape_and_headers() {
    let simulator = Simulator::start().await.unwrap();
    let response = post(&simulator, Claude, PATH, "key", &why()).await;
    for name in ["requests", "input-tokens", "output-tokens", "tokens"] {
        assert!(response.headers().contains_key(format!("anthropic-ratelimit-{name}-remaining")));
        let reset = response.headers()[format!("anthropic-ratelimit-{name}-reset")].to_str().unwrap();
        assert!(reset.len() == 20 && reset.ends_with('Z') && reset.as_bytes()[10] == b'T', "{reset}");
    }
    assert!(response.headers()["request-id"].to_str().unwrap().starts_with("req_"));
    let text = response.text().await.unwrap();
    assert!(!text.contains('\n'), "compact");
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["model"], "claude-sonnet-4-5-20250929");
    assert_eq!((&body["stop_reason"], &body["stop_sequence"]), (&json!("end_turn"), &Value::Null));
    assert_eq!(body["content"].as_array().unwrap().len(), 1);
    assert_eq!(
        body["usage"],
        json!({"input_tokens": 1, "cache_creation_input_tokens": 0, "cache_read_input_tokens": 0,
            "cache_creation": {"ephemeral_5m_input_tokens": 0, "ephemeral_1h_input_tokens": 0},
            "output_tokens": 21, "output_tokens_details": {"thinking_tokens": 0}, "service_tier": "standard",
            "inference_geo": "global"})
    );
}

#[tokio::test]
async fn events_have_pings_blanks_and_usage_that_is_cumulative() {
    let simulator = Simulator::start().await.unwrap();
    let response = post(&simulator, Claude, PATH, "key", &with(why(), "stream", json!(true))).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream; charset=utf-8");
    let text = response.text().await.unwrap();
    assert!(text.contains("event: ping\ndata: {\"type\": \"ping\"}\n\n"));
    assert!(text.lines().any(|line| line.ends_with("  ")) && text.contains("  }\n"));
    let events = data(&text);
    let mut kinds: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    kinds.dedup();
    assert_eq!(
        kinds,
        [
            "message_start",
            "content_block_start",
            "ping",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop"
        ]
    );
    let start = &events[0]["message"];
    assert_eq!((&start["usage"]["input_tokens"], &start["usage"]["output_tokens"]), (&json!(1), &json!(1)));
    let end = &events[events.len() - 2];
    assert_eq!(
        (&end["delta"]["stop_reason"], &end["usage"]["output_tokens"]),
        (&json!("end_turn"), &json!(21))
    );
}

#[tokio::test]
async fn thinking_is_signed_and_tools_stream_their_input() {
    let simulator = Simulator::start().await.unwrap();
    let asked =
        with(with(why(), "model", json!("claude-sonnet-5-5")), "output_config", json!({"effort": "low"}));
    let thought: Value = post(&simulator, Claude, PATH, "key", &asked).await.json().await.unwrap();
    assert_eq!(
        (&thought["content"][0]["type"], &thought["content"][0]["thinking"]),
        (&json!("thinking"), &json!(""))
    );
    assert!(thought["content"][0]["signature"].is_string());
    assert_eq!(thought["usage"]["output_tokens"], 85);
    let tool = json!({"name": "weather", "input_schema": {"type": "object", "properties": {"city": {"type": "string"}}}});
    let asked = with(with(why(), "tools", json!([tool])), "tool_choice", json!({"type": "any"}));
    let text = post(&simulator, Claude, PATH, "key", &with(asked, "stream", json!(true)))
        .await
        .text()
        .await
        .unwrap();
    let input: String =
        data(&text).iter().filter_map(|event| event["delta"]["partial_json"].as_str()).collect();
    assert_eq!(input, "{\"city\":\"city\"}");
    assert!(text.contains("\"stop_reason\":\"tool_use\""));
}

#[tokio::test]
async fn what_is_marked_for_a_cache_is_written_to_it() {
    let simulator = Simulator::start().await.unwrap();
    let mark = |ttl: &str, text: &str| json!({"type": "text", "text": text, "cache_control": {"type": "ephemeral", "ttl": ttl}});
    let system = json!([mark("1h", &"s".repeat(400)), mark("5m", &"t".repeat(40))]);
    let body: Value =
        post(&simulator, Claude, PATH, "key", &with(why(), "system", system)).await.json().await.unwrap();
    let usage = &body["usage"];
    assert_eq!(
        usage["cache_creation"],
        json!({"ephemeral_5m_input_tokens": 10, "ephemeral_1h_input_tokens": 100})
    );
    assert_eq!((&usage["cache_creation_input_tokens"], &usage["input_tokens"]), (&json!(110), &json!(1)));
}

#[tokio::test]
async fn what_claude_would_refuse_is_refused_in_its_words() {
    let simulator = Simulator::start().await.unwrap();
    let missing = json!({"model": "claude-sonnet-4-5", "messages": []});
    assert_eq!(refused(&simulator, &missing).await.1["message"], "max_tokens: Field required");
    for (model, name, value, message) in [
        ("claude-sonnet-5-5", "temperature", json!(0.2), "`temperature` is deprecated for this model."),
        (
            "claude-haiku-4-5",
            "max_tokens",
            json!(128_000),
            "max_tokens: 128000 > 64000, which is the maximum allowed number of output tokens for claude-haiku-4-5-20251001",
        ),
        (
            "claude-haiku-4-5",
            "max_tokens",
            json!(0),
            "max_tokens: Input should be greater than or equal to 1",
        ),
        (
            "claude-opus-4-6",
            "output_config",
            json!({"effort": "xhigh"}),
            "This model does not support effort level 'xhigh'. Supported levels: high, low, max, medium.",
        ),
        (
            "claude-haiku-4-5",
            "max_output_tokens",
            json!(5),
            "max_output_tokens: Extra inputs are not permitted",
        ),
        ("claude-haiku-4-5", "temperature", json!(1.5), "temperature: range: 0..1"),
        (
            "claude-haiku-4-5",
            "messages",
            json!([{"role": "system", "content": "x"}]),
            "messages: Unexpected role \"system\". The Messages API accepts a top-level `system` parameter, not \"system\" as an input message role.",
        ),
        (
            "claude-haiku-4-5",
            "messages",
            json!([{"role": "user", "content": "x".repeat(1_000_000)}]),
            "prompt is too long: 250000 tokens > 200000 maximum",
        ),
        (
            "claude-haiku-4-5",
            "messages",
            json!([{"role": "user", "content": "x".repeat(799_960)}]),
            "input length and `max_tokens` exceed context limit: 199990 + 100 > 200000, decrease input length or `max_tokens` and try again",
        ),
        (
            "claude-haiku-4-5",
            "messages",
            json!([{"role": "user", "content": [{"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "?"}}]}]),
            "messages.0.content.0.image.source.base64: invalid base64 data",
        ),
        (
            "claude-haiku-4-5",
            "output_config",
            json!({"format": {"type": "json_schema", "schema": {"type": "object"}}}),
            "output_config.format.schema: For 'object' type, 'additionalProperties' must be explicitly set to false",
        ),
        (
            "claude-opus-5-5",
            "messages",
            json!([{"role": "user", "content": "x"}, {"role": "assistant", "content": "{"}]),
            "This model does not support assistant message prefill. The conversation must end with a user message.",
        ),
        (
            "claude-opus-5-5",
            "thinking",
            json!({"type": "enabled", "budget_tokens": 2000}),
            "\"thinking.type.enabled\" is not supported for this model. Use \"thinking.type.adaptive\" and \"output_config.effort\" to control thinking behavior.",
        ),
    ] {
        let body = with(with(why(), "model", json!(model)), name, value);
        let (status, error) = refused(&simulator, &body).await;
        assert_eq!((status, error["message"].as_str().unwrap()), (400, message));
    }
    let (status, error) = refused(&simulator, &with(why(), "model", json!("claude-sonet-4-5"))).await;
    assert_eq!(
        (status, error),
        (404, json!({"type": "not_found_error", "message": "model: claude-sonet-4-5"}))
    );
}

#[tokio::test]
async fn calls_of_tools_have_their_results_in_the_next_message() {
    let simulator = Simulator::start().await.unwrap();
    let call = json!({"role": "assistant", "content": [{"type": "tool_use", "id": "toolu_1", "name": "w", "input": {}}]});
    let result = |id: &str| json!({"role": "user", "content": [{"type": "tool_result", "tool_use_id": id, "content": "sunny"}]});
    let talk = |last: Value| with(why(), "messages", json!([{"role": "user", "content": "x"}, call, last]));
    let good: Value =
        post(&simulator, Claude, PATH, "key", &talk(result("toolu_1"))).await.json().await.unwrap();
    assert_eq!(good["content"][0]["text"], "The tool returned “sunny”.");
    let (_, error) = refused(&simulator, &talk(result("toolu_2"))).await;
    assert!(
        error["message"]
            .as_str()
            .unwrap()
            .starts_with("messages.2.content.0: unexpected `tool_use_id` found")
    );
    let (_, error) = refused(&simulator, &talk(json!({"role": "user", "content": "well?"}))).await;
    assert!(
        error["message"].as_str().unwrap().starts_with("messages.1: `tool_use` ids were found without"),
        "{error}"
    );
}

#[tokio::test]
async fn counting_takes_no_most_tokens() {
    let simulator = Simulator::start().await.unwrap();
    let path = "/v1/messages/count_tokens";
    let body = json!({"model": "claude-sonnet-4-5", "messages": [{"role": "user", "content": "Why not?"}]});
    let counted: Value = post(&simulator, Claude, path, "key", &body).await.json().await.unwrap();
    assert_eq!(counted, json!({"input_tokens": 2}));
    let (status, error) = error_of(post(&simulator, Claude, path, "key", &why()).await).await;
    assert_eq!(
        (status, error["message"].as_str().unwrap()),
        (400, "max_tokens: Extra inputs are not permitted")
    );
}

#[tokio::test]
async fn the_newer_version_takes_a_bearer_key_and_no_temperature() {
    let simulator = Simulator::start().await.unwrap();
    let send = async |version: &str, body: Value| {
        let request = bare(&simulator, Claude, PATH)
            .bearer_auth("test-claude-key-0001")
            .header("anthropic-version", version);
        request.json(&body).send().await.unwrap().status().as_u16()
    };
    let warm = with(why(), "temperature", json!(1));
    assert_eq!((send("2026-10-21", why()).await, send("2026-10-21", warm.clone()).await), (200, 400));
    assert_eq!((send("2023-06-01", warm).await, send("2024-01-01", why()).await), (200, 400));
}
