//! Which days are looked at, and which they are compared with.

use super::date::{Day, Month};
use crate::t;

/// What the person chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Range {
    /// The last days, today included.
    Days(u16),
    /// A month of the calendar.
    Month(Month),
    /// From a day to another one.
    Custom(Span),
}

/// Days from the first to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first.
    pub first: Day,
    /// The last; never before the first.
    pub last: Day,
}

/// What a step of the charts stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Its days.
    pub days: Span,
    /// Of the one day, which hour.
    pub hour: Option<Hour>,
}

/// An hour of a day. Where clocks are set back, two of a day show the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hour {
    /// The day's first is 0.
    pub number: u8,
    /// What the clocks show when it begins, in minutes behind midnight.
    pub clock: u16,
}

/// How long a step of the charts is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stride {
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// A week from Monday.
    Week,
    /// A month of the calendar.
    Month,
}

/// Longer ranges are refused by the shell; five years.
pub const LONGEST: i32 = 5 * 366;
/// From so many days on, a step of the charts is a week: a bar for each day would be a hair.
const WEEKLY_FROM: i32 = 120;
/// Longer ranges have no steps of a day at all: there would be more bars than pixels.
const DAILY_UNTIL: i32 = 400;
/// The same for hours.
const HOURLY_UNTIL: i32 = 14;
/// A day or two are too few bars to see anything by.
const HOURLY_WITHIN: i32 = 2;

impl Default for Range {
    fn default() -> Self {
        Self::Days(30)
    }
}

impl Stride {
    /// All.
    pub const ALL: [Self; 4] = [Self::Hour, Self::Day, Self::Week, Self::Month];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hour => "hour",
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// By that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|unit| unit.as_str() == name)
    }

    /// The last day of the step that a day is in.
    pub fn end(self, day: Day) -> Day {
        match self {
            Self::Hour | Self::Day => day,
            Self::Week => day.week_end(),
            Self::Month => day.month().last(),
        }
    }
}

impl Span {
    /// Two days in either order.
    pub fn of(one: Day, other: Day) -> Self {
        Self { first: one.min(other), last: one.max(other) }
    }

    /// How many days.
    pub fn length(self) -> i32 {
        self.last.0 - self.first.0 + 1
    }

    /// As many days, directly before.
    pub fn before(self) -> Self {
        Self { first: self.first.plus(-self.length()), last: self.first.plus(-1) }
    }

    /// The length of a step where nobody chose one.
    pub fn usual_unit(self) -> Stride {
        match self.length() {
            ..=HOURLY_WITHIN => Stride::Hour,
            length if length > WEEKLY_FROM => Stride::Week,
            _ => Stride::Day,
        }
    }

    /// Whether it can be shown in such steps.
    pub fn takes(self, unit: Stride) -> bool {
        match unit {
            Stride::Hour => self.length() <= HOURLY_UNTIL,
            Stride::Day => self.length() <= DAILY_UNTIL,
            Stride::Week | Stride::Month => true,
        }
    }

    /// The charts' steps, oldest first, as the shell has them; the first and the last are cut where the span begins and ends.
    /// How many hours a day has, only the shell knows.
    pub fn steps(self, unit: Stride) -> Vec<Span> {
        let mut steps = Vec::new();
        let mut first = self.first;
        while first <= self.last {
            let last = unit.end(first);
            steps.push(Self { first, last: last.min(self.last) });
            first = last.plus(1);
        }
        steps
    }

    /// `25 Oct to 23 Nov`, with the years where they are two.
    pub fn words(self) -> String {
        let (first, last) = (self.first, self.last);
        if first == last {
            return first.short();
        }
        match first.month().year == last.month().year {
            true => t!("span", first = first.short(), last = last.short()),
            false => t!("span", first = first.long(), last = last.long()),
        }
    }
}

impl Time {
    /// Whole days.
    pub fn of(days: Span) -> Self {
        Self { days, hour: None }
    }

    /// `19 Nov`, `19 Nov, 14:00`, `16 Nov to 22 Nov`.
    pub fn words(self) -> String {
        let days = self.days.words();
        match self.hour {
            Some(hour) => t!("day-and-hour", day = days, time = hour.time()),
            None => days,
        }
    }
}

impl Hour {
    /// `14:00`.
    pub fn time(self) -> String {
        format!("{:02}:{:02}", self.clock / 60, self.clock % 60)
    }
}

impl Range {
    /// Its days. A month that is not over ends today.
    pub fn span(self, today: Day) -> Span {
        match self {
            Self::Days(count) => Span { first: today.plus(1 - i32::from(count.max(1))), last: today },
            Self::Month(month) => Span::of(month.first(), month.last().min(today.max(month.first()))),
            Self::Custom(span) => span,
        }
    }

    /// The days to compare with: of a month the same days of the month before, otherwise as many directly before.
    pub fn compared(self, today: Day) -> Span {
        let span = self.span(today);
        match self {
            Self::Month(month) => {
                let before = month.before();
                let last = before.first().plus(span.length() - 1).min(before.last());
                Span { first: before.first(), last }
            }
            Self::Days(_) | Self::Custom(_) => span.before(),
        }
    }

    /// The line below the page's title.
    pub fn words(self, today: Day) -> String {
        let span = self.span(today);
        match self {
            Self::Month(month) => {
                t!("usage-context-month", span = span.words(), month = month.before().title())
            }
            _ => t!("usage-context", span = span.words(), count = span.length()),
        }
    }

    /// A pair of the browser's fields for dates.
    ///
    /// # Errors
    /// What to tell the person.
    pub fn custom(first: &str, last: &str, today: Day) -> Result<Self, String> {
        let (Some(first), Some(last)) = (Day::read(first), Day::read(last)) else {
            return Err(t!("range-unread"));
        };
        let span = Span::of(first, last.min(today));
        match (first > today, span.length()) {
            (true, _) => Err(t!("range-future")),
            (_, LONGEST..) => Err(t!("range-long")),
            _ => Ok(Self::Custom(span)),
        }
    }

    /// As it stands in the address: `30`, `2026-11`, `2026-10-01..2026-10-15`.
    pub fn address(self) -> String {
        match self {
            Self::Days(count) => count.to_string(),
            Self::Month(month) => format!("{:04}-{:02}", month.year, month.month),
            Self::Custom(span) => format!("{}..{}", span.first.iso(), span.last.iso()),
        }
    }

    /// From the address.
    pub fn from_address(text: &str) -> Option<Self> {
        if let Some((first, last)) = text.split_once("..") {
            let span = Span::of(Day::read(first)?, Day::read(last)?);
            return (span.length() < LONGEST).then_some(Self::Custom(span));
        }
        match text.split_once('-') {
            Some(_) => Day::read(&format!("{text}-01")).map(|day| Self::Month(day.month())),
            None => [7, 30, 90].into_iter().find(|days| days.to_string() == text).map(Self::Days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::read(text).unwrap()
    }

    #[test]
    fn thirty_days_end_today_and_are_compared_with_the_thirty_before() {
        let (range, today) = (Range::default(), day("2026-11-23"));
        assert_eq!(range.span(today).words(), "25 Oct to 23 Nov");
        assert_eq!(range.compared(today).words(), "25 Sep to 24 Oct");
        assert_eq!(range.words(today), "25 Oct to 23 Nov, against the 30 days before");
    }

    #[test]
    fn a_month_that_goes_on_is_compared_with_the_same_days_of_the_one_before() {
        let range = Range::Month(day("2026-11-01").month());
        let today = day("2026-11-23");
        assert_eq!(range.span(today).words(), "1 Nov to 23 Nov");
        assert_eq!(range.compared(today).words(), "1 Oct to 23 Oct");
        let march = Range::Month(day("2026-03-01").month());
        assert_eq!(march.compared(today).words(), "1 Feb to 28 Feb");
    }

    #[test]
    fn days_of_a_custom_range_may_be_given_in_either_order_but_not_in_the_future() {
        let today = day("2026-11-23");
        let range = Range::custom("2026-10-15", "2026-10-01", today).unwrap();
        assert_eq!(range.span(today).words(), "1 Oct to 15 Oct");
        assert!(Range::custom("2026-11-24", "2026-12-01", today).is_err());
        assert!(Range::custom("", "2026-12-01", today).is_err());
        assert!(Range::custom("2001-01-01", "2026-11-01", today).is_err());
        let cut = Range::custom("2026-11-20", "2026-12-01", today).unwrap();
        assert_eq!(cut.span(today).last, today);
    }

    #[test]
    fn long_ranges_go_by_weeks_and_no_step_loses_a_day() {
        let span = Span { first: day("2025-10-01"), last: day("2026-11-23") };
        let steps = span.steps(Stride::Week);
        assert_eq!((span.usual_unit(), steps.len()), (Stride::Week, 61));
        for unit in Stride::ALL {
            let steps = span.steps(unit);
            assert_eq!(steps.iter().map(|step| step.length()).sum::<i32>(), span.length());
            assert_eq!((steps[0].first, steps[steps.len() - 1].last), (span.first, span.last));
            assert_eq!(Stride::of_name(unit.as_str()), Some(unit));
        }
        assert!(!span.takes(Stride::Day) && !span.takes(Stride::Hour) && span.takes(Stride::Month));
        let months = span.steps(Stride::Month);
        assert_eq!((months.len(), months[4].words()), (14, "1 Feb to 28 Feb".to_owned()));
        assert_eq!(steps[1].words(), "6 Oct to 12 Oct");
        assert_eq!(span.words(), "1 Oct 2025 to 23 Nov 2026");
        assert_eq!(Range::Days(90).span(span.last).steps(Stride::Day).len(), 90);
    }

    #[test]
    fn a_day_or_two_go_by_hours_and_a_fortnight_may() {
        let unit = |days: u16| Range::Days(days).span(day("2026-11-23")).usual_unit();
        assert_eq!([1, 2, 3, 30].map(unit), [Stride::Hour, Stride::Hour, Stride::Day, Stride::Day]);
        let takes = |days: u16| Range::Days(days).span(day("2026-11-23")).takes(Stride::Hour);
        assert_eq!([14, 15].map(takes), [true, false]);
        let span = Range::Days(1).span(day("2026-11-23"));
        let hour = Hour { number: 3, clock: 2 * 60 + 30 };
        assert_eq!(Time { days: span, hour: Some(hour) }.words(), "23 Nov, 02:30");
    }

    #[test]
    fn a_range_comes_back_from_its_address() {
        let custom = Range::Custom(Span { first: day("2026-10-01"), last: day("2026-10-15") });
        for range in [Range::Days(7), Range::Days(90), Range::Month(day("2026-02-01").month()), custom] {
            assert_eq!(Range::from_address(&range.address()), Some(range));
        }
        for text in ["", "31", "2026-13", "a..b", "2001-01-01..2026-01-01", "-"] {
            assert_eq!(Range::from_address(text), None, "{text}");
        }
    }
}
