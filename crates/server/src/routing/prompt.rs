//! The instructions of a task's endpoint: the built-in ones, or one's own. As at the desktop a change of them is one of the route's
//! kind and asks for no second factor; it holds from the next call on, at every server of the database.

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use gateway::http::tasks::built_in_prompt;
use model::{
    TaskName,
    gateway::PROMPT_LIMIT,
    remote::{SetTaskPrompt, Success, TaskPrompt},
    text::{self, TextError},
};
use store::StoreError;

use super::{find, no_such_task};
use crate::{
    access::Caller,
    app::App,
    web::{Answer, Body, Part, Shared, refusal, revision},
};

/// Read the instructions of a task's endpoint
#[utoipa::path(get, path = "/api/v1/super-admin/tasks/{task}/prompt", tag = "routing",
    params(("task" = String, Path, description = "Its name")),
    responses((status = 200, body = Success<TaskPrompt>, headers(("ETag" = String, description = "Of these instructions")))))]
pub(crate) async fn get(State(app): State<Shared>, Part(name): Part) -> Answer<Response> {
    let task = task(&app, &name).await?;
    answer(&app, task).await
}

/// Give a task's endpoint instructions of one's own
#[utoipa::path(put, path = "/api/v1/super-admin/tasks/{task}/prompt", tag = "routing",
    params(("task" = String, Path, description = "Its name")), request_body = SetTaskPrompt,
    responses((status = 200, body = Success<TaskPrompt>, headers(("ETag" = String, description = "Of these instructions")))))]
pub(crate) async fn set(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(name): Part,
    headers: HeaderMap,
    Body(asked): Body<SetTaskPrompt>,
) -> Answer<Response> {
    let task = task(&app, &name).await?;
    let Some(built_in) = built_in_prompt(task.as_str()) else {
        let advice = "Programs that ask for this task bring their own instructions.";
        return Err(refusal::conflict("no_endpoint", "this task has no endpoint of its own", advice));
    };
    let prompt = checked(&asked.prompt)?;
    // Its very words are the built-in ones, and follow them when the program is updated.
    let own = Some(prompt).filter(|prompt| prompt != built_in.trim());
    change(&app, &caller, (task, &headers), own).await
}

/// Let the built-in instructions hold again
#[utoipa::path(delete, path = "/api/v1/super-admin/tasks/{task}/prompt", tag = "routing",
    params(("task" = String, Path, description = "Its name")),
    responses((status = 200, body = Success<TaskPrompt>, headers(("ETag" = String, description = "Of these instructions")))))]
pub(crate) async fn delete(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(name): Part,
    headers: HeaderMap,
) -> Answer<Response> {
    let task = task(&app, &name).await?;
    change(&app, &caller, (task, &headers), None).await
}

async fn task(app: &App, name: &str) -> Answer<TaskName> {
    Ok(find(app, name).await?.1.task)
}

async fn change(
    app: &App,
    caller: &Caller,
    (task, headers): (TaskName, &HeaderMap),
    prompt: Option<String>,
) -> Answer<Response> {
    let seen = app.store.task_prompt(&task).await?;
    revision::require(headers, tag(seen.as_deref()))?;
    if seen != prompt {
        let act = app.act(caller, "task.set_prompt");
        match app.store.change_task_prompt(&task, seen.as_deref(), prompt.as_deref(), &act).await {
            Err(StoreError::Conflict) => {
                let current = app.store.task_prompt(&task).await?;
                return Err(refusal::other_revision(tag(current.as_deref())));
            }
            Err(StoreError::NoSuchTask) => return Err(no_such_task()),
            done => done?,
        }
        app.reload().await;
    }
    answer(app, task).await
}

fn checked(prompt: &str) -> Answer<String> {
    let checked = match text::check(prompt, PROMPT_LIMIT, true) {
        Ok(prompt) if prompt.is_empty() => Err(TextError::Empty),
        checked => checked,
    };
    checked.map_err(|error| refusal::invalid_field("prompt", error.to_string()))
}

fn tag(prompt: Option<&str>) -> i64 {
    prompt.map_or(0, revision::of_words)
}

async fn answer(app: &App, task: TaskName) -> Answer<Response> {
    let own = app.store.task_prompt(&task).await?;
    let revision = tag(own.as_deref());
    let built_in = built_in_prompt(task.as_str()).map(|prompt| prompt.trim().to_owned());
    let prompt = TaskPrompt { task: task.to_string(), own, built_in, revision };
    Ok(([(header::ETAG, revision::etag(revision))], Json(Success::new(prompt))).into_response())
}
