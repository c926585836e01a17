//! What is wrong with a file or with one of its rows. Nothing of the file is quoted but the names of columns that are
//! known to be an export's: a person may have chosen any file.

use model::import::{FILE_LIMIT, ImportFault, ROW_LIMIT};

use crate::value::Wrong;

/// Columns of a file, at most.
pub const COLUMN_LIMIT: usize = 256;

/// Why a file cannot be imported at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// It is larger than is read.
    #[error("the file is larger than {} MB", FILE_LIMIT / 1024 / 1024)]
    TooLarge,
    /// Nothing is in it.
    #[error("the file has no rows")]
    Empty,
    /// It is not text.
    #[error("the file is not UTF-8 text from line {line} on")]
    NotText {
        /// The line, from 1.
        line: u64,
    },
    /// It begins as JSON and is none.
    #[error("the file is not JSON from line {line} on")]
    NotJson {
        /// The line, from 1.
        line: u64,
    },
    /// It has more rows than are taken at once.
    #[error("the file has more than {ROW_LIMIT} rows")]
    TooManyRows,
    /// It has more columns than any export.
    #[error("the file has more than {COLUMN_LIMIT} columns")]
    TooManyColumns,
    /// No column of it is one of an export's.
    #[error("the file is not usage in a form that Signalbox knows")]
    Unknown,
}

impl FileError {
    /// What to do about it.
    pub fn advice(self) -> &'static str {
        match self {
            Self::TooLarge | Self::TooManyRows => {
                "Export fewer days at a time, and import one file after the other. Nothing was changed."
            }
            Self::Empty => "Choose a file with a header and at least one row. Nothing was changed.",
            Self::NotText { .. } => {
                "Save it as CSV or JSON in UTF-8, then choose it again. Nothing was changed."
            }
            Self::NotJson { .. } => "Correct that line, or export the file again. Nothing was changed.",
            Self::TooManyColumns | Self::Unknown => {
                "Choose CSV or JSON Lines of usage logs, LiteLLM's spend logs, or a usage or cost export of OpenAI, Anthropic or Google Cloud. Nothing was changed."
            }
        }
    }
}

/// A fault of one row.
pub(crate) fn fault(line: u64, column: Option<&str>, Wrong(message, advice): Wrong) -> ImportFault {
    ImportFault {
        line,
        column: column.map(str::to_owned),
        message: message.to_owned(),
        advice: advice.to_owned(),
    }
}
