//! A call as Responses wants it.

use model::{
    ProviderType,
    call::{Message, Part, Role, ToolChoice},
};
use serde_json::{Value, json};

use super::{
    super::{data_url, openai, openai_compatible, wire_effort},
    SIGNED,
};
use crate::{
    Target,
    call::{Plan, is_strict},
    exchange::{Post, Question},
    key::KeyFault,
};

/// The request that makes this call.
pub(in crate::vendor) fn build(target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, KeyFault> {
    let is_openai = target.provider_type == ProviderType::OpenAi;
    let headers = if is_openai { openai::headers(target)? } else { openai_compatible::headers(target)? };
    let question = Question { url: target.base_url.below(&["responses"]), headers };
    Ok(Post::new(question, &body(plan)))
}

fn body(plan: &Plan<'_>) -> Value {
    let input: Vec<Value> = plan.messages().iter().flat_map(items).collect();
    // OpenAI keeps every call unless told not to.
    let mut body = json!({"model": plan.model_name, "input": input, "store": false,
        "max_output_tokens": plan.max_output});
    if let Some(system) = &plan.system {
        body["instructions"] = json!(system);
    }
    if plan.streams {
        body["stream"] = json!(true);
        body["stream_options"] = json!({"include_obfuscation": false});
    }
    if let Some(temperature) = plan.temperature {
        body["temperature"] = json!(temperature);
    }
    if let Some(effort) = plan.effort {
        body["reasoning"] = json!({"effort": wire_effort(effort)});
    }
    if let Some(schema) = plan.schema {
        body["text"] = json!({"format": {"type": "json_schema", "name": schema.name, "schema": schema.schema,
            "strict": is_strict(&schema.schema)}});
    }
    tools(plan, &mut body);
    body
}

fn tools(plan: &Plan<'_>, body: &mut Value) {
    if plan.request.tools.is_empty() {
        return;
    }
    let tool = |tool: &model::call::Tool| {
        // Left out, this API takes it for true.
        json!({"type": "function", "name": tool.name, "description": tool.description,
            "parameters": tool.parameters, "strict": is_strict(&tool.parameters)})
    };
    body["tools"] = plan.request.tools.iter().map(tool).collect();
    // What is not stored has to be played back between calls of tools, or the model thinks everything anew.
    if plan.thinks != Some(false) {
        body["include"] = json!(["reasoning.encrypted_content"]);
    }
    body["tool_choice"] = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => json!("none"),
        ToolChoice::Required => json!("required"),
        ToolChoice::Named(name) => json!({"type": "function", "name": name}),
    };
}

/// A message becomes items: what is said in one go, each call and each result by itself, in their order.
fn items(message: &Message) -> Vec<Value> {
    let role = if message.role == Role::User { "user" } else { "assistant" };
    let mut items: Vec<Value> = Vec::new();
    let mut said: Vec<Value> = Vec::new();
    for part in &message.parts {
        match (content(part, message.role), item(part)) {
            (Some(content), _) => said.push(content),
            (None, Some(item)) => {
                flush(role, &mut said, &mut items);
                items.push(item);
            }
            (None, None) => {}
        }
    }
    flush(role, &mut said, &mut items);
    items
}

fn flush(role: &str, said: &mut Vec<Value>, items: &mut Vec<Value>) {
    if !said.is_empty() {
        items.push(json!({"role": role, "content": std::mem::take(said)}));
    }
}

fn content(part: &Part, role: Role) -> Option<Value> {
    match part {
        Part::Text { text } if role == Role::Assistant => Some(json!({"type": "output_text", "text": text})),
        Part::Text { text } => Some(json!({"type": "input_text", "text": text})),
        Part::Image { media_type, data } => {
            Some(json!({"type": "input_image", "image_url": data_url(media_type, data), "detail": "auto"}))
        }
        Part::ImageUrl { url } => Some(json!({"type": "input_image", "image_url": url, "detail": "auto"})),
        Part::Pdf { name, data } => Some(json!({"type": "input_file",
            "filename": name.as_deref().unwrap_or("document.pdf"),
            "file_data": data_url("application/pdf", data)})),
        Part::Thinking { .. } | Part::ToolCall(_) | Part::ToolResult { .. } => None,
    }
}

fn item(part: &Part) -> Option<Value> {
    match part {
        Part::ToolCall(call) => Some(json!({"type": "function_call", "call_id": call.id, "name": call.name,
            "arguments": call.arguments})),
        Part::ToolResult { id, content, .. } => {
            Some(json!({"type": "function_call_output", "call_id": id, "output": content}))
        }
        Part::Thinking { signature, .. } => {
            let (id, encrypted) = signature.strip_prefix(SIGNED)?.split_once(':')?;
            Some(json!({"type": "reasoning", "id": id, "summary": [], "encrypted_content": encrypted}))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::tests::{conversation, plan};

    #[test]
    fn a_plain_question_is_not_stored() {
        let request =
            model::CallRequest { system: Some("Be brief.".into()), ..model::CallRequest::prompt("Hi") };
        assert_eq!(
            body(&plan(&request, "gpt-6-luna")),
            json!({"model": "gpt-6-luna", "instructions": "Be brief.", "store": false, "max_output_tokens": 4096,
                "input": [{"role": "user", "content": [{"type": "input_text", "text": "Hi"}]}]})
        );
    }

    #[test]
    fn everything_that_can_be_said_is_said_in_its_shape() {
        let mut request = conversation();
        let thought = |signature: &str| Part::Thinking { text: String::new(), signature: signature.into() };
        request.messages[1].parts.insert(0, thought("Eo0BCkYIARgCKkD"));
        request.messages[1].parts.insert(1, thought("openai:rs_1:gAAAA:B"));
        let body = body(&Plan { streams: true, ..plan(&request, "gpt-6-luna") });
        assert_eq!(
            body["input"],
            json!([
                {"role": "user", "content": [{"type": "input_text", "text": "What is this?"},
                    {"type": "input_image", "image_url": "data:image/png;base64,iVBORw0KGgo=", "detail": "auto"},
                    {"type": "input_image", "image_url": "https://example.com/a.png", "detail": "auto"},
                    {"type": "input_file", "filename": "document.pdf", "file_data": "data:application/pdf;base64,JVBERi0xLjQK"}]},
                {"type": "reasoning", "id": "rs_1", "summary": [], "encrypted_content": "gAAAA:B"},
                {"type": "function_call", "call_id": "call_1", "name": "clock", "arguments": "{\"zone\":\"UTC\"}"},
                {"type": "function_call_output", "call_id": "call_1", "output": "12:00"},
                {"role": "user", "content": [{"type": "input_text", "text": "And now?"}]},
            ])
        );
        assert_eq!(body["tools"][0]["strict"], false);
        assert_eq!(body["tool_choice"], json!({"type": "function", "name": "clock"}));
        assert_eq!(body["text"]["format"]["strict"], true);
        assert_eq!(body["reasoning"], json!({"effort": "low"}));
        assert_eq!(body["stream_options"], json!({"include_obfuscation": false}));
        assert_eq!(body["stop"], Value::Null);
    }
}
