//! Coming from the specification's existing tables: reading them where they are ([`Source`]), and writing what they held so that
//! nothing is written twice, on either database. What a row means is known to those who read it.

#[cfg(feature = "postgres")]
mod columns;
mod embedded;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(feature = "postgres")]
mod source;

use model::{ProviderId, Timestamp};
use serde_json::Value;

use crate::{Act, Change};

#[cfg(feature = "postgres")]
pub use source::{Source, SourceError, SourceRow, SourceTable};

/// How far an import is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportProgress {
    /// What the importer keeps, a JSON object.
    pub progress: String,
    /// Calls written since it was begun.
    pub calls: u64,
    /// Acts written since it was begun.
    pub acts: u64,
}

/// Which of ours a source's configuration is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImportedConfig {
    /// Its id there.
    pub row: i64,
    /// When it was made there.
    pub made_at: Timestamp,
    /// Its id here.
    pub id: ProviderId,
    /// Its number here, under which its usage is kept, also after the configuration is gone.
    pub number: i64,
}

/// A source's configuration, ready to be written.
#[derive(Clone)]
pub struct ConfigOfSource<'a> {
    /// Whose.
    pub source: &'a str,
    /// Its id there.
    pub row: i64,
    /// When it was made there.
    pub made_at: Timestamp,
    /// Who made it there.
    pub made_by: String,
    /// The id that it gets.
    pub id: ProviderId,
    /// Its fields and its key.
    pub change: Change,
}

/// Acts of a source's log.
#[derive(Clone, Debug)]
pub struct ActsOfSource<'a> {
    /// Whose.
    pub source: &'a str,
    /// Their ids there, and what the log there says of each.
    pub acts: Vec<(i64, Value)>,
    /// By whose hand they come here.
    pub act: &'a Act,
}
