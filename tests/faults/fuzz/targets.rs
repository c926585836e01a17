//! What is tried, and what it starts from: the files that the tests of each room use.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
};

use model::{
    Catalog, ProviderDraft, ProviderType, Secret, Timestamp, import::ImportMapping, limits::CallSettings,
};
use sha2::{Digest, Sha256};
use share::{Configuration, Identity, Opener, Sealer, Shared};
use vault::{BackupFolder, HeaderError, VaultFolder};

/// Reads one input. What comes back tells behaviours apart; `None` is an error of ours.
pub type Reader = Box<dyn Fn(&[u8]) -> Option<u64> + Send>;

/// One reader.
pub struct Target {
    /// Its name.
    pub name: &'static str,
    /// Inputs that are right, or nearly.
    pub seeds: Vec<Vec<u8>>,
    /// What is tried.
    pub run: Reader,
}

/// All that need no network.
pub fn all() -> Vec<Target> {
    let mut all = vec![usage(), catalog(), shared(), sealed(), header(), manifest()];
    all.extend(crate::bundles::all());
    all
}

/// What tells behaviours apart.
pub fn told(what: impl Hash) -> Option<u64> {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    Some(hasher.finish())
}

/// 0, 1, a few, many: enough to tell inputs apart, and not so much that each is another.
fn about(count: usize) -> u32 {
    usize::BITS - count.leading_zeros()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn files(folder: &Path) -> Vec<Vec<u8>> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths.iter().map(|path| fs::read(path).unwrap()).collect()
}

fn usage() -> Target {
    let run = |input: &[u8]| {
        let read = import::read(input, &ImportMapping::default(), Timestamp(1_795_444_320_000));
        match read {
            Ok(read) => {
                // The file of faults is written from what was read, and must be written for anything.
                let faults = import::faults_file(&read.faults);
                let counts =
                    [read.calls.len(), read.sums.len(), read.faults.len(), read.missing.len()].map(about);
                told((read.format.as_str(), counts, read.columns.len(), faults.is_empty()))
            }
            Err(error) => told(error.to_string()),
        }
    };
    Target {
        name: "usage_files",
        seeds: files(&root().join("crates/import/tests/files")),
        run: Box::new(run),
    }
}

fn catalog() -> Target {
    let seed = fs::read(root().join("crates/model/data/model-catalog.json")).unwrap();
    let run = |input: &[u8]| match Catalog::from_file(&String::from_utf8_lossy(input)) {
        Ok(catalog) => told((true, about(catalog.models.len()))),
        Err(error) => told((false, std::mem::discriminant(&error))),
    };
    Target { name: "catalogues", seeds: vec![seed], run: Box::new(run) }
}

fn some() -> Shared {
    let one = |number: u128, key: Option<&str>| Configuration {
        id: uuid::Uuid::from_u128(number),
        draft: ProviderDraft {
            model_name: "gpt-6-sol".into(),
            display_name: format!("OpenAI {number}"),
            daily_token_limit: Some(5),
            calls: CallSettings { retries: Some(1), timeout_s: Some(30), ..CallSettings::default() },
            ..ProviderDraft::new(ProviderType::OpenAi)
        },
        key: key.map(Secret::new),
        key_entered_at: Some(Timestamp(7)),
    };
    Shared { made_at: Timestamp(3), configurations: vec![one(1, Some("test-openai-key-0001")), one(2, None)] }
}

fn shared() -> Target {
    let run = |input: &[u8]| match share::read(input) {
        Ok(read) => {
            // What was read can be written, and is the same when it is read again.
            let again = share::read(&share::write(&read)).ok()?;
            let same = |one: &Configuration, other: &Configuration| {
                (one.id, &one.draft, one.key_entered_at) == (other.id, &other.draft, other.key_entered_at)
                    && one.key.as_ref().map(Secret::expose) == other.key.as_ref().map(Secret::expose)
            };
            let pairs = read.configurations.iter().zip(&again.configurations);
            let alike = again.configurations.len() == read.configurations.len()
                && pairs.into_iter().all(|(one, other)| same(one, other));
            let looks = read.configurations.iter().map(|one| {
                let limits = (one.draft.daily_token_limit.is_some(), one.draft.monthly_token_limit.is_some());
                let texts = [
                    &one.draft.display_name,
                    &one.draft.base_url,
                    &one.draft.model_name,
                    &one.draft.description,
                ];
                (
                    limits,
                    texts.map(|text| about(text.len())),
                    one.key.is_some(),
                    one.draft.is_active,
                    one.key_entered_at.is_some(),
                )
            });
            alike.then(|| told(looks.collect::<Vec<_>>())).flatten()
        }
        Err(error) => told(error.to_string()),
    };
    Target { name: "shared_configurations", seeds: vec![share::write(&some()).to_vec()], run: Box::new(run) }
}

fn sealed() -> Target {
    let identity = Identity::make();
    let seeds = vec![
        share::seal(&some(), &Sealer::Recipient(&identity.recipient())).unwrap(),
        share::seal(&some(), &Sealer::Passphrase(&Secret::new("plover"), 1)).unwrap(),
        b"age-encryption.org/v1\n-> scrypt AAAAAAAAAAAAAAAAAAAAAA 1\nAAAA\n--- AAAA\n".to_vec(),
    ];
    let run = move |input: &[u8]| {
        let by = [share::open(input, &Opener::Identity(&identity)), {
            // A mutated work factor may ask for a second and a gigabyte, as honest files may: not a thousand times here.
            let costly = memchr::memmem::find(input, b"scrypt").is_some() && share::way_of(input).is_ok();
            if costly {
                Err(share::OpenError::Damaged)
            } else {
                share::open(input, &Opener::Passphrase(&Secret::new("x")))
            }
        }];
        told(by.map(|opened| opened.map(|read| read.configurations.len()).map_err(|error| error.to_string())))
    };
    Target { name: "sealed_files", seeds, run: Box::new(run) }
}

/// The bytes before the checks, with which this one is made again: else nothing but the sum would be tried.
fn header() -> Target {
    let of = |name: &str| {
        let copy = fs::read(root().join("tests/fixtures").join(name).join("vault/header.a")).unwrap();
        let end = memchr::memmem::rfind(&copy, b",\"mac\":\"").unwrap();
        [&copy[..end], b"}"].concat()
    };
    let data = tempfile::tempdir().unwrap();
    let folder = VaultFolder::new(data.path());
    fs::create_dir(data.path().join("vault")).unwrap();
    let run = move |input: &[u8]| {
        let mac = "0".repeat(64);
        let sum: String = Sha256::new()
            .chain_update(input)
            .chain_update(&mac)
            .finalize()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let body = &input[..input.len().saturating_sub(1)];
        let copy = [body, format!(r#","mac":"{mac}","sum":"{sum}"}}"#).as_bytes()].concat();
        fs::write(data.path().join("vault/header.a"), copy).unwrap();
        match folder.presence() {
            Ok(_) => {
                let doors = folder.doors();
                told((
                    folder.vault_id().map(|id| id.len()),
                    doors.kit,
                    doors.keyring,
                    folder.active_database().is_some(),
                ))
            }
            Err(error) => told(matches!(error, HeaderError::TooNew)),
        }
    };
    Target {
        name: "headers",
        seeds: vec![of("vault_format_1"), of("vault_format_1_slots")],
        run: Box::new(run),
    }
}

fn manifest() -> Target {
    let seed = format!(
        r#"{{"format":1,"vault_id":"{}","made_at":1795444320000,"reason":"manual","revision":3,"head":"3 {}","epoch":1,"header_sha256":"{1}","database_bytes":4096,"database_sha256":"{1}","verified_at":1795444320000}}"#,
        "0a".repeat(16),
        "0b".repeat(32),
    );
    let data = tempfile::tempdir().unwrap();
    let run = move |input: &[u8]| {
        let body = &input[..input.len().saturating_sub(1)];
        let sealed = [body, format!(r#","mac":"{}"}}"#, "0".repeat(64)).as_bytes()].concat();
        fs::write(data.path().join("manifest.json"), sealed).unwrap();
        match BackupFolder::new(data.path()).read() {
            Ok(_) => told("read"),
            Err(error) => told(error.to_string()),
        }
    };
    Target { name: "manifests", seeds: vec![seed.into_bytes()], run: Box::new(run) }
}
