//! From a cell's text to money, counts, instants and names, exactly or not at all. What is wrong and what would be right
//! never quotes the cell: it may hold anything.

use jiff::{civil, tz::TimeZone};
use model::{PicoUsd, Timestamp, text};

/// Longest text of a cell that is kept, in characters.
pub(crate) const TEXT_LIMIT: usize = 200;
/// More tokens than any call or day has, so that a slip of the pen is seen.
const MOST_COUNT: i128 = 1_000_000_000_000_000;
/// Digits that are looked at: more than any of the numbers has.
const DIGITS: usize = 80;
/// The database's largest amount: nine million dollars.
const MOST_PICO: i128 = i64::MAX as i128;
/// The day on which 2015 began. No vendor of these counted tokens before.
const EARLIEST: i64 = 1_420_070_400_000;

/// What is wrong with a cell, and what would be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wrong(pub(crate) &'static str, pub(crate) &'static str);

/// A number of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Scaled {
    /// The number times a power of ten.
    pub(crate) value: i128,
    /// Whether it had more places than that.
    pub(crate) rounded: bool,
}

/// An amount of US dollars, or of cents: `places` is 12 or 10.
pub(crate) fn money(cell: &str, places: i64, may_be_negative: bool) -> Result<(PicoUsd, bool), Wrong> {
    let plain = cell.strip_prefix('$').unwrap_or(cell);
    let wrong = Wrong(
        "the cost is not a number",
        "Write it in US dollars as a plain decimal number, such as 0.00045.",
    );
    let scaled = decimal(plain, places).ok_or(wrong)?;
    if scaled.value < 0 && !may_be_negative {
        return Err(Wrong(
            "the cost is below zero",
            "A call costs 0 or more; leave the cell empty where it is not known.",
        ));
    }
    if scaled.value.abs() > MOST_PICO {
        return Err(Wrong(
            "the cost is above nine million dollars",
            "Check the unit: it is read as US dollars.",
        ));
    }
    Ok((PicoUsd(scaled.value), scaled.rounded))
}

/// A count. Some exports write whole numbers as `5.0`.
pub(crate) fn count(cell: &str) -> Result<u64, Wrong> {
    let wrong = Wrong(
        "the number is not a whole one",
        "Write a whole number of 0 or more without separators, such as 1250.",
    );
    let scaled = decimal(cell, 0).filter(|scaled| !scaled.rounded && scaled.value >= 0).ok_or(wrong)?;
    if scaled.value > MOST_COUNT {
        return Err(Wrong("the number is impossibly large", "Check the column: no call or day has so many."));
    }
    u64::try_from(scaled.value).map_err(|_| wrong)
}

/// Milliseconds, of which fractions are rounded.
pub(crate) fn milliseconds(cell: &str) -> Result<u64, Wrong> {
    let wrong =
        Wrong("the latency is not a number of milliseconds", "Write 0 or more milliseconds, such as 812.");
    let scaled = decimal(cell, 0).ok_or(wrong)?;
    u64::try_from(scaled.value).ok().filter(|ms| *ms < 1_000_000_000_000).ok_or(wrong)
}

/// The number of a configuration.
pub(crate) fn number(cell: &str) -> Result<i64, Wrong> {
    let wrong = Wrong(
        "the configuration is not a whole number",
        "Write its number, such as 3, or map another column.",
    );
    count(cell).ok().and_then(|number| i64::try_from(number).ok()).ok_or(wrong)
}

/// A name of one line.
pub(crate) fn name(cell: &str) -> Result<String, Wrong> {
    text::check(cell, TEXT_LIMIT, false).map_err(|error| match error {
        text::TextError::TooLong { .. } => {
            Wrong("the text is longer than 200 characters", "Shorten it, or map another column.")
        }
        _ => {
            Wrong("the text has an invisible character", "Remove control characters and marks of direction.")
        }
    })
}

/// An instant: RFC 3339, the same with a blank or without a zone (which is then UTC), a day, or seconds, milliseconds or
/// microseconds since 1970.
pub(crate) fn instant(cell: &str, latest: Timestamp) -> Result<Timestamp, Wrong> {
    let read = since_1970(cell).or_else(|| written(cell));
    let wrong = Wrong(
        "the time is not understood",
        "Write it as 2026-11-28T10:30:00Z, as 2026-11-28 10:30:00 in UTC, or as seconds since 1970.",
    );
    let at = read.ok_or(wrong)?;
    if at.0 < EARLIEST {
        return Err(Wrong("the time is before 2015", "Check the column and its unit."));
    }
    if at > latest {
        return Err(Wrong("the time is in the future", "Check the column, its unit and its time zone."));
    }
    Ok(at)
}

/// By its size: seconds reach the year 5138 before they look like milliseconds.
fn since_1970(cell: &str) -> Option<Timestamp> {
    let micros = decimal(cell, 6)?.value;
    let seconds = micros / 1_000_000;
    let millis = match seconds {
        i128::MIN..0 => return None,
        0..100_000_000_000 => micros / 1_000,
        100_000_000_000..100_000_000_000_000 => seconds,
        100_000_000_000_000..100_000_000_000_000_000 => seconds / 1_000,
        _ => return None,
    };
    i64::try_from(millis).ok().map(Timestamp)
}

fn written(cell: &str) -> Option<Timestamp> {
    let zulu = cell.strip_suffix(" UTC").map(|rest| format!("{rest}Z"));
    let cell = zulu.as_deref().unwrap_or(cell);
    if let Ok(at) = cell.parse::<jiff::Timestamp>() {
        return Some(Timestamp(at.as_millisecond()));
    }
    // `DateTime` would read past a zone that is not understood.
    let shaped =
        cell.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b':' | b'.' | b' ' | b'T'));
    let local: civil::DateTime = cell.parse().ok().filter(|_| shaped)?;
    Some(Timestamp(local.to_zoned(TimeZone::UTC).ok()?.timestamp().as_millisecond()))
}

/// A plain decimal number, perhaps with an exponent, times 10^`places`, rounded half away from zero. Digits are moved as
/// text: no binary fraction is ever in between.
pub(crate) fn decimal(cell: &str, places: i64) -> Option<Scaled> {
    let (sign, rest) = match cell.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, cell.strip_prefix('+').unwrap_or(cell)),
    };
    let (mantissa, exponent) = match rest.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i8>().ok()?),
        None => (rest, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    if digits.is_empty() || digits.len() > DIGITS || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let point = i64::try_from(whole.len()).ok()? + i64::from(exponent) + places;
    let Ok(point) = usize::try_from(point) else {
        return Some(Scaled { value: 0, rounded: digits.bytes().any(|digit| digit != b'0') });
    };
    let (kept, dropped) = digits.split_at(point.min(digits.len()));
    let zeros = "0".repeat(point.saturating_sub(digits.len()).min(DIGITS * 4));
    let shifted = format!("0{kept}{zeros}");
    let significant = shifted.trim_start_matches('0');
    let value: i128 = if significant.is_empty() { 0 } else { significant.parse().ok()? };
    let up = i128::from(dropped.bytes().next().is_some_and(|digit| digit >= b'5'));
    let rounded = dropped.bytes().any(|digit| digit != b'0');
    Some(Scaled { value: sign * value.checked_add(up)?, rounded })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: Timestamp = Timestamp(1_795_900_000_000);

    fn pico(cell: &str) -> Result<(i128, bool), Wrong> {
        money(cell, 12, false).map(|(amount, rounded)| (amount.0, rounded))
    }

    #[test]
    fn an_amount_is_exact_to_the_last_unit_however_it_is_written() {
        for (cell, amount) in [
            ("0.00045", 450_000_000),
            ("4.5e-04", 450_000_000),
            ("4.5E-4", 450_000_000),
            ("450e-6", 450_000_000),
            ("$1.50", 1_500_000_000_000),
            ("0.000000000001", 1),
            (".5", 500_000_000_000),
            ("12.", 12_000_000_000_000),
            ("0.8958740000000000", 895_874_000_000),
            ("0", 0),
            ("0e0", 0),
            ("9223372.036854775807", i128::from(i64::MAX)),
        ] {
            assert_eq!(pico(cell), Ok((amount, false)), "{cell}");
        }
    }

    #[test]
    fn places_beyond_the_twelfth_are_rounded_and_said() {
        // As Python prints 3 × 0.000045.
        assert_eq!(pico("0.00013500000000000003"), Ok((135_000_000, true)));
        assert_eq!(pico("1.3499999999999998e-05"), Ok((13_500_000, true)));
        assert_eq!(pico("0.0000000000005"), Ok((1, true)));
        assert_eq!(pico("4e-13"), Ok((0, true)));
        assert_eq!(pico("4e-100"), Ok((0, true)));
    }

    #[test]
    fn what_is_no_amount_of_a_call_is_refused() {
        for cell in
            ["", "-", "1,5", "1 000", "EUR 3", "1e", "e5", "1.2.3", "0x10", "NaN", "inf", "٣", "1e999"]
        {
            assert!(pico(cell).is_err(), "{cell}");
        }
        assert_eq!(pico("-0.5").unwrap_err().0, "the cost is below zero");
        assert_eq!(pico("9223372.036854775808").unwrap_err().0, "the cost is above nine million dollars");
        assert!(pico("1e99").is_err());
        assert_eq!(money("-0.5", 12, true), Ok((PicoUsd(-500_000_000_000), false)));
        assert_eq!(money("123.78912", 10, false), Ok((PicoUsd(1_237_891_200_000), false)));
    }

    #[test]
    fn counts_are_whole_and_may_end_in_point_zero() {
        assert_eq!([count("0"), count("59200.0"), count("1e3")], [Ok(0), Ok(59_200), Ok(1_000)]);
        for cell in ["", "-1", "1.5", "1,250", "many", "1e16"] {
            assert!(count(cell).is_err(), "{cell}");
        }
    }

    #[test]
    fn one_instant_can_be_written_in_many_ways() {
        let at = Ok(Timestamp(1_764_325_800_000));
        for cell in [
            "2025-11-28T10:30:00Z",
            "2025-11-28T10:30:00.000Z",
            "2025-11-28T12:30:00+02:00",
            "2025-11-28 10:30:00+00",
            "2025-11-28 10:30:00 UTC",
            "2025-11-28 10:30:00.000000 UTC",
            "2025-11-28 10:30:00",
            "2025-11-28T10:30:00",
            "1764325800",
            "1764325800.0",
            "1.7643258E9",
            "1764325800000",
            "1764325800000000",
        ] {
            assert_eq!(instant(cell, NOW), at, "{cell}");
        }
        assert_eq!(instant("2025-11-28", NOW), Ok(Timestamp(1_764_288_000_000)));
    }

    #[test]
    fn what_is_no_instant_of_a_call_is_refused() {
        for cell in
            ["", "yesterday", "11/28/2025", "2025-13-01", "2025-02-30", "-5", "2025-11-28 10:30:00 CET", "5"]
        {
            assert!(instant(cell, NOW).is_err(), "{cell}");
        }
        assert_eq!(instant("2027-01-01", NOW).unwrap_err().0, "the time is in the future");
        assert_eq!(instant("2014-12-31", NOW).unwrap_err().0, "the time is before 2015");
    }

    proptest! {
        #[test]
        fn an_amount_that_is_written_out_reads_back(pico_usd in 0..=i64::MAX) {
            let text = format!("{}.{:012}", pico_usd / 1_000_000_000_000, pico_usd % 1_000_000_000_000);
            prop_assert_eq!(pico(&text), Ok((i128::from(pico_usd), false)));
            prop_assert_eq!(pico(&format!("{pico_usd}e-12")), Ok((i128::from(pico_usd), false)));
        }

        #[test]
        fn no_text_makes_a_reader_panic(text in "\\PC{0,40}|[-+0-9.eE:TZ ]{0,40}") {
            let _ = (pico(&text), count(&text), milliseconds(&text), number(&text), name(&text), instant(&text, NOW));
        }
    }
}
