//! How much is asked at which hour of the week.

/// A quarter of an hour.
pub(crate) const SLOT_MS: i64 = 15 * 60 * 1_000;

const SLOTS_A_DAY: i64 = 96;
const WEEKEND: f64 = 0.3;
/// By hour of UTC: an office in Europe, and a few jobs that run at night.
const HOURS: [f64; 24] = [
    0.10, 0.08, 0.30, 0.08, 0.08, 0.15, 0.40, 0.90, 1.60, 2.00, 2.10, 1.90, 1.40, 1.80, 2.10, 2.00, 1.60,
    1.10, 0.70, 0.50, 0.40, 0.30, 0.20, 0.15,
];

/// The weight of a quarter of an hour since 1970.
pub(crate) fn weight(slot: i64) -> f64 {
    let hour = usize::try_from(slot.rem_euclid(SLOTS_A_DAY) / 4).unwrap_or(0);
    // 1 January 1970 was a Thursday.
    let weekend = matches!((slot.div_euclid(SLOTS_A_DAY) + 3).rem_euclid(7), 5 | 6);
    HOURS.get(hour).copied().unwrap_or(1.0) * if weekend { WEEKEND } else { 1.0 }
}
