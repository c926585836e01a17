//! `cargo xtask start`: how cargo starts each test program while all tests run, and how that is told to the run.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use anyhow::Context as _;
use clap::Args;
use serde_json::{Value, json};

use crate::workspace;

/// How a line begins that we say, and no test. Cargo passes our output on among that of the tests.
const MARK: &str = "\u{1}signalbox-tests";

/// What cargo calls its runner with.
#[derive(Args)]
pub(crate) struct Start {
    /// What the run knows
    plan: PathBuf,
    program: PathBuf,
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<std::ffi::OsString>,
}

/// What the run tells its runner.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Plan {
    /// Programs that need not be started.
    pub(super) unchanged: Vec<PathBuf>,
    /// Programs that are handed what drives the window.
    pub(super) window: Vec<PathBuf>,
    /// What these are handed, by the names of the variables.
    pub(super) handed: Vec<(String, PathBuf)>,
}

/// What the runner tells of a program before it starts it, or does not.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Begun {
    pub(super) file: PathBuf,
    pub(super) skipped: bool,
}

/// What the runner tells the run.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Line {
    Begins(Begun),
    /// Without a number when a signal ended it.
    Ended(Option<i32>),
}

/// Starts a program as cargo wants it started, or does not, and tells which.
///
/// # Errors
/// There is no plan, or the program cannot be started.
pub(crate) fn start(start: &Start) -> anyhow::Result<ExitCode> {
    let plan = Plan::read(&start.plan)?;
    let skipped = plan.unchanged.contains(&start.program);
    tell(&Line::Begins(Begun { file: start.program.clone(), skipped }))?;
    if skipped {
        return Ok(ExitCode::SUCCESS);
    }
    let mut program = Command::new(&start.program);
    program.args(&start.arguments);
    if plan.window.contains(&start.program) {
        program.envs(plan.handed.iter().map(|(name, file)| (name, file)));
    }
    let status =
        program.status().with_context(|| format!("{} cannot be started", start.program.display()))?;
    if !status.success() {
        // It may have ended in the middle of a line.
        println!();
    }
    tell(&Line::Ended(status.code()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(code.map_or(ExitCode::FAILURE, ExitCode::from))
}

fn tell(line: &Line) -> anyhow::Result<()> {
    println!("{}", line.written());
    Ok(std::io::stdout().flush()?)
}

impl Line {
    fn written(&self) -> String {
        let said = match self {
            Self::Begins(Begun { file, skipped }) => json!({ "begins": file, "skipped": skipped }),
            Self::Ended(code) => json!({ "ended": code }),
        };
        format!("{MARK} {said}")
    }

    /// Reads a line of the tests' output; `None` if a test said it.
    pub(super) fn read(line: &str) -> Option<Self> {
        let said: Value = serde_json::from_str(line.strip_prefix(MARK)?).ok()?;
        match (said["begins"].as_str(), said.get("ended")) {
            (Some(file), None) => {
                Some(Self::Begins(Begun { file: file.into(), skipped: said["skipped"].as_bool()? }))
            }
            (None, Some(code)) => Some(Self::Ended(code.as_i64().and_then(|code| i32::try_from(code).ok()))),
            _ => None,
        }
    }
}

impl Plan {
    /// Lays it where the runner finds it.
    pub(super) fn write(&self) -> anyhow::Result<PathBuf> {
        let place = workspace::made("passed").join("plan");
        fs::create_dir_all(workspace::made("passed"))?;
        let text = json!({ "unchanged": self.unchanged, "window": self.window, "handed": self.handed });
        fs::write(&place, text.to_string())
            .with_context(|| format!("{} cannot be written", place.display()))?;
        Ok(place)
    }

    fn read(place: &Path) -> anyhow::Result<Self> {
        let text = fs::read(place).with_context(|| format!("{} cannot be read", place.display()))?;
        Self::parsed(&text).context("the plan of this run is damaged; begin it again: `cargo xtask test`")
    }

    fn parsed(text: &[u8]) -> Option<Self> {
        let plan: Value = serde_json::from_slice(text).ok()?;
        let files = |name: &str| -> Option<Vec<PathBuf>> {
            plan[name].as_array()?.iter().map(|file| file.as_str().map(PathBuf::from)).collect()
        };
        let pairs = plan["handed"].as_array()?.iter();
        let handed = pairs.map(|pair| Some((pair[0].as_str()?.to_owned(), PathBuf::from(pair[1].as_str()?))));
        Some(Self {
            unchanged: files("unchanged")?,
            window: files("window")?,
            handed: handed.collect::<Option<_>>()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_runner_tells_is_understood_and_what_a_test_says_is_not() {
        let lines = [
            Line::Begins(Begun { file: "/target/debug/deps/store-02".into(), skipped: true }),
            Line::Begins(Begun { file: "a file: {\"ended\": 0}".into(), skipped: false }),
            Line::Ended(Some(101)),
            Line::Ended(None),
        ];
        for line in lines {
            assert_eq!(Line::read(&line.written()), Some(line));
        }
        for said in
            ["", "{\"ended\":0}", "test result: ok.", "\u{1}signalbox-tests", "\u{1}signalbox-tests {}"]
        {
            assert_eq!(Line::read(said), None, "{said:?}");
        }
    }

    #[test]
    fn a_plan_is_read_as_it_was_written_and_a_damaged_one_is_none() {
        let plan = Plan {
            unchanged: vec!["/a b".into()],
            window: vec!["/window-01".into()],
            handed: vec![("SIGNALBOX_TEST_APP".to_owned(), "/signalbox".into())],
        };
        let text =
            json!({ "unchanged": plan.unchanged, "window": plan.window, "handed": plan.handed }).to_string();
        assert_eq!(Plan::parsed(text.as_bytes()), Some(plan));
        assert_eq!(Plan::parsed(&text.as_bytes()[..text.len() - 1]), None);
        assert_eq!(Plan::parsed(br#"{"unchanged":[1],"window":[],"handed":[]}"#), None);
    }
}
