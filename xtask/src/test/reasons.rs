//! What the failed tests said, kept while it goes by and said again at the end: whoever reads a log in a browser sees its tail
//! first, and often nothing else.

use std::fmt;

/// Lines that are kept of each failed test. A comparison of two long texts is cut; the whole of it is further up.
const LINES: usize = 40;
/// Characters that are kept of each line.
const WIDTH: usize = 400;
/// Tests that are told with what they said; of the others, which fail for the same reason as a rule, only the names.
const TOLD: usize = 25;

/// What a backtrace begins with: a panic's, and that of an error which a test returned.
const BACKTRACE: [&str; 2] = ["stack backtrace:", "Stack backtrace:"];
/// What stands below a backtrace that was cut, and where one could have been.
const OF_BACKTRACES: [&str; 2] =
    ["note: Some details are omitted, run with `RUST_BACKTRACE", "note: run with `RUST_BACKTRACE"];

/// What a failed test said.
#[derive(Debug, PartialEq, Eq)]
struct Reason {
    test: String,
    said: Vec<String>,
    left_out: usize,
}

/// What all failed tests said, in the order in which it came.
#[derive(Debug, Default)]
pub(super) struct Reasons {
    all: Vec<Reason>,
    /// Whether the line that comes is one of the last reason's.
    open: bool,
    /// Whether it is one of a backtrace, which says in thirty lines where a panic's first line is.
    in_backtrace: bool,
}

impl Reasons {
    /// Looks at one line of the test runner's output.
    pub(super) fn add(&mut self, line: &str) {
        if let Some(test) = line.strip_prefix("---- ").and_then(|rest| rest.strip_suffix(" stdout ----")) {
            self.all.push(Reason { test: test.to_owned(), said: Vec::new(), left_out: 0 });
            (self.open, self.in_backtrace) = (true, false);
        } else if line == "failures:" || line.starts_with("test result: ") {
            self.open = false;
        } else if let Some(reason) = self.all.last_mut().filter(|_| self.open) {
            self.in_backtrace = BACKTRACE.contains(&line) || self.in_backtrace && line.starts_with(' ');
            if !self.in_backtrace && !OF_BACKTRACES.iter().any(|note| line.starts_with(note)) {
                reason.add(line);
            }
        }
    }

    /// What ended without a word of its own, such as a program that was killed.
    pub(super) fn add_end(&mut self, program: &str, how: String) {
        self.all.push(Reason { test: program.to_owned(), said: vec![how], left_out: 0 });
        self.open = false;
    }
}

impl Reason {
    fn add(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        if self.said.len() == LINES {
            self.left_out += 1;
            return;
        }
        let cut: String = line.chars().take(WIDTH).collect();
        let more = if cut.len() < line.len() { "…" } else { "" };
        self.said.push(cut + more);
    }
}

impl fmt::Display for Reasons {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.all.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n== what failed, and why")?;
        for reason in self.all.iter().take(TOLD) {
            writeln!(f, "\n{}", reason.test)?;
            reason.said.iter().try_for_each(|line| writeln!(f, "    {line}"))?;
            if reason.left_out > 0 {
                writeln!(f, "    … and {} more lines, further up", reason.left_out)?;
            }
        }
        let (others, count) = (self.all.iter().skip(TOLD), self.all.len().saturating_sub(TOLD));
        if count > 0 {
            let names: Vec<&str> = others.map(|reason| reason.test.as_str()).collect();
            writeln!(f, "\nand {count} more, whose words are further up: {}", names.join(", "))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> String {
        let mut reasons = Reasons::default();
        lines.iter().for_each(|line| reasons.add(line));
        reasons.to_string()
    }

    #[test]
    fn what_each_failed_test_said_is_told_again_and_nothing_else() {
        let told = told(&[
            "running 3 tests",
            "test a ... ok",
            "test b ... FAILED",
            "",
            "failures:",
            "",
            "---- b stdout ----",
            "",
            "thread 'b' panicked at tests/b.rs:3:5:",
            "the door is open",
            "",
            "---- c::d stdout ----",
            "Error: no key",
            "",
            "",
            "failures:",
            "    b",
            "    c::d",
            "",
            "test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test e ... ok",
        ]);
        let expected = "\n== what failed, and why\n\nb\n    thread 'b' panicked at tests/b.rs:3:5:\n    the door is open\n\
                        \nc::d\n    Error: no key\n";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_run_in_which_nothing_failed_tells_nothing() {
        assert_eq!(told(&["running 1 test", "test a ... ok", "---- is no heading"]), "");
    }

    #[test]
    fn long_words_and_many_failures_are_cut_and_counted() {
        let line = "ä".repeat(WIDTH + 1);
        let said = std::iter::repeat_n(line.as_str(), LINES + 3);
        let long = told(&["---- long stdout ----"].into_iter().chain(said).collect::<Vec<_>>());
        assert!(long.ends_with("… and 3 more lines, further up\n"), "{long}");
        assert!(long.lines().all(|line| line.chars().count() <= WIDTH + 5), "{long}");

        let names: Vec<String> = (0..TOLD + 2).map(|number| format!("---- t{number} stdout ----")).collect();
        let many = told(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(many.ends_with("and 2 more, whose words are further up: t25, t26\n"), "{many}");
    }

    #[test]
    fn a_backtrace_is_left_out_and_what_is_said_after_it_is_not() {
        let told = told(&[
            "---- a stdout ----",
            "thread 'a' panicked at tests/a.rs:3:5:",
            "no",
            "stack backtrace:",
            "   0: __rustc::rust_begin_unwind",
            "             at /rustc/library/std/src/panicking.rs:689:5",
            "note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.",
            "pictures are in target/screenshots",
        ]);
        let expected = "\n== what failed, and why\n\na\n    thread 'a' panicked at tests/a.rs:3:5:\n    no\n    pictures are in \
                        target/screenshots\n";
        assert_eq!(told, expected);
    }

    #[test]
    fn an_errors_backtrace_does_not_take_the_place_of_its_causes() {
        let told = told(&[
            "---- a stdout ----",
            "Error: on the page sync",
            "",
            "Caused by:",
            "    never true: return 1 === 2",
            "",
            "Stack backtrace:",
            "   0: <E as anyhow::context::ext::StdError>::ext_context",
            "             at /anyhow/src/backtrace.rs:27:14",
            "",
            "---- b stdout ----",
            "no",
        ]);
        let expected = "\n== what failed, and why\n\na\n    Error: on the page sync\n    Caused by:\n        never true: return \
                        1 === 2\n\nb\n    no\n";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_program_that_was_killed_is_told_with_how_it_ended() {
        let mut reasons = Reasons::default();
        reasons.add("---- a stdout ----");
        reasons.add("said");
        reasons.add_end("tests/crash", "it ended with signal 9".to_owned());
        reasons.add("this is the next program's");
        let expected =
            "\n== what failed, and why\n\na\n    said\n\ntests/crash\n    it ended with signal 9\n";
        assert_eq!(reasons.to_string(), expected);
    }
}
