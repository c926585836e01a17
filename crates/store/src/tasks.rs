//! Tasks and who holds their first place; the default, which serves every task that nobody holds.

use model::{ProviderId, TaskName, TaskView, routing::ChainMember};
use serde_json::{Value, json};
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, HeldBy, Store, StoreError,
    audit::{AuditLog, Subject, differences},
    chain::{first, newcomer, with_first, without},
    routes::{Chains, chains, write_chain},
};

/// Who serves what: the default, and each task's chain.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arrangement {
    pub(crate) default: Option<ProviderId>,
    pub(crate) chains: Chains,
}

pub(crate) async fn views(connection: &mut SqliteConnection) -> Result<Vec<TaskView>, StoreError> {
    let rows: Vec<(String, Option<String>)> = sqlx::query_as(
        "SELECT t.name, c.uuid FROM tasks t
         LEFT JOIN task_routes r ON r.task = t.name AND r.place = 1
         LEFT JOIN ai_provider_configs c ON c.id = r.config_id
         ORDER BY t.position",
    )
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(|(name, holder)| view(&name, holder.as_deref())).collect()
}

fn view(name: &str, holder: Option<&str>) -> Result<TaskView, StoreError> {
    let name = name.parse().map_err(|_| StoreError::Damaged)?;
    let holder = holder.map(str::parse).transpose().map_err(|_| StoreError::Damaged)?;
    Ok(TaskView { name, holder })
}

pub(crate) async fn arrangement(connection: &mut SqliteConnection) -> Result<Arrangement, StoreError> {
    let select = "SELECT uuid FROM ai_provider_configs WHERE is_default = 1";
    let default: Option<String> = sqlx::query_scalar(select).fetch_optional(&mut *connection).await?;
    Ok(Arrangement {
        default: default.as_deref().map(str::parse).transpose().map_err(|_| StoreError::Damaged)?,
        chains: chains(connection).await?,
    })
}

/// Records in which the default or a first place moved are changed records, too: their revision rises, so that a form
/// opened before does not quietly take back what it lost, and each has its entry. `moved_by` has its own already.
pub(crate) async fn note_losers(
    connection: &mut SqliteConnection,
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
    connection: &mut SqliteConnection,
    id: ProviderId,
    (was, is): (Value, Value),
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let update = "UPDATE ai_provider_configs SET revision = revision + 1, updated_at = ? WHERE uuid = ?
                  RETURNING display_name";
    let name: Option<String> = sqlx::query_scalar(update)
        .bind(act.at.0)
        .bind(id.to_string())
        .fetch_optional(&mut *connection)
        .await?;
    // A deleted record has its own entry.
    let Some(name) = name else { return Ok(()) };
    let subject =
        Subject { target: Some(id.to_string()), name: Some(&name), before: Some(was), after: Some(is) };
    log.write(connection, act, subject).await
}

impl Arrangement {
    pub(crate) fn chain(&self, task: &TaskName) -> &[ChainMember] {
        self.chains.get(task).map_or(&[], Vec::as_slice)
    }

    /// Whether each of these places is held as it is said to be.
    pub(crate) fn is_held(&self, held: &[HeldBy]) -> bool {
        held.iter().all(|held| match held {
            HeldBy::Default(holder) => self.default == *holder,
            HeldBy::First(task, holder) => first(self.chain(task)) == *holder,
        })
    }

    /// Who lost or gained the default or a first place, but for whoever moved them, with what they had and have.
    pub(crate) fn moved(
        &self,
        after: &Self,
        moved_by: Option<ProviderId>,
    ) -> Vec<(ProviderId, Value, Value)> {
        let mut touched: Vec<ProviderId> = self.default.into_iter().chain(after.default).collect();
        touched.extend(self.chains.values().chain(after.chains.values()).filter_map(|chain| first(chain)));
        touched.sort_unstable();
        touched.dedup();
        let others = touched.into_iter().filter(|&id| Some(id) != moved_by);
        let shares = others.map(|id| (id, self.share_of(id), after.share_of(id)));
        shares.filter(|(_, was, is)| was != is).collect()
    }

    fn share_of(&self, id: ProviderId) -> Value {
        let tasks = self.chains.iter().filter(|(_, chain)| first(chain) == Some(id)).map(|(task, _)| task);
        json!({ "is_default": self.default == Some(id), "tasks": tasks.collect::<Vec<_>>() })
    }
}

/// Makes exactly these tasks' first places this configuration's, in front of whoever has them. Chains that are right
/// already are not written, so that the routes' revision stays.
pub(crate) async fn set_first_places(
    connection: &mut SqliteConnection,
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
pub(crate) async fn leave_chains(
    connection: &mut SqliteConnection,
    id: ProviderId,
) -> Result<(), StoreError> {
    for (task, chain) in chains(connection).await? {
        let rest = without(&chain, id);
        if rest != chain {
            write_chain(connection, &task, &rest).await?;
        }
    }
    Ok(())
}

/// Makes one configuration the default, or none.
pub(crate) async fn set_default(
    connection: &mut SqliteConnection,
    number: Option<i64>,
) -> Result<(), StoreError> {
    let clear = "UPDATE ai_provider_configs SET is_default = 0 WHERE is_default = 1";
    sqlx::query(clear).execute(&mut *connection).await?;
    let set = "UPDATE ai_provider_configs SET is_default = 1 WHERE id = ?";
    sqlx::query(set).bind(number).execute(connection).await?;
    Ok(())
}

impl Store {
    /// Adds a task behind the others.
    ///
    /// # Errors
    /// [`StoreError::TaskExists`], or those of the database.
    pub async fn add_task(&self, name: &TaskName, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let insert = "INSERT INTO tasks (name, position, created_at)
                      VALUES (?, (SELECT max(position) + 1 FROM tasks), ?)";
        let inserted =
            sqlx::query(insert).bind(name.as_str()).bind(act.at.0).execute(&mut *transaction).await;
        inserted.map_err(|error| {
            let exists = error.as_database_error().is_some_and(|error| error.is_unique_violation());
            if exists { StoreError::TaskExists } else { error.into() }
        })?;
        let target = Some(name.to_string());
        self.audit.write(&mut transaction, act, Subject { target, ..Subject::default() }).await?;
        Ok(transaction.commit().await?)
    }
}
