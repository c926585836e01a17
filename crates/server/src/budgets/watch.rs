//! Looks how budgets stand, for the log and the figures: nobody sits before a server. Whoever wants to be woken has an alert on either.

use std::{collections::HashMap, sync::Arc, time::Duration};

use model::{budgets::AlertLevel, remote::Budget};
use tokio::time::{MissedTickBehavior, interval};

use super::view::views;
use crate::{app::App, web::Answer};

/// Between two looks. A look reads the sums of each scope once.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// The levels that were told, each with the first day of its period. It begins empty: a server that is started tells what holds.
#[derive(Default)]
struct Told(HashMap<i64, (String, Option<AlertLevel>)>);

/// Begins to look, until the server closes.
pub(crate) fn watch(app: &Arc<App>) {
    let (watched, closing, tracker) = (Arc::downgrade(app), app.closing.clone(), app.under_way.clone());
    tracker.spawn(closing.run_until_cancelled_owned(async move {
        let (mut told, mut looks) = (Told::default(), interval(LOOK_EVERY));
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            looks.tick().await;
            let Some(app) = watched.upgrade() else { return };
            if let Err(refused) = look(&app, &mut told).await {
                tracing::warn!(reason = refused.words(), "how budgets stand cannot be read");
            }
        }
    }));
}

async fn look(app: &App, told: &mut Told) -> Answer<()> {
    let budgets = views(app, app.store.budgets().await?).await?;
    for budget in &budgets {
        app.metrics.budget(budget.id, Some(budget.spent_usd / budget.amount_usd));
        let Some(level) = told.rises(budget) else { continue };
        // No name of a user or a task: the number leads to them.
        let (budget, period) = (budget.id, budget.period.as_str());
        match level.percent() {
            Some(percent) => tracing::warn!(budget, period, percent, "so much of a budget is spent"),
            None => tracing::warn!(budget, period, "a budget is forecast not to last for its period"),
        }
    }
    for gone in told.forget(&budgets) {
        app.metrics.budget(gone, None);
    }
    Ok(())
}

impl Told {
    /// The level of a budget, if no such or higher one was told in its period.
    fn rises(&mut self, budget: &Budget) -> Option<AlertLevel> {
        let (period, told) = self.0.entry(budget.id).or_default();
        if *period != budget.first_day {
            (*period, *told) = (budget.first_day.clone(), None);
        }
        let level = budget.level.filter(|level| told.is_none_or(|told| *level > told))?;
        *told = Some(level);
        Some(level)
    }

    /// Forgets those that are no more, and says which.
    fn forget(&mut self, budgets: &[Budget]) -> Vec<i64> {
        let is_there = |id: &i64| budgets.iter().any(|budget| budget.id == *id);
        let gone: Vec<i64> = self.0.keys().filter(|id| !is_there(id)).copied().collect();
        gone.iter().for_each(|id| {
            self.0.remove(id);
        });
        gone
    }
}

#[cfg(test)]
mod tests {
    use model::{
        budgets::BudgetPeriod,
        remote::{BudgetForecast, BudgetOf},
    };

    use super::*;

    fn budget(first_day: &str, level: Option<AlertLevel>) -> Budget {
        Budget {
            id: 7,
            scope: BudgetOf::Whole,
            config_id: None,
            display_name: None,
            task: None,
            user_id: None,
            period: BudgetPeriod::Month,
            amount_usd: 5.0,
            time_zone: "UTC".into(),
            first_day: first_day.into(),
            last_day: first_day.into(),
            ends_at: String::new(),
            spent_usd: 4.0,
            unpriced_calls: 0,
            by_day_usd: Vec::new(),
            forecast: BudgetForecast::OfNoDay,
            level,
            revision: 1,
        }
    }

    #[test]
    fn a_level_is_told_once_in_a_period_and_the_next_higher_one_again() {
        let (mut told, of) = (Told::default(), budget);
        assert_eq!(told.rises(&of("2026-11-01", None)), None);
        for level in [AlertLevel::Half, AlertLevel::NearlyAll] {
            assert_eq!(told.rises(&of("2026-11-01", Some(level))), Some(level));
            assert_eq!(told.rises(&of("2026-11-01", Some(level))), None);
        }
        // A higher amount lowers the level, which is nothing to be woken for; nor is the same one when it comes back.
        assert_eq!(told.rises(&of("2026-11-01", Some(AlertLevel::Half))), None);
        assert_eq!(told.rises(&of("2026-11-01", Some(AlertLevel::NearlyAll))), None);
        assert_eq!(told.rises(&of("2026-12-01", Some(AlertLevel::Half))), Some(AlertLevel::Half));
        assert_eq!(told.forget(&[]), [7]);
    }
}
