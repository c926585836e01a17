//! `cv_draft`: a person's profile and a job become a CV for that job.

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
pub struct CvDraftOrder {
    /// What is known of the person: a text, or JSON of any form.
    pub profile: Value,
    /// The job it is for; without one the CV is a general one.
    pub job: Option<JobInput>,
    /// The CV's language, BCP 47; without it the job's, else the profile's.
    pub language: Option<String>,
    /// Wishes.
    pub notes: Option<String>,
    /// Whom the usage is counted for.
    pub user: Option<String>,
}

/// A draft of a CV.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CvDraft {
    /// One line under the name.
    pub headline: String,
    /// A short paragraph.
    pub summary: String,
    /// Skills, those that the job asks for first.
    pub skills: Vec<String>,
    /// Positions, newest first.
    pub experience: Vec<Experience>,
    /// Education, newest first.
    pub education: Vec<Education>,
    /// Languages that the person speaks, with the level.
    pub languages: Vec<String>,
    /// What the job asks for and the profile does not show.
    pub gaps: Vec<String>,
}

/// A position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Experience {
    /// What.
    pub title: String,
    /// Where.
    pub company: String,
    /// When, as the profile has it.
    pub period: Option<String>,
    /// What was achieved.
    pub highlights: Vec<String>,
}

/// Education.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Education {
    /// Degree or course.
    pub degree: String,
    /// Where.
    pub institution: String,
    /// When, as the profile has it.
    pub period: Option<String>,
}

impl CvDraftOrder {
    pub(super) fn given(self) -> Result<Given, Fault> {
        let mut sections = Sections::default().profile(&self.profile)?;
        if let Some(job) = &self.job {
            sections = sections.job(job)?;
        }
        let sections = sections.optional("language", "LANGUAGE", self.language.as_deref())?.optional(
            "notes",
            "WISHES",
            self.notes.as_deref(),
        )?;
        Ok(Given { parts: vec![sections.part()], user: self.user })
    }
}

#[cfg(test)]
mod tests {
    use model::call::Part;
    use serde_json::json;

    use super::*;
    use crate::http::tasks::{Endpoint, extraction::tests::job, schema};

    #[test]
    fn the_type_and_the_schema_have_the_same_fields() {
        let sample = json!({"headline": "h", "summary": "s", "skills": [],
            "experience": [{"title": "t", "company": "c", "period": null, "highlights": []}],
            "education": [{"degree": "d", "institution": "i", "period": "2020"}], "languages": [], "gaps": []});
        let typed = serde_json::to_value(serde_json::from_value::<CvDraft>(sample.clone()).unwrap()).unwrap();
        assert_eq!(typed, sample);
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let fields = &schema(Endpoint::CvDraft)["properties"];
        assert_eq!(keys(&typed), keys(fields));
        assert_eq!(keys(&typed["experience"][0]), keys(&fields["experience"]["items"]["properties"]));
        assert_eq!(keys(&typed["education"][0]), keys(&fields["education"]["items"]["properties"]));
    }

    #[test]
    fn the_job_may_be_what_extraction_answered() {
        let order = json!({"profile": {"name": "Ann"}, "job": job(), "language": "de"});
        let given = serde_json::from_value::<CvDraftOrder>(order).unwrap().given().unwrap();
        let Part::Text { text } = &given.parts[0] else { panic!("no text") };
        assert!(text.starts_with("PROFILE\n<<<\n{\n  \"name\": \"Ann\"\n}\n>>>\n\nJOB\n<<<\n"));
        assert!(text.ends_with("LANGUAGE\n<<<\nde\n>>>"));
        let order = json!({"profile": 5});
        let fault = serde_json::from_value::<CvDraftOrder>(order).unwrap().given().unwrap_err();
        assert_eq!(fault.field.as_deref(), Some("profile"));
    }
}
