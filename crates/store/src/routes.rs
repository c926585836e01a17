//! Task routes: reading them, and saving those that a person rearranged.

use std::collections::BTreeMap;

use model::{
    ProviderId, TaskName, Timestamp,
    routing::{AutoBounds, CHAIN_LIMIT, ChainMember, Needs, RouteMode, TaskRoute},
};
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::{AuditLog, Subject, differences},
    tasks::{arrangement, note_losers},
};

/// Why routes were not saved.
#[derive(Debug, thiserror::Error)]
pub enum SaveRoutesError {
    /// A route changed since they were read, on this page or by a form.
    #[error("the routes were changed in the meantime")]
    Conflict,
    /// A chain names a configuration that was deleted.
    #[error("a provider of these routes no longer exists")]
    Gone,
    /// A chain is too long, or names a configuration twice.
    #[error("a chain has more than {CHAIN_LIMIT} providers, or one of them twice")]
    BadChain,
    /// [`StoreError::NoSuchTask`], or the database, which also refuses a weight above its limit.
    #[error(transparent)]
    Store(StoreError),
}

#[derive(FromRow)]
pub(crate) struct RouteRow {
    name: String,
    mode: String,
    needs: String,
    bounds: String,
}

pub(crate) type Chains = BTreeMap<TaskName, Vec<ChainMember>>;

impl Store {
    /// Every task's route in the list's order, and the number that rises with each change of any of them.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn routing(&self) -> Result<(i64, Vec<TaskRoute>), StoreError> {
        let mut connection = self.connection().await?;
        Ok((revision(&mut connection).await?, all(&mut connection).await?))
    }

    /// Since when each split has had the shares that it has. A share that goes with its configuration changes nothing.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn splits(&self) -> Result<BTreeMap<TaskName, Timestamp>, StoreError> {
        let select = "SELECT name, split_since FROM tasks WHERE mode = 'split' AND split_since IS NOT NULL";
        let rows: Vec<(String, i64)> =
            sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?;
        let split = |(name, since): (String, i64)| {
            Ok((name.parse().map_err(|_| StoreError::Damaged)?, Timestamp(since)))
        };
        rows.into_iter().map(split).collect()
    }

    /// Saves the routes of the tasks named, and says the new revision. Other tasks stay as they are.
    ///
    /// # Errors
    /// See [`SaveRoutesError`]; nothing is then changed.
    pub async fn save_routes(
        &self,
        seen: i64,
        routes: &[TaskRoute],
        act: &Act,
    ) -> Result<i64, SaveRoutesError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
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
}

pub(crate) async fn save(
    connection: &mut SqliteConnection,
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
    sqlx::query("UPDATE tasks SET mode = ?, split_since = CASE WHEN ? THEN ? ELSE split_since END, needs = ?, bounds = ? WHERE name = ?")
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
    Ok(log.write(connection, act, subject).await?)
}

/// Who has which share of a split; `None` is no split. While this stays, what was counted can be compared.
pub(crate) fn shares(route: &TaskRoute) -> Option<BTreeMap<ProviderId, u32>> {
    let shares = route.chain.iter().filter(|member| member.weight > 0);
    (route.mode == RouteMode::Split).then(|| shares.map(|member| (member.provider, member.weight)).collect())
}

/// Puts this chain in place of the task's, with places from 1 without gaps.
pub(crate) async fn write_chain(
    connection: &mut SqliteConnection,
    task: &TaskName,
    chain: &[ChainMember],
) -> Result<(), StoreError> {
    let clear = "DELETE FROM task_routes WHERE task = ?";
    sqlx::query(clear).bind(task.as_str()).execute(&mut *connection).await?;
    for (place, member) in (1_i64..).zip(chain) {
        let insert = "INSERT INTO task_routes (task, place, config_id, weight)
                      SELECT ?, ?, id, ? FROM ai_provider_configs WHERE uuid = ?";
        let inserted = sqlx::query(insert)
            .bind(task.as_str())
            .bind(place)
            .bind(member.weight)
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

pub(crate) async fn revision(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT revision FROM routing").fetch_one(connection).await?)
}

pub(crate) async fn all(connection: &mut SqliteConnection) -> Result<Vec<TaskRoute>, StoreError> {
    let mut chains = chains(connection).await?;
    let select = "SELECT name, mode, needs, bounds FROM tasks ORDER BY position";
    let rows: Vec<RouteRow> = sqlx::query_as(select).fetch_all(connection).await?;
    rows.into_iter().map(|row| row.into_route(&mut chains)).collect()
}

/// Every task with its chain, empty ones too.
pub(crate) async fn chains(connection: &mut SqliteConnection) -> Result<Chains, StoreError> {
    let select = "SELECT t.name, c.uuid, r.weight FROM tasks t
                  LEFT JOIN task_routes r ON r.task = t.name
                  LEFT JOIN ai_provider_configs c ON c.id = r.config_id
                  ORDER BY t.name, r.place";
    let rows: Vec<(String, Option<String>, Option<u32>)> =
        sqlx::query_as(select).fetch_all(connection).await?;
    let mut chains = Chains::new();
    for (task, uuid, weight) in rows {
        let chain = chains.entry(task.parse().map_err(|_| StoreError::Damaged)?).or_default();
        if let Some(uuid) = uuid {
            let provider: ProviderId = uuid.parse().map_err(|_| StoreError::Damaged)?;
            chain.push(ChainMember { provider, weight: weight.unwrap_or(0) });
        }
    }
    Ok(chains)
}

pub(crate) fn mode_name(mode: RouteMode) -> &'static str {
    match mode {
        RouteMode::Chain => "chain",
        RouteMode::Split => "split",
        RouteMode::Auto => "auto",
    }
}

impl RouteRow {
    pub(crate) fn into_route(self, chains: &mut Chains) -> Result<TaskRoute, StoreError> {
        let damaged = |_| StoreError::Damaged;
        let modes = [RouteMode::Chain, RouteMode::Split, RouteMode::Auto];
        let task: TaskName = self.name.parse().map_err(|_| StoreError::Damaged)?;
        Ok(TaskRoute {
            mode: modes.into_iter().find(|mode| mode_name(*mode) == self.mode).ok_or(StoreError::Damaged)?,
            chain: chains.remove(&task).unwrap_or_default(),
            needs: serde_json::from_str::<Needs>(&self.needs).map_err(damaged)?,
            bounds: serde_json::from_str::<AutoBounds>(&self.bounds).map_err(damaged)?,
            task,
        })
    }
}

impl From<StoreError> for SaveRoutesError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Gone => Self::Gone,
            other => Self::Store(other),
        }
    }
}

impl From<sqlx::Error> for SaveRoutesError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}
