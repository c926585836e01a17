//! What exists only while the vault is open, and goes with it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::vault::UndoToken;
use store::{Act, Before, Store};
use tokio_util::sync::CancellationToken;
use vault::OpenVault;

use crate::runs::Runs;

/// Steps that can be taken back; older ones are forgotten.
const UNDO_STEPS: usize = 1_000;
/// How long calls in flight may take to notice that the vault is closing.
const PATIENCE: Duration = Duration::from_secs(2);

pub(crate) struct Session {
    pub(crate) vault: OpenVault,
    pub(crate) store: Store,
    pub(crate) runs: Runs,
    closing: CancellationToken,
    steps: Mutex<Steps>,
}

#[derive(Default)]
struct Steps {
    next: u64,
    kept: BTreeMap<u64, Arc<Before>>,
}

impl Session {
    pub(crate) fn new(vault: OpenVault, store: Store) -> Self {
        let closing = CancellationToken::new();
        Self { vault, store, runs: Runs::new(closing.clone()), closing, steps: Mutex::default() }
    }

    /// Ends everything that runs, writes the last entry, closes the database and wipes the keys.
    pub(crate) async fn end(session: Arc<Self>, act: Act) {
        session.closing.cancel();
        if let Err(error) = session.store.record(&act).await {
            // A full disk must not keep a vault open.
            tracing::warn!(%error, "the lock could not be written to the audit log");
        }
        if let Some(last) = last_owner(session).await {
            last.store.close().await;
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

    pub(crate) fn step(&self, token: UndoToken) -> Option<Arc<Before>> {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).kept.get(&token.0).cloned()
    }

    pub(crate) fn forget_step(&self, token: UndoToken) {
        self.steps.lock().unwrap_or_else(PoisonError::into_inner).kept.remove(&token.0);
    }
}

/// Waits until calls in flight have let go of the session. They were cancelled, so this is a matter of milliseconds;
/// one that does not let go keeps its own share alive, and the keys are wiped when it does.
async fn last_owner(session: Arc<Session>) -> Option<Session> {
    let mut session = session;
    let deadline = tokio::time::Instant::now() + PATIENCE;
    loop {
        match Arc::try_unwrap(session) {
            Ok(last) => return Some(last),
            Err(shared) if tokio::time::Instant::now() < deadline => {
                session = shared;
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            Err(_) => return None,
        }
    }
}
