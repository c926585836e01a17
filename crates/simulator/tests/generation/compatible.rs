//! A compatible server's Chat Completions.

use model::ProviderType::OpenAiCompatible;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::client::{bare, data, error_of, post, with};

const PATH: &str = "/chat/completions";

fn why() -> Value {
    json!({"model": "qwen3:8b", "messages": [{"role": "user", "content": "Why?"}], "max_tokens": 50, "mirostat": 2})
}

#[tokio::test]
async fn it_forgives_unknown_parameters_and_needs_no_key() {
    let simulator = Simulator::start().await.unwrap();
    let response = bare(&simulator, OpenAiCompatible, PATH).json(&why()).send().await.unwrap();
    assert!(!response.headers().contains_key("x-request-id"));
    let text = response.text().await.unwrap();
    assert!(!text.contains('\n'), "compact");
    let body: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(body["usage"], json!({"prompt_tokens": 1, "completion_tokens": 21, "total_tokens": 22}));
    assert_eq!((body.get("service_tier"), &body["model"]), (None, &json!("qwen3:8b")));
}

#[tokio::test]
async fn it_streams_without_padding() {
    let simulator = Simulator::start().await.unwrap();
    let text = post(&simulator, OpenAiCompatible, PATH, "key", &with(why(), "stream", json!(true)))
        .await
        .text()
        .await;
    let text = text.unwrap();
    assert!(text.ends_with("data: [DONE]\n\n") && !text.contains("obfuscation"));
    assert_eq!(data(&text)[0]["object"], "chat.completion.chunk");
}

#[tokio::test]
async fn it_knows_pictures_but_no_files() {
    let simulator = Simulator::start().await.unwrap();
    let asking = |part: Value| with(why(), "messages", json!([{"role": "user", "content": [part]}]));
    let picture = json!({"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}});
    assert_eq!(post(&simulator, OpenAiCompatible, PATH, "key", &asking(picture)).await.status(), 200);
    let file = json!({"type": "file", "file": {"filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBERi0xLjQK"}});
    let (status, error) =
        error_of(post(&simulator, OpenAiCompatible, PATH, "key", &asking(file)).await).await;
    assert_eq!((status, &error["message"]), (400, &json!("Unknown part type: file")));
}

#[tokio::test]
async fn its_errors_have_numbers_for_codes() {
    let simulator = Simulator::start().await.unwrap();
    let unknown = with(why(), "model", json!("gpt-4o"));
    let (status, error) = error_of(post(&simulator, OpenAiCompatible, PATH, "key", &unknown).await).await;
    assert_eq!((status, &error["code"]), (404, &json!(404)));
    let long = with(why(), "messages", json!([{"role": "user", "content": "x".repeat(200_000)}]));
    let (status, error) = error_of(post(&simulator, OpenAiCompatible, PATH, "key", &long).await).await;
    assert_eq!(status, 400);
    assert!(error["message"].as_str().unwrap().contains("maximum context length is 32768"));
}
