//! `validation`: whether a picture shows what it should.

use serde::{Deserialize, Serialize};

use super::{Given, input::Sections};
use crate::http::{asked, fault::Fault};

/// What is sent.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ValidationOrder {
    /// `data:image/png;base64,…` (also JPEG, WebP, GIF or PDF), or an https address that the vendor fetches.
    pub image: String,
    /// What it should show, such as "a passport photo" or "a diploma of Ann Lee".
    pub expected: Option<String>,
    /// Whom the usage is counted for.
    pub user: Option<String>,
}

/// What was found.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Validation {
    /// Whether it is what was expected, and usable.
    pub is_valid: bool,
    /// How sure that is, 0 to 1.
    pub confidence: f64,
    /// What kind of picture it is.
    pub kind: String,
    /// What it shows, one or two sentences.
    pub description: String,
    /// The text in it.
    pub text: Option<String>,
    /// What is wrong with it.
    pub issues: Vec<String>,
}

impl ValidationOrder {
    pub(super) fn given(self) -> Result<Given, Fault> {
        let picture = asked::by_address(self.image, || "image".to_owned())?;
        let expected = self.expected.as_deref().filter(|text| !text.trim().is_empty());
        let sections = Sections::default().required(
            "expected",
            "EXPECTED",
            expected.unwrap_or("a readable picture, whatever it shows"),
        )?;
        Ok(Given { parts: vec![picture, sections.part()], user: self.user })
    }
}

#[cfg(test)]
mod tests {
    use model::call::Part;
    use serde_json::{Value, json};

    use super::*;
    use crate::http::tasks::{Endpoint, schema};

    #[test]
    fn the_type_and_the_schema_have_the_same_fields() {
        let sample = json!({"is_valid": true, "confidence": 0.9, "kind": "photo", "description": "d", "text": null,
            "issues": []});
        let typed =
            serde_json::to_value(serde_json::from_value::<Validation>(sample.clone()).unwrap()).unwrap();
        assert_eq!(typed, sample);
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&typed), keys(&schema(Endpoint::Validation)["properties"]));
    }

    #[test]
    fn the_picture_goes_before_the_question() {
        let order =
            ValidationOrder { image: "data:image/png;base64,iVBO".into(), expected: None, user: None };
        let parts = order.given().unwrap().parts;
        assert!(matches!((&parts[0], &parts[1]), (Part::Image { .. }, Part::Text { .. })));
        let order = ValidationOrder { image: "file:///etc/passwd".into(), expected: None, user: None };
        assert_eq!(order.given().unwrap_err().field.as_deref(), Some("image"));
    }
}
