//! The one window: its size, the walls around the page, and the lock on its door.

use std::{sync::Arc, time::Duration};

use desk::{Screen, WindowPlace};
use model::{
    program::{Language, ProgramSettings},
    vault::LockReason,
};
use tauri::{
    AppHandle, Manager as _, Url, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
    webview::{NewWindowResponse, PageLoadEvent},
};

use crate::{WindowDesk, host::PageHost};

/// The window's label, which the capabilities file names too.
pub(crate) const LABEL: &str = "main";
const SIZE: (f64, f64) = (1280.0, 832.0);
const SMALLEST: (f64, f64) = (960.0, 640.0);
/// Locking waits for a write that is under way; a window that does not close looks broken.
const LOCKING_TIME: Duration = Duration::from_secs(5);

/// In text fields the menu stays, because it is how some people paste.
const NO_CONTEXT_MENU: &str = "addEventListener('contextmenu', event => {
    if (!event.target.closest?.('input, textarea')) event.preventDefault();
});";

/// A file that is dropped where nothing takes it would be shown in place of the page. What takes one says so before this hears of it.
const NO_STRAY_DROP: &str = "for (const kind of ['dragover', 'drop']) addEventListener(kind, event => {
    const data = event.dataTransfer;
    if (event.defaultPrevented || !data?.types.includes('Files')) return;
    event.preventDefault();
    data.dropEffect = 'none';
});";

/// Opens the window on the page that is compiled into the program.
///
/// # Errors
/// The window toolkit refused.
pub(crate) fn open(app: &AppHandle, desk: &Arc<WindowDesk>, host: PageHost) -> tauri::Result<()> {
    let place = place(app, desk);
    let mut builder = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .title("Signalbox")
        .inner_size(place.size.0, place.size.1)
        .maximized(place.maximised)
        .min_inner_size(SMALLEST.0, SMALLEST.1)
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        // Or the shell would take every file that is dropped, and the page none.
        .disable_drag_drop_handler()
        .initialization_script(NO_STRAY_DROP)
        // Before the page is painted for the first time, and whenever it is loaded anew.
        .initialization_script(look(&desk.settings()))
        .on_page_load({
            let desk = Arc::clone(desk);
            move |window, load| {
                if load.event() == PageLoadEvent::Started {
                    let _ = window.eval(look(&desk.settings()));
                }
            }
        })
        .devtools(cfg!(debug_assertions))
        // Nothing of the page is kept on disk. WebKit's driver cannot drive such a view, so under it this is off.
        .incognito(!under_webdriver());
    if !cfg!(debug_assertions) {
        builder = builder.initialization_script(NO_CONTEXT_MENU);
    }
    if let Some((x, y)) = place.at {
        builder = builder.position(x, y);
    }
    let window = builder.build()?;
    lock_on_close(&window, Arc::clone(desk), host);
    Ok(())
}

/// Where the window was, on a screen that is there; the usual size where that is not known. A driver sets its own.
fn place(app: &AppHandle, desk: &WindowDesk) -> WindowPlace {
    let usual = WindowPlace { at: None, size: SIZE, maximised: false };
    let Some(kept) = desk.window_place().filter(|_| !under_webdriver()) else { return usual };
    let screens: Vec<Screen> = app.available_monitors().unwrap_or_default().iter().map(screen).collect();
    kept.on(&screens)
}

fn screen(monitor: &tauri::Monitor) -> Screen {
    let scale = monitor.scale_factor();
    let (at, size) = (monitor.position().to_logical(scale), monitor.size().to_logical(scale));
    let (at, size): (tauri::LogicalPosition<f64>, tauri::LogicalSize<f64>) = (at, size);
    Screen { at: (at.x, at.y), size: (size.width, size.height) }
}

/// Keeps where the window is. What fills the screen has no place and size of its own: those from before stay.
fn keep_place(window: &WebviewWindow, desk: &WindowDesk) -> tauri::Result<()> {
    let maximised = window.is_maximized()?;
    if under_webdriver() || window.is_minimized()? {
        return Ok(());
    }
    if let Some(kept) = desk.window_place().filter(|_| maximised) {
        desk.keep_window_place(WindowPlace { maximised, ..kept });
        return Ok(());
    }
    let scale = window.scale_factor()?;
    let at = window.outer_position()?.to_logical::<f64>(scale);
    let size = window.inner_size()?.to_logical::<f64>(scale);
    let (at, size) = if maximised { (None, SIZE) } else { (Some((at.x, at.y)), (size.width, size.height)) };
    desk.keep_window_place(WindowPlace { at, size, maximised });
    Ok(())
}

/// A script by which the page looks as it is set. The page's policy lets in no script of the page's own that is not in a
/// file; the window's scripts are not the page's.
fn look(settings: &ProgramSettings) -> String {
    let motion = if settings.reduce_motion { "reduced" } else { "system" };
    let keys = if settings.single_keys_off { "no-single" } else { "all" };
    let (theme, rows) = (settings.theme.as_str(), settings.rows.as_str());
    let language = settings.language.map_or("system", Language::tag);
    format!(
        "{{ const put = () => {{
            const root = document.documentElement;
            if (root) Object.assign(root.dataset, {{ theme: '{theme}', rows: '{rows}', motion: '{motion}', keys: '{keys}', language: '{language}' }});
            return root;
        }};
        if (!put()) new MutationObserver((_, seen) => put() && seen.disconnect()).observe(document, {{ childList: true }}); }}"
    )
}

/// Brings the window to the front; any thread may ask. Whether there is a window.
pub(crate) fn raise(app: &AppHandle) -> bool {
    let Some(window) = app.get_webview_window(LABEL) else { return false };
    let raised = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
    raised.inspect_err(|error| tracing::warn!(%error, "the window could not be raised")).is_ok()
}

/// Ends the process that draws the page and has a new one draw it: what was typed and shown is gone with the old one's
/// memory, which nobody else can overwrite. A driver is bound to its process, so under it the page stays.
#[cfg(target_os = "linux")]
pub(crate) fn renew(window: &WebviewWindow) {
    use webkit2gtk::WebViewExt as _;
    if under_webdriver() {
        return;
    }
    let renewed = window.with_webview(|webview| {
        let view = webview.inner();
        view.terminate_web_process();
        view.reload();
    });
    if let Err(error) = renewed {
        tracing::warn!(%error, "the page's process could not be replaced");
    }
}

// The page's own origin is `tauri://localhost`, on Windows `http://tauri.localhost`.
fn is_our_page(url: &Url) -> bool {
    let ours = match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) => true,
        ("http" | "https", Some("tauri.localhost")) => cfg!(windows),
        _ => false,
    };
    if !ours {
        tracing::warn!(scheme = url.scheme(), "the page was not let go elsewhere");
    }
    ours
}

fn under_webdriver() -> bool {
    std::env::var("TAURI_WEBVIEW_AUTOMATION").is_ok_and(|value| value == "true")
}

fn lock_on_close(window: &WebviewWindow, desk: Arc<WindowDesk>, host: PageHost) {
    let closing = window.clone();
    window.on_window_event(move |event| {
        let WindowEvent::CloseRequested { api, .. } = event else { return };
        api.prevent_close();
        host.leave();
        if let Err(error) = keep_place(&closing, &desk) {
            tracing::warn!(%error, "where the window is could not be said");
        }
        let (desk, window) = (Arc::clone(&desk), closing.clone());
        tauri::async_runtime::spawn(async move {
            if tokio::time::timeout(LOCKING_TIME, desk.lock(LockReason::Closed)).await.is_err() {
                tracing::error!("the vault did not lock in time; the window closes without");
            }
            window.app_handle().exit(0);
        });
    });
}
