//! The desk: what is open, who acts, and when it locks by itself.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{
    Catalog, Failure,
    vault::{DeskEvent, LockReason},
};
use providers::{Timeouts, Vendors};
use tokio::sync::{Notify, OnceCell};
use vault::{Attempts, Cost, FolderLock, LockError, VaultFolder};

use crate::{Folders, Host, StartError, failures, sample, session::Session};

/// Longest that the idle time may have passed unnoticed.
const LOOK_AGAIN: Duration = Duration::from_secs(15);

/// How a desk behaves; the defaults are those of the product.
pub struct Options {
    /// Idle time after which the vault locks.
    pub idle_lock: Duration,
    /// Key derivation of a new vault; `None` measures what this computer can bear.
    pub kdf_cost: Option<Cost>,
    /// How long vendors may take.
    pub timeouts: Timeouts,
}

impl Default for Options {
    fn default() -> Self {
        Self { idle_lock: Duration::from_secs(5 * 60), kdf_cost: None, timeouts: Timeouts::default() }
    }
}

/// Everything behind the page. One for each data folder, held by the lock on it.
pub struct Desk<H> {
    pub(crate) host: H,
    pub(crate) folder: VaultFolder,
    pub(crate) options: Options,
    /// Made at the first test: reading the system's certificates takes longer than opening the window.
    vendors: OnceCell<Vendors>,
    pub(crate) catalog: Catalog,
    pub(crate) actor: String,
    pub(crate) machine: String,
    pub(crate) sample_password: Option<String>,
    /// Held while a vault is made, opened or locked, one after the other.
    pub(crate) opening: tokio::sync::Mutex<()>,
    gate: Mutex<Gate>,
    opened: Notify,
    _lock: FolderLock,
}

pub(crate) struct Gate {
    pub(crate) session: Option<Arc<Session>>,
    pub(crate) attempts: Attempts,
    pub(crate) last_activity: Duration,
    pub(crate) lock_reason: Option<LockReason>,
}

impl<H: Host> Desk<H> {
    /// Takes a data folder and stands before its vault, locked.
    ///
    /// # Errors
    /// [`StartError::InUse`] at once when another process has the folder.
    pub fn open(host: H, folders: Folders, options: Options) -> Result<Self, StartError> {
        let folder = VaultFolder::new(folders.vault);
        let lock = folder.lock().map_err(|error| match error {
            LockError::InUse => StartError::InUse,
            LockError::Io(error) => StartError::Unwritable(error.kind()),
        })?;
        let uptime = host.uptime();
        Ok(Self {
            vendors: OnceCell::new(),
            catalog: Catalog::bundled()?,
            actor: whoami::username().unwrap_or_else(|_| "unknown".to_owned()),
            machine: whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()),
            sample_password: sample::password_of(folder.data()),
            opening: tokio::sync::Mutex::new(()),
            gate: Mutex::new(Gate {
                session: None,
                attempts: Attempts::load(&folders.state, uptime),
                last_activity: uptime,
                lock_reason: None,
            }),
            opened: Notify::new(),
            _lock: lock,
            folder,
            options,
            host,
        })
    }

    /// The open session, or the failure that sends the page to the lock screen.
    pub(crate) fn session(&self) -> Result<Arc<Session>, Failure> {
        self.gate().session.clone().ok_or_else(failures::locked)
    }

    pub(crate) async fn vendors(&self) -> Result<&Vendors, Failure> {
        let timeouts = self.options.timeouts;
        self.vendors
            .get_or_try_init(|| async move { Vendors::new(timeouts).map_err(failures::network) })
            .await
    }

    /// What is open and how often it was tried. Never held across an await.
    pub(crate) fn gate(&self) -> MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn admit(&self, session: Session) {
        let uptime = self.host.uptime();
        let mut gate = self.gate();
        gate.session = Some(Arc::new(session));
        gate.last_activity = uptime;
        gate.lock_reason = None;
        gate.attempts.clear();
        drop(gate);
        self.opened.notify_one();
    }

    /// The person did something.
    pub(crate) fn touch(&self) {
        let uptime = self.host.uptime();
        self.gate().last_activity = uptime;
    }

    /// How long until the vault locks by itself.
    pub(crate) fn locks_in(&self) -> Duration {
        let uptime = self.host.uptime();
        (self.gate().last_activity + self.options.idle_lock).saturating_sub(uptime)
    }

    /// Locks the vault: running tests end, the database closes, the keys are wiped. Harmless when it is locked.
    pub async fn lock(&self, reason: LockReason) {
        let _alone = self.opening.lock().await;
        let session = {
            let mut gate = self.gate();
            gate.lock_reason = gate.session.is_some().then_some(reason).or(gate.lock_reason);
            gate.session.take()
        };
        if let Some(session) = session {
            Session::end(session, self.act("vault.lock")).await;
            tracing::info!(?reason, "the vault was locked");
            self.host.emit(DeskEvent::VaultLocked { reason });
        }
    }

    /// Locks the vault when nobody acted for the idle time. Returns whether it did.
    pub async fn lock_if_idle(&self) -> bool {
        let idle = self.gate().session.is_some() && self.locks_in().is_zero();
        if idle {
            self.lock(LockReason::Idle).await;
        }
        idle
    }

    /// Locks the vault whenever nobody acts for the idle time, forever.
    pub async fn watch_idle(&self) {
        loop {
            while self.gate().session.is_none() {
                self.opened.notified().await;
            }
            // Timers stand still while the computer sleeps, so the clock is looked at again soon after it wakes.
            tokio::time::sleep(self.locks_in().min(LOOK_AGAIN)).await;
            self.lock_if_idle().await;
        }
    }
}
