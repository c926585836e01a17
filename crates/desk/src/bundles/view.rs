//! The page's view, and servers as they are kept.

use bundle::ServerFile;
use model::{
    Failure,
    bundles::{BundleServerView, BundleView, BundlesView, SigningKeyView},
};
use store::{BundleServer, MadeBundle};

use super::{Scope, signing::opened};
use crate::{
    failures::{self, bundles as refused},
    session::Session,
};

/// Everything of the page.
pub(crate) async fn view(session: &Session) -> Result<BundlesView, Failure> {
    let (kept, _) = session.store.signing_key().await.map_err(failures::store)?;
    let key = match kept {
        Some(kept) => {
            let made_at = kept.made_at();
            let key = opened(session, kept)?;
            let fingerprint = key.public().fingerprint().to_string();
            Some(SigningKeyView { kid: key.public().kid().to_owned(), made_at, fingerprint })
        }
        None => None,
    };
    let servers = session.store.bundle_servers().await.map_err(failures::store)?;
    let servers: Result<Vec<BundleServerView>, Failure> = servers.iter().map(server_view).collect();
    let made = session.store.bundles().await.map_err(failures::store)?;
    let bundles = made.iter().map(|one| bundle_view(one, &made)).collect();
    Ok(BundlesView { key, servers: servers?, bundles })
}

/// A server as it is kept, whose recipient was read once already.
pub(crate) fn server_file(kept: &BundleServer) -> Result<ServerFile, Failure> {
    let recipient = kept.recipient.parse().map_err(|_| refused::server_damaged())?;
    Ok(ServerFile { id: kept.id.clone(), name: kept.name.clone(), recipient, serial: 0 })
}

/// The newest that was made for a server, with what was in it; where that goes back, what it goes back to.
pub(crate) fn newest<'a>(made: &'a [MadeBundle], server: &str) -> Option<&'a MadeBundle> {
    made.iter().find(|one| one.server_id == server)
}

fn server_view(kept: &BundleServer) -> Result<BundleServerView, Failure> {
    let fingerprint = server_file(kept)?.fingerprint().to_string();
    Ok(BundleServerView {
        id: kept.id.clone(),
        name: kept.name.clone(),
        fingerprint,
        added_at: kept.added_at(),
    })
}

fn bundle_view(one: &MadeBundle, all: &[MadeBundle]) -> BundleView {
    let scope: Scope = serde_json::from_str(&one.scope).unwrap_or_default();
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    let newest = newest(all, &one.server_id).map(|newest| newest.serial);
    BundleView {
        serial: number(one.serial),
        server_id: one.server_id.clone(),
        server_name: one.server_name.clone(),
        kid: one.kid.clone(),
        made_at: one.made_at(),
        expires_at: one.expires_at(),
        fingerprint: one.fingerprint.clone(),
        configurations: u32::try_from(scope.configurations.len()).unwrap_or(u32::MAX),
        routes: u32::try_from(scope.routes.iter().filter(|route| !route.chain.is_empty()).count())
            .unwrap_or(u32::MAX),
        again: scope.again,
        replaced_by: newest.filter(|newest| *newest != one.serial).map(number),
        is_kept: one.is_kept,
    }
}
