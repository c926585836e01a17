//! The messages of Chat Completions as turns.

use model::call::{self, Part, Role, ToolCall};
use serde::Deserialize;
use serde_json::Value;

use crate::http::{asked, fault::Fault, json::TextOr};

#[derive(Deserialize)]
pub(super) struct Message {
    role: String,
    content: Option<TextOr<ContentPart>>,
    tool_calls: Option<Vec<Call>>,
    tool_call_id: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct ContentPart {
    r#type: String,
    text: Option<String>,
    refusal: Option<String>,
    image_url: Option<Address>,
    file: Option<File>,
}

#[derive(Deserialize)]
struct Address {
    url: String,
}

#[derive(Deserialize)]
struct File {
    filename: Option<String>,
    file_data: Option<String>,
}

#[derive(Deserialize)]
struct Call {
    id: String,
    function: Option<CalledFunction>,
    /// Where Google's compatible endpoint keeps the signature of a call.
    extra_content: Option<Value>,
}

#[derive(Deserialize)]
struct CalledFunction {
    name: String,
    arguments: String,
}

#[derive(Default)]
pub(super) struct Conversation {
    pub(super) system: Option<String>,
    pub(super) messages: Vec<call::Message>,
}

pub(super) fn conversation(messages: Vec<Message>) -> Result<Conversation, Fault> {
    let mut conversation = Conversation::default();
    for (index, message) in messages.into_iter().enumerate() {
        conversation.add(index, message)?;
    }
    Ok(conversation)
}

impl Conversation {
    fn add(&mut self, index: usize, message: Message) -> Result<(), Fault> {
        match message.role.as_str() {
            "system" | "developer" => {
                let text = text(message.content, index)?;
                asked::instruct(&mut self.system, &text);
            }
            "user" => {
                let parts = parts(message.content, index)?;
                asked::push(&mut self.messages, Role::User, parts);
            }
            "assistant" => {
                let parts = said(message, index)?;
                asked::push(&mut self.messages, Role::Assistant, parts);
            }
            "tool" => {
                let part = result(message, index)?;
                asked::push(&mut self.messages, Role::User, vec![part]);
            }
            _ => {
                let advice = "Use system, developer, user, assistant or tool.";
                return Err(Fault::bad(format!("messages[{index}].role"), "this role is not known", advice));
            }
        }
        Ok(())
    }
}

fn said(message: Message, index: usize) -> Result<Vec<Part>, Fault> {
    let mut parts = match message.content {
        // Clients send back an empty text beside calls, which Anthropic refuses.
        Some(TextOr::Text(text)) if text.is_empty() => Vec::new(),
        Some(content) => parts(Some(content), index)?,
        None => message.refusal.map(|text| Part::Text { text }).into_iter().collect(),
    };
    for (place, call) in message.tool_calls.unwrap_or_default().into_iter().enumerate() {
        let Some(function) = call.function else {
            let field = format!("messages[{index}].tool_calls[{place}].type");
            return Err(Fault::unsupported(field, "Send calls of functions."));
        };
        parts.push(Part::ToolCall(ToolCall {
            id: call.id,
            name: function.name,
            arguments: function.arguments,
            signature: call.extra_content.as_ref().and_then(signature),
        }));
    }
    Ok(parts)
}

fn signature(extra: &Value) -> Option<String> {
    extra.pointer("/google/thought_signature")?.as_str().map(str::to_owned)
}

fn result(message: Message, index: usize) -> Result<Part, Fault> {
    let Some(id) = message.tool_call_id else {
        let field = format!("messages[{index}].tool_call_id");
        return Err(Fault::bad(
            field,
            "tool_call_id is missing",
            "Name the call that this is the result of.",
        ));
    };
    Ok(Part::ToolResult { id, content: text(message.content, index)?, is_error: false })
}

/// Content that can only be text.
fn text(content: Option<TextOr<ContentPart>>, index: usize) -> Result<String, Fault> {
    if let Some(TextOr::Text(text)) = content {
        return Ok(text);
    }
    let mut all = String::new();
    for (place, part) in parts(content, index)?.into_iter().enumerate() {
        let Part::Text { text } = part else {
            let field = format!("messages[{index}].content[{place}].type");
            return Err(Fault::unsupported(field, "Send text in this role."));
        };
        all.push_str(&text);
    }
    Ok(all)
}

fn parts(content: Option<TextOr<ContentPart>>, index: usize) -> Result<Vec<Part>, Fault> {
    match content {
        Some(TextOr::Text(text)) => Ok(vec![Part::Text { text }]),
        Some(TextOr::Parts(parts)) => {
            parts.into_iter().enumerate().map(|(place, one)| part(one, index, place)).collect()
        }
        None => {
            let field = format!("messages[{index}].content");
            Err(Fault::bad(field, "content is missing", "Send a text or a list of parts."))
        }
    }
}

fn part(part: ContentPart, index: usize, place: usize) -> Result<Part, Fault> {
    let at = |field: &str| format!("messages[{index}].content[{place}].{field}");
    let missing =
        |field: &str| Fault::bad(at(field), "this field is missing", "Send it with this type of part.");
    match part.r#type.as_str() {
        "text" => Ok(Part::Text { text: part.text.ok_or_else(|| missing("text"))? }),
        "refusal" => Ok(Part::Text { text: part.refusal.ok_or_else(|| missing("refusal"))? }),
        "image_url" => {
            let address = part.image_url.ok_or_else(|| missing("image_url"))?;
            asked::by_address(address.url, || at("image_url.url"))
        }
        "file" => file(part.file.ok_or_else(|| missing("file"))?, || at("file.file_data")),
        _ => Err(Fault::unsupported(at("type"), "Send parts of the types text, image_url and file.")),
    }
}

/// A document by its bytes; files that lie at OpenAI are out of reach for everyone else.
fn file(file: File, field: impl Fn() -> String) -> Result<Part, Fault> {
    let Some(data) = file.file_data else {
        return Err(Fault::bad(
            field(),
            "file_data is missing",
            "Send the file's bytes; uploaded files cannot be used.",
        ));
    };
    match asked::by_address(data, &field)? {
        Part::Pdf { data, .. } => Ok(Part::Pdf { name: file.filename, data }),
        _ => Err(Fault::bad(
            field(),
            "this is no PDF",
            "Send data:application/pdf;base64, and the bytes in Base64.",
        )),
    }
}
