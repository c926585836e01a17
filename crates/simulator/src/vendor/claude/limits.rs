//! Headers of every good answer, with what is left of the limits. Resets are moments.

use super::Call;
use crate::{Fault, clock, reply::Header};

/// Limits, and what is usually left of them.
const LIMITS: [(&str, &str, &str, &str, &str); 4] = [
    (
        "anthropic-ratelimit-requests-limit",
        "anthropic-ratelimit-requests-remaining",
        "anthropic-ratelimit-requests-reset",
        "1000",
        "999",
    ),
    (
        "anthropic-ratelimit-input-tokens-limit",
        "anthropic-ratelimit-input-tokens-remaining",
        "anthropic-ratelimit-input-tokens-reset",
        "450000",
        "450000",
    ),
    (
        "anthropic-ratelimit-output-tokens-limit",
        "anthropic-ratelimit-output-tokens-remaining",
        "anthropic-ratelimit-output-tokens-reset",
        "90000",
        "90000",
    ),
    (
        "anthropic-ratelimit-tokens-limit",
        "anthropic-ratelimit-tokens-remaining",
        "anthropic-ratelimit-tokens-reset",
        "540000",
        "540000",
    ),
];

/// `stream` chooses the content type.
pub(super) fn headers(call: &Call<'_>, id: &str, stream: bool) -> Vec<Header> {
    let nothing_left = call.fault() == Some(Fault::NothingLeft);
    let reset = clock::rfc3339(if nothing_left { 30 } else { 0 });
    let content_type = if stream { "text/event-stream; charset=utf-8" } else { "application/json" };
    let mut headers: Vec<Header> = vec![
        ("content-type", content_type.into()),
        ("request-id", format!("req_{id}").into()),
        ("anthropic-organization-id", "5f1d6c0e-0f6b-4a53-9c69-0d7f8a2b1c3d".into()),
    ];
    for (limit, remaining, resets, most, left) in LIMITS {
        headers.push((limit, most.into()));
        headers.push((remaining, if nothing_left { "0" } else { left }.into()));
        headers.push((resets, reset.clone().into()));
    }
    headers
}
