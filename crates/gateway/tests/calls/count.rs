//! Counting tokens without a call.

use gateway::{Ask, Order, Refused};
use model::{CallRequest, ErrorClass, Timestamp, gateway::OnLock};
use simulator::Fault;
use store::Spender;

use crate::house::{CLAUDE, House, OPENAI, house, order};

fn of_claude() -> Order {
    Order { ask: Ask::Provider(CLAUDE), request: CallRequest::prompt("Why not?"), ..order() }
}

/// What was asked, but for the probes that look whether a key works.
fn posted(house: &House) -> Vec<String> {
    let posts = house.simulator.journal().into_iter().filter(|entry| entry.method == "POST");
    posts.map(|entry| entry.path_and_query).collect()
}

async fn rows(house: &House) -> u64 {
    house.gateway.close(OnLock::Finish).await;
    house.store.spent_since(Spender::Everyone, Timestamp(0)).await.unwrap().calls
}

#[tokio::test]
async fn claude_counts_and_nothing_is_logged() {
    let house = house(|_| ()).await;
    let counted = house.gateway.count(of_claude()).await.unwrap();
    assert_eq!((counted.input_tokens, counted.provider), (2, CLAUDE));
    assert_eq!(posted(&house), ["/claude/v1/messages/count_tokens"]);
    assert_eq!(rows(&house).await, 0);
}

#[tokio::test]
async fn a_model_of_anyone_else_is_refused_with_what_to_do_and_without_asking() {
    let house = house(|_| ()).await;
    // The chain begins with OpenAI, and that Claude comes next does not make it the one that would serve.
    for ask in [Ask::Provider(OPENAI), order().ask] {
        let Refused::Failed { error, fallbacks } =
            house.gateway.count(Order { ask, ..of_claude() }).await.unwrap_err()
        else {
            panic!("not refused by the adapter")
        };
        assert_eq!((error.class, fallbacks.len()), (ErrorClass::Unsupported, 0));
        assert_eq!(error.message, "OpenAI serves gpt-4o-mini, and only Claude counts tokens without a call");
        assert_eq!(error.advice, "Name a Claude model, or read the usage of an answer.");
    }
    assert!(posted(&house).is_empty());
}

#[tokio::test]
async fn a_count_that_fails_opens_no_breaker_and_takes_no_limit() {
    let house = house(|draft| draft.calls.requests_per_minute = Some(1)).await;
    house.simulator.set_fault("test-claude-key-0001", Some(Fault::ServerError));
    for _ in 0..20 {
        let refused = house.gateway.count(of_claude()).await.unwrap_err();
        assert!(matches!(refused, Refused::Failed { error, .. } if error.class == ErrorClass::Server));
    }
    house.simulator.set_fault("test-claude-key-0001", None);
    assert!(house.gateway.count(of_claude()).await.is_ok());
    let served = house.gateway.call(of_claude()).await.unwrap();
    assert_eq!(served.provider, CLAUDE);
    assert_eq!(rows(&house).await, 1, "the call alone is in the log");
}

#[tokio::test]
async fn what_is_too_long_for_the_model_is_counted_all_the_same() {
    let house = house(|_| ()).await;
    let request = CallRequest::prompt("word ".repeat(3_000_000));
    let counted = house.gateway.count(Order { request, ..of_claude() }).await.unwrap();
    assert!(counted.input_tokens > 3_000_000, "{counted:?}");
}
