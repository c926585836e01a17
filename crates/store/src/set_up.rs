//! Several configurations that are made as one step: all or none, each with its entry, and one way back for all of them.

use model::{
    ProviderId, TaskName,
    routing::{CHAIN_LIMIT, TaskRoute},
};
use sqlx::{Connection, SqliteConnection};

use crate::{
    Act, Before, Change, Provider, SaveRoutesError, Store, StoreError,
    audit::{AuditLog, Subject},
    chain::newcomer,
    change::{subject, write},
    routes,
    tasks::{arrangement, note_losers},
};

/// One of the configurations that are made.
pub struct NewProvider {
    /// Its identity; it must be free.
    pub id: ProviderId,
    /// What is written. The tasks of its draft are those whose first place it takes.
    pub change: Change,
    /// Tasks at the end of whose chains it stands, once all are there. A chain that is full stays as it is.
    pub joins: Vec<TaskName>,
    /// What the entry of the log says.
    pub act: Act,
}

impl Store {
    /// Makes them in one transaction. Without any there is no step.
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], [`StoreError::NoSuchTask`], or those of the database; nothing was then written.
    pub async fn set_up(&self, made: Vec<NewProvider>) -> Result<Option<Before>, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = arrangement(&mut transaction).await?;
        for NewProvider { id, change, act, .. } in &made {
            let found = arrangement(&mut transaction).await?;
            let blank = Provider::blank(*id, change, act);
            let after = write(&mut transaction, blank.with(change.clone(), act.at)).await?;
            note_losers(&mut transaction, Some(*id), &found, (&self.audit, act)).await?;
            let entry = Subject { after: Some(after.audited()), before: None, ..subject(&after) };
            self.audit.write(&mut transaction, act, entry).await?;
        }
        for NewProvider { id, joins, act, .. } in &made {
            for task in joins {
                join(&mut transaction, task, *id, (&self.audit, act)).await?;
            }
        }
        let ids: Vec<ProviderId> = made.iter().map(|one| one.id).collect();
        let step = Before::of_several(&mut transaction, &ids, before).await?;
        transaction.commit().await?;
        Ok(step)
    }
}

/// Puts a configuration behind everyone else of a task's chain.
async fn join(
    connection: &mut SqliteConnection,
    task: &TaskName,
    id: ProviderId,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let all = routes::all(connection).await?;
    let old = all.into_iter().find(|route| route.task == *task).ok_or(StoreError::NoSuchTask)?;
    let stands_there = old.chain.iter().any(|member| member.provider == id);
    if stands_there || old.chain.len() >= CHAIN_LIMIT {
        return Ok(());
    }
    let chain = old.chain.iter().copied().chain([newcomer(id)]).collect();
    let route = TaskRoute { chain, ..old.clone() };
    let act = Act { action: "routing.save", ..act.clone() };
    routes::save(connection, &old, &route, (log, &act)).await.map_err(|error| match error {
        SaveRoutesError::Store(error) => error,
        SaveRoutesError::Conflict | SaveRoutesError::Gone | SaveRoutesError::BadChain => StoreError::Conflict,
    })
}
