//! Amounts of dollars as people type them.

use model::{PicoUsd, text};

/// An amount as it was typed, where it is one: digits with at most six places.
pub fn parse(typed: &str) -> Option<PicoUsd> {
    let plain = plain_decimal(typed.trim())?;
    // A price per million tokens is 10⁶ times an amount per token.
    PicoUsd::per_token(&plain).ok().map(|each| PicoUsd(each.0.saturating_mul(1_000_000)))
}

/// `$1,284.50` → `1284.50`. A comma that groups nothing is no decimal sign here, because it would be wrong by a
/// factor of a thousand where it was meant to group.
pub fn plain_decimal(typed: &str) -> Option<String> {
    let text: String = typed.chars().filter(|c| !c.is_whitespace() && *c != '$').collect();
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, "0"));
    let mut groups = whole.split(',');
    let first =
        groups.next().filter(|first| !first.is_empty() && (first.len() <= 3 || !whole.contains(',')))?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.iter().all(|group| group.len() == 3);
    let whole = grouped.then(|| format!("{first}{}", rest.concat()))?;
    let fraction = fraction.trim_end_matches('0');
    Some(if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") })
}

/// An amount as it is typed, with every digit: `25`, `0.5`.
pub fn dollars(amount: PicoUsd) -> String {
    let (whole, rest) = (amount.0 / PicoUsd::ONE_USD, (amount.0 % PicoUsd::ONE_USD).unsigned_abs());
    let fraction = format!("{rest:012}");
    let whole = text::field_digits(whole.unsigned_abs());
    match fraction.trim_end_matches('0') {
        "" => whole,
        digits => format!("{whole}.{digits}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_that_parts_no_thousands_is_no_decimal_sign() {
        assert_eq!(parse("25.50"), Some(PicoUsd(PicoUsd::ONE_USD / 2 * 51)));
        assert_eq!(parse("$1,284.5"), Some(PicoUsd(PicoUsd::ONE_USD / 2 * 2_569)));
        for typed in ["25,50", "1.284,50", "1,28", "0,01", "1.2.3"] {
            assert_eq!(parse(typed), None, "{typed}");
        }
    }
}
