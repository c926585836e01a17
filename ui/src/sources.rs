//! The page's own sources, for tests about what they name: most of them are compiled for wasm alone, and no test runs there.

use std::{fs, path::Path};

/// All of them, each with its path, such as `pages/usage`.
pub fn all() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    collect(&root, &root, &mut found);
    found
}

fn collect(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, found);
        } else {
            let name = path.strip_prefix(root).unwrap().with_extension("").display().to_string();
            found.push((name, fs::read_to_string(&path).unwrap()));
        }
    }
}

/// The first argument, in quotes, of each call of a function or macro.
pub fn quoted<'a>(source: &'a str, call: &'a str) -> impl Iterator<Item = &'a str> {
    let calls = source.match_indices(call).filter(|(at, _)| !source[..*at].ends_with(char::is_alphanumeric));
    calls.filter_map(move |(at, _)| {
        let quoted = source[at + call.len()..].trim_start().strip_prefix('"')?.split_once('"');
        quoted.map(|(text, _)| text)
    })
}

#[test]
fn every_icon_that_is_drawn_is_in_the_sprite() {
    let sprite = include_str!("../static/index.html");
    let mut drawn = 0;
    for (path, source) in all().into_iter().filter(|(path, _)| path != "sources") {
        for name in ["icon(", "classed(", "small_icon("].into_iter().flat_map(|call| quoted(&source, call)) {
            drawn += 1;
            assert!(
                sprite.contains(&format!("<symbol id=\"i-{name}\"")),
                "{path} draws {name}, which is not there"
            );
        }
    }
    assert!(drawn > 50, "only {drawn} icons were found");
}
