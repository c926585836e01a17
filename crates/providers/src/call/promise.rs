//! What an answer still has to hold to when it has arrived, and the last look at what a vendor wrote.

use model::{
    CallAnswer,
    call::{Degradation, FinishReason},
};

use super::{
    AnswerFault, Draft, Plan,
    schema::{Check, unfenced},
};
use crate::{key::Guard, report};

/// Kept from sending to the end of the answer.
pub(super) struct Promise {
    check: Option<Check>,
    degraded: Vec<Degradation>,
    stop: Vec<String>,
    model_name: String,
}

impl Promise {
    pub(super) fn new(plan: Plan<'_>, model_name: &str) -> Self {
        let (stop, model_name) = (plan.stop.to_vec(), model_name.to_owned());
        Self { check: plan.check, degraded: plan.degraded, stop, model_name }
    }

    /// What was done without.
    pub(super) fn degraded(&self) -> &[Degradation] {
        &self.degraded
    }

    /// The answer as the caller gets it.
    pub(super) fn keep(
        &self,
        mut draft: Draft,
        request_id: Option<String>,
        api_key: Option<&str>,
    ) -> Result<CallAnswer, AnswerFault> {
        let guard = Guard(api_key);
        let request_id = request_id.or_else(|| draft.id.take().filter(|id| report::is_sound_id(id, guard)));
        let mut answer = draft.into_answer();
        // A hostile server may write the key here; a name that shares a word with it is none.
        answer.model = answer
            .model
            .filter(|name| *name == self.model_name || report::is_short(name) && !guard.contains_key(name));
        // Only what the caller wrote himself goes back to him under this name.
        answer.stop_text = answer.stop_text.filter(|text| self.stop.contains(text));
        if let Some(check) = &self.check {
            hold(check, &mut answer)?;
        }
        Ok(CallAnswer { request_id, degraded: self.degraded.clone(), ..answer })
    }
}

/// A refusal and calls of functions are answers of their own.
fn hold(check: &Check, answer: &mut CallAnswer) -> Result<(), AnswerFault> {
    if answer.finish == FinishReason::Refused || !answer.tool_calls.is_empty() {
        return Ok(());
    }
    answer.text = unfenced(&answer.text).to_owned();
    if check.holds(&answer.text) { Ok(()) } else { Err(AnswerFault::BreaksSchema) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn keep(text: &str, finish: FinishReason) -> Result<String, AnswerFault> {
        let check = Check::new(&json!({"type": "object", "required": ["a"]}));
        let promise = Promise { degraded: vec![Degradation::SchemaByInstruction], check, ..plain() };
        let draft = Draft { text: text.to_owned(), finish: Some(finish), ..Draft::default() };
        promise.keep(draft, None, None).map(|answer| answer.text)
    }

    #[test]
    fn a_schema_by_instruction_is_checked_and_its_fence_taken_off() {
        assert_eq!(keep("```json\n{\"a\": 1}\n```", FinishReason::Stop).unwrap(), "{\"a\": 1}");
        assert_eq!(keep("Sure! {\"a\": 1}", FinishReason::Stop), Err(AnswerFault::BreaksSchema));
        assert_eq!(keep("I can't.", FinishReason::Refused).unwrap(), "I can't.");
    }

    fn plain() -> Promise {
        Promise { check: None, degraded: Vec::new(), stop: Vec::new(), model_name: "m".into() }
    }

    #[test]
    fn the_stop_text_is_one_of_the_requests_own() {
        let promise = Promise { stop: vec!["END".into()], ..plain() };
        let ended = |text: &str| {
            let draft = Draft { stop_text: Some(text.into()), ..Draft::default() };
            promise.keep(draft, None, None).unwrap().stop_text
        };
        assert_eq!((ended("END").as_deref(), ended("other")), (Some("END"), None));
    }

    #[test]
    fn a_model_or_id_made_of_the_key_is_dropped() {
        let promise = plain();
        let key = "sk-CANARY-q7Xp2zR4wK9vB3nM";
        let draft =
            || Draft { model: Some("x-q7Xp2zR4wK".into()), id: Some("q7Xp".into()), ..Draft::default() };
        let answer = promise.keep(draft(), None, Some(key)).unwrap();
        assert_eq!((answer.model, answer.request_id), (None, None));
        let answer = promise.keep(draft(), None, Some("another-secret")).unwrap();
        assert_eq!((answer.model.is_some(), answer.request_id.as_deref()), (true, Some("q7Xp")));
    }
}
