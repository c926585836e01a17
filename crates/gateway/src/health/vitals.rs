//! What is known of one configuration's last 24 hours. Pure: it is told the time, and what became of calls and probes.

use std::collections::VecDeque;

use model::{
    Timestamp,
    health::{HealthSlot, HealthState, SLOT_MS, SLOTS},
};
use store::SlotRow;

use super::latency::Latencies;
use crate::breaker::Shown;

/// What was heard longer ago than this does not say how it is now.
const FRESH_MS: u64 = 3_600_000;
/// Fewer failures in the last hour than this are bad luck.
const FEW: u32 = 2;
/// So many calls of the last hour make a median that can be compared.
const ENOUGH: u32 = 10;

/// Half an hour.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Slot {
    start: i64,
    seen: HealthSlot,
    latencies: Latencies,
}

/// One configuration's.
#[derive(Debug, Default)]
pub(crate) struct Vitals {
    /// Oldest first, without those in which nothing was heard.
    slots: VecDeque<Slot>,
    /// What is not on disk yet.
    unsaved: Vec<Slot>,
    pub(crate) checked_at: Option<Timestamp>,
    last_good: Option<Timestamp>,
    last_failure: Option<String>,
    /// Failures since the last success.
    streak: u32,
    /// Whether a call failed there, and not only probes.
    let_down: bool,
}

impl Vitals {
    /// What was stored of a configuration, oldest first.
    pub(crate) fn from_rows(rows: Vec<SlotRow>) -> Self {
        let slot = |row: SlotRow| Slot {
            start: row.slot_start,
            seen: HealthSlot { good: row.good, bad: row.bad },
            latencies: Latencies::from_counts(row.latencies),
        };
        Self { slots: rows.into_iter().map(slot).collect(), ..Self::default() }
    }

    /// A call or probe went well.
    pub(crate) fn good(&mut self, now: Timestamp, latency_ms: Option<u64>) {
        self.note(now, HealthSlot { good: 1, bad: 0 }, latency_ms);
        (self.last_good, self.last_failure, self.streak) = (Some(now), None, 0);
    }

    /// A call did not. The reason is one sentence.
    pub(crate) fn bad(&mut self, now: Timestamp, reason: String) {
        self.let_down = true;
        self.unanswered(now, reason);
    }

    /// A probe did not.
    pub(crate) fn unanswered(&mut self, now: Timestamp, reason: String) {
        self.note(now, HealthSlot { good: 0, bad: 1 }, None);
        self.last_failure = Some(reason);
        self.streak = self.streak.saturating_add(1);
    }

    /// Whether a success was heard of in the last so many milliseconds. One that a clock set back puts ahead of now may be
    /// as old as anything.
    pub(crate) fn was_good_within(&self, ms: u64, now: Timestamp) -> bool {
        self.last_good.is_some_and(|at| at <= now && now.since(at) < ms)
    }

    /// Whether anyone misses it while it is down: it answered in the last day, or a call failed there. One that only ever
    /// failed probes was never up, and that is no incident.
    pub(crate) fn is_missed(&self, now: Timestamp) -> bool {
        self.let_down || self.day(now).good > 0
    }

    /// How it is, and why.
    pub(crate) fn state(&self, now: Timestamp, breaker: Shown) -> (HealthState, String) {
        let why = |otherwise: &str| self.last_failure.clone().unwrap_or_else(|| otherwise.to_owned());
        let fresh = self.checked_at.is_some_and(|at| now.since(at) < FRESH_MS);
        let hour = self.hour(now);
        match breaker {
            Shown::Open { .. } => (HealthState::Down, why("Too many of its last calls failed.")),
            Shown::CannotProbe => {
                (HealthState::Down, why("Its key is refused, or nothing is left to pay with."))
            }
            Shown::HalfOpen => {
                (HealthState::Degraded, why("It failed, and one call finds out whether it answers again."))
            }
            Shown::Closed if !fresh => (HealthState::Unknown, "Nobody asked it in the last hour.".into()),
            Shown::Closed if !self.is_missed(now) => match self.streak {
                0 | 1 => (HealthState::Unknown, why("It did not answer once.")),
                _ => (HealthState::Down, why("It never answered.")),
            },
            Shown::Closed if self.streak >= 3 => (HealthState::Down, why("Its last calls failed.")),
            Shown::Closed if hour.bad >= FEW && hour.bad * 10 > hour.good => {
                let all = hour.bad.saturating_add(hour.good);
                (HealthState::Degraded, format!("{} of {all} calls of the last hour failed.", hour.bad))
            }
            Shown::Closed => self
                .lateness(now, hour)
                .map_or((HealthState::Up, String::new()), |reason| (HealthState::Degraded, reason)),
        }
    }

    fn lateness(&self, now: Timestamp, hour: HealthSlot) -> Option<String> {
        let recent = self.merged(now, FRESH_MS).percentile(50)?;
        let mut before = Latencies::default();
        let older = |slot: &&Slot| !within(slot, now, FRESH_MS) && within(slot, now, DAY);
        self.slots.iter().filter(older).for_each(|slot| before.merge(&slot.latencies));
        let usual = before.percentile(95)?;
        (hour.good >= ENOUGH && recent > usual)
            .then(|| format!("It answers in {recent} ms, later than its usual {usual} ms at most."))
    }

    /// The last 24 hours, oldest first.
    pub(crate) fn slots(&self, now: Timestamp) -> Vec<HealthSlot> {
        let newest = slot_start(now);
        let start = |age: usize| newest - SLOT_MS * (SLOTS - 1 - age) as i64;
        let at = |age| self.slots.iter().find(|slot| slot.start == start(age));
        (0..SLOTS).map(|age| at(age).map_or(HealthSlot::default(), |slot| slot.seen)).collect()
    }

    /// Calls and probes of the last half to whole hour.
    pub(crate) fn hour(&self, now: Timestamp) -> HealthSlot {
        self.sum(now, FRESH_MS)
    }

    /// Those of the last 24 hours.
    pub(crate) fn day(&self, now: Timestamp) -> HealthSlot {
        self.sum(now, DAY)
    }

    /// Median and 95th percentile of the last hour, else of the last day.
    pub(crate) fn percentiles(&self, now: Timestamp) -> (Option<u64>, Option<u64>) {
        let (hour, day) = (self.merged(now, FRESH_MS), self.merged(now, DAY));
        let at = |percent| hour.percentile(percent).or_else(|| day.percentile(percent));
        (at(50), at(95))
    }

    /// 95th percentile of the last day.
    pub(crate) fn p95_of_day(&self, now: Timestamp) -> Option<u64> {
        self.merged(now, DAY).percentile(95)
    }

    /// What is not on disk yet, to be added there.
    pub(crate) fn take_unsaved(&mut self, number: i64) -> Vec<SlotRow> {
        let row = |slot: Slot| SlotRow {
            provider_config_id: number,
            slot_start: slot.start,
            good: slot.seen.good,
            bad: slot.seen.bad,
            latencies: slot.latencies.counts().to_vec(),
        };
        self.unsaved.drain(..).map(row).collect()
    }

    fn note(&mut self, now: Timestamp, more: HealthSlot, latency_ms: Option<u64>) {
        self.checked_at = Some(now);
        let start = slot_start(now);
        add(find(&mut self.slots, start), more, latency_ms);
        let at = self.unsaved.iter().position(|slot| slot.start == start).unwrap_or_else(|| {
            self.unsaved.push(Slot { start, ..Slot::default() });
            self.unsaved.len() - 1
        });
        add(&mut self.unsaved[at], more, latency_ms);
        while self.slots.len() > SLOTS {
            self.slots.pop_front();
        }
    }

    fn sum(&self, now: Timestamp, ms: u64) -> HealthSlot {
        let seen = self.slots.iter().filter(|slot| within(slot, now, ms)).map(|slot| slot.seen);
        seen.fold(HealthSlot::default(), plus)
    }

    fn merged(&self, now: Timestamp, ms: u64) -> Latencies {
        let mut all = Latencies::default();
        self.slots.iter().filter(|slot| within(slot, now, ms)).for_each(|slot| all.merge(&slot.latencies));
        all
    }
}

const DAY: u64 = SLOT_MS as u64 * SLOTS as u64;

fn slot_start(now: Timestamp) -> i64 {
    now.0 - now.0.rem_euclid(SLOT_MS)
}

fn within(slot: &Slot, now: Timestamp, ms: u64) -> bool {
    slot.start > now.0.saturating_sub_unsigned(ms) && slot.start <= now.0
}

/// The slot of this start, put in its place when it is new; a clock that was set back may need an older one.
fn find(slots: &mut VecDeque<Slot>, start: i64) -> &mut Slot {
    let at = slots.partition_point(|slot| slot.start < start);
    if slots.get(at).is_none_or(|slot| slot.start != start) {
        slots.insert(at, Slot { start, ..Slot::default() });
    }
    &mut slots[at]
}

fn plus(sum: HealthSlot, more: HealthSlot) -> HealthSlot {
    HealthSlot { good: sum.good.saturating_add(more.good), bad: sum.bad.saturating_add(more.bad) }
}

fn add(slot: &mut Slot, more: HealthSlot, latency_ms: Option<u64>) {
    slot.seen = plus(slot.seen, more);
    if let Some(ms) = latency_ms {
        slot.latencies.add(ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp(1_795_521_600_000);

    fn later(minutes: i64) -> Timestamp {
        Timestamp(NOON.0 + minutes * 60_000)
    }

    fn state(vitals: &Vitals, now: Timestamp) -> HealthState {
        vitals.state(now, Shown::Closed).0
    }

    #[test]
    fn one_that_nobody_asked_lately_is_unknown() {
        let mut vitals = Vitals::default();
        assert_eq!(state(&vitals, NOON), HealthState::Unknown);
        vitals.good(NOON, Some(100));
        assert_eq!(state(&vitals, later(59)), HealthState::Up);
        assert_eq!(state(&vitals, later(60)), HealthState::Unknown);
    }

    #[test]
    fn some_failures_degrade_it_and_three_in_a_row_take_it_down_with_the_last_reason() {
        let mut vitals = Vitals::default();
        (0..10).for_each(|_| vitals.good(NOON, Some(100)));
        vitals.bad(NOON, "Late.".into());
        assert_eq!(state(&vitals, NOON), HealthState::Up);
        vitals.bad(NOON, "Gone.".into());
        assert_eq!(state(&vitals, NOON), HealthState::Degraded);
        vitals.bad(NOON, "Gone again.".into());
        assert_eq!(vitals.state(NOON, Shown::Closed), (HealthState::Down, "Gone again.".into()));
        vitals.good(NOON, None);
        assert_eq!(state(&vitals, NOON), HealthState::Degraded);
    }

    #[test]
    fn one_that_never_answered_and_let_nobody_down_is_down_but_not_missed() {
        let mut vitals = Vitals::default();
        vitals.unanswered(NOON, "Nobody listens there.".into());
        assert_eq!(vitals.state(NOON, Shown::Closed), (HealthState::Unknown, "Nobody listens there.".into()));
        vitals.unanswered(NOON, "Nobody listens there.".into());
        assert_eq!((state(&vitals, NOON), vitals.is_missed(NOON)), (HealthState::Down, false));
        let mut used = Vitals::default();
        used.good(NOON, Some(5));
        used.unanswered(NOON, "Gone.".into());
        assert!(used.is_missed(NOON));
        vitals.bad(NOON, "Gone.".into());
        assert!(vitals.is_missed(NOON));
    }

    #[test]
    fn an_open_breaker_is_down_whatever_the_numbers_say() {
        let mut vitals = Vitals::default();
        vitals.good(NOON, Some(1));
        assert_eq!(vitals.state(NOON, Shown::Open { until: 1 }).0, HealthState::Down);
        assert_eq!(vitals.state(NOON, Shown::CannotProbe).0, HealthState::Down);
    }

    #[test]
    fn one_that_answers_later_than_it_used_to_is_degraded() {
        let mut vitals = Vitals::default();
        (0..20).for_each(|_| vitals.good(later(-300), Some(200)));
        (0..20).for_each(|_| vitals.good(NOON, Some(900)));
        assert_eq!(state(&vitals, NOON), HealthState::Degraded);
    }

    #[test]
    fn the_last_slot_is_now_and_a_day_has_48() {
        let mut vitals = Vitals::default();
        vitals.bad(later(-24 * 60), String::new());
        vitals.bad(later(-23 * 60), String::new());
        vitals.good(NOON, Some(5));
        let slots = vitals.slots(NOON);
        assert_eq!(
            (slots.len(), slots[47], slots[1]),
            (48, HealthSlot { good: 1, bad: 0 }, HealthSlot { good: 0, bad: 1 })
        );
        assert_eq!(vitals.day(NOON), HealthSlot { good: 1, bad: 1 });
    }

    #[test]
    fn what_is_saved_is_given_once_and_read_back_is_the_same() {
        let mut vitals = Vitals::default();
        vitals.good(NOON, Some(120));
        vitals.bad(later(31), String::new());
        let rows = vitals.take_unsaved(7);
        assert_eq!(rows.len(), 2);
        assert!(vitals.take_unsaved(7).is_empty());
        let again = Vitals::from_rows(rows);
        assert_eq!(
            (again.slots(later(31)), again.percentiles(later(31))),
            (vitals.slots(later(31)), vitals.percentiles(later(31)))
        );
    }

    #[test]
    fn a_success_ahead_of_a_clock_set_back_keeps_nobody_from_being_probed() {
        let mut vitals = Vitals::default();
        vitals.good(later(600), None);
        assert!(vitals.was_good_within(300_000, later(600)));
        assert!(!vitals.was_good_within(300_000, NOON));
        vitals.good(NOON, None);
        assert!(vitals.was_good_within(300_000, later(4)));
    }

    #[test]
    fn a_clock_set_back_loses_nothing() {
        let mut vitals = Vitals::default();
        vitals.good(later(60), None);
        vitals.good(NOON, None);
        assert_eq!(vitals.slots(later(60)).iter().map(|slot| slot.good).sum::<u32>(), 2);
    }
}
