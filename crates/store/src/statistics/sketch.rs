//! A histogram of latencies that merges exactly: HdrHistogram's buckets (128 to each doubling, so values below 256 are
//! exact and others off by at most 1/256), kept sparse because most cells hold few calls. Integers only, so that the
//! same calls give the same bytes on every machine. Why no crate: decision 0011.

/// Bits of a value that its bucket keeps.
const BITS: u32 = 7;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sketch(Vec<(u16, u64)>);

impl Sketch {
    pub(crate) fn count(&mut self, value: u64) {
        self.add(bucket(value), 1);
    }

    pub(crate) fn merge(&mut self, other: &Self) {
        if self.0.is_empty() {
            self.0.clone_from(&other.0);
            return;
        }
        for (bucket, count) in &other.0 {
            self.add(*bucket, *count);
        }
    }

    fn add(&mut self, bucket: u16, count: u64) {
        match self.0.binary_search_by_key(&bucket, |(known, _)| *known) {
            Ok(place) => {
                if let Some((_, known)) = self.0.get_mut(place) {
                    *known = known.saturating_add(count);
                }
            }
            Err(place) => self.0.insert(place, (bucket, count)),
        }
    }

    pub(crate) fn buckets(&self) -> &[(u16, u64)] {
        &self.0
    }

    /// Has these buckets, in order, in place of its own. `None`, and no good any more, where one is `None`.
    pub(crate) fn become_of(&mut self, buckets: impl Iterator<Item = Option<(u16, u64)>>) -> Option<()> {
        self.0.clear();
        for bucket in buckets {
            self.0.push(bucket?);
        }
        Some(())
    }
}

/// A sketch to merge many into: an array, because there is one of these and thousands of those.
pub(crate) struct Merged(Vec<u64>);

impl Merged {
    pub(crate) fn new() -> Self {
        Self(Vec::new())
    }

    pub(crate) fn merge(&mut self, sketch: &Sketch) {
        let last = sketch.0.last().map_or(0, |(bucket, _)| usize::from(*bucket) + 1);
        if self.0.len() < last {
            self.0.resize(last, 0);
        }
        for (bucket, count) in &sketch.0 {
            if let Some(sum) = self.0.get_mut(usize::from(*bucket)) {
                *sum = sum.saturating_add(*count);
            }
        }
    }

    pub(crate) fn merge_all(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (sum, more) in self.0.iter_mut().zip(&other.0) {
            *sum = sum.saturating_add(*more);
        }
    }

    /// The nearest-rank percentile: the middle of the bucket of the least value that so many per cent do not exceed.
    pub(crate) fn percentile(&self, percent: u64) -> Option<u64> {
        let total: u128 = self.0.iter().map(|count| u128::from(*count)).sum();
        let rank = (total * u128::from(percent)).div_ceil(100).max(1);
        let mut seen = 0;
        let mut buckets = (0_u16..).zip(&self.0);
        let found = buckets.find(|(_, count)| {
            seen += u128::from(**count);
            seen >= rank
        });
        found.map(|(bucket, _)| middle(bucket))
    }
}

fn bucket(value: u64) -> u16 {
    let shift = (u64::BITS - value.leading_zeros()).saturating_sub(BITS + 1);
    // At most 57 shifts of 128 buckets, so it fits.
    u16::try_from((u64::from(shift) << BITS) + (value >> shift)).unwrap_or(u16::MAX)
}

fn middle(bucket: u16) -> u64 {
    let shift = (u32::from(bucket) >> BITS).saturating_sub(1);
    let low = (u64::from(bucket) - (u64::from(shift) << BITS)) << shift;
    low + ((1_u64 << shift) - 1) / 2
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_is_off_by_at_most_one_part_in_256() {
        for value in (0..5_000).chain((8..63).flat_map(|bit| [(1 << bit) - 1, 1 << bit, (1 << bit) + 1])) {
            let off = middle(bucket(value)).abs_diff(value);
            assert!(u128::from(off) * 256 <= u128::from(value), "{value}");
        }
        let most = u64::MAX;
        assert!(most - middle(bucket(most)) <= most / 256);
    }

    proptest! {
        #[test]
        fn merged_parts_answer_as_the_whole_and_within_the_bound(
            values in prop::collection::vec(0_u64..10_000_000, 1..200), cut in 0_usize..200, percent in 1_u64..=100,
        ) {
            let (one, two) = values.split_at(cut.min(values.len()));
            let mut sketches = [Sketch::default(), Sketch::default()];
            one.iter().for_each(|value| sketches[0].count(*value));
            two.iter().for_each(|value| sketches[1].count(*value));
            let mut merged = Merged::new();
            sketches.iter().for_each(|sketch| merged.merge(sketch));
            let mut sorted = values.clone();
            sorted.sort_unstable();
            let exact = sorted[(values.len() * percent as usize).div_ceil(100) - 1];
            let answer = merged.percentile(percent).unwrap();
            prop_assert!(answer.abs_diff(exact) * 256 <= exact, "{answer} for {exact}");
            let [mut first, second] = sketches;
            first.merge(&second);
            let mut whole = Sketch::default();
            values.iter().for_each(|value| whole.count(*value));
            prop_assert_eq!(first, whole);
        }
    }
}
