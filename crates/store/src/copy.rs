//! A copy of the database while it is in use, byte for byte and so under the same key, and what is asked of a copy.
//!
//! The one connection holds the file exclusively, so between two of its transactions the file *is* the database. It is
//! read in pieces, each while the connection is held, with room in between for everybody else. If nothing was written
//! during a pass, the copy is a state that the database had; else another pass carries over the pages that differ. Each
//! pass is shorter than the one before, and the last is done in one piece, so it ends however busy the vault is.
//! Why not `VACUUM INTO` or `sqlcipher_export`: decision 27.

use std::{
    fs::File,
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use sqlx::{Connection, SqliteConnection};
use tokio::task::spawn_blocking;

use crate::{
    OpenError, Store, StoreError,
    audit::AuditLog,
    connection::{KeyedOptions, MIGRATIONS, check, require_encryption, require_vault},
};

/// SQLCipher 4's page. Its last bytes are the end of an HMAC over the rest, so they are new whenever the page is written.
const PAGE: usize = 4096;
const TAG: usize = 16;
/// Read while others wait: a matter of a few milliseconds.
const PIECE: u64 = 512 * PAGE as u64;
/// Passes with room for others, before the one without.
const PATIENCE: usize = 6;
/// SQLite's lock bytes lie here and never hold data; other systems forbid to read them while the lock is held.
const LOCK_PAGE: u64 = 0x4000_0000;

/// How far a database has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Rises with every entry of the audit log.
    pub revision: i64,
    /// The newest entry.
    pub head: String,
}

/// Why there is no copy.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Whoever asked no longer wants it.
    #[error("it was stopped")]
    Stopped,
    /// The database cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The copy cannot be written.
    #[error("the copy cannot be written")]
    Write(#[source] io::Error),
}

/// The file itself beside the connection. It stays open until the connection is closed: closing any handle of a file
/// gives back all of a process's locks on it (POSIX), SQLite's among them.
#[derive(Default)]
pub(crate) struct Beside(Arc<Mutex<Option<File>>>);

/// What was copied so far: the tag of each page.
#[derive(Default)]
struct Copy {
    tags: Vec<[u8; TAG]>,
}

impl Store {
    /// Copies the database to a new file, flushed to the disk, and says how far it had come. `go_on` is told how many
    /// bytes of how many are done, and says whether to go on.
    ///
    /// # Errors
    /// See [`CopyError`]; the file is then not whole.
    pub async fn copy_to(&self, target: &Path, go_on: impl Fn(u64, u64) -> bool) -> Result<Mark, CopyError> {
        let mut file = Arc::new(File::create(target).map_err(CopyError::Write)?);
        let mut copy = Copy::default();
        for _ in 0..PATIENCE {
            let (before, length) = self.state().await?;
            let mut from = 0;
            while from < length {
                let piece = {
                    let _alone = self.connection().await?;
                    self.beside.read(self.path(), from, length).await?
                };
                (file, copy) = write(file, copy, from, piece).await?;
                from = (from + PIECE).min(length);
                if !go_on(from, length) {
                    return Err(CopyError::Stopped);
                }
            }
            let (after, mark) = {
                let mut connection = self.connection().await?;
                (written(&mut connection).await?, mark(&mut connection).await?)
            };
            if after == before {
                return finish(file, length, mark).await;
            }
        }
        let mut alone = self.connection().await?;
        let length = self.beside.length(self.path()).await?;
        let mut from = 0;
        while from < length {
            let piece = self.beside.read(self.path(), from, length).await?;
            (file, copy) = write(file, copy, from, piece).await?;
            from = (from + PIECE).min(length);
        }
        let mark = mark(&mut alone).await?;
        drop(alone);
        finish(file, length, mark).await
    }

    /// How far the database has come.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn mark(&self) -> Result<Mark, StoreError> {
        mark(&mut *self.connection().await?).await
    }

    /// Whether anything but unlocking, locking and backups themselves happened since a revision, or calls were logged.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn changed_since(&self, revision: i64, at: model::Timestamp) -> Result<bool, StoreError> {
        let mut connection = self.connection().await?;
        let select = "SELECT EXISTS (SELECT 1 FROM admin_action_log WHERE id > ?
                          AND action NOT IN ('vault.unlock', 'vault.lock', 'backup.make'))
                      OR EXISTS (SELECT 1 FROM ai_provider_usage_logs WHERE last_at > ?)";
        Ok(sqlx::query_scalar(select).bind(revision).bind(at.0).fetch_one(&mut *connection).await?)
    }

    /// Calls in the usage log.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn logged_calls(&self) -> Result<u64, StoreError> {
        let select = "SELECT coalesce(sum(calls), 0) FROM ai_provider_usage_logs";
        let calls: i64 = sqlx::query_scalar(select).fetch_one(&mut *self.connection().await?).await?;
        Ok(u64::try_from(calls).unwrap_or_default())
    }

    /// Opens a copy that nobody else has open and reads it whole: both full checks, and whose it is. Nothing is written.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn check_copy(file: &Path, key_hex: &str, vault_id: &str) -> Result<Mark, OpenError> {
        let mut connection = connect_to_copy(file, key_hex).await?;
        let checked = read_whole(&mut connection, vault_id).await;
        connection.close().await?;
        checked.map_err(OpenError::of_reading)
    }

    /// Opens a copy to look at, without writing to it; `None` when an older version of the program made it, whose form
    /// this one cannot read.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open_copy(
        file: &Path,
        key_hex: &str,
        vault_id: &str,
        audit_key: &[u8; 32],
    ) -> Result<Option<Self>, OpenError> {
        let mut connection = connect_to_copy(file, key_hex).await?;
        require_vault(&mut connection, vault_id).await?;
        if is_behind(&mut connection).await? {
            connection.close().await?;
            return Ok(None);
        }
        Ok(Some(Self::on(connection, file, AuditLog::new(audit_key, vault_id))))
    }

    fn path(&self) -> &Path {
        &self.file
    }

    /// What was written so far, and how long the file is.
    async fn state(&self) -> Result<(i64, u64), CopyError> {
        let mut connection = self.connection().await?;
        let length = self.beside.length(self.path()).await?;
        Ok((written(&mut connection).await?, length))
    }
}

/// How far the database has come; before there was a chain, its head is the number of entries.
async fn mark(connection: &mut SqliteConnection) -> Result<Mark, StoreError> {
    let select = "SELECT coalesce(max(id), 0),
                         coalesce((SELECT value FROM vault_meta WHERE name = 'audit_head'), CAST(coalesce(max(id), 0) AS TEXT))
                  FROM admin_action_log";
    let (revision, head): (i64, String) = sqlx::query_as(select).fetch_one(connection).await?;
    Ok(Mark { revision, head })
}

/// Rows that this connection has written, by whatever statement: the database changed if it did. The file's own counter
/// stands still under an exclusive lock.
async fn written(connection: &mut SqliteConnection) -> Result<i64, StoreError> {
    Ok(sqlx::query_scalar("SELECT total_changes()").fetch_one(connection).await?)
}

/// Whether a newer form of the database is known.
pub(crate) async fn is_behind(connection: &mut SqliteConnection) -> Result<bool, StoreError> {
    let select = "SELECT max(version) FROM _sqlx_migrations";
    let version: Option<i64> = sqlx::query_scalar(select).fetch_one(connection).await?;
    Ok(version < MIGRATIONS.iter().map(|migration| migration.version).max())
}

async fn connect_to_copy(file: &Path, key_hex: &str) -> Result<SqliteConnection, OpenError> {
    if !file.is_file() {
        return Err(OpenError::Damaged);
    }
    let mut connection = KeyedOptions::of_copy(file, key_hex).connect().await?;
    require_encryption(&mut connection).await?;
    Ok(connection)
}

async fn read_whole(connection: &mut SqliteConnection, vault_id: &str) -> Result<Mark, OpenError> {
    require_vault(connection, vault_id).await?;
    check(connection).await.map_err(StoreError::into_open)?;
    mark(connection).await.map_err(StoreError::into_open)
}

impl Beside {
    async fn length(&self, path: &Path) -> Result<u64, StoreError> {
        let length = self.with(path, |file| file.metadata().map(|data| data.len())).await?;
        Ok(length)
    }

    async fn read(&self, path: &Path, from: u64, length: u64) -> Result<Vec<u8>, StoreError> {
        self.with(path, move |file| {
            let mut piece = vec![0; usize::try_from(PIECE.min(length - from)).unwrap_or_default()];
            // The page of the lock begins a piece, since both are powers of two.
            let skipped = if from == LOCK_PAGE { PAGE.min(piece.len()) } else { 0 };
            file.seek(SeekFrom::Start(from + skipped as u64))?;
            file.read_exact(&mut piece[skipped..])?;
            Ok(piece)
        })
        .await
    }

    async fn with<T: Send + 'static>(
        &self,
        path: &Path,
        read: impl FnOnce(&mut File) -> io::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (beside, path) = (Arc::clone(&self.0), path.to_owned());
        let done = spawn_blocking(move || {
            let mut kept: MutexGuard<'_, Option<File>> =
                beside.lock().unwrap_or_else(PoisonError::into_inner);
            let file = match &mut *kept {
                Some(file) => file,
                none => none.insert(File::open(path)?),
            };
            read(file)
        });
        done.await.ok().and_then(Result::ok).ok_or(StoreError::Io)
    }
}

/// Writes the pages of a piece that differ from what was copied of them.
async fn write(
    file: Arc<File>,
    mut copy: Copy,
    from: u64,
    piece: Vec<u8>,
) -> Result<(Arc<File>, Copy), CopyError> {
    let done = spawn_blocking(move || {
        let mut target = &*file;
        let first = usize::try_from(from).unwrap_or_default() / PAGE;
        // Neighbours that differ are written at once.
        let mut run: Option<(usize, usize)> = None;
        let pages = piece.len().div_ceil(PAGE);
        for number in 0..=pages {
            let differs = number < pages && {
                let page = &piece[number * PAGE..((number + 1) * PAGE).min(piece.len())];
                copy.take(first + number, page)
            };
            match (differs, run) {
                (true, None) => run = Some((number, number + 1)),
                (true, Some((start, _))) => run = Some((start, number + 1)),
                (false, Some((start, end))) => {
                    target.seek(SeekFrom::Start(from + (start * PAGE) as u64))?;
                    target.write_all(&piece[start * PAGE..(end * PAGE).min(piece.len())])?;
                    run = None;
                }
                (false, None) => {}
            }
        }
        Ok((file, copy))
    });
    let broken = |_| io::Error::from(io::ErrorKind::Other);
    done.await.map_err(broken).and_then(|written| written).map_err(CopyError::Write)
}

impl Copy {
    /// Notes a page and says whether it is another one than before.
    fn take(&mut self, number: usize, page: &[u8]) -> bool {
        let mut tag = [0; TAG];
        let tail = &page[page.len().saturating_sub(TAG)..];
        tag[..tail.len()].copy_from_slice(tail);
        match self.tags.get_mut(number) {
            Some(known) if *known == tag => false,
            Some(known) => {
                *known = tag;
                true
            }
            None => {
                self.tags.resize(number, [0; TAG]);
                self.tags.push(tag);
                true
            }
        }
    }
}

async fn finish(file: Arc<File>, length: u64, mark: Mark) -> Result<Mark, CopyError> {
    let done = spawn_blocking(move || file.set_len(length).and_then(|()| file.sync_all()));
    done.await
        .map_err(|_| io::Error::from(io::ErrorKind::Other))
        .and_then(|synced| synced)
        .map_err(CopyError::Write)?;
    Ok(mark)
}
