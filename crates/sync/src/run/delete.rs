//! Deleting a configuration on the remote.

use model::ProviderId;

use super::{Ended, Run, SyncError};
use crate::{
    keeper::Keeper,
    record::{Place, Seen},
    remote::{Remote, RemoteError},
    state::{About, StateChange},
};

impl<R: Remote, K: Keeper> Run<'_, R, K> {
    pub(super) async fn delete(&mut self, id: ProviderId, number: i64) -> Result<Ended, SyncError> {
        let Some(mut seen) = self.there.records.get(&number).cloned() else { return Ok(Ended::Overtaken) };
        if seen.version.revision.is_none() {
            match self.still(&seen).await? {
                Some(fresh) => seen = fresh,
                None => return Ok(Ended::Overtaken),
            }
        }
        for _ in 0..2 {
            match self.remote.delete(number, seen.version.revision).await {
                Ok(()) | Err(RemoteError::NotFound) => {
                    self.deleted(id, &seen);
                    return Ok(Ended::Done);
                }
                Err(RemoteError::Overtaken) => {}
                Err(error) => return Err(error.into()),
            }
            match self.still(&seen).await? {
                Some(fresh) => seen = fresh,
                None => break,
            }
        }
        Ok(Ended::Overtaken)
    }

    /// As it is now, if nobody changed it or gave it a place.
    async fn still(&mut self, seen: &Seen) -> Result<Option<Seen>, SyncError> {
        let fresh = self.fresh(seen.number).await?;
        let holds = |seen: &Seen, place: Place| seen.places.get(&place) == Some(&true);
        Ok(fresh
            .filter(|fresh| !Place::ALL.into_iter().any(|place| holds(fresh, place) && !holds(seen, place))))
    }

    fn deleted(&mut self, id: ProviderId, seen: &Seen) {
        self.there.records.remove(&seen.number);
        self.note(StateChange::Tombstone(seen.number, Some(seen.identity.clone())));
        self.note(StateChange::Link(id, None));
        self.note(StateChange::Choice(About::Existence(id), None));
        self.note(StateChange::Key(id, None));
    }
}
