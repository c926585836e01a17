//! What the vendor says of its own limits: until when a configuration is left alone. Pure: it is told the time.

use model::{CallError, ErrorClass};

/// Without a hint, a rate limit is taken to last so long, in milliseconds.
const NO_HINT_MS: u64 = 1_000;

/// What is left of one of the vendor's limits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Allowance {
    /// What is left.
    pub(crate) left: u64,
    /// The tick at which it starts anew.
    pub(crate) resets_at: u64,
}

/// One configuration's.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    /// The vendor asked to wait until a tick.
    until: u64,
    requests: Option<Allowance>,
    tokens: Option<Allowance>,
}

impl Throttle {
    /// The tick until which a call that may take so many tokens has to wait.
    pub(crate) fn cooling(&self, now: u64, tokens: u64) -> Option<u64> {
        let short = |allowance: Option<Allowance>, needed| {
            allowance.filter(|one| one.left < needed && one.resets_at > now).map(|one| one.resets_at)
        };
        let asked = (self.until > now).then_some(self.until);
        // A vendor's allowance is an amount that refills: with none used the call must be tried, or it never could be.
        [asked, short(self.requests, 1), short(self.tokens, tokens)].into_iter().flatten().max()
    }

    /// What an answer's headers said. What they do not say is as before.
    pub(crate) fn told(&mut self, requests: Option<Allowance>, tokens: Option<Allowance>) {
        self.requests = requests.or(self.requests);
        self.tokens = tokens.or(self.tokens);
    }

    /// A call failed.
    pub(crate) fn failed(&mut self, error: &CallError, now: u64) {
        let wait = match (error.retry_after_ms, error.class) {
            (Some(ms), ErrorClass::RateLimit | ErrorClass::Overloaded | ErrorClass::Quota) => ms,
            (None, ErrorClass::RateLimit) => NO_HINT_MS,
            _ => return,
        };
        self.until = self.until.max(now.saturating_add(wait));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::failed;

    #[test]
    fn a_hint_is_kept_for_everyone_and_a_shorter_one_does_not_shorten_it() {
        let mut throttle = Throttle::default();
        let hinted = |ms| CallError { retry_after_ms: Some(ms), ..failed(ErrorClass::RateLimit) };
        throttle.failed(&hinted(20_000), 0);
        throttle.failed(&hinted(1_000), 0);
        assert_eq!((throttle.cooling(5, 1), throttle.cooling(20_000, 1)), (Some(20_000), None));
    }

    #[test]
    fn a_call_waits_for_the_allowance_that_does_not_hold_it() {
        let mut throttle = Throttle::default();
        throttle.told(
            Some(Allowance { left: 3, resets_at: 900 }),
            Some(Allowance { left: 500, resets_at: 6_000 }),
        );
        assert_eq!((throttle.cooling(0, 400), throttle.cooling(0, 501)), (None, Some(6_000)));
        throttle.told(Some(Allowance { left: 0, resets_at: 900 }), None);
        assert_eq!((throttle.cooling(0, 1), throttle.cooling(900, 1)), (Some(900), None));
    }

    #[test]
    fn other_failures_ask_nobody_to_wait() {
        let mut throttle = Throttle::default();
        throttle.failed(&CallError { retry_after_ms: Some(9_000), ..failed(ErrorClass::BadRequest) }, 0);
        throttle.failed(&failed(ErrorClass::Server), 0);
        assert_eq!(throttle.cooling(0, 1), None);
    }
}
