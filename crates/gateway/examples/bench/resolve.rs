//! How long it takes from an order to the moment in which its call could be sent: route, breaker, reservation of all
//! limits, and the key opened. Taken within the process: a clock starts at the order and stops when the key is open.

use std::{
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use gateway::{Ask, Caller, Order};
use model::{CallRequest, Timestamp, gateway::OnLock};
use store::Spender;

use crate::{
    house::{self, House},
    setup,
};

const WARM_UP: usize = 1_000;
const CALLS: usize = 15_000;

/// Measures, and prints the 50th and 99th percentile in microseconds.
pub fn run(upstream: &str) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let opened = Arc::new(Mutex::new(None::<Instant>));
        let stops = Arc::clone(&opened);
        let keys = move |vault| {
            let open = house::keys(vault);
            Arc::new(move |provider: &store::Provider| {
                let key = open(provider);
                *stops.lock().unwrap_or_else(|error| error.into_inner()) = Some(Instant::now());
                key
            }) as gateway::Keys
        };
        let house = House::open(serde_json::from_value(setup::of(upstream))?, keys).await?;
        let mut times = Vec::with_capacity(CALLS);
        for number in 0..WARM_UP + CALLS {
            let order = order()?;
            let began = Instant::now();
            house.gateway.call(order).await.map_err(|refused| anyhow::anyhow!("refused: {refused:?}"))?;
            let end = opened.lock().unwrap_or_else(|error| error.into_inner()).take();
            if number >= WARM_UP {
                times.push(end.context("no key was opened")?.duration_since(began));
            }
        }
        house.gateway.close(OnLock::Finish).await;
        let logged = house.store.spent_since(Spender::Everyone, Timestamp(0)).await?.calls;
        house.close().await?;
        anyhow::ensure!(logged == (WARM_UP + CALLS) as u64, "the log holds {logged} calls");
        times.sort_unstable();
        println!("{} {}", us(times[times.len() / 2]), us(times[times.len() * 99 / 100]));
        Ok(())
    })
}

fn order() -> anyhow::Result<Order> {
    let request = CallRequest {
        system: Some("Answer in one short paragraph.".into()),
        max_output_tokens: Some(200),
        ..CallRequest::prompt("What does this posting ask for?")
    };
    let caller = Caller {
        user: "local".into(),
        client: "bench".into(),
        sticky: None,
        request_id: None,
        application: None,
    };
    Ok(Order { ask: Ask::Task("extraction".parse()?), task: None, request, caller })
}

fn us(time: Duration) -> f64 {
    time.as_secs_f64() * 1e6
}
