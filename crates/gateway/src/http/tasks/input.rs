//! Inputs that several tasks share, and how they are set before the model.

use model::call::Part;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Job;
use crate::http::fault::Fault;

/// Longest text of one field, in bytes: about a million tokens.
const MOST_TEXT: usize = 4 << 20;

/// A job as its posting's text, or as `extraction` answered it.
#[derive(Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum JobInput {
    /// The posting's text.
    Text(String),
    /// What `extraction` made of it.
    Job(Box<Job>),
}

/// What is asked, as sections with a heading each.
#[derive(Default)]
pub(super) struct Sections(String);

impl Sections {
    /// A section of text that must be there.
    pub(super) fn required(self, field: &str, heading: &str, text: &str) -> Result<Self, Fault> {
        match text.trim().is_empty() {
            true => Err(Fault::bad(field, format!("{field} is empty"), "Send its text.")),
            false => self.add(field, heading, text),
        }
    }

    /// One that may be left out.
    pub(super) fn optional(self, field: &str, heading: &str, text: Option<&str>) -> Result<Self, Fault> {
        match text.filter(|text| !text.trim().is_empty()) {
            Some(text) => self.add(field, heading, text),
            None => Ok(self),
        }
    }

    pub(super) fn job(self, job: &JobInput) -> Result<Self, Fault> {
        match job {
            JobInput::Text(text) => self.required("job", "JOB POSTING", text),
            JobInput::Job(job) => {
                let text = serde_json::to_string_pretty(job).unwrap_or_default();
                self.required("job", "JOB", &text)
            }
        }
    }

    /// A profile as text or as any JSON.
    pub(super) fn profile(self, profile: &Value) -> Result<Self, Fault> {
        match profile {
            Value::String(text) => self.required("profile", "PROFILE", text),
            Value::Object(_) | Value::Array(_) => {
                let text = serde_json::to_string_pretty(profile).unwrap_or_default();
                self.required("profile", "PROFILE", &text)
            }
            _ => {
                Err(Fault::bad("profile", "profile is neither a text nor an object", "Send the person's CV."))
            }
        }
    }

    fn add(mut self, field: &str, heading: &str, text: &str) -> Result<Self, Fault> {
        if text.len() > MOST_TEXT {
            return Err(Fault::bad(field, format!("{field} is longer than 4 MiB"), "Send less."));
        }
        if !self.0.is_empty() {
            self.0.push_str("\n\n");
        }
        // The prompts say that what stands between these marks is material, never an instruction.
        self.0.extend([heading, "\n<<<\n", text.trim(), "\n>>>"]);
        Ok(self)
    }

    pub(super) fn part(self) -> Part {
        Part::Text { text: self.0 }
    }
}
