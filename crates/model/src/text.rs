//! What text a person may enter, and how numbers are written for people.

use serde::{Deserialize, Serialize};

use crate::writing::{self, time_unit};

/// Why a text was refused. Each has its sentence in `Display`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum TextError {
    /// Nothing but blanks.
    #[error("Fill this in.")]
    Empty,
    /// More characters than the field holds.
    #[error("Shorten this to {limit} characters; it has {length}.")]
    TooLong {
        /// Largest number of characters.
        limit: usize,
        /// How many there are.
        length: usize,
    },
    /// A control character, or one that reorders or hides the text around it.
    #[error("Remove the invisible character U+{0:04X}.")]
    Invisible(u32),
    /// A blank inside a name that cannot have one.
    #[error("Remove the blank.")]
    Blank,
}

/// Checks one field of at most `limit` characters and returns it without blanks at either end.
/// Line breaks and tabs pass only where `lines` is true. Right-to-left text passes; the marks that
/// override direction do not, because they can make one name look like another.
///
/// # Errors
/// [`TextError::TooLong`] and [`TextError::Invisible`]; an empty text is not an error here.
pub fn check(text: &str, limit: usize, lines: bool) -> Result<String, TextError> {
    let text = text.trim();
    let length = text.chars().count();
    if length > limit {
        return Err(TextError::TooLong { limit, length });
    }
    let allowed = |c: char| lines && matches!(c, '\n' | '\r' | '\t');
    match text.chars().find(|&c| is_invisible(c) && !allowed(c)) {
        Some(c) => Err(TextError::Invisible(u32::from(c))),
        None => Ok(text.to_owned()),
    }
}

/// Somebody else's text for showing: cut to `limit` characters, and without what could hide or reorder the text around it.
pub fn visible(text: &str, limit: usize, lines: bool) -> String {
    let shown = |c: &char| !is_invisible(*c) || (lines && matches!(*c, '\n' | '\t'));
    text.trim().chars().take(limit).filter(shown).collect()
}

fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}')
}

/// `1234567` → `1,234,567`.
pub fn group_digits(number: u128) -> String {
    writing::number(&field_digits(number))
}

/// The same as it stands in a field and can be typed, which is one way for all languages: `1.234` must not be a thousand to one
/// person and one to another.
pub fn field_digits(number: u128) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Tokens for tables: `0`, `833`, `833K`, `1.63M`, `41.0M`, `1.20B`.
pub fn short_count(number: u64) -> String {
    short(number, |scaled| scaled)
}

/// A number of tokens that a person chose or a vendor published: `1M` rather than `1.00M`.
pub fn round_count(number: u64) -> String {
    short(number, |scaled| match scaled.contains('.') {
        true => scaled.trim_end_matches('0').trim_end_matches('.').to_owned(),
        false => scaled,
    })
}

fn short(number: u64, shown: impl Fn(String) -> String) -> String {
    let Some(scale) = writing::scale(number) else { return number.to_string() };
    let value = number as f64 / scale.one;
    let thousands = scale.one == 1e3;
    let places = if value < 10.0 { 2 } else { usize::from(value < 100.0) };
    let places = if thousands { 0 } else { places };
    // Halves go up, as people round.
    let scaled = if thousands { ((number + 500) / 1000).to_string() } else { format!("{value:.places$}") };
    format!("{}{}", writing::number(&shown(scaled)), scale.word)
}

/// `612 ms`, and from one second on `1.31 s`.
pub fn latency(ms: u64) -> String {
    if ms < 1000 { format!("{ms} ms") } else { writing::number(&format!("{:.2} s", ms as f64 / 1000.0)) }
}

/// A share in per cent with one place, `99.8%`; `100%` and `0%` only when that is exact. `None` of nothing.
pub fn percent(part: u64, whole: u64) -> Option<String> {
    let written = match part {
        _ if whole == 0 => return None,
        0 => "0%".to_owned(),
        _ if part >= whole => "100%".to_owned(),
        _ => format!("{:.1}%", (part as f64 / whole as f64 * 100.0).clamp(0.1, 99.9)),
    };
    Some(writing::number(&written))
}

/// A share in per cent with two places, `99.59%`; `100.00%` and `0.00%` only when that is exact. `None` of nothing.
pub fn rate(part: u64, whole: u64) -> Option<String> {
    let written = match part {
        _ if whole == 0 => return None,
        0 => "0.00%".to_owned(),
        _ if part >= whole => "100.00%".to_owned(),
        _ => format!("{:.2}%", (part as f64 / whole as f64 * 100.0).clamp(0.01, 99.99)),
    };
    Some(writing::number(&written))
}

/// How much more or less something became: `+13.8%`, `−3.4%`, `0%`. `None` where there was nothing before.
pub fn change(now: f64, before: f64) -> Option<String> {
    let change = (now - before) / before * 100.0;
    let large = change.abs() >= 1000.0;
    let written = match change {
        change if !change.is_finite() || before <= 0.0 => return None,
        -0.05..0.05 => "0%".to_owned(),
        change if large => format!("+{}%", field_digits(change.min(1e15) as u128)),
        change if change < 0.0 => format!("−{:.1}%", -change),
        change => format!("+{change:.1}%"),
    };
    Some(writing::number(&written))
}

/// A difference of two rates in percentage points: `+0.12 pp`, `−0.03 pp`.
pub fn points(difference: f64) -> String {
    writing::number(&match difference {
        -0.005..0.005 => "0 pp".to_owned(),
        difference if difference < 0.0 => format!("−{:.2} pp", -difference),
        difference => format!("+{difference:.2} pp"),
    })
}

/// How long something went on: `42 s`, `22 min`, `1 h 22 min`, `3 d 4 h`.
pub fn duration(ms: u64) -> String {
    let (minutes, hours) = (ms / 60_000, ms / 3_600_000);
    let one = |number: u64, unit: &'static str| format!("{number} {}", time_unit(unit));
    let two = |large: u64, unit: &'static str, small: u64, rest: &'static str| match small {
        0 => one(large, unit),
        _ => format!("{} {}", one(large, unit), one(small, rest)),
    };
    match (hours, minutes) {
        (0, 0) => one(ms / 1000, "s"),
        (0, _) => one(minutes, "min"),
        (1..24, _) => two(hours, "h", minutes % 60, "min"),
        _ => two(hours / 24, "d", hours % 24, "h"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_trimmed_and_right_to_left_names_are_fine() {
        assert_eq!(check("  مزود  ", 80, false).unwrap(), "مزود");
    }

    #[test]
    fn control_and_direction_characters_are_named() {
        assert_eq!(check("a\u{7}b", 80, false), Err(TextError::Invisible(7)));
        assert_eq!(check("abc\u{202E}gpj", 80, false), Err(TextError::Invisible(0x202E)));
        assert!(check("two\nlines", 80, true).is_ok());
        assert!(check("two\nlines", 80, false).is_err());
    }

    #[test]
    fn too_long_says_both_numbers() {
        assert_eq!(check("äöü", 2, false), Err(TextError::TooLong { limit: 2, length: 3 }));
    }

    #[test]
    fn counts_and_latencies_read_as_the_style_guide_has_them() {
        let counts = [833, 833_000, 1_630_000, 41_000_000, 1_200_000_000, 999_999];
        assert_eq!(counts.map(short_count), ["833", "833K", "1.63M", "41.0M", "1.20B", "1.00M"]);
        assert_eq!([612, 1310].map(latency), ["612 ms", "1.31 s"]);
        assert_eq!(group_digits(30_000_000), "30,000,000");
    }

    #[test]
    fn a_share_is_whole_only_when_it_is() {
        let shares = [(973, 1000), (1, 1_000_000), (999_999, 1_000_000), (0, 7), (7, 7)];
        assert_eq!(
            shares.map(|(part, whole)| percent(part, whole).unwrap()),
            ["97.3%", "0.1%", "99.9%", "0%", "100%"]
        );
        assert_eq!(percent(0, 0), None);
    }

    #[test]
    fn a_rate_has_two_places_and_is_whole_only_when_it_is() {
        let rates = [(84_394, 84_740), (99_999, 100_000), (1, 1_000_000), (0, 3), (3, 3)];
        assert_eq!(
            rates.map(|(part, whole)| rate(part, whole).unwrap()),
            ["99.59%", "99.99%", "0.01%", "0.00%", "100.00%"]
        );
        assert_eq!(rate(0, 0), None);
    }

    #[test]
    fn a_change_has_its_sign_and_none_is_told_of_nothing() {
        let changes = [(113.8, 100.0), (96.6, 100.0), (100.0, 100.0), (2500.0, 100.0), (0.0, 5.0)];
        let read = changes.map(|(now, before)| change(now, before).unwrap());
        assert_eq!(read, ["+13.8%", "−3.4%", "0%", "+2,400%", "−100.0%"]);
        assert_eq!(change(5.0, 0.0), None);
    }

    #[test]
    fn differences_of_rates_are_points() {
        assert_eq!([0.12, -0.034, 0.001].map(points), ["+0.12 pp", "−0.03 pp", "0 pp"]);
    }

    #[test]
    fn durations_have_two_units_at_most() {
        let lasted = [42_000, 22 * 60_000, 82 * 60_000, 3_600_000, 76 * 3_600_000];
        assert_eq!(lasted.map(duration), ["42 s", "22 min", "1 h 22 min", "1 h", "3 d 4 h"]);
    }
}
