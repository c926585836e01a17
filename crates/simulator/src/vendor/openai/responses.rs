//! Responses: a list of items instead of a message, and named events instead of chunks.

mod input;
mod options;
mod output;
mod stream;

use serde_json::{Value, json};

use super::{Call, LAYOUT, chat, failure::Wrong, limits, model};
use crate::{
    Fault,
    generate::{self, Asked},
    models,
    reply::{self, Reply},
};

pub(super) fn answer(call: &Call<'_>) -> Reply {
    served(call).unwrap_or_else(|wrong| wrong.reply())
}

/// `POST /responses/input_tokens`.
pub(super) fn count(call: &Call<'_>) -> Reply {
    counted(call).unwrap_or_else(|wrong| wrong.reply())
}

fn served(call: &Call<'_>) -> Result<Reply, Wrong> {
    let body = body_of(call)?;
    let asked = read(call, body)?;
    let answer = generate::compose(&asked, call.orders);
    let id = call.id();
    let response = output::Response { id: &id, model: models::snapshot(asked.model), body, answer: &answer };
    if body["stream"] != true {
        let fails = call.fault() == Some(Fault::ResponseFailed);
        let whole = if fails { response.failed() } else { response.whole() };
        return Ok(reply::made(200, &limits::headers(call, &id, false), reply::write(LAYOUT, &whole)));
    }
    let script = stream::script(&response, call.fault(), call.world.options.chunks);
    let body = generate::body(script, call.fault(), &call.world.options, call.world.open_stream());
    Ok(reply::made(200, &limits::headers(call, &id, true), body))
}

fn counted(call: &Call<'_>) -> Result<Reply, Wrong> {
    let asked = read(call, body_of(call)?)?;
    let body = json!({"object": "response.input_tokens", "input_tokens": asked.input_tokens()});
    Ok(reply::made(200, &limits::headers(call, &call.id(), false), reply::write(LAYOUT, &body)))
}

fn body_of<'a>(call: &Call<'a>) -> Result<&'a Value, Wrong> {
    call.sent.json().filter(|body| body.is_object()).ok_or_else(chat::not_json)
}

fn read<'a>(call: &Call<'_>, body: &'a Value) -> Result<Asked<'a>, Wrong> {
    let gone = call.fault() == Some(Fault::ModelGone);
    let entry = model::of_responses(model::named(body)?, gone)?;
    let mut asked = Asked::of(&entry.model_name, Some(entry));
    options::read(body, entry, &mut asked)?;
    input::read(body, &mut asked)?;
    if asked.input_tokens() <= entry.context_window {
        return Ok(asked);
    }
    let message =
        "Your input exceeds the context window of this model. Please adjust your input and try again.";
    Err(Wrong::new("input", Some("context_length_exceeded"), message))
}
