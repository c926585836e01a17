//! What goes along beside configurations and routes: tasks' own instructions, and a catalogue of prices. A bundle that says nothing
//! of them is written as one was before there were any, so that an older server reads it.

use std::collections::HashSet;

use model::{
    Catalog, TaskName,
    gateway::PROMPT_LIMIT,
    text::{self, TextError},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::ContentsError;

/// Most letters of a catalogue's version: a day and a digest.
const VERSION_LIMIT: usize = 40;

/// A task's instructions at the server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BundledPrompt {
    /// Which task.
    pub task: TaskName,
    /// Its own instructions; `None` takes away what a bundle before this one brought.
    #[serde(deserialize_with = "Option::deserialize")]
    pub prompt: Option<String>,
}

/// The catalogue of prices at the server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BundledCatalog {
    /// This one comes into force.
    Comes(Catalog),
    /// The one of this version, which a bundle before this one brought, goes.
    Goes(String),
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WrittenCatalog<'a> {
    Comes(&'a Catalog),
    Goes(&'a str),
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum ReadCatalog {
    Comes(Value),
    Goes(String),
}

pub(crate) fn check_prompts(prompts: &[BundledPrompt]) -> Result<(), ContentsError> {
    let mut tasks = HashSet::new();
    for one in prompts {
        if !tasks.insert(&one.task) {
            return Err(ContentsError::Twice);
        }
        // As a person may write them, and in their only spelling.
        let is_right = |prompt: &String| {
            let checked: Result<String, TextError> = text::check(prompt, PROMPT_LIMIT, true);
            !prompt.is_empty() && checked.as_ref() == Ok(prompt)
        };
        if !one.prompt.as_ref().is_none_or(is_right) {
            return Err(ContentsError::Field);
        }
    }
    Ok(())
}

impl BundledCatalog {
    pub(crate) fn check(&self) -> Result<(), ContentsError> {
        match self {
            // Read once more, as a file of somebody's: what no import takes is in no database.
            Self::Comes(catalog) => {
                let text = serde_json::to_string(catalog).map_err(|_| ContentsError::Catalog)?;
                let read = Catalog::from_file(&text).map_err(|_| ContentsError::Catalog)?;
                if read == *catalog { Ok(()) } else { Err(ContentsError::Catalog) }
            }
            Self::Goes(version) => {
                let right = text::check(version, VERSION_LIMIT, false);
                if !version.is_empty() && right.as_ref() == Ok(version) {
                    Ok(())
                } else {
                    Err(ContentsError::Catalog)
                }
            }
        }
    }

    pub(crate) fn written(&self) -> WrittenCatalog<'_> {
        match self {
            Self::Comes(catalog) => WrittenCatalog::Comes(catalog),
            Self::Goes(version) => WrittenCatalog::Goes(version),
        }
    }

    /// Bytes that it takes in JSON.
    pub(crate) fn room(&self) -> usize {
        match self {
            Self::Comes(catalog) => 100 + serde_json::to_vec(catalog).map_or(0, |bytes| bytes.len()),
            Self::Goes(_) => 300,
        }
    }
}

impl ReadCatalog {
    pub(crate) fn into_catalog(self) -> Result<BundledCatalog, ContentsError> {
        Ok(match self {
            Self::Comes(body) => {
                let read = Catalog::from_file(&body.to_string());
                BundledCatalog::Comes(read.map_err(|_| ContentsError::Catalog)?)
            }
            Self::Goes(version) => BundledCatalog::Goes(version),
        })
    }
}
