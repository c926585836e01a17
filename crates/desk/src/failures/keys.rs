//! Failures of keys that age: no way back, nothing new to put in force, no clipboard.

use model::{
    Failure,
    FailureCode::{Gone, Other},
    Field,
    keys::KeySettings,
};

use super::one_field;
use crate::ClipboardError;

pub(crate) fn no_key() -> Failure {
    Failure::new(Other, "this provider has no key", "Enter one first.")
}

pub(crate) fn none_typed() -> Failure {
    one_field(Field::ApiKey, "Enter the new API key.")
}

pub(crate) fn same_key() -> Failure {
    let message = "This key is in force already. Make a new one on the vendor's page and enter that.";
    one_field(Field::ApiKey, message)
}

pub(crate) fn none_kept() -> Failure {
    let advice = "Its period ended, or it was destroyed. Enter the key anew, or make another one.";
    Failure::new(Gone, "the key from before is no longer here", advice)
}

pub(crate) fn kept_for_other_host(base_url: &str) -> Failure {
    let advice = format!(
        "It is never sent to another host. Set the base URL to {base_url} again and go back then, or destroy this key."
    );
    Failure::new(Other, "the key from before was entered for another base URL", advice)
}

pub(crate) fn keep_days() -> Failure {
    let (least, most) = KeySettings::KEEP_DAYS;
    super::days(least, most)
}

pub(crate) fn settings() -> Failure {
    let ((keep, keep_most), (remind, remind_most), (s, s_most)) =
        (KeySettings::KEEP_DAYS, KeySettings::REMIND_DAYS, KeySettings::CLIPBOARD_S);
    let advice = format!(
        "Remind after {remind} to {remind_most} days or never, keep for {keep} to {keep_most} days, clear after {s} to {s_most} s."
    );
    Failure::new(Other, "one of these numbers is not possible", advice)
}

pub(crate) fn clipboard(error: ClipboardError) -> Failure {
    let advice = "Nothing was copied. Try again, or take the key from the vendor's page.";
    Failure::new(Other, error.to_string(), advice)
}
