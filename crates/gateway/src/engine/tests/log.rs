//! What the log says of calls, and that it says all of it.

use std::time::Duration;

use futures::{FutureExt, StreamExt};
use model::{CallAnswer, CallEvent, ErrorClass, PicoUsd, TestOutcome, gateway::OnLock, health::HealthState};
use store::Spender;
use tokio::{task::unconstrained, time::sleep};

use super::scripted::*;
use crate::{
    failure::{cannot_log, failed},
    live::held,
    meter::{QUEUE, Room},
    order::{Ask, Refused},
    snapshot::made::id,
};

async fn calls(house: &House) -> u64 {
    house.gateway.0.meter.flush().await;
    house.store.spent_since(Spender::Everyone, model::Timestamp(0)).await.unwrap().calls
}

#[tokio::test(start_paused = true)]
async fn every_attempt_that_reached_a_vendor_is_a_row_and_the_answer_has_its_exact_cost() {
    let house = house(&["gpt-4o", "gpt-4o-mini"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Fails(failed(ErrorClass::Server))]);
    house.script.does("gpt-4o-mini", [Does::Answers(hello())]);
    let served = house.gateway.call(for_task()).await.unwrap();
    assert_eq!(served.cost, Some(PicoUsd(450_000_000)));
    assert_eq!(calls(&house).await, 3, "two at the first, one at the second");
    let spent = house.store.spent_since(Spender::User("ada"), model::Timestamp(0)).await.unwrap();
    assert_eq!((spent.tokens, spent.cost, spent.unknown), (1_500, PicoUsd(450_000_000), 2));
}

#[tokio::test(start_paused = true)]
async fn a_burst_that_is_larger_than_the_queue_loses_no_row() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    let burst = QUEUE as u64 + 1_000;
    let ends = futures::future::join_all((0..burst).map(|_| house.gateway.call(for_task()))).await;
    assert!(ends.iter().all(Result::is_ok));
    assert_eq!(calls(&house).await, burst);
}

/// All room that the log has.
async fn all_room(house: &House) -> Vec<Room> {
    let mut taken = Vec::new();
    while let Some(Some(room)) = unconstrained(house.gateway.0.meter.room()).now_or_never() {
        taken.push(room);
    }
    taken
}

#[tokio::test(start_paused = true)]
async fn while_the_log_is_full_calls_wait_before_they_are_made_whole_and_in_pieces_and_no_row_is_dropped() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    let full = all_room(&house).await;
    assert_eq!(full.len(), QUEUE);
    let call = tokio::spawn({
        let gateway = house.gateway.clone();
        async move { gateway.call(for_task()).await.is_ok() }
    });
    let stream = tokio::spawn({
        let gateway = house.gateway.clone();
        async move { gateway.stream(for_task()).await.unwrap().count().await }
    });
    sleep(Duration::from_secs(60)).await;
    assert!(house.script.asked().is_empty() && !call.is_finished() && !stream.is_finished());
    drop(full);
    assert_eq!((call.await.unwrap(), stream.await.unwrap()), (true, 2));
    assert_eq!(calls(&house).await, 2);
}

#[tokio::test(start_paused = true)]
async fn a_log_that_stays_full_refuses_a_call_in_the_end_and_holds_nothing_for_it() {
    let house = house(&["gpt-4o"], |_, draft| draft.calls.concurrent_calls = Some(1)).await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    let full = all_room(&house).await;
    let Err(Refused::Unwritten(error)) = house.gateway.call(for_task()).await else { panic!() };
    assert_eq!(error.message, cannot_log().message);
    assert!(house.script.asked().is_empty());
    drop(full);
    assert!(house.gateway.call(for_task()).await.is_ok());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_given_up_has_its_row_although_the_log_is_full() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Hangs(vec![CallEvent::Text("Hel".into())])]);
    let stream = house.gateway.stream(for_task()).await.unwrap();
    let full = all_room(&house).await;
    assert_eq!(full.len(), QUEUE - 1, "its own was taken before it began");
    drop(stream);
    drop(full);
    assert_eq!(calls(&house).await, 1);
}

#[tokio::test(start_paused = true)]
async fn the_same_request_id_is_logged_once() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    let mut order = for_task();
    order.caller.request_id = Some("req-1".into());
    house.gateway.call(order.clone()).await.unwrap();
    house.gateway.call(order).await.unwrap();
    assert_eq!(calls(&house).await, 1);
}

#[tokio::test(start_paused = true)]
async fn what_no_model_of_the_catalogue_is_has_no_price_unless_a_person_gave_one() {
    let house = house(&["never-heard-of", "mine"], |at, draft| {
        draft.calls.price = (at == 1).then(|| model::limits::OwnPrice {
            input_usd_per_mtok: "1".into(),
            output_usd_per_mtok: "2".into(),
            cached_input_usd_per_mtok: None,
        });
    });
    let house = house.await;
    let answer = CallAnswer { model: Some("gpt-4o".into()), ..hello() };
    house.script.does("never-heard-of", [Does::Answers(hello())]);
    house.script.does("mine", [Does::Answers(answer)]);
    let cost = |end: Result<crate::order::Served, Refused>| end.unwrap().cost;
    assert_eq!(cost(house.gateway.call(order(Ask::Named("never-heard-of".into()))).await), None);
    let mine = cost(house.gateway.call(order(Ask::Named("mine".into()))).await);
    assert_eq!(mine, Some(PicoUsd(2_000 * 1_000_000)));
}

#[tokio::test(start_paused = true)]
async fn a_caller_who_goes_away_is_logged_too() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Hangs(Vec::new())]);
    let call = tokio::time::timeout(std::time::Duration::from_secs(1), house.gateway.call(for_task()));
    assert!(call.await.is_err());
    assert_eq!(calls(&house).await, 1);
}

#[tokio::test]
async fn closing_lets_running_calls_finish_and_loses_no_row() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Late(std::time::Duration::from_millis(50), hello())]);
    let running = tokio::spawn({
        let gateway = house.gateway.clone();
        async move { gateway.call(for_task()).await }
    });
    while house.script.asked().is_empty() {
        tokio::task::yield_now().await;
    }
    house.gateway.close(OnLock::Finish).await;
    assert!(running.await.unwrap().is_ok());
    assert!(matches!(house.gateway.call(for_task()).await, Err(Refused::Closed)));
    let spent = house.store.spent_since(Spender::Everyone, model::Timestamp(0)).await.unwrap();
    assert_eq!((spent.calls, spent.tokens), (1, 1_500));
}

#[tokio::test]
async fn stopping_ends_running_calls_at_once_and_logs_them() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    house.script.does("gpt-4o", [Does::Hangs(Vec::new())]);
    let running = tokio::spawn({
        let gateway = house.gateway.clone();
        async move { gateway.call(for_task()).await }
    });
    while house.script.asked().is_empty() {
        tokio::task::yield_now().await;
    }
    house.gateway.close(OnLock::Stop).await;
    assert!(matches!(running.await.unwrap(), Err(Refused::Closed)));
    let spent = house.store.spent_since(Spender::Everyone, model::Timestamp(0)).await.unwrap();
    assert_eq!((spent.calls, spent.unknown), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn probes_tell_who_is_there_and_an_incident_has_a_start_an_end_and_a_cause() {
    let house = house(&["gpt-4o"], |_, _| {}).await;
    *held(&house.script.test) = Some(TestOutcome::KeyRefused);
    house.gateway.probe_all().await;
    assert_eq!(house.gateway.health().providers[0].state, HealthState::Down);
    let incidents = || async { house.store.incidents_since(model::Timestamp(0)).await.unwrap() };
    while incidents().await.is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    *held(&house.script.test) = Some(TestOutcome::Works);
    house.gateway.probe_all().await;
    house.script.does("gpt-4o", [Does::Answers(hello())]);
    house.gateway.call(for_task()).await.unwrap();
    while incidents().await[0].ended_at.is_none() {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    assert_eq!(incidents().await[0].cause, "It was tested.");
}

#[tokio::test(start_paused = true)]
async fn many_that_never_answered_are_probed_a_few_at_a_time_and_open_no_incident() {
    let models: Vec<String> = (0..40).map(|number| format!("local-{number}")).collect();
    let models: Vec<&str> = models.iter().map(String::as_str).collect();
    let house = house(&models, |_, draft| {
        draft.provider_type = model::ProviderType::OpenAiCompatible;
        draft.base_url = "http://127.0.0.1:9".into();
    })
    .await;
    *held(&house.script.test) = Some(TestOutcome::NoConnection);
    let seen = || {
        let providers = house.gateway.health().providers;
        providers.iter().filter(|provider| provider.checked_at.is_some()).count()
    };
    let began = tokio::time::Instant::now();
    while seen() < 40 {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    let took = began.elapsed();
    assert!(took.as_secs() >= 15, "a round of forty is spread over its time: {took:?}");
    let providers = house.gateway.health().providers;
    assert!(providers.iter().all(|provider| provider.state == HealthState::Unknown));
    house.gateway.probe_all().await;
    tokio::time::sleep(std::time::Duration::from_secs(5)).await;
    assert!(house.gateway.health().providers.iter().all(|provider| provider.state == HealthState::Down));
    assert!(house.store.incidents_since(model::Timestamp(0)).await.unwrap().is_empty());
    house.script.does("local-0", [Does::Fails(failed(ErrorClass::Server))]);
    house.gateway.call(order(Ask::Provider(id(1)))).await.unwrap_err();
    while house.store.incidents_since(model::Timestamp(0)).await.unwrap().is_empty() {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
