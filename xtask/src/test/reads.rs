//! What a test program reads of the checkout while it runs. What was compiled into it is not here: that is in the program.
//!
//! A program of which nothing is said here reads everything, so that what is forgotten costs a run and not the truth.

use std::path::Path;

/// What a test program reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reads {
    /// Any file, the sources among them.
    Everything,
    /// Files in these folders of the checkout that are not Rust.
    Folders(&'static [&'static str]),
}

/// The folder of a package, relative to the checkout, and the name of the test program in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    pub(super) folder: &'a str,
    pub(super) target: &'a str,
}

const FIXTURES: &str = "tests/fixtures";

/// Journeys that read little, and take so long that it is worth saying.
const JOURNEYS: [(&str, &[&str]); 14] = [
    ("window", &["tests/window", FIXTURES]),
    ("desk", &[FIXTURES, "crates/gateway/src/http/tasks/schemas"]),
    ("fuzz", &[FIXTURES, "crates/import/tests/files", "crates/model/data"]),
    ("server", &[FIXTURES]),
    ("server_postgres", &[FIXTURES]),
    ("canary", &[FIXTURES]),
    ("crash", &[FIXTURES]),
    ("crash_backups", &[FIXTURES]),
    ("crash_bundles", &[FIXTURES]),
    ("crash_sync", &[FIXTURES]),
    ("damage", &[FIXTURES]),
    ("guesses", &[FIXTURES]),
    ("hostile", &[FIXTURES]),
    ("memory", &[FIXTURES]),
];

impl Name<'_> {
    /// What it reads.
    pub(super) fn reads(self) -> Reads {
        match self.folder {
            "tests" => {
                let known = JOURNEYS.into_iter().find(|(target, _)| *target == self.target);
                known.map_or(Reads::Everything, |(_, folders)| Reads::Folders(folders))
            }
            // Its own folder, which `covers` adds, and old vaults.
            room if room.starts_with("crates/") => Reads::Folders(&[FIXTURES]),
            _ => Reads::Everything,
        }
    }

    /// Whether it is handed the program, the driver and the page. From all others these are kept away, so that none can use what
    /// is not counted among what it reads.
    pub(super) fn drives_the_window(self) -> bool {
        self == Name { folder: "tests", target: "window" }
    }

    /// Whether a file, by its path in the checkout, is among what it reads.
    pub(super) fn covers(self, file: &str) -> bool {
        let file = Path::new(file);
        match self.reads() {
            Reads::Everything => true,
            Reads::Folders(_) if file.extension().is_some_and(|ending| ending == "rs") => false,
            Reads::Folders(folders) => {
                let own = self.folder.starts_with("crates/").then_some(self.folder);
                folders.iter().copied().chain(own).any(|folder| file.starts_with(folder))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs};

    use super::*;
    use crate::workspace;

    const ROOM: Name = Name { folder: "crates/import", target: "files" };

    #[test]
    fn a_room_reads_its_own_files_and_old_vaults_and_no_sources() {
        assert!(ROOM.covers("crates/import/tests/files/one.csv"));
        assert!(ROOM.covers("tests/fixtures/vault_format_1/answers.json"));
        for other in ["crates/import/src/lib.rs", "crates/importer/one.csv", "docs/guide/usage.md"] {
            assert!(!ROOM.covers(other), "{other}");
        }
    }

    #[test]
    fn a_program_of_which_nothing_is_said_reads_everything() {
        for (folder, target) in
            [("tests", "arrows"), ("tests", "one_of_tomorrow"), ("ui", "ui"), ("xtask", "xtask")]
        {
            let name = Name { folder, target };
            assert!(name.covers("crates/model/src/lib.rs") && name.covers("docs/guide/usage.md"), "{name:?}");
        }
    }

    /// Sources that find the checkout while they run, by the only way there is for a test in whatever folder it is started.
    /// Whoever adds one says above what its program reads, and then here that it was looked at.
    const LOOKED_AT: [&str; 24] = [
        "crates/charts/examples/pictures.rs",
        "crates/charts/tests/golden/main.rs",
        "crates/figures/src/lib.rs",
        "crates/import/tests/files.rs",
        "crates/server/tests/operations/configuration.rs",
        "crates/store/examples/bench_usage/house.rs",
        "crates/store/src/rules/migration.rs",
        "tests/bench/vault/main.rs",
        "tests/desk/face.rs",
        "tests/desk/older.rs",
        "tests/faults/fuzz/main.rs",
        "tests/faults/fuzz/targets.rs",
        "tests/fixtures/make_slots.rs",
        "tests/fixtures/make_vault.rs",
        "tests/fixtures/vectors.rs",
        "tests/house/arrows.rs",
        "tests/house/pictures.rs",
        "tests/house/supplies.rs",
        "tests/src/share.rs",
        "tests/window/gallery.rs",
        "tests/window/look.rs",
        "tests/window/pictures.rs",
        "tests/window/screenshots.rs",
        "tests/window/size.rs",
    ];

    #[test]
    fn every_source_that_finds_the_checkout_was_looked_at() {
        let mut found = BTreeSet::new();
        for folder in ["crates", "src-tauri", "tests"] {
            collect(&workspace::root().join(folder), &mut found);
        }
        assert_eq!(found, LOOKED_AT.into_iter().map(str::to_owned).collect());
    }

    fn collect(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && fs::read_to_string(&path).unwrap().contains("CARGO_MANIFEST_DIR")
            {
                let name = path.strip_prefix(workspace::root()).unwrap();
                found.insert(name.to_string_lossy().replace('\\', "/"));
            }
        }
    }
}
