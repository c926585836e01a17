//! How budgets stand: what is spent, where the month will end, and what that is to be told as.

use std::collections::BTreeMap;

use insights::{Day, Running, crossed, forecast};
use model::{
    Failure, PicoUsd, Timestamp,
    budgets::{BudgetList, BudgetPeriod, BudgetScope, BudgetView, Forecast},
};
use store::{Budget, DaySpent, NewAlert, Spending, Store};

use crate::failures;

/// A budget, and every level that holds of it.
pub(crate) struct Standing {
    pub(crate) view: BudgetView,
    pub(crate) day_ends: Timestamp,
    pub(crate) holds: Vec<NewAlert>,
}

/// All budgets and what they told lately.
pub(crate) async fn list(store: &Store, now: Timestamp) -> Result<BudgetList, Failure> {
    let (standings, zone) = standings(store, now).await?;
    Ok(BudgetList {
        budgets: standings.into_iter().map(|standing| standing.view).collect(),
        alerts: store.alerts().await.map_err(failures::store)?,
        zone,
    })
}

/// How every budget stands, and the zone of its days.
pub(crate) async fn standings(store: &Store, now: Timestamp) -> Result<(Vec<Standing>, String), Failure> {
    let budgets = store.budgets().await.map_err(failures::store)?;
    // A scope's day and month are read at once.
    let mut spendings = BTreeMap::<BudgetScope, Spending>::new();
    for budget in &budgets {
        if !spendings.contains_key(&budget.draft.scope) {
            let spending = store.spending(&budget.draft.scope, now).await.map_err(failures::usage)?;
            spendings.insert(budget.draft.scope.clone(), spending);
        }
    }
    let zone = store.statistics_zone().await.map_err(failures::store)?;
    let stand = |budget: Budget| {
        let spending = spendings.get(&budget.draft.scope)?;
        Some(standing(budget, spending, now))
    };
    Ok((budgets.into_iter().filter_map(stand).collect(), zone))
}

fn standing(budget: Budget, spending: &Spending, now: Timestamp) -> Standing {
    let of_period = period(budget.draft.period, &spending.days);
    let spent = of_period.iter().fold(PicoUsd(0), |sum, day| sum.plus(day.cost));
    let unpriced = of_period.iter().map(|day| day.unpriced).sum();
    let forecast = match budget.draft.period {
        BudgetPeriod::Day => Forecast::OfNoDay,
        BudgetPeriod::Month => forecast_month(spending, spent, now),
    };
    let levels = crossed(spent, budget.draft.amount, &forecast);
    let first_day = of_period.first().map(|day| day.day.clone()).unwrap_or_default();
    let alert = |level| NewAlert {
        budget: budget.id,
        first_day: first_day.clone(),
        level,
        amount: budget.draft.amount,
        spent,
        unpriced,
    };
    let (last_day, ends_at) = match budget.draft.period {
        BudgetPeriod::Day => (first_day.clone(), spending.today_to),
        BudgetPeriod::Month => (spending.last_of_month.clone(), spending.month_to),
    };
    Standing {
        day_ends: spending.today_to,
        holds: levels.iter().copied().map(alert).collect(),
        view: BudgetView {
            id: budget.id,
            revision: budget.revision,
            draft: budget.draft,
            name: budget.name,
            by_day: of_period.iter().map(|day| day.cost).collect(),
            level: levels.last().copied(),
            first_day: first_day.clone(),
            last_day,
            ends_at,
            spent,
            unpriced,
            forecast,
        },
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
        return Forecast::TooEarly { days: 0, needed: model::budgets::DAYS_NEEDED };
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
