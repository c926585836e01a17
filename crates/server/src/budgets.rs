//! Budgets: what may be spent in a day or a month, how much of it is spent, and where the month will end. They refuse nothing, so
//! that calls go by the same whatever they say; limits and quotas refuse.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod update;
mod view;
mod watch;

pub(crate) use watch::watch;

use model::{Field, FieldError, PicoUsd, remote::FieldAtFault};
use store::{Budget, BudgetError};

use crate::{
    app::App,
    web::{Answer, Refused, refusal},
};

/// A budget by the number in the path.
async fn find(app: &App, number: &str) -> Answer<Budget> {
    let number: i64 = number.parse().map_err(|_| unknown())?;
    app.store.budgets().await?.into_iter().find(|budget| budget.id == number).ok_or_else(unknown)
}

fn unknown() -> Refused {
    refusal::no_such(
        "there is no budget of this id",
        "Read the list at /api/v1/super-admin/budgets; ids are never used twice.",
    )
}

/// Dollars as they are kept.
fn amount(usd: f64) -> Answer<PicoUsd> {
    let fault = || refusal::invalid_field("amount_usd", "Send dollars, more than 0 and at most 10,000,000.");
    PicoUsd::from_usd(usd).ok_or_else(fault)
}

/// Faults of a budget by the names that these requests have.
fn invalid(faults: &[FieldError], scope: &str) -> Refused {
    let named = |fault: &FieldError| {
        let field = if fault.field == Field::BudgetAmount { "amount_usd" } else { scope };
        FieldAtFault { field: field.to_owned(), message: fault.message.clone() }
    };
    refusal::invalid_fields(faults.iter().map(named).collect())
}

/// Why a budget was not changed. Of a change that somebody else overtook: the present revision.
async fn refused(app: &App, id: Option<i64>, error: BudgetError) -> Refused {
    let text = error.to_string();
    match error {
        BudgetError::Gone => unknown(),
        BudgetError::Conflict => match find(app, &id.unwrap_or_default().to_string()).await {
            Ok(budget) => refusal::other_revision(budget.revision),
            Err(gone) => gone,
        },
        BudgetError::Taken => refusal::conflict(
            "budget_exists",
            text,
            "Read the list at /api/v1/super-admin/budgets, and change the one that is there.",
        ),
        BudgetError::NoSuchConfig => {
            refusal::invalid_field("config_id", "There is no configuration of this id.")
        }
        BudgetError::Store(error) => error.into(),
    }
}
