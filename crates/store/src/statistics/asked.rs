//! A question about usage with its instants, and where among them a piece of time lies.

use model::{
    Timestamp,
    statistics::{Bucket, Grouping, UsageQuery},
};

use super::{
    PIECES,
    calendar::{Calendar, day},
    dimension::Dimension,
    keep::{DAYS, Rollup, SLOTS, WHOLE_DAYS},
    view::UsageError,
};

/// A question, with its instants.
pub(super) struct Asked<'a> {
    pub(super) query: &'a UsageQuery,
    pub(super) from: i64,
    pub(super) to: i64,
    pub(super) before: i64,
    pub(super) week: i64,
    pub(super) month: i64,
    pub(super) starts: Vec<Timestamp>,
}

/// Where a piece of time lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct When {
    pub(super) looked_at: Looked,
    pub(super) lately: Lately,
}

/// In the time that is looked at, in the one before it, or earlier.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Looked {
    Not,
    Before,
    Now,
}

/// In the last week, in the last month but not in its last week, or earlier.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Lately {
    Not,
    Month,
    Week,
}

impl<'a> Asked<'a> {
    pub(super) fn of(query: &'a UsageQuery, calendar: &Calendar) -> Result<Self, UsageError> {
        let first = day(&query.first_day).ok_or(UsageError::Days)?;
        let last = day(&query.last_day).filter(|last| *last >= first).ok_or(UsageError::Days)?;
        let days = i64::from((last - first).get_days()) + 1;
        let back = |from: jiff::civil::Date, days: i64| {
            let span = jiff::Span::new().try_days(days).map_err(|_| UsageError::Days)?;
            from.checked_sub(span).map_err(|_| UsageError::Days)
        };
        let behind = last.tomorrow().map_err(|_| UsageError::Days)?;
        let (from, to) = (calendar.start(first), calendar.start(behind));
        let starts = calendar.pieces(from, to, query.bucket);
        if starts.len() > PIECES {
            return Err(UsageError::TooManyPieces);
        }
        Ok(Self {
            query,
            from,
            to,
            before: calendar.start(back(first, days)?),
            week: calendar.start(back(behind, 7)?),
            month: calendar.start(back(behind, 30)?),
            starts,
        })
    }

    /// What to read: level and time.
    pub(super) fn reads(&self, rollup: &Rollup) -> Vec<(i64, i64, i64)> {
        let from = self.before.min(self.month);
        let by_user = self.query.grouping == Grouping::User || !self.query.filter.users.is_empty();
        let days = if by_user { DAYS } else { WHOLE_DAYS };
        if self.query.zone != rollup.zone {
            return vec![(SLOTS, from, self.to)];
        }
        // Hours are looked at over few days; the days around them come from the days' sums.
        if self.query.bucket == Bucket::Hour {
            return vec![(days, from, self.from), (SLOTS, self.from, self.to)];
        }
        vec![(days, from, self.to)]
    }

    pub(super) fn when(&self, at: i64) -> When {
        let looked_at = match () {
            () if at >= self.from => Looked::Now,
            () if at >= self.before => Looked::Before,
            () => Looked::Not,
        };
        let lately = match () {
            () if at >= self.week => Lately::Week,
            () if at >= self.month => Lately::Month,
            () => Lately::Not,
        };
        When { looked_at, lately }
    }

    /// Whether each group is made of whole bases.
    pub(super) fn is_of_bases(&self) -> bool {
        !matches!(self.query.grouping, Grouping::User | Grouping::Status)
    }

    pub(super) fn key(&self, dimension: &Dimension<'_>) -> String {
        match self.query.grouping {
            Grouping::ProviderType => dimension.provider_type.to_string(),
            Grouping::Provider => dimension.config.to_string(),
            Grouping::Model => dimension.model.to_string(),
            Grouping::Task => dimension.task.to_string(),
            Grouping::User => dimension.user.as_deref().unwrap_or_default().to_owned(),
            Grouping::Status => dimension.status.to_string(),
        }
    }
}

impl When {
    pub(super) const ALL: [Self; 9] = {
        const fn of(looked_at: Looked) -> [When; 3] {
            [
                When { looked_at, lately: Lately::Not },
                When { looked_at, lately: Lately::Month },
                When { looked_at, lately: Lately::Week },
            ]
        }
        let ([a, b, c], [d, e, f], [g, h, i]) = (of(Looked::Not), of(Looked::Before), of(Looked::Now));
        [a, b, c, d, e, f, g, h, i]
    };

    /// Among all of them.
    pub(super) fn place(self) -> usize {
        3 * self.looked_at as usize + self.lately as usize
    }
}
