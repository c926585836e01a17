//! The hours of some days by configuration, which say what is usual. From quarters of an hour: days have no hours in them.

use std::collections::BTreeMap;

use model::{PicoUsd, Timestamp, statistics::Bucket};

use super::{
    calendar::Calendar,
    cell::{Cell, fit},
    dimension::Dimension,
    keep::{Rollup, SLOTS},
    view::UsageError,
    walk::Walk,
};
use crate::Store;

/// An hour of the home zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HourUsed {
    /// Its first instant.
    pub start: Timestamp,
    /// Which one of the week; Monday 00:00 is 0.
    pub of_week: u8,
    /// Attempts, and the cost of those whose cost is known, by the configuration's number. One that is not here had none.
    pub by_config: BTreeMap<i64, (u64, PicoUsd)>,
}

impl Store {
    /// The hours from one instant to before another, in order, each whole: the first may begin before. Hours without calls
    /// are among them.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn hours(&self, from: Timestamp, to: Timestamp) -> Result<Vec<HourUsed>, UsageError> {
        let mut connection = self.connection().await?;
        let rollup = Rollup::read(&mut connection).await?;
        let calendar = Calendar::of(&rollup.zone).ok_or(UsageError::Zone)?;
        let starts = calendar.pieces(from.0, to.0, Bucket::Hour);
        let hour = |start: &Timestamp| HourUsed {
            start: *start,
            of_week: calendar.hour_of_week(start.0),
            by_config: BTreeMap::new(),
        };
        let mut hours: Vec<HourUsed> = starts.iter().map(hour).collect();
        let Some(first) = starts.first() else { return Ok(hours) };
        let walk = Walk::of(&mut connection, SLOTS, None, |_| true).await?;
        let add = |at: i64, dimension: &Dimension<'_>, cell: &[u8]| {
            let sums = Cell::unpack_sums(cell)?;
            let place = starts.partition_point(|start| start.0 <= at).saturating_sub(1);
            let (calls, cost) = hours.get_mut(place)?.by_config.entry(dimension.config).or_default();
            *calls += fit(sums.calls);
            *cost = cost.plus(PicoUsd(sums.cost));
            Some(())
        };
        walk.cells(&mut connection, (first.0, to.0), add).await?;
        Ok(hours)
    }
}
