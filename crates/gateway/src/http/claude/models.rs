//! `GET /v1/models` in Anthropic's shape, for clients that send `anthropic-version`.

use bytes::Bytes;
use serde::Serialize;

#[derive(Serialize)]
struct List<'a> {
    data: Vec<Model<'a>>,
    has_more: bool,
    first_id: Option<&'a str>,
    last_id: Option<&'a str>,
}

#[derive(Serialize)]
struct Model<'a> {
    r#type: &'static str,
    id: &'a str,
    display_name: &'a str,
    created_at: &'static str,
}

fn model<'a>((id, display_name): (&'a str, &'a str)) -> Model<'a> {
    Model { r#type: "model", id, display_name, created_at: "1970-01-01T00:00:00Z" }
}

/// Ids with their names, all on one page.
pub(crate) fn list<'a>(models: impl Iterator<Item = (&'a str, &'a str)>) -> Bytes {
    let data: Vec<Model<'a>> = models.map(model).collect();
    let ends = (data.first().map(|one| one.id), data.last().map(|one| one.id));
    let list = List { data, has_more: false, first_id: ends.0, last_id: ends.1 };
    serde_json::to_vec(&list).unwrap_or_default().into()
}

/// One model.
pub(crate) fn one(id: &str, display_name: &str) -> Bytes {
    serde_json::to_vec(&model((id, display_name))).unwrap_or_default().into()
}
