//! Deleting a budget.

use axum::{Extension, Json, extract::State, http::HeaderMap};
use model::{
    budgets::ExistingBudget,
    remote::{DeletedBudget, Success},
};

use super::{find, refused};
use crate::{
    access::Caller,
    web::{Answer, Part, Shared, revision},
};

/// Delete a budget
#[utoipa::path(delete, path = "/api/v1/super-admin/budgets/{budget_id}", tag = "budgets",
    params(("budget_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<DeletedBudget>)))]
pub(crate) async fn delete(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(number): Part,
    headers: HeaderMap,
) -> Answer<Json<Success<DeletedBudget>>> {
    let budget = find(&app, &number).await?;
    revision::require(&headers, budget.revision)?;
    caller.require_proof(app.now())?;
    let existing = ExistingBudget { id: budget.id, revision: budget.revision };
    let deleted = app.store.delete_budget(existing, &app.act(&caller, "budget.delete")).await;
    if let Err(error) = deleted {
        return Err(refused(&app, Some(budget.id), error).await);
    }
    Ok(Json(Success::new(DeletedBudget { deleted_id: budget.id })))
}
