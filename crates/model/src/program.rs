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
    /// Whether letters and signs do nothing by themselves, as they would to who dictates.
    #[serde(skip_serializing_if = "is_default")]
    pub single_keys_off: bool,
    /// How much is logged.
    #[serde(skip_serializing_if = "is_default")]
    pub log: LogLevel,
    /// What the window speaks; without it, what the system does.
    #[serde(skip_serializing_if = "is_default")]
    pub language: Option<Language>,
}

impl ProgramSettings {
    /// Every key of the file.
    pub const KEYS: [&str; 6] = ["theme", "rows", "reduce_motion", "single_keys_off", "log", "language"];
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

/// A language that all words of the window are there in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Language {
    /// English, from which the others are translated.
    #[default]
    #[serde(rename = "en")]
    English,
    /// German.
    #[serde(rename = "de")]
    German,
    /// Chinese in simplified characters.
    #[serde(rename = "zh-CN")]
    Chinese,
}

impl Language {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::Chinese];

    /// Its BCP 47 tag, as `lang` and the folders of its words have it.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::Chinese => "zh-CN",
        }
    }

    /// Its name in itself: whoever landed in the wrong one finds the way back.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::Chinese => "简体中文",
        }
    }

    /// The language of a tag as it stands in the file.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.tag() == tag)
    }

    /// The best of ours for what a person reads, best first, as browsers (`de-AT`) and systems (`de_AT.UTF-8`) name it; English where
    /// nobody asks for any other.
    pub fn negotiated<'a>(wanted: impl IntoIterator<Item = &'a str>) -> Self {
        wanted.into_iter().find_map(Self::spoken_as).unwrap_or_default()
    }

    /// Readers of traditional characters get their next choice: simplified ones are another script.
    fn spoken_as(wanted: &str) -> Option<Self> {
        let wanted = wanted.split(['.', '@']).next().unwrap_or_default().to_ascii_lowercase();
        let mut parts = wanted.split(['-', '_']);
        let language = parts.next()?;
        let parts: Vec<&str> = parts.collect();
        let simplified = parts.contains(&"hans") || !parts.iter().any(|part| TRADITIONAL.contains(part));
        match language {
            "en" => Some(Self::English),
            "de" => Some(Self::German),
            "zh" if simplified => Some(Self::Chinese),
            _ => None,
        }
    }
}

/// The script, and where it is the usual one.
const TRADITIONAL: [&str; 4] = ["hant", "tw", "hk", "mo"];

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
            single_keys_off: true,
            log: LogLevel::Debug,
            language: Some(Language::English),
        };
        let written = serde_json::to_value(other).unwrap();
        let keys: Vec<&str> = written.as_object().unwrap().keys().map(String::as_str).collect();
        let mut known = ProgramSettings::KEYS.to_vec();
        known.sort_unstable();
        assert_eq!(keys, known);
        assert_eq!(serde_json::from_value::<ProgramSettings>(written).unwrap(), other);
    }

    #[test]
    fn a_language_is_written_as_its_tag() {
        for language in Language::ALL {
            assert_eq!(serde_json::to_value(language).unwrap(), language.tag());
            assert_eq!(Language::of_tag(language.tag()), Some(language));
        }
    }

    #[test]
    fn the_first_wanted_language_that_is_there_is_spoken() {
        assert_eq!(Language::negotiated(["fr-CH", "de-CH", "en"]), Language::German);
        assert_eq!(Language::negotiated(["de_AT.UTF-8"]), Language::German);
        assert_eq!(Language::negotiated(["en-GB", "de"]), Language::English);
        assert_eq!(Language::negotiated(["deu", "C", ""]), Language::English);
        assert_eq!(Language::negotiated([]), Language::English);
    }

    #[test]
    fn simplified_characters_are_for_those_who_read_them() {
        for tag in ["zh", "zh-CN", "zh-SG", "zh-Hans-HK", "zh_CN.UTF-8"] {
            assert_eq!(Language::negotiated([tag]), Language::Chinese, "{tag}");
        }
        for tag in ["zh-TW", "zh-HK", "zh-Hant", "zh_TW.UTF-8"] {
            assert_eq!(Language::negotiated([tag, "de"]), Language::German, "{tag}");
        }
    }
}
