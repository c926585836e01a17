//! Whether a model exists and takes this kind of call.

use model::{CatalogModel, ProviderType};
use serde_json::Value;

use super::failure::Wrong;
use crate::models;

pub(super) fn named(body: &Value) -> Result<&str, Wrong> {
    let missing = || Wrong::new("", None, "you must provide a model parameter");
    body["model"].as_str().filter(|name| !name.is_empty()).ok_or_else(missing)
}

pub(super) fn of_chat(name: &str, gone: bool) -> Result<&'static CatalogModel, Wrong> {
    let not_here = |message: String, param: &str| Wrong {
        status: 404,
        message,
        param: (!param.is_empty()).then(|| param.to_owned()),
        code: Some("model_not_found"),
    };
    if models::OPENAI_OTHERS.contains(&name) {
        let message = "This is not a chat model and thus not supported in the v1/chat/completions endpoint. Did you mean to use v1/completions?";
        return Err(Wrong { code: None, ..not_here(message.to_owned(), "model") });
    }
    let unknown =
        || not_here(format!("The model `{name}` does not exist or you do not have access to it."), "");
    let entry = models::find(ProviderType::OpenAi, name).filter(|_| !gone).ok_or_else(unknown)?;
    if entry.responses_api_only {
        let message = "This model is only supported in v1/responses and not in v1/chat/completions.";
        return Err(Wrong { code: None, ..not_here(message.to_owned(), "model") });
    }
    Ok(entry)
}

pub(super) fn of_responses(name: &str, gone: bool) -> Result<&'static CatalogModel, Wrong> {
    models::find(ProviderType::OpenAi, name).filter(|_| !gone).ok_or_else(|| {
        Wrong::new("model", Some("model_not_found"), format!("The requested model '{name}' does not exist."))
    })
}
