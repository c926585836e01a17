//! Why a call failed, in our own words. Not here: what a vendor's error means, which is the vendors' own to read.

use std::time::Duration;

use model::{CallError, ErrorClass, TokenUsage};

use super::unfit::Unfit;
use crate::{
    Target,
    finding::Refusal,
    key::KeyFault,
    transport::Trouble,
    words::{self, CallScene},
};

/// Why a call failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The key was not sent.
    Key(KeyFault),
    /// Nothing was sent, because it would be refused.
    Unfit(Unfit),
    /// The vendor, or something in its place, said no.
    Refused(Refusal),
    /// No whole answer.
    Trouble(Trouble),
    /// An answer that is of no use.
    Answer(AnswerFault),
}

/// What is wrong with an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerFault {
    /// A filter stepped in before it began.
    Blocked,
    /// It lacks its end.
    Unfinished,
    /// It is not in the vendor's shape.
    Unreadable,
    /// More than any model writes.
    Oversized,
    /// Degraded to an instruction, the schema was not held to.
    BreaksSchema,
}

impl From<KeyFault> for Failure {
    fn from(fault: KeyFault) -> Self {
        Self::Key(fault)
    }
}

impl From<Unfit> for Failure {
    fn from(unfit: Unfit) -> Self {
        Self::Unfit(unfit)
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Trouble> for Failure {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl From<AnswerFault> for Failure {
    fn from(fault: AnswerFault) -> Self {
        Self::Answer(fault)
    }
}

impl Failure {
    pub(crate) fn class(&self) -> ErrorClass {
        match self {
            Self::Key(_) => ErrorClass::InvalidKey,
            Self::Unfit(unfit) => unfit.class(),
            Self::Refused(refusal) => refusal.cause.class(),
            Self::Trouble(trouble) => of_trouble(trouble),
            Self::Answer(AnswerFault::Blocked) => ErrorClass::ContentBlocked,
            Self::Answer(AnswerFault::BreaksSchema) => ErrorClass::Quality,
            Self::Answer(_) => ErrorClass::Protocol,
        }
    }

    /// Whether the vendor may have carried the call out though nothing of an answer came back: a connection that broke
    /// once it stood. One that was never made carried nothing.
    fn may_have_arrived(&self) -> bool {
        matches!(self, Self::Trouble(Trouble::Broken))
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            _ => None,
        }
    }
}

fn of_trouble(trouble: &Trouble) -> ErrorClass {
    match trouble {
        Trouble::NameNotResolved { .. }
        | Trouble::Refused
        | Trouble::Unreachable
        | Trouble::Broken
        | Trouble::Tls(_)
        | Trouble::Connection => ErrorClass::Network,
        Trouble::TimedOut(_) => ErrorClass::Timeout,
        Trouble::CutOff
        | Trouble::Undecodable
        | Trouble::TooLarge
        | Trouble::NotHttp
        | Trouble::Redirected { .. }
        | Trouble::RedirectLoop => ErrorClass::Protocol,
    }
}

/// How far a call had come when it failed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reached {
    pub(crate) status: Option<u16>,
    pub(crate) request_id: Option<String>,
    pub(crate) usage: Option<TokenUsage>,
    pub(crate) answer_began: bool,
}

/// The error that the caller gets.
pub(crate) fn error(failure: &Failure, reached: Reached, scene: &CallScene) -> CallError {
    let (message, advice) = words::of_call(failure, scene);
    let milliseconds = |wait: Duration| u64::try_from(wait.as_millis()).unwrap_or(u64::MAX);
    CallError {
        class: failure.class(),
        message,
        advice,
        http_status: reached.status,
        retry_after_ms: failure.retry_after().map(milliseconds),
        request_id: reached.request_id,
        usage: reached.usage,
        answer_began: reached.answer_began,
        may_have_arrived: failure.may_have_arrived(),
    }
}

/// The error of a call that was not sent.
pub(crate) fn unsent(failure: &Failure, target: &Target<'_>) -> CallError {
    error(failure, Reached::default(), &CallScene::of(target))
}
