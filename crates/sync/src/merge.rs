//! The three-way merge of one value: against what both sides last had.

use crate::state::Side;

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Goes {
    /// Nowhere: both have it.
    Same,
    /// From here to the remote.
    Up,
    /// From the remote to here.
    Down,
    /// Nowhere before a person decided.
    Undecided(Why),
}

/// Why a person has to decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Both sides changed it since they last agreed.
    BothChanged,
    /// Both sides never agreed on it: they had it before they met, or the remote lost what was agreed.
    NeverAgreed,
    /// A request was cut, and the remote was changed since, by it or by somebody else.
    Interrupted,
    /// The remote lets several configurations hold what only one can hold here.
    SeveralHolders,
}

/// Judges a value. `doubtful` says that the common state is not certain.
pub(crate) fn judge<T: PartialEq>(base: Option<&T>, ours: &T, theirs: &T, doubtful: bool) -> Goes {
    match base {
        _ if ours == theirs => Goes::Same,
        None => Goes::Undecided(Why::NeverAgreed),
        Some(_) if doubtful => Goes::Undecided(Why::Interrupted),
        Some(base) if base == theirs => Goes::Up,
        Some(base) if base == ours => Goes::Down,
        Some(_) => Goes::Undecided(Why::BothChanged),
    }
}

impl Goes {
    /// With what a person decided.
    pub(crate) fn decided(self, side: Option<Side>) -> Self {
        match (self, side) {
            (Self::Undecided(_), Some(Side::Ours)) => Self::Up,
            (Self::Undecided(_), Some(Side::Theirs)) => Self::Down,
            (goes, _) => goes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_side_changed_goes_to_the_other() {
        assert_eq!(judge(Some(&1), &2, &1, false), Goes::Up);
        assert_eq!(judge(Some(&1), &1, &2, false), Goes::Down);
    }

    #[test]
    fn what_both_changed_alike_is_the_same_and_otherwise_a_question() {
        assert_eq!(judge(Some(&1), &2, &2, false), Goes::Same);
        assert_eq!(judge(Some(&1), &2, &3, false), Goes::Undecided(Why::BothChanged));
        assert_eq!(judge(None, &2, &3, false), Goes::Undecided(Why::NeverAgreed));
    }

    #[test]
    fn a_doubtful_common_state_overwrites_nothing() {
        for (ours, theirs) in [(2, 1), (1, 2), (2, 3)] {
            assert_eq!(judge(Some(&1), &ours, &theirs, true), Goes::Undecided(Why::Interrupted));
        }
        assert_eq!(judge(Some(&1), &2, &2, true), Goes::Same);
    }

    #[test]
    fn a_decision_moves_only_what_is_undecided() {
        assert_eq!(Goes::Undecided(Why::BothChanged).decided(Some(Side::Ours)), Goes::Up);
        assert_eq!(Goes::Down.decided(Some(Side::Ours)), Goes::Down);
    }
}
