//! Limits on guessing, which a restart does not forget. An attempt is counted before it is looked at, in one step, so that many at
//! once are as few as one after the other.

use model::Timestamp;
use sqlx::{Connection, SqliteConnection};

use crate::{Store, StoreError, provider::fold};

/// So many failures in a row make nobody wait.
const FREE_FAILURES: u32 = 5;
/// The longest that a user waits, in milliseconds.
pub(crate) const MOST_WAIT_MS: i64 = 15 * 60_000;
/// So many attempts come through from one address in a minute.
pub(crate) const PEER_ATTEMPTS: i64 = 10;
pub(crate) const MINUTE_MS: i64 = 60_000;

/// Too soon: nothing is looked at before this instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waits {
    /// When to come again.
    pub until: Timestamp,
}

impl Store {
    /// Counts an attempt against the address that it came from and the user that it names, who need not exist. The outer error is the
    /// database's.
    ///
    /// # Errors
    /// Those of the database: nothing may then be looked at.
    pub async fn begin_attempt(
        &self,
        peer: &str,
        user: &str,
        now: Timestamp,
    ) -> Result<Result<(), Waits>, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let peer = count_peer(&mut transaction, peer, now).await?;
        // An address that is over its limit must not make a user wait.
        let outcome = match peer {
            Ok(()) => count_user(&mut transaction, user, now).await?,
            waits => waits,
        };
        transaction.commit().await?;
        Ok(outcome)
    }

    /// Counts an attempt against its address alone.
    ///
    /// # Errors
    /// Those of the database: nothing may then be looked at.
    pub async fn begin_peer_attempt(
        &self,
        peer: &str,
        now: Timestamp,
    ) -> Result<Result<(), Waits>, StoreError> {
        let mut connection = self.connection().await?;
        let mut transaction = connection.begin().await?;
        let outcome = count_peer(&mut transaction, peer, now).await?;
        transaction.commit().await?;
        Ok(outcome)
    }

    /// The attempt was good: what came before it is forgotten for this user.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn attempt_was_good(&self, user: &str) -> Result<(), StoreError> {
        let delete = "DELETE FROM login_attempts WHERE scope = ?";
        sqlx::query(delete).bind(of_user(user)).execute(&mut *self.connection().await?).await?;
        Ok(())
    }
}

/// A name may be of any length before anyone is found by it.
pub(crate) fn of_user(name: &str) -> String {
    format!("user:{}", fold(name.trim())).chars().take(200).collect()
}

async fn count_peer(
    connection: &mut SqliteConnection,
    peer: &str,
    now: Timestamp,
) -> Result<Result<(), Waits>, StoreError> {
    // Rows of addresses that were silent for a minute and of users for a day mean nothing any more.
    let sweep = "DELETE FROM login_attempts
                 WHERE (scope LIKE 'peer:%' AND since <= ?1) OR (until <= ?2 AND since <= ?2)";
    let sweep = sqlx::query(sweep).bind(now.0 - MINUTE_MS).bind(now.plus_days(-1).0);
    sweep.execute(&mut *connection).await?;
    let upsert = "INSERT INTO login_attempts (scope, count, since, until) VALUES (?1, 1, ?2, ?2)
                  ON CONFLICT (scope) DO UPDATE SET count = min(count + 1, 1000000) RETURNING count, since";
    let scope: String = format!("peer:{peer}").chars().take(200).collect();
    let (count, since): (i64, i64) =
        sqlx::query_as(upsert).bind(scope).bind(now.0).fetch_one(connection).await?;
    // A clock that was set back must not lock anyone out for longer than a minute.
    let until = Timestamp(since.min(now.0).saturating_add(MINUTE_MS));
    Ok(if count > PEER_ATTEMPTS { Err(Waits { until }) } else { Ok(()) })
}

async fn count_user(
    connection: &mut SqliteConnection,
    user: &str,
    now: Timestamp,
) -> Result<Result<(), Waits>, StoreError> {
    let scope = of_user(user);
    let select = "SELECT count, until FROM login_attempts WHERE scope = ?";
    let kept: Option<(u32, i64)> =
        sqlx::query_as(select).bind(&scope).fetch_optional(&mut *connection).await?;
    let (failed, until) = kept.unwrap_or((0, i64::MIN));
    if until > now.0 {
        // The same for a clock that was set back.
        return Ok(Err(Waits { until: Timestamp(until.min(now.0.saturating_add(MOST_WAIT_MS))) }));
    }
    let failed = failed.saturating_add(1).min(1_000_000);
    let upsert = "INSERT INTO login_attempts (scope, count, since, until) VALUES (?1, ?2, ?3, ?4)
                  ON CONFLICT (scope) DO UPDATE SET count = ?2, since = ?3, until = ?4";
    let upsert = sqlx::query(upsert).bind(scope).bind(failed).bind(now.0).bind(now.0 + wait_after(failed));
    upsert.execute(connection).await?;
    Ok(Ok(()))
}

/// 1 s × 2ⁿ from the fifth failure on.
pub(crate) fn wait_after(failed: u32) -> i64 {
    match failed.checked_sub(FREE_FAILURES) {
        None => 0,
        Some(more) => 1_000_i64.checked_shl(more.min(20)).map_or(MOST_WAIT_MS, |wait| wait.min(MOST_WAIT_MS)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_from_the_fifth_failure_up_to_a_quarter_of_an_hour() {
        let waits: Vec<i64> = [4, 5, 6, 7, 14, 15, 1_000_000].map(wait_after).to_vec();
        assert_eq!(waits, [0, 1_000, 2_000, 4_000, 512_000, 900_000, 900_000]);
    }
}
