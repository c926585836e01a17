//! A token limit as people type it.

use crate::t;

/// A limit as people write it: `1000000`, `1,000,000`, `1 000 000`, `1'000'000`, `1_000_000`; empty is no limit. A comma or a stop
/// that parts no thousands is refused: `25,50` is a fraction to some, and would be a hundred times as much.
///
/// # Errors
/// What to enter instead, a full sentence.
pub fn parse(typed: &str) -> Result<Option<u64>, String> {
    let digits: String =
        typed.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '.' | '\'' | '’' | '_')).collect();
    match digits.as_str() {
        "" if typed.trim().is_empty() => Ok(None),
        text if text.starts_with('-') => Err(t!("error-limit-small")),
        text if is_whole(text) && parts_thousands(typed.trim()) => Ok(Some(text.parse().unwrap_or(u64::MAX))),
        _ => Err(t!("error-limit-digits")),
    }
}

fn is_whole(digits: &str) -> bool {
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

fn parts_thousands(typed: &str) -> bool {
    typed.split([',', '.']).skip(1).all(|group| group.len() == 3)
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
        for typed in ["-500", "1e6", "many", ",", "٣", "25,50", "1.5", "10,00"] {
            assert!(parse(typed).is_err(), "{typed}");
        }
        assert_eq!(parse("99999999999999999999999"), Ok(Some(u64::MAX)));
    }
}
