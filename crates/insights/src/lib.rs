//! What the usage so far says about what comes: where a period will end, and which levels a budget has crossed, and
//! what stands out in keys, routes and limits. Pure:
//! numbers in, numbers out. Deliberately not here: where the numbers are kept, clocks, and wording for people.

mod anomaly;
#[cfg(test)]
mod dice;
mod findings;
mod forecast;
mod level;

pub use anomaly::{Habit, Jump, WINDOWS_S};
pub use findings::{UsedDay, findings};
pub use forecast::{Day, Running, forecast};
pub use level::crossed;
