//! Leases: blocks of a limit that are on disk before any of them is used. After a crash the whole block counts as
//! used, so a limit may then be held too tightly for a window, but never overshot.

use model::Timestamp;
use sqlx::{Connection, FromRow, SqliteConnection};

use crate::{
    Store, StoreError,
    ledger::{signed, unsigned},
};

/// How much of one limit may have been used in one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The limit, in words that the gateway chooses.
    pub scope: String,
    /// Where its window starts.
    pub window_start: Timestamp,
    /// All that was granted in the window so far. Tokens, calls or pico-dollars.
    pub granted: u64,
}

/// What a server wants to be granted of one limit in one window.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wish {
    /// The limit.
    pub scope: String,
    /// Where its window starts.
    pub window_start: Timestamp,
    /// All that was granted in the window when this server last heard of it.
    pub held: u64,
    /// So much more.
    pub more: u64,
    /// Never more in all than this.
    pub cap: u64,
    /// What the log said when this server opened the account: that much is used whatever leases say.
    pub logged: u64,
}

/// What came of a [`Wish`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Grant {
    /// Granted to other servers since this one last heard of it; below zero when they gave more back than they took.
    pub others: i64,
    /// All that is granted in the window now: what was held, what others took, and what is new.
    pub granted: u64,
}

/// What was used in the end of what one server was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The limit.
    pub scope: String,
    /// Where its window starts.
    pub window_start: Timestamp,
    /// All that was granted in the window when this server last heard of it.
    pub held: u64,
    /// All that was used in it, as far as this server knows.
    pub used: u64,
}

#[derive(FromRow)]
struct LeaseRow {
    scope: String,
    window_start: i64,
    granted: i64,
}

impl Store {
    /// The leases of windows that start at a moment or later.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn leases(&self, from: Timestamp) -> Result<Vec<Lease>, StoreError> {
        let select = "SELECT scope, window_start, granted FROM usage_leases WHERE window_start >= ?
                      ORDER BY scope, window_start";
        let rows: Vec<LeaseRow> =
            sqlx::query_as(select).bind(from.0).fetch_all(&mut *self.connection().await?).await?;
        let lease = |row: LeaseRow| Lease {
            scope: row.scope,
            window_start: Timestamp(row.window_start),
            granted: unsigned(row.granted),
        };
        Ok(rows.into_iter().map(lease).collect())
    }

    /// Puts grants on disk. A grant that is lower than the one there changes nothing: late news of an earlier block
    /// must not free what a later one took.
    ///
    /// # Errors
    /// Those of the database; nothing is then granted.
    pub async fn grant(&self, leases: &[Lease]) -> Result<(), StoreError> {
        let upsert = "INSERT INTO usage_leases (scope, window_start, granted) VALUES (?, ?, ?)
                      ON CONFLICT DO UPDATE SET granted = max(granted, excluded.granted)";
        self.write_leases(upsert, leases, None).await
    }

    /// Writes what was used in the end, lower than was granted as a rule, and forgets windows that start before
    /// `forget_before`. For a clean end, when nothing more is used under these leases.
    ///
    /// # Errors
    /// Those of the database; everything then counts as granted before.
    pub async fn settle(&self, leases: &[Lease], forget_before: Timestamp) -> Result<(), StoreError> {
        let upsert = "INSERT INTO usage_leases (scope, window_start, granted) VALUES (?, ?, ?)
                      ON CONFLICT DO UPDATE SET granted = excluded.granted";
        self.write_leases(upsert, leases, Some(forget_before)).await
    }

    async fn write_leases(
        &self,
        upsert: &'static str,
        leases: &[Lease],
        forget_before: Option<Timestamp>,
    ) -> Result<(), StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        for lease in leases {
            write(&mut transaction, upsert, lease).await?;
        }
        if let Some(moment) = forget_before {
            let delete = "DELETE FROM usage_leases WHERE window_start < ?";
            sqlx::query(delete).bind(moment.0).execute(&mut *transaction).await?;
        }
        Ok(transaction.commit().await?)
    }
}

async fn write(
    connection: &mut SqliteConnection,
    upsert: &'static str,
    lease: &Lease,
) -> Result<(), StoreError> {
    let query = sqlx::query(upsert).bind(&lease.scope).bind(lease.window_start.0).bind(signed(lease.granted));
    query.execute(connection).await?;
    Ok(())
}
