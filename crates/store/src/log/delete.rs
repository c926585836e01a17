//! Deleting calls that are older than they are kept.

use sqlx::SqliteConnection;

use super::{requests, segment::Segment, table};
use crate::StoreError;

/// Deletes calls of before an instant, of so many segments at most. Says how many went, and whether any may be left.
pub(crate) async fn delete_before(
    connection: &mut SqliteConnection,
    at: i64,
    segments: i64,
) -> Result<(u64, bool), StoreError> {
    let heads = table::before(&mut *connection, at, segments).await?;
    let mut gone = 0;
    for head in &heads {
        let segment = head.whole(&mut *connection).await?;
        let mut rest = Segment::default();
        let mut requests = Vec::new();
        for call in segment.calls() {
            if call.kind.at < at {
                requests.push(call.names.request.to_vec());
            } else {
                rest.push(&call);
            }
        }
        requests::release(&mut *connection, &requests).await?;
        head.delete(&mut *connection).await?;
        table::insert(&mut *connection, &rest).await?;
        gone += requests.len() as u64;
    }
    Ok((gone, !heads.is_empty()))
}
