//! How a budget stands: what is spent of the period that runs, where it will end, and every level that holds of that.

use model::{
    PicoUsd, Timestamp,
    budgets::{AlertLevel, BudgetDraft, BudgetPeriod, DAYS_NEEDED, DaySpent, Forecast, Spending},
};

use crate::{Day, Running, crossed, forecast};

/// How a budget stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The first day of the period that runs, `YYYY-MM-DD`.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// The first instant behind it.
    pub ends_at: Timestamp,
    /// What calls with a known price cost.
    pub spent: PicoUsd,
    /// Successful calls whose price is not known.
    pub unpriced: u64,
    /// Cost of each day of the period up to today.
    pub by_day: Vec<PicoUsd>,
    /// Where it will end.
    pub forecast: Forecast,
    /// All that holds, the least urgent first.
    pub levels: Vec<AlertLevel>,
}

/// How a budget stands by what was spent in its scope.
pub fn standing(budget: &BudgetDraft, spending: &Spending, now: Timestamp) -> Standing {
    let of_period = period(budget.period, &spending.days);
    let spent = of_period.iter().fold(PicoUsd(0), |sum, day| sum.plus(day.cost));
    let forecast = match budget.period {
        BudgetPeriod::Day => Forecast::OfNoDay,
        BudgetPeriod::Month => forecast_month(spending, spent, now),
    };
    let first_day = of_period.first().map(|day| day.day.clone()).unwrap_or_default();
    let (last_day, ends_at) = match budget.period {
        BudgetPeriod::Day => (first_day.clone(), spending.today_to),
        BudgetPeriod::Month => (spending.last_of_month.clone(), spending.month_to),
    };
    Standing {
        first_day,
        last_day,
        ends_at,
        spent,
        unpriced: of_period.iter().map(|day| day.unpriced).sum(),
        by_day: of_period.iter().map(|day| day.cost).collect(),
        levels: crossed(spent, budget.amount, &forecast),
        forecast,
    }
}

/// The days of the period that runs, today last.
fn period(period: BudgetPeriod, days: &[DaySpent]) -> &[DaySpent] {
    let today = days.last().map(|day| day.day.as_str()).unwrap_or_default();
    // A month's days begin alike: `2026-11`.
    let alike = match period {
        BudgetPeriod::Day => today.len(),
        BudgetPeriod::Month => today.len().saturating_sub(3),
    };
    let first = days.iter().position(|day| day.day.get(..alike) == today.get(..alike)).unwrap_or(0);
    days.get(first..).unwrap_or_default()
}

fn forecast_month(spending: &Spending, spent: PicoUsd, now: Timestamp) -> Forecast {
    let Some((today, before)) = spending.days.split_last() else {
        return Forecast::TooEarly { days: 0, needed: DAYS_NEEDED };
    };
    // Days before the first call of all are not days on which nothing was spent.
    let first = before.iter().position(|day| day.calls > 0).unwrap_or(before.len());
    let days: Vec<Day> =
        before.iter().skip(first).map(|day| Day { weekday: day.weekday, cost: day.cost }).collect();
    let whole = spending.today_to.since(spending.today_from).max(1);
    let running = Running {
        spent,
        today: today.weekday,
        today_left: spending.today_to.since(now) as f64 / whole as f64,
        to_come: &spending.rest_of_month,
    };
    forecast(&days, &running)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(day: &str) -> DaySpent {
        DaySpent { day: day.into(), weekday: 0, calls: 0, cost: PicoUsd(1), unpriced: 0 }
    }

    #[test]
    fn a_month_begins_with_its_first_day_and_a_day_is_today_alone() {
        let days = ["2025-12-01", "2025-12-31", "2026-01-01", "2026-01-02"].map(day);
        let of = |of| period(of, &days).iter().map(|day| day.day.as_str()).collect::<Vec<_>>();
        assert_eq!(of(BudgetPeriod::Month), ["2026-01-01", "2026-01-02"]);
        assert_eq!(of(BudgetPeriod::Day), ["2026-01-02"]);
    }
}
