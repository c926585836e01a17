//! So much a minute, in bursts: of any sixty seconds, no matter where they start, and with what was reserved in vain
//! given back. Token buckets (the crate `governor` among them) let twice as much pass in the minute after a quiet
//! one, and take nothing back. Pure: it is told the time.

/// A bucket of one second leaves when all of it is a minute old: sixty, and one that is under way.
const SECONDS: usize = 61;

/// What passed in the last minute.
#[derive(Debug)]
pub(crate) struct Rate {
    buckets: [u64; SECONDS],
    /// The second of the newest bucket.
    newest: u64,
    sum: u64,
}

/// It does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Full {
    /// What passed in the last minute.
    pub(crate) used: u64,
    /// The tick at which there may be room; for more than the cap, when all that passed has left.
    pub(crate) room_at: u64,
}

impl Default for Rate {
    fn default() -> Self {
        Self { buckets: [0; SECONDS], newest: 0, sum: 0 }
    }
}

impl Rate {
    /// Lets an amount pass, and says the second in which it did.
    pub(crate) fn take(&mut self, now_ms: u64, amount: u64, cap: u64) -> Result<u64, Full> {
        if let Some(full) = self.full(now_ms, amount, cap) {
            return Err(full);
        }
        *self.bucket(self.newest) += amount;
        self.sum += amount;
        Ok(self.newest)
    }

    /// Why an amount would not pass.
    pub(crate) fn full(&mut self, now_ms: u64, amount: u64, cap: u64) -> Option<Full> {
        self.advance(now_ms / 1000);
        if self.sum.checked_add(amount).is_some_and(|sum| sum <= cap) {
            return None;
        }
        Some(Full { used: self.sum, room_at: self.room_at(amount, cap) })
    }

    /// Corrects what passed in a second: less was needed, or more.
    pub(crate) fn settle(&mut self, second: u64, reserved: u64, used: u64) {
        if second + SECONDS as u64 <= self.newest {
            return;
        }
        let bucket = self.bucket(second);
        let corrected = bucket.saturating_sub(reserved).saturating_add(used);
        let before = std::mem::replace(bucket, corrected);
        self.sum = self.sum.saturating_sub(before).saturating_add(corrected);
    }

    /// What passed in the last minute.
    pub(crate) fn used(&mut self, now_ms: u64) -> u64 {
        self.advance(now_ms / 1000);
        self.sum
    }

    fn bucket(&mut self, second: u64) -> &mut u64 {
        &mut self.buckets[(second % SECONDS as u64) as usize]
    }

    fn advance(&mut self, second: u64) {
        let passed = second.saturating_sub(self.newest).min(SECONDS as u64);
        for step in 0..passed {
            self.sum -= std::mem::take(self.bucket(second - step));
        }
        self.newest = self.newest.max(second);
    }

    fn room_at(&self, amount: u64, cap: u64) -> u64 {
        let mut left = self.sum;
        for age in (0..SECONDS as u64).rev() {
            let Some(second) = self.newest.checked_sub(age) else { continue };
            left -= self.buckets[(second % SECONDS as u64) as usize];
            if left.checked_add(amount).is_some_and(|sum| sum <= cap) || left == 0 {
                return (second + SECONDS as u64) * 1000;
            }
        }
        self.newest * 1000
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_burst_passes_up_to_the_cap_and_the_next_waits_for_its_minute() {
        let mut rate = Rate::default();
        for _ in 0..10 {
            assert_eq!(rate.take(5_500, 1, 10), Ok(5));
        }
        assert_eq!(rate.take(5_900, 1, 10), Err(Full { used: 10, room_at: 66_000 }));
        assert!(rate.take(65_999, 1, 10).is_err());
        assert!(rate.take(66_000, 1, 10).is_ok());
    }

    #[test]
    fn what_was_reserved_in_vain_is_given_back_while_its_second_counts() {
        let mut rate = Rate::default();
        let second = rate.take(0, 1_000, 1_000).unwrap();
        rate.settle(second, 1_000, 40);
        assert!(rate.take(1_000, 960, 1_000).is_ok());
        rate.take(120_000, 10, 1_000).unwrap();
        rate.settle(second, 40, 0);
        assert_eq!(rate.used(120_000), 10);
    }

    #[test]
    fn more_than_the_cap_never_passes() {
        let mut rate = Rate::default();
        assert!(rate.take(0, 11, 10).is_err() && rate.take(900_000, 11, 10).is_err());
        assert!(rate.take(900_000, u64::MAX, 10).is_err());
    }

    proptest! {
        #[test]
        fn no_sixty_seconds_see_more_than_the_cap(steps in prop::collection::vec((0_u64..4_000, 1_u64..30), 1..300)) {
            let (mut rate, mut now, mut passed) = (Rate::default(), 0, Vec::new());
            for (later, amount) in steps {
                now += later;
                match rate.take(now, amount, 50) {
                    Ok(_) => passed.push((now, amount)),
                    Err(full) => prop_assert!(full.room_at > now),
                }
            }
            for &(start, _) in &passed {
                let within = passed.iter().filter(|(at, _)| (start..start + 60_000).contains(at));
                prop_assert!(within.map(|(_, amount)| amount).sum::<u64>() <= 50);
            }
        }

        #[test]
        fn the_sum_is_that_of_the_buckets(steps in prop::collection::vec((0_u64..40_000, 1_u64..30, 0_u64..40), 1..100)) {
            let (mut rate, mut now) = (Rate::default(), 0);
            for (later, amount, used) in steps {
                now += later;
                if let Ok(second) = rate.take(now, amount, 100) {
                    rate.settle(second, amount, used);
                }
                prop_assert_eq!(rate.sum, rate.buckets.iter().sum::<u64>());
            }
        }
    }
}
