//! What was wrong lately, newest first.

use axum::{Json, extract::State, http::HeaderMap};
use model::remote::{IncidentRecord, Success};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::{
    configs::numbers::Numbers,
    web::{Answer, Query, Shared, instant, paging},
};

const PATH: &str = "/api/v1/super-admin/providers/incidents";
const MOST: u32 = 1_000;
const MOST_DAYS: u32 = 366;

/// Which incidents.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// That are open, or ended in so many days; 7 when missing.
    #[param(minimum = 1, maximum = 366, default = 7)]
    days: Option<u32>,
    /// Of this configuration.
    config_id: Option<i64>,
    /// That go on, or that ended.
    is_open: Option<bool>,
    /// Those with an id below this one.
    before: Option<i64>,
    /// At most so many, 100 when missing; the header `Link` leads to older ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// List what was wrong lately, newest first
#[utoipa::path(get, path = "/api/v1/super-admin/providers/incidents", tag = "health", params(Which),
    responses((status = 200, body = Success<Vec<IncidentRecord>>)))]
pub(crate) async fn incidents(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<IncidentRecord>>>)> {
    let days = paging::within("days", which.days, 7, 1..=MOST_DAYS)?;
    let limit = paging::within("limit", which.limit, 100, 1..=MOST)?;
    let numbers = Numbers::read(&app).await?;
    let mut found = app.store.incidents_since(app.now().plus_days(-i64::from(days))).await?;
    found.retain(|incident| {
        which.before.is_none_or(|before| incident.id < before)
            && which.is_open.is_none_or(|open| open == incident.ended_at.is_none())
            && which.config_id.is_none_or(|config| numbers.of(incident.provider) == Some(config))
    });
    found.sort_by_key(|incident| std::cmp::Reverse(incident.id));
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let headers = found.last().filter(|_| more).map_or_else(HeaderMap::new, |last| {
        let text = |number: i64| Some(number.to_string());
        let parameters = [
            ("days", which.days.map(|days| days.to_string())),
            ("config_id", which.config_id.and_then(text)),
            ("is_open", which.is_open.map(|open| open.to_string())),
            ("before", text(last.id)),
            ("limit", Some(limit.to_string())),
        ];
        paging::next(PATH, &parameters)
    });
    let view = |incident: model::health::Incident| IncidentRecord {
        id: incident.id,
        config_id: numbers.of(incident.provider),
        config_uuid: incident.provider.to_string(),
        display_name: incident.display_name,
        state: incident.state,
        started_at: instant::text(incident.started_at),
        ended_at: instant::maybe(incident.ended_at),
        cause: incident.cause,
        calls_moved: incident.calls_moved,
    };
    Ok((headers, Json(Success::new(found.into_iter().map(view).collect()))))
}
