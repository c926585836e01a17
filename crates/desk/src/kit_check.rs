//! Who has just been given a recovery kit types two of its words, at places that nobody can guess beforehand: a box to
//! tick is ticked by everybody.

use std::sync::PoisonError;

use model::{Failure, FailureCode, Secret};

use crate::{Desk, Host, failures};

const WORDS: u8 = 24;

/// Two places of a kit and what stands there. It is forgotten when it was answered, and when the vault locks.
pub(crate) struct KitCheck {
    words: [Secret; 2],
}

impl<H: Host> Desk<H> {
    /// Chooses two places, in rising order from 1, and keeps what stands there.
    pub(crate) fn ask_for_words(&self, kit: &Secret) -> Result<[usize; 2], Failure> {
        let [first, second] = places()?;
        let word = |place: usize| Secret::new(kit.expose().split(' ').nth(place - 1).unwrap_or_default());
        let check = KitCheck { words: [word(first), word(second)] };
        *self.kit_check.lock().unwrap_or_else(PoisonError::into_inner) = Some(check);
        Ok([first, second])
    }

    /// Whether these are the words that were asked for. If they are, they are not asked for again.
    pub(crate) fn answer_words(&self, typed: &[Secret; 2]) -> Result<(), Failure> {
        let mut asked = self.kit_check.lock().unwrap_or_else(PoisonError::into_inner);
        let check = asked.as_ref().ok_or_else(failures::locked)?;
        let wrong = check.words.iter().zip(typed).position(|(word, typed)| !is_word(word, typed));
        match wrong {
            None => {
                *asked = None;
                Ok(())
            }
            Some(place) => Err(wrong_word(place)),
        }
    }

    /// A kit that was not checked stays unchecked.
    pub(crate) fn forget_words(&self) {
        *self.kit_check.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// As people type: any case, blanks around it, and no more than the first four letters, by which all words differ.
fn is_word(word: &Secret, typed: &Secret) -> bool {
    let (word, typed) = (word.expose(), typed.expose().trim());
    let long_enough = typed.len() >= word.len().min(4);
    long_enough && word.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed))
}

fn wrong_word(place: usize) -> Failure {
    let message = if place == 0 { "the first word is another one" } else { "the second word is another one" };
    Failure::new(FailureCode::WrongPassword, message, "Look at your copy, and count the words from 1.")
}

fn places() -> Result<[usize; 2], Failure> {
    let one = place()?;
    loop {
        let other = place()?;
        if one != other {
            return Ok([one.min(other), one.max(other)]);
        }
    }
}

/// 1 to 24, each as likely as the others.
fn place() -> Result<usize, Failure> {
    const BELOW: u8 = u8::MAX / WORDS * WORDS;
    loop {
        let mut byte = [0];
        getrandom::fill(&mut byte).map_err(|_| failures::create(vault::RandomError.into()))?;
        if byte[0] < BELOW {
            return Ok(usize::from(byte[0] % WORDS) + 1);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn places_differ_rise_and_come_from_the_whole_kit() {
        let mut seen = BTreeSet::new();
        for _ in 0..2_000 {
            let [first, second] = places().unwrap();
            assert!(first < second);
            seen.extend([first, second]);
        }
        assert_eq!(seen.into_iter().collect::<Vec<_>>(), (1..=24).collect::<Vec<_>>());
    }

    #[test]
    fn a_word_is_known_by_its_first_four_letters_and_by_no_fewer() {
        let is = |word: &str, typed: &str| is_word(&Secret::new(word), &Secret::new(typed));
        assert!(is("absurd", " Absurd ") && is("absurd", "absu") && is("act", "act"));
        assert!(!is("absurd", "abs") && !is("absurd", "absurdly") && !is("act", "ac") && !is("act", ""));
    }
}
