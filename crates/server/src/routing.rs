//! Tasks and the routes that serve them. All routes have one revision together, as the store has it: a route is judged beside
//! the others.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod explain;
pub(crate) mod get;
pub(crate) mod list;
pub(crate) mod prompt;
pub(crate) mod simulate;
pub(crate) mod update;
mod view;

use model::{TaskName, routing::TaskRoute};
use store::{SaveRoutesError, StoreError};

use crate::{
    app::App,
    web::{Answer, Refused, refusal},
};

/// A task's route, with the revision of all.
async fn find(app: &App, name: &str) -> Answer<(i64, TaskRoute)> {
    let task: TaskName = name.parse().map_err(|_| no_such_task())?;
    let (revision, routes) = app.store.routing().await?;
    let route = routes.into_iter().find(|route| route.task == task);
    Ok((revision, route.ok_or_else(no_such_task)?))
}

fn no_such_task() -> Refused {
    refusal::no_such(
        "there is no such task",
        "Read the list at /api/v1/super-admin/tasks, or make the task first.",
    )
}

/// What saving routes refused.
async fn refused(app: &App, error: SaveRoutesError) -> Refused {
    match error {
        SaveRoutesError::Conflict => match app.store.routing().await {
            Ok((revision, _)) => refusal::other_revision(revision),
            Err(error) => error.into(),
        },
        SaveRoutesError::Gone => refusal::conflict(
            "conflict",
            error.to_string(),
            "Read the configurations again, then send the change again.",
        ),
        SaveRoutesError::BadChain => {
            refusal::invalid_field("chain", "Name each configuration once, 12 at most.")
        }
        SaveRoutesError::Store(StoreError::NoSuchTask) => no_such_task(),
        SaveRoutesError::Store(error) => error.into(),
    }
}
