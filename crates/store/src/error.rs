//! What can go wrong with the database, cut by what a person can do about it.

use sqlx::migrate::MigrateError;

/// Why the database did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// SQLCipher is not linked: the key would be ignored and the file plain text.
    #[error("this build of Signalbox has no encryption for its database")]
    NotEncrypting,
    /// The file is missing, cut or altered. The key is known to be right, so it cannot be the password.
    #[error("the vault's database is damaged")]
    Damaged,
    /// A later version migrated it.
    #[error("a newer version of Signalbox wrote this vault's database")]
    TooNew,
    /// The database belongs to another vault, or to an older key of this one.
    #[error("the database does not belong to this vault's header")]
    OtherVault,
    /// The disk or the folder's permissions.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a statement failed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The record was deleted.
    #[error("this provider no longer exists")]
    Gone,
    /// The record changed since it was read.
    #[error("this provider was changed in the meantime")]
    Conflict,
    /// Another record has this display name.
    #[error("another provider has this name")]
    NameTaken,
    /// The task exists.
    #[error("there is a task of this name already")]
    TaskExists,
    /// No space left.
    #[error("the disk is full")]
    Full,
    /// The file or its folder cannot be written.
    #[error("the vault's folder cannot be written")]
    ReadOnly,
    /// Another program holds the file.
    #[error("another program is using the vault's database")]
    Busy,
    /// Not enough memory just now.
    #[error("there is not enough free memory")]
    OutOfMemory,
    /// A route names a task that does not exist.
    #[error("there is no such task")]
    NoSuchTask,
    /// A page does not authenticate.
    #[error("the vault's database is damaged")]
    Damaged,
    /// Reading or writing failed below the database.
    #[error("the disk reported an error")]
    Io,
    /// A rule of the database was broken: a fault of ours, not of the person's.
    #[error("the database refused the change")]
    Refused(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        match primary_code(&error) {
            Some(8 | 14) => Self::ReadOnly, // SQLITE_READONLY, SQLITE_CANTOPEN
            Some(5 | 6) => Self::Busy,      // SQLITE_BUSY, SQLITE_LOCKED
            Some(7) => Self::OutOfMemory,   // SQLITE_NOMEM
            Some(13) => Self::Full,         // SQLITE_FULL
            Some(10) => Self::Io,           // SQLITE_IOERR
            Some(11 | 26) => Self::Damaged, // SQLITE_CORRUPT, SQLITE_NOTADB
            _ => Self::Refused(error),
        }
    }
}

impl From<sqlx::Error> for OpenError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into_open()
    }
}

impl From<MigrateError> for OpenError {
    fn from(error: MigrateError) -> Self {
        match error {
            MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => Self::TooNew,
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            _ => Self::Damaged,
        }
    }
}

impl OpenError {
    /// Of a check: reading is refused for nothing but what is in the file.
    pub(crate) fn of_reading(self) -> Self {
        match self {
            Self::Store(StoreError::Refused(_)) => Self::Damaged,
            other => other,
        }
    }
}

impl StoreError {
    /// Of a statement whose one reference is a task.
    pub(crate) fn of_task(error: sqlx::Error) -> Self {
        let unknown = error.as_database_error().is_some_and(|error| error.is_foreign_key_violation());
        if unknown { Self::NoSuchTask } else { error.into() }
    }

    pub(crate) fn into_open(self) -> OpenError {
        match self {
            Self::Damaged => OpenError::Damaged,
            other => OpenError::Store(other),
        }
    }
}

/// SQLite's result code without the extension in its upper bits.
fn primary_code(error: &sqlx::Error) -> Option<u32> {
    let code: u32 = error.as_database_error()?.code()?.parse().ok()?;
    Some(code & 0xff)
}
