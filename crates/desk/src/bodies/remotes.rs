//! Remotes: which there are, what is at an address, and logging in.

use std::sync::Arc;

use model::{
    Failure,
    command::{ConnectRemote, ListRemotes, ProveAtRemote, RemoveRemote, SaveRemote, TestRemote},
    sync::{REMOTE_NAME_LIMIT, RemoteProbe, RemoteSaved, RemoteSession, RemoteView, RemoteWay},
    text,
};
use store::NewRemote;
use sync::{Address, Client, LogIn, Pin, RemoteError};
use uuid::Uuid;

use crate::{
    Desk, Host,
    dispatch::Body,
    failures::{self, sync as refused},
    session::Session,
    sync::client,
};

/// Most letters of a user's name there.
const USER_NAME_LIMIT: usize = 200;

impl Body for ListRemotes {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<RemoteView>, Failure> {
        desk.session()?.remote_views().await
    }
}

impl Body for TestRemote {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RemoteProbe, Failure> {
        let session = desk.session()?;
        let address = Address::parse(&self.address).map_err(refused::address)?;
        let pin = pinned(self.pin.as_deref())?;
        session
            .until_closed(async {
                let certificate = certificate(address.clone()).await?;
                let probed = client(address, pin).await?.probe().await;
                let trouble = probed.err().map(|error| refused::trouble(&error.into()));
                Ok(RemoteProbe { reached: trouble.is_none(), certificate, trouble })
            })
            .await
    }
}

impl Body for SaveRemote {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RemoteSaved, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let address = Address::parse(&self.address).map_err(refused::address)?;
        let pin = pinned(self.pin.as_deref())?.map(|pin| pin.to_string());
        let host = address.host();
        let name = Some(self.name.trim()).filter(|name| !name.is_empty()).unwrap_or(&host);
        let name =
            text::check(name, REMOTE_NAME_LIMIT, false).map_err(|error| refused::name(error.to_string()))?;
        let user_name = match self.way {
            RemoteWay::Token => String::new(),
            RemoteWay::Password => text::check(&self.user_name, USER_NAME_LIMIT, false)
                .ok()
                .filter(|name| !name.is_empty())
                .ok_or_else(refused::user_name)?,
        };
        let before = match self.id {
            Some(id) => Some(session.store.remote(id).await.map_err(failures::store)?),
            None => None,
        };
        let id = self.id.unwrap_or_else(Uuid::now_v7);
        let typed = self.address.trim().trim_end_matches('/').to_owned();
        let sealed = match (self.secret.filter(|secret| !secret.is_empty()), before) {
            (Some(secret), _) => Some(session.vault.seal_remote(id, &typed, &secret).0),
            // What was entered for one address, and one way, is of no use elsewhere.
            (None, Some(kept))
                if !self.forget_secret && kept.address == typed && crate::sync::way(kept.way) == self.way =>
            {
                kept.sealed
            }
            _ => None,
        };
        let way = match self.way {
            RemoteWay::Password => store::RemoteWay::Password,
            RemoteWay::Token => store::RemoteWay::Token,
        };
        let act = desk.act(if self.id.is_some() { "remote.change" } else { "remote.add" });
        let new = NewRemote {
            id,
            name: &name,
            address: &typed,
            pin: pin.as_deref(),
            way,
            user_name: &user_name,
            sealed: sealed.as_deref(),
        };
        session.store.keep_remote(&new, &act).await.map_err(failures::store)?;
        session.remotes.forget(id);
        Ok(RemoteSaved { remotes: session.remote_views().await?, id })
    }
}

impl Body for RemoveRemote {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<Vec<RemoteView>, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let act = desk.act("remote.remove");
        session.store.forget_remote(self.id, &act).await.map_err(failures::store)?;
        session.remotes.forget(self.id);
        session.remote_views().await
    }
}

impl Body for ConnectRemote {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<RemoteView, Failure> {
        let session = desk.session()?;
        session.until_closed(connect(&session, self)).await
    }
}

impl Body for ProveAtRemote {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<(), Failure> {
        let session = desk.session()?;
        let client = session.remotes.client(self.id).ok_or_else(refused::logged_out)?;
        session
            .until_closed(async { client.step_up(&self.code).await.map_err(|error| refused::remote(&error)) })
            .await
    }
}

async fn connect(session: &Arc<Session>, asked: ConnectRemote) -> Result<RemoteView, Failure> {
    let kept = session.store.remote(asked.id).await.map_err(failures::store)?;
    let secret = match asked.secret.filter(|secret| !secret.is_empty()) {
        Some(typed) => typed,
        None => session.remote_secret(&kept)?.ok_or_else(refused::no_secret)?,
    };
    let address = Address::parse(&kept.address).map_err(refused::address)?;
    let client = client(address, pinned(kept.pin.as_deref())?).await?;
    match crate::sync::way(kept.way) {
        RemoteWay::Token => client.use_token(secret).await,
        RemoteWay::Password => {
            let code = asked.code.unwrap_or_else(|| model::Secret::new(""));
            let login = LogIn { user_name: &kept.user_name, password: &secret, code: &code };
            client.log_in(&login).await.map_err(|error| refused::remote(&error))?;
        }
    }
    let who = who(&client).await.map_err(|error| refused::remote(&error))?;
    session.remotes.admit(kept.id, Arc::new(client), who);
    Ok(session.remote_view(kept))
}

/// Only servers of ours tell.
async fn who(client: &Client) -> Result<RemoteSession, RemoteError> {
    match client.me().await {
        Ok(me) => Ok(RemoteSession { user_name: short(&me.user_name), role: short(&me.role) }),
        Err(RemoteError::NotFound | RemoteError::NotUnderstood { .. } | RemoteError::Refused { .. }) => {
            Ok(RemoteSession::default())
        }
        Err(error) => Err(error),
    }
}

fn short(text: &str) -> String {
    text::check(&text.chars().take(USER_NAME_LIMIT).collect::<String>(), USER_NAME_LIMIT, false)
        .unwrap_or_default()
}

fn pinned(pin: Option<&str>) -> Result<Option<Pin>, Failure> {
    let pin = pin.map(str::trim).filter(|pin| !pin.is_empty());
    pin.map(|pin| Pin::parse(pin).ok_or_else(refused::pin)).transpose()
}

/// The certificate that is shown: with a pin that no certificate has, it is said and nothing is sent.
async fn certificate(address: Address) -> Result<Option<String>, Failure> {
    let nobodys = Pin::parse(&"00".repeat(32));
    let probed = client(address, nobodys).await?.probe().await;
    Ok(match probed {
        Err(RemoteError::NotPinned { found, .. }) => Some(found),
        _ => None,
    })
}
