//! A call as Chat Completions wants it.

use model::{
    ProviderType,
    call::{AnswerSchema, Effort, Message, Part, Role, Tool, ToolCall, ToolChoice},
};

use super::super::{data_url, openai, openai_compatible, wire_effort};
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
    let url = target.base_url.below(&["chat", "completions"]);
    Ok(Post::new(Question { url, headers }, &body(plan, is_openai)))
}

fn body<'a>(plan: &'a Plan<'_>, is_openai: bool) -> Json<'a> {
    let mut body = object([("model", plan.model_name.into()), ("messages", messages(plan))]);
    // OpenAI's reasoning models refuse the older name, and older servers do not know the newer one.
    body.set(if is_openai { "max_completion_tokens" } else { "max_tokens" }, plan.max_output);
    if plan.streams {
        body.set("stream", true);
        // Without it, a stream says nothing of its usage.
        let mut options = object([("include_usage", true.into())]);
        if is_openai {
            options.set("include_obfuscation", false);
        }
        body.set("stream_options", options);
    }
    if let Some(temperature) = plan.temperature {
        body.set("temperature", temperature);
    }
    if !plan.stop.is_empty() {
        body.set("stop", plan.stop);
    }
    if let Some(effort) = plan.effort {
        body.set("reasoning_effort", wire_effort(effort));
    } else if is_openai && plan.model_name.starts_with("gpt-6") && !plan.request.tools.is_empty() {
        // Here, these models take functions only without thinking.
        body.set("reasoning_effort", wire_effort(Effort::None));
    }
    if let Some(schema) = plan.schema {
        body.set("response_format", format(schema));
    }
    tools(plan, is_openai, &mut body);
    body
}

fn format(schema: &AnswerSchema) -> Json<'_> {
    let named = object([
        ("name", (&schema.name).into()),
        ("schema", (&schema.schema).into()),
        ("strict", is_strict(&schema.schema).into()),
    ]);
    object([("type", "json_schema".into()), ("json_schema", named)])
}

fn tools<'a>(plan: &'a Plan<'_>, is_openai: bool, body: &mut Json<'a>) {
    if plan.request.tools.is_empty() {
        return;
    }
    body.set("tools", plan.request.tools.iter().map(|one| tool(one, is_openai)).collect::<Json<'a>>());
    let choice = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => "none".into(),
        ToolChoice::Required => "required".into(),
        ToolChoice::Named(name) => {
            object([("type", "function".into()), ("function", object([("name", name.into())]))])
        }
    };
    body.set("tool_choice", choice);
}

fn tool(tool: &Tool, is_openai: bool) -> Json<'_> {
    let mut function = object([
        ("name", (&tool.name).into()),
        ("description", (&tool.description).into()),
        ("parameters", (&tool.parameters).into()),
    ]);
    if is_openai && is_strict(&tool.parameters) {
        function.set("strict", true);
    }
    object([("type", "function".into()), ("function", function)])
}

fn messages<'a>(plan: &'a Plan<'_>) -> Json<'a> {
    let system = plan.system.as_deref().map(|text| said_by("system", text.into()));
    system.into_iter().chain(plan.messages().iter().flat_map(of_message)).collect()
}

fn said_by<'a>(role: &'static str, content: Json<'a>) -> Json<'a> {
    object([("role", role.into()), ("content", content)])
}

/// Results of tools are messages of their own, and stand before what the person says with them.
fn of_message(message: &Message) -> Vec<Json<'_>> {
    if message.role == Role::Assistant {
        return vec![of_assistant(&message.parts)];
    }
    let mut out: Vec<Json<'_>> = message.parts.iter().filter_map(result).collect();
    let said: Vec<Json<'_>> = message.parts.iter().filter_map(part).collect();
    match (said.as_slice(), message.parts.as_slice()) {
        ([], _) => {}
        // Text alone stays a string, because some compatible servers take nothing else.
        (_, [Part::Text { text }]) => out.push(said_by("user", text.into())),
        _ => out.push(said_by("user", said.into())),
    }
    out
}

fn result(part: &Part) -> Option<Json<'_>> {
    match part {
        Part::ToolResult { id, content, .. } => {
            Some(object([("role", "tool".into()), ("tool_call_id", id.into()), ("content", content.into())]))
        }
        _ => None,
    }
}

fn part(part: &Part) -> Option<Json<'_>> {
    Some(match part {
        Part::Text { text } => object([("type", "text".into()), ("text", text.into())]),
        Part::Image { media_type, data } => image(data_url(media_type, data).into()),
        Part::ImageUrl { url } => image(url.into()),
        Part::Pdf { name, data } => {
            let file = object([
                ("filename", name.as_deref().unwrap_or("document.pdf").into()),
                ("file_data", data_url("application/pdf", data).into()),
            ]);
            object([("type", "file".into()), ("file", file)])
        }
        Part::Thinking { .. } | Part::ToolCall(_) | Part::ToolResult { .. } => return None,
    })
}

fn image(address: Json<'_>) -> Json<'_> {
    object([("type", "image_url".into()), ("image_url", object([("url", address)]))])
}

fn of_assistant(parts: &[Part]) -> Json<'_> {
    let texts: Vec<&str> = parts
        .iter()
        .filter_map(|part| if let Part::Text { text } = part { Some(text.as_str()) } else { None })
        .collect();
    let calls: Vec<Json<'_>> = parts
        .iter()
        .filter_map(|part| if let Part::ToolCall(asked) = part { Some(call(asked)) } else { None })
        .collect();
    let content = match texts.as_slice() {
        [] if !calls.is_empty() => Json::Null,
        [text] => (*text).into(),
        texts => texts.concat().into(),
    };
    let mut message = said_by("assistant", content);
    if !calls.is_empty() {
        message.set("tool_calls", calls);
    }
    message
}

fn call(call: &ToolCall) -> Json<'_> {
    let function = object([("name", (&call.name).into()), ("arguments", (&call.arguments).into())]);
    object([("id", (&call.id).into()), ("type", "function".into()), ("function", function)])
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::call::tests::{conversation, plan};

    #[test]
    fn a_plain_question_has_only_what_it_needs() {
        let request =
            model::CallRequest { system: Some("Be brief.".into()), ..model::CallRequest::prompt("Hi") };
        let body = body(&plan(&request, "gpt-4o-mini"), true).to_value();
        assert_eq!(
            body,
            json!({"model": "gpt-4o-mini", "max_completion_tokens": 4096, "messages": [
                {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]})
        );
    }

    #[test]
    fn compatible_servers_get_the_older_name_of_the_bound_and_no_padding_option() {
        let request = model::CallRequest::prompt("Hi");
        let body = body(&Plan { streams: true, ..plan(&request, "qwen3:8b") }, false).to_value();
        assert_eq!((&body["max_tokens"], &body["max_completion_tokens"]), (&json!(4096), &Value::Null));
        assert_eq!(body["stream_options"], json!({"include_usage": true}));
    }

    #[test]
    fn everything_that_can_be_said_is_said_in_its_shape() {
        let request = conversation();
        let body = body(&plan(&request, "gpt-4o"), true).to_value();
        assert_eq!(
            body["messages"],
            json!([
                {"role": "user", "content": [{"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}},
                    {"type": "image_url", "image_url": {"url": "https://example.com/a.png"}},
                    {"type": "file", "file": {"filename": "document.pdf", "file_data": "data:application/pdf;base64,JVBERi0xLjQK"}}]},
                {"role": "assistant", "content": null, "tool_calls": [{"id": "call_1", "type": "function",
                    "function": {"name": "clock", "arguments": "{\"zone\":\"UTC\"}"}}]},
                {"role": "tool", "tool_call_id": "call_1", "content": "12:00"},
                {"role": "user", "content": [{"type": "text", "text": "And now?"}]},
            ])
        );
        assert_eq!(body["tools"][0]["function"]["name"], "clock");
        assert_eq!(body["tool_choice"], json!({"type": "function", "function": {"name": "clock"}}));
        assert_eq!(body["response_format"]["json_schema"]["strict"], true);
        assert_eq!(
            (&body["temperature"], &body["stop"], &body["reasoning_effort"]),
            (&json!(0.5), &json!(["END"]), &json!("low"))
        );
    }
}
