//! zxcvbn's judgement of a master password, in words, and six words for those who would rather not think.

mod feedback;

use diceware_wordlists::Wordlist;
use model::{
    Secret,
    vault::{PasswordJudgement, PasswordRule},
};
use zxcvbn::{Entropy, zxcvbn};

use crate::{
    password::{MIN_BYTES, PasswordError, normalise},
    random::{RandomError, make_index},
};

/// Expected guesses, as a power of ten, below which no vault is made.
const ENOUGH: f64 = 14.0;
/// Guesses a second that a server of eight graphics cards makes against our smallest Argon2id cost: each guess
/// moves 64 MiB three times, and memory bandwidth is what binds. Deliberately generous to the attacker.
const GUESSES_PER_SECOND_LOG10: f64 = 5.0;
const YEAR_SECONDS_LOG10: f64 = 7.499;
const WORDS: usize = 6;
const ANOTHER_WORD: &str = "Add another word or two. Uncommon words are better.";

/// How good a password is, for the meter. `user_name` is what an attacker tries first.
pub fn judge_password(password: &Secret, user_name: &str) -> PasswordJudgement {
    let normal = match normalise(password) {
        Ok(normal) => normal,
        Err(error) => return refused(password, error),
    };
    let entropy = zxcvbn(&normal, &[user_name, "signalbox"]);
    let guesses = entropy.guesses_log10();
    let named = holds_name(&normal, user_name);
    let acceptable = guesses >= ENOUGH && !named;
    let (bars, word) = match guesses {
        ..10.0 => (1, "Weak"),
        10.0..ENOUGH => (2, "Fair"),
        ENOUGH..18.0 => (3, "Strong"),
        _ => (4, "Very strong"),
    };
    PasswordJudgement {
        acceptable,
        bars,
        word: word.to_owned(),
        time_to_guess: time_to_guess(guesses),
        advice: if acceptable { Vec::new() } else { advice(&entropy, named) },
        rules: rules([true, guesses >= ENOUGH, !is_leaked(&entropy), !named]),
    }
}

/// Whether a vault may be made with this password, or a file sealed that holds keys.
///
/// # Errors
/// See [`PasswordError`].
pub fn require_strong(password: &Secret, user_name: &str) -> Result<(), PasswordError> {
    normalise(password)?;
    if judge_password(password, user_name).acceptable { Ok(()) } else { Err(PasswordError::TooWeak) }
}

/// Six words of EFF's long list, 77 bits, joined by hyphens.
///
/// # Errors
/// When the operating system gives no random numbers.
pub fn suggest_password() -> Result<String, RandomError> {
    let list = Wordlist::EffLong.get_list();
    let word = |_| Ok(list[make_index(list.len() as u32)? as usize]);
    Ok((0..WORDS).map(word).collect::<Result<Vec<_>, RandomError>>()?.join("-"))
}

fn refused(password: &Secret, error: PasswordError) -> PasswordJudgement {
    let started = !password.is_empty();
    let word = match error {
        PasswordError::TooShort if started => "Too short",
        PasswordError::TooLong => "Too long",
        _ => "",
    };
    PasswordJudgement {
        acceptable: false,
        bars: u8::from(started),
        word: word.to_owned(),
        time_to_guess: String::new(),
        advice: if started { vec![error.to_string()] } else { Vec::new() },
        rules: rules([error == PasswordError::TooLong, false, false, false]),
    }
}

fn rules(holds: [bool; 4]) -> Vec<PasswordRule> {
    let texts = [
        format!("At least {MIN_BYTES} characters"),
        "Hard to guess".to_owned(),
        "Not a common password".to_owned(),
        "Without your user name".to_owned(),
    ];
    texts.into_iter().zip(holds).map(|(text, holds)| PasswordRule { text, holds }).collect()
}

fn is_leaked(entropy: &Entropy) -> bool {
    // One match over the whole password that is cheap to guess is a password out of a list, perhaps decorated.
    entropy.sequence().len() == 1 && entropy.guesses_log10() < 10.0
}

fn holds_name(password: &str, user_name: &str) -> bool {
    user_name.chars().count() >= 4 && password.to_lowercase().contains(&user_name.to_lowercase())
}

fn advice(entropy: &Entropy, named: bool) -> Vec<String> {
    if named {
        return vec!["Leave your user name out: it is what an attacker tries first.".to_owned()];
    }
    entropy.feedback().map_or_else(|| vec![ANOTHER_WORD.to_owned()], feedback::sentences)
}

fn time_to_guess(guesses_log10: f64) -> String {
    // Half of the guesses on average.
    let seconds = guesses_log10 - GUESSES_PER_SECOND_LOG10 - 0.301;
    let years = seconds - YEAR_SECONDS_LOG10;
    match years {
        6.0.. => "millions of years".to_owned(),
        0.0..6.0 => {
            let years = 10f64.powf(years);
            let step = 10f64.powf(years.log10().floor());
            format!("{} years", model::text::group_digits(((years / step).round() * step) as u128))
        }
        _ if seconds > 86_400f64.log10() => format!("{:.0} days", 10f64.powf(seconds) / 86_400.0),
        _ => "less than a day".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judge(password: &str) -> PasswordJudgement {
        judge_password(&Secret::new(password), "admin.one")
    }

    #[test]
    fn leaked_patterned_and_short_passwords_are_refused_with_advice() {
        for weak in ["password1234", "qwertyuiop[]", "aaaaaaaaaaaaaaaa", "admin.one2026", "short"] {
            let judgement = judge(weak);
            assert!(!judgement.acceptable, "{weak}");
            assert!(!judgement.advice.is_empty(), "{weak}");
        }
    }

    #[test]
    fn six_suggested_words_are_always_strong_enough() {
        for _ in 0..50 {
            let words = suggest_password().unwrap();
            assert!(judge(&words).acceptable, "{words}");
        }
    }

    #[test]
    fn nothing_typed_is_not_scolded() {
        let judgement = judge("");
        assert!(judgement.advice.is_empty() && judgement.bars == 0);
    }

    #[test]
    fn the_time_follows_from_guesses_and_the_attackers_rate() {
        assert_eq!(time_to_guess(14.0), "20 years");
        assert_eq!(time_to_guess(6.0), "less than a day");
        assert_eq!(time_to_guess(25.0), "millions of years");
    }
}
