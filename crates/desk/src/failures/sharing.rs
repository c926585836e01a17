//! Failures of files with configurations for another vault.

use model::{
    Failure,
    FailureCode::{Conflict, Other, WrongPassword},
    Field,
};
use share::{MOST, OpenError, PlainError, SealError};

use super::one_field;

const ASK_ANEW: &str = "Ask for the file again, or check that it came over whole. Nothing was imported.";
const UPDATE: &str = "Import it with the newest version of Signalbox. Nothing was imported.";

pub(crate) fn open(error: OpenError) -> Failure {
    let (code, advice) = match error {
        // The page asks for one.
        OpenError::NeedsPassphrase => (WrongPassword, "Enter the passphrase that it was sealed with."),
        OpenError::WrongPassphrase => {
            (WrongPassword, "Ask whoever sealed it, and check Caps Lock and the keyboard layout.")
        }
        OpenError::NeedsIdentity => {
            (Other, "Leave the passphrase empty: it was sealed for a vault's recipient.")
        }
        OpenError::OtherRecipient => (
            Other,
            "Send this vault's recipient, as the settings show it, to whoever sealed it, and ask for a file for it.",
        ),
        OpenError::TooLarge | OpenError::NotAge => (
            Other,
            "Choose a file that Signalbox exported for another vault; it ends in .age. Nothing was imported.",
        ),
        OpenError::TooMuchWork | OpenError::Damaged => (Other, ASK_ANEW),
        OpenError::Plain(PlainError::TooNew) => (Other, UPDATE),
        OpenError::Plain(PlainError::Other | PlainError::Count | PlainError::Twice) => (Other, ASK_ANEW),
    };
    Failure::new(code, error.to_string(), advice)
}

pub(crate) fn seal(error: SealError) -> Failure {
    let advice = match error {
        SealError::TooLarge => "Choose fewer, and export the others into a second file.",
        SealError::Refused => "Restart Signalbox. If it happens again, report it.",
    };
    Failure::new(Other, error.to_string(), advice)
}

pub(crate) fn count() -> Failure {
    let advice = format!("Choose at least one, and at most {MOST}.");
    Failure::new(Other, "no configurations were chosen, or too many", advice)
}

pub(crate) fn recipient() -> Failure {
    one_field(
        Field::Password,
        "This is no recipient. It begins with age1; copy it whole from the other vault's settings.",
    )
}

/// `number` counts from 1.
pub(crate) fn entry(number: usize, name: &str) -> Failure {
    let message = format!("configuration {number} of this file, \u{201c}{name}\u{201d}, cannot be used");
    Failure::new(
        Other,
        message,
        "Have it exported again by a vault in which it can be saved. Nothing was imported.",
    )
}

/// The vault is not any more what the choices were made for.
pub(crate) fn changed() -> Failure {
    let advice = "Look at what the file would do now, then import it. Nothing was imported.";
    Failure::new(Conflict, "the providers were changed in the meantime", advice)
}

pub(crate) fn identity() -> Failure {
    let advice = "Ask for a file with a passphrase. If you changed nothing, restore a backup.";
    Failure::new(Other, "what opens files for this vault is damaged", advice)
}
