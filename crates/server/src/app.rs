//! Everything that a request needs, opened once.

use std::{
    net::IpAddr,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use gateway::{Gateway, KeyFault};
use model::{Catalog, Secret, Timestamp};
use providers::{ClientError, Timeouts, Vendors};
use store::{Act, Database, Machine, Provider, StoreError};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use vault::{RootKey, SealedKey};

use crate::{
    Site,
    access::{Caller, issuer::Issuer, passwords::Passwords, tokens::AccessTokens},
    applications::Applications,
    bundle,
    metrics::Metrics,
    traces::Traces,
};

/// The wall clock.
pub type Now = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What can be otherwise than in a server's everyday life.
#[derive(Clone)]
pub struct Options {
    /// The wall clock.
    pub now: Now,
    /// How long a vendor may take for a credential test.
    pub timeouts: Timeouts,
}

/// Why nothing can be served.
#[derive(Debug, thiserror::Error)]
pub(crate) enum AppError {
    #[error("the list of models that comes with the program cannot be read")]
    Catalog(#[from] serde_json::Error),
    #[error(transparent)]
    Client(#[from] ClientError),
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("access tokens cannot be signed")]
    Tokens(#[from] jsonwebtoken::errors::Error),
    #[error(transparent)]
    Password(#[from] vault::LoginPasswordError),
}

pub(crate) struct App {
    pub(crate) root: Arc<RootKey>,
    pub(crate) store: Database,
    pub(crate) gateway: Gateway,
    pub(crate) vendors: Arc<Vendors>,
    pub(crate) tokens: AccessTokens,
    /// An existing application whose tokens are believed.
    pub(crate) issuer: Option<Arc<Issuer>>,
    pub(crate) applications: Applications,
    pub(crate) metrics: Arc<Metrics>,
    /// Where a collector is named.
    pub(crate) traces: Option<Arc<Traces>>,
    pub(crate) passwords: Passwords,
    pub(crate) trusted_proxies: Vec<IpAddr>,
    pub(crate) closing: CancellationToken,
    /// What goes on to its end although the client left.
    pub(crate) under_way: TaskTracker,
    machine: String,
    now: Now,
}

impl Default for Options {
    fn default() -> Self {
        let now = || {
            let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
            Timestamp(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
        };
        Self { now: Arc::new(now), timeouts: Timeouts::default() }
    }
}

impl App {
    pub(crate) async fn open(
        site: Site,
        trusted_proxies: Vec<IpAddr>,
        traces: Option<Arc<Traces>>,
        options: Options,
    ) -> Result<Self, AppError> {
        let (root, store) = (site.root, site.store);
        store.forget_unanswered().await?;
        let vendors = Arc::new(Vendors::new(options.timeouts)?);
        let keys = Arc::clone(&root);
        let keys =
            Arc::new(move |provider: &Provider| open_key(&keys, provider).map_err(|_| KeyFault::Unreadable));
        let gateway = Gateway::open(store.clone(), Arc::clone(&vendors), keys, Catalog::bundled()?).await?;
        let metrics = Arc::new(Metrics::default());
        let (counting, tracing) = (Arc::clone(&metrics), traces.clone());
        gateway.watch_calls(move |row| {
            counting.call(row);
            if let Some(traces) = &tracing {
                traces.attempt(row);
            }
        });
        let applications = Applications::default();
        applications.renew(&store).await?;
        note_bundles(&store, &metrics).await?;
        Ok(Self {
            tokens: AccessTokens::new(&root.token_keys(), root.server_id())?,
            issuer: None,
            passwords: Passwords::new()?,
            applications,
            metrics,
            traces,
            machine: machine(),
            closing: CancellationToken::new(),
            under_way: TaskTracker::new(),
            now: options.now,
            trusted_proxies,
            root,
            store,
            gateway,
            vendors,
        })
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.now)()
    }

    pub(crate) fn clock(&self) -> Now {
        Arc::clone(&self.now)
    }

    /// An act of somebody who is logged in.
    pub(crate) fn act(&self, caller: &Caller, action: &'static str) -> Act {
        self.act_of(&caller.session.user.name, caller.peer, action)
    }

    /// An act of whoever the name says, from an address.
    pub(crate) fn act_of(&self, actor: &str, peer: IpAddr, action: &'static str) -> Act {
        let machine = Machine { name: self.machine.clone(), ip_address: Some(peer.to_string()) };
        Act { actor: actor.to_owned(), machine, action, at: self.now() }
    }

    /// Lets calls go by the tokens and instructions that are in the database now.
    pub(crate) async fn renew_applications(&self) -> Result<(), StoreError> {
        self.applications.renew(&self.store).await
    }

    /// Lets calls go by what was just changed.
    pub(crate) async fn reload(&self) {
        if let Err(error) = self.renew_applications().await {
            tracing::error!(%error, "applications go by the instructions from before the last change");
        }
        if let Err(error) = note_bundles(&self.store, &self.metrics).await {
            tracing::error!(%error, "when the bundle in force expires cannot be read");
        }
        if let Err(error) = self.gateway.reload().await {
            // The change itself is on disk, and the next one brings it along.
            tracing::error!(%error, "calls go by the configurations from before the last change");
        }
    }
}

/// The stored key, for the base URL that it was entered for and no other.
pub(crate) fn open_key(root: &RootKey, provider: &Provider) -> Result<Option<Secret>, vault::FieldError> {
    let Some(sealed) = &provider.sealed_key else { return Ok(None) };
    root.open_key(provider.id.0, &provider.draft.base_url, &SealedKey(sealed.clone())).map(Some)
}

/// Says in the figures when the bundle in force expires.
async fn note_bundles(store: &Database, metrics: &Metrics) -> Result<(), StoreError> {
    metrics.bundle_ends(bundle::ending(&store.accepted_bundles().await?));
    Ok(())
}

/// This computer's name.
pub(crate) fn machine() -> String {
    whoami::hostname().unwrap_or_else(|_| "unknown".to_owned())
}

/// An act at the server's own console.
pub(crate) fn console_act(action: &'static str, now: &Now) -> Act {
    Act { actor: "console".to_owned(), machine: machine().into(), action, at: now() }
}
