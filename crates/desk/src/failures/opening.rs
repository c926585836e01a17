//! Failures of what opens a vault besides its password: a change of it, the recovery kit, the keyring, a new vault key.

use model::{
    Failure,
    FailureCode::{Other, Unusable, WrongPassword},
    Field,
};
use store::RotateError;
use vault::{ChangeError, KeyringError, KitError, RecoverError, UnlockError};

use super::{header, io, one_field, open, store, unlock};

const MEMORY: &str = "Close other programs, then try again. Nothing was changed.";

pub(crate) fn change(error: ChangeError) -> Failure {
    match error {
        ChangeError::WrongPassword => {
            Failure::new(WrongPassword, error.to_string(), "Check Caps Lock and the keyboard layout.")
        }
        ChangeError::Password(error) => one_field(Field::Password, error.to_string()),
        ChangeError::Header(error) => header(error),
        ChangeError::Io(error) => io(&error),
        ChangeError::Kdf(_) | ChangeError::Random(_) => Failure::new(Other, error.to_string(), MEMORY),
    }
}

pub(crate) fn recover(error: RecoverError) -> Failure {
    match error {
        RecoverError::Kit(error) => kit(error),
        RecoverError::WrongKit => Failure::new(
            WrongPassword,
            error.to_string(),
            "Look for a newer kit: each new one voids the one before, and so does its use or a new vault key.",
        ),
        RecoverError::NoKit => Failure::new(Other, error.to_string(), "Unlock it with the vault password."),
        RecoverError::Change(error) => change(error),
    }
}

fn kit(error: KitError) -> Failure {
    let advice = match error {
        KitError::Count(_) => "Type all words of the kit in their order, parted by blanks.",
        KitError::UnknownWord(_) => "Compare this word with the kit, letter by letter.",
        KitError::Checksum => "Compare the words and their order with the kit.",
    };
    Failure::new(Other, error.to_string(), advice)
}

pub(crate) fn is_open() -> Failure {
    Failure::new(Other, "the vault is open already", "Lock it first, or change the password in the settings.")
}

/// A slot that does not open is here never a person's mistake.
pub(crate) fn by_keyring(error: &UnlockError) -> Failure {
    match error {
        UnlockError::WrongPassword => Failure::new(
            Other,
            "what the system keyring holds does not open this vault",
            "Use the vault password, then switch the keyring off and on again in the settings.",
        ),
        error => unlock(error),
    }
}

pub(crate) fn not_this_kit() -> Failure {
    Failure::new(Other, "this is not the recovery kit in force", "Make a new kit, and save that one.")
}

pub(crate) fn keyring(error: KeyringError) -> Failure {
    let advice = match error {
        KeyringError::Silent => {
            "It may wait for its own password: look for its window. Then try again, or use the vault password."
        }
        KeyringError::Locked => "Unlock it, then try again, or use the vault password.",
        KeyringError::Absent => {
            "Use the vault password. On Linux, GNOME Keyring or KWallet provides a keyring."
        }
        KeyringError::Empty => {
            "Use the vault password, then switch the keyring off and on again in the settings."
        }
        KeyringError::Refused => "Use the vault password. If it happens again, switch the keyring off.",
    };
    Failure::new(Other, error.to_string(), advice)
}

pub(crate) fn keyring_is_off() -> Failure {
    Failure::new(Other, "the system keyring does not open this vault", "Use the vault password.")
}

pub(crate) fn password_again(days: u64) -> Failure {
    let message = format!("the vault was not opened with its password for {days} days");
    Failure::new(Other, message, "Use the vault password this time. Then the keyring opens it again.")
}

pub(crate) fn rotate(error: RotateError) -> Failure {
    match error {
        RotateError::Open(error) => open(error),
        RotateError::Store(error) => store(error),
        RotateError::NotWhole => Failure::new(
            Unusable,
            error.to_string(),
            "The old key is still in force. Report it with the log file.",
        ),
    }
}
