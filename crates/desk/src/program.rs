//! Settings that are in force before a vault is open: how the window looks, how much is logged. They are in a file beside
//! the vault, `settings.json`; a key that is not known is an error that names the nearest one that is.

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError},
};

use model::{Failure, FailureCode, program::ProgramSettings};
use serde_json::{Map, Value};

use crate::{failures, logging::Levels};

const FILE: &str = "settings.json";
/// Larger is none of ours.
const LARGEST: u64 = 64 * 1024;

/// The settings in force, and what became of the file.
pub(crate) struct Program {
    file: PathBuf,
    levels: Option<Levels>,
    state: Mutex<State>,
}

struct State {
    settings: ProgramSettings,
    fault: Option<Failure>,
    told: bool,
}

impl Program {
    /// Reads the file. One that is refused leaves the defaults in force: nobody is kept out of a vault by a colour.
    pub(crate) fn read(folder: &Path, levels: Option<Levels>) -> Self {
        let file = folder.join(FILE);
        let read = read(&file);
        if let Err(failure) = &read {
            tracing::error!(reason = failure.message, "the settings' file was refused");
        }
        let settings = read.clone().unwrap_or_default();
        let this =
            Self { file, levels, state: Mutex::new(State { settings, fault: read.err(), told: false }) };
        this.follow(settings);
        this
    }

    /// Those in force.
    pub(crate) fn settings(&self) -> ProgramSettings {
        self.state().settings
    }

    /// Why the file was refused.
    pub(crate) fn fault(&self) -> Option<Failure> {
        self.state().fault.clone()
    }

    /// The same, the first time that somebody asks.
    pub(crate) fn news(&self) -> Option<Failure> {
        let mut state = self.state();
        let is_news = !std::mem::replace(&mut state.told, true);
        state.fault.clone().filter(|_| is_news)
    }

    /// The levels that the environment sets.
    pub(crate) fn named_levels(&self) -> Option<String> {
        self.levels.as_ref().and_then(|levels| levels.named.clone())
    }

    /// Writes the file, and does as it says.
    pub(crate) fn set(&self, settings: ProgramSettings) -> Result<(), Failure> {
        write(&self.file, &settings).map_err(|error| failures::io(&error))?;
        self.follow(settings);
        let mut state = self.state();
        (state.settings, state.fault) = (settings, None);
        Ok(())
    }

    fn follow(&self, settings: ProgramSettings) {
        if let Some(levels) = &self.levels {
            levels.set(settings.log);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read(file: &Path) -> Result<ProgramSettings, Failure> {
    let unreadable = |error: &io::Error| failures::io(error);
    match fs::metadata(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(ProgramSettings::default()),
        Err(error) => return Err(unreadable(&error)),
        Ok(data) if data.len() > LARGEST => return Err(refused("it is too large".to_owned())),
        Ok(_) => {}
    }
    let text = fs::read_to_string(file).map_err(|error| unreadable(&error))?;
    let keys: Map<String, Value> =
        serde_json::from_str(&text).map_err(|_| refused("it is no JSON object".to_owned()))?;
    if let Some(unknown) = keys.keys().find(|key| !ProgramSettings::KEYS.contains(&key.as_str())) {
        return Err(refused(unknown_key(unknown)));
    }
    for (key, value) in &keys {
        let one = Map::from_iter([(key.clone(), value.clone())]);
        if serde_json::from_value::<ProgramSettings>(Value::Object(one)).is_err() {
            return Err(refused(format!("its `{key}` has a value that is not known")));
        }
    }
    serde_json::from_value(Value::Object(keys)).map_err(|_| refused("it does not fit".to_owned()))
}

/// Any key has a nearest one, so it is always named.
fn unknown_key(key: &str) -> String {
    let likeness = |known: &str| strsim::normalized_damerau_levenshtein(key, known);
    let nearest = ProgramSettings::KEYS.into_iter().max_by(|a, b| likeness(a).total_cmp(&likeness(b)));
    let key: String = key.chars().filter(|c| !c.is_control()).take(40).collect();
    format!("`{key}` is no setting, the nearest is `{}`", nearest.unwrap_or_default())
}

fn refused(why: String) -> Failure {
    Failure::new(
        FailureCode::Other,
        format!("the settings' file is not used: {why}"),
        "Correct settings.json in the data folder and start again, or set what you want here, which writes it anew.",
    )
}

fn write(file: &Path, settings: &ProgramSettings) -> io::Result<()> {
    let bytes = serde_json::to_vec_pretty(settings)?;
    let new = file.with_extension("json.new");
    file.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(&new, bytes)?;
    fs::rename(new, file)
}

#[cfg(test)]
mod tests {
    use model::program::{LogLevel, RowHeight, Theme};

    use super::*;

    fn refusal(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), text).unwrap();
        let program = Program::read(folder.path(), None);
        assert_eq!(program.settings(), ProgramSettings::default());
        program.fault().unwrap().message
    }

    #[test]
    fn what_was_set_is_there_at_the_next_start_and_the_rest_is_the_default() {
        let folder = tempfile::tempdir().unwrap();
        let settings = ProgramSettings { theme: Theme::Dark, log: LogLevel::Debug, ..Default::default() };
        Program::read(folder.path(), None).set(settings).unwrap();
        let next = Program::read(folder.path(), None);
        assert_eq!((next.settings(), next.fault()), (settings, None));
        assert_eq!(next.settings().rows, RowHeight::Comfortable);
    }

    #[test]
    fn an_unknown_key_is_refused_by_naming_the_nearest() {
        assert!(refusal(r#"{"teme":"dark"}"#).ends_with("`teme` is no setting, the nearest is `theme`"));
        assert!(
            refusal(r#"{"theme":"dark","reduced_motion":true}"#).ends_with("the nearest is `reduce_motion`")
        );
    }

    #[test]
    fn values_that_are_not_known_and_what_is_no_object_are_refused() {
        assert!(refusal(r#"{"theme":"blue"}"#).contains("`theme` has a value that is not known"));
        assert!(refusal(r#"["theme"]"#).ends_with("it is no JSON object"));
        assert!(refusal("").ends_with("it is no JSON object"));
        assert!(refusal(&" ".repeat(65 * 1024)).ends_with("it is too large"));
    }

    #[test]
    fn a_refused_file_is_told_once_and_gone_when_something_is_set() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join(FILE), "{").unwrap();
        let program = Program::read(folder.path(), None);
        assert!(program.news().is_some() && program.news().is_none() && program.fault().is_some());
        program.set(ProgramSettings::default()).unwrap();
        assert!(program.fault().is_none());
        assert_eq!(fs::read_to_string(folder.path().join(FILE)).unwrap(), "{}");
    }
}
