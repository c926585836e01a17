//! The system's clipboard, for secrets alone: what the page copies, it copies itself. Under X11 whoever put something there
//! hands it out for as long as it lives, so this lives as long as the program.

use std::sync::{Arc, Mutex, PoisonError};

use arboard::{Clipboard as System, Error, Set};
use desk::ClipboardError;
use model::Secret;

/// The clipboard, opened when it is first needed.
#[derive(Clone, Default)]
pub(crate) struct Clipboard(Arc<Mutex<Option<System>>>);

impl Clipboard {
    /// Puts a secret there, and asks programs that keep a history not to keep this.
    pub(crate) fn put(&self, secret: &Secret) -> Result<(), ClipboardError> {
        self.with(|system| unkept(system.set()).text(secret.expose()))
    }

    /// Empties it if it holds text that is ours. What is no text is not ours.
    pub(crate) fn take(&self, is_ours: &dyn Fn(&Secret) -> bool) -> Result<(), ClipboardError> {
        self.with(|system| match system.get_text().map(Secret::new) {
            Ok(text) if is_ours(&text) => system.clear(),
            Ok(_) | Err(Error::ContentNotAvailable | Error::ConversionFailure) => Ok(()),
            Err(error) => Err(error),
        })
    }

    // The library's message may name what the system refused: it goes no further than its kind.
    fn with(&self, act: impl FnOnce(&mut System) -> Result<(), Error>) -> Result<(), ClipboardError> {
        let mut system = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut opened = match system.take() {
            Some(opened) => opened,
            None => System::new().map_err(|error| refused(&error))?,
        };
        let done = act(&mut opened);
        *system = Some(opened);
        done.map_err(|error| refused(&error))
    }
}

fn refused(error: &Error) -> ClipboardError {
    let kind = match error {
        Error::ClipboardNotSupported => "not supported",
        Error::ClipboardOccupied => "occupied",
        Error::ContentNotAvailable | Error::ConversionFailure => "no text",
        _ => "other",
    };
    tracing::warn!(kind, "the clipboard refuses");
    ClipboardError
}

#[cfg(all(unix, not(target_os = "macos")))]
fn unkept(set: Set<'_>) -> Set<'_> {
    arboard::SetExtLinux::exclude_from_history(set)
}

#[cfg(target_os = "macos")]
fn unkept(set: Set<'_>) -> Set<'_> {
    arboard::SetExtApple::exclude_from_history(set)
}

#[cfg(windows)]
fn unkept(set: Set<'_>) -> Set<'_> {
    // Neither its history nor its cloud.
    arboard::SetExtWindows::exclude_from_monitoring(set)
}
