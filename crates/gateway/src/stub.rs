//! Stands in for the engine until it is here.
use futures::{Stream, future::BoxFuture, stream::BoxStream};
use model::{
    CallAnswer, CallError, CallEvent, CallRequest, PicoUsd, ProviderId, ProviderType, TaskName,
    gateway::{Fallback, OnLock},
    limits::LimitState,
    routing::Explanation,
};
use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

#[derive(Clone)]
pub struct Gateway(pub Arc<Script>);
pub struct Script {
    pub call: Box<dyn Fn(Order) -> BoxFuture<'static, Result<Served, Refused>> + Send + Sync>,
    pub stream: Box<dyn Fn(Order) -> Result<ServedStream, Refused> + Send + Sync>,
    pub models: Vec<ServedModel>,
}
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    Task(TaskName),
    Provider(ProviderId),
    Named(String),
}
#[derive(Debug, Clone, PartialEq)]
pub struct Caller {
    pub user: String,
    pub client: String,
    pub sticky: Option<String>,
    pub request_id: Option<String>,
}
#[derive(Debug, Clone)]
pub struct Order {
    pub ask: Ask,
    pub task: Option<TaskName>,
    pub request: CallRequest,
    pub caller: Caller,
}
#[derive(Debug, Clone)]
pub struct Served {
    pub answer: CallAnswer,
    pub provider: ProviderId,
    pub cost: Option<PicoUsd>,
    pub fallbacks: Vec<Fallback>,
    pub explanation: Explanation,
    pub warnings: Vec<LimitState>,
}
#[derive(Debug, Clone)]
pub enum Refused {
    UnknownTask { asked: String, nearest: Vec<String> },
    UnknownModel { asked: String, nearest: Vec<String> },
    NoRoute(Explanation),
    Limit { limit: LimitState, provider: Option<ProviderId> },
    Failed { error: CallError, fallbacks: Vec<Fallback> },
    Closed,
}
#[derive(Debug, Clone)]
pub struct ServedModel {
    pub id: String,
    pub provider_type: ProviderType,
    pub display_name: String,
    pub provider: ProviderId,
}
pub struct ServedStream {
    pub events: BoxStream<'static, Result<CallEvent, CallError>>,
    pub provider: ProviderId,
    pub fallbacks: Vec<Fallback>,
}
impl ServedStream {
    pub fn provider(&self) -> ProviderId {
        self.provider
    }
    pub fn fallbacks(&self) -> &[Fallback] {
        &self.fallbacks
    }
}
impl Stream for ServedStream {
    type Item = Result<CallEvent, CallError>;
    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.events.as_mut().poll_next(cx)
    }
}
impl Gateway {
    pub async fn call(&self, order: Order) -> Result<Served, Refused> {
        (self.0.call)(order).await
    }
    pub async fn stream(&self, order: Order) -> Result<ServedStream, Refused> {
        (self.0.stream)(order)
    }
    pub fn models(&self) -> Vec<ServedModel> {
        self.0.models.clone()
    }
    pub async fn close(&self, _: OnLock) {}
}
