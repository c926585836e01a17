//! The local gateway's settings, and the playground: calls that a person makes from the window.

use serde::{Deserialize, Serialize};

use crate::{
    CallAnswer, CallError, CallRequest, PicoUsd, ProviderId, TaskName, Timestamp, limits::LimitState,
    routing::Explanation,
};

/// Where the gateway listens unless a person chose another port.
pub const DEFAULT_PORT: u16 = 8377;

/// What becomes of open calls when the vault locks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnLock {
    /// They end with 503 and a reason.
    Stop,
    /// They may end by themselves, up to 30 seconds.
    #[default]
    Finish,
}

/// How the gateway is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct GatewaySettings {
    /// Whether it serves while the vault is open.
    pub enabled: bool,
    /// Its port on 127.0.0.1.
    pub port: u16,
    /// What becomes of open calls when the vault locks.
    pub on_lock: OnLock,
}

impl Default for GatewaySettings {
    fn default() -> Self {
        Self { enabled: false, port: DEFAULT_PORT, on_lock: OnLock::default() }
    }
}

/// The gateway as the settings page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GatewayView {
    /// How it is set.
    pub settings: GatewaySettings,
    /// Since when it listens; `None` while it does not.
    pub running_since: Option<Timestamp>,
    /// Why it does not listen although it should; two sentences.
    pub trouble: Option<String>,
    /// Last four characters of the client token; `None` before there is one.
    pub token_last_four: Option<String>,
    /// Calls since midnight UTC.
    pub calls_today: u64,
}

/// A token for clients of the gateway. It is shown this once and stored as a digest, so it has no `Debug`.
#[derive(Serialize, Deserialize)]
pub struct NewToken {
    /// The token.
    pub token: String,
    /// The settings after it was made.
    pub view: GatewayView,
}

/// A prompt of the playground that a person kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedPrompt {
    /// Rising number.
    pub id: i64,
    /// What it is called; unique.
    pub name: String,
    /// The task whose route it is tried against, if any.
    pub task: Option<TaskName>,
    /// What is asked.
    pub request: CallRequest,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

/// Longest instructions of a task, in characters.
pub const PROMPT_LIMIT: usize = 50_000;

/// The instructions of a task's endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskPrompt {
    /// The task.
    pub task: TaskName,
    /// The person's own, where there are some.
    pub own: Option<String>,
    /// Those that came with the program; a task without an endpoint has none, and cannot have its own.
    pub built_in: Option<String>,
}

/// How a call of the playground ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaygroundEnd {
    /// With an answer.
    Answered(Box<Answered>),
    /// Without one.
    Failed {
        /// The last failure.
        error: CallError,
        /// Those before it, which led to the next provider.
        fallbacks: Vec<Fallback>,
    },
}

/// An answer with what it took.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answered {
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
    /// Limits that are used to 80 per cent and more, with this answer.
    #[serde(default)]
    pub warnings: Vec<LimitState>,
}

/// A provider that failed, so that the next was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fallback {
    /// Who failed.
    pub provider: ProviderId,
    /// How.
    pub error: CallError,
}

/// Whom the playground asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlaygroundTarget {
    /// This configuration and no other.
    Provider(ProviderId),
    /// Whoever serves this task, with its fallbacks.
    Task(TaskName),
}
