//! Messages: a whole answer, and the count of a request's tokens.

use serde_json::{Value, json};

use super::{
    Call, content,
    failure::{self, Wrong},
    limits, newer, options, stream,
};
use crate::{
    Fault,
    generate::{self, Answer, Asked, Finish, Usage},
    models,
    reply::{self, Layout, Reply},
};

/// A larger body never reaches the API.
const MOST_BODY: usize = 32 << 20;
pub(super) const SIGNATURE: &str = "Eo0BCkYIARgCKkDsimulatedSignatureOfThinking";

pub(super) fn answer(call: &Call<'_>) -> Reply {
    served(call).unwrap_or_else(|wrong| wrong.reply())
}

/// `POST /v1/messages/count_tokens`.
pub(super) fn count(call: &Call<'_>) -> Reply {
    match read(call, true) {
        Ok((_, asked)) => {
            let body = json!({"input_tokens": asked.input_tokens()});
            let headers = limits::headers(call, &call.id(), false);
            reply::made(200, &headers, reply::write(Layout::Compact, &body))
        }
        Err(wrong) => wrong.reply(),
    }
}

fn served(call: &Call<'_>) -> Result<Reply, Wrong> {
    let (body, asked) = read(call, false)?;
    let answer = generate::compose(&asked, call.orders);
    let id = call.id();
    let message =
        Message { id: &id, model: models::dated(asked.model).unwrap_or(asked.model), body, answer: &answer };
    if body["stream"] != true {
        let body = reply::write(Layout::Compact, &message.whole());
        return Ok(reply::made(200, &limits::headers(call, &id, false), body));
    }
    let script = stream::script(&message, call.world.options.chunks);
    let body = generate::body(script, call.fault(), &call.world.options, call.world.open_stream());
    Ok(reply::made(200, &limits::headers(call, &id, true), body))
}

fn read<'a>(call: &Call<'a>, counts: bool) -> Result<(&'a Value, Asked<'a>), Wrong> {
    if call.sent.bytes() > MOST_BODY {
        let message = "Request exceeds the maximum allowed number of bytes.".to_owned();
        return Err(Wrong { status: 413, kind: "request_too_large", message });
    }
    let not_json = || Wrong::new("The request body is not valid JSON.");
    let body = call.sent.json().filter(|body| body.is_object()).ok_or_else(not_json)?;
    let name = body["model"].as_str().ok_or_else(|| Wrong::missing("model"))?;
    let gone = call.fault() == Some(Fault::ModelGone);
    let entry = models::find(::model::ProviderType::Claude, name)
        .filter(|_| !gone)
        .ok_or_else(|| Wrong::no_model(name))?;
    let mut asked = Asked::of(name, Some(entry));
    if failure::is_newer_version(call) {
        newer::check(body)?;
    }
    options::read(body, entry, counts, &mut asked)?;
    content::read(body, entry, &mut asked)?;
    if !counts {
        options::fits(entry, &asked)?;
    }
    Ok((body, asked))
}

/// An answer, and what of the request shows in it.
pub(super) struct Message<'a> {
    pub(super) id: &'a str,
    pub(super) model: &'a str,
    pub(super) body: &'a Value,
    pub(super) answer: &'a Answer,
}

impl Message<'_> {
    pub(super) fn whole(&self) -> Value {
        let mut message = self.frame();
        message["content"] = self.blocks().into();
        message["stop_reason"] = json!(self.stop_reason());
        message["stop_sequence"] = self.stop_sequence();
        if let Some(usage) = self.answer.usage {
            message["usage"] = taken(usage);
        }
        message
    }

    /// A message without content.
    pub(super) fn frame(&self) -> Value {
        json!({"id": format!("msg_{}", self.id), "type": "message", "role": "assistant", "model": self.model,
            "content": [], "stop_reason": null, "stop_sequence": null, "stop_details": null})
    }

    pub(super) fn blocks(&self) -> Vec<Value> {
        let thinking = self
            .answer
            .thinks
            .then(|| json!({"type": "thinking", "thinking": self.thinking(), "signature": SIGNATURE}));
        let says = !self.answer.text.is_empty() && self.answer.finish != Finish::Refused;
        let text = says.then(|| json!({"type": "text", "text": self.answer.text}));
        let calls = self.answer.calls.iter().enumerate().map(|(place, call)| {
            json!({"type": "tool_use", "id": format!("toolu_{}{place}", self.id), "name": call.name,
                "input": call.arguments})
        });
        thinking.into_iter().chain(text).chain(calls).collect()
    }

    /// Newer models keep their thinking to themselves and sign it.
    fn thinking(&self) -> &'static str {
        if self.body["thinking"]["type"] == "enabled" { "The question is simple." } else { "" }
    }

    pub(super) fn stop_reason(&self) -> &'static str {
        match self.answer.finish {
            Finish::Stop => "end_turn",
            Finish::StopText(_) => "stop_sequence",
            Finish::Length => "max_tokens",
            Finish::Calls => "tool_use",
            Finish::Refused | Finish::Filtered => "refusal",
        }
    }

    pub(super) fn stop_sequence(&self) -> Value {
        match &self.answer.finish {
            Finish::StopText(text) => json!(text),
            _ => Value::Null,
        }
    }
}

/// Caches are not inside the input, thinking is inside the output.
pub(super) fn taken(usage: Usage) -> Value {
    json!({
        "input_tokens": usage.input,
        "cache_creation_input_tokens": usage.cache_write + usage.cache_write_1h,
        "cache_read_input_tokens": usage.cached,
        "cache_creation":
            {"ephemeral_5m_input_tokens": usage.cache_write, "ephemeral_1h_input_tokens": usage.cache_write_1h},
        "output_tokens": usage.whole_output(), "output_tokens_details": {"thinking_tokens": usage.thinking},
        "service_tier": "standard", "inference_geo": "global",
    })
}
