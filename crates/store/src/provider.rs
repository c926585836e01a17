//! One configuration, read from and written to its row.

use std::collections::HashSet;

use model::{ProviderDraft, ProviderId, ProviderType, TaskName, TestReport, Timestamp};
use serde_json::{Value, json};
use sqlx::{FromRow, SqliteConnection};

use crate::{StoreError, kept_keys};

/// A configuration as stored. It has no `Debug`: the sealed key is nobody's to read.
#[derive(Clone)]
pub struct Provider {
    /// Stable identity.
    pub id: ProviderId,
    /// The specification's integer id.
    pub number: i64,
    /// Rises by one with each change.
    pub revision: i64,
    /// What a person entered.
    pub draft: ProviderDraft,
    /// The sealed key; opaque here.
    pub sealed_key: Option<Vec<u8>>,
    /// Last four characters of the key.
    pub key_last_four: Option<String>,
    /// When the key was entered.
    pub key_changed_at: Option<Timestamp>,
    /// The latest test.
    pub last_test: Option<TestReport>,
    /// Who made it.
    pub created_by: String,
    /// When it was made.
    pub created_at: Timestamp,
    /// When it was last changed.
    pub updated_at: Timestamp,
}

#[derive(FromRow)]
pub(crate) struct ProviderRow {
    id: i64,
    uuid: String,
    revision: i64,
    provider_type: String,
    base_url: String,
    allow_insecure_http: bool,
    api_key_encrypted: Option<Vec<u8>>,
    api_key_last_four: Option<String>,
    api_key_changed_at: Option<i64>,
    model_name: String,
    display_name: String,
    description: String,
    is_active: bool,
    is_default: bool,
    daily_token_limit: Option<i64>,
    monthly_token_limit: Option<i64>,
    call_settings: String,
    last_test_report: Option<String>,
    created_by: String,
    created_at: i64,
    updated_at: i64,
    /// First places, separated by commas, which no task's name holds.
    tasks: Option<String>,
}

const SELECT: &str = "
    SELECT c.*, (
        SELECT group_concat(r.task, ',' ORDER BY t.position) FROM task_routes r JOIN tasks t ON t.name = r.task
        WHERE r.config_id = c.id AND r.place = 1
    ) AS tasks
    FROM ai_provider_configs c";

pub(crate) async fn all(connection: &mut SqliteConnection) -> Result<Vec<Provider>, StoreError> {
    let rows: Vec<ProviderRow> = sqlx::query_as(SELECT).fetch_all(connection).await?;
    rows.into_iter().map(ProviderRow::into_provider).collect()
}

/// The numbers of those that there are.
pub(crate) async fn numbers(connection: &mut SqliteConnection) -> Result<HashSet<i64>, StoreError> {
    let numbers: Vec<i64> =
        sqlx::query_scalar("SELECT id FROM ai_provider_configs").fetch_all(connection).await?;
    Ok(numbers.into_iter().collect())
}

pub(crate) async fn find(
    connection: &mut SqliteConnection,
    id: ProviderId,
) -> Result<Option<Provider>, StoreError> {
    let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE c.uuid = ?"));
    let row: Option<ProviderRow> =
        sqlx::query_as(select).bind(id.to_string()).fetch_optional(connection).await?;
    row.map(ProviderRow::into_provider).transpose()
}

pub(crate) async fn exists(connection: &mut SqliteConnection, id: ProviderId) -> Result<bool, StoreError> {
    let select = "SELECT EXISTS (SELECT 1 FROM ai_provider_configs WHERE uuid = ?)";
    Ok(sqlx::query_scalar(select).bind(id.to_string()).fetch_one(connection).await?)
}

pub(crate) async fn find_number(
    connection: &mut SqliteConnection,
    number: i64,
) -> Result<Option<Provider>, StoreError> {
    let select = sqlx::AssertSqlSafe(format!("{SELECT} WHERE c.id = ?"));
    let row: Option<ProviderRow> = sqlx::query_as(select).bind(number).fetch_optional(connection).await?;
    row.map(ProviderRow::into_provider).transpose()
}

impl ProviderRow {
    // A value that does not parse passed our own checks when it was written, so it was altered since.
    pub(crate) fn into_provider(self) -> Result<Provider, StoreError> {
        let damaged = || StoreError::Damaged;
        let limit = |limit: Option<i64>| limit.map(u64::try_from).transpose().map_err(|_| damaged());
        let tasks = self.tasks.as_deref().unwrap_or_default().split(',').filter(|name| !name.is_empty());
        Ok(Provider {
            id: self.uuid.parse().map_err(|_| damaged())?,
            number: self.id,
            revision: self.revision,
            draft: ProviderDraft {
                provider_type: self.provider_type.parse::<ProviderType>().map_err(|_| damaged())?,
                base_url: self.base_url,
                allow_insecure_http: self.allow_insecure_http,
                model_name: self.model_name,
                display_name: self.display_name,
                description: self.description,
                is_active: self.is_active,
                is_default: self.is_default,
                tasks: tasks.map(str::parse).collect::<Result<Vec<TaskName>, _>>().map_err(|_| damaged())?,
                daily_token_limit: limit(self.daily_token_limit)?,
                monthly_token_limit: limit(self.monthly_token_limit)?,
                calls: serde_json::from_str(&self.call_settings).map_err(|_| damaged())?,
            },
            sealed_key: self.api_key_encrypted,
            key_last_four: self.api_key_last_four,
            key_changed_at: self.api_key_changed_at.map(Timestamp),
            // A report in another version's words is no reason to call a vault damaged: it counts as not tested.
            last_test: self.last_test_report.as_deref().and_then(|report| serde_json::from_str(report).ok()),
            created_by: self.created_by,
            created_at: Timestamp(self.created_at),
            updated_at: Timestamp(self.updated_at),
        })
    }
}

impl Provider {
    /// Whether a test of the one is a test of the other.
    pub(crate) fn is_reached_like(&self, other: &Self) -> bool {
        self.draft.base_url == other.draft.base_url
            && self.draft.model_name == other.draft.model_name
            && self.sealed_key == other.sealed_key
    }

    /// What the audit log may hold of it.
    pub(crate) fn audited(&self) -> Value {
        let key = kept_keys::set(self.sealed_key.is_some(), self.key_last_four.as_deref());
        let mut fields = serde_json::to_value(&self.draft).unwrap_or(Value::Null);
        if let Value::Object(fields) = &mut fields {
            fields.insert("api_key".to_owned(), key);
            fields.insert("api_key_changed_at".to_owned(), json!(self.key_changed_at));
        }
        fields
    }

    /// Writes the row whole, new or over the one with the same UUID. The default and the tasks are set apart.
    pub(crate) async fn write(&self, connection: &mut SqliteConnection) -> Result<i64, StoreError> {
        let draft = &self.draft;
        let limit = |limit: Option<u64>| limit.and_then(|limit| i64::try_from(limit).ok());
        let report = self.last_test.as_ref().and_then(|report| serde_json::to_string(report).ok());
        let number: i64 = sqlx::query_scalar(
            "INSERT INTO ai_provider_configs (
                 id, uuid, revision, provider_type, base_url, allow_insecure_http, api_key_encrypted,
                 api_key_last_four, api_key_changed_at, model_name, display_name, display_name_folded, description,
                 is_active, is_default, daily_token_limit, monthly_token_limit, call_settings, last_tested_at,
                 last_test_success, last_test_report, created_by, created_at, updated_at)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?, ?, ?, ?, ?)
             ON CONFLICT (uuid) DO UPDATE SET
                 revision = excluded.revision, base_url = excluded.base_url,
                 allow_insecure_http = excluded.allow_insecure_http,
                 api_key_encrypted = excluded.api_key_encrypted, api_key_last_four = excluded.api_key_last_four,
                 api_key_changed_at = excluded.api_key_changed_at, model_name = excluded.model_name,
                 display_name = excluded.display_name, display_name_folded = excluded.display_name_folded,
                 description = excluded.description, is_active = excluded.is_active, is_default = 0,
                 daily_token_limit = excluded.daily_token_limit, monthly_token_limit = excluded.monthly_token_limit,
                 call_settings = excluded.call_settings, last_tested_at = excluded.last_tested_at, last_test_success = excluded.last_test_success,
                 last_test_report = excluded.last_test_report, updated_at = excluded.updated_at
             RETURNING id",
        )
        .bind((self.number > 0).then_some(self.number))
        .bind(self.id.to_string())
        .bind(self.revision)
        .bind(draft.provider_type.as_str())
        .bind(&draft.base_url)
        .bind(draft.allow_insecure_http)
        .bind(&self.sealed_key)
        .bind(&self.key_last_four)
        .bind(self.key_changed_at.map(|at| at.0))
        .bind(&draft.model_name)
        .bind(&draft.display_name)
        .bind(fold(&draft.display_name))
        .bind(&draft.description)
        .bind(draft.is_active)
        .bind(limit(draft.daily_token_limit))
        .bind(limit(draft.monthly_token_limit))
        .bind(serde_json::to_string(&draft.calls).unwrap_or_default())
        .bind(self.last_test.as_ref().map(|report| report.tested_at.0))
        .bind(self.last_test.as_ref().map(|report| report.outcome.is_valid()))
        .bind(report)
        .bind(&self.created_by)
        .bind(self.created_at.0)
        .bind(self.updated_at.0)
        .fetch_one(connection)
        .await
        .map_err(name_taken)?;
        Ok(number)
    }
}

/// Two names that differ in case alone are one name to a reader.
pub(crate) fn fold(name: &str) -> String {
    name.to_lowercase()
}

fn name_taken(error: sqlx::Error) -> StoreError {
    let taken = error
        .as_database_error()
        .is_some_and(|error| error.is_unique_violation() && error.message().contains("display_name_folded"));
    if taken { StoreError::NameTaken } else { error.into() }
}
