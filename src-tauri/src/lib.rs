//! The desktop shell: a window, its walls, and the passage from the page to the desk. No logic is here: what a
//! command does is in `desk`, what the page shows is in `ui`.

mod about;
#[cfg(target_os = "linux")]
mod away;
mod clipboard;
mod commands;
#[cfg(target_os = "linux")]
mod guard;
mod host;
mod instance;
mod link;
mod marks;
mod notice;
#[cfg(target_os = "linux")]
mod painting;
#[cfg(target_os = "linux")]
mod tray;
mod window;
mod words;

use std::sync::Arc;

use anyhow::Context as _;
use desk::{Desk, Folders, Options};
use tauri::{App, Wry};

use crate::{host::PageHost, instance::Entry};

const NO_DISPLAY: &str =
    "no window can be opened here. Start it in a desktop session, or set DISPLAY to one that may be used";

/// The desk behind this program's one window.
pub(crate) type WindowDesk = Desk<PageHost>;

/// How a start ended that was not an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// The person closed the window; the vault is locked.
    Closed,
    /// Another instance holds the data folder, and was asked to show itself.
    RaisedTheOther,
}

/// Opens the desk and its window, and returns when the window is closed.
///
/// # Errors
/// The data folder cannot be used, or there is no display to open a window on.
pub fn run() -> anyhow::Result<Ended> {
    #[cfg(target_os = "linux")]
    painting::choose();
    #[cfg(target_os = "linux")]
    let guarded = guard::forbid_dumps();
    let folders = Folders::from_environment()?;
    let vault_folder = folders.vault.clone();
    // A folder that takes no log takes no vault either, and the desk says so better.
    let log = desk::logging::start(&folders.logs).ok();
    #[cfg(target_os = "linux")]
    guard::tell(guarded);
    let host = PageHost::default();
    // Before the window, so that a second instance costs no window toolkit.
    let levels = log.as_ref().map(|log| log.levels.clone());
    let open = || {
        Desk::open(host.clone(), folders.clone(), Options { levels: levels.clone(), ..Options::default() })
    };
    let link = link::of_arguments(std::env::args_os().skip(1));
    let desk = match instance::enter(&vault_folder, link.as_deref(), open)? {
        Entry::Own(desk) => Arc::new(desk),
        Entry::Raised => return Ok(Ended::RaisedTheOther),
    };
    if let Some(link) = &link {
        desk.take_in(link);
    }
    let taker = Arc::clone(&desk);
    instance::listen(&vault_folder, host.raiser(), move |link| taker.take_in(link));
    let app = build(&host, &desk)?;
    #[cfg(target_os = "macos")]
    let code = app.run_return(move |_, event| {
        if let tauri::RunEvent::Opened { urls } = event {
            urls.iter().for_each(|url| desk.take_in(url.as_str()));
        }
    });
    #[cfg(not(target_os = "macos"))]
    let code = app.run_return(|_, _| {});
    anyhow::ensure!(code == 0, "the window ended with code {code}");
    Ok(Ended::Closed)
}

fn build(host: &PageHost, desk: &Arc<WindowDesk>) -> anyhow::Result<App<Wry>> {
    // The window toolkit does this again, and panics where there is no display.
    #[cfg(target_os = "linux")]
    gtk::init().map_err(|_| anyhow::anyhow!(NO_DISPLAY))?;
    let app = tauri::Builder::default()
        .invoke_handler(commands::handler(Arc::clone(desk)))
        .build(context())
        .context(NO_DISPLAY)?;
    host.attach(app.handle(), desk);
    window::open(app.handle(), desk, host.clone())?;
    let watched = Arc::clone(desk);
    tauri::async_runtime::spawn(async move { watched.watch_idle().await });
    #[cfg(target_os = "linux")]
    away::watch(desk);
    Ok(app)
}

#[expect(clippy::disallowed_methods, reason = "the macro's own code, for a bundle whose parts are missing")]
fn context() -> tauri::Context {
    tauri::generate_context!()
}
