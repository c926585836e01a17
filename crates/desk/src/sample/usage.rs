//! Ninety days of plausible calls: more by day than by night, fewer at weekends, some errors. Seeded, so that two
//! sample vaults made at the same moment are alike.

use model::{Catalog, PicoUsd, ProviderView, Timestamp, time::DAY_MS};
use store::{UsageRow, UsageStatus};

use crate::{Desk, Host, session::Session};

const DAYS: i64 = 90;
const HOUR_MS: i64 = DAY_MS / 24;
const USERS: [&str; 5] = ["u-1042", "u-1077", "u-2210", "u-3001", "u-3408"];

pub(super) async fn log_ninety_days<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    providers: &[ProviderView],
) -> anyhow::Result<()> {
    let now = desk.host.now();
    let mut dice = Dice(0x5157_414c_424f_5831);
    for provider in providers.iter().filter(|provider| provider.is_active) {
        let price = Price::of(&desk.catalog, provider);
        for day in 0..DAYS {
            let start = now.start_of_utc_day().plus_days(day - DAYS + 1);
            let rows: Vec<UsageRow> = calls_of_day(&mut dice, provider, &price, start)
                .into_iter()
                .filter(|row| row.created_at < now)
                .collect();
            session.store.log_usage(&rows).await?;
        }
    }
    Ok(())
}

struct Price(Option<(PicoUsd, PicoUsd)>);

impl Price {
    fn of(catalog: &Catalog, provider: &ProviderView) -> Self {
        let entry = catalog.find(provider.provider_type, &provider.model_name);
        Self(entry.and_then(|entry| {
            let input = PicoUsd::per_token(&entry.input_usd_per_mtok).ok()?;
            let output = PicoUsd::per_token(&entry.output_usd_per_mtok).ok()?;
            Some((input, output))
        }))
    }

    fn cost(&self, input: u64, output: u64) -> Option<PicoUsd> {
        self.0.map(|(input_price, output_price)| input_price.times(input).plus(output_price.times(output)))
    }
}

fn calls_of_day(dice: &mut Dice, provider: &ProviderView, price: &Price, start: Timestamp) -> Vec<UsageRow> {
    // 1 January 1970 was a Thursday.
    let weekend = matches!((start.0 / DAY_MS + 3).rem_euclid(7), 5 | 6);
    let busy = provider.daily_token_limit.unwrap_or(1_000_000) / 60_000;
    let count = 4 + dice.below(busy.max(2)) + busy / 2;
    let count = if weekend { count / 3 } else { count };
    (0..count).map(|_| call(dice, provider, price, start)).collect()
}

fn call(dice: &mut Dice, provider: &ProviderView, price: &Price, start: Timestamp) -> UsageRow {
    // Two throws averaged lean towards the middle of the working day; one call in six comes at any hour.
    let hour = match dice.below(6) {
        0 => dice.below(24),
        _ => 5 + (dice.below(16) + dice.below(16)) / 2,
    };
    let created_at = Timestamp(start.0 + signed(hour) * HOUR_MS + signed(dice.below(HOUR_MS.unsigned_abs())));
    let status = match dice.below(200) {
        0 => UsageStatus::Timeout,
        1..4 => UsageStatus::Error,
        _ => UsageStatus::Success,
    };
    let succeeded = status == UsageStatus::Success;
    let input_tokens = 800 + dice.below(24_000);
    let output_tokens = if succeeded { 120 + dice.below(4_000) } else { 0 };
    let tasks = &provider.tasks;
    let task = tasks.get(usize::try_from(dice.below(tasks.len().max(1) as u64)).unwrap_or(0));
    UsageRow {
        request_id: format!("sample-{}-{:016x}", provider.number, dice.next()),
        provider_config_id: provider.number,
        user_id: USERS[usize::try_from(dice.below(USERS.len() as u64)).unwrap_or(0)].to_owned(),
        task_type: task.map_or("extraction", |task| task.as_str()).to_owned(),
        input_tokens,
        output_tokens,
        cost: price.cost(input_tokens, output_tokens),
        status,
        latency_ms: 280 + output_tokens / 3 + dice.below(900),
        created_at,
    }
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
