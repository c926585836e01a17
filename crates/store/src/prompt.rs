//! Prompts: those that a person kept in the playground, and the tasks' own instructions.

use model::{CallRequest, TaskName, Timestamp, gateway::SavedPrompt};
use serde_json::json;
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::{AuditLog, Subject},
    provider::fold,
};

#[derive(FromRow)]
struct PromptRow {
    id: i64,
    name: String,
    task: Option<String>,
    request: String,
    updated_at: i64,
}

impl Store {
    /// The prompts that were kept, by name.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn prompts(&self) -> Result<Vec<SavedPrompt>, StoreError> {
        let select =
            "SELECT id, name, task, request, updated_at FROM playground_prompts ORDER BY name_folded";
        let rows: Vec<PromptRow> = sqlx::query_as(select).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(PromptRow::into_prompt).collect()
    }

    /// Keeps a prompt, in place of the one of the same name, whatever its case.
    ///
    /// # Errors
    /// [`StoreError::NoSuchTask`], or those of the database.
    pub async fn save_prompt(
        &self,
        name: &str,
        task: Option<&TaskName>,
        request: &CallRequest,
        act: &Act,
    ) -> Result<i64, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let upsert = "INSERT INTO playground_prompts (name, name_folded, task, request, updated_at)
                      VALUES (?, ?, ?, ?, ?)
                      ON CONFLICT (name_folded) DO UPDATE SET name = excluded.name, task = excluded.task,
                          request = excluded.request, updated_at = excluded.updated_at
                      RETURNING id";
        let id = sqlx::query_scalar(upsert)
            .bind(name)
            .bind(fold(name))
            .bind(task.map(TaskName::as_str))
            .bind(serde_json::to_string(request).unwrap_or_default())
            .bind(act.at.0)
            .fetch_one(&mut *transaction)
            .await
            .map_err(StoreError::of_task)?;
        // A prompt may hold a person's letter, and entries stay for good: only that it was kept is written down.
        let subject = Subject { after: Some(json!({ "task": task })), ..subject(id, name) };
        self.audit.write(&mut transaction, act, subject).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Forgets a prompt. One that is gone already is no error.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn delete_prompt(&self, id: i64, act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let delete = "DELETE FROM playground_prompts WHERE id = ? RETURNING name";
        let name: Option<String> =
            sqlx::query_scalar(delete).bind(id).fetch_optional(&mut *transaction).await?;
        if let Some(name) = name {
            self.audit.write(&mut transaction, act, subject(id, &name)).await?;
        }
        Ok(transaction.commit().await?)
    }

    /// A task's own instructions; `None` leaves it to the built-in ones.
    ///
    /// # Errors
    /// [`StoreError::NoSuchTask`], or those of the database.
    pub async fn task_prompt(&self, task: &TaskName) -> Result<Option<String>, StoreError> {
        find(&mut *self.connection().await?, task).await
    }

    /// Gives a task its own instructions, or the built-in ones again.
    ///
    /// # Errors
    /// [`StoreError::NoSuchTask`], or those of the database, which refuses an empty text and one of more than 50,000
    /// characters.
    pub async fn set_task_prompt(
        &self,
        task: &TaskName,
        prompt: Option<&str>,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = find(&mut transaction, task).await?;
        write(&mut transaction, task, (before.as_deref(), prompt), (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// The same, unless they are others by now than were seen.
    ///
    /// # Errors
    /// [`StoreError::Conflict`], and those of [`set_task_prompt`](Self::set_task_prompt).
    pub async fn change_task_prompt(
        &self,
        task: &TaskName,
        seen: Option<&str>,
        prompt: Option<&str>,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = find(&mut transaction, task).await?;
        if before.as_deref() != seen {
            return Err(StoreError::Conflict);
        }
        write(&mut transaction, task, (before.as_deref(), prompt), (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }
}

fn subject(id: i64, name: &str) -> Subject<'_> {
    Subject { target: Some(format!("prompt {id}")), name: Some(name), ..Subject::default() }
}

/// Writes a task's instructions with their entry in the log of acts.
pub(crate) async fn write(
    connection: &mut SqliteConnection,
    task: &TaskName,
    (before, after): (Option<&str>, Option<&str>),
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE tasks SET prompt = ? WHERE name = ?").bind(after);
    update.bind(task.as_str()).execute(&mut *connection).await?;
    let shown = |prompt: Option<&str>| Some(json!({ "prompt": prompt }));
    let subject = Subject {
        target: Some(task.to_string()),
        before: shown(before),
        after: shown(after),
        ..Subject::default()
    };
    log.write(connection, act, subject).await
}

/// A task's own instructions.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    task: &TaskName,
) -> Result<Option<String>, StoreError> {
    let select = sqlx::query_scalar("SELECT prompt FROM tasks WHERE name = ?").bind(task.as_str());
    let prompt: Option<Option<String>> = select.fetch_optional(connection).await?;
    prompt.ok_or(StoreError::NoSuchTask)
}

impl PromptRow {
    fn into_prompt(self) -> Result<SavedPrompt, StoreError> {
        Ok(SavedPrompt {
            id: self.id,
            name: self.name,
            task: self.task.map(TaskName::try_from).transpose().map_err(|_| StoreError::Damaged)?,
            request: serde_json::from_str(&self.request).map_err(|_| StoreError::Damaged)?,
            updated_at: Timestamp(self.updated_at),
        })
    }
}
