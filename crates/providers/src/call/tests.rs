//! Requests for the tests of all vendors.

use model::{
    CallRequest,
    call::{AnswerSchema, Effort, Message, Part, Role, Tool, ToolCall, ToolChoice},
};
use serde_json::json;

use super::Plan;

/// A plan that leaves everything as it was asked for.
pub(crate) fn plan<'a>(request: &'a CallRequest, model_name: &'a str) -> Plan<'a> {
    Plan {
        request,
        model_name,
        streams: false,
        max_output: request.max_output_tokens.unwrap_or(4096),
        temperature: request.temperature,
        effort: request.effort,
        thinks: None,
        stop: &request.stop,
        schema: request.schema.as_ref(),
        system: request.system.as_deref().map(Into::into),
        check: None,
        degraded: Vec::new(),
    }
}

/// A request with everything in it: media, a call of a function and its result, a schema, bounds.
pub(crate) fn conversation() -> CallRequest {
    let text = |text: &str| Part::Text { text: text.to_owned() };
    let call = ToolCall {
        id: "call_1".into(),
        name: "clock".into(),
        arguments: "{\"zone\":\"UTC\"}".into(),
        signature: None,
    };
    let media = vec![
        text("What is this?"),
        Part::Image { media_type: "image/png".into(), data: "iVBORw0KGgo=".into() },
        Part::ImageUrl { url: "https://example.com/a.png".into() },
        Part::Pdf { name: None, data: "JVBERi0xLjQK".into() },
    ];
    let result = Part::ToolResult { id: "call_1".into(), content: "12:00".into(), is_error: false };
    CallRequest {
        messages: vec![
            Message { role: Role::User, parts: media },
            Message { role: Role::Assistant, parts: vec![Part::ToolCall(call)] },
            Message { role: Role::User, parts: vec![result, text("And now?")] },
        ],
        temperature: Some(0.5),
        stop: vec!["END".into()],
        schema: Some(AnswerSchema {
            name: "answer".into(),
            schema: json!({"type": "object", "properties": {}, "required": [], "additionalProperties": false}),
        }),
        tools: vec![Tool {
            name: "clock".into(),
            description: "The time.".into(),
            parameters: json!({"type": "object", "properties": {"zone": {"type": "string"}}}),
        }],
        tool_choice: ToolChoice::Named("clock".into()),
        effort: Some(Effort::Low),
        ..CallRequest::default()
    }
}
