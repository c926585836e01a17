//! Bodies of requests, at a real port over a real connection, with an engine that answers everything.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpStream},
    sync::Arc,
    time::Duration,
};

use futures::{FutureExt as _, StreamExt as _, future::BoxFuture};
use gateway::{
    Calls, Counted, Order, Refused, Served, ServedModel, ServedStream,
    http::{Server, ServerSettings, TokenDigest, Tokens},
};
use model::{CallAnswer, CallEvent, ProviderId, call::FinishReason, routing::Explanation};
use uuid::Uuid;

use crate::targets::{Target, told};

const TOKEN: &str = "sbx_fuzz";
const PATHS: [&str; 9] = [
    "/v1/chat/completions",
    "/v1/responses",
    "/v1/messages",
    "/v1/messages/count_tokens",
    "/v1beta/models/task:extraction:generateContent",
    "/v1beta/models/m:streamGenerateContent",
    "/api/v1/tasks/cover_letter",
    "/api/v1/tasks/extraction",
    "/api/v1/tasks/cv_draft",
];

struct Friendly;

fn answer() -> CallAnswer {
    CallAnswer { text: "Hi".into(), finish: FinishReason::Stop, ..CallAnswer::default() }
}

impl Calls for Friendly {
    fn call(&self, _: Order) -> BoxFuture<'_, Result<Served, Refused>> {
        let explanation = Explanation { rule: None, candidates: Vec::new() };
        let served = Served {
            answer: answer(),
            provider: ProviderId(Uuid::nil()),
            cost: None,
            fallbacks: Vec::new(),
            explanation,
            warnings: Vec::new(),
        };
        futures::future::ready(Ok(served)).boxed()
    }

    fn stream(&self, _: Order) -> BoxFuture<'_, Result<ServedStream, Refused>> {
        let events = [Ok(CallEvent::Text("Hi".into())), Ok(CallEvent::Finished(Box::new(answer())))];
        let events = futures::stream::iter(events).boxed();
        futures::future::ready(Ok(ServedStream::new(events, ProviderId(Uuid::nil()), Vec::new()))).boxed()
    }

    fn count(&self, _: Order) -> BoxFuture<'_, Result<Counted, Refused>> {
        futures::future::ready(Ok(Counted { input_tokens: 14, provider: ProviderId(Uuid::nil()) })).boxed()
    }

    fn models(&self) -> Vec<ServedModel> {
        Vec::new()
    }
}

/// The first byte of an input chooses the path, the rest is the body.
pub async fn target() -> Target {
    let tokens = Tokens::new([TokenDigest::of(TOKEN)]);
    let settings = ServerSettings { port: 0, tokens, prompts: Arc::new(|_| None) };
    let server = Server::start(Friendly, settings).await.unwrap();
    let run = move |input: &[u8]| {
        let (path, body) =
            input.split_first().map_or((0, &[][..]), |(first, body)| (usize::from(*first), body));
        let path = PATHS[path % PATHS.len()];
        let reply = ask(server.address(), path, body)?;
        let status: u16 = reply.split(' ').nth(1)?.parse().ok()?;
        // The body alone is hostile, and the engine answers everything: an error of the server's would be ours. What a task's
        // answer must look like "Hi" does not, which is a bad answer of a vendor, 502.
        (status < 500 || status == 502).then(|| told((path, status, reply.len() / 64))).flatten()
    };
    Target { name: "gateway_bodies", seeds: seeds(), run: Box::new(run) }
}

fn ask(at: SocketAddr, path: &str, body: &[u8]) -> Option<String> {
    let mut stream = TcpStream::connect(at).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {at}\r\nauthorization: Bearer {TOKEN}\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(&[head.as_bytes(), body].concat()).ok()?;
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).ok()?;
    Some(String::from_utf8_lossy(&reply).into_owned())
}

fn seeds() -> Vec<Vec<u8>> {
    let chat = r#"{"model":"m","messages":[{"role":"system","content":"Be short."},{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]},{"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}}]},{"role":"tool","tool_call_id":"c1","content":"7"}],"tools":[{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object","properties":{"a":{"type":"integer"}}}}}],"temperature":0.5,"max_tokens":100,"stream":true,"stream_options":{"include_usage":true},"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":{"type":"object"}}}}"#;
    let responses = r#"{"model":"m","input":[{"role":"user","content":[{"type":"input_text","text":"Hi"}]},{"type":"function_call","call_id":"c","name":"f","arguments":"{}"},{"type":"function_call_output","call_id":"c","output":"7"}],"instructions":"Be short.","max_output_tokens":9,"reasoning":{"effort":"low"},"text":{"format":{"type":"text"}},"stream":false}"#;
    let messages = r#"{"model":"m","max_tokens":9,"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],"messages":[{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBORw0KGgo="}}]},{"role":"assistant","content":[{"type":"tool_use","id":"t","name":"f","input":{"a":1}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"7"}]}],"tools":[{"name":"f","input_schema":{"type":"object"}}],"tool_choice":{"type":"auto"},"thinking":{"type":"disabled"},"stream":true}"#;
    let gemini = r#"{"contents":[{"role":"user","parts":[{"text":"Hi"},{"inlineData":{"mimeType":"image/png","data":"iVBORw0KGgo="}}]},{"role":"model","parts":[{"functionCall":{"name":"f","args":{"a":1}}}]},{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"b":2}}}]}],"systemInstruction":{"parts":[{"text":"s"}]},"generationConfig":{"temperature":0.5,"maxOutputTokens":9,"responseMimeType":"application/json","responseSchema":{"type":"OBJECT","properties":{"a":{"type":"STRING"}}}},"tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT"}}]}]}"#;
    let letter = r#"{"profile":"Ann, engineer","job_description":"Build bridges","tone":"formal"}"#;
    let extraction = r#"{"text":"Ann Example, ann@example.com, 2019-2024 engineer","language":"en"}"#;
    let bodies = [chat, responses, messages, messages, gemini, gemini, letter, extraction, letter];
    let seed = |(path, body): (usize, &&str)| [&[u8::try_from(path).unwrap()], body.as_bytes()].concat();
    bodies.iter().enumerate().map(seed).collect()
}
