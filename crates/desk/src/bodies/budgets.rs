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
        if self.existing.is_some() {
            require_unless_stricter(&session, &self).await?;
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
        session.require_proof()?;
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

/// A budget that stays what it is and may be spent no more of asks for nothing.
async fn require_unless_stricter(session: &Session, save: &SaveBudget) -> Result<(), Failure> {
    let budgets = session.store.budgets().await.map_err(failures::store)?;
    let now = budgets.iter().find(|budget| save.existing.is_some_and(|existing| existing.id == budget.id));
    // One that is gone is refused by the saving itself.
    let stricter = now.is_none_or(|now| {
        let draft = &save.draft;
        now.draft.scope == draft.scope && now.draft.period == draft.period && draft.amount <= now.draft.amount
    });
    if stricter { Ok(()) } else { session.require_proof() }
}

async fn list(session: &Session) -> Result<BudgetList, Failure> {
    budgets::list(&session.store, session.host.now()).await
}
