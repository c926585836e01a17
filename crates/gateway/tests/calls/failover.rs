//! Faults of vendors, and who answers instead.

use gateway::{Ask, Refused};
use model::{ErrorClass, call::AnswerSchema, gateway::OnLock, health::BreakerState};
use serde_json::{Value, json};
use simulator::Fault;
use store::Spender;

use super::house::*;

#[tokio::test]
async fn a_vendor_that_fails_is_replaced_by_the_next_and_the_reason_is_kept() {
    let house = house(|_| {}).await;
    for (fault, class) in [
        (Fault::ServerError, ErrorClass::Server),
        (Fault::EmptyAnswer, ErrorClass::Quality),
        (Fault::Garbage, ErrorClass::Protocol),
        (Fault::HangUp, ErrorClass::Network),
    ] {
        house.simulator.set_fault("openai", Some(fault));
        let served = house.gateway.call(order()).await.unwrap();
        assert_eq!(served.provider, CLAUDE, "{fault}");
        assert_eq!(
            (served.fallbacks[0].provider, served.fallbacks[0].error.class),
            (OPENAI, class),
            "{fault}"
        );
        assert!(!served.answer.text.is_empty() && served.cost.is_some());
    }
}

#[tokio::test]
async fn an_answer_that_breaks_the_schema_is_replaced_by_the_next_and_five_of_them_open_the_breaker() {
    let house = house(|_| {}).await;
    house.simulator.set_fault("openai", Some(Fault::SchemaBreak));
    let schema = json!({"type": "object", "properties": {"title": {"type": "string"}, "pages": {"type": "integer"}},
        "required": ["title", "pages"], "additionalProperties": false});
    let mut asked = order();
    asked.request.schema = Some(AnswerSchema { name: "book".into(), schema: schema.clone() });
    for _ in 0..5 {
        let served = house.gateway.call(asked.clone()).await.unwrap();
        assert_eq!((served.provider, served.fallbacks.len()), (CLAUDE, 1));
        assert_eq!(served.fallbacks[0].error.class, ErrorClass::Quality);
        assert!(served.fallbacks[0].error.usage.is_some(), "what it took is counted all the same");
        let book: Value = serde_json::from_str(&served.answer.text).unwrap();
        assert!(book["title"].is_string() && book["pages"].is_i64(), "{book}");
    }
    let health = house.gateway.health();
    let openai = health.providers.iter().find(|provider| provider.id == OPENAI).unwrap();
    assert!(matches!(openai.breaker, BreakerState::Open { .. }));
    assert!(house.gateway.call(asked).await.unwrap().fallbacks.is_empty());
}

#[tokio::test]
async fn a_rate_limit_that_passes_is_waited_for() {
    let house = house(|draft| draft.calls.retries = Some(1)).await;
    house.simulator.set_fault("openai", Some(Fault::RateLimitOnce));
    let served = house.gateway.call(order()).await.unwrap();
    assert_eq!((served.provider, served.fallbacks.len()), (OPENAI, 1));
    assert_eq!(served.fallbacks[0].error.class, ErrorClass::RateLimit);
}

#[tokio::test]
async fn two_vendors_may_fail_and_when_all_do_the_last_reason_is_told() {
    let house = house(|_| {}).await;
    house.simulator.set_fault("openai", Some(Fault::ServerError));
    house.simulator.set_fault("claude", Some(Fault::ServerError));
    let served = house.gateway.call(order()).await.unwrap();
    assert_eq!((served.provider, served.fallbacks.len()), (GEMINI, 2));
    house.simulator.set_fault("gemini", Some(Fault::ServerError));
    let Err(Refused::Failed { error, fallbacks }) = house.gateway.call(order()).await else { panic!() };
    assert_eq!((error.class, fallbacks.len()), (ErrorClass::Server, 2));
}

#[tokio::test]
async fn a_breaker_opens_and_no_further_request_is_sent() {
    let house = house(|_| {}).await;
    house.simulator.set_fault("openai", Some(Fault::ServerError));
    let mut asked = order();
    asked.ask = Ask::Provider(OPENAI);
    for _ in 0..5 {
        assert!(matches!(house.gateway.call(asked.clone()).await, Err(Refused::Failed { .. })));
    }
    house.simulator.clear_journal();
    for _ in 0..20 {
        assert!(matches!(house.gateway.call(asked.clone()).await, Err(Refused::NoRoute(_))));
    }
    let sent = house.simulator.journal();
    assert!(sent.iter().all(|request| request.method == "GET"), "only probes are sent");
    let health = house.gateway.health();
    let openai = health.providers.iter().find(|provider| provider.id == OPENAI).unwrap();
    assert!(matches!(openai.breaker, BreakerState::Open { .. }));
}

#[tokio::test]
async fn a_refused_key_and_a_spent_credit_are_not_asked_again() {
    let house = house(|_| {}).await;
    house.simulator.set_fault("openai", Some(Fault::BadKey));
    house.simulator.set_fault("claude", Some(Fault::Quota));
    assert_eq!(house.gateway.call(order()).await.unwrap().provider, GEMINI);
    let served = house.gateway.call(order()).await.unwrap();
    assert_eq!((served.provider, served.fallbacks.len()), (GEMINI, 0));
    let health = house.gateway.health();
    let shown = health.providers.iter().filter(|one| one.breaker == BreakerState::CannotProbe);
    assert_eq!(shown.count(), 2);
}

#[tokio::test]
async fn every_attempt_is_in_the_log_after_a_clean_end() {
    let house = house(|_| {}).await;
    house.simulator.set_fault("openai", Some(Fault::ServerError));
    for _ in 0..3 {
        house.gateway.call(order()).await.unwrap();
    }
    house.gateway.close(OnLock::Finish).await;
    let spent = house.store.spent_since(Spender::User("ada"), model::Timestamp(0)).await.unwrap();
    assert_eq!((spent.calls, spent.unknown), (6, 3));
    assert!(spent.tokens > 0 && spent.cost.0 > 0);
    assert!(matches!(house.gateway.call(order()).await, Err(Refused::Closed)));
}
