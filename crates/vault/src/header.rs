//! The header: what a vault needs to be opened, readable without a key, in two copies.
//!
//! A copy is one JSON object of at most 64 KiB. Its last two members are `mac`, an HMAC-SHA256 under the vault key's
//! "header-mac/v1", and `sum`, a SHA-256. The MAC runs over the compact JSON of the members before
//! it, in their order; the sum over the same and the MAC's digits.
//! The sum tells damage from a wrong password before any key is known; the MAC tells tampering afterwards.

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::{
    kdf::{Cost, SALT_BYTES},
    keys::{VaultId, VaultKey},
    random::RandomError,
    slot::{self, Slot},
};

/// The newest format that this version writes and reads.
pub(crate) const FORMAT: u32 = 1;
/// Largest copy that is read.
pub(crate) const MAX_BYTES: u64 = 64 * 1024;
const MAX_SLOTS: usize = 16;

/// Why no header could be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HeaderError {
    /// Both copies are missing, cut, garbled or tampered with.
    #[error("both copies of the vault's header are damaged")]
    Damaged,
    /// The files are there and cannot be read just now; they may be whole.
    #[error("the vault's header cannot be read")]
    Unreadable,
    /// A later version of Signalbox wrote it.
    #[error("a newer version of Signalbox wrote this vault")]
    TooNew,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) format: u32,
    /// 16 bytes, hex.
    pub(crate) vault_id: String,
    pub(crate) seq: u64,
    pub(crate) active_epoch: u32,
    pub(crate) kdf: Kdf,
    pub(crate) slots: Vec<Slot>,
}

/// Argon2id, version 0x13, and its salt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Kdf {
    pub(crate) algorithm: Algorithm,
    /// Memory in KiB.
    m: u32,
    /// Passes.
    t: u32,
    /// Lanes.
    p: u32,
    /// 16 bytes, hex.
    salt: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Algorithm {
    Argon2id,
}

impl Kdf {
    pub(crate) fn new(cost: Cost, salt: &[u8; SALT_BYTES]) -> Self {
        Self { algorithm: Algorithm::Argon2id, m: cost.m, t: cost.t, p: cost.p, salt: hex::encode(salt) }
    }

    pub(crate) fn cost(&self) -> Cost {
        Cost { m: self.m, t: self.t, p: self.p }
    }

    pub(crate) fn salt(&self) -> Result<[u8; SALT_BYTES], HeaderError> {
        from_hex(&self.salt)
    }
}

/// A copy that parsed and whose sum is right; its MAC is still to be checked.
#[derive(Debug)]
pub(crate) struct Copy {
    pub(crate) header: Header,
    body: Vec<u8>,
    mac: [u8; 32],
}

/// `,"mac":"` and 64 digits, `","sum":"` and 64 digits, `"}`.
const TAIL_BYTES: usize = 8 + 64 + 9 + 64 + 2;

impl Header {
    pub(crate) fn id(&self) -> Result<VaultId, HeaderError> {
        from_hex(&self.vault_id)
    }

    /// Associated data of a slot: what must not be edited without opening it. The key derivation belongs to the
    /// password's slot alone: a recovery kit on paper must outlive every change of password and cost.
    pub(crate) fn slot_aad(&self, kind: &str) -> Vec<u8> {
        let Kdf { m, t, p, salt, .. } = &self.kdf;
        let id = &self.vault_id;
        match kind {
            slot::PASSWORD => format!("signalbox/1/{id}/argon2id/{m}/{t}/{p}/{salt}"),
            kind => format!("signalbox/1/{id}/{kind}"),
        }
        .into_bytes()
    }

    /// The slot of a kind.
    pub(crate) fn slot(&self, kind: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.kind == kind)
    }

    /// Wraps the key for a kind, in place of what wrapped it before. Of the password's: set its key derivation first.
    pub(crate) fn put_slot(
        &mut self,
        kind: &str,
        input: &[u8],
        id: &VaultId,
        key: &VaultKey,
    ) -> Result<(), RandomError> {
        let slot = Slot::make(kind, input, id, &self.slot_aad(kind), key)?;
        self.remove_slot(kind);
        self.slots.push(slot);
        Ok(())
    }

    /// Removes the slot of a kind. Says whether there was one.
    pub(crate) fn remove_slot(&mut self, kind: &str) -> bool {
        let before = self.slots.len();
        self.slots.retain(|slot| slot.kind != kind);
        self.slots.len() < before
    }

    /// The bytes of one copy.
    pub(crate) fn encode(&self, key: &VaultKey) -> Result<Vec<u8>, HeaderError> {
        let body = serde_json::to_vec(self).map_err(|_| HeaderError::Damaged)?;
        let mac = hex::encode(mac_of(&body, key, &self.id()?).finalize().into_bytes());
        let mut copy = body.clone();
        copy.pop();
        copy.extend_from_slice(format!(r#","mac":"{mac}","sum":"{}"}}"#, sum_of(&body, &mac)).as_bytes());
        Ok(copy)
    }

    /// Parses one copy and compares its sum.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Copy, HeaderError> {
        if bytes.len() as u64 > MAX_BYTES || bytes.len() < TAIL_BYTES {
            return Err(HeaderError::Damaged);
        }
        let (start, tail) = bytes.split_at(bytes.len() - TAIL_BYTES);
        let mut body = start.to_vec();
        body.push(b'}');
        let (mac, sum) = split_tail(tail).ok_or(HeaderError::Damaged)?;
        // The sum runs over the digits as written: in upper case they would be the same number, but not this file.
        if sum != sum_of(&body, mac) {
            return Err(HeaderError::Damaged);
        }
        // The sum is right, so what follows was written like this: an unknown shape is a newer one.
        #[derive(Deserialize)]
        struct Version {
            format: u32,
        }
        let version: Version = serde_json::from_slice(&body).map_err(|_| HeaderError::Damaged)?;
        if version.format > FORMAT {
            return Err(HeaderError::TooNew);
        }
        let header: Header = serde_json::from_slice(&body).map_err(|_| HeaderError::Damaged)?;
        if header.slots.len() > MAX_SLOTS {
            return Err(HeaderError::Damaged);
        }
        Ok(Copy { header, body, mac: from_hex(mac)? })
    }
}

impl Copy {
    /// Whether whoever wrote this copy knew the vault key.
    pub(crate) fn is_authentic(&self, key: &VaultKey) -> bool {
        self.header.id().is_ok_and(|id| mac_of(&self.body, key, &id).verify_slice(&self.mac).is_ok())
    }
}

fn split_tail(tail: &[u8]) -> Option<(&str, &str)> {
    let tail = std::str::from_utf8(tail).ok()?.strip_prefix(r#","mac":""#)?.strip_suffix(r#""}"#)?;
    tail.split_once(r#"","sum":""#)
}

fn mac_of(body: &[u8], key: &VaultKey, id: &VaultId) -> Hmac<Sha256> {
    // HMAC pads a shorter key with zeros to the hash's block of 64 bytes; doing it here leaves nothing to fail.
    let mut padded = Zeroizing::new([0; 64]);
    padded[..32].copy_from_slice(key.derive(id, "header-mac/v1").as_slice());
    Hmac::<Sha256>::new((&*padded).into()).chain_update(body)
}

fn sum_of(body: &[u8], mac: &str) -> String {
    hex::encode(Sha256::new().chain_update(body).chain_update(mac).finalize())
}

fn from_hex<const N: usize>(text: &str) -> Result<[u8; N], HeaderError> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map(|()| bytes).map_err(|_| HeaderError::Damaged)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> VaultKey {
        VaultKey::from_bytes(Zeroizing::new([9; 32]))
    }

    fn header() -> Header {
        Header {
            format: FORMAT,
            vault_id: "01".repeat(16),
            seq: 7,
            active_epoch: 1,
            kdf: Kdf::new(Cost::FLOOR, &[2; 16]),
            slots: Vec::new(),
        }
    }

    #[test]
    fn what_is_encoded_is_decoded_and_authentic() {
        let copy = Header::decode(&header().encode(&key()).unwrap()).unwrap();
        assert_eq!(copy.header, header());
        assert!(copy.is_authentic(&key()));
        assert!(!copy.is_authentic(&VaultKey::from_bytes(Zeroizing::new([8; 32]))));
    }

    #[test]
    fn every_single_flipped_bit_is_noticed_before_any_key_is_known() {
        let good = header().encode(&key()).unwrap();
        for bit in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[bit / 8] ^= 1 << (bit % 8);
            assert_eq!(Header::decode(&bad).unwrap_err(), HeaderError::Damaged, "bit {bit}");
        }
    }

    #[test]
    fn a_later_format_is_too_new_whatever_else_it_holds() {
        let body = br#"{"format":2,"anything":[]}"#;
        let mac = "0".repeat(64);
        let mut copy = body[..body.len() - 1].to_vec();
        copy.extend(format!(r#","mac":"{mac}","sum":"{}"}}"#, sum_of(body, &mac)).bytes());
        assert_eq!(Header::decode(&copy).unwrap_err(), HeaderError::TooNew);
    }

    proptest! {
        #[test]
        fn arbitrary_bytes_never_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
            prop_assert!(Header::decode(&bytes).is_err());
        }
    }
}
