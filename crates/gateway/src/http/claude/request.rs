//! `POST /v1/messages` and `/v1/messages/count_tokens`: what is asked.

use model::call::{AnswerSchema, CallRequest, Effort, Role, Tool, ToolChoice};
use serde::Deserialize;
use serde_json::Value;

use super::block::{self, Block};
use crate::http::{
    asked::{self, Asked},
    fault::Fault,
    json::{Read, TextOr},
};

#[derive(Deserialize)]
struct Messages {
    model: String,
    messages: Vec<Turn>,
    max_tokens: Option<u64>,
    system: Option<TextOr<Block>>,
    temperature: Option<f64>,
    stop_sequences: Option<Vec<String>>,
    tools: Option<Vec<ToolEntry>>,
    tool_choice: Option<Choice>,
    thinking: Option<Thinking>,
    output_config: Option<OutputConfig>,
    /// The beta's place for the schema.
    output_format: Option<Format>,
    metadata: Option<Metadata>,
    stream: Option<bool>,
}

#[derive(Deserialize)]
struct Turn {
    role: String,
    content: TextOr<Block>,
}

#[derive(Deserialize)]
struct ToolEntry {
    r#type: Option<String>,
    name: String,
    description: Option<String>,
    input_schema: Option<Value>,
}

#[derive(Deserialize)]
struct Choice {
    r#type: String,
    name: Option<String>,
}

#[derive(Deserialize)]
struct Thinking {
    r#type: String,
    budget_tokens: Option<i64>,
}

#[derive(Deserialize)]
struct OutputConfig {
    effort: Option<String>,
    format: Option<Format>,
}

#[derive(Deserialize)]
struct Format {
    r#type: String,
    schema: Option<Value>,
}

#[derive(Deserialize)]
struct Metadata {
    user_id: Option<String>,
}

/// Reads a request.
pub(crate) fn read(body: &[u8]) -> Result<Read<Asked>, Fault> {
    let Read { request, ignored } = crate::http::json::read::<Messages>(body)?;
    if request.max_tokens.is_none() {
        return Err(Fault::bad("max_tokens", "max_tokens is missing", "Send this field."));
    }
    Ok(Read { request: convert(request)?, ignored })
}

/// Reads a request whose tokens are to be counted: the same, without what says how the answer shall be written.
pub(crate) fn read_count(body: &[u8]) -> Result<Read<Asked>, Fault> {
    let Read { request, ignored } = crate::http::json::read::<Messages>(body)?;
    let extra = [
        ("max_tokens", request.max_tokens.is_some()),
        ("stop_sequences", request.stop_sequences.is_some()),
        ("stream", request.stream.is_some()),
        ("temperature", request.temperature.is_some()),
    ];
    if let Some((field, _)) = extra.into_iter().find(|(_, is_there)| *is_there) {
        return Err(Fault::bad(field, "counting has no such field", "Leave it out."));
    }
    Ok(Read { request: convert(request)?, ignored })
}

fn convert(asked: Messages) -> Result<Asked, Fault> {
    let (effort, format) = asked.output_config.map(|one| (one.effort, one.format)).unwrap_or_default();
    let effort = effort.map(|name| asked::effort(&name, "output_config.effort")).transpose()?;
    let mut call = CallRequest {
        system: asked.system.map(|system| block::text(system, "system")).transpose()?,
        max_output_tokens: asked.max_tokens,
        temperature: asked.temperature,
        stop: asked.stop_sequences.unwrap_or_default(),
        schema: format.or(asked.output_format).map(schema).transpose()?,
        tools: tools(asked.tools.unwrap_or_default())?,
        tool_choice: asked.tool_choice.map(choice).transpose()?.unwrap_or_default(),
        effort: effort.or_else(|| asked.thinking.and_then(thinking)),
        ..CallRequest::default()
    };
    for (index, turn) in asked.messages.into_iter().enumerate() {
        let role = role(&turn.role, index)?;
        let parts = block::parts(turn.content, role, &format!("messages[{index}].content"))?;
        asked::push(&mut call.messages, role, parts);
    }
    asked::not_empty(&call.messages, "messages")?;
    Ok(Asked {
        model: asked.model,
        call,
        stream: asked.stream.unwrap_or(false),
        user: asked.metadata.and_then(|metadata| metadata.user_id),
        stream_usage: true,
    })
}

fn role(name: &str, index: usize) -> Result<Role, Fault> {
    match name {
        "user" => Ok(Role::User),
        "assistant" => Ok(Role::Assistant),
        _ => {
            let advice = "Use user or assistant; instructions belong into system.";
            Err(Fault::bad(format!("messages[{index}].role"), "this role is not known", advice))
        }
    }
}

fn schema(format: Format) -> Result<AnswerSchema, Fault> {
    match (format.r#type.as_str(), format.schema) {
        ("json_schema", Some(schema)) => Ok(AnswerSchema { name: "answer".to_owned(), schema }),
        _ => {
            let advice = "Use json_schema with a schema.";
            Err(Fault::bad("output_config.format", "this format is not known", advice))
        }
    }
}

fn tools(entries: Vec<ToolEntry>) -> Result<Vec<Tool>, Fault> {
    let convert = |(index, entry): (usize, ToolEntry)| match (entry.r#type.as_deref(), entry.input_schema) {
        (None | Some("custom"), Some(parameters)) => {
            Ok(Tool { name: entry.name, description: entry.description.unwrap_or_default(), parameters })
        }
        (None | Some("custom"), None) => {
            let field = format!("tools[{index}].input_schema");
            Err(Fault::bad(field, "this field is required", "Send the JSON Schema of the arguments."))
        }
        // Tools that run at Anthropic.
        _ => Err(Fault::unsupported(format!("tools[{index}].type"), "Send tools of your own.")),
    };
    entries.into_iter().enumerate().map(convert).collect()
}

fn choice(choice: Choice) -> Result<ToolChoice, Fault> {
    match (choice.r#type.as_str(), choice.name) {
        ("auto", _) => Ok(ToolChoice::Auto),
        ("any", _) => Ok(ToolChoice::Required),
        ("none", _) => Ok(ToolChoice::None),
        ("tool", Some(name)) => Ok(ToolChoice::Named(name)),
        _ => {
            let advice = "Use auto, any, none, or tool with a name.";
            Err(Fault::bad("tool_choice", "this choice is not known", advice))
        }
    }
}

fn thinking(thinking: Thinking) -> Option<Effort> {
    match (thinking.r#type.as_str(), thinking.budget_tokens) {
        ("disabled", _) => Some(Effort::None),
        ("enabled", Some(budget)) => asked::effort_of_budget(budget),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use model::call::{Message, Part, ToolCall};
    use serde_json::json;

    use super::*;

    fn request(body: Value) -> CallRequest {
        read(body.to_string().as_bytes()).map(|read| read.request.call).unwrap()
    }

    fn field(body: Value) -> Option<String> {
        read(body.to_string().as_bytes()).map(|read| read.request).unwrap_err().field
    }

    fn with(field: &str, value: Value) -> Value {
        let mut body =
            json!({"model": "m", "max_tokens": 9, "messages": [{"role": "user", "content": "Hi"}]});
        body[field] = value;
        body
    }

    #[test]
    fn the_reference_request_becomes_a_call() {
        let call = request(json!({"model": "claude-sonnet-5-5", "max_tokens": 1024,
            "system": [{"type": "text", "text": "Be brief.", "cache_control": {"type": "ephemeral"}}],
            "messages": [{"role": "user", "content": [
                {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBOR"}},
                {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBE"}},
                {"type": "text", "text": "What is this?"}]}],
            "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": {"type": "object"}}}}));
        let parts = vec![
            Part::Image { media_type: "image/png".into(), data: "iVBOR".into() },
            Part::Pdf { name: None, data: "JVBE".into() },
            Part::Text { text: "What is this?".into() },
        ];
        assert_eq!(
            call,
            CallRequest {
                system: Some("Be brief.".into()),
                messages: vec![Message { role: Role::User, parts }],
                max_output_tokens: Some(1024),
                schema: Some(AnswerSchema { name: "answer".into(), schema: json!({"type": "object"}) }),
                effort: Some(Effort::Low),
                ..CallRequest::default()
            }
        );
    }

    #[test]
    fn calls_results_and_signed_thinking_are_played_back() {
        let call = request(json!({"model": "m", "max_tokens": 9, "messages": [
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": [
                {"type": "thinking", "thinking": "", "signature": "Eo0B"},
                {"type": "thinking", "thinking": "unsigned", "signature": ""},
                {"type": "tool_use", "id": "toolu_1", "name": "now", "input": {"zone": "UTC"}}]},
            {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "toolu_1", "is_error": true,
                "content": [{"type": "text", "text": "no"}]}]}]}));
        assert_eq!(
            call.messages[1].parts,
            [
                Part::Thinking { text: String::new(), signature: "Eo0B".into() },
                Part::ToolCall(ToolCall {
                    id: "toolu_1".into(),
                    name: "now".into(),
                    arguments: r#"{"zone":"UTC"}"#.into(),
                    signature: None
                })
            ]
        );
        let result = Part::ToolResult { id: "toolu_1".into(), content: "no".into(), is_error: true };
        assert_eq!(call.messages[2].parts, [result]);
    }

    #[test]
    fn tool_choice_and_thinking_have_their_words() {
        assert_eq!(request(with("tool_choice", json!({"type": "any"}))).tool_choice, ToolChoice::Required);
        let named = json!({"type": "tool", "name": "now"});
        assert_eq!(request(with("tool_choice", named)).tool_choice, ToolChoice::Named("now".into()));
        assert_eq!(request(with("thinking", json!({"type": "disabled"}))).effort, Some(Effort::None));
        assert_eq!(request(with("thinking", json!({"type": "adaptive"}))).effort, None);
    }

    #[test]
    fn a_count_is_asked_for_without_a_word_on_the_answer() {
        let counts = |body: Value| read_count(body.to_string().as_bytes()).map(|read| read.request.call);
        let plain =
            json!({"model": "m", "system": "Be brief.", "messages": [{"role": "user", "content": "Hi"}]});
        let call = counts(plain.clone()).unwrap();
        assert_eq!((call.system.as_deref(), call.max_output_tokens), (Some("Be brief."), None));
        for (name, value) in [
            ("max_tokens", json!(9)),
            ("temperature", json!(1)),
            ("stop_sequences", json!([])),
            ("stream", json!(false)),
        ] {
            let mut body = plain.clone();
            body[name] = value;
            assert_eq!(counts(body).unwrap_err().field.as_deref(), Some(name));
        }
        assert_eq!(field(plain).as_deref(), Some("max_tokens"));
    }

    #[test]
    fn mistakes_name_their_field() {
        let unknown = json!([{"role": "user", "content": [{"type": "video"}]}]);
        assert_eq!(field(with("messages", unknown)).as_deref(), Some("messages[0].content[0].type"));
        let system = json!([{"role": "system", "content": "x"}]);
        assert_eq!(field(with("messages", system)).as_deref(), Some("messages[0].role"));
        let no_data = json!([{"role": "user", "content": [{"type": "image", "source": {"type": "base64"}}]}]);
        assert_eq!(
            field(with("messages", no_data)).as_deref(),
            Some("messages[0].content[0].source.media_type")
        );
        assert_eq!(
            field(with("tools", json!([{"type": "web_search_20250305", "name": "web"}]))).as_deref(),
            Some("tools[0].type")
        );
        assert_eq!(field(json!({"model": "m", "messages": []})).as_deref(), Some("max_tokens"));
    }
}
