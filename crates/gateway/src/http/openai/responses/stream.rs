//! A streamed response: every event has a name and a number, and there is no `[DONE]`.

use model::{
    CallAnswer, CallEvent,
    call::{FinishReason, ToolCall},
};
use serde::Serialize;

use super::answer::{self, Content, Item, Response};
use crate::http::{
    fault::Fault,
    sse::{self, Encode},
    stamp::Stamp,
};

/// Writes events.
pub(crate) struct Events {
    stamp: Stamp,
    sequence: u64,
    began: bool,
    /// How many items are there.
    items: usize,
    open: Option<Open>,
    /// Whether thinking has its item.
    thought: bool,
}

/// The item that is being written.
enum Open {
    Reasoning { index: usize },
    Message { index: usize, text: String },
    Call { index: usize, place: usize, call: ToolCall },
}

#[derive(Serialize)]
struct Numbered<'a> {
    r#type: &'static str,
    sequence_number: u64,
    #[serde(flatten)]
    event: Event<'a>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Event<'a> {
    Response { response: Response<'a> },
    Item { output_index: usize, item: Item<'a> },
    Part { item_id: String, output_index: usize, content_index: usize, part: Content<'a> },
    Text { item_id: String, output_index: usize, content_index: usize, delta: &'a str, logprobs: [(); 0] },
    TextDone { item_id: String, output_index: usize, content_index: usize, text: &'a str, logprobs: [(); 0] },
    Arguments { item_id: String, output_index: usize, delta: &'a str },
    ArgumentsDone { item_id: String, output_index: usize, name: &'a str, arguments: &'a str },
    Error { code: &'static str, message: String, param: Option<&'a str>, error: ErrorBody },
}

/// The error once more, one level deep: only there OpenAI's client finds it and raises its exception, instead of
/// handing out an event that an application may take no notice of.
#[derive(Serialize)]
struct ErrorBody {
    r#type: &'static str,
    code: &'static str,
    message: String,
}

impl Events {
    pub(crate) fn new(stamp: Stamp) -> Self {
        Self { stamp, sequence: 0, began: false, items: 0, open: None, thought: false }
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        if !self.began {
            self.began = true;
            for name in ["response.created", "response.in_progress"] {
                let stamp = self.stamp.clone();
                send(&mut self.sequence, out, name, Event::Response { response: Response::begun(&stamp) });
            }
        }
    }

    fn next_item(&mut self) -> usize {
        self.items += 1;
        self.items - 1
    }

    /// That there is thinking, at the place where it is; what it is stays with its vendor, as in a whole response. Only
    /// what comes before everything else has a place.
    fn think(&mut self, out: &mut Vec<u8>) {
        if self.items > 0 {
            return;
        }
        let index = self.next_item();
        let added = Event::Item { output_index: index, item: answer::reasoning(&self.stamp) };
        send(&mut self.sequence, out, "response.output_item.added", added);
        (self.open, self.thought) = (Some(Open::Reasoning { index }), true);
    }

    fn text(&mut self, delta: &str, out: &mut Vec<u8>) {
        if !matches!(self.open, Some(Open::Message { .. })) {
            self.open_message(out);
        }
        let item_id = answer::message_id(&self.stamp);
        if let Some(Open::Message { index, text }) = &mut self.open {
            text.push_str(delta);
            let event = Event::Text { item_id, output_index: *index, content_index: 0, delta, logprobs: [] };
            send(&mut self.sequence, out, "response.output_text.delta", event);
        }
    }

    fn open_message(&mut self, out: &mut Vec<u8>) {
        self.close(out);
        let index = self.next_item();
        let item = answer::message(&self.stamp, "in_progress", None);
        let added = Event::Item { output_index: index, item };
        send(&mut self.sequence, out, "response.output_item.added", added);
        let item_id = answer::message_id(&self.stamp);
        let part = Event::Part { item_id, output_index: index, content_index: 0, part: answer::text("") };
        send(&mut self.sequence, out, "response.content_part.added", part);
        self.open = Some(Open::Message { index, text: String::new() });
    }

    fn open_call(&mut self, place: usize, id: String, name: String, out: &mut Vec<u8>) {
        self.close(out);
        let index = self.next_item();
        let call = ToolCall { id, name, arguments: String::new(), signature: None };
        let item = Item::FunctionCall {
            id: answer::call_id(&self.stamp, place),
            status: "in_progress",
            call_id: &call.id,
            name: &call.name,
            arguments: "",
        };
        send(
            &mut self.sequence,
            out,
            "response.output_item.added",
            Event::Item { output_index: index, item },
        );
        self.open = Some(Open::Call { index, place, call });
    }

    fn arguments(&mut self, delta: &str, out: &mut Vec<u8>) {
        if let Some(Open::Call { index, place, call }) = &mut self.open {
            call.arguments.push_str(delta);
            let item_id = answer::call_id(&self.stamp, *place);
            let event = Event::Arguments { item_id, output_index: *index, delta };
            send(&mut self.sequence, out, "response.function_call_arguments.delta", event);
        }
    }

    fn close(&mut self, out: &mut Vec<u8>) {
        match self.open.take() {
            Some(Open::Reasoning { index }) => {
                let item = answer::reasoning(&self.stamp);
                let done = Event::Item { output_index: index, item };
                send(&mut self.sequence, out, "response.output_item.done", done);
            }
            Some(Open::Message { index, text }) => self.close_message(index, &text, out),
            Some(Open::Call { index, place, call }) => self.close_call(index, place, &call, out),
            None => {}
        }
    }

    fn close_message(&mut self, output_index: usize, text: &str, out: &mut Vec<u8>) {
        let item_id = answer::message_id(&self.stamp);
        let done =
            Event::TextDone { item_id: item_id.clone(), output_index, content_index: 0, text, logprobs: [] };
        send(&mut self.sequence, out, "response.output_text.done", done);
        let part = Event::Part { item_id, output_index, content_index: 0, part: answer::text(text) };
        send(&mut self.sequence, out, "response.content_part.done", part);
        let item = answer::message(&self.stamp, "completed", Some(text));
        send(&mut self.sequence, out, "response.output_item.done", Event::Item { output_index, item });
    }

    fn close_call(&mut self, output_index: usize, place: usize, call: &ToolCall, out: &mut Vec<u8>) {
        let item_id = answer::call_id(&self.stamp, place);
        let (name, arguments) = (call.name.as_str(), call.arguments.as_str());
        let done = Event::ArgumentsDone { item_id, output_index, name, arguments };
        send(&mut self.sequence, out, "response.function_call_arguments.done", done);
        let item = answer::call(&self.stamp, place, call);
        send(&mut self.sequence, out, "response.output_item.done", Event::Item { output_index, item });
    }

    fn end(&mut self, whole: &CallAnswer, out: &mut Vec<u8>) {
        self.close(out);
        let name = match whole.finish {
            FinishReason::Length | FinishReason::Refused => "response.incomplete",
            FinishReason::Stop | FinishReason::ToolCalls | FinishReason::Other => "response.completed",
        };
        let response = Response::of(&self.stamp, whole, self.thought);
        send(&mut self.sequence, out, name, Event::Response { response });
    }
}

fn send(sequence: &mut u64, out: &mut Vec<u8>, name: &'static str, event: Event<'_>) {
    sse::named(out, name, &Numbered { r#type: name, sequence_number: *sequence, event });
    *sequence += 1;
}

impl Encode for Events {
    fn event(&mut self, event: CallEvent, out: &mut Vec<u8>) {
        self.begin(out);
        match event {
            CallEvent::Text(text) => self.text(&text, out),
            CallEvent::Thinking(_) => self.think(out),
            CallEvent::ToolStart { index, id, name } => self.open_call(index, id, name, out),
            CallEvent::ToolArguments { json, .. } => self.arguments(&json, out),
            CallEvent::Finished(answer) => self.end(&answer, out),
        }
    }

    fn fail(&mut self, fault: &Fault, out: &mut Vec<u8>) {
        let (names, message) = (fault.kind.names(), fault.sentences());
        let error = ErrorBody { r#type: names.openai_type, code: names.code, message: message.clone() };
        send(
            &mut self.sequence,
            out,
            "error",
            Event::Error { code: names.code, message, param: None, error },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::sse::tests::{broken, finished, streamed, text, values};

    fn events() -> Box<Events> {
        Box::new(Events::new(Stamp::sample()))
    }

    #[test]
    fn text_and_a_call_come_in_the_vendors_sequence() {
        let call = ToolCall { id: "a".into(), name: "now".into(), arguments: "{}".into(), signature: None };
        let answer = CallAnswer {
            text: "Hi".into(),
            tool_calls: vec![call],
            finish: FinishReason::ToolCalls,
            ..CallAnswer::default()
        };
        let start = CallEvent::ToolStart { index: 0, id: "a".into(), name: "now".into() };
        let arguments = CallEvent::ToolArguments { index: 0, json: "{}".into() };
        let sent = streamed(events(), vec![text("Hi"), start, arguments, finished(answer)]);
        let values = values(&sent);
        let types: Vec<&str> = values.iter().map(|value| value["type"].as_str().unwrap()).collect();
        assert_eq!(
            types,
            [
                "response.created",
                "response.in_progress",
                "response.output_item.added",
                "response.content_part.added",
                "response.output_text.delta",
                "response.output_text.done",
                "response.content_part.done",
                "response.output_item.done",
                "response.output_item.added",
                "response.function_call_arguments.delta",
                "response.function_call_arguments.done",
                "response.output_item.done",
                "response.completed"
            ]
        );
        let numbers: Vec<u64> =
            values.iter().map(|value| value["sequence_number"].as_u64().unwrap()).collect();
        assert_eq!(numbers, (0..13).collect::<Vec<u64>>());
        assert_eq!(values[11]["item"]["arguments"], "{}");
        assert_eq!(values[12]["response"]["output"][1]["call_id"], "a");
        assert!(!sent.contains("[DONE]"));
    }

    #[test]
    fn thinking_is_announced_once_before_the_text_and_is_in_the_whole() {
        let answer = CallAnswer { text: "Hi".into(), ..CallAnswer::default() };
        let thinking = || CallEvent::Thinking(String::new());
        let sent = streamed(events(), vec![thinking(), thinking(), text("Hi"), thinking(), finished(answer)]);
        let values = values(&sent);
        let items: Vec<(&str, u64, &str)> = values
            .iter()
            .filter(|value| value["item"].is_object())
            .map(|value| {
                let kind = value["item"]["type"].as_str().unwrap();
                (value["type"].as_str().unwrap(), value["output_index"].as_u64().unwrap(), kind)
            })
            .collect();
        assert_eq!(
            items,
            [
                ("response.output_item.added", 0, "reasoning"),
                ("response.output_item.done", 0, "reasoning"),
                ("response.output_item.added", 1, "message"),
                ("response.output_item.done", 1, "message"),
            ]
        );
        let output = &values.last().unwrap()["response"]["output"];
        assert_eq!((&output[0]["type"], &output[0]["id"]), (&"reasoning".into(), &values[2]["item"]["id"]));
        assert_eq!(output[1]["type"], "message");
    }

    #[test]
    fn a_stream_that_breaks_ends_with_an_error_event() {
        let sent = broken(events(), vec![text("Hi")]);
        let values = values(&sent);
        assert_eq!(values.last().unwrap()["type"], "error");
        assert_eq!(values.last().unwrap()["code"], "server_is_overloaded");
    }
}
