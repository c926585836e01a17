//! Every change of a configuration: one transaction with its audit entry, and what it takes to go back.

use model::{ProviderDraft, ProviderId, TaskName, TestReport, Timestamp, command::Existing};
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, Before, Provider, Store, StoreError,
    audit::{AuditLog, Subject, differences},
    kept_keys, provider,
    tasks::{self, arrangement, note_losers},
};

/// A sealed key and what may be shown of it.
#[derive(Clone)]
pub struct NewKey {
    /// The sealed form.
    pub sealed: Vec<u8>,
    /// Last four characters, when the key is long enough to show them.
    pub last_four: Option<String>,
    /// When a person entered it.
    pub entered_at: Timestamp,
}

/// What happens to the key.
#[derive(Clone)]
pub enum KeyChange {
    /// It stays.
    Keep,
    /// It is replaced.
    Replace(NewKey),
    /// It is destroyed.
    Remove,
}

/// A change to one configuration.
#[derive(Clone)]
pub struct Change {
    /// All editable fields.
    pub draft: ProviderDraft,
    /// What happens to the key.
    pub key: KeyChange,
    /// A test made with exactly these fields, if there was one.
    pub test: Option<TestReport>,
}

/// Who has to hold a place for a change to be made; `None` is nobody. A place moves without the record that takes it, so that no
/// revision of that record says who had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HeldBy {
    /// The default.
    Default(Option<ProviderId>),
    /// A task's first place.
    First(TaskName, Option<ProviderId>),
}

impl Store {
    /// Inserts a configuration.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], or those of the database.
    pub async fn insert(&self, id: ProviderId, change: Change, act: &Act) -> Result<Before, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = insert(&mut transaction, id, change, (&self.audit, act)).await?;
        transaction.commit().await?;
        Ok(before)
    }

    /// Changes a configuration that nobody else changed since it was read.
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Conflict`], [`StoreError::NameTaken`], or those of the database.
    pub async fn update(&self, existing: Existing, change: Change, act: &Act) -> Result<Before, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = update(&mut transaction, existing, change, (&self.audit, act)).await?;
        transaction.commit().await?;
        Ok(before)
    }

    /// The same, while these places are held as they are said to be.
    ///
    /// # Errors
    /// Also [`StoreError::Conflict`] when one is held by somebody else; nothing is then changed.
    pub async fn update_while(
        &self,
        held: &[HeldBy],
        existing: Existing,
        change: Change,
        act: &Act,
    ) -> Result<Before, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        if !arrangement(&mut transaction).await?.is_held(held) {
            return Err(StoreError::Conflict);
        }
        let before = update(&mut transaction, existing, change, (&self.audit, act)).await?;
        transaction.commit().await?;
        Ok(before)
    }

    /// Deletes a configuration and its key.
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Conflict`], or those of the database.
    pub async fn delete(&self, existing: Existing, act: &Act) -> Result<Before, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let old = expect(&mut transaction, existing).await?;
        let before = arrangement(&mut transaction).await?;
        destroy_kept(&mut transaction, &old, (&self.audit, act)).await?;
        remove(&mut transaction, old.id).await?;
        note_losers(&mut transaction, Some(old.id), &before, (&self.audit, act)).await?;
        let subject = Subject { before: Some(old.audited()), after: None, ..subject(&old) };
        self.audit.write(&mut transaction, act, subject).await?;
        let before = Before::new(&mut transaction, existing.id, Some(old), before).await?;
        transaction.commit().await?;
        Ok(before)
    }

    /// Keeps the result of a test, unless the record was changed while it ran: the result is then of something else.
    /// It changes no revision: a test is an observation, not an edit.
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn keep_test(
        &self,
        tested: Existing,
        report: &TestReport,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let mut provider = provider::find(&mut transaction, tested.id).await?.ok_or(StoreError::Gone)?;
        if provider.revision != tested.revision {
            return Ok(());
        }
        let was = provider.last_test.as_ref().map(|report| serde_json::json!({ "outcome": report.outcome }));
        provider.last_test = Some(report.clone());
        let update = "UPDATE ai_provider_configs
                      SET last_tested_at = ?, last_test_success = ?, last_test_report = ? WHERE id = ?";
        sqlx::query(update)
            .bind(report.tested_at.0)
            .bind(report.outcome.is_valid())
            .bind(serde_json::to_string(report).unwrap_or_default())
            .bind(provider.number)
            .execute(&mut *transaction)
            .await?;
        let is = serde_json::json!({ "outcome": report.outcome });
        self.audit
            .write(&mut transaction, act, Subject { before: was, after: Some(is), ..subject(&provider) })
            .await?;
        Ok(transaction.commit().await?)
    }
}

impl Provider {
    /// One that is not written yet.
    pub(crate) fn blank(id: ProviderId, change: &Change, act: &Act) -> Self {
        Self {
            id,
            number: 0,
            revision: 0,
            draft: change.draft.clone(),
            sealed_key: None,
            key_last_four: None,
            key_changed_at: None,
            last_test: None,
            created_by: act.actor.clone(),
            created_at: act.at,
            updated_at: act.at,
        }
    }

    pub(crate) fn with(mut self, change: Change, at: Timestamp) -> Self {
        match change.key {
            KeyChange::Keep => {}
            KeyChange::Remove => {
                self.sealed_key = None;
                self.key_last_four = None;
                self.key_changed_at = None;
            }
            KeyChange::Replace(key) => {
                self.sealed_key = Some(key.sealed);
                self.key_last_four = key.last_four;
                self.key_changed_at = Some(key.entered_at);
            }
        }
        self.last_test = change.test.or(self.last_test);
        self.revision += 1;
        self.updated_at = at;
        self.draft = ProviderDraft { provider_type: self.draft.provider_type, ..change.draft };
        self
    }
}

/// A new configuration with its entry, within somebody's transaction.
pub(crate) async fn insert(
    connection: &mut SqliteConnection,
    id: ProviderId,
    change: Change,
    (log, act): (&AuditLog, &Act),
) -> Result<Before, StoreError> {
    let before = arrangement(connection).await?;
    let blank = Provider::blank(id, &change, act);
    let after = write(connection, blank.with(change, act.at)).await?;
    note_losers(connection, Some(id), &before, (log, act)).await?;
    let subject = Subject { after: Some(after.audited()), before: None, ..subject(&after) };
    log.write(connection, act, subject).await?;
    Before::new(connection, id, None, before).await
}

/// New configurations that serve nothing yet, each with its entry, within somebody's transaction. They move nobody from a place, so
/// that what is arranged need not be looked at for each, and nobody takes this step back.
pub(crate) async fn insert_idle(
    connection: &mut SqliteConnection,
    new: Vec<(ProviderId, ProviderDraft)>,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let mut written = Vec::with_capacity(new.len());
    for (id, draft) in new {
        if provider::exists(connection, id).await? {
            return Err(StoreError::Conflict);
        }
        let draft = ProviderDraft { is_default: false, tasks: Vec::new(), ..draft };
        let change = Change { draft, key: KeyChange::Keep, test: None };
        let provider = Provider::blank(id, &change, act).with(change, act.at);
        provider.write(connection).await?;
        written.push(provider);
    }
    let made = |one| Subject { after: Some(Provider::audited(one)), before: None, ..subject(one) };
    log.write_all(connection, act, written.iter().map(made).collect()).await
}

/// A changed configuration with its entry, within somebody's transaction.
pub(crate) async fn update(
    connection: &mut SqliteConnection,
    existing: Existing,
    change: Change,
    (log, act): (&AuditLog, &Act),
) -> Result<Before, StoreError> {
    let old = expect(connection, existing).await?;
    let before = arrangement(connection).await?;
    if matches!(change.key, KeyChange::Remove) {
        destroy_kept(connection, &old, (log, act)).await?;
    }
    let after = write(connection, old.clone().with(change, act.at)).await?;
    note_losers(connection, Some(existing.id), &before, (log, act)).await?;
    let (was, is) = differences(&old.audited(), &after.audited());
    log.write(connection, act, Subject { before: Some(was), after: Some(is), ..subject(&after) }).await?;
    Before::new(connection, existing.id, Some(old), before).await
}

/// Who wants no key wants none from before either: taking the step back brings only the one in force.
pub(crate) async fn destroy_kept(
    connection: &mut SqliteConnection,
    provider: &Provider,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let act = Act { action: "provider.destroy_kept_key", ..act.clone() };
    kept_keys::destroy(connection, provider, (log, &act)).await
}

/// Writes the row, then the default and the first places, which may take them from other rows.
pub(crate) async fn write(
    connection: &mut SqliteConnection,
    mut provider: Provider,
) -> Result<Provider, StoreError> {
    provider.number = provider.write(connection).await?;
    if provider.draft.is_default {
        tasks::set_default(connection, Some(provider.number)).await?;
    }
    tasks::set_first_places(connection, provider.id, &provider.draft.tasks).await?;
    Ok(provider)
}

/// Takes it out of every chain, where those behind it move up, and deletes its row.
pub(crate) async fn remove(connection: &mut SqliteConnection, id: ProviderId) -> Result<(), StoreError> {
    tasks::leave_chains(connection, id).await?;
    let delete = "DELETE FROM ai_provider_configs WHERE uuid = ?";
    sqlx::query(delete).bind(id.to_string()).execute(connection).await?;
    Ok(())
}

pub(crate) fn subject(provider: &Provider) -> Subject<'_> {
    let name = Some(provider.draft.display_name.as_str());
    Subject { target: Some(provider.id.to_string()), name, ..Subject::default() }
}

pub(crate) async fn expect(
    connection: &mut SqliteConnection,
    existing: Existing,
) -> Result<Provider, StoreError> {
    let provider = provider::find(connection, existing.id).await?.ok_or(StoreError::Gone)?;
    if provider.revision == existing.revision { Ok(provider) } else { Err(StoreError::Conflict) }
}
