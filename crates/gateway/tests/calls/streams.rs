//! Answers in pieces over sockets.

use futures::StreamExt;
use model::{CallEvent, ErrorClass};
use simulator::Fault;
use store::Spender;

use super::house::*;

#[tokio::test]
async fn pieces_make_the_whole_and_the_cost_comes_with_the_end() {
    let house = house(|_| {}).await;
    let mut stream = house.gateway.stream(order()).await.unwrap();
    let (mut pieces, mut whole) = (String::new(), None);
    while let Some(event) = stream.next().await {
        match event.unwrap() {
            CallEvent::Text(text) => pieces.push_str(&text),
            CallEvent::Finished(answer) => whole = Some(answer.text),
            _ => {}
        }
    }
    assert_eq!(whole, Some(pieces));
    assert!(stream.cost().is_some());
}

#[tokio::test]
async fn a_stream_that_is_cut_is_told_and_one_that_never_begins_is_replaced() {
    let house = house(|_| {}).await;
    house.simulator.set_fault("openai", Some(Fault::StreamCut));
    let cut: Vec<_> = house.gateway.stream(order()).await.unwrap().collect().await;
    let error = cut.last().unwrap().as_ref().unwrap_err();
    assert!(error.answer_began && error.class == ErrorClass::Protocol, "{error:?}");
    house.simulator.set_fault("openai", Some(Fault::ServerError));
    assert_eq!(house.gateway.stream(order()).await.unwrap().provider(), CLAUDE);
}

#[tokio::test]
async fn a_caller_who_goes_away_ends_the_stream_at_the_vendor_and_is_logged() {
    let house = house(|_| {}).await;
    house.simulator.set_fault("openai", Some(Fault::StreamEndless));
    let mut stream = house.gateway.stream(order()).await.unwrap();
    stream.next().await.unwrap().unwrap();
    assert_eq!(house.simulator.open_streams(), 1);
    drop(stream);
    while house.simulator.open_streams() > 0 {
        tokio::task::yield_now().await;
    }
    house.gateway.reload().await.unwrap();
    let spent = house.store.spent_since(Spender::User("ada"), model::Timestamp(0)).await.unwrap();
    assert_eq!(spent.calls, 1);
}
