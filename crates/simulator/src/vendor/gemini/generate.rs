//! `generateContent`, whole and streamed, and `countTokens`.

use ::model::{CatalogModel, ProviderType};
use serde_json::{Value, json};

use super::{Call, HEADERS, LAYOUT, contents, failure::Wrong, field, options, response::Response, stream};
use crate::{
    Fault,
    generate::{self, Asked},
    models,
    reply::{self, Reply},
};

const EVENTS: [(&str, &str); 3] =
    [("content-type", "text/event-stream"), ("server", "ESF"), ("x-content-type-options", "nosniff")];

/// `named` is a model's name, a colon and a method.
pub(super) fn answer(call: &Call<'_>, named: &str) -> Result<Reply, Wrong> {
    match named.rsplit_once(':') {
        Some((name, "generateContent")) => whole(call, name),
        Some((name, "streamGenerateContent")) => streamed(call, name),
        Some((name, "countTokens")) => count(call, name),
        _ => Ok(super::nothing_here()),
    }
}

/// Whether a stream was asked for that is one long array.
pub(super) fn streams_array(call: &Call<'_>) -> bool {
    call.path.ends_with(":streamGenerateContent") && !by_events(call)
}

fn by_events(call: &Call<'_>) -> bool {
    call.query.get("alt").is_some_and(|alt| alt == "sse")
}

fn whole(call: &Call<'_>, name: &str) -> Result<Reply, Wrong> {
    let asked = read(call, model(call, name, "generateContent")?)?;
    let answer = generate::compose(&asked, call.orders);
    let id = call.id();
    let response = Response { id: &id, model: name, answer: &answer };
    Ok(reply::json(200, &HEADERS, LAYOUT, &response.whole()))
}

fn streamed(call: &Call<'_>, name: &str) -> Result<Reply, Wrong> {
    let asked = read(call, model(call, name, "streamGenerateContent")?)?;
    let answer = generate::compose(&asked, call.orders);
    let id = call.id();
    let chunks = Response { id: &id, model: name, answer: &answer }.chunks(call.world.options.chunks);
    let (script, headers) = match by_events(call) {
        true => (stream::events(&chunks), &EVENTS[..]),
        false => (stream::array(&chunks), &HEADERS[..]),
    };
    let body = generate::body(script, call.fault(), &call.world.options, call.world.open_stream());
    Ok(reply::whole(200, headers, body))
}

/// Counts `contents`, or those of a whole request.
fn count(call: &Call<'_>, name: &str) -> Result<Reply, Wrong> {
    let entry = model(call, name, "countTokens")?;
    let body = body_of(call)?;
    field::known(body, &["contents", "generateContentRequest", "model"], "")?;
    let body = match field::get(body, "generateContentRequest") {
        Value::Null => body,
        request => request,
    };
    let mut asked = Asked::of(name, Some(entry));
    contents::read(body, entry, &mut asked)?;
    let total = asked.input_tokens();
    let details = json!([{"modality": "TEXT", "tokenCount": total}]);
    Ok(reply::json(200, &HEADERS, LAYOUT, &json!({"totalTokens": total, "promptTokensDetails": details})))
}

fn model(call: &Call<'_>, name: &str, method: &str) -> Result<&'static CatalogModel, Wrong> {
    if call.fault() == Some(Fault::ModelGone) {
        return Err(Wrong::closed_model(name));
    }
    models::find(ProviderType::Gemini, name).ok_or_else(|| Wrong::no_model(name, method))
}

fn body_of<'a>(call: &Call<'a>) -> Result<&'a Value, Wrong> {
    let not_json = || Wrong::argument("Invalid JSON payload received. Unexpected token.\n");
    call.sent.json().filter(|body| body.is_object()).ok_or_else(not_json)
}

fn read<'a>(call: &Call<'a>, entry: &'static CatalogModel) -> Result<Asked<'a>, Wrong> {
    let body = body_of(call)?;
    let mut asked = Asked::of(&entry.model_name, Some(entry));
    options::read(body, entry, &mut asked)?;
    contents::read(body, entry, &mut asked)?;
    let (tokens, window) = (asked.input_tokens(), entry.context_window);
    if tokens > window {
        return Err(Wrong::argument(format!(
            "The input token count ({tokens}) exceeds the maximum number of tokens allowed ({window})."
        )));
    }
    Ok(asked)
}
