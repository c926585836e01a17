//! One field of a configuration that both sides have, and whether what a remote shows can be used here at all.

use model::{ProviderDraft, ProviderType};
use url::Url;

use crate::{
    merge::Goes,
    record::{Field, Fields, Value},
};

/// A field that is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldDifference {
    /// Which one.
    pub field: Field,
    /// As both sides last had it, where that is known.
    pub base: Option<Value>,
    /// As it is here.
    pub ours: Option<Value>,
    /// As it is there.
    pub theirs: Option<Value>,
    /// Where it goes.
    pub goes: Goes,
}

/// All fields of a configuration of which a remote showed some.
pub(crate) fn filled(provider_type: ProviderType, shown: &Fields) -> Fields {
    let mut fields = fields_of(&ProviderDraft::new(provider_type));
    fields.extend(shown.iter().map(|(field, value)| (*field, value.clone())));
    fields
}

/// The fields of a draft that are synchronised.
pub fn fields_of(draft: &ProviderDraft) -> Fields {
    let text = |text: &str| Value::Text(text.trim().to_owned());
    Fields::from([
        (Field::DisplayName, text(&draft.display_name)),
        (Field::ModelName, text(&draft.model_name)),
        (Field::Description, text(&draft.description)),
        (Field::IsActive, Value::Flag(draft.is_active)),
        (Field::DailyTokenLimit, Value::Limit(draft.daily_token_limit)),
        (Field::MonthlyTokenLimit, Value::Limit(draft.monthly_token_limit)),
        (Field::BaseUrl, text(draft.base_url.trim().trim_end_matches('/'))),
        (Field::AllowInsecureHttp, Value::Flag(draft.allow_insecure_http)),
    ])
}

/// Puts fields into a draft; what is not synchronised stays.
pub fn put_fields(draft: &mut ProviderDraft, fields: &Fields) {
    for (field, value) in fields {
        match (field, value.clone()) {
            (Field::DisplayName, Value::Text(text)) => draft.display_name = text,
            (Field::ModelName, Value::Text(text)) => draft.model_name = text,
            (Field::Description, Value::Text(text)) => draft.description = text,
            (Field::BaseUrl, Value::Text(text)) => draft.base_url = text,
            (Field::IsActive, Value::Flag(flag)) => draft.is_active = flag,
            (Field::AllowInsecureHttp, Value::Flag(flag)) => draft.allow_insecure_http = flag,
            (Field::DailyTokenLimit, Value::Limit(limit)) => draft.daily_token_limit = limit,
            (Field::MonthlyTokenLimit, Value::Limit(limit)) => draft.monthly_token_limit = limit,
            _ => {}
        }
    }
}

/// Why a configuration with these fields cannot be here. Whoever keeps it judges again, by rules of its own.
pub(crate) fn fault(provider_type: ProviderType, fields: &Fields) -> Option<String> {
    let mut draft = ProviderDraft::new(provider_type);
    put_fields(&mut draft, fields);
    if let Err(faults) = draft.checked() {
        let named = faults.into_iter().next();
        return Some(named.map_or_else(String::new, |fault| fault.message));
    }
    let url = Url::parse(&draft.base_url)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    match url {
        Some(_) => None,
        None if draft.base_url.is_empty() => {
            Some("The remote does not say where requests go. Create it here by hand.".to_owned())
        }
        None => Some("Have the base URL corrected on the remote: it is no web address.".to_owned()),
    }
}
