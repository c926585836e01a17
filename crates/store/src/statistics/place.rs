//! Where the cells of a dimension lie: its number and its block. A batch has a few hundred dimensions and nearly always
//! the same ones, so what was learned is kept in memory.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use sqlx::SqliteConnection;

use super::dimension::Dimension;
use crate::StoreError;

/// Dimensions that are known at once; behind that all are learned anew.
const KNOWN_LIMIT: usize = 20_000;
/// Dimensions of one block: the fewer, the less is written again with each call, and the more blocks are read.
const OF_USERS: i64 = 512;
/// Of one block of dimensions without users, whose cells are larger.
const OF_WHOLES: i64 = 32;

/// Where the cells of a dimension lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Place {
    pub(crate) id: i64,
    pub(crate) block: i64,
}

/// Of a dimension, and of the same over all users.
type Both = (Place, Place);

/// What is known from transactions that are on disk.
#[derive(Default)]
pub(crate) struct KnownPlaces(Mutex<HashMap<Dimension<'static>, Both>>);

/// What a transaction knows. What it learns may be rolled back, so others know it only when it is [kept](Places::keep).
pub(crate) struct Places<'s> {
    known: &'s KnownPlaces,
    learned: HashMap<Dimension<'static>, Both>,
}

impl KnownPlaces {
    /// For one transaction.
    pub(crate) fn begin(&self) -> Places<'_> {
        Places { known: self, learned: HashMap::new() }
    }

    fn get(&self, dimension: &Dimension<'_>) -> Option<Both> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        get(&known, dimension)
    }
}

/// A function of its own, because a map of what lives for ever is one of what lives shorter.
fn get<'a>(places: &HashMap<Dimension<'a>, Both>, dimension: &Dimension<'a>) -> Option<Both> {
    places.get(dimension).copied()
}

impl Places<'_> {
    /// The place of a dimension and of the same over all users, which they get when they have none.
    pub(crate) async fn of(
        &mut self,
        connection: &mut SqliteConnection,
        dimension: &Dimension<'_>,
    ) -> Result<Both, StoreError> {
        if let Some(known) = self.known.get(dimension).or_else(|| get(&self.learned, dimension)) {
            return Ok(known);
        }
        let both = (find(connection, dimension).await?, find(connection, &dimension.whole()).await?);
        self.learned.insert(dimension.clone().into_owned(), both);
        Ok(both)
    }

    /// After the transaction is on disk.
    pub(crate) fn keep(self) {
        let mut known = self.known.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() + self.learned.len() > KNOWN_LIMIT {
            known.clear();
        }
        known.extend(self.learned.into_iter().take(KNOWN_LIMIT));
    }
}

/// The place of one dimension.
pub(crate) async fn find(
    connection: &mut SqliteConnection,
    dimension: &Dimension<'_>,
) -> Result<Place, StoreError> {
    if let Some(place) = dimension.find(&mut *connection).await? {
        return Ok(place);
    }
    let block = free_block(&mut *connection, dimension.user.as_deref()).await?;
    dimension.insert(connection, block).await
}

/// The block of a new dimension: the user's last one, or the newest, when it has room; else another.
async fn free_block(connection: &mut SqliteConnection, user: Option<&str>) -> Result<i64, StoreError> {
    let (whole, room) = (user.is_none(), if user.is_none() { OF_WHOLES } else { OF_USERS });
    let of_user = "SELECT max(block) FROM usage_dimensions WHERE whole = 0 AND user_id = ?";
    let newest = "SELECT max(block) FROM usage_dimensions WHERE whole = ?";
    let of_user: Option<i64> = match user {
        Some(user) => sqlx::query_scalar(of_user).bind(user).fetch_one(&mut *connection).await?,
        None => None,
    };
    let newest: Option<i64> = sqlx::query_scalar(newest).bind(whole).fetch_one(&mut *connection).await?;
    for block in [of_user, newest].into_iter().flatten() {
        let count = "SELECT count(*) FROM usage_dimensions WHERE whole = ? AND block = ?";
        let count: i64 =
            sqlx::query_scalar(count).bind(whole).bind(block).fetch_one(&mut *connection).await?;
        if count < room {
            return Ok(block);
        }
    }
    // Even for those without users, odd for those with.
    Ok(newest.map_or(i64::from(!whole), |newest| newest + 2))
}
