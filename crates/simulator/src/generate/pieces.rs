//! A text in pieces, as a stream sends it.

/// So many pieces of about the same length, or with 0 a piece for each word. At least two where the text allows it, so
/// that every stream has a middle. Together they are the text.
pub(crate) fn pieces(text: &str, count: usize) -> Vec<&str> {
    let words: Vec<&str> = text.split_inclusive(' ').collect();
    match (count, words.len()) {
        (0, 0..2) => even(text, 2),
        (0, _) => words,
        (count, _) => even(text, count),
    }
}

fn even(text: &str, count: usize) -> Vec<&str> {
    let mut rest = text;
    let mut out = Vec::with_capacity(count);
    for left in (1..=count).rev() {
        let piece = &rest[..rest.ceil_char_boundary(rest.len().div_ceil(left))];
        rest = &rest[piece.len()..];
        out.extend((!piece.is_empty()).then_some(piece));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_the_text_again() {
        assert_eq!(pieces("one two three", 0), ["one ", "two ", "three"]);
        assert_eq!(pieces("one", 0), ["on", "e"]);
        assert_eq!(pieces("", 0), [""; 0]);
        assert_eq!(pieces("“”", 2), ["“", "”"]);
        assert_eq!(pieces("one two three", 3).concat(), "one two three");
        assert_eq!(pieces("one two three", 3).len(), 3);
        assert_eq!(pieces("ab", 5), ["a", "b"]);
    }
}
