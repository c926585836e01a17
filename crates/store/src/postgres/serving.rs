//! Everything that calls go by, of one moment: as `serving`, `quota` and `setting`.

use std::collections::BTreeMap;

use model::{TaskName, limits::UserQuota};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use sqlx::PgConnection;

use super::{ONE_MOMENT, PgStore, catalog, providers, routes, text::clean};
use crate::{
    Act, Serving, StoreError,
    audit::{AuditLog, Subject, differences},
    ledger::{signed, unsigned},
};

type QuotaRow = (String, Option<i64>, Option<i64>, Option<i64>);

impl PgStore {
    /// As [`Store::serving`](crate::Store::serving).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn serving(&self) -> Result<Serving, StoreError> {
        let mut moment = self.pool().begin_with(ONE_MOMENT).await?;
        let providers = providers::all(&mut moment).await?;
        Ok(Serving {
            revision: routes::revision(&mut moment).await?,
            default: providers.iter().find(|provider| provider.draft.is_default).map(|default| default.id),
            providers,
            routes: routes::all(&mut moment).await?,
            prompts: prompts(&mut moment).await?,
            quotas: quotas(&mut moment).await?,
            catalog: catalog::in_force(&mut moment).await?,
        })
    }

    /// As [`Store::task_prompt`](crate::Store::task_prompt).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn task_prompt(&self, task: &TaskName) -> Result<Option<String>, StoreError> {
        let select = sqlx::query_scalar("SELECT prompt FROM tasks WHERE name = $1").bind(task.as_str());
        Ok(select.fetch_optional(&self.pool()).await?.flatten())
    }

    /// As [`Store::change_task_prompt`](crate::Store::change_task_prompt).
    ///
    /// # Errors
    /// [`StoreError::NoSuchTask`], [`StoreError::Conflict`], or those of the database.
    pub async fn change_task_prompt(
        &self,
        task: &TaskName,
        seen: Option<&str>,
        prompt: Option<&str>,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let select = sqlx::query_scalar("SELECT prompt FROM tasks WHERE name = $1").bind(task.as_str());
        let before: Option<Option<String>> = select.fetch_optional(&mut *transaction).await?;
        let before = before.ok_or(StoreError::NoSuchTask)?;
        if before.as_deref() != seen {
            return Err(StoreError::Conflict);
        }
        write_prompt(&mut transaction, task, (before.as_deref(), prompt), (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::quotas`](crate::Store::quotas).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn quotas(&self) -> Result<Vec<UserQuota>, StoreError> {
        quotas(&mut *self.pool().acquire().await?).await
    }

    /// As [`Store::save_quotas`](crate::Store::save_quotas).
    ///
    /// # Errors
    /// Those of the database, which refuses a user named twice and a quota of 0.
    pub async fn save_quotas(&self, wanted: &[UserQuota], act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let before = quotas(&mut transaction).await?;
        sqlx::query("DELETE FROM user_quotas").execute(&mut *transaction).await?;
        for quota in wanted {
            let insert =
                "INSERT INTO user_quotas (user_id, daily_tokens, monthly_tokens, requests_per_minute)
                          VALUES ($1, $2, $3, $4)";
            sqlx::query(insert)
                .bind(clean(&quota.user))
                .bind(quota.daily_tokens.map(signed))
                .bind(quota.monthly_tokens.map(signed))
                .bind(quota.requests_per_minute.map(i64::from))
                .execute(&mut *transaction)
                .await?;
        }
        let after = quotas(&mut transaction).await?;
        // Each side holds what the other has not: a long list with one change stays a short entry.
        let only = |these: &[UserQuota], those: &[UserQuota]| {
            json!(these.iter().filter(|one| !those.contains(one)).collect::<Vec<_>>())
        };
        let subject = Subject {
            before: Some(only(&before, &after)),
            after: Some(only(&after, &before)),
            ..Subject::default()
        };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::setting`](crate::Store::setting).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn setting<T: DeserializeOwned + Default>(&self, name: &str) -> Result<T, StoreError> {
        let value = setting(&mut *self.pool().acquire().await?, name).await?;
        Ok(value.and_then(|value| serde_json::from_value(value).ok()).unwrap_or_default())
    }

    /// As [`Store::set_setting`](crate::Store::set_setting).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn set_setting<T: Serialize + Sync>(
        &self,
        name: &str,
        value: &T,
        act: &Act,
    ) -> Result<(), StoreError> {
        let value = serde_json::to_value(value).unwrap_or_default();
        let mut transaction = self.change().await?;
        let before = setting(&mut transaction, name).await?;
        let upsert = "INSERT INTO settings (name, value) VALUES ($1, $2)
                      ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        sqlx::query(upsert).bind(name).bind(value.to_string()).execute(&mut *transaction).await?;
        let (was, is) = differences(&before.unwrap_or_default(), &value);
        let target = Some(name.to_owned());
        let subject = Subject { target, before: Some(was), after: Some(is), ..Subject::default() };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

async fn setting(connection: &mut PgConnection, name: &str) -> Result<Option<Value>, StoreError> {
    let select = sqlx::query_scalar("SELECT value FROM settings WHERE name = $1").bind(name);
    let text: Option<String> = select.fetch_optional(connection).await?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
}

/// Writes a task's instructions with their entry in the log of acts.
pub(super) async fn write_prompt(
    connection: &mut PgConnection,
    task: &TaskName,
    (before, after): (Option<&str>, Option<&str>),
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let update = sqlx::query("UPDATE tasks SET prompt = $1 WHERE name = $2").bind(after.map(clean));
    update.bind(task.as_str()).execute(&mut *connection).await?;
    let shown = |prompt: Option<&str>| Some(json!({ "prompt": prompt }));
    let subject = Subject {
        target: Some(task.to_string()),
        before: shown(before),
        after: shown(after),
        ..Subject::default()
    };
    log.write_shared(connection, act, subject).await
}

async fn prompts(connection: &mut PgConnection) -> Result<BTreeMap<TaskName, String>, StoreError> {
    let select = "SELECT name, prompt FROM tasks WHERE prompt IS NOT NULL";
    let rows: Vec<(String, String)> = sqlx::query_as(select).fetch_all(connection).await?;
    let own = |(name, prompt): (String, String)| Ok((name.parse().map_err(|_| StoreError::Damaged)?, prompt));
    rows.into_iter().map(own).collect()
}

async fn quotas(connection: &mut PgConnection) -> Result<Vec<UserQuota>, StoreError> {
    let select = "SELECT user_id, daily_tokens, monthly_tokens, requests_per_minute FROM user_quotas
                  ORDER BY user_id <> '*', user_id COLLATE \"C\"";
    let rows: Vec<QuotaRow> = sqlx::query_as(select).fetch_all(connection).await?;
    let quota = |(user, daily, monthly, rate): QuotaRow| UserQuota {
        user,
        daily_tokens: daily.map(unsigned),
        monthly_tokens: monthly.map(unsigned),
        requests_per_minute: rate.map(|rate| u32::try_from(rate).unwrap_or(u32::MAX)),
    };
    Ok(rows.into_iter().map(quota).collect())
}
