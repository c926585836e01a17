//! A master password as the key derivation sees it: NFKC, so that one password typed on two keyboards is one password.

use model::Secret;
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

/// Fewest bytes of a password after normalisation.
pub(crate) const MIN_BYTES: usize = 12;
/// Most bytes of a password after normalisation.
pub(crate) const MAX_BYTES: usize = 1_024;

/// A password that cannot be used, whatever its strength.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PasswordError {
    /// Fewer than 12 bytes.
    #[error("Use at least 12 characters.")]
    TooShort,
    /// More than 1,024 bytes.
    #[error("Use at most 1,024 bytes; most passwords are far shorter.")]
    TooLong,
    /// zxcvbn expects fewer than 10¹⁴ guesses.
    #[error("This password is too easy to guess. Make it longer, or take the six words.")]
    TooWeak,
}

/// NFKC (Unicode Standard Annex 15) of what was typed, within the bounds.
pub(crate) fn normalise(password: &Secret) -> Result<Zeroizing<String>, PasswordError> {
    // NFKC grows a text at most eighteenfold, and a longer one is refused before it is copied.
    if password.expose().len() > MAX_BYTES * 4 {
        return Err(PasswordError::TooLong);
    }
    let mut normal = Zeroizing::new(String::with_capacity(password.expose().len() * 18));
    normal.extend(password.expose().nfkc());
    match normal.len() {
        0..MIN_BYTES => Err(PasswordError::TooShort),
        MIN_BYTES..=MAX_BYTES => Ok(normal),
        _ => Err(PasswordError::TooLong),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn composed_and_decomposed_letters_are_one_password() {
        let composed = normalise(&Secret::new("Zürich-Straßenbahn")).unwrap();
        let decomposed = normalise(&Secret::new("Zu\u{308}rich-Straßenbahn")).unwrap();
        assert_eq!(*composed, *decomposed);
    }

    #[test]
    fn length_is_bounded_on_both_sides() {
        assert_eq!(normalise(&Secret::new("short")).unwrap_err(), PasswordError::TooShort);
        assert_eq!(normalise(&Secret::new("x".repeat(1_025))).unwrap_err(), PasswordError::TooLong);
        assert_eq!(normalise(&Secret::new("x".repeat(9_000_000))).unwrap_err(), PasswordError::TooLong);
    }
}
