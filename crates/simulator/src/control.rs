//! Control calls, for what runs in another process: a demo, a window driven by a test.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::Deserialize;

use crate::{Fault, Recorded, Usage, world::World};

/// Body of `POST /control/faults`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetFault {
    /// A key, or a vendor's word.
    key: String,
    /// A fault's name; `null` or missing lifts it.
    #[serde(default)]
    fault: Option<String>,
}

/// Body of `POST /control/usage`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUsage {
    /// A key, or a vendor's word.
    key: String,
    /// What the calls take from now on; `null` or missing goes back to the rule.
    #[serde(default)]
    usage: Option<Usage>,
}

/// Body of `POST /control/answer`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetAnswer {
    /// A key, or a vendor's word.
    key: String,
    /// What the calls are answered from now on; `null` or missing goes back to the rule.
    #[serde(default)]
    text: Option<String>,
}

pub(crate) async fn set_usage(State(world): State<Arc<World>>, Json(wish): Json<SetUsage>) -> StatusCode {
    world.set_usage(&wish.key, wish.usage);
    StatusCode::NO_CONTENT
}

pub(crate) async fn set_answer(State(world): State<Arc<World>>, Json(wish): Json<SetAnswer>) -> StatusCode {
    world.set_answer(&wish.key, wish.text);
    StatusCode::NO_CONTENT
}

pub(crate) async fn set_fault(
    State(world): State<Arc<World>>,
    Json(wish): Json<SetFault>,
) -> Result<StatusCode, (StatusCode, String)> {
    let unknown = |_| (StatusCode::BAD_REQUEST, format!("unknown fault; there are:\n{}", Fault::help()));
    let fault = wish.fault.map(|name| name.parse()).transpose().map_err(unknown)?;
    world.set_fault(&wish.key, fault);
    Ok(StatusCode::NO_CONTENT)
}

pub(crate) async fn journal(State(world): State<Arc<World>>) -> Json<Vec<Recorded>> {
    Json(world.journal.all())
}

pub(crate) async fn clear_journal(State(world): State<Arc<World>>) -> StatusCode {
    world.journal.clear();
    StatusCode::NO_CONTENT
}
