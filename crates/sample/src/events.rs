//! What breaks the rhythm: bursts, in which everyone asks more, and outages, in which one source mostly fails.

use std::ops::Range;

use crate::{Account, rhythm::SLOT_MS};

const SLOTS_A_DAY: i64 = 96;
/// One day in so many has a burst.
const BURST_EVERY: i64 = 9;
/// One day in so many has an outage of a source.
const OUTAGE_EVERY: i64 = 25;

/// How it is in a quarter of an hour.
#[derive(Clone, Copy)]
pub(crate) struct Mood {
    /// Calls against the usual.
    pub(crate) burst: f64,
    /// Failures in a thousand calls.
    pub(crate) failing: u32,
}

/// All of an account, drawn beforehand.
pub(crate) struct Events {
    bursts: Vec<(Range<i64>, f64)>,
    outages: Vec<Vec<Range<i64>>>,
}

impl Events {
    pub(crate) fn draw(account: &Account, dice: &mut fastrand::Rng) -> Self {
        let days =
            account.from.0.div_euclid(SLOT_MS * SLOTS_A_DAY)..=account.to.0.div_euclid(SLOT_MS * SLOTS_A_DAY);
        let mut events = Self { bursts: Vec::new(), outages: vec![Vec::new(); account.sources.len()] };
        for day in days {
            if dice.i64(0..BURST_EVERY) == 0 {
                events.bursts.push((slots(dice, day, 2..8), 2.0 + 3.0 * dice.f64()));
            }
            for outages in &mut events.outages {
                if dice.i64(0..OUTAGE_EVERY) == 0 {
                    outages.push(slots(dice, day, 1..12));
                }
            }
        }
        events
    }

    pub(crate) fn mood(&self, source: usize, slot: i64) -> Mood {
        let burst =
            self.bursts.iter().find(|(slots, _)| slots.contains(&slot)).map_or(1.0, |(_, factor)| *factor);
        let outages = self.outages.get(source);
        let out = outages.is_some_and(|outages| outages.iter().any(|slots| slots.contains(&slot)));
        Mood { burst, failing: if out { 700 } else { 12 } }
    }
}

/// A piece of a day.
fn slots(dice: &mut fastrand::Rng, day: i64, length: Range<i64>) -> Range<i64> {
    let start = day * SLOTS_A_DAY + dice.i64(0..SLOTS_A_DAY);
    start..start + dice.i64(length)
}
