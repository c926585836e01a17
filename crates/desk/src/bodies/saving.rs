//! Saving a form: every field at fault is named at once, and a key is tested before it is stored.

use std::sync::Arc;

use model::{
    Failure, Field, FieldError, ProviderDraft, ProviderId, Secret, TestReport, Timestamp,
    command::{Changed, DuplicateProvider, Existing, SaveProvider, SaveReply},
    draft::{NAME_LIMIT, check_key},
};
use providers::BaseUrl;
use store::{Before, Change, KeyChange, NewKey, Provider};
use uuid::Uuid;

use crate::{
    Desk, Host, bodies::testing::open_key, dispatch::Body, failures, proof::draft_asks_for_proof,
    session::Session,
};

/// A key shorter than this shows too much of itself by four characters.
const SHORTEST_TO_SHOW: usize = 12;

/// The saved configuration that a form stands for.
pub(super) struct Saved {
    id: ProviderId,
    provider: Provider,
}

/// A form without faults.
pub(super) struct Checked {
    pub(super) draft: ProviderDraft,
    pub(super) base_url: BaseUrl,
    typed_key: Option<Secret>,
    remove_key: bool,
}

impl Saved {
    pub(super) async fn read(session: &Session, id: Option<ProviderId>) -> Result<Option<Self>, Failure> {
        let Some(id) = id else { return Ok(None) };
        let provider = session.store.provider(id).await.map_err(failures::store)?;
        Ok(Some(Self { id, provider }))
    }

    fn is_reached_otherwise(&self, draft: &ProviderDraft) -> bool {
        let old = &self.provider.draft;
        old.base_url != draft.base_url || old.model_name != draft.model_name
    }
}

impl Checked {
    pub(super) fn new(
        draft: ProviderDraft,
        key: Option<Secret>,
        remove_key: bool,
        saved: Option<&Saved>,
    ) -> Result<Self, Failure> {
        let typed = key.filter(|key| !key.expose().trim().is_empty());
        let provider_type = saved.map_or(draft.provider_type, |saved| saved.provider.draft.provider_type);
        let draft = ProviderDraft { provider_type, ..draft };
        let mut errors = Vec::new();
        let typed_key =
            keep(&mut errors, typed.map(|key| check_key(&key)).transpose().map_err(key_error)).flatten();
        let base_url = BaseUrl::parse(&draft.base_url, provider_type, draft.allow_insecure_http);
        let base_url = keep(&mut errors, base_url.map_err(|error| vec![failures::base_url(&error)]));
        let draft = keep(&mut errors, draft.checked());
        match (draft, base_url) {
            (Some(draft), Some(base_url)) if errors.is_empty() => {
                let draft = ProviderDraft { base_url: base_url.as_str().to_owned(), ..draft };
                let remove_key = remove_key && typed_key.is_none() && !provider_type.needs_key();
                let checked = Self { draft, base_url, typed_key, remove_key };
                checked.require_key(saved).map(|()| checked)
            }
            _ => Err(Failure::invalid(without_repeats(errors))),
        }
    }

    fn require_key(&self, saved: Option<&Saved>) -> Result<(), Failure> {
        let stored = saved.is_some_and(|saved| saved.provider.sealed_key.is_some());
        if self.typed_key.is_none() && !stored && self.draft.provider_type.needs_key() {
            let message = format!("Enter the API key of {}.", self.draft.provider_type.label());
            return Err(failures::one_field(Field::ApiKey, message));
        }
        let moved = saved.is_some_and(|saved| saved.provider.draft.base_url != self.draft.base_url);
        if self.typed_key.is_none() && !self.remove_key && stored && moved {
            let message = "Enter the key again: the stored one was entered for another base URL and is not sent elsewhere.";
            return Err(failures::one_field(Field::ApiKey, message));
        }
        Ok(())
    }

    /// The typed key, else the stored one.
    pub(super) fn key_to_use(
        &self,
        session: &Session,
        saved: Option<&Saved>,
    ) -> Result<Option<Secret>, Failure> {
        match (&self.typed_key, saved) {
            (Some(typed), _) => Ok(Some(Secret::new(typed.expose()))),
            (None, None) => Ok(None),
            (None, Some(_)) if self.remove_key => Ok(None),
            (None, Some(saved)) => {
                open_key(session, saved.id, self.base_url.as_str(), saved.provider.sealed_key.as_deref())
            }
        }
    }

    fn asks_for_proof(&self, saved: Option<&Saved>) -> bool {
        let Some(saved) = saved else { return true };
        self.typed_key.is_some()
            || (self.remove_key && saved.provider.sealed_key.is_some())
            || draft_asks_for_proof(&saved.provider.draft, &self.draft)
    }

    fn key_change(&self, session: &Session, id: ProviderId, at: Timestamp) -> KeyChange {
        match &self.typed_key {
            Some(key) => KeyChange::Replace(seal(session, id, self.base_url.as_str(), key, at)),
            None if self.remove_key => KeyChange::Remove,
            None => KeyChange::Keep,
        }
    }
}

impl Body for SaveProvider {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SaveReply, Failure> {
        let session = desk.session()?;
        let saved = Saved::read(&session, self.existing.map(|existing| existing.id)).await?;
        let mut checked = Checked::new(self.draft, self.api_key, self.remove_key, saved.as_ref())?;
        if checked.asks_for_proof(saved.as_ref()) {
            session.require_proof()?;
        }
        let test = desk.test_if_needed(&session, &checked, saved.as_ref(), self.run).await?;
        if let Some(test) = test.as_ref().filter(|test| !test.outcome.is_valid()) {
            if !self.save_anyway {
                return Ok(SaveReply::NotSaved { test: test.clone() });
            }
            // A vendor that said no will say no to every call; one that was not reached may say yes tomorrow.
            if !test.outcome.is_offline() {
                checked.draft.is_active = false;
                checked.draft.is_default = false;
            }
        }
        let before = desk.write(&session, self.existing, checked, test).await?;
        Ok(SaveReply::Saved(Box::new(desk.changed(&session, before).await?)))
    }
}

impl Body for DuplicateProvider {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Changed, Failure> {
        let session = desk.session()?;
        // Its key is a new key of the copy.
        session.require_proof()?;
        let original = session.store.provider(self.id).await.map_err(failures::store)?;
        let key = open_key(&session, self.id, &original.draft.base_url, original.sealed_key.as_deref())?;
        let id = ProviderId(Uuid::now_v7());
        let at = original.key_changed_at.unwrap_or_else(|| desk.host.now());
        let key = key.map(|key| KeyChange::Replace(seal(&session, id, &original.draft.base_url, &key, at)));
        let taken = desk
            .list(&session)
            .await?
            .providers
            .into_iter()
            .map(|provider| provider.display_name.to_lowercase());
        let draft = ProviderDraft {
            display_name: copy_name(&original.draft.display_name, &taken.collect::<Vec<_>>()),
            is_active: false,
            is_default: false,
            tasks: Vec::new(),
            ..original.draft
        };
        let change = Change { draft, key: key.unwrap_or(KeyChange::Keep), test: original.last_test };
        let act = desk.act("provider.duplicate");
        let before = session.store.insert(id, change, &act).await.map_err(failures::store)?;
        desk.changed(&session, before).await
    }
}

impl<H: Host> Desk<H> {
    /// Tests what is new about reaching the vendor; a change of a name or a limit needs no test.
    async fn test_if_needed(
        &self,
        session: &Session,
        checked: &Checked,
        saved: Option<&Saved>,
        run: u64,
    ) -> Result<Option<TestReport>, Failure> {
        let needed = checked.typed_key.is_some()
            || checked.remove_key
            || saved.is_none_or(|saved| saved.is_reached_otherwise(&checked.draft));
        if !needed {
            return Ok(None);
        }
        let key = checked.key_to_use(session, saved)?;
        session.runs.run(run, self.test(&checked.draft, &checked.base_url, key)).await.map(Some)
    }

    async fn write(
        &self,
        session: &Arc<Session>,
        existing: Option<Existing>,
        checked: Checked,
        test: Option<TestReport>,
    ) -> Result<Before, Failure> {
        let act = self.act(if existing.is_some() { "provider.update" } else { "provider.create" });
        let id = existing.map_or_else(|| ProviderId(Uuid::now_v7()), |existing| existing.id);
        let key = checked.key_change(session, id, act.at);
        let change = Change { draft: checked.draft, key, test };
        match existing {
            Some(existing) => session.store.update(existing, change, &act).await,
            None => session.store.insert(id, change, &act).await,
        }
        .map_err(failures::store)
    }
}

fn seal(session: &Session, id: ProviderId, base_url: &str, key: &Secret, entered_at: Timestamp) -> NewKey {
    let text = key.expose();
    // Keys are ASCII, so bytes are characters.
    let last_four = (text.len() >= SHORTEST_TO_SHOW).then(|| text[text.len() - 4..].to_owned());
    NewKey { sealed: session.vault.seal_key(id.0, base_url, key).0, last_four, entered_at }
}

/// "Name copy", "Name copy 2", … whichever is free, within the limit.
fn copy_name(name: &str, taken: &[String]) -> String {
    let numbered = |number: u32| if number == 1 { " copy".to_owned() } else { format!(" copy {number}") };
    let fitting = |suffix: String| name.chars().take(NAME_LIMIT - suffix.len()).collect::<String>() + &suffix;
    (1..)
        .map(|number| fitting(numbered(number)))
        .find(|copy| !taken.contains(&copy.to_lowercase()))
        .unwrap_or_default()
}

fn key_error(message: String) -> Vec<FieldError> {
    vec![failures::field(Field::ApiKey, message)]
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_gets_the_first_free_name_and_stays_within_the_limit() {
        assert_eq!(copy_name("Claude", &[]), "Claude copy");
        assert_eq!(copy_name("Claude", &["claude copy".to_owned()]), "Claude copy 2");
        assert_eq!(copy_name(&"ß".repeat(80), &[]).chars().count(), NAME_LIMIT);
    }
}
