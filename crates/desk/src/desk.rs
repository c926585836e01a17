//! The desk: what is open, who acts, and when it locks by itself.

use std::{
    path::PathBuf,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{
    Catalog, Failure,
    gateway::OnLock,
    program::ProgramSettings,
    vault::{DeskEvent, LockReason},
};
use providers::Timeouts;
use tokio::sync::{MutexGuard, Notify, watch};
use tokio_util::sync::CancellationToken;
use vault::{Attempts, Cost, Failures, FolderLock, LockError, SystemKeyring, VaultFolder};

use crate::{
    Folders, Host, Keyring, StartError, backups::Backups, clipboard::Clipboard, failures,
    kit_check::KitCheck, logging::Levels, network::Network, program::Program, sample, session::Session,
};

/// Longest that the idle time may have passed unnoticed.
const LOOK_AGAIN: Duration = Duration::from_secs(15);
/// A look that comes so much later than it was to come does so because the computer slept.
const SLEPT: Duration = Duration::from_secs(30);

/// How a desk behaves; the defaults are those of the product.
pub struct Options {
    /// Idle time after which the vault locks.
    pub idle_lock: Duration,
    /// Key derivation of a new vault; `None` measures what this computer can bear.
    pub kdf_cost: Option<Cost>,
    /// How long vendors may take.
    pub timeouts: Timeouts,
    /// A way to set how much is logged, where somebody logs.
    pub levels: Option<Levels>,
    /// Where a secret is kept that opens the vault without its password, if a person wants that.
    pub keyring: Arc<dyn Keyring>,
    /// What a passphrase for another vault costs, log₂ of scrypt's N.
    pub share_work: u8,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            idle_lock: Duration::from_secs(5 * 60),
            kdf_cost: None,
            timeouts: Timeouts::default(),
            levels: None,
            keyring: Arc::new(SystemKeyring::default()),
            share_work: share::WORK,
        }
    }
}

/// Everything behind the page. One for each data folder, held by the lock on it.
pub struct Desk<H> {
    pub(crate) host: Arc<H>,
    pub(crate) folder: VaultFolder,
    pub(crate) options: Options,
    pub(crate) network: Arc<Network>,
    pub(crate) catalog: Catalog,
    pub(crate) actor: String,
    pub(crate) machine: String,
    pub(crate) sample_password: Option<String>,
    pub(crate) downloads: PathBuf,
    pub(crate) backups: Arc<Backups>,
    pub(crate) clipboard: Arc<Clipboard>,
    pub(crate) program: Program,
    pub(crate) logs: PathBuf,
    /// The two words of a new recovery kit that are asked for.
    pub(crate) kit_check: Mutex<Option<KitCheck>>,
    /// A link that waits for a person.
    pub(crate) link: Mutex<Option<String>>,
    /// The program's own state.
    pub(crate) state: PathBuf,
    /// Held while a vault is made, opened, changed or locked, one after the other.
    pub(crate) opening: Arc<tokio::sync::Mutex<()>>,
    /// Whether the vault key is being replaced.
    pub(crate) turning: watch::Sender<bool>,
    gate: Mutex<Gate>,
    opened: Notify,
    _lock: FolderLock,
}

pub(crate) struct Gate {
    pub(crate) session: Option<Arc<Session>>,
    pub(crate) attempts: Attempts,
    pub(crate) last_activity: Duration,
    pub(crate) lock_reason: Option<LockReason>,
    /// Idle time after which the vault locks, or did; the vault's own setting, once it was open.
    pub(crate) idle_lock: Duration,
    /// Attempts before this unlock that the page was not told of yet.
    pub(crate) untold: Option<Failures>,
    /// That the recovery kit opened a vault that is older than it was, until the page was told of it: nobody was asked before.
    pub(crate) older: Option<Failure>,
    /// Cuts the calls short that may end by themselves after a lock.
    ending: Option<CancellationToken>,
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
            network: Arc::new(Network::new(options.timeouts)),
            catalog: Catalog::bundled()?,
            actor: whoami::username().unwrap_or_else(|_| "unknown".to_owned()),
            machine: whoami::hostname().unwrap_or_else(|_| "unknown".to_owned()),
            sample_password: sample::password_of(folder.data()),
            downloads: folders.downloads,
            backups: Arc::new(Backups::new(folder.clone(), &folders.state)),
            clipboard: Arc::default(),
            program: Program::read(folder.data(), options.levels.clone()),
            logs: folders.logs,
            kit_check: Mutex::default(),
            link: Mutex::default(),
            opening: Arc::default(),
            turning: watch::Sender::new(false),
            gate: Mutex::new(Gate {
                session: None,
                attempts: Attempts::load(&folders.state, uptime),
                last_activity: uptime,
                lock_reason: None,
                idle_lock: options.idle_lock,
                untold: None,
                older: None,
                ending: None,
            }),
            opened: Notify::new(),
            state: folders.state,
            _lock: lock,
            folder,
            options,
            host: Arc::new(host),
        })
    }

    /// The open session, or the failure that sends the page to the lock screen.
    pub(crate) fn session(&self) -> Result<Arc<Session>, Failure> {
        self.gate().session.clone().ok_or_else(failures::locked)
    }

    /// What is open and how often it was tried. Never held across an await.
    pub(crate) fn gate(&self) -> std::sync::MutexGuard<'_, Gate> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Settings that are in force before a vault is open.
    pub fn settings(&self) -> ProgramSettings {
        self.program.settings()
    }

    pub(crate) fn admit(&self, session: Session, idle_lock: Option<Duration>) {
        let uptime = self.host.uptime();
        let session = Arc::new(session);
        Session::serve_soon(&session);
        Session::tend_usage(&session);
        Session::watch_budgets(&session);
        Session::watch_jumps(&session);
        Session::watch_bundles(&session, self.act("bundle.tell"));
        Session::watch_warnings(&session);
        Session::tend_backups(&session);
        Session::tend_keys(&session, self.act("provider.kept_key_expired"));
        let mut gate = self.gate();
        gate.session = Some(session);
        gate.last_activity = uptime;
        gate.idle_lock = idle_lock.unwrap_or(self.options.idle_lock);
        gate.lock_reason = None;
        gate.untold = gate.attempts.clear().or(gate.untold);
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
        let gate = self.gate();
        (gate.last_activity + gate.idle_lock).saturating_sub(uptime)
    }

    /// Locks the vault: what the page asked for ends, the database closes, the keys are wiped. Calls of other programs
    /// may end by themselves first, if that is set; nobody waits for them when the window closes. Harmless when it is
    /// locked.
    pub async fn lock(&self, reason: LockReason) {
        let on_lock = (reason == LockReason::Closed).then_some(OnLock::Stop);
        if on_lock.is_some() {
            self.hurry();
        }
        let alone = self.opening.lock().await;
        self.end_session(reason, on_lock, &alone).await;
    }

    /// The same where the computer waits for it, which is about to sleep: open calls end now.
    pub async fn lock_before_sleep(&self) {
        let alone = self.hurry_to_open().await;
        self.lock_alone(LockReason::Away, &alone).await;
    }

    /// Locks it at once and without waiting for calls. Whether its database is closed.
    pub(crate) async fn lock_alone(&self, reason: LockReason, alone: &MutexGuard<'_, ()>) -> bool {
        self.end_session(reason, Some(OnLock::Stop), alone).await
    }

    /// Waits for whoever makes, opens or locks the vault, and cuts short what they wait for.
    pub(crate) async fn hurry_to_open(&self) -> MutexGuard<'_, ()> {
        self.hurry();
        self.opening.lock().await
    }

    async fn end_session(
        &self,
        reason: LockReason,
        on_lock: Option<OnLock>,
        _alone: &MutexGuard<'_, ()>,
    ) -> bool {
        let ending = CancellationToken::new();
        let session = {
            let mut gate = self.gate();
            gate.lock_reason = gate.session.is_some().then_some(reason).or(gate.lock_reason);
            gate.ending = Some(ending.clone());
            gate.session.take()
        };
        self.forget_words();
        let end = async {
            let Some(session) = session else { return true };
            // Before the end, which may take as long as a call does: what is on the screen goes at once.
            self.host.emit(DeskEvent::VaultLocked { reason });
            let closed = Session::end(session, self.act("vault.lock"), on_lock, ending).await;
            tracing::info!(?reason, "the vault was locked");
            closed
        };
        let (closed, ()) = tokio::join!(end, self.clear_clipboard());
        self.network.hang_up().await;
        self.gate().ending = None;
        closed
    }

    /// Makes the day's backup, or reads the whole database once a week, if it is time and the vault is open.
    pub async fn back_up_if_due(&self) {
        if let Ok(session) = self.session() {
            self.backups.make_if_due(&session).await;
        }
    }

    /// Ends the calls that may still end by themselves after a lock: somebody waits for the vault.
    pub(crate) fn hurry(&self) {
        if let Some(ending) = &self.gate().ending {
            ending.cancel();
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

    /// Locks the vault when a look that was `due` at a time of the clock that never goes back comes long after it: the
    /// computer slept meanwhile, and whoever woke it need not be who left it. Returns whether it did.
    pub async fn lock_if_slept(&self, due: Duration) -> bool {
        let late = self.host.uptime().saturating_sub(due);
        let slept = self.gate().session.is_some() && late > SLEPT;
        if slept {
            self.lock(LockReason::Away).await;
        }
        slept
    }

    /// Locks the vault whenever nobody acts for the idle time, and when the computer slept without telling, forever.
    pub async fn watch_idle(&self) {
        loop {
            while self.gate().session.is_none() {
                self.opened.notified().await;
            }
            // Timers stand still while the computer sleeps, so the clock is looked at again soon after it wakes.
            let wait = self.locks_in().min(LOOK_AGAIN);
            let due = self.host.uptime() + wait;
            tokio::time::sleep(wait).await;
            if !self.lock_if_slept(due).await {
                self.lock_if_idle().await;
            }
        }
    }
}
