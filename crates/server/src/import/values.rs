//! What the texts of a source's columns mean. SQLAlchemy writes an enumeration by name or by value, SQLite keeps truth as 0 and 1, and
//! a time without a zone is UTC.

use model::{PicoUsd, Timestamp};
use store::SourceRow;

/// Why a row is refused: a fixed sentence, so that nothing of the row is repeated.
pub(super) type Reason = &'static str;

/// Places behind the point that an amount is read to; more than a float of any honest size has.
const PLACES: usize = 12;

/// A name of an enumeration: `GEMINI`, `gemini` and `AIProviderType.GEMINI` are one.
pub(super) fn name(text: &str) -> String {
    text.trim().rsplit('.').next().unwrap_or_default().to_lowercase()
}

pub(super) fn truth(row: &SourceRow, column: &str) -> Result<bool, Reason> {
    match row.get(column).map(|text| text.trim().to_lowercase()).as_deref() {
        None | Some("" | "0" | "f" | "false") => Ok(false),
        Some("1" | "t" | "true") => Ok(true),
        Some(_) => Err("a column of truth holds neither true nor false"),
    }
}

/// A count that is not below zero; `None` for NULL.
pub(super) fn count(row: &SourceRow, column: &str) -> Result<Option<u64>, Reason> {
    let Some(text) = row.get(column).map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    // A column of another type writes whole numbers so.
    let whole = text.strip_suffix(".0").unwrap_or(text);
    match whole.parse::<i64>() {
        Ok(number) => u64::try_from(number).map(Some).map_err(|_| "a count is below zero"),
        Err(_) => Err("a count is no whole number"),
    }
}

/// Dollars, exactly the decimal digits that are there; `None` for NULL. What is below a pico-dollar is cut off.
pub(super) fn money(row: &SourceRow, column: &str) -> Result<Option<PicoUsd>, Reason> {
    let Some(text) = row.get(column).map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let number: f64 = text.parse().map_err(|_| "a cost is no number")?;
    if !number.is_finite() {
        return Err("a cost is no number");
    }
    if number.is_sign_negative() && number != 0.0 {
        return Err("a cost is below zero");
    }
    if number > 9_000_000.0 {
        return Err("a cost is above nine million dollars");
    }
    // An exponent is how floats are written, not how they are meant; Rust writes the shortest digits without one.
    let plain = text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let digits = if plain { text.to_owned() } else { format!("{number}") };
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let fraction: String = fraction.chars().chain(std::iter::repeat('0')).take(PLACES).collect();
    let amount = format!("{}{fraction}", whole.trim_start_matches('-'));
    amount.parse().map(|pico| Some(PicoUsd(pico))).map_err(|_| "a cost is no number")
}

/// An instant; `None` for NULL.
pub(super) fn instant(row: &SourceRow, column: &str) -> Result<Option<Timestamp>, Reason> {
    let Some(text) = row.get(column).map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let at = parse_instant(text).filter(|at| at.0 >= 0).ok_or("a time is none that can be read")?;
    Ok(Some(at))
}

fn parse_instant(text: &str) -> Option<Timestamp> {
    if let Ok(at) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(at.as_millisecond()));
    }
    if let Ok(at) = text.parse::<jiff::civil::DateTime>() {
        let at = jiff::tz::TimeZone::UTC.to_timestamp(at).ok()?;
        return Some(Timestamp(at.as_millisecond()));
    }
    // SQLite without a type for times: seconds since 1970, or milliseconds.
    let number: i64 = text.split('.').next()?.parse().ok()?;
    match number {
        100_000_000..100_000_000_000 => Some(Timestamp(number * 1_000)),
        100_000_000_000..100_000_000_000_000 => Some(Timestamp(number)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_and_without_a_zone_are_read() {
        let noon = Some(Timestamp(1_705_314_600_000));
        for text in [
            "2024-01-15T10:30:00Z",
            "2024-01-15 10:30:00+00",
            "2024-01-15 11:30:00+01:00",
            "2024-01-15 10:30:00.000000",
            "2024-01-15 10:30:00",
            "1705314600",
            "1705314600000",
        ] {
            assert_eq!(parse_instant(text), noon, "{text}");
        }
        for text in ["", "yesterday", "2024-13-01 00:00:00", "17"] {
            assert_eq!(parse_instant(text), None, "{text}");
        }
    }

    #[test]
    fn names_of_enumerations_are_one_however_they_were_written() {
        for text in ["GEMINI", "gemini", "AIProviderType.GEMINI", " Gemini "] {
            assert_eq!(name(text), "gemini");
        }
    }
}
