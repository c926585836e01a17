//! The one place where other rooms' errors become a code and two sentences for a person.
//! No text here holds a secret or a path of the user's.

pub(crate) mod bundles;
pub(crate) mod keys;
pub(crate) mod opening;
pub(crate) mod sharing;
pub(crate) mod sync;

use model::{Failure, FailureCode, Field, FieldError, step_up::ProofKind};
use providers::BaseUrlError;
use store::{BudgetError, OpenError, StoreError, UsageError};
use vault::{CreateError, HeaderError, UnlockError};

use FailureCode::{Cancelled, Conflict, Gone, Locked, Other, StepUpNeeded, Unusable, Wait, WrongPassword};

const CHECK_DISK: &str = "Check the disk's health, then try again. Everything saved before is unchanged.";
const FREE_SPACE: &str = "Free some space on the disk, then try again. Everything saved before is unchanged.";
const CHECK_PERMISSIONS: &str = "Check the permissions of the data folder and whether its disk is read-only. Everything saved before is unchanged.";
const CHECK_READABLE: &str = "Check the permissions of the data folder and the disk's health, then try again. The vault may be whole: replace nothing.";
const RESTORE: &str = "Look for a backup here, or put a copy of your own in the vault's place and try again. Keep the damaged files.";
const UPDATE: &str =
    "Install the newest version of Signalbox and open the vault with it. Nothing was changed.";

pub(crate) fn locked() -> Failure {
    Failure::new(Locked, "the vault is locked", "Unlock it with the vault password.")
}

pub(crate) fn step_up_needed() -> Failure {
    let advice = "Enter the vault password, or a code of the authenticator app if one is enrolled.";
    Failure::new(StepUpNeeded, "this needs a proof that it is you", advice)
}

pub(crate) fn step_up_wait(seconds: u64) -> Failure {
    let advice = format!("Try again in {seconds} s. Nothing was changed.");
    Failure::new(Wait, "too many wrong answers", advice)
}

pub(crate) fn wrong_proof(by: ProofKind, used: bool) -> Failure {
    let (message, advice) = match by {
        ProofKind::Password => ("that is not the vault password", "Check Caps Lock and the keyboard layout."),
        ProofKind::Totp if used => {
            ("that code was used already", "Wait for the app's next code: each counts once.")
        }
        ProofKind::Totp => (
            "that code is not right",
            "Use the code that the app shows now, and check this computer's clock.",
        ),
        ProofKind::RecoveryCode => {
            ("that is none of the recovery codes", "Check each letter. A code that was used once is used up.")
        }
    };
    Failure::new(WrongPassword, message, advice)
}

pub(crate) fn other_proof(enrolled: bool) -> Failure {
    if enrolled {
        Failure::new(Other, "an authenticator app is enrolled", "Enter a code of it, or a recovery code.")
    } else {
        Failure::new(Other, "no authenticator app is enrolled", "Enter the vault password.")
    }
}

pub(crate) fn nothing_to_enrol() -> Failure {
    Failure::new(Other, "no app is being enrolled", "Begin anew: a new picture is shown.")
}

pub(crate) fn totp_closed() -> Failure {
    let advice = "Enter a recovery code, then enrol the app anew.";
    Failure::new(Other, "the secret of the authenticator app is damaged", advice)
}

pub(crate) fn search(most: usize) -> Failure {
    Failure::new(Other, "the text to search for is too long", format!("Enter at most {most} letters."))
}

pub(crate) fn cancelled() -> Failure {
    Failure::new(Cancelled, "it was stopped", "Start it again when you are ready.")
}

pub(crate) fn wait(seconds: u128) -> Failure {
    let advice = format!("Try again in {seconds} s. The wait doubles after each failure, up to 60 seconds.");
    Failure::new(Wait, "too many wrong passwords", advice)
}

// The library's message may quote a proxy's address with its password: it goes nowhere.
pub(crate) fn network() -> Failure {
    let advice = "Check the proxy settings in this computer's environment, then restart Signalbox.";
    Failure::new(Other, "the network could not be set up", advice)
}

pub(crate) fn undo_expired() -> Failure {
    Failure::new(
        Other,
        "this step can no longer be undone",
        "Change the provider by hand, or look in the audit log.",
    )
}

pub(crate) fn catalog_gone() -> Failure {
    Failure::new(Gone, "this catalogue of prices is kept no longer", "Import its file again.")
}

pub(crate) fn no_task() -> Failure {
    Failure::new(
        Gone,
        "there is no such task any more",
        "It was removed in the meantime; the list is read again.",
    )
}

pub(crate) fn task_stays() -> Failure {
    let advice =
        "A task goes as long as it is one of your own, with nobody in its chain and no instructions.";
    Failure::new(Conflict, "this task is in use", advice)
}

pub(crate) fn unreadable_request() -> Failure {
    Failure::new(
        Other,
        "the request was not understood",
        "Restart Signalbox. If it happens again, report it.",
    )
}

pub(crate) fn broken_off() -> Failure {
    Failure::new(
        Other,
        "Signalbox broke off in the middle of this",
        "Restart Signalbox. If it happens again, report it.",
    )
}

pub(crate) fn unknown_command() -> Failure {
    Failure::new(Other, "there is no such command", "Restart Signalbox. If it happens again, report it.")
}

/// Message and advice as one text, where there is no room for two.
pub(crate) fn sentences(failure: &Failure) -> String {
    let mut letters = failure.message.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let message: String = first.chain(letters).chain(['.']).collect();
    failure.advice.iter().fold(message, |text, advice| format!("{text} {advice}"))
}

pub(crate) fn field(field: Field, message: impl Into<String>) -> FieldError {
    FieldError { field, message: message.into() }
}

pub(crate) fn one_field(at: Field, message: impl Into<String>) -> Failure {
    Failure::invalid(vec![field(at, message)])
}

pub(crate) fn base_url(error: &BaseUrlError) -> FieldError {
    field(Field::BaseUrl, error.to_string())
}

pub(crate) fn header(error: HeaderError) -> Failure {
    let advice = match error {
        HeaderError::Damaged => RESTORE,
        HeaderError::TooNew => UPDATE,
        HeaderError::Unreadable => CHECK_READABLE,
    };
    Failure::new(Unusable, error.to_string(), advice)
}

pub(crate) fn unlock(error: &UnlockError) -> Failure {
    match error {
        UnlockError::WrongPassword => {
            Failure::new(WrongPassword, error.to_string(), "Check Caps Lock and the keyboard layout.")
        }
        UnlockError::Header(error) => header(*error),
        UnlockError::Kdf(error) => {
            Failure::new(Other, error.to_string(), "Close other programs, then try again.")
        }
    }
}

pub(crate) fn create(error: CreateError) -> Failure {
    match error {
        CreateError::Password(error) => one_field(Field::Password, error.to_string()),
        CreateError::Exists => {
            Failure::new(Other, error.to_string(), "Unlock it instead. It was not changed.")
        }
        CreateError::Io(error) => io(&error),
        CreateError::Header(error) => header(error),
        CreateError::Kdf(_) | CreateError::Random(_) => {
            Failure::new(Other, error.to_string(), "Close other programs, then try again.")
        }
    }
}

pub(crate) fn io(error: &std::io::Error) -> Failure {
    use std::io::ErrorKind::{PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    match error.kind() {
        StorageFull | QuotaExceeded => Failure::new(Other, "the disk is full", FREE_SPACE),
        PermissionDenied | ReadOnlyFilesystem => {
            Failure::new(Other, "the data folder cannot be written", CHECK_PERMISSIONS)
        }
        _ => Failure::new(Other, "the disk reported an error", CHECK_DISK),
    }
}

/// A file that a person asked for could not be written; nothing of it is left.
pub(crate) fn download(error: &std::io::Error) -> Failure {
    use std::io::ErrorKind::{
        AlreadyExists, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull,
    };
    let message = "the file could not be written to the folder for downloads";
    match error.kind() {
        StorageFull | QuotaExceeded => Failure::new(Other, message, FREE_SPACE),
        PermissionDenied | ReadOnlyFilesystem => {
            Failure::new(Other, message, "Check the permissions of that folder, then try again.")
        }
        AlreadyExists => Failure::new(Other, message, "Move older files out of that folder, then try again."),
        _ => Failure::new(Other, message, "Check the disk with that folder, then try again."),
    }
}

pub(crate) fn open(error: OpenError) -> Failure {
    match error {
        OpenError::Store(error) => store(error),
        OpenError::NotEncrypting => {
            Failure::new(Unusable, error.to_string(), "Install an official build. Nothing was written.")
        }
        OpenError::Damaged | OpenError::OtherVault => Failure::new(Unusable, error.to_string(), RESTORE),
        OpenError::TooNew => Failure::new(Unusable, error.to_string(), UPDATE),
    }
}

pub(crate) fn usage(error: UsageError) -> Failure {
    let message = error.to_string();
    match error {
        UsageError::Store(error) => store(error),
        UsageError::Zone => Failure::new(Other, message, "Choose one from the list, such as Europe/Berlin."),
        UsageError::Days => Failure::new(Other, message, "Choose a first day and a last day not before it."),
        UsageError::TooManyPieces => Failure::new(Other, message, "Choose fewer days or longer pieces."),
    }
}

pub(crate) fn budget(error: BudgetError) -> Failure {
    let message = error.to_string();
    match error {
        BudgetError::Store(error) => store(error),
        BudgetError::Gone => {
            Failure::new(Gone, message, "It was deleted in the meantime; the list is read again.")
        }
        BudgetError::Conflict => {
            Failure::new(Conflict, message, "Look at it as it is now, then change it again.")
        }
        BudgetError::Taken => one_field(Field::BudgetScope, "There is such a budget. Change that one."),
        BudgetError::NoSuchConfig => one_field(Field::BudgetScope, "This provider is gone. Choose another."),
    }
}

pub(crate) fn days(least: u32, most: u32) -> Failure {
    Failure::new(Other, "this number of days is not possible", format!("Choose {least} to {most} days."))
}

pub(crate) fn quota(error: StoreError) -> Failure {
    match error {
        StoreError::Conflict => {
            let message = "this quota was changed in the meantime";
            Failure::new(Conflict, message, "Look at it as it is now, then change it again.")
        }
        error => store(error),
    }
}

pub(crate) fn quotas(most: u32) -> Failure {
    let message = format!("there are {most} quotas, which is as many as can be kept");
    Failure::new(Other, message, "Delete one that nobody needs, or set that of everyone.")
}

pub(crate) fn chart() -> Failure {
    Failure::new(Other, "this is no chart of Signalbox", "Open the usage page again, then export.")
}

pub(crate) fn report() -> Failure {
    Failure::new(
        Other,
        "the report cannot be written as PDF",
        "Export it for the browser, and print it from there.",
    )
}

pub(crate) fn filter(most: usize) -> Failure {
    Failure::new(Other, "the filter names too many things", format!("Name at most {most} of a kind."))
}

pub(crate) fn store(error: StoreError) -> Failure {
    let message = error.to_string();
    match error {
        StoreError::Gone => {
            Failure::new(Gone, message, "It was deleted in the meantime; the list is read again.")
        }
        StoreError::Conflict => {
            Failure::new(Conflict, message, "Look at it as it is now, then change it again.")
        }
        StoreError::NameTaken => one_field(Field::DisplayName, "Name in use. Choose another."),
        StoreError::TaskExists => one_field(Field::Tasks, "There is a task of this name. Choose another."),
        StoreError::NoSuchTask => one_field(Field::Tasks, "One of these tasks does not exist. Add it first."),
        StoreError::Busy => {
            Failure::new(Other, message, "Close the program that has the data folder open, then try again.")
        }
        StoreError::OutOfMemory => Failure::new(Other, message, "Close other programs, then try again."),
        StoreError::Full => Failure::new(Other, message, FREE_SPACE),
        StoreError::ReadOnly => Failure::new(Other, message, CHECK_PERMISSIONS),
        StoreError::Damaged => Failure::new(Unusable, message, RESTORE),
        StoreError::Io => Failure::new(Other, message, CHECK_DISK),
        // Of a database that servers share; a vault's is a file.
        StoreError::Away | StoreError::Protected => Failure::new(Other, message, "Try again later."),
        StoreError::Refused(source) => {
            tracing::error!(%source, "the database refused a change");
            Failure::new(
                Other,
                message,
                "Nothing was changed. If it happens again, report it with the log file.",
            )
        }
    }
}
