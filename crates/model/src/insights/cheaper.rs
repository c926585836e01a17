//! Models that would have served a task for less, and what speaks against each. Facts only: what is not known is said, and
//! nothing is guessed of how well a model answers.

use serde::{Deserialize, Serialize};

use crate::{PicoUsd, ProviderId, ProviderType, TaskName, routing::Capability};

/// What can be done to try a model.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trial {
    /// Its configuration is switched on: the task can be split.
    Split {
        /// Which one.
        provider: ProviderId,
        /// Its name.
        name: String,
    },
    /// Its configuration is switched off.
    SwitchOn {
        /// Which one.
        provider: ProviderId,
        /// Its name.
        name: String,
    },
    /// There is none, but one with a key of the same vendor that can be duplicated.
    Duplicate {
        /// Which one.
        provider: ProviderId,
        /// Its name.
        name: String,
    },
}

/// Something that speaks against a model, each a fact that a person can check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Risk {
    /// The task needs it, and nobody knows whether the model can.
    UnknownCapability {
        /// What.
        needs: Vec<Capability>,
    },
    /// The present model can, this one cannot; the task does not say that it needs it.
    CannotAsNow {
        /// What.
        lacks: Vec<Capability>,
    },
    /// Its window is smaller than the present one's.
    SmallerWindow {
        /// Tokens now.
        now: u64,
        /// Tokens then.
        then: u64,
    },
    /// Its longest answer is shorter than the present one's.
    ShorterAnswers {
        /// Tokens now.
        now: u64,
        /// Tokens then.
        then: u64,
    },
    /// It did this task already, and succeeded less often.
    SucceedsLess {
        /// Attempts.
        calls: u64,
        /// Of them successful.
        succeeded: u64,
    },
    /// It has too few calls of this task to say how it does.
    NoOwnCalls {
        /// Attempts.
        calls: u64,
    },
    /// The person graded it lower than the present one, or not at all.
    LowerGrade {
        /// Now.
        now: u8,
        /// Then.
        then: Option<u8>,
    },
    /// A model of the same vendor whose price is less than half: such ones are smaller.
    SmallerTier,
    /// It belongs to another vendor, who counts tokens in its own way.
    OtherVendor,
    /// The vendor shuts it down.
    ShutsDown {
        /// `YYYY-MM-DD`.
        on: String,
    },
    /// It refuses a temperature and the like.
    NoSampling,
    /// Calls with a longer input cost more there; sums cannot say how many of these there are.
    DearerWhenLong {
        /// Tokens of input.
        above: u64,
    },
}

/// A model that would have been cheaper.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cheaper {
    /// Its vendor.
    pub provider_type: ProviderType,
    /// Its name on the wire.
    pub model: String,
    /// What the same tokens would have cost, all input at the full price: at most that, where nothing speaks against it.
    pub cost: PicoUsd,
    /// How it can be tried.
    pub trial: Trial,
    /// What speaks against it.
    pub risks: Vec<Risk>,
}

/// A task that could be served for less.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The task.
    pub task: TaskName,
    /// Who serves it now.
    pub provider: ProviderId,
    /// Its name.
    pub name: String,
    /// Its vendor.
    pub provider_type: ProviderType,
    /// Its model.
    pub model: String,
    /// Its attempts at this task in [`super::LOOKED_AT_DAYS`].
    pub calls: u64,
    /// Of them successful.
    pub succeeded: u64,
    /// What they cost.
    pub cost: PicoUsd,
    /// Their input tokens, of all kinds.
    pub input_tokens: u64,
    /// Their output tokens.
    pub output_tokens: u64,
    /// Cheaper ones, the largest saving first; never none.
    pub cheaper: Vec<Cheaper>,
}

impl Suggestion {
    /// What the cheapest would have saved.
    pub fn most_saved(&self) -> PicoUsd {
        let saved = self.cheaper.iter().map(|cheaper| self.saved(cheaper));
        saved.max().unwrap_or_default()
    }

    /// What one of them would have saved.
    pub fn saved(&self, cheaper: &Cheaper) -> PicoUsd {
        PicoUsd(self.cost.0 - cheaper.cost.0)
    }
}
