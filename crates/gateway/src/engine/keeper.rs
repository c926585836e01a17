//! What goes on beside the calls: grants ahead of need, probes of those whom nobody asked lately, incidents, and health
//! on its way to the disk. Calls only leave notes in `live`; nothing here is on their way.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, atomic::Ordering},
    time::Duration,
};

use futures::StreamExt;
use model::{
    ProviderId, TestOutcome, TestReport, Timestamp,
    health::{HealthState, Incident},
};
use providers::Target;
use store::{NewIncident, StoreError};
use tokio::{
    sync::watch,
    task::JoinHandle,
    time::{MissedTickBehavior, interval, sleep},
};

use super::{Engine, Gateway};
use crate::{breaker::Shown, config::Config, lately::Lately, live::held};

/// Between two looks.
const LOOK: Duration = Duration::from_secs(1);
/// Looks between two trips of health to the disk.
const SAVE_EVERY: u64 = 15;
/// Seconds between rounds of probes.
pub(super) const PROBE_EVERY_S: u64 = 300;
/// Probes at the same time.
const AT_ONCE: usize = 4;
/// How long each place of these rests before its next probe, in a round that nobody waits for: hundreds at once would be
/// a burst of traffic and of processor time just when a person has unlocked. So two a second are probed.
const REST: Duration = Duration::from_secs(2);

/// By what a change of a configuration's health is noticed.
type Looks = (ProviderId, Shown, Option<Timestamp>);

/// Its state.
pub(crate) struct Keeper {
    /// Open incidents: the store's number and how bad each is.
    open: Mutex<HashMap<ProviderId, (i64, HealthState)>>,
    probed_at: Mutex<Option<Timestamp>>,
    /// Held by the round that runs; one that takes longer than the time between two is not overtaken.
    round: tokio::sync::Mutex<()>,
    /// How everyone was at the last look; `None` before the first.
    seen: Mutex<Option<Vec<Looks>>>,
    /// How many are not well; sent when something of anybody's health has changed.
    changed: watch::Sender<usize>,
    task: Mutex<Option<JoinHandle<()>>>,
}

impl Keeper {
    /// With the incidents that are open on disk: the end of the one before this start was not seen.
    pub(crate) fn new(incidents: Vec<Incident>) -> Self {
        let open = incidents.into_iter().filter(|incident| incident.ended_at.is_none());
        let open = open.map(|incident| (incident.provider, (incident.id, incident.state))).collect();
        Self {
            open: Mutex::new(open),
            probed_at: Mutex::default(),
            round: tokio::sync::Mutex::default(),
            seen: Mutex::default(),
            changed: watch::Sender::new(0),
            task: Mutex::default(),
        }
    }

    pub(crate) fn probed_at(&self) -> Option<Timestamp> {
        *held(&self.probed_at)
    }

    pub(crate) async fn stop(&self) {
        let task = held(&self.task).take();
        if let Some(task) = task {
            task.abort();
            task.await.ok();
        }
    }
}

/// Starts it. It ends with the engine.
pub(crate) fn start(engine: &Arc<Engine>) {
    let weak = Arc::downgrade(engine);
    let task = tokio::spawn(async move {
        let mut looks = interval(LOOK);
        looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        for number in 0_u64.. {
            looks.tick().await;
            let Some(engine) = weak.upgrade().filter(|engine| !engine.gate.is_closed()) else { return };
            look(&engine, number).await;
        }
    });
    *held(&engine.keeper.task) = Some(task);
}

async fn look(engine: &Arc<Engine>, number: u64) {
    if number.is_multiple_of(PROBE_EVERY_S) {
        let engine = Arc::clone(engine);
        // A vendor that hangs must not keep the grants waiting.
        tokio::spawn(async move { probe(&engine, false).await });
    }
    tell_changes(engine);
    let mut done = engine.limits.tend(&engine.snapshot().configs, &engine.clock).await;
    if done.is_ok() {
        done = keep_incidents(engine).await;
    }
    if done.is_ok() && number % SAVE_EVERY == SAVE_EVERY - 1 {
        done = save_health(engine).await;
    }
    if let Err(error) = done {
        tracing::warn!(%error, "limits and health could not be written, and are tried again");
    }
}

/// Tells whoever shows health that something of it changed since the last look, once for all of it.
fn tell_changes(engine: &Engine) {
    let looks = |config: &Config| {
        let shown = config.live.breaker().shown(engine.clock.ticks());
        (config.id(), shown, config.live.vitals().checked_at)
    };
    let now: Vec<Looks> = engine.snapshot().configs.iter().map(looks).collect();
    let before = held(&engine.keeper.seen).replace(now.clone());
    if before.is_some_and(|before| before != now) {
        engine.keeper.changed.send_replace(super::view::unwell(engine));
    }
}

/// Writes what slots and incidents gained.
pub(crate) async fn save_health(engine: &Engine) -> Result<(), StoreError> {
    let snapshot = engine.snapshot();
    let slots: Vec<_> = snapshot
        .configs
        .iter()
        .flat_map(|config| config.live.vitals().take_unsaved(config.number()))
        .collect();
    if !slots.is_empty() {
        engine.store.add_health(&slots, engine.clock.now()).await?;
    }
    for config in &snapshot.configs {
        let incident = held(&engine.keeper.open).get(&config.id()).map(|(id, _)| *id);
        let moved = config.live.moved.swap(0, Ordering::Relaxed);
        if let Some(id) = incident.filter(|_| moved > 0) {
            engine.store.add_moved_calls(id, moved).await?;
        }
    }
    Ok(())
}

/// Opens and ends incidents as states have changed.
async fn keep_incidents(engine: &Engine) -> Result<(), StoreError> {
    let (snapshot, now) = (engine.snapshot(), engine.clock.now());
    for config in &snapshot.configs {
        let (state, reason) = super::view::state(engine, config);
        let open = held(&engine.keeper.open).get(&config.id()).copied();
        match (state, open) {
            // One that is getting better keeps its cause.
            (HealthState::Degraded | HealthState::Down, open)
                if open.is_none_or(|(_, was)| was != state && state == HealthState::Down)
                    && is_missed(config, engine) =>
            {
                let incident = NewIncident {
                    provider: config.id(),
                    display_name: config.display_name().to_owned(),
                    started_at: now,
                    cause: reason,
                    state,
                };
                let id = engine.store.open_incident(&incident).await?;
                held(&engine.keeper.open).insert(config.id(), (id, state));
            }
            // That nobody asks any more does not say that it is well again.
            (HealthState::Up, Some((id, _))) => end(engine, config.id(), id, now).await?,
            _ => {}
        }
    }
    let gone: Vec<(ProviderId, i64)> = held(&engine.keeper.open)
        .iter()
        .filter(|(provider, _)| snapshot.find(**provider).is_none())
        .map(|(provider, (id, _))| (*provider, *id))
        .collect();
    for (provider, id) in gone {
        end(engine, provider, id, now).await?;
    }
    Ok(())
}

/// Whether its failing is an incident. One that nobody uses and that never answered was never up: hundreds of such, as an
/// import of local addresses leaves them, are no hundreds of incidents. A key that is refused always is one.
fn is_missed(config: &Config, engine: &Engine) -> bool {
    let shown = config.live.breaker().shown(engine.clock.ticks());
    shown != Shown::Closed || config.live.vitals().is_missed(engine.clock.now())
}

async fn end(engine: &Engine, provider: ProviderId, id: i64, now: Timestamp) -> Result<(), StoreError> {
    engine.store.close_incident(id, now).await?;
    held(&engine.keeper.open).remove(&provider);
    Ok(())
}

impl Gateway {
    /// Asks every configuration that is switched on whether its key works, at no cost.
    pub async fn probe_all(&self) {
        probe(&self.0, true).await;
    }

    /// A person had the stored key of one configuration tested, and this came of it. Where it works, the next call may try again.
    pub fn tested(&self, provider: ProviderId, report: &TestReport) {
        let snapshot = self.0.snapshot();
        if let Some(at) = snapshot.find(provider) {
            note(&self.0, &snapshot.configs[at], report, true);
        }
    }

    /// Wakes at most once a second, when someone's health has changed, with how many that are switched on are not well. It ends
    /// with the engine.
    pub fn health_changes(&self) -> watch::Receiver<usize> {
        self.0.keeper.changed.subscribe()
    }

    /// Wakes when calls are in the usage log that were not before; once for many. It ends with the engine.
    pub fn usage_changes(&self) -> watch::Receiver<()> {
        self.0.meter.written()
    }

    /// What was called in the last quarter of an hour.
    pub fn lately(&self) -> Arc<Lately> {
        self.0.meter.lately()
    }
}

/// A round of probes. Those who answered a call lately are left out, unless a person asked.
async fn probe(engine: &Arc<Engine>, by_person: bool) {
    let round = engine.keeper.round.try_lock();
    if round.is_err() && !by_person {
        return;
    }
    let snapshot = engine.snapshot();
    let now = engine.clock.now();
    let asked = |config: &&Config| {
        let lately = || config.live.vitals().was_good_within(PROBE_EVERY_S * 1000, now);
        config.is_active() && config.can_be_asked() && (by_person || !lately())
    };
    let probes = snapshot.configs.iter().filter(asked).enumerate().map(|(number, config)| {
        let rest = if number < AT_ONCE || by_person { Duration::ZERO } else { REST };
        probe_after(engine, config, by_person, rest)
    });
    let probes: Vec<_> = probes.collect();
    futures::stream::iter(probes).buffer_unordered(AT_ONCE).for_each(|()| async {}).await;
    *held(&engine.keeper.probed_at) = Some(engine.clock.now());
}

async fn probe_after(engine: &Engine, config: &Config, by_person: bool, rest: Duration) {
    tokio::select! {
        () = sleep(rest) => probe_one(engine, config, by_person).await,
        () = engine.gate.closing() => {}
    }
}

async fn probe_one(engine: &Engine, config: &Config, by_person: bool) {
    let Some(_visit) = engine.gate.enter() else { return };
    let (Ok(key), Some(base_url)) = ((engine.keys)(&config.provider), &config.base_url) else { return };
    let target = Target {
        provider_type: config.provider_type(),
        api_key: key.as_ref().map(|key| key.expose()),
        model_name: config.model_name(),
        base_url,
    };
    let report = tokio::select! {
        report = engine.upstream.test(target) => report,
        // Nobody waits for its answer, so a vault that is being locked does not either.
        () = engine.gate.closing() => return,
    };
    note(engine, config, &report, by_person);
}

fn note(engine: &Engine, config: &Config, report: &TestReport, by_person: bool) {
    let (now, tick) = (engine.clock.now(), engine.clock.ticks());
    match report.outcome {
        outcome if outcome.is_valid() => {
            // How fast a list comes says nothing of how fast answers do.
            config.live.vitals().good(now, None);
            if by_person {
                config.live.breaker().key_works(tick);
            }
        }
        // The vendor is there and knows the key; that it has too much to do shows in calls.
        TestOutcome::RateLimited | TestOutcome::QuotaExhausted | TestOutcome::Overloaded => {}
        outcome => {
            config.live.vitals().unanswered(now, report.message.clone());
            if matches!(outcome, TestOutcome::KeyRefused | TestOutcome::KeyMalformed) {
                config.live.breaker().key_fails();
            }
        }
    }
}
