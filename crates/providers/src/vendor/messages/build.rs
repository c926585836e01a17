//! A call as Messages wants it.

use model::call::{Effort, Message, Part, Role, ToolChoice};
use serde_json::{Value, json};

use super::{
    super::{claude, object_of, responses, wire_effort},
    REDACTED,
};
use crate::{
    Target,
    call::{Plan, closed},
    effort,
    exchange::Post,
    key::KeyFault,
};

/// The request that makes this call.
pub(in crate::vendor) fn build(target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, KeyFault> {
    Ok(Post::new(claude::messages(target)?, &body(plan)))
}

fn body(plan: &Plan<'_>) -> Value {
    let messages: Vec<Value> = plan.messages().iter().filter_map(message).collect();
    let mut body = json!({"model": plan.model_name, "max_tokens": plan.max_output, "messages": messages});
    if let Some(system) = plan.system.as_deref().filter(|system| !system.is_empty()) {
        body["system"] = json!(system);
    }
    if plan.streams {
        body["stream"] = json!(true);
    }
    if let Some(temperature) = plan.temperature {
        body["temperature"] = json!(temperature);
    }
    if !plan.stop.is_empty() {
        body["stop_sequences"] = json!(plan.stop);
    }
    if let Some(schema) = plan.schema {
        // Claude wants every object closed; an answer that fits the closed schema fits the open one.
        body["output_config"]["format"] = json!({"type": "json_schema", "schema": closed(&schema.schema)});
    }
    thinking(plan, &mut body);
    tools(plan, &mut body);
    body
}

/// An effort on current models, a budget of tokens on older ones.
fn thinking(plan: &Plan<'_>, body: &mut Value) {
    match plan.effort {
        None => {}
        Some(Effort::None) => body["thinking"] = json!({"type": "disabled"}),
        Some(effort) if effort::claude_has_budget(plan.model_name) => {
            if let Some(budget) = effort::claude_budget(effort, plan.max_output) {
                body["thinking"] = json!({"type": "enabled", "budget_tokens": budget});
            }
        }
        Some(effort) => {
            body["output_config"]["effort"] = json!(wire_effort(effort));
            if plan.claude_may_think() {
                body["thinking"] = json!({"type": "adaptive"});
            }
        }
    }
}

fn tools(plan: &Plan<'_>, body: &mut Value) {
    if plan.request.tools.is_empty() {
        return;
    }
    let tool = |tool: &model::call::Tool| json!({"name": tool.name, "description": tool.description, "input_schema": tool.parameters});
    body["tools"] = plan.request.tools.iter().map(tool).collect();
    body["tool_choice"] = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => json!({"type": "none"}),
        ToolChoice::Required => json!({"type": "any"}),
        ToolChoice::Named(name) => json!({"type": "tool", "name": name}),
    };
}

/// `None` for a message with nothing in it, which the API refuses.
fn message(message: &Message) -> Option<Value> {
    let (results, others): (Vec<&Part>, Vec<&Part>) =
        message.parts.iter().partition(|part| matches!(part, Part::ToolResult { .. }));
    // Results have to come before anything else that is said with them.
    let blocks: Vec<Value> = results.into_iter().chain(others).filter_map(block).collect();
    let role = if message.role == Role::User { "user" } else { "assistant" };
    (!blocks.is_empty()).then(|| json!({"role": role, "content": blocks}))
}

fn block(part: &Part) -> Option<Value> {
    match part {
        Part::Text { text } if text.trim().is_empty() => None,
        Part::Text { text } => Some(json!({"type": "text", "text": text})),
        Part::Image { media_type, data } => Some(json!({"type": "image",
            "source": {"type": "base64", "media_type": media_type, "data": data}})),
        Part::ImageUrl { url } => Some(json!({"type": "image", "source": {"type": "url", "url": url}})),
        Part::Pdf { name, data } => {
            let mut block = json!({"type": "document",
                "source": {"type": "base64", "media_type": "application/pdf", "data": data}});
            if let Some(name) = name {
                block["title"] = json!(name);
            }
            Some(block)
        }
        Part::Thinking { text, signature } => thought(text, signature),
        Part::ToolCall(call) => Some(json!({"type": "tool_use", "id": call.id, "name": call.name,
            "input": object_of(&call.arguments)})),
        Part::ToolResult { id, content, is_error } => {
            let mut block = json!({"type": "tool_result", "tool_use_id": id, "content": content});
            if *is_error {
                block["is_error"] = json!(true);
            }
            Some(block)
        }
    }
}

/// Thinking of another vendor's, or without a signature, would be refused.
fn thought(text: &str, signature: &str) -> Option<Value> {
    if signature.is_empty() || signature.starts_with(responses::SIGNED) {
        return None;
    }
    Some(match signature.strip_prefix(REDACTED) {
        Some(data) => json!({"type": "redacted_thinking", "data": data}),
        None => json!({"type": "thinking", "thinking": text, "signature": signature}),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::tests::{conversation, plan};

    #[test]
    fn a_plain_question_has_only_what_it_needs() {
        let request =
            model::CallRequest { system: Some("Be brief.".into()), ..model::CallRequest::prompt("Hi") };
        assert_eq!(
            body(&plan(&request, "claude-sonnet-5-5")),
            json!({"model": "claude-sonnet-5-5", "max_tokens": 4096, "system": "Be brief.",
                "messages": [{"role": "user", "content": [{"type": "text", "text": "Hi"}]}]})
        );
    }

    #[test]
    fn everything_that_can_be_said_is_said_in_its_shape() {
        let mut request = conversation();
        let thought = |signature: &str| Part::Thinking { text: "Hm".into(), signature: signature.into() };
        for signature in ["openai:rs_1:gAAAA", "redacted:EmwK", "Eo0BCkYIARgCKkD"] {
            request.messages[1].parts.insert(0, thought(signature));
        }
        let body = body(&plan(&request, "claude-opus-5-5"));
        assert_eq!(
            body["messages"],
            json!([
                {"role": "user", "content": [{"type": "text", "text": "What is this?"},
                    {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0KGgo="}},
                    {"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}},
                    {"type": "document", "source": {"type": "base64", "media_type": "application/pdf", "data": "JVBERi0xLjQK"}}]},
                {"role": "assistant", "content": [
                    {"type": "thinking", "thinking": "Hm", "signature": "Eo0BCkYIARgCKkD"},
                    {"type": "redacted_thinking", "data": "EmwK"},
                    {"type": "tool_use", "id": "call_1", "name": "clock", "input": {"zone": "UTC"}}]},
                {"role": "user", "content": [{"type": "tool_result", "tool_use_id": "call_1", "content": "12:00"},
                    {"type": "text", "text": "And now?"}]},
            ])
        );
        assert_eq!(body["tools"][0]["input_schema"]["type"], "object");
        assert_eq!(body["tool_choice"], json!({"type": "tool", "name": "clock"}));
        assert_eq!((&body["temperature"], &body["stop_sequences"]), (&json!(0.5), &json!(["END"])));
        assert_eq!(body["output_config"]["format"]["type"], "json_schema");
        assert_eq!((&body["output_config"]["effort"], &body["thinking"]), (&json!("low"), &Value::Null));
    }

    #[test]
    fn each_model_is_told_in_its_own_way_how_long_to_think() {
        let request = model::CallRequest::prompt("Hi");
        let told = |name: &'static str, effort| {
            let body = body(&Plan { effort: Some(effort), max_output: 10_000, ..plan(&request, name) });
            (body["thinking"].clone(), body["output_config"]["effort"].clone())
        };
        assert_eq!(told("claude-opus-5-5", Effort::Low), (json!({"type": "adaptive"}), json!("low")));
        assert_eq!(
            told("claude-haiku-4-5", Effort::High),
            (json!({"type": "enabled", "budget_tokens": 5000}), Value::Null)
        );
        assert_eq!(told("claude-opus-5-5", Effort::None), (json!({"type": "disabled"}), Value::Null));
    }
}
