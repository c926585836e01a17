//! Bundles in words: how each stands, what runs out, what the next one changes, and what can be opened over the page. Deliberately
//! not here: judging a bundle, which the desk does.

use std::rc::Rc;

use model::{
    Timestamp,
    bundles::{BundleAtServer, BundleChange, BundleServerView, BundleView, BundlesView, warns_at},
};

use crate::{t, texts::name};

mod draft;
mod fields;

pub use draft::{Choice, DAYS, Draft, Step, lacks_key};

/// What only this page and its dialogs say.
pub const ENGLISH: &str = include_str!("../../locales/en/bundles.ftl");

/// Largest bundle that is read, and largest file of a server; the desk refuses more.
pub const FILE_LIMIT: f64 = 1024.0 * 1024.0;
/// Largest picture of a server's code that is read.
pub const PICTURE_LIMIT: f64 = model::bundles::PICTURE_LIMIT as f64;
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;
/// Less is counted in hours.
const TWO_DAYS_MS: i64 = 2 * DAY_MS;

/// What can lie over the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    /// A new bundle, for this server if one was chosen.
    Export(Option<Rc<str>>),
    /// A bundle that takes everything away from a server.
    Revoke(Rc<str>),
    /// A bundle that puts this one in force again at its server.
    Back(u64, Rc<str>),
    /// A server's file.
    AddServer,
    /// The question before a server is forgotten.
    RemoveServer(Rc<str>),
    /// The way to a server, with a bundle or to ask.
    Reach(Rc<str>, Option<u64>),
    /// The question before another key signs.
    ReplaceKey,
}

/// How a bundle stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It can be applied for so many days.
    Valid(i64),
    /// It can be applied for so many hours, and was made for a short time.
    ValidHours(i64),
    /// It can be applied for so many hours, and a new one is due.
    Soon(i64),
    /// It cannot be applied any more.
    Expired,
    /// A newer one took its place.
    Replaced(u64),
    /// A newer one took everything away, then.
    Revoked(Timestamp),
}

impl Standing {
    /// How one stands at an instant.
    pub fn of(one: &BundleView, all: &BundlesView, now: Timestamp) -> Self {
        if let Some(by) = one.replaced_by {
            let newer = all.bundles.iter().find(|newer| newer.serial == by);
            return match newer.filter(|newer| is_revocation(newer)) {
                Some(newer) => Self::Revoked(newer.made_at),
                None => Self::Replaced(by),
            };
        }
        match one.expires_at.0 - now.0 {
            ..=0 => Self::Expired,
            left if warns_at(one.made_at, one.expires_at) <= now => Self::Soon((left / HOUR_MS).max(1)),
            left @ ..TWO_DAYS_MS => Self::ValidHours((left / HOUR_MS).max(1)),
            left => Self::Valid(left / DAY_MS),
        }
    }

    /// Class and icon of the line that says it.
    pub fn sign(self) -> (&'static str, &'static str) {
        match self {
            Self::Valid(_) | Self::ValidHours(_) => ("ok", "okc"),
            Self::Soon(_) => ("warn", "alert"),
            Self::Expired | Self::Revoked(_) => ("danger", "xc"),
            Self::Replaced(_) => ("off", "dash"),
        }
    }
}

/// Whether a bundle takes everything away from its server.
pub fn is_revocation(one: &BundleView) -> bool {
    one.configurations == 0 && one.again.is_none()
}

/// What is in a bundle, in a few words.
pub fn contents(one: &BundleView) -> String {
    match one.again {
        Some(again) => t!("bundle-goes-back", serial = again),
        None if is_revocation(one) => t!("bundle-takes-all"),
        None => {
            let providers = t!("bundle-providers", count = one.configurations);
            t!("bundle-contents", providers = providers, routes = t!("bundle-routes", count = one.routes))
        }
    }
}

/// What its server said of it, if it was asked since.
pub fn at_server(one: &BundleView) -> Option<String> {
    one.at_server.map(|told| match told {
        BundleAtServer::InForce => t!("bundle-there"),
        BundleAtServer::NotThere => t!("bundle-not-there"),
    })
}

/// The first two groups of a fingerprint, for a narrow column.
pub fn short(fingerprint: &str) -> &str {
    fingerprint.get(..9).unwrap_or(fingerprint)
}

/// The server of a bundle, while it is known.
pub fn server<'a>(view: &'a BundlesView, id: &str) -> Option<&'a BundleServerView> {
    view.servers.iter().find(|server| server.id == id)
}

/// What runs out first of what is in force, or did: of servers that are known, and of bundles that give them something.
pub fn runs_out(view: &BundlesView, now: Timestamp) -> Option<(&BundleView, Standing)> {
    let in_force = view.bundles.iter().filter(|one| !is_revocation(one));
    let in_force = in_force.filter(|one| server(view, &one.server_id).is_some());
    let standing = in_force.map(|one| (one, Standing::of(one, view, now)));
    let due = standing.filter(|(_, standing)| matches!(standing, Standing::Soon(_) | Standing::Expired));
    due.min_by_key(|(one, _)| one.expires_at)
}

/// Bundles whose server or serial has the text in it.
pub fn found<'a>(view: &'a BundlesView, search: &str) -> Vec<&'a BundleView> {
    let search = search.trim().to_lowercase();
    let has = |one: &&BundleView| {
        one.server_name.to_lowercase().contains(&search) || one.serial.to_string().contains(&search)
    };
    view.bundles.iter().filter(has).collect()
}

/// Whether a server may still have a bundle to go back to: it keeps the newest two with contents of their own, of which the
/// newest is in force unless one that goes back is.
pub fn can_go_back(view: &BundlesView, one: &BundleView) -> bool {
    let own = view.bundles.iter().filter(|own| own.server_id == one.server_id);
    let newest = own.clone().next();
    let mut kept = own.filter(|own| own.again.is_none()).take(2);
    let is_kept = kept.any(|kept| kept.serial == one.serial);
    let in_force = newest.map(|newest| newest.again.unwrap_or(newest.serial));
    is_kept && in_force != Some(one.serial) && server(view, &one.server_id).is_some()
}

/// A change as a line: its kind, its icon, what, and how.
pub fn change(change: &BundleChange) -> (&'static str, &'static str, String, String) {
    let list = |names: &[String]| match names.is_empty() {
        true => t!("bundle-nobody"),
        false => names.iter().map(|one| name(one)).collect::<Vec<_>>().join(" \u{2192} "),
    };
    let one = |one: &Option<String>| one.as_deref().map_or_else(|| t!("bundle-nobody"), name);
    match change {
        BundleChange::Added { name: added, .. } => ("added", "plus", name(added), t!("bundle-added")),
        BundleChange::Removed { name: removed, .. } => {
            ("removed", "minus", name(removed), t!("bundle-removed"))
        }
        BundleChange::Changed { name: changed, fields, .. } => {
            // A line each.
            let fields: Vec<String> = fields.iter().map(fields::line).collect();
            ("changed", "edit", name(changed), fields.join("\n"))
        }
        BundleChange::Default { before, after } => {
            let how = t!("bundle-before-after", before = one(before), after = one(after));
            ("default", "check", t!("bundle-default"), how)
        }
        BundleChange::Route { task, before, after } => {
            let how = t!("bundle-before-after", before = list(before), after = list(after));
            ("route", "route", task.as_str().to_owned(), how)
        }
        BundleChange::Prompt { task, own } => {
            let how = if *own { t!("bundle-prompt-own") } else { t!("bundle-prompt-built-in") };
            ("prompt", "edit", task.as_str().to_owned(), how)
        }
        BundleChange::Catalog { before, after } => {
            let own = |version: &Option<String>| version.clone().unwrap_or_else(|| t!("bundle-catalog-own"));
            let how = t!("bundle-before-after", before = own(before), after = own(after));
            ("catalog", "list", t!("bundle-catalog"), how)
        }
    }
}

#[cfg(test)]
mod tests;
