//! The specification's `AIProviderUsageLog`, newest first. A page begins behind the last call of the one before, however deep it
//! lies and whatever was added meanwhile.

use axum::{Json, extract::State, http::HeaderMap};
use model::{
    PicoUsd, Timestamp,
    remote::{Success, UsageLogEntry},
    statistics::{CallFilter, CallPlace, CallView, UsageFilter},
};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::web::{Answer, Query, Shared, instant, paging, refusal};

const PATH: &str = "/api/v1/super-admin/providers/usage/logs";
/// Calls of one page at most.
const MOST: u32 = 500;
/// Longest text that is looked for, in characters.
const LONGEST: usize = 200;

/// Which calls.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Of this configuration.
    provider_config_id: Option<i64>,
    /// For this task; empty is "none was named".
    #[param(max_length = 200)]
    task_type: Option<String>,
    /// Caused by this user.
    #[param(max_length = 200)]
    user_id: Option<String>,
    /// Of this model, as it was asked for.
    #[param(max_length = 200)]
    model_name: Option<String>,
    /// That ended so: `success`, `error` or `timeout`.
    #[param(max_length = 200)]
    status: Option<String>,
    /// That failed for this reason.
    #[param(max_length = 200)]
    error_class: Option<String>,
    /// From this instant on, such as 2026-01-31T10:30:00Z.
    #[param(format = DateTime)]
    from: Option<String>,
    /// Before this instant.
    #[param(format = DateTime)]
    to: Option<String>,
    /// That took at least so many milliseconds.
    latency_from_ms: Option<u64>,
    /// That cost at least so much; those of unknown cost are left out.
    cost_from_usd: Option<f64>,
    /// With exactly this request id.
    #[param(max_length = 200)]
    request_id: Option<String>,
    /// Behind the last call of a page, as its `Link` says.
    #[param(max_length = 50)]
    after: Option<String>,
    /// At most so many, 100 when missing; the header `Link` leads to older ones.
    #[param(minimum = 1, maximum = 500)]
    limit: Option<u32>,
}

/// Read the log of calls, newest first
#[utoipa::path(get, path = "/api/v1/super-admin/providers/usage/logs", tag = "usage", params(Which),
    responses((status = 200, body = Success<Vec<UsageLogEntry>>)))]
pub(crate) async fn logs(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<UsageLogEntry>>>)> {
    let limit = paging::within("limit", which.limit, 100, 1..=MOST)?;
    let (filter, after) = (which.filter()?, which.place()?);
    let page = app.store.calls(&filter, after, limit).await?;
    let headers = page.next.map_or_else(HeaderMap::new, |next| which.next(next, limit));
    Ok((headers, Json(Success::new(page.calls.into_iter().map(view).collect()))))
}

impl Which {
    fn filter(&self) -> Answer<CallFilter> {
        for (field, text) in [
            ("task_type", &self.task_type),
            ("user_id", &self.user_id),
            ("model_name", &self.model_name),
            ("error_class", &self.error_class),
            ("request_id", &self.request_id),
        ] {
            paging::short(field, text.as_deref(), LONGEST)?;
        }
        if self.status.as_deref().is_some_and(|status| !["success", "error", "timeout"].contains(&status)) {
            return Err(refusal::invalid_field("status", "Send success, error or timeout."));
        }
        let cost = |usd: f64| {
            let fault = || refusal::invalid_field("cost_from_usd", "Send dollars, 0 or more.");
            PicoUsd::from_usd(usd).ok_or_else(fault)
        };
        let one = |text: &Option<String>| text.iter().cloned().collect();
        Ok(CallFilter {
            from: instant::parse("from", self.from.as_deref())?,
            to: instant::parse("to", self.to.as_deref())?,
            usage: UsageFilter {
                providers: self.provider_config_id.into_iter().collect(),
                tasks: one(&self.task_type),
                users: one(&self.user_id),
                statuses: one(&self.status),
                models: one(&self.model_name),
                errors: one(&self.error_class),
            },
            latency_from_ms: self.latency_from_ms,
            cost_from: self.cost_from_usd.map(cost).transpose()?,
            request_id: self.request_id.clone(),
        })
    }

    fn place(&self) -> Answer<Option<CallPlace>> {
        let Some(after) = &self.after else { return Ok(None) };
        let place = after
            .split_once('-')
            .and_then(|(at, id)| Some(CallPlace { at: Timestamp(at.parse().ok()?), id: id.parse().ok()? }));
        let fault = || refusal::invalid_field("after", "Send it as the `Link` of the page before has it.");
        place.map(Some).ok_or_else(fault)
    }

    fn next(&self, place: CallPlace, limit: u32) -> HeaderMap {
        paging::next(
            PATH,
            &[
                ("provider_config_id", self.provider_config_id.map(|number| number.to_string())),
                ("task_type", self.task_type.clone()),
                ("user_id", self.user_id.clone()),
                ("model_name", self.model_name.clone()),
                ("status", self.status.clone()),
                ("error_class", self.error_class.clone()),
                ("from", self.from.clone()),
                ("to", self.to.clone()),
                ("latency_from_ms", self.latency_from_ms.map(|ms| ms.to_string())),
                ("cost_from_usd", self.cost_from_usd.map(|usd| usd.to_string())),
                ("after", Some(format!("{}-{}", place.at.0, place.id))),
                ("limit", Some(limit.to_string())),
            ],
        )
    }
}

fn view(call: CallView) -> UsageLogEntry {
    UsageLogEntry {
        id: call.id,
        provider_config_id: call.number,
        user_id: call.user,
        task_type: call.task,
        total_tokens: call
            .input_tokens
            .zip(call.output_tokens)
            .map(|(input, output)| input.saturating_add(output)),
        input_tokens: call.input_tokens,
        output_tokens: call.output_tokens,
        estimated_cost_usd: call.cost.map(PicoUsd::usd),
        status: call.status,
        latency_ms: call.latency_ms,
        created_at: instant::text(call.at),
        request_id: call.request_id,
        attempt: call.attempt,
        display_name: call.display_name,
        provider_type: call.provider_type,
        model_name: call.model,
        client: call.client,
        error_class: call.error_class,
        http_status: call.http_status,
        cost_is_estimate: call.cost_is_estimate,
        first_piece_ms: call.first_token_ms,
        vendor_request_id: call.vendor_request_id,
    }
}
