//! How configurations are: from what became of calls, and from cheap probes.

pub(crate) mod latency;
pub(crate) mod vitals;

use model::Timestamp;
use store::SlotRow;

/// What the store would hold of a configuration's health after these calls, oldest first: when each ended and, if it went
/// well, in how many milliseconds. For sample data.
pub fn slots_of(number: i64, calls: impl IntoIterator<Item = (Timestamp, Option<u64>)>) -> Vec<SlotRow> {
    let mut vitals = vitals::Vitals::default();
    for (ended, latency_ms) in calls {
        match latency_ms {
            Some(_) => vitals.good(ended, latency_ms),
            None => vitals.bad(ended, String::new()),
        }
    }
    vitals.take_unsaved(number)
}
