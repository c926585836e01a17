//! What is remembered of one remote between two meetings: the last common state, what was begun and not yet seen to be done, what a
//! person decided. Whoever keeps it keeps each of its maps as a table; no part of it is a secret but for the names and addresses in it.

use std::collections::{BTreeMap, BTreeSet};

use model::ProviderId;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::record::{Field, Fields, Identity, Place, Version};

/// What is remembered of one remote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// Which configuration here is which one there.
    pub links: BTreeMap<ProviderId, Link>,
    /// Who held each place when both sides last agreed.
    pub places: BTreeMap<Place, PlaceBase>,
    /// What was sent and not yet answered.
    pub intents: BTreeMap<ProviderId, Intent>,
    /// The same of places.
    pub place_intents: BTreeMap<Place, PlaceIntent>,
    /// Decisions of a person about conflicts.
    pub choices: BTreeMap<About, Choice>,
    /// Keys that a person wants to have sent, by the version that was meant.
    pub keys: BTreeMap<ProviderId, i64>,
    /// What was deleted, by its number there.
    pub tombstones: BTreeMap<i64, Identity>,
}

/// A configuration that both sides have, or had.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Its number there.
    pub number: i64,
    /// What tells it from a later one of the same number.
    pub identity: Identity,
    /// The state that was last seen there.
    pub version: Version,
    /// The fields as both sides last had them. A field that was never equal is not in it.
    pub base: Fields,
    /// The fields as they were last seen there.
    pub theirs: Fields,
    /// Fields of which it is not known whether what was sent has arrived and was changed since.
    pub doubtful: BTreeSet<Field>,
}

/// Who held a place when both sides last agreed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceBase {
    /// One or none; several while a remote that knows no exclusion is being put right.
    pub holders: BTreeSet<Who>,
    /// It is not known whether what was sent has arrived and was changed since.
    pub doubtful: bool,
}

/// A configuration, by what is known of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Who {
    /// One of this computer, known there or not.
    Here(ProviderId),
    /// One that only the remote has, by its number.
    There(i64),
}

/// A request that was begun. It is written before the request leaves and goes with what came of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// A new configuration.
    Create {
        /// The request's `Idempotency-Key`.
        key: Uuid,
        /// What was sent.
        sent: Fields,
        /// Configurations there that looked like it before it was sent.
        alike: BTreeSet<i64>,
    },
    /// A change.
    Update {
        /// What was sent.
        sent: Fields,
        /// The state that was changed.
        before: Version,
    },
}

/// A place that was being handed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceIntent {
    /// The configuration there that was changed.
    pub number: i64,
    /// Whether it was to hold the place.
    pub holds: bool,
    /// The state that was changed.
    pub before: Version,
}

/// What a conflict, and a decision, is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A field of a configuration.
    Field(ProviderId, Field),
    /// Who holds a place.
    Place(Place),
    /// Whether there is a configuration: one side deleted what the other changed.
    Existence(ProviderId),
}

/// One side's part of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Datum {
    /// A field's value.
    Value(crate::record::Value),
    /// Who holds a place.
    Holders(BTreeSet<Who>),
    /// A configuration that is there.
    Record(Fields),
    /// One that was deleted.
    Deleted,
}

/// Whose part is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// This computer's.
    Ours,
    /// The remote's.
    Theirs,
}

/// A decision. It holds for exactly what was shown: when either side changes again, the question is asked again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// This computer's part, as shown.
    pub ours: Datum,
    /// The remote's part, as shown.
    pub theirs: Datum,
    /// Whose is taken.
    pub take: Side,
}

/// One row that is put (`Some`) or taken away (`None`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StateChange {
    /// Of [`State::links`].
    Link(ProviderId, Option<Link>),
    /// Of [`State::places`].
    Place(Place, Option<PlaceBase>),
    /// Of [`State::intents`].
    Intent(ProviderId, Option<Intent>),
    /// Of [`State::place_intents`].
    PlaceIntent(Place, Option<PlaceIntent>),
    /// Of [`State::choices`].
    Choice(About, Option<Choice>),
    /// Of [`State::keys`].
    Key(ProviderId, Option<i64>),
    /// Of [`State::tombstones`].
    Tombstone(i64, Option<Identity>),
}

impl State {
    /// Makes a change.
    pub fn apply(&mut self, change: StateChange) {
        fn put<K: Ord, V>(map: &mut BTreeMap<K, V>, key: K, value: Option<V>) {
            match value {
                Some(value) => map.insert(key, value),
                None => map.remove(&key),
            };
        }
        match change {
            StateChange::Link(id, link) => put(&mut self.links, id, link),
            StateChange::Place(place, base) => put(&mut self.places, place, base),
            StateChange::Intent(id, intent) => put(&mut self.intents, id, intent),
            StateChange::PlaceIntent(place, intent) => put(&mut self.place_intents, place, intent),
            StateChange::Choice(about, choice) => put(&mut self.choices, about, choice),
            StateChange::Key(id, version) => put(&mut self.keys, id, version),
            StateChange::Tombstone(number, identity) => put(&mut self.tombstones, number, identity),
        }
    }

    /// Which configuration here a remote's number is.
    pub fn id_of(&self, number: i64) -> Option<ProviderId> {
        self.links.iter().find(|(_, link)| link.number == number).map(|(id, _)| *id)
    }
}

/// Collects changes while they are made in memory.
pub(crate) struct Changing<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) changes: &'a mut Vec<StateChange>,
}

impl Changing<'_> {
    pub(crate) fn make(&mut self, change: StateChange) {
        self.state.apply(change.clone());
        self.changes.push(change);
    }
}
