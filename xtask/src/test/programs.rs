//! The test programs of the workspace, as cargo lists them once they are built.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use anyhow::Context as _;
use serde_json::Value;

use super::reads::Name;
use crate::workspace;

/// A test program, and what it is built to start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Program {
    folder: String,
    target: String,
    file: PathBuf,
    /// The programs of its package: cargo tells their paths to its tests when it compiles them.
    starts: Vec<PathBuf>,
}

impl Program {
    pub(super) fn new(folder: &str, target: &str, file: PathBuf, starts: Vec<PathBuf>) -> Self {
        Self { folder: folder.to_owned(), target: target.to_owned(), file, starts }
    }

    pub(super) fn name(&self) -> Name<'_> {
        Name { folder: &self.folder, target: &self.target }
    }

    /// Where it is.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Its file's name, in which cargo puts a number for what it is built from and how.
    pub(super) fn id(&self) -> String {
        self.file.file_stem().unwrap_or_default().to_string_lossy().into_owned()
    }

    /// Itself and what it starts.
    pub(super) fn files(&self) -> impl Iterator<Item = &PathBuf> {
        std::iter::once(&self.file).chain(&self.starts)
    }

    /// What a person calls it.
    pub(super) fn shown(&self) -> String {
        format!("{} of {}", self.target, self.folder)
    }
}

/// Reads what `cargo test --no-run --message-format=json` says.
///
/// # Errors
/// It is not what cargo says.
pub(super) fn listed(messages: &str) -> anyhow::Result<Vec<Program>> {
    let (mut tests, mut others) = (Vec::new(), BTreeMap::<String, Vec<PathBuf>>::new());
    for line in messages.lines() {
        let message: Value = serde_json::from_str(line).context("cargo's list of programs is not JSON")?;
        let Some(file) = message["executable"].as_str().map(PathBuf::from) else { continue };
        let manifest = message["manifest_path"].as_str().context("cargo names no package of a program")?;
        let target = message["target"]["name"].as_str().context("cargo does not name a program")?.to_owned();
        let folder = folder(Path::new(manifest));
        if message["profile"]["test"] == true {
            tests.push((folder, target, file));
        } else {
            others.entry(folder).or_default().push(file);
        }
    }
    // Cargo lists them as they become ready, which is another order each time.
    others.values_mut().for_each(|files| files.sort());
    let starts = |folder: &str| others.get(folder).cloned().unwrap_or_default();
    Ok(tests
        .into_iter()
        .map(|(folder, target, file)| Program::new(&folder, &target, file, starts(&folder)))
        .collect())
}

/// A package's folder in the checkout, the same on every system.
fn folder(manifest: &Path) -> String {
    let folder = manifest.parent().unwrap_or(manifest);
    let folder = folder.strip_prefix(workspace::root()).unwrap_or(folder);
    folder.to_string_lossy().replace('\\', "/")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn artifact(folder: &str, target: &str, test: bool, executable: Option<&str>) -> String {
        let manifest = workspace::root().join(folder).join("Cargo.toml");
        json!({
            "reason": "compiler-artifact", "manifest_path": manifest, "target": { "name": target },
            "profile": { "test": test }, "executable": executable,
        })
        .to_string()
    }

    #[test]
    fn a_test_program_starts_those_of_its_package_whatever_their_order() {
        let messages = [
            artifact("crates/store", "store", false, None),
            artifact("tests", "writes-until-killed", false, Some("/target/debug/writes-until-killed")),
            artifact("tests", "crash", true, Some("/target/debug/deps/crash-01")),
            artifact("tests", "makes-a-vault", false, Some("/target/debug/makes-a-vault")),
            artifact("crates/store", "store", true, Some("/target/debug/deps/store-02")),
            json!({ "reason": "build-finished", "success": true }).to_string(),
        ];
        let programs = listed(&messages.join("\n")).unwrap();
        let expected = [
            Program::new(
                "tests",
                "crash",
                "/target/debug/deps/crash-01".into(),
                vec!["/target/debug/makes-a-vault".into(), "/target/debug/writes-until-killed".into()],
            ),
            Program::new("crates/store", "store", "/target/debug/deps/store-02".into(), vec![]),
        ];
        assert_eq!(programs, expected);
        assert_eq!(programs[0].id(), "crash-01");
    }

    #[test]
    fn what_cargo_does_not_say_is_refused() {
        assert!(listed("warning: something else").is_err());
        assert!(listed(r#"{"executable": "/target/debug/deps/store-02"}"#).is_err());
        assert_eq!(listed("").unwrap(), []);
    }
}
