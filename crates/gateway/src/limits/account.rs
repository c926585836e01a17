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
    /// An account of which this much was used or granted before.
    pub(crate) fn new(scope: String, window: Window, spent: u64) -> Self {
        let state = State { used: spent, granted: spent, ..State::default() };
        Self { scope, window, state: Mutex::new(state) }
    }

    /// Reserves an amount.
    pub(crate) fn take(&self, amount: u64, cap: u64) -> Taken {
        let mut state = held(&self.state);
        state.cap = cap;
        let Some(after) = state.used.checked_add(amount).filter(|after| *after <= cap) else {
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
        let (scope, window_start) = (self.scope.clone(), self.window.start);
        Some(Wish { scope, window_start, held: state.granted, more, cap: state.cap })
    }

    /// A grant is on disk. What other servers were granted meanwhile counts as used: how much of it is, only they know.
    pub(crate) fn grant(&self, grant: Grant) {
        let mut state = held(&self.state);
        state.used = state.used.saturating_add(grant.others);
        state.granted = state.granted.max(grant.granted);
        state.wanted = 0;
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
        Account::new("config/1/daily_tokens".into(), window, spent)
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
