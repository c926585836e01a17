//! One connection to one encrypted file, and the checks that it is what it should be.

use std::path::{Path, PathBuf};

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, Database, Sqlite, SqliteConnection,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqliteSynchronous},
};
use sqlx_core::transaction::TransactionManager;
use tokio::sync::MappedMutexGuard;

use crate::{
    OpenError, StoreError,
    audit::{self, AuditLog},
    copy::{Beside, is_behind},
    held::Held,
    log,
    page_cache::{self, PageCache},
    statistics::{KnownDimensions, KnownPlaces},
};

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/sqlite");

/// An open database. One connection, exclusively locked: SQLite writes one thing at a time anyway, and a second
/// connection would need the key again.
pub struct Store {
    connection: Held,
    pub(crate) audit: AuditLog,
    // Behind the connection: it must be dropped after it.
    pub(crate) beside: Beside,
    pub(crate) file: PathBuf,
    /// Of the usage log's sums.
    pub(crate) places: KnownPlaces,
    pub(crate) dimensions: KnownDimensions,
    pub(crate) page_cache: PageCache,
}

/// Where [`Store::read_log_piece`] goes on; by default at the beginning.
#[derive(Debug, Default)]
pub struct LogPlace(Place);

#[derive(Debug)]
enum Place {
    Segment(i64),
    Request(Vec<u8>),
}

impl Default for Place {
    fn default() -> Self {
        Self::Segment(i64::MIN)
    }
}

/// The options hold the key, and sqlx prints options in `Debug`: this wrapper has none.
pub(crate) struct KeyedOptions(SqliteConnectOptions);

impl KeyedOptions {
    pub(crate) fn new(file: &Path, key_hex: &str) -> Self {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .pragma("key", format!("\"x'{key_hex}'\""))
            // Its own log goes to standard error past ours; what it would say comes back as a result code.
            .pragma("cipher_log_level", "NONE")
            // Not WAL: one flipped bit in a live WAL silently loses committed rows.
            .journal_mode(SqliteJournalMode::Delete)
            .locking_mode(SqliteLockingMode::Exclusive)
            .synchronous(SqliteSynchronous::Extra)
            .pragma("secure_delete", "ON")
            .pragma("temp_store", "MEMORY")
            .pragma("cache_size", page_cache::AT_FIRST)
            .pragma("trusted_schema", "OFF")
            // The logger would write the statement "PRAGMA key" as it is.
            .disable_statement_logging();
        Self(options)
    }

    /// For a file that nobody writes to, and that may lie where nothing can be written.
    pub(crate) fn of_copy(file: &Path, key_hex: &str) -> Self {
        let options = SqliteConnectOptions::new()
            .filename(file)
            .pragma("key", format!("\"x'{key_hex}'\""))
            .pragma("cipher_log_level", "NONE")
            .read_only(true)
            .immutable(true)
            .pragma("temp_store", "MEMORY")
            .pragma("trusted_schema", "OFF")
            .disable_statement_logging();
        Self(options)
    }

    pub(crate) async fn connect(self) -> Result<SqliteConnection, sqlx::Error> {
        let mut connection = self.0.connect().await?;
        overwrite_texts(&mut connection).await?;
        Ok(connection)
    }
}

/// SQLite copies the text of each statement, `PRAGMA key` among them, into slots that it keeps for the connection and gives
/// back unwiped. Values of both sizes of slot, more than there are slots, are all held at once here and so lie over
/// what was left there. (SQLCipher's `cipher_memory_security` wipes as well, but locks and unlocks memory at every allocation.)
pub(crate) async fn overwrite_texts(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    // Lengths below 128 and 1,200 bytes, of which SQLite has some 130 slots in all.
    const VALUES: [(usize, usize); 2] = [(300, 120), (100, 1_150)];
    let count = VALUES.iter().map(|(values, _)| values).sum();
    let select = format!("SELECT {}", vec!["? IS NULL"; count].join(", "));
    let values = VALUES.iter().flat_map(|(values, length)| std::iter::repeat_n("-".repeat(*length), *values));
    let query =
        values.fold(sqlx::query(AssertSqlSafe(select)).persistent(false), |query, value| query.bind(value));
    query.execute(connection).await?;
    Ok(())
}

impl Store {
    /// Makes a new database for a vault and closes it again, so that its folder can be moved.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn create(file: &Path, key_hex: &str, vault_id: &str) -> Result<(), OpenError> {
        let mut connection = connect(KeyedOptions::new(file, key_hex), true).await?;
        MIGRATIONS.run(&mut connection).await?;
        log::convert(&mut connection).await.map_err(StoreError::into_open)?;
        let insert = "INSERT INTO vault_meta (name, value) VALUES ('vault_id', ?)";
        sqlx::query(insert).bind(vault_id).execute(&mut connection).await?;
        connection.close().await?;
        Ok(())
    }

    /// Opens a vault's database, checks every table but the log of calls and its sums, and migrates it forward.
    /// `audit_key` is the one that the vault derives for the log of acts.
    ///
    /// # Errors
    /// See [`OpenError`]. The keys are taken to be right.
    pub async fn open(
        file: &Path,
        key_hex: &str,
        vault_id: &str,
        audit_key: &[u8; 32],
    ) -> Result<Self, OpenError> {
        let connection = connect_to_vault(file, key_hex, vault_id).await?;
        Self::migrated(connection, file, AuditLog::new(audit_key, vault_id)).await
    }

    /// The same where nothing is to be migrated; `None` where something is, and nothing was changed: a backup comes
    /// before that.
    ///
    /// # Errors
    /// See [`OpenError`].
    pub async fn open_current(
        file: &Path,
        key_hex: &str,
        vault_id: &str,
        audit_key: &[u8; 32],
    ) -> Result<Option<Self>, OpenError> {
        let mut connection = connect_to_vault(file, key_hex, vault_id).await?;
        if is_behind(&mut connection).await.map_err(StoreError::into_open)? {
            connection.close().await?;
            return Ok(None);
        }
        Self::migrated(connection, file, AuditLog::new(audit_key, vault_id)).await.map(Some)
    }

    /// Migrates what is behind. What a later version changed is refused here.
    async fn migrated(
        mut connection: SqliteConnection,
        file: &Path,
        acts: AuditLog,
    ) -> Result<Self, OpenError> {
        MIGRATIONS.run(&mut connection).await?;
        log::convert(&mut connection).await.map_err(StoreError::into_open)?;
        audit::convert(&mut connection, &acts).await.map_err(StoreError::into_open)?;
        Ok(Self::on(connection, file, acts))
    }

    pub(crate) fn on(connection: SqliteConnection, file: &Path, audit: AuditLog) -> Self {
        Self {
            connection: Held::new(connection),
            audit,
            beside: Beside::default(),
            file: file.to_owned(),
            places: KnownPlaces::default(),
            dimensions: KnownDimensions::default(),
            page_cache: PageCache::default(),
        }
    }

    /// Closes the file. What was acknowledged is on disk already; this frees the lock on it at once.
    pub async fn close(self) {
        let Self { connection, beside, .. } = self;
        if let Err(error) = connection.close().await {
            tracing::warn!(%error, "the database did not close cleanly");
        }
        drop(beside);
    }

    /// Both full checks: SQLite's and SQLCipher's.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when either finds anything.
    pub async fn check(&self) -> Result<(), StoreError> {
        check(&mut *self.connection().await?).await
    }

    /// Reads the next part of the log, by which its pages are checked. Says where it ended, or `None` at the end.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when a page does not authenticate.
    pub async fn read_log_piece(&self, behind: &LogPlace) -> Result<Option<LogPlace>, StoreError> {
        let mut connection = self.connection().await?;
        let first = match &behind.0 {
            Place::Segment(first) => *first,
            Place::Request(request) => {
                let select = "SELECT max(request) FROM
                    (SELECT request FROM usage_requests WHERE request > ? ORDER BY request LIMIT 20000)";
                let last: Option<Vec<u8>> =
                    sqlx::query_scalar(select).bind(&request[..]).fetch_one(&mut *connection).await?;
                return Ok(last.map(|last| LogPlace(Place::Request(last))));
            }
        };
        // The last byte of a part lies behind all of its pages.
        let select =
            "SELECT max(first) FROM (SELECT first FROM ai_provider_usage_logs NOT INDEXED WHERE first > ?
                      AND length(substr(names, -1)) IS NOT NULL ORDER BY first LIMIT 10)";
        let last: Option<i64> = sqlx::query_scalar(select).bind(first).fetch_one(&mut *connection).await?;
        Ok(Some(LogPlace(last.map_or(Place::Request(Vec::new()), Place::Segment))))
    }

    /// Versions of SQLCipher and SQLite.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn versions(&self) -> Result<(String, String), StoreError> {
        let mut connection = self.connection().await?;
        let cipher = sqlx::query_scalar("PRAGMA cipher_version").fetch_one(&mut *connection).await?;
        let sqlite = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(&mut *connection).await?;
        Ok((cipher, sqlite))
    }

    /// The one connection, outside of any transaction.
    pub(crate) async fn connection(&self) -> Result<MappedMutexGuard<'_, SqliteConnection>, StoreError> {
        let mut connection = self.connection.lock().await?;
        end_stale_transaction(&mut connection).await?;
        Ok(connection)
    }
}

/// Both full checks: SQLite's and SQLCipher's.
pub(crate) async fn check(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let mut read = async |check: &'static str| -> Result<Vec<String>, StoreError> {
        let found = sqlx::query_scalar(check).fetch_all(&mut *connection).await;
        found.map_err(|error| StoreError::from(error).of_reading())
    };
    // Where a page does not authenticate the other check is not asked: it ends there, and SQLCipher has SQLite call that a
    // want of memory.
    let whole = read("PRAGMA cipher_integrity_check").await?.is_empty()
        && read("PRAGMA integrity_check").await? == ["ok"];
    if whole { Ok(()) } else { Err(StoreError::Damaged) }
}

/// Opens a vault's database as it is, without its log of calls being read.
async fn connect_to_vault(file: &Path, key_hex: &str, vault_id: &str) -> Result<SqliteConnection, OpenError> {
    if !file.is_file() {
        return Err(OpenError::Damaged);
    }
    let mut connection = connect(KeyedOptions::new(file, key_hex), false).await?;
    quick_check(&mut connection).await.map_err(OpenError::of_reading)?;
    // Before migrating: an emptied file would otherwise be made anew, and a lost vault look like a new one.
    require_vault(&mut connection, vault_id).await?;
    Ok(connection)
}

pub(crate) async fn connect(options: KeyedOptions, create: bool) -> Result<SqliteConnection, OpenError> {
    let mut connection = KeyedOptions(options.0.create_if_missing(create)).connect().await?;
    require_encryption(&mut connection).await?;
    Ok(connection)
}

/// Without SQLCipher, `PRAGMA key` is an unknown pragma, which SQLite ignores without a word.
pub(crate) async fn require_encryption(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let version: Option<String> =
        sqlx::query_scalar("PRAGMA cipher_version").fetch_optional(connection).await?;
    match version {
        Some(version) if !version.is_empty() => Ok(()),
        _ => Err(OpenError::NotEncrypting),
    }
}

/// On a full disk SQLite ends a transaction by itself. sqlx's own rollback then fails, and sqlx goes on counting the
/// transaction as open: every later "commit" would release a savepoint and put nothing on disk, for good.
async fn end_stale_transaction(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    // A dropped transaction queues its rollback; this waits until the queue has run.
    connection.ping().await?;
    if connection.is_in_transaction() {
        // Gives the rollback something to roll back; where a transaction is open after all, it is refused, and may be.
        let _ = sqlx::query("BEGIN").execute(&mut *connection).await;
        <Sqlite as Database>::TransactionManager::rollback(connection).await?;
    }
    Ok(())
}

pub(crate) async fn require_vault(
    connection: &mut SqliteConnection,
    vault_id: &str,
) -> Result<(), OpenError> {
    let select = "SELECT value FROM vault_meta WHERE name = 'vault_id'";
    let stored: Option<String> =
        match sqlx::query_scalar(select).fetch_optional(connection).await.map_err(StoreError::from) {
            Ok(stored) => stored,
            // No such table: an emptied file.
            Err(StoreError::Refused(_)) => return Err(OpenError::Damaged),
            Err(error) => return Err(error.into_open()),
        };
    match stored {
        Some(stored) if stored == vault_id => Ok(()),
        Some(_) => Err(OpenError::OtherVault),
        None => Err(OpenError::Damaged),
    }
}

/// All tables but the three that grow with every call: ten million rows take a minute to read. Their pages authenticate
/// whenever one is read, and [`Store::read_log_piece`] reads them all behind the unlocking: decision 0012.
async fn quick_check(connection: &mut SqliteConnection) -> Result<(), OpenError> {
    let select =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite!_%' ESCAPE '!'
                  AND name NOT IN ('ai_provider_usage_logs', 'usage_requests', 'usage_blocks')";
    let tables: Vec<String> = sqlx::query_scalar(select).fetch_all(&mut *connection).await?;
    for table in tables {
        // A pragma takes no bound parameter, but its function does.
        let check = sqlx::query_scalar("SELECT quick_check FROM pragma_quick_check(?)").bind(table);
        let found: Vec<String> = check.fetch_all(&mut *connection).await?;
        if found != ["ok"] {
            return Err(OpenError::Damaged);
        }
    }
    Ok(())
}
