//! A catalogue that a person brings in a file: read within bounds, and refused with the place of the first fault. A file
//! may be any, so nothing of it is quoted but the names of its models.

use std::collections::HashSet;

use crate::{
    Catalog, CatalogModel, Price, ProviderType,
    text::{self, group_digits},
};

/// Largest file, in bytes; the bundled catalogue has a fiftieth of it.
pub const FILE_LIMIT: usize = 2 * 1024 * 1024;
/// Most models.
pub const MODEL_LIMIT: usize = 5_000;
/// Longest name of a model.
const NAME_LIMIT: usize = 200;
/// More tokens than any window has, so that a slip of the pen is seen.
const MOST_TOKENS: u64 = 1_000_000_000;

/// Why a file is no catalogue.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CatalogFileError {
    /// It is too large to be one.
    #[error("the file is larger than {} KB", group_digits((FILE_LIMIT / 1024) as u128))]
    TooLarge,
    /// It is no JSON.
    #[error("the file is not JSON from line {line} on")]
    NotJson {
        /// The line, from 1.
        line: usize,
    },
    /// It is JSON of something else.
    #[error("line {line} of the file is not as a catalogue has it")]
    NotCatalog {
        /// The line, from 1.
        line: usize,
    },
    /// Its day is none.
    #[error("the file does not say the day of its prices as YYYY-MM-DD")]
    NoDay,
    /// It is empty, or far too long.
    #[error("the file has {0} models")]
    Count(usize),
    /// A model without a usable name.
    #[error("the model at place {0} has no usable name")]
    Name(usize),
    /// A model that is there twice: which price would hold?
    #[error("{0} is in the file twice")]
    Twice(String),
    /// A price that is no decimal number.
    #[error("a price of {0} is not a plain decimal number")]
    Price(String),
    /// A window without tokens, or with more than any has.
    #[error("the window or the longest answer of {0} is not possible")]
    Window(String),
    /// A day of shutdown that is none.
    #[error("the day of shutdown of {0} is not written as YYYY-MM-DD")]
    Shutdown(String),
}

impl CatalogFileError {
    /// What to do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::TooLarge | Self::NotJson { .. } | Self::NotCatalog { .. } => {
                "Choose a catalogue of models, a JSON file with \"as_of\" and \"models\". Nothing was changed."
            }
            Self::NoDay => "Set \"as_of\" to the day on which the prices were true. Nothing was changed.",
            Self::Count(_) => "A catalogue has 1 to 5,000 models. Nothing was changed.",
            _ => "Correct the entry in the file, then choose it again. Nothing was changed.",
        }
    }
}

impl Catalog {
    /// Reads a file's text.
    ///
    /// # Errors
    /// The first fault that is found.
    pub fn from_file(text: &str) -> Result<Self, CatalogFileError> {
        if text.len() > FILE_LIMIT {
            return Err(CatalogFileError::TooLarge);
        }
        // serde's own message quotes the text, and the file may be the wrong one.
        let catalog: Self = serde_json::from_str(text).map_err(|error| match error.classify() {
            serde_json::error::Category::Data => CatalogFileError::NotCatalog { line: error.line() },
            _ => CatalogFileError::NotJson { line: error.line() },
        })?;
        catalog.check()?;
        Ok(catalog)
    }

    fn check(&self) -> Result<(), CatalogFileError> {
        if !is_day(&self.as_of) {
            return Err(CatalogFileError::NoDay);
        }
        if !(1..=MODEL_LIMIT).contains(&self.models.len()) {
            return Err(CatalogFileError::Count(self.models.len()));
        }
        let mut seen = HashSet::new();
        (1..).zip(&self.models).try_for_each(|(place, model)| check_model(place, model, &mut seen))
    }
}

fn check_model<'a>(
    place: usize,
    model: &'a CatalogModel,
    seen: &mut HashSet<(ProviderType, &'a str)>,
) -> Result<(), CatalogFileError> {
    let named =
        |name: &str| text::check(name, NAME_LIMIT, false).is_ok_and(|kept| kept == name && !kept.is_empty());
    if !named(&model.model_name) || !named(&model.display_name) {
        return Err(CatalogFileError::Name(place));
    }
    let name = || model.model_name.clone();
    let tokens = 1..=MOST_TOKENS;
    if !seen.insert((model.provider_type, &model.model_name)) {
        Err(CatalogFileError::Twice(name()))
    } else if Price::of(model).is_err() {
        Err(CatalogFileError::Price(name()))
    } else if !tokens.contains(&model.context_window) || !tokens.contains(&model.max_output_tokens) {
        Err(CatalogFileError::Window(name()))
    } else if model.deprecation_date.as_deref().is_some_and(|day| !is_day(day)) {
        Err(CatalogFileError::Shutdown(name()))
    } else {
        Ok(())
    }
}

/// `YYYY-MM-DD` of a month that has this day.
fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && (0..10).all(|at| if matches!(at, 4 | 7) { bytes[at] == b'-' } else { bytes[at].is_ascii_digit() });
    let number = |at: std::ops::Range<usize>| text[at].parse::<u32>().unwrap_or(0);
    shaped && {
        let (year, month) = (number(0..4), number(5..7));
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let days = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 => 28 + u32::from(leap),
            _ => 0,
        };
        (1..=days).contains(&number(8..10))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn file(change: impl FnOnce(&mut Value)) -> Result<Catalog, CatalogFileError> {
        let mut file = serde_json::to_value(Catalog::bundled().unwrap()).unwrap();
        change(&mut file);
        Catalog::from_file(&file.to_string())
    }

    #[test]
    fn the_bundled_catalogue_is_a_file_as_it_should_be() {
        assert_eq!(file(|_| {}), Ok(Catalog::bundled().unwrap()));
    }

    #[test]
    fn every_fault_of_a_file_is_named_with_its_model() {
        use CatalogFileError as E;
        let name = Catalog::bundled().unwrap().models[1].model_name.clone();
        let of = |key: &'static str, value: Value| file(move |file| file["models"][1][key] = value);
        for price in ["-1", "free", "1e3", "0.1234567", ""] {
            assert_eq!(of("input_usd_per_mtok", json!(price)), Err(E::Price(name.clone())), "{price}");
            assert_eq!(of("cached_input_usd_per_mtok", json!(price)), Err(E::Price(name.clone())), "{price}");
        }
        assert_eq!(of("context_window", json!(0)), Err(E::Window(name.clone())));
        assert_eq!(of("max_output_tokens", json!(u64::MAX)), Err(E::Window(name.clone())));
        assert_eq!(of("deprecation_date", json!("soon")), Err(E::Shutdown(name.clone())));
        for bad in ["", " a", "a\u{202e}b", "a\nb", &"a".repeat(201)] {
            assert_eq!(of("model_name", json!(bad)), Err(E::Name(2)), "{bad}");
        }
        let twice = file(|file| file["models"][0] = file["models"][1].clone());
        assert_eq!(twice, Err(E::Twice(name)));
        assert_eq!(file(|file| file["models"] = json!([])), Err(E::Count(0)));
    }

    #[test]
    fn what_is_no_catalogue_is_refused_by_its_line_and_never_quoted() {
        use CatalogFileError as E;
        assert_eq!(Catalog::from_file("{\"as_of\":\n sk-secret"), Err(E::NotJson { line: 2 }));
        assert_eq!(Catalog::from_file(""), Err(E::NotJson { line: 1 }));
        let wrong =
            Catalog::from_file("{\"as_of\": \"2026-01-01\",\n \"models\": \"sk-secret\"}").unwrap_err();
        assert_eq!(wrong, E::NotCatalog { line: 2 });
        assert!(!format!("{wrong} {wrong:?} {}", wrong.advice()).contains("sk-"));
        assert_eq!(Catalog::from_file(&" ".repeat(FILE_LIMIT + 1)), Err(E::TooLarge));
        assert_eq!(Catalog::from_file(&"[".repeat(100_000)), Err(E::NotCatalog { line: 1 }));
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        for day in ["2026-02-28", "2024-02-29", "2000-02-29", "2026-12-31"] {
            assert!(is_day(day), "{day}");
        }
        for day in [
            "2026-02-29",
            "2100-02-29",
            "2026-13-01",
            "2026-04-31",
            "2026-1-1",
            "today",
            "2026-00-10",
            "２０26-01-01",
        ] {
            assert!(!is_day(day), "{day}");
        }
    }
}
