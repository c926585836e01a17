//! How far an import is, what it came to, and the file with what was refused.

use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::{Path, PathBuf},
};

use model::PicoUsd;
use serde::{Deserialize, Serialize};

use super::values::Reason;

/// Notes that are kept; of more, the number.
const MOST_NOTES: usize = 200;

/// Which table is being read. The order is the order of work.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Stage {
    #[default]
    Configs,
    Usage,
    Acts,
    Done,
}

/// Rows of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counts {
    /// Read.
    pub read: u64,
    /// Written.
    pub written: u64,
    /// There already.
    pub known: u64,
    /// Older than the log is kept.
    pub too_old: u64,
    /// Refused, each with its reason in the file.
    pub refused: u64,
}

/// What an import came to, or a dry run would come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// `ai_provider_configs`.
    pub configs: Counts,
    /// `ai_provider_usage_logs`.
    pub usage: Counts,
    /// The log of acts.
    pub acts: Counts,
    /// Cost of the calls that were read, as the source has it.
    pub cost: PicoUsd,
    /// Calls whose cost is not known: NULL, or 0 although tokens were used.
    pub unpriced: u64,
    /// What the calls of models with a known price would cost by the catalogue that comes with this program.
    pub by_catalog: PicoUsd,
    /// The same calls' cost as the source has it.
    pub of_these: PicoUsd,
    /// Calls whose total is not the sum of input and output.
    pub other_totals: u64,
    /// What became otherwise than it was, sentences.
    pub notes: Vec<String>,
    /// Whether it went on where an earlier one was cut off.
    pub resumed: bool,
    /// Tables that the source does not have.
    pub missing: Vec<&'static str>,
    /// Where refused rows are; `None` when there are none.
    pub refused: Option<PathBuf>,
}

/// What is kept in the database, in the transaction that writes the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Progress {
    pub(super) stage: Stage,
    /// The last row of the table that is being read.
    pub(super) row: i64,
    pub(super) configs: Counts,
    pub(super) usage: Counts,
    pub(super) acts: Counts,
    pub(super) cost: PicoUsd,
    pub(super) unpriced: u64,
    pub(super) by_catalog: PicoUsd,
    pub(super) of_these: PicoUsd,
    pub(super) other_totals: u64,
    pub(super) notes: Vec<String>,
    pub(super) more_notes: u64,
}

impl Progress {
    pub(super) fn note(&mut self, note: String) {
        if self.notes.len() < MOST_NOTES {
            self.notes.push(note);
        } else {
            self.more_notes += 1;
        }
    }

    pub(super) fn next(&mut self, stage: Stage) {
        self.stage = stage;
        self.row = i64::MIN;
    }

    pub(super) fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }
}

#[derive(Serialize, Deserialize)]
struct Line {
    table: String,
    id: i64,
    reason: String,
}

/// The file with what was refused: a JSON object a line, without a value of the row. It appears with the first one.
pub(super) struct RefusedFile {
    path: PathBuf,
    open: Option<BufWriter<File>>,
}

impl RefusedFile {
    /// Of an import that begins: what another left there goes.
    pub(super) fn begin(path: &Path) -> io::Result<Self> {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(Self { path: path.to_owned(), open: None }),
        }
    }

    /// Of one that goes on: lines of rows that will be read again go. `kept` says of which table which row was read last.
    pub(super) fn resume(path: &Path, kept: impl Fn(&str) -> i64) -> io::Result<Self> {
        let old = match File::open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Self::begin(path),
            old => BufReader::new(old?),
        };
        let staged = path.with_extension("part");
        let mut new = BufWriter::new(File::create(&staged)?);
        for line in old.lines() {
            let line = line?;
            // Half a line is of a row that will be read again.
            let whole = serde_json::from_str::<Line>(&line).ok();
            if whole.is_some_and(|one| one.id <= kept(&one.table)) {
                writeln!(new, "{line}")?;
            }
        }
        new.flush()?;
        new.get_ref().sync_all()?;
        fs::rename(&staged, path)?;
        Ok(Self { path: path.to_owned(), open: None })
    }

    pub(super) fn add(&mut self, table: &str, id: i64, reason: Reason) -> io::Result<()> {
        let file = match &mut self.open {
            Some(file) => file,
            none => {
                let file = File::options().create(true).append(true).open(&self.path)?;
                none.insert(BufWriter::new(file))
            }
        };
        let line = Line { table: table.to_owned(), id, reason: reason.to_owned() };
        serde_json::to_writer(&mut *file, &line)?;
        file.write_all(b"\n")
    }

    /// Puts it on disk, before the database says that these rows were read.
    pub(super) fn sync(&mut self) -> io::Result<()> {
        let Some(file) = &mut self.open else { return Ok(()) };
        file.flush()?;
        file.get_ref().sync_data()
    }

    pub(super) fn path(&self) -> Option<PathBuf> {
        self.path.is_file().then(|| self.path.clone())
    }
}
