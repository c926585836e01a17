//! What was spent day by day, from the sums of the usage log. The one place where budgets meet them.

use jiff::{ToSpan, civil::Date};
use model::{
    PicoUsd, Timestamp,
    budgets::{BudgetScope, DaySpent, Spending},
};
use sqlx::SqliteConnection;

use crate::{
    Store, StoreError, UsageError, UsageStatus,
    statistics::{Calendar, Cell, Dimension, Rollup, Sum, fit, since},
};

const SUCCESS: &str = UsageStatus::Success.as_str();

/// Days that are looked back on: the longest month, and eight weeks before any day of it.
const DAYS_BACK: i64 = 31 + 56;

impl Store {
    /// The time zone whose days the statistics keep.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn statistics_zone(&self) -> Result<String, StoreError> {
        Ok(Rollup::read(&mut *self.connection().await?).await?.zone)
    }

    /// The home zone, and the first and the last of so many whole days before today, `YYYY-MM-DD`.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn whole_days(
        &self,
        count: u32,
        now: Timestamp,
    ) -> Result<(String, String, String), UsageError> {
        let zone = self.statistics_zone().await?;
        let today = Calendar::of(&zone).ok_or(UsageError::Zone)?.date(now.0);
        let back = |days: i64| today.saturating_sub(days.days()).to_string();
        Ok((zone, back(i64::from(count)), back(1)))
    }

    /// What was spent in a scope in the last three months, today with them.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn spending(&self, scope: &BudgetScope, now: Timestamp) -> Result<Spending, UsageError> {
        // All in one go: beside calls that are written, each wait for the database is one for a whole batch.
        let mut connection = self.connection().await?;
        let zone = Rollup::read(&mut connection).await?.zone;
        let calendar = Calendar::of(&zone).ok_or(UsageError::Zone)?;
        let days = self.days_spent(&mut connection, scope, &calendar, calendar.date(now.0)).await?;
        Ok(spending(zone, &calendar, now, days))
    }

    async fn days_spent(
        &self,
        connection: &mut SqliteConnection,
        scope: &BudgetScope,
        calendar: &Calendar,
        today: Date,
    ) -> Result<Vec<DaySpent>, StoreError> {
        let dates = dates(today);
        let starts: Vec<i64> = dates.iter().map(|date| calendar.start(*date)).collect();
        let end = calendar.start(today.saturating_add(1.day()));
        let mut sums = vec![(Cell::default(), 0_i128); dates.len()];
        let user = match scope {
            BudgetScope::User(user) => Some(user.as_str()),
            _ => None,
        };
        let passes = |dimension: &Dimension<'_>| match scope {
            BudgetScope::Whole | BudgetScope::User(_) => true,
            BudgetScope::Config(number) => dimension.config == *number,
            BudgetScope::Task(task) => dimension.task == task.as_str(),
        };
        let add = |sum: Sum<'_>| {
            let place = starts.partition_point(|start| *start <= sum.start).saturating_sub(1);
            if let Some((day, unpriced)) = sums.get_mut(place).filter(|_| sum.start < end) {
                day.add_sums(&sum.cell);
                *unpriced += if sum.dimension.status == SUCCESS { sum.cell.unpriced } else { 0 };
            }
        };
        let from = starts.first().copied().unwrap_or(end);
        since(connection, &self.dimensions, from, user, passes, add).await?;
        let days = dates.into_iter().zip(sums);
        let day = |(date, (sums, unpriced)): (Date, (Cell, i128))| {
            day_spent(date, fit(sums.calls), PicoUsd(sums.cost), fit(unpriced))
        };
        Ok(days.map(day).collect())
    }
}

/// The days that are looked back on, today last.
pub(crate) fn dates(today: Date) -> Vec<Date> {
    let first = today.saturating_sub(DAYS_BACK.days());
    first.series(1.day()).take_while(|date| *date <= today).collect()
}

pub(crate) fn day_spent(date: Date, calls: u64, cost: PicoUsd, unpriced: u64) -> DaySpent {
    DaySpent { day: date.to_string(), weekday: weekday(date), calls, cost, unpriced }
}

/// What was spent on these days, with what a calendar knows of the period that runs.
pub(crate) fn spending(zone: String, calendar: &Calendar, now: Timestamp, days: Vec<DaySpent>) -> Spending {
    let today = calendar.date(now.0);
    let last = today.last_of_month();
    Spending {
        days,
        rest_of_month: (today.day() + 1..=last.day()).map(|day| weekday(on(today, day))).collect(),
        last_of_month: last.to_string(),
        today_from: Timestamp(calendar.start(today)),
        today_to: Timestamp(calendar.start(today.saturating_add(1.day()))),
        month_to: Timestamp(calendar.start(last.saturating_add(1.day()))),
        zone,
    }
}

fn on(month: Date, day: i8) -> Date {
    month.with().day(day).build().unwrap_or(month)
}

fn weekday(date: Date) -> u8 {
    date.weekday().to_monday_zero_offset().unsigned_abs()
}
