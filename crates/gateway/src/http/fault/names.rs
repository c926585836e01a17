//! What each kind is called by each vendor: status, type and code (sections 3.5, 4.5 and 5.5 of the wire reference).
//! The SDKs choose their exception by the status.

use super::{Face, Kind};

/// A kind in every vendor's words.
pub(crate) struct Names {
    pub(crate) status: u16,
    pub(crate) openai_type: &'static str,
    /// Also the code of the task endpoints.
    pub(crate) code: &'static str,
    pub(crate) claude: &'static str,
    pub(crate) gemini: &'static str,
}

const REQUEST: &str = "invalid_request_error";
const AWAY: &str = "service_unavailable_error";

impl Kind {
    pub(crate) fn names(self) -> Names {
        let (status, openai_type, code, claude, gemini) = match self {
            Self::BadRequest => (400, REQUEST, "invalid_request", REQUEST, "INVALID_ARGUMENT"),
            Self::Unsupported => (400, REQUEST, "unsupported_parameter", REQUEST, "INVALID_ARGUMENT"),
            Self::ContextTooLong => (400, REQUEST, "context_length_exceeded", REQUEST, "INVALID_ARGUMENT"),
            Self::ContentBlocked => (400, REQUEST, "content_policy_violation", REQUEST, "INVALID_ARGUMENT"),
            Self::BodyTooLarge => {
                (413, REQUEST, "request_too_large", "request_too_large", "INVALID_ARGUMENT")
            }
            Self::ContentType => (415, REQUEST, "unsupported_media_type", REQUEST, "INVALID_ARGUMENT"),
            Self::Unauthorized => {
                (401, REQUEST, "invalid_api_key", "authentication_error", "UNAUTHENTICATED")
            }
            Self::Forbidden => (403, REQUEST, "forbidden", "permission_error", "PERMISSION_DENIED"),
            Self::UnknownModel => (404, REQUEST, "model_not_found", "not_found_error", "NOT_FOUND"),
            Self::UnknownPath => (404, REQUEST, "unknown_url", "not_found_error", "NOT_FOUND"),
            Self::Method => (405, REQUEST, "method_not_allowed", REQUEST, "INVALID_ARGUMENT"),
            Self::LimitReached => {
                (429, "rate_limit_error", "limit_reached", "rate_limit_error", "RESOURCE_EXHAUSTED")
            }
            Self::RateLimit => {
                (429, "requests", "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED")
            }
            Self::TooLargeForLimit => {
                (429, "tokens", "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED")
            }
            Self::Quota => {
                (429, "insufficient_quota", "insufficient_quota", "rate_limit_error", "RESOURCE_EXHAUSTED")
            }
            Self::Credentials => (502, "server_error", "provider_key_refused", "api_error", "INTERNAL"),
            Self::Overloaded => (503, AWAY, "server_is_overloaded", "overloaded_error", "UNAVAILABLE"),
            Self::Upstream => (502, "server_error", "provider_failed", "api_error", "INTERNAL"),
            Self::Timeout => (504, "server_error", "provider_timeout", "timeout_error", "DEADLINE_EXCEEDED"),
            Self::Storage => (503, AWAY, "storage", "api_error", "UNAVAILABLE"),
            Self::Closed => (503, AWAY, "gateway_closed", "api_error", "UNAVAILABLE"),
            Self::NoRoute => (503, AWAY, "no_provider", "api_error", "UNAVAILABLE"),
        };
        Names { status, openai_type, code, claude, gemini }
    }

    /// The status at one face. Anthropic's own status for overload is not registered, and its SDK looks for it.
    pub(crate) fn status(self, face: Face) -> u16 {
        match (self, face) {
            (Self::Overloaded, Face::Claude) => 529,
            _ => self.names().status,
        }
    }

    /// Whether the same request can only fail again. Statuses that no SDK retries need no word.
    pub(super) fn is_final(self) -> bool {
        matches!(self, Self::TooLargeForLimit | Self::Quota | Self::Credentials | Self::Closed)
    }
}
