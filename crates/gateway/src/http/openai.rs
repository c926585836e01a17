//! OpenAI's face: Chat Completions, Responses and the list of models (section 3 of the wire reference). Vendor shapes
//! are here, apart from the engine's vocabulary.

pub(crate) mod chat;
pub(crate) mod models;
pub(crate) mod responses;

use model::{TokenUsage, call::FinishReason};
use serde::Serialize;

/// Chat Completions' `usage`.
#[derive(Serialize)]
struct Usage {
    prompt_tokens: u64,
    completion_tokens: u64,
    total_tokens: u64,
    prompt_tokens_details: InputDetails,
    completion_tokens_details: OutputDetails,
}

#[derive(Serialize)]
struct InputDetails {
    cached_tokens: u64,
    cache_write_tokens: u64,
    audio_tokens: u64,
}

#[derive(Serialize)]
struct OutputDetails {
    reasoning_tokens: u64,
}

impl InputDetails {
    fn of(usage: &TokenUsage) -> Self {
        Self {
            cached_tokens: usage.cache_read,
            cache_write_tokens: usage.cache_write.saturating_add(usage.cache_write_1h),
            audio_tokens: usage.audio_input,
        }
    }
}

impl From<&TokenUsage> for Usage {
    fn from(usage: &TokenUsage) -> Self {
        Self {
            prompt_tokens: usage.total_input(),
            completion_tokens: usage.output,
            total_tokens: usage.total(),
            prompt_tokens_details: InputDetails::of(usage),
            completion_tokens_details: OutputDetails { reasoning_tokens: usage.reasoning },
        }
    }
}

fn finish(reason: FinishReason) -> &'static str {
    match reason {
        FinishReason::Stop | FinishReason::Other => "stop",
        FinishReason::Length => "length",
        FinishReason::ToolCalls => "tool_calls",
        FinishReason::Refused => "content_filter",
    }
}
