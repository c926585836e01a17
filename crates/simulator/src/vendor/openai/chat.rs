//! Chat Completions. Its messages and shapes also serve the compatible face, which checks less.

mod messages;
mod options;
mod stream;
mod whole;

use serde_json::Value;

pub(super) use self::stream::obfuscation;
pub(in crate::vendor) use self::{
    messages::read as read_messages,
    options::{format, tools},
    stream::script,
    whole::whole,
};
use super::{Call, LAYOUT, failure::Wrong, limits, model};
use crate::{
    Fault,
    generate::{self, Asked},
    models,
    reply::{self, Reply},
};

/// How an endpoint writes the same thing.
#[derive(Clone, Copy)]
pub(in crate::vendor) enum Dialect {
    OpenAi,
    /// Fields missing and added, no padding against those who measure packets.
    Compatible,
}

pub(super) fn answer(call: &Call<'_>) -> Reply {
    served(call).unwrap_or_else(|wrong| wrong.reply())
}

fn served(call: &Call<'_>) -> Result<Reply, Wrong> {
    let body = call.sent.json().filter(|body| body.is_object()).ok_or_else(not_json)?;
    let gone = call.fault() == Some(Fault::ModelGone);
    let entry = model::of_chat(model::named(body)?, gone)?;
    let mut asked = Asked::of(&entry.model_name, Some(entry));
    options::read(body, entry, &mut asked)?;
    messages::read(body, &mut asked)?;
    options::fits(body, entry, &asked)?;
    let answer = generate::compose(&asked, call.orders);
    let id = call.id();
    let model = models::snapshot(asked.model);
    if body["stream"] != true {
        let body = reply::write(LAYOUT, &whole(Dialect::OpenAi, &id, model, &answer));
        return Ok(reply::made(200, &limits::headers(call, &id, false), body));
    }
    let script =
        script(Dialect::OpenAi, &id, model, &answer, &body["stream_options"], call.world.options.chunks);
    let body = generate::body(script, call.fault(), &call.world.options, call.world.open_stream());
    Ok(reply::made(200, &limits::headers(call, &id, true), body))
}

pub(super) fn not_json() -> Wrong {
    Wrong::new(
        "",
        None,
        "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly. The OpenAI API expects a JSON payload, but what was sent was not valid JSON. If you have trouble figuring out how to fix this, please contact us through our help center at help.openai.com.)",
    )
}

/// Whether any text of the messages has this word, in any case.
fn mentions(body: &Value, word: &str) -> bool {
    body["messages"].to_string().to_ascii_lowercase().contains(word)
}
