//! Who holds the places that only one can hold.

use std::collections::BTreeSet;

use super::{Difference, Kind, Making, Step, Subject};
use crate::{
    look::holders,
    merge::{Goes, Why, judge},
    record::Place,
    state::{About, Datum, PlaceBase, StateChange, Who},
};

/// A place whose holder is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HolderDifference {
    /// Who held it when both sides last agreed.
    pub base: BTreeSet<Who>,
    /// Who holds it here.
    pub ours: BTreeSet<Who>,
    /// Who holds it there.
    pub theirs: BTreeSet<Who>,
    /// Where it goes.
    pub goes: Goes,
}

impl Making<'_> {
    pub(super) fn places(&mut self) {
        // A remote that has nothing says nothing about places.
        for place in Place::ALL {
            self.place(place);
        }
    }

    fn place(&mut self, place: Place) {
        let known = self.changing.state.places.get(&place).cloned();
        // Who never met had nobody there.
        let PlaceBase { holders: base, doubtful } = known.clone().unwrap_or_default();
        let ours: BTreeSet<Who> = self.here.places.get(&place).map(|id| Who::Here(*id)).into_iter().collect();
        let theirs = holders(place, self.changing.state, self.there);
        let goes = match judge(Some(&base), &ours, &theirs, doubtful) {
            Goes::Same => return self.agree(place, ours, doubtful),
            Goes::Down if theirs.len() > 1 => Goes::Undecided(Why::SeveralHolders),
            Goes::Undecided(_) if theirs.len() > 1 => Goes::Undecided(Why::SeveralHolders),
            goes => goes,
        };
        let parts = (
            Some(Datum::Holders(base.clone())),
            Datum::Holders(ours.clone()),
            Datum::Holders(theirs.clone()),
        );
        let (goes, conflicts) = match self.decide(goes, About::Place(place), parts) {
            Ok(goes) => (goes, Vec::new()),
            Err(conflict) => (goes, vec![conflict]),
        };
        let kind = match goes {
            Goes::Up => Kind::ChangedHere,
            Goes::Down => Kind::ChangedThere,
            _ => Kind::Conflict,
        };
        match goes {
            Goes::Up => {
                let to = self.here.places.get(&place).copied();
                self.steps.push(Step::Place { place, to, was: theirs.clone() });
            }
            Goes::Down => self.steps.push(Step::DownPlace { place, holder: theirs.first().copied() }),
            _ => {}
        }
        self.differences.push(Difference {
            subject: Subject::Place(place),
            name: String::new(),
            provider_type: None,
            kind,
            fields: Vec::new(),
            holders: Some(HolderDifference { base, ours, theirs, goes }),
            sends_key: false,
            waits: None,
            conflicts,
        });
    }

    fn agree(&mut self, place: Place, holders: BTreeSet<Who>, doubtful: bool) {
        let known = self.changing.state.places.get(&place);
        if doubtful || known.map_or(!holders.is_empty(), |base| base.holders != holders) {
            let base = PlaceBase { holders, doubtful: false };
            self.changing.make(StateChange::Place(place, Some(base)));
        }
    }
}
