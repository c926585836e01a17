//! Budgets and what they told. What is spent of one is `spending`; whether that is much is not this room's business.

mod alerts;
mod spending;

use model::{
    PicoUsd, Timestamp,
    budgets::{BudgetDraft, BudgetPeriod, BudgetScope, ExistingBudget},
};
use serde_json::{Value, json};
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Act, Store, StoreError,
    audit::{Subject, differences},
};

pub use alerts::NewAlert;
pub use model::budgets::{DaySpent, Spending};
#[cfg(feature = "postgres")]
pub(crate) use spending::{dates, day_spent, spending};

/// A budget as it was saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Its number.
    pub id: i64,
    /// Its revision.
    pub revision: i64,
    /// What was entered.
    pub draft: BudgetDraft,
    /// The configuration's name; `None` for other scopes and when it was deleted.
    pub name: Option<String>,
}

/// Why a budget was not changed.
#[derive(Debug, thiserror::Error)]
pub enum BudgetError {
    /// It was deleted.
    #[error("this budget no longer exists")]
    Gone,
    /// It was changed since it was read.
    #[error("this budget was changed in the meantime")]
    Conflict,
    /// There is one of this scope and period.
    #[error("there is such a budget already")]
    Taken,
    /// The configuration does not exist.
    #[error("this provider no longer exists")]
    NoSuchConfig,
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sqlx::Error> for BudgetError {
    fn from(error: sqlx::Error) -> Self {
        let taken = error.as_database_error().is_some_and(|error| error.is_unique_violation());
        if taken { Self::Taken } else { Self::Store(error.into()) }
    }
}

#[derive(FromRow)]
pub(crate) struct BudgetRow {
    id: i64,
    revision: i64,
    scope: String,
    scope_key: String,
    period: String,
    amount_pico_usd: i64,
    display_name: Option<String>,
}

const SELECT: &str = "
    SELECT b.id, b.revision, b.scope, b.scope_key, b.period, b.amount_pico_usd, c.display_name
    FROM budgets b LEFT JOIN ai_provider_configs c ON b.scope = 'config' AND c.id = CAST(b.scope_key AS INTEGER)";

impl Store {
    /// All budgets: the whole, then configurations, tasks, users, each by name and with its month first.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn budgets(&self) -> Result<Vec<Budget>, StoreError> {
        let select = format!(
            "{SELECT} ORDER BY instr('whole config task user', b.scope), coalesce(c.display_name_folded, b.scope_key),
                b.scope_key, b.period DESC"
        );
        let rows: Vec<BudgetRow> =
            sqlx::query_as(sqlx::AssertSqlSafe(select)).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(BudgetRow::into_budget).collect()
    }

    /// Saves a new budget, or changes one that nobody else changed since it was read, and says its number.
    ///
    /// # Errors
    /// See [`BudgetError`].
    pub async fn save_budget(
        &self,
        existing: Option<ExistingBudget>,
        draft: &BudgetDraft,
        act: &Act,
    ) -> Result<i64, BudgetError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
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
        self.audit
            .write(&mut transaction, act, Subject { before: was, after: Some(is), ..subject(&after) })
            .await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Deletes a budget and what it told.
    ///
    /// # Errors
    /// See [`BudgetError`].
    pub async fn delete_budget(&self, existing: ExistingBudget, act: &Act) -> Result<(), BudgetError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let before = expect(&mut transaction, existing).await?;
        let delete = sqlx::query("DELETE FROM budgets WHERE id = ?").bind(before.id);
        delete.execute(&mut *transaction).await?;
        let subject = Subject { before: Some(audited(&before)), ..subject(&before) };
        self.audit.write(&mut transaction, act, subject).await?;
        transaction.commit().await?;
        Ok(())
    }
}

async fn write(
    connection: &mut SqliteConnection,
    before: Option<&Budget>,
    draft: &BudgetDraft,
    at: Timestamp,
) -> Result<i64, BudgetError> {
    let insert = "INSERT INTO budgets (id, revision, scope, scope_key, period, amount_pico_usd, created_at, updated_at)
                  VALUES (?, 1, ?, ?, ?, ?, ?, ?)
                  ON CONFLICT (id) DO UPDATE SET revision = revision + 1, scope = excluded.scope,
                      scope_key = excluded.scope_key, period = excluded.period,
                      amount_pico_usd = excluded.amount_pico_usd, updated_at = excluded.updated_at
                  RETURNING id";
    Ok(sqlx::query_scalar(insert)
        .bind(before.map(|budget| budget.id))
        .bind(draft.scope.as_str())
        .bind(key(&draft.scope))
        .bind(draft.period.as_str())
        .bind(i64::try_from(draft.amount.0).unwrap_or(i64::MAX))
        .bind(at.0)
        .bind(at.0)
        .fetch_one(connection)
        .await?)
}

async fn expect(connection: &mut SqliteConnection, existing: ExistingBudget) -> Result<Budget, BudgetError> {
    let budget = find(connection, existing.id).await?.ok_or(BudgetError::Gone)?;
    if budget.revision == existing.revision { Ok(budget) } else { Err(BudgetError::Conflict) }
}

async fn find(connection: &mut SqliteConnection, id: i64) -> Result<Option<Budget>, StoreError> {
    let select = sqlx::query_as(by_id()).bind(id);
    let row: Option<BudgetRow> = select.fetch_optional(connection).await?;
    row.map(BudgetRow::into_budget).transpose()
}

fn by_id() -> sqlx::AssertSqlSafe<String> {
    sqlx::AssertSqlSafe(format!("{SELECT} WHERE b.id = ?"))
}

/// A budget of a configuration that was deleted can be changed and deleted, but not made.
async fn require_config(
    connection: &mut SqliteConnection,
    number: i64,
    changes: bool,
) -> Result<(), BudgetError> {
    let select = "SELECT EXISTS (SELECT 1 FROM ai_provider_configs WHERE id = ?)
                  OR (? AND EXISTS (SELECT 1 FROM budgets WHERE scope = 'config' AND scope_key = ?))";
    let known: bool = sqlx::query_scalar(select)
        .bind(number)
        .bind(changes)
        .bind(number.to_string())
        .fetch_one(connection)
        .await?;
    if known { Ok(()) } else { Err(BudgetError::NoSuchConfig) }
}

pub(crate) fn key(scope: &BudgetScope) -> String {
    match scope {
        BudgetScope::Whole => String::new(),
        BudgetScope::Config(number) => number.to_string(),
        BudgetScope::Task(key) | BudgetScope::User(key) => key.clone(),
    }
}

pub(crate) fn audited(budget: &Budget) -> Value {
    json!({ "scope": budget.draft.scope, "period": budget.draft.period, "amount": budget.draft.amount })
}

pub(crate) fn subject(budget: &Budget) -> Subject<'_> {
    Subject {
        target: Some(format!("budget {}", budget.id)),
        name: budget.name.as_deref(),
        ..Subject::default()
    }
}

/// A scope as two columns hold it.
fn scope(name: &str, key: String) -> Result<BudgetScope, StoreError> {
    Ok(match name {
        "whole" => BudgetScope::Whole,
        "config" => BudgetScope::Config(key.parse().map_err(|_| StoreError::Damaged)?),
        "task" => BudgetScope::Task(key),
        "user" => BudgetScope::User(key),
        _ => return Err(StoreError::Damaged),
    })
}

fn period(name: &str) -> Result<BudgetPeriod, StoreError> {
    BudgetPeriod::ALL.into_iter().find(|period| period.as_str() == name).ok_or(StoreError::Damaged)
}

impl BudgetRow {
    pub(crate) fn into_budget(self) -> Result<Budget, StoreError> {
        Ok(Budget {
            id: self.id,
            revision: self.revision,
            draft: BudgetDraft {
                scope: scope(&self.scope, self.scope_key)?,
                period: period(&self.period)?,
                amount: PicoUsd(self.amount_pico_usd.into()),
            },
            name: self.display_name,
        })
    }
}
