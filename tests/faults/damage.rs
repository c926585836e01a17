//! Single flipped bits, cut and zeroed files, over header and database: all rows right, or a typed error in time.

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use journeys::{
    PASSWORD, copy_folder,
    share::{Dice, Suite, trials},
};
use model::{ProviderDraft, ProviderId, ProviderType, Secret, Timestamp};
use serde_json::json;
use store::{Act, Change, KeyChange, NewKey, OpenError, Store, StoreError};
use tempfile::TempDir;
use uuid::Uuid;
use vault::{Cost, HeaderError, NewVault, OpenVault, UnlockError, VaultFolder};

const TIME_LIMIT: Duration = Duration::from_secs(5);
/// Bytes that a disk loses at once.
const SECTOR: usize = 512;

/// A vault with some rows, and copies of it to wound.
struct Patient {
    _made: TempDir,
    original: PathBuf,
    database_key: String,
    vault_id: String,
    audit_key: [u8; 32],
    rows: Vec<String>,
}

impl Patient {
    async fn new() -> Self {
        let made = tempfile::tempdir().unwrap();
        let folder = VaultFolder::new(made.path());
        let new = NewVault::prepare(&folder, &Secret::new(PASSWORD), "admin", Cost::FLOOR).ok().unwrap();
        let (database_key, vault_id) =
            (new.database_key().expose_hex().to_owned(), new.vault_id().to_owned());
        Store::create(&new.database(), &database_key, &vault_id).await.unwrap();
        let open = new.commit().ok().unwrap();
        let audit_key = *open.audit_key().expose();
        let store = Store::open(&open.database(), &database_key, &vault_id, &audit_key).await.unwrap();
        for number in 0..40_i64 {
            insert(&store, number).await;
        }
        let rows = rows(&store).await.unwrap();
        store.close().await;
        Self { original: made.path().to_owned(), _made: made, database_key, vault_id, audit_key, rows }
    }

    fn copy(&self) -> TempDir {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(&self.original.join("vault"), &copy.path().join("vault"));
        copy
    }

    /// What a person would see: the right rows, or that the database is damaged. Anything else fails the test.
    async fn open_database(&self, file: &Path, wound: &str) -> bool {
        let start = Instant::now();
        let noticed = match Store::open(file, &self.database_key, &self.vault_id, &self.audit_key).await {
            Err(OpenError::Damaged) => true,
            Err(error) => panic!("{error:?} after {wound}"),
            Ok(store) => {
                let seen = rows(&store).await;
                let whole = store.check().await;
                store.close().await;
                match seen {
                    Ok(rows) => assert_eq!(rows, self.rows, "wrong rows after {wound}"),
                    Err(error) => assert!(matches!(error, StoreError::Damaged), "{error} after {wound}"),
                }
                match whole {
                    Err(StoreError::Damaged) => true,
                    Err(error) => panic!("{error:?} after {wound}"),
                    Ok(()) => false,
                }
            }
        };
        assert!(start.elapsed() < TIME_LIMIT, "too slow after {wound}");
        noticed
    }
}

async fn insert(store: &Store, number: i64) {
    let draft = ProviderDraft {
        model_name: "model".into(),
        display_name: format!("provider {number}"),
        description: "d".repeat(usize::try_from(number * 40).unwrap()),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let key = NewKey { sealed: vec![7; 180], last_four: Some("0001".into()), entered_at: Timestamp(number) };
    let act =
        Act { actor: "a".into(), machine: "m".into(), action: "provider.create", at: Timestamp(number) };
    let change = Change { draft, key: KeyChange::Replace(key), test: None };
    store.insert(ProviderId(Uuid::now_v7()), change, &act).await.unwrap();
}

async fn rows(store: &Store) -> Result<Vec<String>, store::StoreError> {
    let list = store.list(Timestamp(1_795_444_320_000)).await?;
    Ok(list.providers.iter().map(|provider| serde_json::to_string(provider).unwrap()).collect())
}

fn flip(file: &Path, bit: u64) {
    let mut bytes = fs::read(file).unwrap();
    bytes[usize::try_from(bit / 8).unwrap()] ^= 1 << (bit % 8);
    fs::write(file, bytes).unwrap();
}

#[tokio::test]
async fn a_flipped_bit_in_the_database_never_shows_a_wrong_row_and_is_always_noticed() {
    let suite = Suite::begin("database_bit_flips");
    let patient = Patient::new().await;
    let (flips, mut noticed, mut dice) = (trials(400, 4_000), 0, Dice(7));
    for _ in 0..flips {
        let copy = patient.copy();
        let file = copy.path().join("vault/vault.1.db");
        let bit = dice.below(fs::metadata(&file).unwrap().len() * 8);
        flip(&file, bit);
        noticed += usize::from(patient.open_database(&file, &format!("bit {bit}")).await);
    }
    suite.survived(flips, noticed, json!({}));
    assert_eq!(noticed, flips);
}

#[tokio::test]
async fn a_flipped_bit_in_one_header_is_mended_and_in_both_is_named() {
    let suite = Suite::begin("header_bit_flips");
    let patient = Patient::new().await;
    let (flips, mut dice) = (trials(100, 1_000), Dice(11));
    for trial in 0..flips {
        let copy = patient.copy();
        let both = trial % 2 == 1;
        let vault = copy.path().join("vault");
        let bits = fs::metadata(vault.join("header.a")).unwrap().len() * 8;
        flip(&vault.join("header.a"), dice.below(bits));
        if both {
            flip(&vault.join("header.b"), dice.below(bits));
        }
        let start = Instant::now();
        let opened = OpenVault::unlock(&VaultFolder::new(copy.path()), &Secret::new(PASSWORD));
        let named = matches!(opened, Err(UnlockError::Header(HeaderError::Damaged)));
        assert!(named == both && opened.is_ok() != both, "trial {trial}");
        assert!(start.elapsed() < TIME_LIMIT);
        if !both {
            assert_eq!(fs::read(vault.join("header.a")).unwrap(), fs::read(vault.join("header.b")).unwrap());
        }
    }
    suite.survived(flips, flips, json!({}));
}

/// Cuts a file at a place, or fills the sector of that place with zeros.
fn wound(file: &Path, cut: bool, dice: &mut Dice) -> String {
    let mut bytes = fs::read(file).unwrap();
    let place = usize::try_from(dice.below(bytes.len() as u64)).unwrap();
    if cut {
        bytes.truncate(place);
    } else {
        let sector = place / SECTOR * SECTOR;
        let end = (sector + SECTOR).min(bytes.len());
        bytes[sector..end].fill(0);
    }
    fs::write(file, bytes).unwrap();
    format!("{} at {place}", if cut { "a cut" } else { "zeros" })
}

#[tokio::test]
async fn a_cut_or_zeroed_header_is_mended_and_two_of_them_are_named() {
    let suite = Suite::begin("header_cuts_and_zeroed_sectors");
    let patient = Patient::new().await;
    let (wounds, mut dice) = (trials(40, 1_000), Dice(17));
    for trial in 0..wounds {
        let copy = patient.copy();
        let vault = copy.path().join("vault");
        let [one, other] = ["header.a", "header.b"].map(|name| vault.join(name));
        let whole = fs::read(&one).unwrap();
        // Each kind of wound at the first copy, at the second, and at both.
        let (cut, which) = (trial % 2 == 0, trial / 2 % 3);
        let mut said = String::new();
        for file in [(which != 1).then_some(&one), (which != 0).then_some(&other)].into_iter().flatten() {
            said += &wound(file, cut, &mut dice);
        }
        let start = Instant::now();
        let opened = OpenVault::unlock(&VaultFolder::new(copy.path()), &Secret::new(PASSWORD));
        let named = matches!(opened, Err(UnlockError::Header(HeaderError::Damaged)));
        let both = which == 2;
        assert!(named == both && opened.is_ok() != both, "trial {trial}: {said}");
        assert!(start.elapsed() < TIME_LIMIT, "trial {trial}: {said}");
        if !both {
            assert!(
                [one, other].iter().all(|copy| fs::read(copy).unwrap() == whole),
                "trial {trial}: {said}"
            );
        }
    }
    suite.survived(wounds, wounds, json!({}));
}

#[tokio::test]
async fn cut_and_zeroed_databases_never_show_a_wrong_row() {
    let suite = Suite::begin("database_cuts_and_zeroed_sectors");
    let patient = Patient::new().await;
    let (wounds, mut dice) = (trials(50, 1_000), Dice(13));
    let mut noticed = 0;
    for trial in 0..wounds {
        let copy = patient.copy();
        let file = copy.path().join("vault/vault.1.db");
        let said = wound(&file, trial % 2 == 0, &mut dice);
        noticed += usize::from(patient.open_database(&file, &said).await);
    }
    suite.survived(wounds, noticed, json!({}));
    assert_eq!(noticed, wounds);
}
