//! One call of the log, and its new cost.

use model::usage::TokenUsage;

use super::{Billed, Configured};
use crate::{
    Priced,
    ledger::{pico, unsigned},
    log::{Buckets, Figures, Kind},
    statistics::Cell,
};

/// A call, and what its configuration is now: calls of before the ledger name neither vendor nor model.
pub(super) struct Call<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) figures: Figures<'a>,
    pub(super) now: Option<&'a Configured>,
}

/// A call's new cost.
pub(super) struct Change {
    pub(super) cost: i64,
    pub(super) price: i64,
    pub(super) estimated: bool,
}

impl Call<'_> {
    pub(super) fn billed(&self) -> Option<Billed<'_>> {
        if !self.figures.usage_known {
            return None;
        }
        let provider_type = self.kind.provider_type.or(self.now.map(|now| now.0.as_str()))?;
        Some(Billed {
            provider_config_id: self.kind.config,
            provider_type: provider_type.parse().ok()?,
            model_name: self.kind.model.or(self.now.map(|now| now.1.as_str()))?,
            returned: self.figures.returned,
        })
    }

    fn usage(&self) -> TokenUsage {
        let buckets = self.figures.buckets;
        let Buckets { uncached, audio, cache_read, cache_write, cache_write_1h, .. } =
            buckets.unwrap_or(Buckets { uncached: self.figures.input, ..Buckets::default() });
        TokenUsage {
            input: unsigned(uncached),
            audio_input: unsigned(audio),
            cache_read: unsigned(cache_read),
            cache_write: unsigned(cache_write),
            cache_write_1h: unsigned(cache_write_1h),
            output: unsigned(self.figures.output),
            ..TokenUsage::default()
        }
    }

    /// By a price and its number.
    pub(super) fn change(&self, price: &Priced, number: i64) -> Change {
        let estimated = self.figures.estimated || self.figures.buckets.is_none();
        Change { cost: pico(price.price.cost(&self.usage())), price: number, estimated }
    }

    /// Whether it is another cost, or by another price.
    pub(super) fn differs(&self, change: &Change) -> bool {
        (self.figures.cost, self.figures.price) != (Some(change.cost), Some(change.price))
    }

    /// What the change does to the sums.
    pub(super) fn differ(&self, change: &Change, cell: &mut Cell) {
        cell.cost += i128::from(change.cost) - i128::from(self.figures.cost.unwrap_or(0));
        cell.unpriced -= i128::from(self.figures.cost.is_none());
        cell.estimated += i128::from(change.estimated) - i128::from(self.figures.estimated);
    }
}
