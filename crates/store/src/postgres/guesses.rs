//! Limits on guessing that hold over all servers: the same rules as `access::attempts`. A user's and an address's counts are each
//! read and written under a lock of their own, so that many at once are as few as one after the other.

use model::Timestamp;
use sqlx::PgConnection;

use super::{PgStore, text::clean};
use crate::{
    StoreError, Waits,
    access::attempts::{MINUTE_MS, MOST_WAIT_MS, PEER_ATTEMPTS, of_user, wait_after},
};

impl PgStore {
    /// As [`Store::begin_attempt`](crate::Store::begin_attempt).
    ///
    /// # Errors
    /// Those of the database: nothing may then be looked at.
    pub async fn begin_attempt(
        &self,
        peer: &str,
        user: &str,
        now: Timestamp,
    ) -> Result<Result<(), Waits>, StoreError> {
        // As with changes: guesses at one user must not hold all connections while they wait for each other.
        let _turn = self.guess.lock().await;
        let mut transaction = self.pool().begin().await?;
        let peer = count_peer(&mut transaction, peer, now).await?;
        // An address that is over its limit must not make a user wait.
        let outcome = match peer {
            Ok(()) => count_user(&mut transaction, self.scope_of(user), now).await?,
            waits => waits,
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// As [`Store::begin_peer_attempt`](crate::Store::begin_peer_attempt).
    ///
    /// # Errors
    /// Those of the database: nothing may then be looked at.
    pub async fn begin_peer_attempt(
        &self,
        peer: &str,
        now: Timestamp,
    ) -> Result<Result<(), Waits>, StoreError> {
        // As with changes: guesses at one user must not hold all connections while they wait for each other.
        let _turn = self.guess.lock().await;
        let mut transaction = self.pool().begin().await?;
        let outcome = count_peer(&mut transaction, peer, now).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    /// As [`Store::attempt_was_good`](crate::Store::attempt_was_good).
    ///
    /// # Errors
    /// Those of the database.
    pub async fn attempt_was_good(&self, user: &str) -> Result<(), StoreError> {
        let delete = sqlx::query("DELETE FROM login_attempts WHERE scope = $1").bind(self.scope_of(user));
        delete.execute(&self.pool()).await?;
        Ok(())
    }

    /// Of whoever a login names. Whoever runs the database must not read there what was typed.
    fn scope_of(&self, user: &str) -> String {
        format!("user:{}", self.audit.veiled(&of_user(user)))
    }
}

async fn count_peer(
    connection: &mut PgConnection,
    peer: &str,
    now: Timestamp,
) -> Result<Result<(), Waits>, StoreError> {
    // Rows of addresses that were silent for a minute and of users for a day mean nothing any more. Rows that somebody counts
    // on just now are left: waiting for two of them in different orders would be a deadlock.
    let sweep = "DELETE FROM login_attempts WHERE scope IN (
                     SELECT scope FROM login_attempts
                     WHERE (scope LIKE 'peer:%' AND since <= $1) OR (until <= $2 AND since <= $2)
                     FOR UPDATE SKIP LOCKED)";
    let sweep = sqlx::query(sweep).bind(now.0 - MINUTE_MS).bind(now.plus_days(-1).0);
    sweep.execute(&mut *connection).await?;
    let upsert = "INSERT INTO login_attempts AS kept (scope, count, since, until) VALUES ($1, 1, $2, $2)
                  ON CONFLICT (scope) DO UPDATE SET count = least(kept.count + 1, 1000000) RETURNING count, since";
    let scope: String = format!("peer:{peer}").chars().take(200).collect();
    let upsert = sqlx::query_as(upsert).bind(clean(&scope)).bind(now.0);
    let (count, since): (i64, i64) = upsert.fetch_one(connection).await?;
    // A clock that was set back must not lock anyone out for longer than a minute.
    let until = Timestamp(since.min(now.0).saturating_add(MINUTE_MS));
    Ok(if count > PEER_ATTEMPTS { Err(Waits { until }) } else { Ok(()) })
}

async fn count_user(
    connection: &mut PgConnection,
    scope: String,
    now: Timestamp,
) -> Result<Result<(), Waits>, StoreError> {
    let lock = sqlx::query("SELECT pg_advisory_xact_lock(hashtextextended($1, 0))").bind(&scope);
    lock.execute(&mut *connection).await?;
    let select = sqlx::query_as("SELECT count, until FROM login_attempts WHERE scope = $1").bind(&scope);
    let kept: Option<(i64, i64)> = select.fetch_optional(&mut *connection).await?;
    let (failed, until) = kept.unwrap_or((0, i64::MIN));
    if until > now.0 {
        // The same for a clock that was set back.
        return Ok(Err(Waits { until: Timestamp(until.min(now.0.saturating_add(MOST_WAIT_MS))) }));
    }
    let failed = u32::try_from(failed).unwrap_or(u32::MAX).saturating_add(1).min(1_000_000);
    let upsert = "INSERT INTO login_attempts (scope, count, since, until) VALUES ($1, $2, $3, $4)
                  ON CONFLICT (scope) DO UPDATE SET count = $2, since = $3, until = $4";
    let upsert = sqlx::query(upsert).bind(&scope).bind(i64::from(failed)).bind(now.0);
    upsert.bind(now.0 + wait_after(failed)).execute(connection).await?;
    Ok(Ok(()))
}
