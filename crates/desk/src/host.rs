//! What the desk needs from whoever hosts it. It grows only when a body needs something new.

use std::{path::Path, time::Duration};

use model::{
    Secret, Timestamp,
    program::{Licences, ProgramPart},
    vault::{DeskEvent, Notice},
};

/// A window, a test, or a program without a window.
pub trait Host: Send + Sync + 'static {
    /// Tells the page something that it did not ask for.
    fn emit(&self, event: DeskEvent);

    /// Shows something on the person's desktop, whether the window is seen or not. Where a desktop shows nothing, nothing
    /// happens: the page is told, too.
    fn notify(&self, notice: &Notice);

    /// Shows a page of a vendor in the person's browser.
    ///
    /// # Errors
    /// When there is no browser to show it.
    fn open_link(&self, url: &str) -> Result<(), LinkError>;

    /// Puts a secret on the system's clipboard, and asks whoever keeps a history of it not to keep this. May wait for the
    /// system.
    ///
    /// # Errors
    /// When there is none, or it cannot be written.
    fn put_on_clipboard(&self, _secret: &Secret) -> Result<(), ClipboardError> {
        Err(ClipboardError)
    }

    /// Empties the clipboard if what it holds is text and is ours. May wait for the system.
    ///
    /// # Errors
    /// When it cannot be said, or cannot be emptied.
    fn take_from_clipboard(&self, _is_ours: &dyn Fn(&Secret) -> bool) -> Result<(), ClipboardError> {
        Ok(())
    }

    /// Shows a folder in the system's file manager.
    ///
    /// # Errors
    /// When there is none to show it.
    fn open_folder(&self, folder: &Path) -> Result<(), LinkError>;

    /// What the host itself is made of; nothing where it has no window.
    fn made(&self) -> Made {
        Made::default()
    }

    /// The wall clock. It may be wrong, and may be set at any time.
    fn now(&self) -> Timestamp;

    /// A clock that never goes back, from any starting point.
    fn uptime(&self) -> Duration;
}

/// There is no clipboard, or it refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the system's clipboard cannot be used")]
pub struct ClipboardError;

/// What a host is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Its own parts, such as the window toolkit.
    pub parts: Vec<ProgramPart>,
    /// The licences of everything that it was built from.
    pub licences: Licences,
}

/// No browser or file manager could be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no program could be started to show it")]
pub struct LinkError;
