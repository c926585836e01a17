//! The instructions of the tasks' endpoints: the built-in ones, or a person's own.

use model::{
    Failure, FailureCode, TaskName,
    command::{SetTaskPrompt, ViewTaskPrompt},
    gateway::{PROMPT_LIMIT, TaskPrompt},
    text::{self, TextError},
};

use crate::{Desk, Host, dispatch::Body, failures, session::Session};

impl Body for ViewTaskPrompt {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<TaskPrompt, Failure> {
        view(&*desk.session()?, self.task).await
    }
}

impl Body for SetTaskPrompt {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<TaskPrompt, Failure> {
        let session = desk.session()?;
        let built_in = gateway::http::tasks::built_in_prompt(self.task.as_str());
        let prompt = self.prompt.as_deref().map(checked).transpose()?;
        if prompt.is_some() && built_in.is_none() {
            return Err(no_endpoint());
        }
        // Its very words are the built-in ones, and follow them when the program is updated.
        let own = prompt.filter(|prompt| built_in.map(str::trim) != Some(prompt));
        session.set_task_prompt(&self.task, own, &desk.act("task.set_prompt")).await?;
        view(&session, self.task).await
    }
}

async fn view(session: &Session, task: TaskName) -> Result<TaskPrompt, Failure> {
    let own = session.store.task_prompt(&task).await.map_err(failures::store)?;
    let built_in = gateway::http::tasks::built_in_prompt(task.as_str()).map(str::to_owned);
    Ok(TaskPrompt { task, own, built_in })
}

fn checked(prompt: &str) -> Result<String, Failure> {
    let checked = match text::check(prompt, PROMPT_LIMIT, true) {
        Ok(prompt) if prompt.is_empty() => Err(TextError::Empty),
        checked => checked,
    };
    checked.map_err(|error| {
        let message = match error {
            TextError::Empty => "the instructions are empty".to_owned(),
            TextError::TooLong { length, .. } => format!("the instructions have {length} characters"),
            TextError::Invisible(_) | TextError::Blank => {
                "the instructions hold invisible characters".to_owned()
            }
        };
        let advice = match error {
            TextError::Empty => "Write some, or go back to the built-in ones.".to_owned(),
            error => error.to_string(),
        };
        Failure::new(FailureCode::Other, message, advice)
    })
}

fn no_endpoint() -> Failure {
    let advice = "Programs that ask for this task bring their own instructions.";
    Failure::new(FailureCode::Other, "this task has no endpoint of its own", advice)
}
