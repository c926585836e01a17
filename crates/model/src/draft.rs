//! What a person enters for a provider, and the rules that need neither network nor database.

use serde::{Deserialize, Serialize};

use crate::{Field, FieldError, ProviderType, Secret, TaskName, limits::CallSettings, text, text::TextError};

/// Most characters of a display name.
pub const NAME_LIMIT: usize = 80;
/// Most characters of the notes.
pub const DESCRIPTION_LIMIT: usize = 2_000;
/// Most characters of a model's name.
pub const MODEL_LIMIT: usize = 200;
/// Most characters of a base URL.
pub const BASE_URL_LIMIT: usize = 2_048;
/// Most characters of an API key.
pub const KEY_LIMIT: usize = 4_096;
/// Largest token limit: exact in JavaScript's numbers, and more than anyone buys.
pub const TOKEN_LIMIT_MAX: u64 = 9_007_199_254_740_991;

/// The editable fields of a configuration. The key travels beside it, never in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProviderDraft {
    /// Fixed once saved.
    pub provider_type: ProviderType,
    /// Where requests go; empty means the vendor's own address.
    pub base_url: String,
    /// Allow plain http to a host other than this computer.
    pub allow_insecure_http: bool,
    /// The model, exactly as the vendor writes it.
    pub model_name: String,
    /// What people call it; empty means one made from type and model.
    pub display_name: String,
    /// Notes.
    pub description: String,
    /// Whether routes may use it.
    pub is_active: bool,
    /// Serve tasks without a holder.
    pub is_default: bool,
    /// Tasks whose first place it takes, from whoever holds it.
    pub tasks: Vec<TaskName>,
    /// Tokens a day, `None` without a limit.
    pub daily_token_limit: Option<u64>,
    /// Tokens a month, `None` without a limit.
    pub monthly_token_limit: Option<u64>,
    /// How it is called, and further limits.
    #[serde(default)]
    pub calls: CallSettings,
}

impl ProviderDraft {
    /// An empty form of a type.
    pub fn new(provider_type: ProviderType) -> Self {
        Self {
            provider_type,
            base_url: provider_type.default_base_url().unwrap_or_default().to_owned(),
            allow_insecure_http: false,
            model_name: String::new(),
            display_name: String::new(),
            description: String::new(),
            is_active: true,
            is_default: false,
            tasks: Vec::new(),
            daily_token_limit: None,
            monthly_token_limit: None,
            calls: CallSettings::default(),
        }
    }

    /// The draft with texts trimmed and empty ones filled in, or every field at fault.
    /// The base URL's grammar is judged where URLs are spoken; here only its length and characters are.
    ///
    /// # Errors
    /// One [`FieldError`] for each field that needs a change, in the form's order.
    pub fn checked(&self) -> Result<Self, Vec<FieldError>> {
        let mut errors = Vec::new();
        let mut keep = |field, result: Result<String, TextError>| {
            result.unwrap_or_else(|error| {
                errors.push(FieldError { field, message: error.to_string() });
                String::new()
            })
        };
        let base_url = keep(Field::BaseUrl, text::check(&self.base_url, BASE_URL_LIMIT, false));
        let model_name = keep(Field::ModelName, check_model_name(&self.model_name));
        let display_name = keep(Field::DisplayName, text::check(&self.display_name, NAME_LIMIT, false));
        let description = keep(Field::Description, text::check(&self.description, DESCRIPTION_LIMIT, true));
        for (field, limit) in [
            (Field::DailyTokenLimit, self.daily_token_limit),
            (Field::MonthlyTokenLimit, self.monthly_token_limit),
        ] {
            if let Some(message) = limit.and_then(limit_fault) {
                errors.push(FieldError { field, message });
            }
        }
        if self.is_default && !self.is_active {
            let message =
                "A provider that is off cannot be the default. Turn it on, or choose another default.";
            errors.push(FieldError { field: Field::IsDefault, message: message.to_owned() });
        }
        errors.extend(self.calls.faults());
        if !errors.is_empty() {
            return Err(errors);
        }
        let display_name =
            if display_name.is_empty() { self.fallback_name(&model_name) } else { display_name };
        Ok(Self { base_url, model_name, display_name, description, ..self.clone() })
    }

    /// Whether a change of this to `then` is sensitive: where the key is sent changes, or a limit rises. The key is apart.
    pub fn asks_for_proof(&self, then: &Self) -> bool {
        fn rises<T: PartialOrd>(now: Option<T>, then: Option<T>) -> bool {
            match (now, then) {
                (None, _) => false,
                (Some(_), None) => true,
                (Some(now), Some(then)) => then > now,
            }
        }
        let (was, is) = (&self.calls, &then.calls);
        self.base_url != then.base_url
            || self.allow_insecure_http != then.allow_insecure_http
            || rises(self.daily_token_limit, then.daily_token_limit)
            || rises(self.monthly_token_limit, then.monthly_token_limit)
            || rises(was.daily_cost_limit, is.daily_cost_limit)
            || rises(was.monthly_cost_limit, is.monthly_cost_limit)
            || rises(was.requests_per_minute, is.requests_per_minute)
            || rises(was.tokens_per_minute, is.tokens_per_minute)
            || rises(was.concurrent_calls, is.concurrent_calls)
    }

    fn fallback_name(&self, model_name: &str) -> String {
        format!("{} {model_name}", self.provider_type.label()).chars().take(NAME_LIMIT).collect()
    }
}

fn check_model_name(name: &str) -> Result<String, TextError> {
    let name = text::check(name, MODEL_LIMIT, false)?;
    match name {
        name if name.is_empty() => Err(TextError::Empty),
        name if name.chars().any(char::is_whitespace) => Err(TextError::Blank),
        name => Ok(name),
    }
}

fn limit_fault(limit: u64) -> Option<String> {
    match limit {
        0 => Some("Enter 1 or more, or leave empty.".to_owned()),
        1..=TOKEN_LIMIT_MAX => None,
        _ => Some(format!("Enter {} or less.", text::field_digits(u128::from(TOKEN_LIMIT_MAX)))),
    }
}

/// A key as pasted, without blanks around it and without a `Bearer ` before it.
///
/// # Errors
/// A sentence about why no HTTP header can carry it. It quotes nothing of the key.
pub fn check_key(key: &Secret) -> Result<Secret, String> {
    let text = key.expose().trim();
    let text = text.strip_prefix("Bearer ").unwrap_or(text).trim();
    if text.len() > KEY_LIMIT {
        return Err(format!(
            "A key has at most {} characters. Paste the key alone.",
            text::group_digits(KEY_LIMIT as u128)
        ));
    }
    if text.chars().any(char::is_whitespace) {
        return Err("A key has no blanks or line breaks. Paste the key alone.".to_owned());
    }
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("A key has only letters, digits and ASCII signs. Copy it again from the vendor's page."
            .to_owned());
    }
    Ok(Secret::new(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> ProviderDraft {
        ProviderDraft { model_name: "gpt-6-sol".into(), ..ProviderDraft::new(ProviderType::OpenAi) }
    }

    #[test]
    fn an_empty_name_is_made_from_type_and_model() {
        assert_eq!(draft().checked().unwrap().display_name, "OpenAI gpt-6-sol");
    }

    #[test]
    fn every_field_at_fault_is_named_at_once() {
        let bad = ProviderDraft {
            model_name: "gpt 6".into(),
            display_name: "x".repeat(81),
            daily_token_limit: Some(0),
            is_active: false,
            is_default: true,
            ..draft()
        };
        let fields: Vec<Field> = bad.checked().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::ModelName, Field::DisplayName, Field::DailyTokenLimit, Field::IsDefault]);
    }

    #[test]
    fn a_limit_that_falls_or_appears_is_not_sensitive_and_one_that_rises_or_goes_is() {
        let with = |limit| ProviderDraft { daily_token_limit: limit, ..draft() };
        let asks = |now, then| with(now).asks_for_proof(&with(then));
        assert!(!asks(None, Some(5)) && !asks(Some(5), Some(4)) && !asks(Some(5), Some(5)));
        assert!(asks(Some(5), Some(6)) && asks(Some(5), None));
    }

    #[test]
    fn a_pasted_key_loses_blanks_and_bearer_but_not_its_faults() {
        assert_eq!(
            check_key(&Secret::new(" Bearer test-openai-key-0001\n")).ok().unwrap().expose(),
            "test-openai-key-0001"
        );
        for bad in ["two words", "schlüssel", "bell\u{7}", &"k".repeat(KEY_LIMIT + 1)] {
            assert!(check_key(&Secret::new(bad)).is_err());
        }
    }

    #[test]
    fn script_in_a_name_is_text_like_any_other() {
        let name = "<img src=x onerror=alert(1)>";
        let draft = ProviderDraft { display_name: name.into(), ..draft() };
        assert_eq!(draft.checked().unwrap().display_name, name);
    }
}
