//! The price by which a configuration's calls are counted: its own, or the catalogue's. A lower price makes limits of cost wider,
//! so it is as sensitive as they are.

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use model::{
    ProviderDraft,
    limits::{CallSettings, OwnPrice},
    remote::{ConfigPrice, SetPrice, Success},
};
use store::Provider;

use super::invalid;
use crate::{
    access::Caller,
    app::App,
    web::{Answer, Body, Id, Shared, revision},
};

/// Read the price of a configuration's calls
#[utoipa::path(get, path = "/api/v1/super-admin/providers/configs/{config_id}/price", tag = "limits",
    params(("config_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<ConfigPrice>, headers(("ETag" = String, description = "The configuration's revision")))))]
pub(crate) async fn get(State(app): State<Shared>, Id(number): Id) -> Answer<Response> {
    answer(&app, app.store.provider_of_number(number).await?).await
}

/// Give a configuration a price of its own
#[utoipa::path(put, path = "/api/v1/super-admin/providers/configs/{config_id}/price", tag = "limits",
    params(("config_id" = i64, Path, description = "Its id")), request_body = SetPrice,
    responses((status = 200, body = Success<ConfigPrice>, headers(("ETag" = String, description = "The configuration's revision")))))]
pub(crate) async fn set(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Id(number): Id,
    headers: HeaderMap,
    Body(asked): Body<SetPrice>,
) -> Answer<Response> {
    let price = OwnPrice {
        input_usd_per_mtok: asked.input_usd_per_mtok,
        output_usd_per_mtok: asked.output_usd_per_mtok,
        cached_input_usd_per_mtok: asked.cached_input_usd_per_mtok,
    };
    save(&app, &caller, (number, &headers), Some(price)).await
}

/// Let the catalogue's price hold again
#[utoipa::path(delete, path = "/api/v1/super-admin/providers/configs/{config_id}/price", tag = "limits",
    params(("config_id" = i64, Path, description = "Its id")),
    responses((status = 200, body = Success<ConfigPrice>, headers(("ETag" = String, description = "The configuration's revision")))))]
pub(crate) async fn delete(
    State(app): State<Shared>,
    Extension(caller): Extension<Caller>,
    Id(number): Id,
    headers: HeaderMap,
) -> Answer<Response> {
    save(&app, &caller, (number, &headers), None).await
}

async fn save(
    app: &App,
    caller: &Caller,
    (number, headers): (i64, &HeaderMap),
    price: Option<OwnPrice>,
) -> Answer<Response> {
    let old = app.store.provider_of_number(number).await?;
    revision::require(headers, old.revision)?;
    let calls = CallSettings { price, ..old.draft.calls.clone() };
    let draft = ProviderDraft { calls, ..old.draft.clone() }.checked().map_err(invalid)?;
    caller.require_proof(app.now())?;
    answer(app, app.save(&old, draft, caller).await?).await
}

async fn answer(app: &App, provider: Provider) -> Answer<Response> {
    let catalog = app.catalog().await?;
    let draft = &provider.draft;
    let listed = catalog.find(draft.provider_type, &draft.model_name).map(|model| &model.prices);
    let (source, prices) = match (&draft.calls.price, listed) {
        (Some(own), _) => {
            let cached = own.cached_input_usd_per_mtok.as_ref();
            ("own", Some((&own.input_usd_per_mtok, &own.output_usd_per_mtok, cached)))
        }
        (None, Some(listed)) => {
            let cached = listed.cached_input_usd_per_mtok.as_ref();
            ("catalog", Some((&listed.input_usd_per_mtok, &listed.output_usd_per_mtok, cached)))
        }
        (None, None) => ("unknown", None),
    };
    let price = ConfigPrice {
        config_id: provider.number,
        source: source.to_owned(),
        input_usd_per_mtok: prices.map(|(input, ..)| input.clone()),
        output_usd_per_mtok: prices.map(|(_, output, _)| output.clone()),
        cached_input_usd_per_mtok: prices.and_then(|(.., cached)| cached.cloned()),
        revision: provider.revision,
    };
    let tag = [(header::ETAG, revision::etag(price.revision))];
    Ok((tag, Json(Success::new(price))).into_response())
}
