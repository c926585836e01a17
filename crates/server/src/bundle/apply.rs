//! Judging a bundle and putting it in force.

use bundle::{BundledCatalog, Configured, Contents, Expected, Verified, VerifyError};
use model::{Secret, Timestamp};
use providers::Form;
use serde_json::json;
use store::{Act, BundleChange, BundledConfig, CatalogChange, Database, KeyChange, NewKey};
use vault::RootKey;

use super::{BundleError, fit, highest, keys, not_before, own_identity};
use crate::app::open_key;

/// What came into force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// Whose it is.
    pub issuer: String,
    /// Its number.
    pub serial: u64,
    /// What people compare.
    pub fingerprint: String,
    /// Until when it may be applied.
    pub expires_at: Timestamp,
    /// How many configurations are in it.
    pub configurations: usize,
    /// The one of before that it puts in force again.
    pub again: Option<u64>,
}

/// A bundle that may be put in force, with what it brings.
pub(super) struct Judged {
    verified: Verified,
    contents: Contents,
    again: Option<u64>,
}

/// All checks, in crate `bundle`'s order, and then whether its models fit their places. Nothing is changed.
pub(super) async fn judge(
    root: &RootKey,
    store: &Database,
    file: &[u8],
    now: Timestamp,
) -> Result<Judged, BundleError> {
    let (trusted, mut all) = keys(store).await?;
    let signed = bundle::read(file, &trusted)?;
    let accepted = store.accepted_bundles().await?;
    let serial = highest(&accepted, signed.issuer());
    let (seen, expires_at) = (not_before(store, &accepted, now).await?, signed.expires_at());
    let verified = signed.expect(&Expected { server_id: root.server_id(), now: seen, serial });
    let verified = verified.map_err(|error| match error {
        VerifyError::Expired if now < expires_at => BundleError::ClockBehind { seen },
        error => error.into(),
    })?;
    let identity = own_identity(root)?;
    let contents = verified.open(&identity)?;
    let Some(again) = contents.again else {
        fit::require(store, &contents).await?;
        return Ok(Judged { verified, contents, again: None });
    };
    // What was accepted was judged then; it lies where nobody else writes. Its key may have been replaced since.
    let issuer = verified.signed().issuer();
    let kept = store.accepted_body(issuer, again).await?.ok_or(BundleError::NotKept(again))?;
    all.extend(trusted);
    let mut contents = bundle::read(kept.as_bytes(), &all)?.open(&identity)?;
    // What came since beside its configurations goes with it.
    let newest = accepted.iter().find(|one| one.issuer == issuer && u64::try_from(one.serial) == Ok(serial));
    let in_force = newest.and_then(|one| u64::try_from(one.again.unwrap_or(one.serial)).ok());
    let in_force = in_force.filter(|in_force| *in_force != again);
    let body = match in_force {
        Some(in_force) => store.accepted_body(issuer, in_force).await?,
        None => None,
    };
    if let Some(body) = body {
        let now = bundle::read(body.as_bytes(), &all)?.open(&identity)?;
        contents.take_back(&now, gateway::catalog_version);
    }
    Ok(Judged { verified, contents, again: Some(again) })
}

/// Puts a bundle in force: the new serial with all that it brings, or nothing. The log of acts tells one that brings contents of its
/// own from one that goes back, and both from one that was refused.
pub(crate) async fn apply(
    root: &RootKey,
    store: &Database,
    file: &[u8],
    act: &Act,
) -> Result<Applied, BundleError> {
    let done = put_in_force(root, store, file, act).await;
    if let Err(error) = &done {
        refused(store, act, error).await;
    }
    done
}

/// Notes that a bundle was refused. Nothing comes of it, so that a log that cannot be written refuses nothing more.
pub(super) async fn refused(store: &Database, act: &Act, error: &BundleError) {
    if !error.is_of_bundle() {
        return;
    }
    let act = Act { action: "bundle.refused", ..act.clone() };
    if let Err(error) = store.record_all(vec![(act, json!({ "because": error.to_string() }))]).await {
        tracing::error!(%error, "that a bundle was refused is not in the log of acts");
    }
}

/// The same without a word of what was refused.
pub(super) async fn put_in_force(
    root: &RootKey,
    store: &Database,
    file: &[u8],
    act: &Act,
) -> Result<Applied, BundleError> {
    let judged = judge(root, store, file, act.at).await?;
    let applied = judged.says();
    let action = if applied.again.is_some() { "bundle.back" } else { "bundle.apply" };
    let act = &Act { action, ..act.clone() };
    let signed = judged.verified.signed();
    let mut configurations = Vec::with_capacity(judged.contents.configurations.len());
    for (place, one) in judged.contents.configurations.iter().enumerate() {
        let form = form(one).ok_or(BundleError::Field(place + 1))?;
        let key = key_change(root, store, one, &form, act.at).await?;
        configurations.push(BundledConfig { id: one.id, draft: form.draft, key });
    }
    let change = BundleChange {
        issuer: signed.issuer(),
        serial: signed.serial(),
        kid: signed.kid(),
        fingerprint: &applied.fingerprint,
        issued_at: signed.issued_at(),
        expires_at: signed.expires_at(),
        again: judged.again,
        body: judged.again.is_none().then(|| std::str::from_utf8(file).unwrap_or_default()),
        configurations,
        default: judged.contents.default,
        routes: judged.contents.routes.clone(),
        prompts: judged.contents.prompts.iter().map(|one| (one.task.clone(), one.prompt.clone())).collect(),
        catalog: judged.contents.catalog.as_ref().map(catalog_change),
    };
    store.apply_bundle(change, act).await?;
    Ok(applied)
}

impl Judged {
    pub(super) fn says(&self) -> Applied {
        let signed = self.verified.signed();
        Applied {
            issuer: signed.issuer().to_owned(),
            serial: signed.serial(),
            fingerprint: signed.fingerprint().to_string(),
            expires_at: signed.expires_at(),
            configurations: self.contents.configurations.len(),
            again: self.again,
        }
    }

    pub(super) fn contents(&self) -> &Contents {
        &self.contents
    }
}

fn catalog_change(catalog: &BundledCatalog) -> CatalogChange {
    match catalog {
        BundledCatalog::Comes(catalog) => {
            CatalogChange::Comes { version: gateway::catalog_version(catalog), catalog: catalog.clone() }
        }
        BundledCatalog::Goes(version) => CatalogChange::Goes { version: version.clone() },
    }
}

/// As if a person had entered it; what no form takes is in no database.
fn form(one: &Configured) -> Option<Form> {
    let key = one.key.as_ref().map(|key| Secret::new(key.expose()));
    let form = Form::check(one.draft.clone(), key, false, None).ok()?;
    // The text that the desk saw is the one that is served by.
    (form.draft == one.draft).then_some(form)
}

/// A key that is there already keeps its seal, so that a bundle without changes changes nothing.
async fn key_change(
    root: &RootKey,
    store: &Database,
    one: &Configured,
    form: &Form,
    now: Timestamp,
) -> Result<KeyChange, BundleError> {
    let there = store.provider(one.id).await.ok();
    let Some(key) = &form.typed_key else {
        let has_one = there.is_some_and(|there| there.sealed_key.is_some());
        return Ok(if has_one { KeyChange::Remove } else { KeyChange::Keep });
    };
    if let Some(mut there) = there {
        there.draft.base_url.clone_from(&form.draft.base_url);
        let is_same = |opened: Secret| opened.expose() == key.expose();
        if open_key(root, &there).ok().flatten().is_some_and(is_same) {
            return Ok(KeyChange::Keep);
        }
    }
    Ok(KeyChange::Replace(NewKey {
        sealed: root.seal_key(one.id.0, form.base_url.as_str(), key).0,
        last_four: providers::last_four(key),
        // Another computer's clock may be ahead.
        entered_at: one.key_entered_at.map_or(now, |at| at.min(now)),
    }))
}
