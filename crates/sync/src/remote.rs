//! What this room asks of a remote, and why it may not get it. The client over HTTP is one; tests have others.

use std::{collections::BTreeMap, future::Future};

use model::{ProviderType, Secret};
use uuid::Uuid;

use crate::record::{Field, Fields, Place, Seen, There};

/// A new configuration on its way up.
pub struct Creating<'a> {
    /// Never changes.
    pub provider_type: ProviderType,
    /// What the remote is told.
    pub fields: &'a Fields,
    /// A key that a person chose to send.
    pub key: Option<&'a Secret>,
    /// Names the request, so that one that is sent again is answered as before where the remote does that.
    pub idempotency: Uuid,
}

/// A change on its way up. What is not in it stays.
#[derive(Default)]
pub struct Updating<'a> {
    /// Fields that change.
    pub fields: Fields,
    /// Places that it takes, or leaves.
    pub places: BTreeMap<Place, bool>,
    /// A key that a person chose to send.
    pub key: Option<&'a Secret>,
    /// The revision that was seen, where the remote has revisions.
    pub if_match: Option<i64>,
    /// Who has to hold a place now, by the number, where the remote has revisions; `None` is nobody. A place that moved on is no
    /// change of the configuration that takes it, so no revision says so.
    pub held_by: BTreeMap<Place, Option<i64>>,
}

/// A remote: the specification's endpoints.
pub trait Remote: Sync {
    /// Every configuration with all that the remote shows of it.
    fn list(&self) -> impl Future<Output = Result<There, RemoteError>> + Send;
    /// One configuration.
    fn get(&self, number: i64) -> impl Future<Output = Result<Seen, RemoteError>> + Send;
    /// Creates one. The answer may show only a part of it.
    fn create(&self, creating: Creating<'_>) -> impl Future<Output = Result<Seen, RemoteError>> + Send;
    /// Changes one. The answer may show only a part of it.
    fn update(
        &self,
        number: i64,
        updating: Updating<'_>,
    ) -> impl Future<Output = Result<Seen, RemoteError>> + Send;
    /// Deletes one.
    fn delete(
        &self,
        number: i64,
        if_match: Option<i64>,
    ) -> impl Future<Output = Result<(), RemoteError>> + Send;
}

/// Why a remote did not do what it was asked. Texts of the remote in it are bounded and without invisible characters.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RemoteError {
    /// Its host has no address.
    #[error("the name {host} has no address")]
    NameNotResolved {
        /// The host.
        host: String,
    },
    /// No connection was made; nothing was sent.
    #[error("{host} cannot be reached")]
    Unreachable {
        /// The host.
        host: String,
    },
    /// Its certificate is not one that this computer trusts; nothing was sent.
    #[error("the certificate of {host} is not trusted: {reason}")]
    NotTrusted {
        /// The host.
        host: String,
        /// Why.
        reason: &'static str,
    },
    /// Its certificate is not the pinned one; nothing was sent.
    #[error("the certificate of {host} is another one than was pinned")]
    NotPinned {
        /// The host.
        host: String,
        /// SHA-256 of the certificate that was shown, 64 hexadecimal digits.
        found: String,
    },
    /// The connection broke, or the time ran out, before there was a whole answer. It may have been done.
    #[error("the connection to {host} was lost before the answer was there")]
    Cut {
        /// The host.
        host: String,
    },
    /// The answer points elsewhere. It was not followed.
    #[error("the remote points to {to}, another server")]
    Redirected {
        /// The other origin, as the answer names it.
        to: String,
    },
    /// The answer is longer than any that is expected.
    #[error("the answer is longer than {limit} bytes")]
    TooLarge {
        /// Most bytes that are read.
        limit: usize,
    },
    /// The answer is not one of this API.
    #[error("the answer is not understood: {reason}")]
    NotUnderstood {
        /// Why.
        reason: &'static str,
    },
    /// The remote said that it did it, and shows something else.
    #[error("the remote did not keep what it was sent: {}", names(fields))]
    NotAsSent {
        /// Fields that differ; empty where it is not a field.
        fields: Vec<Field>,
    },
    /// Nobody is logged in, or not any more.
    #[error("the session on the remote has ended")]
    LoggedOut,
    /// Name, password or code was refused.
    #[error("the remote refused the login")]
    LoginRefused,
    /// It wants the second factor again.
    #[error("the remote asks for the second factor")]
    SecondFactorNeeded,
    /// This account may not do it.
    #[error("this account may not manage providers on the remote")]
    Forbidden,
    /// There is no such configuration, or not any more.
    #[error("the remote has no such configuration")]
    NotFound,
    /// It was changed since it was seen.
    #[error("the configuration was changed on the remote in the meantime")]
    Overtaken,
    /// Too many requests, or it is not ready.
    #[error("the remote is busy")]
    Busy {
        /// Seconds after which it may be asked again, where it says so.
        seconds: Option<u64>,
    },
    /// The same request is still being answered.
    #[error("the remote is still answering the same request")]
    StillRunning,
    /// What was sent is not right, or is against its rules.
    #[error("the remote refused it: {message}")]
    Refused {
        /// Its code for programs, empty where it has none.
        code: String,
        /// Its words.
        message: String,
        /// Its advice, empty where it gave none.
        advice: String,
    },
    /// It failed. It may have been done.
    #[error("the remote failed with status {status}")]
    Failed {
        /// The HTTP status.
        status: u16,
    },
}

impl RemoteError {
    /// Whether what was asked may have been done all the same.
    pub fn is_uncertain(&self) -> bool {
        matches!(
            self,
            Self::Cut { .. }
                | Self::TooLarge { .. }
                | Self::NotUnderstood { .. }
                | Self::NotAsSent { .. }
                | Self::Redirected { .. }
                | Self::StillRunning
                | Self::Failed { .. }
        )
    }

    /// Whether it is about this one configuration, so that others may go on.
    pub(crate) fn is_of_one(&self) -> bool {
        matches!(self, Self::Refused { .. } | Self::NotFound | Self::Overtaken)
    }

    /// What to do, full sentences.
    pub fn advice(&self) -> String {
        let fixed = match self {
            Self::NameNotResolved { .. } => "Check the address, and whether this computer is online.",
            Self::Unreachable { .. } => "Check the address and whether the server runs, then try again.",
            Self::NotTrusted { .. } => "Ask whoever runs the server; a certificate of its own can be pinned.",
            Self::NotPinned { found, .. } => {
                return format!(
                    "If the server has a new certificate, compare {found} with it, then pin that."
                );
            }
            Self::Cut { .. } => "Try again: it is looked first what has arrived, and nothing is done twice.",
            Self::Redirected { .. } => {
                "Enter the address that the server really has. Nothing was sent there."
            }
            Self::TooLarge { .. } | Self::NotUnderstood { .. } => {
                "Check that the address is that of an admin API, without anything in between."
            }
            Self::NotAsSent { .. } => {
                "Ask whoever runs the server; look at the differences again before going on."
            }
            Self::LoggedOut => "Log in again, then try again.",
            Self::LoginRefused => {
                "Check name, password and code. Each code of the authenticator app is good once."
            }
            Self::SecondFactorNeeded => "Enter a new code of the authenticator app, then try again.",
            Self::Forbidden => "Log in as a super_admin.",
            Self::NotFound | Self::Overtaken => "Look at the differences again.",
            Self::Busy { seconds: Some(seconds) } => {
                return format!("Wait {seconds} seconds, then try again.");
            }
            Self::Busy { seconds: None } | Self::StillRunning => "Wait a little, then try again.",
            Self::Refused { advice, .. } if !advice.is_empty() => return advice.clone(),
            Self::Refused { .. } => "Change it, then try again.",
            Self::Failed { .. } => "Try again. If it stays, tell whoever runs the server.",
        };
        fixed.to_owned()
    }
}

fn names(fields: &[Field]) -> String {
    fields.iter().map(|field| field.as_str()).collect::<Vec<_>>().join(", ")
}
