//! The answer of `POST /v1/messages/count_tokens`.

use bytes::Bytes;
use serde::Serialize;

#[derive(Serialize)]
struct Count {
    input_tokens: u64,
}

/// The tokens of a request's input.
pub(crate) fn body(input_tokens: u64) -> Bytes {
    serde_json::to_vec(&Count { input_tokens }).unwrap_or_default().into()
}
