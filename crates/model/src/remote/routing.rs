//! Tasks and the routes that serve them.

use serde::{Deserialize, Serialize};

use crate::routing::{AutoBounds, Capability, Needs, RouteMode, Rule};

/// A task and its route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Task {
    /// As applications write it.
    pub name: String,
    /// Whether it is one of the specification's four, which stay.
    pub is_built_in: bool,
    /// How the configuration of a call is chosen.
    pub mode: RouteMode,
    /// First choice first; the first one is the holder of the specification's `default_for_*`.
    pub chain: Vec<TaskMember>,
    /// What an answer takes.
    pub needs: Needs,
    /// Bounds of the automatic choice.
    pub bounds: AutoBounds,
    /// Who would serve a call at this moment; `null` is nobody.
    pub served_by: Option<i64>,
    /// Of all routes together: it rises with each change of any of them, and is the `ETag`.
    pub revision: i64,
}

/// A configuration in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskMember {
    /// Which one.
    pub config_id: i64,
    /// Its share of a split; other modes ignore it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(maximum = 1000))]
    pub weight: u32,
}

/// A task of one's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateTask {
    /// 1 to 64 lower-case letters, digits and `_`, a letter first.
    #[cfg_attr(feature = "openapi", schema(pattern = "^[a-z][a-z0-9_]{0,63}$"))]
    pub name: String,
}

/// A change of a task's route. What is missing stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateTask {
    /// How the configuration of a call is chosen.
    #[serde(default)]
    pub mode: Option<RouteMode>,
    /// First choice first, each configuration once.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_items = 12))]
    pub chain: Option<Vec<TaskMember>>,
    /// What an answer takes.
    #[serde(default)]
    pub needs: Option<Needs>,
    /// Bounds of the automatic choice.
    #[serde(default)]
    pub bounds: Option<AutoBounds>,
}

/// A task that was deleted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletedTask {
    /// Which one.
    pub deleted_task: String,
}

/// The instructions of a task's endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskPrompt {
    /// Which task.
    pub task: String,
    /// Its own, which hold; `null` leaves it to the built-in ones.
    pub own: Option<String>,
    /// Those that came with the program; `null` of a task without an endpoint, which cannot have its own.
    pub built_in: Option<String>,
    /// Another one for other instructions, and the `ETag`; 0 while there are none of its own.
    pub revision: i64,
}

/// Instructions of one's own.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SetTaskPrompt {
    /// 1 to 50,000 characters.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 50000))]
    pub prompt: String,
}

/// Who would serve a task at this moment, and why not the others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskExplanation {
    /// The rule; `null` when there is nobody to serve it.
    pub rule: Option<Rule>,
    /// Everyone who was looked at, in the order of trying.
    pub candidates: Vec<TaskCandidate>,
}

/// One configuration that was looked at.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TaskCandidate {
    /// Which one.
    pub config_id: i64,
    /// `chosen`, `next`, or what keeps it from serving, such as `switched_off`, `breaker_open` or `limit_reached`.
    #[cfg_attr(feature = "openapi", schema(example = "chosen"))]
    pub because: String,
    /// What its model lacks, of `cannot_serve`.
    pub lacks: Vec<Capability>,
    /// Which limit, of `limit_reached`, such as `daily_tokens`.
    pub limit: Option<String>,
    /// When that is over, where it is known.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub until: Option<String>,
    /// What a call would cost there at most, where the price is known.
    pub cost_at_most_usd: Option<f64>,
}

/// What a failure of a configuration would do to one task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FailureEffect {
    /// The task.
    pub task: String,
    /// Who serves it now.
    pub now: Option<i64>,
    /// Who would; `null` is nobody.
    pub then: Option<i64>,
    /// Who would come after that one.
    pub after_that: Option<i64>,
    /// Whether the first two share a vendor, so that an outage of the vendor takes both down.
    pub same_vendor: bool,
}
