//! A configuration as both sides know it. What only one of them has (tests, usage, the desk's further settings) is not here, and
//! neither is a key.

use std::collections::{BTreeMap, BTreeSet};

use model::{ProviderId, ProviderType};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// A field that is compared and merged by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What people call it.
    DisplayName,
    /// The model, exactly as the vendor writes it.
    ModelName,
    /// Notes.
    Description,
    /// Whether routes may use it.
    IsActive,
    /// Tokens a day (UTC).
    DailyTokenLimit,
    /// Tokens a month (UTC).
    MonthlyTokenLimit,
    /// Where requests go. The specification does not have it; servers of ours do.
    BaseUrl,
    /// Whether plain http to another computer is allowed. The specification does not have it; servers of ours do.
    AllowInsecureHttp,
}

impl Field {
    /// All of them, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::DisplayName,
        Self::ModelName,
        Self::Description,
        Self::IsActive,
        Self::DailyTokenLimit,
        Self::MonthlyTokenLimit,
        Self::BaseUrl,
        Self::AllowInsecureHttp,
    ];
    /// Those of the specification.
    pub(crate) const SPECIFIED: [Self; 6] = [
        Self::DisplayName,
        Self::ModelName,
        Self::Description,
        Self::IsActive,
        Self::DailyTokenLimit,
        Self::MonthlyTokenLimit,
    ];

    /// Its name in the remote API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::DisplayName => "display_name",
            Self::ModelName => "model_name",
            Self::Description => "description",
            Self::IsActive => "is_active",
            Self::DailyTokenLimit => "daily_token_limit",
            Self::MonthlyTokenLimit => "monthly_token_limit",
            Self::BaseUrl => "base_url",
            Self::AllowInsecureHttp => "allow_insecure_http",
        }
    }
}

/// What a field holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Value {
    /// Without blanks at either end.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// Tokens, `None` without a limit.
    Limit(Option<u64>),
}

/// Fields with their values. Of a remote only those that it shows.
pub type Fields = BTreeMap<Field, Value>;

/// What at most one configuration holds. It is merged as one value, or two sides that each moved it would leave it twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// Serves tasks that have no provider of their own.
    Default,
    /// Serves job extraction first.
    Extraction,
    /// Serves drafting of CVs first.
    CvDraft,
    /// Serves cover letters first.
    CoverLetter,
    /// Serves validation of images first.
    Validation,
}

impl Place {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Default, Self::Extraction, Self::CvDraft, Self::CoverLetter, Self::Validation];

    /// Its name in the remote API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Default => "is_default",
            Self::Extraction => "default_for_extraction",
            Self::CvDraft => "default_for_cv_draft",
            Self::CoverLetter => "default_for_cover_letter",
            Self::Validation => "default_for_validation",
        }
    }
}

/// A configuration of this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Local {
    /// Its revision here; a change that comes down names it.
    pub revision: i64,
    /// Never changes.
    pub provider_type: ProviderType,
    /// All fields.
    pub fields: Fields,
    /// Changes with each key that is entered, such as the instant of that; `None` without a key.
    pub key_version: Option<i64>,
}

/// What this computer has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Here {
    /// Every configuration.
    pub records: BTreeMap<ProviderId, Local>,
    /// Who holds which place; nobody where it is missing.
    pub places: BTreeMap<Place, ProviderId>,
}

/// What tells a remote configuration from another one that is given its number later.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The specification does not have it; servers of ours do.
    pub uuid: Option<Uuid>,
    /// As the remote writes it.
    pub created_at: Option<String>,
}

impl Identity {
    /// Whether the other is surely the same, surely not, or `None` where that cannot be told.
    pub(crate) fn is(&self, other: &Self) -> Option<bool> {
        match (self.uuid, other.uuid) {
            (Some(one), Some(two)) => Some(one == two),
            _ => Some(self.created_at.as_ref()? == other.created_at.as_ref()?),
        }
    }
}

/// Which state of a remote configuration was seen, as far as the remote tells states apart.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Rises with each change. The specification does not have it; servers of ours do.
    pub revision: Option<i64>,
    /// As the remote writes it.
    pub updated_at: Option<String>,
}

impl Version {
    /// Whether this is an older state than the other; false where that cannot be told.
    pub(crate) fn is_before(&self, other: &Self) -> bool {
        match (self.revision, other.revision) {
            (Some(one), Some(two)) => one < two,
            _ => match (&self.updated_at, &other.updated_at) {
                // Instants of one form have the order of their texts.
                (Some(one), Some(two)) => one.len() == two.len() && one.ends_with('Z') && one < two,
                _ => false,
            },
        }
    }

    /// Whether both are one state; `None` where that cannot be told.
    pub(crate) fn is(&self, other: &Self) -> Option<bool> {
        match (self.revision, other.revision) {
            (Some(one), Some(two)) => Some(one == two),
            _ => Some(self.updated_at.as_ref()? == other.updated_at.as_ref()?),
        }
    }
}

/// A configuration as a remote showed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The specification's `id`.
    pub number: i64,
    /// What tells it from a later one of the same number.
    pub identity: Identity,
    /// Which state of it this is.
    pub version: Version,
    /// Never changes.
    pub provider_type: ProviderType,
    /// What was shown of it.
    pub fields: Fields,
    /// The places that it is said to hold, and those that it is said not to hold.
    pub places: BTreeMap<Place, bool>,
    /// Whether it has a key, where the remote says so.
    pub has_key: Option<bool>,
}

impl Seen {
    /// Whether the remote shows everything that the specification has.
    pub(crate) fn is_whole(&self) -> bool {
        Field::SPECIFIED.iter().all(|field| self.fields.contains_key(field))
            && Place::ALL.iter().all(|place| self.places.contains_key(place))
    }

    /// What people call it.
    pub fn name(&self) -> &str {
        name_of(&self.fields)
    }
}

/// What a remote has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct There {
    /// Every configuration by its number.
    pub records: BTreeMap<i64, Seen>,
    /// Configurations of a type that this program does not know, which are left alone.
    pub unknown: BTreeSet<i64>,
}

/// What people call a configuration.
pub(crate) fn name_of(fields: &Fields) -> &str {
    match fields.get(&Field::DisplayName) {
        Some(Value::Text(name)) => name,
        _ => "",
    }
}
