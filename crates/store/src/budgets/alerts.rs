//! What budgets told: each level once for a period and an amount, also across restarts, and whether a person saw it.

use std::collections::BTreeSet;

use model::{
    PicoUsd, Timestamp,
    budgets::{AlertLevel, AlertView},
};
use serde_json::json;
use sqlx::{Connection, FromRow, SqliteConnection};

use super::{period, scope};
use crate::{
    Act, Store, StoreError,
    audit::Subject,
    ledger::{signed, unsigned},
};

/// Alerts that are listed at most.
const LISTED: u32 = 100;

/// A level that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewAlert {
    /// Of which budget.
    pub budget: i64,
    /// The first day of the period, `YYYY-MM-DD`.
    pub first_day: String,
    /// What holds.
    pub level: AlertLevel,
    /// The budget.
    pub amount: PicoUsd,
    /// What is spent.
    pub spent: PicoUsd,
    /// Successful calls without a known price.
    pub unpriced: u64,
}

#[derive(FromRow)]
struct AlertRow {
    id: i64,
    budget_id: i64,
    scope: String,
    scope_key: String,
    display_name: Option<String>,
    period: String,
    period_start: String,
    level: String,
    amount_pico_usd: i64,
    spent_pico_usd: String,
    unpriced: i64,
    at: i64,
    seen_at: Option<i64>,
}

impl Store {
    /// Keeps what holds and was not told before, and says which of it that is: places in the list. Of what is new of one
    /// budget the last in the list is told, and the others with it: they are kept as seen. An alert is what the program
    /// noticed and not what somebody did, so it has no entry among the acts.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn keep_alerts(&self, alerts: &[NewAlert], at: Timestamp) -> Result<Vec<usize>, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let (mut new, mut told) = (Vec::new(), BTreeSet::new());
        for (place, alert) in alerts.iter().enumerate().rev() {
            let seen = told.contains(&alert.budget);
            if insert(&mut transaction, alert, at, seen).await? {
                new.push(place);
                told.insert(alert.budget);
            }
        }
        transaction.commit().await?;
        new.reverse();
        Ok(new)
    }

    /// What was told lately, newest first; of what came at once, the most urgent.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn alerts(&self) -> Result<Vec<AlertView>, StoreError> {
        let select = "
            SELECT a.id, a.budget_id, b.scope, b.scope_key, c.display_name, b.period, a.period_start, a.level,
                a.amount_pico_usd, a.spent_pico_usd, a.unpriced, a.at, a.seen_at
            FROM budget_alerts a JOIN budgets b ON b.id = a.budget_id
                LEFT JOIN ai_provider_configs c ON b.scope = 'config' AND c.id = CAST(b.scope_key AS INTEGER)
            ORDER BY a.at DESC, a.id LIMIT ?";
        let rows: Vec<AlertRow> =
            sqlx::query_as(select).bind(LISTED).fetch_all(&mut *self.connection().await?).await?;
        rows.into_iter().map(AlertRow::into_view).collect()
    }

    /// Alerts that nobody has seen yet.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn unseen_alerts(&self) -> Result<u64, StoreError> {
        let count = sqlx::query_scalar("SELECT count(*) FROM budget_alerts WHERE seen_at IS NULL");
        Ok(unsigned(count.fetch_one(&mut *self.connection().await?).await?))
    }

    /// A person has seen these, or all without any numbers. Nothing is written when there was nothing to see.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn acknowledge_alerts(&self, ids: &[i64], act: &Act) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let update = "UPDATE budget_alerts SET seen_at = ? WHERE seen_at IS NULL
                      AND (? OR id IN (SELECT value FROM json_each(?)))";
        let update = sqlx::query(update).bind(act.at.0).bind(ids.is_empty()).bind(json!(ids).to_string());
        let seen = update.execute(&mut *transaction).await?.rows_affected();
        if seen > 0 {
            let subject = Subject { after: Some(json!({ "alerts": seen })), ..Subject::default() };
            self.audit.write(&mut transaction, act, subject).await?;
        }
        Ok(transaction.commit().await?)
    }
}

/// Whether it is new.
async fn insert(
    connection: &mut SqliteConnection,
    alert: &NewAlert,
    at: Timestamp,
    seen: bool,
) -> Result<bool, StoreError> {
    // From the budget as it is now: one that was deleted or changed meanwhile tells nothing of what it was.
    let insert = "
        INSERT INTO budget_alerts (budget_id, period_start, level, amount_pico_usd, spent_pico_usd, unpriced, at,
            seen_at)
        SELECT id, ?, ?, amount_pico_usd, ?, ?, ?, ? FROM budgets WHERE id = ? AND amount_pico_usd = ?
        ON CONFLICT (budget_id, period_start, level, amount_pico_usd) DO NOTHING";
    let done = sqlx::query(insert)
        .bind(&alert.first_day)
        .bind(alert.level.as_str())
        .bind(alert.spent.0.max(0).to_string())
        .bind(signed(alert.unpriced))
        .bind(at.0)
        .bind(seen.then_some(at.0))
        .bind(alert.budget)
        .bind(i64::try_from(alert.amount.0).unwrap_or(i64::MAX))
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

impl AlertRow {
    fn into_view(self) -> Result<AlertView, StoreError> {
        let mut levels = AlertLevel::ALL.into_iter();
        Ok(AlertView {
            id: self.id,
            budget: self.budget_id,
            scope: scope(&self.scope, self.scope_key)?,
            name: self.display_name,
            period: period(&self.period)?,
            first_day: self.period_start,
            level: levels.find(|level| level.as_str() == self.level).ok_or(StoreError::Damaged)?,
            amount: PicoUsd(self.amount_pico_usd.into()),
            spent: PicoUsd(self.spent_pico_usd.parse().map_err(|_| StoreError::Damaged)?),
            unpriced: unsigned(self.unpriced),
            at: Timestamp(self.at),
            seen: self.seen_at.is_some(),
        })
    }
}
