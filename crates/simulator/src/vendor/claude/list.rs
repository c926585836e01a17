//! The models on offer, in pages by `after_id`.

use model::CatalogModel;
use serde::Serialize;
use serde_json::{Value, json};

use super::{
    Call,
    failure::{error, headers},
};
use crate::{
    Fault, models,
    reply::{self, Layout, Reply},
};

const CREATED: &str = "2026-05-20T00:00:00Z";

#[derive(Serialize)]
struct Page {
    data: Vec<Value>,
    has_more: bool,
    first_id: Option<&'static str>,
    last_id: Option<&'static str>,
}

pub(super) fn page(call: &Call<'_>) -> Reply {
    let all = if call.fault() == Some(Fault::EmptyList) { Vec::new() } else { models::of_claude() };
    let after =
        call.query.get("after_id").and_then(|id| all.iter().position(|model| model.model_name == *id));
    // Without an end, the last page leads back to the first.
    let start = after.map_or(0, |place| place + 1) % all.len().max(1);
    let shown: Vec<_> = all.iter().skip(start).take(call.page_size("limit", 20)).collect();
    let id = |model: Option<&&&'static CatalogModel>| model.map(|model| model.model_name.as_str());
    let page = Page {
        data: shown.iter().map(|model| entry(&model.model_name, model)).collect(),
        has_more: start + shown.len() < all.len() || call.fault() == Some(Fault::EndlessPages),
        first_id: id(shown.first()),
        last_id: id(shown.last()),
    };
    reply::json(200, &headers(&[]), Layout::Compact, &page)
}

/// An alias is answered with the model behind it, under that model's own id.
pub(super) fn one(name: &str) -> Reply {
    let wanted = models::dated(name).unwrap_or(name);
    match models::of_claude().into_iter().find(|model| model.model_name == wanted) {
        Some(model) => reply::json(200, &headers(&[]), Layout::Compact, &entry(wanted, model)),
        None => error(404, &[], "not_found_error", &format!("model: {name}")),
    }
}

fn entry(id: &str, model: &CatalogModel) -> Value {
    json!({
        "type": "model", "id": id, "display_name": model.display_name, "created_at": CREATED,
        "max_input_tokens": model.context_window, "max_tokens": model.max_output_tokens,
        "capabilities": {
            "image_input": {"supported": model.capabilities.vision},
            "pdf_input": {"supported": model.capabilities.pdf_input},
            "structured_outputs": {"supported": model.capabilities.json_schema},
        },
    })
}
