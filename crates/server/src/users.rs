//! Users of this server: inviting them, what they may do, locking them out, and their sessions.

pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod invite;
pub(crate) mod list;
pub(crate) mod sessions;
pub(crate) mod update;
mod view;

use store::{Person, StoreError, UserError};

use crate::{
    app::App,
    web::{Answer, Refused, refusal},
};

/// A user by the number in the path.
async fn find(app: &App, number: &str) -> Answer<Person> {
    let number: i64 = number.parse().map_err(|_| unknown())?;
    Ok(app.store.person(number, app.now()).await?)
}

fn unknown() -> Refused {
    refusal::no_such(
        "there is no user of this id",
        "Read the list at /api/v1/super-admin/users; ids are never used twice.",
    )
}

/// Of a change that somebody else overtook: the present revision.
async fn refused(app: &App, number: i64, error: UserError) -> Refused {
    if !matches!(error, UserError::Store(StoreError::Conflict)) {
        return error.into();
    }
    let now = async { app.store.person(number, app.now()).await };
    match now.await {
        Ok(person) => refusal::other_revision(person.revision),
        Err(error) => error.into(),
    }
}

impl From<UserError> for Refused {
    fn from(error: UserError) -> Self {
        let text = error.to_string();
        match error {
            UserError::Name => {
                refusal::invalid_field("user_name", "Use 1 to 80 characters, none of them invisible.")
            }
            UserError::Taken => refusal::conflict(
                "name_taken",
                text,
                "Choose another name, or let this one choose a new password by /api/v1/super-admin/users/{id}/invitation.",
            ),
            UserError::Last => refusal::conflict(
                "last_super_admin",
                text,
                "Make another user a super_admin, and have the one-time token taken up first.",
            ),
            UserError::Unknown => unknown(),
            UserError::Store(error) => error.into(),
        }
    }
}
