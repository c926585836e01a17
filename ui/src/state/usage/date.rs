//! Days of the calendar, without an hour or a zone: the browser says which one is today.

use crate::{state::age, t};

/// A day, counted from 1 January 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub i32);

/// A month of a year; January is 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month.
    pub month: u32,
}

impl Day {
    /// A day of the Gregorian calendar; one that it does not have is nothing.
    pub fn of(year: i32, month: u32, day: u32) -> Option<Self> {
        let in_range = (1970..=9999).contains(&year) && (1..=12).contains(&month);
        let month = Month { year, month };
        (in_range && (1..=month.length()).contains(&day)).then(|| Self(month.first().0 + day as i32 - 1))
    }

    /// A day as the browser's field for dates has it: `2026-11-23`.
    pub fn read(text: &str) -> Option<Self> {
        let mut parts = text.splitn(3, '-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        Self::of(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
    }

    /// As [`Day::read`] takes it.
    pub fn iso(self) -> String {
        let (Month { year, month }, day) = self.parts();
        format!("{year:04}-{month:02}-{day:02}")
    }

    /// This day moved by some days.
    pub fn plus(self, days: i32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// Its month.
    pub fn month(self) -> Month {
        self.parts().0
    }

    /// `19 Nov`.
    pub fn short(self) -> String {
        let (month, day) = self.parts();
        age::day_of(month.month, day)
    }

    /// `19 Nov 2026`.
    pub fn long(self) -> String {
        t!("day-with-year", date = self.short(), year = self.month().year)
    }

    /// `Thu 19 Nov`.
    pub fn with_weekday(self) -> String {
        // 1 January 1970 was a Thursday; Monday is 1.
        let weekday = (self.0 + 3).rem_euclid(7) + 1;
        t!("day-with-weekday", weekday = t!("weekday", day = weekday), date = self.short())
    }

    /// The Sunday on which its week ends.
    pub fn week_end(self) -> Self {
        self.plus(6 - (self.0 + 3).rem_euclid(7))
    }

    /// Howard Hinnant's `civil_from_days`.
    fn parts(self) -> (Month, u32) {
        let days = i64::from(self.0) + 719_468;
        let era = days.div_euclid(146_097);
        let of_era = days.rem_euclid(146_097);
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let from_march = (5 * of_year + 2) / 153;
        let day = of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (Month { year: year as i32, month: month as u32 }, day as u32)
    }
}

impl Month {
    /// Its first day, by Howard Hinnant's `days_from_civil`.
    pub fn first(self) -> Day {
        let year = i64::from(self.year) - i64::from(self.month <= 2);
        let era = year.div_euclid(400);
        let of_era = year.rem_euclid(400);
        let from_march = (i64::from(self.month) + 9) % 12;
        let of_year = (153 * from_march + 2) / 5;
        let days = era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468;
        Day(days as i32)
    }

    /// Its last day.
    pub fn last(self) -> Day {
        self.next().first().plus(-1)
    }

    /// How many days it has.
    pub fn length(self) -> u32 {
        (self.last().0 - self.first().0 + 1) as u32
    }

    /// The month after it.
    pub fn next(self) -> Self {
        match self.month {
            12 => Self { year: self.year + 1, month: 1 },
            month => Self { month: month + 1, ..self },
        }
    }

    /// The month before it.
    pub fn before(self) -> Self {
        match self.month {
            1 => Self { year: self.year - 1, month: 12 },
            month => Self { month: month - 1, ..self },
        }
    }

    /// `Nov 2026`.
    pub fn title(self) -> String {
        t!("month-with-year", month = t!("month", month = self.month), year = self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_dates_belong_together() {
        assert_eq!(Day::of(1970, 1, 1), Some(Day(0)));
        assert_eq!(Day::of(2026, 11, 23), Some(Day(20_780)));
        for day in [0, 59, 60, 11_016, 20_780, 47_540].map(Day) {
            assert_eq!(Day::read(&day.iso()), Some(day));
        }
        assert_eq!(Day::read("2024-02-29").map(Day::iso).as_deref(), Some("2024-02-29"));
        for text in ["2026-02-29", "2026-13-01", "26-1-1", "today", "", "2026-11"] {
            assert_eq!(Day::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_is_named_with_its_weekday() {
        let day = Day::of(2026, 11, 19).unwrap();
        assert_eq!((day.short(), day.with_weekday()), ("19 Nov".to_owned(), "Thu 19 Nov".to_owned()));
    }

    #[test]
    fn months_have_their_lengths_and_neighbours() {
        let february = Month { year: 2028, month: 2 };
        assert_eq!((february.length(), february.before().length(), february.next().length()), (29, 31, 31));
        assert_eq!(Month { year: 2026, month: 12 }.next(), Month { year: 2027, month: 1 });
    }
}
