//! Headers of every good answer, with what is left of the limits. Resets are Go durations.

use super::Call;
use crate::{Fault, reply::Header};

/// `stream` chooses the content type.
pub(super) fn headers(call: &Call<'_>, id: &str, stream: bool) -> Vec<Header> {
    let nothing_left = call.fault() == Some(Fault::NothingLeft);
    let (requests, tokens, reset) =
        if nothing_left { ("0", "0", "30s") } else { ("4999", "1999978", "12ms") };
    let fixed = [
        ("content-type", if stream { "text/event-stream; charset=utf-8" } else { "application/json" }),
        ("openai-version", "2020-10-01"),
        ("openai-processing-ms", "214"),
        ("openai-organization", "org-simulated"),
        ("openai-project", "proj_simulated"),
        ("x-ratelimit-limit-requests", "5000"),
        ("x-ratelimit-limit-tokens", "2000000"),
        ("x-ratelimit-remaining-requests", requests),
        ("x-ratelimit-remaining-tokens", tokens),
        ("x-ratelimit-reset-requests", reset),
        ("x-ratelimit-reset-tokens", if nothing_left { "1m0s" } else { "22ms" }),
    ];
    let mut headers: Vec<Header> = fixed.map(|(name, value)| (name, value.into())).into();
    headers.push(("x-request-id", format!("req_{id}").into()));
    headers
}
