//! Which requests the log has: an id is claimed for a number, and who comes second gets none.

use std::{
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use sqlx::{Arguments as _, AssertSqlSafe, SqliteConnection, sqlite::SqliteArguments};

use super::request;
use crate::{CallRow, StoreError};

/// Ids of one statement; each is a trip to SQLite's thread and back, and SQLite takes 32,766 values.
const CHUNK: usize = 256;
/// Ids of one statement where there are less.
const FEW: usize = 16;

/// A call that the log did not have.
pub(super) struct Fresh<'a> {
    pub(super) number: i64,
    pub(super) request: Vec<u8>,
    pub(super) row: &'a CallRow,
}

/// Claims a number for each call, behind the last one, and leaves out those that are there. Of two alike the first stays.
pub(super) async fn claim<'a>(
    connection: &mut SqliteConnection,
    rows: &[&'a CallRow],
    last: i64,
) -> Result<Vec<Fresh<'a>>, StoreError> {
    let number =
        |(row, number): (&&'a CallRow, i64)| Fresh { number, request: request::pack(&row.request_id), row };
    let mut calls: Vec<Fresh<'a>> = rows.iter().zip(last + 1..).map(number).collect();
    let mut known = HashSet::new();
    for chunk in sized(&calls) {
        if insert(&mut *connection, chunk).await? < chunk.len() as u64 {
            let there = numbers(&mut *connection, chunk.iter().map(|call| call.request.as_slice())).await?;
            let of_others = chunk.iter().filter(|call| there.get(&call.request) != Some(&call.number));
            known.extend(of_others.map(|call| call.number));
        }
    }
    calls.retain(|call| !known.contains(&call.number));
    Ok(calls)
}

/// Those of these ids that the log has, with their numbers.
pub(crate) async fn numbers<'a>(
    connection: &mut SqliteConnection,
    requests: impl Iterator<Item = &'a [u8]>,
) -> Result<HashMap<Vec<u8>, i64>, StoreError> {
    let requests: Vec<&[u8]> = requests.collect();
    let mut numbers = HashMap::new();
    for chunk in requests.chunks(CHUNK) {
        let list = vec!["?"; chunk.len()].join(", ");
        let select = format!("SELECT request, call FROM usage_requests WHERE request IN ({list})");
        let query = sqlx::query_as(AssertSqlSafe(select));
        let query = chunk.iter().fold(query, |query, request| query.bind(*request));
        let found: Vec<(Vec<u8>, i64)> = query.fetch_all(&mut *connection).await?;
        numbers.extend(found);
    }
    Ok(numbers)
}

/// Gives ids free, after their calls were deleted.
pub(super) async fn release(
    connection: &mut SqliteConnection,
    requests: &[Vec<u8>],
) -> Result<(), StoreError> {
    for chunk in requests.chunks(CHUNK) {
        let list = vec!["?"; chunk.len()].join(", ");
        let delete = format!("DELETE FROM usage_requests WHERE request IN ({list})");
        let query = sqlx::query(AssertSqlSafe(delete));
        chunk.iter().fold(query, |query, request| query.bind(&request[..])).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Claims ids for calls that have numbers already and are known to be alone.
pub(super) async fn keep(
    connection: &mut SqliteConnection,
    calls: &[(Vec<u8>, i64)],
) -> Result<(), StoreError> {
    for chunk in calls.chunks(CHUNK) {
        let statement = statement(chunk.len());
        let query = sqlx::query(AssertSqlSafe(statement));
        let query =
            chunk.iter().fold(query, |query, (request, number)| query.bind(&request[..]).bind(number));
        query.execute(&mut *connection).await?;
    }
    Ok(())
}

/// In pieces for which there are statements.
fn sized<'c, 'a>(calls: &'c [Fresh<'a>]) -> impl Iterator<Item = &'c [Fresh<'a>]> {
    let (chunks, rest) = calls.as_chunks::<CHUNK>();
    let (few, rest) = rest.as_chunks::<FEW>();
    let chunks = chunks.iter().map(|chunk| chunk.as_slice());
    chunks.chain(few.iter().map(|chunk| chunk.as_slice())).chain(rest.chunks(1))
}

async fn insert(connection: &mut SqliteConnection, calls: &[Fresh<'_>]) -> Result<u64, StoreError> {
    static ONE: LazyLock<String> = LazyLock::new(|| statement(1));
    static SOME: LazyLock<String> = LazyLock::new(|| statement(FEW));
    static MANY: LazyLock<String> = LazyLock::new(|| statement(CHUNK));
    let statement = match calls.len() {
        CHUNK => &*MANY,
        FEW => &*SOME,
        _ => &*ONE,
    };
    let mut room = SqliteArguments::default();
    room.reserve(calls.len() * 2, 0);
    let query = sqlx::query_with(statement.as_str(), room);
    let query = calls.iter().fold(query, |query, call| query.bind(&call.request[..]).bind(call.number));
    Ok(query.execute(connection).await?.rows_affected())
}

fn statement(rows: usize) -> String {
    let rows = vec!["(?, ?)"; rows].join(", ");
    format!("INSERT INTO usage_requests (request, call) VALUES {rows} ON CONFLICT DO NOTHING")
}
