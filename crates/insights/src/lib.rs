//! What the usage so far says about what comes: where a period will end, and which levels a budget has crossed. Pure:
//! numbers in, numbers out. Deliberately not here: where the numbers are kept, clocks, and wording for people.

mod forecast;
mod level;

pub use forecast::{Day, Running, forecast};
pub use level::crossed;
