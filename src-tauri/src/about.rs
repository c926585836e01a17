//! What the window is made of, and the licences that were found when the page was built.

use model::program::{Licences, ProgramPart};
use tauri::AppHandle;

/// Made by `cargo xtask page` and compiled in, packed, beside the page.
const LICENCES: &str = "licences.json";

/// The window toolkit and the web view.
pub(crate) fn parts() -> Vec<ProgramPart> {
    let part = |name: &str, version: String| ProgramPart { name: name.to_owned(), version };
    let mut parts = vec![part("Tauri", tauri::VERSION.to_owned())];
    match tauri::webview_version() {
        Ok(version) => {
            parts.push(part(if cfg!(target_os = "windows") { "WebView2" } else { "WebKit" }, version))
        }
        Err(error) => tracing::info!(%error, "the web view does not tell its version"),
    }
    parts
}

/// Of everything that is in the program; none where the page was built without them.
pub(crate) fn licences(app: &AppHandle) -> Licences {
    let file = app.asset_resolver().get(LICENCES.to_owned());
    let read = file.map(|file| serde_json::from_slice(file.bytes()));
    match read {
        Some(Ok(licences)) => licences,
        Some(Err(error)) => {
            tracing::error!(%error, "the list of licences does not read");
            Licences::default()
        }
        None => Licences::default(),
    }
}
