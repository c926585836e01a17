//! How a server ends.

use futures::{FutureExt, channel::mpsc};
use gateway::http::{Server, ServerSettings, StartError, Tokens};
use model::{CallEvent, gateway::OnLock};
use tokio::{io::AsyncWriteExt, net::TcpStream};

use crate::{
    client::{read, request, until},
    house::{House, friendly, script, with},
};

const BODY: &str = r#"{"model":"m","messages":[{"role":"user","content":"Hi"}]}"#;
const STREAMED: &str = r#"{"model":"m","stream":true,"messages":[{"role":"user","content":"Hi"}]}"#;

async fn stuck() -> (House, mpsc::UnboundedSender<CallEvent>) {
    let (events, received) = mpsc::unbounded();
    let received = std::sync::Mutex::new(Some(received));
    let house = with(
        Box::new(|_| futures::future::pending().boxed()),
        Box::new(move || received.lock().unwrap().take().unwrap()),
    )
    .await;
    (house, events)
}

async fn open(house: &mut House, body: &str) -> TcpStream {
    let at = house.server.address();
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(request(at, "POST", "/v1/chat/completions", &[], body).as_bytes()).await.unwrap();
    futures::StreamExt::next(&mut house.asked).await.unwrap();
    stream
}

#[tokio::test]
async fn stop_ends_open_calls_with_a_reason() {
    let (mut house, events) = stuck().await;
    let mut whole = open(&mut house, BODY).await;
    let mut streamed = open(&mut house, STREAMED).await;
    events.unbounded_send(CallEvent::Text("half".into())).unwrap();
    until(&mut streamed, "half").await;
    house.server.stop(OnLock::Stop).await;
    let reply = read(&mut whole).await;
    assert_eq!((reply.status, reply.json()["error"]["code"].as_str()), (503, Some("gateway_closed")));
    let rest = until(&mut streamed, "gateway_closed").await;
    assert!(!rest.contains("[DONE]"));
}

#[tokio::test]
async fn finish_lets_a_stream_end_and_takes_no_new_call() {
    let (mut house, events) = stuck().await;
    let at = house.server.address();
    let mut streamed = open(&mut house, STREAMED).await;
    let ended = tokio::spawn(house.server.stop(OnLock::Finish));
    while TcpStream::connect(at).await.is_ok() {
        tokio::task::yield_now().await;
    }
    events.unbounded_send(CallEvent::Text("whole".into())).unwrap();
    events.unbounded_send(CallEvent::Finished(Box::default())).unwrap();
    assert!(until(&mut streamed, "[DONE]").await.contains("whole"));
    ended.await.unwrap();
}

#[tokio::test]
async fn a_port_in_use_is_told_with_advice() {
    let house = friendly().await;
    let port = house.server.address().port();
    let settings = ServerSettings { port, tokens: Tokens::default(), prompts: std::sync::Arc::new(|_| None) };
    let other = friendly().await;
    let pending = |_: &_| futures::future::pending().boxed();
    let (script, _) = script(Box::new(pending), Box::new(|| mpsc::unbounded().1));
    let error = Server::start(script, settings).await.err().unwrap();
    assert!(matches!(error, StartError::InUse(taken) if taken == port));
    assert_eq!(error.to_string(), format!("another program uses port {port}"));
    assert!(error.advice().ends_with('.'));
    drop(other);
}
