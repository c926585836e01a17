//! Limits of configurations and users, from call to disk.

use model::{
    CallError, ErrorClass, PicoUsd,
    limits::{LimitKind, UserQuota},
    routing::Verdict,
};

use super::scripted::*;
use crate::{failure::failed, order::Refused, snapshot::made::id};

fn limit(end: Result<crate::order::Served, Refused>) -> model::limits::LimitState {
    match end {
        Err(Refused::Limit { limit, .. }) => limit,
        other => panic!("{other:?}"),
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_that_does_not_fit_says_which_limit_how_much_is_left_and_when_it_starts_anew() {
    let house = house(&["gpt-4o-mini"], |_, draft| draft.daily_token_limit = Some(10_000)).await;
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let mut calls = 0;
    let refused = loop {
        match house.gateway.call(for_task()).await {
            Ok(_) => calls += 1,
            Err(refused) => break limit(Err(refused)),
        }
    };
    assert_eq!((calls, refused.kind, refused.used), (4, LimitKind::DailyTokens, 6_000));
    assert_eq!(refused.resets_at, Some(model::Timestamp(NOON.0 + 12 * 3_600_000)));
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_is_reached_leads_to_the_next_of_the_chain() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |at, draft| {
        draft.daily_token_limit = (at == 0).then_some(5_000);
    });
    let house = house.await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(1));
    let served = house.gateway.call(for_task()).await.unwrap();
    assert_eq!(served.provider, id(2));
    assert!(matches!(served.explanation.candidates[0].verdict, Verdict::LimitReached { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_budget_is_held_by_the_most_that_a_call_can_cost() {
    // gpt-4o-mini: 0.15 in, 0.60 out; 4,096 tokens of output are 0.0024576 USD at most.
    let budget = PicoUsd(PicoUsd::ONE_USD / 250);
    let house = house(&["gpt-4o-mini"], |_, draft| draft.calls.daily_cost_limit = Some(budget)).await;
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let (mut cost, mut warned) = (PicoUsd(0), 0);
    let refused = loop {
        match house.gateway.call(for_task()).await {
            Ok(served) => {
                cost = cost.plus(served.cost.unwrap());
                warned =
                    warned.max(served.warnings.iter().filter_map(|one| one.warning()).max().unwrap_or(0));
            }
            Err(refused) => break limit(Err(refused)),
        }
    };
    assert_eq!(refused.kind, LimitKind::DailyCost);
    assert!(cost <= budget && i128::from(refused.used) == cost.0 && cost.0 > 0);
    assert_eq!(warned, 0);
}

#[tokio::test(start_paused = true)]
async fn a_budget_meets_an_unknown_price_by_not_calling() {
    let house = house(&["never-heard-of"], |_, draft| draft.calls.daily_cost_limit = Some(PicoUsd(1))).await;
    let Err(Refused::NoRoute(told)) = house.gateway.call(for_task()).await else { panic!() };
    assert_eq!(told.candidates[0].verdict, Verdict::PriceUnknown);
}

#[tokio::test(start_paused = true)]
async fn failures_that_cost_nothing_free_what_was_reserved_and_others_keep_it() {
    let house = house(&["never-heard-of"], |_, draft| {
        (draft.daily_token_limit, draft.calls.retries) = (Some(9_000), Some(0));
    });
    let house = house.await;
    let cut = CallError { answer_began: true, ..failed(ErrorClass::Protocol) };
    let free = std::iter::repeat_n(Does::Fails(failed(ErrorClass::BadRequest)), 10);
    house.script.does("never-heard-of", free.chain([Does::Fails(cut)]));
    for _ in 0..12 {
        assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::Failed { .. })));
    }
    let limit = limit(house.gateway.call(for_task()).await);
    assert!((8_192..=9_000).contains(&limit.used), "{}", limit.used);
}

#[tokio::test(start_paused = true)]
async fn a_user_is_held_to_his_quota_whoever_serves_him() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    let everyone = UserQuota {
        user: "*".into(),
        daily_tokens: Some(7_000),
        monthly_tokens: None,
        requests_per_minute: Some(3),
    };
    house.store.save_quotas(&[everyone], &act()).await.unwrap();
    house.gateway.reload().await.unwrap();
    for _ in 0..2 {
        house.gateway.call(for_task()).await.unwrap();
    }
    let refused = house.gateway.call(for_task()).await;
    assert!(matches!(&refused, Err(Refused::Limit { provider: None, .. })));
    assert_eq!(limit(refused).kind, LimitKind::UserDailyTokens);
    assert_eq!(limit(house.gateway.call(for_task()).await).kind, LimitKind::UserRequestsPerMinute);
    let mut bob = for_task();
    bob.caller.user = "bob".into();
    assert!(house.gateway.call(bob).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn calls_at_the_same_time_are_counted_and_let_go() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.concurrent_calls = Some(2)).await;
    house.script.does("gpt-4o", [Does::Late(std::time::Duration::from_secs(1), hello())]);
    let ends = futures::future::join_all((0..5).map(|_| house.gateway.call(for_task()))).await;
    assert_eq!(ends.iter().filter(|end| end.is_ok()).count(), 2);
    let kinds = ends.into_iter().filter(Result::is_err).map(|end| limit(end).kind);
    assert!(kinds.into_iter().all(|kind| kind == LimitKind::ConcurrentCalls));
    assert!(house.gateway.call(for_task()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_crash_frees_nothing_and_a_limit_that_is_raised_counts_what_was_used() {
    let mut house = house(&["never-heard-of"], |_, draft| draft.daily_token_limit = Some(64_000)).await;
    house.script.does("never-heard-of", [Does::Answers(hello())]);
    for _ in 0..10 {
        house.gateway.call(for_task()).await.unwrap();
    }
    house = house.crash().await;
    house.gateway.call(for_task()).await.unwrap();
    let told = house.gateway.explain(&crate::order::Ask::Task(task()), None, None);
    assert!(told.chosen().is_some());
    let mut more = for_task();
    more.request.max_output_tokens = Some(60_000);
    let limit = limit(house.gateway.call(more).await);
    assert!((16_500..=16_500 + 4_400 + 1_000).contains(&limit.used), "{}", limit.used);
}
