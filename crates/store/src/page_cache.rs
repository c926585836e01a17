//! How many pages SQLite keeps decrypted. A search through the log wants many: with few, it authenticated and decrypted most
//! of them anew, which took a quarter of its time. Calls that are written touch few, and a program that only serves calls
//! shall not hold memory for a search that nobody makes.

use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::SqliteConnection;

/// With what a connection begins: 2 MiB, in SQLite's negative KiB. A batch of calls touches a tenth of it.
pub(crate) const AT_FIRST: &str = "-2048";
const NARROW: &str = "PRAGMA cache_size = -2048";
/// 16 MiB.
const WIDE: &str = "PRAGMA cache_size = -16384";

/// The cache of a store's one connection, which whoever changes it holds.
#[derive(Default)]
pub(crate) struct PageCache {
    is_wide: AtomicBool,
}

impl PageCache {
    /// Before the log is searched. What was read stays for the next page of it.
    pub(crate) async fn widen(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        if !self.is_wide.swap(true, Ordering::Relaxed) {
            sqlx::query(WIDE).execute(connection).await?;
        }
        Ok(())
    }

    /// Before calls are written. Pages above the bound are given back at once.
    pub(crate) async fn narrow(&self, connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
        if self.is_wide.swap(false, Ordering::Relaxed) {
            sqlx::query(NARROW).execute(connection).await?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use sqlx::Connection;

    use super::*;

    #[tokio::test]
    async fn a_search_has_many_pages_until_the_next_calls_are_written() {
        let mut connection = SqliteConnection::connect("sqlite::memory:").await.unwrap();
        let cache = PageCache::default();
        let mut sizes = Vec::new();
        for wide in [true, true, false, false, true] {
            match wide {
                true => cache.widen(&mut connection).await.unwrap(),
                false => cache.narrow(&mut connection).await.unwrap(),
            }
            let size: i64 = sqlx::query_scalar("PRAGMA cache_size").fetch_one(&mut connection).await.unwrap();
            sizes.push(-size);
        }
        assert_eq!(sizes, [16_384, 16_384, 2_048, 2_048, 16_384]);
        assert_eq!(NARROW, format!("PRAGMA cache_size = {AT_FIRST}"));
    }
}
