//! Times that vendors put into headers.

use jiff::{SignedDuration, Timestamp, fmt::rfc2822::DateTimePrinter};

/// So many seconds from now, as RFC 3339 in UTC.
pub(crate) fn rfc3339(seconds: i64) -> String {
    format!("{:.0}", later(seconds))
}

/// So many seconds from now, as an HTTP date (RFC 9110, 5.6.7).
pub(crate) fn http_date(seconds: i64) -> String {
    // Fails for years above 9999 only.
    DateTimePrinter::new().timestamp_to_rfc9110_string(&later(seconds)).unwrap_or_default()
}

fn later(seconds: i64) -> Timestamp {
    Timestamp::now().saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(Timestamp::MAX)
}
