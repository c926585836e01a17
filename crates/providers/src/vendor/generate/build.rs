//! A call as `generateContent` wants it.

use std::collections::HashMap;

use model::call::{Effort, Message, Part, Role, Tool, ToolChoice};

use super::super::{gemini, object_of};
use crate::{
    Target,
    call::{Failure, Plan, Unfit},
    effort,
    exchange::Post,
    json::{Json, object},
};

/// The request that makes this call.
pub(in crate::vendor) fn build(target: &Target<'_>, plan: &Plan<'_>) -> Result<Post, Failure> {
    let body = body(plan)?;
    Ok(Post::new(gemini::generate(target, plan.model_name, plan.streams)?, &body))
}

fn body<'a>(plan: &'a Plan<'_>) -> Result<Json<'a>, Unfit> {
    let names = names(plan.messages());
    let contents: Vec<Json<'_>> =
        plan.messages().iter().map(|message| content(message, &names)).collect::<Result<_, _>>()?;
    let mut body = object([("contents", contents.into()), ("generationConfig", config(plan))]);
    if let Some(system) = plan.system.as_deref() {
        body.set("systemInstruction", object([("parts", vec![object([("text", system.into())])].into())]));
    }
    tools(plan, &mut body);
    Ok(body)
}

fn config<'a>(plan: &'a Plan<'_>) -> Json<'a> {
    let mut config = object([("maxOutputTokens", plan.max_output.into())]);
    if let Some(temperature) = plan.temperature {
        config.set("temperature", temperature);
    }
    if !plan.stop.is_empty() {
        config.set("stopSequences", plan.stop);
    }
    if let Some(schema) = plan.schema {
        config.set("responseMimeType", "application/json");
        config.set("responseJsonSchema", &schema.schema);
    }
    if let Some(effort) = plan.effort {
        let thinking = if plan.model_name.starts_with("gemini-2.5") {
            object([("thinkingBudget", effort::gemini_budget(effort, plan.max_output).into())])
        } else {
            object([("thinkingLevel", level(effort).into())])
        };
        config.set("thinkingConfig", thinking);
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

fn tools<'a>(plan: &'a Plan<'_>, body: &mut Json<'a>) {
    if plan.request.tools.is_empty() {
        return;
    }
    let functions: Json<'a> = plan.request.tools.iter().map(tool).collect();
    body.set("tools", vec![object([("functionDeclarations", functions)])]);
    let choice = match &plan.request.tool_choice {
        ToolChoice::Auto => return,
        ToolChoice::None => object([("mode", "NONE".into())]),
        ToolChoice::Required => object([("mode", "ANY".into())]),
        ToolChoice::Named(name) => {
            object([("mode", "ANY".into()), ("allowedFunctionNames", vec![name.into()].into())])
        }
    };
    body.set("toolConfig", object([("functionCallingConfig", choice)]));
}

fn tool(tool: &Tool) -> Json<'_> {
    object([
        ("name", (&tool.name).into()),
        ("description", (&tool.description).into()),
        ("parametersJsonSchema", (&tool.parameters).into()),
    ])
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

fn content<'a>(message: &'a Message, names: &HashMap<&'a str, &'a str>) -> Result<Json<'a>, Unfit> {
    let role = if message.role == Role::User { "user" } else { "model" };
    let parts: Vec<Json<'_>> = message
        .parts
        .iter()
        .filter_map(|part| self::part(part, names).transpose())
        .collect::<Result<_, _>>()?;
    Ok(object([("role", role.into()), ("parts", parts.into())]))
}

/// Thinking is left out: Gemini's own is signed within the calls of functions.
fn part<'a>(part: &'a Part, names: &HashMap<&'a str, &'a str>) -> Result<Option<Json<'a>>, Unfit> {
    Ok(Some(match part {
        Part::Text { text } => object([("text", text.into())]),
        Part::Image { media_type, data } => bytes(media_type, data),
        Part::Pdf { data, .. } => bytes("application/pdf", data),
        Part::ImageUrl { .. } => return Err(Unfit::ImageAddress),
        Part::Thinking { .. } => return Ok(None),
        Part::ToolCall(call) => {
            let function = object([("name", (&call.name).into()), ("args", object_of(&call.arguments))]);
            let mut part = object([("functionCall", function)]);
            if let Some(signature) = &call.signature {
                part.set("thoughtSignature", signature);
            }
            part
        }
        Part::ToolResult { id, content, is_error } => {
            let name = *names.get(id.as_str()).ok_or(Unfit::LonelyResult)?;
            let response = object([("name", name.into()), ("response", response(content, *is_error))]);
            object([("functionResponse", response)])
        }
    }))
}

fn bytes<'a>(media_type: &'a str, data: &'a str) -> Json<'a> {
    object([("inlineData", object([("mimeType", media_type.into()), ("data", data.into())]))])
}

/// The API takes nothing but an object.
fn response(content: &str, is_error: bool) -> Json<'_> {
    let value: Json<'_> = serde_json::from_str(content).unwrap_or_else(|_| content.into());
    match (value, is_error) {
        (value, true) => object([("error", value)]),
        (value @ Json::Object(_), false) => value,
        (value, false) => object([("result", value)]),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::call::tests::{conversation, plan};

    #[test]
    fn a_plain_question_has_only_what_it_needs() {
        let request =
            model::CallRequest { system: Some("Be brief.".into()), ..model::CallRequest::prompt("Hi") };
        assert_eq!(
            body(&plan(&request, "gemini-3.8-flash")).unwrap().to_value(),
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
        let body = body(&plan(&request, "gemini-3.8-flash")).unwrap().to_value();
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
            body(&plan).unwrap()["generationConfig"]["thinkingConfig"].to_value()
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
        assert_eq!(response("{\"a\":1}", false).to_value(), json!({"a": 1}));
        assert_eq!(response("[1]", false).to_value(), json!({"result": [1]}));
        assert_eq!(response("no such city", true).to_value(), json!({"error": "no such city"}));
    }
}
