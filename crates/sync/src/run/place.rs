//! Handing on a place on the remote. No request of the specification can say who must hold it now, so the whole list is looked at
//! just before; a server with revisions is told whom it has to be taken from, too.

use std::collections::{BTreeMap, BTreeSet};

use model::ProviderId;

use super::{Ended, Run, SyncError};
use crate::{
    keeper::Keeper,
    look::{holders, seen_of},
    record::{Place, Seen},
    remote::{Remote, RemoteError, Updating},
    state::{About, PlaceBase, PlaceIntent, StateChange, Who},
};

impl<R: Remote, K: Keeper> Run<'_, R, K> {
    pub(super) async fn place(
        &mut self,
        place: Place,
        to: Option<ProviderId>,
        was: &BTreeSet<Who>,
    ) -> Result<Ended, SyncError> {
        let link = to.map(|id| self.state.links.get(&id));
        let to_number = match link {
            Some(Some(link)) if seen_of(link, &self.there).is_some() => Some(link.number),
            // It is not there yet.
            Some(_) => return Ok(Ended::NotYet),
            None => None,
        };
        if !self.is_still_held(place, was).await? {
            return Ok(Ended::Overtaken);
        }
        let held = |seen: &&Seen| seen.places.get(&place) == Some(&true);
        let held: Vec<i64> = self.there.records.values().filter(held).map(|seen| seen.number).collect();
        let taken = match to_number.filter(|number| !held.contains(number)) {
            Some(number) => self.put_place(place, (number, true), &held).await?,
            None => true,
        };
        if !taken {
            return Ok(Ended::Overtaken);
        }
        for number in held.iter().copied().filter(|held| Some(*held) != to_number) {
            // Most remotes took it away themselves.
            let Some(fresh) = self.fresh(number).await? else { continue };
            let holds = fresh.places.get(&place) == Some(&true);
            if holds && !self.put_place(place, (number, false), &[number]).await? {
                return Ok(Ended::Overtaken);
            }
        }
        let holders = to.map(Who::Here).into_iter().collect();
        self.note(StateChange::Place(place, Some(PlaceBase { holders, doubtful: false })));
        self.note(StateChange::PlaceIntent(place, None));
        self.note(StateChange::Choice(About::Place(place), None));
        Ok(Ended::Done)
    }

    /// Whether those hold it who held it when the plan was made.
    async fn is_still_held(&mut self, place: Place, was: &BTreeSet<Who>) -> Result<bool, SyncError> {
        let there = self.remote.list().await?;
        let is_same = *was == holders(place, &self.state, &there);
        for (number, fresh) in there.records {
            // Only what is as the plan saw it: a change of fields is for the next look.
            if let Some(seen) =
                self.there.records.get_mut(&number).filter(|seen| super::is_same(seen, &fresh))
            {
                *seen = fresh;
            }
        }
        Ok(is_same)
    }

    /// Gives the place or takes it away, while these hold it. False when somebody was quicker.
    async fn put_place(
        &mut self,
        place: Place,
        (number, holds): (i64, bool),
        held: &[i64],
    ) -> Result<bool, SyncError> {
        let Some(seen) = self.there.records.get(&number).cloned() else { return Ok(false) };
        let before = seen.version.clone();
        self.note(StateChange::PlaceIntent(place, Some(PlaceIntent { number, holds, before })));
        self.keep().await?;
        let places = BTreeMap::from([(place, holds)]);
        // Several hold it only where no place is one configuration's alone, and nobody there could be told whom it is taken from.
        let is_told = seen.version.revision.is_some() && held.len() < 2;
        let held_by = is_told.then(|| (place, held.first().copied())).into_iter().collect();
        let updating = Updating { places, if_match: seen.version.revision, held_by, ..Updating::default() };
        let answer = match self.remote.update(number, updating).await {
            Ok(answer) => self.whole(answer).await?,
            Err(error) if error.is_uncertain() => return Err(error.into()),
            Err(error) => {
                self.note(StateChange::PlaceIntent(place, None));
                return match error {
                    RemoteError::Overtaken | RemoteError::NotFound => Ok(false),
                    error => Err(error.into()),
                };
            }
        };
        if answer.number != number || answer.places.get(&place) != Some(&holds) {
            return Err(RemoteError::NotAsSent { fields: Vec::new() }.into());
        }
        // What else was changed meanwhile is for the next look: a later step, such as its deletion, must not take it for seen.
        if super::is_same(&seen, &answer) {
            self.there.records.insert(number, answer);
        }
        Ok(true)
    }
}
