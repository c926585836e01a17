//! Wrong passwords and the wait after them. The count is on disk before a password is tried, so that ending the
//! program does not end the wait: a new process starts with the whole of it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

use model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::folder::replace;

/// Wrong passwords that cost no wait: people mistype.
const FREE: u32 = 2;
const LONGEST: Duration = Duration::from_secs(60);

/// Wrong passwords since the last unlock.
#[derive(Debug)]
pub struct Attempts {
    file: PathBuf,
    failed: u32,
    /// Those that the next unlock tells of.
    untold: Option<Failures>,
    /// The same before the attempt that is being made.
    before: Option<Failures>,
    /// On the monotonic clock of this process.
    next_at: Duration,
}

/// Wrong passwords and kits, for whoever opens the vault next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failures {
    /// How many.
    pub count: u32,
    /// When the last of them was made, by the wall clock.
    pub last_at: Timestamp,
}

#[derive(Clone, Copy, Default, Serialize, Deserialize)]
struct Stored {
    failed: u32,
    /// Absent in files of before.
    #[serde(default)]
    untold: Option<Failures>,
}

impl Attempts {
    /// Reads the count from a state folder. `uptime` is the monotonic clock's reading now. A file that cannot be
    /// read counts as none: it protects against guessing at the keyboard, not against someone with the disk.
    pub fn load(state: &Path, uptime: Duration) -> Self {
        let file = state.join("attempts.json");
        let stored = fs::read(&file)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok())
            .unwrap_or_default();
        let Stored { failed, untold } = stored;
        Self { file, failed, untold, before: untold, next_at: uptime + wait_after(failed) }
    }

    /// How many failed since the last unlock.
    pub fn failed(&self) -> u32 {
        self.failed
    }

    /// How long until the next attempt is heard.
    pub fn wait(&self, uptime: Duration) -> Duration {
        self.next_at.saturating_sub(uptime)
    }

    /// Counts an attempt as failed before it is made, at `now` of the wall clock; [`Attempts::clear`] takes that back
    /// when it succeeds.
    ///
    /// # Errors
    /// When the count cannot be written: the attempt must then not be made.
    pub fn begin(&mut self, uptime: Duration, now: Timestamp) -> io::Result<()> {
        let failed = self.failed.saturating_add(1);
        let count = self.untold.map_or(0, |untold| untold.count).saturating_add(1);
        let untold = Some(Failures { count, last_at: now });
        self.write(Stored { failed, untold })?;
        self.before = self.untold;
        self.failed = failed;
        self.untold = untold;
        self.next_at = uptime + wait_after(failed);
        Ok(())
    }

    /// Starts the wait anew from the moment an attempt has failed, since trying takes time itself.
    pub fn failed_at(&mut self, uptime: Duration) {
        self.next_at = uptime + wait_after(self.failed);
    }

    /// Takes back an attempt that failed for another reason than its password.
    pub fn take_back(&mut self) {
        self.settle(self.failed.saturating_sub(1), self.before);
    }

    /// The password was right and nothing was opened by it: nobody waits, and the next unlock still tells of the others.
    pub fn proved(&mut self) {
        self.settle(0, self.before);
    }

    /// Forgets all failures after an unlock, and returns those that this one tells of.
    pub fn clear(&mut self) -> Option<Failures> {
        let told = self.before;
        self.settle(0, None);
        told
    }

    fn settle(&mut self, failed: u32, untold: Option<Failures>) {
        (self.failed, self.untold, self.before) = (failed, untold, untold);
        self.next_at = Duration::ZERO;
        if let Err(error) = self.write(Stored { failed, untold }) {
            tracing::warn!(%error, "the count of wrong passwords could not be set back");
        }
    }

    fn write(&self, stored: Stored) -> io::Result<()> {
        self.file.parent().map_or(Ok(()), fs::create_dir_all)?;
        replace(&self.file, &serde_json::to_vec(&stored)?)
    }
}

fn wait_after(failed: u32) -> Duration {
    match failed.checked_sub(FREE + 1) {
        None => Duration::ZERO,
        Some(doublings) => Duration::from_secs(1 << doublings.min(6)).min(LONGEST),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_doubles_up_to_a_minute() {
        let waits = (0..12).map(|failed| wait_after(failed).as_secs()).collect::<Vec<_>>();
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }

    #[test]
    fn ending_the_program_does_not_end_the_wait() {
        let state = tempfile::tempdir().unwrap();
        let mut attempts = Attempts::load(state.path(), Duration::ZERO);
        for _ in 0..6 {
            attempts.begin(Duration::ZERO, Timestamp(7)).unwrap();
        }
        let later = Attempts::load(state.path(), Duration::from_secs(1000));
        assert_eq!(later.failed(), 6);
        assert_eq!(later.wait(Duration::from_secs(1000)), Duration::from_secs(8));
    }

    #[test]
    fn an_unlock_clears_the_count_on_disk_too() {
        let state = tempfile::tempdir().unwrap();
        let mut attempts = Attempts::load(state.path(), Duration::ZERO);
        attempts.begin(Duration::ZERO, Timestamp(7)).unwrap();
        attempts.clear();
        assert_eq!(Attempts::load(state.path(), Duration::ZERO).failed(), 0);
    }

    #[test]
    fn an_unlock_tells_of_the_failures_before_it_once() {
        let state = tempfile::tempdir().unwrap();
        let mut attempts = Attempts::load(state.path(), Duration::ZERO);
        for at in [1, 2, 3] {
            attempts.begin(Duration::ZERO, Timestamp(at)).unwrap();
        }
        let mut attempts = Attempts::load(state.path(), Duration::ZERO);
        attempts.begin(Duration::ZERO, Timestamp(4)).unwrap();
        assert_eq!(attempts.clear(), Some(Failures { count: 3, last_at: Timestamp(3) }));
        attempts.begin(Duration::ZERO, Timestamp(5)).unwrap();
        assert_eq!(attempts.clear(), None);
    }

    #[test]
    fn a_right_password_that_opens_nothing_ends_the_wait_and_not_the_telling() {
        let state = tempfile::tempdir().unwrap();
        let mut attempts = Attempts::load(state.path(), Duration::ZERO);
        for at in 1..=6 {
            attempts.begin(Duration::ZERO, Timestamp(at)).unwrap();
        }
        attempts.proved();
        assert_eq!((attempts.failed(), attempts.wait(Duration::ZERO)), (0, Duration::ZERO));
        assert_eq!(attempts.clear(), Some(Failures { count: 5, last_at: Timestamp(5) }));
    }

    #[test]
    fn a_count_of_an_older_version_is_read() {
        let state = tempfile::tempdir().unwrap();
        fs::write(state.path().join("attempts.json"), br#"{"failed":4}"#).unwrap();
        assert_eq!(Attempts::load(state.path(), Duration::ZERO).failed(), 4);
    }
}
