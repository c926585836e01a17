//! Sentences that the shell says ready to show, in the language that is spoken. It says them in English, as it writes them into
//! logs; here a sentence is known again by the English catalogue of them, and said by the translation's text of the same key.
//! One that is not known stays as it is.

use std::cell::RefCell;

use fluent_bundle::FluentValue;
use model::{phrases::Phrases, program::Language};

use crate::texts;

thread_local! {
    static PHRASES: RefCell<Phrases> = RefCell::default();
}

/// Knows the sentences of a catalogue from now on: a line for each, arguments as `{ $name }`.
pub fn know(english: &str) {
    PHRASES.set(Phrases::read(english));
}

/// A text of the shell's in the language that is spoken: as a whole, or sentence by sentence if all are known.
pub fn heard(text: &str) -> String {
    let language = texts::spoken();
    if language == Language::English {
        return text.to_owned();
    }
    let said = PHRASES.with_borrow(|phrases| phrases.say(text, language, &translated));
    said.unwrap_or_else(|| text.to_owned())
}

fn translated(key: &str, args: &[(&str, String)]) -> Option<String> {
    let args: Vec<(&str, FluentValue)> =
        args.iter().map(|(name, value)| (*name, FluentValue::from(value.as_str()))).collect();
    texts::translated(key, &args)
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
    fn why_a_provider_is_down_is_said_in_the_spoken_language() {
        let late = "No answer came in the time that this configuration has.";
        assert_eq!(in_german(late), "In der Zeit dieser Konfiguration kam keine Antwort.");
        let one = "Its last calls failed. Its tasks go to the next of their chains.";
        let said =
            "Seine letzten Aufrufe sind gescheitert. Seine Aufgaben gehen an die nächsten ihrer Ketten.";
        assert_eq!(in_german(one), said);
        let many = "OpenAI, Claude, Gemini and 2 more. See the page Health.";
        assert_eq!(
            in_german(many),
            "OpenAI, Claude, Gemini und 2 weitere. Sehen Sie auf der Seite Zustand nach."
        );
    }

    #[test]
    fn what_is_not_known_stays_as_it_is() {
        for text in ["", "Something else.", "the vault is locked, or not", "ohne Bezug"] {
            assert_eq!(in_german(text), text);
        }
    }
}
