//! Tests that what the shell says ready to show is known in every language. `translations` goes from the catalogue to the sources;
//! here it is the other way round, or a new sentence would stay English and nobody would notice.

use std::{
    fs,
    path::{Path, PathBuf},
};

use model::program::Language;

use super::{speak, translate};
use crate::state::heard;

/// Rooms whose words reach a person at the window. All that they say counts, so that a new sentence does in a new file, too.
const ROOMS: [&str; 10] =
    ["bundle", "desk", "gateway", "import", "model", "providers", "share", "store", "sync", "vault"];

/// What is said at a server's console, before there is a window, to the log, to vendors or to models, and what has a catalogue of
/// its own.
const ELSEWHERE: [&str; 22] = [
    "bundle/src/change.rs",
    "bundle/src/keys.rs",
    "desk/src/bin/",
    "desk/src/export/",
    "desk/src/folders.rs",
    "desk/src/sample/",
    "import/src/faults_file.rs",
    "import/src/json_parts.rs",
    "providers/src/call/plan.rs",
    "providers/src/call/schema.rs",
    "providers/src/json.rs",
    "providers/src/retry_after.rs",
    "providers/src/transport/",
    "providers/src/vendor/",
    "store/src/access/",
    "store/src/bundles/apply.rs",
    "store/src/existing/",
    "store/src/postgres/",
    "sync/src/client/tls.rs",
    "vault/src/foreign.rs",
    "vault/src/login.rs",
    "vault/src/root.rs",
];

/// Of these only the error types speak to people: the rest is SQL, or what programs are answered over HTTP.
const ERRORS_ALONE: [&str; 2] = ["gateway/src/http/", "store/src/"];

/// What is not for people: lines of the log, and reasons given to the compiler.
const LOGGED: [&str; 6] =
    ["tracing::error!(", "tracing::warn!(", "tracing::info!(", "tracing::debug!(", "expect(", "allow("];

/// Halves of sentences that are known as a whole.
const HALVES: [&str; 11] = [
    " (HTTP 7)",
    " So it is with 1 other server.",
    " So it is with 7 other servers.",
    "1 hour",
    "7 hours",
    "7% of the 7 budget is spent",
    "7: its bundle expires in 7",
    "the 7 budget is spent",
    "the 7 budget will probably not last",
    "a passphrase",
    "it failed",
];

/// What another sentence takes the place of, what only files, vendors and programs read, and units.
const UNSAID: [&str; 30] = [
    " copy 7",
    "bundled 7",
    "cannot prepare TLS",
    "cannot prepare the HTTP client",
    "dns error",
    "generative language",
    "not a decimal price with at most six places",
    "not an amount of pico-dollars",
    "Provider 7",
    "set, ends in ",
    "signalbox configurations",
    "signalbox import 1",
    "signalbox recovery code v10",
    "signalbox server",
    "signalbox server/v1",
    "signalbox signing key/v1",
    "status 7",
    "there is such a budget already",
    "unknown provider type",
    "vertex ai",
    "the vault's header was changed in the meantime",
    "what was not used is given back",
    "Bearer 7",
    "+7 pp",
    "0 pp",
    "7 h 7 min",
    "7 min",
    "7 ms",
    "M7 7h7v1h-7z",
    "−7 pp",
];

struct Source {
    path: String,
    text: String,
}

impl Source {
    /// A folder stands for the file of its module, too.
    fn is_one_of(&self, paths: &[&str]) -> bool {
        let is_file_of = |folder: &str| self.path.ends_with(&format!("{folder}.rs"));
        paths.iter().any(|path| self.path.contains(path) || path.strip_suffix('/').is_some_and(is_file_of))
    }
}

/// The sources of the rooms without their tests, comments and lines for the log.
fn sources() -> Vec<Source> {
    fn collect(folder: &Path, all: &mut Vec<Source>) {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for path in entries {
            if path.is_dir() {
                collect(&path, all);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = without_tests(&fs::read_to_string(&path).unwrap()).to_owned();
                all.push(Source { path: path.to_str().unwrap().replace('\\', "/"), text });
            }
        }
    }
    let crates = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut all = Vec::new();
    ROOMS.iter().for_each(|room| collect(&crates.join(room).join("src"), &mut all));
    let is_test = |path: &str| path.contains("/tests/") || path.ends_with("/tests.rs");
    all.retain(|source| !source.is_one_of(&ELSEWHERE) && !is_test(&source.path));
    all
}

/// What comes before a module of tests; one that is a file is one of those that are left out.
fn without_tests(text: &str) -> &str {
    let opens = |at: usize| {
        text[at..].lines().nth(1).is_some_and(|line| line.contains("mod ") && line.ends_with('{'))
    };
    let end = text.match_indices("#[cfg(test)]").map(|(at, _)| at).find(|at| opens(*at));
    &text[..end.unwrap_or(text.len())]
}

/// The texts between quotation marks, with what stands for an argument as `7`.
fn literals(source: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = source;
    while let Some(at) = rest.find(['"', '/', '\'']) {
        let (sign, after) = rest[at..].split_at(1);
        rest = match sign {
            "/" if after.starts_with('/') => after.split_once('\n').map_or("", |(_, after)| after),
            // A quotation mark as a character of its own.
            "'" if after.starts_with("\"'") => &after[2..],
            "\"" => {
                let (text, after) = literal(after);
                found.push(with_arguments(&text));
                after
            }
            _ => after,
        };
    }
    found
}

/// A text up to its closing mark, and what follows.
fn literal(source: &str) -> (String, &str) {
    let (mut text, mut letters) = (String::new(), source.char_indices().peekable());
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => return (text, &source[at + 1..]),
            '\\' => match letters.next().map(|(_, escaped)| escaped) {
                Some('u') => {
                    let code: String =
                        letters.by_ref().map(|(_, c)| c).skip(1).take_while(|c| *c != '}').collect();
                    text.extend(char::from_u32(u32::from_str_radix(&code, 16).unwrap()));
                }
                Some('n') => text.push('\n'),
                Some('\n') => while letters.next_if(|(_, c)| c.is_whitespace()).is_some() {},
                Some(escaped) => text.push(escaped),
                None => {}
            },
            letter => text.push(letter),
        }
    }
    (text, "")
}

fn with_arguments(text: &str) -> String {
    let mut pieces = text.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |all, piece| all + "7" + piece.split_once('}').map_or("", |(_, after)| after))
}

/// Everything between a mark that ends in an opening bracket and the bracket that closes it.
fn within<'a>(source: &'a str, mark: &'a str) -> impl Iterator<Item = &'a str> {
    source.split(mark).skip(1).map(|after| {
        let (mut depth, mut quoted, mut escaped) = (1, false, false);
        let end = after.find(|c: char| {
            match c {
                _ if escaped => escaped = false,
                '\\' => escaped = quoted,
                '"' => quoted = !quoted,
                '(' if !quoted => depth += 1,
                ')' if !quoted => depth -= 1,
                _ => {}
            }
            depth == 0
        });
        &after[..end.unwrap_or(after.len())]
    })
}

/// All that a source says to a person. A single word is no sentence: it may be the name of anything.
fn sentences(source: &Source) -> Vec<String> {
    let text = &source.text;
    let errors = within(text, "#[error(").filter_map(|error| literals(error).into_iter().next());
    let all: Vec<String> = if source.is_one_of(&ERRORS_ALONE) {
        errors.collect()
    } else {
        let logged: Vec<String> =
            LOGGED.iter().flat_map(|mark| within(text, mark)).flat_map(literals).collect();
        literals(text).into_iter().filter(|text| !logged.contains(text)).collect()
    };
    let has_words = |text: &&String| {
        text.trim().contains(' ')
            && text.split(' ').any(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 1)
    };
    let says = |text: &&String| !HALVES.contains(&text.as_str()) && !UNSAID.contains(&text.as_str());
    all.iter().filter(has_words).filter(says).map(|text| text.trim().to_owned()).collect()
}

fn catalogue(language: Language) -> String {
    let path = format!("locales/{}/shell.ftl", language.tag());
    fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Two words of English beside each other in what should be Chinese: something between them was taken for a name.
fn is_half_english(said: &str, english: &str) -> bool {
    let words: Vec<&str> = english.split(' ').collect();
    words.windows(2).any(|two| {
        let are_words = two.iter().all(|word| word.chars().all(|c| c.is_ascii_lowercase()) && word.len() > 1);
        are_words && said.contains(&two.join(" "))
    })
}

#[test]
fn every_sentence_that_the_shell_says_to_a_person_is_known_in_every_language() {
    heard::know(&catalogue(Language::English));
    let mut said: Vec<(String, String)> = Vec::new();
    for source in sources() {
        said.extend(sentences(&source).into_iter().map(|text| (source.path.clone(), text)));
    }
    assert!(said.len() > 900, "only {} sentences were found", said.len());
    let mut unknown = Vec::new();
    for language in [Language::German, Language::Chinese] {
        speak(language);
        translate(&catalogue(language));
        for (path, text) in &said {
            let heard = heard::heard(text);
            if heard == *text || language == Language::Chinese && is_half_english(&heard, text) {
                let path = path.rsplit_once("/crates/").map_or(path.as_str(), |(_, path)| path);
                unknown.push(format!("{}, {path}: {text}", language.tag()));
            }
        }
    }
    speak(Language::English);
    assert!(unknown.is_empty(), "these are not known\n{}", unknown.join("\n"));
}

#[test]
fn no_two_arguments_of_a_sentence_stand_side_by_side() {
    // Where one ends and the other begins could not be told; what is in brackets can.
    for line in catalogue(Language::English).lines() {
        let beside = line.match_indices(" }{ $").any(|(at, _)| !line[at..].starts_with(" }{ $http }"));
        assert!(!beside, "{line}");
    }
}
