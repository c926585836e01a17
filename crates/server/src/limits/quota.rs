//! What each user of the gateway may use. `*` is everyone without an own quota.

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use model::{
    draft::TOKEN_LIMIT_MAX,
    limits::{REQUESTS_LIMIT, UserQuota},
    remote::{DeletedQuota, FieldAtFault, Quota, SetQuota, Success},
    text,
};
use serde::Deserialize;
use store::{KeptQuota, StoreError};
use utoipa::IntoParams;

use crate::{
    access::Caller,
    app::App,
    web::{Answer, Body, Part, Query, Refused, Shared, paging, refusal, revision},
};

const PATH: &str = "/api/v1/super-admin/quotas";
/// The quota of everyone without an own one.
const EVERYONE: &str = "*";
/// Longest id of a user, in characters.
const LONGEST: usize = 200;
const MOST: u32 = 1_000;

/// Which quotas.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Those of users behind this one.
    #[param(max_length = 200)]
    after: Option<String>,
    /// At most so many, 100 when missing; the header `Link` leads to the next ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// List what users may use
#[utoipa::path(get, path = "/api/v1/super-admin/quotas", tag = "limits", params(Which),
    responses((status = 200, body = Success<Vec<Quota>>)))]
pub(crate) async fn list(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<Quota>>>)> {
    let limit = paging::within("limit", which.limit, 100, 1..=MOST)?;
    paging::short("after", which.after.as_deref(), LONGEST)?;
    let mut quotas = app.store.quotas_after(which.after.as_deref().unwrap_or_default(), limit + 1).await?;
    let more = quotas.len() > limit as usize;
    quotas.truncate(limit as usize);
    let last = quotas.last().filter(|_| more).map(|last| last.quota.user.clone());
    let headers = last.map_or_else(HeaderMap::new, |last| {
        paging::next(PATH, &[("after", Some(last)), ("limit", Some(limit.to_string()))])
    });
    Ok((headers, Json(Success::new(quotas.into_iter().map(view).collect()))))
}

/// Read what a user may use
#[utoipa::path(get, path = "/api/v1/super-admin/quotas/{user_id}", tag = "limits",
    params(("user_id" = String, Path, description = "As callers send it, or `*`")),
    responses((status = 200, body = Success<Quota>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn get(State(app): State<Shared>, Part(user): Part) -> Answer<Response> {
    Ok(answer(app.store.quota_of(&user).await?.ok_or_else(none)?))
}

/// Set what a user may use, whole
#[utoipa::path(put, path = "/api/v1/super-admin/quotas/{user_id}", tag = "limits",
    params(("user_id" = String, Path, description = "As callers send it, or `*`")), request_body = SetQuota,
    responses((status = 200, body = Success<Quota>, headers(("ETag" = String, description = "Its revision")))))]
pub(crate) async fn set(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(user): Part,
    headers: HeaderMap,
    Body(asked): Body<SetQuota>,
) -> Answer<Response> {
    let quota = checked(user, &asked)?;
    let kept = app.store.quota_of(&quota.user).await?;
    revision::require_of(&headers, kept.as_ref().map(|kept| kept.revision))?;
    let holds = match &kept {
        Some(kept) => Some(kept.quota.clone()),
        // Whoever had none was held to everyone's.
        None => app.store.quota_of(EVERYONE).await?.map(|everyone| everyone.quota),
    };
    if holds.is_some_and(|holds| holds.is_eased_by(&quota)) {
        caller.require_proof(app.now())?;
    }
    let seen = kept.map(|kept| kept.revision);
    match app.store.set_quota(&quota, seen, &app.act(&caller, "quota.set")).await {
        Err(StoreError::Conflict) => Err(overtaken(&app, &quota.user).await?),
        done => {
            app.reload().await;
            Ok(answer(done?))
        }
    }
}

/// Take a user's quota away: everyone's holds, if there is one
#[utoipa::path(delete, path = "/api/v1/super-admin/quotas/{user_id}", tag = "limits",
    params(("user_id" = String, Path, description = "As callers send it, or `*`")),
    responses((status = 200, body = Success<DeletedQuota>)))]
pub(crate) async fn delete(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Part(user): Part,
    headers: HeaderMap,
) -> Answer<Json<Success<DeletedQuota>>> {
    let kept = app.store.quota_of(&user).await?.ok_or_else(none)?;
    revision::require(&headers, kept.revision)?;
    caller.require_proof(app.now())?;
    match app.store.delete_quota(&user, kept.revision, &app.act(&caller, "quota.delete")).await {
        Err(StoreError::Conflict) => return Err(overtaken(&app, &user).await?),
        done => done?,
    }
    app.reload().await;
    Ok(Json(Success::new(DeletedQuota { deleted_user_id: user })))
}

fn checked(user: String, asked: &SetQuota) -> Answer<UserQuota> {
    let mut faults = Vec::new();
    let mut fault =
        |field: &str, message: String| faults.push(FieldAtFault { field: field.to_owned(), message });
    if user.is_empty() || !text::check(&user, LONGEST, false).is_ok_and(|kept| kept == user) {
        fault(
            "user_id",
            format!("Use 1 to {LONGEST} characters, none of them invisible, and no blank at either end."),
        );
    }
    for (field, given, most) in [
        ("daily_tokens", asked.daily_tokens, TOKEN_LIMIT_MAX),
        ("monthly_tokens", asked.monthly_tokens, TOKEN_LIMIT_MAX),
        ("requests_per_minute", asked.requests_per_minute.map(u64::from), u64::from(REQUESTS_LIMIT)),
    ] {
        if given.is_some_and(|given| !(1..=most).contains(&given)) {
            fault(field, format!("Send 1 to {most}, or leave it out."));
        }
    }
    if (asked.daily_tokens, asked.monthly_tokens, asked.requests_per_minute) == (None, None, None) {
        fault("daily_tokens", "Send at least one limit, or delete the quota.".to_owned());
    }
    if !faults.is_empty() {
        return Err(refusal::invalid_fields(faults));
    }
    Ok(UserQuota {
        user,
        daily_tokens: asked.daily_tokens,
        monthly_tokens: asked.monthly_tokens,
        requests_per_minute: asked.requests_per_minute,
    })
}

async fn overtaken(app: &App, user: &str) -> Answer<Refused> {
    let now = app.store.quota_of(user).await?;
    Ok(refusal::other_revision(now.map_or(0, |now| now.revision)))
}

fn none() -> Refused {
    refusal::no_such(
        "there is no quota of this user",
        "Read the list at /api/v1/super-admin/quotas, or set one.",
    )
}

fn view(kept: KeptQuota) -> Quota {
    let KeptQuota { quota, revision } = kept;
    Quota {
        user_id: quota.user,
        daily_tokens: quota.daily_tokens,
        monthly_tokens: quota.monthly_tokens,
        requests_per_minute: quota.requests_per_minute,
        revision,
    }
}

fn answer(kept: KeptQuota) -> Response {
    let tag = [(header::ETAG, revision::etag(kept.revision))];
    (tag, Json(Success::new(view(kept)))).into_response()
}
