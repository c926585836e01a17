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
    /// A database on another computer, or in another program, cannot be reached just now.
    #[error("the database cannot be reached")]
    Away,
    /// It is a copy that follows another one, or was told to take no changes.
    #[error("the database takes no changes just now")]
    Protected,
    /// A rule of the database was broken: a fault of ours, not of the person's.
    #[error("the database refused the change")]
    Refused(#[source] sqlx::Error),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        #[cfg(feature = "postgres")]
        if let Some(known) = of_postgres(&error) {
            return known;
        }
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
            Self::Store(error) => error.of_reading().into_open(),
            other => other,
        }
    }
}

impl StoreError {
    /// Whether waiting may mend it.
    #[cfg(feature = "postgres")]
    pub(crate) fn passes(&self) -> bool {
        matches!(self, Self::Away | Self::Protected | Self::Busy | Self::Full | Self::OutOfMemory | Self::Io)
    }

    /// Of a check: reading is refused for nothing but what is in the file.
    pub(crate) fn of_reading(self) -> Self {
        if matches!(self, Self::Refused(_)) { Self::Damaged } else { self }
    }

    /// Of a statement whose one reference is a task.
    pub(crate) fn of_task(error: sqlx::Error) -> Self {
        let unknown = error.as_database_error().is_some_and(|error| error.is_foreign_key_violation());
        if unknown { Self::NoSuchTask } else { error.into() }
    }

    /// Of a statement that nothing but another record's name can stand in the way of.
    pub(crate) fn of_name(error: sqlx::Error) -> Self {
        let taken = error.as_database_error().is_some_and(|error| error.is_unique_violation());
        if taken { Self::NameTaken } else { error.into() }
    }

    pub(crate) fn into_open(self) -> OpenError {
        match self {
            Self::Damaged => OpenError::Damaged,
            other => OpenError::Store(other),
        }
    }
}

/// PostgreSQL's codes have five characters and SQLite's have fewer; a connection breaks on PostgreSQL alone.
#[cfg(feature = "postgres")]
fn of_postgres(error: &sqlx::Error) -> Option<StoreError> {
    use sqlx::Error;
    let error = match error {
        Error::Database(error) => error,
        Error::Io(_) | Error::Tls(_) | Error::Protocol(_) | Error::PoolTimedOut | Error::PoolClosed => {
            return Some(StoreError::Away);
        }
        _ => return None,
    };
    let code = error.code().filter(|code| code.len() == 5)?;
    match (&code[..2], &*code) {
        (_, "25006") => Some(StoreError::Protected),
        (_, "53100") => Some(StoreError::Full),
        (_, "53200") => Some(StoreError::OutOfMemory),
        (_, "53300") | ("57", "57P01" | "57P02" | "57P03" | "57P05") | ("08", _) => Some(StoreError::Away),
        // Cancelled by a time-out, no lock in time, and transactions that got in each other's way.
        (_, "57014" | "55P03" | "40001" | "40P01") => Some(StoreError::Busy),
        ("58", _) => Some(StoreError::Io),
        ("XX", "XX001" | "XX002") => Some(StoreError::Damaged),
        _ => None,
    }
}

/// SQLite's result code without the extension in its upper bits.
fn primary_code(error: &sqlx::Error) -> Option<u32> {
    let code = error.as_database_error()?.code().filter(|code| code.len() < 5)?;
    Some(code.parse::<u32>().ok()? & 0xff)
}

#[cfg(test)]
mod tests {
    use std::{borrow::Cow, error::Error, fmt};

    use sqlx::error::{DatabaseError, ErrorKind};

    use super::*;

    /// What SQLite says, by its extended result code.
    #[derive(Debug)]
    struct Said(&'static str);

    impl fmt::Display for Said {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl Error for Said {}

    impl DatabaseError for Said {
        fn message(&self) -> &str {
            self.0
        }

        fn code(&self) -> Option<Cow<'_, str>> {
            Some(self.0.into())
        }

        fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
            self
        }

        fn as_error_mut(&mut self) -> &mut (dyn Error + Send + Sync + 'static) {
            self
        }

        fn into_error(self: Box<Self>) -> Box<dyn Error + Send + Sync + 'static> {
            self
        }

        fn kind(&self) -> ErrorKind {
            ErrorKind::Other
        }
    }

    #[test]
    fn each_trouble_of_the_disk_is_named_as_what_it_is() {
        for (code, message) in [
            // SQLITE_IOERR, and its kinds for reading, short reads, writing, syncing, truncating, deleting and locking.
            ("10", "the disk reported an error"),
            ("266", "the disk reported an error"),
            ("522", "the disk reported an error"),
            ("778", "the disk reported an error"),
            ("1034", "the disk reported an error"),
            ("1546", "the disk reported an error"),
            ("2570", "the disk reported an error"),
            ("3850", "the disk reported an error"),
            ("13", "the disk is full"),
            ("8", "the vault's folder cannot be written"),
            // SQLITE_READONLY_DIRECTORY, SQLITE_CANTOPEN_ISDIR.
            ("1544", "the vault's folder cannot be written"),
            ("526", "the vault's folder cannot be written"),
            ("5", "another program is using the vault's database"),
            ("11", "the vault's database is damaged"),
            ("26", "the vault's database is damaged"),
        ] {
            let error = StoreError::from(sqlx::Error::Database(Box::new(Said(code))));
            assert_eq!(error.to_string(), message, "{code}");
        }
    }
}
