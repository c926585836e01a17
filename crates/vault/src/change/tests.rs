//! Changes of who opens a vault, and what opens it afterwards.

use std::fs;

use super::*;
use crate::{NewVault, Rotation};

const OLD: &str = "plover-lantern-orbit-quilt-saddle-vex";
const NEW: &str = "brisk-copper-meadow-violin-harbor-dusk";
const COSTLIER: Cost = Cost { m: 64 * 1024, t: 4, p: 1 };

fn made() -> (tempfile::TempDir, VaultFolder, OpenVault) {
    let data = tempfile::tempdir().unwrap();
    let folder = VaultFolder::new(data.path());
    let new = NewVault::prepare(&folder, &secret(OLD), "admin", Cost::FLOOR).ok().unwrap();
    let open = new.commit().ok().unwrap();
    (data, folder, open)
}

fn secret(text: &str) -> Secret {
    Secret::new(text)
}

fn opens(folder: &VaultFolder, password: &str) -> bool {
    OpenVault::unlock(folder, &secret(password)).is_ok()
}

fn change(open: &OpenVault, old: &str, new: &str) -> Result<(), ChangeError> {
    open.change_password(&secret(old), &secret(new), "admin", Cost::FLOOR)
}

#[test]
fn a_changed_password_opens_and_the_old_one_does_not() {
    let (_data, folder, open) = made();
    let key = open.database_key().expose_hex().to_owned();
    change(&open, OLD, NEW).unwrap();
    assert!(opens(&folder, NEW) && !opens(&folder, OLD));
    let again = OpenVault::unlock(&folder, &secret(NEW)).ok().unwrap();
    assert_eq!(again.database_key().expose_hex(), key, "the database must be left as it is");
}

#[test]
fn a_wrong_old_or_a_weak_new_password_changes_nothing() {
    let (_data, folder, open) = made();
    let before = fs::read(folder.vault().join("header.a")).unwrap();
    assert!(matches!(change(&open, NEW, NEW), Err(ChangeError::WrongPassword)));
    assert!(matches!(change(&open, OLD, "password1234"), Err(ChangeError::Password(PasswordError::TooWeak))));
    assert_eq!(fs::read(folder.vault().join("header.a")).unwrap(), before);
}

#[test]
fn each_change_has_a_salt_of_its_own_and_a_higher_number() {
    let (_data, _folder, open) = made();
    let before = open.header().clone();
    change(&open, OLD, OLD).unwrap();
    let after = open.header().clone();
    assert_eq!(after.seq, before.seq + 1);
    assert!(after.kdf != before.kdf && after.slots != before.slots);
}

#[test]
fn a_change_whose_second_copy_was_never_written_counts_and_is_mended() {
    let (_data, folder, open) = made();
    let old = fs::read(folder.vault().join("header.b")).unwrap();
    change(&open, OLD, NEW).unwrap();
    fs::write(folder.vault().join("header.b"), old).unwrap();
    assert!(!opens(&folder, OLD) && opens(&folder, NEW));
    let copy = |name| fs::read(folder.vault().join(name)).unwrap();
    assert_eq!(copy("header.a"), copy("header.b"));
}

#[test]
fn a_cost_is_raised_and_never_lowered() {
    let (_data, folder, open) = made();
    assert!(open.raise_cost(&secret(OLD), COSTLIER).unwrap());
    assert_eq!(open.cost(), COSTLIER);
    assert!(opens(&folder, OLD));
    assert!(!open.raise_cost(&secret(OLD), Cost::FLOOR).unwrap());
    assert!(!open.raise_cost(&secret(OLD), COSTLIER).unwrap());
}

#[test]
fn a_kit_opens_once_and_leaves_a_new_password_and_a_new_kit() {
    let (_data, folder, open) = made();
    let first = open.make_kit().unwrap();
    assert!(open.is_kit(&first) && folder.doors().kit);
    change(&open, OLD, NEW).unwrap();
    let recover = |words: &Secret, password: &str| {
        OpenVault::recover(&folder, words, &secret(password), "admin", Cost::FLOOR)
    };
    let (opened, second) = recover(&first, OLD).ok().unwrap();
    assert_eq!(opened.database_key().expose_hex(), open.database_key().expose_hex());
    assert!(opens(&folder, OLD) && !opens(&folder, NEW));
    assert!(matches!(recover(&first, NEW).err(), Some(RecoverError::WrongKit)));
    assert!(recover(&second, NEW).is_ok());
}

#[test]
fn a_new_kit_voids_the_one_before() {
    let (_data, folder, open) = made();
    let (first, second) = (open.make_kit().unwrap(), open.make_kit().unwrap());
    assert!(!open.is_kit(&first) && open.is_kit(&second));
    let tried = OpenVault::recover(&folder, &first, &secret(NEW), "admin", Cost::FLOOR);
    assert!(matches!(tried.err(), Some(RecoverError::WrongKit)));
    assert!(opens(&folder, OLD), "a void kit must leave the password as it was");
}

#[test]
fn a_kit_is_kept_when_the_new_password_is_too_weak() {
    let (_data, folder, open) = made();
    let kit = open.make_kit().unwrap();
    let weak = OpenVault::recover(&folder, &kit, &secret("password1234"), "admin", Cost::FLOOR);
    assert!(matches!(weak.err(), Some(RecoverError::Change(ChangeError::Password(_)))));
    assert!(open.is_kit(&kit) && opens(&folder, OLD));
}

#[test]
fn a_vault_without_a_kit_says_so() {
    let (_data, folder, _open) = made();
    let words = KitSecret::make().ok().unwrap().words();
    let tried = OpenVault::recover(&folder, &words, &secret(NEW), "admin", Cost::FLOOR);
    assert!(matches!(tried.err(), Some(RecoverError::NoKit)));
}

#[test]
fn the_keyrings_secret_opens_until_its_slot_is_gone() {
    let (_data, folder, open) = made();
    let (ours, other) = (KeyringSecret::make().ok().unwrap(), KeyringSecret::make().ok().unwrap());
    open.add_keyring(&ours).unwrap();
    assert!(OpenVault::unlock_with_keyring(&folder, &ours).is_ok());
    assert!(OpenVault::unlock_with_keyring(&folder, &other).is_err());
    change(&open, OLD, NEW).unwrap();
    assert!(OpenVault::unlock_with_keyring(&folder, &ours).is_ok());
    assert!(open.remove_keyring().unwrap());
    assert!(OpenVault::unlock_with_keyring(&folder, &ours).is_err());
    assert!(!folder.doors().keyring && !open.remove_keyring().unwrap());
}

#[test]
fn a_rotation_is_nothing_before_and_everything_behind_its_commit() {
    let (_data, folder, open) = made();
    open.make_kit().unwrap();
    let ours = KeyringSecret::make().ok().unwrap();
    open.add_keyring(&ours).unwrap();
    fs::write(open.database(), b"old").unwrap();
    let record = uuid::Uuid::from_u128(7);
    let sealed = open.seal_key(record, "https://a.example", &secret("test-key"));

    let rotation = Rotation::prepare(&open, &secret(OLD), Cost::FLOOR, Some(&ours)).unwrap();
    assert_eq!(rotation.void(), Doors { kit: true, keyring: false });
    fs::write(rotation.database().unwrap(), b"new").unwrap();
    let resealed = rotation.reseal(record, "api_key", &sealed).unwrap();
    assert!(rotation.reseal(record, "other_field", &sealed).is_err());
    let before = OpenVault::unlock(&folder, &secret(OLD)).ok().unwrap();
    assert_eq!(before.epoch(), 1);

    let new = rotation.commit().unwrap();
    assert_eq!(new.epoch(), 2);
    assert_ne!(new.database_key().expose_hex(), open.database_key().expose_hex());
    let after = OpenVault::unlock(&folder, &secret(OLD)).ok().unwrap();
    assert_eq!(after.database_key().expose_hex(), new.database_key().expose_hex());
    assert_eq!(fs::read(after.database()).unwrap(), b"new");
    let opened = |sealed| after.open_key(record, "https://a.example", sealed);
    assert_eq!(opened(&resealed).ok().unwrap().expose(), "test-key");
    assert!(opened(&sealed).is_err());
    assert!(OpenVault::unlock_with_keyring(&folder, &ours).is_ok());
    assert!(!folder.doors().kit);

    after.remove_leftovers();
    assert!(!open.database().exists() && after.database().exists());
}

#[test]
fn a_vault_opened_before_a_rotation_cannot_put_its_old_key_back() {
    let (_data, folder, open) = made();
    let rotation = Rotation::prepare(&open, &secret(OLD), Cost::FLOOR, None).unwrap();
    fs::write(rotation.database().unwrap(), b"new").unwrap();
    rotation.commit().unwrap();
    assert!(matches!(change(&open, OLD, NEW), Err(ChangeError::Io(_))));
    assert!(open.make_kit().is_err());
    let late = OpenVault::unlock(&folder, &secret(OLD)).ok().unwrap();
    assert_eq!(late.epoch(), 2);
}

#[test]
fn a_rotation_without_the_password_does_not_begin() {
    let (_data, _folder, open) = made();
    let tried = Rotation::prepare(&open, &secret(NEW), Cost::FLOOR, None);
    assert!(matches!(tried.err(), Some(ChangeError::WrongPassword)));
}
