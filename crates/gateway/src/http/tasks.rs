//! The specification's consumer routes as task endpoints: what each takes, what it answers, and its prompt. The prompts
//! and schemas are files beside this one; a task's own prompt, kept in the store, goes before the file's.

mod cover_letter;
mod cv_draft;
mod extraction;
mod input;
mod validation;

use bytes::Bytes;
use model::{
    CallAnswer, CallRequest,
    call::{AnswerSchema, Message, Part, Role},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    fault::{Fault, Kind},
    json::{self, Read},
};

pub use cover_letter::{CoverLetter, CoverLetterOrder};
pub use cv_draft::{CvDraft, CvDraftOrder, Education, Experience};
pub use extraction::{ExtractionOrder, Job, Salary, SalaryPeriod, WorkPlace};
pub use input::JobInput;
pub use validation::{Validation, ValidationOrder};

/// One of the four tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Endpoint {
    Extraction,
    CvDraft,
    CoverLetter,
    Validation,
}

/// What an endpoint was given, ready to be asked.
#[derive(Debug)]
pub(crate) struct Given {
    pub(crate) parts: Vec<Part>,
    pub(crate) user: Option<String>,
}

/// A body of the task endpoints.
#[derive(Serialize)]
struct Success<T> {
    success: bool,
    data: T,
}

impl Endpoint {
    pub(crate) const ALL: [Self; 4] = [Self::Extraction, Self::CvDraft, Self::CoverLetter, Self::Validation];

    pub(crate) fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }

    /// The task's name, also the last part of its path.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Extraction => "extraction",
            Self::CvDraft => "cv_draft",
            Self::CoverLetter => "cover_letter",
            Self::Validation => "validation",
        }
    }

    /// The instructions, unless the task has its own.
    pub(crate) fn prompt(self) -> &'static str {
        match self {
            Self::Extraction => include_str!("tasks/prompts/extraction.txt"),
            Self::CvDraft => include_str!("tasks/prompts/cv_draft.txt"),
            Self::CoverLetter => include_str!("tasks/prompts/cover_letter.txt"),
            Self::Validation => include_str!("tasks/prompts/validation.txt"),
        }
    }

    /// JSON Schema of the answer.
    pub(crate) fn schema(self) -> &'static str {
        match self {
            Self::Extraction => include_str!("tasks/schemas/extraction.json"),
            Self::CvDraft => include_str!("tasks/schemas/cv_draft.json"),
            Self::CoverLetter => include_str!("tasks/schemas/cover_letter.json"),
            Self::Validation => include_str!("tasks/schemas/validation.json"),
        }
    }

    /// Room for the answer, and for thinking, which some vendors count in.
    fn max_output_tokens(self) -> u64 {
        match self {
            Self::Extraction | Self::CoverLetter => 8_192,
            Self::CvDraft => 16_384,
            Self::Validation => 4_096,
        }
    }

    /// Reads what was sent.
    pub(crate) fn read(self, body: &[u8]) -> Result<Read<Given>, Fault> {
        match self {
            Self::Extraction => given(body, ExtractionOrder::given),
            Self::CvDraft => given(body, CvDraftOrder::given),
            Self::CoverLetter => given(body, CoverLetterOrder::given),
            Self::Validation => given(body, ValidationOrder::given),
        }
    }

    /// The call. A provider without schemas may do: the answer is held to the schema either way.
    pub(crate) fn call(self, parts: Vec<Part>, own_prompt: Option<String>) -> CallRequest {
        let schema = serde_json::from_str(self.schema()).unwrap_or_default();
        CallRequest {
            system: Some(own_prompt.unwrap_or_else(|| self.prompt().to_owned())),
            messages: vec![Message { role: Role::User, parts }],
            max_output_tokens: Some(self.max_output_tokens()),
            schema: Some(AnswerSchema { name: self.name().to_owned(), schema }),
            degrade: true,
            ..CallRequest::default()
        }
    }

    /// The body of an answer, if it is what the endpoint promises.
    pub(crate) fn answer(self, answer: &CallAnswer) -> Result<Bytes, Fault> {
        match self {
            Self::Extraction => promised::<Job>(answer),
            Self::CvDraft => promised::<CvDraft>(answer),
            Self::CoverLetter => promised::<CoverLetter>(answer),
            Self::Validation => promised::<Validation>(answer),
        }
    }
}

fn given<T: DeserializeOwned>(
    body: &[u8],
    convert: impl FnOnce(T) -> Result<Given, Fault>,
) -> Result<Read<Given>, Fault> {
    let Read { request, ignored } = json::read::<T>(body)?;
    Ok(Read { request: convert(request)?, ignored })
}

fn promised<T: DeserializeOwned + Serialize>(answer: &CallAnswer) -> Result<Bytes, Fault> {
    let broken = || {
        let message = "the answer is not of the promised form";
        let fault = Fault::new(Kind::Upstream, message, "Try again, or route the task to another model.");
        Fault { is_final: true, ..fault }
    };
    let data: T = serde_json::from_str(&answer.text).map_err(|_| broken())?;
    serde_json::to_vec(&Success { success: true, data }).map(Bytes::from).map_err(|_| broken())
}

/// The instructions that came with the program, of a task that has an endpoint.
pub fn built_in_prompt(task: &str) -> Option<&'static str> {
    Endpoint::of(task).map(Endpoint::prompt)
}

/// A schema as a value; for tests that hold it beside the types.
#[cfg(test)]
fn schema(endpoint: Endpoint) -> serde_json::Value {
    serde_json::from_str(endpoint.schema()).unwrap()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;

    /// Each object of a schema lists all of its fields as required and allows no others: OpenAI's strict mode.
    fn assert_strict(schema: &Value, path: &str) {
        if let Some(properties) = schema["properties"].as_object() {
            let names: BTreeSet<&str> = properties.keys().map(String::as_str).collect();
            let required =
                schema["required"].as_array().unwrap().iter().map(|one| one.as_str().unwrap()).collect();
            assert_eq!(names, required, "{path}");
            assert_eq!(schema["additionalProperties"], false, "{path}");
            properties.iter().for_each(|(name, one)| assert_strict(one, &format!("{path}.{name}")));
        }
        assert_strict_parts(schema, path);
    }

    fn assert_strict_parts(schema: &Value, path: &str) {
        if schema.get("items").is_some() {
            assert_strict(&schema["items"], &format!("{path}[]"));
        }
        for one in schema["anyOf"].as_array().into_iter().flatten() {
            assert_strict(one, path);
        }
    }

    #[test]
    fn every_schema_is_strict_and_every_prompt_is_text() {
        for endpoint in Endpoint::ALL {
            assert_strict(&schema(endpoint), endpoint.name());
            assert!(endpoint.prompt().len() > 200, "{}", endpoint.name());
        }
    }

    #[test]
    fn every_endpoint_is_a_built_in_task() {
        assert_eq!(Endpoint::ALL.map(Endpoint::name), model::task::BUILT_IN);
    }

    #[test]
    fn a_tasks_own_prompt_goes_before_the_files() {
        let call = Endpoint::Extraction.call(Vec::new(), Some("Mine.".into()));
        assert_eq!(call.system.as_deref(), Some("Mine."));
        let call = Endpoint::Extraction.call(Vec::new(), None);
        assert_eq!(call.system.as_deref(), Some(Endpoint::Extraction.prompt()));
        assert_eq!(call.schema.unwrap().schema["type"], "object");
    }

    #[test]
    fn an_answer_of_another_form_is_the_models_fault() {
        let answer = CallAnswer { text: "{\"title\":1}".into(), ..CallAnswer::default() };
        let fault = Endpoint::Extraction.answer(&answer).unwrap_err();
        assert_eq!(fault.kind, Kind::Upstream);
    }
}
