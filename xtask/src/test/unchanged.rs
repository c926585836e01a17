//! All tests, but not again what passed and did not change since (decision 69).
//!
//! Cargo starts the programs as ever, in their folders and with their variables; we are only the runner that it asks to start each,
//! `cargo xtask start`. Which of them need not be started is decided here before, and what became of the others is told here
//! by two lines a program.

use std::{collections::BTreeMap, path::PathBuf, time::SystemTime};

use anyhow::{Context as _, ensure};
use serde_json::json;

use super::{
    key::{Key, Sums, Surroundings},
    memory::{self, Ending, Pass},
    programs::{self, Program},
    start::{Begun, Line, Plan},
    tally::{Counts, SILENCE, Tally},
};
use crate::{
    process::{self, cargo},
    setup::WindowTools,
    workspace::{self, Profile},
};

/// The tests in documents' examples, which cargo compiles anew for each run, are one program by this name.
const EXAMPLES: &str = "examples-in-documents";

/// What a run knows of each program, and where it stands.
struct Run<'a> {
    surroundings: Option<Surroundings>,
    handed: Vec<PathBuf>,
    programs: BTreeMap<PathBuf, Known>,
    /// The one that is running, and what had been counted when it began.
    running: Option<(PathBuf, Counts)>,
    unchanged: Counts,
    options: &'a [&'a str],
}

struct Known {
    program: Program,
    key: Option<Key>,
    pass: Option<Pass>,
}

/// Runs all tests of the workspace with cargo's `options`; of those that passed and did not change, none unless `all` are wanted.
///
/// # Errors
/// A test failed, or nothing could be run.
pub(super) fn run(options: &[&str], tools: Option<&WindowTools>, all: bool) -> anyhow::Result<()> {
    let list = ["test", "--workspace", "--tests", "--no-run", "--message-format=json-render-diagnostics"];
    let messages = process::output(cargo(list.iter().chain(options)))?;
    let mut run = Run::prepared(programs::listed(&messages)?, options, tools, all)?;

    let mut tally = Tally::begin();
    let plan = run.plan(tools)?;
    let mut tests = cargo(["test", "--workspace", "--tests", "--no-fail-fast"].iter().chain(options));
    // As it was just built with all others: we may be another file by now that has no name any more.
    let runner = json!([workspace::program("xtask", Profile::Debug)?, "start", plan]);
    // By a condition that holds everywhere, so that a runner of the person's own for this system goes before it.
    tests.arg("--config").arg(format!("target.'cfg(all())'.runner={runner}"));
    tally.watch(tests, SILENCE, |tally, line| run.hears(tally, line))?;
    run.ended(&mut tally, None);
    run.examples(&mut tally, all)?;
    run.close(tally)
}

impl<'a> Run<'a> {
    fn prepared(
        programs: Vec<Program>,
        options: &'a [&'a str],
        tools: Option<&WindowTools>,
        all: bool,
    ) -> anyhow::Result<Self> {
        let surroundings = surroundings()?;
        if surroundings.is_none() {
            println!(
                "\nEvery test is run, whatever passed before: this system does not say which packages it has, or git does \
                 not know this folder."
            );
        }
        let handed = tools.map(super::handed).transpose()?.unwrap_or_default();
        Self::with(surroundings, handed.into_iter().map(|(_, file)| file).collect(), programs, options, all)
    }

    fn with(
        surroundings: Option<Surroundings>,
        handed: Vec<PathBuf>,
        programs: Vec<Program>,
        options: &'a [&'a str],
        all: bool,
    ) -> anyhow::Result<Self> {
        let (unchanged, running) = (Counts::default(), None);
        let mut run = Self { surroundings, handed, programs: BTreeMap::new(), running, unchanged, options };
        let (now, mut sums) = (SystemTime::now(), Sums::default());
        for program in programs {
            let key = run.key(&program, &mut sums)?;
            let holds = |pass: &Pass| key.as_ref().is_some_and(|key| !all && pass.holds(key, now));
            let pass = memory::recall(&program.id()).filter(holds);
            run.programs.insert(program.file().to_owned(), Known { program, key, pass });
        }
        Ok(run)
    }

    fn key(&self, program: &Program, sums: &mut Sums) -> anyhow::Result<Option<Key>> {
        let Some(surroundings) = &self.surroundings else { return Ok(None) };
        let handed = if program.name().drives_the_window() { self.handed.as_slice() } else { &[] };
        let key = surroundings.key(program, handed, sums);
        key.map(Some).with_context(|| format!("what {} reads cannot be read", program.shown()))
    }

    /// Tells the runner what it has to know.
    fn plan(&self, tools: Option<&WindowTools>) -> anyhow::Result<PathBuf> {
        let unchanged = self.programs.iter().filter(|(_, known)| known.pass.is_some());
        let window = self.programs.iter().filter(|(_, known)| known.program.name().drives_the_window());
        let plan = Plan {
            unchanged: unchanged.map(|(file, _)| file.clone()).collect(),
            window: window.map(|(file, _)| file.clone()).collect(),
            handed: tools.map(super::handed).transpose()?.unwrap_or_default(),
        };
        plan.write()
    }

    /// Looks at a line of the tests' output; says whether it is the runner's, and no test's.
    fn hears(&mut self, tally: &mut Tally, line: &str) -> bool {
        let Some(line) = Line::read(line) else { return false };
        match line {
            Line::Begins(begun) => {
                // A program whose end was not told did not end well.
                self.ended(tally, None);
                self.begins(tally, begun);
            }
            Line::Ended(code) => self.ended(tally, code),
        }
        true
    }

    fn begins(&mut self, tally: &Tally, Begun { file, skipped }: Begun) {
        let Some(known) = self.programs.get(&file) else { return };
        if let (true, Some(pass)) = (skipped, &known.pass) {
            self.unchanged.passed += pass.tests;
            self.unchanged.programs += 1;
            let (age, tests) = (pass.age(SystemTime::now()), pass.tests);
            println!("unchanged since it passed {age}: {}, {tests} tests", known.program.shown());
            return;
        }
        if let Err(error) = memory::forget(&known.program.id()) {
            // Then its old pass is another key's, or the same that it is about to earn again: it is asked for once more below.
            println!("what is known of {} cannot be removed: {error}", known.program.shown());
        }
        self.running = Some((file, tally.counts));
    }

    /// Settles the program that is running, if one is. Without a code nobody told how it ended.
    fn ended(&mut self, tally: &mut Tally, code: Option<i32>) {
        let Some((file, before)) = self.running.take() else { return };
        let Some(known) = self.programs.get(&file) else { return };
        let counts = tally.counts.since(before);
        if code != Some(0) && counts.failed == 0 {
            let how = match code {
                Some(code) => format!("it ended with {code} and did not say which of its tests failed"),
                None => "it was killed, or ended without a word".to_owned(),
            };
            tally.reasons.add_end(&known.program.shown(), how);
        }
        let ending = Ending { success: code == Some(0), counts };
        let after = self.key(&known.program, &mut Sums::default());
        if let (Some(before), Ok(Some(after))) = (&known.key, after)
            && let Some(pass) = ending.pass(before, &after, SystemTime::now())
            && let Err(error) = memory::keep(&known.program.id(), &pass)
        {
            println!("that {} passed cannot be written down: {error}", known.program.shown());
        }
    }

    /// Tests in documents. They are compiled from the sources, so all of these are what they depend on.
    fn examples(&mut self, tally: &mut Tally, all: bool) -> anyhow::Result<()> {
        let program = Program::new("", EXAMPLES, workspace::root().join("Cargo.lock"), Vec::new());
        let (key, now) = (self.key(&program, &mut Sums::default())?, SystemTime::now());
        let pass = memory::recall(EXAMPLES)
            .filter(|pass| key.as_ref().is_some_and(|key| !all && pass.holds(key, now)));
        if let Some(pass) = pass {
            self.unchanged.passed += pass.tests;
            self.unchanged.programs += 1;
            println!(
                "unchanged since they passed {}: examples in documents, {} tests",
                pass.age(now),
                pass.tests
            );
            return Ok(());
        }
        memory::forget(EXAMPLES)?;
        let before = tally.counts;
        let examples = cargo(["test", "--workspace", "--doc", "--no-fail-fast"].iter().chain(self.options));
        let status = tally.watch(examples, SILENCE, |_, _| false)?;
        // Each room tells its own; together they are the one program.
        let counts = Counts { programs: 1, ..tally.counts.since(before) };
        if let (Some(key), Some(after)) = (key, self.key(&program, &mut Sums::default())?)
            && let Some(pass) =
                (Ending { success: status.success(), counts }).pass(&key, &after, SystemTime::now())
        {
            memory::keep(EXAMPLES, &pass)?;
        }
        Ok(())
    }

    fn close(self, tally: Tally) -> anyhow::Result<()> {
        let Counts { passed, programs, .. } = self.unchanged;
        if programs > 0 {
            println!(
                "\nunchanged since they passed, and not run: {programs} programs, {passed} tests. \
                 `cargo xtask test --all` runs them, too."
            );
        }
        let ran = tally.close()?;
        ensure!(ran.passed > 0 || programs > 0, "no test was run");
        Ok(())
    }
}

fn surroundings() -> anyhow::Result<Option<Surroundings>> {
    // New files count, too, and what git is told to ignore does not.
    let list = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    let Ok(files) = process::output(process::command("git", list)) else { return Ok(None) };
    let files = files.split_terminator('\0').map(str::to_owned).collect();
    let compiler = process::output(process::command("rustc", ["-vV"]))?;
    Ok(Surroundings::found(files, &compiler)?)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const OK: &str =
        "test result: ok. 3 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";
    const FAILED: &str =
        "test result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s";

    /// One test program that is on file, in a run that has not begun.
    struct Stage(PathBuf);

    impl Stage {
        fn new(name: &str) -> Self {
            let folder = workspace::made(&format!("test-runs/{name}"));
            fs::create_dir_all(&folder).unwrap();
            let file = folder.join(format!("of-a-test-{name}"));
            fs::write(&file, "1").unwrap();
            Self(file)
        }

        fn program(&self) -> Program {
            Program::new("crates/store", "store", self.0.clone(), Vec::new())
        }

        fn run(&self, all: bool) -> Run<'static> {
            let surroundings = Some(Surroundings::of([0; 32], Vec::new()));
            Run::with(surroundings, Vec::new(), vec![self.program()], &[], all).unwrap()
        }

        /// Plays a run in which the program says so and ends so, if it is started at all; says whether it was.
        fn play(&self, all: bool, says: &[&str], code: Option<i32>) -> bool {
            let (mut run, mut tally) = (self.run(all), Tally::begin());
            let skipped = run.programs[&self.0].pass.is_some();
            run.begins(&tally, Begun { file: self.0.clone(), skipped });
            if !skipped {
                says.iter().for_each(|line| tally.add(line));
                run.ended(&mut tally, code);
            }
            !skipped
        }
    }

    impl Drop for Stage {
        fn drop(&mut self) {
            memory::forget(&self.program().id()).unwrap();
            fs::remove_dir_all(self.0.parent().unwrap()).unwrap();
        }
    }

    #[test]
    fn what_passed_is_not_run_again_until_it_changes_or_all_is_asked_for() {
        let stage = Stage::new("passed");
        assert!(stage.play(false, &[OK], Some(0)));
        assert!(!stage.play(false, &[OK], Some(0)));
        assert!(stage.play(true, &[OK], Some(0)));
        assert!(!stage.play(false, &[OK], Some(0)));
        fs::write(&stage.0, "2").unwrap();
        assert!(stage.play(false, &[OK], Some(0)));
    }

    #[test]
    fn what_did_not_pass_is_run_again_each_time() {
        let stage = Stage::new("failed");
        let failures: [(&[&str], Option<i32>); 4] =
            [(&[FAILED], Some(101)), (&[], Some(0)), (&[OK], Some(1)), (&["test a ... ok"], None)];
        for (says, code) in failures {
            assert!(stage.play(false, says, code), "{says:?}");
        }
        assert!(stage.play(false, &[OK], Some(0)), "a failure was taken for a pass");
    }

    #[test]
    fn a_failure_ends_what_was_remembered_of_the_same_program() {
        let stage = Stage::new("then-failed");
        assert!(stage.play(false, &[OK], Some(0)));
        assert!(stage.play(true, &[FAILED], Some(101)));
        assert!(stage.play(false, &[FAILED], Some(101)), "the pass before it counts still");
    }

    #[test]
    fn a_program_that_never_told_its_end_is_not_remembered() {
        let stage = Stage::new("cut");
        assert!(stage.play(false, &[OK], Some(0)));
        let (mut run, tally) = (stage.run(true), Tally::begin());
        run.begins(&tally, Begun { file: stage.0.clone(), skipped: false });
        drop(run);
        assert!(stage.play(false, &[OK], Some(0)), "the pass before it counts still");
    }

    #[test]
    fn what_is_not_run_is_counted_apart() {
        let stage = Stage::new("counted");
        assert!(stage.play(false, &[OK], Some(0)));
        let (mut run, tally) = (stage.run(false), Tally::begin());
        run.begins(&tally, Begun { file: stage.0.clone(), skipped: true });
        assert_eq!(run.unchanged, Counts { passed: 3, failed: 0, left_out: 0, programs: 1 });
        assert_eq!(tally.counts, Counts::default());
    }
}
