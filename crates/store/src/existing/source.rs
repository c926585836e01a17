//! The specification's existing tables, where they are. They are read and nothing else: SQLite's file is opened for reading, and
//! PostgreSQL is told that nothing will be written. A page of rows is in memory at a time.

use std::path::Path;

use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgPool, Row, SqliteConnection, sqlite::SqliteConnectOptions,
};

use super::columns::{self, Column};
use crate::{ConnectError, DatabaseUrl, StoreError};

/// Columns that a table may have; one with more is none of the specification's.
const MOST_COLUMNS: usize = 200;
/// What the log of acts is called; the specification names its class alone.
const LOGS: [&str; 4] = ["admin_action_logs", "admin_action_log", "admin_actions", "adminactionlog"];

/// Why a source cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// There is no such file.
    #[error("there is no file at this place")]
    NoFile,
    /// It is no SQLite database, or is encrypted.
    #[error("the file is no readable SQLite database")]
    NoDatabase,
    /// No address of a PostgreSQL database.
    #[error("this is no address of a PostgreSQL database: postgres://user:password@host/database")]
    Url,
    /// A table that has to be there is not.
    #[error("there is no table `{0}` in the source")]
    NoTable(String),
    /// It has no column `id` of whole numbers.
    #[error("the table `{0}` has no column `id` of whole numbers")]
    NoId(String),
    /// PostgreSQL.
    #[error("the source cannot be reached: {0}")]
    Connect(#[source] ConnectError),
    /// A statement failed.
    #[error("the source cannot be read: {0}")]
    Read(#[source] sqlx::Error),
}

/// One of the three tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceTable {
    /// `ai_provider_configs`.
    Configs,
    /// `ai_provider_usage_logs`.
    Usage,
    /// The log of acts.
    Acts,
}

/// A row: its id, and every value as text under its column's name. It has no `Debug`: a sealed key is in it.
pub struct SourceRow {
    /// Its id.
    pub id: i64,
    values: Vec<(String, String)>,
}

struct Table {
    name: String,
    columns: Vec<Column>,
}

/// An application's database.
pub struct Source {
    kind: Kind,
    configs: Table,
    usage: Option<Table>,
    acts: Option<Table>,
}

enum Kind {
    Sqlite(SqliteConnection),
    Postgres(PgPool),
}

impl SourceRow {
    /// A column's value; `None` when it is NULL, or there is no such column.
    pub fn get(&self, column: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == column).map(|(_, value)| value.as_str())
    }

    /// All that are not NULL, in the table's order.
    pub fn values(&self) -> impl Iterator<Item = (&str, &str)> {
        self.values.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether this value is longer than was read.
    pub fn is_cut(value: &str) -> bool {
        value.chars().count() >= columns::MOST
    }
}

impl Source {
    /// Opens a SQLite file for reading. `log` is the table of acts, where it has a name of its own.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub async fn sqlite(file: &Path, log: Option<&str>) -> Result<Self, SourceError> {
        if !file.is_file() {
            return Err(SourceError::NoFile);
        }
        let options =
            SqliteConnectOptions::new().filename(file).read_only(true).pragma("trusted_schema", "OFF");
        let connected = options.disable_statement_logging().connect().await;
        let connection = connected.map_err(|_| SourceError::NoDatabase)?;
        Self::with(Kind::Sqlite(connection), log).await
    }

    /// Connects to PostgreSQL; every transaction is told to be read-only.
    ///
    /// # Errors
    /// See [`SourceError`].
    pub async fn postgres(url: &DatabaseUrl, log: Option<&str>) -> Result<Self, SourceError> {
        let options = url.options().map_err(|error| match error {
            ConnectError::Url => SourceError::Url,
            error => SourceError::Connect(error),
        })?;
        let options = options.application_name("signalbox-import").options([
            ("default_transaction_read_only", "on"),
            ("TimeZone", "UTC"),
            ("DateStyle", "ISO, YMD"),
            ("IntervalStyle", "iso_8601"),
        ]);
        let pool = sqlx::postgres::PgPoolOptions::new().max_connections(1).connect_with(options).await;
        let pool = pool.map_err(|error| SourceError::Connect(StoreError::from(error).into()))?;
        Self::with(Kind::Postgres(pool), log).await
    }

    async fn with(mut kind: Kind, log: Option<&str>) -> Result<Self, SourceError> {
        let name = "ai_provider_configs";
        let configs = kind.table(name).await?.ok_or_else(|| SourceError::NoTable(name.to_owned()))?;
        let usage = kind.table("ai_provider_usage_logs").await?;
        let mut acts = None;
        for name in log.iter().copied().chain(LOGS.into_iter().filter(|_| log.is_none())) {
            acts = kind.table(name).await?;
            if acts.is_some() {
                break;
            }
        }
        match log {
            Some(log) if acts.is_none() => Err(SourceError::NoTable(log.to_owned())),
            _ => Ok(Self { kind, configs, usage, acts }),
        }
    }

    /// The table's name, where it is there.
    pub fn name(&self, table: SourceTable) -> Option<&str> {
        self.of(table).map(|table| table.name.as_str())
    }

    fn of(&self, table: SourceTable) -> Option<&Table> {
        match table {
            SourceTable::Configs => Some(&self.configs),
            SourceTable::Usage => self.usage.as_ref(),
            SourceTable::Acts => self.acts.as_ref(),
        }
    }

    /// The next rows behind an id, in the order of their ids; none when there is no such table.
    ///
    /// # Errors
    /// [`SourceError::Read`].
    pub async fn rows(
        &mut self,
        table: SourceTable,
        after: i64,
        limit: u32,
    ) -> Result<Vec<SourceRow>, SourceError> {
        let table = match table {
            SourceTable::Configs => Some(&self.configs),
            SourceTable::Usage => self.usage.as_ref(),
            SourceTable::Acts => self.acts.as_ref(),
        };
        match table {
            Some(table) => self.kind.rows(table, after, limit).await.map_err(SourceError::Read),
            None => Ok(Vec::new()),
        }
    }

    /// Ends the connection.
    pub async fn close(self) {
        match self.kind {
            Kind::Sqlite(connection) => {
                // Nothing was written, so nothing can be lost.
                let _ = connection.close().await;
            }
            Kind::Postgres(pool) => pool.close().await,
        }
    }
}

impl Kind {
    async fn table(&mut self, name: &str) -> Result<Option<Table>, SourceError> {
        let columns: Vec<(String, bool)> = match self {
            Self::Sqlite(connection) => {
                let select = "SELECT name, FALSE FROM pragma_table_info(?)";
                let found = sqlx::query_as(select).bind(name).fetch_all(connection).await;
                found.map_err(|_| SourceError::NoDatabase)?
            }
            Self::Postgres(pool) => {
                let select = "SELECT attname::text, atttypid = 'bytea'::regtype FROM pg_attribute
                              WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped ORDER BY attnum";
                let found = sqlx::query_as(select).bind(columns::quoted(name)).fetch_all(&*pool).await;
                found.map_err(SourceError::Read)?
            }
        };
        if columns.is_empty() {
            return Ok(None);
        }
        let has_id = columns.iter().any(|(column, _)| column == "id");
        if !has_id || columns.len() > MOST_COLUMNS {
            return Err(SourceError::NoId(name.to_owned()));
        }
        let columns = columns.into_iter().map(|(name, is_bytes)| Column { name, is_bytes });
        Ok(Some(Table { name: name.to_owned(), columns: columns.collect() }))
    }

    async fn rows(&mut self, table: &Table, after: i64, limit: u32) -> Result<Vec<SourceRow>, sqlx::Error> {
        let name = |at: usize| table.columns.get(at).map(|column| column.name.clone()).unwrap_or_default();
        let count = table.columns.len();
        match self {
            Self::Sqlite(connection) => {
                let select = AssertSqlSafe(columns::select_sqlite(&table.name, &table.columns));
                let rows = sqlx::query(select).bind(after).bind(limit).fetch_all(connection).await?;
                let row = |row: sqlx::sqlite::SqliteRow| {
                    let mut values = Vec::with_capacity(count);
                    for at in 0..count {
                        let value: Option<Vec<u8>> = row.try_get(at + 1)?;
                        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
                        values.extend(value.map(|bytes| (name(at), text(bytes))));
                    }
                    Ok(SourceRow { id: row.try_get(0)?, values })
                };
                rows.into_iter().map(row).collect()
            }
            Self::Postgres(pool) => {
                let select = AssertSqlSafe(columns::select_postgres(&table.name, &table.columns));
                let rows = sqlx::query(select).bind(after).bind(i64::from(limit)).fetch_all(&*pool).await?;
                let row = |row: sqlx::postgres::PgRow| {
                    let mut values = Vec::with_capacity(count);
                    for at in 0..count {
                        values
                            .extend(row.try_get::<Option<String>, _>(at + 1)?.map(|value| (name(at), value)));
                    }
                    Ok(SourceRow { id: row.try_get(0)?, values })
                };
                rows.into_iter().map(row).collect()
            }
        }
    }
}
