//! Taking steps back.

use std::pin::Pin;

use model::{
    Failure, FailureCode,
    command::{
        DeleteBudget, DeleteQuota, OrderProviders, RemoveTask, RestoreCatalog, SaveBudget, SavePrompt,
        SaveRoutes, SetQuota, SetTaskPrompt, Undo,
    },
    gateway::SavedPrompt,
};

use super::Work;
use crate::{
    parts, shell,
    state::{
        playground::Edit,
        routing,
        toast::{Step, Toast},
        workspace::Action,
    },
    t,
};

impl Work {
    /// Takes back the last change that can be taken back, or says that there is none.
    pub fn undo_newest(&self) {
        match self.now().toasts.newest_undoable() {
            Some(toast) => self.undo(toast.clone()),
            None => self.act(Action::Say(Toast::success(t!("nothing-to-undo"), String::new()))),
        }
    }

    /// Takes back what a message is about, last step first. The message goes when that worked; a step that failed can be
    /// asked again.
    pub fn undo(&self, toast: Toast) {
        self.act(Action::UndoBegan(toast.id));
        self.run(async move |work| {
            let mut left = toast.undo;
            while let Some(step) = left.last().cloned() {
                if let Err(failure) = work.take_back(step).await {
                    if is_over(left.last(), failure.code) {
                        left.pop();
                    }
                    work.act(Action::UndoEnded(toast.id, left));
                    return work.refused(&failure);
                }
                left.pop();
            }
            work.act(Action::UndoEnded(toast.id, left));
            work.act(Action::Say(Toast::success(t!("undone"), toast.title)));
        });
    }

    async fn take_back(&self, step: Step) -> Result<(), Failure> {
        match step {
            Step::Shell(token) => self.act(Action::Listed(shell::call(Undo { token }).await?)),
            Step::Order(ids) => {
                self.act(Action::Listed(shell::call(OrderProviders { ids }).await?));
            }
            Step::Task(name) => self.act(Action::Listed(shell::call(RemoveTask { name }).await?)),
            Step::Budget(_)
            | Step::BudgetChange { .. }
            | Step::NewBudget(_)
            | Step::Quota { .. }
            | Step::Catalog(_)
            | Step::Routes { .. }
            | Step::Prompt(_)
            | Step::TaskPrompt { .. } => parts::take_back(self.clone(), step).await?,
        }
        Ok(())
    }
}

/// How a step of one of the pages goes back.
pub type TakenBack = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// Takes back a step that was taken on one of the pages. Behind their door, since it speaks of all that they do.
pub fn take_back(work: Work, step: Step) -> TakenBack {
    Box::pin(async move {
        match step {
            Step::Shell(_) | Step::Order(_) | Step::Task(_) => {}
            Step::Budget(draft) => {
                work.change_budgets(SaveBudget { existing: None, draft: *draft }).await?;
            }
            Step::BudgetChange { left, was } => {
                work.change_budgets(SaveBudget { existing: Some(left), draft: *was }).await?;
            }
            Step::NewBudget(existing) => {
                work.change_budgets(DeleteBudget { existing }).await?;
            }
            Step::Quota { user, left, was } => {
                match (was, left) {
                    (Some(quota), seen) => {
                        shell::call(SetQuota { quota, seen }).await?;
                    }
                    (None, Some(seen)) => {
                        shell::call(DeleteQuota { user, seen }).await?;
                    }
                    (None, None) => {}
                }
                work.act(Action::QuotasChanged);
            }
            Step::Catalog(version) => {
                let view = shell::call(RestoreCatalog { version }).await?;
                work.prices_are(view);
            }
            Step::Routes { revision, was } => {
                shell::call(SaveRoutes { revision, routes: was }).await?;
                // The list says who leads which task; the routing page reads its own with it.
                work.list();
                work.read_insights();
            }
            Step::Prompt(prompt) => {
                let SavedPrompt { name, task, request, .. } = *prompt;
                let saved = shell::call(SavePrompt { name, task, request }).await?;
                work.edit_playground(Edit::Saved(saved));
            }
            Step::TaskPrompt { task, was } => {
                let view = shell::call(SetTaskPrompt { task: task.clone(), prompt: was }).await?;
                work.edit_routes(routing::Edit::Prompt(task, routing::prompt::Edit::Seen(view)));
            }
        }
        Ok(())
    })
}

/// Whether a step would fail the next time as well: what it was about is gone, or was changed since.
fn is_over(step: Option<&Step>, code: FailureCode) -> bool {
    match step {
        Some(Step::Routes { .. } | Step::BudgetChange { .. } | Step::NewBudget(_) | Step::Task(_)) => {
            matches!(code, FailureCode::Gone | FailureCode::Conflict)
        }
        // Invalid: there is another one of this user again.
        Some(Step::Quota { .. }) => {
            matches!(code, FailureCode::Gone | FailureCode::Conflict | FailureCode::Invalid)
        }
        _ => code == FailureCode::Gone,
    }
}
