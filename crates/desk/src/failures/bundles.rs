//! Failures of bundles.

use bundle::{MOST, MOST_DAYS, MakeError, ServerFileError, VerifyError};
use model::{
    Failure,
    FailureCode::{Conflict, Gone, Other},
};
use sync::{AddressError, ClientError, RemoteError};

use crate::bundles::PictureError;

const AGAIN: &str = "Write the file at the server again, and bring it over whole.";

pub(crate) fn make(error: MakeError) -> Failure {
    let advice = match error {
        MakeError::TooLarge => "Choose fewer configurations.",
        MakeError::Expiry => "Choose 1 to 30 days, and check this computer's clock.",
        MakeError::Serial => "Import the server's identity file again.",
        MakeError::Contents(_) => "Save each of the chosen providers once more, then export.",
        MakeError::Seal => "Import the server's identity file again. If it happens again, report it.",
    };
    Failure::new(Other, error.to_string(), advice)
}

pub(crate) fn server(error: ServerFileError) -> Failure {
    let advice = match error {
        ServerFileError::Other => AGAIN,
        ServerFileError::TooNew => "Import it with the newest version of Signalbox.",
    };
    Failure::new(Other, error.to_string(), advice)
}

pub(crate) fn verify(error: VerifyError) -> Failure {
    let advice = match error {
        VerifyError::UnknownKey => "It comes from another vault. Verify it there, or at its server.",
        error => error.advice(),
    };
    Failure::new(Other, error.to_string(), advice)
}

pub(crate) fn fingerprint() -> Failure {
    let advice = "Look at the file again, and compare its fingerprint with the one that the server shows.";
    Failure::new(Conflict, "this is not the server whose fingerprint was compared", advice)
}

pub(crate) fn no_key() -> Failure {
    Failure::new(Gone, "there is no key that signs bundles yet", "Make one on the page Bundles.")
}

pub(crate) fn no_server() -> Failure {
    Failure::new(Gone, "this server is not known any more", "Import its identity file again.")
}

pub(crate) fn server_damaged() -> Failure {
    Failure::new(
        Other,
        "what is known of a server is damaged",
        "Remove it, then import its identity file again.",
    )
}

pub(crate) fn key_damaged() -> Failure {
    let advice = "Restore a backup. If there is none, report this; servers go on with what they have.";
    Failure::new(Other, "the key that signs bundles is damaged", advice)
}

pub(crate) fn random() -> Failure {
    Failure::new(Other, "the operating system gave no random numbers", "Restart the computer.")
}

pub(crate) fn days() -> Failure {
    Failure::new(Other, "a bundle cannot be good for so long", format!("Choose 1 to {MOST_DAYS} days."))
}

pub(crate) fn count() -> Failure {
    Failure::new(
        Other,
        "too many configurations were chosen, or one twice",
        format!("Choose at most {MOST}."),
    )
}

pub(crate) fn without_key(name: &str) -> Failure {
    let message = format!("\u{201c}{name}\u{201d} has no key");
    Failure::new(Other, message, "Enter its key, or leave it out of the bundle.")
}

/// The serial that was shown was given away since.
pub(crate) fn serial() -> Failure {
    let advice = "Look at what the bundle would change now, then export it. Nothing was exported.";
    Failure::new(Conflict, "another bundle was exported in the meantime", advice)
}

pub(crate) fn not_kept() -> Failure {
    let advice = "Export a new one: the server would not take an older one anyway.";
    Failure::new(Gone, "this bundle is not kept any more", advice)
}

pub(crate) fn nothing_to_go_back_to() -> Failure {
    let advice = "Choose one of this server that has configurations of its own.";
    Failure::new(Other, "there is no such bundle to go back to", advice)
}

pub(crate) fn address(error: AddressError) -> Failure {
    Failure::new(Other, "this address cannot be used", error.to_string())
}

pub(crate) fn pin() -> Failure {
    let advice =
        "Enter the SHA-256 of the server's certificate, 64 digits of 0-9 and a-f, or leave it empty.";
    Failure::new(Other, "this is no fingerprint of a certificate", advice)
}

pub(crate) fn client(error: ClientError) -> Failure {
    Failure::new(Other, error.to_string(), "Start Signalbox again. If it stays, report it.")
}

/// The server's own words are in it, bounded and without what hides.
pub(crate) fn remote(error: RemoteError) -> Failure {
    let advice = match &error {
        RemoteError::Cut { .. } => "Ask the server which bundles it has accepted, then go on.".to_owned(),
        RemoteError::Forbidden => "Log in as a super_admin of that server.".to_owned(),
        error => error.advice(),
    };
    Failure::new(Other, error.to_string(), advice)
}

/// Another server answers at the address. Nothing was sent there but the login.
pub(crate) fn other_server() -> Failure {
    let advice = "Check the address. If the server was set up anew, import its identity file again. Nothing was uploaded.";
    Failure::new(Conflict, "at this address is another server than the one that was imported", advice)
}

pub(crate) fn picture(error: PictureError) -> Failure {
    let advice = match error {
        PictureError::TooLarge => "Cut the picture down to the code, then choose it again.",
        PictureError::Unread => "Choose a picture that ends in .png, or the server's file.",
        PictureError::NoCode => {
            "Take the picture of the screen again, with the whole code and its edge. Or choose the server's file."
        }
    };
    Failure::new(Other, error.to_string(), advice)
}
