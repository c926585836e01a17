//! From one signing key to the next: a statement that both sign. The old one says that the new one may follow it, the new one that
//! whoever made the statement has it. JWS in JSON (RFC 7515, section 7.2.1) with two signatures.

use model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    PublicKey, SMALL_LIMIT, SigningKey,
    jws::{self, ALGORITHM, Header},
    keys::Jwk,
};

const KIND: &str = "signalbox-key-change+jwt";
const FORMAT: u32 = 1;

/// A change that both keys signed.
#[derive(Debug)]
pub struct KeyChange {
    /// The name of the key that is trusted no more.
    pub old_kid: String,
    /// The key that takes its place.
    pub new: PublicKey,
    /// When it was stated.
    pub stated_at: Timestamp,
}

/// Why a statement is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChangeError {
    /// Above [`SMALL_LIMIT`], no JSON, not these members, or not two signatures.
    #[error("this is no change of signing keys from Signalbox")]
    Other,
    /// The old key is not trusted here.
    #[error("this change of signing keys is stated by a key that is not trusted here")]
    UnknownKey,
    /// One of the two signatures is not genuine.
    #[error("a signature of this change of signing keys is not genuine")]
    Signature,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Statement {
    payload: String,
    signatures: Vec<One>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct One {
    protected: String,
    signature: String,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    format: u32,
    iss: String,
    iat: i64,
    old: String,
    new: Jwk,
}

impl KeyChange {
    /// The statement's file. Both keys are of one issuer.
    pub fn state(old: &SigningKey, new: &SigningKey, at: Timestamp) -> String {
        let said = Said {
            format: FORMAT,
            iss: old.public().issuer().to_owned(),
            iat: at.0.div_euclid(1_000),
            old: old.public().kid().to_owned(),
            new: new.public().jwk(),
        };
        // Texts and numbers always serialise.
        let payload = jws::encode(&serde_json::to_vec(&said).unwrap_or_default());
        let one = |key: &SigningKey| {
            let protected = Header::of(key, KIND).encoded();
            let signature = jws::sign(key, &format!("{protected}.{payload}"));
            One { protected, signature }
        };
        let signatures = vec![one(old), one(new)];
        serde_json::to_string_pretty(&Statement { payload, signatures }).unwrap_or_default()
    }

    /// Reads one, and believes it if a trusted key and the new one both signed it.
    ///
    /// # Errors
    /// See [`ChangeError`].
    pub fn read(file: &[u8], trusted: &[PublicKey]) -> Result<Self, ChangeError> {
        if file.len() > SMALL_LIMIT {
            return Err(ChangeError::Other);
        }
        let statement: Statement = serde_json::from_slice(file).map_err(|_| ChangeError::Other)?;
        let [by_old, by_new] = statement.signatures.as_slice() else { return Err(ChangeError::Other) };
        let payload = jws::decode(&statement.payload, SMALL_LIMIT).ok_or(ChangeError::Other)?;
        let said: Said = serde_json::from_slice(&payload).map_err(|_| ChangeError::Other)?;
        let new = said.new.key().map_err(|_| ChangeError::Other)?;
        if said.format != FORMAT || new.issuer() != said.iss || new.kid() == said.old {
            return Err(ChangeError::Other);
        }
        let old = trusted.iter().find(|key| key.kid() == said.old && key.issuer() == said.iss);
        let old = old.ok_or(ChangeError::UnknownKey)?;
        if old.bytes() == new.bytes() {
            return Err(ChangeError::Other);
        }
        if !by_old.is_by(old, &statement.payload) || !by_new.is_by(&new, &statement.payload) {
            return Err(ChangeError::Signature);
        }
        let stated_at = Timestamp(said.iat.saturating_mul(1_000));
        Ok(Self { old_kid: said.old, new, stated_at })
    }
}

impl One {
    fn is_by(&self, key: &PublicKey, payload: &str) -> bool {
        let Some(header) = Header::decoded(&self.protected) else { return false };
        let Some(signature) = jws::signature(&self.signature) else { return false };
        let named = header.alg == ALGORITHM && header.typ == KIND && header.kid == key.kid();
        named && jws::is_signed(key, &format!("{}.{payload}", self.protected), &signature)
    }
}
