//! Gemini's generateContent.

use model::ProviderType::Gemini;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::client::{data, error_of, post, with};

const WHOLE: &str = "/models/gemini-2.5-flash:generateContent";
const STREAM: &str = "/models/gemini-2.5-flash:streamGenerateContent?alt=sse";
const ARRAY: &str = "/models/gemini-2.5-flash:streamGenerateContent";

fn why() -> Value {
    json!({"contents": [{"role": "user", "parts": [{"text": "Why?"}]}]})
}

async fn refused(simulator: &Simulator, body: &Value) -> (u16, Value) {
    error_of(post(simulator, Gemini, WHOLE, "key", body).await).await
}

#[tokio::test]
async fn a_whole_answer_leaves_zero_counts_out_and_has_no_limits_in_its_headers() {
    let simulator = Simulator::start().await.unwrap();
    let response = post(&simulator, Gemini, WHOLE, "key", &why()).await;
    assert_eq!(response.headers()["content-type"], "application/json; charset=UTF-8");
    assert!(response.headers().keys().all(|name| !name.as_str().contains("ratelimit")));
    let text = response.text().await.unwrap();
    assert!(text.starts_with("{\n  \""), "pretty");
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        body["usageMetadata"],
        json!({"promptTokenCount": 1, "candidatesTokenCount": 21, "totalTokenCount": 22,
            "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 1}]})
    );
    assert_eq!((&body["modelVersion"], body["responseId"].is_string()), (&json!("gemini-2.5-flash"), true));
    let candidate = &body["candidates"][0];
    assert_eq!(
        (&candidate["content"]["role"], &candidate["finishReason"]),
        (&json!("model"), &json!("STOP"))
    );
}

#[tokio::test]
async fn events_end_their_lines_with_carriage_returns_and_the_last_has_the_reason() {
    let simulator = Simulator::start().await.unwrap();
    let response = post(&simulator, Gemini, STREAM, "key", &why()).await;
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    let text = response.text().await.unwrap();
    assert!(text.ends_with("}\r\n\r\n") && !text.contains("event:") && text.contains("\": \""));
    assert_eq!(text.matches('\n').count(), text.matches("\r\n").count());
    let chunks = data(&text);
    let (last, first) = chunks.split_last().unwrap();
    assert!(first.iter().all(|chunk| chunk["candidates"][0].get("finishReason").is_none()));
    assert_eq!(last["candidates"][0]["finishReason"], "STOP");
    assert_eq!(last["usageMetadata"]["totalTokenCount"], 22);
}

#[tokio::test]
async fn without_events_a_stream_is_one_array_even_when_it_is_refused() {
    let simulator = Simulator::start().await.unwrap();
    let response = post(&simulator, Gemini, ARRAY, "key", &why()).await;
    assert_eq!(response.headers()["content-type"], "application/json; charset=UTF-8");
    let chunks: Vec<Value> = response.json().await.unwrap();
    assert_eq!(chunks.last().unwrap()["candidates"][0]["finishReason"], "STOP");
    let errors: Vec<Value> =
        post(&simulator, Gemini, ARRAY, "rate-limit", &why()).await.json().await.unwrap();
    assert_eq!((errors.len(), &errors[0]["error"]["code"]), (1, &json!(429)));
}

#[tokio::test]
async fn both_spellings_of_a_field_are_taken_and_unknown_ones_are_not() {
    let simulator = Simulator::start().await.unwrap();
    for config in [json!({"maxOutputTokens": 2}), json!({"max_output_tokens": 2})] {
        let body: Value = post(&simulator, Gemini, WHOLE, "key", &with(why(), "generation_config", config))
            .await
            .json()
            .await
            .unwrap();
        assert_eq!(body["candidates"][0]["finishReason"], "MAX_TOKENS");
    }
    let (status, error) = refused(&simulator, &with(why(), "max_tokens", json!(5))).await;
    assert_eq!((status, &error["status"]), (400, &json!("INVALID_ARGUMENT")));
    assert!(
        error["details"][0]["fieldViolations"][0]["description"].as_str().unwrap().contains("\"max_tokens\"")
    );
}

#[tokio::test]
async fn thinking_that_eats_the_budget_leaves_no_parts() {
    let simulator = Simulator::start().await.unwrap();
    let config = json!({"maxOutputTokens": 10, "thinkingConfig": {"thinkingBudget": 512}});
    let body: Value = post(&simulator, Gemini, WHOLE, "key", &with(why(), "generationConfig", config))
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(body["candidates"][0]["content"], json!({"role": "model"}));
    assert_eq!(body["candidates"][0]["finishReason"], "MAX_TOKENS");
    assert_eq!(body["usageMetadata"]["thoughtsTokenCount"], 10);
    assert_eq!(body["usageMetadata"].get("candidatesTokenCount"), None);
}

#[tokio::test]
async fn a_blocked_prompt_has_no_candidates_and_a_blocked_answer_no_content() {
    let simulator = Simulator::start().await.unwrap();
    let blocked: Value =
        post(&simulator, Gemini, WHOLE, "content-filter", &why()).await.json().await.unwrap();
    assert_eq!(
        (blocked.get("candidates"), blocked["promptFeedback"]["blockReason"].is_string()),
        (None, true)
    );
    let refused: Value = post(&simulator, Gemini, WHOLE, "refusal", &why()).await.json().await.unwrap();
    assert_eq!(refused["candidates"][0], json!({"index": 0, "content": {}, "finishReason": "SAFETY"}));
}

#[tokio::test]
async fn functions_are_called_and_from_gemini_3_on_their_signature_has_to_come_back() {
    let simulator = Simulator::start().await.unwrap();
    let path = "/models/gemini-3.8-flash:generateContent";
    let tools = json!([{"functionDeclarations": [{"name": "weather", "parameters":
        {"type": "OBJECT", "properties": {"city": {"type": "STRING"}}}}]}]);
    let asked =
        with(with(why(), "tools", tools), "toolConfig", json!({"functionCallingConfig": {"mode": "ANY"}}));
    let first: Value = post(&simulator, Gemini, path, "key", &asked).await.json().await.unwrap();
    let called = &first["candidates"][0]["content"];
    assert_eq!(called["parts"][0]["functionCall"], json!({"name": "weather", "args": {"city": "city"}}));
    assert_eq!(first["candidates"][0]["finishReason"], "STOP");
    let result = json!({"role": "user", "parts": [{"functionResponse": {"name": "weather", "response": {"r": "sunny"}}}]});
    let talk = |called: &Value| with(why(), "contents", json!([why()["contents"][0], called, result]));
    let second: Value = post(&simulator, Gemini, path, "key", &talk(called)).await.json().await.unwrap();
    assert!(second["candidates"][0]["content"]["parts"][0]["text"].as_str().unwrap().contains("sunny"));
    let mut unsigned = called.clone();
    unsigned["parts"][0].as_object_mut().unwrap().remove("thoughtSignature").unwrap();
    let (status, error) = error_of(post(&simulator, Gemini, path, "key", &talk(&unsigned)).await).await;
    assert_eq!(status, 400);
    assert!(error["message"].as_str().unwrap().starts_with("Function call is missing a thought_signature"));
}

#[tokio::test]
async fn what_gemini_would_refuse_is_refused_in_its_words() {
    let simulator = Simulator::start().await.unwrap();
    let turn = |role: &str, part: Value| json!([{"role": role, "parts": [part]}]);
    for (name, value, message) in [
        ("contents", turn("assistant", json!({"text": "x"})), "Please use a valid role: user, model."),
        ("contents", json!([]), "* GenerateContentRequest.contents: contents is not specified\n"),
        (
            "contents",
            turn("user", json!({"inlineData": {"mimeType": "image/bmp", "data": "AAAA"}})),
            "Unsupported MIME type: image/bmp",
        ),
        (
            "contents",
            turn("user", json!({"inlineData": {"mimeType": "image/png", "data": "?"}})),
            "Invalid value at 'contents[0].parts[0].inline_data.data' (TYPE_BYTES), Base64 decoding failed",
        ),
        (
            "contents",
            turn("user", json!({"text": "x".repeat(4_200_000)})),
            "The input token count (1050000) exceeds the maximum number of tokens allowed (1048576).",
        ),
        (
            "generationConfig",
            json!({"thinkingConfig": {"thinkingLevel": "LOW"}}),
            "Thinking level is not supported for this model.",
        ),
        (
            "generationConfig",
            json!({"responseMimeType": "application/json", "responseSchema": {"type": "OBJECT", "additionalProperties": false}}),
            "Invalid JSON payload received. Unknown name \"additionalProperties\" at 'generation_config.response_schema': Cannot find field.",
        ),
    ] {
        let (status, error) = refused(&simulator, &with(why(), name, value)).await;
        assert_eq!((status, error["message"].as_str().unwrap()), (400, message));
    }
    let (status, error) =
        error_of(post(&simulator, Gemini, "/models/x:generateContent", "key", &why()).await).await;
    assert_eq!((status, &error["status"]), (404, &json!("NOT_FOUND")));
    assert!(error["message"].as_str().unwrap().starts_with("models/x is not found for API version v1beta"));
}

#[tokio::test]
async fn tokens_are_counted() {
    let simulator = Simulator::start().await.unwrap();
    let counted: Value = post(&simulator, Gemini, "/models/gemini-2.5-flash:countTokens", "key", &why())
        .await
        .json()
        .await
        .unwrap();
    assert_eq!(
        counted,
        json!({"totalTokens": 1, "promptTokensDetails": [{"modality": "TEXT", "tokenCount": 1}]})
    );
}
