//! Saving a form: every field at fault is named at once, and a key is tested before it is stored.

use std::sync::Arc;

use model::{
    Failure, Field, FieldError, ProviderDraft, ProviderId, Secret, TestReport, Timestamp,
    command::{Changed, DuplicateProvider, Existing, SaveProvider, SaveReply},
    draft::NAME_LIMIT,
};
use providers::Form;
use store::{Before, Change, KeyChange, NewKey, Provider};
use uuid::Uuid;

use crate::{Desk, Host, bodies::testing::open_key, dispatch::Body, failures, session::Session};

/// The saved configuration that a form stands for.
pub(super) struct Saved {
    id: ProviderId,
    provider: Provider,
}

/// A form without faults.
pub(super) struct Checked(pub(super) Form);

impl Saved {
    pub(super) async fn read(session: &Session, id: Option<ProviderId>) -> Result<Option<Self>, Failure> {
        let Some(id) = id else { return Ok(None) };
        let provider = session.store.provider(id).await.map_err(failures::store)?;
        Ok(Some(Self { id, provider }))
    }

    /// As the rules of forms want it.
    fn shown(&self) -> providers::Saved<'_> {
        providers::Saved { draft: &self.provider.draft, has_key: self.provider.sealed_key.is_some() }
    }
}

impl Checked {
    pub(super) fn new(
        draft: ProviderDraft,
        key: Option<Secret>,
        remove_key: bool,
        saved: Option<&Saved>,
    ) -> Result<Self, Failure> {
        Form::check(draft, key, remove_key, saved.map(Saved::shown)).map(Self).map_err(Failure::invalid)
    }

    /// The typed key, else the stored one.
    pub(super) fn key_to_use(
        &self,
        session: &Session,
        saved: Option<&Saved>,
    ) -> Result<Option<Secret>, Failure> {
        let Form { typed_key, remove_key, base_url, .. } = &self.0;
        match (typed_key, saved) {
            (Some(typed), _) => Ok(Some(Secret::new(typed.expose()))),
            (None, None) => Ok(None),
            (None, Some(_)) if *remove_key => Ok(None),
            (None, Some(saved)) => {
                open_key(session, saved.id, base_url.as_str(), saved.provider.sealed_key.as_deref())
            }
        }
    }

    pub(super) fn draft(&self) -> &ProviderDraft {
        &self.0.draft
    }

    pub(super) fn into_draft(self) -> ProviderDraft {
        self.0.draft
    }

    pub(super) fn has_typed_key(&self) -> bool {
        self.0.typed_key.is_some()
    }

    pub(super) fn key_change(&self, session: &Session, id: ProviderId, at: Timestamp) -> KeyChange {
        let Form { typed_key, remove_key, base_url, .. } = &self.0;
        match typed_key {
            Some(key) => KeyChange::Replace(seal(session, id, base_url.as_str(), key, at)),
            None if *remove_key => KeyChange::Remove,
            None => KeyChange::Keep,
        }
    }
}

impl Body for SaveProvider {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SaveReply, Failure> {
        let session = desk.session()?;
        let saved = Saved::read(&session, self.existing.map(|existing| existing.id)).await?;
        let mut checked = Checked::new(self.draft, self.api_key, self.remove_key, saved.as_ref())?;
        desk.require_fit(&session, checked.draft(), saved.as_ref().map(|saved| &saved.provider)).await?;
        if checked.0.asks_for_proof(saved.as_ref().map(Saved::shown)) {
            session.require_proof()?;
        }
        let test = desk.test_if_needed(&session, &checked, saved.as_ref(), self.run).await?;
        if let Some(test) = test.as_ref().filter(|test| !test.outcome.is_valid()) {
            if !self.save_anyway {
                return Ok(SaveReply::NotSaved { test: test.clone() });
            }
            // A vendor that said no will say no to every call; one that was not reached may say yes tomorrow.
            if !test.outcome.is_offline() {
                checked.0.draft.is_active = false;
                checked.0.draft.is_default = false;
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
    /// Refuses a form that puts a model where it is known to be unable to serve.
    pub(super) async fn require_fit(
        &self,
        session: &Session,
        draft: &ProviderDraft,
        before: Option<&Provider>,
    ) -> Result<(), Failure> {
        let (_, routes) = session.store.routing().await.map_err(failures::store)?;
        let misplaced = gateway::misplaced(draft, before, &routes, &self.catalog_in_force(session).await?);
        let fault = |one: gateway::Misplaced| FieldError {
            field: if one.is_first { Field::Tasks } else { Field::ModelName },
            message: one.message,
        };
        let mut faults: Vec<FieldError> = misplaced.into_iter().map(fault).collect();
        // One sentence a field, as forms have it.
        faults.sort_by_key(|fault| fault.field);
        faults.dedup_by_key(|fault| fault.field);
        if faults.is_empty() { Ok(()) } else { Err(Failure::invalid(faults)) }
    }

    /// Tests what is new about reaching the vendor.
    async fn test_if_needed(
        &self,
        session: &Session,
        checked: &Checked,
        saved: Option<&Saved>,
        run: u64,
    ) -> Result<Option<TestReport>, Failure> {
        if !checked.0.needs_test(saved.map(Saved::shown)) {
            return Ok(None);
        }
        let key = checked.key_to_use(session, saved)?;
        session.runs.run(run, self.test(&checked.0.draft, &checked.0.base_url, key)).await.map(Some)
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
        let change = Change { draft: checked.0.draft, key, test };
        match existing {
            Some(existing) => session.store.update(existing, change, &act).await,
            None => session.store.insert(id, change, &act).await,
        }
        .map_err(failures::store)
    }
}

pub(super) fn seal(
    session: &Session,
    id: ProviderId,
    base_url: &str,
    key: &Secret,
    entered_at: Timestamp,
) -> NewKey {
    let sealed = session.vault.seal_key(id.0, base_url, key).0;
    NewKey { sealed, last_four: providers::last_four(key), entered_at }
}

/// "Name copy", "Name copy 2", … whichever is free, within the limit.
pub(super) fn copy_name(name: &str, taken: &[String]) -> String {
    let numbered = |number: u32| if number == 1 { " copy".to_owned() } else { format!(" copy {number}") };
    let fitting = |suffix: String| name.chars().take(NAME_LIMIT - suffix.len()).collect::<String>() + &suffix;
    (1..)
        .map(|number| fitting(numbered(number)))
        .find(|copy| !taken.contains(&copy.to_lowercase()))
        .unwrap_or_default()
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
