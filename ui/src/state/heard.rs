//! Sentences that the shell says ready to show, in the language that is spoken. It says them in English, as it writes them into
//! logs; here a sentence is known again by the English catalogue of them, and said by the translation's text of the same key.
//! One that is not known stays as it is.

use std::{cell::RefCell, collections::HashMap};

use fluent_bundle::FluentValue;
use model::program::Language;

use crate::texts;

/// Longer is no sentence of the shell's.
const LONGEST: usize = 2_000;
/// The argument that may be empty: ` (HTTP 401)`, or nothing.
const OPTIONAL: &str = "http";

thread_local! {
    static PHRASES: RefCell<Phrases> = RefCell::default();
}

/// English sentences by which the shell's are known again.
#[derive(Debug, Default, PartialEq, Eq)]
struct Phrases {
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

#[derive(Debug, PartialEq, Eq)]
enum Part {
    Said(String),
    Argument(String),
}

/// Knows the sentences of a catalogue from now on: a line for each, arguments as `{ $name }`.
pub fn know(english: &str) {
    PHRASES.set(Phrases::read(english));
}

/// A text of the shell's in the language that is spoken: as a whole, or sentence by sentence if all are known.
pub fn heard(text: &str) -> String {
    if texts::spoken() == Language::English || text.is_empty() || text.len() > LONGEST {
        return text.to_owned();
    }
    PHRASES.with_borrow(|phrases| {
        phrases.said(text).or_else(|| phrases.said_in_turn(text)).unwrap_or_else(|| text.to_owned())
    })
}

impl Phrases {
    fn read(english: &str) -> Self {
        let mut this = Self::default();
        for (key, text) in english.lines().filter_map(|line| line.split_once(" = ")) {
            let parts = parts(text);
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

    /// What stands for an argument may be a phrase itself: the name of a server, a word for a day.
    fn said(&self, text: &str) -> Option<String> {
        if let Some(key) = self.whole.get(text) {
            return texts::translated(key, &[]);
        }
        self.formed.iter().find_map(|formed| {
            let found = formed.found_in(text)?;
            let args: Vec<(&str, FluentValue)> = found
                .into_iter()
                .map(|(name, value)| {
                    let value = self.said(value).unwrap_or_else(|| value.to_owned());
                    (name, FluentValue::from(value))
                })
                .collect();
            texts::translated(&formed.key, &args)
        })
    }

    /// Half a text in one language and half in another would be worse than English.
    fn said_in_turn(&self, text: &str) -> Option<String> {
        let sentences: Vec<&str> = text.split_inclusive(". ").map(str::trim_end).collect();
        if sentences.len() < 2 {
            return None;
        }
        let said: Option<Vec<String>> = sentences.into_iter().map(|sentence| self.said(sentence)).collect();
        let between = if texts::spoken() == Language::Chinese { "" } else { " " };
        said.map(|said| said.join(between))
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

#[cfg(test)]
mod tests {
    use super::*;

    const ENGLISH: &str = include_str!("../../locales/en/shell.ftl");

    fn in_german(text: &str) -> String {
        know(ENGLISH);
        texts::speak(Language::German);
        texts::translate(include_str!("../../locales/de/shell.ftl"));
        let heard = heard(text);
        texts::speak(Language::English);
        heard
    }

    #[test]
    fn a_known_sentence_is_said_in_the_spoken_language() {
        assert_eq!(in_german("the vault is locked"), "der Tresor ist gesperrt");
        assert_eq!(heard("the vault is locked"), "the vault is locked");
    }

    #[test]
    fn arguments_go_into_the_other_sentence_and_may_be_known_themselves() {
        assert_eq!(
            in_german("OpenAI does not accept this key (HTTP 401)."),
            "OpenAI nimmt diesen Schlüssel nicht an (HTTP 401)."
        );
        assert_eq!(
            in_german("The server at localhost accepts the key, but lists no model at all."),
            "Der Server auf localhost nimmt den Schlüssel an, listet aber gar kein Modell."
        );
        assert_eq!(in_german("OpenAI wants a key."), "OpenAI verlangt einen Schlüssel.");
    }

    #[test]
    fn several_sentences_are_said_in_turn_if_all_are_known() {
        assert_eq!(
            in_german("The certificate of a.example is past its date. The key was not sent."),
            "Das Zertifikat von a.example ist abgelaufen. Der Schlüssel wurde nicht gesendet."
        );
        let unknown = "The key was not sent. Nobody knows this one.";
        assert_eq!(in_german(unknown), unknown);
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        for text in ["", "Something else.", "the vault is locked, or not", "ohne Bezug"] {
            assert_eq!(in_german(text), text);
        }
    }

    #[test]
    fn what_a_sentence_says_by_itself_decides_before_what_it_leaves_open() {
        let phrases = Phrases::read("any = at { $url }\nexact = at { $url } is another server");
        let keys: Vec<&str> = phrases.formed.iter().map(|formed| formed.key.as_str()).collect();
        assert_eq!(keys, ["exact", "any"]);
    }
}
