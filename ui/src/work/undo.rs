//! Taking steps back.

use std::pin::Pin;

use model::{
    Failure, FailureCode,
    command::{OrderProviders, RemoveTask, SaveBudget, SavePrompt, SaveRoutes, SetTaskPrompt, Undo},
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
        Some(Step::Routes { .. } | Step::BudgetChange { .. } | Step::Task(_)) => {
            matches!(code, FailureCode::Gone | FailureCode::Conflict)
        }
        _ => code == FailureCode::Gone,
    }
}
