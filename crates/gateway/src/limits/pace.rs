//! Requests and tokens a minute and calls at the same time: limits that need no memory beyond a minute, so nothing of
//! them is on disk. Pure: it is told the time.

use model::limits::LimitKind;

use super::rate::{Full, Rate};

/// Caps, where there are any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caps {
    pub(crate) requests: Option<u64>,
    pub(crate) tokens: Option<u64>,
    pub(crate) calls: Option<u64>,
}

/// What is used of them.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    requests: Rate,
    tokens: Rate,
    running: u64,
}

/// A call that was let through; hand it back when the call has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stride {
    request_second: Option<u64>,
    token_second: Option<u64>,
    tokens: u64,
}

/// A limit leaves no room.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct TooFast {
    pub(crate) kind: LimitKind,
    pub(crate) cap: u64,
    pub(crate) used: u64,
    /// The tick at which there may be room; `None` when another call has to end first.
    pub(crate) room_at: Option<u64>,
}

impl Pace {
    /// Lets a call through that may take so many tokens.
    pub(crate) fn start(&mut self, now: u64, tokens: u64, caps: &Caps) -> Result<Stride, TooFast> {
        if let Some(too_fast) = self.too_fast(now, tokens, caps) {
            return Err(too_fast);
        }
        let request_second = caps.requests.and_then(|cap| self.requests.take(now, 1, cap).ok());
        let token_second = caps.tokens.and_then(|cap| self.tokens.take(now, tokens, cap).ok());
        self.running += 1;
        Ok(Stride { request_second, token_second, tokens })
    }

    /// Why a call would not be let through.
    pub(crate) fn too_fast(&mut self, now: u64, tokens: u64, caps: &Caps) -> Option<TooFast> {
        if let Some(cap) = caps.calls.filter(|cap| self.running >= *cap) {
            let used = self.running;
            return Some(TooFast { kind: LimitKind::ConcurrentCalls, cap, used, room_at: None });
        }
        let full =
            |kind, cap, full: Full| TooFast { kind, cap, used: full.used, room_at: Some(full.room_at) };
        let requests = caps.requests.and_then(|cap| {
            self.requests.full(now, 1, cap).map(|one| full(LimitKind::RequestsPerMinute, cap, one))
        });
        requests.or_else(|| {
            let cap = caps.tokens?;
            self.tokens.full(now, tokens, cap).map(|one| full(LimitKind::TokensPerMinute, cap, one))
        })
    }

    /// A call has ended and took so many tokens.
    pub(crate) fn end(&mut self, stride: Stride, used: u64) {
        self.running = self.running.saturating_sub(1);
        if let Some(second) = stride.token_second {
            self.tokens.settle(second, stride.tokens, used);
        }
    }

    /// A call was not made after all.
    pub(crate) fn undo(&mut self, stride: Stride) {
        self.end(stride, 0);
        if let Some(second) = stride.request_second {
            self.requests.settle(second, 1, 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPS: Caps = Caps { requests: Some(3), tokens: Some(100), calls: Some(2) };

    fn kind(refused: Result<Stride, TooFast>) -> LimitKind {
        refused.unwrap_err().kind
    }

    #[test]
    fn each_cap_holds_and_is_named() {
        let mut pace = Pace::default();
        let first = pace.start(0, 40, &CAPS).unwrap();
        assert_eq!(kind(pace.start(0, 61, &CAPS)), LimitKind::TokensPerMinute);
        let second = pace.start(0, 60, &CAPS).unwrap();
        assert_eq!(kind(pace.start(0, 0, &CAPS)), LimitKind::ConcurrentCalls);
        pace.end(first, 10);
        pace.end(second, 10);
        pace.start(0, 80, &CAPS).unwrap();
        assert_eq!(kind(pace.start(0, 0, &CAPS)), LimitKind::RequestsPerMinute);
        assert!(pace.start(61_000, 20, &CAPS).is_ok());
    }

    #[test]
    fn a_call_that_was_not_made_leaves_no_trace() {
        let mut pace = Pace::default();
        for _ in 0..10 {
            let stride = pace.start(0, 100, &CAPS).unwrap();
            pace.undo(stride);
        }
    }

    #[test]
    fn without_caps_everything_passes() {
        let mut pace = Pace::default();
        for _ in 0..10_000 {
            pace.start(0, u64::MAX, &Caps::default()).unwrap();
        }
    }
}
