//! A server over an engine that does as it is told.

use std::sync::Arc;

use futures::{FutureExt, StreamExt, channel::mpsc, future::BoxFuture};
use gateway::{
    Calls, Counted, Order, Refused, Served, ServedModel, ServedStream,
    http::{Server, ServerSettings, TokenDigest, Tokens},
};
use model::{
    CallAnswer, CallEvent, PicoUsd, ProviderId, ProviderType,
    call::{Degradation, FinishReason},
    limits::LimitState,
    routing::Explanation,
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

type Answers = Box<dyn Fn(&Order) -> BoxFuture<'static, Result<Served, Refused>> + Send + Sync>;
type Events = mpsc::UnboundedReceiver<CallEvent>;

pub struct House {
    pub server: Server,
    pub asked: Asked,
}

/// An engine that does as it is told.
pub struct Script {
    answers: Answers,
    streams: Box<dyn Fn() -> Events + Send + Sync>,
    /// What streams tell before their first piece.
    warnings: Vec<LimitState>,
    degraded: Vec<Degradation>,
    orders: mpsc::UnboundedSender<Order>,
}

impl Calls for Script {
    fn call(&self, order: Order) -> BoxFuture<'_, Result<Served, Refused>> {
        let served = (self.answers)(&order);
        self.orders.unbounded_send(order).ok();
        served
    }

    fn stream(&self, order: Order) -> BoxFuture<'_, Result<ServedStream, Refused>> {
        self.orders.unbounded_send(order).ok();
        let events = (self.streams)().map(Ok).boxed();
        let served = ServedStream::new(events, ProviderId(Uuid::nil()), Vec::new());
        let served = served.telling(self.warnings.clone(), self.degraded.clone());
        futures::future::ready(Ok(served)).boxed()
    }

    fn count(&self, order: Order) -> BoxFuture<'_, Result<Counted, Refused>> {
        let served = (self.answers)(&order);
        self.orders.unbounded_send(order).ok();
        let counted = |served: Served| Counted { input_tokens: 14, provider: served.provider };
        served.map(move |served| served.map(counted)).boxed()
    }

    fn models(&self) -> Vec<ServedModel> {
        vec![ServedModel {
            id: "gpt-4o-mini".into(),
            provider_type: ProviderType::OpenAi,
            display_name: "Mini".into(),
            provider: ProviderId(Uuid::nil()),
        }]
    }
}

pub fn script(answers: Answers, streams: Box<dyn Fn() -> Events + Send + Sync>) -> (Script, Asked) {
    let (orders, asked) = mpsc::unbounded();
    (Script { answers, streams, warnings: Vec::new(), degraded: Vec::new(), orders }, asked)
}

pub async fn with(answers: Answers, streams: Box<dyn Fn() -> Events + Send + Sync>) -> House {
    let (script, asked) = script(answers, streams);
    over(script, asked).await
}

/// Streams that tell this of themselves.
pub async fn telling(warnings: Vec<LimitState>, degraded: Vec<Degradation>) -> House {
    let (script, asked) =
        script(Box::new(|_| futures::future::ready(Ok(served("Hi"))).boxed()), Box::new(hi));
    over(Script { warnings, degraded, ..script }, asked).await
}

async fn over(script: Script, asked: Asked) -> House {
    let settings = ServerSettings {
        port: 0,
        tokens: Tokens::new([TokenDigest::of(TOKEN)]),
        prompts: Arc::new(|_| None),
    };
    House { server: Server::start(script, settings).await.unwrap(), asked }
}

/// Everything is answered by "Hi".
pub async fn friendly() -> House {
    answering(|_| Ok(served("Hi"))).await
}

pub async fn answering(answer: impl Fn(&Order) -> Result<Served, Refused> + Send + Sync + 'static) -> House {
    with(Box::new(move |order| futures::future::ready(answer(order)).boxed()), Box::new(hi)).await
}

fn hi() -> Events {
    let (events, received) = mpsc::unbounded();
    events.unbounded_send(CallEvent::Text("Hi".into())).ok();
    let answer = CallAnswer { text: "Hi".into(), ..CallAnswer::default() };
    events.unbounded_send(CallEvent::Finished(Box::new(answer))).ok();
    received
}
