//! `extraction`: the text of a job posting becomes a structured job.

use serde::{Deserialize, Serialize};

use super::{Given, input::Sections};
use crate::http::fault::Fault;

/// What is sent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExtractionOrder {
    /// The posting, as text or HTML.
    pub text: String,
    /// Where it was found.
    pub source_url: Option<String>,
    /// Whom the usage is counted for.
    pub user: Option<String>,
}

/// A job, as far as its posting says.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Job {
    /// The position's title.
    pub title: String,
    /// Who offers it.
    pub company: Option<String>,
    /// Town, region, country, as written.
    pub location: Option<String>,
    /// Where the work is done.
    pub work_place: WorkPlace,
    /// Full time, part time, contract and so on, as written.
    pub employment_type: Option<String>,
    /// Junior, senior and so on, as written.
    pub seniority: Option<String>,
    /// Pay.
    pub salary: Option<Salary>,
    /// What it is about, in a few sentences.
    pub summary: String,
    /// What is to be done.
    pub responsibilities: Vec<String>,
    /// What is demanded.
    pub requirements: Vec<String>,
    /// What is welcome.
    pub nice_to_have: Vec<String>,
    /// Skills and tools by name.
    pub skills: Vec<String>,
    /// What is offered beside pay.
    pub benefits: Vec<String>,
    /// Last day to apply, `YYYY-MM-DD`.
    pub apply_by: Option<String>,
    /// Where to apply.
    pub apply_url: Option<String>,
    /// Who answers questions.
    pub contact: Option<String>,
    /// The posting's language, BCP 47.
    pub language: String,
}

/// Where the work is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkPlace {
    /// At the employer's.
    OnSite,
    /// Partly elsewhere.
    Hybrid,
    /// Elsewhere.
    Remote,
    /// Not said.
    Unknown,
}

/// Pay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Salary {
    /// From.
    pub min: Option<f64>,
    /// To.
    pub max: Option<f64>,
    /// ISO 4217.
    pub currency: Option<String>,
    /// For how long.
    pub period: Option<SalaryPeriod>,
}

/// For how long pay is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SalaryPeriod {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A month.
    Month,
    /// A year.
    Year,
}

impl ExtractionOrder {
    pub(super) fn given(self) -> Result<Given, Fault> {
        let sections = Sections::default().required("text", "JOB POSTING", &self.text)?.optional(
            "source_url",
            "FOUND AT",
            self.source_url.as_deref(),
        )?;
        Ok(Given { parts: vec![sections.part()], user: self.user })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::http::tasks::{Endpoint, schema};

    pub(in crate::http::tasks) fn job() -> Value {
        json!({"title": "Engineer", "company": null, "location": "Bern", "work_place": "hybrid",
            "employment_type": null, "seniority": null,
            "salary": {"min": 100_000.0, "max": null, "currency": "CHF", "period": "year"},
            "summary": "s", "responsibilities": [], "requirements": ["Rust"], "nice_to_have": [], "skills": ["Rust"],
            "benefits": [], "apply_by": null, "apply_url": null, "contact": null, "language": "en"})
    }

    #[test]
    fn the_type_and_the_schema_have_the_same_fields() {
        let typed = serde_json::to_value(serde_json::from_value::<Job>(job()).unwrap()).unwrap();
        assert_eq!(typed, job());
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        let schema = schema(Endpoint::Extraction);
        assert_eq!(keys(&typed), keys(&schema["properties"]));
        assert_eq!(keys(&typed["salary"]), keys(&schema["properties"]["salary"]["anyOf"][0]["properties"]));
    }

    #[test]
    fn the_posting_is_set_between_marks() {
        let order =
            ExtractionOrder { text: " Engineer wanted ".into(), source_url: None, user: Some("ann".into()) };
        let given = order.given().unwrap();
        let text = "JOB POSTING\n<<<\nEngineer wanted\n>>>".to_owned();
        assert_eq!(given.parts, [model::call::Part::Text { text }]);
        assert_eq!(given.user.as_deref(), Some("ann"));
        let empty = ExtractionOrder { text: " ".into(), source_url: None, user: None };
        assert_eq!(empty.given().unwrap_err().field.as_deref(), Some("text"));
    }
}
