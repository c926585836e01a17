//! Removing a task of one's own with its route.

use model::TaskName;
use sqlx::Connection;

use crate::{
    Act, SaveRoutesError, Store, StoreError,
    audit::Subject,
    routes,
    tasks::{arrangement, note_losers},
};

impl Store {
    /// Removes a task and its route, unless a route changed since. Calls that were made for it stay in the log under its
    /// name, and prompts that were kept for it stay without a task.
    ///
    /// # Errors
    /// [`SaveRoutesError::Conflict`], [`StoreError::NoSuchTask`], or those of the database. That a built-in task stays is for
    /// the caller to see to.
    pub async fn remove_task(&self, name: &TaskName, seen: i64, act: &Act) -> Result<(), SaveRoutesError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        if routes::revision(&mut transaction).await? != seen {
            return Err(SaveRoutesError::Conflict);
        }
        let arranged = arrangement(&mut transaction).await?;
        let all = routes::all(&mut transaction).await?;
        let route = all.into_iter().find(|route| route.task == *name).ok_or(StoreError::NoSuchTask)?;
        for statement in [
            "UPDATE playground_prompts SET task = NULL WHERE task = ?",
            "DELETE FROM task_routes WHERE task = ?",
            "DELETE FROM tasks WHERE name = ?",
        ] {
            sqlx::query(statement).bind(name.as_str()).execute(&mut *transaction).await?;
        }
        // Also when its chain was empty: a page that shows it is behind.
        sqlx::query("UPDATE routing SET revision = revision + 1").execute(&mut *transaction).await?;
        note_losers(&mut transaction, None, &arranged, (&self.audit, act)).await?;
        let before = serde_json::to_value(&route).ok();
        let subject = Subject { target: Some(name.to_string()), before, ..Subject::default() };
        self.audit.write(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}
