//! Secrets on the system's clipboard: put there by us and never by the page, known again without being kept, and taken away
//! after a while, when the vault locks and when the program ends. What somebody else put there since is left alone.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{Failure, Secret};
use tokio::time::{sleep, timeout};
use vault::Fingerprint;

use crate::{Desk, Host, entering::blocking, failures};

/// Longest that the end of the time may pass unnoticed: timers stand still while the computer sleeps.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// A clipboard's owner may not answer; nobody waits for it for longer when the vault locks.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is known of the clipboard.
#[derive(Default)]
pub(crate) struct Clipboard {
    ours: Mutex<Option<Ours>>,
    /// One puts or takes at a time.
    acting: tokio::sync::Mutex<()>,
}

/// A secret that may still be there.
struct Ours {
    print: Fingerprint,
    /// When it goes, on the clock that never goes back.
    until: Duration,
}

impl Clipboard {
    fn ours(&self) -> MutexGuard<'_, Option<Ours>> {
        self.ours.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn left(&self, uptime: Duration) -> Option<Duration> {
        self.ours().as_ref().map(|ours| ours.until.saturating_sub(uptime))
    }

    /// Takes what is ours away, if it is still there. Whoever comes next has nothing to do.
    async fn clear(&self, host: Arc<impl Host>) {
        let Some(Ours { print, .. }) = self.ours().take() else { return };
        let take = move || host.take_from_clipboard(&|text| print.is_of(text));
        match timeout(PATIENCE, blocking(take)).await {
            Ok(Ok(Ok(()))) => {}
            Ok(Ok(Err(error))) => tracing::warn!(%error, "a key may still be on the clipboard"),
            Ok(Err(_)) | Err(_) => tracing::warn!("a key may still be on the clipboard: it does not answer"),
        }
    }
}

impl<H: Host> Desk<H> {
    /// Puts a secret on the clipboard for so long. Refused once the vault is locked, which looks for it there before.
    pub(crate) async fn put_on_clipboard(&self, secret: Secret, stays: Duration) -> Result<(), Failure> {
        let acting = self.clipboard.acting.lock().await;
        self.session()?;
        let print = Fingerprint::of(&secret).map_err(|error| failures::create(error.into()))?;
        // Known before it is there: whatever becomes of it, it is looked for.
        *self.clipboard.ours() = Some(Ours { print, until: self.host.uptime() + stays });
        let host = Arc::clone(&self.host);
        let put = timeout(PATIENCE, blocking(move || host.put_on_clipboard(&secret))).await;
        drop(acting);
        self.clear_clipboard_later();
        let put = put.map_err(|_| failures::keys::clipboard(crate::ClipboardError))??;
        put.map_err(failures::keys::clipboard)
    }

    /// Takes a secret of ours from the clipboard now, if it is still there.
    pub(crate) async fn clear_clipboard(&self) {
        let _acting = self.clipboard.acting.lock().await;
        self.clipboard.clear(Arc::clone(&self.host)).await;
    }

    /// Takes a secret of ours from the clipboard if its time is over. That happens by itself; this is for tests, which cannot wait for it.
    pub async fn clear_clipboard_if_due(&self) {
        clear_if_due(&self.clipboard, &self.host).await;
    }

    fn clear_clipboard_later(&self) {
        let (clipboard, host) = (Arc::clone(&self.clipboard), Arc::clone(&self.host));
        tokio::spawn(async move {
            while let Some(left) = clipboard.left(host.uptime()) {
                sleep(left.min(LOOK_AGAIN)).await;
                clear_if_due(&clipboard, &host).await;
            }
        });
    }
}

async fn clear_if_due<H: Host>(clipboard: &Clipboard, host: &Arc<H>) {
    let _acting = clipboard.acting.lock().await;
    if clipboard.left(host.uptime()).is_some_and(|left| left.is_zero()) {
        clipboard.clear(Arc::clone(host)).await;
    }
}
