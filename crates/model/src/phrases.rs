//! Sentences that one room says ready to show, known again by the English catalogue of them, so that another can say them in the
//! language that is spoken. A catalogue here has a line for each, with arguments as `{ $name }`.

use std::collections::HashMap;

use crate::{program::Language, writing};

/// Longer is no sentence.
const LONGEST: usize = 2_000;
/// The argument that may be empty: ` (HTTP 401)`, or nothing.
const OPTIONAL: &str = "http";

/// In the key of a line that is found within others alone: a name of a server, a word for a wait.
const PIECE: &str = "-piece-";

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

/// The language that something is said in, and how.
#[derive(Clone, Copy)]
struct Voice<'a> {
    language: Language,
    form: &'a Form<'a>,
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

    /// A text in the language that `form` speaks: sentence by sentence if all are known, or as a whole; `None` where it is not
    /// known. Numbers in it are written as the thread writes them.
    pub fn say(&self, text: &str, language: Language, form: &Form<'_>) -> Option<String> {
        if text.is_empty() || text.len() > LONGEST {
            return None;
        }
        let voice = Voice { language, form };
        // Before as a whole: what a sentence leaves open at its end would be all others, too.
        let exact = self.whole.get(text).and_then(|key| form(key, &[]));
        exact.or_else(|| self.said_in_turn(text, voice)).or_else(|| self.sentence(text, voice))
    }

    /// One text as it is known, or a message that somebody made a sentence of: messages begin small and have no stop.
    fn sentence(&self, text: &str, voice: Voice<'_>) -> Option<String> {
        self.said(text, false, voice).or_else(|| {
            let message = text.strip_suffix('.')?;
            let said = self.said(message, false, voice);
            let said = said.or_else(|| self.said(&begun(message, char::to_lowercase), false, voice))?;
            Some(begun(&said, char::to_uppercase) + voice.stop())
        })
    }

    /// What stands for an argument may be a phrase itself. A piece of others says too little to be looked for elsewhere, unless it is
    /// about a number: `20 years`.
    fn said(&self, text: &str, pieces: bool, voice: Voice<'_>) -> Option<String> {
        if let Some(key) = self.whole.get(text) {
            return (voice.form)(key, &[]);
        }
        self.formed.iter().find_map(|formed| {
            let found = formed.found_in(text)?;
            let counts = || found.iter().all(|(_, value)| is_number(value));
            if formed.key.contains(PIECE) && !pieces && !counts() {
                return None;
            }
            let args: Vec<(&str, String)> =
                found.into_iter().map(|(name, value)| (name, self.argument(value, voice))).collect();
            (voice.form)(&formed.key, &args)
        })
    }

    /// A phrase, a list of phrases, or what is the same in each language.
    fn argument(&self, value: &str, voice: Voice<'_>) -> String {
        let listed = || {
            let each: Option<Vec<String>> =
                value.split(", ").map(|one| self.said(one, true, voice)).collect();
            each.map(|each| each.join(voice.comma()))
        };
        self.said(value, true, voice).or_else(listed).unwrap_or_else(|| written(value))
    }

    /// Half a text in one language and half in another would be worse than English.
    fn said_in_turn(&self, text: &str, voice: Voice<'_>) -> Option<String> {
        let sentences: Vec<&str> = text.split_inclusive(". ").map(str::trim_end).collect();
        if sentences.len() < 2 {
            return None;
        }
        let said: Option<Vec<String>> =
            sentences.into_iter().map(|sentence| self.sentence(sentence, voice)).collect();
        said.map(|said| said.join(voice.blank()))
    }
}

impl Voice<'_> {
    fn blank(self) -> &'static str {
        if self.language == Language::Chinese { "" } else { " " }
    }

    fn stop(self) -> &'static str {
        if self.language == Language::Chinese { "。" } else { "." }
    }

    fn comma(self) -> &'static str {
        if self.language == Language::Chinese { "、" } else { ", " }
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
        let (mut rest, mut open, mut found) = (text, Vec::new(), Vec::new());
        for (place, part) in self.parts.iter().enumerate() {
            let said = match part {
                Part::Argument(name) => {
                    open.push(name.as_str());
                    continue;
                }
                Part::Said(said) => said.as_str(),
            };
            let at = match open.is_empty() {
                true => rest.starts_with(said).then_some(0)?,
                false if place + 1 == self.parts.len() => rest.strip_suffix(said)?.len(),
                false => rest.find(said)?,
            };
            found.extend(shared(std::mem::take(&mut open), &rest[..at]));
            rest = &rest[at + said.len()..];
        }
        // A stop is the sentence's, not the argument's.
        if open.is_empty() && !rest.is_empty() || rest.ends_with('.') {
            return None;
        }
        found.extend(shared(open, rest));
        found.iter().all(|(name, value)| !value.is_empty() || *name == OPTIONAL).then_some(found)
    }
}

/// What stands in one place, of one argument or of two: a second one begins with the last bracket, and may be empty.
fn shared<'a>(names: Vec<&'a str>, value: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
    let bracket = value.rfind(" (").filter(|_| names.len() > 1 && value.ends_with(')'));
    let (first, second) = value.split_at(bracket.unwrap_or(value.len()));
    names.into_iter().zip([first, second])
}

/// With its first letter made large or small.
fn begun<T: Iterator<Item = char>>(text: &str, first: impl Fn(char) -> T) -> String {
    let mut letters = text.chars();
    letters.next().into_iter().flat_map(first).chain(letters.clone()).collect()
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
    match (is_number(digits), money) {
        (false, _) => value.to_owned(),
        (true, true) => writing::dollars(value),
        (true, false) => writing::number(value),
    }
}

/// Digits, perhaps in groups of three and with a fraction.
fn is_number(text: &str) -> bool {
    let (whole, part) = text.split_once('.').unwrap_or((text, "0"));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = whole.split(',');
    let first = groups.next().is_some_and(all_digits);
    first && groups.all(|group| group.len() == 3 && all_digits(group)) && all_digits(part)
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

    fn in_german(english: &str, german: &str, text: &str) -> Option<String> {
        let (phrases, lines) = (Phrases::read(english), Lines::read(german));
        writing::within(Language::German, || {
            phrases.say(text, Language::German, &|key, args| lines.form(key, args))
        })
    }

    #[test]
    fn a_message_that_was_made_a_sentence_is_still_known() {
        let english = "late = { $who } gave up\na-piece-at = The server at { $host }\nfull = the disk is full\na-piece-years = { $n } years";
        let german = "late = { $who } gab auf\na-piece-at = Der Server auf { $host }\nfull = die Platte ist voll\na-piece-years = { $n } Jahre";
        let say = |text| in_german(english, german, text);
        assert_eq!(say("The disk is full.").as_deref(), Some("Die Platte ist voll."));
        assert_eq!(say("OpenAI gave up.").as_deref(), Some("OpenAI gab auf."));
        let both = "The server at a.example gave up. The disk is full.";
        assert_eq!(say(both).as_deref(), Some("Der Server auf a.example gab auf. Die Platte ist voll."));
        assert_eq!(say("The server at a.example is a toaster."), None, "a piece is no sentence");
        assert_eq!(say("20 years").as_deref(), Some("20 Jahre"), "a number of something is");
    }

    #[test]
    fn what_is_open_at_the_end_of_a_sentence_does_not_reach_into_the_next() {
        let english = "soon = It is renewed in { $when }.\nthen = Until then, raise it { $where }.\nport = it uses port { $port }";
        let german = "soon = Erneuert in { $when }.\nthen = Bis dahin { $where } erhöhen.\nport = es nutzt Port { $port }";
        let say = |text| in_german(english, german, text);
        let both = "It is renewed in 3 h. Until then, raise it at https://a.example/b.";
        assert_eq!(say(both).as_deref(), Some("Erneuert in 3 h. Bis dahin at https://a.example/b erhöhen."));
        assert_eq!(
            say("It uses port 80. It is renewed in 3 h.").as_deref(),
            Some("Es nutzt Port 80. Erneuert in 3 h.")
        );
    }

    #[test]
    fn arguments_may_be_lists_of_phrases_and_stand_side_by_side_with_a_bracket() {
        let english =
            "lacks = it has { $what }.\npdf = no PDF\ntools = no tools\nelse = none at { $host }{ $http }.";
        let german = "lacks = es hat { $what }.\npdf = kein PDF\ntools = keine Werkzeuge\nelse = nichts auf { $host }{ $http }.";
        let say = |text| in_german(english, german, text);
        assert_eq!(say("it has no PDF, no tools.").as_deref(), Some("es hat kein PDF, keine Werkzeuge."));
        assert_eq!(say("it has no PDF, a hat.").as_deref(), Some("es hat no PDF, a hat."));
        assert_eq!(say("none at a:1 (HTTP 404).").as_deref(), Some("nichts auf a:1 (HTTP 404)."));
        assert_eq!(say("none at a:1.").as_deref(), Some("nichts auf a:1."));
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
