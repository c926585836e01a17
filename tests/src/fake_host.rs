//! A host without a window, whose clocks move only when told to.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use desk::{ClipboardError, Host, LinkError};
use model::{
    Secret, Timestamp,
    vault::{DeskEvent, Notice},
};

/// Monday, 23 November 2026, 14:32 UTC.
const NOW: Timestamp = Timestamp(1_795_444_320_000);

/// A host that remembers what it was told.
#[derive(Clone)]
pub struct FakeHost(Arc<Mutex<Told>>);

struct Told {
    events: Vec<DeskEvent>,
    links: Vec<String>,
    notices: Vec<Notice>,
    clipboard: Option<String>,
    clipboard_works: bool,
    now: Timestamp,
    uptime: Duration,
}

impl FakeHost {
    /// Clocks at a fixed moment.
    #[expect(clippy::new_without_default, reason = "a moment is chosen, not defaulted")]
    pub fn new() -> Self {
        Self(Arc::new(Mutex::new(Told {
            events: vec![],
            links: vec![],
            notices: vec![],
            clipboard: None,
            clipboard_works: true,
            now: NOW,
            uptime: Duration::ZERO,
        })))
    }

    /// What the page was told.
    pub fn events(&self) -> Vec<DeskEvent> {
        self.0.lock().unwrap().events.clone()
    }

    /// Which pages were opened.
    pub fn links(&self) -> Vec<String> {
        self.0.lock().unwrap().links.clone()
    }

    /// What was shown on the desktop.
    pub fn notices(&self) -> Vec<Notice> {
        self.0.lock().unwrap().notices.clone()
    }

    /// What the clipboard holds.
    pub fn clipboard(&self) -> Option<String> {
        self.0.lock().unwrap().clipboard.clone()
    }

    /// Somebody else puts something on the clipboard.
    pub fn put_elsewhere(&self, text: &str) {
        self.0.lock().unwrap().clipboard = Some(text.to_owned());
    }

    /// From now on the clipboard takes nothing.
    pub fn break_clipboard(&self) {
        self.0.lock().unwrap().clipboard_works = false;
    }

    /// What the wall clock says.
    pub fn wall_clock(&self) -> Timestamp {
        self.0.lock().unwrap().now
    }

    /// Lets time pass on both clocks.
    pub fn pass(&self, time: Duration) {
        let mut told = self.0.lock().unwrap();
        told.uptime += time;
        told.now.0 += i64::try_from(time.as_millis()).unwrap();
    }

    /// Sets the wall clock alone, as a person or a time server may.
    pub fn set_wall_clock(&self, now: Timestamp) {
        self.0.lock().unwrap().now = now;
    }
}

impl Host for FakeHost {
    fn emit(&self, event: DeskEvent) {
        self.0.lock().unwrap().events.push(event);
    }

    fn notify(&self, notice: &Notice) {
        self.0.lock().unwrap().notices.push(notice.clone());
    }

    fn open_link(&self, url: &str) -> Result<(), LinkError> {
        self.0.lock().unwrap().links.push(url.to_owned());
        Ok(())
    }

    fn put_on_clipboard(&self, secret: &Secret) -> Result<(), ClipboardError> {
        let mut told = self.0.lock().unwrap();
        if !told.clipboard_works {
            return Err(ClipboardError);
        }
        told.clipboard = Some(secret.expose().to_owned());
        Ok(())
    }

    fn take_from_clipboard(&self, is_ours: &dyn Fn(&Secret) -> bool) -> Result<(), ClipboardError> {
        let mut told = self.0.lock().unwrap();
        if told.clipboard.as_deref().is_some_and(|text| is_ours(&Secret::new(text))) {
            told.clipboard = None;
        }
        Ok(())
    }

    fn open_folder(&self, folder: &std::path::Path) -> Result<(), LinkError> {
        self.0.lock().unwrap().links.push(folder.display().to_string());
        Ok(())
    }

    fn now(&self) -> Timestamp {
        self.0.lock().unwrap().now
    }

    fn uptime(&self) -> Duration {
        self.0.lock().unwrap().uptime
    }
}
