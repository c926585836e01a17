//! Sealing of single fields with Fernet (the specification's cipher: AES-128-CBC and HMAC-SHA256), under a key derived
//! for one record and one field, so that a token copied to another row does not open.
//!
//! A sealed API key holds the base URL that it was entered for. It is compared on opening, so an edited URL cannot
//! make us send key A to host B. The first byte of the stored form names the cipher; 1 is Fernet.
//!
//! Fernet tokens carry a time, and the crate refuses tokens from the future even when no lifetime is asked for. A
//! computer's wrong clock would make good keys unreadable, so all tokens are dated zero and read as of that date.

use base64::{Engine, engine::general_purpose::URL_SAFE};
use fernet::Fernet;
use model::Secret;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use zeroize::{Zeroize, Zeroizing};

use crate::{
    keys::{VaultId, VaultKey},
    totp::TotpSecret,
};

const CIPHER_FERNET: u8 = 1;
const TOKEN_TIME: u64 = 0;
const API_KEY: &str = "api_key";
/// A key that was replaced. Another field, so that neither token opens in the other's place.
const KEPT_KEY: &str = "kept_api_key";
const TOTP_SECRET: &str = "totp_secret";
const SHARE_IDENTITY: &str = "share_identity";
const SIGNING_SEED: &str = "bundle_signing_seed";
const REMOTE_SECRET: &str = "remote_secret";

/// A sealed API key as the store keeps it: the cipher's byte, then the token. It reveals only a length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedKey(pub Vec<u8>);

/// Why a sealed field did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FieldError {
    /// Damaged, moved from another record, or sealed by another vault.
    #[error("the stored key is damaged or belongs to another record")]
    Closed,
    /// The base URL was changed after the key was entered.
    #[error("the key was entered for another base URL")]
    OtherBaseUrl,
    /// A later version sealed it with another cipher.
    #[error("a newer version of Signalbox sealed this key")]
    TooNew,
}

#[derive(Serialize)]
struct Payload<'a> {
    key: &'a str,
    base_url: &'a str,
}

#[derive(Deserialize)]
struct Opened {
    key: Secret,
    base_url: String,
}

/// Which of a record's secrets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyField {
    /// The one that calls are made with.
    InForce,
    /// The one before, while it may be gone back to.
    Kept,
    /// No key at all: what logs in at a remote, sealed for its address as a key is for its base URL.
    Remote,
}

impl KeyField {
    fn name(self) -> &'static str {
        match self {
            Self::InForce => API_KEY,
            Self::Kept => KEPT_KEY,
            Self::Remote => REMOTE_SECRET,
        }
    }
}

pub(crate) fn seal_key(
    vault: &VaultKey,
    id: &VaultId,
    (record, field): (Uuid, KeyField),
    base_url: &str,
    key: &Secret,
) -> SealedKey {
    let payload = Payload { key: key.expose(), base_url };
    // Two strings always serialise; an empty payload would not open again, so nothing could be lost unseen.
    let plain = Zeroizing::new(serde_json::to_vec(&payload).unwrap_or_default());
    let mut sealed = vec![CIPHER_FERNET];
    if let Some(fernet) = fernet_for(vault, id, record, field.name()) {
        sealed.extend_from_slice(fernet.encrypt_at_time(&plain, TOKEN_TIME).as_bytes());
    }
    SealedKey(sealed)
}

pub(crate) fn open_key(
    vault: &VaultKey,
    id: &VaultId,
    (record, field): (Uuid, KeyField),
    base_url: &str,
    sealed: &SealedKey,
) -> Result<Secret, FieldError> {
    let plain = unsealed(vault, id, (record, field.name()), sealed)?;
    let opened: Opened = serde_json::from_slice(&plain).map_err(|_| FieldError::Closed)?;
    if opened.base_url == base_url { Ok(opened.key) } else { Err(FieldError::OtherBaseUrl) }
}

/// Seals the secret of the vault's second factor: the one record that is no provider's.
pub(crate) fn seal_totp(vault: &VaultKey, id: &VaultId, secret: &TotpSecret) -> SealedKey {
    seal_totp_of(vault, id, Uuid::nil(), secret)
}

pub(crate) fn open_totp(
    vault: &VaultKey,
    id: &VaultId,
    sealed: &SealedKey,
) -> Result<TotpSecret, FieldError> {
    open_totp_of(vault, id, Uuid::nil(), sealed)
}

/// Seals the secret of one user's second factor.
pub(crate) fn seal_totp_of(vault: &VaultKey, id: &VaultId, user: Uuid, secret: &TotpSecret) -> SealedKey {
    let mut sealed = vec![CIPHER_FERNET];
    if let Some(fernet) = fernet_for(vault, id, user, TOTP_SECRET) {
        sealed.extend_from_slice(fernet.encrypt_at_time(secret.bytes(), TOKEN_TIME).as_bytes());
    }
    SealedKey(sealed)
}

pub(crate) fn open_totp_of(
    vault: &VaultKey,
    id: &VaultId,
    user: Uuid,
    sealed: &SealedKey,
) -> Result<TotpSecret, FieldError> {
    unsealed(vault, id, (user, TOTP_SECRET), sealed).map(TotpSecret::from_bytes)
}

/// Seals what opens files that others made for this vault.
pub(crate) fn seal_identity(vault: &VaultKey, id: &VaultId, identity: &Secret) -> SealedKey {
    let mut sealed = vec![CIPHER_FERNET];
    if let Some(fernet) = fernet_for(vault, id, Uuid::nil(), SHARE_IDENTITY) {
        sealed.extend_from_slice(fernet.encrypt_at_time(identity.expose().as_bytes(), TOKEN_TIME).as_bytes());
    }
    SealedKey(sealed)
}

pub(crate) fn open_identity(
    vault: &VaultKey,
    id: &VaultId,
    sealed: &SealedKey,
) -> Result<Secret, FieldError> {
    let plain = unsealed(vault, id, (Uuid::nil(), SHARE_IDENTITY), sealed)?;
    std::str::from_utf8(&plain).map(Secret::new).map_err(|_| FieldError::Closed)
}

/// Seals the seed of a key that signs bundles.
pub(crate) fn seal_seed(vault: &VaultKey, id: &VaultId, record: Uuid, seed: &Secret) -> SealedKey {
    let mut sealed = vec![CIPHER_FERNET];
    if let Some(fernet) = fernet_for(vault, id, record, SIGNING_SEED) {
        sealed.extend_from_slice(fernet.encrypt_at_time(seed.expose().as_bytes(), TOKEN_TIME).as_bytes());
    }
    SealedKey(sealed)
}

pub(crate) fn open_seed(
    vault: &VaultKey,
    id: &VaultId,
    record: Uuid,
    sealed: &SealedKey,
) -> Result<Secret, FieldError> {
    let plain = unsealed(vault, id, (record, SIGNING_SEED), sealed)?;
    std::str::from_utf8(&plain).map(Secret::new).map_err(|_| FieldError::Closed)
}

fn unsealed(
    vault: &VaultKey,
    id: &VaultId,
    (record, field): (Uuid, &str),
    sealed: &SealedKey,
) -> Result<Zeroizing<Vec<u8>>, FieldError> {
    let (&cipher, token) = sealed.0.split_first().ok_or(FieldError::Closed)?;
    if cipher != CIPHER_FERNET {
        return Err(FieldError::TooNew);
    }
    let token = std::str::from_utf8(token).map_err(|_| FieldError::Closed)?;
    let fernet = fernet_for(vault, id, record, field).ok_or(FieldError::Closed)?;
    let plain = fernet.decrypt_at_time(token, None, TOKEN_TIME).map_err(|_| FieldError::Closed)?;
    Ok(Zeroizing::new(plain))
}

/// Seals a field of a record anew under another vault key: the first of the two opens it, the second seals it.
pub(crate) fn reseal(
    [from, to]: [&VaultKey; 2],
    id: &VaultId,
    record: Uuid,
    field: &str,
    sealed: &SealedKey,
) -> Result<SealedKey, FieldError> {
    let plain = unsealed(from, id, (record, field), sealed)?;
    let fernet = fernet_for(to, id, record, field).ok_or(FieldError::Closed)?;
    let mut resealed = vec![CIPHER_FERNET];
    resealed.extend_from_slice(fernet.encrypt_at_time(&plain, TOKEN_TIME).as_bytes());
    Ok(SealedKey(resealed))
}

fn fernet_for(vault: &VaultKey, id: &VaultId, record: Uuid, field: &str) -> Option<Fernet> {
    let key = vault.derive(id, &format!("field/v1|{}|{field}", record.hyphenated()));
    let mut encoded = URL_SAFE.encode(*key);
    let fernet = Fernet::new(&encoded);
    encoded.zeroize();
    fernet
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORD: (Uuid, KeyField) = (Uuid::from_u128(1), KeyField::InForce);
    const KEPT: (Uuid, KeyField) = (Uuid::from_u128(1), KeyField::Kept);
    const URL: &str = "https://api.openai.com/v1";

    fn vault() -> VaultKey {
        VaultKey::from_bytes(Zeroizing::new([9; 32]))
    }

    fn sealed() -> SealedKey {
        seal_key(&vault(), &[1; 16], RECORD, URL, &Secret::new("test-openai-key-0001"))
    }

    #[test]
    fn fernet_opens_the_specifications_token_and_refuses_its_mutations() {
        // fernet/spec verify.json and invalid.json.
        let fernet = Fernet::new("cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=").unwrap();
        let token = "gAAAAAAdwJ6wAAECAwQFBgcICQoLDA0ODy021cpGVWKZ_eEwCGM4BLLF_5CV9dOPmrhuVUPgJobwOz7JcbmrR64jVmpU4IwqDA==";
        assert_eq!(fernet.decrypt_at_time(token, Some(60), 499_162_801).unwrap(), b"hello");
        for bad in [
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykQUFBQUFBQUFBQQ==",
            "gAAAAAAdwJ6xAAECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPA==",
            "%%%%%%%%%%%%%AECAwQFBgcICQoLDA0OD3HkMATM5lFqGaerZ-fWPAl1-szkFVzXTuGb4hR8AKtwcaX1YdykRtfsH-p1YsUD2Q==",
        ] {
            assert!(fernet.decrypt_at_time(bad, Some(60), 499_162_801).is_err());
        }
        // Too old for the lifetime that is asked for.
        assert!(fernet.decrypt_at_time(token, Some(60), 499_162_800 + 61).is_err());
    }

    #[test]
    fn a_sealed_key_opens_for_its_record_and_url_only() {
        let key = open_key(&vault(), &[1; 16], RECORD, URL, &sealed()).ok().unwrap();
        assert_eq!(key.expose(), "test-openai-key-0001");
        let other_record =
            open_key(&vault(), &[1; 16], (Uuid::from_u128(2), KeyField::InForce), URL, &sealed());
        assert_eq!(other_record.err(), Some(FieldError::Closed));
        let other_url = open_key(&vault(), &[1; 16], RECORD, "https://evil.example", &sealed());
        assert_eq!(other_url.err(), Some(FieldError::OtherBaseUrl));
    }

    #[test]
    fn a_kept_key_opens_as_such_alone_and_for_its_base_url() {
        let kept = seal_key(&vault(), &[1; 16], KEPT, URL, &Secret::new("test-openai-key-0001"));
        let opened = open_key(&vault(), &[1; 16], KEPT, URL, &kept).ok().unwrap();
        assert_eq!(opened.expose(), "test-openai-key-0001");
        // A token that was moved from one column to the other.
        assert_eq!(open_key(&vault(), &[1; 16], RECORD, URL, &kept).err(), Some(FieldError::Closed));
        assert_eq!(open_key(&vault(), &[1; 16], KEPT, URL, &sealed()).err(), Some(FieldError::Closed));
        let other_url = open_key(&vault(), &[1; 16], KEPT, "https://evil.example", &kept);
        assert_eq!(other_url.err(), Some(FieldError::OtherBaseUrl));
    }

    #[test]
    fn what_logs_in_at_a_remote_opens_for_its_record_and_address_alone_and_is_no_key() {
        let (record, address) = ((Uuid::from_u128(1), KeyField::Remote), "https://api.example.com");
        let sealed = seal_key(&vault(), &[1; 16], record, address, &Secret::new("a token"));
        assert_eq!(open_key(&vault(), &[1; 16], record, address, &sealed).ok().unwrap().expose(), "a token");
        let moved = open_key(&vault(), &[1; 16], record, "https://evil.example", &sealed);
        assert_eq!(moved.err(), Some(FieldError::OtherBaseUrl));
        assert_eq!(open_key(&vault(), &[1; 16], RECORD, address, &sealed).err(), Some(FieldError::Closed));
    }

    #[test]
    fn the_second_factors_secret_opens_in_its_vault_alone_and_is_no_api_key() {
        let secret = TotpSecret::from_bytes(Zeroizing::new(b"12345678901234567890".to_vec()));
        let sealed = seal_totp(&vault(), &[1; 16], &secret);
        assert_eq!(open_totp(&vault(), &[1; 16], &sealed).ok().unwrap().bytes(), secret.bytes());
        assert!(open_totp(&vault(), &[2; 16], &sealed).is_err());
        assert!(open_key(&vault(), &[1; 16], (Uuid::nil(), KeyField::InForce), "", &sealed).is_err());
    }

    #[test]
    fn the_identity_opens_in_its_vault_alone_and_is_no_other_field() {
        let sealed = seal_identity(&vault(), &[1; 16], &Secret::new("AGE-SECRET-KEY-1TEST"));
        assert_eq!(open_identity(&vault(), &[1; 16], &sealed).ok().unwrap().expose(), "AGE-SECRET-KEY-1TEST");
        assert!(open_identity(&vault(), &[2; 16], &sealed).is_err());
        assert!(open_totp(&vault(), &[1; 16], &sealed).is_err());
    }

    #[test]
    fn a_signing_seed_opens_for_its_record_alone_and_is_no_other_field() {
        let (one, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let sealed = seal_seed(&vault(), &[1; 16], one, &Secret::new("00ff"));
        assert_eq!(open_seed(&vault(), &[1; 16], one, &sealed).ok().unwrap().expose(), "00ff");
        assert!(open_seed(&vault(), &[1; 16], other, &sealed).is_err());
        assert!(open_seed(&vault(), &[2; 16], one, &sealed).is_err());
        assert!(open_key(&vault(), &[1; 16], RECORD, URL, &sealed).is_err());
    }

    #[test]
    fn every_single_flipped_bit_keeps_a_key_closed() {
        let good = sealed();
        for bit in 0..good.0.len() * 8 {
            let mut bad = good.clone();
            bad.0[bit / 8] ^= 1 << (bit % 8);
            // Base64 has spare bits in its last character: such a token decodes to the very same bytes.
            if let Ok(key) = open_key(&vault(), &[1; 16], RECORD, URL, &bad) {
                assert_eq!(key.expose(), "test-openai-key-0001", "bit {bit}");
            }
        }
    }

    #[test]
    fn a_key_with_quotes_and_backslashes_comes_back_as_it_was() {
        let key = Secret::new(r#"odd"key\with{signs}"#);
        let sealed = seal_key(&vault(), &[1; 16], RECORD, URL, &key);
        assert_eq!(open_key(&vault(), &[1; 16], RECORD, URL, &sealed).ok().unwrap().expose(), key.expose());
    }
}
