//! The test runner's output, shown as it comes, and one closing line over all its runs.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{ChildStdout, Command, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

use crate::process::Kept;

/// No test of the bounded share takes so long.
pub(crate) const SILENCE: Duration = Duration::from_secs(15 * 60);

/// Tests that ended one way or the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u64,
    failed: u64,
}

/// Runs `cargo test` and ends with `N passed, N failed` over everything it ran. A run that says nothing for `silence` is ended,
/// so that whoever waits for it learns of it.
///
/// # Errors
/// A test failed, or nothing could be run.
pub(crate) fn run(mut tests: Command, silence: Duration) -> anyhow::Result<()> {
    println!("\n== tests");
    let start = Instant::now();
    tests.stdout(Stdio::piped());
    let mut runner = Kept::start(tests)?;
    let output = runner.0.stdout.take().context("the test runner has no output")?;
    let lines = lines_of(output);
    let mut tally = Tally::default();
    loop {
        match lines.recv_timeout(silence) {
            Ok(line) => {
                let line = line.context("the test runner's output cannot be read")?;
                tally.add(&line);
                println!("{line}");
            }
            Err(RecvTimeoutError::Disconnected) => break,
            Err(RecvTimeoutError::Timeout) => {
                bail!("no test ended for {} minutes; the tests named last are stuck", silence.as_secs() / 60)
            }
        }
    }
    let status = runner.0.wait().context("the test runner cannot be waited for")?;
    println!(
        "\n== tests: {:.1} s\n\n{} passed, {} failed",
        start.elapsed().as_secs_f64(),
        tally.passed,
        tally.failed
    );
    std::io::stdout().flush()?;
    ensure!(tally.failed == 0, "{} tests failed", tally.failed);
    ensure!(status.success(), "the test runner ended with {status}");
    ensure!(tally.passed > 0, "no test was run");
    Ok(())
}

fn lines_of(output: ChildStdout) -> Receiver<std::io::Result<String>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody listens any more once the run was given up.
        BufReader::new(output).lines().try_for_each(|line| sender.send(line))
    });
    receiver
}

impl Tally {
    /// Counts a line such as `test result: ok. 12 passed; 0 failed; 0 ignored; …`.
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let number = |unit: &str| -> u64 {
            let part = result.split(['.', ';']).find_map(|part| part.trim().strip_suffix(unit));
            part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
        };
        self.passed += number("passed");
        self.failed += number("failed");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_runs_are_summed() {
        let mut tally = Tally::default();
        tally.add(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        tally.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.10s");
        assert_eq!(tally, Tally { passed: 15, failed: 2 });
    }

    #[test]
    fn a_test_that_prints_about_passing_is_not_counted() {
        let mut tally = Tally::default();
        tally.add("99 passed; 0 failed");
        assert_eq!(tally, Tally::default());
    }
}
