//! Wrong passwords and the wait after them. The count is on disk before a password is tried, so that ending the
//! program does not end the wait: a new process starts with the whole of it.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Duration,
};

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
    /// On the monotonic clock of this process.
    next_at: Duration,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    failed: u32,
}

impl Attempts {
    /// Reads the count from a state folder. `uptime` is the monotonic clock's reading now. A file that cannot be
    /// read counts as none: it protects against guessing at the keyboard, not against someone with the disk.
    pub fn load(state: &Path, uptime: Duration) -> Self {
        let file = state.join("attempts.json");
        let failed = fs::read(&file)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok())
            .map_or(0, |stored| stored.failed);
        Self { file, failed, next_at: uptime + wait_after(failed) }
    }

    /// How many failed since the last unlock.
    pub fn failed(&self) -> u32 {
        self.failed
    }

    /// How long until the next attempt is heard.
    pub fn wait(&self, uptime: Duration) -> Duration {
        self.next_at.saturating_sub(uptime)
    }

    /// Counts an attempt as failed before it is made; [`Attempts::clear`] takes that back when it succeeds.
    ///
    /// # Errors
    /// When the count cannot be written: the attempt must then not be made.
    pub fn begin(&mut self, uptime: Duration) -> io::Result<()> {
        let failed = self.failed.saturating_add(1);
        self.write(failed)?;
        self.failed = failed;
        self.next_at = uptime + wait_after(failed);
        Ok(())
    }

    /// Starts the wait anew from the moment an attempt has failed, since trying takes time itself.
    pub fn failed_at(&mut self, uptime: Duration) {
        self.next_at = uptime + wait_after(self.failed);
    }

    /// Takes back an attempt that failed for another reason than its password.
    pub fn take_back(&mut self) {
        self.failed = self.failed.saturating_sub(1);
        self.next_at = Duration::ZERO;
        if let Err(error) = self.write(self.failed) {
            tracing::warn!(%error, "the count of wrong passwords could not be set back");
        }
    }

    /// Forgets all failures after an unlock.
    pub fn clear(&mut self) {
        self.failed = 0;
        self.next_at = Duration::ZERO;
        if let Err(error) = self.write(0) {
            tracing::warn!(%error, "the count of wrong passwords could not be cleared");
        }
    }

    fn write(&self, failed: u32) -> io::Result<()> {
        self.file.parent().map_or(Ok(()), fs::create_dir_all)?;
        replace(&self.file, &serde_json::to_vec(&Stored { failed })?)
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
            attempts.begin(Duration::ZERO).unwrap();
        }
        let later = Attempts::load(state.path(), Duration::from_secs(1000));
        assert_eq!(later.failed(), 6);
        assert_eq!(later.wait(Duration::from_secs(1000)), Duration::from_secs(8));
    }

    #[test]
    fn an_unlock_clears_the_count_on_disk_too() {
        let state = tempfile::tempdir().unwrap();
        let mut attempts = Attempts::load(state.path(), Duration::ZERO);
        attempts.begin(Duration::ZERO).unwrap();
        attempts.clear();
        assert_eq!(Attempts::load(state.path(), Duration::ZERO).failed(), 0);
    }
}
