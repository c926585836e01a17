//! What a look at the remote says before anything is compared: whether it is the one that was met before, what became of requests
//! that were cut, and which of its configurations are which of ours.

use std::collections::{BTreeMap, BTreeSet};

use model::ProviderId;

use crate::{
    record::{Field, Fields, Here, Seen, There, Value, name_of},
    state::{Changing, Intent, Link, PlaceIntent, State, StateChange, Who},
};

/// So many may vanish at once without a question.
const FEW: usize = 2;

/// Why a remote is not believed. Nothing was changed, here or there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Suspicion {
    /// It shows older states than it showed before, or other values in the same one.
    #[error("the remote shows an older state than before, of {} configurations", numbers.len())]
    RolledBack {
        /// Which ones, by their numbers there.
        numbers: Vec<i64>,
    },
    /// More than half of what was known is gone.
    #[error("{gone} of {of} configurations are gone on the remote at once")]
    ManyGone {
        /// How many are gone.
        gone: usize,
        /// How many were known.
        of: usize,
    },
    /// A number stands for another configuration than before.
    #[error("number {number} of the remote is another configuration than before")]
    Swapped {
        /// Which one.
        number: i64,
    },
}

impl Suspicion {
    /// What to do, full sentences.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::RolledBack { .. } => {
                "Ask whoever runs the server whether a backup was restored. If so, go on: every difference becomes a question then."
            }
            Self::ManyGone { .. } => {
                "Look whether the address is the right one. If they were deleted on purpose, go on: they are then deleted here."
            }
            Self::Swapped { .. } => {
                "Look whether the address is the right one. A new server behind an old address needs a connection of its own."
            }
        }
    }
}

/// What a person accepted of a remote that was not believed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accept {
    /// [`Suspicion::RolledBack`]
    pub rolled_back: bool,
    /// [`Suspicion::ManyGone`]
    pub many_gone: bool,
}

/// The remote's side of a link, unless it is gone.
pub(crate) fn seen_of<'a>(link: &Link, there: &'a There) -> Option<&'a Seen> {
    there.records.get(&link.number).filter(|seen| link.identity.is(&seen.identity) != Some(false))
}

/// Which configuration here each number is.
pub(crate) fn by_number(state: &State, there: &There) -> BTreeMap<i64, ProviderId> {
    let known = state.links.iter().filter(|(_, link)| seen_of(link, there).is_some());
    known.map(|(id, link)| (link.number, *id)).collect()
}

/// Whether this is the remote that was met before.
pub(crate) fn inspect(here: &Here, there: &There, state: &State, accept: Accept) -> Result<(), Suspicion> {
    for link in state.links.values() {
        let Some(seen) = there.records.get(&link.number) else { continue };
        let uuids = link.identity.uuid.zip(seen.identity.uuid);
        if uuids.is_some_and(|(was, is)| was != is) {
            return Err(Suspicion::Swapped { number: link.number });
        }
    }
    for (id, link) in &state.links {
        let Some((seen, local)) = seen_of(link, there).zip(here.records.get(id)) else { continue };
        if seen.provider_type != local.provider_type {
            return Err(Suspicion::Swapped { number: link.number });
        }
    }
    let numbers = rolled_back(there, state);
    if !numbers.is_empty() && !accept.rolled_back {
        return Err(Suspicion::RolledBack { numbers });
    }
    let known = state.links.iter().filter(|(id, _)| here.records.contains_key(id));
    let (gone, of) = known.fold((0, 0), |(gone, of), (_, link)| {
        let is_gone = seen_of(link, there).is_none() && !there.unknown.contains(&link.number);
        (gone + usize::from(is_gone), of + 1)
    });
    if gone > FEW && gone * 2 > of && !accept.many_gone {
        return Err(Suspicion::ManyGone { gone, of });
    }
    Ok(())
}

/// Numbers of what is older than it was, or back from the dead.
fn rolled_back(there: &There, state: &State) -> Vec<i64> {
    let older =
        state.links.values().filter(|link| seen_of(link, there).is_some_and(|seen| is_older(link, seen)));
    let risen = state.tombstones.iter().filter(|(number, identity)| {
        there.records.get(number).is_some_and(|seen| identity.is(&seen.identity) == Some(true))
    });
    older.map(|link| link.number).chain(risen.map(|(number, _)| *number)).collect()
}

fn is_older(link: &Link, seen: &Seen) -> bool {
    let same = link.version.revision.is_some() && link.version.revision == seen.version.revision;
    let differs = |(field, value)| seen.fields.get(field).is_some_and(|now| now != value);
    seen.version.is_before(&link.version) || (same && link.theirs.iter().any(differs))
}

/// Takes note of what is there: forgets what an accepted rollback took back, finds out what became of cut requests, and pairs what
/// never met.
pub(crate) fn take_note(changing: &mut Changing<'_>, here: &Here, there: &There) {
    forgive(changing, there);
    for (id, intent) in changing.state.intents.clone() {
        match intent {
            Intent::Update { sent, before } => {
                let link = changing.state.links.get(&id).cloned();
                if let Some((seen, link)) = link.and_then(|link| Some((seen_of(&link, there)?, link))) {
                    let is_untouched = seen.version.is(&before) == Some(true);
                    changing.make(StateChange::Link(id, Some(after_update(link, seen, &sent, is_untouched))));
                }
                changing.make(StateChange::Intent(id, None));
            }
            Intent::Create { sent, alike, .. } => settle_create(changing, (id, &sent, &alike), here, there),
        }
    }
    for (place, intent) in changing.state.place_intents.clone() {
        settle_place(changing, place, &intent, there);
    }
    pair(changing, here, there);
    for (id, link) in changing.state.links.clone() {
        let Some(seen) = seen_of(&link, there) else { continue };
        if seen.version != link.version || seen.fields != link.theirs || seen.identity != link.identity {
            let (version, theirs) = (seen.version.clone(), seen.fields.clone());
            let link = Link { version, theirs, identity: seen.identity.clone(), ..link };
            changing.make(StateChange::Link(id, Some(link)));
        }
    }
}

/// Where the remote lost what was agreed, nothing is agreed any more, and every difference is a question.
fn forgive(changing: &mut Changing<'_>, there: &There) {
    let numbers = rolled_back(there, changing.state);
    if numbers.is_empty() {
        return;
    }
    for (id, link) in changing.state.links.clone() {
        if seen_of(&link, there).is_none_or(|seen| is_older(&link, seen)) {
            let link = Link { base: Fields::new(), doubtful: BTreeSet::new(), ..link };
            changing.make(StateChange::Link(id, Some(link)));
        }
    }
    for number in numbers
        .into_iter()
        .filter(|number| changing.state.tombstones.contains_key(number))
        .collect::<Vec<_>>()
    {
        changing.make(StateChange::Tombstone(number, None));
    }
}

fn after_update(mut link: Link, seen: &Seen, sent: &Fields, is_untouched: bool) -> Link {
    for (field, value) in sent {
        if seen.fields.get(field) == Some(value) {
            link.base.insert(*field, value.clone());
            link.doubtful.remove(field);
        } else if !is_untouched {
            link.doubtful.insert(*field);
        }
    }
    link
}

/// Looks for what was created before it is created again.
fn settle_create(
    changing: &mut Changing<'_>,
    (id, sent, alike): (ProviderId, &Fields, &BTreeSet<i64>),
    here: &Here,
    there: &There,
) {
    let known = by_number(changing.state, there);
    let is_new = |seen: &&Seen| !known.contains_key(&seen.number) && !alike.contains(&seen.number);
    let kind = here.records.get(&id).map(|local| local.provider_type);
    let is_alike =
        |seen: &&Seen| kind.is_none_or(|kind| kind == seen.provider_type) && is_similar(sent, seen);
    let mut found: Vec<&Seen> = there.records.values().filter(is_new).filter(is_alike).collect();
    // Of several, first the one that is most like what was sent.
    let differing =
        |seen: &Seen| sent.iter().filter(|(field, value)| seen.fields.get(field) != Some(value)).count();
    found.sort_by_key(|seen| (differing(seen), seen.number));
    if let Some(seen) = found.first() {
        let mut link = made(seen, sent);
        // Where it is otherwise, it may be somebody else's, or was changed since: that is a question.
        link.base.retain(|field, value| seen.fields.get(field) == Some(value));
        changing.make(StateChange::Link(id, Some(link)));
        changing.make(StateChange::Intent(id, None));
    } else if !here.records.contains_key(&id) {
        changing.make(StateChange::Intent(id, None));
    }
}

/// Whether it could be what was sent, also when somebody changed it at once.
pub(crate) fn is_similar(sent: &Fields, seen: &Seen) -> bool {
    let telling = [Field::DisplayName, Field::Description, Field::ModelName];
    telling.iter().any(|field| {
        let value = sent.get(field).filter(|value| **value != Value::Text(String::new()));
        value.is_some() && value == seen.fields.get(field)
    })
}

/// The link of a configuration that was sent and is there.
pub(crate) fn made(seen: &Seen, sent: &Fields) -> Link {
    let shown = sent.iter().filter(|(field, _)| seen.fields.contains_key(field));
    Link {
        number: seen.number,
        identity: seen.identity.clone(),
        version: seen.version.clone(),
        base: shown.map(|(field, value)| (*field, value.clone())).collect(),
        theirs: seen.fields.clone(),
        doubtful: BTreeSet::new(),
    }
}

fn settle_place(changing: &mut Changing<'_>, place: crate::Place, intent: &PlaceIntent, there: &There) {
    if let Some(seen) = there.records.get(&intent.number) {
        let theirs = holders(place, changing.state, there);
        let mut base = changing.state.places.get(&place).cloned().unwrap_or_default();
        if seen.places.get(&place) == Some(&intent.holds) {
            let mut allowed = base.holders.clone();
            allowed.extend(theirs.iter().filter(|who| is_number(changing.state, **who, intent.number)));
            if theirs.is_subset(&allowed) {
                base.holders = theirs;
            }
        } else if seen.version.is(&intent.before) != Some(true) {
            base.doubtful = true;
        }
        changing.make(StateChange::Place(place, Some(base)));
    }
    changing.make(StateChange::PlaceIntent(place, None));
}

fn is_number(state: &State, who: Who, number: i64) -> bool {
    match who {
        Who::Here(id) => state.links.get(&id).is_some_and(|link| link.number == number),
        Who::There(other) => other == number,
    }
}

/// Who holds a place there.
pub(crate) fn holders(place: crate::Place, state: &State, there: &There) -> BTreeSet<Who> {
    let held = there.records.values().filter(|seen| seen.places.get(&place) == Some(&true));
    let mut held = held.peekable();
    if held.peek().is_none() {
        return BTreeSet::new();
    }
    let known = by_number(state, there);
    held.map(|seen| known.get(&seen.number).map_or(Who::There(seen.number), |id| Who::Here(*id))).collect()
}

/// Pairs what is on both sides and never met: by identity, else by type and name where these are unique on both sides.
fn pair(changing: &mut Changing<'_>, here: &Here, there: &There) {
    let known = by_number(changing.state, there);
    let mut ours: BTreeSet<ProviderId> =
        here.records.keys().filter(|id| !changing.state.links.contains_key(id)).copied().collect();
    ours.retain(|id| !changing.state.intents.contains_key(id));
    let mut theirs: Vec<&Seen> =
        there.records.values().filter(|seen| !known.contains_key(&seen.number)).collect();
    let link = |seen: &Seen| Link { number: seen.number, identity: seen.identity.clone(), ..Link::default() };
    theirs.retain(|seen| {
        let same = seen.identity.uuid.map(ProviderId).filter(|id| ours.contains(id));
        let same = same
            .filter(|id| here.records.get(id).is_some_and(|local| local.provider_type == seen.provider_type));
        if let Some(id) = same {
            changing.make(StateChange::Link(id, Some(link(seen))));
            ours.remove(&id);
        }
        same.is_none()
    });
    let mut names: BTreeMap<_, (Vec<ProviderId>, Vec<&Seen>)> = BTreeMap::new();
    for id in ours {
        let Some(local) = here.records.get(&id) else { continue };
        names.entry((local.provider_type, name_of(&local.fields).to_lowercase())).or_default().0.push(id);
    }
    for seen in theirs {
        names.entry((seen.provider_type, seen.name().to_lowercase())).or_default().1.push(seen);
    }
    for (ours, theirs) in names.into_values() {
        if let ([id], [seen]) = (&ours[..], &theirs[..]) {
            changing.make(StateChange::Link(*id, Some(link(seen))));
        }
    }
}
