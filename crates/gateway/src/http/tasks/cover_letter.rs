//! `cover_letter`: a person's profile and a job become a letter.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Given,
    input::{JobInput, Sections},
};
use crate::http::fault::Fault;

/// What is sent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoverLetterOrder {
    /// What is known of the person: a text, or JSON of any form.
    pub profile: Value,
    /// The job it is for.
    pub job: JobInput,
    /// The letter's language, BCP 47; without it the job's.
    pub language: Option<String>,
    /// How it is to sound.
    pub tone: Option<String>,
    /// About how long the body may be.
    pub max_words: Option<u32>,
    /// Wishes.
    pub notes: Option<String>,
    /// Whom the usage is counted for.
    pub user: Option<String>,
}

/// A letter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverLetter {
    /// The subject line.
    pub subject: String,
    /// The salutation.
    pub greeting: String,
    /// The body.
    pub paragraphs: Vec<String>,
    /// The words before the name.
    pub closing: String,
    /// The person's name, where the profile has it.
    pub signature: Option<String>,
}

impl CoverLetterOrder {
    pub(super) fn given(self) -> Result<Given, Fault> {
        let words = self.max_words.map(|words| format!("at most {words} words"));
        let sections = Sections::default()
            .profile(&self.profile)?
            .job(&self.job)?
            .optional("language", "LANGUAGE", self.language.as_deref())?
            .optional("tone", "TONE", self.tone.as_deref())?
            .optional("max_words", "LENGTH", words.as_deref())?
            .optional("notes", "WISHES", self.notes.as_deref())?;
        Ok(Given { parts: vec![sections.part()], user: self.user })
    }
}

#[cfg(test)]
mod tests {
    use model::call::Part;
    use serde_json::json;

    use super::*;
    use crate::http::tasks::{Endpoint, schema};

    #[test]
    fn the_type_and_the_schema_have_the_same_fields() {
        let sample =
            json!({"subject": "s", "greeting": "g", "paragraphs": ["p"], "closing": "c", "signature": null});
        let typed =
            serde_json::to_value(serde_json::from_value::<CoverLetter>(sample.clone()).unwrap()).unwrap();
        assert_eq!(typed, sample);
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&typed), keys(&schema(Endpoint::CoverLetter)["properties"]));
    }

    #[test]
    fn length_and_tone_are_said_to_the_model() {
        let order =
            json!({"profile": "Ann, engineer", "job": "Engineer wanted", "max_words": 200, "tone": "warm"});
        let given = serde_json::from_value::<CoverLetterOrder>(order).unwrap().given().unwrap();
        let Part::Text { text } = &given.parts[0] else { panic!("no text") };
        assert!(text.contains("TONE\n<<<\nwarm\n>>>") && text.contains("at most 200 words"));
    }
}
