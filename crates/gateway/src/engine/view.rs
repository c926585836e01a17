//! How every configuration is, for the health page.

use std::cmp::Reverse;

use model::{
    TaskName,
    health::{BreakerState, HealthState, HealthView, ProviderHealth},
};

use super::{Engine, Gateway, keeper::PROBE_EVERY_S};
use crate::{breaker::Shown, config::Config, snapshot::Snapshot};

impl Gateway {
    /// How every configuration is, worst first. Incidents are the store's to tell.
    pub fn health(&self) -> HealthView {
        let (engine, snapshot) = (&self.0, self.0.snapshot());
        let mut providers: Vec<ProviderHealth> =
            snapshot.configs.iter().map(|config| provider(engine, &snapshot, config)).collect();
        providers.sort_by_key(|provider| Reverse(badness(provider.state)));
        HealthView {
            providers,
            incidents: Vec::new(),
            probed_at: engine.keeper.probed_at(),
            probe_every_s: PROBE_EVERY_S,
        }
    }
}

/// How many configurations that are switched on are not well.
pub(super) fn unwell(engine: &Engine) -> usize {
    let unwell = |config: &&Config| config.is_active() && state(engine, config).0.is_unwell();
    engine.snapshot().configs.iter().filter(unwell).count()
}

fn badness(state: HealthState) -> u8 {
    match state {
        HealthState::Down => 3,
        HealthState::Degraded => 2,
        HealthState::Unknown => 1,
        HealthState::Up => 0,
    }
}

/// How a configuration is, and why.
pub(super) fn state(engine: &Engine, config: &Config) -> (HealthState, String) {
    let shown = config.live.breaker().shown(engine.clock.ticks());
    config.live.vitals().state(engine.clock.now(), shown)
}

fn provider(engine: &Engine, snapshot: &Snapshot, config: &Config) -> ProviderHealth {
    let (clock, now) = (&engine.clock, engine.clock.now());
    let breaker = match config.live.breaker().shown(clock.ticks()) {
        Shown::Closed => BreakerState::Closed,
        Shown::HalfOpen => BreakerState::HalfOpen,
        Shown::Open { until } => BreakerState::Open { until: clock.at(until) },
        Shown::CannotProbe => BreakerState::CannotProbe,
    };
    let (state, reason) = state(engine, config);
    let vitals = config.live.vitals();
    let (p50_ms, p95_ms) = vitals.percentiles(now);
    ProviderHealth {
        id: config.id(),
        provider_type: config.provider_type(),
        display_name: config.display_name().to_owned(),
        model_name: config.model_name().to_owned(),
        is_active: config.is_active(),
        state,
        reason,
        slots: vitals.slots(now),
        hour: vitals.hour(now),
        day: vitals.day(now),
        p50_ms,
        p95_ms,
        breaker,
        tasks: tasks(snapshot, config),
        checked_at: vitals.checked_at,
    }
}

/// Tasks in whose chain it stands, with its place from 1.
fn tasks(snapshot: &Snapshot, config: &Config) -> Vec<(TaskName, u32)> {
    let place = |chain: &[model::routing::ChainMember]| {
        (1..).zip(chain).find(|(_, member)| member.provider == config.id()).map(|(place, _)| place)
    };
    let routes = snapshot.routes.iter();
    routes.filter_map(|route| Some((route.task.clone(), place(&route.chain)?))).collect()
}
