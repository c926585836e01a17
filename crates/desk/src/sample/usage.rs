//! Ninety days of plausible calls: more by day than by night, fewer at weekends, some errors. Seeded, so that two
//! sample vaults made at the same moment are alike. Rows are those of the ledger, each with its price.

use std::sync::Arc;

use model::{Catalog, ErrorClass, Price, ProviderView, Timestamp, TokenUsage, routing::Rule, time::DAY_MS};
use store::{CallRow, Priced, UsageStatus};

use crate::{Desk, Host, session::Session};

const DAYS: i64 = 90;
const HOUR_MS: i64 = DAY_MS / 24;
const CLIENTS: [&str; 3] = ["openai-python/2.1", "anthropic-python/0.72", "google-genai/1.50"];
const USERS: [&str; 5] = ["u-1042", "u-1077", "u-2210", "u-3001", "u-3408"];

pub(super) async fn log_ninety_days<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    providers: &[ProviderView],
) -> anyhow::Result<()> {
    let now = desk.host.now();
    let mut dice = Dice(0x5157_414c_424f_5831);
    for provider in providers.iter().filter(|provider| provider.is_active) {
        let priced = price(&desk.catalog, provider);
        let mut last_day = Vec::new();
        for day in 0..DAYS {
            let start = now.start_of_utc_day().plus_days(day - DAYS + 1);
            let rows: Vec<CallRow> = calls_of_day(&mut dice, provider, priced.as_ref(), start)
                .into_iter()
                .filter(|row| row.created_at < now)
                .collect();
            session.store.log_calls(&rows).await?;
            let lately = rows.iter().filter(|row| tells_of_health(row, now));
            let went_well = |row: &CallRow| row.error_class.is_none().then_some(row.latency_ms);
            last_day.extend(lately.map(|row| (row.created_at, went_well(row))));
        }
        last_day.sort_unstable();
        session.store.add_health(&gateway::slots_of(provider.number, last_day), now).await?;
    }
    Ok(())
}

/// Calls of the last day. Failures of the last hour would open an incident or not, by the moment at which it is filled.
fn tells_of_health(row: &CallRow, now: Timestamp) -> bool {
    let age = now.since(row.created_at);
    age < DAY_MS.unsigned_abs() && (row.error_class.is_none() || age > 2 * HOUR_MS.unsigned_abs())
}

fn price(catalog: &Catalog, provider: &ProviderView) -> Option<Arc<Priced>> {
    let price = Price::of(catalog.find(provider.provider_type, &provider.model_name)?).ok()?;
    let version = format!("bundled {}", catalog.as_of);
    Some(Arc::new(Priced { version, effective: catalog.as_of.clone(), price }))
}

fn calls_of_day(
    dice: &mut Dice,
    provider: &ProviderView,
    priced: Option<&Arc<Priced>>,
    start: Timestamp,
) -> Vec<CallRow> {
    // 1 January 1970 was a Thursday.
    let weekend = matches!((start.0 / DAY_MS + 3).rem_euclid(7), 5 | 6);
    let busy = provider.daily_token_limit.unwrap_or(1_000_000) / 60_000;
    let count = 4 + dice.below(busy.max(2)) + busy / 2;
    let count = if weekend { count / 3 } else { count };
    (0..count).map(|_| call(dice, provider, priced, start)).collect()
}

fn call(dice: &mut Dice, provider: &ProviderView, priced: Option<&Arc<Priced>>, start: Timestamp) -> CallRow {
    // Two throws averaged lean towards the middle of the working day; one call in six comes at any hour.
    let hour = match dice.below(6) {
        0 => dice.below(24),
        _ => 5 + (dice.below(16) + dice.below(16)) / 2,
    };
    let created_at = Timestamp(start.0 + signed(hour) * HOUR_MS + signed(dice.below(HOUR_MS.unsigned_abs())));
    let (status, error_class, http_status) = match dice.below(200) {
        0 => (UsageStatus::Timeout, Some(ErrorClass::Timeout), None),
        1..4 => (UsageStatus::Error, Some(ErrorClass::Overloaded), Some(503)),
        _ => (UsageStatus::Success, None, Some(200)),
    };
    let usage = (status == UsageStatus::Success).then(|| usage(dice));
    let output = usage.as_ref().map_or(0, |usage| usage.output);
    let tasks = &provider.tasks;
    let task = pick(dice, tasks);
    CallRow {
        request_id: format!("sample-{}-{:016x}", provider.number, dice.next()),
        attempt: 1,
        provider_config_id: provider.number,
        provider_type: provider.provider_type,
        user_id: pick(dice, &USERS).copied().unwrap_or_default().into(),
        client: pick(dice, &CLIENTS).copied().unwrap_or_default().into(),
        task_type: task.map_or("extraction", |task| task.as_str()).into(),
        model_requested: provider.model_name.as_str().into(),
        model_returned: usage.is_some().then(|| provider.model_name.clone()),
        cost: priced.zip(usage.as_ref()).map(|(priced, usage)| priced.price.cost(usage)),
        priced: priced.cloned(),
        cost_is_estimate: false,
        status,
        error_class,
        http_status,
        latency_ms: 280 + output / 3 + dice.below(900),
        first_token_ms: usage.is_some().then(|| 120 + dice.below(160)),
        vendor_request_id: None,
        rule: Some(if task.is_some() { Rule::Chain } else { Rule::Named }),
        fallback_from: None,
        created_at,
        usage,
    }
}

/// Four calls in ten find the beginning of their prompt in the vendor's cache.
fn usage(dice: &mut Dice) -> TokenUsage {
    let all = 800 + dice.below(24_000);
    let cache_read = if dice.below(10) < 4 { all / 2 } else { 0 };
    TokenUsage {
        input: all - cache_read,
        cache_read,
        output: 120 + dice.below(4_000),
        ..TokenUsage::default()
    }
}

fn pick<'a, T>(dice: &mut Dice, among: &'a [T]) -> Option<&'a T> {
    let place = dice.below(among.len().max(1) as u64);
    usize::try_from(place).ok().and_then(|place| among.get(place))
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(0)
}

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, and the same on every platform.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: u64) -> u64 {
        self.next() % bound.max(1)
    }
}
