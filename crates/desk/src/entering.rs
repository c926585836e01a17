//! From an open vault to a session: what is looked at once the key is known, and how attempts are counted before.

mod since;

use std::sync::Arc;

use model::{Failure, FailureCode, Secret, backups::BackupReason, command::Opened};
use store::{Act, Store};
use vault::{Cost, OpenVault, Regress, digest_of_pages};

use crate::{
    Desk, Host,
    backups::{self, IntoMark as _},
    bodies, failures,
    session::Session,
};

pub(crate) use since::{SECURITY, Since};

use since::KEYRING_DAYS;

/// What opened a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Entry {
    /// It was made just now.
    Made,
    /// Its password.
    Password,
    /// The system keyring.
    Keyring,
    /// Its recovery kit, which is void since.
    Kit,
    /// It was open, and its key was replaced, or was to be.
    Turned,
}

impl Entry {
    fn action(self) -> &'static str {
        match self {
            Self::Made => "vault.create",
            Self::Password => "vault.unlock",
            Self::Keyring => "vault.unlock_with_keyring",
            Self::Kit => "vault.recover",
            Self::Turned => "vault.reopen",
        }
    }
}

/// What is known of a vault's files before they are opened, and what a person said.
#[derive(Default)]
pub(crate) struct Seen {
    /// See [`digest_of_pages`]; nobody has the database open meanwhile.
    pub(crate) pages: Option<String>,
    /// Open it although it is older than it was.
    pub(crate) accept_older: bool,
}

impl<H: Host> Desk<H> {
    /// Opens the database and begins the session. On a failure nothing is open.
    pub(crate) async fn enter(&self, open: Arc<OpenVault>, by: Entry, seen: Seen) -> Result<Opened, Failure> {
        let store = self.open_store(&open).await?;
        let failed = match self.look_around(&open, &store, by, seen).await {
            Ok(Some(failed)) => failed,
            Ok(None) => {
                // As with any close: what was written of the refusal is how the vault is expected next time.
                self.backups.close(open, store).await;
                return Err(failures::opening::password_again(KEYRING_DAYS));
            }
            Err(failure) => {
                store.close().await;
                return Err(failure);
            }
        };
        // Not before the database of this epoch is known to be whole.
        open.remove_leftovers();
        let (host, network) = (Arc::clone(&self.host), Arc::clone(&self.network));
        let backups = Arc::clone(&self.backups);
        let session = Session::new(open, store, host, network, self.catalog.clone(), backups);
        session.wait_after(failed);
        session.destroy_expired_keys(&self.act("provider.kept_key_expired")).await;
        // What comes after this is newer than any copy that was made before.
        if let Ok(mark) = session.store.mark().await {
            self.backups.keep_mark(&session.vault, &mark.into_mark());
        }
        let idle_lock = self.idle_lock_of(&session).await;
        self.admit(session, idle_lock);
        self.measure_soon();
        tracing::info!(action = by.action(), "the vault is open");
        Ok(self.opened().await)
    }

    /// Before there is a session: whether it is the vault that is expected, with the entry that it was opened. Says how
    /// many proofs of being there failed in a row; nothing where the keyring may not open it any more.
    async fn look_around(
        &self,
        open: &OpenVault,
        store: &Store,
        by: Entry,
        seen: Seen,
    ) -> Result<Option<u32>, Failure> {
        let older = self.expect_no_older(open, store, seen).await?;
        let mark = store.mark().await.map_err(failures::store)?.into_mark();
        // Before the first write: the pages are about to be others than those that were closed, also for whoever comes after
        // a kill between the two.
        self.backups.keep_mark(open, &mark);
        if !self.note_entry(open, store, by, mark.revision).await? {
            return Ok(None);
        }
        if by == Entry::Kit {
            self.gate().older = older.map(backups::opened_older);
        }
        Ok(Some(store.step_up().await.map_err(failures::store)?.failed))
    }

    /// A database of an older form is backed up before it is changed.
    async fn open_store(&self, open: &Arc<OpenVault>) -> Result<Store, Failure> {
        let (file, key, acts) = (open.database(), open.database_key(), open.audit_key());
        let (key, id, acts) = (key.expose_hex(), open.vault_id(), acts.expose());
        let current = Store::open_current(&file, key, id, acts).await.map_err(failures::open)?;
        if let Some(store) = current {
            return Ok(store);
        }
        self.backups.make_at_rest(open, BackupReason::Migration, self.host.now()).await?;
        Store::open(&file, key, id, acts).await.map_err(failures::open)
    }

    /// Whether this is the vault that was last seen here, or is to be opened all the same: what is wrong with it then.
    async fn expect_no_older(
        &self,
        open: &OpenVault,
        store: &Store,
        seen: Seen,
    ) -> Result<Option<Regress>, Failure> {
        let mark = store.mark().await.map_err(failures::store)?.into_mark();
        let pages = seen.pages.as_deref();
        let Err(regress) = self.backups.highwater.judge(open, &mark, pages) else { return Ok(None) };
        let accepted = seen.accept_older;
        tracing::warn!(?regress, accepted, "this is not the vault that was last seen here");
        if !accepted {
            return Err(backups::older(regress));
        }
        let act = self.act("vault.accept_older");
        let known = self.backups.highwater.known(open).filter(|_| regress == Regress::Database);
        match known {
            Some(known) => store.accept_other_log(&act, known.revision).await,
            None => store.record(&act).await,
        }
        .map_err(failures::store)?;
        Ok(Some(regress))
    }

    /// While the key is derived: the file is not open yet.
    pub(crate) fn digest(&self) -> impl Future<Output = Option<String>> + use<H> {
        let folder = self.folder.clone();
        let digest = tokio::task::spawn_blocking(move || digest_of_pages(&folder.active_database()?));
        async move { digest.await.ok().flatten() }
    }

    /// Whether the vault opens that way, with the entry that it did, or does not any more. `last` is the entry before.
    async fn note_entry(
        &self,
        open: &OpenVault,
        store: &Store,
        by: Entry,
        last: i64,
    ) -> Result<bool, Failure> {
        let act = self.act(by.action());
        let mut since: Since = store.setting(SECURITY).await.map_err(failures::store)?;
        match by {
            Entry::Keyring => {
                let seen = store.latest_act_after(since.proved_after).await.map_err(failures::store)?;
                if since.asks_password(act.at, seen) {
                    self.end_keyring(store, since).await?;
                    return Ok(false);
                }
                store.record(&act).await
            }
            Entry::Password if open.doors().keyring => {
                since.prove(act.at, last);
                store.set_setting(SECURITY, &since, &act).await
            }
            Entry::Kit => {
                (since.password, since.kit, since.kit_checked) = (Some(act.at), Some(act.at), None);
                store.set_setting(SECURITY, &since, &act).await
            }
            _ => store.record(&act).await,
        }
        .map_err(failures::store)?;
        Ok(true)
    }

    /// What was too late once stays so until the password is typed: a clock that is set back afterwards changes nothing.
    async fn end_keyring(&self, store: &Store, since: Since) -> Result<(), Failure> {
        if since.proved.is_none() {
            return Ok(());
        }
        let act = self.act("vault.keyring_expired");
        store.set_setting(SECURITY, &Since { proved: None, ..since }, &act).await.map_err(failures::store)
    }

    /// Whoever typed the password to get in has proved to be there.
    pub(crate) async fn password_was_typed(&self) {
        if let Ok(session) = self.session() {
            session.password_was_typed().await;
        }
    }

    pub(crate) async fn opened(&self) -> Opened {
        let (list, remembered) = match self.session() {
            Ok(session) => (self.list(&session).await.ok(), bodies::remembered::all(&session).await.ok()),
            Err(_) => (None, None),
        };
        Opened { view: self.view(), list, remembered: remembered.unwrap_or_default() }
    }

    /// Makes an attempt with something that may be wrong: refused while somebody has to wait, counted before it is made,
    /// taken back when it failed for another reason. What comes of a right one is the caller's to say.
    pub(crate) async fn attempt<T: Send + 'static, E: Send + 'static>(
        &self,
        try_it: impl FnOnce() -> Result<T, E> + Send + 'static,
        is_wrong: fn(&E) -> bool,
    ) -> Result<Result<T, E>, Failure> {
        self.begin_attempt()?;
        let tried = blocking(try_it).await?;
        if let Err(error) = &tried {
            self.end_attempt(is_wrong(error));
        }
        Ok(tried)
    }

    /// The same of more than one try at what one password opens. Nothing is open afterwards: a right one is taken back.
    pub(crate) async fn attempt_of<T>(
        &self,
        tried: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        self.begin_attempt()?;
        let tried = tried.await;
        self.end_attempt(tried.as_ref().is_err_and(|failure| failure.code == FailureCode::WrongPassword));
        tried
    }

    fn begin_attempt(&self) -> Result<(), Failure> {
        let (uptime, now) = (self.host.uptime(), self.host.now());
        let mut gate = self.gate();
        let wait = gate.attempts.wait(uptime);
        if !wait.is_zero() {
            return Err(failures::wait(wait.as_millis().div_ceil(1000)));
        }
        gate.attempts.begin(uptime, now).map_err(|error| failures::io(&error))
    }

    fn end_attempt(&self, was_wrong: bool) {
        let uptime = self.host.uptime();
        let mut gate = self.gate();
        if was_wrong { gate.attempts.failed_at(uptime) } else { gate.attempts.take_back() }
    }

    /// Wraps the key anew behind an unlocking, when a guess at the password is cheaper than it should be today. Whatever
    /// comes of it, the vault is open.
    pub(crate) fn raise_cost_soon(&self, password: Secret) {
        let (Some(today), Ok(session)) = (self.cost_of_today(), self.session()) else { return };
        if !session.vault.cost().is_below(today) {
            return;
        }
        let (session, opening) = (Arc::downgrade(&session), Arc::clone(&self.opening));
        let acts = [self.act("vault.raise_cost"), self.act("vault.change_undone")];
        tokio::spawn(async move {
            // Beside a change of the password or of the key it would be of no use.
            let _alone = opening.lock().await;
            // Nor where the vault was locked meanwhile, whose log takes no entry.
            let Some(session) = session.upgrade() else { return };
            raise_cost(&session, password, today, &acts).await;
        });
    }

    pub(crate) fn act(&self, action: &'static str) -> Act {
        Act { actor: self.actor.clone(), machine: self.machine.clone().into(), action, at: self.host.now() }
    }
}

/// With its entry before, as every change of the header, and another where it could not be made.
async fn raise_cost(session: &Session, password: Secret, today: Cost, [act, undone]: &[Act; 2]) {
    if !session.vault.cost().is_below(today) {
        return;
    }
    if let Err(error) = session.store.record(act).await {
        return tracing::warn!(%error, "the cost of guessing the password was not raised");
    }
    let vault = Arc::clone(&session.vault);
    match blocking(move || vault.raise_cost(&password, today)).await {
        Ok(Ok(true)) => return tracing::info!("the cost of guessing the password was raised"),
        Ok(Ok(false)) | Err(_) => tracing::warn!("the cost of guessing the password was not raised"),
        Ok(Err(error)) => tracing::warn!(%error, "the cost of guessing the password was not raised"),
    }
    if let Err(error) = session.store.record(undone).await {
        tracing::warn!(%error, "what was not raised has no entry");
    }
}

/// Key derivation takes a second of a core: not on a thread that serves others.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, Failure> {
    tokio::task::spawn_blocking(work).await.map_err(|_| failures::broken_off())
}
