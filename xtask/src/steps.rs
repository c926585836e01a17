//! Headings and durations: what is being done, and how long the last thing took.

use std::time::Instant;

/// Does one thing under a heading, and says afterwards how long it took.
///
/// # Errors
/// Those of the thing itself.
pub(crate) fn step<T>(heading: &str, work: impl FnOnce() -> anyhow::Result<T>) -> anyhow::Result<T> {
    println!("\n== {heading}");
    let start = Instant::now();
    let result = work();
    let verdict = if result.is_ok() { "done" } else { "FAILED" };
    println!("== {heading}: {verdict} in {:.1} s", start.elapsed().as_secs_f64());
    result
}
