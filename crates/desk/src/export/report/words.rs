//! The report's words, in the language in which this thread writes numbers: text and figures cannot be of two languages. Its
//! catalogues are in the program, as a file that is written has to say the same whatever page asks for it.

use std::sync::LazyLock;

use charts::Words;
use jiff::civil::Date;
use model::{phrases::Lines, program::Language, writing};

static ENGLISH: LazyLock<Lines> =
    LazyLock::new(|| Lines::read(include_str!("../../../locales/en/report.ftl")));
static GERMAN: LazyLock<Lines> =
    LazyLock::new(|| Lines::read(include_str!("../../../locales/de/report.ftl")));
static CHINESE: LazyLock<Lines> =
    LazyLock::new(|| Lines::read(include_str!("../../../locales/zh-CN/report.ftl")));

/// The text of a key.
pub(super) fn say(key: &str) -> String {
    form(key, &[])
}

/// The text of a key with what it leaves open.
pub(super) fn form(key: &str, args: &[(&str, String)]) -> String {
    let spoken: &Lines = match writing::language() {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
        Language::Chinese => &CHINESE,
    };
    spoken.form(key, args).or_else(|| ENGLISH.form(key, args)).unwrap_or_default()
}

/// Several names or kinds in a row.
pub(super) fn joined(key: &str, parts: impl IntoIterator<Item = String>) -> String {
    let join = |one, other| form(key, &[("one", one), ("other", other)]);
    parts.into_iter().reduce(join).unwrap_or_default()
}

/// `1 November 2026`; a day that is none stays as it is.
pub(super) fn date(text: &str) -> String {
    written("date", "month", text)
}

/// `1 Nov`.
pub(super) fn day(text: &str) -> String {
    written("day", "short-month", text)
}

fn written(key: &str, months: &str, text: &str) -> String {
    let Ok(date) = text.parse::<Date>() else { return text.to_owned() };
    let month = say(&format!("{months}-{}", date.month()));
    form(key, &[("day", date.day().to_string()), ("month", month), ("year", date.year().to_string())])
}

/// Why calls failed. What a newer program wrote into the log is shown as it stands there.
pub(super) fn cause(class: &str) -> String {
    let words = say(&format!("cause-{class}"));
    if words.is_empty() { class.to_owned() } else { words }
}

/// What charts say where nothing points at them.
pub(super) fn of_charts() -> Words {
    Words {
        no_data: say("no-data"),
        unknown: say("unknown"),
        others: |count| form("others", &[("count", count.to_string())]),
        ..Words::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use model::ErrorClass;

    use super::*;

    const CATALOGUES: [&str; 3] = [
        include_str!("../../../locales/en/report.ftl"),
        include_str!("../../../locales/de/report.ftl"),
        include_str!("../../../locales/zh-CN/report.ftl"),
    ];

    /// Keys with the arguments that their texts have.
    fn shape(catalogue: &str) -> BTreeSet<(&str, BTreeSet<&str>)> {
        let lines = catalogue.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let shape = lines.map(|line| {
            let (key, text) = line.split_once(" = ").unwrap();
            (key, text.split("{ $").skip(1).map(|rest| rest.split_once(" }").unwrap().0).collect())
        });
        shape.collect()
    }

    #[test]
    fn each_language_has_every_text_with_the_same_arguments() {
        let [english, german, chinese] = CATALOGUES.map(shape);
        assert!(english.len() > 70);
        assert_eq!(english, german);
        assert_eq!(english, chinese);
    }

    #[test]
    fn every_cause_of_the_log_has_words() {
        for language in Language::ALL {
            for class in ErrorClass::ALL {
                let words = writing::within(language, || cause(class.as_str()));
                assert_ne!(words, class.as_str(), "{language:?}");
            }
        }
        assert_eq!(cause("of_tomorrow"), "of_tomorrow");
    }

    #[test]
    fn a_day_is_written_as_its_language_does() {
        let written = Language::ALL
            .map(|language| writing::within(language, || (date("2026-03-09"), day("2026-03-09"))));
        let expected = [("9 March 2026", "9 Mar"), ("9. März 2026", "9. März"), ("2026年3月9日", "3月9日")];
        assert_eq!(written, expected.map(|(long, short)| (long.to_owned(), short.to_owned())));
        assert_eq!(date("some day"), "some day");
    }
}
