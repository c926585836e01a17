//! The pair of keys that signs bundles. Its public half travels as a JWK (RFC 8037), which JWT libraries read as it is.

use ed25519_dalek::VerifyingKey;
use model::Secret;
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::{Fingerprint, SMALL_LIMIT, jws};

/// Longest issuer and longest name of a key.
const NAME_LIMIT: usize = 100;

/// What signs. It derives nothing.
pub struct SigningKey {
    inner: ed25519_dalek::SigningKey,
    public: PublicKey,
}

/// What a server trusts: whose key it is, its name, and the key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey {
    issuer: String,
    kid: String,
    inner: VerifyingKey,
}

/// Why a file is no public key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFileError {
    /// Above [`SMALL_LIMIT`], no JSON, or not these members.
    #[error("this is no signing key from Signalbox")]
    Other,
    /// A key that anybody can sign for.
    #[error("this signing key is of a kind that signs nothing")]
    Weak,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Jwk {
    kty: String,
    crv: String,
    x: String,
    kid: String,
    alg: String,
    #[serde(rename = "use")]
    usage: String,
    iss: String,
}

impl SigningKey {
    /// A new one, from the operating system's random numbers.
    ///
    /// # Errors
    /// When there are none, or a name is none.
    pub fn make(issuer: &str, kid: &str) -> Result<Self, getrandom::Error> {
        let mut seed = Zeroizing::new([0; 32]);
        getrandom::fill(seed.as_mut_slice())?;
        Ok(Self::of(issuer, kid, &seed))
    }

    /// One that was kept; `None` when that is no seed.
    pub fn kept(issuer: &str, kid: &str, text: &Secret) -> Option<Self> {
        let mut seed = Zeroizing::new([0; 32]);
        hex::decode_to_slice(text.expose(), seed.as_mut_slice()).ok()?;
        Some(Self::of(issuer, kid, &seed))
    }

    fn of(issuer: &str, kid: &str, seed: &[u8; 32]) -> Self {
        let inner = ed25519_dalek::SigningKey::from_bytes(seed);
        let public =
            PublicKey { issuer: issuer.to_owned(), kid: kid.to_owned(), inner: inner.verifying_key() };
        Self { inner, public }
    }

    /// 64 hex digits, to be kept sealed.
    pub fn text(&self) -> Secret {
        Secret::new(hex::encode(Zeroizing::new(self.inner.to_bytes()).as_slice()))
    }

    /// Its public half.
    pub fn public(&self) -> &PublicKey {
        &self.public
    }

    pub(crate) fn inner(&self) -> &ed25519_dalek::SigningKey {
        &self.inner
    }
}

impl PublicKey {
    /// One that was kept.
    ///
    /// # Errors
    /// See [`KeyFileError`].
    pub fn kept(issuer: &str, kid: &str, bytes: &[u8]) -> Result<Self, KeyFileError> {
        let is_name = |text: &str| {
            let known = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/');
            (1..=NAME_LIMIT).contains(&text.len()) && text.bytes().all(known)
        };
        if !is_name(issuer) || !is_name(kid) {
            return Err(KeyFileError::Other);
        }
        let bytes: &[u8; 32] = bytes.try_into().map_err(|_| KeyFileError::Other)?;
        let inner = VerifyingKey::from_bytes(bytes).map_err(|_| KeyFileError::Other)?;
        if inner.is_weak() {
            return Err(KeyFileError::Weak);
        }
        Ok(Self { issuer: issuer.to_owned(), kid: kid.to_owned(), inner })
    }

    /// Reads its file.
    ///
    /// # Errors
    /// See [`KeyFileError`].
    pub fn read(file: &[u8]) -> Result<Self, KeyFileError> {
        if file.len() > SMALL_LIMIT {
            return Err(KeyFileError::Other);
        }
        serde_json::from_slice::<Jwk>(file).map_err(|_| KeyFileError::Other)?.key()
    }

    /// Its file: a JWK with the issuer beside it.
    pub fn file(&self) -> String {
        // Texts always serialise.
        serde_json::to_string_pretty(&self.jwk()).unwrap_or_default()
    }

    pub(crate) fn jwk(&self) -> Jwk {
        Jwk {
            kty: "OKP".into(),
            crv: "Ed25519".into(),
            x: jws::encode(self.inner.as_bytes()),
            kid: self.kid.clone(),
            alg: jws::ALGORITHM.into(),
            usage: "sig".into(),
            iss: self.issuer.clone(),
        }
    }

    /// Whose it is: the claim `iss` of every bundle that it signs.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// Its name.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// 32 bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        self.inner.as_bytes()
    }

    /// What people compare: of issuer, name and key.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(&[
            b"signalbox signing key/v1",
            self.issuer.as_bytes(),
            self.kid.as_bytes(),
            self.bytes(),
        ])
    }

    pub(crate) fn inner(&self) -> &VerifyingKey {
        &self.inner
    }
}

impl Jwk {
    pub(crate) fn key(&self) -> Result<PublicKey, KeyFileError> {
        let known = (self.kty.as_str(), self.crv.as_str(), self.alg.as_str(), self.usage.as_str());
        if known != ("OKP", "Ed25519", jws::ALGORITHM, "sig") {
            return Err(KeyFileError::Other);
        }
        let bytes = jws::decode(&self.x, 44).ok_or(KeyFileError::Other)?;
        PublicKey::kept(&self.iss, &self.kid, &bytes)
    }
}
