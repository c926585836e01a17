//! Bundles at a server of ours: brought there, and asked about. What a bundle says is judged by the server and by its signature.

use model::remote::{AppliedBundle, Bundles};
use reqwest::Method;
use serde::{Deserialize, Serialize};

use super::{Client, carry::Question, session::wiped};
use crate::remote::RemoteError;

const BUNDLES: &str = "/api/v1/super-admin/bundles";

/// Nothing of it is needed.
#[derive(Deserialize)]
struct LoggedOut {}

impl Client {
    /// Who the server is to those who make bundles, whom it trusts, and what it accepted.
    ///
    /// # Errors
    /// [`RemoteError::NotUnderstood`] where there is no such server, [`RemoteError::LoggedOut`], or those of the network.
    pub async fn bundles(&self) -> Result<Bundles, RemoteError> {
        match self.ask(Question::new(Method::GET, BUNDLES)).await {
            Err(RemoteError::NotFound) => {
                Err(RemoteError::NotUnderstood { reason: "there is no server for bundles at this address" })
            }
            answer => answer,
        }
    }

    /// Brings a bundle there. A server takes each serial once, so that the same again changes nothing.
    ///
    /// # Errors
    /// [`RemoteError::Refused`] with the server's reason, [`RemoteError::LoggedOut`], or those of the network.
    pub async fn upload_bundle(&self, bundle: &str) -> Result<AppliedBundle, RemoteError> {
        #[derive(Serialize)]
        struct Body<'a> {
            bundle: &'a str,
        }
        self.ask(Question::new(Method::POST, BUNDLES).body(wiped(&Body { bundle }))).await
    }

    /// Ends the session there.
    ///
    /// # Errors
    /// [`RemoteError::LoggedOut`], or those of the network.
    pub async fn log_out(&self) -> Result<(), RemoteError> {
        self.ask::<LoggedOut>(Question::new(Method::POST, "/api/v1/auth/logout")).await.map(|_| ())
    }
}
