//! Budgets, and what was spent of each by days of UTC: the same rules as the embedded database's `budgets`.

use std::collections::BTreeMap;

use model::{
    PicoUsd, Timestamp,
    budgets::{BudgetDraft, BudgetScope, ExistingBudget, Spending},
};
use sqlx::{AssertSqlSafe, PgConnection};

use super::{PgStore, statistics::whole, text::clean};
use crate::{
    Act, Budget, BudgetError, StoreError, UsageError,
    audit::{Subject, differences},
    budgets::{BudgetRow, audited, dates, day_spent, key, spending, subject},
    statistics::Calendar,
};

/// The zone whose days the sums are of.
const ZONE: &str = "UTC";

const SELECT: &str = "
    SELECT b.id, b.revision, b.scope, b.scope_key, b.period, b.amount_pico_usd, c.display_name
    FROM budgets b LEFT JOIN ai_provider_configs c ON b.scope = 'config' AND c.id::text = b.scope_key";

/// A day's first instant, its calls, their cost, and successful calls without one.
type Row = (i64, i64, String, i64);

impl PgStore {
    /// As [`Store::budgets`](crate::Store::budgets).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn budgets(&self) -> Result<Vec<Budget>, StoreError> {
        let select = AssertSqlSafe(format!(
            "{SELECT} ORDER BY array_position(ARRAY['whole', 'config', 'task', 'user'], b.scope),
                 coalesce(c.display_name_folded, b.scope_key) COLLATE \"C\", b.scope_key COLLATE \"C\", b.period DESC"
        ));
        let rows: Vec<BudgetRow> = sqlx::query_as(select).fetch_all(&self.pool()).await?;
        rows.into_iter().map(BudgetRow::into_budget).collect()
    }

    /// As [`Store::save_budget`](crate::Store::save_budget).
    ///
    /// # Errors
    /// See [`BudgetError`].
    pub async fn save_budget(
        &self,
        existing: Option<ExistingBudget>,
        draft: &BudgetDraft,
        act: &Act,
    ) -> Result<i64, BudgetError> {
        let mut transaction = self.change().await?;
        if let BudgetScope::Config(number) = draft.scope {
            require_config(&mut transaction, number, existing.is_some()).await?;
        }
        let before = match existing {
            Some(existing) => Some(expect(&mut transaction, existing).await?),
            None => None,
        };
        let id = write(&mut transaction, before.as_ref(), draft, act.at).await?;
        let after = find(&mut transaction, id).await?.ok_or(BudgetError::Gone)?;
        let (was, is) = match before {
            Some(before) => {
                let (was, is) = differences(&audited(&before), &audited(&after));
                (Some(was), is)
            }
            None => (None, audited(&after)),
        };
        let subject = Subject { before: was, after: Some(is), ..subject(&after) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// As [`Store::delete_budget`](crate::Store::delete_budget).
    ///
    /// # Errors
    /// See [`BudgetError`].
    pub async fn delete_budget(&self, existing: ExistingBudget, act: &Act) -> Result<(), BudgetError> {
        let mut transaction = self.change().await?;
        let before = expect(&mut transaction, existing).await?;
        let delete = sqlx::query("DELETE FROM budgets WHERE id = $1").bind(before.id);
        delete.execute(&mut *transaction).await?;
        let subject = Subject { before: Some(audited(&before)), ..subject(&before) };
        self.audit.write_shared(&mut transaction, act, subject).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// As [`Store::statistics_zone`](crate::Store::statistics_zone).
    ///
    /// # Errors
    /// None.
    pub async fn statistics_zone(&self) -> Result<String, StoreError> {
        Ok(ZONE.to_owned())
    }

    /// As [`Store::spending`](crate::Store::spending), by days of UTC.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn spending(&self, scope: &BudgetScope, now: Timestamp) -> Result<Spending, UsageError> {
        let calendar = Calendar::of(ZONE).ok_or(UsageError::Zone)?;
        let dates = dates(calendar.date(now.0));
        let start = |day: Option<&jiff::civil::Date>| day.map_or(i64::MAX, |day| calendar.start(*day));
        let (from, to) = (start(dates.first()), now.start_of_utc_day().plus_days(1).0);
        let by_day: BTreeMap<i64, Row> =
            self.days_spent(scope, from, to).await?.into_iter().map(|row| (row.0, row)).collect();
        let mut days = Vec::with_capacity(dates.len());
        for date in dates {
            let (calls, cost, unpriced) = match by_day.get(&calendar.start(date)) {
                Some((_, calls, cost, unpriced)) => (*calls, whole(cost)?, *unpriced),
                None => (0, 0, 0),
            };
            days.push(day_spent(date, calls.unsigned_abs(), PicoUsd(cost), unpriced.unsigned_abs()));
        }
        Ok(spending(ZONE.to_owned(), &calendar, now, days))
    }

    /// Sums of days leave the user out, so a user's are added up from quarters of an hour.
    async fn days_spent(&self, scope: &BudgetScope, from: i64, to: i64) -> Result<Vec<Row>, StoreError> {
        let (table, user) = match scope {
            BudgetScope::User(user) => ("usage_quarters", Some(clean(user))),
            _ => ("usage_days", None),
        };
        let (config, task) = match scope {
            BudgetScope::Config(number) => (Some(*number), None),
            BudgetScope::Task(task) => (None, Some(clean(task))),
            BudgetScope::Whole | BudgetScope::User(_) => (None, None),
        };
        let of_user = if user.is_some() { "user_id = $5" } else { "$5::text IS NULL" };
        // Our own words alone; what was asked for is bound.
        let select = AssertSqlSafe(format!(
            "SELECT start_at - start_at % 86400000, sum(calls)::bigint, sum(cost_pico_usd)::text,
                 coalesce(sum(unpriced) FILTER (WHERE status = 'success'), 0)::bigint
             FROM {table} WHERE start_at >= $1 AND start_at < $2 AND ($3::bigint IS NULL OR provider_config_id = $3)
                 AND ($4::text IS NULL OR task_type = $4) AND {of_user}
             GROUP BY 1"
        ));
        let rows = sqlx::query_as(select).bind(from).bind(to).bind(config).bind(task).bind(user);
        Ok(rows.fetch_all(&self.pool()).await?)
    }
}

async fn write(
    connection: &mut PgConnection,
    before: Option<&Budget>,
    draft: &BudgetDraft,
    at: Timestamp,
) -> Result<i64, BudgetError> {
    let insert =
        "INSERT INTO budgets (revision, scope, scope_key, period, amount_pico_usd, created_at, updated_at)
                  VALUES (1, $1, $2, $3, $4, $5, $5) RETURNING id";
    let update = "UPDATE budgets SET revision = revision + 1, scope = $1, scope_key = $2, period = $3,
                      amount_pico_usd = $4, updated_at = $5 WHERE id = $6 RETURNING id";
    let query = sqlx::query_scalar(if before.is_some() { update } else { insert })
        .bind(draft.scope.as_str())
        .bind(clean(&key(&draft.scope)).into_owned())
        .bind(draft.period.as_str())
        .bind(i64::try_from(draft.amount.0).unwrap_or(i64::MAX))
        .bind(at.0);
    let query = match before {
        Some(before) => query.bind(before.id),
        None => query,
    };
    Ok(query.fetch_one(connection).await?)
}

async fn expect(connection: &mut PgConnection, existing: ExistingBudget) -> Result<Budget, BudgetError> {
    let budget = find(connection, existing.id).await?.ok_or(BudgetError::Gone)?;
    if budget.revision == existing.revision { Ok(budget) } else { Err(BudgetError::Conflict) }
}

async fn find(connection: &mut PgConnection, id: i64) -> Result<Option<Budget>, StoreError> {
    let select = sqlx::query_as(AssertSqlSafe(format!("{SELECT} WHERE b.id = $1"))).bind(id);
    let row: Option<BudgetRow> = select.fetch_optional(connection).await?;
    row.map(BudgetRow::into_budget).transpose()
}

/// A budget of a configuration that was deleted can be changed and deleted, but not made.
async fn require_config(
    connection: &mut PgConnection,
    number: i64,
    changes: bool,
) -> Result<(), BudgetError> {
    let select = "SELECT EXISTS (SELECT 1 FROM ai_provider_configs WHERE id = $1)
                  OR ($2 AND EXISTS (SELECT 1 FROM budgets WHERE scope = 'config' AND scope_key = $1::text))";
    let known: bool = sqlx::query_scalar(select).bind(number).bind(changes).fetch_one(connection).await?;
    if known { Ok(()) } else { Err(BudgetError::NoSuchConfig) }
}
