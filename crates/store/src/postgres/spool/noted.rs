//! Calls that ended and are neither in the log nor among what waits yet. Each is written to a file before its answer goes out. The file
//! is not synced, so nobody waits for a disk: what the system was given outlives the process, and only the computer's own end takes it along.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{Logged, MOST_OF_FILE, Spool};
use crate::{
    CallRow,
    postgres::{PgStore, logged::AsText},
};

const ENDING: &str = "ended";
/// A file that is longer is followed by another one, so that those before it can go.
const FULL: u64 = 4 * 1024 * 1024;
/// Calls of one file of those that wait.
const AT_ONCE: usize = 2_048;

/// The files of this run. Each is locked as long as its process lives.
pub(super) struct Noted {
    folder: PathBuf,
    files: Mutex<Files>,
    prices: Mutex<AsText>,
}

#[derive(Default)]
struct Files {
    /// By number; the last is written to, and those before it have calls that are not in the log.
    open: BTreeMap<u64, Open>,
    failed: bool,
}

struct Open {
    file: File,
    path: PathBuf,
    length: u64,
    calls: u64,
    /// A line broke off, so the next one begins with an end of line.
    is_torn: bool,
}

impl PgStore {
    /// Puts down that a call ended, before its answer goes out. `None` where that is not possible: then it is in memory until it is logged.
    pub fn note_call(&self, row: &CallRow) -> Option<u64> {
        let spool = self.spool.as_ref()?;
        let call = Logged::one(row, &mut spool.noted.prices());
        let mut line = serde_json::to_vec(&call).ok()?;
        line.push(b'\n');
        spool.noted.put(&line)
    }

    /// These calls are in the log, or wait for it on disk.
    pub fn forget_noted(&self, places: &[u64]) {
        if let Some(spool) = &self.spool {
            spool.noted.forget(places);
        }
    }
}

impl Noted {
    pub(super) fn of(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), files: Mutex::default(), prices: Mutex::default() }
    }

    fn held(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn prices(&self) -> MutexGuard<'_, AsText> {
        self.prices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says in which file it is.
    fn put(&self, line: &[u8]) -> Option<u64> {
        let mut files = self.held();
        let written = files.write(&self.folder, line);
        if let Err(error) = &written
            && !files.failed
        {
            tracing::warn!(%error, "calls cannot be put down before they are logged, so a kill of this server loses the last of them");
        }
        files.failed = written.is_err();
        written.ok()
    }

    fn forget(&self, places: &[u64]) {
        let mut files = self.held();
        for place in places {
            if let Some(open) = files.open.get_mut(place) {
                open.calls = open.calls.saturating_sub(1);
            }
        }
        let last = files.open.last_key_value().map(|(number, _)| *number);
        files.open.retain(|number, open| {
            if open.calls > 0 {
                return true;
            }
            if Some(*number) == last && open.file.set_len(0).is_ok() {
                (open.length, open.is_torn) = (0, false);
                return true;
            }
            // What cannot be removed is brought to the log once more by the next start, where its calls count once.
            fs::remove_file(&open.path).is_err() && Some(*number) == last
        });
    }

    /// Takes the files along whose calls are all in the log. For a clean end.
    pub(super) fn close(&self) {
        self.held().open.retain(|_, open| open.calls > 0 || fs::remove_file(&open.path).is_err());
    }

    /// Whether there are files, of this process or another.
    pub(super) fn are_there(&self) -> io::Result<bool> {
        Ok(!self.list()?.is_empty())
    }

    fn list(&self) -> io::Result<Vec<PathBuf>> {
        let files = fs::read_dir(&self.folder)?.map(|entry| entry.map(|entry| entry.path()));
        let files: io::Result<Vec<PathBuf>> = files.collect();
        Ok(files?
            .into_iter()
            .filter(|file| file.extension().is_some_and(|ending| ending == ENDING))
            .collect())
    }

    /// Files of whoever was killed.
    fn left(&self) -> io::Result<Vec<(File, PathBuf)>> {
        let mut left = Vec::new();
        for path in self.list()? {
            let file = OpenOptions::new().read(true).write(true).open(&path)?;
            match file.try_lock() {
                Ok(()) => left.push((file, path)),
                // This server's own, or another process's.
                Err(TryLockError::WouldBlock) => {}
                Err(TryLockError::Error(error)) => return Err(error),
            }
        }
        Ok(left)
    }
}

impl Files {
    fn write(&mut self, folder: &Path, line: &[u8]) -> io::Result<u64> {
        if self.open.last_key_value().is_none_or(|(_, open)| open.length >= FULL) {
            let number = self.open.last_key_value().map_or(1, |(number, _)| number + 1);
            self.open.insert(number, Open::make(folder)?);
        }
        let Some(mut last) = self.open.last_entry() else { return Err(io::ErrorKind::NotFound.into()) };
        let number = *last.key();
        last.get_mut().write(line)?;
        Ok(number)
    }
}

impl Open {
    /// A new file, which is this process's: whoever brings files of the dead to the log may have taken it before it was locked.
    fn make(folder: &Path) -> io::Result<Self> {
        loop {
            let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
            let path = folder.join(format!("{now:032x}-{:x}.{ENDING}", std::process::id()));
            let file = match OpenOptions::new().append(true).create_new(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => continue,
                file => file?,
            };
            if file.try_lock().is_ok() && path.exists() {
                return Ok(Self { file, path, length: 0, calls: 0, is_torn: false });
            }
        }
    }

    fn write(&mut self, line: &[u8]) -> io::Result<()> {
        if self.is_torn {
            self.file.write_all(b"\n")?;
        }
        // In one piece, so that a kill leaves a line whole or not at all as a rule.
        self.is_torn = true;
        self.file.write_all(line)?;
        self.is_torn = false;
        self.length += line.len() as u64;
        self.calls += 1;
        Ok(())
    }
}

impl Spool {
    /// Puts calls of a process that was killed to those that wait.
    pub(super) fn take_over(&self) -> io::Result<()> {
        for (file, path) in self.noted.left()? {
            if file.metadata()?.len() > MOST_OF_FILE {
                tracing::error!(file = %path.display(), "a file of calls that ended is damaged, and was put aside");
                fs::rename(&path, path.with_extension("damaged"))?;
                continue;
            }
            let text = fs::read(&path)?;
            // An answer goes out after its line is there. So a line that broke off is of a call that nobody was answered.
            let lines =
                text.split(|byte| *byte == b'\n').filter_map(|line| serde_json::from_slice(line).ok());
            let calls: Vec<Logged> = lines.collect();
            for batch in calls.chunks(AT_ONCE) {
                self.write(batch)?;
            }
            if !calls.is_empty() {
                tracing::info!(calls = calls.len(), "calls of a server that was killed come to the log");
            }
            fs::remove_file(&path)?;
            drop(file);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    #[test]
    fn what_is_logged_leaves_nothing_behind_and_what_is_not_stays_in_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let noted = Noted::of(folder.path());
        let places: Vec<u64> = (0..3).map(|_| noted.put(b"{}\n").unwrap()).collect();
        let file = noted.held().open[&1].path.clone();
        noted.forget(&places[..2]);
        assert_eq!(fs::read(&file).unwrap(), b"{}\n{}\n{}\n");
        noted.forget(&places[2..]);
        assert_eq!((fs::read(&file).unwrap().len(), noted.put(b"{}\n")), (0, Some(1)));
        assert_eq!(fs::read(&file).unwrap(), b"{}\n");
        noted.close();
        assert_eq!(names(folder.path()), 1, "its call is not in the log");
    }

    #[test]
    fn a_full_file_is_followed_by_another_and_goes_when_its_calls_are_logged() {
        let folder = tempfile::tempdir().unwrap();
        let noted = Noted::of(folder.path());
        let long = vec![b' '; FULL as usize];
        let places = [noted.put(&long).unwrap(), noted.put(b"{}\n").unwrap()];
        assert_eq!((places, names(folder.path())), ([1, 2], 2));
        noted.forget(&places[..1]);
        assert_eq!(names(folder.path()), 1);
    }

    #[test]
    fn a_file_of_one_who_lives_is_left_alone_and_one_of_the_dead_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (living, other) = (Noted::of(folder.path()), Noted::of(folder.path()));
        living.put(b"{}\n").unwrap();
        assert!(other.left().unwrap().is_empty());
        drop(living);
        assert_eq!(other.left().unwrap().len(), 1);
    }
}
