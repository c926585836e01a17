//! What limits are kept by, all of them: accounts of days and months, and minutes of configurations and callers with their shares.

use std::sync::Arc;

use store::{Database, StoreError};

use super::{
    book::{Book, Owner, Unreserved},
    minute::Cap,
    pace::{Caps, Slow, Stride},
    shares::{Seat, Shares},
    told,
    users::{Callers, Stopped},
};
use crate::{clock::Clock, config::Config};

/// What limits are kept by.
pub(crate) struct Keeping {
    pub(super) book: Book,
    callers: Arc<Callers>,
    shares: Shares,
}

impl Keeping {
    pub(crate) fn new(store: &Database) -> Self {
        Self { book: Book::new(store.clone()), callers: Arc::default(), shares: Shares::new(store.clone()) }
    }

    /// Lets a request of a user or an application pass that makes so many a minute at most.
    pub(crate) async fn pass(&self, who: Owner, cap: Option<u32>, clock: &Clock) -> Result<(), Unreserved> {
        let Some(most) = cap.map(u64::from) else { return Ok(()) };
        let cap = Cap { most, shared: self.shares.is_shared() };
        loop {
            match self.callers.take(&who, cap, clock) {
                Ok(()) => return Ok(()),
                Err(Stopped::Full(limit)) => return Err(Unreserved::Full(limit)),
                Err(Stopped::Short) => {
                    let seat = Seat::Caller(who.clone(), Arc::clone(&self.callers));
                    self.shares.ask(&[seat], clock).await.map_err(Unreserved::Store)?;
                }
            }
        }
    }

    /// Grants ahead of need, confirms what is used of shares, and gives back what is not.
    pub(crate) async fn tend(&self, configs: &[Config], clock: &Clock) -> Result<(), StoreError> {
        let shares = self.shares.tend(&self.seats(configs), clock).await;
        self.book.tend(clock.now()).await.and(shares)
    }

    /// Writes what was used, and leaves what was not to the others. For a clean end.
    pub(crate) async fn close(&self, configs: &[Config], clock: &Clock) -> Result<(), StoreError> {
        let shares = self.shares.close(&self.seats(configs), clock).await;
        self.book.close(clock.now()).await.and(shares)
    }

    fn seats(&self, configs: &[Config]) -> Vec<Seat> {
        configs.iter().flat_map(Seat::of_config).chain(Seat::of_callers(&self.callers)).collect()
    }

    pub(super) fn caps(&self, config: &Config) -> Caps {
        let calls = config.calls();
        Caps {
            requests: calls.requests_per_minute.map(u64::from),
            tokens: calls.tokens_per_minute,
            calls: calls.concurrent_calls.map(u64::from),
            shared: self.shares.is_shared(),
        }
    }

    /// Lets a call through by the minute and by what runs at once.
    pub(super) async fn start(
        &self,
        config: &Config,
        tokens: u64,
        clock: &Clock,
    ) -> Result<Stride, Unreserved> {
        let caps = self.caps(config);
        loop {
            let started = config.live.pace().start(clock.ticks(), tokens, &caps);
            match started {
                Ok(stride) => return Ok(stride),
                Err(Slow::TooFast(too_fast)) => return Err(Unreserved::Full(told(too_fast, clock))),
                Err(Slow::Short) => {
                    let seats: Vec<Seat> = Seat::of_config(config).collect();
                    self.shares.ask(&seats, clock).await.map_err(Unreserved::Store)?;
                }
            }
        }
    }
}
