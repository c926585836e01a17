//! The specification's provider configurations.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{ProviderType, Secret, TestOutcome};

/// The specification's `AIProviderConfigResponse`: everything but the key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProviderConfig {
    /// Never used twice.
    pub id: i64,
    /// Which wire format it speaks.
    pub provider_type: ProviderType,
    /// The model, exactly as the vendor writes it.
    pub model_name: String,
    /// What people call it; unique, ignoring case.
    pub display_name: String,
    /// Notes; `null` when there are none.
    pub description: Option<String>,
    /// Whether routes may use it.
    pub is_active: bool,
    /// Whether it serves tasks that have no provider of their own.
    pub is_default: bool,
    /// Serves job extraction first.
    pub default_for_extraction: bool,
    /// Serves drafting of CVs first.
    pub default_for_cv_draft: bool,
    /// Serves cover letters first.
    pub default_for_cover_letter: bool,
    /// Serves validation of images first.
    pub default_for_validation: bool,
    /// Tokens a day (UTC).
    pub daily_token_limit: Option<u64>,
    /// Tokens a month (UTC).
    pub monthly_token_limit: Option<u64>,
    /// The latest credential test.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub last_tested_at: Option<String>,
    /// What it found.
    pub last_test_success: Option<bool>,
    /// Number of the user who made it; `null` when that was no user of this server.
    pub created_by_id: Option<i64>,
    /// When it was made.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// When it was last changed; tests do not count.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub updated_at: String,
    /// Added: stable identity across servers and desktops, a UUID.
    #[cfg_attr(feature = "openapi", schema(min_length = 36, max_length = 36))]
    pub uuid: String,
    /// Added: rises by one with each change, and is the `ETag`.
    pub revision: i64,
    /// Added: where requests go.
    pub base_url: String,
    /// Added: whether plain http to another computer is allowed.
    pub allow_insecure_http: bool,
    /// Added: whether there is a key.
    pub has_key: bool,
}

/// A new configuration.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateConfig {
    /// Which wire format it speaks.
    pub provider_type: ProviderType,
    /// The key, which the vendor is asked about before it is stored. A compatible server may need none.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 4096))]
    pub api_key: Option<Secret>,
    /// The model, exactly as the vendor writes it.
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub model_name: String,
    /// What people call it; made from type and model when missing.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub display_name: Option<String>,
    /// Notes.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub description: Option<String>,
    /// Whether routes may use it; true when missing.
    #[serde(default = "yes")]
    #[cfg_attr(feature = "openapi", schema(default = true))]
    pub is_active: bool,
    /// Whether it serves tasks that have no provider of their own.
    #[serde(default)]
    pub is_default: bool,
    /// Serve job extraction first.
    #[serde(default)]
    pub default_for_extraction: bool,
    /// Serve drafting of CVs first.
    #[serde(default)]
    pub default_for_cv_draft: bool,
    /// Serve cover letters first.
    #[serde(default)]
    pub default_for_cover_letter: bool,
    /// Serve validation of images first.
    #[serde(default)]
    pub default_for_validation: bool,
    /// Tokens a day (UTC).
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 9007199254740991u64))]
    pub daily_token_limit: Option<u64>,
    /// Tokens a month (UTC).
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(minimum = 1, maximum = 9007199254740991u64))]
    pub monthly_token_limit: Option<u64>,
    /// Added: where requests go; the vendor's own address when missing.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub base_url: Option<String>,
    /// Added: allow plain http to another computer.
    #[serde(default)]
    pub allow_insecure_http: bool,
}

/// A change. What is missing stays as it is.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateConfig {
    /// As it is: the type of a configuration never changes.
    #[serde(default)]
    pub provider_type: Option<ProviderType>,
    /// Leave empty to keep the current key.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, max_length = 4096))]
    pub api_key: Option<Secret>,
    /// The model, exactly as the vendor writes it.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub model_name: Option<String>,
    /// What people call it; empty makes it anew from type and model.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 80))]
    pub display_name: Option<String>,
    /// Notes.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 2000))]
    pub description: Option<String>,
    /// Whether routes may use it.
    #[serde(default)]
    pub is_active: Option<bool>,
    /// Whether it serves tasks that have no provider of their own.
    #[serde(default)]
    pub is_default: Option<bool>,
    /// Serve job extraction first.
    #[serde(default)]
    pub default_for_extraction: Option<bool>,
    /// Serve drafting of CVs first.
    #[serde(default)]
    pub default_for_cv_draft: Option<bool>,
    /// Serve cover letters first.
    #[serde(default)]
    pub default_for_cover_letter: Option<bool>,
    /// Serve validation of images first.
    #[serde(default)]
    pub default_for_validation: Option<bool>,
    /// Tokens a day (UTC); `null` ends the limit.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1, maximum = 9007199254740991u64))]
    pub daily_token_limit: Option<Option<u64>>,
    /// Tokens a month (UTC); `null` ends the limit.
    #[serde(default, deserialize_with = "given")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<u64>, minimum = 1, maximum = 9007199254740991u64))]
    pub monthly_token_limit: Option<Option<u64>>,
    /// Added: where requests go; empty is the vendor's own address. The key has to come along.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(max_length = 2048))]
    pub base_url: Option<String>,
    /// Added: allow plain http to another computer.
    #[serde(default)]
    pub allow_insecure_http: Option<bool>,
}

/// What a credential test found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestedConfig {
    /// Whether the key can be used as configured.
    pub is_valid: bool,
    /// What was found.
    pub message: String,
    /// When.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub tested_at: String,
    /// Added: the same for programs.
    pub outcome: TestOutcome,
    /// Added: what to do.
    pub advice: String,
}

/// A deletion that was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletedConfig {
    /// Which one.
    pub deleted_id: i64,
}

/// What a vendor's model was used for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UsageStats {
    /// The vendor; `null` where an old call does not say.
    pub provider_type: Option<ProviderType>,
    /// The model.
    pub model_name: String,
    /// Calls in the days asked for.
    pub total_calls: u64,
    /// Tokens in the days asked for.
    pub total_tokens: u64,
    /// What they cost; `null` when no price is known, never 0.
    pub total_cost_usd: Option<f64>,
    /// Of 100.
    pub success_rate: Option<f64>,
    /// Mean, in milliseconds.
    pub avg_latency_ms: Option<u64>,
    /// Calls in the last 7 days.
    pub last_7_days_calls: u64,
    /// Calls in the last 30 days.
    pub last_30_days_calls: u64,
    /// Added: calls whose cost is not known and not in the sum.
    pub unpriced_calls: u64,
}

/// An entry of the specification's `AdminActionLog`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AuditRecord {
    /// 1, 2, 3, … without a gap.
    pub id: i64,
    /// When.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub created_at: String,
    /// Who.
    pub actor: String,
    /// What, such as `provider.update`.
    pub action: String,
    /// The record's UUID, or a task's name.
    pub target: Option<String>,
    /// The record's name at that time.
    pub target_name: Option<String>,
    /// Of the caller; `null` for what was done on the server's own computer.
    pub ip_address: Option<String>,
    /// The fields that changed, as they were; secrets masked.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub before: Option<serde_json::Value>,
    /// The same as they became.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<Object>))]
    pub after: Option<serde_json::Value>,
}

pub(super) fn yes() -> bool {
    true
}

/// Tells `null` from nothing.
pub(super) fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    field: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(field).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_that_is_null_ends_and_one_that_is_missing_stays() {
        let ends: UpdateConfig = serde_json::from_str(r#"{"daily_token_limit": null}"#).ok().unwrap();
        assert_eq!((ends.daily_token_limit, ends.monthly_token_limit), (Some(None), None));
    }

    #[test]
    fn the_specifications_own_requests_are_read() {
        let create = r#"{"provider_type": "openai", "api_key": "sk-...", "model_name": "gpt-4o-mini",
            "display_name": "OpenAI GPT-4 Mini", "description": "Cheaper model for CV drafting", "is_active": true,
            "is_default": false, "default_for_cv_draft": true, "default_for_cover_letter": true,
            "daily_token_limit": 1000000, "monthly_token_limit": 30000000}"#;
        let create: CreateConfig = serde_json::from_str(create).ok().unwrap();
        assert!(create.default_for_cv_draft && !create.default_for_extraction);
        let update = r#"{"api_key": "", "model_name": "gpt-4o", "is_active": false, "default_for_cv_draft": false,
            "daily_token_limit": 500000}"#;
        let update: UpdateConfig = serde_json::from_str(update).ok().unwrap();
        assert!(update.api_key.is_some_and(|key| key.is_empty()));
    }
}
