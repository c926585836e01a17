//! Answers that arrived whole and are of no use.

use model::{CallAnswer, CallError, CallRequest, call::FinishReason};

use crate::failure::{empty_answer, not_json};

/// Whether an answer is one: not empty, and JSON where that was asked for. A refusal is an answer, and so is a text that
/// ends at the caller's own bound.
pub(crate) fn check(request: &CallRequest, answer: &CallAnswer) -> Result<(), CallError> {
    if answer.finish == FinishReason::Refused || !answer.tool_calls.is_empty() {
        return Ok(());
    }
    let fault = if answer.text.trim().is_empty() {
        empty_answer()
    } else if request.schema.is_some() && serde_json::from_str::<serde::de::IgnoredAny>(&answer.text).is_err()
    {
        not_json()
    } else {
        return Ok(());
    };
    let (usage, request_id) = (answer.usage.clone(), answer.request_id.clone());
    Err(CallError { usage, request_id, ..fault })
}

#[cfg(test)]
mod tests {
    use model::{
        ErrorClass, TokenUsage,
        call::{AnswerSchema, ToolCall},
    };
    use serde_json::json;

    use super::*;

    fn class(request: &CallRequest, answer: CallAnswer) -> Option<ErrorClass> {
        check(request, &answer).err().map(|error| error.class)
    }

    fn text(text: &str) -> CallAnswer {
        CallAnswer { text: text.into(), ..CallAnswer::default() }
    }

    #[test]
    fn an_empty_answer_is_none_unless_it_asks_for_tools_or_refuses() {
        let request = CallRequest::prompt("Hi");
        assert_eq!(class(&request, text(" \n")), Some(ErrorClass::Quality));
        assert_eq!(class(&request, text("Hi")), None);
        let call = ToolCall { id: "1".into(), name: "f".into(), arguments: "{}".into(), signature: None };
        assert_eq!(class(&request, CallAnswer { tool_calls: vec![call], ..text("") }), None);
        assert_eq!(class(&request, CallAnswer { finish: FinishReason::Refused, ..text("") }), None);
    }

    #[test]
    fn a_cut_json_is_none_where_json_was_asked_for_and_its_usage_is_kept() {
        let schema = AnswerSchema { name: "s".into(), schema: json!({}) };
        let request = CallRequest { schema: Some(schema), ..CallRequest::prompt("Hi") };
        let usage = Some(TokenUsage { output: 9, ..TokenUsage::default() });
        let cut = CallAnswer { usage: usage.clone(), finish: FinishReason::Length, ..text("{\"a\": [1, ") };
        let error = check(&request, &cut).unwrap_err();
        assert_eq!((error.class, error.usage), (ErrorClass::Quality, usage));
        assert_eq!(class(&request, text("{\"a\": 1}")), None);
        let plain = CallAnswer { finish: FinishReason::Length, ..text("It was a dark and") };
        assert_eq!(class(&CallRequest::prompt("Hi"), plain), None);
    }
}
