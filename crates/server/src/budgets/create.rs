//! A new budget. There is one at most of a scope and a period.

use axum::{Extension, extract::State, http::StatusCode, response::Response};
use model::{
    budgets::{BudgetDraft, BudgetScope, KEY_LIMIT},
    remote::{Budget, BudgetOf, CreateBudget, FieldAtFault, Success},
    text,
};

use super::{amount, find, invalid, refused, view::answer};
use crate::{
    access::Caller,
    web::{Answer, Body, Refused, Shared, refusal},
};

/// More than anyone reads.
const MOST: usize = 1_000;

/// Create a budget
#[utoipa::path(post, path = "/api/v1/super-admin/budgets", tag = "budgets", request_body = CreateBudget,
    responses((status = 201, body = Success<Budget>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn create(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Body(asked): Body<CreateBudget>,
) -> Answer<Response> {
    let draft = checked(&asked)?;
    if app.store.budgets().await?.len() >= MOST {
        let message = format!("there are {MOST} budgets already");
        return Err(refusal::conflict("too_many_budgets", message, "Delete those that nobody reads."));
    }
    let saved = app.store.save_budget(None, &draft, &app.act(&caller, "budget.create")).await;
    let id = match saved {
        Ok(id) => id,
        Err(error) => return Err(refused(&app, None, error).await),
    };
    answer(&app, StatusCode::CREATED, find(&app, &id.to_string()).await?).await
}

fn checked(asked: &CreateBudget) -> Answer<BudgetDraft> {
    let (scope, named) = scope(asked)?;
    let draft = BudgetDraft { scope, period: asked.period, amount: amount(asked.amount_usd)? };
    let faults = draft.faults();
    if faults.is_empty() { Ok(draft) } else { Err(invalid(&faults, named)) }
}

/// Whose it is, and the field that says so. A field of another scope would be believed to hold, and does not.
fn scope(asked: &CreateBudget) -> Answer<(BudgetScope, &'static str)> {
    let given = [
        ("config_id", BudgetOf::Config, asked.config_id.is_some()),
        ("task", BudgetOf::Task, asked.task.is_some()),
        ("user_id", BudgetOf::User, asked.user_id.is_some()),
    ];
    let foreign = given.into_iter().filter(|(_, of, is_given)| *is_given && *of != asked.scope);
    let faults: Vec<_> = foreign
        .map(|(field, ..)| FieldAtFault {
            field: field.to_owned(),
            message: "Leave it out: it is of another scope.".to_owned(),
        })
        .collect();
    if !faults.is_empty() {
        return Err(refusal::invalid_fields(faults));
    }
    let missing = |field: &str| refusal::invalid_field(field, "Send it: the scope needs it.");
    match asked.scope {
        BudgetOf::Whole => Ok((BudgetScope::Whole, "scope")),
        BudgetOf::Config => {
            let number = asked.config_id.ok_or_else(|| missing("config_id"))?;
            Ok((BudgetScope::Config(number), "config_id"))
        }
        BudgetOf::Task => {
            let task = named("task", asked.task.as_deref().ok_or_else(|| missing("task"))?)?;
            Ok((BudgetScope::Task(task), "task"))
        }
        BudgetOf::User => {
            let user = named("user_id", asked.user_id.as_deref().ok_or_else(|| missing("user_id"))?)?;
            Ok((BudgetScope::User(user), "user_id"))
        }
    }
}

/// A name as the usage log has it.
fn named(field: &str, given: &str) -> Result<String, Refused> {
    let kept = text::check(given, KEY_LIMIT, false).ok().filter(|kept| kept == given && !kept.is_empty());
    kept.ok_or_else(|| {
        let advice =
            format!("Use 1 to {KEY_LIMIT} characters, none of them invisible, and no blank at either end.");
        refusal::invalid_field(field, advice)
    })
}
