//! A fault in the shape of the face that was called.

use bytes::Bytes;
use model::limits::LimitState;
use serde::Serialize;

use super::{Face, Fault, Kind, instant};

#[derive(Serialize)]
struct OpenAi<'a> {
    error: OpenAiError<'a>,
}

#[derive(Serialize)]
struct OpenAiError<'a> {
    message: String,
    r#type: &'a str,
    param: Option<&'a str>,
    code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Limit>,
}

#[derive(Serialize)]
struct Claude<'a> {
    r#type: &'a str,
    error: ClaudeError<'a>,
    request_id: &'a str,
}

#[derive(Serialize)]
struct ClaudeError<'a> {
    r#type: &'a str,
    message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    details: Option<Limit>,
}

#[derive(Serialize)]
struct Gemini<'a> {
    error: GeminiError<'a>,
}

#[derive(Serialize)]
struct GeminiError<'a> {
    code: u16,
    message: String,
    status: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    details: Vec<Detail>,
}

#[derive(Serialize)]
#[serde(tag = "@type")]
enum Detail {
    #[serde(rename = "type.googleapis.com/google.rpc.BadRequest", rename_all = "camelCase")]
    BadRequest { field_violations: [Violation; 1] },
    #[serde(rename = "type.googleapis.com/google.rpc.RetryInfo", rename_all = "camelCase")]
    RetryInfo { retry_delay: String },
    #[serde(rename = "type.googleapis.com/google.rpc.ErrorInfo")]
    ErrorInfo { reason: &'static str, domain: &'static str, metadata: Limit },
}

#[derive(Serialize)]
struct Violation {
    field: String,
    description: String,
}

#[derive(Serialize)]
struct Task<'a> {
    success: bool,
    error: TaskError<'a>,
}

#[derive(Serialize)]
struct TaskError<'a> {
    code: &'a str,
    message: String,
    advice: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<Limit>,
}

/// Numbers as text: a cost in pico-dollars does not fit a client's floating point.
#[derive(Serialize)]
struct Limit {
    kind: &'static str,
    cap: String,
    used: String,
    left: String,
    resets_at: Option<String>,
}

impl From<&LimitState> for Limit {
    fn from(state: &LimitState) -> Self {
        Self {
            kind: state.kind.as_str(),
            cap: state.cap.to_string(),
            used: state.used.to_string(),
            left: state.left().to_string(),
            resets_at: state.resets_at.map(instant),
        }
    }
}

/// The body of an error.
pub(crate) fn body(fault: &Fault, face: Face, request_id: &str) -> Bytes {
    let names = fault.kind.names();
    let message = fault.sentences();
    let limit = fault.limit.as_deref().map(Limit::from);
    let written = match face {
        Face::OpenAi => serde_json::to_vec(&OpenAi {
            error: OpenAiError {
                message,
                r#type: names.openai_type,
                param: fault.field.as_deref(),
                code: names.code,
                limit,
            },
        }),
        Face::Claude => serde_json::to_vec(&Claude {
            r#type: "error",
            error: ClaudeError { r#type: names.claude, message: with_field(fault, message), details: limit },
            request_id,
        }),
        Face::Gemini => serde_json::to_vec(&Gemini {
            error: GeminiError {
                code: fault.kind.status(face),
                status: names.gemini,
                details: details(fault, limit),
                message,
            },
        }),
        Face::Tasks => serde_json::to_vec(&Task {
            success: false,
            error: TaskError {
                code: names.code,
                message: Fault { advice: "".into(), ..fault.clone() }.sentences(),
                advice: &fault.advice,
                field: fault.field.as_deref(),
                limit,
            },
        }),
    };
    written.unwrap_or_default().into()
}

/// Anthropic names the field at the head of its message and has no place of its own for it.
fn with_field(fault: &Fault, message: String) -> String {
    match (&fault.field, fault.kind) {
        (Some(field), Kind::BadRequest) => format!("{field}: {message}"),
        _ => message,
    }
}

fn details(fault: &Fault, limit: Option<Limit>) -> Vec<Detail> {
    let violation = fault.field.clone().map(|field| Detail::BadRequest {
        field_violations: [Violation { field, description: fault.message.clone().into_owned() }],
    });
    let wait = fault
        .retry_after_ms
        .map(|ms| Detail::RetryInfo { retry_delay: format!("{}.{:03}s", ms / 1000, ms % 1000) });
    let limit =
        limit.map(|metadata| Detail::ErrorInfo { reason: "LIMIT_REACHED", domain: "signalbox", metadata });
    violation.into_iter().chain(limit).chain(wait).collect()
}

#[cfg(test)]
mod tests {
    use model::{CallError, ErrorClass};
    use serde_json::{Value, json};

    use super::*;

    fn failed(class: ErrorClass) -> Fault {
        CallError {
            class,
            message: "it failed".into(),
            advice: "Do this.".into(),
            http_status: None,
            retry_after_ms: Some(1500),
            request_id: None,
            usage: None,
            answer_began: false,
            may_have_arrived: false,
        }
        .into()
    }

    fn rendered(fault: &Fault, face: Face) -> Value {
        serde_json::from_slice(&body(fault, face, "req_1")).unwrap()
    }

    #[test]
    fn every_class_has_the_status_by_which_the_sdks_choose_their_exception() {
        use ErrorClass as C;
        let table = [
            (C::InvalidKey, 502, "provider_key_refused", "api_error", "INTERNAL"),
            (C::Permission, 502, "provider_key_refused", "api_error", "INTERNAL"),
            (C::Quota, 429, "insufficient_quota", "rate_limit_error", "RESOURCE_EXHAUSTED"),
            (C::RateLimit, 429, "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED"),
            (C::TooLargeForLimit, 429, "rate_limit_exceeded", "rate_limit_error", "RESOURCE_EXHAUSTED"),
            (C::ContextTooLong, 400, "context_length_exceeded", "invalid_request_error", "INVALID_ARGUMENT"),
            (C::ModelNotFound, 404, "model_not_found", "not_found_error", "NOT_FOUND"),
            (C::BadRequest, 400, "invalid_request", "invalid_request_error", "INVALID_ARGUMENT"),
            (C::Unsupported, 400, "unsupported_parameter", "invalid_request_error", "INVALID_ARGUMENT"),
            (C::ContentBlocked, 400, "content_policy_violation", "invalid_request_error", "INVALID_ARGUMENT"),
            (C::Overloaded, 503, "server_is_overloaded", "overloaded_error", "UNAVAILABLE"),
            (C::Server, 502, "provider_failed", "api_error", "INTERNAL"),
            (C::Network, 502, "provider_failed", "api_error", "INTERNAL"),
            (C::Timeout, 504, "provider_timeout", "timeout_error", "DEADLINE_EXCEEDED"),
            (C::Protocol, 502, "provider_failed", "api_error", "INTERNAL"),
            (C::Quality, 502, "provider_failed", "api_error", "INTERNAL"),
            (C::Cancelled, 503, "gateway_closed", "api_error", "UNAVAILABLE"),
        ];
        assert_eq!(table.map(|row| row.0), ErrorClass::ALL);
        for (class, status, code, claude, gemini) in table {
            let fault = failed(class);
            assert_eq!(fault.kind.status(Face::OpenAi), status, "{class}");
            assert_eq!(rendered(&fault, Face::OpenAi)["error"]["code"], code, "{class}");
            assert_eq!(rendered(&fault, Face::Claude)["error"]["type"], claude, "{class}");
            assert_eq!(rendered(&fault, Face::Gemini)["error"]["status"], gemini, "{class}");
        }
    }

    #[test]
    fn overload_has_anthropics_own_status_at_its_face() {
        assert_eq!(Kind::Overloaded.status(Face::Claude), 529);
        assert_eq!(Kind::Overloaded.status(Face::Gemini), 503);
    }

    #[test]
    fn asking_again_is_discouraged_where_it_is_pointless() {
        let finals =
            [ErrorClass::Quota, ErrorClass::TooLargeForLimit, ErrorClass::InvalidKey, ErrorClass::Quality];
        assert!(finals.into_iter().all(|class| failed(class).is_final));
        assert!(
            ![ErrorClass::RateLimit, ErrorClass::Overloaded, ErrorClass::Network]
                .map(failed)
                .iter()
                .any(|one| one.is_final)
        );
    }

    #[test]
    fn each_face_has_its_own_shape() {
        let fault = Fault::bad("messages[0].role", "role is none of those known", "Use `user`.");
        assert_eq!(
            rendered(&fault, Face::OpenAi),
            json!({"error": {"message": "Role is none of those known. Use `user`.", "type": "invalid_request_error",
                "param": "messages[0].role", "code": "invalid_request"}})
        );
        assert_eq!(
            rendered(&fault, Face::Claude),
            json!({"type": "error", "request_id": "req_1", "error": {"type": "invalid_request_error",
                "message": "messages[0].role: Role is none of those known. Use `user`."}})
        );
        assert_eq!(
            rendered(&fault, Face::Gemini),
            json!({"error": {"code": 400, "status": "INVALID_ARGUMENT",
                "message": "Role is none of those known. Use `user`.",
                "details": [{"@type": "type.googleapis.com/google.rpc.BadRequest", "fieldViolations":
                    [{"field": "messages[0].role", "description": "role is none of those known"}]}]}})
        );
        assert_eq!(
            rendered(&fault, Face::Tasks),
            json!({"success": false, "error": {"code": "invalid_request", "field": "messages[0].role",
                "message": "Role is none of those known.", "advice": "Use `user`."}})
        );
    }

    #[test]
    fn gemini_reads_the_wait_from_the_body() {
        let details = &rendered(&failed(ErrorClass::RateLimit), Face::Gemini)["error"]["details"];
        assert_eq!(details[0]["retryDelay"], "1.500s");
    }
}
