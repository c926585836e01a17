//! What a call took, in buckets that do not overlap; each vendor adds them up in its own way.

use serde::{Deserialize, Serialize};

/// Tokens of one call. By default they follow from the call; set, they are what the vendor reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Usage {
    /// Input that no cache served.
    pub input: u64,
    /// Input read from the cache.
    pub cached: u64,
    /// Input written to the cache for five minutes.
    pub cache_write: u64,
    /// Input written to the cache for an hour; at OpenAI the same as `cache_write`. Gemini reports neither.
    pub cache_write_1h: u64,
    /// Output without thinking.
    pub output: u64,
    /// Thinking.
    pub thinking: u64,
}

impl Usage {
    /// All of the input.
    pub fn whole_input(self) -> u64 {
        self.input + self.cached + self.cache_write + self.cache_write_1h
    }

    /// All of the output.
    pub fn whole_output(self) -> u64 {
        self.output + self.thinking
    }
}
