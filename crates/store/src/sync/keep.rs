//! Both sides of a run: what this computer has and remembers, of one instant; and what comes down, with what is remembered of
//! it, in one transaction with its entries.

use std::{collections::BTreeMap, iter::Peekable, vec};

use model::{ProviderDraft, ProviderId, TaskName, command::Existing};
use serde_json::json;
use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use super::remotes::find;
use crate::{
    Act, Change, KeyChange, Provider, Store, StoreError,
    audit::{AuditLog, Subject},
    chain::{first, newcomer, with_first, without},
    change, provider,
    routes::write_chain,
    tasks::{self, Arrangement, arrangement, note_losers},
};

/// What a row of memory is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MemoryKind {
    /// Which configuration here is which one there, and what both last agreed on.
    Link,
    /// Who held a place when both last agreed.
    Place,
    /// A request that was begun.
    Intent,
    /// The same, of a place.
    PlaceIntent,
    /// A decision of a person.
    Choice,
    /// A key that a person chose to send.
    Key,
    /// What was deleted there.
    Tombstone,
}

/// A row of what is remembered of a remote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoryRow {
    /// What it is about.
    pub kind: MemoryKind,
    /// Of which thing, as JSON.
    pub key: String,
    /// What is remembered, as JSON; `None` takes the row away.
    pub body: Option<String>,
}

/// A change of this computer's configurations that comes from a remote. It never brings a key.
pub enum SyncDown {
    /// A new one; the default and first places of the draft say nothing.
    Insert {
        /// Its identity here.
        id: ProviderId,
        /// Its fields.
        draft: Box<ProviderDraft>,
    },
    /// A changed one.
    Change {
        /// Which one, as it was seen.
        existing: Existing,
        /// Its fields.
        draft: Box<ProviderDraft>,
        /// Whether its key is destroyed: it was not entered for where calls go now.
        without_key: bool,
    },
    /// A deletion, with the key.
    Remove {
        /// Which one, as it was seen.
        existing: Existing,
    },
    /// Who holds a place.
    Place {
        /// The task whose first place it is; `None` is the default.
        task: Option<TaskName>,
        /// Who holds it then.
        holder: Option<ProviderId>,
        /// Who has to hold it before.
        expected: Option<ProviderId>,
    },
}

/// What this computer has, and what is remembered of a remote.
pub struct Synced {
    /// Every configuration.
    pub providers: Vec<Provider>,
    /// The default.
    pub default: Option<ProviderId>,
    /// Who holds the first place of each task that anybody serves.
    pub firsts: BTreeMap<TaskName, ProviderId>,
    /// Everything remembered.
    pub memory: Vec<MemoryRow>,
}

impl MemoryKind {
    fn as_str(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Place => "place",
            Self::Intent => "intent",
            Self::PlaceIntent => "place_intent",
            Self::Choice => "choice",
            Self::Key => "key",
            Self::Tombstone => "tombstone",
        }
    }

    fn read(name: &str) -> Result<Self, StoreError> {
        let all = [
            Self::Link,
            Self::Place,
            Self::Intent,
            Self::PlaceIntent,
            Self::Choice,
            Self::Key,
            Self::Tombstone,
        ];
        all.into_iter().find(|kind| kind.as_str() == name).ok_or(StoreError::Damaged)
    }
}

impl Store {
    /// What there is on this side, of one instant.
    ///
    /// # Errors
    /// [`StoreError::Gone`] when the remote was removed, or those of the database.
    pub async fn synced(&self, remote: Uuid) -> Result<Synced, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let number = find(&mut transaction, remote).await?.ok_or(StoreError::Gone)?.number;
        let providers = provider::all(&mut transaction).await?;
        let Arrangement { default, chains } = arrangement(&mut transaction).await?;
        let firsts = chains.into_iter().filter_map(|(task, chain)| Some((task, first(&chain)?))).collect();
        let select = "SELECT kind, key, body FROM sync_memory WHERE remote_id = ?";
        let rows: Vec<(String, String, String)> =
            sqlx::query_as(select).bind(number).fetch_all(&mut *transaction).await?;
        let row = |(kind, key, body): (String, _, _)| {
            Ok(MemoryRow { kind: MemoryKind::read(&kind)?, key, body: Some(body) })
        };
        let memory = rows.into_iter().map(row).collect::<Result<_, StoreError>>()?;
        Ok(Synced { providers, default, firsts, memory })
    }

    /// Changes configurations as a remote has them and keeps what is remembered of it, all of it or nothing. The revision of
    /// one in which a place moved rises once, after everything.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] and [`StoreError::Gone`] when somebody was quicker here, [`StoreError::NameTaken`],
    /// [`StoreError::NoSuchTask`], or those of the database.
    pub async fn keep_synced(
        &self,
        remote: Uuid,
        downs: Vec<SyncDown>,
        memory: &[MemoryRow],
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let remote = find(&mut transaction, remote).await?.ok_or(StoreError::Gone)?;
        let mut before = None;
        let mut downs = downs.into_iter().peekable();
        while let Some(down) = downs.next() {
            // Places and deletions come last; what moves by them is noted once, when nothing names a revision any more.
            if matches!(down, SyncDown::Place { .. } | SyncDown::Remove { .. }) && before.is_none() {
                before = Some(arrangement(&mut transaction).await?);
            }
            bring_down(&mut transaction, (down, &mut downs), (&self.audit, act)).await?;
        }
        if let Some(before) = before {
            note_losers(&mut transaction, None, &before, (&self.audit, &of(act, "sync.place"))).await?;
        }
        remember(&mut transaction, remote.number, memory).await?;
        Ok(transaction.commit().await?)
    }
}

type Downs = Peekable<vec::IntoIter<SyncDown>>;

/// The next one; of new ones all that follow, which a first sync brings by the thousand.
async fn bring_down(
    connection: &mut SqliteConnection,
    (down, rest): (SyncDown, &mut Downs),
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    match down {
        SyncDown::Insert { id, draft } => {
            let mut new = vec![(id, *draft)];
            while let Some(next) = rest.next_if(|next| matches!(next, SyncDown::Insert { .. })) {
                let SyncDown::Insert { id, draft } = next else { break };
                new.push((id, *draft));
            }
            change::insert_idle(connection, new, (log, &of(act, "sync.create"))).await?;
        }
        SyncDown::Change { existing, draft, without_key } => {
            let key = if without_key { KeyChange::Remove } else { KeyChange::Keep };
            let change = Change { draft: *draft, key, test: None };
            change::update(connection, existing, change, (log, &of(act, "sync.update"))).await?;
        }
        SyncDown::Remove { existing } => {
            let act = of(act, "sync.delete");
            let old = change::expect(connection, existing).await?;
            change::destroy_kept(connection, &old, (log, &act)).await?;
            change::remove(connection, old.id).await?;
            let subject = Subject { before: Some(old.audited()), ..change::subject(&old) };
            log.write(connection, &act, subject).await?;
        }
        SyncDown::Place { task, holder, expected } => {
            place(connection, (task, holder, expected), (log, &of(act, "sync.place"))).await?;
        }
    }
    Ok(())
}

async fn place(
    connection: &mut SqliteConnection,
    (task, holder, expected): (Option<TaskName>, Option<ProviderId>, Option<ProviderId>),
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let Arrangement { default, mut chains } = arrangement(connection).await?;
    let target = task.as_ref().map_or_else(|| "default".to_owned(), ToString::to_string);
    match task {
        None if default != expected => return Err(StoreError::Conflict),
        None => {
            let number = match holder {
                Some(id) => Some(provider::find(connection, id).await?.ok_or(StoreError::Gone)?.number),
                None => None,
            };
            tasks::set_default(connection, number).await?;
        }
        Some(task) => {
            let chain = chains.remove(&task).ok_or(StoreError::NoSuchTask)?;
            if first(&chain) != expected {
                return Err(StoreError::Conflict);
            }
            let chain = match (holder, first(&chain)) {
                (Some(holder), _) => with_first(&chain, newcomer(holder)),
                (None, Some(first)) => without(&chain, first),
                (None, None) => chain,
            };
            write_chain(connection, &task, &chain).await?;
        }
    }
    let (before, after) = (Some(json!({ "holder": expected })), Some(json!({ "holder": holder })));
    log.write(connection, act, Subject { target: Some(target), name: None, before, after }).await
}

/// The last word on each thing, all of them in two statements: a first sync remembers thousands.
async fn remember(
    connection: &mut SqliteConnection,
    remote: i64,
    rows: &[MemoryRow],
) -> Result<(), StoreError> {
    let last: BTreeMap<_, _> =
        rows.iter().map(|row| ((row.kind, row.key.as_str()), row.body.as_deref())).collect();
    let (kept, gone): (Vec<_>, Vec<_>) = last
        .into_iter()
        .map(|((kind, key), body)| (kind.as_str(), key, body))
        .partition(|row| row.2.is_some());
    let keep = "INSERT INTO sync_memory (remote_id, kind, key, body)
                SELECT ?1, value ->> 0, value ->> 1, value ->> 2 FROM json_each(?2) WHERE true
                ON CONFLICT DO UPDATE SET body = excluded.body";
    let forget = "DELETE FROM sync_memory WHERE remote_id = ?1
                  AND (kind, key) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?2))";
    for (statement, rows) in [(keep, kept), (forget, gone)] {
        if !rows.is_empty() {
            let rows = json!(rows).to_string();
            sqlx::query(statement).bind(remote).bind(rows).execute(&mut *connection).await?;
        }
    }
    Ok(())
}

fn of(act: &Act, action: &'static str) -> Act {
    Act { action, ..act.clone() }
}
