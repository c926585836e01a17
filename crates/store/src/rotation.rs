//! A copy of the database under another key, with every sealed field sealed anew. The old file is only read.
//!
//! `sqlcipher_export` and not `PRAGMA rekey`: the latter writes over the only copy there is, page by page.

use std::{fs::File, io, path::Path};

use sqlx::{Connection, SqliteConnection};
use uuid::Uuid;

use crate::{
    OpenError, StoreError,
    connection::{KeyedOptions, connect, overwrite_texts, require_vault},
};

/// A column whose values the vault sealed for a record and a field.
pub(crate) struct Sealed {
    /// Its table and its own name.
    #[cfg(test)]
    pub(crate) column: (&'static str, &'static str),
    /// The field's name within the seal.
    pub(crate) field: &'static str,
    /// Reads rowid, the record's UUID as text and the sealed bytes.
    select: &'static str,
    /// Writes the sealed bytes of a rowid.
    update: &'static str,
}

/// Every sealed column. One that is missing here would be lost with the old key: a test looks at the schema.
pub(crate) const SEALED: [Sealed; 7] = [
    Sealed {
        #[cfg(test)]
        column: ("ai_provider_configs", "api_key_encrypted"),
        field: "api_key",
        select: "SELECT id, uuid, api_key_encrypted FROM ai_provider_configs WHERE api_key_encrypted IS NOT NULL",
        update: "UPDATE ai_provider_configs SET api_key_encrypted = ? WHERE id = ?",
    },
    Sealed {
        #[cfg(test)]
        column: ("kept_keys", "key_encrypted"),
        field: "kept_api_key",
        select: "SELECT k.config_id, c.uuid, k.key_encrypted
                 FROM kept_keys k JOIN ai_provider_configs c ON c.id = k.config_id",
        update: "UPDATE kept_keys SET key_encrypted = ? WHERE config_id = ?",
    },
    Sealed {
        #[cfg(test)]
        column: ("step_up", "totp_secret_encrypted"),
        field: "totp_secret",
        select: "SELECT id, '00000000-0000-0000-0000-000000000000', totp_secret_encrypted FROM step_up
                 WHERE totp_secret_encrypted IS NOT NULL",
        update: "UPDATE step_up SET totp_secret_encrypted = ? WHERE id = ?",
    },
    Sealed {
        #[cfg(test)]
        column: ("sharing", "identity_encrypted"),
        field: "share_identity",
        select: "SELECT id, '00000000-0000-0000-0000-000000000000', identity_encrypted FROM sharing",
        update: "UPDATE sharing SET identity_encrypted = ? WHERE id = ?",
    },
    Sealed {
        #[cfg(test)]
        column: ("signing_keys", "seed_encrypted"),
        field: "bundle_signing_seed",
        select: "SELECT id, uuid, seed_encrypted FROM signing_keys WHERE seed_encrypted IS NOT NULL",
        update: "UPDATE signing_keys SET seed_encrypted = ? WHERE id = ?",
    },
    Sealed {
        #[cfg(test)]
        column: ("remotes", "secret_encrypted"),
        field: "remote_secret",
        select: "SELECT id, uuid, secret_encrypted FROM remotes WHERE secret_encrypted IS NOT NULL",
        update: "UPDATE remotes SET secret_encrypted = ? WHERE id = ?",
    },
    // A server's alone so far; nothing says that its key will never be replaced.
    Sealed {
        #[cfg(test)]
        column: ("users", "totp_secret_encrypted"),
        field: "totp_secret",
        select: "SELECT id, uuid, totp_secret_encrypted FROM users WHERE totp_secret_encrypted IS NOT NULL",
        update: "UPDATE users SET totp_secret_encrypted = ? WHERE id = ?",
    },
];

/// Why there is no copy. What there is of it is of no use.
#[derive(Debug, thiserror::Error)]
pub enum RotateError {
    /// The old database did not open, or the new one did not open again.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// Reading or writing failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A sealed field did not open, or the copy is not what was copied.
    #[error("the copy under the new key is not whole")]
    NotWhole,
}

impl From<sqlx::Error> for RotateError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}

/// How far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RotationStep {
    /// The rows are being copied.
    Copying,
    /// The sealed fields are being sealed anew.
    Sealing,
    /// Both full checks run over the copy.
    Checking,
}

/// One of the two databases: its file, its key in hex, and the key of its log of acts.
pub type Keyed<'a> = (&'a Path, &'a str, &'a [u8; 32]);

impl crate::Store {
    /// Copies a closed database into a new file under a new key. `reseal` gets a record, a field's name and its sealed
    /// bytes, and returns them sealed under the new key. The copy is closed, checked, and has as many rows in each table.
    ///
    /// # Errors
    /// See [`RotateError`].
    pub async fn copy_under_new_key(
        [from, to]: [Keyed<'_>; 2],
        vault_id: &str,
        reseal: impl Fn(Uuid, &str, Vec<u8>) -> Option<Vec<u8>> + Send,
        on_step: impl Fn(RotationStep) + Send,
    ) -> Result<(), RotateError> {
        on_step(RotationStep::Copying);
        let mut old = connect(KeyedOptions::new(from.0, from.1), false).await?;
        require_vault(&mut old, vault_id).await?;
        let rows = rows_of_all(&mut old).await?;
        export(&mut old, to).await?;
        old.close().await?;
        let mut new = connect(KeyedOptions::new(to.0, to.1), false).await?;
        require_vault(&mut new, vault_id).await?;
        on_step(RotationStep::Sealing);
        seal_anew(&mut new, reseal).await?;
        let same = rows_of_all(&mut new).await? == rows;
        new.close().await?;
        if !same {
            return Err(RotateError::NotWhole);
        }
        let mut new = Self::open(to.0, to.1, vault_id, from.2).await?;
        new.rekey_audit(to.2, vault_id).await?;
        on_step(RotationStep::Checking);
        let checked = new.check().await;
        new.close().await;
        Ok(checked?)
    }
}

async fn export(old: &mut SqliteConnection, (file, key_hex, _): Keyed<'_>) -> Result<(), RotateError> {
    // A connection that makes no file makes none when it attaches either; an empty one is a new database.
    File::create_new(file).map_err(|error| of_file(&error))?;
    // SQLite takes names of files as UTF-8 alone.
    let file = file.to_str().ok_or(StoreError::Io)?;
    let attach = "ATTACH DATABASE ? AS next KEY ?";
    sqlx::query(attach).bind(file).bind(format!("x'{key_hex}'")).execute(&mut *old).await?;
    // Nobody reads this file before it is whole and flushed.
    sqlx::query("PRAGMA next.synchronous = OFF").execute(&mut *old).await?;
    sqlx::query("SELECT sqlcipher_export('next')").execute(&mut *old).await.map_err(of_export)?;
    sqlx::query("DETACH DATABASE next").execute(&mut *old).await?;
    // The new key was a value of a statement.
    overwrite_texts(old).await?;
    Ok(())
}

/// SQLCipher's function hands on what went wrong inside it as SQLite's words alone, with the code of any error.
fn of_export(error: sqlx::Error) -> StoreError {
    match error.as_database_error().map(|error| error.message()) {
        Some("disk I/O error") => StoreError::Io,
        Some("database or disk is full") => StoreError::Full,
        Some("attempt to write a readonly database" | "unable to open database file") => StoreError::ReadOnly,
        Some("out of memory") => StoreError::OutOfMemory,
        Some("database disk image is malformed") => StoreError::Damaged,
        _ => error.into(),
    }
}

fn of_file(error: &io::Error) -> StoreError {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => StoreError::Full,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => StoreError::ReadOnly,
        _ => StoreError::Io,
    }
}

async fn seal_anew(
    new: &mut SqliteConnection,
    reseal: impl Fn(Uuid, &str, Vec<u8>) -> Option<Vec<u8>>,
) -> Result<(), RotateError> {
    let mut transaction = new.begin().await?;
    for sealed in &SEALED {
        let rows: Vec<(i64, String, Vec<u8>)> =
            sqlx::query_as(sealed.select).fetch_all(&mut *transaction).await?;
        for (id, record, bytes) in rows {
            let record = record.parse().map_err(|_| RotateError::NotWhole)?;
            let bytes = reseal(record, sealed.field, bytes).ok_or(RotateError::NotWhole)?;
            sqlx::query(sealed.update).bind(bytes).bind(id).execute(&mut *transaction).await?;
        }
    }
    Ok(transaction.commit().await?)
}

/// Each table with the number of its rows.
async fn rows_of_all(connection: &mut SqliteConnection) -> Result<Vec<(String, i64)>, StoreError> {
    let select = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    let tables: Vec<String> = sqlx::query_scalar(select).fetch_all(&mut *connection).await?;
    let mut rows = Vec::with_capacity(tables.len());
    for table in tables {
        let count = format!("SELECT count(*) FROM \"{}\"", table.replace('"', "\"\""));
        let count = sqlx::query_scalar(sqlx::AssertSqlSafe(count)).fetch_one(&mut *connection).await?;
        rows.push((table, count));
    }
    Ok(rows)
}
