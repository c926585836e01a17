//! The public keys of an existing application, from a file: a JWKS (RFC 7517), or one key in PEM. Each key has one algorithm, which
//! stands beside it or follows from its kind; a token's own word for it is only compared. No address is ever fetched.

use std::{
    collections::HashSet,
    fs::File,
    io::{self, Read},
    path::Path,
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, DecodingKey};
use rustls::pki_types::{SubjectPublicKeyInfoDer, pem::PemObject};
use serde::Deserialize;

/// Largest file that is read, in bytes.
const MOST_BYTES: u64 = 256 * 1024;
const MOST_KEYS: usize = 64;
/// Bytes of the smallest RSA modulus that is believed: 2,048 bits (NIST SP 800-131A).
const LEAST_MODULUS: usize = 256;

/// Why a file of keys cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum KeysError {
    #[error("the file of the issuer's keys cannot be read: {0}")]
    File(io::ErrorKind),
    #[error("the file of the issuer's keys holds neither a JWKS nor a public key in PEM")]
    Form,
    #[error("the file of the issuer's keys holds none that tokens are signed with")]
    Empty,
    #[error("the file of the issuer's keys holds more than 64")]
    Many,
    #[error("the file of the issuer's keys holds a private key")]
    Private,
    #[error("the file of the issuer's keys holds a secret of a HMAC, which whoever knows it could sign with")]
    Symmetric,
    #[error("two keys of the JWKS have one `kid`, or one of several has none")]
    Kid,
    #[error("a key is RSA of less than 2,048 bits")]
    Short,
    #[error("a key has an algorithm that it is not for, or one that is not offered")]
    Algorithm,
}

impl KeysError {
    pub(crate) fn advice(&self) -> &'static str {
        match self {
            Self::File(_) => "Let the server's user read it, or name another file.",
            Self::Private => {
                "Write the public half alone into it, and replace the key: others may have read it."
            }
            Self::Symmetric => {
                "Let the application sign with RS256, ES256 or EdDSA, and name the file with its public keys."
            }
            Self::Kid => "Give each key a `kid` of its own.",
            Self::Short => "Let the application sign with a longer key, or with ES256 or EdDSA.",
            Self::Algorithm => {
                "Use RS256 to RS512, PS256 to PS512, ES256, ES384 or EdDSA, each with a key of its kind."
            }
            Self::Form | Self::Empty | Self::Many => {
                "Name what the application shows as its jwks_uri, saved to a file, or its public key in PEM."
            }
        }
    }
}

/// One key, and the one algorithm that it verifies.
pub(crate) struct Key {
    kid: Option<String>,
    pub(crate) decoding: DecodingKey,
    pub(crate) algorithm: Algorithm,
}

/// All keys of a file.
pub(crate) struct IssuerKeys {
    keys: Vec<Key>,
    /// A single key in PEM has no name, so a token's is not asked.
    is_unnamed: bool,
}

#[derive(Deserialize)]
struct Jwks {
    keys: Vec<Jwk>,
}

#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
    d: Option<serde_json::Value>,
    k: Option<serde_json::Value>,
}

impl IssuerKeys {
    pub(crate) fn read(path: &Path) -> Result<Self, KeysError> {
        let of = |error: io::Error| KeysError::File(error.kind());
        let mut bytes = Vec::new();
        File::open(path).map_err(of)?.take(MOST_BYTES).read_to_end(&mut bytes).map_err(of)?;
        Self::parse(&bytes)
    }

    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, KeysError> {
        let text = std::str::from_utf8(bytes).map_err(|_| KeysError::Form)?.trim();
        if text.starts_with("-----BEGIN") { Self::of_pem(text) } else { Self::of_jwks(text) }
    }

    fn of_pem(text: &str) -> Result<Self, KeysError> {
        if text.contains("PRIVATE KEY-----") {
            return Err(KeysError::Private);
        }
        let der = SubjectPublicKeyInfoDer::from_pem_slice(text.as_bytes()).map_err(|_| KeysError::Form)?;
        let (decoding, algorithm) = of_der(der.as_ref())?;
        Ok(Self { keys: vec![Key { kid: None, decoding, algorithm }], is_unnamed: true })
    }

    fn of_jwks(text: &str) -> Result<Self, KeysError> {
        let set: Jwks = serde_json::from_str(text).map_err(|_| KeysError::Form)?;
        if set.keys.len() > MOST_KEYS {
            return Err(KeysError::Many);
        }
        let mut keys = Vec::new();
        for jwk in set.keys {
            if jwk.kty == "oct" || jwk.k.is_some() {
                return Err(KeysError::Symmetric);
            }
            if jwk.d.is_some() {
                return Err(KeysError::Private);
            }
            // Keys to encrypt to stand in the same file.
            if jwk.purpose.as_deref().is_none_or(|purpose| purpose == "sig") {
                keys.push(jwk.key()?);
            }
        }
        let names: HashSet<&str> = keys.iter().filter_map(|key| key.kid.as_deref()).collect();
        match keys.len() {
            0 => Err(KeysError::Empty),
            count if count > 1 && names.len() < count => Err(KeysError::Kid),
            _ => Ok(Self { keys, is_unnamed: false }),
        }
    }

    /// The key that a token names; the only one there is, for a token that names none.
    pub(crate) fn find(&self, kid: Option<&str>) -> Option<&Key> {
        match (self.keys.as_slice(), kid) {
            ([only], None) => Some(only),
            ([only], Some(_)) if self.is_unnamed => Some(only),
            (keys, Some(kid)) => keys.iter().find(|key| key.kid.as_deref() == Some(kid)),
            (_, None) => None,
        }
    }
}

/// A SubjectPublicKeyInfo (RFC 5280, section 4.1) of the kinds that are offered is its key behind bytes that are always the same.
fn of_der(der: &[u8]) -> Result<(DecodingKey, Algorithm), KeysError> {
    const ED25519: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
    const P256: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    const P384: [u8; 23] = [
        0x30, 0x76, 0x30, 0x10, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x05, 0x2b, 0x81,
        0x04, 0x00, 0x22, 0x03, 0x62, 0x00,
    ];
    /// Behind the whole's length, and before the key's.
    const RSA: [u8; 15] =
        [0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00];
    if let Some(key) = der.strip_prefix(&ED25519).filter(|key| key.len() == 32) {
        return Ok((DecodingKey::from_ed_der(key), Algorithm::EdDSA));
    }
    if let Some(key) = der.strip_prefix(&P256).filter(|key| key.len() == 65) {
        return Ok((DecodingKey::from_ec_der(key), Algorithm::ES256));
    }
    if let Some(key) = der.strip_prefix(&P384).filter(|key| key.len() == 97) {
        return Ok((DecodingKey::from_ec_der(key), Algorithm::ES384));
    }
    let of_rsa = |der: &[u8]| der.windows(RSA.len()).take(8).any(|bytes| bytes == RSA);
    // 0x82: two bytes of length follow, which a key that is long enough needs.
    match der {
        [0x30, 0x82, _, _, rest @ ..] if rest.starts_with(&RSA) => match &rest[RSA.len()..] {
            [0x03, 0x82, _, _, 0x00, key @ ..] if key.len() > LEAST_MODULUS => {
                Ok((DecodingKey::from_rsa_der(key), Algorithm::RS256))
            }
            _ => Err(KeysError::Short),
        },
        der if of_rsa(der) => Err(KeysError::Short),
        _ => Err(KeysError::Algorithm),
    }
}

impl Jwk {
    fn key(self) -> Result<Key, KeysError> {
        let part = |part: &Option<String>| part.clone().ok_or(KeysError::Form);
        let is = |curve: &str| self.crv.as_deref() == Some(curve);
        let (decoding, offered): (_, &[Algorithm]) = match self.kty.as_str() {
            "RSA" => {
                let (n, e) = (part(&self.n)?, part(&self.e)?);
                let modulus = URL_SAFE_NO_PAD.decode(&n).map_err(|_| KeysError::Form)?;
                if modulus.iter().skip_while(|byte| **byte == 0).count() < LEAST_MODULUS {
                    return Err(KeysError::Short);
                }
                use Algorithm::{PS256, PS384, PS512, RS256, RS384, RS512};
                (DecodingKey::from_rsa_components(&n, &e), &[RS256, RS384, RS512, PS256, PS384, PS512])
            }
            "EC" if is("P-256") || is("P-384") => {
                let key = DecodingKey::from_ec_components(&part(&self.x)?, &part(&self.y)?);
                (key, if is("P-256") { &[Algorithm::ES256] } else { &[Algorithm::ES384] })
            }
            "OKP" if is("Ed25519") => (DecodingKey::from_ed_components(&part(&self.x)?), &[Algorithm::EdDSA]),
            _ => return Err(KeysError::Algorithm),
        };
        let named =
            self.alg.as_deref().map(|name| name.parse::<Algorithm>().map_err(|_| KeysError::Algorithm));
        let first = offered.first().copied().ok_or(KeysError::Algorithm)?;
        let algorithm = named.transpose()?.unwrap_or(first);
        if !offered.contains(&algorithm) {
            return Err(KeysError::Algorithm);
        }
        Ok(Key { kid: self.kid, decoding: decoding.map_err(|_| KeysError::Form)?, algorithm })
    }
}
