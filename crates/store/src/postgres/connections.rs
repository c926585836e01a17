//! The connections of one server. A network that swallows what is sent tells nobody: a statement whose answer is lost would be waited
//! for without end, and so would the library's own question to a connection that is given back. So this side counts, too. What is not
//! answered in its time counts as away, and every connection that was open then is left behind, those under way back among them.

use std::{
    pin::pin,
    sync::{PoisonError, RwLock},
    time::Duration,
};

use sqlx::{
    Connection, PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use tokio::time::timeout;

use crate::StoreError;

/// Connections of one server. PostgreSQL's own default is 100 for all of them.
const CONNECTIONS: u32 = 16;

/// How long a server and its database wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// For a connection; then the database counts as away.
    pub connection: Duration,
    /// For a lock that somebody else holds. As the next two, PostgreSQL keeps it.
    pub lock: Duration,
    /// For one statement.
    pub statement: Duration,
    /// For the next statement of a transaction: its server may never be heard of again, and others wait for what it holds.
    pub next: Duration,
    /// For all that one question of a server's comes to. This side keeps it, so it is longer than what PostgreSQL keeps.
    pub answer: Duration,
    /// For calls on their way to the log; then they wait on the server's own disk.
    pub usage: Duration,
}

impl Default for Bounds {
    fn default() -> Self {
        Self {
            connection: Duration::from_secs(3),
            lock: Duration::from_secs(10),
            statement: Duration::from_secs(20),
            next: Duration::from_secs(30),
            answer: Duration::from_secs(25),
            usage: Duration::from_secs(1),
        }
    }
}

impl Bounds {
    /// What PostgreSQL keeps, as its settings are written.
    pub(super) fn settings(&self) -> [(&'static str, String); 3] {
        let ms = |bound: Duration| format!("{}ms", bound.as_millis());
        [
            ("statement_timeout", ms(self.statement)),
            ("lock_timeout", ms(self.lock)),
            ("idle_in_transaction_session_timeout", ms(self.next)),
        ]
    }
}

/// The connections, and the way to others.
pub(crate) struct Connections {
    options: PgConnectOptions,
    bounds: Bounds,
    pool: RwLock<PgPool>,
}

impl Connections {
    /// Makes the first connection.
    pub(super) async fn open(options: PgConnectOptions, bounds: Bounds) -> Result<Self, sqlx::Error> {
        let pool = pooled(bounds).connect_with(options.clone()).await?;
        Ok(Self { options, bounds, pool: RwLock::new(pool) })
    }

    pub(crate) fn bounds(&self) -> Bounds {
        self.bounds
    }

    /// Those in use now.
    pub(crate) fn pool(&self) -> PgPool {
        self.pool.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// What was asked, if it is answered in its time.
    pub(crate) async fn in_time<T, E: From<StoreError>>(
        &self,
        asked: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        let pool = self.pool();
        // Pinned here, so that its connection is given back to a pool that is closed by then, and closed there.
        let mut asked = pin!(asked);
        match timeout(self.bounds.answer, asked.as_mut()).await {
            Ok(answer) => answer,
            Err(_) => {
                self.leave(&pool);
                Err(StoreError::Away.into())
            }
        }
    }

    /// Leaves all connections behind, unless somebody else just did.
    fn leave(&self, silent: &PgPool) {
        let mut pool = self.pool.write().unwrap_or_else(PoisonError::into_inner);
        if silent.is_closed() {
            return;
        }
        tracing::warn!("the database did not answer in time; other connections are made");
        *pool = pooled(self.bounds).connect_lazy_with(self.options.clone());
        // It is closed from this call on. Nobody waits for its end, which may never come.
        drop(silent.close());
    }

    /// Ends all connections; those that nobody answers at are left.
    pub(super) async fn close(&self) {
        if timeout(self.bounds.connection, self.pool().close()).await.is_err() {
            tracing::warn!("connections to the database were left open, because it does not answer at them");
        }
    }
}

fn pooled(bounds: Bounds) -> PgPoolOptions {
    // The library asks an idle connection before it hands it out, too, and takes all of the time for it: then none would be left
    // to make another.
    let alive = bounds.connection / 3;
    PgPoolOptions::new()
        .max_connections(CONNECTIONS)
        .acquire_timeout(bounds.connection)
        .test_before_acquire(false)
        .before_acquire(move |connection, _| {
            Box::pin(async move { Ok(matches!(timeout(alive, connection.ping()).await, Ok(Ok(())))) })
        })
}
