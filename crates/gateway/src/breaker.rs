//! A configuration's circuit breaker: turns calls away while most of the last ones failed, so that callers meet the
//! failure once and not each by himself. Pure: it is told the time, and what became of calls.

use std::collections::VecDeque;

/// So many of the last outcomes are looked at.
const LAST: usize = 10;
/// So many failures among them open it.
const FAILURES: usize = 5;
/// Outcomes older than this say nothing any more, in milliseconds.
const MEMORY_MS: u64 = 60_000;
/// The first pause; each further one is twice as long.
const PAUSE_MS: u64 = 5_000;
/// The longest pause.
const LONGEST_PAUSE_MS: u64 = 300_000;
/// A used-up quota may be a day's, which comes back by itself; a call finds out, at most this often.
const QUOTA_PAUSE_MS: u64 = 1_800_000;

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It went well.
    Good,
    /// The vendor, the way to it or its answer was at fault.
    Bad,
    /// The key is refused or may not do this.
    BadKey,
    /// Nothing is left to pay with.
    NoCredit,
    /// It says nothing: the request was at fault, the vendor's rate limit, or the caller went away.
    Nothing,
}

/// Why a call is turned away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turned {
    /// Until a tick.
    Until(u64),
    /// Until a person acts.
    ForGood,
}

/// A call that was let through. Hand it back with what became of the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pass {
    epoch: u64,
    is_probe: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Closed,
    /// Open until a tick, then one call is let through.
    Open {
        until: u64,
        no_credit: bool,
    },
    /// One call is on its way.
    Probing,
    BadKey,
}

/// The breaker.
#[derive(Debug)]
pub(crate) struct Breaker {
    phase: Phase,
    outcomes: VecDeque<(u64, bool)>,
    /// How often it opened in a row.
    openings: u32,
    /// Rises with each change of phase: what calls from before it report does not count any more.
    epoch: u64,
}

/// What the health page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shown {
    Closed,
    HalfOpen,
    Open { until: u64 },
    CannotProbe,
}

impl Default for Breaker {
    fn default() -> Self {
        Self { phase: Phase::Closed, outcomes: VecDeque::with_capacity(LAST), openings: 0, epoch: 0 }
    }
}

impl Breaker {
    /// Lets a call through or turns it away.
    pub(crate) fn admit(&mut self, now: u64) -> Result<Pass, Turned> {
        if let Some(turned) = self.turned(now) {
            return Err(turned);
        }
        let is_probe = self.phase != Phase::Closed;
        if is_probe {
            self.enter(Phase::Probing);
        }
        Ok(Pass { epoch: self.epoch, is_probe })
    }

    /// Whether a call would be turned away.
    pub(crate) fn turned(&self, now: u64) -> Option<Turned> {
        match self.phase {
            Phase::Open { until, .. } if now < until => Some(Turned::Until(until)),
            // The one that is on its way will not take long; a guess keeps others from waiting for it.
            Phase::Probing => Some(Turned::Until(now.saturating_add(PAUSE_MS))),
            Phase::BadKey => Some(Turned::ForGood),
            Phase::Closed | Phase::Open { .. } => None,
        }
    }

    /// A call that was let through is being answered: a probe has found out what it was sent for, and goes on as any other.
    pub(crate) fn is_answering(&mut self, pass: Pass, now: u64) -> Pass {
        if !pass.is_probe || pass.epoch != self.epoch {
            return pass;
        }
        self.record(pass, Outcome::Good, now);
        Pass { epoch: self.epoch, is_probe: false }
    }

    /// Takes note of what became of a call.
    pub(crate) fn record(&mut self, pass: Pass, outcome: Outcome, now: u64) {
        if pass.epoch != self.epoch {
            return;
        }
        match outcome {
            Outcome::BadKey => self.enter(Phase::BadKey),
            Outcome::NoCredit => {
                let until = now.saturating_add(QUOTA_PAUSE_MS);
                self.enter(Phase::Open { until, no_credit: true });
            }
            Outcome::Good if pass.is_probe => self.close(),
            Outcome::Bad if pass.is_probe => self.open(now),
            // The probe said nothing, so the next call is one.
            Outcome::Nothing if pass.is_probe => self.enter(Phase::Open { until: now, no_credit: false }),
            Outcome::Good | Outcome::Bad => self.count(outcome == Outcome::Bad, now),
            Outcome::Nothing => {}
        }
    }

    /// A person changed the configuration: what was known of it does not hold any more.
    pub(crate) fn reset(&mut self) {
        self.close();
    }

    /// A person had the key tested, and it works: the next call may try. A test that nobody asked for says too little:
    /// a vendor may list its models for a key that may not use them.
    pub(crate) fn key_works(&mut self, now: u64) {
        if matches!(self.phase, Phase::BadKey | Phase::Open { no_credit: true, .. }) {
            self.enter(Phase::Open { until: now, no_credit: false });
        }
    }

    /// A cheap probe found that the vendor does not accept the key: no call has to find out.
    pub(crate) fn key_fails(&mut self) {
        if self.phase != Phase::BadKey {
            self.enter(Phase::BadKey);
        }
    }

    /// What to show.
    pub(crate) fn shown(&self, now: u64) -> Shown {
        match self.phase {
            Phase::Closed => Shown::Closed,
            Phase::Open { no_credit: true, .. } | Phase::BadKey => Shown::CannotProbe,
            Phase::Open { until, .. } if now < until => Shown::Open { until },
            Phase::Open { .. } | Phase::Probing => Shown::HalfOpen,
        }
    }

    fn count(&mut self, bad: bool, now: u64) {
        self.outcomes.push_back((now, bad));
        let old = |&(at, _): &(u64, bool)| at.saturating_add(MEMORY_MS) < now;
        while self.outcomes.len() > LAST || self.outcomes.front().is_some_and(old) {
            self.outcomes.pop_front();
        }
        if self.outcomes.iter().filter(|(_, bad)| *bad).count() >= FAILURES {
            self.open(now);
        }
    }

    fn open(&mut self, now: u64) {
        let pause = PAUSE_MS.saturating_mul(1 << self.openings.min(10)).min(LONGEST_PAUSE_MS);
        self.openings = self.openings.saturating_add(1);
        self.enter(Phase::Open { until: now.saturating_add(pause), no_credit: false });
    }

    fn close(&mut self) {
        self.openings = 0;
        self.enter(Phase::Closed);
    }

    fn enter(&mut self, phase: Phase) {
        self.phase = phase;
        self.outcomes.clear();
        self.epoch += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn fail(breaker: &mut Breaker, times: usize, now: u64) {
        for _ in 0..times {
            let pass = breaker.admit(now).unwrap();
            breaker.record(pass, Outcome::Bad, now);
        }
    }

    #[test]
    fn five_failures_of_the_last_ten_open_it_and_one_probe_closes_it() {
        let mut breaker = Breaker::default();
        fail(&mut breaker, 4, 0);
        let pass = breaker.admit(1).unwrap();
        breaker.record(pass, Outcome::Good, 1);
        fail(&mut breaker, 1, 2);
        assert_eq!(breaker.admit(3), Err(Turned::Until(5_002)));
        let probe = breaker.admit(5_002).unwrap();
        assert!(breaker.admit(5_002).is_err(), "one probe at a time");
        breaker.record(probe, Outcome::Good, 5_100);
        assert_eq!(breaker.shown(5_100), Shown::Closed);
    }

    #[test]
    fn failures_that_lie_apart_by_more_than_a_minute_do_not_open_it() {
        let mut breaker = Breaker::default();
        for step in 0..20 {
            fail(&mut breaker, 1, step * 16_000);
        }
        assert_eq!(breaker.shown(400_000), Shown::Closed);
    }

    #[test]
    fn each_failed_probe_doubles_the_pause_up_to_five_minutes() {
        let (mut breaker, mut now) = (Breaker::default(), 0);
        fail(&mut breaker, 5, now);
        for pause in [5_000, 10_000, 20_000, 40_000, 80_000, 160_000, 300_000, 300_000] {
            assert_eq!(breaker.turned(now), Some(Turned::Until(now + pause)));
            now += pause;
            fail(&mut breaker, 1, now);
        }
    }

    #[test]
    fn a_probe_that_says_nothing_leaves_room_for_the_next() {
        let mut breaker = Breaker::default();
        fail(&mut breaker, 5, 0);
        let probe = breaker.admit(6_000).unwrap();
        breaker.record(probe, Outcome::Nothing, 6_001);
        assert!(breaker.admit(6_001).is_ok());
    }

    #[test]
    fn a_probe_that_is_being_answered_closes_it_and_its_end_counts_as_anyones() {
        let mut breaker = Breaker::default();
        fail(&mut breaker, 5, 0);
        let probe = breaker.admit(6_000).unwrap();
        let pass = breaker.is_answering(probe, 6_100);
        assert_eq!((breaker.shown(6_100), breaker.is_answering(pass, 6_100)), (Shown::Closed, pass));
        breaker.record(pass, Outcome::Bad, 7_000);
        assert_eq!(breaker.shown(7_000), Shown::Closed, "one failure");
        fail(&mut breaker, 4, 7_001);
        assert_eq!(breaker.turned(7_001), Some(Turned::Until(12_001)), "five, one of them the probe's end");
        let late = breaker.is_answering(probe, 7_002);
        assert_eq!((late, breaker.turned(7_002)), (probe, Some(Turned::Until(12_001))), "of another epoch");
    }

    #[test]
    fn a_refused_key_opens_it_at_once_until_a_person_acts() {
        let mut breaker = Breaker::default();
        let pass = breaker.admit(0).unwrap();
        breaker.record(pass, Outcome::BadKey, 0);
        assert_eq!(breaker.admit(u64::MAX), Err(Turned::ForGood));
        assert_eq!(breaker.shown(9), Shown::CannotProbe);
        breaker.reset();
        assert!(breaker.admit(10).is_ok());
    }

    #[test]
    fn a_used_up_quota_is_tried_again_after_half_an_hour() {
        let mut breaker = Breaker::default();
        let pass = breaker.admit(0).unwrap();
        breaker.record(pass, Outcome::NoCredit, 0);
        assert_eq!((breaker.shown(9), breaker.admit(9)), (Shown::CannotProbe, Err(Turned::Until(1_800_000))));
        assert!(breaker.admit(1_800_000).is_ok());
    }

    proptest! {
        #[test]
        fn after_it_opened_at_most_one_call_is_on_its_way(steps in prop::collection::vec((0_u64..8_000, 0_u8..4), 1..200)) {
            let (mut breaker, mut now, mut on_their_way) = (Breaker::default(), 0, Vec::new());
            for (later, what) in steps {
                now += later;
                let was_open = breaker.shown(now) != Shown::Closed;
                match what {
                    0 | 1 => if let Ok(pass) = breaker.admit(now) {
                        if was_open { on_their_way.clear(); }
                        on_their_way.push(pass);
                    },
                    2 => if let Some(pass) = on_their_way.pop() { breaker.record(pass, Outcome::Bad, now) },
                    _ => if let Some(pass) = on_their_way.pop() { breaker.record(pass, Outcome::Good, now) },
                }
                let probes = on_their_way.iter().filter(|pass| pass.is_probe && pass.epoch == breaker.epoch).count();
                prop_assert!(probes <= 1);
                prop_assert!(breaker.phase != Phase::Probing || breaker.admit(now).is_err());
            }
        }
    }
}
