//! Failures of sync with remotes. A remote's own words are bounded and cleaned by the sync room.

use model::{
    Failure,
    FailureCode::{Conflict, Other, WrongPassword},
    Field,
    sync::SyncTrouble,
};
use sync::{AddressError, KeeperError, RemoteError, SyncError};

use super::one_field;

pub(crate) fn address(error: AddressError) -> Failure {
    one_field(Field::BaseUrl, error.to_string())
}

pub(crate) fn pin() -> Failure {
    one_field(Field::ApiKey, "Enter the 64 digits of the certificate's SHA-256, or leave it empty.")
}

pub(crate) fn name(message: String) -> Failure {
    one_field(Field::DisplayName, message)
}

pub(crate) fn user_name() -> Failure {
    one_field(Field::Description, "Enter the user name that the server knows, at most 200 letters.")
}

pub(crate) fn secret() -> Failure {
    let advice = "Enter it again: what is kept was entered for another address, or is damaged.";
    Failure::new(Other, "what logs in there does not open", advice)
}

pub(crate) fn no_secret() -> Failure {
    Failure::new(WrongPassword, "nothing is kept that logs in there", "Enter password or token.")
}

pub(crate) fn remote(error: &RemoteError) -> Failure {
    let code = match error {
        // The page marks the fields.
        RemoteError::LoginRefused | RemoteError::LoggedOut => WrongPassword,
        _ => Other,
    };
    let refused = &RemoteError::LoginRefused;
    let error = if code == WrongPassword { refused } else { error };
    Failure::new(code, error.to_string(), error.advice())
}

pub(crate) fn keeper(error: &KeeperError) -> Failure {
    Failure::new(Other, error.to_string(), "Try again. Nothing is done twice.")
}

pub(crate) fn logged_out() -> Failure {
    Failure::new(Other, "nobody is logged in there", "Connect, then try again.")
}

/// Something else was shown since, or nothing.
pub(crate) fn look_again() -> Failure {
    let advice = "Look at the differences as they are now, then go on. Nothing was done.";
    Failure::new(Conflict, "the differences were read again in the meantime", advice)
}

pub(crate) fn no_question() -> Failure {
    let advice = "Look at the differences as they are now, then choose again. Nothing was kept.";
    Failure::new(Conflict, "this is not asked any more", advice)
}

pub(crate) fn no_key() -> Failure {
    Failure::new(Other, "this provider has no key here", "Enter its key first, then choose that it goes up.")
}

pub(crate) fn trouble(error: &SyncError) -> SyncTrouble {
    SyncTrouble { message: error.to_string(), advice: error.advice() }
}

pub(crate) fn undecided() -> SyncTrouble {
    said("this provider has a conflict", "Decide it field by field, then promote it again.")
}

pub(crate) fn waits_for_key() -> SyncTrouble {
    said(
        "the server has no key for this provider, or one for another base URL",
        "Choose that its key goes along, then promote it again.",
    )
}

pub(crate) fn waits_for_remote(why: &str) -> SyncTrouble {
    said("what the server shows cannot be used here", why)
}

pub(crate) fn same_remote() -> Failure {
    Failure::new(Other, "a provider is promoted from one server to another", "Choose two servers.")
}

fn said(message: &str, advice: &str) -> SyncTrouble {
    SyncTrouble { message: message.to_owned(), advice: advice.to_owned() }
}
