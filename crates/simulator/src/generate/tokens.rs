//! The rule by which tokens are counted here, so that tests can foretell every number: a quarter of the bytes.

/// Of an image or a document, whatever its size.
pub(super) const OF_A_MEDIUM: u64 = 258;

/// Of thinking, when it was asked for.
pub(super) const OF_THINKING: u64 = 64;

/// A quarter of the bytes, rounded up.
pub(super) fn of_bytes(bytes: usize) -> u64 {
    bytes.div_ceil(4) as u64
}

/// The longest start of the text that has at most so many tokens.
pub(super) fn cut(text: &str, tokens: u64) -> &str {
    let bytes = usize::try_from(tokens).unwrap_or(usize::MAX).saturating_mul(4);
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_between_characters_and_to_its_count() {
        assert_eq!((of_bytes(0), of_bytes(1), of_bytes(8), of_bytes(9)), (0, 1, 2, 3));
        assert_eq!(cut("abcdefgh", 1), "abcd");
        assert_eq!(cut("abc“defgh", 1), "abc");
        assert_eq!(cut("abc", u64::MAX), "abc");
    }
}
