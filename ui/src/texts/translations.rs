//! Tests that every language says all that English does, and says it of the same things.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::PathBuf,
};

use super::*;

fn english() -> BTreeMap<String, String> {
    catalogues(Language::English.tag())
}

/// The files of a language, without their ending.
fn catalogues(folder: &str) -> BTreeMap<String, String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("locales").join(folder);
    let files = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = files.filter(|path| path.extension().is_some_and(|extension| extension == "ftl"));
    files
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

fn others() -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(|language| *language != Language::English)
}

/// The messages of a catalogue: each key with everything up to the next one.
fn messages(source: &str) -> BTreeMap<&str, String> {
    let mut found = BTreeMap::<&str, String>::new();
    let mut current = None;
    for line in source.lines().filter(|line| !line.starts_with('#')) {
        let head = line.split_once(" =").filter(|_| line.starts_with(|c: char| c.is_ascii_lowercase()));
        if let Some((key, _)) = head {
            assert!(found.insert(key, String::new()).is_none(), "{key} has two texts");
            current = Some(key);
        }
        if let Some(text) = current.and_then(|key| found.get_mut(key)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    found
}

/// What a message is told: `$name`, `$count`.
fn arguments(message: &str) -> BTreeSet<&str> {
    let after = message.split('$').skip(1);
    after.map(|rest| rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next().unwrap()).collect()
}

#[test]
fn every_language_has_the_files_that_the_page_fetches() {
    let fetched = WITH_FIRST.iter().chain(&WITH_PAGES).chain(&WITH_USAGE).chain(&[OF_SHELL]);
    let fetched: BTreeSet<String> = fetched.map(|name| (*name).to_owned()).collect();
    assert_eq!(english().into_keys().collect::<BTreeSet<_>>(), fetched);
    for language in others() {
        let there: BTreeSet<String> = catalogues(language.tag()).into_keys().collect();
        assert_eq!(there, fetched, "{}", language.tag());
    }
}

#[test]
fn every_language_has_each_key_in_the_same_file_and_no_other_key() {
    let mut wrong = Vec::new();
    for language in others() {
        let translated = catalogues(language.tag());
        for (file, source) in english() {
            let (english, there) = (messages(&source), messages(&translated[&file]));
            let place = format!("{}/{file}", language.tag());
            let lacks = english.keys().filter(|key| !there.contains_key(*key));
            wrong.extend(lacks.map(|key| format!("{place} lacks {key}")));
            let more = there.keys().filter(|key| !english.contains_key(*key));
            wrong.extend(more.map(|key| format!("{place} has {key}, which is not in English")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn translations_have_no_syntax_error_and_are_told_what_english_is_told() {
    for language in others() {
        let translated = catalogues(language.tag());
        for (file, source) in english() {
            let place = format!("{}/{file}", language.tag());
            if let Err((_, errors)) = FluentResource::try_new(translated[&file].clone()) {
                panic!("{place}: {errors:?}");
            }
            let there = messages(&translated[&file]);
            for (key, message) in messages(&source) {
                let Some(other) = there.get(key) else { continue };
                assert_eq!(arguments(other), arguments(&message), "{place}, {key}");
            }
        }
    }
}

#[test]
fn every_message_of_every_language_is_formed_without_an_error() {
    for language in others() {
        let mut bundle = empty(language.tag().parse().unwrap());
        for source in catalogues(language.tag()).values() {
            bundle.add_resource(resource(source)).unwrap();
        }
        for source in english().values() {
            for (key, message) in messages(source) {
                let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
                    continue;
                };
                for count in [0, 1, 2, 21] {
                    let args: FluentArgs = arguments(&message)
                        .into_iter()
                        .map(|name| (name.to_owned(), FluentValue::from(count)))
                        .collect();
                    let mut errors = Vec::new();
                    let text = bundle.format_pattern(pattern, Some(&args), &mut errors);
                    assert!(errors.is_empty(), "{}, {key}: {errors:?}", language.tag());
                    assert!(!text.trim().is_empty(), "{}, {key} says nothing", language.tag());
                }
            }
        }
    }
}

#[test]
fn chinese_texts_have_the_punctuation_of_chinese() {
    for (file, source) in catalogues(Language::Chinese.tag()) {
        for (key, message) in messages(&source) {
            let text: Vec<char> = message.chars().collect();
            let wrong = text.windows(2).find(|pair| is_chinese(pair[0]) && ",.;:?!".contains(pair[1]));
            // A file's ending belongs to a name.
            let named = message.contains(".pdf");
            assert!(wrong.is_none() || named, "{file}, {key}: {wrong:?}");
        }
    }
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}')
}

#[test]
fn plural_forms_and_days_are_those_of_the_language() {
    let read = |language: Language| {
        speak(language);
        catalogues(language.tag()).values().for_each(|source| translate(source));
        let day = crate::state::age::catalog_date("2026-11-23");
        let read = (t!("batch-title", count = 1), t!("failed-attempts", count = 2), day);
        speak(Language::English);
        read
    };
    let words = |one: &str, many: &str, day: &str| (one.to_owned(), many.to_owned(), day.to_owned());
    assert_eq!(read(Language::German), words("1 Anbieter getestet", "2 Fehlversuche.", "23. Nov. 2026"));
    assert_eq!(read(Language::Chinese), words("已测试 1 个提供商", "2 次尝试失败。", "2026年11月23日"));
}

#[test]
fn who_types_a_number_as_their_language_writes_it_is_told_the_form_that_is_read() {
    let has_point = |text: &str| {
        let letters: Vec<char> = text.chars().collect();
        letters
            .windows(3)
            .any(|three| three[0].is_ascii_digit() && three[1] == '.' && three[2].is_ascii_digit())
    };
    let refusals =
        [("later", "error-dollars"), ("later", "error-budget-amount"), ("usage", "calls-error-dollars")];
    for language in others() {
        let translated = catalogues(language.tag());
        for (file, key) in refusals {
            let refusal = &messages(&translated[file])[key];
            assert!(has_point(refusal), "{}, {key}: {refusal}", language.tag());
        }
    }
}

/// The Rust sources of the rooms whose sentences are known again.
fn sources_of_rooms() -> String {
    fn collect(folder: PathBuf, all: &mut String) {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            match path.extension() {
                _ if path.is_dir() => collect(path, all),
                Some(extension) if extension == "rs" => all.push_str(&fs::read_to_string(path).unwrap()),
                _ => {}
            }
        }
    }
    let ui = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let mut all = fs::read_to_string(ui.join("src/shell.rs")).unwrap();
    for room in fs::read_dir(ui.join("../crates")).unwrap() {
        collect(room.unwrap().path().join("src"), &mut all);
    }
    // The icon in the desktop's bar.
    collect(ui.join("../src-tauri/src"), &mut all);
    // A sentence may go on in the next line.
    let joined: String = all.split("\\\n").map(str::trim_start).collect();
    joined.replace("\\\"", "\"")
}

#[test]
fn every_sentence_that_is_known_again_is_said_somewhere() {
    let sources = sources_of_rooms();
    let english = catalogues(Language::English.tag()).remove(OF_SHELL).unwrap();
    let mut nowhere = Vec::new();
    for (key, message) in messages(&english) {
        assert_eq!(message.trim().lines().count(), 1, "{key} has more than one line");
        let (_, text) = message.trim().split_once(" = ").unwrap();
        let own = text.split("{ $").enumerate().map(|(place, piece)| match place {
            0 => piece,
            _ => piece.split_once(" }").unwrap().1,
        });
        // Words between two arguments, such as ` and `, say nothing of where they are from.
        let missing = own.filter(|piece| piece.trim().len() > 5 && !sources.contains(piece.trim()));
        nowhere.extend(missing.map(|piece| format!("{key}: {piece}")));
    }
    assert!(nowhere.is_empty(), "nobody says\n{}", nowhere.join("\n"));
}
