//! Leases of limits that several servers share: a limit's row holds what was granted to all of them together, and grows block by
//! block. A server uses only what it was granted, so no number of them overshoots, and most calls ask nobody.

use model::Timestamp;
use sqlx::PgConnection;

use super::PgStore;
use crate::{
    Grant, Lease, Settled, StoreError, Wish,
    ledger::{signed, unsigned},
};

impl PgStore {
    /// As [`Store::leases`](crate::Store::leases).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn leases(&self, from: Timestamp) -> Result<Vec<Lease>, StoreError> {
        let select = "SELECT scope, window_start, granted FROM usage_leases WHERE window_start >= $1
                      ORDER BY scope COLLATE \"C\", window_start";
        let rows: Vec<(String, i64, i64)> =
            sqlx::query_as(select).bind(from.0).fetch_all(&self.pool()).await?;
        let lease = |(scope, start, granted): (String, i64, i64)| Lease {
            scope,
            window_start: Timestamp(start),
            granted: unsigned(granted),
        };
        Ok(rows.into_iter().map(lease).collect())
    }

    /// Grants blocks, as far as the limits have room for them, in the order in which they were wished for.
    ///
    /// # Errors
    /// Those of the database; nothing is then granted.
    pub async fn grant(&self, wishes: &[Wish]) -> Result<Vec<Grant>, StoreError> {
        let mut transaction = self.pool().begin().await?;
        let mut grants = vec![Grant::default(); wishes.len()];
        // In one order, so that two servers never wait for each other.
        let mut order: Vec<(&Wish, &mut Grant)> = wishes.iter().zip(&mut grants).collect();
        order.sort_by(|(one, _), (two, _)| {
            (&one.scope, one.window_start).cmp(&(&two.scope, two.window_start))
        });
        for (wish, grant) in order {
            *grant = take(&mut transaction, wish).await?;
        }
        transaction.commit().await?;
        Ok(grants)
    }

    /// Gives back what was granted and not used, and forgets windows that start before `forget_before`.
    ///
    /// # Errors
    /// Those of the database; everything then counts as granted before.
    pub async fn settle(&self, settled: &[Settled], forget_before: Timestamp) -> Result<(), StoreError> {
        let mut transaction = self.pool().begin().await?;
        let mut settled: Vec<&Settled> = settled.iter().collect();
        settled.sort_by(|one, two| (&one.scope, one.window_start).cmp(&(&two.scope, two.window_start)));
        for one in settled {
            // More than was granted may have been used: a call took more than it had reserved.
            let update =
                "INSERT INTO usage_leases AS lease (scope, window_start, granted) VALUES ($1, $2, $4)
                          ON CONFLICT (scope, window_start)
                          DO UPDATE SET granted = greatest(lease.granted - $3 + $4, 0)";
            let update = sqlx::query(update).bind(&one.scope).bind(one.window_start.0);
            update.bind(signed(one.held)).bind(signed(one.used)).execute(&mut *transaction).await?;
        }
        let delete = sqlx::query("DELETE FROM usage_leases WHERE window_start < $1").bind(forget_before.0);
        delete.execute(&mut *transaction).await?;
        Ok(transaction.commit().await?)
    }
}

async fn take(connection: &mut PgConnection, wish: &Wish) -> Result<Grant, StoreError> {
    let (scope, start) = (&wish.scope, wish.window_start.0);
    let insert =
        "INSERT INTO usage_leases (scope, window_start, granted) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    let insert = sqlx::query(insert).bind(scope).bind(start).bind(signed(wish.held));
    insert.execute(&mut *connection).await?;
    let select = "SELECT granted FROM usage_leases WHERE scope = $1 AND window_start = $2 FOR UPDATE";
    let there: i64 = sqlx::query_scalar(select).bind(scope).bind(start).fetch_one(&mut *connection).await?;
    // Less than this server knew of is what another one gave back. But what is in the log is used.
    let there = unsigned(there).max(wish.logged);
    let granted = there.saturating_add(wish.more).min(wish.cap).max(there);
    let update = "UPDATE usage_leases SET granted = $3 WHERE scope = $1 AND window_start = $2";
    let update = sqlx::query(update).bind(scope).bind(start).bind(signed(granted));
    update.execute(connection).await?;
    Ok(Grant { others: signed(there).saturating_sub(signed(wish.held)), granted })
}
