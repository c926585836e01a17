//! Budgets and what they tell, insights and jumps.

use crate::budgets::{BudgetDraft, ExistingBudget};

request! {
    /// All budgets, how each stands, and what they told lately.
    ListBudgets {}
}
request! {
    /// Save a budget; one of the same scope and period that is not it is refused.
    SaveBudget {
        /// The budget to change; `None` makes a new one.
        existing: Option<ExistingBudget>,
        /// As it shall be.
        draft: BudgetDraft,
    }
}
request! {
    /// Delete a budget and what it told.
    DeleteBudget {
        /// Which one, as it was seen.
        existing: ExistingBudget,
    }
}
request! {
    /// What budgets told lately, newest first.
    ListAlerts {}
}
request! {
    /// Alerts were seen by a person. The reply is as [`ListAlerts`].
    AcknowledgeAlerts {
        /// Their numbers, at most 1,000; none is all of them.
        ids: Vec<i64>,
    }
}
request! {
    /// What stands out: jumps of usage, keys, routes and limits.
    ViewInsights {}
}
request! {
    /// A person has seen all jumps of usage.
    AcknowledgeJumps {}
}
