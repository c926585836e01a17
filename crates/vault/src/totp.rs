//! The second factor: one-time codes by RFC 6238 (SHA-1, 6 digits, 30 s, one step early or late), and the recovery codes for
//! when the app that makes them is lost. Whether a code was used before is the store's to say.

use model::Secret;
use sha2::{Digest, Sha256};
use totp_rs::{Algorithm, Builder, Totp};
use zeroize::Zeroizing;

use crate::random::{RandomError, make_bytes};

/// Bytes of a secret, as RFC 4226 recommends for SHA-1.
const SECRET_BYTES: usize = 20;
const ISSUER: &str = "Signalbox";
/// Of a recovery code: 16 letters of 5 bits, so that a plain hash is no help to a guesser.
const CODE_BYTES: usize = 10;
const CODE_LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
const CODE_CONTEXT: &[u8] = b"signalbox recovery code v1\0";

/// How many recovery codes there are at once.
pub const RECOVERY_CODES: usize = 10;

/// What an authenticator app and the vault share.
pub struct TotpSecret(Zeroizing<Vec<u8>>);

/// A recovery code as it is kept: enough to know it again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HashedCode {
    /// Random.
    pub salt: [u8; 16],
    /// SHA-256 over context, salt and the code without its dashes.
    pub hash: [u8; 32],
}

impl TotpSecret {
    /// A new one.
    ///
    /// # Errors
    /// The operating system gave no random numbers.
    pub fn make() -> Result<Self, RandomError> {
        Ok(Self(Zeroizing::new(make_bytes::<SECRET_BYTES>()?.to_vec())))
    }

    pub(crate) fn from_bytes(bytes: Zeroizing<Vec<u8>>) -> Self {
        Self(bytes)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// As a person types it into an app: base32, 32 letters.
    pub fn base32(&self) -> Zeroizing<String> {
        Zeroizing::new(totp_rs::Secret::new(self.0.as_slice().into()).to_base32())
    }

    /// As an app reads it from a picture: `otpauth://totp/…`. `account` is shown there.
    pub fn uri(&self, account: &str) -> Zeroizing<String> {
        let account: String = account.chars().filter(|letter| *letter != ':').collect();
        let named = if account.is_empty() { "vault".to_owned() } else { account };
        let totp = self.builder(6).with_account_name(named).with_issuer(Some(ISSUER)).build();
        // Issuer and account are without colons and not empty, which is all that it could refuse.
        Zeroizing::new(totp.and_then(|totp| totp.to_url()).unwrap_or_default())
    }

    /// Of which step a code is, if it is of the present one, the one before, or the one after. `unix_s` is the wall clock.
    pub fn step_of(&self, code: &Secret, unix_s: u64) -> Option<u64> {
        let digits: Zeroizing<String> =
            Zeroizing::new(code.expose().chars().filter(|letter| !letter.is_whitespace()).collect());
        let well_formed = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_digit());
        // No clock of people comes near the end of a u64; the crate adds one step to it.
        let time = unix_s.min(u64::MAX / 4);
        well_formed.then(|| self.totp(6).check(&digits, time)).flatten()
    }

    fn totp(&self, digits: u8) -> Totp {
        self.builder(digits).build_noncompliant()
    }

    fn builder(&self, digits: u8) -> Builder {
        Builder::new()
            .with_algorithm(Algorithm::SHA1)
            .with_digits(digits)
            .with_skew(1)
            .with_step_duration(30)
            .with_secret(self.0.to_vec())
    }
}

/// New recovery codes for a person to keep, and what is kept of them here.
///
/// # Errors
/// The operating system gave no random numbers.
pub fn make_recovery_codes() -> Result<Vec<(Zeroizing<String>, HashedCode)>, RandomError> {
    (0..RECOVERY_CODES)
        .map(|_| {
            let code = spelled(&*make_bytes::<CODE_BYTES>()?);
            let salt = *make_bytes::<16>()?;
            let hash = hash(&salt, &code);
            Ok((code, HashedCode { salt, hash }))
        })
        .collect()
}

impl HashedCode {
    /// Whether what was typed has a recovery code's letters, so that it is worth a look. Codes of an app never have.
    pub fn is_like(code: &Secret) -> bool {
        let text = code.expose();
        text.len() <= 64 && text.bytes().filter(u8::is_ascii_alphanumeric).count() == CODE_BYTES * 8 / 5
    }

    /// Whether a typed code is this one; dashes, blanks and capitals do not matter.
    pub fn is_of(&self, code: &Secret) -> bool {
        code.expose().len() <= 64 && hash(&self.salt, code.expose()) == self.hash
    }
}

fn hash(salt: &[u8; 16], code: &str) -> [u8; 32] {
    let plain: Zeroizing<String> = Zeroizing::new(
        code.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect(),
    );
    Sha256::new()
        .chain_update(CODE_CONTEXT)
        .chain_update(salt)
        .chain_update(plain.as_bytes())
        .finalize()
        .into()
}

/// `abcd-efgh-ijkl-mnop`.
fn spelled(bytes: &[u8; CODE_BYTES]) -> Zeroizing<String> {
    let mut text = Zeroizing::new(String::with_capacity(20));
    let bits = |place: usize| {
        (0..5).fold(0_usize, |number, bit| {
            let at = place * 5 + bit;
            number * 2 + usize::from(bytes[at / 8] >> (7 - at % 8) & 1)
        })
    };
    for place in 0..CODE_BYTES * 8 / 5 {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        text.push(char::from(CODE_LETTERS[bits(place)]));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rfc() -> TotpSecret {
        TotpSecret::from_bytes(Zeroizing::new(b"12345678901234567890".to_vec()))
    }

    /// RFC 6238, appendix B, the rows for SHA-1: seconds since 1970 and eight digits.
    const VECTORS: [(u64, &str); 6] = [
        (59, "94287082"),
        (1_111_111_109, "07081804"),
        (1_111_111_111, "14050471"),
        (1_234_567_890, "89005924"),
        (2_000_000_000, "69279037"),
        (20_000_000_000, "65353130"),
    ];

    #[test]
    fn codes_are_those_of_rfc_6238() {
        for (time, code) in VECTORS {
            assert_eq!(rfc().totp(8).generate(time).to_string(), code, "{time}");
            // Six digits are the last six of eight.
            let step = rfc().step_of(&Secret::new(&code[2..]), time);
            assert_eq!(step, Some(time / 30), "{time}");
        }
    }

    #[test]
    fn a_code_is_accepted_one_step_early_or_late_and_no_more() {
        let code = Secret::new("287082");
        let accepted = |time| rfc().step_of(&code, time);
        assert_eq!([accepted(0), accepted(30), accepted(89)], [Some(1); 3]);
        assert_eq!([accepted(90), accepted(u64::MAX)], [None, None]);
    }

    #[test]
    fn what_is_no_code_is_none() {
        for wrong in ["", "28708", "2870822", "28708a", "２87082", "-87082", &"1".repeat(1_000_000)] {
            assert_eq!(rfc().step_of(&Secret::new(wrong), 59), None, "{wrong:.20}");
        }
        assert_eq!(rfc().step_of(&Secret::new(" 287 082 "), 59), Some(1));
    }

    #[test]
    fn an_app_is_told_the_secret_and_whose_it_is() {
        let uri = rfc().uri("a:d min");
        assert!(uri.starts_with("otpauth://totp/Signalbox:ad%20min?"), "{}", *uri);
        assert!(uri.contains("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"), "{}", *uri);
        assert!(uri.contains("issuer=Signalbox"), "{}", *uri);
        assert_eq!(*rfc().base32(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
    }

    #[test]
    fn recovery_codes_and_those_of_an_app_are_told_apart_by_their_form() {
        for (code, _) in make_recovery_codes().unwrap() {
            let typed = Secret::new(code.to_uppercase().replace('-', " "));
            assert!(HashedCode::is_like(&Secret::new(&*code)) && HashedCode::is_like(&typed));
        }
        for other in ["", "123456", " 287 082 ", "abcd-efgh-ijkl-mno", &"a".repeat(1_000_000)] {
            assert!(!HashedCode::is_like(&Secret::new(other)), "{other:.20}");
        }
    }

    #[test]
    fn each_recovery_code_is_known_again_however_it_is_typed_and_no_other_is() {
        let codes = make_recovery_codes().unwrap();
        assert_eq!(codes.len(), RECOVERY_CODES);
        for (place, (code, _)) in codes.iter().enumerate() {
            let typed = Secret::new(code.to_uppercase().replace('-', " "));
            let known: Vec<usize> = (0..codes.len()).filter(|other| codes[*other].1.is_of(&typed)).collect();
            assert_eq!(known, [place]);
            assert_eq!(code.len(), 19);
        }
        assert!(!codes[0].1.is_of(&Secret::new("")));
        assert_eq!(*spelled(&[0xff; 10]), "7777-7777-7777-7777");
    }
}
