//! Limits of one configuration, and how it is called.

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use jiff::tz::TimeZone;
use model::{
    PicoUsd, ProviderDraft, Timestamp,
    limits::CallSettings,
    remote::{ConfigLimits, Success, UpdateLimits},
};
use store::{Provider, Spender};

use super::invalid;
use crate::{
    access::Caller,
    app::App,
    web::{Answer, Body, Id, Shared, refusal, revision},
};

/// Read a configuration's limits, and what of them is used
#[utoipa::path(get, path = "/api/v1/super-admin/providers/configs/{config_id}/limits", tag = "limits",
    params(("config_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<ConfigLimits>, headers(("ETag" = String, description = "The configuration's revision")))))]
pub(crate) async fn get(State(app): State<Shared>, Id(number): Id) -> Answer<Response> {
    answer(&app, app.store.provider_of_number(number).await?).await
}

/// Change a configuration's limits
#[utoipa::path(put, path = "/api/v1/super-admin/providers/configs/{config_id}/limits", tag = "limits",
    params(("config_id" = i64, Path, description = "Its id")), request_body = UpdateLimits,
    responses((status = 200, body = Success<ConfigLimits>, headers(("ETag" = String, description = "The configuration's revision")))))]
pub(crate) async fn update(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Id(number): Id,
    headers: HeaderMap,
    Body(asked): Body<UpdateLimits>,
) -> Answer<Response> {
    let old = app.store.provider_of_number(number).await?;
    revision::require(&headers, old.revision)?;
    let draft = changed(&old.draft, &asked)?.checked().map_err(invalid)?;
    if old.draft.asks_for_proof(&draft) {
        caller.require_proof(app.now())?;
    }
    answer(&app, app.save(&old, draft, &caller).await?).await
}

fn changed(old: &ProviderDraft, asked: &UpdateLimits) -> Answer<ProviderDraft> {
    let was = old.calls.clone();
    let cost = |field, given: Option<Option<f64>>, was: Option<PicoUsd>| match given {
        None => Ok(was),
        Some(None) => Ok(None),
        Some(Some(usd)) => {
            let fault = || refusal::invalid_field(field, "Send dollars, more than 0 and at most 10,000,000.");
            PicoUsd::from_usd(usd).map(Some).ok_or_else(fault)
        }
    };
    let calls = CallSettings {
        daily_cost_limit: cost("daily_cost_limit_usd", asked.daily_cost_limit_usd, was.daily_cost_limit)?,
        monthly_cost_limit: cost(
            "monthly_cost_limit_usd",
            asked.monthly_cost_limit_usd,
            was.monthly_cost_limit,
        )?,
        requests_per_minute: asked.requests_per_minute.unwrap_or(was.requests_per_minute),
        tokens_per_minute: asked.tokens_per_minute.unwrap_or(was.tokens_per_minute),
        concurrent_calls: asked.concurrent_calls.unwrap_or(was.concurrent_calls),
        timeout_s: asked.timeout_s.unwrap_or(was.timeout_s),
        retries: asked.retries.unwrap_or(was.retries),
        quality: asked.quality.unwrap_or(was.quality),
        price: was.price,
    };
    Ok(ProviderDraft {
        daily_token_limit: asked.daily_token_limit.unwrap_or(old.daily_token_limit),
        monthly_token_limit: asked.monthly_token_limit.unwrap_or(old.monthly_token_limit),
        calls,
        ..old.clone()
    })
}

/// Of a day's month. A day that no calendar knows is its own.
fn start_of_utc_month(day: Timestamp) -> Timestamp {
    let at = jiff::Timestamp::from_millisecond(day.0).map(|at| TimeZone::UTC.to_datetime(at).date());
    let first = at.and_then(|date| date.first_of_month().to_zoned(TimeZone::UTC));
    first.map_or(day, |first| Timestamp(first.timestamp().as_millisecond()))
}

async fn answer(app: &App, provider: Provider) -> Answer<Response> {
    let (today, who) = (app.now().start_of_utc_day(), Spender::Config(provider.number));
    let month = app.store.spent_since(who, start_of_utc_month(today)).await?.tokens;
    let today = app.store.spent_since(who, today).await?.tokens;
    let calls = &provider.draft.calls;
    let limits = ConfigLimits {
        config_id: provider.number,
        daily_token_limit: provider.draft.daily_token_limit,
        monthly_token_limit: provider.draft.monthly_token_limit,
        daily_cost_limit_usd: calls.daily_cost_limit.map(PicoUsd::usd),
        monthly_cost_limit_usd: calls.monthly_cost_limit.map(PicoUsd::usd),
        requests_per_minute: calls.requests_per_minute,
        tokens_per_minute: calls.tokens_per_minute,
        concurrent_calls: calls.concurrent_calls,
        timeout_s: calls.timeout_s,
        retries: calls.retries,
        quality: calls.quality,
        tokens_today: today,
        tokens_this_month: month,
        revision: provider.revision,
    };
    let tag = [(header::ETAG, revision::etag(limits.revision))];
    Ok((tag, Json(Success::new(limits))).into_response())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_begins_with_its_first_day() {
        let (now, first) = (Timestamp(1_795_608_000_000), Timestamp(1_793_491_200_000));
        assert_eq!(start_of_utc_month(now), first, "2026-11-25 is of the month that began on 2026-11-01");
        assert_eq!(start_of_utc_month(first), first);
        assert_eq!(start_of_utc_month(Timestamp(i64::MAX)), Timestamp(i64::MAX));
    }
}
