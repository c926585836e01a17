//! Which test programs passed, under `target`: what did not change since need not be run again.
//!
//! Nothing is kept of one that failed, was cut short or ran a part of its tests, and what was kept of it before goes when it
//! begins. So there is nothing that could be taken for a pass but a pass.

use std::{
    fs, io,
    path::PathBuf,
    time::{Duration, SystemTime, UNIX_EPOCH},
};

use serde_json::{Value, json};

use super::{key::Key, tally::Counts};
use crate::workspace;

/// Tests draw numbers by chance and look at the clock: after so long a pass says little of today.
const AT_MOST: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// A whole test program that passed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pass {
    key: String,
    pub(super) tests: u64,
    /// Seconds since 1970.
    at: u64,
}

/// How a test program's run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ending {
    /// As the system tells it.
    pub(super) success: bool,
    /// As the program itself told it.
    pub(super) counts: Counts,
}

impl Ending {
    /// Whether all tests of the program ran, and none failed: by the system's word and by the program's own, once.
    fn is_pass(self) -> bool {
        let Counts { failed, left_out, programs, .. } = self.counts;
        self.success && failed == 0 && left_out == 0 && programs == 1
    }

    /// What is remembered of a run: a pass, if what it depended on is after it what it was before.
    pub(super) fn pass(self, before: &Key, after: &Key, now: SystemTime) -> Option<Pass> {
        let lasting = self.is_pass() && before == after;
        lasting.then(|| Pass { key: before.as_str().to_owned(), tests: self.counts.passed, at: seconds(now) })
    }
}

impl Pass {
    /// Whether it still says what a run would say.
    pub(super) fn holds(&self, key: &Key, now: SystemTime) -> bool {
        // One of tomorrow is of a clock that was wrong, and nobody knows when it was.
        let age = seconds(now).checked_sub(self.at);
        self.key == key.as_str() && age.is_some_and(|age| age <= AT_MOST.as_secs())
    }

    /// How long ago, as one says it.
    pub(super) fn age(&self, now: SystemTime) -> String {
        let minutes = seconds(now).saturating_sub(self.at) / 60;
        match (minutes / 60 / 24, minutes / 60, minutes) {
            (0, 0, 0) => "just now".to_owned(),
            (0, 0, minutes) => format!("{minutes} min ago"),
            (0, hours, _) => format!("{hours} h ago"),
            (days, ..) => format!("{days} d ago"),
        }
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let pass: Value = serde_json::from_slice(bytes).ok()?;
        Some(Self {
            key: pass["key"].as_str()?.to_owned(),
            tests: pass["tests"].as_u64()?,
            at: pass["at"].as_u64()?,
        })
    }

    fn written(&self) -> String {
        json!({ "key": self.key, "tests": self.tests, "at": self.at }).to_string()
    }
}

/// The pass of one program that is on file. One that cannot be read is none.
pub(super) fn recall(program: &str) -> Option<Pass> {
    Pass::read(&fs::read(place(program)).ok()?)
}

/// Forgets what is known of a program.
pub(super) fn forget(program: &str) -> io::Result<()> {
    match fs::remove_file(place(program)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Keeps a pass.
pub(super) fn keep(program: &str, pass: &Pass) -> io::Result<()> {
    let place = place(program);
    fs::create_dir_all(place.parent().unwrap_or(&place))?;
    fs::write(place, pass.written())
}

fn place(program: &str) -> PathBuf {
    workspace::made("passed").join(format!("{program}.json"))
}

fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap_or_default().as_secs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::test::key::Parts;

    const DAY: Duration = Duration::from_secs(24 * 60 * 60);

    fn key(of: &str) -> Key {
        let mut parts = Parts::begin();
        parts.add("program", of.as_bytes());
        parts.end()
    }

    fn noon() -> SystemTime {
        UNIX_EPOCH + 20_000 * DAY
    }

    fn whole() -> Ending {
        Ending { success: true, counts: Counts { passed: 12, failed: 0, left_out: 0, programs: 1 } }
    }

    #[test]
    fn a_whole_program_that_passed_is_remembered_for_as_long_as_nothing_changes() {
        let pass = whole().pass(&key("a"), &key("a"), noon()).unwrap();
        assert_eq!(pass.tests, 12);
        assert_eq!(Pass::read(pass.written().as_bytes()), Some(pass.clone()));
        assert!(pass.holds(&key("a"), noon()) && pass.holds(&key("a"), noon() + 7 * DAY));
        assert!(!pass.holds(&key("b"), noon()), "it holds for another program");
    }

    #[test]
    fn a_pass_is_forgotten_after_a_week_and_one_of_tomorrow_is_none() {
        let pass = whole().pass(&key("a"), &key("a"), noon()).unwrap();
        assert!(!pass.holds(&key("a"), noon() + 7 * DAY + Duration::from_secs(1)));
        assert!(!pass.holds(&key("a"), noon() - Duration::from_secs(1)));
    }

    #[test]
    fn nothing_that_failed_or_ran_in_part_is_remembered() {
        let Ending { counts, .. } = whole();
        let endings = [
            // It was killed after its last test, or said so itself.
            Ending { success: false, counts },
            Ending { success: true, counts: Counts { failed: 1, ..counts } },
            Ending { success: false, counts: Counts { failed: 1, ..counts } },
            // A filter was set.
            Ending { success: true, counts: Counts { left_out: 1, ..counts } },
            // It ended without a word, or two said something.
            Ending { success: true, counts: Counts::default() },
            Ending { success: true, counts: Counts { programs: 2, ..counts } },
        ];
        for ending in endings {
            assert_eq!(ending.pass(&key("a"), &key("a"), noon()), None, "{ending:?}");
        }
    }

    #[test]
    fn what_changed_while_it_ran_is_not_remembered() {
        assert_eq!(whole().pass(&key("a"), &key("b"), noon()), None);
    }

    #[test]
    fn a_file_that_was_cut_short_is_no_pass() {
        let text = whole().pass(&key("a"), &key("a"), noon()).unwrap().written();
        for end in 0..text.len() {
            assert_eq!(Pass::read(&text.as_bytes()[..end]), None, "{end}");
        }
        assert_eq!(Pass::read(br#"{"key":"a","tests":-1,"at":0}"#), None);
    }

    #[test]
    fn what_is_forgotten_is_not_recalled() {
        let program = "a-program-of-this-test-alone";
        let pass = whole().pass(&key("a"), &key("a"), noon()).unwrap();
        keep(program, &pass).unwrap();
        assert_eq!(recall(program), Some(pass));
        forget(program).unwrap();
        assert_eq!(recall(program), None);
        forget(program).unwrap();
    }

    #[test]
    fn the_age_is_said_in_the_unit_that_one_would_use() {
        let pass = whole().pass(&key("a"), &key("a"), noon()).unwrap();
        let after = |minutes: u64| pass.age(noon() + Duration::from_secs(60 * minutes));
        assert_eq!(
            [after(0), after(59), after(60), after(1439), after(1440)],
            ["just now", "59 min ago", "1 h ago", "23 h ago", "1 d ago"]
        );
    }
}
