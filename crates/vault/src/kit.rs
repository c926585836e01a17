//! The recovery kit: 256 random bits as 24 words with a checksum (BIP-39's list and checksum, and nothing else of it:
//! the bits themselves are the slot's secret). The words are made here, leave once, and are kept nowhere.

use bip39::{Language, Mnemonic};
use model::Secret;
use zeroize::{Zeroize, Zeroizing};

use crate::random::{RandomError, make_bytes};

/// Words of a kit.
pub const KIT_WORDS: usize = 24;
/// 24 words of eight letters, and a blank behind each.
const TEXT_BYTES: usize = KIT_WORDS * 9;
/// No word of the list is nearly as long.
const LONGEST_WORD: usize = 16;

/// Why words are no recovery kit. Nothing here says what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KitError {
    /// Not 24 of them. Holds how many, 999 at most.
    #[error("there are {0} words, and a recovery kit has 24")]
    Count(usize),
    /// A word is not in the list. Holds its place, from 1.
    #[error("word {0} is not a word of a recovery kit")]
    UnknownWord(usize),
    /// All are in the list, and the checksum says that they do not belong together.
    #[error("these words do not belong together")]
    Checksum,
}

/// The secret of a recovery slot.
pub(crate) struct KitSecret(Zeroizing<[u8; 32]>);

impl KitSecret {
    pub(crate) fn make() -> Result<Self, RandomError> {
        make_bytes().map(Self)
    }

    pub(crate) fn expose(&self) -> &[u8] {
        self.0.as_slice()
    }

    /// The 24 words, lower case, parted by blanks.
    pub(crate) fn words(&self) -> Secret {
        let mut text = String::with_capacity(TEXT_BYTES);
        // 32 bytes are always a mnemonic of 24 words.
        if let Ok(mut mnemonic) = Mnemonic::from_entropy_in(Language::English, self.expose()) {
            for word in mnemonic.words() {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
            mnemonic.zeroize();
        }
        Secret::new(text)
    }

    /// Reads what a person typed: any case, numbers and signs between the words, and words cut after their fourth
    /// letter, by which all words of the list differ.
    pub(crate) fn read(typed: &Secret) -> Result<Self, KitError> {
        let typed = typed.expose();
        let parts = || typed.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        let count = parts().take(999).count();
        if count != KIT_WORDS {
            return Err(KitError::Count(count));
        }
        let mut text = Zeroizing::new(String::with_capacity(TEXT_BYTES));
        for (place, word) in parts().enumerate() {
            let whole = whole_word(word).ok_or(KitError::UnknownWord(place + 1))?;
            if place > 0 {
                text.push(' ');
            }
            text.push_str(whole);
        }
        let mut mnemonic =
            Mnemonic::parse_in_normalized(Language::English, &text).map_err(|_| KitError::Checksum)?;
        let (mut bits, _) = mnemonic.to_entropy_array();
        mnemonic.zeroize();
        let mut secret = Zeroizing::new([0; 32]);
        secret.copy_from_slice(&bits[..32]);
        bits.zeroize();
        Ok(Self(secret))
    }
}

fn whole_word(typed: &str) -> Option<&'static str> {
    if typed.len() > LONGEST_WORD {
        return None;
    }
    let lower = Zeroizing::new(typed.to_lowercase());
    let mut found = Language::English.words_by_prefix_iter(&lower);
    match (found.next(), found.next()) {
        (Some(word), _) if word == *lower => Some(word),
        (Some(word), None) if lower.len() >= 4 => Some(word),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// BIP-39's own vectors for 256 bits: all zeros, all 0x7f, all 0x80, and a random one.
    const VECTORS: [(&str, &str); 4] = [
        (
            "0000000000000000000000000000000000000000000000000000000000000000",
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon art",
        ),
        (
            "7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f7f",
            "legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth useful legal winner thank year wave sausage worth title",
        ),
        (
            "8080808080808080808080808080808080808080808080808080808080808080",
            "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd amount doctor acoustic bless",
        ),
        (
            "f585c11aec520db57dd353c69554b21a89b20fb0650966fa0a9d6f74fd989d8f",
            "void come effort suffer camp survey warrior heavy shoot primary clutch crush open amazing screen patrol group space point ten exist slush involve unfold",
        ),
    ];

    fn read(typed: &str) -> Result<KitSecret, KitError> {
        KitSecret::read(&Secret::new(typed))
    }

    #[test]
    fn the_words_are_those_of_the_standard_and_come_back_as_the_same_bits() {
        for (bits, words) in VECTORS {
            let mut secret = Zeroizing::new([0; 32]);
            hex::decode_to_slice(bits, secret.as_mut_slice()).unwrap();
            assert_eq!(KitSecret(secret).words().expose(), words);
            assert_eq!(hex::encode(read(words).ok().unwrap().expose()), bits);
        }
    }

    #[test]
    fn words_are_read_as_people_copy_them() {
        let (bits, words) = VECTORS[3];
        let numbered: String =
            words.split(' ').enumerate().map(|(at, word)| format!("{}. {word},\n", at + 1)).collect();
        let cut: String = words.split(' ').map(|word| format!("{:.4} ", word.to_uppercase())).collect();
        for typed in [numbered, cut, words.to_uppercase()] {
            assert_eq!(hex::encode(read(&typed).ok().unwrap().expose()), bits, "{typed}");
        }
    }

    #[test]
    fn what_is_wrong_is_said_by_its_place_alone() {
        let words = VECTORS[3].1;
        let error = |typed: &str| read(typed).err().unwrap();
        assert_eq!(error(""), KitError::Count(0));
        assert_eq!(error("void come effort"), KitError::Count(3));
        assert_eq!(error(&words.replace("suffer", "sulfur")), KitError::UnknownWord(4));
        assert_eq!(error(&words.replace("suffer", "survey")), KitError::Checksum);
        assert_eq!(error(&words.replace("suffer", &"s".repeat(100_000))), KitError::UnknownWord(4));
        assert_eq!(error(&"art ".repeat(100_000)), KitError::Count(999));
    }

    #[test]
    fn two_kits_are_never_the_same() {
        let made = || KitSecret::make().ok().unwrap().words().expose().to_owned();
        assert_ne!(made(), made());
    }
}
