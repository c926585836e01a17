//! The OpenAPI 3.1 description, made from the handlers themselves. What holds for many operations alike is added here once.

use std::sync::LazyLock;

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use gateway::http::described;
use serde_json::{Value, json};

use super::routes::described;
use crate::configs::held;

static DOCUMENT: LazyLock<Value> = LazyLock::new(make);

/// The description as JSON.
pub fn document() -> &'static Value {
    &DOCUMENT
}

/// This description.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "description",
    responses((status = 200, description = "OpenAPI 3.1", content_type = "application/json")), security())]
pub(crate) async fn serve() -> Response {
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    (json, DOCUMENT.to_string()).into_response()
}

fn make() -> Value {
    let (_, api) = described().split_for_parts();
    let mut document = serde_json::to_value(api).unwrap_or_default();
    document["info"] = json!({
        "title": "Signalbox server", "version": env!("CARGO_PKG_VERSION"),
        "description": "Administration of AI providers: configurations, credential tests, routes, limits, budgets, prices, usage, health, users and the log of acts; and the calls of applications, in the shapes of the vendors' SDKs and as tasks.",
        "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
    });
    document["servers"] = json!([{ "url": "/" }]);
    document["components"]["securitySchemes"] =
        json!({ "bearer": { "type": "http", "scheme": "bearer", "bearerFormat": "JWT" } });
    document["security"] = json!([{ "bearer": [] }]);
    document["components"]["responses"] = json!({ "refused": {
        "description": "Not done: why, and what to do",
        "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Refusal" } } },
    } });
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    for (path, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            complete(path, method, operation);
        }
    }
    add_gateway(&mut document);
    add_figures(&mut document);
    document
}

/// What applications ask for, by tokens of their own, which each SDK puts where it puts its key. Refusals have the shape of the API
/// that is called.
fn add_gateway(document: &mut Value) {
    let schemes = &mut document["components"]["securitySchemes"];
    let token = "A token of an application";
    schemes["application"] = json!({ "type": "http", "scheme": "bearer", "description": token });
    for (name, header) in [("anthropic", "x-api-key"), ("gemini", "x-goog-api-key")] {
        schemes[name] = json!({ "type": "apiKey", "in": "header", "name": header, "description": token });
    }
    let security = json!([{ "application": [] }, { "anthropic": [] }, { "gemini": [] }]);
    let mut described = described::description();
    let items = described["paths"].as_object_mut().into_iter().flatten();
    for (_, operation) in items.flat_map(|(_, item)| item.as_object_mut().into_iter().flatten()) {
        operation["security"] = security.clone();
    }
    for part in ["/paths", "/components/schemas"] {
        let more = described.pointer_mut(part).and_then(Value::as_object_mut).map(std::mem::take);
        if let (Some(there), Some(more)) = (document.pointer_mut(part).and_then(Value::as_object_mut), more) {
            there.extend(more);
        }
    }
}

/// At an address of their own, where the setting `metrics` names one.
fn add_figures(document: &mut Value) {
    let figures = json!({ "description": "Figures in OpenMetrics' text form",
        "content": { "application/openmetrics-text": { "schema": { "type": "string" } } } });
    document["paths"]["/metrics"]["get"] = json!({
        "tags": ["figures"], "summary": "Figures for Prometheus, at the address of the setting `metrics` and nowhere else",
        "servers": [{ "url": "http://127.0.0.1:9464", "description": "As the setting names it" }],
        "security": [], "responses": { "200": figures },
    });
}

/// Answers that do not depend on what an operation does.
fn complete(path: &str, method: &str, operation: &mut Value) {
    let is_open = operation.get("security").is_some();
    let mut statuses = vec!["400", "500", "503"];
    if !is_open {
        statuses.push("401");
    }
    if path.starts_with("/api/v1/super-admin/") {
        statuses.push("403");
        if method == "post" {
            add_parameter(
                operation,
                "Idempotency-Key",
                "Send the same again with the same key, and nothing is done again",
            );
            statuses.extend(["409", "413", "422", "408"]);
        }
        if ["put", "delete"].contains(&method) {
            statuses.push("409");
            // The catalogue has a version and no revision, an end of sessions is an end of whichever there are, and a token never changes.
            if path.contains('{') && !path.ends_with("/sessions") && !path.contains("/tokens/") {
                add_parameter(operation, "If-Match", "The `ETag` that the change is for");
                statuses.push("412");
            }
            if method == "put" && path.ends_with("/configs/{config_id}") {
                add_parameter(
                    operation,
                    held::HEADER,
                    "Who has to hold a place for the change to be made, such as `is_default=3, default_for_extraction=none`",
                );
            }
        }
    }
    if path.contains('{') {
        statuses.push("404");
    }
    if operation.get("requestBody").is_some() {
        statuses.extend(["408", "413", "415", "422"]);
    }
    if operation.get("parameters").is_some() {
        statuses.push("422");
    }
    for status in statuses {
        let responses = &mut operation["responses"];
        if responses.get(status).is_none() {
            responses[status] = json!({ "$ref": "#/components/responses/refused" });
        }
    }
}

fn add_parameter(operation: &mut Value, name: &str, description: &str) {
    let parameter = json!({
        "name": name, "in": "header", "required": false, "description": description,
        "schema": { "type": "string", "minLength": 1, "maxLength": 255 },
    });
    match operation.get_mut("parameters").and_then(Value::as_array_mut) {
        Some(parameters) => parameters.push(parameter),
        None => operation["parameters"] = json!([parameter]),
    }
}
