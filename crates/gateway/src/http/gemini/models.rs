//! `GET /v1beta/models` and `GET /v1beta/models/{id}`.

use bytes::Bytes;
use serde::Serialize;

#[derive(Serialize)]
struct List<'a> {
    models: Vec<Model<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Model<'a> {
    name: String,
    display_name: &'a str,
    supported_generation_methods: [&'static str; 2],
}

fn model<'a>((id, display_name): (&'a str, &'a str)) -> Model<'a> {
    let supported_generation_methods = ["generateContent", "streamGenerateContent"];
    Model { name: format!("models/{id}"), display_name, supported_generation_methods }
}

/// Ids with their names, all on one page.
pub(crate) fn list<'a>(models: impl Iterator<Item = (&'a str, &'a str)>) -> Bytes {
    serde_json::to_vec(&List { models: models.map(model).collect() }).unwrap_or_default().into()
}

/// One model.
pub(crate) fn one(id: &str, display_name: &str) -> Bytes {
    serde_json::to_vec(&model((id, display_name))).unwrap_or_default().into()
}
