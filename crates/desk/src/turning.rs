//! While the vault key is replaced there is no session, and nobody is to notice more of it than a pause: the page is not
//! sent to the lock screen, and its commands wait until it is over.

use crate::{Desk, Host};

/// The vault key is being replaced until this is dropped.
pub(crate) struct Turning<'a>(&'a tokio::sync::watch::Sender<bool>);

impl Drop for Turning<'_> {
    fn drop(&mut self) {
        self.0.send_replace(false);
    }
}

impl<H: Host> Desk<H> {
    /// Begins it.
    pub(crate) fn turn(&self) -> Turning<'_> {
        self.turning.send_replace(true);
        Turning(&self.turning)
    }

    /// Whether it goes on.
    pub(crate) fn is_turning(&self) -> bool {
        *self.turning.borrow()
    }

    /// Waits until it is over.
    pub(crate) async fn until_turned(&self) {
        // The sender is this desk's own, so it cannot be gone.
        let _ = self.turning.subscribe().wait_for(|turning| !turning).await;
    }
}
