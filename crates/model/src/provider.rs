//! Provider configurations as they may be shown: everything but the key.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{PicoUsd, TaskName, TestReport, Timestamp};

/// Stable identity of a configuration, a UUIDv7 (RFC 9562), so that vaults can be merged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProviderId(pub Uuid);

impl fmt::Display for ProviderId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl FromStr for ProviderId {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, uuid::Error> {
        Uuid::parse_str(text).map(Self)
    }
}

/// Which wire format a configuration speaks. The order is the order of every list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ProviderType {
    /// Google Gemini with an AI Studio key.
    Gemini,
    /// OpenAI.
    #[serde(rename = "openai")]
    OpenAi,
    /// Anthropic Claude.
    Claude,
    /// Anything else that serves OpenAI's Chat Completions: Ollama, vLLM, OpenRouter, a company's gateway.
    #[serde(rename = "openai_compatible")]
    OpenAiCompatible,
}

impl ProviderType {
    /// All types in their fixed order.
    pub const ALL: [Self; 4] = [Self::Gemini, Self::OpenAi, Self::Claude, Self::OpenAiCompatible];

    /// The name in the database, the catalogue and the remote API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gemini => "gemini",
            Self::OpenAi => "openai",
            Self::Claude => "claude",
            Self::OpenAiCompatible => "openai_compatible",
        }
    }

    /// The name for people.
    pub fn label(self) -> &'static str {
        match self {
            Self::Gemini => "Gemini",
            Self::OpenAi => "OpenAI",
            Self::Claude => "Claude",
            Self::OpenAiCompatible => "OpenAI-compatible",
        }
    }

    /// Where the vendor serves its API; `None` where a person has to say.
    pub fn default_base_url(self) -> Option<&'static str> {
        match self {
            Self::Gemini => Some("https://generativelanguage.googleapis.com/v1beta"),
            Self::OpenAi => Some("https://api.openai.com/v1"),
            Self::Claude => Some("https://api.anthropic.com"),
            Self::OpenAiCompatible => None,
        }
    }

    /// The vendor's page where keys are made; `None` where we cannot know it.
    pub fn console_url(self) -> Option<&'static str> {
        match self {
            Self::Gemini => Some("https://aistudio.google.com/apikey"),
            Self::OpenAi => Some("https://platform.openai.com/api-keys"),
            Self::Claude => Some("https://console.anthropic.com/settings/keys"),
            Self::OpenAiCompatible => None,
        }
    }

    /// Whether a configuration of this type needs a key at all; a local server often has none.
    pub fn needs_key(self) -> bool {
        self != Self::OpenAiCompatible
    }
}

impl FromStr for ProviderType {
    type Err = UnknownProviderType;

    fn from_str(text: &str) -> Result<Self, UnknownProviderType> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(UnknownProviderType)
    }
}

/// A type's name that this version does not know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown provider type")]
pub struct UnknownProviderType;

/// A configuration as the page shows it. There is no field for the key. What is empty is left out of the JSON: the page
/// reads five hundred of these before it shows the first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderView {
    /// Stable identity.
    pub id: ProviderId,
    /// The specification's integer id, unique in this vault and never used twice.
    pub number: i64,
    /// Rises by one with each change; a change names the revision that it saw.
    pub revision: i64,
    /// Fixed at creation.
    pub provider_type: ProviderType,
    /// Where requests go, without a trailing slash.
    pub base_url: String,
    /// Whether the person allowed plain http to a host other than this computer.
    pub allow_insecure_http: bool,
    /// The model, exactly as the vendor writes it.
    pub model_name: String,
    /// What people call it. Unique in a vault, ignoring case.
    pub display_name: String,
    /// Notes; empty when there are none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub description: String,
    /// Whether routes may use it.
    pub is_active: bool,
    /// Whether it serves tasks that have no holder. At most one, and it is active.
    pub is_default: bool,
    /// Tasks whose first place it holds.
    pub tasks: Vec<TaskName>,
    /// Tokens a day (UTC), `None` without a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daily_token_limit: Option<u64>,
    /// Tokens a month (UTC), `None` without a limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub monthly_token_limit: Option<u64>,
    /// How it is called, and further limits.
    #[serde(default, skip_serializing_if = "crate::limits::CallSettings::is_none")]
    pub calls: crate::limits::CallSettings,
    /// The key's last four characters; `None` without a key or when the key is shorter than twelve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_last_four: Option<String>,
    /// Whether there is a key.
    pub has_key: bool,
    /// When the key was last entered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_changed_at: Option<Timestamp>,
    /// The latest credential test.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_test: Option<TestReport>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed; tests do not count.
    pub updated_at: Timestamp,
    /// What it was used for lately.
    #[serde(default, skip_serializing_if = "RecentUsage::is_none")]
    pub usage: RecentUsage,
}

/// Usage of one configuration, for the list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentUsage {
    /// Tokens since midnight UTC.
    pub tokens_today: u64,
    /// Tokens since the first of the month, UTC.
    pub tokens_this_month: u64,
    /// Calls in the last seven days of the statistics' zone, today included.
    pub calls_7d: u64,
    /// How many of them have a known cost.
    pub priced_7d: u64,
    /// How many succeeded and have none, so that it is missing in the sums. Vendors charge nothing for most that fail.
    pub unpriced_7d: u64,
    /// Cost of today, of the calls whose cost is known.
    pub cost_today: PicoUsd,
    /// How many of today's calls succeeded and have no known cost.
    pub unpriced_today: u64,
    /// Cost of each of the last seven days, oldest first, today last.
    pub cost_by_day: [PicoUsd; 7],
}

impl RecentUsage {
    /// Whether there is none.
    pub fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// All configurations and what they route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderList {
    /// Ordered by type, then by name.
    pub providers: Vec<ProviderView>,
    /// Every task, the specification's four first.
    pub tasks: Vec<crate::TaskView>,
    /// Whether this vault holds invented sample data.
    pub sample: bool,
}
