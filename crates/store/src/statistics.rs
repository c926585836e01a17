//! Statistics of the usage log: sums that are kept with the rows (`keep`), and what is answered from them (`view`).
//! A sum is exact to the last unit; a percentile is within 1/256.

mod answer;
mod asked;
mod block;
mod calendar;
mod calls;
mod cell;
mod dimension;
mod hours;
mod keep;
mod place;
mod retention;
mod served;
mod since;
mod sketch;
mod tally;
mod verify;
mod view;
mod walk;

pub(crate) use calendar::Calendar;
#[cfg(feature = "postgres")]
pub(crate) use calendar::{SLOT_MS, slot};
#[cfg(feature = "postgres")]
pub(crate) use calls::PAGE_LIMIT;
pub(crate) use cell::{Cell, Counted, fit};
pub(crate) use dimension::{Dimension, KnownDimensions};
pub use hours::HourUsed;
pub(crate) use keep::{Batch, Rollup};
pub(crate) use model::statistics::PIECES_LIMIT as PIECES;
pub(crate) use place::{KnownPlaces, Places};
pub(crate) use retention::open_again;
pub(crate) use since::{Sum, since};
#[cfg(feature = "postgres")]
pub(crate) use verify::NAMES;
pub use view::UsageError;
