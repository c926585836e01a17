//! The API's messages as other servers may write them: a field that the specification's examples leave out may be missing, `null` is
//! nothing, and what nobody knows is passed over. There is no field for a key in what is read.

use std::collections::BTreeMap;

use model::{ProviderType, Secret, draft::NAME_LIMIT};
use reqwest::header::HeaderValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::session::wiped;
use crate::{
    record::{Field, Fields, Identity, Place, Seen, Value, Version},
    remote::{Creating, Updating},
};

/// A configuration, or a part of it.
#[derive(Deserialize)]
pub(super) struct Config {
    pub(super) id: i64,
    provider_type: String,
    #[serde(default, deserialize_with = "given")]
    model_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    display_name: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    description: Option<Option<String>>,
    #[serde(default, deserialize_with = "given")]
    daily_token_limit: Option<Option<u64>>,
    #[serde(default, deserialize_with = "given")]
    monthly_token_limit: Option<Option<u64>>,
    is_active: Option<bool>,
    is_default: Option<bool>,
    default_for_extraction: Option<bool>,
    default_for_cv_draft: Option<bool>,
    default_for_cover_letter: Option<bool>,
    default_for_validation: Option<bool>,
    created_at: Option<String>,
    updated_at: Option<String>,
    uuid: Option<String>,
    revision: Option<i64>,
    base_url: Option<String>,
    allow_insecure_http: Option<bool>,
    has_key: Option<bool>,
}

impl Config {
    /// `None` for a type that this program does not know.
    pub(super) fn seen(self) -> Option<Seen> {
        let provider_type: ProviderType = self.provider_type.parse().ok()?;
        let places = [
            (Place::Default, self.is_default),
            (Place::Extraction, self.default_for_extraction),
            (Place::CvDraft, self.default_for_cv_draft),
            (Place::CoverLetter, self.default_for_cover_letter),
            (Place::Validation, self.default_for_validation),
        ];
        let places = places.into_iter().filter_map(|(place, holds)| Some((place, holds?))).collect();
        let uuid = self.uuid.as_deref().and_then(|uuid| Uuid::parse_str(uuid).ok());
        Some(Seen {
            number: self.id,
            identity: Identity { uuid, created_at: self.created_at.clone() },
            version: Version { revision: self.revision, updated_at: self.updated_at.clone() },
            provider_type,
            has_key: self.has_key,
            places,
            fields: self.fields(provider_type),
        })
    }

    fn fields(self, provider_type: ProviderType) -> Fields {
        let text = |text: Option<Option<String>>| text.map(|text| text.unwrap_or_default().trim().to_owned());
        let model = text(self.model_name);
        let name = text(self.display_name).map(|name| match name.is_empty() {
            // As this computer would name it.
            true => {
                let made = format!("{} {}", provider_type.label(), model.as_deref().unwrap_or_default());
                made.chars().take(NAME_LIMIT).collect::<String>().trim().to_owned()
            }
            false => name,
        });
        let url = self.base_url.map(|url| url.trim().trim_end_matches('/').to_owned());
        let shown = [
            (Field::ModelName, model.map(Value::Text)),
            (Field::DisplayName, name.map(Value::Text)),
            (Field::Description, text(self.description).map(Value::Text)),
            (Field::IsActive, self.is_active.map(Value::Flag)),
            (Field::DailyTokenLimit, self.daily_token_limit.map(Value::Limit)),
            (Field::MonthlyTokenLimit, self.monthly_token_limit.map(Value::Limit)),
            (Field::BaseUrl, url.map(Value::Text)),
            (Field::AllowInsecureHttp, self.allow_insecure_http.map(Value::Flag)),
        ];
        shown.into_iter().filter_map(|(field, value)| Some((field, value?))).collect()
    }
}

/// What is sent. It is written once, into memory that is wiped.
#[derive(Serialize)]
struct Body<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    provider_type: Option<ProviderType>,
    #[serde(serialize_with = "exposed")]
    api_key: Option<&'a Secret>,
    #[serde(flatten)]
    rest: BTreeMap<&'static str, Written>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Written {
    Text(String),
    Flag(bool),
    Limit(Option<u64>),
}

pub(super) fn create(creating: &Creating<'_>) -> Zeroizing<Vec<u8>> {
    let provider_type = Some(creating.provider_type);
    let mut rest = written(creating.fields);
    rest.insert(Place::Default.as_str(), Written::Flag(false));
    wiped(&Body { provider_type, api_key: creating.key, rest })
}

pub(super) fn update(updating: &Updating<'_>) -> Zeroizing<Vec<u8>> {
    let mut rest = written(&updating.fields);
    rest.extend(updating.places.iter().map(|(place, holds)| (place.as_str(), Written::Flag(*holds))));
    wiped(&Body { provider_type: None, api_key: updating.key, rest })
}

/// Who has to hold which place. In a header, which a server that knows nothing of it passes over.
pub(super) fn held_by(held: &BTreeMap<Place, Option<i64>>) -> Option<HeaderValue> {
    let name = |holder: &Option<i64>| holder.map_or_else(|| "none".to_owned(), |number| number.to_string());
    let parts = held.iter().map(|(place, holder)| format!("{}={}", place.as_str(), name(holder)));
    let parts = parts.collect::<Vec<_>>().join(", ");
    HeaderValue::from_str(&parts).ok().filter(|parts| !parts.is_empty())
}

fn written(fields: &Fields) -> BTreeMap<&'static str, Written> {
    let write = |value: &Value| match value {
        Value::Text(text) => Written::Text(text.clone()),
        Value::Flag(flag) => Written::Flag(*flag),
        Value::Limit(limit) => Written::Limit(*limit),
    };
    fields.iter().map(|(field, value)| (field.as_str(), write(value))).collect()
}

/// Empty keeps the key, as the specification has it.
fn exposed<S: Serializer>(key: &Option<&Secret>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(key.map(Secret::expose).unwrap_or_default())
}

/// Tells `null` from nothing.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(field: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specifications_list_is_read_and_known_to_be_a_part() {
        let example = r#"{"id": 1, "provider_type": "gemini", "model_name": "gemini-2.5-flash",
            "display_name": "Gemini Fast (Budget)", "is_active": true, "is_default": true,
            "default_for_extraction": true, "default_for_cv_draft": false, "last_test_success": true,
            "created_at": "2024-01-15T10:30:00Z"}"#;
        let seen = serde_json::from_str::<Config>(example).unwrap().seen().unwrap();
        assert!(!seen.is_whole() && seen.version.revision.is_none());
        assert_eq!(seen.name(), "Gemini Fast (Budget)");
        assert_eq!(seen.places.get(&Place::CvDraft), Some(&false));
    }

    #[test]
    fn null_is_nothing_and_a_nameless_one_is_named_as_here() {
        let text = r#"{"id": 1, "provider_type": "openai", "model_name": " gpt-4o ", "display_name": null,
            "daily_token_limit": null, "later": {"any": 1}}"#;
        let seen = serde_json::from_str::<Config>(text).unwrap().seen().unwrap();
        assert_eq!(seen.name(), "OpenAI gpt-4o");
        assert_eq!(seen.fields.get(&Field::DailyTokenLimit), Some(&Value::Limit(None)));
        assert_eq!(seen.fields.get(&Field::MonthlyTokenLimit), None);
    }

    #[test]
    fn who_has_to_hold_a_place_is_said_by_numbers_and_nothing_is_said_of_none() {
        let held = BTreeMap::from([(Place::Default, Some(3)), (Place::Extraction, None)]);
        assert_eq!(held_by(&held).unwrap(), "is_default=3, default_for_extraction=none");
        assert_eq!(held_by(&BTreeMap::new()), None);
    }

    #[test]
    fn a_change_says_what_changes_and_an_empty_key() {
        let fields = Fields::from([(Field::DailyTokenLimit, Value::Limit(None))]);
        let places = BTreeMap::from([(Place::Default, true)]);
        let body = update(&Updating { fields, places, ..Updating::default() });
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body, serde_json::json!({ "api_key": "", "daily_token_limit": null, "is_default": true }));
    }
}
