//! The plan: every difference in both directions, where each goes, what waits for a person, and the steps that would be taken. Making
//! it changes nothing, here or there.

mod field;
mod place;
mod record;

use std::collections::BTreeSet;

use model::{ProviderId, ProviderType};

pub(crate) use self::field::filled;
pub use self::{
    field::{FieldDifference, fields_of, put_fields},
    place::HolderDifference,
};
use crate::{
    keeper::Down,
    look::{self, Accept, Suspicion, take_note},
    merge::{Goes, Why},
    record::{Fields, Here, Place, There},
    state::{About, Changing, Choice, Datum, Side, State, StateChange, Who},
};

/// Every difference between this computer and a remote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// In the order in which they are shown.
    pub differences: Vec<Difference>,
    pub(crate) steps: Vec<Step>,
    /// What was learned by looking, to be kept before anything is done.
    pub(crate) changes: Vec<StateChange>,
}

/// What is not the same on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Of what.
    pub subject: Subject,
    /// What people call it; empty for a place.
    pub name: String,
    /// Its type; `None` for a place.
    pub provider_type: Option<ProviderType>,
    /// In which way.
    pub kind: Kind,
    /// Its fields that differ.
    pub fields: Vec<FieldDifference>,
    /// Of a place: its holders.
    pub holders: Option<HolderDifference>,
    /// Whether its key goes up.
    pub sends_key: bool,
    /// What has to be done before it can go.
    pub waits: Option<Waits>,
    /// What a person has to decide, each by itself.
    pub conflicts: Vec<Conflict>,
}

/// What a difference is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// A configuration, by what is known of it on each side.
    Record {
        /// Here.
        here: Option<ProviderId>,
        /// There, by its number.
        there: Option<i64>,
    },
    /// Who holds a place.
    Place(Place),
}

/// In which way something differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Only here, and never there.
    NewHere,
    /// Only there, and never here.
    NewThere,
    /// Deleted here.
    DeletedHere,
    /// Deleted there.
    DeletedThere,
    /// Changed here.
    ChangedHere,
    /// Changed there.
    ChangedThere,
    /// Changed on both sides, in different fields.
    ChangedBoth,
    /// A person has to decide.
    Conflict,
}

/// What has to be done before something can go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Waits {
    /// Its key has to be chosen to go along: the remote asks for one, and no key goes by itself.
    ForKey,
    /// What the remote shows cannot be used here; a sentence says why.
    ForRemote(String),
}

/// A question to a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// About what.
    pub about: About,
    /// Why it is asked.
    pub why: Why,
    /// What both sides last had, where that is known.
    pub base: Option<Datum>,
    /// This computer's part.
    pub ours: Datum,
    /// The remote's part.
    pub theirs: Datum,
}

impl Conflict {
    /// The answer, to be kept by [`crate::Keeper::commit`]. It holds for exactly what was shown.
    pub fn choose(&self, take: Side) -> StateChange {
        let choice = Choice { ours: self.ours.clone(), theirs: self.theirs.clone(), take };
        StateChange::Choice(self.about, Some(choice))
    }
}

/// One effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// On the remote: change fields, and the key where it was chosen.
    Update { id: ProviderId, number: i64, fields: Fields, key: bool },
    /// On the remote: create.
    Create { id: ProviderId },
    /// On the remote: hand a place to somebody or nobody.
    Place { place: Place, to: Option<ProviderId>, was: BTreeSet<Who> },
    /// On the remote: delete.
    Delete { id: ProviderId, number: i64 },
    /// Here.
    Down { down: Down, about: Vec<About> },
    /// Here: a new configuration of that number, by this id where it has to have one.
    Insert { number: i64, id: Option<ProviderId> },
    /// Here: who holds a place.
    DownPlace { place: Place, holder: Option<Who> },
}

impl Step {
    pub(crate) fn is_up(&self) -> bool {
        matches!(self, Self::Update { .. } | Self::Create { .. } | Self::Place { .. } | Self::Delete { .. })
    }

    /// Whether it is about this configuration.
    pub(crate) fn is_of(&self, one: ProviderId) -> bool {
        match self {
            Self::Update { id, .. } | Self::Create { id } | Self::Delete { id, .. } => *id == one,
            Self::Down { down, .. } => match down {
                Down::Insert { id, .. } | Down::Change { id, .. } | Down::Remove { id, .. } => *id == one,
                Down::Place { .. } => false,
            },
            Self::Insert { id, .. } => *id == Some(one),
            Self::Place { .. } | Self::DownPlace { .. } => false,
        }
    }

    /// What frees names and places comes late, what needs them later still; what is refused is tried again.
    fn order(&self) -> u8 {
        match self {
            Self::Update { .. } => 0,
            Self::Create { .. } => 1,
            Self::Place { .. } => 2,
            Self::Delete { .. } => 3,
            Self::Down { down: Down::Change { .. }, .. } => 4,
            Self::Insert { .. } => 5,
            Self::DownPlace { .. } => 6,
            Self::Down { .. } => 7,
        }
    }
}

impl Plan {
    /// Compares both sides with what they last agreed on. `state` becomes what is known after the look.
    ///
    /// # Errors
    /// The remote is not believed.
    pub fn make(here: &Here, there: &There, state: &mut State, accept: Accept) -> Result<Self, Suspicion> {
        look::inspect(here, there, state, accept)?;
        let mut plan = Self::default();
        let mut changing = Changing { state, changes: &mut plan.changes };
        take_note(&mut changing, here, there);
        let mut making = Making {
            here,
            there,
            changing,
            used: BTreeSet::new(),
            loose: BTreeSet::new(),
            differences: Vec::new(),
            steps: Vec::new(),
        };
        making.records();
        making.places();
        making.forget_choices();
        let Making { differences, mut steps, .. } = making;
        steps.sort_by_key(Step::order);
        (plan.differences, plan.steps) = (differences, steps);
        Ok(plan)
    }

    /// Whether both sides are the same.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Steps that would be taken on the remote, and here.
    pub fn steps(&self) -> (usize, usize) {
        let up = self.steps.iter().filter(|step| step.is_up()).count();
        (up, self.steps.len() - up)
    }

    /// Every question.
    pub fn conflicts(&self) -> impl Iterator<Item = &Conflict> {
        self.differences.iter().flat_map(|difference| &difference.conflicts)
    }
}

/// A plan that is being made.
struct Making<'a> {
    here: &'a Here,
    there: &'a There,
    changing: Changing<'a>,
    /// Decisions that still answer a question.
    used: BTreeSet<About>,
    /// Types and names of what only the remote has.
    loose: BTreeSet<(ProviderType, String)>,
    differences: Vec<Difference>,
    steps: Vec<Step>,
}

impl Making<'_> {
    /// Where something goes, a decision counted in; or the question.
    fn decide(
        &mut self,
        goes: Goes,
        about: About,
        (base, ours, theirs): (Option<Datum>, Datum, Datum),
    ) -> Result<Goes, Conflict> {
        let Goes::Undecided(why) = goes else { return Ok(goes) };
        let choice = self.changing.state.choices.get(&about);
        let side =
            choice.filter(|choice| choice.ours == ours && choice.theirs == theirs).map(|choice| choice.take);
        let several = why == Why::SeveralHolders && side == Some(Side::Theirs);
        match goes.decided(side) {
            Goes::Undecided(_) => Err(Conflict { about, why, base, ours, theirs }),
            _ if several => Err(Conflict { about, why, base, ours, theirs }),
            goes => {
                self.used.insert(about);
                Ok(goes)
            }
        }
    }

    /// An answer whose question is gone must not answer a later one.
    fn forget_choices(&mut self) {
        let stale = self.changing.state.choices.keys().filter(|about| !self.used.contains(about));
        for about in stale.copied().collect::<Vec<_>>() {
            self.changing.make(StateChange::Choice(about, None));
        }
    }
}
