//! Traffic that is far from the account's own habit: what is usual and what is not (`habit`), and from many looks at that
//! the few things that people are told (`episodes`).

mod episodes;
mod habit;
#[cfg(test)]
mod replay;

pub use episodes::{Change, Episodes, QUIET_MS, REST_MS, Scope};
pub use habit::{Habit, Hour, Jump, WEEKS_NEEDED, WINDOWS_S, Whose};
