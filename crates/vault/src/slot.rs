//! A slot wraps the vault key under a key-encryption key: XChaCha20-Poly1305 with the header's fixed fields as
//! associated data, so a slot moved to another vault, or a cost edited to a cheaper one, does not open.

use chacha20poly1305::{
    XChaCha20Poly1305, XNonce,
    aead::{Aead, KeyInit, Payload},
};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{
    keys::{VaultId, VaultKey, derive},
    locked::LockedBytes,
    random::{RandomError, make_bytes},
};

/// The master password's slot. Unknown kinds are kept as they are.
pub(crate) const PASSWORD: &str = "password";
/// The recovery kit's slot.
pub(crate) const RECOVERY: &str = "recovery";
/// The slot whose secret the operating system's keyring holds.
pub(crate) const KEYRING: &str = "keyring";

/// One wrapped copy of the vault key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Slot {
    pub(crate) kind: String,
    /// 24 bytes, hex.
    nonce: String,
    /// 32 bytes of key and 16 of tag, hex.
    wrapped: String,
}

/// The slot did not open: a wrong password, or a slot that was tampered with. The two cannot be told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SlotClosed;

impl Slot {
    pub(crate) fn make(
        kind: &str,
        input: &[u8],
        id: &VaultId,
        aad: &[u8],
        key: &VaultKey,
    ) -> Result<Self, RandomError> {
        let nonce = make_bytes::<24>()?;
        Ok(Self::wrap(kind, input, id, aad, key, &nonce))
    }

    fn wrap(kind: &str, input: &[u8], id: &VaultId, aad: &[u8], key: &VaultKey, nonce: &[u8; 24]) -> Self {
        let cipher = XChaCha20Poly1305::new(derive_kek(kind, input, id).expose().into());
        let payload = Payload { msg: key.expose(), aad };
        // Encryption fails only beyond 256 GiB; an empty wrap would simply never open.
        let wrapped = cipher.encrypt(&XNonce::from(*nonce), payload).unwrap_or_default();
        Self { kind: kind.to_owned(), nonce: hex::encode(nonce), wrapped: hex::encode(wrapped) }
    }

    pub(crate) fn open(&self, input: &[u8], id: &VaultId, aad: &[u8]) -> Result<VaultKey, SlotClosed> {
        let nonce: [u8; 24] = decode(&self.nonce)?;
        let wrapped: [u8; 48] = decode(&self.wrapped)?;
        let cipher = XChaCha20Poly1305::new(derive_kek(&self.kind, input, id).expose().into());
        let plain =
            cipher.decrypt(&XNonce::from(nonce), Payload { msg: &wrapped, aad }).map_err(|_| SlotClosed)?;
        let plain = Zeroizing::new(plain);
        let mut key = Zeroizing::new([0; 32]);
        key.copy_from_slice(plain.get(..32).ok_or(SlotClosed)?);
        Ok(VaultKey::from_bytes(key))
    }
}

fn derive_kek(kind: &str, input: &[u8], id: &VaultId) -> LockedBytes {
    LockedBytes::new(&derive(input, id, &format!("kek/{kind}/v1")))
}

fn decode<const N: usize>(text: &str) -> Result<[u8; N], SlotClosed> {
    let mut bytes = [0; N];
    hex::decode_to_slice(text, &mut bytes).map(|()| bytes).map_err(|_| SlotClosed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> VaultKey {
        VaultKey::from_bytes(Zeroizing::new([9; 32]))
    }

    #[test]
    fn a_slot_opens_with_its_own_input_vault_and_header_only() {
        let slot = Slot::make(PASSWORD, b"input", &[1; 16], b"aad", &key()).unwrap();
        assert_eq!(slot.open(b"input", &[1; 16], b"aad").ok().unwrap().expose(), &[9; 32]);
        assert!(slot.open(b"other", &[1; 16], b"aad").is_err());
        assert!(slot.open(b"input", &[2; 16], b"aad").is_err());
        assert!(slot.open(b"input", &[1; 16], b"bad").is_err());
    }

    #[test]
    fn a_slot_of_one_kind_does_not_open_as_another() {
        let mut slot = Slot::make(PASSWORD, b"input", &[1; 16], b"aad", &key()).unwrap();
        slot.kind = "keyring".to_owned();
        assert!(slot.open(b"input", &[1; 16], b"aad").is_err());
    }

    #[test]
    fn garbled_hex_is_a_closed_slot_not_a_panic() {
        let mut slot = Slot::make(PASSWORD, b"input", &[1; 16], b"aad", &key()).unwrap();
        slot.nonce = "zz".to_owned();
        assert!(slot.open(b"input", &[1; 16], b"aad").is_err());
    }
}
