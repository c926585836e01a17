//! The desktop program. Everything is in the library, so that this file stays a door.

// Without this a release build on Windows opens a console beside the window.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

use std::process::ExitCode;

use zeroizing_alloc::ZeroAlloc;

/// Whatever held a secret for a moment (a request, a statement, a header) is overwritten when it is given back.
#[global_allocator]
static MEMORY: ZeroAlloc<std::alloc::System> = ZeroAlloc(std::alloc::System);

#[expect(clippy::print_stderr, reason = "a program that cannot open a window has nowhere else to say why")]
fn main() -> ExitCode {
    match signalbox_shell::run() {
        Ok(signalbox_shell::Ended::Closed) => ExitCode::SUCCESS,
        Ok(signalbox_shell::Ended::RaisedTheOther) => {
            eprintln!("Signalbox is already open on this data folder; its window was brought to the front.");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Signalbox could not start: {error:#}");
            ExitCode::FAILURE
        }
    }
}
