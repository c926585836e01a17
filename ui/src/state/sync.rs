//! Sync: words for what differs, what a person has picked and not yet applied, and the news that a dialog has for the page.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use model::{
    sync::{
        RemoteView, SyncDecision, SyncDifference, SyncDone, SyncField, SyncFieldName, SyncGoes, SyncKind,
        SyncLook, SyncSide, SyncValue, SyncView,
    },
    text,
};

use crate::{t, texts::name};

/// What only this page and its dialogs say.
pub const ENGLISH: &str = include_str!("../../locales/en/sync.ftl");

/// What a dialog has for the page.
#[derive(Clone)]
pub enum News {
    /// Remotes changed; the one that is to be shown.
    Remotes(Rc<Vec<RemoteView>>, Option<model::sync::RemoteId>),
    /// One was forgotten; those that are left.
    Forgotten(Rc<Vec<RemoteView>>),
    /// Somebody logged in there.
    Connected(Box<RemoteView>),
    /// A configuration was promoted, and this is what came of it.
    Done(Rc<SyncDone>),
    /// A look was made.
    Looked(Rc<SyncView>),
}

/// Who hears of them.
pub type Listener = Rc<dyn Fn(News)>;

thread_local! {
    static LISTENER: RefCell<Option<Listener>> = const { RefCell::new(None) };
    static KNOWN: RefCell<Rc<Vec<RemoteView>>> = RefCell::default();
}

/// Says who hears from now on; `None` is nobody.
pub fn heard_by(listener: Option<Listener>) {
    LISTENER.with_borrow_mut(|heard| *heard = listener);
}

/// Tells the page.
pub fn tell(news: News) {
    if let Some(listener) = LISTENER.with_borrow(Clone::clone) {
        listener(news);
    }
}

/// The remotes as the page last read them, for its dialogs.
pub fn known() -> Rc<Vec<RemoteView>> {
    KNOWN.with_borrow(Rc::clone)
}

/// The page has read the remotes; nothing is left of them when it goes.
pub fn know(remotes: Rc<Vec<RemoteView>>) {
    KNOWN.with_borrow_mut(|known| *known = remotes);
}

/// Which side is ahead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ahead {
    /// This computer.
    Here,
    /// The remote.
    There,
    /// Each in other fields.
    Both,
    /// A person has to decide.
    Conflict,
}

impl Ahead {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Here, Self::There, Self::Both, Self::Conflict];

    /// Of a difference.
    pub fn of(difference: &SyncDifference) -> Self {
        match difference.kind {
            SyncKind::NewHere | SyncKind::DeletedHere | SyncKind::ChangedHere => Self::Here,
            SyncKind::NewThere | SyncKind::DeletedThere | SyncKind::ChangedThere => Self::There,
            SyncKind::ChangedBoth => Self::Both,
            SyncKind::Conflict => Self::Conflict,
        }
    }

    /// As it is kept.
    fn as_str(self) -> &'static str {
        match self {
            Self::Here => "here",
            Self::There => "there",
            Self::Both => "both",
            Self::Conflict => "conflict",
        }
    }

    /// In words.
    pub fn word(self) -> String {
        match self {
            Self::Here => t!("sync-kind-here"),
            Self::There => t!("sync-kind-there"),
            Self::Both => t!("sync-kind-both"),
            Self::Conflict => t!("sync-kind-conflict"),
        }
    }

    /// Name of its icon.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Here => "rise",
            Self::There => "fall",
            Self::Both => "sync",
            Self::Conflict => "alert",
        }
    }
}

/// Longest search that is kept.
const SEARCH_LIMIT: usize = 200;

/// How differences are looked at: of one kind, and those whose name has something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looked {
    /// One kind only.
    pub kind: Option<Ahead>,
    /// A part of a name.
    pub search: String,
}

impl Looked {
    /// What is kept of it: a line for each part that differs from nothing.
    pub fn kept(&self) -> String {
        let search: String = self.search.trim().chars().take(SEARCH_LIMIT).collect();
        let search = Some(search).filter(|text| !text.is_empty() && !text.contains(char::is_control));
        let kind = self.kind.map(|kind| format!("kind={}", kind.as_str()));
        kind.into_iter().chain(search.map(|text| format!("search={text}"))).collect::<Vec<_>>().join("\n")
    }

    /// What was kept. What is not known is left out.
    pub fn recalled(text: &str) -> Self {
        let mut looked = Self::default();
        for (name, value) in text.lines().filter_map(|line| line.split_once('=')) {
            match name {
                "kind" => looked.kind = Ahead::ALL.into_iter().find(|kind| kind.as_str() == value),
                "search" => looked.search = value.to_owned(),
                _ => {}
            }
        }
        looked
    }
}

/// Differences in which this side is ahead, the other one is, and those that a person has to decide.
pub fn counts(look: &SyncLook) -> [usize; 3] {
    let count =
        |kinds: &[Ahead]| look.differences.iter().filter(|one| kinds.contains(&Ahead::of(one))).count();
    [count(&[Ahead::Here, Ahead::Both]), count(&[Ahead::There, Ahead::Both]), count(&[Ahead::Conflict])]
}

/// What a difference is called.
pub fn title(difference: &SyncDifference) -> String {
    match difference.place.as_deref() {
        None => name(&difference.name),
        Some("default") => t!("sync-default"),
        Some(task) => t!("sync-place", task = task),
    }
}

/// Whether a part of its name was typed; nothing typed is every name's.
pub fn is_called(difference: &SyncDifference, search: &str) -> bool {
    title(difference).to_lowercase().contains(&search.trim().to_lowercase())
}

/// What differs, in a few words.
pub fn summary(difference: &SyncDifference) -> String {
    match difference.kind {
        SyncKind::NewHere => return t!("sync-new-here"),
        SyncKind::NewThere => return t!("sync-new-there"),
        SyncKind::DeletedHere => return t!("sync-deleted-here"),
        SyncKind::DeletedThere => return t!("sync-deleted-there"),
        _ => {}
    }
    let differing: Vec<&SyncField> = differing(difference).map(|(_, field)| field).collect();
    match differing[..] {
        [] => t!("sync-key-goes"),
        [one] => label(one.name),
        _ => t!("sync-fields", count = differing.len()),
    }
}

/// Fields that are not the same, with their places.
pub fn differing(difference: &SyncDifference) -> impl Iterator<Item = (usize, &SyncField)> {
    difference.fields.iter().enumerate().filter(|(_, field)| field.goes != SyncGoes::Same)
}

/// Fields that a person has to decide, with their places.
pub fn undecided(difference: &SyncDifference) -> impl Iterator<Item = (usize, &SyncField)> {
    difference.fields.iter().enumerate().filter(|(_, field)| matches!(field.goes, SyncGoes::Undecided(_)))
}

/// A field's name.
pub fn label(field: SyncFieldName) -> String {
    match field {
        SyncFieldName::DisplayName => t!("sync-name"),
        SyncFieldName::ModelName => t!("sync-model"),
        SyncFieldName::Description => t!("sync-description"),
        SyncFieldName::IsActive => t!("sync-active"),
        SyncFieldName::DailyTokenLimit => t!("sync-daily"),
        SyncFieldName::MonthlyTokenLimit => t!("sync-monthly"),
        SyncFieldName::BaseUrl => t!("sync-base-url"),
        SyncFieldName::AllowInsecureHttp => t!("sync-insecure"),
        SyncFieldName::Holder => t!("sync-holder"),
        SyncFieldName::Existence => t!("sync-existence"),
    }
}

/// What a field holds.
pub fn value(value: &SyncValue) -> String {
    match value {
        SyncValue::Text(text) if text.is_empty() => t!("sync-nothing"),
        SyncValue::Text(text) => text.clone(),
        SyncValue::Flag(true) => t!("sync-yes"),
        SyncValue::Flag(false) => t!("sync-no"),
        SyncValue::Limit(Some(limit)) => text::group_digits((*limit).into()),
        SyncValue::Limit(None) => t!("sync-no-limit"),
        SyncValue::Names(names) if names.is_empty() => t!("sync-nobody"),
        SyncValue::Names(names) => names.join(", "),
        SyncValue::There => t!("sync-is-there"),
        SyncValue::Deleted => t!("sync-deleted"),
    }
}

/// The host of an address, for people.
pub fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split('/').next().unwrap_or(rest)
}

/// What a person has picked of one look's differences and not yet applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Picks(BTreeMap<(usize, usize), SyncSide>);

impl Picks {
    /// With one more.
    #[must_use]
    pub fn with(&self, difference: usize, field: usize, side: SyncSide) -> Self {
        let mut picks = self.clone();
        picks.0.insert((difference, field), side);
        picks
    }

    /// With the same side for all fields of a difference that a person has to decide.
    #[must_use]
    pub fn with_all(&self, place: usize, difference: &SyncDifference, side: SyncSide) -> Self {
        undecided(difference).fold(self.clone(), |picks, (field, _)| picks.with(place, field, side))
    }

    /// What was picked for a field.
    pub fn side(&self, difference: usize, field: usize) -> Option<SyncSide> {
        self.0.get(&(difference, field)).copied()
    }

    /// Names of a difference's fields that nobody has picked a side for.
    pub fn left(&self, place: usize, difference: &SyncDifference) -> Vec<String> {
        let left = undecided(difference).filter(|(field, _)| self.side(place, *field).is_none());
        left.map(|(_, field)| label(field.name)).collect()
    }

    /// The answers about one difference.
    pub fn decisions(&self, place: usize) -> Vec<SyncDecision> {
        let of = self.0.iter().filter(|((difference, _), _)| *difference == place);
        of.map(|((_, field), side)| decision(place, *field, Some(*side))).collect()
    }
}

/// An answer; `None` asks again.
pub fn decision(difference: usize, field: usize, take: Option<SyncSide>) -> SyncDecision {
    let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    SyncDecision { difference: place(difference), field: place(field), take }
}

#[cfg(test)]
mod tests {
    use model::sync::{SyncKey, SyncTrace, SyncWhy};

    use super::*;

    fn field(name: SyncFieldName, goes: SyncGoes) -> SyncField {
        SyncField {
            name,
            base: None,
            ours: None,
            theirs: None,
            goes,
            decided: false,
            ours_by: SyncTrace::default(),
            theirs_by: SyncTrace::default(),
        }
    }

    fn conflict() -> SyncDifference {
        let asked = SyncGoes::Undecided(SyncWhy::BothChanged);
        SyncDifference {
            provider: None,
            place: None,
            name: "Claude".into(),
            provider_type: None,
            kind: SyncKind::Conflict,
            fields: vec![
                field(SyncFieldName::DailyTokenLimit, asked),
                field(SyncFieldName::ModelName, SyncGoes::Same),
                field(SyncFieldName::Description, asked),
            ],
            key: SyncKey::default(),
            waits: None,
        }
    }

    #[test]
    fn how_differences_are_looked_at_is_found_again_and_what_is_not_known_is_left_out() {
        for kind in Ahead::ALL.map(Some).into_iter().chain([None]) {
            let looked = Looked { kind, search: "a = b".into() };
            assert_eq!(Looked::recalled(&looked.kept()), looked);
        }
        assert_eq!(Looked::default().kept(), "");
        assert_eq!(Looked::recalled("kind=sideways\ncolour=red\nno equals sign"), Looked::default());
        let long = Looked { kind: None, search: "ß".repeat(5_000) };
        assert!(long.kept().chars().count() <= model::remembered::REMEMBERED_LIMIT);
    }

    #[test]
    fn what_is_left_to_decide_is_named_until_each_field_has_its_side() {
        let difference = conflict();
        let picks = Picks::default().with(3, 0, SyncSide::Here);
        assert_eq!(picks.left(3, &difference), ["Description"]);
        let picks = picks.with(3, 2, SyncSide::There);
        assert_eq!(picks.left(3, &difference), Vec::<String>::new());
        let decided = picks.decisions(3);
        assert_eq!(decided, [decision(3, 0, Some(SyncSide::Here)), decision(3, 2, Some(SyncSide::There))]);
        assert_eq!(picks.decisions(2), []);
    }

    #[test]
    fn one_side_for_all_answers_what_is_asked_and_nothing_else() {
        let picks = Picks::default().with_all(0, &conflict(), SyncSide::There);
        assert_eq!(picks.decisions(0).len(), 2);
        assert_eq!(picks.side(0, 1), None);
    }

    #[test]
    fn a_difference_in_both_directions_counts_on_both_sides() {
        let of = |kind| SyncDifference { kind, ..conflict() };
        let differences = vec![of(SyncKind::ChangedBoth), of(SyncKind::NewHere), of(SyncKind::Conflict)];
        let look = SyncLook { look: 1, at: model::Timestamp(0), differences, up: 0, down: 0 };
        assert_eq!(counts(&look), [2, 1, 1]);
    }

    #[test]
    fn a_search_finds_names_and_places_by_a_part_of_them() {
        let place = SyncDifference { place: Some("cv_draft".into()), name: String::new(), ..conflict() };
        let found = |search: &str| [is_called(&conflict(), search), is_called(&place, search)];
        assert_eq!([found(""), found(" LAU "), found("draft")], [[true, true], [true, false], [false, true]]);
    }

    #[test]
    fn words_tell_what_differs() {
        assert_eq!(summary(&conflict()), "2 fields");
        assert_eq!(value(&SyncValue::Limit(Some(1_000_000))), "1,000,000");
        assert_eq!((host("https://api.example.com:444/app"), host("x")), ("api.example.com:444", "x"));
    }
}
