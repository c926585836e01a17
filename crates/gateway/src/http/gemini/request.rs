//! What `generateContent` is asked. Field names come in camel case or in snake case, as at the vendor.

use model::call::{AnswerSchema, CallRequest, Effort, Tool, ToolChoice};
use serde::Deserialize;
use serde_json::Value;

use super::{
    content::{self, Content},
    schema::json_schema,
};
use crate::http::{
    asked::{self, Asked},
    fault::Fault,
    json::Read,
    openai::chat::{any_object, tool},
};

#[derive(Deserialize)]
struct Generate {
    contents: Vec<Content>,
    #[serde(alias = "system_instruction", rename = "systemInstruction")]
    system_instruction: Option<Content>,
    #[serde(alias = "generation_config", rename = "generationConfig")]
    generation_config: Option<Config>,
    tools: Option<Vec<ToolEntry>>,
    #[serde(alias = "tool_config", rename = "toolConfig")]
    tool_config: Option<ToolConfig>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Config {
    temperature: Option<f64>,
    #[serde(alias = "max_output_tokens")]
    max_output_tokens: Option<u64>,
    #[serde(alias = "stop_sequences")]
    stop_sequences: Option<Vec<String>>,
    #[serde(alias = "response_mime_type")]
    response_mime_type: Option<String>,
    #[serde(alias = "response_schema")]
    response_schema: Option<Value>,
    #[serde(alias = "response_json_schema")]
    response_json_schema: Option<Value>,
    #[serde(alias = "thinking_config")]
    thinking_config: Option<Thinking>,
    #[serde(alias = "candidate_count")]
    candidate_count: Option<u32>,
    #[serde(alias = "response_modalities")]
    response_modalities: Option<Vec<String>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Thinking {
    #[serde(alias = "thinking_budget")]
    thinking_budget: Option<i64>,
    #[serde(alias = "thinking_level")]
    thinking_level: Option<String>,
    #[serde(alias = "include_thoughts")]
    include_thoughts: Option<bool>,
}

#[derive(Deserialize)]
struct ToolEntry {
    #[serde(alias = "function_declarations", rename = "functionDeclarations")]
    functions: Option<Vec<Declaration>>,
}

#[derive(Deserialize)]
struct Declaration {
    name: String,
    description: Option<String>,
    parameters: Option<Value>,
    #[serde(alias = "parameters_json_schema", rename = "parametersJsonSchema")]
    json_schema: Option<Value>,
}

#[derive(Deserialize)]
struct ToolConfig {
    #[serde(alias = "function_calling_config", rename = "functionCallingConfig")]
    calling: Option<Calling>,
}

#[derive(Deserialize)]
struct Calling {
    mode: Option<String>,
    #[serde(alias = "allowed_function_names", rename = "allowedFunctionNames")]
    allowed: Option<Vec<String>>,
}

/// A request, and whether it wants to see thinking.
pub(crate) struct Generation {
    pub(crate) asked: Asked,
    pub(crate) include_thoughts: bool,
}

/// Reads a request; the model stands in the path.
pub(crate) fn read(body: &[u8], model: String, stream: bool) -> Result<Read<Generation>, Fault> {
    let Read { request, ignored } = crate::http::json::read::<Generate>(body)?;
    Ok(Read { request: convert(request, model, stream)?, ignored })
}

fn convert(asked: Generate, model: String, stream: bool) -> Result<Generation, Fault> {
    let config = asked.generation_config.unwrap_or_default();
    refuse(&config)?;
    let schema = schema(&config.response_mime_type, config.response_json_schema, config.response_schema);
    let include_thoughts = config.thinking_config.as_ref().and_then(|one| one.include_thoughts) == Some(true);
    let call = CallRequest {
        system: asked.system_instruction.map(content::text).transpose()?,
        messages: content::conversation(asked.contents)?,
        max_output_tokens: config.max_output_tokens,
        temperature: config.temperature,
        stop: config.stop_sequences.unwrap_or_default(),
        schema,
        tools: tools(asked.tools.unwrap_or_default())?,
        tool_choice: asked
            .tool_config
            .and_then(|one| one.calling)
            .map(choice)
            .transpose()?
            .unwrap_or_default(),
        effort: config.thinking_config.map(effort).transpose()?.flatten(),
        degrade: false,
    };
    asked::not_empty(&call.messages, "contents")?;
    Ok(Generation { asked: Asked { model, call, stream, user: None, stream_usage: true }, include_thoughts })
}

fn refuse(config: &Config) -> Result<(), Fault> {
    if config.candidate_count.is_some_and(|count| count > 1) {
        return Err(Fault::unsupported(
            "generationConfig.candidateCount",
            "Ask once for each answer you want.",
        ));
    }
    if config.response_modalities.iter().flatten().any(|one| !one.eq_ignore_ascii_case("text")) {
        return Err(Fault::unsupported("generationConfig.responseModalities", "Ask for text."));
    }
    Ok(())
}

fn schema(mime_type: &Option<String>, json: Option<Value>, older: Option<Value>) -> Option<AnswerSchema> {
    let named = |schema| AnswerSchema { name: "answer".to_owned(), schema };
    let any = || (mime_type.as_deref() == Some("application/json")).then(any_object);
    json.or_else(|| older.map(json_schema)).map(named).or_else(any)
}

fn tools(entries: Vec<ToolEntry>) -> Result<Vec<Tool>, Fault> {
    let mut tools = Vec::new();
    for (index, entry) in entries.into_iter().enumerate() {
        let Some(functions) = entry.functions else {
            // Search, maps and code run at Google.
            return Err(Fault::unsupported(format!("tools[{index}]"), "Send functionDeclarations."));
        };
        tools.extend(functions.into_iter().map(|one| {
            let parameters = one.json_schema.or_else(|| one.parameters.map(json_schema));
            tool(one.name, one.description, parameters)
        }));
    }
    Ok(tools)
}

fn choice(calling: Calling) -> Result<ToolChoice, Fault> {
    let field = "toolConfig.functionCallingConfig";
    let mut allowed = calling.allowed.unwrap_or_default();
    match (calling.mode.as_deref(), allowed.len()) {
        (None | Some("AUTO" | "MODE_UNSPECIFIED"), 0) => Ok(ToolChoice::Auto),
        (Some("NONE"), _) => Ok(ToolChoice::None),
        (Some("ANY"), 0) => Ok(ToolChoice::Required),
        (Some("ANY"), 1) => Ok(ToolChoice::Named(allowed.remove(0))),
        _ => Err(Fault::unsupported(field, "Use AUTO, NONE, or ANY with at most one allowed name.")),
    }
}

fn effort(thinking: Thinking) -> Result<Option<Effort>, Fault> {
    match (thinking.thinking_level, thinking.thinking_budget) {
        (Some(level), _) => {
            let field = "generationConfig.thinkingConfig.thinkingLevel";
            asked::effort(&level.to_ascii_lowercase(), field).map(Some)
        }
        (None, Some(budget)) => Ok(asked::effort_of_budget(budget)),
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use model::call::{Message, Part, Role, ToolCall};
    use serde_json::json;

    use super::*;

    fn request(body: Value) -> CallRequest {
        let read = read(body.to_string().as_bytes(), "m".into(), false);
        read.map(|read| read.request.asked.call).map_err(|fault| fault.sentences()).unwrap()
    }

    fn field(body: Value) -> Option<String> {
        let read = read(body.to_string().as_bytes(), "m".into(), false);
        read.map(|read| read.request.asked).unwrap_err().field
    }

    #[test]
    fn the_reference_request_becomes_a_call_in_either_spelling() {
        let camel = json!({"systemInstruction": {"parts": [{"text": "Be brief."}]},
            "contents": [{"role": "user", "parts": [{"inlineData": {"mimeType": "image/png", "data": "iVBOR"}},
                {"text": "What is this?"}]}],
            "generationConfig": {"temperature": 0.2, "maxOutputTokens": 1024, "stopSequences": ["END"],
                "responseMimeType": "application/json", "responseJsonSchema": {"type": "object"},
                "thinkingConfig": {"thinkingBudget": 0}}});
        let snake = json!({"system_instruction": {"parts": [{"text": "Be brief."}]},
            "contents": [{"parts": [{"inline_data": {"mime_type": "image/png", "data": "iVBOR"}},
                {"text": "What is this?"}]}],
            "generation_config": {"temperature": 0.2, "max_output_tokens": 1024, "stop_sequences": ["END"],
                "response_mime_type": "application/json", "response_schema": {"type": "OBJECT"},
                "thinking_config": {"thinking_budget": 0}}});
        let picture = Part::Image { media_type: "image/png".into(), data: "iVBOR".into() };
        let parts = vec![picture, Part::Text { text: "What is this?".into() }];
        let call = CallRequest {
            system: Some("Be brief.".into()),
            messages: vec![Message { role: Role::User, parts }],
            max_output_tokens: Some(1024),
            temperature: Some(0.2),
            stop: vec!["END".into()],
            schema: Some(AnswerSchema { name: "answer".into(), schema: json!({"type": "object"}) }),
            effort: Some(Effort::None),
            ..CallRequest::default()
        };
        assert_eq!(request(camel), call);
        assert_eq!(request(snake), call);
    }

    #[test]
    fn results_find_their_calls_by_id_or_by_name_and_order() {
        let call = request(json!({"contents": [
            {"role": "user", "parts": [{"text": "Hi"}]},
            {"role": "model", "parts": [{"text": "hm", "thought": true},
                {"functionCall": {"name": "now", "args": {"zone": "UTC"}}, "thoughtSignature": "Cg"},
                {"functionCall": {"name": "now"}}, {"functionCall": {"id": "x", "name": "then"}}]},
            {"role": "user", "parts": [{"functionResponse": {"id": "x", "name": "then", "response": {"output": 3}}},
                {"functionResponse": {"name": "now", "response": {"output": 1}}},
                {"functionResponse": {"name": "now", "response": {"error": "no"}}}]}]}));
        let expected = |id: &str, name: &str, arguments: &str, signature: Option<&str>| {
            let signature = signature.map(str::to_owned);
            Part::ToolCall(ToolCall {
                id: id.into(),
                name: name.into(),
                arguments: arguments.into(),
                signature,
            })
        };
        assert_eq!(
            call.messages[1].parts,
            [
                expected("call_0", "now", r#"{"zone":"UTC"}"#, Some("Cg")),
                expected("call_1", "now", "{}", None),
                expected("x", "then", "{}", None)
            ]
        );
        let result = |id: &str, content: &str, is_error| Part::ToolResult {
            id: id.into(),
            content: content.into(),
            is_error,
        };
        assert_eq!(
            call.messages[2].parts,
            [
                result("x", r#"{"output":3}"#, false),
                result("call_0", r#"{"output":1}"#, false),
                result("call_1", r#"{"error":"no"}"#, true)
            ]
        );
    }

    #[test]
    fn functions_are_declared_in_either_form_of_schema() {
        let call = request(json!({"contents": [{"parts": [{"text": "Hi"}]}],
            "tools": [{"functionDeclarations": [
                {"name": "a", "parameters": {"type": "OBJECT"}}, {"name": "b", "parametersJsonSchema": {"type": "object"}}]}],
            "toolConfig": {"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["a"]}}}));
        assert_eq!(
            call.tools.iter().map(|tool| &tool.parameters).collect::<Vec<_>>(),
            [&json!({"type": "object"}); 2]
        );
        assert_eq!(call.tool_choice, ToolChoice::Named("a".into()));
    }

    #[test]
    fn mistakes_name_their_field() {
        let part = json!({"contents": [{"parts": [{"executableCode": {}}]}]});
        assert_eq!(field(part).as_deref(), Some("contents[0].parts[0]"));
        assert_eq!(
            field(json!({"contents": [{"role": "system", "parts": []}]})).as_deref(),
            Some("contents[0].role")
        );
        let search = json!({"contents": [{"parts": [{"text": "Hi"}]}], "tools": [{"googleSearch": {}}]});
        assert_eq!(field(search).as_deref(), Some("tools[0]"));
    }
}
