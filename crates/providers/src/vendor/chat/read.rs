//! An answer of Chat Completions, whole or as chunks that each hold a part of it.

use model::call::FinishReason;

use super::super::{Special, Step, call_refusal, note_model, parse, text, usage};
use crate::{
    call::{AnswerFault, Draft, Failure},
    json::Json,
};

/// Reads a whole answer.
pub(in crate::vendor) fn whole(
    body: &[u8],
    special: Special,
    lenient: bool,
    draft: &mut Draft,
) -> Result<(), Failure> {
    let body = parse(body)?;
    let mut stream = Stream::new(special, lenient);
    stream.common(&body, draft)?;
    let choice = body["choices"].first().ok_or(AnswerFault::Unreadable)?;
    stream.piece(&choice["message"], draft);
    stream.end_choice(choice, draft);
    draft.ended = true;
    Ok(())
}

/// Reads a stream.
#[derive(Debug)]
pub(in crate::vendor) struct Stream {
    special: Special,
    lenient: bool,
    /// The stream's own index of each tool call.
    calls: Vec<u64>,
    refused: bool,
    tier: Option<String>,
}

impl Stream {
    pub(in crate::vendor) fn new(special: Special, lenient: bool) -> Self {
        Self { special, lenient, calls: Vec::new(), refused: false, tier: None }
    }

    pub(in crate::vendor) fn event(&mut self, data: &str, draft: &mut Draft) -> Result<Step, Failure> {
        if data.trim() == "[DONE]" {
            draft.ended = true;
            return Ok(Step::Done);
        }
        let chunk = parse(data.as_bytes())?;
        self.common(&chunk, draft)?;
        // The last chunk has usage and no choice.
        if let Some(choice) = chunk["choices"].first() {
            self.piece(&choice["delta"], draft);
            self.end_choice(choice, draft);
        }
        Ok(Step::Goes)
    }

    fn common(&mut self, body: &Json<'_>, draft: &mut Draft) -> Result<(), Failure> {
        if let Some(error) = body.get("error").filter(|error| !error.is_null()) {
            return Err(call_refusal::of_json(error, self.special).into());
        }
        note_model(&body["model"], &body["id"], draft);
        if let Some(tier) = body["service_tier"].as_str() {
            self.tier = Some(tier.to_owned());
        }
        if let Some(usage) = usage::openai(&body["usage"], self.tier.as_deref(), self.lenient) {
            draft.usage = Some(usage);
        }
        Ok(())
    }

    /// A message, or a part of one.
    fn piece(&mut self, piece: &Json<'_>, draft: &mut Draft) {
        // Two names for the same thing among compatible servers.
        for name in ["reasoning_content", "reasoning"] {
            draft.think(text(piece, name));
        }
        draft.say(text(piece, "content"));
        if let Some(refusal) = piece["refusal"].as_str().filter(|refusal| !refusal.is_empty()) {
            self.refused = true;
            draft.say(refusal);
        }
        for call in piece["tool_calls"].as_list() {
            self.tool(call, draft);
        }
    }

    fn tool(&mut self, call: &Json<'_>, draft: &mut Draft) {
        let function = &call["function"];
        let known = match call["index"].as_u64() {
            Some(number) => self.calls.iter().position(|known| *known == number),
            // Without a number, a name begins a new call.
            None if text(function, "name").is_empty() => self.calls.len().checked_sub(1),
            None => None,
        };
        let index = known.unwrap_or_else(|| {
            self.calls.push(call["index"].as_u64().unwrap_or(u64::MAX));
            draft.start_tool(text(call, "id"), text(function, "name"), None)
        });
        draft.add_arguments(index, text(function, "arguments"));
    }

    fn end_choice(&self, choice: &Json<'_>, draft: &mut Draft) {
        let reason = match choice["finish_reason"].as_str() {
            None => return,
            Some(_) if self.refused => FinishReason::Refused,
            Some("stop") if draft.tool_calls.is_empty() => FinishReason::Stop,
            Some("length") => FinishReason::Length,
            Some("stop" | "tool_calls" | "function_call") => FinishReason::ToolCalls,
            Some("content_filter") => FinishReason::Refused,
            Some(_) => FinishReason::Other,
        };
        draft.finish = Some(reason);
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::vendor::openai_compatible::cause;

    fn read(choice: Value) -> Draft {
        let mut draft = Draft::default();
        whole(
            json!({"id": "chatcmpl-B9", "choices": [choice]}).to_string().as_bytes(),
            cause,
            true,
            &mut draft,
        )
        .unwrap();
        draft
    }

    fn stream(chunks: &[Value]) -> Draft {
        let (mut stream, mut draft) = (Stream::new(cause, true), Draft::default());
        for chunk in chunks {
            let data = json!({"choices": [{"delta": chunk}]}).to_string();
            assert_eq!(stream.event(&data, &mut draft), Ok(Step::Goes));
        }
        draft
    }

    #[test]
    fn every_finish_has_its_reason() {
        for (name, reason) in [
            ("stop", FinishReason::Stop),
            ("length", FinishReason::Length),
            ("content_filter", FinishReason::Refused),
            ("tool_calls", FinishReason::ToolCalls),
            ("function_call", FinishReason::ToolCalls),
            ("new_reason", FinishReason::Other),
        ] {
            assert_eq!(
                read(json!({"message": {"content": "Hi"}, "finish_reason": name})).finish,
                Some(reason)
            );
        }
        let refused = read(json!({"message": {"content": null, "refusal": "No."}, "finish_reason": "stop"}));
        assert_eq!((refused.text.as_str(), refused.finish), ("No.", Some(FinishReason::Refused)));
    }

    #[test]
    fn calls_are_put_together_by_their_number_or_by_their_order() {
        let numbered = stream(&[
            json!({"tool_calls": [{"index": 0, "id": "a", "function": {"name": "f", "arguments": ""}}]}),
            json!({"tool_calls": [{"index": 1, "id": "b", "function": {"name": "g", "arguments": "{\"x\""}}]}),
            json!({"tool_calls": [{"index": 0, "function": {"arguments": "{}"}}]}),
            json!({"tool_calls": [{"index": 1, "function": {"arguments": ":1}"}}]}),
        ]);
        let arguments = |draft: &Draft| -> Vec<String> {
            draft.tool_calls.iter().map(|call| call.arguments.clone()).collect()
        };
        assert_eq!(arguments(&numbered), ["{}", "{\"x\":1}"]);
        let unnumbered = stream(&[
            json!({"tool_calls": [{"id": "", "function": {"name": "f", "arguments": "{"}}]}),
            json!({"tool_calls": [{"function": {"arguments": "}"}}]}),
            json!({"tool_calls": [{"function": {"name": "g", "arguments": "{}"}}]}),
        ]);
        assert_eq!(arguments(&unnumbered), ["{}", "{}"]);
        assert_eq!(unnumbered.tool_calls[1].id, "call_1");
    }

    #[test]
    fn thinking_of_compatible_servers_is_no_text() {
        let draft = stream(&[
            json!({"reasoning_content": "Hm"}),
            json!({"reasoning": "m"}),
            json!({"content": "Hi"}),
        ]);
        assert_eq!((draft.text.as_str(), draft.events.len()), ("Hi", 3));
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for body in ["", "[]", "null", "{}", "{\"choices\":[]}", "<html>", "{\"choices\":"] {
            let read = whole(body.as_bytes(), cause, true, &mut Draft::default());
            assert_eq!(read, Err(AnswerFault::Unreadable.into()), "{body}");
        }
    }
}
