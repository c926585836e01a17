//! Every route of the server. The documents are made from the same list.

use axum::{
    Router,
    http::StatusCode,
    middleware::{from_fn, from_fn_with_state},
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::{Refused, Shared, idempotency, openapi, page};
use crate::{
    access, applications, audit, budgets, bundle, catalog, configs, health, limits, probes, routing, usage,
    users,
};

/// All of it, ready to serve.
pub(crate) fn router(app: Shared) -> Router {
    let (router, _) = described().split_for_parts();
    router
        .method_not_allowed_fallback(|| async {
            let advice = "See /api/v1/openapi.json for what there is.";
            Refused::new(
                StatusCode::METHOD_NOT_ALLOWED,
                "method_not_allowed",
                "this method is not for this path",
                advice,
            )
        })
        .fallback(|| async {
            let advice = "See /api/v1/openapi.json for what there is.";
            Refused::new(StatusCode::NOT_FOUND, "unknown_path", "there is nothing at this path", advice)
        })
        .layer(from_fn_with_state(app.clone(), idempotency::once))
        .layer(from_fn_with_state(app.clone(), access::door::guard))
        .layer(from_fn(access::door::seal))
        .with_state(app)
}

/// Routes and their descriptions.
pub(super) fn described() -> OpenApiRouter<Shared> {
    OpenApiRouter::new()
        .routes(routes!(probes::healthz))
        .routes(routes!(probes::readyz))
        .routes(routes!(openapi::serve))
        .routes(routes!(page::serve))
        .routes(routes!(access::take_up::take_up))
        .routes(routes!(access::log_in::log_in))
        .routes(routes!(access::refresh::refresh))
        .routes(routes!(access::log_out::log_out))
        .routes(routes!(access::step_up::step_up))
        .routes(routes!(access::password::change))
        .routes(routes!(access::me::me))
        .routes(routes!(access::recovery::make))
        .routes(routes!(configs::list::list, configs::create::create))
        .routes(routes!(configs::get::get, configs::update::update, configs::delete::delete))
        .routes(routes!(configs::test::test))
        .routes(routes!(configs::statistics::statistics))
        .routes(routes!(access::sessions::list))
        .routes(routes!(access::sessions::end))
        .routes(routes!(limits::config::get, limits::config::update))
        .routes(routes!(limits::price::get, limits::price::set, limits::price::delete))
        .routes(routes!(limits::quota::list))
        .routes(routes!(limits::quota::get, limits::quota::set, limits::quota::delete))
        .routes(routes!(budgets::list::list, budgets::create::create))
        .routes(routes!(budgets::get::get, budgets::update::update, budgets::delete::delete))
        .routes(routes!(routing::list::list, routing::create::create))
        .routes(routes!(routing::get::get, routing::update::update, routing::delete::delete))
        .routes(routes!(routing::prompt::get, routing::prompt::set, routing::prompt::delete))
        .routes(routes!(routing::explain::explain))
        .routes(routes!(routing::simulate::simulate))
        .routes(routes!(health::report::report))
        .routes(routes!(health::report::check))
        .routes(routes!(health::incidents::incidents))
        .routes(routes!(usage::logs::logs))
        .routes(routes!(usage::reprice::reprice))
        .routes(routes!(catalog::get::get, catalog::import::import, catalog::import::restore))
        .routes(routes!(catalog::models::models))
        .routes(routes!(catalog::preview::preview))
        .routes(routes!(audit::list::list))
        .routes(routes!(audit::verify::verify))
        .routes(routes!(users::list::list, users::invite::create))
        .routes(routes!(users::get::get, users::update::update, users::delete::delete))
        .routes(routes!(users::invite::again))
        .routes(routes!(users::sessions::list, users::sessions::end))
        .routes(routes!(applications::list::list, applications::create::create))
        .routes(routes!(applications::get::get, applications::revoke::revoke))
        .routes(routes!(bundle::show_bundles, bundle::upload))
}
