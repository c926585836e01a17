//! Requests a minute of each user and of each application, whoever serves them.

use std::{collections::HashMap, sync::Mutex};

use model::limits::{LimitKind, LimitState};

use super::{
    book::Owner,
    minute::{Cap, Look, Minute},
};
use crate::{clock::Clock, live::held};

/// With more callers than this, those who asked nothing in the last minute are forgotten at once.
const MANY: usize = 1_000;

/// All users and applications of the last minute.
#[derive(Default)]
pub(crate) struct Callers(Mutex<HashMap<Owner, Minute>>);

/// Why a request does not pass.
#[derive(Debug)]
pub(crate) enum Stopped {
    Full(LimitState),
    /// A larger share of the limit has to be granted first.
    Short,
}

impl Callers {
    /// Lets a request pass.
    pub(crate) fn take(&self, who: &Owner, cap: Cap, clock: &Clock) -> Result<(), Stopped> {
        let now = clock.ticks();
        let mut minutes = held(&self.0);
        if minutes.len() > MANY && !minutes.contains_key(who) {
            minutes.retain(|_, minute| !minute.is_idle(now));
        }
        let minute = minutes.entry(who.clone()).or_default();
        let look = minute.look(now, 1, cap);
        if look != Look::Fits {
            minute.want(1, cap);
        }
        match look {
            Look::Fits => {
                minute.take(now, 1, cap);
                Ok(())
            }
            Look::Short => Err(Stopped::Short),
            Look::Full(full) => Err(Stopped::Full(LimitState {
                kind: Self::kind(who),
                cap: cap.most,
                used: full.used,
                resets_at: Some(clock.at(full.room_at)),
            })),
        }
    }

    /// The limit that a caller has.
    pub(crate) fn kind(who: &Owner) -> LimitKind {
        match who {
            Owner::Application(_) => LimitKind::ApplicationRequestsPerMinute,
            Owner::Config(_) | Owner::User(_) => LimitKind::UserRequestsPerMinute,
        }
    }

    /// All that are known.
    pub(crate) fn known(&self) -> Vec<Owner> {
        held(&self.0).keys().cloned().collect()
    }

    /// Looks at a caller's minute, if there is one.
    pub(crate) fn with<T>(&self, who: &Owner, look: impl FnOnce(&mut Minute) -> T) -> Option<T> {
        held(&self.0).get_mut(who).map(look)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn user(name: &str) -> Owner {
        Owner::User(name.into())
    }

    fn cap(most: u64) -> Cap {
        Cap { most, shared: false }
    }

    #[tokio::test(start_paused = true)]
    async fn a_user_is_held_to_his_own_rate_and_told_when_there_is_room() {
        let (users, clock) = (Callers::default(), Clock::system());
        for _ in 0..3 {
            users.take(&user("ada"), cap(3), &clock).unwrap();
        }
        let refused = users.take(&user("ada"), cap(3), &clock).unwrap_err();
        let Stopped::Full(limit) = refused else { panic!("{refused:?}") };
        assert_eq!((limit.kind, limit.left()), (LimitKind::UserRequestsPerMinute, 0));
        assert!(users.take(&user("bob"), cap(3), &clock).is_ok());
        tokio::time::advance(Duration::from_secs(61)).await;
        assert!(users.take(&user("ada"), cap(3), &clock).is_ok());
    }

    #[tokio::test(start_paused = true)]
    async fn users_of_an_earlier_minute_take_no_room() {
        let (users, clock) = (Callers::default(), Clock::system());
        for number in 0..=MANY {
            users.take(&user(&number.to_string()), cap(1), &clock).unwrap();
        }
        tokio::time::advance(Duration::from_secs(61)).await;
        users.take(&user("ada"), cap(1), &clock).unwrap();
        assert_eq!(users.known().len(), 1);
    }
}
