//! Configurations: on both sides, on one side, deleted on one side.

use model::ProviderId;

use super::{Difference, Kind, Making, Step, Subject, Waits, field};
use crate::{
    keeper::Down,
    look::{by_number, seen_of},
    merge::{Goes, Why, judge},
    plan::FieldDifference,
    record::{Field, Fields, Local, Place, Seen, name_of},
    state::{About, Datum, Link, StateChange, Who},
};

impl Making<'_> {
    pub(super) fn records(&mut self) {
        let (here, there) = (self.here, self.there);
        self.find_loose();
        for (id, link) in self.changing.state.links.clone() {
            if there.unknown.contains(&link.number) {
                continue;
            }
            match (here.records.get(&id), seen_of(&link, there)) {
                (Some(local), Some(seen)) => self.on_both((id, link), local, seen),
                (Some(local), None) => self.gone_there((id, link), local),
                (None, Some(seen)) => self.gone_here((id, link), seen),
                (None, None) => self.gone(id, &link),
            }
        }
        for (id, local) in &here.records {
            if !self.changing.state.links.contains_key(id) {
                self.new_here(*id, local);
            }
        }
        let known = by_number(self.changing.state, there);
        for seen in there.records.values().filter(|seen| !known.contains_key(&seen.number)) {
            self.new_there(seen, None, Kind::NewThere);
        }
    }

    fn on_both(&mut self, (id, mut link): (ProviderId, Link), local: &Local, seen: &Seen) {
        let (mut fields, mut conflicts) = (Vec::new(), Vec::new());
        let known = link.clone();
        for field in Field::ALL {
            let (Some(ours), Some(theirs)) = (local.fields.get(&field), seen.fields.get(&field)) else {
                continue;
            };
            let base = link.base.get(&field).cloned();
            let goes = judge(base.as_ref(), ours, theirs, link.doubtful.contains(&field));
            if goes == Goes::Same {
                link.base.insert(field, ours.clone());
                link.doubtful.remove(&field);
                continue;
            }
            let parts =
                (base.clone().map(Datum::Value), Datum::Value(ours.clone()), Datum::Value(theirs.clone()));
            let decided = self.decide(goes, About::Field(id, field), parts);
            let goes = decided.unwrap_or_else(|conflict| {
                conflicts.push(conflict);
                goes
            });
            let (ours, theirs) = (Some(ours.clone()), Some(theirs.clone()));
            fields.push(FieldDifference { field, base, ours, theirs, goes });
        }
        if link != known {
            self.changing.make(StateChange::Link(id, Some(link)));
        }
        let sends_key = self.sends_key(id, local);
        if fields.is_empty() && !sends_key {
            return;
        }
        let mut difference =
            difference((Some(id), Some(seen.number)), Some(local), Some(seen), kind_of(&fields));
        (difference.fields, difference.conflicts, difference.sends_key) = (fields, conflicts, sends_key);
        if difference.conflicts.is_empty() {
            self.move_fields(&mut difference, id, local, seen);
        }
        self.differences.push(difference);
    }

    fn move_fields(&mut self, difference: &mut Difference, id: ProviderId, local: &Local, seen: &Seen) {
        let of = |goes: Goes| difference.fields.iter().filter(move |one| one.goes == goes);
        let up: Fields = of(Goes::Up).filter_map(|one| Some((one.field, one.ours.clone()?))).collect();
        let down: Fields = of(Goes::Down).filter_map(|one| Some((one.field, one.theirs.clone()?))).collect();
        let mut then = local.fields.clone();
        then.extend(down.clone());
        if let Some(fault) =
            Some(&down).filter(|down| !down.is_empty()).and_then(|_| field::fault(local.provider_type, &then))
        {
            difference.waits = Some(Waits::ForRemote(fault));
            return;
        }
        let key = difference.sends_key;
        // A stored key is never sent to an address for which it was not typed, here or there.
        if up.contains_key(&Field::BaseUrl) && !key && seen.has_key != Some(false) {
            difference.waits = Some(Waits::ForKey);
            return;
        }
        if key || !up.is_empty() {
            self.steps.push(Step::Update { id, number: seen.number, fields: up, key });
        }
        if !down.is_empty() {
            let about = down.keys().map(|field| About::Field(id, *field)).collect();
            let down = Down::Change { id, revision: local.revision, fields: down };
            self.steps.push(Step::Down { down, about });
        }
    }

    /// Whether a person chose that exactly this key goes up.
    fn sends_key(&mut self, id: ProviderId, local: &Local) -> bool {
        let Some(chosen) = self.changing.state.keys.get(&id).copied() else { return false };
        let is_this = local.key_version == Some(chosen);
        if !is_this {
            self.changing.make(StateChange::Key(id, None));
        }
        is_this
    }

    fn gone_there(&mut self, (id, link): (ProviderId, Link), local: &Local) {
        let is_untouched = is_as(&link, &local.fields)
            && !self.gained(id, |making, place| making.here.places.get(&place) == Some(&id));
        let goes = if is_untouched { Goes::Down } else { Goes::Undecided(Why::BothChanged) };
        let parts =
            (Some(Datum::Record(link.base.clone())), Datum::Record(local.fields.clone()), Datum::Deleted);
        let mut difference = difference((Some(id), Some(link.number)), Some(local), None, Kind::DeletedThere);
        match self.decide(goes, About::Existence(id), parts) {
            Ok(Goes::Up) => {
                self.changing.make(StateChange::Tombstone(link.number, Some(link.identity)));
                // From here on it is one that was never there.
                return self.changing.make(StateChange::Link(id, None));
            }
            Ok(_) => {
                let down = Down::Remove { id, revision: local.revision };
                self.steps.push(Step::Down { down, about: vec![About::Existence(id)] });
            }
            Err(conflict) => {
                difference.kind = Kind::Conflict;
                difference.conflicts.push(conflict);
            }
        }
        self.differences.push(difference);
    }

    fn gone_here(&mut self, (id, link): (ProviderId, Link), seen: &Seen) {
        let is_untouched =
            is_as(&link, &seen.fields) && !self.gained(id, |_, place| seen.places.get(&place) == Some(&true));
        let goes = if is_untouched { Goes::Up } else { Goes::Undecided(Why::BothChanged) };
        let parts =
            (Some(Datum::Record(link.base.clone())), Datum::Deleted, Datum::Record(seen.fields.clone()));
        let mut difference = difference((Some(id), Some(seen.number)), None, Some(seen), Kind::DeletedHere);
        match self.decide(goes, About::Existence(id), parts) {
            Ok(Goes::Down) => return self.new_there(seen, Some(id), Kind::DeletedHere),
            Ok(_) => self.steps.push(Step::Delete { id, number: seen.number }),
            Err(conflict) => {
                difference.kind = Kind::Conflict;
                difference.conflicts.push(conflict);
            }
        }
        self.differences.push(difference);
    }

    /// Whether it holds a place now that it did not hold before.
    fn gained(&self, id: ProviderId, holds: impl Fn(&Self, Place) -> bool) -> bool {
        let held = |place: Place| {
            let base = self.changing.state.places.get(&place);
            base.is_some_and(|base| base.holders.contains(&Who::Here(id)))
        };
        Place::ALL.into_iter().any(|place| holds(self, place) && !held(place))
    }

    fn gone(&mut self, id: ProviderId, link: &Link) {
        self.changing.make(StateChange::Tombstone(link.number, Some(link.identity.clone())));
        self.changing.make(StateChange::Link(id, None));
        self.changing.make(StateChange::Key(id, None));
    }

    fn new_here(&mut self, id: ProviderId, local: &Local) {
        let sends_key = self.sends_key(id, local);
        let mut difference = difference((Some(id), None), Some(local), None, Kind::NewHere);
        difference.sends_key = sends_key;
        if self.is_alike_there(local) {
            // Creating another one would make it hard to tell them apart for good.
            let why = "The remote has one of this name that may or may not be this one. Look again, or rename one of them.";
            difference.waits = Some(Waits::ForRemote(why.to_owned()));
        } else if sends_key || (!local.provider_type.needs_key() && local.key_version.is_none()) {
            self.steps.push(Step::Create { id });
        } else {
            difference.waits = Some(Waits::ForKey);
        }
        self.differences.push(difference);
    }

    /// Whether the remote has one that is nobody's here and could be this one.
    fn is_alike_there(&self, local: &Local) -> bool {
        self.loose.contains(&(local.provider_type, name_of(&local.fields).to_lowercase()))
    }

    fn find_loose(&mut self) {
        let known = by_number(self.changing.state, self.there);
        let loose = self.there.records.values().filter(|seen| !known.contains_key(&seen.number));
        self.loose = loose.map(|seen| (seen.provider_type, seen.name().to_lowercase())).collect();
    }

    fn new_there(&mut self, seen: &Seen, id: Option<ProviderId>, kind: Kind) {
        let mut difference = difference((id, Some(seen.number)), None, Some(seen), kind);
        match field::fault(seen.provider_type, &field::filled(seen.provider_type, &seen.fields)) {
            Some(fault) => difference.waits = Some(Waits::ForRemote(fault)),
            None => self.steps.push(Step::Insert { number: seen.number, id }),
        }
        self.differences.push(difference);
    }
}

/// Whether fields are as both sides last had them, and surely so.
fn is_as(link: &Link, fields: &Fields) -> bool {
    let mut shown = fields.iter().filter(|(field, _)| link.theirs.contains_key(field));
    link.doubtful.is_empty()
        && !link.base.is_empty()
        && shown.all(|(field, value)| link.base.get(field) == Some(value))
}

fn kind_of(fields: &[FieldDifference]) -> Kind {
    let any = |test: fn(Goes) -> bool| fields.iter().any(|one| test(one.goes));
    let (up, down) = (any(|goes| goes == Goes::Up), any(|goes| goes == Goes::Down));
    match () {
        () if any(|goes| matches!(goes, Goes::Undecided(_))) => Kind::Conflict,
        () if up && down => Kind::ChangedBoth,
        () if down => Kind::ChangedThere,
        () => Kind::ChangedHere,
    }
}

fn difference(
    (here, there): (Option<ProviderId>, Option<i64>),
    local: Option<&Local>,
    seen: Option<&Seen>,
    kind: Kind,
) -> Difference {
    let fields = local.map(|local| &local.fields).or(seen.map(|seen| &seen.fields));
    Difference {
        subject: Subject::Record { here, there },
        name: fields.map(name_of).unwrap_or_default().to_owned(),
        provider_type: local.map(|local| local.provider_type).or(seen.map(|seen| seen.provider_type)),
        kind,
        fields: Vec::new(),
        holders: None,
        sends_key: false,
        waits: None,
        conflicts: Vec::new(),
    }
}
