//! Making a bundle: sealed first, then signed, so that the signature covers the ciphertext.

use model::Timestamp;
use share::SealError;
use uuid::Uuid;

use crate::{
    BUNDLE_LIMIT, Contents, ContentsError, MOST_DAYS, ServerFile, SigningKey,
    claims::{Claims, FORMAT, KIND, SERIAL_LIMIT},
    contents::Outer,
    jws,
};

/// What is to be made, beside its contents.
pub struct Order<'a> {
    /// For whom.
    pub server: &'a ServerFile,
    /// Above all before it.
    pub serial: u64,
    /// The serial of the one before it for this server; 0 for the first.
    pub previous: u64,
    /// Now.
    pub issued_at: Timestamp,
    /// At most [`MOST_DAYS`] later.
    pub expires_at: Timestamp,
}

/// Why nothing was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MakeError {
    /// It would be larger than what a server looks at.
    #[error("these are too many configurations for one bundle")]
    TooLarge,
    /// It would be good for longer than [`MOST_DAYS`], or not at all.
    #[error("a bundle is good for at most {MOST_DAYS} days")]
    Expiry,
    /// The serial is not above the one before it.
    #[error("the serial of a bundle only rises")]
    Serial,
    /// What is in it could not be served by.
    #[error(transparent)]
    Contents(#[from] ContentsError),
    /// age refused.
    #[error("the bundle could not be sealed")]
    Seal,
}

/// A bundle's text.
///
/// # Errors
/// See [`MakeError`].
pub fn make(order: &Order, contents: &Contents, key: &SigningKey) -> Result<String, MakeError> {
    contents.check()?;
    let [iat, exp] = [order.issued_at, order.expires_at].map(|at| at.0.div_euclid(1_000));
    if exp <= iat || exp - iat > i64::from(MOST_DAYS) * 86_400 {
        return Err(MakeError::Expiry);
    }
    if order.serial <= order.previous || order.serial > SERIAL_LIMIT {
        return Err(MakeError::Serial);
    }
    let (iss, aud) = (key.public().issuer(), order.server.id.as_str());
    let plain = contents.write(Outer { iss, aud, serial: order.serial });
    let sealed = share::seal_bytes(&plain, &order.server.recipient).map_err(|error| match error {
        SealError::TooLarge => MakeError::TooLarge,
        SealError::Refused => MakeError::Seal,
    })?;
    let claims = Claims {
        iss: iss.to_owned(),
        aud: aud.to_owned(),
        iat,
        nbf: iat,
        exp,
        jti: Uuid::new_v4(),
        serial: order.serial,
        prev: order.previous,
        format: FORMAT,
        sealed: String::from_utf8(sealed).map_err(|_| MakeError::Seal)?,
    };
    // Texts and numbers always serialise.
    let text = jws::compact(key, KIND, &serde_json::to_vec(&claims).unwrap_or_default());
    if text.len() > BUNDLE_LIMIT { Err(MakeError::TooLarge) } else { Ok(text) }
}
