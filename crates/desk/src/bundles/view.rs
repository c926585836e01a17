//! The page's view, and servers as they are kept.

use bundle::ServerFile;
use model::{
    Failure, ProviderId,
    bundles::{
        BundleAtServer, BundleServerAddress, BundleServerTold, BundleServerView, BundleView, BundlesView,
        SigningKeyView,
    },
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
            let (kid, public) = (key.public().kid().to_owned(), key.public().file());
            Some(SigningKeyView { kid, made_at, fingerprint, public })
        }
        None => None,
    };
    let servers = session.store.bundle_servers().await.map_err(failures::store)?;
    let made = session.store.bundles().await.map_err(failures::store)?;
    let kid = key.as_ref().map(|key| key.kid.as_str());
    let views: Result<Vec<BundleServerView>, Failure> =
        servers.iter().map(|server| server_view(server, kid, &made)).collect();
    let bundles = made.iter().map(|one| bundle_view(one, &made, &servers)).collect();
    Ok(BundlesView { key, servers: views?, bundles })
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

/// What a bundle is in force with, of those that are still known: what it has itself, or what it goes back to.
pub(crate) fn in_force(made: &[MadeBundle], bundle: &MadeBundle) -> Scope {
    let scope: Scope = serde_json::from_str(&bundle.scope).unwrap_or_default();
    let Some(again) = scope.again else { return scope };
    let is_it =
        |one: &&MadeBundle| one.server_id == bundle.server_id && u64::try_from(one.serial) == Ok(again);
    made.iter().find(is_it).and_then(|one| serde_json::from_str(&one.scope).ok()).unwrap_or_default()
}

fn server_view(
    kept: &BundleServer,
    kid: Option<&str>,
    made: &[MadeBundle],
) -> Result<BundleServerView, Failure> {
    let fingerprint = server_file(kept)?.fingerprint().to_string();
    let told = kept.told().map(|(at, serial)| {
        let trusts = kid.is_some() && kept.trusts_kid.as_deref() == kid;
        BundleServerTold { at, serial, trusts }
    });
    let chosen: Vec<ProviderId> =
        newest(made, &kept.id).map(|one| in_force(made, one).ids()).unwrap_or_default();
    let reached_at = kept.url.clone().map(|url| BundleServerAddress { url, pin: kept.pin.clone() });
    Ok(BundleServerView {
        chosen,
        reached_at,
        told,
        id: kept.id.clone(),
        name: kept.name.clone(),
        fingerprint,
        added_at: kept.added_at(),
    })
}

fn bundle_view(one: &MadeBundle, all: &[MadeBundle], servers: &[BundleServer]) -> BundleView {
    let scope: Scope = serde_json::from_str(&one.scope).unwrap_or_default();
    let number = |number: i64| u64::try_from(number).unwrap_or(0);
    let newest = newest(all, &one.server_id).map(|newest| newest.serial);
    let replaced_by = newest.filter(|newest| *newest != one.serial).map(number);
    let told = servers.iter().find(|server| server.id == one.server_id).and_then(BundleServer::told);
    // A server that was asked before this one was made has not been asked about it.
    let told = told.filter(|(at, _)| *at >= one.made_at() && replaced_by.is_none());
    let at_server = told.map(|(_, serial)| match serial >= number(one.serial) {
        true => BundleAtServer::InForce,
        false => BundleAtServer::NotThere,
    });
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
        replaced_by,
        at_server,
        is_kept: one.is_kept,
    }
}
