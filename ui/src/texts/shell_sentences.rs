//! Tests that what the shell says ready to show is known in every language. `translations` goes from the catalogue to the sources;
//! here it is the other way round, or a new sentence would stay English and nobody would notice.

use std::{
    fs,
    path::{Path, PathBuf},
};

use model::program::Language;

use super::{speak, translate};
use crate::state::heard;

/// Rooms whose errors reach a person at the window.
const ROOMS: [&str; 8] = ["bundle", "desk", "gateway", "import", "share", "store", "sync", "vault"];

/// What is said at a server's console, before there is a window, or to the log alone.
const ELSEWHERE: [&str; 13] = [
    "bundle/src/change.rs",
    "bundle/src/keys.rs",
    "desk/src/bin/",
    "desk/src/folders.rs",
    "desk/src/sample/",
    "store/src/access/",
    "store/src/bundles/apply.rs",
    "store/src/existing/",
    "store/src/postgres/",
    "sync/src/client/",
    "vault/src/foreign.rs",
    "vault/src/login.rs",
    "vault/src/root.rs",
];

/// Pieces of sentences, and what another sentence takes the place of.
const PIECES: [&str; 13] = [
    "a passphrase",
    "1 hour",
    "7 hours",
    "7: its bundle expires in 7",
    " So it is with 1 other server.",
    " So it is with 7 other servers.",
    "7 7",
    "7: 7",
    "7 (7%)",
    "the 7 budget is spent",
    "the 7 budget will probably not last",
    "7% of the 7 budget is spent",
    "there is such a budget already",
];

struct Source {
    path: String,
    text: String,
}

/// The sources of the rooms without their tests, comments and lines for the log.
fn sources() -> Vec<Source> {
    fn collect(folder: &Path, all: &mut Vec<Source>) {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        for path in entries {
            if path.is_dir() {
                collect(&path, all);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                let text = text.split("#[cfg(test)]").next().unwrap().to_owned();
                all.push(Source { path: path.to_str().unwrap().replace('\\', "/"), text });
            }
        }
    }
    let crates = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../crates");
    let mut all = Vec::new();
    ROOMS.iter().for_each(|room| collect(&crates.join(room).join("src"), &mut all));
    all.retain(|source| !ELSEWHERE.iter().any(|path| source.path.contains(path)));
    all
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

/// All that a source says to a person.
fn sentences(source: &Source) -> Vec<String> {
    let Source { path, text } = source;
    let mut said: Vec<String> =
        within(text, "#[error(").filter_map(|error| literals(error).into_iter().next()).collect();
    if !path.contains("/desk/") {
        return said;
    }
    if path.contains("/failures") || path.ends_with("/wording.rs") {
        let log = ["tracing::error!(", "tracing::warn!(", "tracing::info!("];
        let logged: Vec<String> = log.iter().flat_map(|mark| within(text, mark)).flat_map(literals).collect();
        said.extend(literals(text).into_iter().filter(|text| !logged.contains(text)));
        return said;
    }
    said.extend(within(text, "Failure::new(").flat_map(literals));
    for name in ["let advice = ", "let message = "] {
        // As far as the statement goes, or further: what else is found there is said, too.
        let statements = text.split(name).skip(1).map(|after| after.split(";\n").next().unwrap());
        said.extend(statements.flat_map(literals));
    }
    said
}

#[test]
fn every_sentence_that_the_shell_says_to_a_person_is_known_in_every_language() {
    let read = |language: Language| {
        let path = format!("locales/{}/shell.ftl", language.tag());
        fs::read_to_string(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
    };
    heard::know(&read(Language::English));
    let mut said: Vec<(String, String)> = Vec::new();
    for source in sources() {
        let words = sentences(&source).into_iter().filter(|text| text.trim().contains(' '));
        said.extend(
            words.filter(|text| !PIECES.contains(&text.as_str())).map(|text| (source.path.clone(), text)),
        );
    }
    assert!(said.len() > 400, "only {} sentences were found", said.len());
    let mut unknown = Vec::new();
    for language in [Language::German, Language::Chinese] {
        speak(language);
        translate(&read(language));
        for (path, text) in &said {
            if heard::heard(text.trim()) == text.trim() {
                let path = path.rsplit_once("/crates/").map_or(path.as_str(), |(_, path)| path);
                unknown.push(format!("{}, {path}: {text}", language.tag()));
            }
        }
    }
    speak(Language::English);
    assert!(unknown.is_empty(), "these are not known\n{}", unknown.join("\n"));
}
