//! All users by number.

use axum::{Json, extract::State, http::HeaderMap};
use model::remote::{Success, UserRecord, UserRole};
use serde::Deserialize;
use utoipa::IntoParams;

use super::view::{role, view};
use crate::web::{Answer, Query, Shared, paging};

const PATH: &str = "/api/v1/super-admin/users";
const MOST: u32 = 1_000;

/// Which users.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Who may do this.
    role: Option<UserRole>,
    /// Who may log in, or who may not.
    is_active: Option<bool>,
    /// Those with an id above this one.
    after: Option<i64>,
    /// At most so many, 100 when missing; the header `Link` leads to the next ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// List users
#[utoipa::path(get, path = "/api/v1/super-admin/users", tag = "users", params(Which),
    responses((status = 200, body = Success<Vec<UserRecord>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<UserRecord>>>)> {
    let limit = paging::within("limit", which.limit, 100, 1..=MOST)?;
    let mut people = app.store.people(app.now()).await?;
    people.retain(|person| {
        which.after.is_none_or(|after| person.user.number > after)
            && which.role.is_none_or(|of| person.user.role == role(of))
            && which.is_active.is_none_or(|active| person.disabled_at.is_none() == active)
    });
    let more = people.len() > limit as usize;
    people.truncate(limit as usize);
    let headers = people.last().filter(|_| more).map_or_else(HeaderMap::new, |last| {
        let parameters = [
            ("role", which.role.map(|of| role(of).as_str().to_owned())),
            ("is_active", which.is_active.map(|active| active.to_string())),
            ("after", Some(last.user.number.to_string())),
            ("limit", Some(limit.to_string())),
        ];
        paging::next(PATH, &parameters)
    });
    Ok((headers, Json(Success::new(people.into_iter().map(view).collect()))))
}
