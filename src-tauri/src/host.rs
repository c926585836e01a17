//! What the desk needs from the machine it runs on: a way to the page, the browser, and two clocks.

use std::{
    path::Path,
    sync::{
        Arc, OnceLock, Weak,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use desk::{ClipboardError, Host, LinkError, Made};
use model::{
    Secret, Timestamp,
    vault::{DeskEvent, Notice},
};
use tauri::{AppHandle, Manager as _};

use crate::{WindowDesk, about, clipboard::Clipboard, notice, window, words};

/// The window as the desk's host. Made before the window, because the desk is.
#[derive(Clone)]
pub(crate) struct PageHost {
    app: Arc<OnceLock<AppHandle>>,
    /// Whose settings say in which language the desktop is told something. The desk holds this host.
    desk: Arc<OnceLock<Weak<WindowDesk>>>,
    leaving: Arc<AtomicBool>,
    clipboard: Clipboard,
    started: Instant,
}

impl Default for PageHost {
    fn default() -> Self {
        Self {
            app: Arc::default(),
            desk: Arc::default(),
            leaving: Arc::default(),
            clipboard: Clipboard::default(),
            started: Instant::now(),
        }
    }
}

impl PageHost {
    /// From now on events reach the page. Events before it are lost, as no page is there that could have missed them.
    pub(crate) fn attach(&self, app: &AppHandle, desk: &Arc<WindowDesk>) {
        let known = self.desk.set(Arc::downgrade(desk));
        if self.app.set(app.clone()).is_err() || known.is_err() {
            tracing::warn!("the host was attached to a window twice");
        }
    }

    /// The window is closing: from now on nobody is told that it was brought to the front.
    pub(crate) fn leave(&self) {
        self.leaving.store(true, Ordering::Release);
    }

    /// Brings the window to the front when called, from any thread, and says whether there is one to look at. A window
    /// that is still to come is new enough; one that is closing is none.
    pub(crate) fn raiser(&self) -> impl Fn() -> bool + Send + 'static {
        let (app, leaving) = (Arc::clone(&self.app), Arc::clone(&self.leaving));
        move || !leaving.load(Ordering::Acquire) && app.get().is_none_or(window::raise)
    }
}

impl Host for PageHost {
    fn emit(&self, event: DeskEvent) {
        #[cfg(target_os = "linux")]
        crate::tray::heed(&event);
        let Some(page) = self.app.get().and_then(|app| app.get_webview_window(window::LABEL)) else { return };
        // Tauri's own events would need the page to be granted Tauri's event commands; this needs no grant.
        let sent = serde_json::to_string(&event).map_err(tauri::Error::from).and_then(|detail| {
            page.eval(format!("window.dispatchEvent(new CustomEvent('signalbox-event',{{detail:{detail}}}))"))
        });
        if let Err(error) = sent {
            tracing::error!(%error, "the page could not be told");
        }
        #[cfg(target_os = "linux")]
        if matches!(event, DeskEvent::VaultLocked { .. }) && !self.leaving.load(Ordering::Acquire) {
            window::renew(&page);
        }
    }

    fn notify(&self, notice: &Notice) {
        let desk = self.desk.get().and_then(Weak::upgrade);
        let book = self.app.get().zip(desk).and_then(|(app, desk)| words::book(app, &desk.settings()));
        notice::show(notice, book.as_deref());
    }

    fn open_link(&self, url: &str) -> Result<(), LinkError> {
        open::that_detached(url).map_err(|error| {
            tracing::warn!(%error, "no browser could be started");
            LinkError
        })
    }

    fn put_on_clipboard(&self, secret: &Secret) -> Result<(), ClipboardError> {
        self.clipboard.put(secret)
    }

    fn take_from_clipboard(&self, is_ours: &dyn Fn(&Secret) -> bool) -> Result<(), ClipboardError> {
        self.clipboard.take(is_ours)
    }

    fn open_folder(&self, folder: &Path) -> Result<(), LinkError> {
        open::that_detached(folder).map_err(|error| {
            tracing::warn!(%error, "no file manager could be started");
            LinkError
        })
    }

    fn made(&self) -> Made {
        Made { parts: about::parts(), licences: self.app.get().map(about::licences).unwrap_or_default() }
    }

    fn now(&self) -> Timestamp {
        if let Some(still) = desk::still() {
            return still;
        }
        Timestamp(match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => millis(after),
            Err(before) => -millis(before.duration()),
        })
    }

    fn uptime(&self) -> Duration {
        since(self.started)
    }
}

// A vault left open under a closed lid must be found locked, so this is a clock that goes on while the computer sleeps. The
// standard library's does so on Windows alone.
#[cfg(any(target_os = "linux", target_os = "macos"))]
fn since(_started: Instant) -> Duration {
    use rustix::time::{ClockId, clock_gettime};

    // macOS has no other name for it: there the monotonic clock counts sleep.
    #[cfg(target_os = "macos")]
    let clock = ClockId::Monotonic;
    #[cfg(not(target_os = "macos"))]
    let clock = ClockId::Boottime;
    Duration::try_from(clock_gettime(clock)).unwrap_or_default()
}

#[cfg(not(any(target_os = "linux", target_os = "macos")))]
fn since(started: Instant) -> Duration {
    started.elapsed()
}

fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}
