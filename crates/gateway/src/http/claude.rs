//! Anthropic's face: `POST /v1/messages`, the count of its tokens, and the list of models (section 4 of the wire
//! reference).

pub(crate) mod answer;
pub(crate) mod block;
pub(crate) mod count;
pub(crate) mod models;
mod request;
pub(crate) mod stream;

pub(crate) use request::{read, read_count};

use model::{CallAnswer, TokenUsage, call::FinishReason};
use serde::Serialize;

#[derive(Serialize)]
struct Usage<'a> {
    input_tokens: u64,
    cache_creation_input_tokens: u64,
    cache_read_input_tokens: u64,
    cache_creation: CacheCreation,
    output_tokens: u64,
    output_tokens_details: OutputDetails,
    service_tier: Option<&'a str>,
}

#[derive(Serialize)]
struct CacheCreation {
    ephemeral_5m_input_tokens: u64,
    ephemeral_1h_input_tokens: u64,
}

#[derive(Serialize)]
struct OutputDetails {
    thinking_tokens: u64,
}

impl<'a> From<&'a TokenUsage> for Usage<'a> {
    fn from(usage: &'a TokenUsage) -> Self {
        Self {
            input_tokens: usage.input.saturating_add(usage.audio_input),
            cache_creation_input_tokens: usage.cache_write.saturating_add(usage.cache_write_1h),
            cache_read_input_tokens: usage.cache_read,
            cache_creation: CacheCreation {
                ephemeral_5m_input_tokens: usage.cache_write,
                ephemeral_1h_input_tokens: usage.cache_write_1h,
            },
            output_tokens: usage.output,
            output_tokens_details: OutputDetails { thinking_tokens: usage.reasoning },
            service_tier: usage.service_tier.as_deref(),
        }
    }
}

fn stop_reason(answer: &CallAnswer) -> &'static str {
    match answer.finish {
        FinishReason::Stop if answer.stop_text.is_some() => "stop_sequence",
        FinishReason::Stop | FinishReason::Other => "end_turn",
        FinishReason::Length => "max_tokens",
        FinishReason::ToolCalls => "tool_use",
        FinishReason::Refused => "refusal",
    }
}
