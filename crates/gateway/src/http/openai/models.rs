//! `GET /v1/models` and `GET /v1/models/{id}`.

use bytes::Bytes;
use serde::Serialize;

#[derive(Serialize)]
struct List<'a> {
    object: &'static str,
    data: Vec<Model<'a>>,
}

#[derive(Serialize)]
struct Model<'a> {
    id: &'a str,
    object: &'static str,
    created: i64,
    owned_by: &'a str,
}

fn model<'a>((id, owner): (&'a str, &'a str)) -> Model<'a> {
    Model { id, object: "model", created: 0, owned_by: owner }
}

/// Ids with whom they belong to.
pub(crate) fn list<'a>(models: impl Iterator<Item = (&'a str, &'a str)>) -> Bytes {
    let list = List { object: "list", data: models.map(model).collect() };
    serde_json::to_vec(&list).unwrap_or_default().into()
}

/// One model.
pub(crate) fn one(id: &str, owner: &str) -> Bytes {
    serde_json::to_vec(&model((id, owner))).unwrap_or_default().into()
}
