//! Days and months, in UTC or in a time zone of choice.

use jiff::{Timestamp as Instant, ToSpan, civil::Date, tz::TimeZone};
use model::{Timestamp, limits::LimitKind};
use serde::{Deserialize, Serialize};

/// When limits start anew, as kept in the vault's settings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct LimitSettings {
    /// A name of the IANA time zone database, such as `Europe/Zurich`; `None` is UTC.
    pub time_zone: Option<String>,
}

impl LimitSettings {
    /// The name of the setting in the store.
    pub const NAME: &'static str = "limits";

    /// Those of a zone, if it is known here; `None` is UTC.
    pub fn by(time_zone: Option<String>) -> Option<Self> {
        let time_zone = time_zone.filter(|name| name != "UTC");
        let known = time_zone.as_ref().is_none_or(|name| TimeZone::get(name).is_ok());
        known.then_some(Self { time_zone })
    }

    /// When the limits of the day around a moment start anew.
    pub fn day_ends(&self, now: Timestamp) -> Timestamp {
        Windows::around(now, &self.zone()).day.end
    }

    /// The zone, or UTC when it is not known here.
    pub(crate) fn zone(&self) -> TimeZone {
        let Some(name) = &self.time_zone else { return TimeZone::UTC };
        TimeZone::get(name).unwrap_or_else(|_| {
            tracing::warn!("the time zone of the limits is not known, so their days are those of UTC");
            TimeZone::UTC
        })
    }
}

/// A time after which a limit starts anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    pub(crate) start: Timestamp,
    pub(crate) end: Timestamp,
}

/// The day and the month around a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Windows {
    pub(crate) day: Window,
    pub(crate) month: Window,
}

impl Window {
    pub(crate) fn holds(&self, moment: Timestamp) -> bool {
        (self.start..self.end).contains(&moment)
    }
}

impl Windows {
    /// Those around a moment. A day on which clocks are changed is as long as it is.
    pub(crate) fn around(now: Timestamp, zone: &TimeZone) -> Self {
        Self::local(now, zone).unwrap_or_else(|_| Self::utc(now))
    }

    /// The window in which a limit counts.
    pub(crate) fn of(&self, kind: LimitKind) -> Window {
        match kind {
            LimitKind::MonthlyTokens
            | LimitKind::MonthlyCost
            | LimitKind::UserMonthlyTokens
            | LimitKind::ApplicationMonthlyTokens => self.month,
            _ => self.day,
        }
    }

    fn local(now: Timestamp, zone: &TimeZone) -> Result<Self, jiff::Error> {
        let date = Instant::from_millisecond(now.0)?.to_zoned(zone.clone()).date();
        let start = |date: Date| {
            Ok::<_, jiff::Error>(Timestamp(date.to_zoned(zone.clone())?.timestamp().as_millisecond()))
        };
        let first = date.first_of_month();
        let window =
            |from: Date, to: Date| Ok::<_, jiff::Error>(Window { start: start(from)?, end: start(to)? });
        Ok(Self {
            day: window(date, date.checked_add(1.day())?)?,
            month: window(first, first.checked_add(1.month())?)?,
        })
    }

    /// For moments that no calendar has.
    fn utc(now: Timestamp) -> Self {
        let start = now.start_of_utc_day();
        let window = |days| Window { start, end: start.plus_days(days) };
        Self { day: window(1), month: window(30) }
    }
}

#[cfg(test)]
mod tests {
    use model::time::DAY_MS;
    use proptest::prelude::*;

    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp(text.parse::<Instant>().unwrap().as_millisecond())
    }

    #[test]
    fn days_and_months_are_those_of_utc_unless_a_zone_is_chosen() {
        let now = at("2026-11-30T23:30:00Z");
        let utc = Windows::around(now, &LimitSettings::default().zone());
        assert_eq!((utc.day.start, utc.day.end), (at("2026-11-30T00:00:00Z"), at("2026-12-01T00:00:00Z")));
        assert_eq!(utc.month.start, at("2026-11-01T00:00:00Z"));
        let zurich = LimitSettings { time_zone: Some("Europe/Zurich".into()) }.zone();
        let there = Windows::around(now, &zurich);
        assert_eq!(
            (there.day.start, there.month.start),
            (at("2026-11-30T23:00:00Z"), at("2026-11-30T23:00:00Z"))
        );
    }

    #[test]
    fn the_day_on_which_clocks_go_back_has_25_hours() {
        let zurich = LimitSettings { time_zone: Some("Europe/Zurich".into()) }.zone();
        let day = Windows::around(at("2026-10-25T12:00:00Z"), &zurich).day;
        assert_eq!(day.end.since(day.start), 25 * 3_600_000);
    }

    #[test]
    fn an_unknown_zone_is_utc() {
        assert_eq!(LimitSettings::by(Some("Mars/Olympus".into())), None);
        assert_eq!(LimitSettings::by(Some("UTC".into())), Some(LimitSettings::default()));
        let tokyo = LimitSettings::by(Some("Asia/Tokyo".into())).unwrap();
        assert_eq!(tokyo.day_ends(at("2026-11-24T12:00:00Z")), at("2026-11-24T15:00:00Z"));
        let zone = LimitSettings { time_zone: Some("Mars/Olympus".into()) }.zone();
        assert_eq!(zone, TimeZone::UTC);
    }

    proptest! {
        #[test]
        fn every_moment_lies_in_its_windows(now in -4_000_000_000_000_i64..8_000_000_000_000) {
            let zone = LimitSettings { time_zone: Some("America/St_Johns".into()) }.zone();
            let windows = Windows::around(Timestamp(now), &zone);
            prop_assert!(windows.day.holds(Timestamp(now)) && windows.month.holds(Timestamp(now)));
            prop_assert!(windows.day.end.since(windows.day.start) >= DAY_MS as u64 - 7_200_000);
        }
    }
}
