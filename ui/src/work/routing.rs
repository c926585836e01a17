//! Routes: read them, save them, ask for the reasons of a decision, try a failure out on paper.

use model::{
    FailureCode, TaskName,
    command::{ExplainRoute, SaveRoutes, SetTaskPrompt, SimulateFailure, ViewRouting, ViewTaskPrompt},
};

use super::Work;
use crate::{
    shell,
    state::{
        routing::{Edit, Panel, Routing, preview, prompt},
        toast::{Step, Toast},
        workspace::{Action, Load},
    },
    t,
};

impl Work {
    /// Changes something of the routing page.
    pub fn edit_routes(&self, edit: Edit) {
        self.act(Action::Routing(edit));
    }

    fn routing(&self) -> Option<std::rc::Rc<Routing>> {
        match self.now().routing {
            Load::Ready(routing) => Some(routing),
            Load::Waiting | Load::Failed(_) => None,
        }
    }

    /// Reads the routes. Own changes stay on top, unless they are to go.
    pub fn read_routes(&self, replace: bool) {
        self.run(async move |work| match shell::call(ViewRouting {}).await {
            Ok(view) if replace => work.edit_routes(Edit::Replaced(view)),
            Ok(view) => work.edit_routes(Edit::Read(view)),
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => work.act(Action::NotRouted(failure)),
        });
    }

    /// After a conflict: own changes go on top of what others saved.
    pub fn keep_own_routes(&self) {
        self.run(async |work| match shell::call(ViewRouting {}).await {
            Ok(view) => work.edit_routes(Edit::Rebased(view)),
            Err(failure) => work.refused(&failure),
        });
    }

    /// Saves the routes that were changed.
    pub fn save_routes(&self) {
        let Some(routing) = self.routing() else { return };
        let sent = routing.changed();
        if sent.is_empty() || routing.saving {
            return;
        }
        let was = routing.saved_of(&sent);
        let request = SaveRoutes { revision: routing.view.revision, routes: sent.clone() };
        drop(routing);
        self.edit_routes(Edit::Saving);
        self.run(async move |work| match shell::call(request).await {
            Ok(view) => {
                let step = Step::Routes { revision: view.revision, was };
                work.edit_routes(Edit::Saved(view, sent));
                work.act(Action::Say(Toast::undoable(t!("routes-saved"), String::new(), vec![step])));
                // The list says who leads which task.
                work.list();
            }
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => work.edit_routes(Edit::Refused(failure)),
        });
    }

    /// Opens the reasons for a task's decision and asks for them.
    pub fn explain(&self, task: TaskName) {
        self.edit_routes(Edit::Open(Some((task.clone(), Panel::Explanation(None)))));
        self.run(async move |work| {
            let request = ExplainRoute { task: task.clone(), request: None, sticky: None };
            match shell::call(request).await {
                Ok(explanation) => work.edit_routes(Edit::Explained(task, explanation)),
                Err(failure) => {
                    work.edit_routes(Edit::Open(None));
                    work.refused(&failure);
                }
            }
        });
    }

    /// Reads a task's instructions.
    pub fn read_task_prompt(&self, task: TaskName) {
        self.ask(ViewTaskPrompt { task }, |work, view| {
            work.edit_routes(Edit::Prompt(view.task.clone(), prompt::Edit::Seen(view)));
        });
    }

    /// Saves a task's own instructions, or goes back to the built-in ones, and offers to take that back.
    pub fn set_task_prompt(&self, task: TaskName, prompt: Option<String>) {
        let Some(routing) = self.routing() else { return };
        let Some(was) = routing.prompt(&task).map(|prompt| prompt.view.own.clone()) else { return };
        drop(routing);
        self.edit_routes(Edit::Prompt(task.clone(), prompt::Edit::Saving));
        self.run(async move |work| {
            let title = match &prompt {
                Some(_) => t!("task-prompt-saved", task = task.as_str()),
                None => t!("task-prompt-built-in", task = task.as_str()),
            };
            match shell::call(SetTaskPrompt { task: task.clone(), prompt }).await {
                Ok(view) => {
                    work.edit_routes(Edit::Prompt(task.clone(), prompt::Edit::Seen(view)));
                    let step = Step::TaskPrompt { task, was };
                    work.act(Action::Say(Toast::undoable(title, t!("task-prompt-holds"), vec![step])));
                }
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) => work.edit_routes(Edit::Prompt(task, prompt::Edit::Refused(failure))),
            }
        });
    }

    /// Tries the chosen failure out on the routes as they stand.
    pub fn simulate(&self) {
        let Some(routing) = self.routing() else { return };
        let (Some(provider), failure) = (routing.preview.provider, routing.preview.failure) else { return };
        let routes = routing.routes.clone();
        drop(routing);
        self.run(async move |work| {
            let request = SimulateFailure { provider, failure, routes: routes.to_vec() };
            let reply = shell::call(request).await;
            // An answer to what is not asked any more would be taken for the new one's.
            let current = work.routing().is_some_and(|now| {
                now.preview.provider == Some(provider)
                    && now.preview.failure == failure
                    && now.routes == routes
            });
            let edit = match reply {
                Err(failure) if failure.code == FailureCode::Locked => return work.refused(&failure),
                Ok(outcome) => preview::Edit::Outcome(outcome),
                Err(failure) => preview::Edit::NotSaid(failure),
            };
            if current {
                work.edit_routes(Edit::Preview(edit));
            }
        });
    }
}
