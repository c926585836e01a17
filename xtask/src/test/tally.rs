//! The test runner's output, shown as it comes, and one closing line over all its runs.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{ChildStdout, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver, RecvTimeoutError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

use super::reasons::Reasons;
use crate::process::Kept;

/// No test of the bounded share takes so long.
pub(crate) const SILENCE: Duration = Duration::from_secs(15 * 60);

/// Tests that ended one way or the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: u64,
    pub(super) failed: u64,
    /// Those that a filter left out.
    pub(super) left_out: u64,
    /// Programs that told what became of their tests.
    pub(super) programs: u64,
}

/// What became of everything that was run.
#[derive(Debug)]
pub(super) struct Tally {
    start: Instant,
    pub(super) counts: Counts,
    pub(super) reasons: Reasons,
    /// Test runners that ended with anything but success.
    broken: Vec<ExitStatus>,
}

/// Runs `cargo test` and ends with `N passed, N failed` over everything it ran. A run that says nothing for `silence` is ended,
/// so that whoever waits for it learns of it.
///
/// # Errors
/// A test failed, or nothing could be run.
pub(crate) fn run(tests: Command, silence: Duration) -> anyhow::Result<()> {
    let mut tally = Tally::begin();
    tally.watch(tests, silence, |_, _| false)?;
    ensure!(tally.close()?.passed > 0, "no test was run");
    Ok(())
}

impl Tally {
    pub(super) fn begin() -> Self {
        println!("\n== tests");
        Self {
            start: Instant::now(),
            counts: Counts::default(),
            reasons: Reasons::default(),
            broken: Vec::new(),
        }
    }

    /// Runs one test runner to its end. `ours` sees each line first, and says whether it is no line for the reader.
    ///
    /// # Errors
    /// It cannot be started or read, or is stuck. That its tests fail is none; the closing line tells it.
    pub(super) fn watch(
        &mut self,
        mut tests: Command,
        silence: Duration,
        mut ours: impl FnMut(&mut Self, &str) -> bool,
    ) -> anyhow::Result<ExitStatus> {
        tests.stdout(Stdio::piped());
        let mut runner = Kept::start(tests)?;
        let output = runner.0.stdout.take().context("the test runner has no output")?;
        let lines = lines_of(output);
        loop {
            match lines.recv_timeout(silence) {
                Ok(line) => {
                    let line = line.context("the test runner's output cannot be read")?;
                    if !ours(self, &line) {
                        self.add(&line);
                        println!("{line}");
                    }
                }
                Err(RecvTimeoutError::Disconnected) => break,
                Err(RecvTimeoutError::Timeout) => {
                    print!("{}", self.reasons);
                    let minutes = silence.as_secs() / 60;
                    bail!("no test ended for {minutes} minutes; the tests named last are stuck")
                }
            }
        }
        let status = runner.0.wait().context("the test runner cannot be waited for")?;
        if !status.success() {
            self.broken.push(status);
        }
        Ok(status)
    }

    pub(super) fn add(&mut self, line: &str) {
        self.counts.add(line);
        self.reasons.add(line);
    }

    /// Says what failed and why, last of all, and how many tests ended which way, which it returns.
    ///
    /// # Errors
    /// A test failed, or a test runner broke off.
    pub(super) fn close(self) -> anyhow::Result<Counts> {
        let Counts { passed, failed, .. } = self.counts;
        println!("\n== tests: {:.1} s", self.start.elapsed().as_secs_f64());
        println!("{}\n{passed} passed, {failed} failed", self.reasons);
        std::io::stdout().flush()?;
        ensure!(failed == 0, "{failed} tests failed");
        if let Some(status) = self.broken.first() {
            bail!("the test runner ended with {status}");
        }
        Ok(self.counts)
    }
}

fn lines_of(output: ChildStdout) -> Receiver<std::io::Result<String>> {
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        // Nobody listens any more once the run was given up.
        BufReader::new(output).lines().try_for_each(|line| sender.send(line))
    });
    receiver
}

impl Counts {
    /// Counts a line such as `test result: ok. 12 passed; 0 failed; 0 ignored; …`.
    fn add(&mut self, line: &str) {
        let Some(result) = line.strip_prefix("test result: ") else { return };
        let number = |unit: &str| -> u64 {
            let part = result.split(['.', ';']).find_map(|part| part.trim().strip_suffix(unit));
            part.and_then(|number| number.trim().parse().ok()).unwrap_or(0)
        };
        self.passed += number("passed");
        self.failed += number("failed");
        self.left_out += number("filtered out");
        self.programs += 1;
    }

    /// What was counted since.
    pub(super) fn since(self, before: Self) -> Self {
        Self {
            passed: self.passed - before.passed,
            failed: self.failed - before.failed,
            left_out: self.left_out - before.left_out,
            programs: self.programs - before.programs,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_several_runs_are_summed() {
        let mut counts = Counts::default();
        counts.add(
            "test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
        );
        let before = counts;
        counts.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 7 filtered out; finished in 1.10s");
        assert_eq!(counts, Counts { passed: 15, failed: 2, left_out: 7, programs: 2 });
        assert_eq!(counts.since(before), Counts { passed: 3, failed: 2, left_out: 7, programs: 1 });
    }

    #[test]
    fn a_test_that_prints_about_passing_is_not_counted() {
        let mut counts = Counts::default();
        counts.add("99 passed; 0 failed");
        assert_eq!(counts, Counts::default());
    }
}
