//! Who would serve a task at this moment, and why not the others. No call is made.

use axum::{Json, extract::State};
use gateway::Ask;
use model::{
    remote::{Success, TaskCandidate, TaskExplanation},
    routing::{Candidate, Capability, Verdict},
};
use serde::Deserialize;
use utoipa::IntoParams;

use super::find;
use crate::{
    configs::numbers::Numbers,
    web::{Answer, Part, Query, Shared, instant, paging},
};

/// For whom.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Whom {
    /// By which a split always chooses the same configuration.
    #[param(max_length = 200)]
    sticky: Option<String>,
}

/// Explain who would serve a task now
#[utoipa::path(get, path = "/api/v1/super-admin/tasks/{task}/explanation", tag = "routing",
    params(("task" = String, Path, description = "Its name"), Whom),
    responses((status = 200, body = Success<TaskExplanation>)))]
pub(crate) async fn explain(
    State(app): State<Shared>,
    Part(name): Part,
    Query(whom): Query<Whom>,
) -> Answer<Json<Success<TaskExplanation>>> {
    paging::short("sticky", whom.sticky.as_deref(), 200)?;
    let (_, route) = find(&app, &name).await?;
    let explained = app.gateway.explain(&Ask::Task(route.task), None, whom.sticky.as_deref());
    let numbers = Numbers::read(&app).await?;
    let candidates = explained.candidates.into_iter().filter_map(|one| view(one, &numbers));
    Ok(Json(Success::new(TaskExplanation { rule: explained.rule, candidates: candidates.collect() })))
}

fn view(candidate: Candidate, numbers: &Numbers) -> Option<TaskCandidate> {
    let (mut lacks, mut limit, mut until) = (Vec::<Capability>::new(), None, None);
    let because = match candidate.verdict {
        Verdict::Chosen => "chosen",
        Verdict::Next => "next",
        Verdict::SwitchedOff => "switched_off",
        Verdict::NoKey => "no_key",
        Verdict::KeyRefused => "key_refused",
        Verdict::CannotServe { lacks: missing } => {
            lacks = missing;
            "cannot_serve"
        }
        Verdict::BreakerOpen { until: at } => {
            until = Some(at);
            "breaker_open"
        }
        Verdict::CoolingDown { until: at } => {
            until = Some(at);
            "cooling_down"
        }
        Verdict::LimitReached { limit: reached } => {
            until = reached.resets_at;
            limit = Some(reached.kind.as_str().to_owned());
            "limit_reached"
        }
        Verdict::TooSlow { .. } => "too_slow",
        Verdict::BelowQuality { .. } => "below_quality",
        Verdict::PriceUnknown => "price_unknown",
        Verdict::NotInRoute => "not_in_route",
    };
    Some(TaskCandidate {
        config_id: numbers.of(candidate.provider)?,
        because: because.to_owned(),
        lacks,
        limit,
        until: instant::maybe(until),
        cost_at_most_usd: candidate.cost_at_most.map(|cost| cost.usd()),
    })
}
