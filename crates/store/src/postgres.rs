//! The second database: PostgreSQL, for servers of which several run at once. It offers what a server asks for and no more;
//! [`Database`](crate::Database) is what a server holds. Rules without SQL in them, and rows, are the embedded store's.
//!
//! Every change of what administrators see takes one lock, [`PgStore::change`], for as long as its transaction lasts: changes
//! come one after the other as on the embedded database, whichever server makes them, and the log of acts stays one chain.
//! Usage, sessions, guesses and leases have locks of their own, because they are many.

mod administration;
mod applications;
mod budgets;
mod bundles;
mod calls;
mod catalog;
mod connect;
mod connections;
mod copy_in;
mod guesses;
mod health;
mod lease;
mod listen;
mod logged;
mod minutes;
mod people;
mod providers;
mod quota;
mod recovery;
mod repeats;
mod reprice;
mod routes;
mod serving;
mod sessions;
mod spool;
mod statistics;
mod sums;
mod task_removal;
pub(crate) mod text;
mod tokens;
mod usage;
mod verify;

use std::{
    collections::BTreeSet,
    ops::{Deref, DerefMut},
    path::Path,
    sync::{Arc, Mutex},
};

use sqlx::{PgConnection, PgPool, Postgres, Transaction, migrate::Migrator};
use tokio::sync::MutexGuard;

use self::connections::Connections;
use crate::{StoreError, audit::AuditLog};

pub use connect::{ConnectError, DatabaseUrl};
pub use connections::Bounds;
pub use listen::Changes;
pub(crate) use providers::write as write_provider;
pub(crate) use routes::{arrangement, note_losers};
pub(crate) use usage::write as write_calls;

pub(crate) static MIGRATIONS: Migrator = sqlx::migrate!("../../migrations/postgres");

/// For what is read of one moment.
pub(crate) const ONE_MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY";
/// Of the lock that changes take, "signalbo" in ASCII. Advisory locks are each database's own.
const CHANGES: i64 = 0x7369_676e_616c_626f;

/// A server's share in a PostgreSQL database.
pub struct PgStore {
    connections: Arc<Connections>,
    pub(crate) audit: AuditLog,
    /// Whose turn it is to change something.
    turn: tokio::sync::Mutex<()>,
    /// Whose guess is counted.
    guess: tokio::sync::Mutex<()>,
    /// Months whose partition is known to be there.
    months: Mutex<BTreeSet<i64>>,
    spool: Option<Arc<spool::Spool>>,
}

impl PgStore {
    /// Makes the tables, and puts them under this server's identity. `false`: there are some already, which were not touched.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub async fn create(
        url: &DatabaseUrl,
        server_id: &str,
        audit_key: &[u8; 32],
    ) -> Result<bool, ConnectError> {
        let connections = connect::connections(url).await?;
        let log = AuditLog::new(audit_key, server_id);
        let made = connect::claim(&connections.pool(), server_id, &log).await;
        connections.close().await;
        made
    }

    /// Connects, waits a while for a database that is away, and migrates it forward. Of several servers that start at once, one
    /// migrates and the others wait. `spool` is a folder where usage waits while the database is away; without one it waits in
    /// memory.
    ///
    /// # Errors
    /// See [`ConnectError`].
    pub async fn open(
        url: &DatabaseUrl,
        server_id: &str,
        audit_key: &[u8; 32],
        spool: Option<&Path>,
    ) -> Result<Self, ConnectError> {
        let connections = Arc::new(connect::connections(url).await?);
        connect::require(&connections.pool(), server_id).await?;
        let spool = spool.map(spool::Spool::open).transpose().map_err(ConnectError::Spool)?.map(Arc::new);
        let audit = AuditLog::new(audit_key, server_id);
        let store = Self {
            connections,
            audit,
            turn: tokio::sync::Mutex::default(),
            guess: tokio::sync::Mutex::default(),
            months: Mutex::default(),
            spool,
        };
        store.make_months_ahead().await?;
        Ok(store)
    }

    /// Ends all connections. What was acknowledged is on disk already.
    pub async fn close(&self) {
        self.connections.close().await;
        if let Some(spool) = &self.spool {
            spool.close();
        }
    }

    /// What was asked, if it is answered in its time: a network may swallow the answer and tell nobody.
    ///
    /// # Errors
    /// [`StoreError::Away`] when it is not, and whatever was asked may then be done all the same; else its own.
    pub(crate) async fn in_time<T, E: From<StoreError>>(
        &self,
        asked: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        self.connections.in_time(asked).await
    }

    /// The connections in use now. Another time there may be others.
    pub(crate) fn pool(&self) -> PgPool {
        self.connections.pool()
    }

    /// The server's version.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn version(&self) -> Result<String, StoreError> {
        Ok(sqlx::query_scalar("SHOW server_version").fetch_one(&self.pool()).await?)
    }

    /// A transaction that changes what administrators see; the next one waits for its end.
    pub(crate) async fn change(&self) -> Result<Turn<'_>, StoreError> {
        // Of this server one waits at the database, and the others here: else they would hold all connections.
        let turn = self.turn.lock().await;
        let mut transaction = self.pool().begin().await?;
        sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(CHANGES).execute(&mut *transaction).await?;
        Ok(Turn { transaction, _turn: turn })
    }
}

/// A change under way. Dropped without a word it is undone.
pub(crate) struct Turn<'s> {
    transaction: Transaction<'static, Postgres>,
    // Behind the transaction: the next one begins when it is over.
    _turn: MutexGuard<'s, ()>,
}

impl Turn<'_> {
    pub(crate) async fn commit(self) -> Result<(), sqlx::Error> {
        self.transaction.commit().await
    }
}

impl Deref for Turn<'_> {
    type Target = PgConnection;

    fn deref(&self) -> &PgConnection {
        &self.transaction
    }
}

impl DerefMut for Turn<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.transaction
    }
}
