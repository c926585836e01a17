//! The body of a request, read once: as it came, and as JSON where it is.

use axum::body::Bytes;
use serde_json::Value;

#[derive(Default)]
pub(crate) struct Sent {
    raw: Bytes,
    json: Option<Value>,
    too_large: bool,
}

impl Sent {
    pub(crate) fn new(raw: Bytes) -> Self {
        let json = serde_json::from_slice(&raw).ok();
        Self { raw, json, too_large: false }
    }

    /// A body that was not read to its end.
    pub(crate) fn too_large() -> Self {
        Self { too_large: true, ..Self::default() }
    }

    pub(crate) fn json(&self) -> Option<&Value> {
        self.json.as_ref()
    }

    pub(crate) fn bytes(&self) -> usize {
        if self.too_large { usize::MAX } else { self.raw.len() }
    }

    /// Whether the text stands anywhere in it.
    pub(crate) fn holds(&self, text: &str) -> bool {
        String::from_utf8_lossy(&self.raw).contains(text)
    }
}
