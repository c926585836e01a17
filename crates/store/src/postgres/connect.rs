//! Where the database is, and how long anything of it may take.

use std::{fmt, io, str::FromStr, time::Duration};

use sqlx::{
    ConnectOptions, Connection, PgConnection, PgPool,
    migrate::MigrateError,
    postgres::{PgConnectOptions, PgSslMode},
};
use tokio::time::{Instant, sleep};
use zeroize::Zeroizing;

use super::{Bounds, MIGRATIONS, connections::Connections};
use crate::{StoreError, audit::AuditLog};

/// A server that starts waits so long for a database that starts, too.
const PATIENCE: Duration = Duration::from_secs(30);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(3);
/// PostgreSQL's own system waits so long for ours to take what was sent, in milliseconds.
const UNTAKEN: (&str, &str) = ("tcp_user_timeout", "10000");
/// And asks ours whether it is still there: after so many seconds of silence, so often. A server that is gone may have left rows half
/// sent, for which PostgreSQL waits without end.
const SILENT: [(&str, &str); 3] =
    [("tcp_keepalives_idle", "10"), ("tcp_keepalives_interval", "5"), ("tcp_keepalives_count", "4")];

/// Where the database is, and how long it is waited for. It holds a password as a rule, and so has no way to be printed whole.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseUrl {
    url: Zeroizing<String>,
    bounds: Bounds,
}

/// Why a PostgreSQL database did not open.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// It is no `postgres://` address that means anything.
    #[error("DATABASE_URL is no address of a PostgreSQL database: postgres://user:password@host/database")]
    Url,
    /// A password would cross the network readable.
    #[error(
        "DATABASE_URL turns TLS off for a database on another computer, so the password and all data could be read on the \
         way: write sslmode=verify-full, with sslrootcert=… where its certificate is of an authority of your own"
    )]
    Readable,
    /// There is nothing of ours in it.
    #[error("the database is empty; `signalbox-server init` makes its tables")]
    Empty,
    /// Its keys are sealed under another root key.
    #[error("the root key does not belong to this database")]
    OtherKey,
    /// A later version migrated it.
    #[error("a newer version of Signalbox changed this database")]
    TooNew,
    /// It answers with a refusal.
    #[error("the database refuses the connection: {0}")]
    Refused(String),
    /// The folder where usage waits.
    #[error("the folder where usage waits for the database cannot be used: {0}")]
    Spool(#[source] io::Error),
    /// A statement failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl DatabaseUrl {
    /// Takes an address as it is written.
    pub fn new(url: impl Into<String>) -> Self {
        Self { url: Zeroizing::new(url.into()), bounds: Bounds::default() }
    }

    /// The same with other bounds of time.
    #[must_use]
    pub fn bounded(self, bounds: Bounds) -> Self {
        Self { bounds, ..self }
    }

    pub(crate) fn options(&self) -> Result<PgConnectOptions, ConnectError> {
        let is_ours = self.url.starts_with("postgres://") || self.url.starts_with("postgresql://");
        let options = PgConnectOptions::from_str(&self.url).map_err(|_| ConnectError::Url)?;
        if !is_ours {
            return Err(ConnectError::Url);
        }
        let here = options.get_socket().is_some()
            || ["localhost", "127.0.0.1", "::1", "[::1]"].contains(&options.get_host())
            || options.get_host().starts_with('/');
        // The library's own default goes on without TLS when the server has none, which anybody on the way can pretend.
        let options = match (options.get_ssl_mode(), here) {
            (_, true) => options,
            (PgSslMode::Disable | PgSslMode::Allow, false) => return Err(ConnectError::Readable),
            (PgSslMode::Prefer, false) => options.ssl_mode(PgSslMode::VerifyFull),
            _ => options,
        };
        let options = if here { options } else { options.options([UNTAKEN]).options(SILENT) };
        Ok(options
            .application_name("signalbox-server")
            .options(self.bounds.settings())
            // Statements may hold what people wrote; values are bound and never logged either way.
            .disable_statement_logging())
    }
}

/// Host and database alone.
impl fmt::Debug for DatabaseUrl {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        match PgConnectOptions::from_str(&self.url) {
            Ok(options) => {
                let database = options.get_database().unwrap_or_default();
                write!(
                    to,
                    "PostgreSQL at {}:{}, database {database:?}",
                    options.get_host(),
                    options.get_port()
                )
            }
            Err(_) => to.write_str("no address of a PostgreSQL database"),
        }
    }
}

/// Connections that are made when they are needed and made anew when they broke; the first one is waited for.
pub(super) async fn connections(url: &DatabaseUrl) -> Result<Connections, ConnectError> {
    let options = url.options()?;
    let until = Instant::now() + PATIENCE;
    let mut pause = FIRST_PAUSE;
    loop {
        match Connections::open(options.clone(), url.bounds).await {
            Ok(connections) => return Ok(connections),
            Err(error) => match refusal(&error) {
                Some(refused) => return Err(refused),
                None if Instant::now() + pause > until => return Err(StoreError::from(error).into()),
                None => tracing::warn!(%error, "the database is away, and is tried again"),
            },
        }
        sleep(pause).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// What waiting does not mend: a wrong password, a database that does not exist, a certificate of nobody known.
fn refusal(error: &sqlx::Error) -> Option<ConnectError> {
    match error {
        sqlx::Error::Database(refused) => {
            // 57P0x: it starts, or ends; 53300: too many connections.
            let passes = refused.code().is_some_and(|code| code.starts_with("57P") || code == "53300");
            (!passes).then(|| ConnectError::Refused(refused.message().to_owned()))
        }
        sqlx::Error::Tls(error) => Some(ConnectError::Refused(format!("TLS: {error}"))),
        // So the library hands on a certificate that does not hold: as something that happened to the connection.
        sqlx::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            Some(ConnectError::Refused(format!("TLS: {error}")))
        }
        sqlx::Error::Configuration(_) => Some(ConnectError::Url),
        _ => None,
    }
}

/// Makes the tables and puts them under an identity; `false` when they are under one.
pub(super) async fn claim(pool: &PgPool, server_id: &str, log: &AuditLog) -> Result<bool, ConnectError> {
    let mut connection = pool.acquire().await.map_err(StoreError::from)?;
    migrate(&mut connection).await?;
    let mut transaction = connection.begin().await.map_err(StoreError::from)?;
    let insert = "INSERT INTO vault_meta (name, value) VALUES ('vault_id', $1) ON CONFLICT DO NOTHING";
    let inserted = sqlx::query(insert).bind(server_id).execute(&mut *transaction).await;
    if inserted.map_err(StoreError::from)?.rows_affected() == 0 {
        return Ok(false);
    }
    log.begin_shared(&mut transaction).await?;
    transaction.commit().await.map_err(StoreError::from)?;
    Ok(true)
}

/// Refuses what is not this server's, then migrates it.
pub(super) async fn require(pool: &PgPool, server_id: &str) -> Result<(), ConnectError> {
    let mut connection = pool.acquire().await.map_err(StoreError::from)?;
    if identity(&mut connection).await?.ok_or(ConnectError::Empty)? != server_id {
        return Err(ConnectError::OtherKey);
    }
    migrate(&mut connection).await
}

async fn identity(connection: &mut PgConnection) -> Result<Option<String>, StoreError> {
    let there = sqlx::query_scalar("SELECT to_regclass('vault_meta') IS NOT NULL");
    if !there.fetch_one(&mut *connection).await? {
        return Ok(None);
    }
    let select = "SELECT value FROM vault_meta WHERE name = 'vault_id'";
    Ok(sqlx::query_scalar(select).fetch_optional(connection).await?)
}

/// The library takes an advisory lock of the database for it. A long migration is no reason to give up.
async fn migrate(connection: &mut PgConnection) -> Result<(), ConnectError> {
    let set = |timeouts: &'static str| sqlx::query(timeouts);
    let forever =
        "SELECT set_config('statement_timeout', '0', false), set_config('lock_timeout', '0', false)";
    set(forever).execute(&mut *connection).await.map_err(StoreError::from)?;
    let migrated = MIGRATIONS.run(&mut *connection).await;
    sqlx::raw_sql("RESET statement_timeout; RESET lock_timeout")
        .execute(connection)
        .await
        .map_err(StoreError::from)?;
    migrated.map_err(|error| match error {
        MigrateError::VersionMissing(_) | MigrateError::VersionTooNew(..) => ConnectError::TooNew,
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            StoreError::from(error).into()
        }
        _ => StoreError::Damaged.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_never_printed_with_its_password() {
        let url =
            DatabaseUrl::new("postgres://signalbox:CANARY-pw@db.example.org:6432/signals?sslmode=require");
        let shown = format!("{url:?}");
        assert_eq!(shown, "PostgreSQL at db.example.org:6432, database \"signals\"");
        assert!(!format!("{:?}", DatabaseUrl::new("mysql://CANARY-pw@h")).contains("CANARY"));
    }

    #[test]
    fn another_computers_database_is_asked_under_tls_or_not_at_all() {
        let mode = |url: &str| DatabaseUrl::new(url).options().map(|options| options.get_ssl_mode());
        let off = mode("postgres://u@db.example.org/d?sslmode=disable");
        assert!(matches!(off, Err(ConnectError::Readable)));
        assert!(matches!(mode("postgres://u@db.example.org/d"), Ok(PgSslMode::VerifyFull)));
        assert!(matches!(mode("postgres://u@127.0.0.1/d?sslmode=disable"), Ok(PgSslMode::Disable)));
        assert!(matches!(mode("mysql://u@127.0.0.1/d"), Err(ConnectError::Url)));
    }
}
