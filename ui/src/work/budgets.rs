//! Budgets: delete one, and say that alerts were seen. Whoever shows them reads them anew after each change.

use model::{
    Command, Failure,
    budgets::{BudgetView, ExistingBudget},
    command::{AcknowledgeAlerts, DeleteBudget},
    vault::Teller,
};
use serde::Serialize;

use super::Work;
use crate::{
    shell,
    state::{
        budgets::whose,
        toast::{Step, Toast},
        workspace::Action,
    },
    t,
};

impl Work {
    /// Deletes a budget, and offers to make it again.
    pub fn delete_budget(&self, budget: &BudgetView) {
        let existing = ExistingBudget { id: budget.id, revision: budget.revision };
        let title = t!("budget-deleted", name = whose(&budget.draft.scope, budget.name.as_deref()));
        let undo = vec![Step::Budget(Box::new(budget.draft.clone()))];
        self.run(async move |work| match work.change_budgets(DeleteBudget { existing }).await {
            Ok(_) => work.act(Action::Say(Toast::undoable(title, String::new(), undo))),
            Err(failure) => work.refused(&failure),
        });
    }

    /// A person has seen all alerts.
    pub fn see_alerts(&self) {
        self.run(async |work| {
            let seen = work.change_budgets(AcknowledgeAlerts { ids: Vec::new() }).await;
            if let Err(failure) = seen {
                work.refused(&failure);
            }
        });
    }

    /// Changes budgets; they are shown anew, also where that failed because somebody else changed them.
    ///
    /// # Errors
    /// What the shell answered.
    pub async fn change_budgets<C: Command + Serialize>(&self, request: C) -> Result<C::Reply, Failure> {
        let reply = shell::call(request).await;
        self.act(Action::Told(Teller::Budgets, None));
        reply
    }
}
