//! One limit in one window: what is used or reserved, and how much of it may be, because it is on disk already. What
//! is used never passes what was granted, so a crash can lose at most what was granted and not yet used.

use std::sync::Mutex;

use model::Timestamp;
use store::{Grant, Settled, Wish};

use super::window::Window;
use crate::live::held;

/// A block is this part of the cap: the most that a crash can lose, beside what is on its way.
const BLOCKS: u64 = 64;

/// One limit in one window.
#[derive(Debug)]
pub(crate) struct Account {
    scope: String,
    window: Window,
    /// What the log said when it was opened.
    logged: u64,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, Default)]
struct State {
    used: u64,
    granted: u64,
    /// What was asked for in vain since the last grant.
    wanted: u64,
    /// As the last caller knew it.
    cap: u64,
    /// Of what is used, what other servers were granted, as far as it was heard of.
    others: i64,
    /// Somebody was told that it is full since the last grant.
    refused: bool,
}

/// What came of asking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// It is reserved.
    Yes,
    /// It fits the cap, but more has to be granted first.
    Ungranted,
    /// It does not fit.
    Full { used: u64 },
}

impl Account {
    /// An account of which this much is in the log, or was granted before.
    pub(crate) fn new(scope: String, window: Window, logged: u64, leased: u64) -> Self {
        let spent = logged.max(leased);
        // Whose the granted is that is not in the log, nobody knows: others may give it back.
        let others = i64::try_from(leased.saturating_sub(logged)).unwrap_or(i64::MAX);
        let state = State { used: spent, granted: spent, others, ..State::default() };
        Self { scope, window, logged, state: Mutex::new(state) }
    }

    /// Reserves an amount.
    pub(crate) fn take(&self, amount: u64, cap: u64) -> Taken {
        let mut state = held(&self.state);
        state.cap = cap;
        let Some(after) = state.used.checked_add(amount).filter(|after| *after <= cap) else {
            state.refused = true;
            return Taken::Full { used: state.used };
        };
        if after > state.granted {
            state.wanted = state.wanted.saturating_add(amount);
            return Taken::Ungranted;
        }
        state.used = after;
        Taken::Yes
    }

    /// Puts what was used in place of what was reserved.
    pub(crate) fn settle(&self, reserved: u64, used: u64) {
        let mut state = held(&self.state);
        state.used = state.used.saturating_sub(reserved).saturating_add(used);
    }

    /// The grant to put on disk so that those who asked in vain are served, if there is any.
    pub(crate) fn due(&self) -> Option<Wish> {
        let state = held(&self.state);
        let block = state.cap / BLOCKS;
        if state.wanted == 0 && state.granted.saturating_sub(state.used) > block / 2 {
            return None;
        }
        let target = state.used.saturating_add(state.wanted).saturating_add(block).min(state.cap);
        let more = target.checked_sub(state.granted).filter(|more| *more > 0)?;
        Some(self.wish(&state, more))
    }

    /// A question after what other servers gave back, where somebody was refused because of what they hold.
    pub(crate) fn asks_again(&self) -> Option<Wish> {
        let state = held(&self.state);
        (state.refused && state.others > 0).then(|| self.wish(&state, 0))
    }

    fn wish(&self, state: &State, more: u64) -> Wish {
        let (scope, window_start) = (self.scope.clone(), self.window.start);
        Wish { scope, window_start, held: state.granted, more, cap: state.cap, logged: self.logged }
    }

    /// A grant is on disk. What other servers were granted meanwhile counts as used, as how much of it is, only they know; what
    /// they gave back does not.
    pub(crate) fn grant(&self, grant: Grant) {
        let mut state = held(&self.state);
        state.used = state.used.saturating_add_signed(grant.others);
        state.others = state.others.saturating_add(grant.others);
        state.granted = grant.granted;
        state.wanted = 0;
        state.refused = false;
    }

    /// What was used in the end.
    pub(crate) fn settled(&self) -> Settled {
        let state = held(&self.state);
        let (scope, window_start) = (self.scope.clone(), self.window.start);
        Settled { scope, window_start, held: state.granted, used: state.used }
    }

    pub(crate) fn used(&self) -> u64 {
        held(&self.state).used
    }

    pub(crate) fn resets_at(&self) -> Timestamp {
        self.window.end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn account(spent: u64) -> Account {
        let window = Window { start: Timestamp(0), end: Timestamp(86_400_000) };
        Account::new("config/1/daily_tokens".into(), window, spent, 0)
    }

    #[test]
    fn nothing_is_used_before_it_is_granted() {
        let account = account(0);
        assert_eq!(account.take(10, 640), Taken::Ungranted);
        assert_eq!(account.due().unwrap().more, 20, "what was asked for, and a block");
        account.grant(Grant { others: 0, granted: 20 });
        assert_eq!((account.take(10, 640), account.take(10, 640)), (Taken::Yes, Taken::Yes));
        assert_eq!(account.take(1, 640), Taken::Ungranted);
    }

    #[test]
    fn what_others_gave_back_is_there_again_and_is_asked_for_only_after_a_refusal() {
        let account = account(0);
        assert_eq!(account.take(10, 640), Taken::Ungranted);
        account.grant(Grant { others: 600, granted: 620 });
        assert_eq!((account.take(10, 640), account.asks_again()), (Taken::Yes, None));
        assert_eq!(account.take(40, 640), Taken::Full { used: 610 });
        let wish = account.asks_again().unwrap();
        assert_eq!((wish.held, wish.more), (620, 0));
        account.grant(Grant { others: -500, granted: 120 });
        assert_eq!((account.used(), account.asks_again()), (110, None));
        assert_eq!((account.take(10, 640), account.take(40, 640)), (Taken::Yes, Taken::Ungranted));
    }

    #[test]
    fn a_lower_cap_than_what_is_used_refuses_everything() {
        let account = account(100);
        assert_eq!(account.take(1, 50), Taken::Full { used: 100 });
        assert_eq!(account.due(), None);
    }

    proptest! {
        #[test]
        fn used_stays_within_granted_and_granted_within_the_cap(
            spent in 0_u64..500, cap in 1_u64..1_000, steps in prop::collection::vec((1_u64..60, 0_u64..=100, any::<bool>()), 1..200),
        ) {
            let (account, mut on_disk, mut open) = (account(spent), spent, Vec::new());
            for (amount, percent, settles) in steps {
                if settles {
                    if let Some(reserved) = open.pop() { account.settle(reserved, reserved * percent / 100) }
                    continue;
                }
                match account.take(amount, cap) {
                    Taken::Yes => open.push(amount),
                    Taken::Ungranted => {
                        let wish = account.due().unwrap();
                        prop_assert_eq!(wish.held, on_disk.max(spent));
                        on_disk = wish.held + wish.more;
                        prop_assert!(on_disk <= cap);
                        account.grant(Grant { others: 0, granted: on_disk });
                        prop_assert_eq!(account.take(amount, cap), Taken::Yes);
                        open.push(amount);
                    }
                    Taken::Full { used } => prop_assert!(used + amount > cap),
                }
                prop_assert!(account.used() <= on_disk);
                prop_assert!(account.used() <= cap.max(spent));
            }
        }
    }
}
