//! The description as a page for people. It holds no script and loads nothing, from nowhere.

use std::{fmt::Write, sync::LazyLock};

use axum::{
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use serde_json::Value;

use super::openapi;

const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

static PAGE: LazyLock<String> = LazyLock::new(|| page(openapi::document()));

/// The description as a page for people.
#[utoipa::path(get, path = "/api/v1/docs", tag = "description",
    responses((status = 200, description = "A page", content_type = "text/html")), security())]
pub(crate) async fn serve() -> Response {
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    ];
    (headers, PAGE.as_str()).into_response()
}

fn page(document: &Value) -> String {
    let mut page = String::from(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Signalbox server</title>",
    );
    page.push_str("<h1>Signalbox server</h1><p>The same for programs: <a href=\"/api/v1/openapi.json\">OpenAPI 3.1</a>.</p>");
    for (path, item) in document["paths"].as_object().into_iter().flatten() {
        for (method, operation) in item.as_object().into_iter().flatten() {
            // Writing into a String cannot fail.
            let _ =
                write!(page, "<section><h2><code>{} {}</code></h2>", method.to_uppercase(), escaped(path));
            let _ = write!(page, "<p>{}</p>", escaped(text(operation, "summary")));
            parameters(&mut page, operation);
            body(&mut page, document, operation);
            answers(&mut page, operation);
            page.push_str("</section>");
        }
    }
    page.push_str("</html>");
    page
}

fn parameters(page: &mut String, operation: &Value) {
    let Some(parameters) = operation["parameters"].as_array() else { return };
    page.push_str("<h3>Parameters</h3><dl>");
    for parameter in parameters {
        let (name, place) = (escaped(text(parameter, "name")), escaped(text(parameter, "in")));
        let _ = write!(
            page,
            "<dt><code>{name}</code> ({place})</dt><dd>{}</dd>",
            escaped(text(parameter, "description"))
        );
    }
    page.push_str("</dl>");
}

fn body(page: &mut String, document: &Value, operation: &Value) {
    let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
    let Some(name) = schema["$ref"].as_str().and_then(|path| path.rsplit('/').next()) else { return };
    let schema = &document["components"]["schemas"][name];
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    page.push_str("<h3>Body</h3><dl>");
    for (field, of) in schema["properties"].as_object().into_iter().flatten() {
        let must = if required.contains(&field.as_str()) { ", required" } else { "" };
        let _ = write!(
            page,
            "<dt><code>{}</code>{must}</dt><dd>{}</dd>",
            escaped(field),
            escaped(text(of, "description"))
        );
    }
    page.push_str("</dl>");
}

fn answers(page: &mut String, operation: &Value) {
    let statuses: Vec<&str> =
        operation["responses"].as_object().into_iter().flatten().map(|(status, _)| status.as_str()).collect();
    let _ = write!(page, "<p>Answers: {}</p>", escaped(&statuses.join(", ")));
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
