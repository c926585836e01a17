//! When a remote last answered, and since when it does not. It is known from the moment the vault was opened.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::Timestamp;
use sync::RemoteError;
use uuid::Uuid;

use crate::session::Session;

#[derive(Default)]
pub(super) struct Reached(Mutex<HashMap<Uuid, Reach>>);

#[derive(Clone, Copy, Default)]
struct Reach {
    answered_at: Option<Timestamp>,
    away_since: Option<Timestamp>,
}

impl Reached {
    fn all(&self) -> MutexGuard<'_, HashMap<Uuid, Reach>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// When it last answered, and since when it is away.
    pub(super) fn of(&self, id: Uuid) -> (Option<Timestamp>, Option<Timestamp>) {
        let reach = self.all().get(&id).copied().unwrap_or_default();
        (reach.answered_at, reach.away_since)
    }

    pub(super) fn forget(&self, id: Uuid) {
        self.all().remove(&id);
    }

    fn note(&self, id: Uuid, away: bool, now: Timestamp) {
        let mut all = self.all();
        let reach = all.entry(id).or_default();
        if away {
            // The first time that it was not reached stays.
            reach.away_since.get_or_insert(now);
        } else {
            *reach = Reach { answered_at: Some(now), away_since: None };
        }
    }
}

impl Session {
    /// Notes whether a remote answered: a refusal is an answer, too.
    pub(super) fn note_reached(&self, id: Uuid, error: Option<&RemoteError>) {
        self.remotes.reached.note(id, error.is_some_and(is_away), self.host.now());
    }
}

/// Whether nothing came from there.
pub(super) fn is_away(error: &RemoteError) -> bool {
    matches!(
        error,
        RemoteError::NameNotResolved { .. } | RemoteError::Unreachable { .. } | RemoteError::Cut { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remote_is_away_since_the_first_time_and_until_it_answers() {
        let (reached, id) = (Reached::default(), Uuid::nil());
        reached.note(id, false, Timestamp(1));
        reached.note(id, true, Timestamp(2));
        reached.note(id, true, Timestamp(3));
        assert_eq!(reached.of(id), (Some(Timestamp(1)), Some(Timestamp(2))));
        reached.note(id, false, Timestamp(4));
        assert_eq!(reached.of(id), (Some(Timestamp(4)), None));
        reached.forget(id);
        assert_eq!(reached.of(id), (None, None));
    }
}
