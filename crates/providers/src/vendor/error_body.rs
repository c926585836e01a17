//! Error objects, read leniently: vendors and their imitators agree on little more than the word `error`.

use serde_json::Value;

/// What an error says of itself. Every text is empty when it is missing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct ErrorBody {
    /// `error.type`.
    pub(super) kind: String,
    /// `error.code`, a number written as text.
    pub(super) code: String,
    /// `error.status`, Google's canonical name.
    pub(super) status: String,
    /// Never to be shown: vendors echo parts of keys here.
    pub(super) message: String,
    /// Google's `ErrorInfo.reason`.
    pub(super) reason: String,
    /// Google's `QuotaFailure.violations[].quotaId`, joined.
    pub(super) quota_ids: String,
    /// Google's `RetryInfo.retryDelay`.
    pub(super) retry_delay: Option<String>,
    /// Claude's `error.details.error_code`.
    pub(super) detail_code: String,
    /// Whether the whole has `"type":"error"` at its top, as Claude alone writes it.
    pub(super) is_claudes: bool,
}

impl ErrorBody {
    /// `None` when there is no error object to be found.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let whole: Value = serde_json::from_slice(body).ok()?;
        // Google's compatible endpoint wraps its errors in an array of one.
        let whole = whole.get(0).unwrap_or(&whole);
        let field = |name: &str| whole.get(name).filter(|value| !value.is_null());
        let error = field("error").or_else(|| field("detail"))?;
        // Some gateways put the vendor's whole body into their own `error`.
        let error = error.get("error").filter(|inner| inner.is_object()).unwrap_or(error);
        Some(Self { is_claudes: text(whole, "type") == "error", ..Self::of(error) })
    }

    /// Of an error object itself.
    pub(super) fn of(error: &Value) -> Self {
        let Value::Object(_) = error else {
            return Self { message: plain(error), ..Self::default() };
        };
        let details = error.get("details");
        let google: &[Value] = details.and_then(Value::as_array).map_or(&[], Vec::as_slice);
        Self {
            kind: text(error, "type"),
            code: text(error, "code"),
            status: text(error, "status"),
            message: text(error, "message"),
            reason: google
                .iter()
                .map(|detail| text(detail, "reason"))
                .find(|reason| !reason.is_empty())
                .unwrap_or_default(),
            quota_ids: quota_ids(google),
            retry_delay: google
                .iter()
                .map(|detail| text(detail, "retryDelay"))
                .find(|delay| !delay.is_empty()),
            detail_code: details.map(|details| text(details, "error_code")).unwrap_or_default(),
            is_claudes: false,
        }
    }

    /// Whether the message has these words, in any case.
    pub(super) fn mentions(&self, words: &str) -> bool {
        self.message.to_lowercase().contains(&words.to_lowercase())
    }
}

fn quota_ids(details: &[Value]) -> String {
    let violations = details.iter().filter_map(|detail| detail.get("violations")?.as_array()).flatten();
    violations.map(|violation| text(violation, "quotaId")).collect::<Vec<_>>().join(" ")
}

fn text(value: &Value, name: &str) -> String {
    value.get(name).map(plain).unwrap_or_default()
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> ErrorBody {
        ErrorBody::read(body.as_bytes()).unwrap()
    }

    #[test]
    fn a_code_may_be_a_string_a_number_or_null() {
        assert_eq!(read(r#"{"error":{"code":"invalid_api_key"}}"#).code, "invalid_api_key");
        assert_eq!(read(r#"{"error":{"code":401}}"#).code, "401");
        assert_eq!(read(r#"{"error":{"code":null}}"#).code, "");
    }

    #[test]
    fn an_error_is_found_in_an_array_in_another_error_and_as_a_mere_string() {
        assert_eq!(
            read(r#"[{"error":{"code":400,"status":"INVALID_ARGUMENT"}}]"#).status,
            "INVALID_ARGUMENT"
        );
        assert_eq!(read(r#"{"error":{"error":{"type":"overloaded_error"}}}"#).kind, "overloaded_error");
        assert_eq!(read(r#"{"error":"model is loading"}"#).message, "model is loading");
        assert_eq!(read(r#"{"detail":"Not Found"}"#).message, "Not Found");
    }

    #[test]
    fn what_is_no_error_is_none() {
        for body in ["", "[]", "{}", "null", "<html>", r#"{"data":[]}"#, r#"{"error":null}"#, "\u{0}", "[[[["]
        {
            assert_eq!(ErrorBody::read(body.as_bytes()), None, "{body}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(ErrorBody::read(deep.as_bytes()), None);
    }
}
