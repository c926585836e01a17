//! Gemini's contents as turns. Its calls often have no id: then the results belong to the calls of the same name in
//! their order.

use std::collections::VecDeque;

use model::call::{Message, Part, Role, ToolCall};
use serde::Deserialize;
use serde_json::Value;

use crate::http::{asked, fault::Fault};

#[derive(Deserialize)]
pub(super) struct Content {
    role: Option<String>,
    #[serde(default)]
    parts: Vec<ContentPart>,
}

#[derive(Deserialize)]
struct ContentPart {
    text: Option<String>,
    thought: Option<bool>,
    #[serde(alias = "thought_signature", rename = "thoughtSignature")]
    signature: Option<String>,
    #[serde(alias = "inline_data", rename = "inlineData")]
    inline_data: Option<Blob>,
    #[serde(alias = "file_data", rename = "fileData")]
    file_data: Option<FileData>,
    #[serde(alias = "function_call", rename = "functionCall")]
    function_call: Option<FunctionCall>,
    #[serde(alias = "function_response", rename = "functionResponse")]
    function_response: Option<FunctionResponse>,
}

#[derive(Deserialize)]
struct Blob {
    #[serde(alias = "mime_type", rename = "mimeType")]
    mime_type: String,
    data: String,
    #[serde(alias = "display_name", rename = "displayName")]
    display_name: Option<String>,
}

#[derive(Deserialize)]
struct FileData {
    #[serde(alias = "file_uri", rename = "fileUri")]
    file_uri: String,
}

#[derive(Deserialize)]
struct FunctionCall {
    id: Option<String>,
    name: String,
    args: Option<Value>,
}

#[derive(Deserialize)]
struct FunctionResponse {
    id: Option<String>,
    name: String,
    response: Option<Value>,
}

/// Calls that wait for their results: name and id.
#[derive(Default)]
struct Waiting {
    calls: VecDeque<(String, String)>,
    count: usize,
}

pub(super) fn conversation(contents: Vec<Content>) -> Result<Vec<Message>, Fault> {
    let mut waiting = Waiting::default();
    let mut messages = Vec::with_capacity(contents.len());
    for (index, content) in contents.into_iter().enumerate() {
        let role = role(content.role.as_deref(), index)?;
        let mut parts = Vec::with_capacity(content.parts.len());
        for (place, part) in content.parts.into_iter().enumerate() {
            let at = |field: &str| format!("contents[{index}].parts[{place}]{field}");
            parts.extend(waiting.part(part, &at)?);
        }
        asked::push(&mut messages, role, parts);
    }
    Ok(messages)
}

/// Text alone, as in `systemInstruction`.
pub(super) fn text(content: Content) -> Result<String, Fault> {
    let texts: Option<Vec<String>> = content.parts.into_iter().map(|part| part.text).collect();
    let field = "systemInstruction.parts";
    texts.map(|texts| texts.concat()).ok_or_else(|| Fault::unsupported(field, "Send text here."))
}

fn role(name: Option<&str>, index: usize) -> Result<Role, Fault> {
    match name {
        None | Some("user" | "function" | "") => Ok(Role::User),
        Some("model") => Ok(Role::Assistant),
        Some(_) => {
            Err(Fault::bad(format!("contents[{index}].role"), "this role is not known", "Use user or model."))
        }
    }
}

impl Waiting {
    fn part(&mut self, part: ContentPart, at: &dyn Fn(&str) -> String) -> Result<Option<Part>, Fault> {
        // A vendor's thinking means nothing to the others, and Gemini does not need it back.
        if part.thought == Some(true) {
            return Ok(None);
        }
        if let Some(call) = part.function_call {
            return Ok(Some(self.call(call, part.signature)));
        }
        if let Some(response) = part.function_response {
            return Ok(Some(self.result(response)));
        }
        if let Some(blob) = part.inline_data {
            let field = || at(".inlineData.mimeType");
            return asked::by_bytes(blob.mime_type, blob.data, blob.display_name, field).map(Some);
        }
        if let Some(file) = part.file_data {
            return asked::by_address(file.file_uri, || at(".fileData.fileUri")).map(Some);
        }
        match part.text {
            Some(text) => Ok(Some(Part::Text { text })),
            None => {
                let advice = "Send text, inlineData, fileData, functionCall or functionResponse.";
                Err(Fault::unsupported(at(""), advice))
            }
        }
    }

    fn call(&mut self, call: FunctionCall, signature: Option<String>) -> Part {
        let id = call.id.unwrap_or_else(|| format!("call_{}", self.count));
        self.count += 1;
        self.calls.push_back((call.name.clone(), id.clone()));
        let arguments = call.args.map_or_else(|| "{}".to_owned(), |args| args.to_string());
        Part::ToolCall(ToolCall { id, name: call.name, arguments, signature })
    }

    fn result(&mut self, response: FunctionResponse) -> Part {
        let belongs = |(name, id): &(String, String)| match &response.id {
            Some(wanted) => wanted == id,
            None => *name == response.name,
        };
        let place = self.calls.iter().position(belongs);
        let call = place.and_then(|place| self.calls.remove(place));
        // A result without a call is for the provider to refuse.
        let id = call.map(|call| call.1).or(response.id).unwrap_or(response.name);
        let response = response.response.unwrap_or_default();
        let is_error = response.get("error").is_some() && response.get("output").is_none();
        Part::ToolResult { id, content: response.to_string(), is_error }
    }
}
