//! `POST /v1/responses`: what is asked.

use model::call::{AnswerSchema, CallRequest, Tool, ToolChoice};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::Value;

use super::item::{self, Item};
use crate::http::{
    asked::{self, Asked},
    fault::Fault,
    json::{Read, TextOr},
    openai::chat::{any_object, choice_word, tool},
};

#[derive(Deserialize)]
struct Create {
    model: String,
    input: TextOr<Item>,
    instructions: Option<String>,
    max_output_tokens: Option<u64>,
    temperature: Option<f64>,
    text: Option<TextConfig>,
    tools: Option<Vec<ToolEntry>>,
    tool_choice: Option<Choice>,
    reasoning: Option<Reasoning>,
    stream: Option<bool>,
    user: Option<String>,
    safety_identifier: Option<String>,
    // Refused below.
    previous_response_id: Option<IgnoredAny>,
    conversation: Option<IgnoredAny>,
    background: Option<bool>,
}

#[derive(Deserialize)]
struct TextConfig {
    format: Option<Format>,
}

#[derive(Deserialize)]
struct Format {
    r#type: String,
    name: Option<String>,
    schema: Option<Value>,
}

#[derive(Deserialize)]
struct ToolEntry {
    r#type: String,
    name: Option<String>,
    description: Option<String>,
    parameters: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Choice {
    Word(String),
    Named { r#type: String, name: String },
    Other(IgnoredAny),
}

#[derive(Deserialize)]
struct Reasoning {
    effort: Option<String>,
}

/// Reads a request.
pub(crate) fn read(body: &[u8]) -> Result<Read<Asked>, Fault> {
    let Read { request, ignored } = crate::http::json::read::<Create>(body)?;
    Ok(Read { request: convert(request)?, ignored })
}

fn convert(create: Create) -> Result<Asked, Fault> {
    refuse(&create)?;
    let mut system = create.instructions;
    let messages = item::conversation(create.input, &mut system)?;
    asked::not_empty(&messages, "input")?;
    let effort = create.reasoning.and_then(|reasoning| reasoning.effort);
    let call = CallRequest {
        system,
        messages,
        max_output_tokens: create.max_output_tokens,
        temperature: create.temperature,
        schema: create.text.and_then(|text| text.format).map(schema).transpose()?.flatten(),
        tools: tools(create.tools.unwrap_or_default())?,
        tool_choice: create.tool_choice.map(choice).transpose()?.unwrap_or_default(),
        effort: effort.map(|name| asked::effort(&name, "reasoning.effort")).transpose()?,
        ..CallRequest::default()
    };
    Ok(Asked {
        model: create.model,
        call,
        stream: create.stream.unwrap_or(false),
        user: create.safety_identifier.or(create.user),
        stream_usage: true,
    })
}

fn refuse(create: &Create) -> Result<(), Fault> {
    const ADVICE: &str = "Send the whole conversation as input; the gateway keeps none.";
    let refused = [
        (create.previous_response_id.is_some(), "previous_response_id", ADVICE),
        (create.conversation.is_some(), "conversation", ADVICE),
        (create.background == Some(true), "background", "Ask for a stream."),
    ];
    match refused.into_iter().find(|one| one.0) {
        Some((_, field, advice)) => Err(Fault::unsupported(field, advice)),
        None => Ok(()),
    }
}

fn schema(format: Format) -> Result<Option<AnswerSchema>, Fault> {
    match (format.r#type.as_str(), format.schema) {
        ("text", _) => Ok(None),
        ("json_object", _) => Ok(Some(any_object())),
        ("json_schema", Some(schema)) => {
            Ok(Some(AnswerSchema { name: format.name.unwrap_or_else(|| "answer".to_owned()), schema }))
        }
        _ => {
            let advice = "Use text, json_object, or json_schema with a schema.";
            Err(Fault::bad("text.format", "this format is not known", advice))
        }
    }
}

fn tools(entries: Vec<ToolEntry>) -> Result<Vec<Tool>, Fault> {
    let convert = |(index, entry): (usize, ToolEntry)| match (entry.r#type.as_str(), entry.name) {
        ("function", Some(name)) => Ok(tool(name, entry.description, entry.parameters)),
        // Tools that run at OpenAI.
        _ => Err(Fault::unsupported(format!("tools[{index}].type"), "Send functions with a name.")),
    };
    entries.into_iter().enumerate().map(convert).collect()
}

fn choice(choice: Choice) -> Result<ToolChoice, Fault> {
    match choice {
        Choice::Word(word) => choice_word(&word),
        Choice::Named { r#type, name } if r#type == "function" => Ok(ToolChoice::Named(name)),
        Choice::Named { .. } | Choice::Other(_) => {
            Err(Fault::unsupported("tool_choice", "Use none, auto, required or the name of one function."))
        }
    }
}

#[cfg(test)]
mod tests {
    use model::call::{Effort, Message, Part, Role, ToolCall};
    use serde_json::json;

    use super::*;

    fn request(body: Value) -> CallRequest {
        read(body.to_string().as_bytes()).map(|read| read.request.call).unwrap()
    }

    fn field(body: Value) -> Option<String> {
        read(body.to_string().as_bytes()).map(|read| read.request).unwrap_err().field
    }

    #[test]
    fn the_reference_request_becomes_a_call() {
        let call = request(json!({"model": "gpt-6-luna", "instructions": "Be brief.", "store": false,
            "max_output_tokens": 256, "reasoning": {"effort": "low"},
            "input": [{"role": "user", "content": [{"type": "input_text", "text": "What is this?"},
                {"type": "input_image", "image_url": "data:image/png;base64,iVBOR", "detail": "auto"},
                {"type": "input_file", "filename": "a.pdf", "file_data": "data:application/pdf;base64,JVBE"}]}],
            "text": {"format": {"type": "json_schema", "name": "answer", "strict": true, "schema": {"type": "object"}}}}));
        let parts = vec![
            Part::Text { text: "What is this?".into() },
            Part::Image { media_type: "image/png".into(), data: "iVBOR".into() },
            Part::Pdf { name: Some("a.pdf".into()), data: "JVBE".into() },
        ];
        assert_eq!(
            call,
            CallRequest {
                system: Some("Be brief.".into()),
                messages: vec![Message { role: Role::User, parts }],
                max_output_tokens: Some(256),
                schema: Some(AnswerSchema { name: "answer".into(), schema: json!({"type": "object"}) }),
                effort: Some(Effort::Low),
                ..CallRequest::default()
            }
        );
    }

    #[test]
    fn calls_stand_in_the_turn_before_them_and_their_outputs_in_one_after() {
        let call = request(json!({"model": "m", "input": [
            {"role": "user", "content": "Hi"}, {"type": "reasoning", "id": "rs_1", "summary": []},
            {"type": "message", "role": "assistant", "content": [{"type": "output_text", "text": "Wait"}]},
            {"type": "function_call", "call_id": "a", "name": "now", "arguments": "{}"},
            {"type": "function_call", "call_id": "b", "name": "now", "arguments": "{}"},
            {"type": "function_call_output", "call_id": "a", "output": "1"},
            {"type": "function_call_output", "call_id": "b", "output": [{"type": "input_text", "text": "2"}]}]}));
        let called = |id: &str| {
            Part::ToolCall(ToolCall {
                id: id.into(),
                name: "now".into(),
                arguments: "{}".into(),
                signature: None,
            })
        };
        let parts: Vec<&[Part]> = call.messages.iter().map(|message| message.parts.as_slice()).collect();
        assert_eq!(parts[1], [Part::Text { text: "Wait".into() }, called("a"), called("b")]);
        assert_eq!(parts[2].len(), 2);
        assert_eq!(parts.len(), 3);
    }

    #[test]
    fn what_would_have_to_be_kept_is_refused() {
        let with = |name: &str, value: Value| {
            let mut body = json!({"model": "m", "input": "Hi"});
            body[name] = value;
            field(body)
        };
        assert_eq!(with("previous_response_id", json!("resp_1")).as_deref(), Some("previous_response_id"));
        assert_eq!(with("background", json!(true)).as_deref(), Some("background"));
        assert_eq!(with("tools", json!([{"type": "web_search"}])).as_deref(), Some("tools[0].type"));
        let unknown = json!([{"role": "user", "content": [{"type": "input_audio"}]}]);
        assert_eq!(with("input", unknown).as_deref(), Some("input[0].content[0].type"));
    }
}
