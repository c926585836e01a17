//! What exists only while the vault is open, and goes with it.

use std::{
    collections::BTreeMap,
    future::Future,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use gateway::Gateway;
use model::{
    Catalog, Failure,
    gateway::OnLock,
    vault::{DeskEvent, UndoToken},
};
use store::{Act, Before, LogPlace, Store};
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};
use tokio_util::sync::CancellationToken;
use vault::OpenVault;

use crate::{
    Host, backups::Backups, budgets::Watch, bundles::BundleWatch, face::Face, failures, jumps::JumpWatch,
    network::Network, proof::Proof, runs::Runs, sync::Remotes,
};

/// Steps that can be taken back; older ones are forgotten.
const UNDO_STEPS: usize = 1_000;
/// Catalogues that were replaced and are kept for a way back: each may have some thousand models.
const CATALOGS: usize = 4;
/// How long whoever still holds something may take to notice that the vault is closing.
const PATIENCE: Duration = Duration::from_secs(3);
/// Calls can be served so long after unlocking at the latest, if the page does not say that its list is painted.
const SERVING_AFTER: Duration = Duration::from_secs(1);

pub(crate) struct Session {
    pub(crate) vault: Arc<OpenVault>,
    pub(crate) store: Arc<Store>,
    pub(crate) runs: Runs,
    pub(crate) host: Arc<dyn Host>,
    pub(crate) network: Arc<Network>,
    /// The catalogue that came with the program.
    pub(crate) catalog: Catalog,
    /// Whoever holds both took `face` first.
    pub(crate) engine: tokio::sync::Mutex<Option<Gateway>>,
    pub(crate) face: tokio::sync::Mutex<Face>,
    /// The list is on the screen: what waits behind it may begin.
    pub(crate) painted: Arc<Notify>,
    pub(crate) budgets: Watch,
    pub(crate) jumps: JumpWatch,
    pub(crate) bundle_watch: BundleWatch,
    pub(crate) proof: Proof,
    pub(crate) remotes: Remotes,
    pub(crate) backups: Arc<Backups>,
    pub(crate) closing: CancellationToken,
    steps: Mutex<Steps>,
    /// Catalogues of prices that were replaced, the latest last.
    replaced: Mutex<Vec<(String, Catalog)>>,
}

#[derive(Default)]
struct Steps {
    next: u64,
    kept: BTreeMap<u64, Arc<Before>>,
}

impl Session {
    pub(crate) fn new(
        vault: Arc<OpenVault>,
        store: Store,
        host: Arc<dyn Host>,
        network: Arc<Network>,
        catalog: Catalog,
        backups: Arc<Backups>,
    ) -> Self {
        let closing = CancellationToken::new();
        Self {
            vault,
            store: Arc::new(store),
            runs: Runs::new(closing.clone()),
            engine: tokio::sync::Mutex::default(),
            face: tokio::sync::Mutex::default(),
            painted: Arc::default(),
            budgets: Watch::default(),
            jumps: JumpWatch::default(),
            bundle_watch: BundleWatch::default(),
            proof: Proof::default(),
            remotes: Remotes::default(),
            backups,
            steps: Mutex::default(),
            replaced: Mutex::default(),
            closing,
            host,
            network,
            catalog,
        }
    }

    /// Opens the engine, and the gateway's port if it is switched on, as soon as the list is painted.
    pub(crate) fn serve_soon(session: &Arc<Self>) {
        let (closing, painted) = (session.closing.clone(), Arc::clone(&session.painted));
        let session = Arc::downgrade(session);
        tokio::spawn(async move {
            // Without a share of the session, which would keep the vault's keys for so long.
            let painted = timeout(SERVING_AFTER, painted.notified());
            let is_open = closing.run_until_cancelled(painted).await.is_some();
            let Some(session) = session.upgrade().filter(|_| is_open) else { return };
            let served = async { session.face().await.map(drop).and(session.engine().await.map(drop)) };
            if let Err(failure) = served.await {
                tracing::warn!(reason = failure.message, "no calls can be made");
            }
        });
    }

    /// Reads the log once and deletes calls that are too old, behind everything else.
    pub(crate) fn tend_usage(session: &Arc<Self>) {
        let (closing, session) = (session.closing.clone(), Arc::downgrade(session));
        tokio::spawn(async move {
            if closing.run_until_cancelled(sleep(SERVING_AFTER)).await.is_none() {
                return;
            }
            // A share of the session only for one piece of the work at a time.
            let mut behind = LogPlace::default();
            loop {
                let Some(open) = session.upgrade().filter(|_| !closing.is_cancelled()) else { return };
                match open.store.read_log_piece(&behind).await {
                    Ok(Some(last)) => behind = last,
                    Ok(None) => break,
                    Err(error) => {
                        tracing::error!(%error, "the usage log cannot be read");
                        return open.host.emit(DeskEvent::Trouble { failure: failures::store(error) });
                    }
                }
            }
            let Some(open) = session.upgrade() else { return };
            let work = open.store.delete_old_rows(open.host.now());
            if let Some(Err(error)) = closing.run_until_cancelled(work).await {
                tracing::warn!(%error, "old rows of the usage log could not be deleted");
            }
        });
    }

    /// What comes of it, unless the vault closes before.
    pub(crate) async fn until_closed<T>(
        &self,
        work: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.closing.run_until_cancelled(work).await.unwrap_or_else(|| Err(failures::locked()))
    }

    /// Ends everything that runs, writes what is not on disk yet, closes the database and wipes the keys. Calls of other
    /// programs may end by themselves before that, if `on_lock` says so, unless someone is in a hurry. Whether the
    /// database is closed.
    pub(crate) async fn end(
        session: Arc<Self>,
        act: Act,
        on_lock: Option<OnLock>,
        hurry: CancellationToken,
    ) -> bool {
        session.closing.cancel();
        if let Err(error) = session.store.record(&act).await {
            // A full disk must not keep a vault open.
            tracing::warn!(%error, "the lock could not be written to the audit log");
        }
        session.end_calls(on_lock, hurry).await;
        let Some(last) = last_owner(session).await else {
            tracing::error!("a command does not end although the vault is locked");
            return false;
        };
        let Self { vault, store, backups, .. } = last;
        match last_owner(store).await {
            Some(store) => {
                backups.close(vault, store).await;
                true
            }
            None => {
                tracing::error!("a call does not let go of the database although the vault is locked");
                false
            }
        }
    }

    pub(crate) fn keep_step(&self, before: Before) -> UndoToken {
        let mut steps = self.steps.lock().unwrap_or_else(PoisonError::into_inner);
        let token = steps.next;
        steps.next += 1;
        steps.kept.insert(token, Arc::new(before));
        if steps.kept.len() > UNDO_STEPS {
            steps.kept.pop_first();
        }
        UndoToken(token)
    }

    /// Keeps a catalogue that is about to be replaced, for a way back.
    pub(crate) fn keep_replaced_catalog(&self, version: String, catalog: Catalog) {
        let mut replaced = self.replaced.lock().unwrap_or_else(PoisonError::into_inner);
        replaced.retain(|(known, _)| *known != version);
        replaced.push((version, catalog));
        let too_many = replaced.len().saturating_sub(CATALOGS);
        replaced.drain(..too_many);
    }

    pub(crate) fn replaced_catalog(&self, version: &str) -> Option<Catalog> {
        let replaced = self.replaced.lock().unwrap_or_else(PoisonError::into_inner);
        replaced.iter().find(|(known, _)| known == version).map(|(_, catalog)| catalog.clone())
    }

    pub(crate) fn step(&self, token: UndoToken) -> Option<Arc<Before>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).kept.get(&token.0).cloned()
    }

    pub(crate) fn forget_step(&self, token: UndoToken) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).kept.remove(&token.0);
    }
}

/// Waits until everyone else has let go. They were told to end, so this is a matter of milliseconds; one that does not
/// keeps its own share alive, and what is in it goes when it does.
async fn last_owner<T>(shared: Arc<T>) -> Option<T> {
    let mut shared = shared;
    let deadline = Instant::now() + PATIENCE;
    loop {
        match Arc::try_unwrap(shared) {
            Ok(last) => return Some(last),
            Err(others) if Instant::now() < deadline => {
                shared = others;
                sleep(Duration::from_millis(5)).await;
            }
            Err(_) => return None,
        }
    }
}
