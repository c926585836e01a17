//! How a request is refused: a status, a code for programs, and two sentences for people. Here alone errors of other rooms are
//! turned into answers, and nothing of what was sent is quoted.

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use model::{
    FieldError, Timestamp,
    remote::{FieldAtFault, Reason, Refusal},
};
use store::StoreError;

/// A request that was not done.
#[derive(Debug)]
pub(crate) struct Refused {
    status: StatusCode,
    reason: Box<Reason>,
    header: Option<(header::HeaderName, HeaderValue)>,
}

impl Refused {
    pub(crate) fn new(
        status: StatusCode,
        code: &str,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) -> Self {
        let reason = Reason {
            code: code.to_owned(),
            message: message.into(),
            advice: advice.into(),
            ..Reason::default()
        };
        Self { status, reason: Box::new(reason), header: None }
    }

    pub(crate) fn with(mut self, header: header::HeaderName, value: HeaderValue) -> Self {
        self.header = Some((header, value));
        self
    }

    /// For the console.
    pub(crate) fn words(&self) -> String {
        let fields = self.reason.fields.iter().map(|fault| format!(" {}: {}", fault.field, fault.message));
        format!("{}. {}{}", self.reason.message, self.reason.advice, fields.collect::<String>())
    }

    pub(crate) fn reason_mut(&mut self) -> &mut Reason {
        &mut self.reason
    }
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let mut response =
            (self.status, Json(Refusal { success: false, error: *self.reason })).into_response();
        if let Some((name, value)) = self.header {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

pub(crate) fn bad_request(code: &str, message: impl Into<String>, advice: impl Into<String>) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, code, message, advice)
}

/// Nobody is logged in.
pub(crate) fn unauthorized() -> Refused {
    let advice = "Log in at /api/v1/auth/login and send the access token as `Authorization: Bearer …`.";
    let message = "there is no valid access token in the request";
    Refused::new(StatusCode::UNAUTHORIZED, "unauthorized", message, advice)
        .with(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))
}

pub(crate) fn forbidden() -> Refused {
    let advice = "Log in as a super_admin.";
    Refused::new(StatusCode::FORBIDDEN, "forbidden", "this is for super_admins alone", advice)
}

pub(crate) fn proof_needed() -> Refused {
    let advice =
        "Send a new code of the authenticator app to /api/v1/auth/step-up, then the same request again.";
    let message = "a sensitive operation needs the second factor of the last five minutes";
    Refused::new(StatusCode::FORBIDDEN, "mfa_required", message, advice)
}

/// The same of whoever came with an application's token, which says nothing of a second factor, or of one long ago.
pub(crate) fn proof_needed_of_issuer() -> Refused {
    let advice = "Log in anew at your application with the second factor, so that the token's `auth_time` is of the last five minutes and \
                  its `amr` names mfa, otp or hwk; or log in here at /api/v1/auth/login.";
    let message = "a sensitive operation needs the second factor of the last five minutes, and this token does not say so";
    Refused::new(StatusCode::FORBIDDEN, "mfa_required", message, advice)
}

/// What only users of this server have.
pub(crate) fn outsider() -> Refused {
    let advice = "Do it at the application that made the token, or log in here at /api/v1/auth/login.";
    let message = "this is of users of this server, and the token is of another application";
    Refused::new(StatusCode::FORBIDDEN, "other_issuer", message, advice)
}

pub(crate) fn not_found() -> Refused {
    let advice = "Read the list at /api/v1/super-admin/providers/configs; ids are never used twice.";
    Refused::new(StatusCode::NOT_FOUND, "not_found", "there is no configuration of this id", advice)
}

/// There is none of this name or number.
pub(crate) fn no_such(message: &str, advice: &str) -> Refused {
    Refused::new(StatusCode::NOT_FOUND, "not_found", message, advice)
}

/// What is there forbids it.
pub(crate) fn conflict(code: &str, message: impl Into<String>, advice: impl Into<String>) -> Refused {
    Refused::new(StatusCode::CONFLICT, code, message, advice)
}

/// One field at fault.
pub(crate) fn invalid_field(field: &str, message: impl Into<String>) -> Refused {
    invalid_fields(vec![FieldAtFault { field: field.to_owned(), message: message.into() }])
}

pub(crate) fn unavailable(code: &str, message: impl Into<String>, advice: impl Into<String>) -> Refused {
    Refused::new(StatusCode::SERVICE_UNAVAILABLE, code, message, advice)
        .with(header::RETRY_AFTER, HeaderValue::from_static("5"))
}

/// Too many attempts: nothing was looked at.
pub(crate) fn wait(until: Timestamp, now: Timestamp) -> Refused {
    let seconds = until.since(now).div_ceil(1_000).max(1);
    let advice = format!("Wait {seconds} seconds, then try again.");
    Refused::new(StatusCode::TOO_MANY_REQUESTS, "too_many_attempts", "there were too many attempts", advice)
        .with(header::RETRY_AFTER, HeaderValue::from(seconds))
}

/// Every field at fault.
pub(crate) fn invalid(faults: Vec<FieldError>) -> Refused {
    let name = |fault: &FieldError| serde_json::to_value(fault.field).ok()?.as_str().map(str::to_owned);
    let fields = faults
        .into_iter()
        .map(|fault| FieldAtFault { field: name(&fault).unwrap_or_default(), message: fault.message });
    invalid_fields(fields.collect())
}

pub(crate) fn invalid_fields(fields: Vec<FieldAtFault>) -> Refused {
    let message = match fields.len() {
        1 => "one field needs a change".to_owned(),
        count => format!("{count} fields need a change"),
    };
    let advice = "Change what is named, then send it again.";
    let mut refused = Refused::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid", message, advice);
    refused.reason_mut().fields = fields;
    refused
}

/// The record has another revision than the request names.
pub(crate) fn other_revision(current: i64) -> Refused {
    let advice = "Read it again, make the change there, and send it with the new revision.";
    let message = "it was changed in the meantime";
    let mut refused = Refused::new(StatusCode::PRECONDITION_FAILED, "revision_changed", message, advice);
    refused.reason_mut().current_revision = Some(current);
    refused.with(header::ETAG, super::revision::etag(current))
}

/// A place is held by another configuration than the request names.
pub(crate) fn other_holder() -> Refused {
    let advice =
        "Read the list again, decide who is to hold it, and send the change with whoever holds it now.";
    let message = "a place was handed on in the meantime";
    Refused::new(StatusCode::PRECONDITION_FAILED, "holder_changed", message, advice)
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        let conflict =
            |code: &str, advice: &str| Self::new(StatusCode::CONFLICT, code, error.to_string(), advice);
        match error {
            StoreError::Gone => not_found(),
            StoreError::Conflict => conflict("conflict", "Read it again, then send the change again."),
            StoreError::NameTaken => conflict("name_taken", "Choose another display_name."),
            StoreError::Full
            | StoreError::ReadOnly
            | StoreError::Busy
            | StoreError::OutOfMemory
            | StoreError::Protected => {
                tracing::error!(%error, "the database cannot be written");
                unavailable(
                    "storage",
                    error.to_string(),
                    "Nothing was changed. Tell whoever runs this server.",
                )
            }
            // Of a change that arrived, the answer may be all that was lost.
            StoreError::Away => {
                tracing::error!(%error, "the database is away");
                let advice = "Read it again before you send a change again: it may have been made. Tell whoever runs this server.";
                unavailable("storage", error.to_string(), advice)
            }
            error => {
                tracing::error!(%error, "the database failed");
                internal()
            }
        }
    }
}

/// A fault of ours.
pub(crate) fn internal() -> Refused {
    let advice = "Try again. If it stays, tell whoever runs this server to look into its log.";
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "internal", "the server failed", advice)
}
