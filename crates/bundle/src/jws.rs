//! JSON Web Signature (RFC 7515) as far as it is used here: compact, one algorithm, three members in the header and no more.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ed25519_dalek::{Signature, Signer as _};
use serde::{Deserialize, Serialize};

use crate::{PublicKey, SigningKey};

pub(crate) const ALGORITHM: &str = "EdDSA";
/// Far longer than ours are.
const HEADER_LIMIT: usize = 400;

/// The header. `crit`, `jwk`, `x5u` and whatever else a header may carry is refused: nothing here would heed it.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Header {
    pub(crate) alg: String,
    pub(crate) typ: String,
    pub(crate) kid: String,
}

/// What a compact JWS is made of. Nothing of it is believed yet.
pub(crate) struct Parts<'a> {
    /// Header and payload as they are signed.
    signed: &'a str,
    pub(crate) header: Header,
    payload: &'a str,
    signature: Signature,
}

impl Header {
    pub(crate) fn of(key: &SigningKey, kind: &str) -> Self {
        Self { alg: ALGORITHM.to_owned(), typ: kind.to_owned(), kid: key.public().kid().to_owned() }
    }

    pub(crate) fn encoded(&self) -> String {
        // Three texts always serialise.
        BASE64.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    pub(crate) fn decoded(text: &str) -> Option<Self> {
        serde_json::from_slice(&decode(text, HEADER_LIMIT)?).ok()
    }
}

/// Base64url without padding, of which there is one spelling for each value: what is unused of the last letter must be zero.
pub(crate) fn decode(text: &str, most: usize) -> Option<Vec<u8>> {
    if text.len() > most { None } else { BASE64.decode(text).ok() }
}

pub(crate) fn encode(bytes: &[u8]) -> String {
    BASE64.encode(bytes)
}

pub(crate) fn sign(key: &SigningKey, signed: &str) -> String {
    BASE64.encode(key.inner().sign(signed.as_bytes()).to_bytes())
}

/// Whether this key made the signature. Strict: no key of small order, and one signature for each text and key.
pub(crate) fn is_signed(key: &PublicKey, signed: &str, signature: &Signature) -> bool {
    key.inner().verify_strict(signed.as_bytes(), signature).is_ok()
}

pub(crate) fn signature(text: &str) -> Option<Signature> {
    let bytes = decode(text, 88)?;
    Some(Signature::from_bytes(bytes.as_slice().try_into().ok()?))
}

pub(crate) fn compact(key: &SigningKey, kind: &str, payload: &[u8]) -> String {
    let mut text = Header::of(key, kind).encoded();
    text.push('.');
    BASE64.encode_string(payload, &mut text);
    let signature = sign(key, &text);
    text.push('.');
    text.push_str(&signature);
    text
}

impl<'a> Parts<'a> {
    /// Takes it apart; `None` when it is not three parts of base64url with such a header and a signature's length.
    pub(crate) fn of(text: &'a str) -> Option<Self> {
        let (signed, last) = text.rsplit_once('.')?;
        let (first, payload) = signed.split_once('.')?;
        let (header, signature) = (Header::decoded(first)?, signature(last)?);
        Some(Self { signed, header, payload, signature })
    }

    pub(crate) fn is_signed_by(&self, key: &PublicKey) -> bool {
        is_signed(key, self.signed, &self.signature)
    }

    pub(crate) fn payload(&self) -> Option<Vec<u8>> {
        BASE64.decode(self.payload).ok()
    }
}
