//! Sentences that one room says ready to show, known again by the English catalogue of them, so that another can say them in the
//! language that is spoken. A catalogue here has a line for each, with arguments as `{ $name }`.

use std::collections::HashMap;

use crate::{program::Language, writing};

/// Longer is no sentence.
const LONGEST: usize = 2_000;
/// The argument that may be empty: ` (HTTP 401)`, or nothing.
const OPTIONAL: &str = "http";

/// How a text is formed in another language, from its key and its arguments.
pub type Form<'a> = dyn Fn(&str, &[(&str, String)]) -> Option<String> + 'a;

/// English sentences by which a room's are known again.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Phrases {
    /// Without an argument.
    whole: HashMap<String, String>,
    /// With arguments, those that say most by themselves first.
    formed: Vec<Formed>,
}

#[derive(Debug, PartialEq, Eq)]
struct Formed {
    key: String,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Said(String),
    Argument(String),
}

/// The texts of another catalogue of such lines by their keys, for who has no Fluent.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines(HashMap<String, Vec<Part>>);

impl Phrases {
    /// The sentences of an English catalogue.
    pub fn read(english: &str) -> Self {
        let mut this = Self::default();
        for (key, parts) in lines(english) {
            match parts.as_slice() {
                [Part::Said(whole)] => {
                    this.whole.insert(whole.clone(), key.to_owned());
                }
                _ => this.formed.push(Formed { key: key.to_owned(), parts }),
            }
        }
        this.formed.sort_by_key(|formed| std::cmp::Reverse(formed.said()));
        this
    }

    /// A text in the language that `form` speaks: as a whole, or sentence by sentence if all are known; `None` where it is not
    /// known. Numbers in it are written as the thread writes them.
    pub fn say(&self, text: &str, language: Language, form: &Form<'_>) -> Option<String> {
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        self.said(text, form).or_else(|| self.said_in_turn(text, language, form))
    }

    /// What stands for an argument may be a phrase itself: the name of a server, a word for a day.
    fn said(&self, text: &str, form: &Form<'_>) -> Option<String> {
        if let Some(key) = self.whole.get(text) {
            return form(key, &[]);
        }
        self.formed.iter().find_map(|formed| {
            let found = formed.found_in(text)?;
            let args: Vec<(&str, String)> = found
                .into_iter()
                .map(|(name, value)| (name, self.said(value, form).unwrap_or_else(|| written(value))))
                .collect();
            form(&formed.key, &args)
        })
    }

    /// Half a text in one language and half in another would be worse than English.
    fn said_in_turn(&self, text: &str, language: Language, form: &Form<'_>) -> Option<String> {
        let sentences: Vec<&str> = text.split_inclusive(". ").map(str::trim_end).collect();
        if sentences.len() < 2 {
            return None;
        }
        let said: Option<Vec<String>> =
            sentences.into_iter().map(|sentence| self.said(sentence, form)).collect();
        let between = if language == Language::Chinese { "" } else { " " };
        said.map(|said| said.join(between))
    }
}

impl Lines {
    /// The texts of a catalogue.
    pub fn read(catalogue: &str) -> Self {
        Self(lines(catalogue).map(|(key, parts)| (key.to_owned(), parts)).collect())
    }

    /// A text with its arguments; `None` where there is none, or an argument is missing.
    pub fn form(&self, key: &str, args: &[(&str, String)]) -> Option<String> {
        let piece = |part: &Part| match part {
            Part::Said(text) => Some(text.clone()),
            Part::Argument(name) => {
                args.iter().find(|(given, _)| given == name).map(|(_, value)| value.clone())
            }
        };
        self.0.get(key)?.iter().map(piece).collect()
    }
}

impl Formed {
    /// How many letters are its own.
    fn said(&self) -> usize {
        let own = self.parts.iter().map(|part| match part {
            Part::Said(text) => text.len(),
            Part::Argument(_) => 0,
        });
        own.sum()
    }

    /// The arguments with which it is this text.
    fn found_in<'a>(&'a self, text: &'a str) -> Option<Vec<(&'a str, &'a str)>> {
        let (mut rest, mut open, mut found) = (text, None, Vec::new());
        for (place, part) in self.parts.iter().enumerate() {
            let said = match part {
                Part::Argument(name) => {
                    open = Some(name.as_str());
                    continue;
                }
                Part::Said(said) => said.as_str(),
            };
            let at = match open {
                None => rest.starts_with(said).then_some(0)?,
                Some(_) if place + 1 == self.parts.len() => rest.strip_suffix(said)?.len(),
                Some(_) => rest.find(said)?,
            };
            if let Some(name) = open.take() {
                found.push((name, &rest[..at]));
            }
            rest = &rest[at + said.len()..];
        }
        match open {
            Some(name) => found.push((name, rest)),
            None if !rest.is_empty() => return None,
            None => {}
        }
        found.iter().all(|(name, value)| !value.is_empty() || *name == OPTIONAL).then_some(found)
    }
}

fn lines(catalogue: &str) -> impl Iterator<Item = (&str, Vec<Part>)> {
    let lines = catalogue.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once(" = ")).map(|(key, text)| (key, parts(text)))
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{ $") {
        let Some((name, after)) = after.split_once(" }") else { break };
        if !before.is_empty() {
            parts.push(Part::Said(before.to_owned()));
        }
        parts.push(Part::Argument(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Said(rest.to_owned()));
    }
    parts
}

/// An amount or a number as the language writes it; a name or an address as it is.
fn written(value: &str) -> String {
    let digits = value.trim_start_matches('-');
    let (money, digits) = digits.strip_prefix('$').map_or((false, digits), |digits| (true, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(all_digits);
    let is_number = first && groups.all(|group| group.len() == 3 && all_digits(group)) && all_digits(part);
    match (is_number, money) {
        (false, _) => value.to_owned(),
        (true, true) => writing::dollars(value),
        (true, false) => writing::number(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_sentence_says_by_itself_decides_before_what_it_leaves_open() {
        let phrases = Phrases::read("any = at { $url }\nexact = at { $url } is another server");
        let keys: Vec<&str> = phrases.formed.iter().map(|formed| formed.key.as_str()).collect();
        assert_eq!(keys, ["exact", "any"]);
    }

    #[test]
    fn a_catalogue_of_lines_says_a_phrase_with_its_arguments() {
        let phrases = Phrases::read("# of = what\ntoday = Today: { $cost }\nlock = Lock");
        let lines = Lines::read("today = Heute: { $cost }\nlock = Sperren");
        let say = |text: &str| {
            writing::within(Language::German, || {
                phrases.say(text, Language::German, &|key, args| lines.form(key, args))
            })
        };
        assert_eq!(say("Lock").as_deref(), Some("Sperren"));
        assert_eq!(say("Today: $1,284.50").as_deref(), Some("Heute: 1.284,50\u{a0}$"));
        assert_eq!(say("Today: 10.0.0.7").as_deref(), Some("Heute: 10.0.0.7"), "an address is no number");
        assert_eq!(say("Unlock"), None);
        assert_eq!(writing::language(), Language::English, "other texts are written as before");
    }
}
