//! Links by which the program is started: `signalbox://…`, handed over by the desktop as an argument, on macOS as an event.
//! Reading them is the desk's.

use std::ffi::OsString;

use model::link::SCHEME;

/// The first argument that is one of our links. What is no text is none.
pub(crate) fn of_arguments(arguments: impl Iterator<Item = OsString>) -> Option<String> {
    arguments.filter_map(|argument| argument.into_string().ok()).find(|argument| is_ours(argument))
}

fn is_ours(argument: &str) -> bool {
    let scheme = argument.split_once(':').map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case(SCHEME))
}
