//! The specification's endpoints over HTTP, with what servers of ours add: revisions, identities, idempotency keys, logging in.
//! A client speaks to one address and follows no redirect, so what it sends reaches nobody else.

mod address;
mod bundles;
mod carry;
mod messages;
mod session;
mod tls;
mod told;
mod trouble;

use std::{collections::BTreeSet, time::Duration};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use model::{
    Secret,
    remote::{DeletedConfig, LoggedIn},
};
use reqwest::Method;
use serde::de::DeserializeOwned;

pub use self::{
    address::{Address, AddressError},
    session::LogIn,
    tls::Pin,
    told::{AuditEntry, AuditQuery, UsageLine},
};
use self::{
    carry::{Carrier, Question},
    messages::Config,
    session::Session,
};
use crate::{
    record::{Seen, There},
    remote::{Creating, Remote, RemoteError, Updating},
};

const CONFIGS: &str = "/api/v1/super-admin/providers/configs";
/// Details that are asked for at once, of a remote whose list does not show everything.
const AT_ONCE: usize = 8;

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The TLS library refuses its settings, or this computer has no certificates to trust.
    #[error("cannot prepare TLS")]
    Tls(#[from] rustls::Error),
    /// The HTTP library refuses its settings, or a proxy of the environment.
    #[error("cannot prepare the HTTP client")]
    Http(#[from] reqwest::Error),
}

/// How long a remote is waited for.
#[derive(Clone, Copy, Debug)]
pub struct Timeouts {
    /// For a connection.
    pub connect: Duration,
    /// For a whole answer. A remote asks the vendor about a key before it answers.
    pub whole: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self { connect: Duration::from_secs(10), whole: Duration::from_secs(90) }
    }
}

/// A client of one remote.
pub struct Client {
    carrier: Carrier,
    session: Session,
}

impl Client {
    /// A client that nobody is logged in with. With a pin, exactly that certificate is trusted, whoever signed it, and no other.
    ///
    /// # Errors
    /// See [`ClientError`].
    pub fn new(address: Address, pin: Option<Pin>, timeouts: Timeouts) -> Result<Self, ClientError> {
        Ok(Self { carrier: Carrier::new(address, pin, timeouts)?, session: Session::default() })
    }

    /// Whether an admin API is at the address. Nobody is logged in for it, so it is well when that is asked for.
    ///
    /// # Errors
    /// [`RemoteError::NotUnderstood`] when it is something else, or those of the network.
    pub async fn probe(&self) -> Result<(), RemoteError> {
        let answer = self.carrier.ask(&Question::new(Method::GET, CONFIGS), None).await?;
        match answer.status {
            200..=299 | 401 | 403 => Ok(()),
            404 => Err(RemoteError::NotUnderstood { reason: "there is no admin API at this address" }),
            _ => Err(trouble::refusal(&answer)),
        }
    }

    /// Uses a token of the host application from now on.
    pub async fn use_token(&self, token: Secret) {
        self.session.hold(token).await;
    }

    /// Logs in with password and second factor. Only servers of ours can do that.
    ///
    /// # Errors
    /// [`RemoteError::LoginRefused`], [`RemoteError::Busy`] after too many attempts, or those of the network.
    pub async fn log_in(&self, login: &LogIn<'_>) -> Result<(), RemoteError> {
        self.session.log_in(&self.carrier, login).await
    }

    /// Shows the second factor again, which new keys, deletions and higher limits ask for.
    ///
    /// # Errors
    /// [`RemoteError::LoginRefused`] for a wrong code, [`RemoteError::LoggedOut`], or those of the network.
    pub async fn step_up(&self, code: &Secret) -> Result<(), RemoteError> {
        let body = session::code_body(code);
        let question = Question::new(Method::POST, "/api/v1/auth/step-up").body(body);
        let done: Result<LoggedIn, _> = self.ask(question).await;
        match done {
            Err(RemoteError::Forbidden) => Err(RemoteError::LoginRefused),
            done => done.map(|_| ()),
        }
    }

    /// Who is logged in. Only servers of ours tell.
    ///
    /// # Errors
    /// [`RemoteError::LoggedOut`], or those of the network.
    pub async fn me(&self) -> Result<LoggedIn, RemoteError> {
        self.ask(Question::new(Method::GET, "/api/v1/auth/me")).await
    }

    async fn ask<T: DeserializeOwned>(&self, question: Question) -> Result<T, RemoteError> {
        self.session.ask(&self.carrier, question).await
    }

    async fn config(&self, question: Question) -> Result<Seen, RemoteError> {
        let config: Config = self.ask(question).await?;
        config.seen().ok_or(RemoteError::NotUnderstood { reason: "its type is unknown" })
    }
}

impl Remote for Client {
    async fn list(&self) -> Result<There, RemoteError> {
        let configs = self.ask::<Vec<Config>>(Question::new(Method::GET, CONFIGS)).await;
        let configs = match configs {
            Err(RemoteError::NotFound) => {
                return Err(RemoteError::NotUnderstood { reason: "there is no admin API at this address" });
            }
            configs => configs?,
        };
        let (mut there, mut parts, mut numbers) = (There::default(), Vec::new(), BTreeSet::new());
        for config in configs {
            if !numbers.insert(config.id) {
                return Err(RemoteError::NotUnderstood { reason: "two configurations have one number" });
            }
            match (config.id, config.seen()) {
                (number, None) => _ = there.unknown.insert(number),
                (number, Some(seen)) if seen.is_whole() => _ = there.records.insert(number, seen),
                (number, Some(_)) => parts.push(number),
            }
        }
        let details = stream::iter(parts).map(async |number| match self.get(number).await {
            Err(RemoteError::NotFound) => Ok(None),
            seen => seen.map(Some),
        });
        let details: Vec<Option<Seen>> = details.buffer_unordered(AT_ONCE).try_collect().await?;
        there.records.extend(details.into_iter().flatten().map(|seen| (seen.number, seen)));
        Ok(there)
    }

    async fn get(&self, number: i64) -> Result<Seen, RemoteError> {
        let seen = self.config(Question::new(Method::GET, &format!("{CONFIGS}/{number}"))).await?;
        about(number, seen)
    }

    async fn create(&self, creating: Creating<'_>) -> Result<Seen, RemoteError> {
        let body = messages::create(&creating);
        let question = Question::new(Method::POST, CONFIGS).body(body).idempotent(creating.idempotency);
        self.config(question).await
    }

    async fn update(&self, number: i64, updating: Updating<'_>) -> Result<Seen, RemoteError> {
        let question = Question::new(Method::PUT, &format!("{CONFIGS}/{number}"));
        let question = question.body(messages::update(&updating)).at(updating.if_match);
        let question = question.while_held(messages::held_by(&updating.held_by));
        about(number, self.config(question).await?)
    }

    async fn delete(&self, number: i64, if_match: Option<i64>) -> Result<(), RemoteError> {
        let question = Question::new(Method::DELETE, &format!("{CONFIGS}/{number}")).at(if_match);
        let DeletedConfig { deleted_id } = self.ask(question).await?;
        if deleted_id == number { Ok(()) } else { Err(RemoteError::NotUnderstood { reason: OTHER }) }
    }
}

const OTHER: &str = "it is about another configuration";

fn about(number: i64, seen: Seen) -> Result<Seen, RemoteError> {
    if seen.number == number { Ok(seen) } else { Err(RemoteError::NotUnderstood { reason: OTHER }) }
}
