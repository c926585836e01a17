//! What makes two rows the same where an export has no ids: what they say, and the how-manieth of its like it is in the
//! file. The same rows in another file, in another order or in the other syntax then have the same identities.

use std::collections::HashMap;

use sha2::{Digest, Sha256};

/// A digest of parts, each with its length in front, so that no two lists of parts run together.
pub(crate) struct Says(Sha256);

impl Says {
    pub(crate) fn about(what: &str) -> Self {
        Self(Sha256::new_with_prefix(b"signalbox import 1")).text(Some(what))
    }

    pub(crate) fn text(mut self, text: Option<&str>) -> Self {
        // Nothing is not the same as an empty text.
        self.0.update([u8::from(text.is_some())]);
        let text = text.unwrap_or_default();
        self.0.update((text.len() as u64).to_le_bytes());
        self.0.update(text);
        self
    }

    pub(crate) fn number(self, number: Option<i128>) -> Self {
        self.text(number.map(|number| number.to_string()).as_deref())
    }

    pub(crate) fn digest(self) -> [u8; 32] {
        self.0.finalize().into()
    }
}

/// Counts rows that say the same.
#[derive(Default)]
pub(crate) struct Occurrences(HashMap<[u8; 32], u64>);

impl Occurrences {
    /// The identity of the next row that says this.
    pub(crate) fn next(&mut self, says: [u8; 32]) -> [u8; 32] {
        let count = self.0.entry(says).or_default();
        *count += 1;
        let mut both = Sha256::new_with_prefix(says);
        both.update(count.to_le_bytes());
        both.finalize().into()
    }
}

/// As hexadecimal digits, of which the first 40 tell rows apart.
pub(crate) fn short(digest: [u8; 32]) -> String {
    digest.iter().take(20).map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_together() {
        let of = |one: Option<&str>, two: Option<&str>| Says::about("x").text(one).text(two).digest();
        assert_ne!(of(Some("ab"), Some("c")), of(Some("a"), Some("bc")));
        assert_ne!(of(Some(""), Some("a")), of(None, Some("a")));
    }

    #[test]
    fn the_second_of_its_like_is_another_row_in_every_file() {
        let says = Says::about("x").digest();
        let (mut one, mut other) = (Occurrences::default(), Occurrences::default());
        let first = [one.next(says), one.next(says)];
        assert_ne!(first[0], first[1]);
        assert_eq!(first, [other.next(says), other.next(says)]);
    }
}
