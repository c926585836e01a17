//! Asks the database for shares of limits of a minute, for those who are short of one and once a second for all. Alone on its
//! database a server has all of each limit, and nobody is asked.

use std::{collections::HashMap, sync::Arc, time::Duration};

use model::limits::LimitKind;
use store::{Database, ShareWish, Shared, StoreError};
use tokio::sync::{Mutex, MutexGuard};

use super::{
    book::{Owner, scope_of},
    minute::{LIVES_MS, Minute},
    users::Callers,
};
use crate::{
    clock::{self, Clock},
    config::Config,
    live::Live,
};

/// A database that was away is not asked again by callers before this.
const REST_MS: u64 = 1_000;
/// What is given back at the word that others are short is given back at once, and then everything else waits for the next look.
const ROUNDS: usize = 2;

/// Where a limit's minute is kept.
#[derive(Clone)]
pub(crate) enum Seat {
    Config(i64, LimitKind, Arc<Live>),
    Caller(Owner, Arc<Callers>),
}

/// Who asks.
pub(crate) struct Shares {
    store: Database,
    /// Names this run of this server. A server that starts anew has nothing of what it had.
    holder: String,
    asking: Mutex<Asking>,
}

#[derive(Default)]
struct Asking {
    turn: u64,
    /// From when on a database that was away may be asked again.
    rests_until: u64,
}

impl Seat {
    /// The limits by the minute that a configuration has.
    pub(crate) fn of_config(config: &Config) -> impl Iterator<Item = Self> {
        let (number, live) = (config.number(), Arc::clone(&config.live));
        [LimitKind::RequestsPerMinute, LimitKind::TokensPerMinute]
            .into_iter()
            .map(move |kind| Self::Config(number, kind, Arc::clone(&live)))
    }

    /// Those of users and applications.
    pub(crate) fn of_callers(callers: &Arc<Callers>) -> impl Iterator<Item = Self> {
        callers.known().into_iter().map(|owner| Self::Caller(owner, Arc::clone(callers)))
    }

    fn scope(&self) -> String {
        match self {
            Self::Config(number, kind, _) => scope_of(&Owner::Config(*number), *kind),
            Self::Caller(owner, _) => scope_of(owner, Callers::kind(owner)),
        }
    }

    fn with<T>(&self, look: impl FnOnce(&mut Minute) -> T) -> Option<T> {
        match self {
            Self::Config(_, kind, live) => live.pace().minute(*kind).map(look),
            Self::Caller(owner, callers) => callers.with(owner, look),
        }
    }
}

impl Shares {
    pub(crate) fn new(store: Database) -> Self {
        Self { store, holder: clock::request_id().simple().to_string(), asking: Mutex::default() }
    }

    /// Whether other servers serve by the same limits.
    pub(crate) fn is_shared(&self) -> bool {
        self.store.is_shared()
    }

    /// Asks for those who are short of a share. They look again then.
    pub(crate) async fn ask(&self, seats: &[Seat], clock: &Clock) -> Result<(), StoreError> {
        let mut asking = self.asking.lock().await;
        if clock.ticks() < asking.rests_until {
            return Err(StoreError::Away);
        }
        // Whoever was before may have asked for us, too.
        let due = due(seats, clock, Minute::wish);
        if !due.is_empty() {
            self.put(&mut asking, seats, &due, clock).await?;
        }
        Ok(())
    }

    /// Confirms what is used, gives back what is not, and hears who is short.
    pub(crate) async fn tend(&self, seats: &[Seat], clock: &Clock) -> Result<(), StoreError> {
        if !self.is_shared() {
            return Ok(());
        }
        let mut asking = self.asking.lock().await;
        for _ in 0..ROUNDS {
            let due = due(seats, clock, Minute::wish);
            let has_any = || seats.iter().any(|seat| seat.with(|minute| minute.has_share()) == Some(true));
            if due.is_empty() && !has_any() {
                break;
            }
            if !self.put(&mut asking, seats, &due, clock).await? {
                break;
            }
        }
        Ok(())
    }

    /// Leaves to the others what was not used in the last minute. For a clean end, when nothing more passes.
    pub(crate) async fn close(&self, seats: &[Seat], clock: &Clock) -> Result<(), StoreError> {
        if !self.is_shared() {
            return Ok(());
        }
        let mut asking = self.asking.lock().await;
        let due = due(seats, clock, Minute::parting);
        if due.is_empty() {
            return Ok(());
        }
        let wishes: Vec<ShareWish> = due.into_iter().map(|(_, wish)| wish).collect();
        asking.turn += 1;
        self.store.share_minutes(&self.holder, asking.turn, Duration::ZERO, &wishes).await?;
        Ok(())
    }

    /// Says whether others turned out to be short of what is here.
    async fn put(
        &self,
        asking: &mut MutexGuard<'_, Asking>,
        seats: &[Seat],
        due: &[(Seat, ShareWish)],
        clock: &Clock,
    ) -> Result<bool, StoreError> {
        asking.turn += 1;
        // Before it is asked: a share ends here no later than in the database.
        let asked_at = clock.ticks();
        let wishes: Vec<ShareWish> = due.iter().map(|(_, wish)| wish.clone()).collect();
        let lives = Duration::from_millis(LIVES_MS);
        let answer = self.store.share_minutes(&self.holder, asking.turn, lives, &wishes).await;
        if matches!(answer, Err(StoreError::Away)) {
            asking.rests_until = clock.ticks() + REST_MS;
        }
        let mut told: HashMap<String, Shared> =
            answer?.into_iter().map(|shared| (shared.scope.clone(), shared)).collect();
        for (seat, wish) in due {
            let shared = told.remove(&wish.scope).unwrap_or_default();
            seat.with(|minute| minute.shared(asked_at, wish, &shared));
        }
        // The rest was not asked about: others are short of it.
        let mut is_needed = false;
        for seat in seats.iter().filter(|_| !told.is_empty()) {
            if let Some(shared) = told.get(&seat.scope()) {
                is_needed |= seat.with(|minute| minute.heard(shared)) == Some(true);
            }
        }
        Ok(is_needed)
    }
}

fn due(
    seats: &[Seat],
    clock: &Clock,
    of: fn(&mut Minute, u64, &str) -> Option<ShareWish>,
) -> Vec<(Seat, ShareWish)> {
    let now = clock.ticks();
    let wish = |seat: &Seat| {
        let scope = seat.scope();
        Some((seat.clone(), seat.with(|minute| of(minute, now, &scope))??))
    };
    seats.iter().filter_map(wish).collect()
}

#[cfg(all(test, unix))]
mod tests;
