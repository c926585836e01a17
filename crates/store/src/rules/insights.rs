//! What insights are made of: hours and sums of the log, jumps that were told, and since when a task is split.

use std::collections::BTreeMap;

use model::{
    PicoUsd, ProviderId, Timestamp, TokenUsage,
    insights::{Causes, Measure},
    routing::{ChainMember, RouteMode, TaskRoute},
};
use uuid::Uuid;

use super::{KEY, act, plain, refused, with_two};
use crate::{Act, CallRow, NewJump, Store, UsageStatus};

/// Monday, 23 November 2026, 14:32 UTC.
const NOW: Timestamp = Timestamp(1_795_444_320_000);
const HOUR: i64 = 3_600_000;

fn row(number: i64, config: i64, task: &str, status: UsageStatus, at: Timestamp) -> CallRow {
    CallRow {
        provider_config_id: config,
        user_id: format!("u{}", number % 3).into(),
        task_type: task.into(),
        usage: Some(TokenUsage { input: 100, output: 10, ..TokenUsage::default() }),
        cost: Some(PicoUsd(1_000 + i128::from(number))),
        status,
        latency_ms: 5 * number.unsigned_abs(),
        created_at: at,
        ..plain(&format!("r{number}"))
    }
}

fn later(hours: i64) -> Timestamp {
    Timestamp(NOW.0 + hours * HOUR)
}

#[tokio::test]
async fn hours_are_whole_in_order_and_those_of_the_home_zone() {
    let (_data, store) = with_two().await;
    let good = UsageStatus::Success;
    let rows = [
        row(1, 1, "a", good, later(-3)),
        row(2, 1, "b", UsageStatus::Error, later(-3)),
        row(3, 2, "a", good, later(0)),
    ];
    store.log_calls(&rows).await.unwrap();
    let hours = store.hours(later(-3), NOW).await.unwrap();
    assert_eq!(hours.iter().map(|hour| hour.of_week).collect::<Vec<_>>(), [11, 12, 13, 14]);
    assert_eq!(hours[0].by_config, BTreeMap::from([(1, (2, PicoUsd(2_003)))]));
    assert_eq!(hours[3].by_config, BTreeMap::from([(2, (1, PicoUsd(1_003)))]));
    assert!(hours[1].by_config.is_empty());
    assert_eq!(hours[0].start.0 % HOUR, 0);
    let sunday = store.hours(later(-15), later(-14)).await.unwrap();
    assert_eq!(sunday.iter().map(|hour| hour.of_week).collect::<Vec<_>>(), [167, 0]);
    store.set_statistics_zone("Asia/Kathmandu").await.unwrap();
    let hours = store.hours(later(-3), NOW).await.unwrap();
    // 20:17 there.
    assert_eq!((hours[3].of_week, hours[3].start.0 % HOUR), (20, HOUR / 4));
}

#[tokio::test]
async fn what_served_a_task_is_summed_by_whole_days_and_since_an_instant() {
    let (_data, store) = with_two().await;
    let (good, bad) = (UsageStatus::Success, UsageStatus::Error);
    let rows = [
        row(1, 1, "a", good, NOW.plus_days(-1)),
        row(2, 1, "a", bad, NOW.plus_days(-2)),
        row(3, 2, "a", good, NOW.plus_days(-2)),
        row(4, 1, "b", good, NOW.plus_days(-2)),
        row(5, 1, "a", good, NOW),
        row(6, 1, "a", good, NOW.plus_days(-40)),
    ];
    store.log_calls(&rows).await.unwrap();
    let served = store.served(30, NOW).await.unwrap();
    let keys: Vec<_> =
        served.iter().map(|one| (one.task.as_str(), one.number, one.calls, one.succeeded)).collect();
    assert_eq!(keys, [("a", 1, 2, 1), ("a", 2, 1, 1), ("b", 1, 1, 1)], "today is not over");
    assert_eq!((served[0].input_tokens, served[0].cost), (200, PicoUsd(2_003)));
    let task = "a".parse().unwrap();
    let who = [(1, "m".to_owned()), (2, "m".to_owned())];
    let since = store.served_since(&task, &who, NOW.plus_days(-1)).await.unwrap();
    assert_eq!(
        (since[0].sums.calls, since[1].sums.calls),
        (1, 0),
        "the quarter in which it began is left out"
    );
    assert_eq!((since[0].p50_ms, since[0].slices.as_slice()), (Some(25), &[(PicoUsd(1_005), 1)][..]));
    let quarter = Timestamp(NOW.plus_days(-1).0 - 2 * 60_000);
    let since = store.served_since(&task, &who, quarter).await.unwrap();
    assert_eq!((since[0].sums.calls, since[0].slices.len()), (2, 2));
}

#[tokio::test]
async fn a_split_counts_from_when_its_shares_were_saved_last() {
    let (_data, store) = with_two().await;
    let save = async |mode, weights: [u32; 2], at| {
        let (revision, routes) = store.routing().await.unwrap();
        let chain = [1, 2]
            .into_iter()
            .zip(weights)
            .map(|(number, weight)| ChainMember { provider: ProviderId(Uuid::from_u128(number)), weight });
        let route = TaskRoute { mode, chain: chain.collect(), ..routes[0].clone() };
        let act = Act { at: Timestamp(at), ..act() };
        store.save_routes(revision, &[route], &act).await.unwrap();
        store.splits().await.unwrap().into_values().next().map(|since| since.0)
    };
    assert_eq!(save(RouteMode::Chain, [0, 0], 1).await, None);
    assert_eq!(save(RouteMode::Split, [9, 1], 2).await, Some(2));
    assert_eq!(save(RouteMode::Split, [9, 1], 3).await, Some(2), "nothing was changed");
    assert_eq!(save(RouteMode::Split, [5, 5], 4).await, Some(4));
    assert_eq!(save(RouteMode::Chain, [5, 5], 5).await, None);
    assert_eq!(save(RouteMode::Split, [5, 5], 6).await, Some(6));
}

fn jump(config: Option<i64>, at: Timestamp) -> NewJump {
    NewJump {
        config,
        measure: Measure::Calls,
        began_at: Timestamp(at.0 - 60_000),
        told_at: at,
        window_s: 60,
        usual: 60,
        seen: 204,
        hour_of_week: 38,
        causes: Causes::default(),
    }
}

#[tokio::test]
async fn a_jump_is_kept_until_it_is_over_and_seen_also_across_restarts() {
    let (data, store) = with_two().await;
    let (whole, one) = (jump(None, NOW), jump(Some(1), later(1)));
    let first = store.keep_jump(&whole).await.unwrap();
    let second = store.keep_jump(&one).await.unwrap();
    store.jump_seen(first, later(2), true).await.unwrap();
    store.jump_seen(second, later(-5), false).await.unwrap();
    store.close().await;
    let store = Store::open(&data.path().join("vault.1.db"), KEY, "vault", &super::AUDIT_KEY).await.unwrap();
    let running = store.running_jumps(later(3)).await.unwrap();
    assert_eq!(running.iter().map(|one| (one.id, one.config)).collect::<Vec<_>>(), [(second, Some(1))]);
    assert_eq!(store.running_jumps(later(2)).await.unwrap().len(), 2);
    let told = store.jumps().await.unwrap();
    let told: Vec<_> =
        told.iter().map(|jump| (jump.name.as_deref(), jump.ended_at, jump.tenths(), jump.is_seen)).collect();
    assert_eq!(told, [(Some("one"), None, 34, false), (None, Some(later(2)), 34, false)]);
    assert_eq!(store.unseen_jumps().await.unwrap(), 2);
    let see = Act { action: "insights.acknowledge", ..act() };
    store.acknowledge_jumps(&see).await.unwrap();
    let entries = store.audit_entries(9).await.unwrap().len();
    store.acknowledge_jumps(&see).await.unwrap();
    assert_eq!(store.audit_entries(9).await.unwrap().len(), entries, "there was nothing to see");
    assert_eq!(store.unseen_jumps().await.unwrap(), 0);
    let bad = "INSERT INTO usage_jumps VALUES (9, NULL, 'tokens', 1, 1, 1, 0, 60, 1, 1, 1, '{}', NULL)";
    assert!(refused(&store, bad).await);
}
