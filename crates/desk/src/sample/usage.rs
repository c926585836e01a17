//! Ninety days of calls to the sample vault's providers, and how the last of them went.

use std::sync::Arc;

use model::{Catalog, PicoUsd, Price, ProviderView, Timestamp, time::DAY_MS};
use sample::{Account, Source};
use store::{CallRow, Priced};

use crate::{Desk, Host, session::Session};

const DAYS: i64 = 90;
/// Calls of the usual sample.
pub(super) const CALLS: u64 = 13_000;
const HOUR_MS: u64 = DAY_MS.unsigned_abs() / 24;
const USERS: [&str; 5] = ["u-1042", "u-1077", "u-2210", "u-3001", "u-3408"];
/// Rows of one transaction.
const BATCH: usize = 2_000;

pub(super) async fn log_ninety_days<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    providers: &[ProviderView],
    calls: u64,
) -> anyhow::Result<()> {
    let now = desk.host.now();
    let from = now.start_of_utc_day().plus_days(1 - DAYS);
    let sources = providers.iter().filter(|one| one.is_active).map(|one| source(&desk.catalog, one, from));
    let users = USERS.map(Arc::from).to_vec();
    let account = Account { sources: sources.collect(), users, from, to: now, calls, seed: 0x51_57 };
    let (mut traffic, mut of_health) = (account.traffic(), Vec::new());
    loop {
        let batch: Vec<CallRow> = traffic.by_ref().take(BATCH).collect();
        if batch.is_empty() {
            break;
        }
        session.store.log_calls(&batch).await?;
        of_health.extend(batch.into_iter().filter(|row| tells_of_health(row, now)));
    }
    for source in &account.sources {
        let lately = of_health.iter().filter(|row| row.provider_config_id == source.number);
        let last_day =
            lately.map(|row| (row.created_at, row.error_class.is_none().then_some(row.latency_ms)));
        session.store.add_health(&gateway::slots_of(source.number, last_day), now).await?;
    }
    Ok(())
}

/// Calls of the last day. Failures of the last hours would open an incident or not, by the moment at which it is filled.
fn tells_of_health(row: &CallRow, now: Timestamp) -> bool {
    let age = now.since(row.created_at);
    age < DAY_MS.unsigned_abs() && (row.error_class.is_none() || age > 2 * HOUR_MS)
}

/// Larger limits are for those who are asked more.
fn source(catalog: &Catalog, provider: &ProviderView, from: Timestamp) -> Source {
    let limit = provider.daily_token_limit.unwrap_or(1_000_000);
    Source {
        number: provider.number,
        provider_type: provider.provider_type,
        model: provider.model_name.as_str().into(),
        tasks: match provider.tasks.as_slice() {
            [] => vec!["extraction".into()],
            tasks => tasks.iter().map(|task| task.as_str().into()).collect(),
        },
        share: u32::try_from(limit / 100_000).unwrap_or(1).max(1),
        prices: prices(catalog, provider, from),
    }
}

/// Today's price for the last sixty days, and a fifth more before.
fn prices(catalog: &Catalog, provider: &ProviderView, from: Timestamp) -> Vec<(Timestamp, Arc<Priced>)> {
    let model = catalog.find(provider.provider_type, &provider.model_name);
    let Some(price) = model.and_then(|model| Price::of(model).ok()) else { return Vec::new() };
    let priced = |version: &str, price| {
        let version = format!("{version} {}", catalog.as_of);
        Arc::new(Priced { version, effective: catalog.as_of.clone(), price })
    };
    let before = Price { standard: price.standard.map(|rate| PicoUsd(rate.0 + rate.0 / 5)), ..price };
    vec![(from, priced("before", before)), (from.plus_days(30), priced("bundled", price))]
}
