//! What the vendor says of its own limits: until when a configuration is left alone. Pure: it is told the time.

use model::{CallError, ErrorClass, Timestamp};
use providers::{Allowance, VendorLimits};

/// Without a hint, a rate limit is taken to last so long, in milliseconds.
const NO_HINT_MS: u64 = 1_000;

/// What a call is likely to take of a vendor's limits. An estimate, because a wrong one only costs a refusal that is
/// waited for, while a bound would leave a vendor alone that has room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Likely {
    pub(crate) input: u64,
    pub(crate) output: u64,
}

/// One configuration's.
#[derive(Debug, Default)]
pub(crate) struct Throttle {
    /// The vendor asked to wait until a tick.
    until: u64,
    requests: Option<Left>,
    tokens: Option<Left>,
    input_tokens: Option<Left>,
    output_tokens: Option<Left>,
}

/// What the vendor said is left. Its moment is kept as a tick from when it is told, so that a wall clock that is set
/// does not move it.
#[derive(Clone, Copy, Debug)]
struct Left {
    limit: u64,
    remaining: u64,
    resets: u64,
}

impl Throttle {
    /// The tick until which a call has to wait.
    pub(crate) fn cooling(&self, now: u64, likely: Likely) -> Option<u64> {
        let short = |left: Option<Left>, needed: u64| {
            // More than all of it is never there.
            let short = left.filter(|left| left.remaining < needed.min(left.limit))?;
            Some(short.resets).filter(|tick| *tick > now)
        };
        let asked = (self.until > now).then_some(self.until);
        [
            asked,
            short(self.requests, 1),
            short(self.tokens, likely.input.saturating_add(likely.output)),
            short(self.input_tokens, likely.input),
            short(self.output_tokens, likely.output),
        ]
        .into_iter()
        .flatten()
        .max()
    }

    /// What an answer's headers said. What they do not say is as before. `tick_of` knows when a moment of the vendor's
    /// will be.
    pub(crate) fn told(&mut self, limits: &VendorLimits, tick_of: impl Fn(Timestamp) -> u64) {
        let said = |known: &mut Option<Left>, allowance: Option<Allowance>| {
            let Some(Allowance { limit, remaining, resets_at }) = allowance else { return };
            *known = remaining.zip(resets_at).map(|(remaining, moment)| Left {
                limit: limit.unwrap_or(u64::MAX),
                remaining,
                resets: tick_of(moment),
            });
        };
        said(&mut self.requests, limits.requests);
        said(&mut self.tokens, limits.tokens);
        said(&mut self.input_tokens, limits.input_tokens);
        said(&mut self.output_tokens, limits.output_tokens);
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

    fn tick_of(moment: Timestamp) -> u64 {
        moment.0.unsigned_abs()
    }

    fn left(remaining: u64, limit: u64, resets_at: i64) -> Option<Allowance> {
        let resets_at = Some(Timestamp(resets_at));
        Some(Allowance { limit: Some(limit), remaining: Some(remaining), resets_at })
    }

    fn cooling(throttle: &Throttle, now: u64, input: u64) -> Option<u64> {
        throttle.cooling(now, Likely { input, output: 1 })
    }

    #[test]
    fn a_hint_is_kept_for_everyone_and_a_shorter_one_does_not_shorten_it() {
        let mut throttle = Throttle::default();
        let hinted = |ms| CallError { retry_after_ms: Some(ms), ..failed(ErrorClass::RateLimit) };
        throttle.failed(&hinted(20_000), 0);
        throttle.failed(&hinted(1_000), 0);
        assert_eq!((cooling(&throttle, 5, 1), cooling(&throttle, 20_000, 1)), (Some(20_000), None));
    }

    #[test]
    fn a_call_waits_for_the_allowance_that_does_not_hold_it() {
        let mut throttle = Throttle::default();
        let tokens = left(500, 30_000, 6_000);
        throttle
            .told(&VendorLimits { requests: left(3, 9, 900), tokens, ..VendorLimits::default() }, tick_of);
        assert_eq!((cooling(&throttle, 0, 400), cooling(&throttle, 0, 500)), (None, Some(6_000)));
        throttle.told(&VendorLimits { requests: left(0, 9, 900), ..VendorLimits::default() }, tick_of);
        assert_eq!((cooling(&throttle, 0, 1), cooling(&throttle, 900, 1)), (Some(900), None));
    }

    #[test]
    fn claudes_input_and_output_are_counted_apart() {
        let mut throttle = Throttle::default();
        let input_tokens = left(100, 1_000, 700);
        let output_tokens = left(0, 1_000, 800);
        throttle.told(&VendorLimits { input_tokens, ..VendorLimits::default() }, tick_of);
        assert_eq!((cooling(&throttle, 0, 100), cooling(&throttle, 0, 101)), (None, Some(700)));
        throttle.told(&VendorLimits { output_tokens, ..VendorLimits::default() }, tick_of);
        assert_eq!(cooling(&throttle, 0, 1), Some(800));
    }

    #[test]
    fn a_call_above_the_whole_limit_waits_only_for_all_of_it() {
        let mut throttle = Throttle::default();
        throttle.told(&VendorLimits { tokens: left(1_000, 1_000, 700), ..VendorLimits::default() }, tick_of);
        assert_eq!(cooling(&throttle, 0, 5_000), None);
    }

    #[test]
    fn other_failures_ask_nobody_to_wait() {
        let mut throttle = Throttle::default();
        throttle.failed(&CallError { retry_after_ms: Some(9_000), ..failed(ErrorClass::BadRequest) }, 0);
        throttle.failed(&failed(ErrorClass::Server), 0);
        assert_eq!(cooling(&throttle, 0, 1), None);
    }
}
