//! How calls fail: each vendor's refusals, broken streams, broken answers.

use futures::StreamExt;
use model::ProviderType;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::client::{data, post};

/// A streaming call of each face, and what its stream ends with.
fn streams() -> [(ProviderType, &'static str, Value, &'static str); 5] {
    let user = json!([{"role": "user", "content": "Why?"}]);
    [
        (
            ProviderType::OpenAi,
            "/chat/completions",
            json!({"model": "gpt-4o-mini", "messages": user, "stream": true}),
            "[DONE]",
        ),
        (
            ProviderType::OpenAi,
            "/responses",
            json!({"model": "gpt-4o-mini", "input": "Why?", "stream": true}),
            "response.completed",
        ),
        (
            ProviderType::Claude,
            "/v1/messages",
            json!({"model": "claude-opus-5-5", "max_tokens": 100, "messages": user, "stream": true}),
            "message_stop",
        ),
        (
            ProviderType::Gemini,
            "/models/gemini-2.5-flash:streamGenerateContent?alt=sse",
            json!({"contents": [{"parts": [{"text": "Why?"}]}]}),
            "finishReason",
        ),
        (
            ProviderType::OpenAiCompatible,
            "/chat/completions",
            json!({"model": "qwen3:8b", "messages": user, "stream": true}),
            "[DONE]",
        ),
    ]
}

async fn streamed(simulator: &Simulator, at: usize, fault: &str) -> Vec<u8> {
    let (vendor, path, body, _) = &streams()[at];
    let response = post(simulator, *vendor, path, fault, body).await;
    assert_eq!(response.status(), 200, "{vendor:?} {fault}");
    response.bytes().await.unwrap().to_vec()
}

#[tokio::test]
async fn a_stream_that_is_cut_has_said_something_and_lacks_its_end() {
    let simulator = Simulator::start().await.unwrap();
    for (at, (vendor, _, _, end)) in streams().into_iter().enumerate() {
        let whole = String::from_utf8(streamed(&simulator, at, "key").await).unwrap();
        let cut = String::from_utf8(streamed(&simulator, at, "stream-cut").await).unwrap();
        assert!(whole.contains(end) && !cut.contains(end), "{vendor:?}");
        assert!(cut.contains("asked") && data(&cut).len() < data(&whole).len(), "{vendor:?} {cut}");
    }
}

#[tokio::test]
async fn an_error_in_the_middle_is_the_vendors_own() {
    let simulator = Simulator::start().await.unwrap();
    let mut last = Vec::new();
    for at in 0..streams().len() {
        let text = String::from_utf8(streamed(&simulator, at, "stream-error").await).unwrap();
        last.push(data(&text).pop().unwrap());
    }
    assert_eq!(last[0]["error"]["type"], "server_error");
    assert_eq!((&last[1]["type"], &last[1]["code"]), (&json!("error"), &json!("server_is_overloaded")));
    assert_eq!(last[2]["error"]["type"], "overloaded_error");
    assert_eq!(last[3]["error"]["code"], 503);
    assert_eq!(last[4]["error"]["type"], "server_error");
    let raw = String::from_utf8(streamed(&simulator, 3, "raw-json-error-line").await).unwrap();
    assert!(raw.contains("\r\n\r\n{\r\n  \"error\": {\r\n"), "{raw}");
}

#[tokio::test]
async fn a_stream_byte_by_byte_is_the_same_stream() {
    let simulator = Simulator::start().await.unwrap();
    let (vendor, path, body, _) = &streams()[4];
    let response = post(&simulator, *vendor, path, "stream-split", body).await;
    let pieces: Vec<_> = response.bytes_stream().map(Result::unwrap).collect().await;
    assert!(pieces.iter().any(|piece| std::str::from_utf8(piece).is_err()), "split inside a character");
    let text = String::from_utf8(pieces.concat()).unwrap();
    assert!(text.ends_with("data: [DONE]\n\n") && text.contains("asked") && text.contains("“Why?”"));
}

#[tokio::test]
async fn a_client_that_leaves_ends_a_stream_that_would_not() {
    let simulator = Simulator::start().await.unwrap();
    for fault in ["stream-endless", "stream-stall"] {
        let (vendor, path, body, _) = &streams()[0];
        let mut stream = post(&simulator, *vendor, path, fault, body).await.bytes_stream();
        for _ in 0..if fault == "stream-endless" { 50 } else { 1 } {
            assert!(stream.next().await.unwrap().is_ok());
        }
        assert_eq!(simulator.open_streams(), 1, "{fault}");
        drop(stream);
        while simulator.open_streams() > 0 {
            tokio::task::yield_now().await;
        }
    }
}

#[tokio::test]
async fn streams_hold_garbage_long_lines_or_break_off() {
    let simulator = Simulator::start().await.unwrap();
    let garbage = streamed(&simulator, 0, "stream-garbage").await;
    assert!(std::str::from_utf8(&garbage).is_err() && garbage.ends_with(b"data: [DONE]\n\n"));
    for at in 0..streams().len() {
        let half = streamed(&simulator, at, "stream-half-character").await;
        assert!(std::str::from_utf8(&half).is_err(), "{at}");
        let lines = String::from_utf8_lossy(&half).into_owned();
        assert!(lines.contains('\u{FFFD}'), "{at}: {lines}");
        let sent = lines.lines().filter(|line| line.starts_with("data: {")).count();
        assert_eq!(data(&lines).len(), sent, "{at}: good JSON");
    }
    let long = streamed(&simulator, 0, "long-line").await;
    assert!(long.split(|byte| *byte == b'\n').any(|line| line.len() >= 10 << 20));
    let (vendor, path, body, _) = &streams()[2];
    let cut = post(&simulator, *vendor, path, "cut", body).await;
    assert!(cut.bytes().await.is_err());
    let web_page = post(&simulator, *vendor, path, "wrong-content-type", body).await;
    assert_eq!(web_page.headers()["content-type"], "text/html; charset=utf-8");
}

#[tokio::test]
async fn whole_answers_break_too() {
    let simulator = Simulator::start().await.unwrap();
    let body = json!({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Why?"}]});
    let call =
        async |fault: &str| post(&simulator, ProviderType::OpenAi, "/chat/completions", fault, &body).await;
    assert!(call("cut").await.bytes().await.is_err());
    let empty: Value = call("empty-answer").await.json().await.unwrap();
    assert_eq!(empty["choices"][0]["message"]["content"], "");
    assert_eq!(call("no-usage").await.json::<Value>().await.unwrap().get("usage"), None);
    let nothing_left = call("nothing-left").await;
    assert_eq!(nothing_left.headers()["x-ratelimit-remaining-requests"], "0");
    assert_eq!(nothing_left.status(), 200);
    let page = call("html").await;
    assert_eq!((page.status().as_u16(), page.text().await.unwrap().contains("Sign in")), (200, true));
}

#[tokio::test]
async fn refusals_reach_generation_and_some_pass() {
    let simulator = Simulator::start().await.unwrap();
    for (at, once, overloaded) in [(0, 429, 503), (2, 429, 529), (3, 429, 503), (4, 429, 503)] {
        let (vendor, path, body, _) = &streams()[at];
        let status = async |fault: &str| post(&simulator, *vendor, path, fault, body).await.status().as_u16();
        assert_eq!(
            (status("rate-limit-once").await, status("rate-limit-once").await),
            (once, 200),
            "{vendor:?}"
        );
        assert_eq!((status("fail-once").await, status("fail-once").await), (500, 200), "{vendor:?}");
        assert_eq!((status("flaky").await, status("flaky").await, status("flaky").await), (500, 200, 500));
        assert_eq!(status("overloaded").await, overloaded);
        assert_eq!(status("model-gone").await, 404);
        assert_eq!(status("bad-gateway-html").await, 502);
    }
}

#[tokio::test]
async fn hints_come_as_seconds_milliseconds_a_date_or_in_the_body() {
    let simulator = Simulator::start().await.unwrap();
    let (vendor, path, body, _) = &streams()[0];
    let call = async |fault: &str| post(&simulator, *vendor, path, fault, body).await;
    assert_eq!(call("rate-limit").await.headers()["retry-after"], "20");
    assert_eq!(call("rate-limit-ms").await.headers()["retry-after-ms"], "1500");
    assert!(call("rate-limit-date").await.headers()["retry-after"].to_str().unwrap().ends_with(" GMT"));
    assert!(!call("too-large").await.headers().contains_key("retry-after"));
    let spent: Value = call("spend-limit").await.json().await.unwrap();
    assert_eq!(spent["error"]["code"], "project_spend_limit_exceeded");
    let (vendor, path, body, _) = &streams()[3];
    let day: Value = post(&simulator, *vendor, path, "spend-limit", body).await.json().await.unwrap();
    assert!(day["error"]["details"][1]["violations"][0]["quotaId"].as_str().unwrap().contains("PerDay"));
    let (vendor, path, body, _) = &streams()[2];
    let cap: Value = post(&simulator, *vendor, path, "spend-limit", body).await.json().await.unwrap();
    assert_eq!(cap["error"]["details"]["error_code"], "enforced_spend_limit_reached");
}
