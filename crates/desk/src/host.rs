//! What the desk needs from whoever hosts it. It grows only when a body needs something new.

use std::time::Duration;

use model::{
    Timestamp,
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

    /// The wall clock. It may be wrong, and may be set at any time.
    fn now(&self) -> Timestamp;

    /// A clock that never goes back, from any starting point.
    fn uptime(&self) -> Duration;
}

/// No browser could be started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no browser could be started")]
pub struct LinkError;
