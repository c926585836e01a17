//! A call as Messages wants it.

use model::call::{Effort, Message, Part, Role, Tool, ToolChoice};

use super::{
    super::{claude, object_of, responses, wire_effort},
    REDACTED,
};
use crate::{
    Target,
    call::{Plan, closed},
    effort,
    exchange::Post,
    json::{Json, object},
    key::KeyFault,
};

/// The request that makes this call.
pub(in crate::vendor) fn build(target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, KeyFault> {
    Ok(Post::new(claude::messages(target)?, &body(plan)))
}

fn body<'a>(plan: &'a Plan<'_>) -> Json<'a> {
    let mut body = object([
        ("model", plan.model_name.into()),
        ("max_tokens", plan.max_output.into()),
        ("messages", plan.messages().iter().filter_map(message).collect()),
    ]);
    if let Some(system) = plan.system.as_deref().filter(|system| !system.is_empty()) {
        body.set("system", system);
    }
    if plan.streams {
        body.set("stream", true);
    }
    if let Some(temperature) = plan.temperature {
        body.set("temperature", temperature);
    }
    if !plan.stop.is_empty() {
        body.set("stop_sequences", plan.stop);
    }
    let mut output = object([]);
    if let Some(schema) = plan.schema {
        // Claude wants every object closed; an answer that fits the closed schema fits the open one.
        let closed = closed(&schema.schema);
        output.set("format", object([("type", "json_schema".into()), ("schema", closed.into())]));
    }
    thinking(plan, &mut body, &mut output);
    if output != object([]) {
        body.set("output_config", output);
    }
    tools(plan, &mut body);
    body
}

/// An effort on current models, a budget of tokens on older ones.
fn thinking<'a>(plan: &'a Plan<'_>, body: &mut Json<'a>, output: &mut Json<'a>) {
    match plan.effort {
        None => {}
        Some(Effort::None) => body.set("thinking", object([("type", "disabled".into())])),
        Some(effort) if effort::claude_has_budget(plan.model_name) => {
            if let Some(budget) = effort::claude_budget(effort, plan.max_output) {
                let thinking = object([("type", "enabled".into()), ("budget_tokens", budget.into())]);
                body.set("thinking", thinking);
            }
        }
        Some(effort) => {
            output.set("effort", wire_effort(effort));
            if plan.claude_may_think() {
                body.set("thinking", object([("type", "adaptive".into())]));
            }
        }
    }
}

fn tools<'a>(plan: &'a Plan<'_>, body: &mut Json<'a>) {
    if plan.request.tools.is_empty() {
        return;
    }
    body.set("tools", plan.request.tools.iter().map(tool).collect::<Json<'a>>());
    let choice = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => object([("type", "none".into())]),
        ToolChoice::Required => object([("type", "any".into())]),
        ToolChoice::Named(name) => object([("type", "tool".into()), ("name", name.into())]),
    };
    body.set("tool_choice", choice);
}

fn tool(tool: &Tool) -> Json<'_> {
    object([
        ("name", (&tool.name).into()),
        ("description", (&tool.description).into()),
        ("input_schema", (&tool.parameters).into()),
    ])
}

/// `None` for a message with nothing in it, which the API refuses.
fn message(message: &Message) -> Option<Json<'_>> {
    let is_result = |part: &&Part| matches!(part, Part::ToolResult { .. });
    // Results have to come before anything else that is said with them.
    let results = message.parts.iter().filter(is_result);
    let others = message.parts.iter().filter(|part| !is_result(part));
    let blocks: Vec<Json<'_>> = results.chain(others).filter_map(block).collect();
    let role = if message.role == Role::User { "user" } else { "assistant" };
    (!blocks.is_empty()).then(|| object([("role", role.into()), ("content", blocks.into())]))
}

fn block(part: &Part) -> Option<Json<'_>> {
    match part {
        Part::Text { text } if text.trim().is_empty() => None,
        Part::Text { text } => Some(object([("type", "text".into()), ("text", text.into())])),
        Part::Image { media_type, data } => Some(source("image", bytes(media_type, data))),
        Part::ImageUrl { url } => {
            Some(source("image", object([("type", "url".into()), ("url", url.into())])))
        }
        Part::Pdf { name, data } => {
            let mut block = source("document", bytes("application/pdf", data));
            if let Some(name) = name {
                block.set("title", name);
            }
            Some(block)
        }
        Part::Thinking { text, signature } => thought(text, signature),
        Part::ToolCall(call) => Some(object([
            ("type", "tool_use".into()),
            ("id", (&call.id).into()),
            ("name", (&call.name).into()),
            ("input", object_of(&call.arguments)),
        ])),
        Part::ToolResult { id, content, is_error } => {
            let mut block = object([
                ("type", "tool_result".into()),
                ("tool_use_id", id.into()),
                ("content", content.into()),
            ]);
            if *is_error {
                block.set("is_error", true);
            }
            Some(block)
        }
    }
}

fn source<'a>(kind: &'static str, source: Json<'a>) -> Json<'a> {
    object([("type", kind.into()), ("source", source)])
}

fn bytes<'a>(media_type: &'a str, data: &'a str) -> Json<'a> {
    object([("type", "base64".into()), ("media_type", media_type.into()), ("data", data.into())])
}

/// Thinking of another vendor's, or without a signature, would be refused.
fn thought<'a>(text: &'a str, signature: &'a str) -> Option<Json<'a>> {
    if signature.is_empty() || signature.starts_with(responses::SIGNED) {
        return None;
    }
    Some(match signature.strip_prefix(REDACTED) {
        Some(data) => object([("type", "redacted_thinking".into()), ("data", data.into())]),
        None => {
            object([("type", "thinking".into()), ("thinking", text.into()), ("signature", signature.into())])
        }
    })
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
        assert_eq!(
            body(&plan(&request, "claude-sonnet-5-5")).to_value(),
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
        let body = body(&plan(&request, "claude-opus-5-5")).to_value();
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
            let body =
                body(&Plan { effort: Some(effort), max_output: 10_000, ..plan(&request, name) }).to_value();
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
