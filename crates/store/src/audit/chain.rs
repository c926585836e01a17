//! The arithmetic of the chain: an entry's canonical bytes, and what is computed over them. docs/SECURITY.md describes it
//! for other implementations; a change here is a change of the format.

use ed25519_dalek::{Signature, Signer, SigningKey, Verifier, VerifyingKey};
use hmac::{Hmac, KeyInit, Mac as _};
use sha2::Sha256;
use zeroize::Zeroizing;

/// A MAC of the chain.
pub(crate) type Mac = [u8; 32];

/// What a MAC is for is the first byte of what it covers: one made for the one purpose is none for another.
const BEGINNING: u8 = 0;
const ENTRY: u8 = 1;
const END: u8 = 2;
const SEED: u8 = 3;
#[cfg(feature = "postgres")]
const VEIL: u8 = 4;
const CHECKPOINT: &[u8] = b"signalbox audit checkpoint v1";
/// In place of a length: there is no such text.
const ABSENT: u32 = u32::MAX;

/// The log's keys, of one vault: the one for MACs, and the one for signatures, which is derived from it.
#[derive(Clone)]
pub(crate) struct Keys {
    keyed: Hmac<Sha256>,
    signing: SigningKey,
    vault_id: String,
}

/// An entry as it is authenticated, borrowed from wherever it lies.
#[derive(Clone, Copy)]
pub(crate) struct Content<'a> {
    pub(crate) id: i64,
    pub(crate) at: i64,
    /// Actor, machine, IP address, action, target, its name, before, after.
    pub(crate) texts: [Option<&'a str>; 8],
}

impl Keys {
    pub(crate) fn new(key: &[u8; 32], vault_id: &str) -> Self {
        // HMAC takes keys of any length; the alternative is never made.
        let keyed = Hmac::<Sha256>::new_from_slice(key).unwrap_or_else(|_| Hmac::new(&Default::default()));
        let mut seed = keyed.clone();
        seed.update(&[SEED]);
        let seed = Zeroizing::new(<[u8; 32]>::from(seed.finalize().into_bytes()));
        Self { keyed, signing: SigningKey::from_bytes(&seed), vault_id: vault_id.to_owned() }
    }

    /// What stands before the first entry. It binds the log to its vault.
    pub(crate) fn beginning(&self) -> Mac {
        self.mac(&[&[BEGINNING], self.vault_id.as_bytes()])
    }

    /// An entry's MAC, after the one before it. `buffer` is any; it saves an allocation for each entry.
    pub(crate) fn entry(&self, before: &Mac, content: &Content<'_>, buffer: &mut Vec<u8>) -> Mac {
        buffer.clear();
        buffer.push(ENTRY);
        buffer.extend_from_slice(before);
        buffer.extend_from_slice(&content.id.to_be_bytes());
        buffer.extend_from_slice(&content.at.to_be_bytes());
        for text in content.texts {
            // SQLite holds no text of 4 GiB.
            let length = text.map_or(ABSENT, |text| u32::try_from(text.len()).unwrap_or(ABSENT - 1));
            buffer.extend_from_slice(&length.to_be_bytes());
            buffer.extend_from_slice(text.unwrap_or_default().as_bytes());
        }
        self.mac(&[buffer])
    }

    /// What makes an end of the log authentic.
    pub(crate) fn end(&self, entries: i64, mac: &Mac) -> Mac {
        self.mac(&[&[END], &entries.to_be_bytes(), mac])
    }

    /// What stands for a text that nobody may read or guess.
    #[cfg(feature = "postgres")]
    pub(crate) fn veil(&self, text: &str) -> Mac {
        self.mac(&[&[VEIL], text.as_bytes()])
    }

    pub(crate) fn sign(&self, entries: i64, mac: &Mac) -> [u8; 64] {
        self.signing.sign(&self.signed(entries, mac)).to_bytes()
    }

    pub(crate) fn is_signed(&self, entries: i64, mac: &Mac, signature: &[u8]) -> bool {
        let Ok(signature) = Signature::from_slice(signature) else { return false };
        self.public().verify(&self.signed(entries, mac), &signature).is_ok()
    }

    /// By which anybody can check a checkpoint, and nobody can make one.
    pub(crate) fn public(&self) -> VerifyingKey {
        self.signing.verifying_key()
    }

    fn signed(&self, entries: i64, mac: &Mac) -> Vec<u8> {
        [CHECKPOINT, b"\0", self.vault_id.as_bytes(), b"\0", &entries.to_be_bytes(), mac].concat()
    }

    fn mac(&self, pieces: &[&[u8]]) -> Mac {
        let mut keyed = self.keyed.clone();
        pieces.iter().for_each(|piece| keyed.update(piece));
        keyed.finalize().into_bytes().into()
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

pub(crate) fn from_hex(text: &str) -> Option<Mac> {
    let mut bytes = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (place, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[place * 2..place * 2 + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content<'a>(id: i64, texts: [Option<&'a str>; 8]) -> Content<'a> {
        Content { id, at: 1_795_444_320_000, texts }
    }

    #[test]
    fn the_chain_is_as_docs_security_md_computes_it() {
        // Made by an independent program from the description alone: docs/SECURITY.md, "The audit log".
        let keys = Keys::new(&[7; 32], "00112233445566778899aabbccddeeff");
        let texts =
            [Some("admin"), Some("desk-1"), None, Some("provider.update"), None, Some("é"), None, Some("{}")];
        let mac = keys.entry(&keys.beginning(), &content(1, texts), &mut Vec::new());
        assert_eq!(hex(&keys.beginning()), KNOWN[0]);
        assert_eq!(hex(&mac), KNOWN[1]);
        assert_eq!(hex(&keys.end(1, &mac)), KNOWN[2]);
        assert_eq!(hex(keys.public().as_bytes()), KNOWN[3]);
        assert_eq!(hex(&keys.sign(100, &mac)), KNOWN[4]);
    }

    const KNOWN: [&str; 5] = [
        "2e4689139a4f997798799d971e328896b79b20e17ac455921a9a033aac179173",
        "9ad885b166a1ae43e17396599ef6060e780339c33bffb8f3bb215a24d54722a3",
        "442035f7783743dff75aa0876c49a6be6546edb0afc4afba77483dd769da0022",
        "9f58663a3aa908d4353aea104420c964cd97f5c26572300f7f4e3a4003071d4b",
        "bd870e619b9a639fd342a6eac161f6e879cc243a75fba4009b342dba16ae1a9c21ee6159fce0a7a680921520e7ae8c0a717e6defb17129fe7275b8cd033ed70d",
    ];

    #[test]
    fn no_two_entries_have_the_same_bytes() {
        let keys = Keys::new(&[7; 32], "v");
        let one = |texts| keys.entry(&[0; 32], &content(1, texts), &mut Vec::new());
        let with = |first, second| {
            let mut texts = [None; 8];
            (texts[0], texts[1]) = (first, second);
            one(texts)
        };
        let macs = [
            with(Some("ab"), Some("c")),
            with(Some("a"), Some("bc")),
            with(Some(""), None),
            with(None, Some("")),
        ];
        for (place, mac) in macs.iter().enumerate() {
            assert!(!macs[..place].contains(mac), "{place}");
        }
    }

    #[test]
    fn a_checkpoint_is_of_its_entry_its_place_and_its_vault_alone() {
        let keys = Keys::new(&[7; 32], "v");
        let signature = keys.sign(100, &[1; 32]);
        assert!(keys.is_signed(100, &[1; 32], &signature));
        assert!(!keys.is_signed(200, &[1; 32], &signature));
        assert!(!keys.is_signed(100, &[2; 32], &signature));
        assert!(!Keys::new(&[7; 32], "w").is_signed(100, &[1; 32], &signature));
        assert!(!keys.is_signed(100, &[1; 32], &signature[..63]));
    }
}
