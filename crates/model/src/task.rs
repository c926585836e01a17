//! Tasks: what an application wants done, apart from which provider does it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

/// A task's name as applications write it: lower-case letters, digits and `_`, 1 to 64 of them, a letter first.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct TaskName(String);

/// A name that is not a task's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("Use 1 to 64 lower-case letters, digits and _, a letter first, such as cover_letter.")]
pub struct TaskNameError;

/// The four tasks of the specification, in its order. They exist in every vault.
pub const BUILT_IN: [&str; 4] = ["extraction", "cv_draft", "cover_letter", "validation"];

impl TaskName {
    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is one of the specification's four, which cannot be removed.
    pub fn is_built_in(&self) -> bool {
        BUILT_IN.contains(&self.as_str())
    }
}

impl FromStr for TaskName {
    type Err = TaskNameError;

    fn from_str(text: &str) -> Result<Self, TaskNameError> {
        let tail = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
        let valid = text.len() <= 64
            && text.as_bytes().first().is_some_and(u8::is_ascii_lowercase)
            && text.bytes().all(tail);
        if valid { Ok(Self(text.to_owned())) } else { Err(TaskNameError) }
    }
}

impl TryFrom<String> for TaskName {
    type Error = TaskNameError;

    fn try_from(text: String) -> Result<Self, TaskNameError> {
        text.parse()
    }
}

impl From<TaskName> for String {
    fn from(name: TaskName) -> Self {
        name.0
    }
}

impl fmt::Display for TaskName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A task and who holds its first place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskView {
    /// The task.
    pub name: TaskName,
    /// The configuration in its first place, if any.
    pub holder: Option<crate::ProviderId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_names_are_valid_and_others_may_be_added() {
        for name in BUILT_IN {
            assert!(name.parse::<TaskName>().unwrap().is_built_in());
        }
        assert!(!"interview_2".parse::<TaskName>().unwrap().is_built_in());
    }

    #[test]
    fn names_that_need_escaping_anywhere_are_refused() {
        for name in ["", "2nd", "CV", "cv-draft", "cv draft", "a/b", "ä", &"a".repeat(65)] {
            assert_eq!(name.parse::<TaskName>(), Err(TaskNameError), "{name}");
        }
    }
}
