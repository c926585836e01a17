//! Days, weeks and months of a time zone, daylight saving included, and the quarters of an hour that they are made of.
//! The zones' data come with the program: a computer's own may be missing or old.

use jiff::{ToSpan, civil::Date, tz::TimeZone};
use model::{Timestamp, statistics::Bucket};

/// A quarter of an hour. Since 1972 every zone's offset is a whole number of them.
pub(crate) const SLOT_MS: i64 = 15 * 60 * 1_000;

/// The quarter of an hour in which an instant lies.
pub(crate) fn slot(at: i64) -> i64 {
    at.saturating_sub(at.rem_euclid(SLOT_MS))
}

#[derive(Clone)]
pub(crate) struct Calendar(TimeZone);

impl Calendar {
    /// The calendar of an IANA zone, such as `Europe/Berlin`.
    pub(crate) fn of(zone: &str) -> Option<Self> {
        TimeZone::get(zone).ok().map(Self)
    }

    /// The day in which an instant lies. Instants that no calendar reaches count as 1970.
    pub(crate) fn date(&self, at: i64) -> Date {
        jiff::Timestamp::from_millisecond(at)
            .map_or(Date::constant(1970, 1, 1), |at| self.0.to_datetime(at).date())
    }

    /// The first instant of a day, which is not midnight where clocks are set forward at midnight.
    pub(crate) fn start(&self, day: Date) -> i64 {
        let start = day.to_zoned(self.0.clone());
        start.map_or(i64::MAX, |start| start.timestamp().as_millisecond())
    }

    pub(crate) fn start_of_day(&self, at: i64) -> i64 {
        self.start(self.date(at))
    }

    /// The first instants of the last days, that in which an instant lies among them, in order.
    pub(crate) fn last_days<const DAYS: usize>(&self, at: i64) -> [i64; DAYS] {
        let mut date = self.date(at);
        let mut days = [0; DAYS];
        for day in days.iter_mut().rev() {
            *day = self.start(date);
            date = date.yesterday().unwrap_or(date);
        }
        days
    }

    /// The first instants of the pieces of a time that a chart shows, in order; the first may begin before the time.
    pub(crate) fn pieces(&self, from: i64, to: i64, bucket: Bucket) -> Vec<Timestamp> {
        let mut pieces = Vec::new();
        let mut start = self.begin(from, bucket);
        while start < to && pieces.len() <= crate::statistics::PIECES {
            pieces.push(Timestamp(start));
            start = self.next(start, bucket);
        }
        pieces
    }

    fn begin(&self, at: i64, bucket: Bucket) -> i64 {
        let date = self.date(at);
        match bucket {
            Bucket::Hour => self.hour(at),
            Bucket::Day => self.start(date),
            Bucket::Week => {
                let back = i64::from(date.weekday().to_monday_zero_offset());
                self.start(date.saturating_sub(back.days()))
            }
            Bucket::Month => self.start(date.first_of_month()),
        }
    }

    /// The zone's hour: where offsets have quarters, it begins at another minute than UTC's.
    fn hour(&self, at: i64) -> i64 {
        let Ok(instant) = jiff::Timestamp::from_millisecond(at) else { return slot(at) };
        let offset = i64::from(self.0.to_offset(instant).seconds()) * 1_000;
        at - (at + offset).rem_euclid(4 * SLOT_MS)
    }

    /// Which hour of the week an instant is in, as the zone's clocks show it; Monday 00:00 is 0.
    pub(crate) fn hour_of_week(&self, at: i64) -> u8 {
        let Ok(instant) = jiff::Timestamp::from_millisecond(at) else { return 0 };
        let local = self.0.to_datetime(instant);
        let day = local.date().weekday().to_monday_zero_offset().unsigned_abs();
        day * 24 + local.hour().unsigned_abs()
    }

    /// What the zone's clocks show at an instant, in minutes behind midnight.
    pub(crate) fn clock(&self, at: i64) -> u16 {
        let Ok(instant) = jiff::Timestamp::from_millisecond(at) else { return 0 };
        let local = self.0.to_datetime(instant);
        60 * u16::from(local.hour().unsigned_abs()) + u16::from(local.minute().unsigned_abs())
    }

    fn next(&self, start: i64, bucket: Bucket) -> i64 {
        let date = self.date(start);
        match bucket {
            Bucket::Hour => start + 4 * SLOT_MS,
            Bucket::Day => self.start(date.saturating_add(1.day())),
            Bucket::Week => self.start(date.saturating_add(1.week())),
            Bucket::Month => self.start(date.saturating_add(1.month())),
        }
        // A zone that skipped a whole day, as Samoa did, gives two days one beginning.
        .max(start + SLOT_MS)
    }

    /// How people write an instant's day.
    pub(crate) fn label(&self, at: i64) -> String {
        self.date(at).to_string()
    }
}

/// A day as people write it, `YYYY-MM-DD`.
pub(crate) fn day(text: &str) -> Option<Date> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn berlin() -> Calendar {
        Calendar::of("Europe/Berlin").unwrap()
    }

    #[test]
    fn the_day_on_which_clocks_are_set_forward_has_23_hours() {
        let start = berlin().start(day("2026-03-29").unwrap());
        let end = berlin().start(day("2026-03-30").unwrap());
        assert_eq!(end - start, 23 * 4 * SLOT_MS);
        assert_eq!(berlin().pieces(start, end, Bucket::Hour).len(), 23);
        let autumn = berlin().start(day("2026-10-25").unwrap());
        let hours = berlin().pieces(autumn, autumn + 25 * 4 * SLOT_MS, Bucket::Hour);
        let clocks: Vec<u16> = hours.iter().map(|hour| berlin().clock(hour.0) / 60).collect();
        assert_eq!((clocks.len(), &clocks[..5]), (25, &[0, 1, 2, 2, 3][..]));
    }

    #[test]
    fn weeks_begin_on_monday_and_months_on_the_first() {
        let from = berlin().start(day("2026-11-24").unwrap());
        let monday = berlin().start(day("2026-11-23").unwrap());
        assert_eq!(berlin().pieces(from, from + 1, Bucket::Week), [Timestamp(monday)]);
        let first = berlin().start(day("2026-11-01").unwrap());
        assert_eq!(berlin().pieces(from, from + 1, Bucket::Month), [Timestamp(first)]);
    }

    #[test]
    fn every_days_beginning_is_one_of_a_slot_also_in_nepal() {
        for zone in
            ["Asia/Kathmandu", "Asia/Kolkata", "Pacific/Chatham", "America/St_Johns", "Australia/Lord_Howe"]
        {
            let calendar = Calendar::of(zone).unwrap();
            for piece in calendar.pieces(1_767_225_600_000, 1_798_761_600_000, Bucket::Day) {
                assert_eq!(slot(piece.0), piece.0, "{zone}");
            }
        }
        assert!(Calendar::of("Nowhere/Else").is_none());
    }
}
