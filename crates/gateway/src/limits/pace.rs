//! Requests and tokens a minute and calls at the same time: limits that need no memory beyond a minute, so nothing that passed is on
//! disk. Pure: it is told the time.

use model::limits::LimitKind;

use super::{
    minute::{Cap, Look, Minute},
    rate::Full,
};

/// Caps, where there are any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Caps {
    pub(crate) requests: Option<u64>,
    pub(crate) tokens: Option<u64>,
    /// Each server's own.
    pub(crate) calls: Option<u64>,
    /// Those by the minute are shared with other servers.
    pub(crate) shared: bool,
}

/// What is used of them.
#[derive(Debug, Default)]
pub(crate) struct Pace {
    requests: Minute,
    tokens: Minute,
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

/// Why a call is not let through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Slow {
    TooFast(TooFast),
    /// A larger share of a limit has to be granted first.
    Short,
}

impl Pace {
    /// Lets a call through that may take so many tokens.
    pub(crate) fn start(&mut self, now: u64, tokens: u64, caps: &Caps) -> Result<Stride, Slow> {
        if let Some(too_fast) = self.busy(caps) {
            return Err(Slow::TooFast(too_fast));
        }
        let looks = self.looks(now, tokens, caps);
        if looks.iter().any(|(.., look)| *look != Look::Fits) {
            self.want(tokens, caps, &looks);
            return Err(too_fast(&looks, tokens).map_or(Slow::Short, Slow::TooFast));
        }
        let request_second = caps.requests().and_then(|cap| self.requests.take(now, 1, cap));
        let token_second = caps.tokens().and_then(|cap| self.tokens.take(now, tokens, cap));
        self.running += 1;
        Ok(Stride { request_second, token_second, tokens })
    }

    /// Why a call would not be let through, as far as it is known here.
    pub(crate) fn too_fast(&mut self, now: u64, tokens: u64, caps: &Caps) -> Option<TooFast> {
        self.busy(caps).or_else(|| too_fast(&self.looks(now, tokens, caps), tokens))
    }

    /// One of its minutes; `None` for a limit of another kind.
    pub(crate) fn minute(&mut self, kind: LimitKind) -> Option<&mut Minute> {
        match kind {
            LimitKind::RequestsPerMinute => Some(&mut self.requests),
            LimitKind::TokensPerMinute => Some(&mut self.tokens),
            _ => None,
        }
    }

    fn busy(&self, caps: &Caps) -> Option<TooFast> {
        let (cap, used) = (caps.calls?, self.running);
        let kind = LimitKind::ConcurrentCalls;
        (used >= cap).then_some(TooFast { kind, cap, used, room_at: None })
    }

    fn looks(&mut self, now: u64, tokens: u64, caps: &Caps) -> [(LimitKind, u64, Look); 2] {
        let look = |minute: &mut Minute, amount, cap: Option<Cap>| {
            cap.map_or((0, Look::Fits), |cap| (cap.most, minute.look(now, amount, cap)))
        };
        let (requests, of_requests) = look(&mut self.requests, 1, caps.requests());
        let (most_tokens, of_tokens) = look(&mut self.tokens, tokens, caps.tokens());
        [
            (LimitKind::RequestsPerMinute, requests, of_requests),
            (LimitKind::TokensPerMinute, most_tokens, of_tokens),
        ]
    }

    fn want(&mut self, tokens: u64, caps: &Caps, looks: &[(LimitKind, u64, Look); 2]) {
        let [(.., of_requests), (.., of_tokens)] = looks;
        if let Some(cap) = caps.requests().filter(|_| *of_requests != Look::Fits) {
            self.requests.want(1, cap);
        }
        if let Some(cap) = caps.tokens().filter(|cap| *of_tokens != Look::Fits && tokens <= cap.most) {
            self.tokens.want(tokens, cap);
        }
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

impl Caps {
    fn requests(&self) -> Option<Cap> {
        self.requests.map(|most| Cap { most, shared: self.shared })
    }

    fn tokens(&self) -> Option<Cap> {
        self.tokens.map(|most| Cap { most, shared: self.shared })
    }
}

fn too_fast(looks: &[(LimitKind, u64, Look)], tokens: u64) -> Option<TooFast> {
    looks.iter().find_map(|(kind, cap, look)| match look {
        Look::Full(Full { used, room_at }) => {
            // A later minute has room for a call, unless it is larger than a whole one.
            let never = *kind == LimitKind::TokensPerMinute && tokens > *cap;
            let room_at = (!never).then_some(*room_at);
            Some(TooFast { kind: *kind, cap: *cap, used: *used, room_at })
        }
        Look::Fits | Look::Short => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CAPS: Caps = Caps { requests: Some(3), tokens: Some(100), calls: Some(2), shared: false };

    fn kind(refused: Result<Stride, Slow>) -> LimitKind {
        let Err(Slow::TooFast(too_fast)) = refused else { panic!("{refused:?}") };
        too_fast.kind
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
