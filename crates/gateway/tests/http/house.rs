//! A server over an engine that does as it is told.

use std::sync::Arc;

use futures::{FutureExt, StreamExt, channel::mpsc, future::BoxFuture};
use gateway::{
    Gateway, Order, Refused, Script, Served, ServedModel, ServedStream,
    http::{Server, ServerSettings, TokenDigest, Tokens},
};
use model::{
    CallAnswer, CallEvent, PicoUsd, ProviderId, ProviderType, call::FinishReason, routing::Explanation,
};
use uuid::Uuid;

use crate::client::TOKEN;

pub type Asked = mpsc::UnboundedReceiver<Order>;

pub fn served(text: &str) -> Served {
    Served {
        answer: CallAnswer { text: text.into(), finish: FinishReason::Stop, ..CallAnswer::default() },
        provider: ProviderId(Uuid::nil()),
        cost: Some(PicoUsd(450_000_000)),
        fallbacks: Vec::new(),
        explanation: Explanation { rule: None, candidates: Vec::new() },
        warnings: Vec::new(),
    }
}

type Calls = Box<dyn Fn(&Order) -> BoxFuture<'static, Result<Served, Refused>> + Send + Sync>;
type Events = mpsc::UnboundedReceiver<CallEvent>;

pub struct House {
    pub server: Server,
    pub asked: Asked,
}

pub async fn with(calls: Calls, streams: Box<dyn Fn() -> Events + Send + Sync>) -> House {
    let (orders, asked) = mpsc::unbounded();
    let also = orders.clone();
    let script = Script {
        call: Box::new(move |order| {
            let served = calls(&order);
            orders.unbounded_send(order).ok();
            served
        }),
        stream: Box::new(move |order| {
            also.unbounded_send(order).ok();
            Ok(ServedStream {
                events: streams().map(Ok).boxed(),
                provider: ProviderId(Uuid::nil()),
                fallbacks: Vec::new(),
            })
        }),
        models: vec![ServedModel {
            id: "gpt-4o-mini".into(),
            provider_type: ProviderType::OpenAi,
            display_name: "Mini".into(),
            provider: ProviderId(Uuid::nil()),
        }],
    };
    let settings = ServerSettings {
        port: 0,
        tokens: Tokens::new([TokenDigest::of(TOKEN)]),
        prompts: Arc::new(|_| None),
    };
    House { server: Server::start(Gateway(Arc::new(script)), settings).await.unwrap(), asked }
}

/// Everything is answered by "Hi".
pub async fn friendly() -> House {
    answering(|_| Ok(served("Hi"))).await
}

pub async fn answering(answer: impl Fn(&Order) -> Result<Served, Refused> + Send + Sync + 'static) -> House {
    let streams = || {
        let (events, received) = mpsc::unbounded();
        events.unbounded_send(CallEvent::Text("Hi".into())).ok();
        let answer = CallAnswer { text: "Hi".into(), ..CallAnswer::default() };
        events.unbounded_send(CallEvent::Finished(Box::new(answer))).ok();
        received
    };
    with(Box::new(move |order| futures::future::ready(answer(order)).boxed()), Box::new(streams)).await
}
