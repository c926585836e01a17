//! The usage page: which days are looked at, what came for them, and how it is shown.

pub mod behind;
pub mod breakdown;
pub mod date;
pub mod figures;
pub mod plans;
pub mod range;
pub mod tiles;

use std::{collections::BTreeSet, rc::Rc};

use model::Failure;

use self::{breakdown::Order, figures::Figures, plans::Chart, range::Range};
use super::workspace::Load;

/// The usage page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Usage {
    /// The days that were chosen.
    pub range: Range,
    /// Their figures; those of the days before the last choice until the new ones are there.
    pub figures: Load<Figures>,
    /// Whether figures are being read.
    pub reading: bool,
    /// Charts that are shown as tables.
    pub tables: BTreeSet<Chart>,
    /// The order of the breakdown.
    pub order: Order,
}

/// A change of the usage page.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Other days.
    Choose(Range),
    /// Figures are asked for.
    Reading,
    /// Figures came for a range.
    Read(Range, Box<Figures>),
    /// They did not come.
    NotRead(Range, Failure),
    /// A chart as a table, or as a chart again.
    Table(Chart),
    /// Another order of the breakdown.
    OrderBy(breakdown::Column),
}

impl Usage {
    /// Makes a change. What comes for days that are no longer looked at is left aside.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Choose(range) => self.range = range,
            Edit::Reading => self.reading = true,
            Edit::Read(range, figures) if range == self.range => {
                self.reading = false;
                self.figures = Load::Ready(Rc::new(*figures));
            }
            Edit::NotRead(range, failure) if range == self.range => {
                self.reading = false;
                // Figures of other days under these days' name would be wrong.
                self.figures = Load::Failed(failure);
            }
            Edit::Read(..) | Edit::NotRead(..) => {}
            Edit::Table(chart) => {
                if !self.tables.remove(&chart) {
                    self.tables.insert(chart);
                }
            }
            Edit::OrderBy(column) => self.order = self.order.clicked(column),
        }
    }
}

#[cfg(test)]
mod tests {
    use model::FailureCode;

    use super::{figures::tests::figures, *};

    #[test]
    fn figures_of_days_that_are_no_longer_looked_at_are_left_aside() {
        let mut usage = Usage::default();
        usage.apply(Edit::Choose(Range::Days(7)));
        usage.apply(Edit::Reading);
        usage.apply(Edit::Read(Range::Days(30), Box::new(figures())));
        assert_eq!((usage.reading, &usage.figures), (true, &Load::Waiting));
        usage.apply(Edit::Read(Range::Days(7), Box::new(figures())));
        assert!(!usage.reading && matches!(usage.figures, Load::Ready(_)));
    }

    #[test]
    fn figures_that_do_not_come_leave_no_others_in_their_place() {
        let mut usage = Usage::default();
        usage.apply(Edit::Read(Range::Days(30), Box::new(figures())));
        usage.apply(Edit::Choose(Range::Days(90)));
        let failure = Failure::new(FailureCode::Other, "the disk failed", "Try again.");
        usage.apply(Edit::NotRead(Range::Days(90), failure.clone()));
        assert_eq!(usage.figures, Load::Failed(failure));
    }

    #[test]
    fn a_chart_is_a_table_until_it_is_asked_for_again() {
        let mut usage = Usage::default();
        usage.apply(Edit::Table(Chart::Cost));
        assert!(usage.tables.contains(&Chart::Cost));
        usage.apply(Edit::Table(Chart::Cost));
        assert!(usage.tables.is_empty());
    }
}
