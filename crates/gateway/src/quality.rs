//! Answers that arrived whole and are of no use.

use model::{CallAnswer, CallError, CallRequest, call::FinishReason};

use crate::failure::{breaks_schema, empty_answer, not_json};

/// Whether an answer is one: not empty, and of the form that was asked for, whoever was to see to it: vendors that take a
/// schema break it too. A refusal is an answer, and so is a text that is cut off.
pub(crate) fn check(request: &CallRequest, answer: &CallAnswer) -> Result<(), CallError> {
    if answer.finish == FinishReason::Refused || !answer.tool_calls.is_empty() {
        return Ok(());
    }
    let Some(fault) = fault(request, &answer.text) else { return Ok(()) };
    let (usage, request_id) = (answer.usage.clone(), answer.request_id.clone());
    Err(CallError { usage, request_id, ..fault })
}

/// Whether an answer is served and yet speaks against its model: it ends at a bound that nobody but the model set.
pub(crate) fn is_cut(answer: &CallAnswer, bound_is_the_models: bool) -> bool {
    bound_is_the_models && answer.finish == FinishReason::Length
}

fn fault(request: &CallRequest, text: &str) -> Option<CallError> {
    if text.trim().is_empty() {
        return Some(empty_answer());
    }
    let wanted = request.schema.as_ref()?;
    if providers::holds(&wanted.schema, text) {
        return None;
    }
    let is_json = serde_json::from_str::<serde::de::IgnoredAny>(text).is_ok();
    Some(if is_json { breaks_schema() } else { not_json() })
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
        assert_eq!(class(&CallRequest::prompt("Hi"), plain.clone()), None);
        assert!(is_cut(&plain, true) && !is_cut(&plain, false) && !is_cut(&text("Hi"), true));
    }

    #[test]
    fn json_of_another_form_is_none_and_is_told_from_what_is_no_json() {
        let schema = json!({"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}});
        let schema = AnswerSchema { name: "s".into(), schema };
        let request = CallRequest { schema: Some(schema), ..CallRequest::prompt("Hi") };
        let message = |of: &str| check(&request, &text(of)).err().map(|error| error.message);
        assert_eq!(message("{\"a\": 1}"), None);
        for broken in ["{}", "{\"a\": \"1\"}", "[1]"] {
            assert_eq!(message(broken), Some(breaks_schema().message), "{broken}");
        }
        assert_eq!(message("Sure: {\"a\": 1}"), Some(not_json().message));
        let refused = CallAnswer { finish: FinishReason::Refused, ..text("I cannot.") };
        assert_eq!(class(&request, refused), None);
    }
}
