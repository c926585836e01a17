//! Counts of latencies on a scale whose steps grow with the value, as HDR histograms have it: eight steps to each
//! doubling, so that a percentile is right to within an eighth of its value, and half an hour fits into a line of text.

/// Steps of each doubling, as a power of two.
const STEPS_LOG2: u32 = 3;
/// Places that are kept; the last one holds everything from 17 minutes on.
const PLACES: usize = 144;

/// How many calls took how long.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Latencies {
    counts: Vec<u32>,
}

impl Latencies {
    /// Counts as they were stored.
    pub(crate) fn from_counts(mut counts: Vec<u32>) -> Self {
        counts.truncate(PLACES);
        Self { counts }
    }

    /// Counts to be stored.
    pub(crate) fn counts(&self) -> &[u32] {
        &self.counts
    }

    pub(crate) fn add(&mut self, ms: u64) {
        let place = place(ms);
        if self.counts.len() <= place {
            self.counts.resize(place + 1, 0);
        }
        self.counts[place] = self.counts[place].saturating_add(1);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        self.counts.resize(self.counts.len().max(other.counts.len()), 0);
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count = count.saturating_add(*more);
        }
    }

    /// The latency that so many per cent of the calls did not exceed, in the middle of its step.
    pub(crate) fn percentile(&self, percent: u64) -> Option<u64> {
        let total: u64 = self.counts.iter().map(|count| u64::from(*count)).sum();
        let wanted = (total * percent).div_ceil(100).max(1);
        let mut seen = 0;
        let place = self.counts.iter().position(|count| {
            seen += u64::from(*count);
            seen >= wanted
        })?;
        Some((lowest(place) + lowest(place + 1)) / 2)
    }
}

/// The place of a value: its own up to eight, then by its highest bit and the three below.
fn place(ms: u64) -> usize {
    let exponent = ms.max(1).ilog2();
    if exponent < STEPS_LOG2 {
        return ms as usize;
    }
    let shift = exponent - STEPS_LOG2;
    let step = (ms >> shift) as usize - (1 << STEPS_LOG2);
    (((shift as usize + 1) << STEPS_LOG2) + step).min(PLACES - 1)
}

/// The lowest value of a place.
fn lowest(place: usize) -> u64 {
    let (row, step) = (place >> STEPS_LOG2, (place & ((1 << STEPS_LOG2) - 1)) as u64);
    match row {
        0 => step,
        row => ((1 << STEPS_LOG2) + step) << (row - 1),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn without_a_call_there_is_no_percentile() {
        assert_eq!(Latencies::default().percentile(50), None);
    }

    proptest! {
        #[test]
        fn a_place_holds_the_values_between_its_bounds(ms in 0_u64..1_000_000) {
            let place = place(ms);
            prop_assert!(lowest(place) <= ms && ms < lowest(place + 1));
        }

        #[test]
        fn a_percentile_is_right_to_within_an_eighth(mut values in prop::collection::vec(0_u64..600_000, 1..200), percent in 1_u64..=100) {
            let (mut all, mut half) = (Latencies::default(), Latencies::default());
            for (at, ms) in values.iter().enumerate() {
                if at % 2 == 0 { all.add(*ms) } else { half.add(*ms) }
            }
            all.merge(&half);
            values.sort_unstable();
            let exact = values[(values.len() as u64 * percent).div_ceil(100) as usize - 1];
            let shown = all.percentile(percent).unwrap();
            prop_assert!(shown.abs_diff(exact) <= exact / 8 + 1, "{shown} for {exact}");
        }
    }
}
