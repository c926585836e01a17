//! What the usage so far says: where a period will end, which levels a budget has crossed, when usage jumps above its habit,
//! which models would cost less, how a split compares, and what stands out in keys, routes and limits. Pure: numbers in,
//! numbers out. Deliberately not here: where the numbers are kept, clocks, and wording for people.

mod anomaly;
mod cheaper;
mod comparison;
#[cfg(test)]
mod dice;
mod findings;
mod forecast;
mod level;
mod standing;
mod student;

pub use anomaly::{
    Change, Episodes, Habit, Hour, Jump, QUIET_MS, REST_MS, Scope, WEEKS_NEEDED, WINDOWS_S, Whose,
};
pub use cheaper::{DAYS_TO_LIVE, Facts, cheaper};
pub use comparison::{Verdict, compare};
pub use findings::{UsedDay, findings};
pub use forecast::{Day, Running, forecast};
pub use level::crossed;
pub use standing::{Standing, standing};

/// The middle one, or the middle of the two; 0 of none.
fn median(numbers: &mut [f64]) -> f64 {
    numbers.sort_unstable_by(f64::total_cmp);
    match (numbers.get(numbers.len() / 2), numbers.len() % 2) {
        (None, _) => 0.0,
        (Some(upper), 1) => *upper,
        (Some(upper), _) => (numbers[numbers.len() / 2 - 1] + upper) / 2.0,
    }
}
