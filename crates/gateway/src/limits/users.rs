//! Requests a minute of each user, whoever serves them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use model::limits::{LimitKind, LimitState};

use super::rate::Rate;
use crate::{clock::Clock, live::held};

/// With more users than this, those who asked nothing in the last minute are forgotten at once.
const MANY: usize = 1_000;

/// All users of the last minute.
#[derive(Default)]
pub(crate) struct Users {
    rates: Mutex<HashMap<Arc<str>, Rate>>,
}

impl Users {
    /// Lets a request of a user pass.
    pub(crate) fn take(&self, user: &Arc<str>, cap: Option<u32>, clock: &Clock) -> Result<(), LimitState> {
        let Some(cap) = cap.map(u64::from) else { return Ok(()) };
        let now = clock.ticks();
        let mut rates = held(&self.rates);
        if rates.len() > MANY && !rates.contains_key(user) {
            rates.retain(|_, rate| rate.used(now) > 0);
        }
        match rates.entry(Arc::clone(user)).or_default().take(now, 1, cap) {
            Ok(_) => Ok(()),
            Err(full) => Err(LimitState {
                kind: LimitKind::UserRequestsPerMinute,
                cap,
                used: full.used,
                resets_at: Some(clock.at(full.room_at)),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_user_is_held_to_his_own_rate_and_told_when_there_is_room() {
        let (users, clock) = (Users::default(), Clock::system());
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
        let (users, clock) = (Users::default(), Clock::system());
        for number in 0..=MANY {
            users.take(&number.to_string().into(), Some(1), &clock).unwrap();
        }
        tokio::time::advance(Duration::from_secs(61)).await;
        users.take(&"ada".into(), Some(1), &clock).unwrap();
        assert_eq!(held(&users.rates).len(), 1);
    }
}
