//! A call as `generateContent` wants it.

use std::collections::HashMap;

use model::call::{Effort, Message, Part, Role, ToolChoice};
use serde_json::{Value, json};

use super::super::{gemini, object_of};
use crate::{
    Target,
    call::{Failure, Plan, Unfit},
    effort,
    exchange::Post,
};

/// The request that makes this call.
pub(in crate::vendor) fn build(target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, Failure> {
    let body = body(plan)?;
    Ok(Post::new(gemini::generate(target, plan.model_name, plan.streams)?, &body))
}

fn body(plan: &Plan<'_>) -> Result<Value, Unfit> {
    let names = names(plan.messages());
    let contents: Vec<Value> =
        plan.messages().iter().map(|message| content(message, &names)).collect::<Result<_, _>>()?;
    let mut body = json!({"contents": contents, "generationConfig": config(plan)});
    if let Some(system) = &plan.system {
        body["systemInstruction"] = json!({"parts": [{"text": system}]});
    }
    tools(plan, &mut body);
    Ok(body)
}

fn config(plan: &Plan<'_>) -> Value {
    let mut config = json!({"maxOutputTokens": plan.max_output});
    if let Some(temperature) = plan.temperature {
        config["temperature"] = json!(temperature);
    }
    if !plan.stop.is_empty() {
        config["stopSequences"] = json!(plan.stop);
    }
    if let Some(schema) = plan.schema {
        config["responseMimeType"] = json!("application/json");
        config["responseJsonSchema"] = schema.schema.clone();
    }
    if let Some(effort) = plan.effort {
        config["thinkingConfig"] = if plan.model_name.starts_with("gemini-2.5") {
            json!({"thinkingBudget": effort::gemini_budget(effort, plan.max_output)})
        } else {
            json!({"thinkingLevel": level(effort)})
        };
    }
    config
}

fn level(effort: Effort) -> &'static str {
    match effort {
        Effort::None | Effort::Minimal => "MINIMAL",
        Effort::Low => "LOW",
        Effort::Medium => "MEDIUM",
        Effort::High | Effort::Xhigh | Effort::Max => "HIGH",
    }
}

fn tools(plan: &Plan<'_>, body: &mut Value) {
    if plan.request.tools.is_empty() {
        return;
    }
    let tool = |tool: &model::call::Tool| json!({"name": tool.name, "description": tool.description, "parametersJsonSchema": tool.parameters});
    let functions: Vec<Value> = plan.request.tools.iter().map(tool).collect();
    body["tools"] = json!([{"functionDeclarations": functions}]);
    let choice = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => json!({"mode": "NONE"}),
        ToolChoice::Required => json!({"mode": "ANY"}),
        ToolChoice::Named(name) => json!({"mode": "ANY", "allowedFunctionNames": [name]}),
    };
    body["toolConfig"] = json!({"functionCallingConfig": choice});
}

/// Results go by the function's name here, not by the call's id.
fn names(messages: &[Message]) -> HashMap<&str, &str> {
    let parts = messages.iter().flat_map(|message| &message.parts);
    parts
        .filter_map(|part| match part {
            Part::ToolCall(call) => Some((call.id.as_str(), call.name.as_str())),
            _ => None,
        })
        .collect()
}

fn content(message: &Message, names: &HashMap<&str, &str>) -> Result<Value, Unfit> {
    let role = if message.role == Role::User { "user" } else { "model" };
    let parts: Vec<Value> = message
        .parts
        .iter()
        .filter_map(|part| self::part(part, names).transpose())
        .collect::<Result<_, _>>()?;
    Ok(json!({"role": role, "parts": parts}))
}

/// Thinking is left out: Gemini's own is signed within the calls of functions.
fn part(part: &Part, names: &HashMap<&str, &str>) -> Result<Option<Value>, Unfit> {
    Ok(Some(match part {
        Part::Text { text } => json!({"text": text}),
        Part::Image { media_type, data } => json!({"inlineData": {"mimeType": media_type, "data": data}}),
        Part::Pdf { data, .. } => json!({"inlineData": {"mimeType": "application/pdf", "data": data}}),
        Part::ImageUrl { .. } => return Err(Unfit::ImageAddress),
        Part::Thinking { .. } => return Ok(None),
        Part::ToolCall(call) => {
            let mut part = json!({"functionCall": {"name": call.name, "args": object_of(&call.arguments)}});
            if let Some(signature) = &call.signature {
                part["thoughtSignature"] = json!(signature);
            }
            part
        }
        Part::ToolResult { id, content, is_error } => {
            let name = names.get(id.as_str()).ok_or(Unfit::LonelyResult)?;
            json!({"functionResponse": {"name": name, "response": response(content, *is_error)}})
        }
    }))
}

/// The API takes nothing but an object.
fn response(content: &str, is_error: bool) -> Value {
    let value = serde_json::from_str::<Value>(content).unwrap_or_else(|_| json!(content));
    match (value, is_error) {
        (value, true) => json!({"error": value}),
        (Value::Object(fields), false) => Value::Object(fields),
        (value, false) => json!({"result": value}),
    }
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
            body(&plan(&request, "gemini-3.8-flash")).unwrap(),
            json!({"systemInstruction": {"parts": [{"text": "Be brief."}]},
                "contents": [{"role": "user", "parts": [{"text": "Hi"}]}],
                "generationConfig": {"maxOutputTokens": 4096}})
        );
    }

    #[test]
    fn everything_that_can_be_said_is_said_in_its_shape() {
        let mut request = conversation();
        request.messages[0].parts.retain(|part| !matches!(part, Part::ImageUrl { .. }));
        let Part::ToolCall(call) = &mut request.messages[1].parts[0] else { panic!("no call") };
        call.signature = Some("Cg==".into());
        let body = body(&plan(&request, "gemini-3.8-flash")).unwrap();
        assert_eq!(
            body["contents"],
            json!([
                {"role": "user", "parts": [{"text": "What is this?"},
                    {"inlineData": {"mimeType": "image/png", "data": "iVBORw0KGgo="}},
                    {"inlineData": {"mimeType": "application/pdf", "data": "JVBERi0xLjQK"}}]},
                {"role": "model", "parts": [{"functionCall": {"name": "clock", "args": {"zone": "UTC"}}, "thoughtSignature": "Cg=="}]},
                {"role": "user", "parts": [{"functionResponse": {"name": "clock", "response": {"result": "12:00"}}}, {"text": "And now?"}]},
            ])
        );
        assert_eq!(
            body["toolConfig"],
            json!({"functionCallingConfig": {"mode": "ANY", "allowedFunctionNames": ["clock"]}})
        );
        let config = &body["generationConfig"];
        assert_eq!(config["responseMimeType"], "application/json");
        assert_eq!(config["responseJsonSchema"]["type"], "object");
        assert_eq!(config["thinkingConfig"], json!({"thinkingLevel": "LOW"}));
        assert_eq!((&config["temperature"], &config["stopSequences"]), (&json!(0.5), &json!(["END"])));
    }

    #[test]
    fn older_models_have_a_budget_that_leaves_room_for_the_answer() {
        let request = model::CallRequest::prompt("Hi");
        let budget = |effort, max_output| {
            let plan = Plan { effort: Some(effort), max_output, ..plan(&request, "gemini-2.5-flash") };
            body(&plan).unwrap()["generationConfig"]["thinkingConfig"].clone()
        };
        assert_eq!(budget(Effort::None, 4096), json!({"thinkingBudget": 0}));
        assert_eq!(budget(Effort::High, 4096), json!({"thinkingBudget": 2048}));
        assert_eq!(budget(Effort::Low, 65_536), json!({"thinkingBudget": 1024}));
    }

    #[test]
    fn what_gemini_cannot_take_is_said_before_sending() {
        let request = conversation();
        assert_eq!(body(&plan(&request, "gemini-3.8-flash")), Err(Unfit::ImageAddress));
        let mut request = conversation();
        request.messages.remove(0);
        request.messages.remove(0);
        assert_eq!(body(&plan(&request, "gemini-3.8-flash")), Err(Unfit::LonelyResult));
    }

    #[test]
    fn a_functions_result_becomes_an_object() {
        assert_eq!(response("{\"a\":1}", false), json!({"a": 1}));
        assert_eq!(response("[1]", false), json!({"result": [1]}));
        assert_eq!(response("no such city", true), json!({"error": "no such city"}));
    }
}
