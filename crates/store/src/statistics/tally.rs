//! Adding cells up into what people look at.

use model::{PicoUsd, statistics::Measures};

use super::{
    cell::{Cell, fit},
    dimension::Dimension,
    sketch::Merged,
};

pub(crate) struct Tally {
    sums: Cell,
    succeeded: i128,
    succeeded_unpriced: i128,
    timeouts: i128,
    latencies: Merged,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            sums: Cell::default(),
            succeeded: 0,
            succeeded_unpriced: 0,
            timeouts: 0,
            latencies: Merged::new(),
        }
    }
}

impl Tally {
    pub(crate) fn add(&mut self, dimension: &Dimension<'_>, cell: &Cell) {
        self.sums.add_sums(cell);
        self.latencies.merge(&cell.sketch);
        match &*dimension.status {
            "success" => {
                self.succeeded += cell.calls;
                self.succeeded_unpriced += cell.unpriced;
            }
            "timeout" => self.timeouts += cell.calls,
            _ => {}
        }
    }

    /// Adds what another one has.
    pub(crate) fn merge(&mut self, other: &Self) {
        self.sums.add_sums(&other.sums);
        self.succeeded += other.succeeded;
        self.succeeded_unpriced += other.succeeded_unpriced;
        self.timeouts += other.timeouts;
        self.latencies.merge_all(&other.latencies);
    }

    pub(crate) fn calls(&self) -> u64 {
        fit(self.sums.calls)
    }

    pub(crate) fn tokens(&self) -> u64 {
        fit(self.sums.total)
    }

    /// `None` where there were calls and the cost of none is known.
    pub(crate) fn cost(&self) -> Option<PicoUsd> {
        let unknown = self.sums.calls > 0 && self.sums.unpriced == self.sums.calls;
        (!unknown).then_some(PicoUsd(self.sums.cost))
    }

    pub(crate) fn measures(&self) -> Measures {
        Measures {
            calls: self.calls(),
            succeeded: fit(self.succeeded),
            timeouts: fit(self.timeouts),
            unpriced: fit(self.sums.unpriced),
            succeeded_unpriced: fit(self.succeeded_unpriced),
            estimated: fit(self.sums.estimated),
            unknown_usage: fit(self.sums.unknown_usage),
            input_tokens: fit(self.sums.input),
            output_tokens: fit(self.sums.output),
            total_tokens: self.tokens(),
            cost: self.cost().filter(|_| self.sums.calls > 0),
            latency_sum_ms: fit(self.sums.latency),
            latency_p50_ms: self.latencies.percentile(50),
            latency_p95_ms: self.latencies.percentile(95),
            latency_p99_ms: self.latencies.percentile(99),
        }
    }
}
