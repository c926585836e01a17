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
    /// 302 to the same address without TLS; where there was none anyway, the answer there is good.
    Downgrade,
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
    /// Too many requests, with the hint in milliseconds.
    RateLimitMs,
    /// Too many requests, with the hint as an HTTP date.
    RateLimitDate,
    /// OpenAI: one call above the limit of a minute; waiting does not help. Elsewhere the same as [`Fault::RateLimit`].
    TooLarge,
    /// A limit of money or of a day, in the vendor's second disguise.
    SpendLimit,
    /// The vendor's answer to a model that it does not have, or no longer has for this key.
    ModelGone,
    /// A good answer whose headers say that nothing is left until later (OpenAI, Claude).
    NothingLeft,
    /// The first call ends with the vendor's 500, all later ones are answered.
    FailOnce,
    /// The first call is one too many, with the hint to come back at once; all later ones are answered.
    RateLimitOnce,
    /// Every second call ends with the vendor's 500, beginning with the first.
    Flaky,
    /// A stream that closes without its terminator, after some text.
    StreamCut,
    /// The vendor's error in the middle of a stream that began with status 200.
    StreamError,
    /// A stream that falls silent after some text.
    StreamStall,
    /// A good stream, byte by byte.
    StreamSplit,
    /// A stream with a line in the middle that is neither JSON nor UTF-8.
    StreamGarbage,
    /// A stream in good JSON in which half a character of the text is missing.
    StreamHalfCharacter,
    /// A stream that never ends.
    StreamEndless,
    /// Twenty megabytes of text, in a stream on two lines.
    LongLine,
    /// A good answer that says it is a web page.
    WrongContentType,
    /// An answer that ends well and says nothing.
    EmptyAnswer,
    /// An answer, or a tool's arguments, that break the schema asked for.
    SchemaBreak,
    /// The model refuses, with status 200.
    Refusal,
    /// The vendor's filter steps in, with status 200; at Gemini before the answer, so that there is none.
    ContentFilter,
    /// Gemini: an error in the middle of a stream as lines that are no server-sent event.
    /// Elsewhere the same as [`Fault::StreamError`].
    RawJsonErrorLine,
    /// OpenAI's Responses: an answer with status 200 that says it failed.
    /// Elsewhere the same as [`Fault::StreamError`].
    ResponseFailed,
    /// A good answer that does not say what it took.
    NoUsage,
}

/// Each fault with its name and what it does.
const TABLE: [(Fault, &str, &str); 26] = [
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
    (Fault::Downgrade, "downgrade", "302 to the same address without TLS"),
    (Fault::NotFound, "not-found", "404 of a server that serves another API"),
    (Fault::Huge, "huge", "a body without end"),
    (Fault::GzipBomb, "gzip-bomb", "a compressed body without end"),
    (Fault::EmptyList, "empty-list", "a list without models"),
    (Fault::EndlessPages, "endless-pages", "every page promises one more (gemini, claude)"),
    (Fault::EchoKey, "echo-key", "an answer and a request id made of the key"),
];

/// Faults that only calls of a model meet; lists of models are answered well.
const OF_GENERATION: [(Fault, &str, &str); 25] = [
    (Fault::RateLimitMs, "rate-limit-ms", "429 with the hint in milliseconds"),
    (Fault::RateLimitDate, "rate-limit-date", "429 with the hint as an HTTP date"),
    (Fault::TooLarge, "too-large", "openai: one call above the limit; elsewhere rate-limit"),
    (Fault::SpendLimit, "spend-limit", "a limit of money or of a day, in the vendor's shape"),
    (Fault::ModelGone, "model-gone", "the vendor does not have the model"),
    (Fault::NothingLeft, "nothing-left", "a good answer; its headers say that nothing is left"),
    (Fault::FailOnce, "fail-once", "the vendor's 500, then good answers"),
    (Fault::RateLimitOnce, "rate-limit-once", "429 with a short hint, then good answers"),
    (Fault::Flaky, "flaky", "the vendor's 500 on every second call, from the first"),
    (Fault::StreamCut, "stream-cut", "a stream closes without its terminator"),
    (Fault::StreamError, "stream-error", "the vendor's error after status 200"),
    (Fault::StreamStall, "stream-stall", "a stream falls silent"),
    (Fault::StreamSplit, "stream-split", "a good stream, byte by byte"),
    (Fault::StreamGarbage, "stream-garbage", "a line of nonsense in a stream"),
    (Fault::StreamHalfCharacter, "stream-half-character", "half a character in a stream of good JSON"),
    (Fault::StreamEndless, "stream-endless", "a stream never ends"),
    (Fault::LongLine, "long-line", "20 MB of text, in a stream on two lines"),
    (Fault::WrongContentType, "wrong-content-type", "a good answer that says it is a web page"),
    (Fault::EmptyAnswer, "empty-answer", "an answer ends well and says nothing"),
    (Fault::SchemaBreak, "schema-break", "an answer breaks the schema asked for"),
    (Fault::Refusal, "refusal", "the model refuses (200)"),
    (Fault::ContentFilter, "content-filter", "the vendor's filter steps in (200)"),
    (Fault::RawJsonErrorLine, "raw-json-error-line", "gemini: an error in a stream as bare JSON"),
    (Fault::ResponseFailed, "response-failed", "openai: a response that says it failed (200)"),
    (Fault::NoUsage, "no-usage", "a good answer that does not say what it took"),
];

/// A fault's name that does not exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown fault")]
pub struct UnknownFault;

impl Fault {
    /// All faults, for exhaustive tests.
    pub fn all() -> impl Iterator<Item = Self> {
        rows().map(|row| row.0)
    }

    /// Whether only calls of a model meet it; lists of models are then answered well.
    pub fn is_of_generation(self) -> bool {
        OF_GENERATION.iter().any(|row| row.0 == self)
    }

    /// The name in kebab case.
    pub fn name(self) -> &'static str {
        rows().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// Lines of name and meaning, for a help text.
    pub fn help() -> String {
        rows().map(|(_, name, meaning)| format!("  {name:<23}{meaning}\n")).collect()
    }
}

fn rows() -> impl Iterator<Item = &'static (Fault, &'static str, &'static str)> {
    TABLE.iter().chain(&OF_GENERATION)
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Fault {
    type Err = UnknownFault;

    fn from_str(text: &str) -> Result<Self, UnknownFault> {
        rows().find(|row| row.1 == text).map(|row| row.0).ok_or(UnknownFault)
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
