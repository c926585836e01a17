//! Which configuration serves a task: chains with fallbacks, weighted splits, and the cheapest that will do. And why.

use serde::{Deserialize, Serialize};

use crate::{PicoUsd, ProviderId, ProviderType, TaskName, Timestamp, limits::LimitState};

/// Most members of one chain.
pub const CHAIN_LIMIT: usize = 12;
/// Largest weight of a member in a split.
pub const WEIGHT_LIMIT: u32 = 1_000;

/// How a task is routed, as a person edits it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskRoute {
    /// The task.
    pub task: TaskName,
    /// How the provider is chosen.
    pub mode: RouteMode,
    /// First choice first. The first member is the holder of the specification's `default_for_*`.
    pub chain: Vec<ChainMember>,
    /// What an answer takes.
    pub needs: Needs,
    /// Bounds for [`RouteMode::Auto`].
    pub bounds: AutoBounds,
}

/// One configuration in a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChainMember {
    /// Which configuration.
    pub provider: ProviderId,
    /// Its share in a split, 0 to [`WEIGHT_LIMIT`]; other modes ignore it.
    #[serde(default)]
    pub weight: u32,
}

/// How the provider of a call is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RouteMode {
    /// The first of the chain that is able; the next when it fails.
    #[default]
    Chain,
    /// By weight and sticky for a key (A/B test); the rest of the chain when it fails.
    Split,
    /// The cheapest active configuration of all that meets needs and bounds; the next cheapest when it fails.
    Auto,
}

/// What a task needs of a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Needs {
    /// Images as input.
    pub vision: bool,
    /// PDF as input.
    pub pdf: bool,
    /// Answers held to a JSON schema.
    pub json_schema: bool,
    /// Function calls.
    pub tools: bool,
    /// A window of at least so many tokens, input and output together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_tokens: Option<u64>,
}

/// Bounds for the automatic choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct AutoBounds {
    /// Largest usual latency (p95 of the last day), in milliseconds. An unmeasured model is within it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_latency_ms: Option<u64>,
    /// Least quality, 1 to 5, as the person graded the configurations. An ungraded one is below any floor.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_quality: Option<u8>,
}

/// Something that a model can or cannot do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// A window as large as is needed.
    Context,
    /// PDF as input.
    Pdf,
    /// Images as input.
    Vision,
    /// Answers held to a JSON schema.
    JsonSchema,
    /// Function calls.
    Tools,
}

/// What is known of a capability. Unknown stays unknown: it is neither refused nor promised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Known {
    /// It can.
    Yes,
    /// It cannot.
    No,
    /// Nobody said.
    #[default]
    Unknown,
}

/// What is known of a configuration's model, from the catalogue.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Abilities {
    /// Tokens of input and output together.
    pub context_window: Option<u64>,
    /// PDF as input.
    pub pdf: Known,
    /// Images as input.
    pub vision: Known,
    /// Answers held to a JSON schema.
    pub json_schema: Known,
    /// Function calls.
    pub tools: Known,
}

/// Why a configuration was chosen or not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum Verdict {
    /// It serves the call.
    Chosen,
    /// It is tried when those before it fail.
    Next,
    /// It is switched off.
    SwitchedOff,
    /// It has no key, or the key was entered for another base URL.
    NoKey,
    /// It has a key that is refused, and is not asked again until a person acts.
    KeyRefused,
    /// Its model cannot do what is needed.
    CannotServe {
        /// What it lacks.
        lacks: Vec<Capability>,
    },
    /// Too many of its last calls failed.
    BreakerOpen {
        /// When it is tried again.
        until: Timestamp,
    },
    /// The vendor asked to wait.
    CoolingDown {
        /// Until when.
        until: Timestamp,
    },
    /// One of its limits does not leave room for the call.
    LimitReached {
        /// Which one.
        limit: LimitState,
    },
    /// It is slower than the bound.
    TooSlow {
        /// Its usual latency, p95 of the last day, in milliseconds.
        p95_ms: u64,
    },
    /// It is graded below the floor, or not at all.
    BelowQuality {
        /// Its grade.
        quality: Option<u8>,
    },
    /// Its price is unknown, so it cannot be the cheapest.
    PriceUnknown,
    /// It stands in no chain of this task and is not the default.
    NotInRoute,
}

/// One configuration that was looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Which one.
    pub provider: ProviderId,
    /// What became of it.
    pub verdict: Verdict,
    /// What the call would cost there at most, where the price is known.
    pub cost_at_most: Option<PicoUsd>,
}

/// Which rule led to the choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// The task's chain.
    Chain,
    /// The task's split.
    Split,
    /// The cheapest that will do.
    Auto,
    /// No member of the task's chain is switched on: the default serves.
    Default,
    /// The caller named a configuration or a model.
    Named,
}

/// A decision with its reasons, in the order of trying.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Explanation {
    /// The rule; `None` when there is nobody to serve the task.
    pub rule: Option<Rule>,
    /// Everyone who was looked at.
    pub candidates: Vec<Candidate>,
}

impl Explanation {
    /// Who serves the call.
    pub fn chosen(&self) -> Option<ProviderId> {
        self.candidates.iter().find(|one| one.verdict == Verdict::Chosen).map(|one| one.provider)
    }
}

impl Capability {
    /// All, in the order of the matrix.
    pub const ALL: [Self; 5] = [Self::Context, Self::Pdf, Self::Vision, Self::JsonSchema, Self::Tools];
}

impl Needs {
    /// Whether this capability is needed.
    pub fn needs(&self, capability: Capability) -> bool {
        match capability {
            Capability::Context => self.context_tokens.is_some(),
            Capability::Pdf => self.pdf,
            Capability::Vision => self.vision,
            Capability::JsonSchema => self.json_schema,
            Capability::Tools => self.tools,
        }
    }

    /// Everything that either needs.
    pub fn and(&self, other: &Self) -> Self {
        Self {
            vision: self.vision || other.vision,
            pdf: self.pdf || other.pdf,
            json_schema: self.json_schema || other.json_schema,
            tools: self.tools || other.tools,
            context_tokens: self.context_tokens.max(other.context_tokens),
        }
    }

    /// What is needed and known to be missing. What is unknown is not among it.
    pub fn lacking(&self, abilities: &Abilities) -> Vec<Capability> {
        let missing = |capability: &Capability| abilities.has(*capability, self) == Known::No;
        Capability::ALL.into_iter().filter(|one| self.needs(*one)).filter(missing).collect()
    }
}

impl Abilities {
    /// What is known of a catalogue's entry.
    pub fn of(model: Option<&crate::CatalogModel>) -> Self {
        let Some(model) = model else { return Self::default() };
        let can = &model.capabilities;
        Self {
            context_window: Some(model.context_window),
            pdf: can.pdf_input.into(),
            vision: can.vision.into(),
            json_schema: can.json_schema.into(),
            tools: can.tools.into(),
        }
    }

    /// What is known of one capability, measured by what is needed.
    pub fn has(&self, capability: Capability, needs: &Needs) -> Known {
        match capability {
            Capability::Context => self
                .context_window
                .map_or(Known::Unknown, |window| (window >= needs.context_tokens.unwrap_or(0)).into()),
            Capability::Pdf => self.pdf,
            Capability::Vision => self.vision,
            Capability::JsonSchema => self.json_schema,
            Capability::Tools => self.tools,
        }
    }
}

impl From<bool> for Known {
    fn from(can: bool) -> Self {
        if can { Self::Yes } else { Self::No }
    }
}

/// The routing page: every task's route, and every configuration that may stand in one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutingView {
    /// Rises with each change of any route.
    pub revision: i64,
    /// Every task in the list's order.
    pub routes: Vec<TaskRoute>,
    /// Every configuration, ordered as everywhere.
    pub members: Vec<RouteMember>,
}

/// A configuration as the routing page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteMember {
    /// Which one.
    pub id: ProviderId,
    /// Its type.
    pub provider_type: ProviderType,
    /// Its name.
    pub display_name: String,
    /// Its model.
    pub model_name: String,
    /// Whether it is switched on.
    pub is_active: bool,
    /// Whether it is the default.
    pub is_default: bool,
    /// What its model can do.
    pub abilities: Abilities,
    /// How it is.
    pub health: crate::health::HealthState,
    /// Median latency of the last day, in milliseconds.
    pub p50_ms: Option<u64>,
    /// Mean cost of its calls of the last seven days, of those whose price is known.
    pub mean_cost: Option<PicoUsd>,
    /// The person's grade, 1 to 5.
    pub quality: Option<u8>,
}

/// A failure to try out on paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SimulatedFailure {
    /// It does not answer.
    Down,
    /// It refuses for its limits.
    RateLimit,
    /// It answers late.
    Slow,
}

/// What a failure would do to one task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskUnderFailure {
    /// The task.
    pub task: TaskName,
    /// Who serves it now.
    pub now: Option<ProviderId>,
    /// Who would; `None` is nobody.
    pub then: Option<ProviderId>,
    /// Who would come after that one.
    pub after_that: Option<ProviderId>,
    /// Whether the two share a vendor, so that an outage of the vendor takes both down.
    pub same_vendor: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_known_to_be_missing_is_lacking() {
        let needs = Needs { vision: true, tools: true, context_tokens: Some(64_000), ..Needs::default() };
        assert_eq!(needs.lacking(&Abilities::default()), []);
        let small = Abilities { context_window: Some(32_000), vision: Known::No, ..Abilities::default() };
        assert_eq!(needs.lacking(&small), [Capability::Context, Capability::Vision]);
    }
}
