//! The passage: a message of the page becomes a call of the desk, and its answer becomes the message's reply.
//!
//! Tauri's access control has already refused every name that is not in `model::COMMAND_NAMES`; the desk refuses
//! unknown names again, and everything but a few while locked. Neither is repeated here.

use std::sync::Arc;

#[cfg(target_os = "linux")]
use model::{Command as _, command::PagePainted};
#[cfg(target_os = "linux")]
use tauri::Manager as _;
use tauri::{
    Wry,
    async_runtime::{block_on, spawn_blocking},
    ipc::{Invoke, InvokeBody, InvokeError, InvokeResponseBody},
};
use zeroize::Zeroizing;

use crate::{WindowDesk, marks::Marks};

/// One handler for all commands.
pub(crate) fn handler(desk: Arc<WindowDesk>) -> impl Fn(Invoke<Wry>) -> bool + Send + Sync + 'static {
    let marks = Marks::from_environment();
    move |invoke| {
        answer(Arc::clone(&desk), marks.clone(), invoke);
        true
    }
}

fn answer(desk: Arc<WindowDesk>, marks: Marks, invoke: Invoke<Wry>) {
    let command = invoke.message.command().to_owned();
    let request = bytes_of(invoke.message.payload());
    marks.asked(&command, &request);
    #[cfg(target_os = "linux")]
    if command == PagePainted::NAME {
        crate::tray::show_once(invoke.message.webview_ref().app_handle(), &desk);
    }
    // A thread that waits, and not a task: the compiler cannot see that every future under the desk is `Send`,
    // though all are (rust-lang/rust#110338).
    spawn_blocking(move || {
        let answer = block_on(desk.dispatch(&command, &request));
        #[cfg(target_os = "linux")]
        crate::tray::heed_end(&command);
        marks.answered(&command);
        invoke.resolver.respond(answer.map(reply_of).map_err(InvokeError::from));
    });
}

/// Bytes for every command, never JSON. The page reads them at once, where an object would be built, written out and
/// read again. And where a reply comes as a JavaScript array (the window's second passage has nothing else for bytes),
/// the page takes it for bytes: a list of ours must never be one.
fn reply_of(json: String) -> InvokeResponseBody {
    InvokeResponseBody::Raw(json.into_bytes())
}

// Our copy may hold a password and is wiped; the window toolkit's own copies are out of our reach.
fn bytes_of(body: &InvokeBody) -> Zeroizing<Vec<u8>> {
    Zeroizing::new(match body {
        InvokeBody::Raw(bytes) => bytes.clone(),
        InvokeBody::Json(value) => value.to_string().into_bytes(),
    })
}
