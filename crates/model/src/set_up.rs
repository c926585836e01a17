//! The specification's three example set-ups as templates: what each would make, and what became of it.

use serde::{Deserialize, Serialize};

use crate::{ProviderType, Secret, TaskName, provider::ProviderList, vault::UndoToken};

/// A template.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetUp {
    /// Gemini extracts and validates, OpenAI writes, each stands in for the other, both with token limits.
    Production,
    /// One configuration of each vendor and no routes, so that switching the default switches everything.
    Development,
    /// Gemini's fast model for every task.
    Budget,
}

impl SetUp {
    /// All of them in the specification's order.
    pub const ALL: [Self; 3] = [Self::Production, Self::Development, Self::Budget];

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Development => "development",
            Self::Budget => "budget",
        }
    }
}

/// What a template would make in this vault.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpPreview {
    /// The configurations.
    pub entries: Vec<SetUpEntry>,
    /// The routes that change, as they would be.
    pub routes: Vec<SetUpRoute>,
    /// Who is the default now and would not be any more.
    pub default_was: Option<String>,
    /// The day on which the catalogue's prices were true, `YYYY-MM-DD`.
    pub as_of: String,
}

/// A configuration that a template would make.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpEntry {
    /// Its type; each is there once.
    pub provider_type: ProviderType,
    /// The model, as the vendor writes it.
    pub model_name: String,
    /// Its name, which is free in this vault.
    pub display_name: String,
    /// Price of input, USD per 1,000,000 tokens.
    pub input_usd_per_mtok: String,
    /// Price of output, USD per 1,000,000 tokens.
    pub output_usd_per_mtok: String,
    /// The model that the specification names, where that one is not for new set-ups any more.
    pub instead_of: Option<String>,
    /// Whether it becomes the default, if it has a key.
    pub is_default: bool,
    /// Tasks whose first place it takes.
    pub tasks: Vec<TaskName>,
    /// Tokens a day.
    pub daily_token_limit: Option<u64>,
    /// Tokens a month.
    pub monthly_token_limit: Option<u64>,
}

/// A task's chain as it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpRoute {
    /// Which task.
    pub task: TaskName,
    /// Names of its chain, the first place first.
    pub chain: Vec<String>,
    /// Who has the first place now.
    pub was: Option<String>,
}

/// A vendor's key for a template.
#[derive(Deserialize)]
#[cfg_attr(target_arch = "wasm32", derive(Serialize))]
#[serde(deny_unknown_fields)]
pub struct SetUpKey {
    /// Whose.
    pub provider_type: ProviderType,
    /// The key; without one the configuration is made switched off.
    pub api_key: Option<Secret>,
    /// Where the vendor's API is reached, where that is not its own address; empty for that.
    #[serde(default)]
    pub base_url: String,
}

/// What became of a template.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SetUpReply {
    /// Everything was made.
    Done(Box<SetUpDone>),
    /// Nothing was made: these keys or addresses were refused.
    NotDone {
        /// One for each vendor at fault.
        refused: Vec<SetUpRefusal>,
    },
}

/// Everything that a template makes was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpDone {
    /// The list with it.
    pub list: ProviderList,
    /// Configurations that were made.
    pub made: u32,
    /// How many of them are switched off, as they have no key that works.
    pub off: u32,
    /// Takes all of it back.
    pub undo: UndoToken,
}

/// Why a key was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetUpRefusal {
    /// Whose.
    pub provider_type: ProviderType,
    /// What happened.
    pub message: String,
    /// What to do.
    pub advice: String,
    /// Whether everything can be made all the same: the vendor said no or was not reached. Else something typed needs a
    /// change first.
    pub can_wait: bool,
}
