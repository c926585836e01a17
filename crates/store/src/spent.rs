//! What was used since a moment, for limits that are counted anew at start.

use std::collections::HashSet;

use model::{PicoUsd, Timestamp};

use crate::{
    Store, StoreError, log, provider,
    statistics::{Cell, Dimension, fit, since},
};

/// Whose usage is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spender<'a> {
    /// A configuration, by its number.
    Config(i64),
    /// A user.
    User(&'a str),
    /// Every configuration that there is.
    Everyone,
}

/// What was used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// Rows of the log.
    pub calls: u64,
    /// All tokens, of the calls whose usage is known.
    pub tokens: u64,
    /// Cost, of the calls whose cost is known.
    pub cost: PicoUsd,
    /// Calls whose usage is not known; their tokens are not in the sum.
    pub unknown: u64,
}

impl Store {
    /// Calls since a moment that came through any program but this one; retries and fallbacks are no calls of their own.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn calls_since(&self, from: Timestamp, but: &str) -> Result<u64, StoreError> {
        let mut connection = self.connection().await?;
        let there = provider::numbers(&mut connection).await?;
        let mut count = 0;
        log::each_kind(&mut connection, (from.0, i64::MAX), |kind| {
            let by_another = kind.client.is_some_and(|client| client != but);
            count += u64::from(kind.attempt == 1 && by_another && there.contains(&kind.config));
        })
        .await?;
        Ok(count)
    }

    /// What the log says was used since a moment, this one included.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn spent_since(&self, spender: Spender<'_>, from: Timestamp) -> Result<Spent, StoreError> {
        let mut connection = self.connection().await?;
        let there: HashSet<i64> = match spender {
            Spender::Everyone => provider::numbers(&mut connection).await?,
            Spender::Config(_) | Spender::User(_) => HashSet::new(),
        };
        let passes = |dimension: &Dimension<'_>| match spender {
            Spender::Config(number) => dimension.config == number,
            Spender::User(_) => true,
            Spender::Everyone => there.contains(&dimension.config),
        };
        let user = match spender {
            Spender::User(user) => Some(user),
            Spender::Config(_) | Spender::Everyone => None,
        };
        let mut sums = Cell::default();
        since(&mut connection, &self.dimensions, from.0, user, passes, |sum| sums.add_sums(&sum.cell))
            .await?;
        Ok(Spent {
            calls: fit(sums.calls),
            tokens: fit(sums.total),
            cost: PicoUsd(sums.cost),
            unknown: fit(sums.unknown_usage),
        })
    }
}
