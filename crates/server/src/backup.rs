//! Backups of the embedded database: copied while it is in use, opened and read whole before they count, and put back. A backup is
//! the database as it was, under the root key, which is not in it.

use std::{
    fs::{self, File},
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use model::Timestamp;
use store::{CopyError, Mark, OpenError, Store, StoreError};
use tokio::{task::spawn_blocking, time::interval};
use tokio_util::sync::CancellationToken;
use vault::RootKey;

use crate::{
    Site, SiteError,
    app::App,
    config::Config,
    site::{database, databases, make_folder, read_key},
};

/// A running server makes one when the newest is older than this, in milliseconds.
const EVERY_MS: i64 = 24 * 3_600_000;
/// How often it looks.
const LOOK_EVERY: Duration = Duration::from_secs(10 * 60);
const ENDING: &str = "sbdb";

/// Why there is no backup, or why it was not put back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The copy.
    #[error(transparent)]
    Copy(#[from] CopyError),
    /// It does not open, or not under this root key.
    #[error("the backup is not one of this server's, or is damaged: {0}")]
    Bad(#[source] OpenError),
    /// The copy is not what was copied.
    #[error("the backup was written and is not what the database held")]
    Different,
    /// PostgreSQL has copies and backups of its own.
    #[error(
        "the database is not in the data folder: back it up and restore it with pg_dump and pg_restore, and keep the root key"
    )]
    Elsewhere,
    /// Files.
    #[error("a file cannot be read or written: {0}")]
    File(#[from] io::Error),
    /// The server runs, or its place cannot be used.
    #[error(transparent)]
    Site(#[from] SiteError),
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// Its file.
    pub file: PathBuf,
    /// Entries of the log of acts in it.
    pub revision: i64,
}

impl From<StoreError> for BackupError {
    fn from(error: StoreError) -> Self {
        CopyError::Store(error).into()
    }
}

/// Makes a backup in a folder.
///
/// # Errors
/// See [`BackupError`]; no file is then left that could be taken for one.
pub async fn back_up(site: &Site, folder: &Path, now: Timestamp) -> Result<Backup, BackupError> {
    copy(site.store.embedded().ok_or(BackupError::Elsewhere)?, &site.root, folder, now).await
}

async fn copy(store: &Store, root: &RootKey, folder: &Path, now: Timestamp) -> Result<Backup, BackupError> {
    make_folder(folder)?;
    let staged = folder.join(format!(".signalbox-{}.part", now.0));
    let copied = checked_copy(store, root, &staged).await;
    let mark = match copied {
        Ok(mark) => mark,
        Err(error) => {
            // What was begun is of no use.
            let _ = fs::remove_file(&staged);
            return Err(error);
        }
    };
    let server = &root.server_id()[..8];
    let file = folder.join(format!("signalbox-{}-{}-{server}.{ENDING}", stamp(now), mark.revision));
    fs::rename(&staged, &file)?;
    sync(folder)?;
    Ok(Backup { file, revision: mark.revision })
}

async fn checked_copy(store: &Store, root: &RootKey, staged: &Path) -> Result<Mark, BackupError> {
    let mark = store.copy_to(staged, |_, _| true).await?;
    let read = Store::check_copy(staged, root.database_key().expose_hex(), root.server_id()).await;
    if read.map_err(BackupError::Bad)? == mark { Ok(mark) } else { Err(BackupError::Different) }
}

/// Puts a backup in the place of the database, which stays beside it under another name. The server must not run.
///
/// # Errors
/// See [`BackupError`]; the database is then as it was.
pub async fn restore(config: &Config, backup: &Path, now: Timestamp) -> Result<Backup, BackupError> {
    if config.database_url.is_some() {
        return Err(BackupError::Elsewhere);
    }
    make_folder(&config.data_dir)?;
    let root = read_key(config).map_err(SiteError::from)?;
    let file = database(&config.data_dir, &root);
    let there = databases(&config.data_dir)?;
    if there.iter().any(|other| *other != file) {
        return Err(SiteError::OtherKey.into());
    }
    if !there.is_empty() {
        require_idle(config).await?;
    }
    let staged = file.with_extension("new");
    let from = backup.to_owned();
    let to = staged.clone();
    let copied = spawn_blocking(move || -> io::Result<()> {
        let mut to = File::create(to)?;
        io::copy(&mut File::open(from)?, &mut to)?;
        to.sync_all()
    });
    copied.await.map_err(io::Error::other)??;
    let read = Store::check_copy(&staged, root.database_key().expose_hex(), root.server_id()).await;
    let mark = match read {
        Ok(mark) => mark,
        Err(error) => {
            let _ = fs::remove_file(&staged);
            return Err(BackupError::Bad(error));
        }
    };
    put_aside(&file, &file.with_extension(format!("before-{}", stamp(now))))?;
    fs::rename(&staged, &file)?;
    sync(&config.data_dir)?;
    Ok(Backup { file, revision: mark.revision })
}

/// A database goes with its journal: that of a server that was killed would be played into whatever lies at its place. The
/// database first, because without its journal it may be half of a change.
fn put_aside(file: &Path, aside: &Path) -> io::Result<()> {
    for (from, to) in [(file.to_owned(), aside.to_owned()), (journal(file), journal(aside))] {
        if from.exists() {
            fs::rename(from, to)?;
        }
    }
    Ok(())
}

/// As SQLite names it.
fn journal(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push("-journal");
    name.into()
}

/// A database that is damaged may be replaced; one that a server has open may not.
async fn require_idle(config: &Config) -> Result<(), BackupError> {
    match Site::open(config).await {
        Ok(site) => site.close().await,
        Err(SiteError::Database(OpenError::Damaged | OpenError::TooNew | OpenError::OtherVault)) => {}
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Makes one a day while the server runs, and keeps the newest.
pub(crate) async fn keep(app: Arc<App>, folder: PathBuf, most: usize, closing: CancellationToken) {
    // PostgreSQL has backups of its own, and a configuration with both is refused.
    let Some(store) = app.store.embedded() else { return };
    let mut every = interval(LOOK_EVERY);
    loop {
        tokio::select! {
            () = closing.cancelled() => return,
            _ = every.tick() => {}
        }
        let now = app.now();
        if newest(&folder).is_some_and(|at| (0..EVERY_MS).contains(&(now.0 - at))) {
            continue;
        }
        let made = tokio::select! {
            made = copy(store, &app.root, &folder, now) => made,
            // Half a copy is swept away with the next one.
            () = closing.cancelled() => return,
        };
        match made {
            Ok(made) => {
                tracing::info!(revision = made.revision, "a backup was made");
                prune(&folder, most);
            }
            Err(error) => tracing::error!(%error, "no backup was made"),
        }
        app.metrics.backed_up(newest(&folder).unwrap_or(0));
    }
}

fn backups(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let paths = entries.map(|entry| entry.path());
    let mut found: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == ENDING)).collect();
    // Their names begin with the time.
    found.sort();
    found
}

fn newest(folder: &Path) -> Option<i64> {
    let modified = fs::metadata(backups(folder).last()?).ok()?.modified().ok()?;
    let since = modified.duration_since(std::time::UNIX_EPOCH).ok()?;
    i64::try_from(since.as_millis()).ok()
}

fn prune(folder: &Path, most: usize) {
    let all = backups(folder);
    for old in &all[..all.len().saturating_sub(most)] {
        if let Err(error) = fs::remove_file(old) {
            tracing::warn!(%error, "an old backup could not be removed");
        }
    }
    let parts = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    for part in parts.filter(|entry| entry.path().extension().is_some_and(|end| end == "part")) {
        // It is swept away another time, if not now.
        let _ = fs::remove_file(part.path());
    }
}

/// `20261125T120000Z`.
fn stamp(now: Timestamp) -> String {
    let at = jiff::Timestamp::from_millisecond(now.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

#[cfg(unix)]
fn sync(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync(_: &Path) -> io::Result<()> {
    Ok(())
}
