//! What is wrong with a configuration, where, and what to do.

use std::{fmt, path::PathBuf};

/// Where a setting comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere: it is as it comes.
    Default(&'static str),
    /// A line of the file, from 1; none where it is the file itself.
    File(PathBuf, Option<usize>),
    /// A variable of the environment.
    Variable(String),
    /// A flag.
    Flag(String),
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFault {
    /// Where.
    pub place: Place,
    /// What.
    pub message: String,
    /// What to do, a full sentence.
    pub advice: String,
}

/// Everything that is wrong.
#[derive(Debug, PartialEq, Eq)]
pub struct ConfigFaults(pub Vec<ConfigFault>);

impl fmt::Display for Place {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default(setting) => write!(to, "default of `{setting}`"),
            Self::File(path, Some(line)) => write!(to, "{}:{line}", path.display()),
            Self::File(path, None) => write!(to, "{}", path.display()),
            Self::Variable(name) | Self::Flag(name) => to.write_str(name),
        }
    }
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{}: {}. {}", self.place, self.message, self.advice)
    }
}

impl fmt::Display for ConfigFaults {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.len() {
            1 => write!(to, "the configuration has a fault")?,
            count => write!(to, "the configuration has {count} faults")?,
        }
        self.0.iter().try_for_each(|fault| write!(to, "\n{fault}"))
    }
}

impl std::error::Error for ConfigFaults {}

/// A name that means nothing. A secret may stand in its place, so only what looks like a name is quoted.
pub(super) fn unknown(place: Place, name: &str, nearest: Option<String>) -> ConfigFault {
    let is_name = name.len() <= 60 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let message = match is_name {
        true => format!("`{name}` is no setting of this server"),
        false => "this is no setting of this server".to_owned(),
    };
    let advice = match nearest {
        Some(near) => format!("Remove it; or did you mean `{near}`?"),
        None => "Remove it; `signalbox-server --help` lists what there is.".to_owned(),
    };
    ConfigFault { place, message, advice }
}
