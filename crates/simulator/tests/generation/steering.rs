//! What tests set, and what they read: usage, answers, pace, the journal.

use std::time::{Duration, Instant};

use futures::StreamExt;
use model::ProviderType;
use serde_json::{Value, json};
use simulator::{Options, Simulator, Usage};

use crate::client::{bare, data, keyed, post};

const CHAT: &str = "/chat/completions";

fn why() -> Value {
    json!({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Why?"}]})
}

#[tokio::test]
async fn usage_that_was_set_is_reported_in_each_vendors_own_sums() {
    let simulator = Simulator::start().await.unwrap();
    let usage =
        Usage { input: 6, cached: 20_443, cache_write: 574, cache_write_1h: 3, output: 412, thinking: 77 };
    for key in ["openai", "claude", "gemini"] {
        simulator.set_usage(key, Some(usage));
    }
    let usage_of = async |vendor, path: &str, body: Value, field: &str| {
        post(&simulator, vendor, path, "key", &body).await.json::<Value>().await.unwrap()[field].take()
    };
    let openai = usage_of(ProviderType::OpenAi, CHAT, why(), "usage").await;
    assert_eq!((&openai["prompt_tokens"], &openai["completion_tokens"]), (&json!(21_026), &json!(489)));
    assert_eq!(
        openai["prompt_tokens_details"],
        json!({"cached_tokens": 20_443, "audio_tokens": 0, "cache_write_tokens": 577})
    );
    let body = json!({"model": "claude-opus-5-5", "max_tokens": 9, "messages": [{"role": "user", "content": "Why?"}]});
    let claude = usage_of(ProviderType::Claude, "/v1/messages", body, "usage").await;
    assert_eq!((&claude["input_tokens"], &claude["cache_read_input_tokens"]), (&json!(6), &json!(20_443)));
    assert_eq!(
        (&claude["output_tokens"], &claude["cache_creation_input_tokens"]),
        (&json!(489), &json!(577))
    );
    let body = json!({"contents": [{"parts": [{"text": "Why?"}]}]});
    let path = "/models/gemini-2.5-flash:generateContent";
    let gemini = usage_of(ProviderType::Gemini, path, body, "usageMetadata").await;
    assert_eq!((&gemini["candidatesTokenCount"], &gemini["thoughtsTokenCount"]), (&json!(412), &json!(77)));
    assert_eq!((&gemini["promptTokenCount"], &gemini["totalTokenCount"]), (&json!(21_026), &json!(21_515)));
    simulator.set_usage("openai", None);
    assert_eq!(usage_of(ProviderType::OpenAi, CHAT, why(), "usage").await["total_tokens"], 22);
}

#[tokio::test]
async fn answers_and_usage_can_be_set_from_outside_for_one_key() {
    let simulator = Simulator::start().await.unwrap();
    let control = async |path: &str, body: Value| {
        let url = format!("http://{}/control/{path}", simulator.address());
        reqwest::Client::builder()
            .no_proxy()
            .build()
            .unwrap()
            .post(url)
            .json(&body)
            .send()
            .await
            .unwrap()
            .status()
    };
    let key = "test-openai-key-0001";
    assert_eq!(control("answer", json!({"key": key, "text": "Because."})).await, 204);
    assert_eq!(control("usage", json!({"key": key, "usage": {"input": 5, "output": 7}})).await, 204);
    assert_eq!(control("usage", json!({"key": key, "usage": {"inputs": 5}})).await, 422);
    let body: Value = post(&simulator, ProviderType::OpenAi, CHAT, "key", &why()).await.json().await.unwrap();
    assert_eq!(
        (&body["choices"][0]["message"]["content"], &body["usage"]["total_tokens"]),
        (&json!("Because."), &json!(12))
    );
    let other = bare(&simulator, ProviderType::OpenAi, CHAT).bearer_auth("test-openai-key-0002").json(&why());
    let other: Value = other.send().await.unwrap().json().await.unwrap();
    assert_eq!(other["usage"]["total_tokens"], 22);
}

#[tokio::test]
async fn the_journal_keeps_what_was_sent_but_no_key() {
    let simulator = Simulator::start().await.unwrap();
    post(&simulator, ProviderType::OpenAi, CHAT, "key", &why()).await;
    let mut leaking = why();
    leaking["user"] = json!("it is test-openai-key-0001");
    post(&simulator, ProviderType::OpenAi, CHAT, "key", &leaking).await;
    let mut long = why();
    long["user"] = json!("x".repeat(70_000));
    post(&simulator, ProviderType::OpenAi, CHAT, "key", &long).await;
    let nonsense = keyed(&simulator, ProviderType::OpenAi, CHAT, "key").body("{");
    nonsense.send().await.unwrap();
    let journal = simulator.journal();
    assert_eq!(
        (journal[0].method.as_str(), journal[0].path_and_query.as_str()),
        ("POST", "/openai/v1/chat/completions")
    );
    assert_eq!(journal[0].body, Some(why()));
    let misplaced: Vec<bool> = journal.iter().map(|entry| entry.key_misplaced).collect();
    assert_eq!(misplaced, [false, true, false, false]);
    assert!(journal[1..].iter().all(|entry| entry.body.is_none()));
}

#[tokio::test]
async fn a_journal_that_is_off_stays_empty() {
    let simulator = Simulator::start_with(Options { journal: false, ..Options::default() }).await.unwrap();
    post(&simulator, ProviderType::OpenAi, CHAT, "key", &why()).await;
    assert_eq!(simulator.journal(), []);
}

#[tokio::test]
async fn a_stream_takes_its_time_and_comes_in_as_many_pieces_as_asked_for() {
    let options = Options {
        first_token_delay: Duration::from_millis(120),
        chunk_delay: Duration::from_millis(20),
        chunks: 4,
        ..Options::default()
    };
    let simulator = Simulator::start_with(options).await.unwrap();
    let body = json!({"model": "claude-opus-5-5", "max_tokens": 100, "stream": true,
        "messages": [{"role": "user", "content": "Why?"}]});
    let begun = Instant::now();
    let mut stream =
        post(&simulator, ProviderType::Claude, "/v1/messages", "key", &body).await.bytes_stream();
    let mut text = String::new();
    let mut first = None;
    while let Some(piece) = stream.next().await {
        text.push_str(std::str::from_utf8(&piece.unwrap()).unwrap());
        if text.contains("text_delta") {
            first.get_or_insert(begun.elapsed());
        }
    }
    assert!(first.unwrap() >= Duration::from_millis(120));
    assert!(begun.elapsed() >= Duration::from_millis(180));
    let deltas = data(&text).into_iter().filter(|event| event["type"] == "content_block_delta").count();
    assert_eq!(deltas, 4);
    let begun = Instant::now();
    post(&simulator, ProviderType::OpenAi, CHAT, "key", &why()).await;
    assert!(begun.elapsed() >= Duration::from_millis(120), "a whole answer takes as long");
}
