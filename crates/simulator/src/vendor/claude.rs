//! Claude: `x-api-key` or a bearer key, with a version header, pages by `after_id`, Messages, compact JSON, a status of its own (529).

mod content;
mod failure;
mod limits;
mod list;
mod messages;
mod newer;
mod options;
mod stream;
mod tools;

use super::Call;
use crate::reply::Reply;

pub(super) fn answer(call: &Call<'_>) -> Reply {
    if let Some(refusal) = failure::wrong_headers(call).or_else(|| failure::refusal(call.fault())) {
        return refusal;
    }
    match (call.path, call.model_asked()) {
        ("/messages", _) if call.posts() => messages::answer(call),
        ("/messages/count_tokens", _) if call.posts() => messages::count(call),
        ("/models", _) if !call.posts() => list::page(call),
        (_, Some(name)) if !call.posts() => list::one(name),
        _ => failure::error(404, &[], "not_found_error", "Not Found"),
    }
}
