//! Configurations: the same rules as `change` and `listing`, in one transaction with their entries.

use model::{ProviderId, TestReport, command::Existing};
use serde_json::json;
use sqlx::{AssertSqlSafe, PgConnection};

use super::{
    PgStore,
    routes::{self, arrangement, note_losers},
};
use crate::{
    Act, Change, HeldBy, Provider, StoreError,
    audit::{AuditLog, Subject, differences},
    change::subject,
    provider::{ProviderRow, fold},
};

const SELECT: &str = "
    SELECT c.*, (
        SELECT string_agg(r.task, ',' ORDER BY t.position) FROM task_routes r JOIN tasks t ON t.name = r.task
        WHERE r.config_id = c.id AND r.place = 1
    ) AS tasks
    FROM ai_provider_configs c";

impl PgStore {
    /// As [`Store::providers`](crate::Store::providers).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn providers(&self) -> Result<Vec<Provider>, StoreError> {
        all(&mut *self.pool().acquire().await?).await
    }

    /// As [`Store::provider`](crate::Store::provider).
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn provider(&self, id: ProviderId) -> Result<Provider, StoreError> {
        find(&mut *self.pool().acquire().await?, id).await?.ok_or(StoreError::Gone)
    }

    /// As [`Store::provider_of_number`](crate::Store::provider_of_number).
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn provider_of_number(&self, number: i64) -> Result<Provider, StoreError> {
        let select = AssertSqlSafe(format!("{SELECT} WHERE c.id = $1"));
        let row: Option<ProviderRow> =
            sqlx::query_as(select).bind(number).fetch_optional(&self.pool()).await?;
        row.ok_or(StoreError::Gone)?.into_provider()
    }

    /// As [`Store::insert`](crate::Store::insert).
    ///
    /// # Errors
    /// [`StoreError::NameTaken`], or those of the database.
    pub async fn insert(&self, id: ProviderId, change: Change, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        insert(&mut transaction, id, change, (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::update`](crate::Store::update).
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Conflict`], [`StoreError::NameTaken`], or those of the database.
    pub async fn update(&self, existing: Existing, change: Change, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        update(&mut transaction, existing, change, (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::update_while`](crate::Store::update_while).
    ///
    /// # Errors
    /// Also [`StoreError::Conflict`] when one is held by somebody else; nothing is then changed.
    pub async fn update_while(
        &self,
        held: &[HeldBy],
        existing: Existing,
        change: Change,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        if !arrangement(&mut transaction).await?.is_held(held) {
            return Err(StoreError::Conflict);
        }
        update(&mut transaction, existing, change, (&self.audit, act)).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::delete`](crate::Store::delete).
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Conflict`], or those of the database.
    pub async fn delete(&self, existing: Existing, act: &Act) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let old = expect(&mut transaction, existing).await?;
        let before = arrangement(&mut transaction).await?;
        remove(&mut transaction, &old).await?;
        note_losers(&mut transaction, Some(old.id), &before, (&self.audit, act)).await?;
        let subject = Subject { before: Some(old.audited()), after: None, ..subject(&old) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }

    /// As [`Store::keep_test`](crate::Store::keep_test).
    ///
    /// # Errors
    /// [`StoreError::Gone`], or those of the database.
    pub async fn keep_test(
        &self,
        tested: Existing,
        report: &TestReport,
        act: &Act,
    ) -> Result<(), StoreError> {
        let mut transaction = self.change().await?;
        let provider = find(&mut transaction, tested.id).await?.ok_or(StoreError::Gone)?;
        if provider.revision != tested.revision {
            return Ok(());
        }
        let update = "UPDATE ai_provider_configs
                      SET last_tested_at = $1, last_test_success = $2, last_test_report = $3 WHERE id = $4";
        sqlx::query(update)
            .bind(report.tested_at.0)
            .bind(report.outcome.is_valid())
            .bind(serde_json::to_string(report).unwrap_or_default())
            .bind(provider.number)
            .execute(&mut *transaction)
            .await?;
        let before = provider.last_test.as_ref().map(|report| json!({ "outcome": report.outcome }));
        let after = Some(json!({ "outcome": report.outcome }));
        let subject = Subject { before, after, ..subject(&provider) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        Ok(transaction.commit().await?)
    }
}

/// A new configuration with its entry, within somebody's transaction.
pub(super) async fn insert(
    connection: &mut PgConnection,
    id: ProviderId,
    change: Change,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let before = arrangement(connection).await?;
    let after = write(connection, Provider::blank(id, &change, act).with(change, act.at)).await?;
    note_losers(connection, Some(id), &before, (log, act)).await?;
    let subject = Subject { after: Some(after.audited()), before: None, ..subject(&after) };
    log.write_shared(connection, act, subject).await
}

/// A changed configuration with its entry, within somebody's transaction.
pub(super) async fn update(
    connection: &mut PgConnection,
    existing: Existing,
    change: Change,
    (log, act): (&AuditLog, &Act),
) -> Result<(), StoreError> {
    let old = expect(connection, existing).await?;
    let before = arrangement(connection).await?;
    let after = write(connection, old.clone().with(change, act.at)).await?;
    note_losers(connection, Some(existing.id), &before, (log, act)).await?;
    let (was, is) = differences(&old.audited(), &after.audited());
    let subject = Subject { before: Some(was), after: Some(is), ..subject(&after) };
    log.write_shared(connection, act, subject).await
}

/// Takes it out of every chain and deletes its row.
pub(super) async fn remove(connection: &mut PgConnection, old: &Provider) -> Result<(), StoreError> {
    routes::leave_chains(connection, old.id).await?;
    let delete = sqlx::query("DELETE FROM ai_provider_configs WHERE id = $1").bind(old.number);
    delete.execute(connection).await?;
    Ok(())
}

/// Makes one configuration the default, or none.
pub(super) async fn set_default(
    connection: &mut PgConnection,
    number: Option<i64>,
) -> Result<(), StoreError> {
    let clear = "UPDATE ai_provider_configs SET is_default = FALSE WHERE is_default";
    sqlx::query(clear).execute(&mut *connection).await?;
    let set = "UPDATE ai_provider_configs SET is_default = TRUE WHERE id = $1";
    sqlx::query(set).bind(number).execute(connection).await?;
    Ok(())
}

/// Every configuration by number.
pub(super) async fn all(connection: &mut PgConnection) -> Result<Vec<Provider>, StoreError> {
    let select = AssertSqlSafe(format!("{SELECT} ORDER BY c.id"));
    let rows: Vec<ProviderRow> = sqlx::query_as(select).fetch_all(connection).await?;
    rows.into_iter().map(ProviderRow::into_provider).collect()
}

pub(super) async fn find(
    connection: &mut PgConnection,
    id: ProviderId,
) -> Result<Option<Provider>, StoreError> {
    let select = AssertSqlSafe(format!("{SELECT} WHERE c.uuid = $1"));
    let row: Option<ProviderRow> =
        sqlx::query_as(select).bind(id.to_string()).fetch_optional(connection).await?;
    row.map(ProviderRow::into_provider).transpose()
}

async fn expect(connection: &mut PgConnection, existing: Existing) -> Result<Provider, StoreError> {
    let provider = find(connection, existing.id).await?.ok_or(StoreError::Gone)?;
    if provider.revision == existing.revision { Ok(provider) } else { Err(StoreError::Conflict) }
}

/// Writes the row, then the default and the first places, which may take them from other rows.
pub(crate) async fn write(
    connection: &mut PgConnection,
    mut provider: Provider,
) -> Result<Provider, StoreError> {
    provider.number = write_row(connection, &provider).await?;
    if provider.draft.is_default {
        set_default(connection, Some(provider.number)).await?;
    }
    routes::set_first_places(connection, provider.id, &provider.draft.tasks).await?;
    Ok(provider)
}

/// Not as one upsert: that would use up a number with each change.
const INSERT: &str = "INSERT INTO ai_provider_configs (
        uuid, revision, base_url, allow_insecure_http, api_key_encrypted, api_key_last_four, api_key_changed_at,
        model_name, display_name, display_name_folded, description, is_active, daily_token_limit, monthly_token_limit,
        call_settings, last_tested_at, last_test_success, last_test_report, updated_at, provider_type, created_by,
        created_at, is_default)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, FALSE)
    RETURNING id";
const UPDATE: &str = "UPDATE ai_provider_configs SET
        revision = $2, base_url = $3, allow_insecure_http = $4, api_key_encrypted = $5, api_key_last_four = $6,
        api_key_changed_at = $7, model_name = $8, display_name = $9, display_name_folded = $10, description = $11,
        is_active = $12, daily_token_limit = $13, monthly_token_limit = $14, call_settings = $15, last_tested_at = $16,
        last_test_success = $17, last_test_report = $18, updated_at = $19, is_default = FALSE
    WHERE uuid = $1 RETURNING id";

async fn write_row(connection: &mut PgConnection, provider: &Provider) -> Result<i64, StoreError> {
    let draft = &provider.draft;
    let limit = |limit: Option<u64>| limit.and_then(|limit| i64::try_from(limit).ok());
    let report = provider.last_test.as_ref();
    let is_new = provider.number == 0;
    let query = sqlx::query_scalar(if is_new { INSERT } else { UPDATE })
        .bind(provider.id.to_string())
        .bind(provider.revision)
        .bind(&draft.base_url)
        .bind(draft.allow_insecure_http)
        .bind(&provider.sealed_key)
        .bind(&provider.key_last_four)
        .bind(provider.key_changed_at.map(|at| at.0))
        .bind(&draft.model_name)
        .bind(&draft.display_name)
        .bind(fold(&draft.display_name))
        .bind(&draft.description)
        .bind(draft.is_active)
        .bind(limit(draft.daily_token_limit))
        .bind(limit(draft.monthly_token_limit))
        .bind(serde_json::to_string(&draft.calls).unwrap_or_default())
        .bind(report.map(|report| report.tested_at.0))
        .bind(report.map(|report| report.outcome.is_valid()))
        .bind(report.and_then(|report| serde_json::to_string(report).ok()))
        .bind(provider.updated_at.0);
    let query = match is_new {
        true => {
            query.bind(draft.provider_type.as_str()).bind(&provider.created_by).bind(provider.created_at.0)
        }
        false => query,
    };
    query.fetch_one(connection).await.map_err(name_taken)
}

pub(super) fn name_taken(error: sqlx::Error) -> StoreError {
    let constraint = error.as_database_error().and_then(|error| error.constraint());
    let taken = constraint.is_some_and(|name| name.contains("display_name_folded"));
    if taken { StoreError::NameTaken } else { error.into() }
}
