//! The catalogue's models: prices, windows, capabilities.

use axum::{Json, extract::State, http::HeaderMap};
use model::{CatalogModel, ProviderType, remote::Success};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::web::{Answer, Query, Shared, paging};

const PATH: &str = "/api/v1/super-admin/catalog/models";
const MOST: u32 = 1_000;

/// Which models.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Which {
    /// Of this type alone.
    provider_type: Option<ProviderType>,
    /// Of exactly this name.
    #[param(max_length = 200)]
    model_name: Option<String>,
    /// Those behind so many: models stand in the catalogue's own order.
    after: Option<u32>,
    /// At most so many, 100 when missing; the header `Link` leads to the next ones.
    #[param(minimum = 1, maximum = 1000)]
    limit: Option<u32>,
}

/// List models with their prices, in US dollars per 1,000,000 tokens
#[utoipa::path(get, path = "/api/v1/super-admin/catalog/models", tag = "catalog", params(Which),
    responses((status = 200, body = Success<Vec<CatalogModel>>)))]
pub(crate) async fn models(
    State(app): State<Shared>,
    Query(which): Query<Which>,
) -> Answer<(HeaderMap, Json<Success<Vec<CatalogModel>>>)> {
    let limit = paging::within("limit", which.limit, 100, 1..=MOST)?;
    paging::short("model_name", which.model_name.as_deref(), 200)?;
    let after = which.after.unwrap_or(0);
    let mut found: Vec<(u32, CatalogModel)> = (1..)
        .zip(app.catalog().await?.models)
        .filter(|(place, model)| {
            *place > after
                && which.provider_type.is_none_or(|kind| model.provider_type == kind)
                && which.model_name.as_ref().is_none_or(|name| model.model_name == *name)
        })
        .take(limit as usize + 1)
        .collect();
    let more = found.len() > limit as usize;
    found.truncate(limit as usize);
    let headers = found.last().filter(|_| more).map_or_else(HeaderMap::new, |(place, _)| {
        let kind = which.provider_type.map(|kind| kind.as_str().to_owned());
        let (place, limit) = (Some(place.to_string()), Some(limit.to_string()));
        let name = which.model_name.clone();
        paging::next(
            PATH,
            &[("provider_type", kind), ("model_name", name), ("after", place), ("limit", limit)],
        )
    });
    Ok((headers, Json(Success::new(found.into_iter().map(|(_, model)| model).collect()))))
}
