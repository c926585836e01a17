//! Retries, fallbacks, breakers and pauses.

use std::{
    sync::{Mutex, atomic::Ordering},
    time::Duration,
};

use model::{
    CallAnswer, CallError, ErrorClass, TestOutcome, call::FinishReason, health::BreakerState,
    health::HealthState, routing::Verdict,
};
use providers::{Allowance, VendorLimits};
use tokio::time::{Instant, advance};

use super::scripted::*;
use crate::{
    failure::failed,
    live::held,
    order::{Ask, Refused, Waiting},
    snapshot::made::id,
};

fn fails(class: ErrorClass) -> Does {
    Does::Fails(failed(class))
}

fn answers() -> Does {
    Does::Answers(hello())
}

#[tokio::test(start_paused = true)]
async fn a_passing_failure_is_tried_again_and_its_reason_is_told() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [fails(ErrorClass::Server), answers()]);
    let served = house.gateway.call(for_task()).await.unwrap();
    assert_eq!((served.provider, house.script.asked().len()), (id(1), 2));
    assert_eq!(served.fallbacks.len(), 1);
    assert_eq!(served.explanation.chosen(), Some(id(1)));
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_by_itself_goes_to_the_next_at_once() {
    for class in
        [ErrorClass::InvalidKey, ErrorClass::Quota, ErrorClass::ContextTooLong, ErrorClass::ModelNotFound]
    {
        let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
        house.script.does("gpt-4o", [fails(class)]);
        house.script.does("gpt-4o-mini", [answers()]);
        let served = house.gateway.call(for_task()).await.unwrap();
        assert_eq!(house.script.asked(), ["gpt-4o", "gpt-4o-mini"], "{class}");
        assert_eq!((served.provider, served.fallbacks[0].provider), (id(2), id(1)));
        assert_eq!((served.fallbacks[0].error.class, served.explanation.chosen()), (class, Some(id(2))));
    }
}

#[tokio::test(start_paused = true)]
async fn the_callers_own_mistake_reaches_him_and_nobody_else_is_asked() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [fails(ErrorClass::BadRequest)]);
    for _ in 0..20 {
        let Err(Refused::Failed { error, .. }) = house.gateway.call(for_task()).await else { panic!() };
        assert_eq!(error.class, ErrorClass::BadRequest);
    }
    assert_eq!(house.gateway.health().providers[0].breaker, BreakerState::Closed);
}

fn hinted(ms: u64) -> Does {
    Does::Fails(CallError { retry_after_ms: Some(ms), ..failed(ErrorClass::RateLimit) })
}

#[tokio::test(start_paused = true)]
async fn a_short_hint_is_waited_for_and_a_long_one_is_left_to_the_next() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [hinted(1_500), answers(), hinted(61_000)]);
    house.script.does("gpt-4o-mini", [answers()]);
    let began = Instant::now();
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(1));
    assert!((1_500..2_000).contains(&began.elapsed().as_millis()), "{:?}", began.elapsed());
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(2));
    let asked = house.script.asked().len();
    let served = house.gateway.call(for_task()).await.unwrap();
    assert!(matches!(served.explanation.candidates[0].verdict, Verdict::CoolingDown { .. }));
    assert_eq!(house.script.asked().len(), asked + 1, "the one that is cooling down is not asked");
}

#[tokio::test(start_paused = true)]
async fn nobody_waits_long_for_one_while_another_may_answer() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [hinted(20_000), answers()]);
    house.script.does("gpt-4o-mini", [answers()]);
    let began = Instant::now();
    let served = house.gateway.call(for_task()).await.unwrap();
    assert_eq!((served.provider, served.fallbacks.len()), (id(2), 1));
    assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
}

#[tokio::test(start_paused = true)]
async fn one_that_asked_to_wait_is_asked_again_when_nobody_else_answers_and_the_wait_is_told() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [hinted(20_000), answers()]);
    house.script.does("gpt-4o-mini", [fails(ErrorClass::InvalidKey)]);
    let told = Mutex::new(Vec::new());
    let began = Instant::now();
    let served = house.gateway.stream_told(for_task(), &|waiting| held(&told).push(waiting)).await.unwrap();
    assert_eq!((served.provider(), began.elapsed().as_secs()), (id(1), 20));
    assert_eq!(
        house.script.asked(),
        ["gpt-4o", "gpt-4o-mini", "gpt-4o"],
        "the refused key is not tried again"
    );
    let told = held(&told).clone();
    assert!(matches!(told[..], [Waiting { asked: true, ms: 20_000..20_100, .. }]), "{told:?}");
    assert_eq!(told[0].provider, id(1));
}

#[tokio::test(start_paused = true)]
async fn a_request_that_is_at_fault_is_not_waited_for() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [hinted(20_000)]);
    house.script.does("gpt-4o-mini", [fails(ErrorClass::BadRequest)]);
    let began = Instant::now();
    let Err(Refused::Failed { error, .. }) = house.gateway.call(for_task()).await else { panic!() };
    assert_eq!((error.class, began.elapsed().as_secs()), (ErrorClass::BadRequest, 0));
}

#[tokio::test(start_paused = true)]
async fn who_keeps_asking_to_wait_is_asked_no_more_often_than_its_retries_allow() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, draft| draft.calls.retries = Some(1)).await;
    house.script.does("gpt-4o", [hinted(5_000)]);
    house.script.does("gpt-4o-mini", [hinted(5_000)]);
    assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::Failed { .. })));
    let of = |model: &str| house.script.asked().iter().filter(|asked| *asked == model).count();
    assert_eq!((of("gpt-4o"), of("gpt-4o-mini")), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn the_vendors_own_allowance_is_heeded_before_it_refuses() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [answers()]);
    house.script.does("gpt-4o-mini", [answers()]);
    let resets_at = Some(model::Timestamp(NOON.0 + 30_000));
    let none_left = Allowance { remaining: Some(0), resets_at, ..Allowance::default() };
    *held(&house.script.limits) = Some(VendorLimits { requests: Some(none_left), ..VendorLimits::default() });
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(1));
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(2));
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_set_back_does_not_lengthen_the_vendors_pause() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [answers()]);
    let resets_at = Some(model::Timestamp(NOON.0 + 30_000));
    let none_left = Allowance { remaining: Some(0), resets_at, ..Allowance::default() };
    *held(&house.script.limits) = Some(VendorLimits { requests: Some(none_left), ..VendorLimits::default() });
    house.gateway.call(for_task()).await.unwrap();
    house.set_by.store(-36_000_000, Ordering::Relaxed);
    advance(Duration::from_secs(31)).await;
    assert!(house.gateway.call(for_task()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn where_nobody_else_can_serve_a_short_pause_is_waited_for_and_a_long_one_is_told() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.retries = Some(0)).await;
    house.script.does("gpt-4o", [hinted(9_000), answers(), hinted(61_000)]);
    assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::Failed { .. })));
    let began = Instant::now();
    assert!(house.gateway.call(for_task()).await.is_ok());
    assert_eq!(began.elapsed().as_secs(), 9);
    assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::Failed { .. })));
    let Err(Refused::NoRoute(told)) = house.gateway.call(for_task()).await else { panic!() };
    assert!(matches!(told.candidates[0].verdict, Verdict::CoolingDown { .. }));
}

#[tokio::test(start_paused = true)]
async fn one_that_hangs_leaves_time_for_the_next() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, draft| draft.calls.timeout_s = Some(5)).await;
    house.script.does("gpt-4o", [Does::Hangs(Vec::new())]);
    house.script.does("gpt-4o-mini", [Does::Late(Duration::from_secs(4), hello())]);
    let began = Instant::now();
    let served = house.gateway.call(for_task()).await.unwrap();
    assert_eq!((served.provider, served.fallbacks[0].error.class), (id(2), ErrorClass::Timeout));
    assert_eq!(began.elapsed().as_secs(), 9);
}

#[tokio::test(start_paused = true)]
async fn an_empty_answer_goes_to_the_next_and_counts_as_a_failure() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Answers(CallAnswer { text: String::new(), ..hello() })]);
    house.script.does("gpt-4o-mini", [answers()]);
    for _ in 0..5 {
        let served = house.gateway.call(for_task()).await.unwrap();
        assert_eq!((served.provider, served.fallbacks[0].error.class), (id(2), ErrorClass::Quality));
    }
    assert!(house.gateway.call(for_task()).await.unwrap().fallbacks.is_empty(), "its breaker is open");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_its_model_cut_off_is_served_and_counts_as_a_failure() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    let cut = CallAnswer { finish: FinishReason::Length, ..hello() };
    house.script.does("gpt-4o", [Does::Answers(cut)]);
    let mut bounded = for_task();
    bounded.request.max_output_tokens = Some(500);
    for _ in 0..20 {
        assert!(house.gateway.call(bounded.clone()).await.is_ok(), "the caller's own bound says nothing");
    }
    for _ in 0..5 {
        assert_eq!(house.gateway.call(for_task()).await.unwrap().answer.text, "Hello");
    }
    assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::NoRoute(_))), "its breaker is open");
}

#[tokio::test(start_paused = true)]
async fn a_bound_that_is_ours_says_nothing_of_a_model() {
    // The one has no bound that is known, the other is left less by its limit than it could write.
    let house = house(&["never-heard-of", "gpt-4o"], |at, draft| {
        draft.daily_token_limit = (at == 1).then_some(12_000);
    })
    .await;
    let cut = CallAnswer { finish: FinishReason::Length, usage: usage(10, 10), ..hello() };
    for (at, model) in ["never-heard-of", "gpt-4o"].into_iter().enumerate() {
        house.script.does(model, [Does::Answers(cut.clone())]);
        for _ in 0..20 {
            let asked = order(Ask::Provider(id(at as u128 + 1)));
            assert!(house.gateway.call(asked).await.is_ok(), "{model}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn after_a_breaker_opened_no_more_than_one_failed_request_reaches_a_caller() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.retries = Some(0)).await;
    house.script.does("gpt-4o", [fails(ErrorClass::Server)]);
    let mut failed = 0;
    for _ in 0..40 {
        failed += u32::from(matches!(house.gateway.call(for_task()).await, Err(Refused::Failed { .. })));
    }
    assert_eq!(failed, 5);
    advance(Duration::from_secs(6)).await;
    let calls = (0..50).map(|_| house.gateway.call(for_task()));
    let ends = futures::future::join_all(calls).await;
    assert_eq!(ends.iter().filter(|end| matches!(end, Err(Refused::Failed { .. }))).count(), 1);
    assert!(ends.iter().any(|end| matches!(end, Err(Refused::NoRoute(told)) if told.rule.is_none())));
    assert_eq!(house.gateway.health().providers[0].state, HealthState::Down);
}

#[tokio::test(start_paused = true)]
async fn a_probe_that_goes_well_closes_the_breaker() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.retries = Some(0)).await;
    let failures = std::iter::repeat_n(fails(ErrorClass::Overloaded), 5);
    house.script.does("gpt-4o", failures.chain([answers()]));
    for _ in 0..5 {
        house.gateway.call(for_task()).await.unwrap_err();
    }
    assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::NoRoute(_))));
    advance(Duration::from_secs(6)).await;
    assert!(house.gateway.call(for_task()).await.is_ok());
    assert_eq!(house.gateway.health().providers[0].breaker, BreakerState::Closed);
}

#[tokio::test(start_paused = true)]
async fn a_refused_key_is_not_tried_again_until_another_is_entered() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [fails(ErrorClass::InvalidKey), answers()]);
    house.script.does("gpt-4o-mini", [answers()]);
    house.gateway.call(for_task()).await.unwrap();
    house.gateway.reload().await.unwrap();
    let served = house.gateway.call(for_task()).await.unwrap();
    assert!(served.fallbacks.is_empty());
    assert_eq!(served.explanation.candidates[0].verdict, Verdict::KeyRefused, "it has a key");
    let told = house.gateway.explain(&Ask::Task(task()), None, None);
    assert_eq!(told.candidates[0].verdict, Verdict::KeyRefused);
    assert_eq!(house.gateway.health().providers[0].breaker, BreakerState::CannotProbe);
    house.change_key(1).await;
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(1));
}

#[tokio::test(start_paused = true)]
async fn a_refused_key_that_a_person_has_tested_is_tried_again_if_it_works() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [fails(ErrorClass::InvalidKey), answers()]);
    house.script.does("gpt-4o-mini", [answers(), answers()]);
    house.gateway.call(for_task()).await.unwrap();
    house.gateway.tested(id(1), &tested(TestOutcome::KeyRefused));
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(2));
    house.gateway.tested(id(1), &tested(TestOutcome::Works));
    assert_eq!(house.gateway.call(for_task()).await.unwrap().provider, id(1));
}

#[tokio::test(start_paused = true)]
async fn a_named_configuration_is_asked_alone_and_a_named_model_has_its_namesakes() {
    let house = house(&["gpt-4o", "gpt-4o-mini", "gpt-4o"], |_, draft| draft.calls.retries = Some(0)).await;
    house.script.does("gpt-4o", [fails(ErrorClass::Server)]);
    let asked = house.gateway.call(order(Ask::Provider(id(1)))).await;
    assert!(matches!(asked, Err(Refused::Failed { fallbacks, .. }) if fallbacks.is_empty()));
    let asked = house.gateway.call(order(Ask::Named("gpt-4o".into()))).await;
    assert!(matches!(asked, Err(Refused::Failed { fallbacks, .. }) if fallbacks.len() == 1));
    assert_eq!(house.script.asked().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn each_vendor_is_asked_anew_for_as_much_output_as_it_has() {
    let house = house(&["gpt-4o", "never-heard-of"], |_, _| {}).await;
    house.script.does("gpt-4o", [fails(ErrorClass::Permission)]);
    house.script.does("never-heard-of", [answers()]);
    house.gateway.call(for_task()).await.unwrap();
    assert_eq!(house.script.last_request().max_output_tokens, Some(4_096));
}
