//! Answers in pieces.

use std::time::Duration;

use futures::StreamExt;
use model::{
    CallAnswer, CallEvent, ErrorClass, TokenUsage, call::Degradation, gateway::OnLock, health::BreakerState,
    limits::LimitKind,
};
use store::Spender;
use tokio::time::{Instant, advance};

use super::scripted::*;
use crate::{failure::failed, live::held, order::Refused, snapshot::made::id};

fn text(text: &str) -> CallEvent {
    CallEvent::Text(text.into())
}

#[tokio::test(start_paused = true)]
async fn failures_before_the_first_piece_are_silent_and_the_end_has_the_cost() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Fails(failed(ErrorClass::Permission))]);
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let mut stream = house.gateway.stream(for_task()).await.unwrap();
    assert_eq!((stream.provider(), stream.fallbacks().len()), (id(2), 1));
    assert_eq!(stream.next().await, Some(Ok(text("Hello"))));
    assert_eq!(stream.cost(), None);
    assert!(matches!(stream.next().await, Some(Ok(CallEvent::Finished(_)))));
    assert_eq!(stream.cost(), Some(model::PicoUsd(450_000_000)));
    assert_eq!(stream.next().await, None);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_cut_is_told_and_not_answered_by_another() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Breaks(vec![text("Hel")])]);
    let mut stream = house.gateway.stream(for_task()).await.unwrap();
    assert_eq!(stream.next().await, Some(Ok(text("Hel"))));
    let error = stream.next().await.unwrap().unwrap_err();
    assert!(error.class == ErrorClass::Protocol && error.answer_began);
    assert_eq!(stream.next().await, None);
    assert_eq!(house.script.asked(), ["gpt-4o"]);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_ends_before_it_began_goes_to_the_next() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, draft| draft.calls.retries = Some(0)).await;
    for does in [Does::Breaks(Vec::new()), Does::Answers(CallAnswer { text: String::new(), ..hello() })] {
        house.script.does("gpt-4o", [does]);
        house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
        assert_eq!(house.gateway.stream(for_task()).await.unwrap().provider(), id(2));
    }
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_goes_away_ends_the_call_and_what_it_took_is_logged_and_counted() {
    let house = house(&["gpt-4o-mini"], |_, draft| draft.daily_token_limit = Some(20_000)).await;
    let so_far = TokenUsage { input: 1_000, output: 3, approximate: true, ..TokenUsage::default() };
    *held(&house.script.usage_so_far) = Some(so_far);
    house.script.does("gpt-4o-mini", [Does::Hangs(vec![text("Hel")])]);
    let mut stream = house.gateway.stream(for_task()).await.unwrap();
    stream.next().await.unwrap().unwrap();
    drop(stream);
    assert_eq!(*held(&house.script.dropped), 1);
    house.gateway.0.meter.flush().await;
    let spent = house.store.spent_since(Spender::Config(1), model::Timestamp(0)).await.unwrap();
    assert_eq!((spent.calls, spent.tokens), (1, 1_003));
    let mut more = for_task();
    more.request.max_output_tokens = Some(19_000);
    let Err(Refused::Limit { limit, .. }) = house.gateway.stream(more).await else { panic!() };
    assert!(limit.used >= 16_384, "the vendor may have gone on: {}", limit.used);
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_never_ends_is_ended() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.timeout_s = Some(7)).await;
    house.script.does("gpt-4o", [Does::Hangs(vec![text("Hel")])]);
    let began = Instant::now();
    let pieces: Vec<_> = house.gateway.stream(for_task()).await.unwrap().collect().await;
    assert_eq!((pieces.len(), began.elapsed().as_secs()), (2, 7));
    assert_eq!(pieces[1].as_ref().unwrap_err().class, ErrorClass::Timeout);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_is_a_stream_lets_others_in_as_soon_as_it_is_being_answered() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.retries = Some(0)).await;
    let failures = std::iter::repeat_n(Does::Fails(failed(ErrorClass::Server)), 5);
    house.script.does("gpt-4o", failures.chain([Does::Hangs(vec![text("Hel")]), Does::Answers(hello())]));
    for _ in 0..5 {
        house.gateway.call(for_task()).await.unwrap_err();
    }
    advance(Duration::from_secs(6)).await;
    let mut probe = house.gateway.stream(for_task()).await.unwrap();
    assert_eq!(probe.next().await, Some(Ok(text("Hel"))));
    assert_eq!(house.gateway.health().providers[0].breaker, BreakerState::Closed);
    assert!(house.gateway.call(for_task()).await.is_ok(), "nobody waits for the end of the stream");
    drop(probe);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_ends_before_its_first_piece_leaves_the_breaker_open() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.retries = Some(0)).await;
    let empty = CallAnswer { text: String::new(), ..hello() };
    let failures = std::iter::repeat_n(Does::Fails(failed(ErrorClass::Server)), 5);
    house.script.does("gpt-4o", failures.chain([Does::Answers(empty)]));
    for _ in 0..5 {
        house.gateway.call(for_task()).await.unwrap_err();
    }
    advance(Duration::from_secs(6)).await;
    assert!(matches!(house.gateway.stream(for_task()).await, Err(Refused::Failed { .. })));
    assert!(matches!(house.gateway.health().providers[0].breaker, BreakerState::Open { .. }));
}

#[tokio::test(start_paused = true)]
async fn a_stream_says_what_it_does_without_and_how_far_a_limit_is_used() {
    let house = house(&["gpt-4o-mini"], |_, draft| draft.daily_token_limit = Some(20_000)).await;
    *held(&house.script.degraded) = vec![Degradation::StopDropped];
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let stream = house.gateway.stream(for_task()).await.unwrap();
    assert_eq!(stream.degraded(), [Degradation::StopDropped]);
    let warnings: Vec<_> = stream.warnings().iter().map(|one| (one.kind, one.warning())).collect();
    assert_eq!(warnings, [(LimitKind::DailyTokens, Some(80))]);
}

#[tokio::test(start_paused = true)]
async fn a_vault_that_locks_ends_streams_after_half_a_minute() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Hangs(vec![text("Hel")])]);
    let stream = house.gateway.stream(for_task()).await.unwrap();
    let reader = tokio::spawn(async { (stream.collect::<Vec<_>>().await, Instant::now()) });
    let began = Instant::now();
    house.gateway.close(OnLock::Finish).await;
    let (pieces, ended) = reader.await.unwrap();
    assert_eq!(pieces.last().unwrap().as_ref().unwrap_err().class, ErrorClass::Cancelled);
    assert_eq!((ended - began).as_secs(), 30);
}
