//! What is asked of the gateway, and what comes back.

use std::sync::Arc;

use futures::future::BoxFuture;
use model::{
    CallAnswer, CallError, CallRequest, PicoUsd, ProviderId, ProviderType, TaskName, gateway::Fallback,
    limits::LimitState, routing::Explanation,
};

use crate::engine::ServedStream;

/// Whom a caller asks.
#[derive(Clone, Debug, PartialEq)]
pub enum Ask {
    /// Whoever serves this task.
    Task(TaskName),
    /// This configuration and no other.
    Provider(ProviderId),
    /// A real model's id, a configuration's display name, or `task:NAME`.
    Named(String),
}

/// Who calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Caller {
    /// The user in the log and for quotas; `local` when unknown.
    pub user: String,
    /// The program, such as `openai-python/2.1`.
    pub client: String,
    /// What a split is sticky for.
    pub sticky: Option<String>,
    /// Makes the log's rows idempotent.
    pub request_id: Option<String>,
    /// The application that calls, where each has a token of its own.
    pub application: Option<Arc<Application>>,
}

/// An application with a token of its own, and what all of its calls together may use.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Application {
    /// Its token's number, which is never used twice.
    pub number: i64,
    /// What people call it.
    pub name: String,
    /// Tokens a day.
    pub daily_tokens: Option<u64>,
    /// Tokens a month.
    pub monthly_tokens: Option<u64>,
    /// Requests a minute.
    pub requests_per_minute: Option<u32>,
}

/// A call to be made.
#[derive(Clone, Debug)]
pub struct Order {
    /// Whom to ask.
    pub ask: Ask,
    /// The task in the log; that of [`Ask::Task`] when there is none.
    pub task: Option<TaskName>,
    /// What to ask.
    pub request: CallRequest,
    /// Who asks.
    pub caller: Caller,
}

/// A pause in a call before somebody is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// Who.
    pub provider: ProviderId,
    /// For how many milliseconds from now.
    pub ms: u64,
    /// Whether the vendor asked for it; else it is ours, because he failed.
    pub asked: bool,
}

/// Hears of pauses that a person would notice.
pub(crate) type Tell<'a> = &'a (dyn Fn(Waiting) + Send + Sync);

/// An answer.
#[derive(Clone, Debug)]
pub struct Served {
    /// The answer.
    pub answer: CallAnswer,
    /// Who gave it.
    pub provider: ProviderId,
    /// Its cost; `None` when the price or the usage is unknown.
    pub cost: Option<PicoUsd>,
    /// Failures that led to this provider, in order.
    pub fallbacks: Vec<Fallback>,
    /// Why this provider.
    pub explanation: Explanation,
    /// Limits that are used to 80 per cent and more.
    pub warnings: Vec<LimitState>,
}

/// What a call would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Its input, by the tokenizer of the model that would serve it.
    pub input_tokens: u64,
    /// Who counted.
    pub provider: ProviderId,
}

/// Why there is no answer.
#[derive(Clone, Debug)]
pub enum Refused {
    /// No such task.
    UnknownTask {
        /// What was asked for.
        asked: String,
        /// Names like it, the nearest first.
        nearest: Vec<String>,
    },
    /// No such model or configuration.
    UnknownModel {
        /// What was asked for.
        asked: String,
        /// Names like it, the nearest first.
        nearest: Vec<String>,
    },
    /// Nobody can serve it now.
    NoRoute(Explanation),
    /// A limit leaves no room for it.
    Limit {
        /// Which one.
        limit: LimitState,
        /// Whose; `None` when it is the user's.
        provider: Option<ProviderId>,
    },
    /// Everyone who was asked failed.
    Failed {
        /// The last failure.
        error: CallError,
        /// Those before it.
        fallbacks: Vec<Fallback>,
    },
    /// Its usage or its limits cannot be written down, so nobody was asked.
    Unwritten(CallError),
    /// The vault is locked or being locked.
    Closed,
}

/// A name that can be asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServedModel {
    /// The name.
    pub id: String,
    /// The type of the configuration that serves it.
    pub provider_type: ProviderType,
    /// The name for people.
    pub display_name: String,
    /// The configuration that would serve it first.
    pub provider: ProviderId,
}

/// What the HTTP face needs of the engine: [`crate::Gateway`] in the product, a script in the tests of the face.
pub trait Calls: Send + Sync + 'static {
    /// See [`crate::Gateway::call`].
    fn call(&self, order: Order) -> BoxFuture<'_, Result<Served, Refused>>;

    /// See [`crate::Gateway::stream`].
    fn stream(&self, order: Order) -> BoxFuture<'_, Result<ServedStream, Refused>>;

    /// See [`crate::Gateway::count`].
    fn count(&self, order: Order) -> BoxFuture<'_, Result<Counted, Refused>>;

    /// See [`crate::Gateway::models`].
    fn models(&self) -> Vec<ServedModel>;
}
