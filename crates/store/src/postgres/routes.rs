//! Tasks and their chains: the same rules as `tasks` and `routes`.

use std::collections::BTreeMap;

use model::{
    ProviderId, TaskName,
    routing::{CHAIN_LIMIT, ChainMember, RouteMode, TaskRoute},
};
use serde_json::Value;
use sqlx::PgConnection;

use super::PgStore;
use crate::{
    Act, SaveRoutesError, StoreError,
    audit::{AuditLog, Subject, differences},
    chain::{first, newcomer, with_first, without},
    routes::{Chains, RouteRow, mode_name, shares},
    tasks::Arrangement,
};

impl PgStore {
    /// As [`Store::routing`](crate::Store::routing).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn routing(&self) -> Result<(i64, Vec<TaskRoute>), StoreError> {
        let mut transaction = self.pool().begin_with(super::ONE_MOMENT).await?;
        Ok((revision(&mut transaction).await?, all(&mut transaction).await?))
    }

    /// As [`Store::save_routes`](crate::Store::save_routes).
    ///
    /// # Errors
    /// See [`SaveRoutesError`]; nothing is then changed.
    pub async fn save_routes(
        &self,
        seen: i64,
        routes: &[TaskRoute],
        act: &Act,
    ) -> Result<i64, SaveRoutesError> {
        let mut transaction = self.change().await?;
        if revision(&mut transaction).await? != seen {
            return Err(SaveRoutesError::Conflict);
        }
        let (arranged, before) = (arrangement(&mut transaction).await?, all(&mut transaction).await?);
        for route in routes {
            let old = before.iter().find(|old| old.task == route.task).ok_or(StoreError::NoSuchTask)?;
            if old != route {
                save(&mut transaction, old, route, (&self.audit, act)).await?;
            }
        }
        note_losers(&mut transaction, None, &arranged, (&self.audit, act)).await?;
        let revision = revision(&mut transaction).await?;
        transaction.commit().await?;
        Ok(revision)
    }

    /// As [`Store::add_task`](crate::Store::add_task).
    ///
    /// # Errors
    /// [`StoreError::TaskExists`], or those of the database.
    pub async fn add_task(&self, name: &TaskName, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let insert = "INSERT INTO tasks (name, position, created_at)
                      SELECT $1, max(position) + 1, $2 FROM tasks ON CONFLICT (name) DO NOTHING";
        let insert = sqlx::query(insert).bind(name.as_str()).bind(act.at.0);
        if insert.execute(&mut *transaction).await?.rows_affected() == 0 {
            return Err(StoreError::TaskExists);
        }
        let subject = Subject { target: Some(name.to_string()), ..Subject::default() };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

pub(super) async fn save(
    connection: &mut PgConnection,
    old: &TaskRoute,
    route: &TaskRoute,
    (log, act): (&AuditLog, &Act),
) -> Result<(), SaveRoutesError> {
    let twice = |(place, member): (usize, &ChainMember)| {
        route.chain[..place].iter().any(|before| before.provider == member.provider)
    };
    if route.chain.len() > CHAIN_LIMIT || route.chain.iter().enumerate().any(twice) {
        return Err(SaveRoutesError::BadChain);
    }
    let json = |value: Result<String, serde_json::Error>| value.unwrap_or_default();
    let update =
        "UPDATE tasks SET mode = $1, split_since = CASE WHEN $2 THEN $3 ELSE split_since END, needs = $4,
                  bounds = $5 WHERE name = $6";
    sqlx::query(update)
        .bind(mode_name(route.mode))
        .bind(shares(old) != shares(route))
        .bind((route.mode == RouteMode::Split).then_some(act.at.0))
        .bind(json(serde_json::to_string(&route.needs)))
        .bind(json(serde_json::to_string(&route.bounds)))
        .bind(route.task.as_str())
        .execute(&mut *connection)
        .await?;
    write_chain(connection, &route.task, &route.chain).await?;
    let shown = |route| serde_json::to_value(route).unwrap_or_default();
    let (was, is) = differences(&shown(old), &shown(route));
    let target = Some(route.task.to_string());
    let subject = Subject { target, before: Some(was), after: Some(is), ..Subject::default() };
    Ok(log.write_shared(connection, act, subject).await?)
}

pub(super) async fn revision(connection: &mut PgConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT revision FROM routing").fetch_one(connection).await?)
}

pub(super) async fn all(connection: &mut PgConnection) -> Result<Vec<TaskRoute>, StoreError> {
    let mut chains = chains(connection).await?;
    let select = "SELECT name, mode, needs, bounds FROM tasks ORDER BY position";
    let rows: Vec<RouteRow> = sqlx::query_as(select).fetch_all(connection).await?;
    rows.into_iter().map(|row| row.into_route(&mut chains)).collect()
}

/// Every task with its chain, empty ones too.
async fn chains(connection: &mut PgConnection) -> Result<Chains, StoreError> {
    let select = "SELECT t.name, c.uuid, r.weight FROM tasks t
                  LEFT JOIN task_routes r ON r.task = t.name
                  LEFT JOIN ai_provider_configs c ON c.id = r.config_id
                  ORDER BY t.name, r.place";
    let rows: Vec<(String, Option<String>, Option<i64>)> =
        sqlx::query_as(select).fetch_all(connection).await?;
    let mut chains: BTreeMap<TaskName, Vec<ChainMember>> = Chains::new();
    for (task, uuid, weight) in rows {
        let chain = chains.entry(task.parse().map_err(|_| StoreError::Damaged)?).or_default();
        if let Some(uuid) = uuid {
            let provider: ProviderId = uuid.parse().map_err(|_| StoreError::Damaged)?;
            let weight = u32::try_from(weight.unwrap_or(0)).map_err(|_| StoreError::Damaged)?;
            chain.push(ChainMember { provider, weight });
        }
    }
    Ok(chains)
}

/// Puts this chain in place of the task's, with places from 1 without gaps.
async fn write_chain(
    connection: &mut PgConnection,
    task: &TaskName,
    chain: &[ChainMember],
) -> Result<(), StoreError> {
    let clear = sqlx::query("DELETE FROM task_routes WHERE task = $1").bind(task.as_str());
    clear.execute(&mut *connection).await?;
    for (place, member) in (1_i64..).zip(chain) {
        let insert = "INSERT INTO task_routes (task, place, config_id, weight)
                      SELECT $1, $2, id, $3 FROM ai_provider_configs WHERE uuid = $4";
        let inserted = sqlx::query(insert)
            .bind(task.as_str())
            .bind(place)
            .bind(i64::from(member.weight))
            .bind(member.provider.to_string())
            .execute(&mut *connection)
            .await
            .map_err(StoreError::of_task)?;
        if inserted.rows_affected() == 0 {
            return Err(StoreError::Gone);
        }
    }
    Ok(())
}

/// Makes exactly these tasks' first places this configuration's, in front of whoever has them.
pub(super) async fn set_first_places(
    connection: &mut PgConnection,
    id: ProviderId,
    tasks: &[TaskName],
) -> Result<(), StoreError> {
    let chains = chains(connection).await?;
    if tasks.iter().any(|task| !chains.contains_key(task)) {
        return Err(StoreError::NoSuchTask);
    }
    for (task, chain) in chains {
        match (first(&chain) == Some(id), tasks.contains(&task)) {
            (true, false) => write_chain(connection, &task, &without(&chain, id)).await?,
            (false, true) => write_chain(connection, &task, &with_first(&chain, newcomer(id))).await?,
            _ => {}
        }
    }
    Ok(())
}

/// Takes a configuration out of every chain.
pub(super) async fn leave_chains(connection: &mut PgConnection, id: ProviderId) -> Result<(), StoreError> {
    for (task, chain) in chains(connection).await? {
        let rest = without(&chain, id);
        if rest != chain {
            write_chain(connection, &task, &rest).await?;
        }
    }
    Ok(())
}

pub(crate) async fn arrangement(connection: &mut PgConnection) -> Result<Arrangement, StoreError> {
    let select = "SELECT uuid FROM ai_provider_configs WHERE is_default";
    let default: Option<String> = sqlx::query_scalar(select).fetch_optional(&mut *connection).await?;
    Ok(Arrangement {
        default: default.as_deref().map(str::parse).transpose().map_err(|_| StoreError::Damaged)?,
        chains: chains(connection).await?,
    })
}

/// As `tasks::note_losers`: records in which the default or a first place moved are changed records, too.
pub(crate) async fn note_losers(
    connection: &mut PgConnection,
    moved_by: Option<ProviderId>,
    before: &Arrangement,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let after = arrangement(connection).await?;
    for (id, was, is) in before.moved(&after, moved_by) {
        note_loser(connection, id, differences(&was, &is), (log, act)).await?;
    }
    Ok(())
}

async fn note_loser(
    connection: &mut PgConnection,
    id: ProviderId,
    (was, is): (Value, Value),
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let update = "UPDATE ai_provider_configs SET revision = revision + 1, updated_at = $1 WHERE uuid = $2
                  RETURNING display_name";
    let update = sqlx::query_scalar(update).bind(act.at.0).bind(id.to_string());
    // A deleted record has its own entry.
    let Some(name): Option<String> = update.fetch_optional(&mut *connection).await? else { return Ok(()) };
    let subject =
        Subject { target: Some(id.to_string()), name: Some(&name), before: Some(was), after: Some(is) };
    log.write_shared(connection, act, subject).await
}
