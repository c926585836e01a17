//! A streamed answer of Chat Completions: chunks, the usage when it was asked for, `[DONE]`.

use model::{CallAnswer, CallEvent, TokenUsage};
use serde::Serialize;
use serde_json::Value;

use super::answer::signature;
use crate::http::{
    fault::{Face, Fault, body},
    openai::{Usage, finish},
    sse::{self, Encode},
    stamp::Stamp,
};

/// Writes chunks.
pub(crate) struct Chunks {
    stamp: Stamp,
    id: String,
    with_usage: bool,
    began: bool,
}

#[derive(Serialize)]
struct Chunk<'a> {
    id: &'a str,
    object: &'static str,
    created: i64,
    model: &'a str,
    choices: &'a [Choice<'a>],
    /// Left out, null or a value, as the client asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    usage: Option<Option<Usage>>,
}

#[derive(Serialize)]
struct Choice<'a> {
    index: u32,
    delta: Delta<'a>,
    logprobs: Option<()>,
    finish_reason: Option<&'static str>,
}

#[derive(Default, Serialize)]
struct Delta<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tool_calls: Option<[CallDelta<'a>; 1]>,
}

#[derive(Default, Serialize)]
struct CallDelta<'a> {
    index: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    r#type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    function: Option<FunctionDelta<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extra_content: Option<Value>,
}

#[derive(Serialize)]
struct FunctionDelta<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    arguments: &'a str,
}

impl Chunks {
    pub(crate) fn new(stamp: Stamp, with_usage: bool) -> Self {
        Self { id: format!("chatcmpl-{}", stamp.id), stamp, with_usage, began: false }
    }

    fn begin(&mut self, out: &mut Vec<u8>) {
        if !self.began {
            self.began = true;
            self.delta(out, Delta { role: Some("assistant"), content: Some(""), ..Delta::default() }, None);
        }
    }

    fn delta(&self, out: &mut Vec<u8>, delta: Delta<'_>, finish_reason: Option<&'static str>) {
        self.chunk(out, &[Choice { index: 0, delta, logprobs: None, finish_reason }], None);
    }

    fn call(&self, out: &mut Vec<u8>, call: CallDelta<'_>) {
        self.delta(out, Delta { tool_calls: Some([call]), ..Delta::default() }, None);
    }

    fn chunk(&self, out: &mut Vec<u8>, choices: &[Choice<'_>], usage: Option<&TokenUsage>) {
        let chunk = Chunk {
            id: &self.id,
            object: "chat.completion.chunk",
            created: self.stamp.created,
            model: &self.stamp.model,
            choices,
            usage: self.with_usage.then(|| usage.map(Usage::from)),
        };
        sse::data(out, &chunk);
    }

    fn end(&self, out: &mut Vec<u8>, answer: &CallAnswer) {
        for (index, call) in answer.tool_calls.iter().enumerate() {
            if let Some(extra) = signature(call) {
                // OpenAI's client fails on a piece of a call without its function.
                let function = Some(FunctionDelta { name: None, arguments: "" });
                self.call(
                    out,
                    CallDelta { index, function, extra_content: Some(extra), ..CallDelta::default() },
                );
            }
        }
        self.delta(out, Delta::default(), Some(finish(answer.finish)));
        if self.with_usage && answer.usage.is_some() {
            self.chunk(out, &[], answer.usage.as_ref());
        }
        out.extend_from_slice(b"data: [DONE]\n\n");
    }
}

impl Encode for Chunks {
    fn event(&mut self, event: CallEvent, out: &mut Vec<u8>) {
        self.begin(out);
        match event {
            CallEvent::Text(text) => {
                self.delta(out, Delta { content: Some(&text), ..Delta::default() }, None)
            }
            // OpenAI shows no thinking here.
            CallEvent::Thinking(_) => {}
            CallEvent::ToolStart { index, id, name } => {
                let function = Some(FunctionDelta { name: Some(&name), arguments: "" });
                let start = CallDelta {
                    index,
                    id: Some(&id),
                    r#type: Some("function"),
                    function,
                    ..CallDelta::default()
                };
                self.call(out, start);
            }
            CallEvent::ToolArguments { index, json } => {
                let function = Some(FunctionDelta { name: None, arguments: &json });
                self.call(out, CallDelta { index, function, ..CallDelta::default() });
            }
            CallEvent::Finished(answer) => self.end(out, &answer),
        }
    }

    /// OpenAI's client looks for `error` in every event. There is no `[DONE]` after it: the answer is not whole.
    fn fail(&mut self, fault: &Fault, out: &mut Vec<u8>) {
        out.extend_from_slice(b"data: ");
        out.extend_from_slice(&body(fault, Face::OpenAi, &self.stamp.id));
        out.extend_from_slice(b"\n\n");
    }
}

#[cfg(test)]
mod tests {
    use model::call::FinishReason;
    use serde_json::json;

    use super::*;
    use crate::http::sse::tests::{broken, finished, streamed, text, usage, values};

    fn chunks(with_usage: bool) -> Box<Chunks> {
        Box::new(Chunks::new(Stamp::sample(), with_usage))
    }

    #[test]
    fn text_comes_in_chunks_then_the_reason_then_the_usage_then_done() {
        let answer = CallAnswer { usage: Some(usage()), ..CallAnswer::default() };
        let sent = streamed(chunks(true), vec![text("Hi"), finished(answer)]);
        assert!(sent.ends_with("\n\ndata: [DONE]\n\n"));
        let values = values(&sent);
        let deltas: Vec<_> = values.iter().map(|value| value["choices"][0]["delta"].clone()).collect();
        assert_eq!(
            deltas,
            [json!({"role": "assistant", "content": ""}), json!({"content": "Hi"}), json!({}), Value::Null]
        );
        assert_eq!(values[0]["usage"], Value::Null);
        assert_eq!(values[0].as_object().map(|chunk| chunk.contains_key("usage")), Some(true));
        assert_eq!(values[2]["choices"][0]["finish_reason"], "stop");
        assert_eq!(values[3]["choices"], json!([]));
        assert_eq!(values[3]["usage"]["total_tokens"], 21_512);
    }

    #[test]
    fn usage_is_not_sent_unasked() {
        let answer = CallAnswer { usage: Some(usage()), ..CallAnswer::default() };
        let sent = streamed(chunks(false), vec![text("Hi"), finished(answer)]);
        assert!(!sent.contains("usage"));
        assert_eq!(values(&sent).len(), 3);
    }

    #[test]
    fn a_call_starts_with_its_name_and_its_arguments_follow() {
        let start = CallEvent::ToolStart { index: 0, id: "a".into(), name: "now".into() };
        let arguments = CallEvent::ToolArguments { index: 0, json: "{}".into() };
        let answer = CallAnswer { finish: FinishReason::ToolCalls, ..CallAnswer::default() };
        let sent = values(&streamed(chunks(false), vec![start, arguments, finished(answer)]));
        assert_eq!(
            sent[1]["choices"][0]["delta"]["tool_calls"],
            json!([{"index": 0, "id": "a", "type": "function", "function": {"name": "now", "arguments": ""}}])
        );
        assert_eq!(
            sent[2]["choices"][0]["delta"]["tool_calls"],
            json!([{"index": 0, "function": {"arguments": "{}"}}])
        );
        assert_eq!(sent[3]["choices"][0]["finish_reason"], "tool_calls");
    }

    #[test]
    fn a_stream_that_breaks_ends_with_an_error_and_without_done() {
        let sent = broken(chunks(false), vec![text("Hi")]);
        assert!(!sent.contains("[DONE]"));
        assert_eq!(values(&sent)[2]["error"]["code"], "server_is_overloaded");
    }
}
