//! How long ago, for people. Deliberately not here: calendars; the browser knows the person's zone.

use model::Timestamp;

use crate::t;

/// The last of a countdown, which is told by the second.
const LAST_MS: u64 = 120_000;

/// An instant with the browser's reading of it in the person's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The instant.
    pub at: Timestamp,
    /// Calendar year.
    pub year: u32,
    /// Month, January is 1.
    pub month: u32,
    /// Day of the month, from 1.
    pub day: u32,
    /// Hour, 0 to 23.
    pub hour: u32,
    /// Minute, 0 to 59.
    pub minute: u32,
}

/// `8 s ago`, `6 min ago`, `3 h ago`, `yesterday 17:20`, `20 Nov`, `20 Nov 2025`. `yesterday` is an instant 24 hours
/// before `now`, in the person's zone.
pub fn age(now: &Moment, yesterday: &Moment, then: &Moment) -> String {
    let seconds = now.at.since(then.at) / 1000;
    let same_day = |other: &Moment| (other.year, other.month, other.day) == (then.year, then.month, then.day);
    match seconds {
        0 => t!("age-now"),
        1..60 => t!("age-seconds", count = seconds),
        60..3_600 => t!("age-minutes", count = seconds / 60),
        _ if same_day(now) => t!("age-hours", count = seconds / 3_600),
        _ if same_day(yesterday) => {
            t!("age-yesterday", time = hour_and_minute(then))
        }
        _ if then.year == now.year => day_and_month(then),
        _ => date(then),
    }
}

/// When an instant was or will be: `Today 11:26`, `Yesterday 17:20`, `20 Nov 17:20`; `today 11:26` unless it stands
/// first. `yesterday` as for [`age`].
pub fn clock(now: &Moment, yesterday: &Moment, then: &Moment, first: bool) -> String {
    let same_day = |other: &Moment| (other.year, other.month, other.day) == (then.year, then.month, then.day);
    let time = hour_and_minute(then);
    match then {
        _ if same_day(now) && first => t!("clock-today", time = time),
        _ if same_day(now) => t!("clock-today-within", time = time),
        _ if same_day(yesterday) && first => t!("clock-yesterday", time = time),
        _ if same_day(yesterday) => t!("clock-yesterday-within", time = time),
        _ => t!("clock-day", day = day_and_month(then), time = time),
    }
}

/// `09:05`.
pub fn hour_and_minute(then: &Moment) -> String {
    format!("{:02}:{:02}", then.hour, then.minute)
}

/// `23 Nov 2026`.
pub fn date(then: &Moment) -> String {
    t!("day-with-year", date = day_and_month(then), year = then.year)
}

/// `2026-11-23` of a catalogue as `23 Nov 2026`; other text as it is.
pub fn catalog_date(text: &str) -> String {
    let mut parts = text.split('-').map(str::parse::<u32>);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) => {
            t!("day-with-year", date = day_of(month, day), year = year)
        }
        _ => text.to_owned(),
    }
}

/// `4:12` of milliseconds, rounded up, so that it shows 0:00 only when the time is over.
pub fn countdown(ms: u64) -> String {
    let seconds = ms.div_ceil(1000);
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// What is left of a long time, in the steps in which [`left`] tells it. A window that is drawn anew for every second is never idle.
pub fn in_steps(ms: u64) -> u64 {
    let step = if ms > LAST_MS { 60_000 } else { 1_000 };
    ms.div_ceil(step) * step
}

/// `15 min` of milliseconds, rounded up; at last as [`countdown`] has it.
pub fn left(ms: u64) -> String {
    if ms > LAST_MS { t!("minutes-left", count = ms.div_ceil(60_000)) } else { countdown(ms) }
}

/// `23 Nov`, as the language has it.
pub fn day_of(month: u32, day: u32) -> String {
    t!("day-of-month", day = day, month = t!("month", month = month))
}

fn day_and_month(then: &Moment) -> String {
    day_of(then.month, then.day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(day: u32, hour: u32, minute: u32, second: i64) -> Moment {
        let at = Timestamp(
            ((i64::from(day) * 24 + i64::from(hour)) * 60 + i64::from(minute)) * 60_000 + second * 1000,
        );
        Moment { at, year: 2026, month: 11, day, hour, minute }
    }

    #[test]
    fn ages_read_as_the_style_guide_has_them() {
        let (now, yesterday) = (moment(23, 14, 32, 30), moment(22, 14, 32, 30));
        let read = |then: &Moment| age(&now, &yesterday, then);
        assert_eq!(read(&moment(23, 14, 32, 22)), "8 s ago");
        assert_eq!(read(&moment(23, 14, 26, 0)), "6 min ago");
        assert_eq!(read(&moment(23, 11, 20, 0)), "3 h ago");
        assert_eq!(read(&moment(22, 17, 20, 0)), "yesterday 17:20");
        assert_eq!(read(&moment(20, 9, 0, 0)), "20 Nov");
        assert_eq!(read(&Moment { year: 2025, ..moment(20, 9, 0, 0) }), "20 Nov 2025");
    }

    #[test]
    fn a_time_of_day_names_its_day() {
        let within = |then: &Moment| clock(&moment(23, 14, 32, 0), &moment(22, 14, 32, 0), then, false);
        assert_eq!(within(&moment(23, 9, 5, 0)), "today 09:05");
        let read = |then: &Moment| clock(&moment(23, 14, 32, 0), &moment(22, 14, 32, 0), then, true);
        assert_eq!(read(&moment(23, 9, 5, 0)), "Today 09:05");
        assert_eq!(read(&moment(22, 17, 20, 0)), "Yesterday 17:20");
        assert_eq!(read(&moment(20, 2, 10, 0)), "20 Nov 02:10");
    }

    #[test]
    fn a_clock_set_back_reads_as_now() {
        assert_eq!(age(&moment(23, 14, 0, 0), &moment(22, 14, 0, 0), &moment(23, 15, 0, 0)), "just now");
    }

    #[test]
    fn a_countdown_reaches_zero_only_at_its_end() {
        assert_eq!([252_000, 251_001, 1, 0].map(countdown), ["4:12", "4:12", "0:01", "0:00"]);
    }

    #[test]
    fn a_long_time_is_told_by_the_minute_and_its_last_two_by_the_second() {
        let told = |ms| left(in_steps(ms));
        assert_eq!([900_000, 899_999, 840_001].map(told), ["15 min"; 3]);
        assert_eq!([840_000, 120_001, 120_000].map(told), ["14 min", "3 min", "2:00"]);
        assert_eq!([119_001, 118_999, 1, 0].map(told), ["2:00", "1:59", "0:01", "0:00"]);
    }

    #[test]
    fn what_is_told_changes_with_its_steps_alone() {
        for ms in (0..=900_000).step_by(500) {
            assert_eq!(left(ms), left(in_steps(ms)), "{ms}");
        }
    }

    #[test]
    fn a_catalogue_day_is_written_out() {
        assert_eq!(catalog_date("2026-11-23"), "23 Nov 2026");
        assert_eq!(catalog_date("soon"), "soon");
    }
}
