//! Bundles at their server: brought there directly, and asked about.

use model::{
    Failure,
    bundles::{BundleServerLogin, BundlesView},
    command::{AskBundleServer, UploadBundle},
};
use store::StoreError;

use crate::{
    Desk, Host,
    bundles::{self, Reached},
    dispatch::Body,
    failures::{self, bundles as refused},
    session::Session,
};

impl Body for UploadBundle {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundlesView, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let body = session.store.bundle_body(self.serial).await.map_err(|error| match error {
            StoreError::Gone => refused::not_kept(),
            other => failures::store(other),
        })?;
        let made = session.store.bundles().await.map_err(failures::store)?;
        let is_it = |one: &&store::MadeBundle| u64::try_from(one.serial) == Ok(self.serial);
        let server = made.iter().find(is_it).map(|one| one.server_id.clone());
        let server = server.ok_or_else(refused::not_kept)?;
        reach(desk, &session, &server, &self.login, Some(&body)).await
    }
}

impl Body for AskBundleServer {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<BundlesView, Failure> {
        let session = desk.session()?;
        reach(desk, &session, &self.id, &self.login, None).await
    }
}

async fn reach<H: Host>(
    desk: &Desk<H>,
    session: &Session,
    id: &str,
    login: &BundleServerLogin,
    body: Option<&str>,
) -> Result<BundlesView, Failure> {
    let servers = session.store.bundle_servers().await.map_err(failures::store)?;
    let kept = servers.iter().find(|one| one.id == id).ok_or_else(refused::no_server)?;
    let server = bundles::server_file(kept)?;
    let mut reached = Reached::at(&server, login).await?;
    let done = match body {
        Some(body) => reached.upload(body).await.map(|_| ()),
        None => Ok(()),
    };
    // Whatever became of it, what the server said is kept; the entry says what was done.
    let action = match (&body, &done) {
        (None, _) => "bundle.ask_server",
        (Some(_), Ok(())) => "bundle.upload",
        (Some(_), Err(_)) => "bundle.upload_refused",
    };
    let kept = reached.leave(session, &server, &desk.act(action)).await;
    done?;
    kept?;
    bundles::view(session).await
}
