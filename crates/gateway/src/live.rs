//! What is known of a configuration from its calls. It outlives reloads: a changed route forgets no failure.

use std::sync::{
    Mutex, MutexGuard, PoisonError,
    atomic::{AtomicU64, Ordering},
};

use model::Timestamp;

use crate::{breaker::Breaker, health::vitals::Vitals, limits::pace::Pace, throttle::Throttle};

/// Latencies are summed up at most this often, in milliseconds.
const SUM_EVERY_MS: u64 = 5_000;
/// No latency is known.
const NONE: u64 = u64::MAX;

/// One configuration's.
#[derive(Default)]
pub(crate) struct Live {
    breaker: Mutex<Breaker>,
    throttle: Mutex<Throttle>,
    pace: Mutex<Pace>,
    vitals: Mutex<Vitals>,
    p95: AtomicU64,
    summed_at: AtomicU64,
    /// Calls that went to another provider and are not on disk yet.
    pub(crate) moved: AtomicU64,
}

impl Live {
    pub(crate) fn new(vitals: Vitals) -> Self {
        Self { vitals: Mutex::new(vitals), p95: AtomicU64::new(NONE), ..Self::default() }
    }

    pub(crate) fn breaker(&self) -> MutexGuard<'_, Breaker> {
        held(&self.breaker)
    }

    pub(crate) fn throttle(&self) -> MutexGuard<'_, Throttle> {
        held(&self.throttle)
    }

    pub(crate) fn pace(&self) -> MutexGuard<'_, Pace> {
        held(&self.pace)
    }

    pub(crate) fn vitals(&self) -> MutexGuard<'_, Vitals> {
        held(&self.vitals)
    }

    /// 95th percentile of the last day's latencies, some seconds old: it is read for each call.
    pub(crate) fn p95(&self, now: Timestamp, tick: u64) -> Option<u64> {
        // From 1, so that the first question is not taken for a fresh one.
        let (tick, before) = (tick + SUM_EVERY_MS, self.summed_at.load(Ordering::Relaxed));
        if tick.saturating_sub(before) >= SUM_EVERY_MS {
            let p95 = self.vitals().p95_of_day(now);
            self.p95.store(p95.unwrap_or(NONE), Ordering::Relaxed);
            self.summed_at.store(tick, Ordering::Relaxed);
        }
        Some(self.p95.load(Ordering::Relaxed)).filter(|p95| *p95 != NONE)
    }
}

/// A lock whose holder panicked holds numbers that are whole: each change is one assignment or counts twice at worst.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
