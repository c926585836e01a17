//! The log of calls as it lies in the database: segments of up to 1,024 calls, column by column, and the ids by which a call
//! that is written twice is known (decision 22). What is asked of it is `statistics`' and `reprice`'s.

mod append;
mod columns;
mod convert;
mod delete;
mod request;
mod requests;
mod row;
mod segment;
mod table;

use sqlx::SqliteConnection;

#[cfg(feature = "postgres")]
pub(crate) use append::rule;
pub(crate) use append::{append, append_new};
pub(crate) use convert::all as convert;
pub(crate) use delete::delete_before;
pub(crate) use request::{pack as pack_request, unpack as unpack_request};
pub(crate) use requests::numbers as numbers_of;
pub(crate) use row::{Buckets, Figures, Kind, Logged};
pub(crate) use segment::Kinds;
pub(crate) use table::{
    Head, NewFigures, PackedFigures, around, ending_within, figures_behind, first_at, kinds_of,
    latest_within, others_of, within,
};

use crate::StoreError;

/// Shows every call from one instant to before another, with what it took and cost.
pub(crate) async fn each(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
    mut show: impl FnMut(&Kind<'_>, &Figures<'_>),
) -> Result<(), StoreError> {
    for head in within(&mut *connection, (from, to)).await? {
        let (kinds, figures) = head.figures(&mut *connection).await?;
        let calls = kinds.iter().zip(figures.iter());
        calls
            .filter(|(kind, _)| (from..to).contains(&kind.at))
            .for_each(|(kind, figures)| show(&kind, &figures));
    }
    Ok(())
}

/// The same without its figures, which are longer to read.
pub(crate) async fn each_kind(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
    mut show: impl FnMut(&Kind<'_>),
) -> Result<(), StoreError> {
    for head in within(&mut *connection, (from, to)).await? {
        let kinds = head.kinds(&mut *connection).await?;
        kinds.iter().filter(|kind| (from..to).contains(&kind.at)).for_each(|kind| show(&kind));
    }
    Ok(())
}

#[cfg(test)]
pub(crate) use row::Names;

/// What is shown of every call, in the order of their numbers.
#[cfg(test)]
pub(crate) async fn all<T>(
    connection: &mut SqliteConnection,
    mut show: impl FnMut(&Logged<'_>) -> T,
) -> Result<Vec<T>, StoreError> {
    let mut all = Vec::new();
    for head in within(&mut *connection, (i64::MIN, i64::MAX)).await? {
        all.extend(head.whole(&mut *connection).await?.calls().map(|call| show(&call)));
    }
    Ok(all)
}
