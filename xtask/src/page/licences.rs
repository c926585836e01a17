//! The licences of everything that the program is built from, as cargo and the packages themselves tell them: nobody types
//! this list. It is laid beside the page and compiled in with it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde_json::{Value, json};

use crate::{process, workspace};

/// What is shipped: the window and the page in it.
const SHIPPED: [&str; 2] = ["signalbox", "ui"];
/// How the files that hold a licence are called.
const NAMES: [&str; 6] = ["licen", "copying", "notice", "unlicense", "copyright", "patents"];
/// Folders of ours whose fonts and data are shipped, with their licences beside them.
const OURS: [&str; 3] = ["ui/static/fonts", "crates/charts/fonts", "crates/model/data"];
/// A larger file is none that somebody reads.
const LARGEST: u64 = 256 * 1024;

/// Every text once, and who refers to it.
#[derive(Default)]
struct Found {
    packages: BTreeMap<(String, String), Value>,
    texts: Vec<String>,
    places: BTreeMap<String, usize>,
}

/// All of them, as JSON in `model::program::Licences`'s form.
///
/// # Errors
/// Cargo does not tell the packages.
pub(super) fn found() -> anyhow::Result<Vec<u8>> {
    let metadata = process::output(process::cargo(["metadata", "--format-version", "1"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("cargo metadata is not JSON")?;
    let shipped = shipped(&metadata);
    let mut found = Found::default();
    for package in list(&metadata["packages"]).filter(|one| shipped.contains(text(&one["id"]))) {
        let is_ours = package["source"].is_null();
        if is_ours && text(&package["name"]) != SHIPPED[0] {
            continue;
        }
        let folder = Path::new(text(&package["manifest_path"])).parent().unwrap_or(Path::new(""));
        let depth = if is_ours { 0 } else { 1 };
        let named = package["license_file"].as_str().map(|file| folder.join(file));
        let texts = found.texts_of(files(folder, depth).into_iter().chain(named));
        let licence = package["license"].as_str().unwrap_or("see its text");
        found.add(text(&package["name"]), text(&package["version"]), licence, texts);
    }
    for folder in OURS {
        for file in files(&workspace::root().join(folder), 0) {
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let texts = found.texts_of([file]);
            let is_font = texts.iter().any(|place| found.texts[*place].contains("SIL OPEN FONT LICENSE"));
            let (name, licence) =
                if is_font { (name, "OFL-1.1") } else { ("catalogue of models".to_owned(), "see its text") };
            found.add(&name, "", licence, texts);
        }
    }
    let packages: Vec<Value> = found.packages.into_values().collect();
    Ok(serde_json::to_vec(&json!({ "packages": packages, "texts": found.texts }))?)
}

impl Found {
    fn add(&mut self, name: &str, version: &str, licence: &str, texts: Vec<usize>) {
        let package = json!({ "name": name, "version": version, "licence": licence, "texts": texts });
        self.packages.insert((name.to_lowercase(), version.to_owned()), package);
    }

    fn texts_of(&mut self, files: impl IntoIterator<Item = PathBuf>) -> Vec<usize> {
        let texts: BTreeSet<String> =
            files.into_iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
        let mut places = Vec::new();
        for text in texts.into_iter().map(|text| text.replace("\r\n", "\n").trim().to_owned()) {
            let next = self.texts.len();
            let place = *self.places.entry(text.clone()).or_insert(next);
            if place == next {
                self.texts.push(text);
            }
            places.push(place);
        }
        places
    }
}

/// The ids of what is shipped and of all that it is built from, but for what only tests use.
fn shipped(metadata: &Value) -> BTreeSet<&str> {
    let nodes: BTreeMap<&str, &Value> =
        list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let is_shipped = |one: &&Value| one["source"].is_null() && SHIPPED.contains(&text(&one["name"]));
    let mut to_see: Vec<&str> =
        list(&metadata["packages"]).filter(is_shipped).map(|one| text(&one["id"])).collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = to_see.pop() {
        if !seen.insert(id) {
            continue;
        }
        let is_built_in =
            |one: &&Value| list(&one["dep_kinds"]).any(|kind| kind["kind"].as_str() != Some("dev"));
        let node = nodes.get(id).into_iter().flat_map(|node| list(&node["deps"]));
        to_see.extend(node.filter(is_built_in).map(|one| text(&one["pkg"])));
    }
    seen
}

/// Files that hold a licence, in a folder and as many levels of folders below it.
fn files(folder: &Path, depth: u8) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let Ok(data) = entry.metadata() else { continue };
        let name = entry.file_name().to_string_lossy().to_lowercase();
        if data.is_dir() && depth > 0 {
            found.extend(files(&entry.path(), depth - 1));
        } else if data.is_file() && data.len() <= LARGEST && is_licence(&name) {
            found.push(entry.path());
        }
    }
    found.sort();
    found
}

fn is_licence(name: &str) -> bool {
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_source = ["rs", "py", "h", "c", "pl", "tcl", "test", "html"].contains(&ending);
    !is_source && (NAMES.iter().any(|one| stem.starts_with(one)) || ending == "license")
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_built_in_is_listed_with_its_text_and_what_only_tests_use_is_not() {
        let found: Value = serde_json::from_slice(&found().unwrap()).unwrap();
        let texts: Vec<&Value> = list(&found["texts"]).collect();
        let package = |name: &str| list(&found["packages"]).find(|one| one["name"] == name);
        for name in ["signalbox", "tauri", "libsqlite3-sys", "openssl-src", "serde", "inter"] {
            let package = package(name).unwrap_or_else(|| panic!("{name} is not listed"));
            let place = package["texts"][0].as_u64().unwrap_or_else(|| panic!("{name} has no text"));
            assert!(texts[usize::try_from(place).unwrap()].as_str().is_some_and(|text| text.len() > 100));
        }
        let sqlcipher = list(&package("libsqlite3-sys").unwrap()["texts"]).any(|place| {
            texts[usize::try_from(place.as_u64().unwrap()).unwrap()].as_str().unwrap().contains("ZETETIC")
        });
        assert!(sqlcipher, "SQLCipher's own licence is missing");
        // Its package carries no text, and it is listed all the same.
        assert_eq!(package("yew").unwrap()["licence"], "MIT OR Apache-2.0");
        assert!(package("fantoccini").is_none() && package("desk").is_none());
    }
}
