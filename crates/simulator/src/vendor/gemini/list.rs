//! The models on offer, in pages by `pageToken`.

use model::{CatalogModel, ProviderType};
use serde::Serialize;
use serde_json::{Value, json};

use super::{Call, HEADERS, LAYOUT, failure::Wrong};
use crate::{
    Fault, models,
    reply::{self, Reply},
};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Page {
    models: Vec<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_page_token: Option<String>,
}

pub(super) fn page(call: &Call<'_>) -> Reply {
    let all = if call.fault() == Some(Fault::EmptyList) { Vec::new() } else { models() };
    let start = call.query.get("pageToken").and_then(|token| place(token)).unwrap_or(0);
    let shown: Vec<Value> = all.iter().skip(start).take(call.page_size("pageSize", 50)).cloned().collect();
    // Without an end, empty pages follow, each with a token of its own.
    let end = start + shown.len().max(1);
    let more = end < all.len() || call.fault() == Some(Fault::EndlessPages);
    let page = Page { models: shown, next_page_token: more.then(|| token(end)) };
    reply::json(200, &HEADERS, LAYOUT, &page)
}

/// An opaque token with signs that a client must escape in a URL.
fn token(place: usize) -> String {
    format!("Ch9tb2/{place}+=")
}

fn place(token: &str) -> Option<usize> {
    token.strip_prefix("Ch9tb2/")?.strip_suffix("+=")?.parse().ok()
}

fn models() -> Vec<Value> {
    let others = models::GEMINI_OTHERS.into_iter().map(|(name, method)| {
        json!({"name": format!("models/{name}"), "version": "001", "displayName": name, "supportedGenerationMethods": [method]})
    });
    others.chain(models::of(ProviderType::Gemini).map(entry)).collect()
}

fn entry(model: &CatalogModel) -> Value {
    json!({
        "name": format!("models/{}", model.model_name), "version": "001", "displayName": model.display_name,
        "description": "A simulated model", "inputTokenLimit": model.context_window, "outputTokenLimit": model.max_output_tokens,
        "supportedGenerationMethods": ["generateContent", "countTokens", "createCachedContent"],
        "temperature": 1, "topP": 0.95, "topK": 64, "maxTemperature": 2, "thinking": model.capabilities.reasoning,
    })
}

pub(super) fn one(name: &str) -> Result<Reply, Wrong> {
    let full = format!("models/{name}");
    let found = models().into_iter().find(|model| model["name"] == full.as_str());
    let model = found.ok_or_else(|| Wrong::no_model(name, "generateContent"))?;
    Ok(reply::json(200, &HEADERS, LAYOUT, &model))
}
