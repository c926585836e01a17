//! What can go wrong on demand, and what each fault is called.

use std::{fmt, str::FromStr};

/// A way to fail. Its name is in kebab case, as in the test key `test-openai-rate-limit-0001`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fault {
    /// The vendor's answer to a key that it does not know.
    BadKey,
    /// Gemini: the key is past its date. Elsewhere the same as [`Fault::BadKey`].
    Expired,
    /// Gemini: the key was found in public and switched off. Elsewhere the same as [`Fault::BadKey`].
    Leaked,
    /// A genuine key that may not do this.
    NoPermission,
    /// OpenAI: a genuine key without the scope for listing models. Elsewhere the same as [`Fault::NoPermission`].
    Restricted,
    /// Too many requests, with the vendor's hint when to come back.
    RateLimit,
    /// Too many requests, without any hint.
    RateLimitNoHint,
    /// No credit left, in each vendor's own disguise.
    Quota,
    /// No capacity: 503, at Claude 529.
    Overloaded,
    /// The vendor's own 500.
    ServerError,
    /// A gateway's 502 with an HTML page.
    BadGatewayHtml,
    /// A good answer after [`crate::Options::slow_delay`].
    Slow,
    /// Headers, and then nothing.
    Stall,
    /// The connection breaks in the middle of the body.
    Cut,
    /// The connection breaks before any answer.
    HangUp,
    /// Status 200 and JSON's content type, but not JSON.
    Garbage,
    /// Status 200 and a web page: a sign-in page of a network.
    Html,
    /// 302 to another host, which journals whatever arrives there.
    Redirect,
    /// 308 to another path of the same host, where the answer is good.
    Moved,
    /// 404 as a server gives it that serves another API.
    NotFound,
    /// A body without end.
    Huge,
    /// A small gzip stream without end that unpacks a thousandfold.
    GzipBomb,
    /// A list without models.
    EmptyList,
    /// A list whose every page promises one more page.
    EndlessPages,
    /// A hostile server that plays the key back wherever a client might show it.
    EchoKey,
}

/// Each fault with its name and what it does.
const TABLE: [(Fault, &str, &str); 25] = [
    (Fault::BadKey, "bad-key", "the key is unknown to the vendor"),
    (Fault::Expired, "expired", "gemini: the key is past its date; elsewhere bad-key"),
    (Fault::Leaked, "leaked", "gemini: the key was reported as leaked; elsewhere bad-key"),
    (Fault::NoPermission, "no-permission", "a genuine key that may not do this (403)"),
    (Fault::Restricted, "restricted", "openai: 401 for a missing scope; elsewhere no-permission"),
    (Fault::RateLimit, "rate-limit", "429 with the vendor's hint when to come back"),
    (Fault::RateLimitNoHint, "rate-limit-no-hint", "429 without a hint"),
    (Fault::Quota, "quota", "no credit left, in the vendor's own shape"),
    (Fault::Overloaded, "overloaded", "no capacity (503, claude 529)"),
    (Fault::ServerError, "server-error", "the vendor's 500"),
    (Fault::BadGatewayHtml, "bad-gateway-html", "502 with an HTML page"),
    (Fault::Slow, "slow", "a good answer after a long delay"),
    (Fault::Stall, "stall", "headers, then nothing"),
    (Fault::Cut, "cut", "the connection breaks in the middle of the body"),
    (Fault::HangUp, "hang-up", "the connection breaks before any answer"),
    (Fault::Garbage, "garbage", "200 with nonsense"),
    (Fault::Html, "html", "200 with a sign-in page"),
    (Fault::Redirect, "redirect", "302 to another host"),
    (Fault::Moved, "moved", "308 to another path of the same host"),
    (Fault::NotFound, "not-found", "404 of a server that serves another API"),
    (Fault::Huge, "huge", "a body without end"),
    (Fault::GzipBomb, "gzip-bomb", "a compressed body without end"),
    (Fault::EmptyList, "empty-list", "a list without models"),
    (Fault::EndlessPages, "endless-pages", "every page promises one more (gemini, claude)"),
    (Fault::EchoKey, "echo-key", "a list and a request id made of the key"),
];

/// A fault's name that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown fault")]
pub struct UnknownFault;

impl Fault {
    /// All faults, for exhaustive tests.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// The name in kebab case.
    pub fn name(self) -> &'static str {
        TABLE.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Lines of name and meaning, for a help text.
    pub fn help() -> String {
        TABLE.iter().map(|(_, name, meaning)| format!("  {name:<20}{meaning}\n")).collect()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        TABLE.iter().find(|row| row.1 == text).map(|row| row.0).ok_or(UnknownFault)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_fault_has_one_name_that_leads_back_to_it() {
        for fault in Fault::all() {
            assert_eq!(fault.name().parse(), Ok(fault));
        }
        assert_eq!("no-such-fault".parse::<Fault>(), Err(UnknownFault));
    }
}
