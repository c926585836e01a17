//! Budgets and what they told.

use model::{
    Failure,
    budgets::{AlertView, BudgetList},
    command::{AcknowledgeAlerts, DeleteBudget, ListAlerts, ListBudgets, SaveBudget},
};

use crate::{Desk, Host, budgets, dispatch::Body, failures, session::Session};

/// Alerts of one request at most.
const ALERTS_LIMIT: usize = 1_000;

impl Body for ListBudgets {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BudgetList, Failure> {
        list(&*desk.session()?).await
    }
}

impl Body for SaveBudget {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BudgetList, Failure> {
        let session = desk.session()?;
        let faults = self.draft.faults();
        if !faults.is_empty() {
            return Err(Failure::invalid(faults));
        }
        let action = if self.existing.is_some() { "budget.update" } else { "budget.create" };
        let saved = session.store.save_budget(self.existing, &self.draft, &desk.act(action)).await;
        saved.map_err(failures::budget)?;
        session.budgets.look_soon();
        list(&session).await
    }
}

impl Body for DeleteBudget {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BudgetList, Failure> {
        let session = desk.session()?;
        let deleted = session.store.delete_budget(self.existing, &desk.act("budget.delete")).await;
        deleted.map_err(failures::budget)?;
        session.tell_unread(None).await?;
        list(&session).await
    }
}

impl Body for ListAlerts {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<AlertView>, Failure> {
        desk.session()?.store.alerts().await.map_err(failures::store)
    }
}

impl Body for AcknowledgeAlerts {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<AlertView>, Failure> {
        let session = desk.session()?;
        if self.ids.len() > ALERTS_LIMIT {
            return Err(failures::filter(ALERTS_LIMIT));
        }
        let act = desk.act("budget.acknowledge");
        session.store.acknowledge_alerts(&self.ids, &act).await.map_err(failures::store)?;
        session.tell_unread(None).await?;
        session.store.alerts().await.map_err(failures::store)
    }
}

async fn list(session: &Session) -> Result<BudgetList, Failure> {
    budgets::list(&session.store, session.host.now()).await
}
