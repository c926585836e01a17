//! What a remote says of itself: usage, health and the log of acts, as it says them. None of it is this computer's, and none of
//! it is kept here. Never a key.

use serde::{Deserialize, Serialize};

use crate::{
    PicoUsd, ProviderType, Timestamp,
    audit::AuditLine,
    health::HealthView,
    sync::{RemoteView, SyncTrouble},
};

/// What a remote said when it was asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoteAnswer<T> {
    /// Which one, and since when it is away if it is.
    pub remote: RemoteView,
    /// When it was asked.
    pub at: Timestamp,
    /// What it said.
    pub told: Told<T>,
}

impl<T> RemoteAnswer<T> {
    /// The same answer, with what was said in another form.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> RemoteAnswer<U> {
        let told = match self.told {
            Told::LoggedOut => Told::LoggedOut,
            Told::Offline(trouble) => Told::Offline(trouble),
            Told::NotOffered => Told::NotOffered,
            Told::Failed(trouble) => Told::Failed(trouble),
            Told::Ready(told) => Told::Ready(form(told)),
        };
        RemoteAnswer { remote: self.remote, at: self.at, told }
    }
}

/// What a remote said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told<T> {
    /// Nobody is logged in, or not any more.
    LoggedOut,
    /// It cannot be reached just now.
    Offline(SyncTrouble),
    /// It does not tell this: the specification has no endpoint for it.
    NotOffered,
    /// It refused, or was not understood.
    Failed(SyncTrouble),
    /// Here it is.
    Ready(T),
}

/// Usage of a remote by vendor and model, and its newest calls.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RemoteUsage {
    /// Days that were added up, today included.
    pub days: u32,
    /// By vendor and model, as the remote orders them.
    pub lines: Vec<RemoteLine>,
    /// The newest calls first; `None` where the remote tells sums alone.
    pub calls: Option<Vec<RemoteCall>>,
}

/// Usage of one model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RemoteLine {
    /// The vendor, where it is one that this program knows.
    pub provider_type: Option<ProviderType>,
    /// The model.
    pub model_name: String,
    /// Calls.
    pub calls: u64,
    /// Tokens; `None` where the remote does not say.
    pub tokens: Option<u64>,
    /// What they cost; `None` when that is not known, never 0.
    pub cost: Option<PicoUsd>,
    /// Of 100.
    pub success_rate: Option<f64>,
    /// Mean, in milliseconds.
    pub latency_ms: Option<u64>,
    /// Calls whose cost is not known and not in the sum.
    pub unpriced_calls: u64,
}

/// One attempt of a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RemoteCall {
    /// When it ended.
    pub at: Timestamp,
    /// The configuration's name there; `None` when it was deleted.
    pub provider: Option<String>,
    /// The vendor, where it is one that this program knows.
    pub provider_type: Option<ProviderType>,
    /// The model that was asked for.
    pub model_name: Option<String>,
    /// The task; empty when none was named.
    pub task: String,
    /// Who caused it.
    pub user: String,
    /// Whether it went well.
    pub succeeded: bool,
    /// Tokens; `None` when the vendor did not say.
    pub tokens: Option<u64>,
    /// What it cost; `None` when that is not known.
    pub cost: Option<PicoUsd>,
    /// From sending to the last byte.
    pub latency_ms: u64,
}

/// How a remote's configurations are. Their identities are of this answer alone: a number there is no identity here.
pub type RemoteHealth = HealthView;

/// A page of a remote's log of acts, newest first. It is the remote's word: its chain cannot be verified from here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteAudit {
    /// The entries.
    pub entries: Vec<AuditLine>,
    /// Number before which the next page goes on, if there may be one.
    pub next: Option<i64>,
}
