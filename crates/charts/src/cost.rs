//! A cost that may be known in part. An unknown price is never shown as nothing.

use std::iter::Sum;

use model::PicoUsd;

use crate::frame::Words;

/// What some calls cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// The sum of what is known; nothing where nobody kept a record.
    pub amount: Option<PicoUsd>,
    /// Calls without a price, whose cost is not in the sum.
    pub unpriced: u64,
}

impl Cost {
    /// Nothing is known.
    pub const GAP: Self = Self { amount: None, unpriced: 0 };

    /// All is known.
    pub fn of(amount: PicoUsd) -> Self {
        Self { amount: Some(amount), unpriced: 0 }
    }

    /// What is known of it, at least nothing.
    pub(crate) fn known(self) -> PicoUsd {
        PicoUsd(self.amount.map_or(0, |amount| amount.0.max(0)))
    }

    pub(crate) fn is_gap(self) -> bool {
        self.amount.is_none() && self.unpriced == 0
    }

    /// In words: `$3.76`, `$3.76 or more`, `unknown`, `No data`.
    pub(crate) fn words(self, words: &Words) -> String {
        self.written(words, PicoUsd::display)
    }

    /// The same with all digits, for a read-out and a table: `$3.7612 or more`.
    pub(crate) fn exact(self, words: &Words) -> String {
        self.written(words, PicoUsd::exact)
    }

    fn written(self, words: &Words, amount: fn(PicoUsd) -> String) -> String {
        match (self.amount, self.unpriced) {
            (None, 0) => words.no_data.clone(),
            (Some(known), 0) => amount(known),
            (None | Some(PicoUsd(0)), _) => words.unknown.clone(),
            (Some(known), _) => (words.at_least)(&amount(known)),
        }
    }
}

impl Sum for Cost {
    fn sum<I: Iterator<Item = Self>>(costs: I) -> Self {
        costs.fold(Self::GAP, |sum, cost| Self {
            amount: match (sum.amount, cost.amount) {
                (Some(sum), Some(more)) => Some(sum.plus(more)),
                (sum, more) => sum.or(more),
            },
            unpriced: sum.unpriced.saturating_add(cost.unpriced),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unknown_cost_is_never_nothing() {
        let words = Words::default();
        let cost = |amount, unpriced| Cost { amount, unpriced }.words(&words);
        assert_eq!(cost(None, 3), "unknown");
        assert_eq!(cost(Some(PicoUsd(0)), 3), "unknown");
        assert_eq!(cost(Some(PicoUsd(PicoUsd::ONE_USD * 3)), 1), "$3.00 or more");
        assert_eq!(cost(Some(PicoUsd(0)), 0), "$0.00");
        assert_eq!(cost(None, 0), "No data");
        let part = Cost { amount: Some(PicoUsd(3_761_200_000_000)), unpriced: 1 };
        assert_eq!([part.words(&words), part.exact(&words)], ["$3.76 or more", "$3.7612 or more"]);
    }

    #[test]
    fn sums_keep_what_is_unknown() {
        let costs = [Cost::of(PicoUsd(2)), Cost::GAP, Cost { amount: None, unpriced: 4 }];
        assert_eq!(costs.into_iter().sum::<Cost>(), Cost { amount: Some(PicoUsd(2)), unpriced: 4 });
        assert!([Cost::GAP].into_iter().sum::<Cost>().is_gap());
    }
}
