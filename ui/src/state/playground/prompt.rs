//! What is asked, as it is typed, and the request that it makes.

use std::rc::Rc;

use model::{
    CallRequest,
    call::{AnswerSchema, Message, Part, Role},
    text,
};

use crate::{state::form::limit, t};

/// Bytes of all attachments together: what each vendor takes, and what fits through the shell without a pause.
pub const ATTACHED_LIMIT: u64 = 8 * 1024 * 1024;
/// Media types that a picture may have.
pub const PICTURES: [&str; 4] = ["image/png", "image/jpeg", "image/webp", "image/gif"];
/// The media type of a document.
pub const PDF: &str = "application/pdf";
/// Longest answer that can be asked for.
const OUTPUT_LIMIT: u64 = 1_000_000;
/// The name under which the schema is sent.
const SCHEMA_NAME: &str = "answer";

/// The fields.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// The question.
    pub text: Rc<str>,
    /// Instructions above it.
    pub system: Rc<str>,
    /// JSON Schema of the answer.
    pub schema: Rc<str>,
    /// Temperature as typed.
    pub temperature: String,
    /// Most tokens of the answer, as typed.
    pub max_output: String,
    /// Pictures and documents.
    pub attached: Vec<Rc<Attached>>,
    /// Whether instructions and schema are shown.
    pub more: bool,
    /// What needs a change before anything is asked.
    pub fault: Option<Fault>,
}

/// A picture or a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Attached {
    /// Its file's name.
    pub name: String,
    /// Its bytes before they were written as text.
    pub bytes: u64,
    /// As it is sent.
    pub part: Part,
}

/// A field that needs a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which one.
    pub at: At,
    /// What to do, a full sentence.
    pub message: String,
}

/// A field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// The question.
    Text,
    /// The schema.
    Schema,
    /// The temperature.
    Temperature,
    /// The longest answer.
    MaxOutput,
    /// Pictures and documents.
    Attached,
}

/// A change.
#[derive(Clone, Debug, PartialEq)]
pub enum Edit {
    /// The question.
    Text(String),
    /// Instructions.
    System(String),
    /// The schema.
    Schema(String),
    /// The temperature.
    Temperature(String),
    /// The longest answer.
    MaxOutput(String),
    /// One more picture or document.
    Attach(Attached),
    /// One less, by its place.
    Detach(usize),
    /// Show instructions and schema, or hide them.
    More(bool),
    /// Something needs a change.
    Refused(Fault),
}

impl Default for Prompt {
    fn default() -> Self {
        Self {
            text: "".into(),
            system: "".into(),
            schema: "".into(),
            temperature: String::new(),
            max_output: "1,024".to_owned(),
            attached: Vec::new(),
            more: false,
            fault: None,
        }
    }
}

impl Prompt {
    /// The fields that make this request.
    pub fn of(request: &CallRequest) -> Self {
        let texts = request.parts().filter_map(|part| match part {
            Part::Text { text } => Some(text.as_str()),
            _ => None,
        });
        let schema = request.schema.as_ref().and_then(|one| serde_json::to_string_pretty(&one.schema).ok());
        let system = request.system.as_deref().unwrap_or_default();
        let schema = schema.unwrap_or_default();
        Self {
            text: texts.collect::<Vec<_>>().join("\n\n").into(),
            more: !system.is_empty() || !schema.is_empty(),
            system: system.into(),
            schema: schema.into(),
            temperature: request.temperature.map(|value| value.to_string()).unwrap_or_default(),
            max_output: request
                .max_output_tokens
                .map_or_else(|| Self::default().max_output, |most| text::field_digits(u128::from(most))),
            attached: request.parts().filter_map(attached).map(Rc::new).collect(),
            fault: None,
        }
    }

    /// Changes a field; what was wrong with it is forgotten.
    pub fn apply(&mut self, edit: Edit) {
        let at = match edit {
            Edit::Text(text) => (self.text = text.into(), At::Text).1,
            Edit::System(text) => return self.system = text.into(),
            Edit::Schema(text) => (self.schema = text.into(), At::Schema).1,
            Edit::Temperature(text) => (self.temperature = text, At::Temperature).1,
            Edit::MaxOutput(text) => (self.max_output = text, At::MaxOutput).1,
            Edit::Attach(attached) => return self.attach(attached),
            Edit::Detach(place) => {
                if place < self.attached.len() {
                    self.attached.remove(place);
                }
                At::Attached
            }
            Edit::More(more) => return self.more = more,
            Edit::Refused(fault) => {
                self.more |= fault.at == At::Schema;
                return self.fault = Some(fault);
            }
        };
        self.fault = self.fault.take().filter(|fault| fault.at != at);
    }

    fn attach(&mut self, attached: Attached) {
        let all = self.attached.iter().map(|one| one.bytes).sum::<u64>().saturating_add(attached.bytes);
        let fault =
            (all > ATTACHED_LIMIT).then(|| Fault { at: At::Attached, message: t!("attached-too-large") });
        if fault.is_none() {
            self.attached.push(Rc::new(attached));
        }
        self.fault = fault;
    }

    /// What needs a change in one field.
    pub fn fault(&self, at: At) -> Option<&str> {
        self.fault.as_ref().filter(|fault| fault.at == at).map(|fault| fault.message.as_str())
    }

    /// The request to send.
    ///
    /// # Errors
    /// The first field that needs a change.
    pub fn request(&self) -> Result<CallRequest, Fault> {
        let fault = |at, message| Fault { at, message };
        if self.text.trim().is_empty() && self.attached.is_empty() {
            return Err(fault(At::Text, t!("error-no-prompt")));
        }
        let schema = self.read_schema().map_err(|message| fault(At::Schema, message))?;
        let temperature =
            read_temperature(&self.temperature).map_err(|message| fault(At::Temperature, message))?;
        let max_output = self.max_output().map_err(|message| fault(At::MaxOutput, message))?;
        let attached = self.attached.iter().map(|attached| attached.part.clone());
        let text = (!self.text.trim().is_empty()).then(|| Part::Text { text: self.text.to_string() });
        Ok(CallRequest {
            system: (!self.system.trim().is_empty()).then(|| self.system.to_string()),
            messages: vec![Message { role: Role::User, parts: attached.chain(text).collect() }],
            max_output_tokens: Some(max_output),
            temperature,
            schema: schema.map(|schema| AnswerSchema { name: SCHEMA_NAME.to_owned(), schema }),
            // Side by side, a model that cannot do one thing should still show what it can do; the answer says so.
            degrade: true,
            ..CallRequest::default()
        })
    }

    /// The longest answer.
    ///
    /// # Errors
    /// What to enter instead, a full sentence.
    pub fn max_output(&self) -> Result<u64, String> {
        match limit::parse(&self.max_output) {
            Ok(Some(most @ 1..=OUTPUT_LIMIT)) => Ok(most),
            Ok(_) | Err(_) => Err(t!("error-max-output")),
        }
    }

    fn read_schema(&self) -> Result<Option<serde_json::Value>, String> {
        if self.schema.trim().is_empty() {
            return Ok(None);
        }
        let value: serde_json::Value = serde_json::from_str(&self.schema)
            .map_err(|error| t!("error-schema", line = error.line(), column = error.column()))?;
        if value.is_object() { Ok(Some(value)) } else { Err(t!("error-schema-object")) }
    }
}

fn attached(part: &Part) -> Option<Attached> {
    let bytes = |data: &str| data.len() as u64 / 4 * 3;
    match part {
        Part::Image { data, .. } => {
            Some(Attached { name: t!("attached-picture"), bytes: bytes(data), part: part.clone() })
        }
        Part::Pdf { name, data } => {
            let name = name.clone().unwrap_or_else(|| t!("attached-pdf"));
            Some(Attached { name, bytes: bytes(data), part: part.clone() })
        }
        _ => None,
    }
}

/// A decimal comma is read as well, since nothing here is grouped.
fn read_temperature(typed: &str) -> Result<Option<f64>, String> {
    let typed = typed.trim().replace(',', ".");
    if typed.is_empty() {
        return Ok(None);
    }
    let plain = typed.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let value = typed.parse::<f64>().ok().filter(|value| plain && (0.0..=2.0).contains(value));
    value.map(Some).ok_or_else(|| t!("error-temperature"))
}

/// A file as it is sent: `data:image/png;base64,…` as the browser reads it.
///
/// # Errors
/// What to do instead, a full sentence.
pub fn attachment(name: &str, bytes: u64, data_url: &str) -> Result<Attached, String> {
    let (head, data) = data_url.split_once(',').ok_or_else(|| t!("attached-unread", name = name))?;
    let media_type = head.strip_prefix("data:").and_then(|head| head.split(';').next()).unwrap_or_default();
    let data = data.to_owned();
    let part = match media_type {
        PDF => Part::Pdf { name: Some(name.to_owned()), data },
        picture if PICTURES.contains(&picture) => Part::Image { media_type: picture.to_owned(), data },
        _ => return Err(t!("attached-kind", name = name)),
    };
    Ok(Attached { name: name.to_owned(), bytes, part })
}
