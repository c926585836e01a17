//! The vault key and everything that HKDF-SHA256 (RFC 5869) derives from it. None of these types derives anything.

use hkdf::Hkdf;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::{
    locked::LockedBytes,
    random::{RandomError, make_bytes},
};

const DIGITS: &[u8; 16] = b"0123456789abcdef";

/// A vault's identity, 16 random bytes, written as 32 hex digits. Salt of every derivation.
pub(crate) type VaultId = [u8; 16];

/// The random key that everything in a vault hangs on. It never leaves this room.
pub(crate) struct VaultKey(LockedBytes);

/// SQLCipher's raw key for one database file. It leaves only towards the store.
pub struct DatabaseKey(LockedBytes<64>);

/// The key of the log of acts. It leaves only towards the store.
pub struct AuditKey(LockedBytes);

impl AuditKey {
    /// 32 bytes.
    pub fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }
}

impl DatabaseKey {
    /// 64 hex digits.
    pub fn expose_hex(&self) -> &str {
        // Hex digits are text.
        std::str::from_utf8(self.0.expose()).unwrap_or_default()
    }
}

impl VaultKey {
    pub(crate) fn make() -> Result<Self, RandomError> {
        make_bytes().map(Self::from_bytes)
    }

    pub(crate) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Self {
        Self(LockedBytes::new(&bytes))
    }

    pub(crate) fn copy(&self) -> Self {
        Self(LockedBytes::new(self.expose()))
    }

    pub(crate) fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    pub(crate) fn derive(&self, vault_id: &VaultId, info: &str) -> Zeroizing<[u8; 32]> {
        derive(self.expose(), vault_id, info)
    }

    pub(crate) fn derive_audit_key(&self, vault_id: &VaultId) -> AuditKey {
        AuditKey(LockedBytes::new(&self.derive(vault_id, "audit/v1")))
    }

    pub(crate) fn derive_database_key(&self, vault_id: &VaultId) -> DatabaseKey {
        let key = self.derive(vault_id, "db/v1");
        let mut hex = Zeroizing::new([0; 64]);
        for (digits, byte) in hex.as_chunks_mut::<2>().0.iter_mut().zip(key.iter()) {
            *digits = [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]];
        }
        DatabaseKey(LockedBytes::new(&hex))
    }
}

/// 32 bytes of HKDF-SHA256 over `input`, salted with the vault's id.
pub(crate) fn derive(input: &[u8], vault_id: &VaultId, info: &str) -> Zeroizing<[u8; 32]> {
    let mut output = Zeroizing::new([0; 32]);
    // 32 bytes are far below HKDF's limit of 255 hashes, the only way for it to fail.
    let _ = Hkdf::<Sha256>::new(Some(vault_id), input).expand(info.as_bytes(), output.as_mut_slice());
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hkdf_gives_the_first_vector_of_rfc_5869() {
        let mut output = [0; 42];
        let salt: Vec<u8> = (0..=0x0c).collect();
        let info: Vec<u8> = (0xf0..=0xf9).collect();
        Hkdf::<Sha256>::new(Some(&salt), &[0x0b; 22]).expand(&info, &mut output).unwrap();
        let expected = "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865";
        assert_eq!(output.iter().map(|byte| format!("{byte:02x}")).collect::<String>(), expected);
    }

    #[test]
    fn each_purpose_has_its_own_key() {
        let key = VaultKey::from_bytes(Zeroizing::new([7; 32]));
        assert_ne!(*key.derive(&[1; 16], "db/v1"), *key.derive(&[1; 16], "header-mac/v1"));
        assert_ne!(*key.derive(&[1; 16], "db/v1"), *key.derive(&[2; 16], "db/v1"));
    }
}
