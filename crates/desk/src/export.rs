//! Files for a person: how they are named and written, and what is in those of usage. They go where downloads go, take no
//! other file's place, and leave nothing behind when they cannot be finished.

pub(crate) mod kit;
pub(crate) mod report;
pub(crate) mod table;

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use model::{Failure, Timestamp, statistics::Exported};

use crate::failures;

/// Further files of one name; whoever has so many looks for something else.
const SAME_NAME: u32 = 1_000;

/// What is written.
pub(crate) struct Content {
    /// Its name without a number, `usage-2026-11-01`.
    pub(crate) stem: String,
    /// `csv`, `json`, `svg`, `png`, `html`, `pdf`.
    pub(crate) extension: &'static str,
    pub(crate) bytes: Vec<u8>,
    pub(crate) rows: Option<u64>,
    pub(crate) cut: bool,
}

/// The day of a moment in UTC, `2026-11-23`.
pub(crate) fn day(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(at.0).unwrap_or_default();
    at.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()
}

/// Writes a file, off the threads that calls run on.
pub(crate) async fn write(folder: PathBuf, content: Content) -> Result<Exported, Failure> {
    let written = tokio::task::spawn_blocking(move || write_now(&folder, &content));
    written.await.map_err(|_| failures::broken_off())?.map_err(|error| {
        tracing::warn!(kind = ?error.kind(), "a file could not be exported");
        failures::download(&error)
    })
}

fn write_now(folder: &Path, content: &Content) -> io::Result<Exported> {
    fs::create_dir_all(folder)?;
    let (mut file, path) = new_file(folder, content)?;
    let written = file.write_all(&content.bytes).and_then(|()| file.sync_all());
    if let Err(error) = written {
        drop(file);
        let _ = fs::remove_file(&path);
        return Err(error);
    }
    Ok(Exported {
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        bytes: content.bytes.len() as u64,
        rows: content.rows,
        cut: content.cut,
    })
}

/// `usage.csv`, or `usage (2).csv` where that is taken.
fn new_file(folder: &Path, content: &Content) -> io::Result<(File, PathBuf)> {
    let mut last = io::Error::from(io::ErrorKind::AlreadyExists);
    for number in 1..=SAME_NAME {
        let counted = if number == 1 { String::new() } else { format!(" ({number})") };
        let path = folder.join(format!("{}{counted}.{}", content.stem, content.extension));
        match private().open(&path) {
            Ok(file) => return Ok((file, path)),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => last = error,
            Err(error) => return Err(error),
        }
    }
    Err(last)
}

/// A new file that no other user of the computer may read: among what is written are a recovery kit's words.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(bytes: &[u8]) -> Content {
        Content {
            stem: "usage".to_owned(),
            extension: "csv",
            bytes: bytes.to_vec(),
            rows: Some(1),
            cut: false,
        }
    }

    #[test]
    fn a_file_never_takes_the_place_of_another_one() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("Downloads");
        let names: Vec<String> =
            [b"one", b"two"].map(|bytes| write_now(&inner, &content(bytes)).unwrap().name).into();
        assert_eq!(names, ["usage.csv", "usage (2).csv"]);
        assert_eq!(fs::read(inner.join("usage.csv")).unwrap(), b"one");
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_on_the_computer_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt as _;

        let folder = tempfile::tempdir().unwrap();
        let name = write_now(folder.path(), &content(b"words")).unwrap().name;
        let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[test]
    fn where_no_folder_can_be_made_it_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let taken = folder.path().join("Downloads");
        fs::write(&taken, b"a file").unwrap();
        let failure = failures::download(&write_now(&taken, &content(b"x")).unwrap_err());
        assert!(failure.message.contains("could not be written"), "{failure:?}");
    }
}
