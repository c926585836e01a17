//! What a test program's result depends on, as one number: another number, and what it once said no longer counts.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{self, Read as _},
    path::{Path, PathBuf},
};

use sha2::{Digest as _, Sha256};

use super::programs::Program;
use crate::workspace;

/// Another one when something else is counted, so that what an older xtask wrote no longer counts.
const RULES: &str = "1";
/// Variables that every terminal sets anew, and no test reads.
const OF_THE_TERMINAL: [&str; 13] = [
    "_",
    "COLUMNS",
    "LINES",
    "OLDPWD",
    "PWD",
    "SHLVL",
    "SSH_AUTH_SOCK",
    "SSH_CLIENT",
    "SSH_CONNECTION",
    "SSH_TTY",
    "TERM_SESSION_ID",
    "WINDOWID",
    "XDG_SESSION_ID",
];
/// Where families of Linux write down which packages are installed, in which version. A folder has a name for each.
const PACKAGES: [&str; 4] = [
    "/var/lib/dpkg/status",
    "/var/lib/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/var/lib/pacman/local",
];
/// The running kernel.
const KERNEL: &str = "/proc/sys/kernel/osrelease";

/// What a test program's result depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Key(String);

/// Parts of a key, each under its name and with its length, so that no two lists of parts are the same bytes.
pub(super) struct Parts(Sha256);

impl Parts {
    pub(super) fn begin() -> Self {
        let mut parts = Self(Sha256::new());
        parts.add("rules", RULES.as_bytes());
        parts
    }

    pub(super) fn add(&mut self, name: &str, value: &[u8]) {
        for part in [name.as_bytes(), value] {
            self.0.update((part.len() as u64).to_be_bytes());
            self.0.update(part);
        }
    }

    pub(super) fn end(self) -> Key {
        Key(self.0.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
    }
}

impl Key {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

/// Sums of files that were read, so that a program that many tests start is read once.
#[derive(Default)]
pub(super) struct Sums(BTreeMap<PathBuf, Option<[u8; 32]>>);

impl Sums {
    /// The sum of a file; of one that is not there none, which is not that of an empty one.
    fn of(&mut self, file: &Path) -> io::Result<&[u8]> {
        if !self.0.contains_key(file) {
            let sum = match digest(file) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => None,
                sum => Some(sum?),
            };
            self.0.insert(file.to_owned(), sum);
        }
        Ok(self.0.get(file).and_then(Option::as_ref).map_or(b"none".as_slice(), |sum| sum))
    }
}

/// What is the same for all programs of a run: the system, its environment, the list of files.
pub(super) struct Surroundings {
    system: [u8; 32],
    /// Files of the checkout, by their path in it.
    files: Vec<String>,
}

impl Surroundings {
    /// Looks around. `None` where the system does not say which packages it has: what a test starts of them could be another
    /// program than yesterday, and nobody would notice.
    pub(super) fn found(files: Vec<String>, compiler: &str) -> io::Result<Option<Self>> {
        let Some(packages) = PACKAGES.iter().map(Path::new).find(|place| place.exists()) else {
            return Ok(None);
        };
        let mut parts = Sha256::new();
        parts.update(installed(packages)?);
        parts.update(fs::read(KERNEL)?);
        parts.update(compiler);
        Ok(Some(Self::of(parts.finalize().into(), files)))
    }

    pub(super) fn of(system: [u8; 32], files: Vec<String>) -> Self {
        Self { system, files }
    }

    /// The key of one program as things are now.
    pub(super) fn key(&self, program: &Program, handed: &[PathBuf], sums: &mut Sums) -> io::Result<Key> {
        let mut parts = Parts::begin();
        parts.add("system", &self.system);
        parts.add("folder", program.name().folder.as_bytes());
        parts.add("target", program.name().target.as_bytes());
        for (name, value) in environment() {
            parts.add(&name, value.as_bytes());
        }
        for file in program.files().chain(handed) {
            parts.add(&file.to_string_lossy(), sums.of(file)?);
        }
        for file in self.files.iter().filter(|file| program.name().covers(file)) {
            parts.add(file, sums.of(&workspace::root().join(file))?);
        }
        Ok(parts.end())
    }
}

/// The names of what is in a folder, or what is in a file.
fn installed(packages: &Path) -> io::Result<Vec<u8>> {
    if !packages.is_dir() {
        return fs::read(packages);
    }
    let names: io::Result<Vec<String>> = fs::read_dir(packages)?
        .map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()))
        .collect();
    let mut names = names?;
    names.sort();
    Ok(names.join("\n").into_bytes())
}

/// All of it that may matter. A secret in it is in no key but as part of one sum.
fn environment() -> BTreeMap<String, String> {
    let all = std::env::vars_os()
        .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()));
    all.filter(|(name, _)| counts(name)).collect()
}

fn counts(name: &str) -> bool {
    // Of xtask itself, to which cargo tells who it is. Its version is told to the tests by cargo again.
    let of_xtask = name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    !of_xtask && !OF_THE_TERMINAL.contains(&name)
}

fn digest(file: &Path) -> io::Result<[u8; 32]> {
    let (mut file, mut sum) = (File::open(file)?, Sha256::new());
    let mut piece = vec![0; 1 << 20];
    loop {
        match file.read(&mut piece)? {
            0 => return Ok(sum.finalize().into()),
            read => sum.update(&piece[..read]),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(parts: &[(&str, &str)]) -> Key {
        let mut all = Parts::begin();
        parts.iter().for_each(|(name, value)| all.add(name, value.as_bytes()));
        all.end()
    }

    #[test]
    fn a_key_tells_apart_what_is_said_from_where_it_ends() {
        assert_eq!(key(&[("a", "b"), ("c", "d")]), key(&[("a", "b"), ("c", "d")]));
        let others: [&[(&str, &str)]; 5] = [
            &[("a", "bc"), ("", "d")],
            &[("ab", ""), ("c", "d")],
            &[("a", "b")],
            &[("c", "d"), ("a", "b")],
            &[],
        ];
        for other in others {
            assert_ne!(key(&[("a", "b"), ("c", "d")]), key(other), "{other:?}");
        }
    }

    fn program(folder: &Path) -> (Program, PathBuf, PathBuf) {
        let (tests, started) = (folder.join("files-0123"), folder.join("started"));
        fs::write(&tests, "tests").unwrap();
        fs::write(&started, "started").unwrap();
        let program = Program::new("crates/import", "files", tests.clone(), vec![started.clone()]);
        (program, tests, started)
    }

    #[test]
    fn what_a_program_is_and_starts_and_reads_is_in_its_key() {
        let folder = workspace::made("test-keys");
        fs::create_dir_all(&folder).unwrap();
        let (program, tests, started) = program(&folder);
        let input = folder.join("input.csv");
        fs::write(&input, "1").unwrap();
        // A path from the checkout that leads into a room's own folder by name alone.
        let read = "crates/import/../../target/test-keys/input.csv".to_owned();
        let not_read = "docs/../target/test-keys/input.csv".to_owned();
        let around = Surroundings::of([0; 32], vec![read, not_read]);
        let handed = folder.join("handed");
        let keyed = |around: &Surroundings| {
            around.key(&program, std::slice::from_ref(&handed), &mut Sums::default()).unwrap()
        };
        let mut seen = Vec::new();
        let mut look = |around: &Surroundings| {
            let key = keyed(around);
            assert_eq!(key, keyed(around));
            assert!(!seen.contains(&key), "what changed is not in the key");
            seen.push(key);
        };
        look(&around);
        for changed in [&tests, &started, &input, &handed] {
            fs::write(changed, "changed").unwrap();
            look(&around);
        }
        fs::write(&started, "").unwrap();
        look(&around);
        fs::remove_file(&started).unwrap();
        look(&around);
        look(&Surroundings::of([1; 32], around.files.clone()));
        look(&Surroundings::of([0; 32], Vec::new()));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn what_no_program_reads_is_not_in_its_key() {
        let folder = workspace::made("test-keys-of-others");
        fs::create_dir_all(&folder).unwrap();
        let (program, ..) = program(&folder);
        let with = |files: &[&str]| {
            let files = files.iter().map(|file| (*file).to_owned()).collect();
            Surroundings::of([0; 32], files).key(&program, &[], &mut Sums::default()).unwrap()
        };
        assert_eq!(with(&["docs/ARCHITECTURE.md", "crates/store/src/lib.rs"]), with(&[]));
        fs::remove_dir_all(&folder).unwrap();
    }

    #[test]
    fn the_environment_counts_but_for_what_every_terminal_sets() {
        for name in ["SIGNALBOX_FULL", "CI", "PATH", "LANG", "RUST_BACKTRACE", "SYNC_SEED", "A_NEW_ONE"] {
            assert!(counts(name), "{name}");
        }
        for name in ["PWD", "SHLVL", "CARGO_PKG_NAME", "CARGO_MANIFEST_DIR"] {
            assert!(!counts(name), "{name}");
        }
    }
}
