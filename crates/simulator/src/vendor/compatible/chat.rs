//! Chat Completions as a local server has it. It takes `max_tokens`, and it forgives what it does not know.

use serde_json::Value;

use super::{Call, error, ok};
use crate::{
    Fault,
    generate::{self, Asked},
    models,
    reply::{self, Reply},
    vendor::openai::chat::{self, Dialect},
};

/// Tokens of input and output together.
pub(super) const WINDOW: u64 = 32_768;

pub(super) fn answer(call: &Call<'_>) -> Reply {
    let Some(body) = call.sent.json().filter(|body| body.is_object()) else {
        return error(400, &[], "invalid JSON");
    };
    let model = body["model"].as_str().unwrap_or_default();
    if !models::COMPATIBLE.contains(&model) || call.fault() == Some(Fault::ModelGone) {
        return error(404, &[], &format!("model \"{model}\" not found, try pulling it first"));
    }
    match read(body, model) {
        Ok(asked) => served(call, body, &asked),
        Err(message) => error(400, &[], &message),
    }
}

fn read<'a>(body: &'a Value, model: &'a str) -> Result<Asked<'a>, String> {
    let mut asked = Asked::of(model, None);
    let most = |name: &str| body[name].as_u64();
    asked.max_output = most("max_tokens").or_else(|| most("max_completion_tokens"));
    if parts(body).any(|part| part["type"] == "file") {
        return Err("Unknown part type: file".to_owned());
    }
    asked.stop = match &body["stop"] {
        Value::String(text) => vec![text],
        stops => stops.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    };
    chat::tools(body, &mut asked)
        .and_then(|()| chat::format(body, &mut asked))
        .and_then(|()| chat::read_messages(body, &mut asked))
        .map_err(|wrong| wrong.message)?;
    match asked.input_tokens() {
        tokens if tokens <= WINDOW => Ok(asked),
        tokens => Err(format!(
            "This model's maximum context length is {WINDOW} tokens. However, you requested {tokens} tokens in the messages. Please reduce the length of the messages."
        )),
    }
}

/// The parts of all messages. Local servers know texts and pictures; files are OpenAI's own.
fn parts(body: &Value) -> impl Iterator<Item = &Value> {
    let messages = body["messages"].as_array().into_iter().flatten();
    messages.flat_map(|message| message["content"].as_array().into_iter().flatten())
}

fn served(call: &Call<'_>, body: &Value, asked: &Asked<'_>) -> Reply {
    let answer = generate::compose(asked, call.orders);
    let id = call.id();
    if body["stream"] != true {
        return ok(&chat::whole(Dialect::Compatible, &id, asked.model, &answer));
    }
    let options = &body["stream_options"];
    let script =
        chat::script(Dialect::Compatible, &id, asked.model, &answer, options, call.world.options.chunks);
    let stream = generate::body(script, call.fault(), &call.world.options, call.world.open_stream());
    reply::whole(200, &[("content-type", "text/event-stream")], stream)
}
