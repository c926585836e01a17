//! The guide's pictures: each one that is named is there and says in words what it shows, and each one that is there is named.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// The checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// Words beside the file of every picture in a document, and the document's folder.
fn pictures_of(document: &Path) -> Vec<(String, PathBuf)> {
    let text = fs::read_to_string(document).unwrap();
    let folder = document.parent().unwrap();
    let found = text.split("![").skip(1).filter_map(|rest| {
        let (words, rest) = rest.split_once("](")?;
        let (file, _) = rest.split_once(')')?;
        Some((words.to_owned(), folder.join(file).canonicalize().unwrap_or_else(|_| folder.join(file))))
    });
    found.collect()
}

fn documents() -> Vec<PathBuf> {
    let guide = fs::read_dir(root().join("docs/guide")).unwrap().map(|entry| entry.unwrap().path());
    let chapters = guide.filter(|file| file.extension().is_some_and(|extension| extension == "md"));
    chapters.chain([root().join("README.md")]).collect()
}

#[test]
fn every_picture_that_a_document_names_is_there_and_has_words() {
    let named: Vec<(String, PathBuf)> = documents().iter().flat_map(|file| pictures_of(file)).collect();
    assert!(named.len() > 10, "only {} pictures are named", named.len());
    for (words, file) in named {
        assert!(file.is_file(), "there is no {}", file.display());
        assert!(words.split_whitespace().count() > 3, "{} is not described: {words}", file.display());
    }
}

#[test]
fn every_picture_of_the_guide_is_named_by_a_document_and_is_small() {
    let named: BTreeSet<PathBuf> =
        documents().iter().flat_map(|file| pictures_of(file)).map(|(_, file)| file).collect();
    let folder = root().join("docs/guide/pictures").canonicalize().unwrap();
    for file in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        assert!(named.contains(&file.path()), "no document names {}", file.path().display());
        // Who clones the repository gets each version of each of them.
        assert!(file.metadata().unwrap().len() < 150_000, "{} is large", file.path().display());
    }
}
