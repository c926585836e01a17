//! A call as Responses wants it.

use model::{
    ProviderType,
    call::{Message, Part, Role, Tool, ToolChoice},
};

use super::{
    super::{data_url, openai, openai_compatible, wire_effort},
    SIGNED,
};
use crate::{
    Target,
    call::{Plan, is_strict},
    exchange::{Post, Question},
    json::{Json, object},
    key::KeyFault,
};

/// The request that makes this call.
pub(in crate::vendor) fn build(target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, KeyFault> {
    let is_openai = target.provider_type == ProviderType::OpenAi;
    let headers = if is_openai { openai::headers(target)? } else { openai_compatible::headers(target)? };
    let question = Question { url: target.base_url.below(&["responses"]), headers };
    Ok(Post::new(question, &body(plan)))
}

fn body<'a>(plan: &'a Plan<'_>) -> Json<'a> {
    // OpenAI keeps every call unless told not to.
    let mut body = object([
        ("model", plan.model_name.into()),
        ("input", plan.messages().iter().flat_map(items).collect()),
        ("store", false.into()),
        ("max_output_tokens", plan.max_output.into()),
    ]);
    if let Some(system) = plan.system.as_deref() {
        body.set("instructions", system);
    }
    if plan.streams {
        body.set("stream", true);
        body.set("stream_options", object([("include_obfuscation", false.into())]));
    }
    if let Some(temperature) = plan.temperature {
        body.set("temperature", temperature);
    }
    if let Some(effort) = plan.effort {
        body.set("reasoning", object([("effort", wire_effort(effort).into())]));
    }
    if let Some(schema) = plan.schema {
        let format = object([
            ("type", "json_schema".into()),
            ("name", (&schema.name).into()),
            ("schema", (&schema.schema).into()),
            ("strict", is_strict(&schema.schema).into()),
        ]);
        body.set("text", object([("format", format)]));
    }
    tools(plan, &mut body);
    body
}

fn tools<'a>(plan: &'a Plan<'_>, body: &mut Json<'a>) {
    if plan.request.tools.is_empty() {
        return;
    }
    body.set("tools", plan.request.tools.iter().map(tool).collect::<Json<'a>>());
    // What is not stored has to be played back between calls of tools, or the model thinks everything anew.
    if plan.thinks != Some(false) {
        body.set("include", vec!["reasoning.encrypted_content".into()]);
    }
    let choice = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => "none".into(),
        ToolChoice::Required => "required".into(),
        ToolChoice::Named(name) => object([("type", "function".into()), ("name", name.into())]),
    };
    body.set("tool_choice", choice);
}

fn tool(tool: &Tool) -> Json<'_> {
    object([
        ("type", "function".into()),
        ("name", (&tool.name).into()),
        ("description", (&tool.description).into()),
        ("parameters", (&tool.parameters).into()),
        // Left out, this API takes it for true.
        ("strict", is_strict(&tool.parameters).into()),
    ])
}

/// A message becomes items: what is said in one go, each call and each result by itself, in their order.
fn items(message: &Message) -> Vec<Json<'_>> {
    let role = if message.role == Role::User { "user" } else { "assistant" };
    let mut items = Vec::new();
    let mut said = Vec::new();
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

fn flush<'a>(role: &'static str, said: &mut Vec<Json<'a>>, items: &mut Vec<Json<'a>>) {
    if !said.is_empty() {
        items.push(object([("role", role.into()), ("content", std::mem::take(said).into())]));
    }
}

fn content(part: &Part, role: Role) -> Option<Json<'_>> {
    Some(match part {
        Part::Text { text } => {
            let kind = if role == Role::Assistant { "output_text" } else { "input_text" };
            object([("type", kind.into()), ("text", text.into())])
        }
        Part::Image { media_type, data } => image(data_url(media_type, data).into()),
        Part::ImageUrl { url } => image(url.into()),
        Part::Pdf { name, data } => object([
            ("type", "input_file".into()),
            ("filename", name.as_deref().unwrap_or("document.pdf").into()),
            ("file_data", data_url("application/pdf", data).into()),
        ]),
        Part::Thinking { .. } | Part::ToolCall(_) | Part::ToolResult { .. } => return None,
    })
}

fn image(address: Json<'_>) -> Json<'_> {
    object([("type", "input_image".into()), ("image_url", address), ("detail", "auto".into())])
}

fn item(part: &Part) -> Option<Json<'_>> {
    match part {
        Part::ToolCall(call) => Some(object([
            ("type", "function_call".into()),
            ("call_id", (&call.id).into()),
            ("name", (&call.name).into()),
            ("arguments", (&call.arguments).into()),
        ])),
        Part::ToolResult { id, content, .. } => Some(object([
            ("type", "function_call_output".into()),
            ("call_id", id.into()),
            ("output", content.into()),
        ])),
        Part::Thinking { signature, .. } => {
            let (id, encrypted) = signature.strip_prefix(SIGNED)?.split_once(':')?;
            Some(object([
                ("type", "reasoning".into()),
                ("id", id.into()),
                ("summary", Vec::new().into()),
                ("encrypted_content", encrypted.into()),
            ]))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::tests::{conversation, plan};

    #[test]
    fn a_plain_question_is_not_stored() {
        let request =
            model::CallRequest { system: Some("Be brief.".into()), ..model::CallRequest::prompt("Hi") };
        assert_eq!(
            body(&plan(&request, "gpt-6-luna")).to_value(),
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
        let body = body(&Plan { streams: true, ..plan(&request, "gpt-6-luna") }).to_value();
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
