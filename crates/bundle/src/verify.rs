//! Whether a bundle is to be believed: first by whom it is, then whether it is ours and newest, then what is in it.

use model::Timestamp;
use share::{Identity, Opener};
use uuid::Uuid;

use crate::{
    BUNDLE_LIMIT, Contents, ContentsError, Fingerprint, MOST_DAYS, PublicKey,
    claims::{Claims, FORMAT, Head, KIND, SERIAL_LIMIT},
    contents::Outer,
    jws::{ALGORITHM, Parts},
};

/// Clocks may differ by so much, in seconds. Not at the end: what has expired has.
const LEEWAY_S: i64 = 60;

/// Whom a bundle has to be for, and what it has to be newer than.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The server's identity.
    pub server_id: &'a str,
    /// Now. Read once.
    pub now: Timestamp,
    /// The highest serial that was accepted of this issuer; 0 for none.
    pub serial: u64,
}

/// Why a bundle is refused. Ordered as they are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Above [`BUNDLE_LIMIT`].
    #[error("this file is too large to be a bundle")]
    TooLarge,
    /// Not three parts of base64url, or a header with more or less than it has to have.
    #[error("this is no bundle of Signalbox")]
    Shape,
    /// `none`, a HMAC, or anything else but EdDSA.
    #[error("this bundle is signed by an algorithm that is not accepted")]
    Algorithm,
    /// Signed by somebody who is not trusted here.
    #[error("this bundle is signed by a key that is not trusted here")]
    UnknownKey,
    /// The signature is not that key's.
    #[error("the signature of this bundle is not genuine")]
    Signature,
    /// A later version made it.
    #[error("a newer version of Signalbox made this bundle")]
    TooNew,
    /// A claim that is missing, unknown, there twice, or of another kind.
    #[error("this bundle is signed, and says something that is not understood")]
    Claims,
    /// Made for another server.
    #[error("this bundle was made for another server")]
    OtherServer,
    /// It begins later than now.
    #[error("this bundle is not good yet")]
    NotYet,
    /// It was good until before now.
    #[error("this bundle has expired")]
    Expired,
    /// It, or one after it, was accepted before.
    #[error("this bundle is not newer than number {accepted}, which was accepted before")]
    OldSerial {
        /// The highest that was accepted.
        accepted: u64,
    },
}

/// Why a verified bundle did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Its seal is for somebody else, although it says that it is for this server.
    #[error("what is in this bundle was sealed for another server")]
    OtherRecipient,
    /// The seal is broken.
    #[error("what is in this bundle is damaged")]
    Damaged,
    /// What was sealed belongs to another bundle.
    #[error("what is in this bundle was sealed for another bundle")]
    Swapped,
    /// It opened, and is nothing to serve by.
    #[error(transparent)]
    Contents(#[from] ContentsError),
}

/// A bundle whose signature is that of a trusted key. Whether it is for here and now is not judged yet.
#[derive(Debug)]
pub struct Signed {
    claims: Claims,
    kid: String,
    fingerprint: Fingerprint,
}

/// A bundle that may be applied.
#[derive(Debug)]
pub struct Verified(Signed);

/// Who signed a bundle, and what it says.
///
/// # Errors
/// See [`VerifyError`], down to [`VerifyError::Claims`].
pub fn read(file: &[u8], trusted: &[PublicKey]) -> Result<Signed, VerifyError> {
    if file.len() > BUNDLE_LIMIT {
        return Err(VerifyError::TooLarge);
    }
    let text = std::str::from_utf8(file).map_err(|_| VerifyError::Shape)?;
    let parts = Parts::of(text).ok_or(VerifyError::Shape)?;
    if parts.header.alg != ALGORITHM {
        return Err(VerifyError::Algorithm);
    }
    if parts.header.typ != KIND {
        return Err(VerifyError::Shape);
    }
    // Two vaults may call a key the same.
    let mut named = trusted.iter().filter(|key| key.kid() == parts.header.kid).peekable();
    if named.peek().is_none() {
        return Err(VerifyError::UnknownKey);
    }
    let key = named.find(|key| parts.is_signed_by(key)).ok_or(VerifyError::Signature)?;
    let payload = parts.payload().ok_or(VerifyError::Claims)?;
    let head: Head = serde_json::from_slice(&payload).map_err(|_| VerifyError::Claims)?;
    if head.format > FORMAT {
        return Err(VerifyError::TooNew);
    }
    let claims: Claims = serde_json::from_slice(&payload).map_err(|_| VerifyError::Claims)?;
    let is_sound = claims.format == FORMAT
        && claims.iss == key.issuer()
        && (1..=SERIAL_LIMIT).contains(&claims.serial)
        && claims.prev < claims.serial
        && claims.iat <= claims.nbf
        && claims.nbf < claims.exp
        && claims.exp.saturating_sub(claims.iat) <= i64::from(MOST_DAYS) * 86_400;
    if !is_sound {
        return Err(VerifyError::Claims);
    }
    Ok(Signed { claims, kid: parts.header.kid, fingerprint: Fingerprint::of(&[file]) })
}

impl Signed {
    /// Whether it is for this server, good now, and newer than what was accepted.
    ///
    /// # Errors
    /// See [`VerifyError`], from [`VerifyError::OtherServer`] on.
    pub fn expect(self, expected: &Expected) -> Result<Verified, VerifyError> {
        let now = expected.now.0.div_euclid(1_000);
        match &self.claims {
            claims if claims.aud != expected.server_id => Err(VerifyError::OtherServer),
            claims if claims.nbf > now.saturating_add(LEEWAY_S) => Err(VerifyError::NotYet),
            claims if claims.exp <= now => Err(VerifyError::Expired),
            claims if claims.serial <= expected.serial => {
                Err(VerifyError::OldSerial { accepted: expected.serial })
            }
            _ => Ok(Verified(self)),
        }
    }

    /// Whose it is.
    pub fn issuer(&self) -> &str {
        &self.claims.iss
    }

    /// The name of the key that signed it.
    pub fn kid(&self) -> &str {
        &self.kid
    }

    /// The identity of the server that it is for.
    pub fn server_id(&self) -> &str {
        &self.claims.aud
    }

    /// Its number.
    pub fn serial(&self) -> u64 {
        self.claims.serial
    }

    /// The number of the one before it for this server; 0 for none.
    pub fn previous(&self) -> u64 {
        self.claims.prev
    }

    /// Its own identity.
    pub fn id(&self) -> Uuid {
        self.claims.jti
    }

    /// When it was made.
    pub fn issued_at(&self) -> Timestamp {
        Timestamp(self.claims.iat.saturating_mul(1_000))
    }

    /// Until when it may be applied.
    pub fn expires_at(&self) -> Timestamp {
        Timestamp(self.claims.exp.saturating_mul(1_000))
    }

    /// What people compare: of the whole text.
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// What is in it. For what was verified before and kept; anything else goes through [`Signed::expect`].
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(&self, identity: &Identity) -> Result<Contents, OpenError> {
        let sealed = self.claims.sealed.as_bytes();
        let plain = share::open_bytes(sealed, &Opener::Identity(identity)).map_err(|error| match error {
            share::OpenError::OtherRecipient => OpenError::OtherRecipient,
            _ => OpenError::Damaged,
        })?;
        let outer = Outer { iss: &self.claims.iss, aud: &self.claims.aud, serial: self.claims.serial };
        match Contents::read(&plain, outer)? {
            (contents, true) => Ok(contents),
            (_, false) => Err(OpenError::Swapped),
        }
    }
}

impl Verified {
    /// What it says.
    pub fn signed(&self) -> &Signed {
        &self.0
    }

    /// What is in it.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub fn open(&self, identity: &Identity) -> Result<Contents, OpenError> {
        self.0.open(identity)
    }
}

impl VerifyError {
    /// What to do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::TooLarge | Self::Shape => {
                "Choose the file that Signalbox exported; it ends in .sbundle. Copy it again if it was cut on its way."
            }
            Self::Algorithm | Self::Signature | Self::Claims => {
                "Do not use it, and find out where it comes from. Export a new one on the desktop."
            }
            Self::UnknownKey => {
                "Trust the desktop's signing key first, after comparing its fingerprint, or use a bundle of a desktop that is trusted."
            }
            Self::TooNew => "Update this program, then try again.",
            Self::OtherServer => "Export a bundle for this server; its identity file says which one it is.",
            Self::NotYet => "Set the clocks of both computers, then export a new one.",
            Self::Expired => "Export a new one on the desktop. What the server serves by goes on meanwhile.",
            Self::OldSerial { .. } => {
                "Export a new one on the desktop: an older file never comes back. If the desktop's vault was restored from a backup, import this server's identity file again first."
            }
        }
    }
}

impl OpenError {
    /// What to do about it.
    pub fn advice(&self) -> &'static str {
        match self {
            Self::OtherRecipient => {
                "Import this server's identity file on the desktop again, then export a new bundle."
            }
            Self::Damaged | Self::Swapped | Self::Contents(_) => {
                "Do not use it, and find out where it comes from. Export a new one on the desktop."
            }
        }
    }
}
