//! Load: closed, where each connection calls again once it is answered, and open, where calls come at a fixed rate
//! whether or not those before are answered.

use std::{
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use hdrhistogram::Histogram;
use tokio::{
    sync::{Mutex, mpsc},
    task::JoinSet,
};

use crate::client::{Call, Client};

/// Connections of the open loop.
const POOL: usize = 64;
/// Calls on each connection before anything is counted.
const WARM_UP: usize = 20;

/// What was measured.
pub struct Measured {
    /// In nanoseconds.
    pub times: Histogram<u64>,
    pub took: Duration,
}

impl Measured {
    pub fn none() -> anyhow::Result<Self> {
        Ok(Self { times: Histogram::new_with_bounds(1_000, 60_000_000_000, 3)?, took: Duration::ZERO })
    }

    /// Adds another round.
    pub fn add(&mut self, other: &Self) -> anyhow::Result<()> {
        self.took += other.took;
        Ok(self.times.add(&other.times)?)
    }

    /// Milliseconds that so much of all calls did not exceed.
    pub fn ms(&self, quantile: f64) -> f64 {
        self.times.value_at_quantile(quantile) as f64 / 1e6
    }

    /// Calls a second.
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / self.took.as_secs_f64()
    }
}

/// As many connections as said, for so long.
pub async fn closed(call: &Call, connections: usize, time: Duration) -> anyhow::Result<Measured> {
    let mut clients = JoinSet::new();
    for _ in 0..connections {
        clients.spawn(warm(call.clone()));
    }
    let clients = clients.join_all().await.into_iter().collect::<anyhow::Result<Vec<Client>>>()?;
    let began = Instant::now();
    let mut loops = JoinSet::new();
    for client in clients {
        loops.spawn(until(client, began + time));
    }
    let mut measured = Measured::none()?;
    while let Some(one) = loops.join_next().await {
        measured.add(&one??)?;
    }
    measured.took = began.elapsed();
    Ok(measured)
}

async fn warm(call: Call) -> anyhow::Result<Client> {
    let mut client = Client::connect(call).await?;
    for _ in 0..WARM_UP {
        client.call().await?;
    }
    Ok(client)
}

async fn until(mut client: Client, end: Instant) -> anyhow::Result<Measured> {
    let mut measured = Measured::none()?;
    while Instant::now() < end {
        measured.times.record(nanos(client.call().await?))?;
    }
    Ok(measured)
}

/// So many calls a second. A call counts from the moment in which it should have been sent.
pub async fn open(call: &Call, rate: u32, time: Duration) -> anyhow::Result<Measured> {
    let mut clients = Vec::new();
    for _ in 0..POOL {
        clients.push(warm(call.clone()).await?);
    }
    let (due, moments) = mpsc::unbounded_channel();
    // A thread that sleeps is more exact than the runtime's timer, which counts whole milliseconds.
    let pace = thread::spawn(move || send_moments(&due, rate, time));
    let moments = Arc::new(Mutex::new(moments));
    let mut workers = JoinSet::new();
    for client in clients {
        workers.spawn(work(client, Arc::clone(&moments)));
    }
    let mut measured = Measured::none()?;
    while let Some(one) = workers.join_next().await {
        measured.add(&one??)?;
    }
    measured.took = time;
    pace.join().map_err(|_| anyhow::anyhow!("the pace broke off"))?;
    Ok(measured)
}

fn send_moments(due: &mpsc::UnboundedSender<Instant>, rate: u32, time: Duration) {
    let began = Instant::now();
    let count = u64::from(rate) * time.as_secs();
    for number in 0..count {
        let moment = began + Duration::from_secs_f64(number as f64 / f64::from(rate));
        thread::sleep(moment.saturating_duration_since(Instant::now()));
        if due.send(moment).is_err() {
            return;
        }
    }
}

async fn work(
    mut client: Client,
    moments: Arc<Mutex<mpsc::UnboundedReceiver<Instant>>>,
) -> anyhow::Result<Measured> {
    let mut measured = Measured::none()?;
    loop {
        let next = moments.lock().await.recv().await;
        let Some(moment) = next else { return Ok(measured) };
        client.call().await?;
        measured.times.record(nanos(moment.elapsed()))?;
    }
}

fn nanos(time: Duration) -> u64 {
    u64::try_from(time.as_nanos()).unwrap_or(u64::MAX)
}
