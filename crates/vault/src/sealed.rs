//! A small JSON object with a MAC as its last member: the form of a backup's manifest and of the high-water mark.
//! The MAC is HMAC-SHA256 under a key of the vault; it runs over the compact JSON of the members before it.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Serialize, de::DeserializeOwned};
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::keys::{VaultId, VaultKey};

/// `,"mac":"`, 64 digits, `"}`.
const TAIL_BYTES: usize = 8 + 64 + 2;

/// The bytes of an object under the key of one purpose.
pub(crate) fn seal(value: &impl Serialize, key: &VaultKey, id: &VaultId, info: &str) -> Option<Vec<u8>> {
    let body = serde_json::to_vec(value).ok()?;
    let mac = hex::encode(mac_of(&body, key, id, info).finalize().into_bytes());
    let mut sealed = body;
    sealed.pop();
    sealed.extend_from_slice(format!(r#","mac":"{mac}"}}"#).as_bytes());
    Some(sealed)
}

/// What was sealed, whoever sealed it; for what may be read without a key.
pub(crate) fn read<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    serde_json::from_slice(&split(bytes)?.0).ok()
}

/// What was sealed under this key and not changed since.
pub(crate) fn open<T: DeserializeOwned>(bytes: &[u8], key: &VaultKey, id: &VaultId, info: &str) -> Option<T> {
    let (body, mac) = split(bytes)?;
    // In upper case they would be the same number, but not this file.
    let mac = hex::decode(mac).ok().filter(|bytes| hex::encode(bytes) == mac)?;
    mac_of(&body, key, id, info).verify_slice(&mac).ok()?;
    serde_json::from_slice(&body).ok()
}

fn split(bytes: &[u8]) -> Option<(Vec<u8>, &str)> {
    let (start, tail) = bytes.split_at_checked(bytes.len().checked_sub(TAIL_BYTES)?)?;
    let mac = std::str::from_utf8(tail).ok()?.strip_prefix(r#","mac":""#)?.strip_suffix(r#""}"#)?;
    let mut body = start.to_vec();
    body.push(b'}');
    Some((body, mac))
}

fn mac_of(body: &[u8], key: &VaultKey, id: &VaultId, info: &str) -> Hmac<Sha256> {
    // As in the header: HMAC pads a shorter key with zeros to the hash's block.
    let mut padded = Zeroizing::new([0; 64]);
    padded[..32].copy_from_slice(key.derive(id, info).as_slice());
    Hmac::<Sha256>::new((&*padded).into()).chain_update(body)
}
