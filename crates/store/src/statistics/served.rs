//! Who served which task with which model, and how it went: sums since a day, and a comparison since an instant.

use std::collections::BTreeMap;

use model::{
    PicoUsd, TaskName, Timestamp,
    insights::{Served, Sliced},
};

use super::{
    calendar::{Calendar, SLOT_MS, slot},
    cell::{Cell, fit},
    dimension::Dimension,
    keep::{Rollup, SLOTS, WHOLE_DAYS},
    sketch::Merged,
    view::UsageError,
    walk::Walk,
};
use crate::{Store, UsageStatus};

const SUCCESS: &str = UsageStatus::Success.as_str();

/// Sums of one configuration.
struct Arm {
    sum: Cell,
    succeeded: i128,
    succeeded_unpriced: i128,
    latencies: Merged,
    /// Cost and successes of each quarter of an hour.
    slices: BTreeMap<i64, (i128, i128)>,
}

impl Default for Arm {
    fn default() -> Self {
        let (sum, latencies, slices) = (Cell::default(), Merged::new(), BTreeMap::new());
        Self { sum, succeeded: 0, succeeded_unpriced: 0, latencies, slices }
    }
}

impl Store {
    /// By task, configuration and model, of the so many last whole days before today.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn served(&self, days: u32, now: Timestamp) -> Result<Vec<Served>, UsageError> {
        let mut connection = self.connection().await?;
        let rollup = Rollup::read(&mut connection).await?;
        let calendar = Calendar::of(&rollup.zone).ok_or(UsageError::Zone)?;
        let today = calendar.date(now.0);
        let first = today.saturating_sub(jiff::Span::new().days(i64::from(days)));
        let time = (calendar.start(first), calendar.start(today));
        let mut arms = BTreeMap::<(String, i64, String), Arm>::new();
        let walk = Walk::of(&mut connection, WHOLE_DAYS, None, |_| true).await?;
        let add = |_, dimension: &Dimension<'_>, cell: &[u8]| {
            let key = (dimension.task.to_string(), dimension.config, dimension.model.to_string());
            arms.entry(key).or_default().add(dimension, &Cell::unpack_sums(cell)?);
            Some(())
        };
        walk.cells(&mut connection, time, add).await?;
        let served =
            |((task, number, model), arm): ((String, i64, String), Arm)| arm.served(task, number, model);
        Ok(arms.into_iter().map(served).collect())
    }

    /// One task's quarters of an hour that begin since an instant, of these configurations with these models.
    ///
    /// # Errors
    /// See [`UsageError`].
    pub async fn served_since(
        &self,
        task: &TaskName,
        who: &[(i64, String)],
        since: Timestamp,
    ) -> Result<Vec<Sliced>, UsageError> {
        let mut connection = self.connection().await?;
        let from = if slot(since.0) == since.0 { since.0 } else { slot(since.0).saturating_add(SLOT_MS) };
        let place = |dimension: &Dimension<'_>| {
            who.iter().position(|(number, model)| *number == dimension.config && *model == dimension.model)
        };
        let passes =
            |dimension: &Dimension<'_>| dimension.task == task.as_str() && place(dimension).is_some();
        let walk = Walk::of(&mut connection, SLOTS, None, passes).await?;
        let mut arms: Vec<Arm> = who.iter().map(|_| Arm::default()).collect();
        let add = |at, dimension: &Dimension<'_>, cell: &[u8]| {
            arms.get_mut(place(dimension)?)?.add_slice(at, dimension, &Cell::unpack(cell)?);
            Some(())
        };
        walk.cells(&mut connection, (from, i64::MAX), add).await?;
        let sliced = |(arm, (number, model)): (Arm, &(i64, String))| Sliced {
            p50_ms: arm.latencies.percentile(50),
            p95_ms: arm.latencies.percentile(95),
            slices: arm.slices.values().map(|(cost, good)| (PicoUsd(*cost), fit(*good))).collect(),
            sums: arm.served(task.to_string(), *number, model.clone()),
        };
        Ok(arms.into_iter().zip(who).map(sliced).collect())
    }
}

impl Arm {
    fn add(&mut self, dimension: &Dimension<'_>, cell: &Cell) {
        self.sum.add_sums(cell);
        if dimension.status == SUCCESS {
            self.succeeded += cell.calls;
            self.succeeded_unpriced += cell.unpriced;
        }
    }

    fn add_slice(&mut self, at: i64, dimension: &Dimension<'_>, cell: &Cell) {
        self.add(dimension, cell);
        let (cost, good) = self.slices.entry(at).or_default();
        *cost += cell.cost;
        if dimension.status == SUCCESS {
            *good += cell.calls;
            // How fast a refusal comes says nothing of how fast answers do.
            self.latencies.merge(&cell.sketch);
        }
    }

    fn served(&self, task: String, number: i64, model: String) -> Served {
        Served {
            task,
            number,
            model,
            calls: fit(self.sum.calls),
            succeeded: fit(self.succeeded),
            succeeded_unpriced: fit(self.succeeded_unpriced),
            unknown_usage: fit(self.sum.unknown_usage),
            input_tokens: fit(self.sum.input),
            output_tokens: fit(self.sum.output),
            cost: PicoUsd(self.sum.cost),
        }
    }
}
