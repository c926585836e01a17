//! Instants as the remote API writes them.

use model::Timestamp;

/// RFC 3339 in UTC, such as `2024-01-15T10:30:00Z`, to the second.
pub(crate) fn text(at: Timestamp) -> String {
    let at = jiff::Timestamp::from_second(at.0.div_euclid(1_000)).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.to_string()
}
