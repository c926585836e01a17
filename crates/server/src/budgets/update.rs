//! A change of a budget. One that holds less needs no second factor.

use axum::{
    Extension,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use model::{
    budgets::{BudgetDraft, ExistingBudget},
    remote::{Budget, Success, UpdateBudget},
};

use super::{amount, find, invalid, refused, view::answer};
use crate::{
    access::Caller,
    web::{Answer, Body, Part, Shared, revision},
};

/// Change a budget
#[utoipa::path(put, path = "/api/v1/super-admin/budgets/{budget_id}", tag = "budgets",
    params(("budget_id" = i64, Path, description = "Its id")), request_body = UpdateBudget,
    responses((status = 200, body = Success<Budget>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn update(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(number): Part,
    headers: HeaderMap,
    Body(asked): Body<UpdateBudget>,
) -> Answer<Response> {
    let old = find(&app, &number).await?;
    revision::require(&headers, old.revision)?;
    let draft = BudgetDraft {
        scope: old.draft.scope.clone(),
        period: asked.period.unwrap_or(old.draft.period),
        amount: asked.amount_usd.map_or(Ok(old.draft.amount), amount)?,
    };
    let faults = draft.faults();
    if !faults.is_empty() {
        return Err(invalid(&faults, "scope"));
    }
    if draft.period != old.draft.period || draft.amount > old.draft.amount {
        caller.require_proof(app.now())?;
    }
    let existing = ExistingBudget { id: old.id, revision: old.revision };
    let saved = app.store.save_budget(Some(existing), &draft, &app.act(&caller, "budget.update")).await;
    if let Err(error) = saved {
        return Err(refused(&app, Some(old.id), error).await);
    }
    answer(&app, StatusCode::OK, find(&app, &number).await?).await
}
