//! OpenAI: bearer key, one unpaged list, Chat Completions and Responses, pretty JSON.

pub(super) mod chat;
mod failure;
mod limits;
mod list;
mod media;
mod model;
mod params;
mod responses;
mod schema;

use super::Call;
use crate::{
    Fault,
    reply::{Layout, Reply},
};

const LAYOUT: Layout = Layout::Pretty("  ");

pub(super) fn answer(call: &Call<'_>) -> Reply {
    if let Some(refusal) = failure::refusal(call) {
        return refusal;
    }
    if call.posts() {
        return post(call);
    }
    match (call.path, call.model_asked()) {
        ("/models", _) if call.fault() == Some(Fault::EmptyList) => list::list(Vec::new()),
        ("/models", _) => list::list(list::models()),
        (_, Some(name)) => list::one(name),
        _ => unknown_url(call),
    }
}

fn post(call: &Call<'_>) -> Reply {
    match call.path {
        "/chat/completions" => chat::answer(call),
        "/responses" => responses::answer(call),
        "/responses/input_tokens" => responses::count(call),
        _ => unknown_url(call),
    }
}

fn unknown_url(call: &Call<'_>) -> Reply {
    let message = format!("Invalid URL ({} /v1{})", call.method, call.path);
    failure::error(404, &[], &message, "invalid_request_error", None)
}
