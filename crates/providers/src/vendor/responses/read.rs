//! An answer of Responses, whole or as named events. It ends with the response itself, not with `[DONE]`.

use std::collections::HashMap;

use model::call::FinishReason;

use super::super::{Special, Step, call_refusal, note_model, parse, parse_fields, text, usage};
use super::SIGNED;
use crate::{
    call::{AnswerFault, Draft, Failure},
    json::Json,
};

/// What is read of a response; the rest repeats the request.
const FIELDS: [&str; 9] =
    ["object", "id", "model", "status", "error", "incomplete_details", "output", "usage", "service_tier"];

/// Reads a whole answer.
pub(in crate::vendor) fn whole(body: &[u8], special: Special, draft: &mut Draft) -> Result<(), Failure> {
    let response = parse_fields(body, &FIELDS)?;
    // A failed response has an error too, and ends like a stream does.
    if response["object"].is_null() && !response["error"].is_null() {
        return Err(call_refusal::of_json(&response["error"], special).into());
    }
    let mut stream = Stream::new(special);
    stream.end(&response, draft)
}

/// Reads a stream.
#[derive(Debug)]
pub(in crate::vendor) struct Stream {
    special: Special,
    /// The tool call at each place of the output.
    calls: HashMap<u64, usize>,
    refused: bool,
}

impl Stream {
    pub(in crate::vendor) fn new(special: Special) -> Self {
        Self { special, calls: HashMap::new(), refused: false }
    }

    pub(in crate::vendor) fn event(
        &mut self,
        name: &str,
        data: &str,
        draft: &mut Draft,
    ) -> Result<Step, Failure> {
        let event = parse(data.as_bytes())?;
        let kind = event["type"].as_str().unwrap_or(name);
        match kind {
            "response.created" => {
                let response = &event["response"];
                note_model(&response["model"], &response["id"], draft);
            }
            "response.output_text.delta" => draft.say(text(&event, "delta")),
            "response.refusal.delta" => self.refuse(text(&event, "delta"), draft),
            "response.reasoning_summary_text.delta" | "response.reasoning_text.delta" => {
                draft.think(text(&event, "delta"));
            }
            "response.output_item.added" => self.added(&event, draft),
            "response.function_call_arguments.delta" => {
                if let Some(index) = self.call_at(&event) {
                    draft.add_arguments(index, text(&event, "delta"));
                }
            }
            "response.output_item.done" => self.done(&event, draft),
            "response.completed" | "response.incomplete" | "response.failed" | "response.cancelled" => {
                self.end(&event["response"], draft)?;
                return Ok(Step::Done);
            }
            "error" => return Err(self.error(&event).into()),
            _ if event.get("error").is_some_and(|error| !error.is_null()) => {
                return Err(self.error(&event).into());
            }
            _ => {}
        }
        Ok(Step::Goes)
    }

    /// Flat, as documented, or one level deeper.
    fn error(&self, event: &Json<'_>) -> crate::finding::Refusal {
        let inner = event.get("error").filter(|error| !error.is_null());
        match inner {
            Some(error) => call_refusal::of_json(error, self.special),
            None => call_refusal::of_json(event, self.special),
        }
    }

    fn refuse(&mut self, words: &str, draft: &mut Draft) {
        self.refused = true;
        draft.say(words);
    }

    fn call_at(&self, event: &Json<'_>) -> Option<usize> {
        self.calls.get(&event["output_index"].as_u64()?).copied()
    }

    fn added(&mut self, event: &Json<'_>, draft: &mut Draft) {
        let item = &event["item"];
        if let (Some("function_call"), Some(place)) = (item["type"].as_str(), event["output_index"].as_u64())
        {
            self.calls.insert(place, draft.start_tool(text(item, "call_id"), text(item, "name"), None));
        }
    }

    fn done(&mut self, event: &Json<'_>, draft: &mut Draft) {
        let item = &event["item"];
        match item["type"].as_str() {
            Some("reasoning") => keep_thinking(item, draft),
            // Arguments that were not streamed come with the whole item.
            Some("function_call") => {
                let unsaid = |index: &usize| {
                    draft.tool_calls.get(*index).is_some_and(|call| call.arguments.is_empty())
                };
                if let Some(index) = self.call_at(event).filter(unsaid) {
                    draft.add_arguments(index, text(item, "arguments"));
                }
            }
            _ => {}
        }
    }

    /// The response at its end, which also holds everything that was streamed.
    fn end(&mut self, response: &Json<'_>, draft: &mut Draft) -> Result<(), Failure> {
        note_model(&response["model"], &response["id"], draft);
        let tier = response["service_tier"].as_str();
        if let Some(usage) = usage::openai(&response["usage"], tier, false) {
            draft.usage = Some(usage);
        }
        draft.ended = true;
        let reason = match response["status"].as_str() {
            Some("completed") => FinishReason::Stop,
            Some("incomplete") => match response["incomplete_details"]["reason"].as_str() {
                Some("max_output_tokens") => FinishReason::Length,
                Some("content_filter") => FinishReason::Refused,
                _ => FinishReason::Other,
            },
            Some("failed" | "cancelled") => {
                return Err(call_refusal::of_json(&response["error"], self.special).into());
            }
            // Nobody asked for an answer in the background.
            Some(_) => return Err(AnswerFault::Unfinished.into()),
            None => return Err(AnswerFault::Unreadable.into()),
        };
        if draft.text.is_empty() && draft.tool_calls.is_empty() {
            self.items(response, draft);
        }
        draft.finish = Some(if self.refused { FinishReason::Refused } else { reason });
        Ok(())
    }

    fn items(&mut self, response: &Json<'_>, draft: &mut Draft) {
        let thought = !draft.thinking.is_empty();
        for item in response["output"].as_list() {
            match item["type"].as_str() {
                Some("message") => self.message(item, draft),
                Some("function_call") => {
                    let index = draft.start_tool(text(item, "call_id"), text(item, "name"), None);
                    draft.add_arguments(index, text(item, "arguments"));
                }
                Some("reasoning") if !thought => keep_thinking(item, draft),
                _ => {}
            }
        }
    }

    fn message(&mut self, item: &Json<'_>, draft: &mut Draft) {
        for part in item["content"].as_list() {
            match part["type"].as_str() {
                Some("output_text") => draft.say(text(part, "text")),
                Some("refusal") => self.refuse(text(part, "refusal"), draft),
                _ => {}
            }
        }
    }
}

fn keep_thinking(item: &Json<'_>, draft: &mut Draft) {
    let (id, encrypted) = (text(item, "id"), text(item, "encrypted_content"));
    if !id.is_empty() && !encrypted.is_empty() {
        draft.keep_thinking(String::new(), format!("{SIGNED}{id}:{encrypted}"));
    }
}

#[cfg(test)]
mod tests {
    use model::call::Part;
    use serde_json::{Value, json};

    use super::*;
    use crate::vendor::openai::cause;

    fn read(status: &str, output: &Value, reason: &str) -> Draft {
        let mut draft = Draft::default();
        let body = json!({"object": "response", "status": status, "output": output,
            "incomplete_details": {"reason": reason}});
        whole(body.to_string().as_bytes(), cause, &mut draft).unwrap();
        draft
    }

    #[test]
    fn every_end_has_its_reason() {
        for (status, detail, reason) in [
            ("completed", "", FinishReason::Stop),
            ("incomplete", "max_output_tokens", FinishReason::Length),
            ("incomplete", "content_filter", FinishReason::Refused),
            ("incomplete", "new_reason", FinishReason::Other),
        ] {
            assert_eq!(read(status, &json!([]), detail).finish, Some(reason), "{status} {detail}");
        }
        let refusal = json!([{"type": "message", "content": [{"type": "refusal", "refusal": "No."}]}]);
        let refused = read("completed", &refusal, "");
        assert_eq!((refused.text.as_str(), refused.finish), ("No.", Some(FinishReason::Refused)));
    }

    #[test]
    fn all_texts_of_all_messages_are_the_text_and_thinking_is_kept_with_its_id() {
        let part = |text: &str| json!({"type": "output_text", "text": text});
        let output = json!([{"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAA"},
            {"type": "message", "content": [part("a"), part("b")]}, {"type": "message", "content": [part("c")]},
            {"type": "function_call", "call_id": "c1", "name": "f", "arguments": "{}"}, {"type": "new_item"}]);
        let draft = read("completed", &output, "");
        assert_eq!(draft.text, "abc");
        let kept = Part::Thinking { text: String::new(), signature: "openai:rs_1:gAAA".into() };
        assert_eq!((&draft.thinking[..], draft.tool_calls[0].id.as_str()), (&[kept][..], "c1"));
        assert_eq!(draft.into_answer().finish, FinishReason::ToolCalls);
    }

    #[test]
    fn what_was_not_streamed_is_read_from_the_end() {
        let (mut stream, mut draft) = (Stream::new(cause), Draft::default());
        let response = json!({"status": "completed", "output": [
            {"type": "message", "content": [{"type": "output_text", "text": "Hi"}]}]});
        let end = json!({"type": "response.completed", "response": response}).to_string();
        assert_eq!(stream.event("", &end, &mut draft), Ok(Step::Done));
        assert_eq!(draft.text, "Hi");
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for body in ["", "[]", "{}", "null", "{\"object\":\"response\"}", "<html>"] {
            let read = whole(body.as_bytes(), cause, &mut Draft::default());
            assert_eq!(read, Err(AnswerFault::Unreadable.into()), "{body}");
        }
        let queued = json!({"object": "response", "status": "queued"}).to_string();
        let read = whole(queued.as_bytes(), cause, &mut Draft::default());
        assert_eq!(read, Err(AnswerFault::Unfinished.into()));
    }
}
