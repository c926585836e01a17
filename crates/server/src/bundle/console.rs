//! What can be done at the console: on the embedded database while the server does not run, on PostgreSQL beside servers, which hear of it.
//! One that runs takes bundles from a folder or over HTTP.

use std::path::Path;

use bundle::{BundledCatalog, ServerFile};
use model::Timestamp;
use store::{AcceptedBundle, CLOCK_ACCEPTED, TrustedIssuer};

use super::{
    Applied, BundleError, Trusted, apply as force, highest, own_file, read_bounded, trust as trusting,
};
use crate::{Now, Site, app};

/// What a bundle would bring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    /// What it says.
    pub says: Applied,
    /// Its configurations: name, type, model.
    pub configurations: Vec<[String; 3]>,
    /// Its routes: a task, and who serves it in which order.
    pub routes: Vec<(String, Vec<String>)>,
    /// Tasks whose instructions it changes, and whether they have their own then.
    pub prompts: Vec<(String, bool)>,
    /// What becomes of the catalogue of prices: its version, and whether it comes or goes.
    pub catalog: Option<(String, bool)>,
}

/// This server as a desktop imports it.
///
/// # Errors
/// See [`BundleError`].
pub async fn identity(site: &Site, name: Option<&str>) -> Result<ServerFile, BundleError> {
    let accepted = site.store.accepted_bundles().await?;
    let serial = accepted.iter().map(|one| highest(&accepted, &one.issuer)).max().unwrap_or(0);
    own_file(&site.root, name.unwrap_or(&app::machine()), serial)
}

/// Trusts a signing key, or the one that takes its place.
///
/// # Errors
/// See [`BundleError`].
pub async fn trust(
    site: &Site,
    file: &Path,
    compared: Option<&str>,
    now: &Now,
) -> Result<Trusted, BundleError> {
    let act = app::console_act("bundle.trust", now);
    trusting::trust(&site.store, &read_bounded(file)?, compared, &act).await
}

/// Judges a bundle, and says what it would bring. Nothing is changed.
///
/// # Errors
/// See [`BundleError`].
pub async fn look(site: &Site, file: &Path, now: &Now) -> Result<Looked, BundleError> {
    let judged = force::judge(&site.root, &site.store, &read_bounded(file)?, now()).await?;
    let contents = judged.contents();
    let name = |id: &model::ProviderId| {
        let found = contents.configurations.iter().find(|one| one.id == *id);
        found.map(|one| one.draft.display_name.clone()).unwrap_or_default()
    };
    let configurations = contents.configurations.iter().map(|one| {
        let draft = &one.draft;
        [draft.display_name.clone(), draft.provider_type.label().to_owned(), draft.model_name.clone()]
    });
    let routes = contents.routes.iter().map(|route| {
        (route.task.to_string(), route.chain.iter().map(|member| name(&member.provider)).collect())
    });
    let prompts = contents.prompts.iter().map(|one| (one.task.to_string(), one.prompt.is_some()));
    let catalog = contents.catalog.as_ref().map(|catalog| match catalog {
        BundledCatalog::Comes(catalog) => (gateway::catalog_version(catalog), true),
        BundledCatalog::Goes(version) => (version.clone(), false),
    });
    Ok(Looked {
        says: judged.says(),
        configurations: configurations.collect(),
        routes: routes.collect(),
        prompts: prompts.collect(),
        catalog,
    })
}

/// Puts a bundle in force.
///
/// # Errors
/// See [`BundleError`].
pub async fn apply(site: &Site, file: &Path, now: &Now) -> Result<Applied, BundleError> {
    let act = app::console_act("bundle.apply", now);
    force::apply(&site.root, &site.store, &read_bounded(file)?, &act).await
}

/// Puts a bundle in force that puts an earlier one in force again: never an old file, always a new serial.
///
/// # Errors
/// [`BundleError::NotBack`] for any other bundle.
pub async fn back(site: &Site, file: &Path, now: &Now) -> Result<Applied, BundleError> {
    let bytes = read_bounded(file)?;
    let judged = force::judge(&site.root, &site.store, &bytes, now()).await?;
    if judged.says().again.is_none() {
        return Err(BundleError::NotBack);
    }
    let act = app::console_act("bundle.back", now);
    force::apply(&site.root, &site.store, &bytes, &act).await
}

/// Counts from what the clock shows now, because a person says that it is right and was ahead by mistake before. Gives back the
/// latest time that was seen.
///
/// # Errors
/// See [`BundleError`].
pub async fn accept_clock(site: &Site, now: &Now) -> Result<Timestamp, BundleError> {
    let (latest, act) = (site.store.latest_act().await?, app::console_act(CLOCK_ACCEPTED, now));
    site.store.record(&act).await?;
    Ok(latest.unwrap_or(act.at))
}

/// Whom this server trusts and what it accepted.
///
/// # Errors
/// See [`BundleError`].
pub async fn show(site: &Site) -> Result<(Vec<TrustedIssuer>, Vec<AcceptedBundle>), BundleError> {
    let store = &site.store;
    Ok((store.bundle_issuers().await?, store.accepted_bundles().await?))
}

impl Looked {
    /// Until when it may be applied.
    pub fn expires_at(&self) -> Timestamp {
        self.says.expires_at
    }
}
