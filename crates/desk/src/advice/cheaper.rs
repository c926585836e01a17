//! Cheaper models, from what the store and the catalogue know.

use insights::{DAYS_TO_LIVE, Facts};
use model::{
    Catalog, Failure, ProviderView, Timestamp,
    insights::{LOOKED_AT_DAYS, Suggestion},
    routing::TaskRoute,
};

use crate::{export, failures, session::Session};

/// For each task that could be served for less.
pub(crate) async fn cheaper(
    session: &Session,
    (providers, routes, catalog): (&[ProviderView], &[TaskRoute], &Catalog),
    now: Timestamp,
) -> Result<Vec<Suggestion>, Failure> {
    let served = session.store.served(LOOKED_AT_DAYS, now).await.map_err(failures::usage)?;
    // Days of shutdown are the vendors', so UTC's are near enough.
    let fit_until = export::day(now.plus_days(DAYS_TO_LIVE));
    let facts = Facts { providers, routes, catalog, served: &served, fit_until: &fit_until };
    Ok(insights::cheaper(facts))
}
