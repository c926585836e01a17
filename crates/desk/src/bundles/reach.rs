//! A server's admin API, reached for one upload or one question. Who asks is logged out again, and nothing of the login is kept.

use bundle::ServerFile;
use model::{
    Failure,
    bundles::BundleServerLogin,
    remote::{AppliedBundle, Bundles},
};
use store::{Act, ToldByServer};
use sync::{Address, Client, LogIn, Pin, Timeouts};

use super::{issuer, signing_key};
use crate::{
    failures::{self, bundles as refused},
    session::Session,
};

/// A server that was reached and is the one that was meant.
pub(crate) struct Reached {
    client: Client,
    url: String,
    pin: Option<String>,
    told: Bundles,
}

impl Reached {
    /// Logs in, and compares who answers with the server that was imported.
    pub(crate) async fn at(server: &ServerFile, login: &BundleServerLogin) -> Result<Self, Failure> {
        let address = Address::parse(&login.url).map_err(refused::address)?;
        let pin = match login.pin.trim() {
            "" => None,
            text => Some(Pin::parse(text).ok_or_else(refused::pin)?),
        };
        let client = Client::new(address, pin, Timeouts::default()).map_err(refused::client)?;
        let (password, code) = (&login.password, &login.code);
        let log_in = LogIn { user_name: login.user_name.trim(), password, code };
        client.log_in(&log_in).await.map_err(refused::remote)?;
        let url = login.url.trim().trim_end_matches('/').to_owned();
        match client.bundles().await {
            Ok(told) if is_it(&told, server) => {
                Ok(Self { client, url, pin: pin.map(|pin| pin.to_string()), told })
            }
            other => {
                log_out(&client).await;
                other.map_err(refused::remote)?;
                Err(refused::other_server())
            }
        }
    }

    /// Brings a bundle there; what it says then is asked anew.
    pub(crate) async fn upload(&mut self, bundle: &str) -> Result<AppliedBundle, Failure> {
        let done = self.client.upload_bundle(bundle).await;
        if let Ok(told) = self.client.bundles().await {
            self.told = told;
        }
        done.map_err(refused::remote)
    }

    /// Leaves, and keeps what the server said.
    pub(crate) async fn leave(
        self,
        session: &Session,
        server: &ServerFile,
        act: &Act,
    ) -> Result<(), Failure> {
        log_out(&self.client).await;
        let issuer = issuer(session);
        let accepted = self.told.accepted.iter().filter(|one| one.issuer == issuer);
        let serial = accepted.map(|one| one.serial).max().unwrap_or(0);
        let trusts_kid = match signing_key(session).await {
            Ok(key) => {
                let (kid, fingerprint) = (key.public().kid(), key.public().fingerprint().to_string());
                let mut trusted = self.told.trusted.iter();
                let is_ours = trusted.any(|one| one.issuer == issuer && one.fingerprint == fingerprint);
                is_ours.then(|| kid.to_owned())
            }
            Err(_) => None,
        };
        let told = ToldByServer {
            id: &server.id,
            url: &self.url,
            pin: self.pin.as_deref(),
            serial: serial.min(i64::MAX.unsigned_abs()),
            trusts_kid: trusts_kid.as_deref(),
        };
        session.store.keep_told(&told, act).await.map_err(failures::store)
    }
}

fn is_it(told: &Bundles, server: &ServerFile) -> bool {
    told.server_id == server.id && told.recipient == server.recipient.to_string()
}

/// The session would end by itself; that it cannot be ended now is no reason to say that nothing was done.
async fn log_out(client: &Client) {
    if let Err(error) = client.log_out().await {
        tracing::debug!(%error, "the session at a server was not ended");
    }
}
