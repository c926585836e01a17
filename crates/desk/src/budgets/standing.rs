//! How budgets stand: what is spent, where the month will end, and what that is to be told as.

use std::collections::BTreeMap;

use model::{
    Failure, Timestamp,
    budgets::{BudgetList, BudgetScope, BudgetView},
};
use store::{Budget, NewAlert, Spending, Store};

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
    let stands = insights::standing(&budget.draft, spending, now);
    let alert = |level| NewAlert {
        budget: budget.id,
        first_day: stands.first_day.clone(),
        level,
        amount: budget.draft.amount,
        spent: stands.spent,
        unpriced: stands.unpriced,
    };
    Standing {
        day_ends: spending.today_to,
        holds: stands.levels.iter().copied().map(alert).collect(),
        view: BudgetView {
            id: budget.id,
            revision: budget.revision,
            draft: budget.draft,
            name: budget.name,
            level: stands.levels.last().copied(),
            first_day: stands.first_day,
            last_day: stands.last_day,
            ends_at: stands.ends_at,
            spent: stands.spent,
            unpriced: stands.unpriced,
            by_day: stands.by_day,
            forecast: stands.forecast,
        },
    }
}
