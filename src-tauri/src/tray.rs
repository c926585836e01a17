//! The icon in the desktop's bar, with a lock that is one click away. It comes after the first paint and on a thread of its
//! own, so that no start waits for a bus. Where no bus or no bar shows such icons there is none, and nothing else differs.
//!
//! By D-Bus (StatusNotifierItem, `com.canonical.dbusmenu`) and in Rust: the tray of Tauri loads a library of the system when
//! it is used, and ends the program where that is missing.

use std::{
    sync::{Arc, Once, OnceLock},
    thread,
};

use ksni::{
    MenuItem,
    blocking::{Handle, TrayMethods as _},
    menu::StandardItem,
};
use model::vault::LockReason;
use tauri::{AppHandle, Manager as _};

use crate::{WindowDesk, window};

const LOCK: &str = "Lock";
const SHOW: &str = "Show window";
const QUIT: &str = "Quit";

/// Kept as long as the program runs.
static SHOWN: OnceLock<Handle<Icon>> = OnceLock::new();
static ASKED: Once = Once::new();

struct Icon {
    app: AppHandle,
    desk: Arc<WindowDesk>,
}

/// Shows it, the first time that this is called.
pub(crate) fn show_once(app: &AppHandle, desk: &Arc<WindowDesk>) {
    ASKED.call_once(|| {
        let icon = Icon { app: app.clone(), desk: Arc::clone(desk) };
        thread::spawn(move || match icon.spawn() {
            Ok(handle) => drop(SHOWN.set(handle)),
            Err(error) => tracing::info!(%error, "the desktop's bar shows no icon"),
        });
    });
}

impl Icon {
    fn lock(&self) {
        let desk = Arc::clone(&self.desk);
        tauri::async_runtime::spawn(async move { desk.lock(LockReason::Asked).await });
    }

    fn show(&self) {
        window::raise(&self.app);
    }

    /// As the button of the window's frame does.
    fn quit(&self) {
        let closed = self.app.get_webview_window(window::LABEL).map(|window| window.close());
        if let Some(Err(error)) = closed {
            tracing::warn!(%error, "the window could not be closed");
        }
    }
}

impl ksni::Tray for Icon {
    fn id(&self) -> String {
        "signalbox".to_owned()
    }

    fn title(&self) -> String {
        "Signalbox".to_owned()
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        let Some(icon) = self.app.default_window_icon() else { return Vec::new() };
        let size = (i32::try_from(icon.width()), i32::try_from(icon.height()));
        let (Ok(width), Ok(height)) = size else { return Vec::new() };
        // Bytes of red, green, blue, alpha become alpha, red, green, blue.
        let data = icon
            .rgba()
            .as_chunks::<4>()
            .0
            .iter()
            .flat_map(|&[red, green, blue, alpha]| [alpha, red, green, blue]);
        vec![ksni::Icon { width, height, data: data.collect() }]
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.show();
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let item = |label: &str, act: fn(&Self)| {
            let activate = Box::new(move |icon: &mut Self| act(icon));
            StandardItem { label: label.to_owned(), activate, ..StandardItem::default() }.into()
        };
        vec![item(LOCK, Self::lock), item(SHOW, Self::show), item(QUIT, Self::quit)]
    }
}
