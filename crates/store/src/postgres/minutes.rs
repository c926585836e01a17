//! Shares of limits of a minute. The question is one statement, so nobody waits for a server that is cut off in the middle of it.

use std::time::Duration;

use super::PgStore;
use crate::{
    ShareWish, Shared, StoreError,
    ledger::{signed, unsigned},
};

/// A share counts for so long after its holder stops using it: sixty seconds, and one that was under way.
const MINUTE: Duration = Duration::from_secs(61);

type Row = (String, i64, i64, i64, i64);

impl PgStore {
    /// Changes the shares of a server, which uses them no longer than `lives` from before it asks. Each question has a higher number
    /// than the one before it. Tells of the limits that were asked about, and of those of its own that another server is short of;
    /// one that is not told of is nobody's.
    ///
    /// # Errors
    /// Those of the database; shares may be larger there than this server knows then, and never smaller.
    pub async fn share_minutes(
        &self,
        holder: &str,
        turn: u64,
        lives: Duration,
        wishes: &[ShareWish],
    ) -> Result<Vec<Shared>, StoreError> {
        let until = u64::try_from((lives + MINUTE).as_millis()).unwrap_or(u64::MAX);
        let numbers =
            |of: fn(&ShareWish) -> u64| wishes.iter().map(|one| signed(of(one))).collect::<Vec<i64>>();
        let scopes: Vec<&str> = wishes.iter().map(|wish| wish.scope.as_str()).collect();
        let select = "SELECT of_scope, granted, others, holders, missing
                      FROM share_minutes($1, $2, $3, $4, $5, $6, $7)";
        let select = sqlx::query_as(select).bind(holder).bind(signed(turn)).bind(signed(until)).bind(scopes);
        let select = select.bind(numbers(|wish| wish.keep)).bind(numbers(|wish| wish.more));
        let rows: Vec<Row> = select.bind(numbers(|wish| wish.cap)).fetch_all(&self.pool()).await?;
        let shared = |(scope, granted, others, holders, missing): Row| Shared {
            scope,
            granted: unsigned(granted),
            others: unsigned(others),
            holders: unsigned(holders),
            missing: unsigned(missing),
        };
        Ok(rows.into_iter().map(shared).collect())
    }
}
