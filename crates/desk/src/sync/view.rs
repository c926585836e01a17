//! A look as the page shows it: every difference with its fields, and which question each of them answers.

use std::collections::BTreeSet;

use model::{
    ProviderId, Timestamp,
    provider::ProviderList,
    sync::{
        SyncDifference, SyncField, SyncFieldName, SyncGoes, SyncKey, SyncKind, SyncLook, SyncTrace,
        SyncValue, SyncWhy,
    },
};
use sync::{About, Conflict, Difference, Field, Goes, Kind, Looked, Subject, Value, Waits, Who, Why};

use super::keeper::task_of;

/// A difference as it is shown, with what each of its fields is about.
pub(super) fn look(
    (number, at): (u64, Timestamp),
    looked: &Looked,
    list: &ProviderList,
) -> (SyncLook, Vec<Vec<Option<About>>>) {
    let shown = looked.plan.differences.iter().map(|one| Shown { looked, one }.view(list));
    let (differences, abouts) = shown.unzip();
    let (up, down) = looked.plan.steps();
    let count = |steps: usize| u32::try_from(steps).unwrap_or(u32::MAX);
    (SyncLook { look: number, at, differences, up: count(up), down: count(down) }, abouts)
}

struct Shown<'a> {
    looked: &'a Looked,
    one: &'a Difference,
}

impl Shown<'_> {
    fn view(&self, list: &ProviderList) -> (SyncDifference, Vec<Option<About>>) {
        let (fields, abouts) = self.fields().into_iter().unzip();
        let (provider, place) = match self.one.subject {
            Subject::Record { here, .. } => (here, None),
            Subject::Place(place) => {
                (None, Some(task_of(place).map_or_else(|| "default".to_owned(), |task| task.to_string())))
            }
        };
        let saved = list.providers.iter().find(|saved| Some(saved.id) == provider);
        let key = SyncKey {
            is_here: saved.is_some_and(|saved| saved.has_key),
            last_four: saved.and_then(|saved| saved.key_last_four.clone()),
            goes_up: self.one.sends_key,
        };
        let waits = self.one.waits.as_ref().map(|waits| match waits {
            Waits::ForKey => String::new(),
            Waits::ForRemote(why) => why.clone(),
        });
        let difference = SyncDifference {
            provider,
            place,
            name: self.one.name.clone(),
            provider_type: self.one.provider_type,
            kind: kind(self.one.kind),
            fields,
            key,
            waits,
        };
        (difference, abouts)
    }

    fn fields(&self) -> Vec<(SyncField, Option<About>)> {
        match self.one.subject {
            Subject::Place(place) => self.holders(About::Place(place)),
            Subject::Record { here, there } => self.record(here, there),
        }
    }

    fn holders(&self, about: About) -> Vec<(SyncField, Option<About>)> {
        let Some(holders) = &self.one.holders else { return Vec::new() };
        let names =
            |who: &BTreeSet<Who>| Some(SyncValue::Names(who.iter().map(|who| self.name(*who)).collect()));
        let field = SyncField {
            name: SyncFieldName::Holder,
            base: names(&holders.base),
            ours: names(&holders.ours),
            theirs: names(&holders.theirs),
            goes: goes(holders.goes),
            decided: self.is_decided(about),
            ours_by: SyncTrace::default(),
            theirs_by: SyncTrace::default(),
        };
        vec![(field, Some(about))]
    }

    fn name(&self, who: Who) -> String {
        let named = match who {
            Who::Here(id) => self.looked.here().records.get(&id).map(|local| &local.fields),
            Who::There(_) => None,
        };
        let number = match who {
            Who::Here(id) => self.looked.state().links.get(&id).map(|link| link.number),
            Who::There(number) => Some(number),
        };
        match named.and_then(|fields| fields.get(&Field::DisplayName)) {
            Some(Value::Text(name)) => name.clone(),
            _ => {
                let seen = number.and_then(|number| self.looked.there().records.get(&number));
                seen.map_or_else(String::new, |seen| seen.name().to_owned())
            }
        }
    }

    fn record(&self, here: Option<ProviderId>, there: Option<i64>) -> Vec<(SyncField, Option<About>)> {
        let local = here.and_then(|id| self.looked.here().records.get(&id));
        let seen = there.and_then(|number| self.looked.there().records.get(&number));
        let mut fields: Vec<_> = self.existence(here, local.is_some()).into_iter().collect();
        for differing in &self.one.fields {
            let about = here.map(|id| About::Field(id, differing.field));
            let value = |value: &Option<Value>| value.clone().map(value_of);
            let field = SyncField {
                name: name(differing.field),
                base: value(&differing.base),
                ours: value(&differing.ours),
                theirs: value(&differing.theirs),
                goes: goes(differing.goes),
                decided: about.is_some_and(|about| self.is_decided(about)),
                ours_by: SyncTrace::default(),
                theirs_by: SyncTrace::default(),
            };
            fields.push((field, about));
        }
        let differs = |field: Field| self.one.fields.iter().any(|one| one.field == field);
        let alone = match (local, seen) {
            (Some(_), None) => SyncGoes::Up,
            (None, Some(_)) => SyncGoes::Down,
            _ => SyncGoes::Same,
        };
        for field in Field::ALL.into_iter().filter(|field| !differs(*field)) {
            let ours = local.and_then(|local| local.fields.get(&field).cloned().map(value_of));
            let theirs = seen.and_then(|seen| seen.fields.get(&field).cloned().map(value_of));
            if ours.is_some() || theirs.is_some() {
                let goes = if fields.iter().any(|(one, _)| one.name == SyncFieldName::Existence) {
                    SyncGoes::Same
                } else {
                    alone
                };
                let (ours_by, theirs_by) = Default::default();
                let name = name(field);
                let one =
                    SyncField { name, base: None, ours, theirs, goes, decided: false, ours_by, theirs_by };
                fields.push((one, None));
            }
        }
        fields
    }

    /// One side deleted it.
    fn existence(&self, here: Option<ProviderId>, is_here: bool) -> Option<(SyncField, Option<About>)> {
        let about = About::Existence(here?);
        let asked = self.one.conflicts.iter().find(|conflict| conflict.about == about);
        let goes = match (asked, self.one.kind) {
            (Some(Conflict { why, .. }), _) => SyncGoes::Undecided(why_of(*why)),
            (None, Kind::DeletedHere) => SyncGoes::Up,
            (None, Kind::DeletedThere) => SyncGoes::Down,
            _ => return None,
        };
        let side = |there: bool| Some(if there { SyncValue::There } else { SyncValue::Deleted });
        let field = SyncField {
            name: SyncFieldName::Existence,
            base: side(true),
            ours: side(is_here),
            theirs: side(!is_here),
            goes,
            decided: self.is_decided(about),
            ours_by: SyncTrace::default(),
            theirs_by: SyncTrace::default(),
        };
        Some((field, Some(about)))
    }

    fn is_decided(&self, about: About) -> bool {
        self.looked.state().choices.contains_key(&about)
    }
}

fn kind(kind: Kind) -> SyncKind {
    match kind {
        Kind::NewHere => SyncKind::NewHere,
        Kind::NewThere => SyncKind::NewThere,
        Kind::DeletedHere => SyncKind::DeletedHere,
        Kind::DeletedThere => SyncKind::DeletedThere,
        Kind::ChangedHere => SyncKind::ChangedHere,
        Kind::ChangedThere => SyncKind::ChangedThere,
        Kind::ChangedBoth => SyncKind::ChangedBoth,
        Kind::Conflict => SyncKind::Conflict,
    }
}

fn goes(goes: Goes) -> SyncGoes {
    match goes {
        Goes::Same => SyncGoes::Same,
        Goes::Up => SyncGoes::Up,
        Goes::Down => SyncGoes::Down,
        Goes::Undecided(why) => SyncGoes::Undecided(why_of(why)),
    }
}

fn why_of(why: Why) -> SyncWhy {
    match why {
        Why::BothChanged => SyncWhy::BothChanged,
        Why::NeverAgreed => SyncWhy::NeverAgreed,
        Why::Interrupted => SyncWhy::Interrupted,
        Why::SeveralHolders => SyncWhy::SeveralHolders,
    }
}

fn name(field: Field) -> SyncFieldName {
    match field {
        Field::DisplayName => SyncFieldName::DisplayName,
        Field::ModelName => SyncFieldName::ModelName,
        Field::Description => SyncFieldName::Description,
        Field::IsActive => SyncFieldName::IsActive,
        Field::DailyTokenLimit => SyncFieldName::DailyTokenLimit,
        Field::MonthlyTokenLimit => SyncFieldName::MonthlyTokenLimit,
        Field::BaseUrl => SyncFieldName::BaseUrl,
        Field::AllowInsecureHttp => SyncFieldName::AllowInsecureHttp,
    }
}

fn value_of(value: Value) -> SyncValue {
    match value {
        Value::Text(text) => SyncValue::Text(text),
        Value::Flag(flag) => SyncValue::Flag(flag),
        Value::Limit(limit) => SyncValue::Limit(limit),
    }
}
