//! The keeper that sync asks for, over the vault's store: one transaction for what comes down and what is remembered of it, and
//! a key at the moment of its use, with its entry in the log of acts before it is given out.

use std::sync::Arc;

use model::{ProviderDraft, ProviderId, Secret, TaskName, command::Existing};
use providers::BaseUrl;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::json;
use store::{Act, MemoryKind, MemoryRow, StoreError, SyncDown, Synced};
use sync::{
    Commit, Down, Here, Keeper, KeeperError, Local, Place, State, StateChange, fields_of, put_fields,
};
use uuid::Uuid;

use super::{fit::Fit, progress::Progress};
use crate::{bodies::testing::open_key, session::Session};

/// Configurations of the open vault, and what is remembered of one remote.
pub(crate) struct VaultKeeper {
    pub(crate) session: Arc<Session>,
    pub(crate) remote: Uuid,
    /// Who acts; its action is replaced by what is done.
    pub(crate) act: Act,
    pub(crate) progress: Option<Arc<Progress>>,
}

impl Keeper for VaultKeeper {
    async fn read(&self) -> Result<(Here, State), KeeperError> {
        let synced = self.session.store.synced(self.remote).await.map_err(|error| failed(&error))?;
        Ok((here(&synced), state(synced.memory)?))
    }

    async fn commit(&self, commit: Commit) -> Result<(), KeeperError> {
        let mut downs = Vec::with_capacity(commit.downs.len());
        let mut fit = Fit::default();
        for down in commit.downs {
            let down = self.down(down).await?;
            fit.require(&self.session.store, &down).await?;
            downs.push(down);
        }
        let memory = commit.state.into_iter().map(row).collect::<Result<Vec<_>, _>>()?;
        let (store, remote, count) = (Arc::clone(&self.session.store), self.remote, downs.len());
        let act = Act { at: self.session.host.now(), ..self.act.clone() };
        // On its own: who stops a run, or locks, does not cut a transaction in two.
        let kept = tokio::spawn(async move { store.keep_synced(remote, downs, &memory, &act).await });
        kept.await.map_err(|_| lost())?.map_err(refused)?;
        if let Some(progress) = self.progress.as_ref().filter(|_| count > 0) {
            progress.add(u32::try_from(count).unwrap_or(u32::MAX));
        }
        Ok(())
    }

    async fn key(&self, id: ProviderId, version: i64) -> Result<Option<Secret>, KeeperError> {
        let provider = match self.session.store.provider(id).await {
            Err(StoreError::Gone) => return Ok(None),
            provider => provider.map_err(|error| failed(&error))?,
        };
        if provider.sealed_key.is_none() || provider.key_changed_at.map(|at| at.0) != Some(version) {
            return Ok(None);
        }
        let act = Act { action: "sync.send_key", at: self.session.host.now(), ..self.act.clone() };
        let what = json!({ "provider": provider.draft.display_name, "ends_in": provider.key_last_four });
        // Without its entry there is no act.
        self.session.store.record_of_remote(self.remote, what, &act).await.map_err(|error| failed(&error))?;
        let key = open_key(&self.session, id, &provider.draft.base_url, provider.sealed_key.as_deref());
        key.map_err(|failure| KeeperError::Failed { message: failure.message })
    }
}

impl VaultKeeper {
    async fn down(&self, down: Down) -> Result<SyncDown, KeeperError> {
        Ok(match down {
            Down::Insert { id, provider_type, fields } => {
                let mut draft = ProviderDraft::new(provider_type);
                put_fields(&mut draft, &fields);
                SyncDown::Insert { id, draft: Box::new(checked(draft)?) }
            }
            Down::Change { id, revision, fields } => {
                let provider = self.session.store.provider(id).await.map_err(refused)?;
                let before = provider.draft.base_url.clone();
                let mut draft = provider.draft;
                put_fields(&mut draft, &fields);
                // Nothing serves as the default while it is off.
                draft.is_default &= draft.is_active;
                let draft = checked(draft)?;
                let without_key = provider.sealed_key.is_some() && draft.base_url != before;
                let existing = Existing { id, revision };
                SyncDown::Change { existing, draft: Box::new(draft), without_key }
            }
            Down::Remove { id, revision } => SyncDown::Remove { existing: Existing { id, revision } },
            Down::Place { place, holder, expected } => {
                SyncDown::Place { task: task_of(place), holder, expected }
            }
        })
    }
}

/// By the rules of the form, but for the key, which comes down from nobody.
fn checked(draft: ProviderDraft) -> Result<ProviderDraft, KeeperError> {
    let message = |message: String| KeeperError::Refused { message };
    let base_url = BaseUrl::parse(&draft.base_url, draft.provider_type, draft.allow_insecure_http)
        .map_err(|error| message(error.to_string()))?;
    let draft = draft.checked().map_err(|faults| {
        message(faults.into_iter().next().map_or_else(String::new, |fault| fault.message))
    })?;
    Ok(ProviderDraft { base_url: base_url.as_str().to_owned(), ..draft })
}

fn here(synced: &Synced) -> Here {
    let mut here = Here::default();
    for one in &synced.providers {
        let key_version = one.key_changed_at.filter(|_| one.sealed_key.is_some()).map(|at| at.0);
        let local = Local {
            revision: one.revision,
            provider_type: one.draft.provider_type,
            fields: fields_of(&one.draft),
            key_version,
        };
        here.records.insert(one.id, local);
    }
    here.places.extend(synced.default.map(|id| (Place::Default, id)));
    for place in Place::ALL {
        let holder = task_of(place).and_then(|task| synced.firsts.get(&task).copied());
        here.places.extend(holder.map(|id| (place, id)));
    }
    here
}

/// The task whose first place it is; `None` is the default.
pub(crate) fn task_of(place: Place) -> Option<TaskName> {
    place.as_str().strip_prefix("default_for_").and_then(|task| task.parse().ok())
}

fn state(memory: Vec<MemoryRow>) -> Result<State, KeeperError> {
    let mut state = State::default();
    for row in memory {
        let change = match row.kind {
            MemoryKind::Link => StateChange::Link(read(&row.key)?, body(&row)?),
            MemoryKind::Place => StateChange::Place(read(&row.key)?, body(&row)?),
            MemoryKind::Intent => StateChange::Intent(read(&row.key)?, body(&row)?),
            MemoryKind::PlaceIntent => StateChange::PlaceIntent(read(&row.key)?, body(&row)?),
            MemoryKind::Choice => StateChange::Choice(read(&row.key)?, body(&row)?),
            MemoryKind::Key => StateChange::Key(read(&row.key)?, body(&row)?),
            MemoryKind::Tombstone => StateChange::Tombstone(read(&row.key)?, body(&row)?),
        };
        state.apply(change);
    }
    Ok(state)
}

fn row(change: StateChange) -> Result<MemoryRow, KeeperError> {
    fn put<K: Serialize, V: Serialize>(
        kind: MemoryKind,
        key: &K,
        body: Option<&V>,
    ) -> Result<MemoryRow, KeeperError> {
        Ok(MemoryRow { kind, key: written(key)?, body: body.map(written).transpose()? })
    }
    match &change {
        StateChange::Link(key, body) => put(MemoryKind::Link, key, body.as_ref()),
        StateChange::Place(key, body) => put(MemoryKind::Place, key, body.as_ref()),
        StateChange::Intent(key, body) => put(MemoryKind::Intent, key, body.as_ref()),
        StateChange::PlaceIntent(key, body) => put(MemoryKind::PlaceIntent, key, body.as_ref()),
        StateChange::Choice(key, body) => put(MemoryKind::Choice, key, body.as_ref()),
        StateChange::Key(key, body) => put(MemoryKind::Key, key, body.as_ref()),
        StateChange::Tombstone(key, body) => put(MemoryKind::Tombstone, key, body.as_ref()),
    }
}

fn body<T: DeserializeOwned>(row: &MemoryRow) -> Result<Option<T>, KeeperError> {
    row.body.as_deref().map(read).transpose()
}

fn read<T: DeserializeOwned>(text: &str) -> Result<T, KeeperError> {
    // It passed our own writing, so it was altered since, or another version wrote it.
    serde_json::from_str(text).map_err(|_| failed(&StoreError::Damaged))
}

fn written(value: &impl Serialize) -> Result<String, KeeperError> {
    serde_json::to_string(value).map_err(|_| lost())
}

fn lost() -> KeeperError {
    KeeperError::Failed { message: "Signalbox broke off in the middle of this".to_owned() }
}

pub(super) fn failed(error: &StoreError) -> KeeperError {
    KeeperError::Failed { message: error.to_string() }
}

fn refused(error: StoreError) -> KeeperError {
    match error {
        StoreError::Conflict | StoreError::Gone => KeeperError::Overtaken,
        StoreError::NameTaken => {
            KeeperError::Refused { message: "another provider here has this name".to_owned() }
        }
        StoreError::NoSuchTask => KeeperError::Refused { message: "there is no such task here".to_owned() },
        StoreError::Refused(source) => {
            tracing::warn!(%source, "the database refused what came from a remote");
            KeeperError::Refused { message: "it cannot be here as it is there".to_owned() }
        }
        error => failed(&error),
    }
}
