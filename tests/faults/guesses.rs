//! Guesses at a stolen vault's password: none opens it, whatever it is like.

use journeys::{
    PASSWORD, Room,
    share::{Dice, Suite, trials},
};
use model::Secret;
use serde_json::json;
use vault::{OpenVault, UnlockError, VaultFolder};

/// What people try: the password with a slip, cut, doubled, in other cases and scripts, and others altogether.
fn guess(dice: &mut Dice, number: usize) -> String {
    let words: Vec<&str> = PASSWORD.split('-').collect();
    let mut letters: Vec<char> = PASSWORD.chars().collect();
    let at = usize::try_from(dice.below(letters.len() as u64)).unwrap();
    match number % 8 {
        0 => {
            letters[at] = if letters[at] == 'x' { 'y' } else { 'x' };
            letters.into_iter().collect()
        }
        1 => {
            letters.remove(at);
            letters.into_iter().collect()
        }
        2 => {
            letters.insert(at, '\u{200b}');
            letters.into_iter().collect()
        }
        3 => {
            letters[at] = letters[at].to_uppercase().next().unwrap();
            let changed: String = letters.into_iter().collect();
            if changed == PASSWORD { format!("{changed} ") } else { changed }
        }
        4 => words.iter().rev().copied().collect::<Vec<_>>().join("-"),
        5 => format!("{PASSWORD}{}", dice.roll()),
        6 => format!("{:x}{:x}", dice.roll(), dice.roll()),
        _ => words[..usize::try_from(dice.below(5)).unwrap() + 1].join("-"),
    }
}

#[tokio::test]
async fn no_guess_opens_the_vault_and_each_is_called_wrong_and_not_damage() {
    let suite = Suite::begin("wrong_passwords");
    let (_simulator, data) = Room::open().await.leave().await;
    let folder = VaultFolder::new(data.path().join(Room::FOLDER));
    let guesses = trials(24, 1_000);
    let mut dice = Dice(14);
    for number in 0..guesses {
        let guess = guess(&mut dice, number);
        assert_ne!(guess, PASSWORD);
        match OpenVault::unlock(&folder, &Secret::new(guess.as_str())) {
            Err(UnlockError::WrongPassword) => {}
            Err(error) => panic!("{guess}: {error}"),
            Ok(_) => panic!("{guess} opens the vault"),
        }
    }
    assert!(OpenVault::unlock(&folder, &Secret::new(PASSWORD)).is_ok());
    suite.survived(guesses, guesses, json!({}));
}
