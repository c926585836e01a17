//! An answer of `generateContent`. Each chunk of a stream is a whole response with a part of the answer, and usage
//! that replaces the one before. There is no terminator: whole is what closes after it has named its finish.

use model::call::FinishReason;

use super::super::{Special, Step, call_refusal, note_model, parse, text, usage};
use crate::{
    call::{AnswerFault, Draft, Failure},
    json::Json,
};

/// Reads a whole answer.
pub(in crate::vendor) fn whole(body: &[u8], special: Special, draft: &mut Draft) -> Result<(), Failure> {
    let response = parse(body)?;
    apply(&response, special, draft)?;
    if response["candidates"].first().is_none() {
        return Err(AnswerFault::Unreadable.into());
    }
    draft.ended = true;
    Ok(())
}

/// Reads a stream.
#[derive(Debug)]
pub(in crate::vendor) struct Stream {
    special: Special,
}

impl Stream {
    pub(in crate::vendor) fn new(special: Special) -> Self {
        Self { special }
    }

    pub(in crate::vendor) fn event(&mut self, data: &str, draft: &mut Draft) -> Result<Step, Failure> {
        apply(&parse(data.as_bytes())?, self.special, draft)?;
        Ok(Step::Goes)
    }

    /// The connection closed.
    pub(in crate::vendor) fn close(&mut self, draft: &mut Draft) -> bool {
        draft.ended = draft.finish.is_some();
        draft.ended
    }
}

fn apply(response: &Json<'_>, special: Special, draft: &mut Draft) -> Result<(), Failure> {
    let response = response.first().unwrap_or(response);
    if let Some(error) = response.get("error").filter(|error| !error.is_null()) {
        return Err(call_refusal::of_json(error, special).into());
    }
    note_model(&response["modelVersion"], &response["responseId"], draft);
    if let Some(usage) = usage::gemini(&response["usageMetadata"]) {
        draft.usage = Some(usage);
    }
    let candidate = response["candidates"].first();
    if candidate.is_none() && response["promptFeedback"]["blockReason"].as_str().is_some() {
        draft.ended = true;
        return Err(AnswerFault::Blocked.into());
    }
    let Some(candidate) = candidate else { return Ok(()) };
    for part in candidate["content"]["parts"].as_list() {
        self::part(part, draft);
    }
    if let Some(reason) = candidate["finishReason"].as_str() {
        draft.finish = Some(finish(reason));
    }
    Ok(())
}

fn part(part: &Json<'_>, draft: &mut Draft) {
    let call = &part["functionCall"];
    if call.is_object() {
        let signature = part["thoughtSignature"].as_str().map(str::to_owned);
        let index = draft.start_tool(text(call, "id"), text(call, "name"), signature);
        if call["args"].is_object() {
            draft.add_arguments(index, &call["args"].to_string());
        }
    } else if part["thought"] == Json::Bool(true) {
        draft.think(text(part, "text"));
    } else {
        draft.say(text(part, "text"));
    }
}

fn finish(reason: &str) -> FinishReason {
    match reason {
        "STOP" => FinishReason::Stop,
        "MAX_TOKENS" => FinishReason::Length,
        "SAFETY" | "RECITATION" | "BLOCKLIST" | "PROHIBITED_CONTENT" | "SPII" | "IMAGE_SAFETY" => {
            FinishReason::Refused
        }
        _ => FinishReason::Other,
    }
}

#[cfg(test)]
mod tests {
    use model::call::ToolCall;
    use serde_json::{Value, json};

    use super::*;
    use crate::vendor::gemini::cause;

    fn read(candidate: &Value) -> Draft {
        let mut draft = Draft::default();
        let body = json!({"candidates": [candidate], "responseId": "6hkq+/_-"});
        whole(body.to_string().as_bytes(), cause, &mut draft).unwrap();
        draft
    }

    #[test]
    fn every_finish_has_its_reason_also_without_content() {
        for (name, reason) in [
            ("STOP", FinishReason::Stop),
            ("MAX_TOKENS", FinishReason::Length),
            ("SAFETY", FinishReason::Refused),
            ("RECITATION", FinishReason::Refused),
            ("PROHIBITED_CONTENT", FinishReason::Refused),
            ("MALFORMED_FUNCTION_CALL", FinishReason::Other),
            ("A_NEW_REASON", FinishReason::Other),
        ] {
            for content in [json!({"role": "model"}), json!({}), Value::Null] {
                let draft = read(&json!({"content": content, "finishReason": name}));
                assert_eq!((draft.text.as_str(), draft.finish), ("", Some(reason)), "{name}");
            }
        }
    }

    #[test]
    fn thoughts_are_no_text_and_calls_get_an_id_of_their_own() {
        let parts = json!([{"thought": true, "text": "Hm"}, {"text": "Hi"},
            {"functionCall": {"name": "f", "args": {"a": 1}}, "thoughtSignature": "Cg=="}, {"functionCall": {"name": "g"}}]);
        let draft = read(&json!({"content": {"parts": parts}, "finishReason": "STOP"}));
        assert_eq!(draft.text, "Hi");
        let answer = draft.into_answer();
        let call = |id: &str, name: &str, arguments: &str, signature: Option<&str>| ToolCall {
            id: id.into(),
            name: name.into(),
            arguments: arguments.into(),
            signature: signature.map(Into::into),
        };
        assert_eq!(answer.finish, FinishReason::ToolCalls);
        assert_eq!(
            answer.tool_calls,
            [call("call_6hkq_-_0", "f", "{\"a\":1}", Some("Cg==")), call("call_6hkq_-_1", "g", "{}", None)]
        );
    }

    #[test]
    fn what_is_no_answer_is_none() {
        for body in ["", "[]", "{}", "null", "{\"candidates\":[]}", "<html>"] {
            let read = whole(body.as_bytes(), cause, &mut Draft::default());
            assert_eq!(read, Err(AnswerFault::Unreadable.into()), "{body}");
        }
    }
}
