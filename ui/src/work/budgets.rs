//! Budgets: read them, delete one, and say that alerts were seen.

use model::{
    FailureCode,
    budgets::{BudgetList, BudgetView, ExistingBudget},
    command::{AcknowledgeAlerts, DeleteBudget, ListBudgets},
};

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
    /// Reads all budgets and what they told.
    pub fn read_budgets(&self) {
        self.run(async |work| match shell::call(ListBudgets {}).await {
            Ok(list) => work.show_budgets(list),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => work.act(Action::Budgets(Err(failure))),
        });
    }

    /// Shows budgets that came.
    pub fn show_budgets(&self, list: BudgetList) {
        self.act(Action::Budgets(Ok(list)));
    }

    /// Deletes a budget, and offers to make it again.
    pub fn delete_budget(&self, budget: &BudgetView) {
        let existing = ExistingBudget { id: budget.id, revision: budget.revision };
        let title = t!("budget-deleted", name = whose(&budget.draft.scope, budget.name.as_deref()));
        let undo = vec![Step::Budget(Box::new(budget.draft.clone()))];
        self.run(async move |work| match shell::call(DeleteBudget { existing }).await {
            Ok(list) => {
                work.show_budgets(list);
                work.act(Action::Say(Toast::undoable(title, String::new(), undo)));
            }
            Err(failure) => {
                work.refused(&failure);
                work.read_budgets();
            }
        });
    }

    /// A person has seen all alerts.
    pub fn see_alerts(&self) {
        self.run(async |work| match shell::call(AcknowledgeAlerts { ids: Vec::new() }).await {
            Ok(_) => work.read_budgets(),
            Err(failure) => work.refused(&failure),
        });
    }
}
