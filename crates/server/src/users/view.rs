//! A user as the remote API shows one.

use axum::{
    Json,
    http::header,
    response::{IntoResponse, Response},
};
use model::remote::{Success, UserRecord, UserRole};
use store::{Person, Role};

use crate::web::{instant, revision};

pub(super) fn view(person: Person) -> UserRecord {
    UserRecord {
        id: person.user.number,
        user_name: person.user.name,
        role: match person.user.role {
            Role::SuperAdmin => UserRole::SuperAdmin,
            Role::User => UserRole::User,
        },
        is_active: person.disabled_at.is_none(),
        has_enrolled: person.user.can_log_in,
        invited_until: instant::maybe(person.invited_until),
        sessions: person.sessions,
        created_at: instant::text(person.created_at),
        updated_at: instant::text(person.updated_at),
        revision: person.revision,
    }
}

pub(super) fn role(role: UserRole) -> Role {
    match role {
        UserRole::SuperAdmin => Role::SuperAdmin,
        UserRole::User => Role::User,
    }
}

/// A user with the revision as `ETag`.
pub(super) fn answer(person: Person) -> Response {
    let tag = [(header::ETAG, revision::etag(person.revision))];
    (tag, Json(Success::new(view(person)))).into_response()
}
