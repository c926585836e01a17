//! A call as Chat Completions wants it.

use model::{
    ProviderType,
    call::{Effort, Message, Part, Role, ToolCall, ToolChoice},
};
use serde_json::{Value, json};

use super::super::{data_url, openai, openai_compatible, wire_effort};
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
    let url = target.base_url.below(&["chat", "completions"]);
    Ok(Post::new(Question { url, headers }, &body(plan, is_openai)))
}

fn body(plan: &Plan<'_>, is_openai: bool) -> Value {
    let mut body = json!({"model": plan.model_name, "messages": messages(plan)});
    // OpenAI's reasoning models refuse the older name, and older servers do not know the newer one.
    body[if is_openai { "max_completion_tokens" } else { "max_tokens" }] = json!(plan.max_output);
    if plan.streams {
        body["stream"] = json!(true);
        // Without it, a stream says nothing of its usage.
        body["stream_options"] = json!({"include_usage": true});
        if is_openai {
            body["stream_options"]["include_obfuscation"] = json!(false);
        }
    }
    if let Some(temperature) = plan.temperature {
        body["temperature"] = json!(temperature);
    }
    if !plan.stop.is_empty() {
        body["stop"] = json!(plan.stop);
    }
    if let Some(effort) = plan.effort {
        body["reasoning_effort"] = json!(wire_effort(effort));
    } else if is_openai && plan.model_name.starts_with("gpt-6") && !plan.request.tools.is_empty() {
        // Here, these models take functions only without thinking.
        body["reasoning_effort"] = json!(wire_effort(Effort::None));
    }
    if let Some(schema) = plan.schema {
        body["response_format"] = json!({"type": "json_schema", "json_schema":
            {"name": schema.name, "schema": schema.schema, "strict": is_strict(&schema.schema)}});
    }
    tools(plan, is_openai, &mut body);
    body
}

fn tools(plan: &Plan<'_>, is_openai: bool, body: &mut Value) {
    if plan.request.tools.is_empty() {
        return;
    }
    let tool = |tool: &model::call::Tool| {
        let mut function =
            json!({"name": tool.name, "description": tool.description, "parameters": tool.parameters});
        if is_openai && is_strict(&tool.parameters) {
            function["strict"] = json!(true);
        }
        json!({"type": "function", "function": function})
    };
    body["tools"] = plan.request.tools.iter().map(tool).collect();
    body["tool_choice"] = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => json!("none"),
        ToolChoice::Required => json!("required"),
        ToolChoice::Named(name) => json!({"type": "function", "function": {"name": name}}),
    };
}

fn messages(plan: &Plan<'_>) -> Value {
    let system = plan.system.as_deref().map(|text| json!({"role": "system", "content": text}));
    system.into_iter().chain(plan.messages().iter().flat_map(of_message)).collect()
}

/// Results of tools are messages of their own, and stand before what the person says with them.
fn of_message(message: &Message) -> Vec<Value> {
    if message.role == Role::Assistant {
        return vec![of_assistant(&message.parts)];
    }
    let result = |part: &Part| match part {
        Part::ToolResult { id, content, .. } => {
            Some(json!({"role": "tool", "tool_call_id": id, "content": content}))
        }
        _ => None,
    };
    let mut out: Vec<Value> = message.parts.iter().filter_map(result).collect();
    let said: Vec<Value> = message.parts.iter().filter_map(part).collect();
    match (said.as_slice(), message.parts.as_slice()) {
        ([], _) => {}
        // Text alone stays a string, because some compatible servers take nothing else.
        (_, [Part::Text { text }]) => out.push(json!({"role": "user", "content": text})),
        _ => out.push(json!({"role": "user", "content": said})),
    }
    out
}

fn part(part: &Part) -> Option<Value> {
    match part {
        Part::Text { text } => Some(json!({"type": "text", "text": text})),
        Part::Image { media_type, data } => {
            Some(json!({"type": "image_url", "image_url": {"url": data_url(media_type, data)}}))
        }
        Part::ImageUrl { url } => Some(json!({"type": "image_url", "image_url": {"url": url}})),
        Part::Pdf { name, data } => Some(json!({"type": "file", "file": {
            "filename": name.as_deref().unwrap_or("document.pdf"),
            "file_data": data_url("application/pdf", data)}})),
        Part::Thinking { .. } | Part::ToolCall(_) | Part::ToolResult { .. } => None,
    }
}

fn of_assistant(parts: &[Part]) -> Value {
    let texts: Vec<&str> = parts
        .iter()
        .filter_map(|part| if let Part::Text { text } = part { Some(text.as_str()) } else { None })
        .collect();
    let call = |call: &ToolCall| json!({"id": call.id, "type": "function", "function": {"name": call.name, "arguments": call.arguments}});
    let calls: Vec<Value> = parts
        .iter()
        .filter_map(|part| if let Part::ToolCall(asked) = part { Some(call(asked)) } else { None })
        .collect();
    let mut message = json!({"role": "assistant", "content": texts.concat()});
    if !calls.is_empty() {
        if texts.is_empty() {
            message["content"] = Value::Null;
        }
        message["tool_calls"] = calls.into();
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::tests::{conversation, plan};

    #[test]
    fn a_plain_question_has_only_what_it_needs() {
        let request =
            model::CallRequest { system: Some("Be brief.".into()), ..model::CallRequest::prompt("Hi") };
        let body = body(&plan(&request, "gpt-4o-mini"), true);
        assert_eq!(
            body,
            json!({"model": "gpt-4o-mini", "max_completion_tokens": 4096, "messages": [
                {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]})
        );
    }

    #[test]
    fn compatible_servers_get_the_older_name_of_the_bound_and_no_padding_option() {
        let request = model::CallRequest::prompt("Hi");
        let body = body(&Plan { streams: true, ..plan(&request, "qwen3:8b") }, false);
        assert_eq!((&body["max_tokens"], &body["max_completion_tokens"]), (&json!(4096), &Value::Null));
        assert_eq!(body["stream_options"], json!({"include_usage": true}));
    }

    #[test]
    fn everything_that_can_be_said_is_said_in_its_shape() {
        let request = conversation();
        let body = body(&plan(&request, "gpt-4o"), true);
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
