//! A call of a model, apart from any vendor's wire format: what is asked, what comes back, and why it may fail.
//! Field names are those of the page and of the gateway's own endpoints; vendors' names live in `providers`.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::usage::TokenUsage;

/// What is asked of a model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CallRequest {
    /// Instructions that stand above the conversation.
    pub system: Option<String>,
    /// The conversation, oldest first; it ends with the user or with results of tools.
    pub messages: Vec<Message>,
    /// Most tokens of the answer, thinking included. Always sent: without it no limit could be held.
    pub max_output_tokens: Option<u64>,
    /// Randomness; 0–2, at Claude 0–1. Left out unless a person chose it, because newer models refuse it.
    pub temperature: Option<f64>,
    /// Texts at which the answer ends.
    pub stop: Vec<String>,
    /// The JSON that the answer has to be.
    pub schema: Option<AnswerSchema>,
    /// Functions that the model may ask to be called.
    pub tools: Vec<Tool>,
    /// Whether it has to.
    pub tool_choice: ToolChoice,
    /// How long to think before answering; `None` leaves it to the model.
    pub effort: Option<Effort>,
    /// Do without what the model cannot do, and say so in the answer, instead of refusing the call.
    pub degrade: bool,
}

/// One turn of the conversation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub parts: Vec<Part>,
}

/// Who speaks. Instructions have their own field, [`CallRequest::system`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person or application, also with results of tools.
    User,
    /// The model.
    Assistant,
}

/// A piece of a message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Part {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// A picture by its bytes.
    Image {
        /// `image/png`, `image/jpeg`, `image/webp` or `image/gif`.
        media_type: String,
        /// Base64 (RFC 4648, section 4, padded).
        data: String,
    },
    /// A picture that the vendor fetches itself.
    ImageUrl {
        /// An `https` address.
        url: String,
    },
    /// A PDF document by its bytes.
    Pdf {
        /// File name, for vendors that want one.
        name: Option<String>,
        /// Base64 (RFC 4648, section 4, padded).
        data: String,
    },
    /// The model's thinking as it has to be played back to the vendor who sent it; nobody else reads it.
    Thinking {
        /// Text, often empty.
        text: String,
        /// The vendor's signature over it.
        signature: String,
    },
    /// The model asked for a function to be called.
    ToolCall(ToolCall),
    /// What the function returned.
    ToolResult {
        /// [`ToolCall::id`] of the call.
        id: String,
        /// What it returned, as text or JSON text.
        content: String,
        /// Whether the function failed.
        #[serde(default)]
        is_error: bool,
    },
}

/// A function that the model asks to be called.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The vendor's name for this call; made up where the vendor gives none (Gemini).
    pub id: String,
    /// Which function.
    pub name: String,
    /// Its arguments as JSON text, as the vendor wrote it.
    pub arguments: String,
    /// Gemini's `thoughtSignature`, which has to be played back with the call.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
}

/// A function that may be called.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tool {
    /// Its name: letters, digits, `_` and `-`, at most 64.
    pub name: String,
    /// What it is for.
    #[serde(default)]
    pub description: String,
    /// JSON Schema of its arguments.
    pub parameters: Value,
}

/// Whether a function has to be called.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolChoice {
    /// As the model likes.
    #[default]
    Auto,
    /// None of them.
    None,
    /// Any of them, but one.
    Required,
    /// This one.
    Named(String),
}

/// The JSON that an answer has to be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AnswerSchema {
    /// A name for it, as tools have.
    pub name: String,
    /// JSON Schema.
    pub schema: Value,
}

/// How long to think before answering. Each vendor has its own scale; adapters choose the nearest that the model has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effort {
    /// Not at all.
    None,
    /// As little as there is.
    Minimal,
    /// A little.
    Low,
    /// As usual.
    Medium,
    /// Long.
    High,
    /// Longer.
    Xhigh,
    /// As long as there is.
    Max,
}

/// A whole answer.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CallAnswer {
    /// Its text; thinking is not in it.
    pub text: String,
    /// Thinking that has to be played back in the next turn.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub thinking: Vec<Part>,
    /// Functions that the model asks to be called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCall>,
    /// Why it ended.
    pub finish: FinishReason,
    /// The stop text of the request's that ended it, where the vendor says which (Claude).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stop_text: Option<String>,
    /// What it took; `None` when the vendor did not say.
    pub usage: Option<TokenUsage>,
    /// The model that answered, as the vendor names it: often a dated snapshot of the one asked for.
    pub model: Option<String>,
    /// The vendor's id of the call.
    pub request_id: Option<String>,
    /// What was done without, when the caller allowed it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub degraded: Vec<Degradation>,
    /// From sending to the first token, in milliseconds; `None` when the answer came whole.
    pub first_token_ms: Option<u64>,
    /// From sending to the last byte, in milliseconds.
    pub whole_ms: u64,
}

/// Why an answer ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FinishReason {
    /// It was done, or met one of the stop texts.
    #[default]
    Stop,
    /// [`CallRequest::max_output_tokens`], or the model's window, was reached.
    Length,
    /// It waits for results of tools.
    ToolCalls,
    /// The model or the vendor refused to go on. Not a failure of the vendor: another answer is not to be expected.
    Refused,
    /// Something that this version does not know.
    Other,
}

/// Something that the model cannot do and the caller allowed to do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Degradation {
    /// The schema was put into the instructions, and the answer was checked against it here.
    SchemaByInstruction,
    /// The text of a PDF was sent in its place.
    PdfAsText,
    /// The temperature was left out.
    TemperatureDropped,
    /// The effort was left out, or replaced by the nearest that the model has.
    EffortChanged,
    /// The texts at which to end were left out.
    StopDropped,
}

/// A piece of a streamed answer.
#[derive(Clone, Debug, PartialEq)]
pub enum CallEvent {
    /// More text.
    Text(String),
    /// More thinking, where the vendor shows it; empty when it has ended without a word of it.
    Thinking(String),
    /// A function is asked for; its arguments follow.
    ToolStart {
        /// Its place among the answer's tool calls, from 0.
        index: usize,
        /// See [`ToolCall::id`].
        id: String,
        /// Which function.
        name: String,
    },
    /// A piece of the arguments' JSON text.
    ToolArguments {
        /// Its place among the answer's tool calls, from 0.
        index: usize,
        /// The piece.
        json: String,
    },
    /// The end, with everything: also the text and the calls that were streamed.
    Finished(Box<CallAnswer>),
}

/// Why a call failed. Holds no secret and no text of a vendor's that might.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, thiserror::Error)]
#[error("{message}")]
pub struct CallError {
    /// What kind of failure.
    pub class: ErrorClass,
    /// What happened, one sentence.
    pub message: String,
    /// What to do about it, a full sentence.
    pub advice: String,
    /// The vendor's status, where there was one.
    pub http_status: Option<u16>,
    /// The vendor's hint when to come back, in milliseconds.
    pub retry_after_ms: Option<u64>,
    /// The vendor's id of the call.
    pub request_id: Option<String>,
    /// What the call had taken when it broke off, as far as the vendor said.
    pub usage: Option<TokenUsage>,
    /// Whether any part of an answer had arrived: then neither a retry nor another provider is silent any more.
    pub answer_began: bool,
    /// Whether the connection broke after the request may have left, so that it may have been carried out and billed.
    #[serde(default)]
    pub may_have_arrived: bool,
}

/// Kinds of failure, cut by what to do next (section 6.2 of the wire reference).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ErrorClass {
    /// The vendor does not accept the key.
    InvalidKey,
    /// The key may not do this.
    Permission,
    /// No credit, or a spending limit or a day's quota is reached: waiting a minute does not help.
    Quota,
    /// Too many requests just now.
    RateLimit,
    /// This one request is above the rate limit.
    TooLargeForLimit,
    /// The conversation does not fit the model's window.
    ContextTooLong,
    /// No such model for this key.
    ModelNotFound,
    /// The vendor refuses the request's form.
    BadRequest,
    /// The model cannot do what is asked, so nothing was sent.
    Unsupported,
    /// The prompt was refused for its content.
    ContentBlocked,
    /// No capacity just now.
    Overloaded,
    /// A fault of the vendor's.
    Server,
    /// No connection.
    Network,
    /// No answer in time.
    Timeout,
    /// An answer that is not understood, or that stops in the middle.
    Protocol,
    /// The answer is whole but empty, or breaks the schema.
    Quality,
    /// The caller went away.
    Cancelled,
}

/// Who is at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AtFault {
    /// The caller's request.
    Request,
    /// The key.
    Credentials,
    /// The vendor's limits.
    Limits,
    /// The vendor.
    Vendor,
    /// The way to the vendor.
    Network,
    /// What came back.
    Answer,
}

impl ErrorClass {
    /// All classes.
    pub const ALL: [Self; 17] = [
        Self::InvalidKey,
        Self::Permission,
        Self::Quota,
        Self::RateLimit,
        Self::TooLargeForLimit,
        Self::ContextTooLong,
        Self::ModelNotFound,
        Self::BadRequest,
        Self::Unsupported,
        Self::ContentBlocked,
        Self::Overloaded,
        Self::Server,
        Self::Network,
        Self::Timeout,
        Self::Protocol,
        Self::Quality,
        Self::Cancelled,
    ];

    /// The name in the log and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::InvalidKey => "invalid_key",
            Self::Permission => "permission",
            Self::Quota => "quota",
            Self::RateLimit => "rate_limit",
            Self::TooLargeForLimit => "too_large_for_limit",
            Self::ContextTooLong => "context_too_long",
            Self::ModelNotFound => "model_not_found",
            Self::BadRequest => "bad_request",
            Self::Unsupported => "unsupported",
            Self::ContentBlocked => "content_blocked",
            Self::Overloaded => "overloaded",
            Self::Server => "server",
            Self::Network => "network",
            Self::Timeout => "timeout",
            Self::Protocol => "protocol",
            Self::Quality => "quality",
            Self::Cancelled => "cancelled",
        }
    }

    /// Who is at fault.
    pub fn at_fault(self) -> AtFault {
        match self {
            Self::InvalidKey | Self::Permission => AtFault::Credentials,
            Self::Quota | Self::RateLimit | Self::TooLargeForLimit => AtFault::Limits,
            Self::ContextTooLong
            | Self::ModelNotFound
            | Self::BadRequest
            | Self::Unsupported
            | Self::ContentBlocked
            | Self::Cancelled => AtFault::Request,
            Self::Overloaded | Self::Server => AtFault::Vendor,
            Self::Network | Self::Timeout => AtFault::Network,
            Self::Protocol | Self::Quality => AtFault::Answer,
        }
    }

    /// Whether the same provider may be asked again, before any part of an answer has arrived.
    pub fn may_retry(self) -> bool {
        matches!(
            self,
            Self::RateLimit
                | Self::Overloaded
                | Self::Server
                | Self::Network
                | Self::Timeout
                | Self::Protocol
        )
    }

    /// Whether another provider may do better, before any part of an answer has arrived.
    pub fn may_fall_back(self) -> bool {
        !matches!(self, Self::BadRequest | Self::ContentBlocked | Self::Cancelled)
    }
}

impl fmt::Display for ErrorClass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Message {
    /// A turn of text alone.
    pub fn text(role: Role, text: impl Into<String>) -> Self {
        Self { role, parts: vec![Part::Text { text: text.into() }] }
    }
}

impl CallRequest {
    /// One question.
    pub fn prompt(text: impl Into<String>) -> Self {
        Self { messages: vec![Message::text(Role::User, text)], ..Self::default() }
    }

    /// All parts of all messages.
    pub fn parts(&self) -> impl Iterator<Item = &Part> {
        self.messages.iter().flat_map(|message| &message.parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_reads_with_only_what_it_needs() {
        let json = r#"{"messages":[{"role":"user","parts":[{"type":"text","text":"Hi"}]}]}"#;
        assert_eq!(serde_json::from_str::<CallRequest>(json).unwrap(), CallRequest::prompt("Hi"));
        assert!(serde_json::from_str::<CallRequest>(r#"{"max_tokens":5}"#).is_err());
    }

    #[test]
    fn a_class_is_named_as_json_names_it() {
        for class in ErrorClass::ALL {
            assert_eq!(serde_json::to_value(class).unwrap(), class.as_str());
        }
    }

    #[test]
    fn what_is_retried_may_also_fall_back_and_the_callers_own_mistakes_do_neither() {
        for class in ErrorClass::ALL {
            assert!(!class.may_retry() || class.may_fall_back(), "{class}");
        }
        assert!(!ErrorClass::BadRequest.may_fall_back());
        assert!(ErrorClass::InvalidKey.may_fall_back() && !ErrorClass::InvalidKey.may_retry());
    }
}
