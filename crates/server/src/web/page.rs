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
    contents(&mut page, document);
    for (path, method, operation) in operations(document) {
        // Writing into a String cannot fail.
        let _ = write!(page, "<section id=\"{}\">", place(method, path));
        let _ = write!(page, "<h2><code>{} {}</code></h2>", method.to_uppercase(), escaped(path));
        let _ = write!(page, "<p>{}</p>", escaped(text(operation, "summary")));
        parameters(&mut page, operation);
        body(&mut page, document, operation);
        answers(&mut page, document, operation);
        page.push_str("</section>");
    }
    page.push_str("</html>");
    page
}

/// Every operation, by its path and its method.
fn operations(document: &Value) -> impl Iterator<Item = (&String, &String, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, item)| {
        let operations = item.as_object().into_iter().flatten();
        operations.map(move |(method, operation)| (path, method, operation))
    })
}

/// Links to all of them, by what they are about.
fn contents(page: &mut String, document: &Value) {
    let tag = |operation: &Value| operation["tags"][0].as_str().unwrap_or_default().to_owned();
    let mut tags: Vec<String> = operations(document).map(|(.., operation)| tag(operation)).collect();
    tags.sort();
    tags.dedup();
    page.push_str("<nav>");
    for one in tags {
        let _ = write!(page, "<h2>{}</h2><ul>", escaped(&one));
        for (path, method, operation) in operations(document).filter(|(.., operation)| tag(operation) == one)
        {
            let (id, summary) = (place(method, path), escaped(text(operation, "summary")));
            let (method, path) = (method.to_uppercase(), escaped(path));
            let _ = write!(page, "<li><a href=\"#{id}\"><code>{method} {path}</code></a> {summary}</li>");
        }
        page.push_str("</ul>");
    }
    page.push_str("</nav>");
}

/// Where an operation stands within the page.
fn place(method: &str, path: &str) -> String {
    let letters = path.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '-' });
    format!("{method}{}", letters.collect::<String>())
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
    fields(page, "Body", document, schema, ", required");
}

fn answers(page: &mut String, document: &Value, operation: &Value) {
    let answers = || operation["responses"].as_object().into_iter().flatten();
    if let Some((status, done)) = answers().find(|(status, _)| status.starts_with('2')) {
        let whole = resolved(document, &done["content"]["application/json"]["schema"]);
        // Of ours, what stands in `data`; the gateway's answers are the vendors'.
        let data = whole["properties"].get("data").map_or(whole, |data| resolved(document, data));
        let (heading, of) = match data.get("items") {
            Some(items) => (format!("Answer {status}: a list, of which each has"), items),
            None => (format!("Answer {status}"), data),
        };
        fields(page, &heading, document, of, "");
    }
    let statuses: Vec<&str> = answers().map(|(status, _)| status.as_str()).collect();
    let _ = write!(page, "<p>Answers: {}</p>", escaped(&statuses.join(", ")));
}

/// What a schema has fields for, if it has any, with a word behind those that must be there.
fn fields(page: &mut String, heading: &str, document: &Value, schema: &Value, must: &str) {
    let mut rows = String::new();
    for part in parts(document, schema) {
        let required: Vec<&str> =
            part["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (field, of) in part["properties"].as_object().into_iter().flatten() {
            let must = if required.contains(&field.as_str()) { must } else { "" };
            let own = text(of, "description");
            let meaning = if own.is_empty() { text(resolved(document, of), "description") } else { own };
            let _ =
                write!(rows, "<dt><code>{}</code>{must}</dt><dd>{}</dd>", escaped(field), escaped(meaning));
        }
    }
    if !rows.is_empty() {
        let _ = write!(page, "<h3>{heading}</h3><dl>{rows}</dl>");
    }
}

/// A schema, or those that it is put together from.
fn parts<'a>(document: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let schema = resolved(document, schema);
    match schema["allOf"].as_array() {
        Some(all) => all.iter().map(|part| resolved(document, part)).collect(),
        None => vec![schema],
    }
}

/// What a reference leads to; everything else is itself.
fn resolved<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let path = schema["$ref"].as_str().and_then(|path| path.strip_prefix('#'));
    path.and_then(|path| document.pointer(path)).unwrap_or(schema)
}

fn text<'a>(of: &'a Value, name: &str) -> &'a str {
    of[name].as_str().unwrap_or_default()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
