//! What the failed tests said, kept while it goes by and said again at the end: whoever reads a log in a browser sees its tail
//! first, and often nothing else.

use std::{collections::VecDeque, fmt};

/// Lines that are kept of each failed test: its first ones, and its last, where a search for the smallest failing input says
/// what it found. The whole of it is further up.
const FIRST: usize = 15;
const LAST: usize = 15;
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
    first: Vec<String>,
    last: VecDeque<String>,
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
            self.all.push(Reason::of(test));
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
        self.all.push(Reason { first: vec![how], ..Reason::of(program) });
        self.open = false;
    }
}

impl Reason {
    fn of(test: &str) -> Self {
        Self { test: test.to_owned(), first: Vec::new(), last: VecDeque::new(), left_out: 0 }
    }

    fn add(&mut self, line: &str) {
        if line.trim().is_empty() {
            return;
        }
        let cut: String = line.chars().take(WIDTH).collect();
        let more = if cut.len() < line.len() { "…" } else { "" };
        if self.first.len() < FIRST {
            self.first.push(cut + more);
            return;
        }
        if self.last.len() == LAST {
            self.last.pop_front();
            self.left_out += 1;
        }
        self.last.push_back(cut + more);
    }

    /// The line that says most when there is room for one.
    fn headline(&self) -> &str {
        let is_a_place = |line: &str| line.starts_with("thread '") && line.contains(" panicked at ");
        self.first.iter().map(String::as_str).find(|line| !is_a_place(line)).unwrap_or("it said nothing")
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
            reason.first.iter().try_for_each(|line| writeln!(f, "    {line}"))?;
            if reason.left_out > 0 {
                writeln!(f, "    … {} lines, which are further up …", reason.left_out)?;
            }
            reason.last.iter().try_for_each(|line| writeln!(f, "    {line}"))?;
        }
        let (others, count) = (self.all.iter().skip(TOLD), self.all.len().saturating_sub(TOLD));
        if count > 0 {
            let names: Vec<&str> = others.map(|reason| reason.test.as_str()).collect();
            writeln!(f, "\nand {count} more, whose words are further up: {}", names.join(", "))?;
        }
        writeln!(f, "\n== in short")?;
        self.all
            .iter()
            .take(TOLD)
            .try_for_each(|reason| writeln!(f, "{}: {}", reason.test, reason.headline()))
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
                        \nc::d\n    Error: no key\n\n== in short\nb: the door is open\nc::d: Error: no key\n";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_run_in_which_nothing_failed_tells_nothing() {
        assert_eq!(told(&["running 1 test", "test a ... ok", "---- is no heading"]), "");
    }

    #[test]
    fn long_words_and_many_failures_are_cut_and_counted() {
        let line = "ä".repeat(WIDTH + 1);
        let said = std::iter::repeat_n(line.as_str(), FIRST + 3 + LAST);
        let long = told(&["---- long stdout ----"].into_iter().chain(said).collect::<Vec<_>>());
        assert!(long.contains("\n    … 3 lines, which are further up …\n"), "{long}");
        assert_eq!(long.lines().filter(|line| line.starts_with("    ä")).count(), FIRST + LAST);
        assert!(long.lines().all(|line| line.chars().count() <= WIDTH + 10), "{long}");

        let names: Vec<String> = (0..TOLD + 2).map(|number| format!("---- t{number} stdout ----")).collect();
        let many = told(&names.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(many.contains("\nand 2 more, whose words are further up: t25, t26\n"), "{many}");
        assert!(many.ends_with("\nt23: it said nothing\nt24: it said nothing\n"), "{many}");
    }

    #[test]
    fn the_first_and_the_last_that_a_search_for_the_smallest_input_says_are_told() {
        let tries = (0..50).map(|number| format!("try {number}"));
        let lines: Vec<String> = ["---- a stdout ----".to_owned()]
            .into_iter()
            .chain(tries)
            .chain(["minimal failing input: 7".to_owned()])
            .collect();
        let told = told(&lines.iter().map(String::as_str).collect::<Vec<_>>());
        assert!(told.contains("\na\n    try 0\n"), "{told}");
        assert!(told.ends_with("\n    minimal failing input: 7\n\n== in short\na: try 0\n"), "{told}");
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
                        target/screenshots\n\n== in short\na: no\n";
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
                        1 === 2\n\nb\n    no\n\n== in short\na: Error: on the page sync\nb: no\n";
        assert_eq!(told, expected);
    }

    #[test]
    fn a_program_that_was_killed_is_told_with_how_it_ended() {
        let mut reasons = Reasons::default();
        reasons.add("---- a stdout ----");
        reasons.add("said");
        reasons.add_end("tests/crash", "it ended with signal 9".to_owned());
        reasons.add("this is the next program's");
        let expected = "\n== what failed, and why\n\na\n    said\n\ntests/crash\n    it ended with signal 9\n\n== in short\n\
                        a: said\ntests/crash: it ended with signal 9\n";
        assert_eq!(reasons.to_string(), expected);
    }
}
