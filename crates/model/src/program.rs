//! The program itself: how its window looks and how much it logs, which is known before a vault is open, what it is made
//! of, and where its files are.

use serde::{Deserialize, Serialize};

use crate::Failure;

/// Settings of the program, in a file beside the vault. The file holds what differs from the default, and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProgramSettings {
    /// Colours of the window.
    #[serde(skip_serializing_if = "is_default")]
    pub theme: Theme,
    /// Height of the rows of lists.
    #[serde(skip_serializing_if = "is_default")]
    pub rows: RowHeight,
    /// Whether nothing moves, whatever the system says; it follows the system otherwise.
    #[serde(skip_serializing_if = "is_default")]
    pub reduce_motion: bool,
    /// How much is logged.
    #[serde(skip_serializing_if = "is_default")]
    pub log: LogLevel,
}

impl ProgramSettings {
    /// Every key of the file.
    pub const KEYS: [&str; 4] = ["theme", "rows", "reduce_motion", "log"];
}

/// Colours of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Those of the desktop.
    #[default]
    System,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// As `data-theme` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

/// Height of the rows of lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowHeight {
    /// 52 px.
    #[default]
    Comfortable,
    /// 36 px.
    Compact,
}

impl RowHeight {
    /// As `data-rows` has it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Comfortable => "comfortable",
            Self::Compact => "compact",
        }
    }
}

/// How much is logged: each level has those before it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LogLevel {
    /// What went wrong.
    Error,
    /// What may go wrong.
    Warn,
    /// What happened.
    #[default]
    Info,
    /// How it happened.
    Debug,
    /// Every step.
    Trace,
}

impl LogLevel {
    /// As `tracing` calls it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
            Self::Trace => "trace",
        }
    }
}

/// What the settings page shows of the program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramView {
    /// Those in force.
    pub settings: ProgramSettings,
    /// Why the settings' file was refused; the default is in force then.
    pub fault: Option<Failure>,
    /// The data folder, for people.
    pub data_folder: String,
    /// Whether `SIGNALBOX_DATA_DIR` named it.
    pub data_folder_named: bool,
    /// The log.
    pub log: LogView,
    /// What the program is made of, the program itself first.
    pub parts: Vec<ProgramPart>,
}

/// Where the log is and how much there is of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogView {
    /// Its folder, for people.
    pub folder: String,
    /// Size of its files in bytes.
    pub bytes: u64,
    /// Files that are kept, one for each day.
    pub days: u32,
    /// The levels that `SIGNALBOX_LOG` sets, which the setting does not change.
    pub named: Option<String>,
}

/// A part of the program, such as SQLite, and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProgramPart {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// A folder of the program that the system's file manager can show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ProgramFolder {
    /// All of it.
    Data,
    /// Log files.
    Logs,
    /// Backups.
    Backups,
}

/// The licences of everything that this program is built from, as they were found when it was built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Licences {
    /// By name.
    pub packages: Vec<LicencedPackage>,
    /// Each text once.
    pub texts: Vec<String>,
}

/// A package and what it may be used under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LicencedPackage {
    /// Its name.
    pub name: String,
    /// Its version; empty where it has none.
    pub version: String,
    /// SPDX expression.
    pub licence: String,
    /// Places of its texts in [`Licences::texts`].
    pub texts: Vec<usize>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_holds_what_differs_and_its_keys_are_all_listed() {
        let default = serde_json::to_string(&ProgramSettings::default()).unwrap();
        assert_eq!(default, "{}");
        let other = ProgramSettings {
            theme: Theme::Dark,
            rows: RowHeight::Compact,
            reduce_motion: true,
            log: LogLevel::Debug,
        };
        let written = serde_json::to_value(other).unwrap();
        let keys: Vec<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
        let mut known = ProgramSettings::KEYS.to_vec();
        known.sort_unstable();
        assert_eq!(keys, known);
        assert_eq!(serde_json::from_value::<ProgramSettings>(written).unwrap(), other);
    }
}
