//! Going back one step: the record as it was, and the default and the places in chains that the step moved.

use std::collections::HashSet;

use model::ProviderId;
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, Provider, Store, StoreError,
    audit::Subject,
    chain::taken_back,
    change::{remove, subject, write},
    provider,
    routes::write_chain,
    tasks::{self, Arrangement, arrangement, note_losers},
};

/// What one step changed. Kept in memory only, while the vault is unlocked; the key in it stays sealed.
pub struct Before {
    id: ProviderId,
    provider: Option<Provider>,
    arrangement: Arrangement,
    /// The record's revision after the step, `None` when the step deleted it.
    left_at: Option<i64>,
    /// What the step left, so that going back touches only what the step itself moved.
    left: Arrangement,
    /// Further records that the same step made, each with its revision after it.
    also: Vec<(ProviderId, i64)>,
}

impl Before {
    pub(crate) async fn new(
        connection: &mut SqliteConnection,
        id: ProviderId,
        provider: Option<Provider>,
        before: Arrangement,
    ) -> Result<Self, StoreError> {
        let left_at = provider::find(connection, id).await?.map(|provider| provider.revision);
        let left = arrangement(connection).await?;
        Ok(Self { id, provider, arrangement: before, left_at, left, also: Vec::new() })
    }

    /// Of a step that made all of these, if there are any.
    pub(crate) async fn of_several(
        connection: &mut SqliteConnection,
        ids: &[ProviderId],
        before: Arrangement,
    ) -> Result<Option<Self>, StoreError> {
        let Some((first, others)) = ids.split_first() else { return Ok(None) };
        let mut also = Vec::with_capacity(others.len());
        for id in others {
            let made = provider::find(connection, *id).await?.ok_or(StoreError::Gone)?;
            also.push((*id, made.revision));
        }
        Ok(Some(Self { also, ..Self::new(connection, *first, None, before).await? }))
    }

    /// The record as it was; `None` when the step made it.
    pub fn provider(&self) -> Option<&Provider> {
        self.provider.as_ref()
    }

    /// Which configuration the step changed.
    pub fn id(&self) -> ProviderId {
        self.id
    }
}

impl Store {
    /// Takes a step back, unless the record was changed since.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when it was, [`StoreError::NameTaken`] when its name went to another in the meantime,
    /// or those of the database.
    pub async fn undo(&self, before: &Before, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let now = provider::find(&mut transaction, before.id).await?;
        if now.as_ref().map(|provider| provider.revision) != before.left_at {
            return Err(StoreError::Conflict);
        }
        let others = others(&mut transaction, before).await?;
        let arranged = arrangement(&mut transaction).await?;
        restore(&mut transaction, before, now.as_ref(), act).await?;
        for other in &others {
            remove(&mut transaction, other.id).await?;
            let entry = Subject { before: Some(other.audited()), after: None, ..subject(other) };
            self.audit.write(&mut transaction, act, entry).await?;
        }
        put_back(&mut transaction, before).await?;
        note_losers(&mut transaction, Some(before.id), &arranged, (&self.audit, act)).await?;
        let is = provider::find(&mut transaction, before.id).await?;
        let Some(shown) = is.as_ref().or(now.as_ref()) else { return Err(StoreError::Gone) };
        let entry = Subject {
            before: now.as_ref().map(Provider::audited),
            after: is.as_ref().map(Provider::audited),
            ..subject(shown)
        };
        self.audit.write(&mut transaction, act, entry).await?;
        Ok(transaction.commit().await?)
    }
}

/// Further records that the step made, as it left them.
async fn others(connection: &mut SqliteConnection, before: &Before) -> Result<Vec<Provider>, StoreError> {
    let mut others = Vec::with_capacity(before.also.len());
    for (id, left_at) in &before.also {
        let now = provider::find(connection, *id).await?;
        others.push(now.filter(|now| now.revision == *left_at).ok_or(StoreError::Conflict)?);
    }
    Ok(others)
}

async fn restore(
    connection: &mut SqliteConnection,
    before: &Before,
    now: Option<&Provider>,
    act: &Act,
) -> Result<(), StoreError> {
    match (&before.provider, now) {
        (Some(old), now) => {
            let mut old = old.clone();
            old.revision = now.map_or(old.revision, |now| now.revision) + 1;
            old.updated_at = act.at;
            // The default and the first places follow in `put_back`, where others' newer claims are respected.
            old.draft.is_default = false;
            old.draft.tasks = now.map(|now| now.draft.tasks.clone()).unwrap_or_default();
            if let Some(now) = now.filter(|now| now.is_reached_like(&old)) {
                old.last_test = now.last_test.clone();
            }
            write(connection, old).await.map(|_| ())
        }
        (None, Some(now)) => remove(connection, now.id).await,
        (None, None) => Ok(()),
    }
}

/// Gives back what the step moved, where nobody has moved it since.
async fn put_back(connection: &mut SqliteConnection, before: &Before) -> Result<(), StoreError> {
    let now = arrangement(connection).await?;
    let select = "SELECT uuid FROM ai_provider_configs";
    let there: HashSet<String> =
        sqlx::query_scalar(select).fetch_all(&mut *connection).await?.into_iter().collect();
    let mine = |holder: Option<ProviderId>| holder.is_none() || holder == Some(before.id);
    if before.arrangement.default != before.left.default
        && (now.default == before.left.default || mine(now.default))
    {
        let number = active_number(connection, before.arrangement.default).await?;
        tasks::set_default(connection, number).await?;
    } else if before.arrangement.default == Some(before.id) && now.default.is_none() {
        // The record was the default before and after; rewriting its row cleared the mark.
        let number = active_number(connection, Some(before.id)).await?;
        tasks::set_default(connection, number).await?;
    }
    for (task, chain) in &now.chains {
        let (found, mut left) = (before.arrangement.chain(task), before.left.chain(task).to_vec());
        // They are out of all chains again by now.
        left.retain(|member| before.also.iter().all(|(id, _)| *id != member.provider));
        let mut back = taken_back(found, &left, chain, before.id);
        back.retain(|member| there.contains(&member.provider.to_string()));
        if back != *chain {
            write_chain(connection, task, &back).await?;
        }
    }
    Ok(())
}

/// Only what is switched on can be the default.
async fn active_number(
    connection: &mut SqliteConnection,
    id: Option<ProviderId>,
) -> Result<Option<i64>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    let select = "SELECT id FROM ai_provider_configs WHERE uuid = ? AND is_active = 1";
    Ok(sqlx::query_scalar(select).bind(id.to_string()).fetch_optional(connection).await?)
}
