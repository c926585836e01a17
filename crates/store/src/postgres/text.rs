//! Text from outside.

use std::borrow::Cow;

/// PostgreSQL holds every character but NUL, and refuses the whole statement for one. It is shown as what cannot be shown.
pub(crate) fn clean(text: &str) -> Cow<'_, str> {
    match text.contains('\0') {
        true => Cow::Owned(text.replace('\0', "\u{fffd}")),
        false => Cow::Borrowed(text),
    }
}
