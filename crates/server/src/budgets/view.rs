//! A budget as the remote API shows one.

use std::collections::BTreeMap;

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{
    PicoUsd, Timestamp,
    budgets::{BudgetScope, Forecast, Spending},
    remote::{self, BudgetForecast, BudgetOf, Success},
};
use store::{Budget, UsageError};

use crate::{
    app::App,
    web::{Answer, Refused, instant, refusal, revision},
};

/// Budgets with how each stands. A scope's day and month are read at once.
pub(super) async fn views(app: &App, budgets: Vec<Budget>) -> Answer<Vec<remote::Budget>> {
    let now = app.now();
    let mut spendings = BTreeMap::<BudgetScope, Spending>::new();
    for budget in &budgets {
        if !spendings.contains_key(&budget.draft.scope) {
            let spending = app.store.spending(&budget.draft.scope, now).await.map_err(unreadable)?;
            spendings.insert(budget.draft.scope.clone(), spending);
        }
    }
    let view = |budget: Budget| Some(view(&budget, spendings.get(&budget.draft.scope)?, now));
    Ok(budgets.into_iter().filter_map(view).collect())
}

/// A budget with the revision as `ETag`.
pub(super) async fn answer(app: &App, status: StatusCode, budget: Budget) -> Answer<Response> {
    let tag = [(header::ETAG, revision::etag(budget.revision))];
    let shown = views(app, vec![budget]).await?.pop().ok_or_else(refusal::internal)?;
    Ok((status, tag, Json(Success::new(shown))).into_response())
}

fn view(budget: &Budget, spending: &Spending, now: Timestamp) -> remote::Budget {
    let stands = insights::standing(&budget.draft, spending, now);
    let (scope, config_id, task, user_id) = match &budget.draft.scope {
        BudgetScope::Whole => (BudgetOf::Whole, None, None, None),
        BudgetScope::Config(number) => (BudgetOf::Config, Some(*number), None, None),
        BudgetScope::Task(task) => (BudgetOf::Task, None, Some(task.clone()), None),
        BudgetScope::User(user) => (BudgetOf::User, None, None, Some(user.clone())),
    };
    remote::Budget {
        id: budget.id,
        scope,
        config_id,
        display_name: budget.name.clone(),
        task,
        user_id,
        period: budget.draft.period,
        amount_usd: budget.draft.amount.usd(),
        time_zone: spending.zone.clone(),
        first_day: stands.first_day,
        last_day: stands.last_day,
        ends_at: instant::text(stands.ends_at),
        spent_usd: stands.spent.usd(),
        unpriced_calls: stands.unpriced,
        by_day_usd: stands.by_day.into_iter().map(PicoUsd::usd).collect(),
        forecast: forecast(stands.forecast),
        level: stands.levels.last().copied(),
        revision: budget.revision,
    }
}

fn forecast(forecast: Forecast) -> BudgetForecast {
    match forecast {
        Forecast::OfNoDay => BudgetForecast::OfNoDay,
        Forecast::TooEarly { days, needed } => BudgetForecast::TooEarly { days, needed },
        Forecast::Range(range) => BudgetForecast::Range {
            low_usd: range.low.usd(),
            expected_usd: range.expected.usd(),
            high_usd: range.high.usd(),
        },
    }
}

fn unreadable(error: UsageError) -> Refused {
    match error {
        UsageError::Store(error) => error.into(),
        error => {
            tracing::error!(%error, "what was spent cannot be summed");
            refusal::internal()
        }
    }
}
