//! From looks to what is told: a jump is told once when it begins, goes on as long as looks see it, and is over when none
//! did for a while. What is a part of one that is told already is not told again.

use std::collections::BTreeMap;

use model::{Timestamp, insights::Measure};

use super::Jump;

/// It is over when no look saw it for so long: the longest of the times that are looked at.
pub const QUIET_MS: u64 = 15 * 60 * 1_000;
/// One that comes back within this time is still the same.
pub const REST_MS: u64 = 60 * 60 * 1_000;

/// Of what a habit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope {
    /// A configuration's number; `None` is the whole account.
    pub config: Option<i64>,
    /// Calls or cost.
    pub measure: Measure,
}

/// What a look changed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Change {
    /// It is to be told.
    Begins(Scope, Jump),
    /// One that was over is back.
    Returns(Scope),
    /// It was seen for the last time at this moment.
    Over(Scope, Timestamp),
}

#[derive(Clone, Copy, Debug)]
struct Episode {
    last: Timestamp,
    is_over: bool,
    /// It was a part of another when it began.
    is_silent: bool,
}

/// What goes on, and what went on lately.
#[derive(Clone, Debug, Default)]
pub struct Episodes(BTreeMap<Scope, Episode>);

impl Episodes {
    /// One that was told before this program started.
    pub fn restore(&mut self, scope: Scope, last: Timestamp, is_over: bool) {
        self.0.insert(scope, Episode { last, is_over, is_silent: false });
    }

    /// When it was last seen, of those that were told and are not over.
    pub fn going_on(&self) -> impl Iterator<Item = (Scope, Timestamp)> {
        let told = self.0.iter().filter(|(_, episode)| !episode.is_over && !episode.is_silent);
        told.map(|(scope, episode)| (*scope, episode.last))
    }

    /// Takes in a look: every scope that has a habit, the whole account first, and whether it jumped.
    pub fn look(
        &mut self,
        now: Timestamp,
        seen: impl IntoIterator<Item = (Scope, Option<Jump>)>,
    ) -> Vec<Change> {
        let mut changes = Vec::new();
        for (scope, jump) in seen {
            changes.extend(jump.and_then(|jump| self.jumped(now, scope, jump)));
        }
        for (scope, episode) in &mut self.0 {
            if !episode.is_over && now.since(episode.last) >= QUIET_MS {
                episode.is_over = true;
                changes.extend((!episode.is_silent).then_some(Change::Over(*scope, episode.last)));
            }
        }
        self.0.retain(|_, episode| now.since(episode.last) < REST_MS);
        changes
    }

    fn jumped(&mut self, now: Timestamp, scope: Scope, jump: Jump) -> Option<Change> {
        if let Some(episode) = self.0.get_mut(&scope) {
            let returns = std::mem::replace(&mut episode.is_over, false) && !episode.is_silent;
            episode.last = now;
            return returns.then_some(Change::Returns(scope));
        }
        let is_silent = self.0.iter().any(|(other, _)| is_part(scope, *other));
        self.0.insert(scope, Episode { last: now, is_over: false, is_silent });
        (!is_silent).then_some(Change::Begins(scope, jump))
    }
}

/// Whether a jump is likely the same as another: the whole jumps with each of its parts, and cost with calls.
fn is_part(scope: Scope, of: Scope) -> bool {
    scope.config.is_none() || of.config.is_none() || scope.config == of.config
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn scope(config: Option<i64>, measure: Measure) -> Scope {
        Scope { config, measure }
    }

    fn jump() -> Jump {
        Jump { window_s: 60, usual: 10.0, seen: 30.0 }
    }

    #[test]
    fn a_jump_is_told_once_and_is_over_a_quarter_of_an_hour_after_it_was_last_seen() {
        let (mut episodes, calls) = (Episodes::default(), scope(None, Measure::Calls));
        let mut look =
            |minute: i64, jumps: bool| episodes.look(Timestamp(minute * MINUTE), [(calls, jumps.then(jump))]);
        assert_eq!(look(0, true), [Change::Begins(calls, jump())]);
        assert_eq!(look(5, true), []);
        assert_eq!(look(19, false), []);
        assert_eq!(look(20, false), [Change::Over(calls, Timestamp(5 * MINUTE))]);
        assert_eq!(look(21, false), []);
        assert_eq!(look(30, true), [Change::Returns(calls)], "the same, within an hour");
        assert_eq!(look(45, false), [Change::Over(calls, Timestamp(30 * MINUTE))]);
        assert_eq!(look(90, false), []);
        assert_eq!(look(91, true), [Change::Begins(calls, jump())], "an hour later it is another");
    }

    #[test]
    fn what_is_a_part_of_a_jump_that_is_told_is_not_told_again() {
        let mut episodes = Episodes::default();
        let (one, two) = (scope(Some(1), Measure::Calls), scope(Some(2), Measure::Calls));
        let (whole, cost) = (scope(None, Measure::Calls), scope(Some(1), Measure::Cost));
        let seen = [(whole, None), (one, Some(jump())), (cost, Some(jump()))];
        assert_eq!(episodes.look(Timestamp(0), seen), [Change::Begins(one, jump())]);
        let later = episodes.look(Timestamp(MINUTE), [(whole, Some(jump())), (two, None)]);
        assert_eq!(later, [], "the whole account jumps with it");
        let mut fresh = Episodes::default();
        let both = fresh.look(Timestamp(0), [(one, Some(jump())), (two, Some(jump()))]);
        assert_eq!(both.len(), 2, "two configurations are two things");
    }

    #[test]
    fn one_that_was_told_before_a_restart_goes_on() {
        let (mut episodes, calls) = (Episodes::default(), scope(None, Measure::Calls));
        episodes.restore(calls, Timestamp(0), false);
        assert_eq!(episodes.look(Timestamp(MINUTE), [(calls, Some(jump()))]), []);
        assert_eq!(episodes.going_on().collect::<Vec<_>>(), [(calls, Timestamp(MINUTE))]);
    }
}
