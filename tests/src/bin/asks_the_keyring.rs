//! Asks the system keyring of its session, as the program does: puts a secret, reads it, removes it. Says how each went,
//! and after how long.

use std::time::Instant;

use vault::{KeyringError, KeyringSecret, SystemKeyring};

const VAULT: &str = "00112233445566778899aabbccddeeff";

fn main() {
    let keyring = SystemKeyring::default();
    for act in std::env::args().skip(1) {
        let begin = Instant::now();
        let said = match act.as_str() {
            "put" => say(keyring.put(VAULT, &KeyringSecret::from_bytes(&[7; 32]).unwrap())),
            "get" => say(keyring.get(VAULT).map(|secret| assert_eq!(secret.expose(), [7; 32]))),
            "remove" => say(keyring.remove(VAULT)),
            other => panic!("{other} is nothing to ask"),
        };
        println!("{act} {said} {}", begin.elapsed().as_millis());
    }
}

fn say(done: Result<(), KeyringError>) -> String {
    match done {
        Ok(()) => "done".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}
