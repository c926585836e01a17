//! How long a decision takes.

use std::time::{Duration, Instant};

use super::house::*;

#[tokio::test]
async fn a_decision_is_made_in_microseconds() {
    let house = house(|draft| draft.daily_token_limit = Some(1_000_000_000)).await;
    let order = order();
    let mut times: Vec<Duration> = (0..2_000)
        .map(|_| {
            let began = Instant::now();
            assert!(house.gateway.explain(&order.ask, Some(&order.request), None).chosen().is_some());
            began.elapsed()
        })
        .collect();
    times.sort_unstable();
    // Debug builds on a busy machine: a decision that went to the disk would take milliseconds.
    assert!(times[1_000] < Duration::from_millis(1), "{:?}", times[1_000]);
}
