//! Statistics of the usage log: sums that are kept with the rows (`keep`), and what is answered from them (`view`).
//! A sum is exact to the last unit; a percentile is within 1/256.

mod calendar;
mod calls;
mod cell;
mod dimension;
mod fill;
mod ingest;
mod keep;
mod raw;
mod retention;
mod sketch;
mod tally;
mod verify;
mod view;

pub(crate) use calendar::Calendar;
pub(crate) use cell::Cell;
pub(crate) use dimension::Dimension;
pub(crate) use ingest::Ingest;
pub(crate) use keep::{Batch, Rollup};
pub(crate) use model::statistics::PIECES_LIMIT as PIECES;
pub use view::UsageError;
