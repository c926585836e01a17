//! Requests a minute of each user, or of each application, whoever serves them.

use std::{collections::HashMap, hash::Hash, sync::Mutex};

use model::limits::{LimitKind, LimitState};

use super::rate::Rate;
use crate::{clock::Clock, live::held};

/// With more users than this, those who asked nothing in the last minute are forgotten at once.
const MANY: usize = 1_000;

/// All users of the last minute, or all applications.
pub(crate) struct Callers<N> {
    kind: LimitKind,
    rates: Mutex<HashMap<N, Rate>>,
}

impl<N: Clone + Eq + Hash> Callers<N> {
    pub(crate) fn of(kind: LimitKind) -> Self {
        Self { kind, rates: Mutex::default() }
    }

    /// Lets a request pass.
    pub(crate) fn take(&self, who: &N, cap: Option<u32>, clock: &Clock) -> Result<(), LimitState> {
        let Some(cap) = cap.map(u64::from) else { return Ok(()) };
        let now = clock.ticks();
        let mut rates = held(&self.rates);
        if rates.len() > MANY && !rates.contains_key(who) {
            rates.retain(|_, rate| rate.used(now) > 0);
        }
        match rates.entry(who.clone()).or_default().take(now, 1, cap) {
            Ok(_) => Ok(()),
            Err(full) => Err(LimitState {
                kind: self.kind,
                cap,
                used: full.used,
                resets_at: Some(clock.at(full.room_at)),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_user_is_held_to_his_own_rate_and_told_when_there_is_room() {
        let (users, clock) = (Callers::<Arc<str>>::of(LimitKind::UserRequestsPerMinute), Clock::system());
        let (ada, bob): (Arc<str>, Arc<str>) = ("ada".into(), "bob".into());
        for _ in 0..3 {
            users.take(&ada, Some(3), &clock).unwrap();
        }
        let limit = users.take(&ada, Some(3), &clock).unwrap_err();
        assert_eq!((limit.kind, limit.left()), (LimitKind::UserRequestsPerMinute, 0));
        assert!(users.take(&bob, Some(3), &clock).is_ok() && users.take(&ada, None, &clock).is_ok());
        tokio::time::advance(Duration::from_secs(61)).await;
        assert!(users.take(&ada, Some(3), &clock).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn users_of_an_earlier_minute_take_no_room() {
        let (users, clock) = (Callers::<Arc<str>>::of(LimitKind::UserRequestsPerMinute), Clock::system());
        for number in 0..=MANY {
            users.take(&number.to_string().into(), Some(1), &clock).unwrap();
        }
        tokio::time::advance(Duration::from_secs(61)).await;
        users.take(&"ada".into(), Some(1), &clock).unwrap();
        assert_eq!(held(&users.rates).len(), 1);
    }
}
