//! Why there is no answer, told from the types of errors and not from their words; and what a status that is no success says.

use std::{error::Error, io, iter::successors};

use rustls::CertificateError;
use serde_json::Value;

use super::{Address, carry::Answer, tls::NotPinned};
use crate::remote::RemoteError;

/// Most characters of a remote's words that are shown.
const WORDS: usize = 300;

/// An error while connecting, sending or waiting.
pub(super) fn before_answer(error: &reqwest::Error, address: &Address) -> RemoteError {
    let host = address.host();
    for cause in causes(error) {
        if let Some(tls) = cause.downcast_ref::<rustls::Error>() {
            return of_tls(tls, host);
        }
    }
    if causes(error).filter_map(|cause| cause.downcast_ref::<hyper::Error>()).any(hyper::Error::is_parse) {
        return RemoteError::NotUnderstood { reason: "it is no HTTP" };
    }
    // Nothing was sent while there was no connection.
    if !error.is_connect() {
        return RemoteError::Cut { host };
    }
    let is_name = |cause: &(dyn Error + 'static)| cause.to_string().contains("dns error");
    match causes(error).any(is_name) {
        true => RemoteError::NameNotResolved { host },
        false => RemoteError::Unreachable { host },
    }
}

fn of_tls(error: &rustls::Error, host: String) -> RemoteError {
    use CertificateError as Certificate;
    let rustls::Error::InvalidCertificate(fault) = error else {
        return RemoteError::NotTrusted { host, reason: "there is no secure connection" };
    };
    let reason = match fault {
        Certificate::Other(other) => match other.0.downcast_ref::<NotPinned>() {
            Some(NotPinned { found }) => return RemoteError::NotPinned { host, found: found.clone() },
            None => "nobody known signed it",
        },
        Certificate::Expired | Certificate::ExpiredContext { .. } => "it has expired",
        Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => "it is not valid yet",
        Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => "it is another host's",
        _ => "nobody known signed it",
    };
    RemoteError::NotTrusted { host, reason }
}

/// The error and everything that it wraps. The room `providers` has the same, since neither may know the other.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    successors(Some(error), |&error| {
        // An I/O error hides what it wraps: its `source` is already the source of that.
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

/// What an answer says that did not do what was asked.
pub(super) fn refusal(answer: &Answer) -> RemoteError {
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let error = &body["error"];
    let code = words(&error["code"]);
    let seconds = answer.retry_after;
    match (answer.status, code.as_str()) {
        (401, _) => RemoteError::LoggedOut,
        (403, "mfa_required") => RemoteError::SecondFactorNeeded,
        (403, _) => RemoteError::Forbidden,
        (404, _) => RemoteError::NotFound,
        (409, "idempotency_running") => RemoteError::StillRunning,
        (412, _) => RemoteError::Overtaken,
        (429, _) => RemoteError::Busy { seconds },
        // Said by the remote itself; a proxy in between would not know what was done.
        (503, _) if body["success"] == Value::Bool(false) => RemoteError::Busy { seconds },
        (status @ 500.., _) => RemoteError::Failed { status },
        (200..=299 | 400..=499, _) => {
            let message = [&error["message"], error, &body["detail"], &body["message"]];
            let message = message.into_iter().map(words).find(|words| !words.is_empty());
            let message = message.unwrap_or_else(|| format!("status {}", answer.status));
            RemoteError::Refused {
                code,
                message: with_fields(message, error),
                advice: words(&error["advice"]),
            }
        }
        _ => RemoteError::NotUnderstood { reason: "its status is none of this API" },
    }
}

fn with_fields(message: String, error: &Value) -> String {
    let fields = error["fields"].as_array().into_iter().flatten().take(20);
    let fields = fields.map(|fault| format!("{}: {}", words(&fault["field"]), words(&fault["message"])));
    [message].into_iter().chain(fields).collect::<Vec<_>>().join("; ")
}

/// A remote's text, bounded and without what could hide or reorder the text around it.
fn words(value: &Value) -> String {
    let text = value.as_str().unwrap_or_default().chars().take(WORDS);
    text.filter(|c| model::text::check(&c.to_string(), 1, false).is_ok()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(status: u16, body: &str) -> RemoteError {
        refusal(&Answer { status, retry_after: Some(7), body: body.to_owned().into() })
    }

    #[test]
    fn a_refusal_is_told_by_its_code() {
        let of = |status, code: &str| {
            refused(
                status,
                &format!(
                    r#"{{"success": false, "error": {{"code": "{code}", "message": "m", "advice": "a"}}}}"#
                ),
            )
        };
        assert_eq!(of(403, "mfa_required"), RemoteError::SecondFactorNeeded);
        assert_eq!(of(403, "forbidden"), RemoteError::Forbidden);
        assert_eq!(of(409, "idempotency_running"), RemoteError::StillRunning);
        assert_eq!(of(503, "storage"), RemoteError::Busy { seconds: Some(7) });
        let name_taken =
            RemoteError::Refused { code: "name_taken".into(), message: "m".into(), advice: "a".into() };
        assert_eq!(of(409, "name_taken"), name_taken);
    }

    #[test]
    fn what_a_proxy_says_leaves_it_open_whether_it_was_done() {
        assert!(refused(503, "<html>").is_uncertain() && refused(502, "").is_uncertain());
        assert!(!refused(429, "").is_uncertain());
    }

    #[test]
    fn a_remotes_words_are_short_and_visible() {
        let long = format!(r#"{{"detail": "a\u202eb{}"}}"#, "x".repeat(5_000));
        let RemoteError::Refused { message, .. } = refused(400, &long) else { panic!("another error") };
        assert!(message.starts_with("abx") && message.chars().count() < 310);
    }
}
