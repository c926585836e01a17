//! What arrived: enough to prove what a client sent and what it never sent, and no key.

use std::{
    collections::HashSet,
    sync::{Mutex, PoisonError},
};

use axum::http::{HeaderMap, request::Parts};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{
    key,
    vendor::{Sent, Vendor},
};

/// Which listener a request came in by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Listener {
    /// The vendors' APIs over plain HTTP.
    Plain,
    /// The vendors' APIs behind the self-signed certificate.
    Tls,
    /// The other host, to which redirects point.
    Elsewhere,
}

/// One request. Header values are left out, because some hold keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Where it arrived.
    pub listener: Listener,
    /// The HTTP method.
    pub method: String,
    /// Path and query, as sent; `(withheld)` when a known key is in it.
    pub path_and_query: String,
    /// The host that the request names, from its URI or its `Host` header.
    pub host: String,
    /// Names of all headers, in lower case, sorted.
    pub header_names: Vec<String>,
    /// The key found in the header where this vendor wants it: a test key by its name, any other by its kind.
    pub credential: Option<String>,
    /// Whether any key that this simulator has ever seen stands anywhere else: another header, the URL or the body.
    /// On the listener elsewhere, every header counts as anywhere else.
    pub key_misplaced: bool,
    /// The body, when it is JSON of at most 64 KiB without a known key.
    pub body: Option<Value>,
}

/// Longer bodies are not kept.
const MOST_BODY: usize = 64 * 1024;

#[derive(Default)]
pub(crate) struct Journal {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    entries: Vec<Recorded>,
    /// Every key that was ever presented, to recognise it where it should not be.
    keys: HashSet<String>,
}

impl Journal {
    pub(crate) fn all(&self) -> Vec<Recorded> {
        self.locked(|state| state.entries.clone())
    }

    pub(crate) fn clear(&self) {
        self.locked(|state| state.entries.clear());
    }

    /// `vendor` is `None` where no key belongs in any header.
    pub(crate) fn record(&self, listener: Listener, vendor: Option<Vendor>, parts: &Parts, sent: &Sent) {
        let credential = vendor.and_then(|vendor| vendor.credential(&parts.headers));
        self.locked(|state| {
            state.keys.extend(credential.map(str::to_owned));
            let uri = parts.uri.to_string();
            let in_url = state.keys.iter().any(|key| uri.contains(key.as_str()));
            let in_body = state.keys.iter().any(|key| sent.holds(key));
            let own_header = vendor.map(|vendor| vendor.credential_header(&parts.headers));
            let path = parts.uri.path_and_query().map_or("", |path| path.as_str());
            state.entries.push(Recorded {
                listener,
                method: parts.method.to_string(),
                path_and_query: if in_url { "(withheld)".to_owned() } else { path.to_owned() },
                host: host(parts),
                header_names: names(&parts.headers),
                credential: credential.map(key::marker),
                key_misplaced: in_url || in_body || in_headers(&state.keys, &parts.headers, own_header),
                body: sent.json().filter(|_| !in_body && sent.bytes() <= MOST_BODY).cloned(),
            });
        });
    }

    fn locked<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

fn host(parts: &Parts) -> String {
    let named = parts.headers.get("host").and_then(|value| value.to_str().ok());
    parts.uri.authority().map(|authority| authority.as_str()).or(named).unwrap_or("").to_owned()
}

fn names(headers: &HeaderMap) -> Vec<String> {
    let mut names: Vec<String> = headers.keys().map(ToString::to_string).collect();
    names.sort();
    names
}

fn in_headers(keys: &HashSet<String>, headers: &HeaderMap, own_header: Option<&str>) -> bool {
    headers.iter().filter(|(name, _)| Some(name.as_str()) != own_header).any(|(_, value)| {
        let value = String::from_utf8_lossy(value.as_bytes());
        keys.iter().any(|key| value.contains(key.as_str()))
    })
}
