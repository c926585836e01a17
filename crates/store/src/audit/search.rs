//! Looking into the log: by actor, action, record, text and time, page by page.

use model::audit::AuditFilter;
use sqlx::{AssertSqlSafe, Sqlite, sqlite::SqliteArguments};

use super::AuditEntry;
use crate::{Store, StoreError};

type Query<'q, T> = sqlx::query::QueryAs<'q, Sqlite, T, SqliteArguments>;

const WHERE: &str =
    "(?1 IS NULL OR actor = ?1) AND (?2 IS NULL OR action = ?2) AND (?3 IS NULL OR target = ?3)
    AND (?4 IS NULL OR at >= ?4) AND (?5 IS NULL OR at < ?5)
    AND (?6 IS NULL OR actor LIKE ?6 ESCAPE '!' OR machine LIKE ?6 ESCAPE '!' OR action LIKE ?6 ESCAPE '!'
         OR target LIKE ?6 ESCAPE '!' OR target_name LIKE ?6 ESCAPE '!' OR before LIKE ?6 ESCAPE '!'
         OR after LIKE ?6 ESCAPE '!')";

impl Store {
    /// A page of entries, newest first, before the entry of a number; at most 1,000.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn find_audit(
        &self,
        filter: &AuditFilter,
        before: Option<i64>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, StoreError> {
        let select = format!(
            "SELECT id, at, actor, machine, ip_address, action, target, target_name, before, after, mac
             FROM admin_action_log WHERE {WHERE} AND id < ?7 ORDER BY id DESC LIMIT ?8"
        );
        // The text holds nothing but our own words; what was typed is bound.
        let query = bind(sqlx::query_as(AssertSqlSafe(select)), filter);
        let query = query.bind(before.unwrap_or(i64::MAX)).bind(limit.min(1_000));
        Ok(query.fetch_all(&mut *self.connection().await?).await?)
    }

    /// How many entries there are: those that the filter lets through, and all.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn count_audit(&self, filter: &AuditFilter) -> Result<(u64, u64), StoreError> {
        let mut connection = self.connection().await?;
        let all: i64 =
            sqlx::query_scalar("SELECT count(*) FROM admin_action_log").fetch_one(&mut *connection).await?;
        let select = format!("SELECT count(*) FROM admin_action_log WHERE {WHERE}");
        let found: (i64,) = match *filter == AuditFilter::default() {
            true => (all,),
            false => bind(sqlx::query_as(AssertSqlSafe(select)), filter).fetch_one(&mut *connection).await?,
        };
        Ok((found.0.unsigned_abs(), all.unsigned_abs()))
    }

    /// Who acted, and what was done: all that there is to choose from.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn audit_choices(&self) -> Result<(Vec<String>, Vec<String>), StoreError> {
        let mut connection = self.connection().await?;
        let actors = "SELECT DISTINCT actor FROM admin_action_log ORDER BY actor LIMIT 100";
        let actors = sqlx::query_scalar(actors).fetch_all(&mut *connection).await?;
        let actions = "SELECT DISTINCT action FROM admin_action_log ORDER BY action LIMIT 200";
        Ok((actors, sqlx::query_scalar(actions).fetch_all(&mut *connection).await?))
    }
}

fn bind<'q, T>(query: Query<'q, T>, filter: &AuditFilter) -> Query<'q, T> {
    query
        .bind(filter.actor.clone())
        .bind(filter.action.clone())
        .bind(filter.record.clone())
        .bind(filter.from.map(|at| at.0))
        .bind(filter.to.map(|at| at.0))
        .bind(filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(escaped))
}

/// A pattern of whatever has this text in it.
pub(super) fn escaped(text: &str) -> String {
    let text = text.replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{text}%")
}
