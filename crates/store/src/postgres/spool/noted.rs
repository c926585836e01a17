//! Calls that ended and are neither in the log nor among what waits yet. Each is written to a file before its answer goes out. The file
//! is not synced, so nobody waits for a disk: what the system was given outlives the process, and only the computer's own end takes it along.

use std::{
    collections::BTreeMap,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    mem,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use super::{Logged, MOST_OF_FILE, Spool};
use crate::{
    CallRow,
    postgres::{
        PgStore,
        logged::{AsText, Ended},
    },
};

const ENDING: &str = "ended";
/// Of what follows it: a [`Logged`] in postcard's form, which has no names. Another one is another layout.
const LAYOUT: u8 = 1;
/// Bytes of a note's length, which stands before it.
const LENGTH: usize = size_of::<u32>();
/// A file that is longer is followed by another one, so that those before it can go.
const FULL: u64 = 4 * 1024 * 1024;
/// Calls of one file of those that wait.
const AT_ONCE: usize = 2_048;

/// The files of this run. Each is locked as long as its process lives.
pub(super) struct Noted {
    folder: PathBuf,
    files: Mutex<Files>,
}

#[derive(Default)]
struct Files {
    /// By number; the last is written to, and those before it have calls that are not in the log.
    open: BTreeMap<u64, Open>,
    failed: bool,
    prices: AsText,
    /// Room for a note.
    note: Vec<u8>,
}

struct Open {
    file: File,
    path: PathBuf,
    length: u64,
    calls: u64,
    /// A note broke off behind them.
    is_torn: bool,
}

impl PgStore {
    /// Puts down that a call ended, before its answer goes out. `None` where that is not possible: then it is in memory until it is logged.
    pub fn note_call(&self, row: &CallRow) -> Option<u64> {
        self.spool.as_ref()?.noted.put(row)
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
        Self { folder: folder.to_owned(), files: Mutex::default() }
    }

    fn held(&self) -> MutexGuard<'_, Files> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Says in which file it is.
    fn put(&self, row: &CallRow) -> Option<u64> {
        let mut files = self.held();
        let written = files.put(&self.folder, row);
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
    fn put(&mut self, folder: &Path, row: &CallRow) -> io::Result<u64> {
        let mut note = mem::take(&mut self.note);
        note.clear();
        note.extend_from_slice(&[0; LENGTH]);
        note.push(LAYOUT);
        let call = Ended::one(row, &mut self.prices);
        self.note = postcard::to_extend(&call, note).map_err(io::Error::other)?;
        let length = u32::try_from(self.note.len() - LENGTH).map_err(io::Error::other)?;
        self.note[..LENGTH].copy_from_slice(&length.to_le_bytes());
        self.write(folder)
    }

    fn write(&mut self, folder: &Path) -> io::Result<u64> {
        if self.open.last_key_value().is_none_or(|(_, open)| open.length >= FULL) {
            let number = self.open.last_key_value().map_or(1, |(number, _)| number + 1);
            self.open.insert(number, Open::make(folder)?);
        }
        let Some(mut last) = self.open.last_entry() else { return Err(io::ErrorKind::NotFound.into()) };
        let number = *last.key();
        last.get_mut().write(&self.note)?;
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

    fn write(&mut self, note: &[u8]) -> io::Result<()> {
        if self.is_torn {
            self.file.set_len(self.length)?;
        }
        // In one piece, so that a kill leaves a note whole or not at all as a rule.
        self.is_torn = true;
        self.file.write_all(note)?;
        self.is_torn = false;
        self.length += note.len() as u64;
        self.calls += 1;
        Ok(())
    }
}

/// The calls of a file, and whether something else is in it.
fn read(mut bytes: &[u8]) -> (Vec<Logged>, bool) {
    let mut calls = Vec::new();
    while let Some((length, rest)) = bytes.split_first_chunk::<LENGTH>() {
        // An answer goes out after its note is there. So a note that broke off is of a call that nobody was answered.
        let length = u32::from_le_bytes(*length);
        let Some((note, rest)) = rest.split_at_checked(length as usize) else {
            return (calls, u64::from(length) > MOST_OF_FILE);
        };
        let call = note.split_first().filter(|(layout, _)| **layout == LAYOUT);
        let Some(Ok(call)) = call.map(|(_, call)| postcard::from_bytes(call)) else { return (calls, true) };
        calls.push(call);
        bytes = rest;
    }
    (calls, false)
}

impl Spool {
    /// Puts calls of a process that was killed to those that wait.
    pub(super) fn take_over(&self) -> io::Result<()> {
        for (file, path) in self.noted.left()? {
            let is_ours = file.metadata()?.len() <= MOST_OF_FILE;
            let (calls, is_damaged) = if is_ours { read(&fs::read(&path)?) } else { (Vec::new(), true) };
            for batch in calls.chunks(AT_ONCE) {
                self.write(batch)?;
            }
            if !calls.is_empty() {
                tracing::info!(calls = calls.len(), "calls of a server that was killed come to the log");
            }
            if is_damaged {
                tracing::error!(file = %path.display(), "a file of calls that ended is damaged, and was put aside");
                fs::rename(&path, path.with_extension("damaged"))?;
            } else {
                fs::remove_file(&path)?;
            }
            drop(file);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use model::{
        ErrorClass, PicoUsd, Timestamp, TokenUsage,
        routing::Rule,
        usage::{Price, Rates},
    };

    use super::*;
    use crate::{Priced, UsageStatus, rules::plain};

    fn names(folder: &Path) -> usize {
        fs::read_dir(folder).unwrap().count()
    }

    /// One with everything that a call can have.
    fn full(request_id: &str) -> CallRow {
        let usage = TokenUsage {
            input: 1,
            audio_input: 2,
            cache_read: 3,
            cache_write: 4,
            cache_write_1h: 5,
            output: 6,
            reasoning: 7,
            service_tier: Some("flex".into()),
            approximate: true,
        };
        let rates = Rates {
            input: PicoUsd(8),
            audio_input: PicoUsd(9),
            cache_read: PicoUsd(10),
            cache_write: PicoUsd(11),
            cache_write_1h: PicoUsd(12),
            output: PicoUsd(13),
        };
        let price = Price { standard: rates, long_context: None };
        let priced = Priced { version: "v1".into(), effective: "2026-11-20".into(), price };
        CallRow {
            model_returned: Some("m-2026".into()),
            usage: Some(usage),
            cost: Some(PicoUsd(10)),
            priced: Some(priced.into()),
            cost_is_estimate: true,
            status: UsageStatus::Error,
            error_class: Some(ErrorClass::Overloaded),
            first_token_ms: Some(11),
            vendor_request_id: Some("v".into()),
            rule: Some(Rule::Split),
            fallback_from: Some(12),
            ..plain(request_id)
        }
    }

    #[test]
    fn a_call_comes_back_with_everything_that_it_had() {
        let folder = tempfile::tempdir().unwrap();
        let noted = Noted::of(folder.path());
        let rows = [full("one"), plain("two"), full("three")];
        rows.iter().for_each(|row| assert_eq!(noted.put(row), Some(1)));
        let (calls, is_damaged) = read(&fs::read(&noted.held().open[&1].path).unwrap());
        assert!(!is_damaged);
        let json = |calls: &[Logged]| serde_json::to_value(calls).unwrap();
        assert_eq!(json(&calls), json(&Logged::all(&rows)));
    }

    /// The ids of the calls of a file, and whether it is damaged.
    fn ids(bytes: &[u8]) -> (Vec<String>, bool) {
        let (calls, is_damaged) = read(bytes);
        (calls.into_iter().map(|call| call.request_id.into_owned()).collect(), is_damaged)
    }

    #[test]
    fn what_is_logged_leaves_nothing_behind_and_what_is_not_stays_in_its_file() {
        let folder = tempfile::tempdir().unwrap();
        let noted = Noted::of(folder.path());
        let places: Vec<u64> = ["one", "two", "three"].map(|id| noted.put(&plain(id)).unwrap()).into();
        let file = noted.held().open[&1].path.clone();
        noted.forget(&places[..2]);
        assert_eq!(ids(&fs::read(&file).unwrap()).0, ["one", "two", "three"]);
        noted.forget(&places[2..]);
        assert_eq!((fs::read(&file).unwrap().len(), noted.put(&plain("four"))), (0, Some(1)));
        assert_eq!(ids(&fs::read(&file).unwrap()).0, ["four"]);
        noted.close();
        assert_eq!(names(folder.path()), 1, "its call is not in the log");
    }

    #[test]
    fn a_full_file_is_followed_by_another_and_goes_when_its_calls_are_logged() {
        let folder = tempfile::tempdir().unwrap();
        let noted = Noted::of(folder.path());
        let long = plain(&" ".repeat(FULL as usize));
        let places = [noted.put(&long).unwrap(), noted.put(&plain("two")).unwrap()];
        assert_eq!((places, names(folder.path())), ([1, 2], 2));
        noted.forget(&places[..1]);
        assert_eq!(names(folder.path()), 1);
    }

    #[test]
    fn a_file_of_one_who_lives_is_left_alone_and_one_of_the_dead_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let (living, other) = (Noted::of(folder.path()), Noted::of(folder.path()));
        living.put(&plain("one")).unwrap();
        assert!(other.left().unwrap().is_empty());
        drop(living);
        assert_eq!(other.left().unwrap().len(), 1);
    }

    #[test]
    fn a_note_that_broke_off_is_of_nobody_and_the_next_one_takes_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let noted = Noted::of(folder.path());
        noted.put(&plain("one")).unwrap();
        let file = {
            let mut files = noted.held();
            let note = files.note.clone();
            let open = files.open.get_mut(&1).unwrap();
            open.file.write_all(&note[..note.len() - 1]).unwrap();
            open.is_torn = true;
            open.path.clone()
        };
        assert_eq!(ids(&fs::read(&file).unwrap()), (vec!["one".into()], false));
        noted.put(&plain("two")).unwrap();
        assert_eq!(ids(&fs::read(&file).unwrap()), (vec!["one".into(), "two".into()], false));
    }

    #[test]
    fn what_is_no_note_is_kept_for_whoever_looks_into_it_and_the_calls_before_it_come_to_the_log() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("left.ended");
        let dead = Noted::of(folder.path());
        dead.put(&plain("one")).unwrap();
        let noted = fs::read(&dead.held().open[&1].path).unwrap();
        let spool = Spool::open(folder.path()).unwrap();
        for other in [[0; 8].as_slice(), br#"{"request_id":"two"}"#] {
            fs::write(&file, [&noted[..], other].concat()).unwrap();
            spool.take_over().unwrap();
            let waiting = spool.list().unwrap();
            let (_, last) = waiting.last().unwrap();
            assert_eq!(spool.read_one(last).unwrap()[0].request_id, "one");
            assert!(!file.exists());
            fs::remove_file(file.with_extension("damaged")).unwrap();
        }
    }

    /// As [`LAYOUT`] has a call.
    const NOTE: &[u8] = b"\x36\0\0\0\x01\x01r\x01\x02\x06openai\x01u\x01c\x01t\x01m\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x07success\0\
        \x01\xc8\x01\xd8\x04\0\0\0\0\x0e";

    #[test]
    fn a_note_is_read_by_a_later_version_while_the_layout_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let noted = Noted::of(folder.path());
        let call = CallRow {
            client: "c".into(),
            task_type: "t".into(),
            usage: None,
            latency_ms: 300,
            created_at: Timestamp(7),
            ..plain("r")
        };
        noted.put(&call).unwrap();
        assert_eq!(noted.held().note, NOTE);
    }
}
