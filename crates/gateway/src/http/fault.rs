//! A request that is not served: what kind, two sentences, and when to come back, apart from the shape of the face that
//! was called. The sentences are our own; nothing of a vendor's passes through.

mod call;
mod names;
mod refused;
mod render;

use std::{
    borrow::Cow,
    time::{SystemTime, UNIX_EPOCH},
};

use model::{Timestamp, limits::LimitState};

pub(crate) use refused::closed;
pub(crate) use render::body;

/// Which API the client speaks, and so how it expects to be refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Face {
    OpenAi,
    Claude,
    Gemini,
    Tasks,
}

/// What went wrong, as far as a client acts on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    BadRequest,
    Unsupported,
    ContextTooLong,
    ContentBlocked,
    BodyTooLarge,
    ContentType,
    Unauthorized,
    Forbidden,
    UnknownModel,
    UnknownPath,
    Method,
    LimitReached,
    RateLimit,
    TooLargeForLimit,
    Quota,
    /// The provider's key, not the client's token.
    Credentials,
    Overloaded,
    Upstream,
    Timeout,
    /// Our own store takes nothing, so nobody was asked.
    Storage,
    /// The vault is locked, or the gateway is ending.
    Closed,
    NoRoute,
}

/// A request that is not served.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) kind: Kind,
    /// What happened; lower case, no final stop.
    pub(crate) message: Cow<'static, str>,
    /// What to do, a full sentence.
    pub(crate) advice: Cow<'static, str>,
    /// The field that is at fault, as `messages[0].content[1].type`.
    pub(crate) field: Option<String>,
    pub(crate) retry_after_ms: Option<u64>,
    /// Whether asking again unchanged is pointless; the SDKs read it from `x-should-retry`.
    pub(crate) is_final: bool,
    pub(crate) limit: Option<Box<LimitState>>,
}

impl Fault {
    pub(crate) fn new(
        kind: Kind,
        message: impl Into<Cow<'static, str>>,
        advice: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind,
            message: message.into(),
            advice: advice.into(),
            field: None,
            retry_after_ms: None,
            is_final: kind.is_final(),
            limit: None,
        }
    }

    /// A body that holds what it must not.
    pub(crate) fn bad(
        field: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
        advice: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { field: Some(field.into()), ..Self::new(Kind::BadRequest, message, advice) }
    }

    /// Something that the vendor's API has and this gateway has not.
    pub(crate) fn unsupported(field: impl Into<String>, advice: &'static str) -> Self {
        let field = field.into();
        let message = format!("the gateway does not support what is in {field}");
        Self { field: Some(field), ..Self::new(Kind::Unsupported, message, advice) }
    }

    /// Come back after so long.
    pub(crate) fn after(mut self, ms: Option<u64>) -> Self {
        self.retry_after_ms = ms;
        self
    }

    /// On a server nobody has a vault to unlock, and whoever calls has not its disk.
    pub(crate) fn of_server(self) -> Self {
        match self.kind {
            Kind::Closed => {
                let message = "the server takes no calls now, because it is ending";
                Self::new(Kind::Closed, message, "Call another one, or this one later.")
            }
            Kind::Storage => {
                let advice = "Call again in some seconds. If it stays, tell whoever runs this server to look to its database and its disk.";
                Self { advice: advice.into(), ..self }
            }
            _ => self,
        }
    }

    /// Both sentences, as people read them.
    pub(crate) fn sentences(&self) -> String {
        let mut text = String::with_capacity(self.message.len() + self.advice.len() + 2);
        let mut letters = self.message.chars();
        text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
        text.push_str(letters.as_str());
        if !text.ends_with('.') {
            text.push('.');
        }
        if !self.advice.is_empty() {
            text.push(' ');
            text.push_str(&self.advice);
        }
        text
    }
}

/// The wall clock: reset times are told to clients as distances from it.
pub(crate) fn now() -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

/// RFC 3339 in UTC.
pub(crate) fn instant(at: Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0).map_or_else(|_| at.0.to_string(), |instant| instant.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sentences_are_joined_with_a_capital_and_a_stop() {
        let fault = Fault::new(Kind::Closed, "the vault is locked", "Unlock it.");
        assert_eq!(fault.sentences(), "The vault is locked. Unlock it.");
    }

    #[test]
    fn an_instant_is_written_as_rfc_3339() {
        assert_eq!(instant(Timestamp(1_795_564_800_000)), "2026-11-25T00:00:00Z");
    }
}
