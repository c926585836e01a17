use std::collections::HashSet;

use model::{PicoUsd, Price, time::DAY_MS, usage::Rates};
use store::UsageStatus;

use super::*;

/// A Monday.
const MONDAY: Timestamp = Timestamp(20_605 * DAY_MS);

fn priced(input: i128) -> Arc<Priced> {
    let [input, output] = [input, input * 5].map(PicoUsd);
    let rates = Rates {
        input,
        audio_input: input,
        cache_read: input,
        cache_write: input,
        cache_write_1h: input,
        output,
    };
    let price = Price { standard: rates, long_context: None };
    Arc::new(Priced { version: format!("at {}", input.0), effective: "2026-06-01".into(), price })
}

fn account(calls: u64) -> Account {
    let source = |number, prices| Source {
        number,
        provider_type: ProviderType::Claude,
        model: "claude-sonnet-5".into(),
        tasks: vec!["cv_draft".into(), "cover_letter".into()],
        share: 1,
        prices,
    };
    let dear = (MONDAY, priced(3_000_000));
    let cheap = (MONDAY.plus_days(14), priced(2_000_000));
    Account {
        sources: vec![source(1, vec![dear, cheap]), source(2, Vec::new())],
        users: vec!["u-1".into(), "u-2".into(), "u-3".into()],
        from: MONDAY,
        to: MONDAY.plus_days(28),
        calls,
        seed: 7,
    }
}

#[test]
fn the_same_account_has_the_same_calls_and_another_seed_has_others() {
    let account = account(2_000);
    let once: Vec<CallRow> = account.traffic().collect();
    assert_eq!(account.traffic().collect::<Vec<_>>(), once);
    assert_ne!(Account { seed: 8, ..account.clone() }.traffic().collect::<Vec<_>>(), once);
}

#[test]
fn calls_come_in_order_within_their_time_and_each_once() {
    let account = account(5_000);
    let calls: Vec<CallRow> = account.traffic().collect();
    assert!(calls.is_sorted_by_key(|call| call.created_at));
    assert!(calls.iter().all(|call| account.from <= call.created_at && call.created_at < account.to));
    assert_eq!(calls.iter().map(|call| &call.request_id).collect::<HashSet<_>>().len(), calls.len());
    // Bursts come on top.
    assert!((4_800..7_000).contains(&calls.len()), "{}", calls.len());
}

#[test]
fn there_is_less_at_weekends_and_by_night_and_some_fail() {
    let calls: Vec<CallRow> = account(20_000).traffic().collect();
    let count =
        |of: &dyn Fn(i64) -> bool| calls.iter().filter(|call| of(call.created_at.0 - MONDAY.0)).count();
    let weekend = count(&|at| at / DAY_MS % 7 >= 5);
    assert!(weekend * 5 < calls.len(), "{weekend}");
    let night = count(&|at| at % DAY_MS < DAY_MS / 4);
    assert!(night * 8 < calls.len(), "{night}");
    let failed = calls.iter().filter(|call| call.status != UsageStatus::Success).count();
    assert!(failed > 0 && failed * 10 < calls.len(), "{failed}");
}

#[test]
fn a_call_costs_what_was_true_in_its_moment_and_nothing_is_known_where_nothing_was() {
    for call in account(3_000).traffic() {
        let known = call.usage.is_some() && call.provider_config_id == 1;
        assert_eq!(call.cost.is_some(), known);
        if let (Some(usage), Some(cost)) = (&call.usage, call.cost) {
            let price = if call.created_at < MONDAY.plus_days(14) { 3_000_000 } else { 2_000_000 };
            assert_eq!(cost, priced(price).price.cost(usage));
        }
    }
}
