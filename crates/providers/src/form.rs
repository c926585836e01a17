//! What a person, or a program, wants to save of a configuration, judged before anyone is asked: every field at fault at
//! once, whether it has to be tested, and whether it is sensitive.

use model::{Field, FieldError, ProviderDraft, Secret, draft::check_key};

use crate::BaseUrl;

/// A key shorter than this shows too much of itself by four characters.
const SHORTEST_TO_SHOW: usize = 12;

/// A form without faults.
pub struct Form {
    /// All fields, texts trimmed and empty ones filled in.
    pub draft: ProviderDraft,
    /// Its base URL.
    pub base_url: BaseUrl,
    /// A key that was typed; the stored one is then replaced.
    pub typed_key: Option<Secret>,
    /// The stored key is to go.
    pub remove_key: bool,
}

/// What is saved of the configuration that a form changes.
#[derive(Clone, Copy)]
pub struct Saved<'a> {
    /// Its fields.
    pub draft: &'a ProviderDraft,
    /// Whether it has a key.
    pub has_key: bool,
}

impl Form {
    /// Checks a form. The type of a saved configuration stays what it is.
    ///
    /// # Errors
    /// Every field at fault in the form's order, with one sentence each.
    pub fn check(
        draft: ProviderDraft,
        key: Option<Secret>,
        remove_key: bool,
        saved: Option<Saved<'_>>,
    ) -> Result<Self, Vec<FieldError>> {
        let typed = key.filter(|key| !key.expose().trim().is_empty());
        let provider_type = saved.map_or(draft.provider_type, |saved| saved.draft.provider_type);
        let draft = ProviderDraft { provider_type, ..draft };
        let mut errors = Vec::new();
        let typed_key =
            keep(&mut errors, typed.map(|key| check_key(&key)).transpose().map_err(key_error)).flatten();
        let base_url = BaseUrl::parse(&draft.base_url, provider_type, draft.allow_insecure_http);
        let address = |error: crate::BaseUrlError| vec![fault(Field::BaseUrl, error.to_string())];
        let base_url = keep(&mut errors, base_url.map_err(address));
        let draft = keep(&mut errors, draft.checked());
        match (draft, base_url) {
            (Some(draft), Some(base_url)) if errors.is_empty() => {
                let draft = ProviderDraft { base_url: base_url.as_str().to_owned(), ..draft };
                let remove_key = remove_key && typed_key.is_none() && !provider_type.needs_key();
                let form = Self { draft, base_url, typed_key, remove_key };
                form.require_key(saved).map(|()| form)
            }
            _ => Err(without_repeats(errors)),
        }
    }

    fn require_key(&self, saved: Option<Saved<'_>>) -> Result<(), Vec<FieldError>> {
        let stored = saved.is_some_and(|saved| saved.has_key);
        if self.typed_key.is_none() && !stored && self.draft.provider_type.needs_key() {
            return Err(key_error(format!("Enter the API key of {}.", self.draft.provider_type.label())));
        }
        let moved = saved.is_some_and(|saved| saved.draft.base_url != self.draft.base_url);
        if self.typed_key.is_none() && !self.remove_key && stored && moved {
            let message = "Enter the key again: the stored one was entered for another base URL and is not sent elsewhere.";
            return Err(key_error(message.to_owned()));
        }
        Ok(())
    }

    /// Whether saving it is sensitive: the configuration is new, its key or where it is sent changes, or a limit rises.
    pub fn asks_for_proof(&self, saved: Option<Saved<'_>>) -> bool {
        let Some(saved) = saved else { return true };
        self.typed_key.is_some()
            || (self.remove_key && saved.has_key)
            || saved.draft.asks_for_proof(&self.draft)
    }

    /// Whether anything about reaching the vendor is new; a change of a name or a limit needs no test.
    pub fn needs_test(&self, saved: Option<Saved<'_>>) -> bool {
        let reached_otherwise = |saved: Saved<'_>| {
            saved.draft.base_url != self.draft.base_url || saved.draft.model_name != self.draft.model_name
        };
        self.typed_key.is_some() || self.remove_key || saved.is_none_or(reached_otherwise)
    }
}

/// What of a key may be shown: its last four characters, where it is long enough.
pub fn last_four(key: &Secret) -> Option<String> {
    let text = key.expose();
    // Keys are ASCII, so bytes are characters.
    (text.len() >= SHORTEST_TO_SHOW).then(|| text[text.len() - 4..].to_owned())
}

fn fault(field: Field, message: String) -> FieldError {
    FieldError { field, message }
}

fn key_error(message: String) -> Vec<FieldError> {
    vec![fault(Field::ApiKey, message)]
}

fn keep<T>(errors: &mut Vec<FieldError>, result: Result<T, Vec<FieldError>>) -> Option<T> {
    result.map_err(|faults| errors.extend(faults)).ok()
}

/// In the form's order, one sentence a field.
fn without_repeats(mut errors: Vec<FieldError>) -> Vec<FieldError> {
    errors.sort_by_key(|error| error.field);
    errors.dedup_by_key(|error| error.field);
    errors
}
