//! Instants as numbers. Reading a clock is the business of the rooms that have one.

use serde::{Deserialize, Serialize};

/// Milliseconds since 1970-01-01T00:00:00Z, without leap seconds, as JavaScript's `Date` counts them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

/// Milliseconds of one day in UTC.
pub const DAY_MS: i64 = 86_400_000;

impl Timestamp {
    /// The first instant of this instant's day in UTC.
    pub fn start_of_utc_day(self) -> Self {
        Self(self.0 - self.0.rem_euclid(DAY_MS))
    }

    /// This instant moved by a number of days, negative for the past.
    pub fn plus_days(self, days: i64) -> Self {
        Self(self.0.saturating_add(days.saturating_mul(DAY_MS)))
    }

    /// Milliseconds from `earlier` to this instant, 0 when a clock was set back in between.
    pub fn since(self, earlier: Self) -> u64 {
        u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_starts_at_midnight_utc_also_before_1970() {
        assert_eq!(Timestamp(DAY_MS + 5).start_of_utc_day(), Timestamp(DAY_MS));
        assert_eq!(Timestamp(-1).start_of_utc_day(), Timestamp(-DAY_MS));
    }

    #[test]
    fn a_clock_set_back_gives_no_negative_duration() {
        assert_eq!(Timestamp(5).since(Timestamp(9)), 0);
    }
}
