//! `POST /v1/chat/completions`: what is asked. Fields that change what comes back and that no other vendor has are
//! refused; those that only tune it are left out, and the answer's headers name them.

use model::call::{AnswerSchema, CallRequest, Tool, ToolChoice};
use serde::{Deserialize, de::IgnoredAny};
use serde_json::{Value, json};

use super::message::{self, Message};
use crate::http::{
    asked::{self, Asked},
    fault::Fault,
    json::{Read, TextOr},
};

#[derive(Deserialize)]
struct Chat {
    model: String,
    messages: Vec<Message>,
    max_completion_tokens: Option<u64>,
    max_tokens: Option<u64>,
    temperature: Option<f64>,
    stop: Option<TextOr<String>>,
    response_format: Option<Format>,
    tools: Option<Vec<ToolEntry>>,
    tool_choice: Option<Choice>,
    reasoning_effort: Option<String>,
    stream: Option<bool>,
    stream_options: Option<StreamOptions>,
    user: Option<String>,
    safety_identifier: Option<String>,
    // Refused below.
    n: Option<u64>,
    logprobs: Option<bool>,
    audio: Option<IgnoredAny>,
    functions: Option<IgnoredAny>,
    function_call: Option<IgnoredAny>,
    web_search_options: Option<IgnoredAny>,
}

#[derive(Deserialize)]
struct StreamOptions {
    include_usage: Option<bool>,
}

#[derive(Deserialize)]
struct Format {
    r#type: String,
    json_schema: Option<NamedSchema>,
}

#[derive(Deserialize)]
struct NamedSchema {
    name: String,
    schema: Value,
}

#[derive(Deserialize)]
struct ToolEntry {
    r#type: String,
    function: Option<Function>,
}

#[derive(Deserialize)]
struct Function {
    name: String,
    description: Option<String>,
    parameters: Option<Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Choice {
    Word(String),
    Named { function: ChosenFunction },
    Other(IgnoredAny),
}

#[derive(Deserialize)]
struct ChosenFunction {
    name: String,
}

/// Reads a request.
pub(crate) fn read(body: &[u8]) -> Result<Read<Asked>, Fault> {
    let Read { request, ignored } = crate::http::json::read::<Chat>(body)?;
    Ok(Read { request: convert(request)?, ignored })
}

fn convert(chat: Chat) -> Result<Asked, Fault> {
    refuse(&chat)?;
    let conversation = message::conversation(chat.messages)?;
    asked::not_empty(&conversation.messages, "messages")?;
    let call = CallRequest {
        system: conversation.system,
        messages: conversation.messages,
        max_output_tokens: chat.max_completion_tokens.or(chat.max_tokens),
        temperature: chat.temperature,
        stop: chat.stop.map(|stop| stop.into_parts(|one| one)).unwrap_or_default(),
        schema: chat.response_format.map(schema).transpose()?.flatten(),
        tools: tools(chat.tools.unwrap_or_default())?,
        tool_choice: chat.tool_choice.map(choice).transpose()?.unwrap_or_default(),
        effort: chat.reasoning_effort.map(|name| asked::effort(&name, "reasoning_effort")).transpose()?,
        degrade: false,
    };
    Ok(Asked {
        model: chat.model,
        call,
        stream: chat.stream.unwrap_or(false),
        user: chat.safety_identifier.or(chat.user),
        stream_usage: chat.stream_options.and_then(|options| options.include_usage).unwrap_or(false),
    })
}

fn refuse(chat: &Chat) -> Result<(), Fault> {
    let refused = [
        (chat.n.is_some_and(|n| n != 1), "n", "Ask once for each answer that you want."),
        (chat.logprobs == Some(true), "logprobs", "Leave it out."),
        (chat.audio.is_some(), "audio", "Ask for text."),
        (chat.functions.is_some(), "functions", "Send them as tools."),
        (chat.function_call.is_some(), "function_call", "Send it as tool_choice."),
        (chat.web_search_options.is_some(), "web_search_options", "Leave it out."),
    ];
    match refused.into_iter().find(|one| one.0) {
        Some((_, field, advice)) => Err(Fault::unsupported(field, advice)),
        None => Ok(()),
    }
}

fn schema(format: Format) -> Result<Option<AnswerSchema>, Fault> {
    match (format.r#type.as_str(), format.json_schema) {
        ("text", _) => Ok(None),
        ("json_object", _) => Ok(Some(any_object())),
        ("json_schema", Some(named)) => Ok(Some(AnswerSchema { name: named.name, schema: named.schema })),
        ("json_schema", None) => {
            let advice = "Send the schema's name and the schema.";
            Err(Fault::bad("response_format.json_schema", "json_schema is missing", advice))
        }
        _ => {
            let advice = "Use text, json_object or json_schema.";
            Err(Fault::bad("response_format.type", "this format is not known", advice))
        }
    }
}

/// "JSON mode": an object, whatever is in it.
pub(crate) fn any_object() -> AnswerSchema {
    AnswerSchema { name: "object".to_owned(), schema: json!({"type": "object"}) }
}

fn tools(entries: Vec<ToolEntry>) -> Result<Vec<Tool>, Fault> {
    let convert = |(index, entry): (usize, ToolEntry)| match (entry.r#type.as_str(), entry.function) {
        ("function", Some(function)) => Ok(tool(function.name, function.description, function.parameters)),
        ("function", None) => {
            let field = format!("tools[{index}].function");
            Err(Fault::bad(field, "function is missing", "Send the function's name and parameters."))
        }
        _ => Err(Fault::unsupported(format!("tools[{index}].type"), "Send tools of the type function.")),
    };
    entries.into_iter().enumerate().map(convert).collect()
}

/// A function without parameters takes an empty object.
pub(crate) fn tool(name: String, description: Option<String>, parameters: Option<Value>) -> Tool {
    let none = || json!({"type": "object", "properties": {}});
    Tool { name, description: description.unwrap_or_default(), parameters: parameters.unwrap_or_else(none) }
}

fn choice(choice: Choice) -> Result<ToolChoice, Fault> {
    match choice {
        Choice::Word(word) => choice_word(&word),
        Choice::Named { function } => Ok(ToolChoice::Named(function.name)),
        Choice::Other(_) => {
            Err(Fault::unsupported("tool_choice", "Use none, auto, required or the name of one function."))
        }
    }
}

pub(crate) fn choice_word(word: &str) -> Result<ToolChoice, Fault> {
    match word {
        "auto" => Ok(ToolChoice::Auto),
        "none" => Ok(ToolChoice::None),
        "required" => Ok(ToolChoice::Required),
        _ => {
            let advice = "Use none, auto, required or the name of one function.";
            Err(Fault::bad("tool_choice", "this choice is not known", advice))
        }
    }
}

#[cfg(test)]
mod tests {
    use model::call::{Effort, Message, Part, Role, ToolCall};

    use super::*;

    fn request(body: Value) -> Asked {
        read(body.to_string().as_bytes()).map(|read| read.request).unwrap()
    }

    fn fault(body: Value) -> Fault {
        read(body.to_string().as_bytes()).map(|read| read.request).unwrap_err()
    }

    fn with(field: &str, value: Value) -> Value {
        let mut body = json!({"model": "gpt-4o-mini", "messages": [{"role": "user", "content": "Hi"}]});
        body[field] = value;
        body
    }

    #[test]
    fn the_reference_request_becomes_a_call() {
        let asked = request(json!({"model": "gpt-4o-mini",
            "messages": [{"role": "system", "content": "Be brief."},
                {"role": "user", "content": [{"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBOR", "detail": "auto"}}]}],
            "max_completion_tokens": 256, "temperature": 0.2, "reasoning_effort": "low", "stop": "END",
            "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "strict": true,
                "schema": {"type": "object"}}}}));
        assert_eq!(asked.model, "gpt-4o-mini");
        let picture = Part::Image { media_type: "image/png".into(), data: "iVBOR".into() };
        let parts = vec![Part::Text { text: "What is this?".into() }, picture];
        assert_eq!(
            asked.call,
            CallRequest {
                system: Some("Be brief.".into()),
                messages: vec![Message { role: Role::User, parts }],
                max_output_tokens: Some(256),
                temperature: Some(0.2),
                stop: vec!["END".into()],
                schema: Some(AnswerSchema { name: "answer".into(), schema: json!({"type": "object"}) }),
                effort: Some(Effort::Low),
                ..CallRequest::default()
            }
        );
    }

    #[test]
    fn tools_and_their_results_become_turns() {
        let asked = request(json!({"model": "m", "stream": true, "stream_options": {"include_usage": true},
            "user": "old", "safety_identifier": "new",
            "tools": [{"type": "function", "function": {"name": "now"}}],
            "tool_choice": {"type": "function", "function": {"name": "now"}},
            "messages": [{"role": "user", "content": "Hi"},
                {"role": "assistant", "content": null, "tool_calls": [
                    {"id": "a", "type": "function", "function": {"name": "now", "arguments": "{}"},
                     "extra_content": {"google": {"thought_signature": "Cg"}}},
                    {"id": "b", "type": "function", "function": {"name": "now", "arguments": "{}"}}]},
                {"role": "tool", "tool_call_id": "a", "content": "1"},
                {"role": "tool", "tool_call_id": "b", "content": [{"type": "text", "text": "2"}]}]}));
        assert!(asked.stream && asked.stream_usage);
        assert_eq!(asked.user.as_deref(), Some("new"));
        assert_eq!(asked.call.tool_choice, ToolChoice::Named("now".into()));
        assert_eq!(asked.call.tools[0].parameters, json!({"type": "object", "properties": {}}));
        let call = |id: &str, signature: Option<&str>| {
            Part::ToolCall(ToolCall {
                id: id.into(),
                name: "now".into(),
                arguments: "{}".into(),
                signature: signature.map(str::to_owned),
            })
        };
        let result = |id: &str, content: &str| Part::ToolResult {
            id: id.into(),
            content: content.into(),
            is_error: false,
        };
        assert_eq!(asked.call.messages[1].parts, [call("a", Some("Cg")), call("b", None)]);
        assert_eq!(asked.call.messages[2].parts, [result("a", "1"), result("b", "2")]);
        assert_eq!(asked.call.messages.len(), 3);
    }

    #[test]
    fn what_cannot_be_kept_is_refused_with_its_field() {
        for (field, value) in [
            ("n", json!(2)),
            ("logprobs", json!(true)),
            ("functions", json!([])),
            ("tool_choice", json!({"type": "allowed_tools"})),
            ("tool_choice", json!("maybe")),
            ("messages", json!([])),
            ("reasoning_effort", json!("huge")),
        ] {
            assert_eq!(fault(with(field, value)).field.as_deref(), Some(field));
        }
        let audio = json!([{"role": "user", "content": [{"type": "input_audio", "input_audio": {}}]}]);
        assert_eq!(fault(with("messages", audio)).field.as_deref(), Some("messages[0].content[0].type"));
        let role = json!([{"role": "function", "content": "x"}]);
        assert_eq!(fault(with("messages", role)).field.as_deref(), Some("messages[0].role"));
    }

    #[test]
    fn a_parameter_that_only_tunes_is_left_out_and_named() {
        let body = with("top_p", json!(0.9)).to_string();
        assert_eq!(read(body.as_bytes()).map(|read| read.ignored).unwrap(), "top_p");
    }
}
