//! A token limit as people type it.

use crate::t;

/// A limit as people write it: `1000000`, `1,000,000`, `1 000 000`, `1'000'000`, `1_000_000`; empty is no limit.
///
/// # Errors
/// What to enter instead, a full sentence.
pub fn parse(typed: &str) -> Result<Option<u64>, String> {
    let digits: String =
        typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | '\'' | '’' | '_')).collect();
    match digits.as_str() {
        "" if typed.trim().is_empty() => Ok(None),
        text if text.starts_with('-') => Err(t!("error-limit-small")),
        text if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(Some(text.parse().unwrap_or(u64::MAX)))
        }
        _ => Err(t!("error-limit-digits")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read_with_the_separators_people_type() {
        for typed in ["1000000", "1,000,000", "1 000 000", "1'000'000", "1_000_000", "1.000.000"] {
            assert_eq!(parse(typed), Ok(Some(1_000_000)), "{typed}");
        }
        assert_eq!(parse("  "), Ok(None));
        for typed in ["-500", "1e6", "many", ",", "٣"] {
            assert!(parse(typed).is_err(), "{typed}");
        }
        assert_eq!(parse("99999999999999999999999"), Ok(Some(u64::MAX)));
    }
}
