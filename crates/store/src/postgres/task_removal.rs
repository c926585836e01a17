//! Removing a task of one's own with its route: the same rules as the embedded database's.

use model::TaskName;

use super::{
    PgStore,
    routes::{all, arrangement, note_losers, revision},
};
use crate::{Act, SaveRoutesError, StoreError, audit::Subject};

impl PgStore {
    /// As [`Store::remove_task`](crate::Store::remove_task).
    ///
    /// # Errors
    /// [`SaveRoutesError::Conflict`], [`StoreError::NoSuchTask`], or those of the database.
    pub async fn remove_task(&self, name: &TaskName, seen: i64, act: &Act) -> Result<(), SaveRoutesError> {
        let mut transaction = self.change().await?;
        if revision(&mut transaction).await? != seen {
            return Err(SaveRoutesError::Conflict);
        }
        let arranged = arrangement(&mut transaction).await?;
        let routes = all(&mut transaction).await?;
        let route = routes.into_iter().find(|route| route.task == *name).ok_or(StoreError::NoSuchTask)?;
        for statement in ["DELETE FROM task_routes WHERE task = $1", "DELETE FROM tasks WHERE name = $1"] {
            sqlx::query(statement).bind(name.as_str()).execute(&mut *transaction).await?;
        }
        // Also when its chain was empty: a page that shows it is behind.
        sqlx::query("UPDATE routing SET revision = revision + 1").execute(&mut *transaction).await?;
        note_losers(&mut transaction, None, &arranged, (&self.audit, act)).await?;
        let before = serde_json::to_value(&route).ok();
        let subject = Subject { target: Some(name.to_string()), before, ..Subject::default() };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}
