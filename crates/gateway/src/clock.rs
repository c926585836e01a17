//! Two clocks: the wall's, which people and logs read and which may be set back, and one that only runs forward, by
//! which breakers, pauses and rates are measured.

use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use model::Timestamp;
use tokio::time::Instant;
use uuid::{Builder, Uuid};

/// A new id for a request: a UUID of version 7. It guards nothing, so its bits need not come from the system, which
/// takes longer for them than many a step of the call.
pub(crate) fn request_id() -> Uuid {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let mut bits = [0; 10];
    fastrand::fill(&mut bits);
    let milliseconds = u64::try_from(since.as_millis()).unwrap_or(u64::MAX);
    Builder::from_unix_timestamp_millis(milliseconds, &bits).into_uuid()
}

/// The moment at which the wall's clock stands, where `SIGNALBOX_CLOCK` names one in milliseconds since 1970: pictures of the window have
/// to be the same tomorrow. What is released has no such switch, as it would also stop every limit that goes by that clock.
#[cfg(debug_assertions)]
pub fn still() -> Option<Timestamp> {
    static STILL: std::sync::LazyLock<Option<Timestamp>> = std::sync::LazyLock::new(|| {
        let moment = std::env::var("SIGNALBOX_CLOCK").ok()?;
        moment.parse().ok().map(Timestamp)
    });
    *STILL
}

/// What is released has a clock that goes.
#[cfg(not(debug_assertions))]
pub fn still() -> Option<Timestamp> {
    None
}

/// Both clocks. Tests hand in a wall clock of their own and pause the other with `tokio::time::pause`.
#[derive(Clone)]
pub struct Clock {
    wall: Arc<dyn Fn() -> Timestamp + Send + Sync>,
    start: Instant,
}

impl Clock {
    /// The computer's.
    pub fn system() -> Self {
        if let Some(still) = still() {
            return Self::new(Arc::new(move || still));
        }
        Self::new(Arc::new(|| {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
        }))
    }

    /// A wall clock of one's own.
    pub fn new(wall: Arc<dyn Fn() -> Timestamp + Send + Sync>) -> Self {
        Self { wall, start: Instant::now() }
    }

    /// What the wall's clock shows.
    pub fn now(&self) -> Timestamp {
        (self.wall)()
    }

    /// Milliseconds since this clock was made; never less than before.
    pub(crate) fn ticks(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    /// What the wall's clock will show at a tick.
    pub(crate) fn at(&self, tick: u64) -> Timestamp {
        let ahead = i64::try_from(tick).unwrap_or(i64::MAX).saturating_sub_unsigned(self.ticks());
        Timestamp(self.now().0.saturating_add(ahead))
    }

    /// The tick at which the wall's clock will show a moment.
    pub(crate) fn tick_of(&self, moment: Timestamp) -> u64 {
        self.ticks().saturating_add(moment.since(self.now()))
    }
}
