//! A connection that is closed when it is let go of, and not some time later.
//!
//! sqlx closes a connection that is dropped on the connection's own thread, after the drop. SQLCipher frees its heap and its
//! mutexes in a handler of `exit`: a program that ends meanwhile crashes in its last moment (decision 13).

use futures::executor::block_on;
use sqlx::{Connection, SqliteConnection};
use tokio::sync::{MappedMutexGuard, Mutex, MutexGuard};

/// The one connection of a store.
pub(crate) struct Held(Mutex<Open>);

/// `None` once it is closed.
struct Open(Option<SqliteConnection>);

impl Held {
    pub(crate) fn new(connection: SqliteConnection) -> Self {
        Self(Mutex::new(Open(Some(connection))))
    }

    pub(crate) async fn lock(&self) -> Result<MappedMutexGuard<'_, SqliteConnection>, sqlx::Error> {
        let open = self.0.lock().await;
        MutexGuard::try_map(open, |open| open.0.as_mut()).map_err(|_| sqlx::Error::WorkerCrashed)
    }

    pub(crate) async fn close(self) -> Result<(), sqlx::Error> {
        match self.0.into_inner().0.take() {
            Some(connection) => connection.close().await,
            None => Ok(()),
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        // Waits for the connection's thread alone, which waits for nobody.
        if let Some(Err(error)) = self.0.take().map(|connection| block_on(connection.close())) {
            tracing::warn!(%error, "the database did not close cleanly");
        }
    }
}
