//! The gateway's engine, opened when somebody first needs it and closed when the vault locks. Every change of what
//! calls go by is followed by a reload, so that the next call goes by it.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use gateway::{Gateway, KeyFault, Keys};
use model::{Failure, Secret, vault::DeskEvent};
use store::Provider;
use tokio::sync::watch;
use vault::{OpenVault, SealedKey};

use crate::{failures, session::Session};

/// How often the page is told of new calls, at most.
const USAGE_EVERY: Duration = Duration::from_millis(500);

impl Session {
    /// The engine, if anything has needed it yet.
    pub(crate) async fn engine_if_open(&self) -> Option<Gateway> {
        self.engine.lock().await.clone()
    }

    /// The engine. Whoever comes first opens it, and the others wait.
    pub(crate) async fn engine(&self) -> Result<Gateway, Failure> {
        let mut engine = self.engine.lock().await;
        if let Some(engine) = &*engine {
            return Ok(engine.clone());
        }
        let opened = self.until_closed(self.open_engine()).await?;
        let health = |unwell: &usize| DeskEvent::HealthChanged { unwell: *unwell };
        self.tell(opened.health_changes(), health, Duration::ZERO);
        self.tell(opened.usage_changes(), |()| DeskEvent::UsageChanged, USAGE_EVERY);
        self.hear_calls(&opened);
        Ok(engine.insert(opened).clone())
    }

    async fn open_engine(&self) -> Result<Gateway, Failure> {
        let vendors = self.network.vendors().await?;
        let (store, keys) = (Arc::clone(&self.store), keys(&self.vault));
        Gateway::open(store, vendors, keys, self.catalog.clone()).await.map_err(failures::store)
    }

    /// Lets calls go by what was just changed. Who waits for the engine to open is passed by it, too.
    pub(crate) async fn reload(&self) {
        let engine = self.engine.lock().await.clone();
        let Some(engine) = engine else { return };
        if let Err(error) = engine.reload().await {
            // The change itself is on disk, and the next one brings it along.
            tracing::error!(%error, "calls go by the settings from before the last change");
        }
    }

    /// Budgets are looked at after calls were written.
    fn hear_calls(&self, engine: &Gateway) {
        let (looker, mut written) = (self.budgets.looker(), engine.usage_changes());
        tokio::spawn(async move {
            while written.changed().await.is_ok() {
                looker.notify_one();
            }
        });
    }

    /// Tells the page of changes, with a rest after each: many of them are one to whoever looks.
    fn tell<T: Send + Sync + 'static>(
        &self,
        mut changes: watch::Receiver<T>,
        event: fn(&T) -> DeskEvent,
        rest: Duration,
    ) {
        let host = Arc::clone(&self.host);
        tokio::spawn(async move {
            while changes.changed().await.is_ok() {
                let event = event(&changes.borrow_and_update());
                host.emit(event);
                tokio::time::sleep(rest).await;
            }
        });
    }
}

/// Weak, so that a call that does not end cannot keep the vault's keys in memory.
fn keys(vault: &Arc<OpenVault>) -> Keys {
    let vault = Arc::downgrade(vault);
    Arc::new(move |provider| open(&vault, provider))
}

fn open(vault: &Weak<OpenVault>, provider: &Provider) -> Result<Option<Secret>, KeyFault> {
    let vault = vault.upgrade().ok_or(KeyFault::Locked)?;
    let Some(sealed) = &provider.sealed_key else { return Ok(None) };
    let opened = vault.open_key(provider.id.0, &provider.draft.base_url, &SealedKey(sealed.clone()));
    opened.map(Some).map_err(|_| KeyFault::Unreadable)
}
