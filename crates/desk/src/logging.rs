//! `tracing` to a rotating file, one JSON object a line. `SIGNALBOX_LOG` sets the levels, in the syntax of `RUST_LOG`; the default is `info`.
//! No secret is ever handed to it: secret types have no `Debug`, requests are never printed. Other people's crates are
//! not kept, whatever the levels: an HTTP client writes down the hosts that it talks to, at ERROR when a certificate
//! does not fit, and a stolen disk must not tell them.

use std::{fs, io, path::Path};

use tracing::Metadata;
use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{Builder, Rotation},
};
use tracing_subscriber::{
    EnvFilter, Layer, filter::filter_fn, fmt, layer::SubscriberExt, util::SubscriberInitExt,
};

/// Targets of our own rooms; `marks` are the timings that the bench reads.
const OURS: [&str; 9] =
    ["desk", "gateway", "marks", "model", "providers", "signalbox", "signalbox_shell", "store", "vault"];

/// Days whose files are kept.
const FILES: usize = 7;

/// Starts logging into a folder; keep the guard until the program ends, or the last lines are lost.
///
/// # Errors
/// When the folder cannot be written, or logging was started before.
pub fn start(folder: &Path) -> io::Result<WorkerGuard> {
    start_at(folder, &std::env::var("SIGNALBOX_LOG").unwrap_or_else(|_| "info".to_owned()))
}

/// Starts logging with these levels, whatever the environment says.
///
/// # Errors
/// See [`start`].
pub fn start_at(folder: &Path, levels: &str) -> io::Result<WorkerGuard> {
    fs::create_dir_all(folder)?;
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("signalbox")
        .filename_suffix("log")
        .max_log_files(FILES)
        .build(folder)
        .map_err(io::Error::other)?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter = EnvFilter::try_new(levels).unwrap_or_else(|_| EnvFilter::new("info"));
    let lines = fmt::layer().json().with_writer(writer).with_ansi(false).with_filter(filter_fn(is_ours));
    tracing_subscriber::registry().with(filter).with(lines).try_init().map_err(io::Error::other)?;
    Ok(guard)
}

fn is_ours(line: &Metadata<'_>) -> bool {
    OURS.contains(&line.target().split("::").next().unwrap_or_default())
}
