//! `tracing` to a rotating file, one JSON object a line. `SIGNALBOX_LOG` sets the levels, in the syntax of
//! `RUST_LOG`; without it the program's setting does, which is `info` at first.
//! No secret is ever handed to it: secret types have no `Debug`, requests are never printed. Other people's crates are
//! not kept, whatever the levels: an HTTP client writes down the hosts that it talks to, at ERROR when a certificate
//! does not fit, and a stolen disk must not tell them.

use std::{fs, io, path::Path};

use model::program::LogLevel;
use tracing::Metadata;
use tracing_appender::{
    non_blocking::WorkerGuard,
    rolling::{Builder, Rotation},
};
use tracing_subscriber::{
    EnvFilter, Layer, Registry, filter::filter_fn, fmt, layer::SubscriberExt, reload, util::SubscriberInitExt,
};

/// Targets of our own rooms; `marks` are the timings that the bench reads.
const OURS: [&str; 9] =
    ["desk", "gateway", "marks", "model", "providers", "signalbox", "signalbox_shell", "store", "vault"];

/// Days whose files are kept.
pub(crate) const FILES: usize = 7;
const DEFAULT: &str = "info";

/// Logging, for as long as it lives.
pub struct Log {
    _guard: WorkerGuard,
    /// A way to set how much is logged.
    pub levels: Levels,
}

/// How much is logged.
#[derive(Clone)]
pub struct Levels {
    handle: reload::Handle<EnvFilter, Registry>,
    /// What the environment says, which is above the setting.
    pub(crate) named: Option<String>,
}

impl Levels {
    /// Logs so much from now on, unless the environment says how much.
    pub(crate) fn set(&self, level: LogLevel) {
        if self.named.is_some() {
            return;
        }
        if let Err(error) = self.handle.reload(EnvFilter::new(level.as_str())) {
            tracing::warn!(%error, "the log's level could not be set");
        }
    }
}

/// Starts logging into a folder; keep what it returns until the program ends, or the last lines are lost.
///
/// # Errors
/// When the folder cannot be written, or logging was started before.
pub fn start(folder: &Path) -> io::Result<Log> {
    begin(folder, std::env::var("SIGNALBOX_LOG").ok().filter(|levels| !levels.is_empty()))
}

/// Starts logging with these levels, whatever the environment says.
///
/// # Errors
/// See [`start`].
pub fn start_at(folder: &Path, levels: &str) -> io::Result<Log> {
    begin(folder, Some(levels.to_owned()))
}

fn begin(folder: &Path, named: Option<String>) -> io::Result<Log> {
    fs::create_dir_all(folder)?;
    let files = Builder::new()
        .rotation(Rotation::DAILY)
        .filename_prefix("signalbox")
        .filename_suffix("log")
        .max_log_files(FILES)
        .build(folder)
        .map_err(io::Error::other)?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    let filter =
        EnvFilter::try_new(named.as_deref().unwrap_or(DEFAULT)).unwrap_or_else(|_| EnvFilter::new(DEFAULT));
    let (filter, handle) = reload::Layer::new(filter);
    let lines = fmt::layer().json().with_writer(writer).with_ansi(false).with_filter(filter_fn(is_ours));
    tracing_subscriber::registry().with(filter).with(lines).try_init().map_err(io::Error::other)?;
    Ok(Log { _guard: guard, levels: Levels { handle, named } })
}

/// Size of a folder's log files in bytes.
pub(crate) fn bytes(folder: &Path) -> u64 {
    let files = fs::read_dir(folder).into_iter().flatten().flatten();
    files.filter_map(|file| file.metadata().ok()).filter(fs::Metadata::is_file).map(|data| data.len()).sum()
}

fn is_ours(line: &Metadata<'_>) -> bool {
    OURS.contains(&line.target().split("::").next().unwrap_or_default())
}
