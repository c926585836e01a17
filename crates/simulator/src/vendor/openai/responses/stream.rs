//! The events of a response: named, numbered, and without `[DONE]`.

use axum::body::Bytes;
use serde_json::{Value, json};

use super::output::Response;
use crate::{
    Fault,
    generate::{Frame, Script, pieces},
    vendor::openai::chat::obfuscation,
};

#[derive(Default)]
struct Events {
    number: usize,
    frames: Vec<Frame>,
}

impl Events {
    fn push(&mut self, kind: &str, fields: Value) {
        let text = event(kind, fields, self.number);
        self.number += 1;
        self.frames.push(if kind.ends_with(".delta") { Frame::delta(text) } else { Frame::other(text) });
    }
}

pub(super) fn script(response: &Response<'_>, fault: Option<Fault>, count: usize) -> Script {
    let mut events = Events::default();
    for kind in ["created", "in_progress"] {
        events.push(&format!("response.{kind}"), json!({"response": response.frame("in_progress")}));
    }
    for (place, item) in response.items().into_iter().enumerate() {
        match item["type"].as_str() {
            Some("message") => message(&mut events, response, place, item, count),
            Some("function_call") => call(&mut events, place, item, count),
            _ => added_and_done(&mut events, place, item),
        }
    }
    let end = if response.incomplete().is_some() { "response.incomplete" } else { "response.completed" };
    events.push(end, json!({"response": response.whole()}));
    let error = error(response, fault, events.number);
    Script { frames: events.frames, raw_error: error.clone(), error }
}

fn message(events: &mut Events, response: &Response<'_>, place: usize, item: Value, count: usize) {
    let text = &response.answer.text;
    let begun = json!({"id": item["id"], "type": "message", "status": "in_progress", "role": "assistant",
        "content": []});
    events.push("response.output_item.added", json!({"output_index": place, "item": begun}));
    let here = |mut fields: Value| {
        fields["item_id"] = json!(response.message_id());
        fields["output_index"] = json!(place);
        fields["content_index"] = json!(0);
        fields
    };
    events.push("response.content_part.added", here(json!({"part": response.part("")})));
    let (kind, whole) =
        if response.refuses() { ("response.refusal", "refusal") } else { ("response.output_text", "text") };
    for piece in pieces(text, count) {
        let mut fields = here(json!({"delta": piece, "obfuscation": obfuscation(events.number)}));
        if !response.refuses() {
            fields["logprobs"] = json!([]);
        }
        events.push(&format!("{kind}.delta"), fields);
    }
    let mut done = here(json!({whole: text}));
    if !response.refuses() {
        done["logprobs"] = json!([]);
    }
    events.push(&format!("{kind}.done"), done);
    events.push("response.content_part.done", here(json!({"part": response.part(text)})));
    events.push("response.output_item.done", json!({"output_index": place, "item": item}));
}

fn call(events: &mut Events, place: usize, item: Value, count: usize) {
    let mut begun = item.clone();
    begun["status"] = json!("in_progress");
    begun["arguments"] = json!("");
    events.push("response.output_item.added", json!({"output_index": place, "item": begun}));
    let arguments = item["arguments"].as_str().unwrap_or_default();
    for piece in pieces(arguments, count) {
        let fields = json!({"item_id": item["id"], "output_index": place, "delta": piece,
            "obfuscation": obfuscation(events.number)});
        events.push("response.function_call_arguments.delta", fields);
    }
    let done =
        json!({"item_id": item["id"], "output_index": place, "name": item["name"], "arguments": arguments});
    events.push("response.function_call_arguments.done", done);
    events.push("response.output_item.done", json!({"output_index": place, "item": item}));
}

fn added_and_done(events: &mut Events, place: usize, item: Value) {
    for kind in ["added", "done"] {
        events.push(&format!("response.output_item.{kind}"), json!({"output_index": place, "item": item}));
    }
}

/// The number is that of the end: in truth it would be that of the break.
fn error(response: &Response<'_>, fault: Option<Fault>, number: usize) -> Bytes {
    if fault == Some(Fault::ResponseFailed) {
        return event("response.failed", json!({"response": response.failed()}), number).into();
    }
    let fields = json!({"code": "server_is_overloaded", "message": "Our servers are currently overloaded. Please try again later.", "param": null});
    event("error", fields, number).into()
}

fn event(kind: &str, mut fields: Value, number: usize) -> String {
    fields["type"] = json!(kind);
    fields["sequence_number"] = json!(number);
    format!("event: {kind}\ndata: {fields}\n\n")
}
