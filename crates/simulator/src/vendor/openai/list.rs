//! The models on offer: one unpaged list.

use model::ProviderType;
use serde::Serialize;

use super::{
    LAYOUT,
    failure::{ALWAYS, error},
};
use crate::{
    models,
    reply::{self, Reply},
};

#[derive(Serialize)]
struct List {
    object: &'static str,
    data: Vec<Model>,
}

#[derive(Serialize)]
pub(super) struct Model {
    id: &'static str,
    object: &'static str,
    created: u64,
    owned_by: &'static str,
    shutdown_date: Option<&'static str>,
}

pub(super) fn models() -> Vec<Model> {
    let known = models::of(ProviderType::OpenAi)
        .map(|model| (model.model_name.as_str(), model.deprecation_date.as_deref()));
    let others = models::OPENAI_OTHERS.into_iter().map(|name| (name, None));
    known.chain(others).map(|(id, shutdown_date)| entry(id, shutdown_date)).collect()
}

fn entry(id: &'static str, shutdown_date: Option<&'static str>) -> Model {
    Model { id, object: "model", created: 1_721_172_741, owned_by: "system", shutdown_date }
}

pub(super) fn list(data: Vec<Model>) -> Reply {
    let headers = [&ALWAYS[..], &[("content-type", "application/json")]].concat();
    reply::json(200, &headers, LAYOUT, &List { object: "list", data })
}

pub(super) fn one(name: &str) -> Reply {
    let headers = [&ALWAYS[..], &[("content-type", "application/json")]].concat();
    match models().into_iter().find(|model| model.id == name) {
        Some(model) => reply::json(200, &headers, LAYOUT, &model),
        None => error(
            404,
            &[],
            &format!("The model '{name}' does not exist or you do not have access to it."),
            "invalid_request_error",
            Some("model_not_found"),
        ),
    }
}
