//! OpenAI's Responses.

use model::ProviderType::OpenAi;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::client::{data, error_of, post, with};

const PATH: &str = "/responses";

fn why() -> Value {
    json!({"model": "gpt-6-luna", "input": "Why?", "store": false})
}

async fn refused(simulator: &Simulator, body: &Value) -> (u16, Value) {
    error_of(post(simulator, OpenAi, PATH, "key", body).await).await
}

#[tokio::test]
async fn a_whole_response_is_a_list_of_items() {
    let simulator = Simulator::start().await.unwrap();
    let asked = with(why(), "reasoning", json!({"effort": "low"}));
    let body: Value = post(&simulator, OpenAi, PATH, "key", &asked).await.json().await.unwrap();
    assert_eq!(
        (&body["status"], &body["store"], &body["error"]),
        (&json!("completed"), &json!(false), &Value::Null)
    );
    assert_eq!(body["output"][0]["type"], "reasoning");
    assert_eq!(body["output"][1]["content"][0]["type"], "output_text");
    assert_eq!(
        body["usage"],
        json!({"input_tokens": 1, "input_tokens_details": {"cached_tokens": 0, "cache_write_tokens": 0},
            "output_tokens": 85, "output_tokens_details": {"reasoning_tokens": 64}, "total_tokens": 86})
    );
    let counted: Value =
        post(&simulator, OpenAi, "/responses/input_tokens", "key", &why()).await.json().await.unwrap();
    assert_eq!(counted, json!({"object": "response.input_tokens", "input_tokens": 1}));
}

#[tokio::test]
async fn events_are_named_and_numbered_and_nothing_follows_the_last() {
    let simulator = Simulator::start().await.unwrap();
    let asked = with(why(), "stream", json!(true));
    let text = post(&simulator, OpenAi, PATH, "key", &asked).await.text().await.unwrap();
    assert!(!text.contains("[DONE]"));
    let events = data(&text);
    let named: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("event: ")).collect();
    let kinds: Vec<&str> = events.iter().map(|event| event["type"].as_str().unwrap()).collect();
    assert_eq!(named, kinds);
    let numbers: Vec<u64> = events.iter().map(|event| event["sequence_number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, (0..events.len() as u64).collect::<Vec<_>>());
    let mut different = kinds.clone();
    different.dedup();
    assert_eq!(
        different,
        [
            "response.created",
            "response.in_progress",
            "response.output_item.added",
            "response.content_part.added",
            "response.output_text.delta",
            "response.output_text.done",
            "response.content_part.done",
            "response.output_item.done",
            "response.completed",
        ]
    );
    let last = &events.last().unwrap()["response"];
    assert_eq!((&last["status"], &last["usage"]["total_tokens"]), (&json!("completed"), &json!(22)));
}

#[tokio::test]
async fn a_response_may_fail_or_stay_incomplete_with_status_200() {
    let simulator = Simulator::start().await.unwrap();
    let failed = post(&simulator, OpenAi, PATH, "response-failed", &why()).await;
    assert_eq!(failed.status(), 200);
    let failed: Value = failed.json().await.unwrap();
    assert_eq!((&failed["status"], &failed["error"]["code"]), (&json!("failed"), &json!("server_error")));
    let streamed = with(why(), "stream", json!(true));
    let text = post(&simulator, OpenAi, PATH, "response-failed", &streamed).await.text().await.unwrap();
    assert_eq!(data(&text).last().unwrap()["type"], "response.failed");
    let short = with(with(why(), "input", json!("Tell it in 200 words")), "max_output_tokens", json!(16));
    let short: Value = post(&simulator, OpenAi, PATH, "key", &short).await.json().await.unwrap();
    assert_eq!(short["status"], "incomplete");
    assert_eq!(short["incomplete_details"], json!({"reason": "max_output_tokens"}));
    let filtered = post(&simulator, OpenAi, PATH, "content-filter", &streamed).await.text().await.unwrap();
    assert_eq!(data(&filtered).last().unwrap()["type"], "response.incomplete");
}

#[tokio::test]
async fn what_responses_would_refuse_is_refused_in_its_words() {
    let simulator = Simulator::start().await.unwrap();
    for (name, value, code, param) in [
        ("model", json!("no-such"), json!("model_not_found"), "model"),
        ("max_tokens", json!(5), json!("unknown_parameter"), "max_tokens"),
        ("max_output_tokens", json!(5), json!("integer_below_min_value"), "max_output_tokens"),
        ("temperature", json!(0.5), Value::Null, "temperature"),
        (
            "input",
            json!([{"role": "user", "content": [{"type": "text", "text": "x"}]}]),
            json!("invalid_value"),
            "input[0].content[0]",
        ),
        (
            "input",
            json!([{"type": "function_call_output", "call_id": "c", "output": "x"}]),
            Value::Null,
            "input",
        ),
        ("input", json!("x".repeat(4_300_000)), json!("context_length_exceeded"), "input"),
        (
            "text",
            json!({"format": {"type": "json_schema", "name": "a", "strict": true, "schema": {"type": "object"}}}),
            json!("invalid_json_schema"),
            "text.format.schema",
        ),
    ] {
        let (status, error) = refused(&simulator, &with(why(), name, value)).await;
        assert_eq!((status, &error["code"], &error["param"]), (400, &code, &json!(param)), "{error}");
    }
    let forgotten =
        json!([{"type": "reasoning", "id": "rs_1", "summary": []}, {"role": "user", "content": "x"}]);
    let (status, error) = refused(&simulator, &with(why(), "input", forgotten)).await;
    assert_eq!(status, 404);
    assert!(error["message"].as_str().unwrap().contains("not persisted when `store` is set to false"));
}
