//! Input items as turns.

use model::call::{Message, Part, Role, ToolCall};
use serde::Deserialize;

use crate::http::{asked, fault::Fault, json::TextOr};

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Item {
    r#type: Option<String>,
    role: Option<String>,
    content: Option<TextOr<ItemPart>>,
    call_id: Option<String>,
    name: Option<String>,
    arguments: Option<String>,
    output: Option<TextOr<ItemPart>>,
}

#[derive(Deserialize)]
struct ItemPart {
    r#type: String,
    text: Option<String>,
    refusal: Option<String>,
    image_url: Option<String>,
    filename: Option<String>,
    file_data: Option<String>,
}

/// Where an item stands, for errors.
struct Place(usize);

impl Place {
    fn field(&self, field: &str) -> String {
        format!("input[{}].{field}", self.0)
    }

    fn needed<T>(&self, value: Option<T>, field: &str) -> Result<T, Fault> {
        let missing =
            || Fault::bad(self.field(field), "this field is missing", "Send it with this type of item.");
        value.ok_or_else(missing)
    }
}

pub(super) fn conversation(input: TextOr<Item>, system: &mut Option<String>) -> Result<Vec<Message>, Fault> {
    let items = match input {
        TextOr::Text(text) => return Ok(vec![Message::text(Role::User, text)]),
        TextOr::Parts(items) => items,
    };
    let mut messages: Vec<Message> = Vec::with_capacity(items.len());
    for (index, item) in items.into_iter().enumerate() {
        add(&mut messages, system, Place(index), item)?;
    }
    Ok(messages)
}

fn add(
    messages: &mut Vec<Message>,
    system: &mut Option<String>,
    place: Place,
    item: Item,
) -> Result<(), Fault> {
    match item.r#type.as_deref().unwrap_or("message") {
        "message" => return turn(messages, system, &place, item),
        "function_call" => {
            let call = ToolCall {
                id: place.needed(item.call_id, "call_id")?,
                name: place.needed(item.name, "name")?,
                arguments: place.needed(item.arguments, "arguments")?,
                signature: None,
            };
            called(messages, Part::ToolCall(call));
        }
        "function_call_output" => {
            let id = place.needed(item.call_id, "call_id")?;
            let content = text(place.needed(item.output, "output")?, &place, "output")?;
            asked::push(messages, Role::User, vec![Part::ToolResult { id, content, is_error: false }]);
        }
        // Another vendor's thinking means nothing to the one who serves this call.
        "reasoning" => {}
        _ => {
            let advice = "Send messages, function_call and function_call_output.";
            return Err(Fault::unsupported(place.field("type"), advice));
        }
    }
    Ok(())
}

fn turn(
    messages: &mut Vec<Message>,
    system: &mut Option<String>,
    place: &Place,
    item: Item,
) -> Result<(), Fault> {
    let content = place.needed(item.content, "content")?;
    let role = match item.role.as_deref() {
        Some("system" | "developer") => {
            asked::instruct(system, &text(content, place, "content")?);
            return Ok(());
        }
        Some("user") => Role::User,
        Some("assistant") => Role::Assistant,
        _ => {
            let advice = "Use system, developer, user or assistant.";
            return Err(Fault::bad(place.field("role"), "this role is not known", advice));
        }
    };
    asked::push(messages, role, parts(content, place, "content")?);
    Ok(())
}

/// A call belongs to the turn in which the model said something before it.
fn called(messages: &mut Vec<Message>, call: Part) {
    match messages.last_mut().filter(|last| last.role == Role::Assistant) {
        Some(last) => last.parts.push(call),
        None => messages.push(Message { role: Role::Assistant, parts: vec![call] }),
    }
}

fn text(content: TextOr<ItemPart>, place: &Place, field: &str) -> Result<String, Fault> {
    if let TextOr::Text(text) = content {
        return Ok(text);
    }
    let texts: Option<Vec<String>> = parts(content, place, field)?
        .into_iter()
        .map(|part| match part {
            Part::Text { text } => Some(text),
            _ => None,
        })
        .collect();
    texts.map(|texts| texts.concat()).ok_or_else(|| Fault::unsupported(place.field(field), "Send text here."))
}

fn parts(content: TextOr<ItemPart>, place: &Place, field: &str) -> Result<Vec<Part>, Fault> {
    let part = |(index, one)| part(one, place, &format!("{field}[{index}]"));
    match content {
        TextOr::Text(text) => Ok(vec![Part::Text { text }]),
        TextOr::Parts(parts) => parts.into_iter().enumerate().map(part).collect(),
    }
}

fn part(part: ItemPart, place: &Place, path: &str) -> Result<Part, Fault> {
    let at = |field: &str| format!("{path}.{field}");
    match part.r#type.as_str() {
        "input_text" | "output_text" => Ok(Part::Text { text: place.needed(part.text, &at("text"))? }),
        "refusal" => Ok(Part::Text { text: place.needed(part.refusal, &at("refusal"))? }),
        "input_image" => {
            let url = place.needed(part.image_url, &at("image_url"))?;
            asked::by_address(url, || place.field(&at("image_url")))
        }
        "input_file" => {
            let field = || place.field(&at("file_data"));
            match asked::by_address(place.needed(part.file_data, &at("file_data"))?, field)? {
                Part::Pdf { data, .. } => Ok(Part::Pdf { name: part.filename, data }),
                _ => Err(Fault::bad(
                    field(),
                    "this is no PDF",
                    "Send data:application/pdf;base64, and the bytes.",
                )),
            }
        }
        _ => {
            let advice = "Send input_text, input_image and input_file.";
            Err(Fault::unsupported(place.field(&at("type")), advice))
        }
    }
}
