//! Sync with remotes while the vault is open: who is logged in where, what was last shown of each, and one run at a time.
//! All of it goes with the session. Deliberately not here: the plan and its steps, which are the sync room's.

mod fit;
mod keeper;
mod progress;
mod reach;
pub(crate) mod told;
mod trace;
mod view;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use model::{
    Failure, ProviderId, Secret,
    sync::{
        RemoteSession, RemoteView, RemoteWay, SyncAccept, SyncDirection, SyncState, SyncTrouble, SyncView,
    },
};
use store::{Act, KeptRemote};
use sync::{
    About, Accept, Address, Client, Conflict, Direction, Keeper as _, KeeperError, Looked, Pin, RemoteError,
    Report, StateChange, Suspicion, SyncError, Timeouts,
};
use tokio::task::spawn_blocking;
use uuid::Uuid;
use vault::SealedKey;

use self::{
    keeper::VaultKeeper,
    progress::{Progress, Watched},
    reach::Reached,
};
use crate::{
    failures::{self, sync as refused},
    session::Session,
};

/// What a session knows of remotes.
#[derive(Default)]
pub(crate) struct Remotes {
    open: Mutex<HashMap<Uuid, Open>>,
    looks: AtomicU64,
    /// Looking and running, one after the other: two plans of one memory would not know of each other.
    pub(crate) alone: tokio::sync::Mutex<()>,
    reached: Reached,
}

/// Who is logged in at a remote, and what was last shown of it.
struct Open {
    client: Arc<Client>,
    session: RemoteSession,
    shown: Option<Shown>,
}

/// A look that a person has before them.
pub(crate) struct Shown {
    pub(crate) number: u64,
    pub(crate) looked: Looked,
    /// What each field of each difference is about.
    pub(crate) abouts: Vec<Vec<Option<About>>>,
}

impl Remotes {
    fn open(&self) -> MutexGuard<'_, HashMap<Uuid, Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Nobody is logged in there any more.
    pub(crate) fn close(&self, id: Uuid) {
        self.open().remove(&id);
    }

    /// It was removed, or has another address now.
    pub(crate) fn forget(&self, id: Uuid) {
        self.close(id);
        self.reached.forget(id);
    }

    pub(crate) fn client(&self, id: Uuid) -> Option<Arc<Client>> {
        self.open().get(&id).map(|open| Arc::clone(&open.client))
    }

    pub(crate) fn session(&self, id: Uuid) -> Option<RemoteSession> {
        self.open().get(&id).map(|open| open.session.clone())
    }

    pub(crate) fn admit(&self, id: Uuid, client: Arc<Client>, session: RemoteSession) {
        self.open().insert(id, Open { client, session, shown: None });
    }

    /// Takes the look of this number, if it is the last that was shown.
    pub(crate) fn take(&self, id: Uuid, number: u64) -> Result<Shown, Failure> {
        let mut open = self.open();
        let shown = open.get_mut(&id).and_then(|open| open.shown.take_if(|shown| shown.number == number));
        shown.ok_or_else(refused::look_again)
    }

    fn show(&self, id: Uuid, shown: Shown) {
        if let Some(open) = self.open().get_mut(&id) {
            open.shown = Some(shown);
        }
    }
}

impl Shown {
    /// What a person answers, by the place of a difference and of a field in it.
    pub(crate) fn about(&self, difference: u32, field: u32) -> Option<About> {
        let index = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        *self.abouts.get(index(difference))?.get(index(field))?
    }

    pub(crate) fn question(&self, about: About) -> Option<&Conflict> {
        self.looked.plan.conflicts().find(|conflict| conflict.about == about)
    }

    /// Whether anything of this configuration waits for a person.
    pub(crate) fn waits(&self, id: ProviderId) -> Option<SyncTrouble> {
        let of = |one: &&sync::Difference| matches!(one.subject, sync::Subject::Record { here, .. } if here == Some(id));
        let one = self.looked.plan.differences.iter().find(of)?;
        match &one.waits {
            _ if !one.conflicts.is_empty() => Some(refused::undecided()),
            Some(sync::Waits::ForKey) => Some(refused::waits_for_key()),
            Some(sync::Waits::ForRemote(why)) => Some(refused::waits_for_remote(why)),
            None => None,
        }
    }
}

impl Session {
    /// What is kept of this remote, as a run is given it.
    pub(crate) fn keeper(self: &Arc<Self>, remote: Uuid, act: Act) -> VaultKeeper {
        VaultKeeper { session: Arc::clone(self), remote, act, progress: None }
    }

    pub(crate) fn remote_view(&self, kept: KeptRemote) -> RemoteView {
        let (answered_at, away_since) = self.remotes.reached.of(kept.id);
        RemoteView {
            id: kept.id,
            answered_at,
            away_since,
            session: self.remotes.session(kept.id),
            way: way(kept.way),
            has_secret: kept.sealed.is_some(),
            name: kept.name,
            address: kept.address,
            pin: kept.pin,
            user_name: kept.user_name,
            completed_at: kept.completed_at,
        }
    }

    pub(crate) async fn remote_views(&self) -> Result<Vec<RemoteView>, Failure> {
        let kept = self.store.remotes().await.map_err(failures::store)?;
        Ok(kept.into_iter().map(|one| self.remote_view(one)).collect())
    }

    /// Password or token that is kept, for the address that it was entered for and no other.
    pub(crate) fn remote_secret(&self, kept: &KeptRemote) -> Result<Option<Secret>, Failure> {
        let Some(sealed) = kept.sealed.clone() else { return Ok(None) };
        let opened = self.vault.open_remote(kept.id, &kept.address, &SealedKey(sealed));
        opened.map(Some).map_err(|_| refused::secret())
    }

    /// Looks at both sides, remembers what was learned, and says where the remote stands.
    pub(crate) async fn look_at_remote(
        self: &Arc<Self>,
        id: Uuid,
        accept: Option<SyncAccept>,
        act: Act,
    ) -> Result<SyncView, Failure> {
        let state = match self.remotes.client(id) {
            None => SyncState::LoggedOut,
            Some(client) => self.look_with(&client, (id, accept), act).await?,
        };
        let remote = self.remote_view(self.store.remote(id).await.map_err(failures::store)?);
        Ok(SyncView { remote, state })
    }

    async fn look_with(
        self: &Arc<Self>,
        client: &Client,
        (id, accept): (Uuid, Option<SyncAccept>),
        act: Act,
    ) -> Result<SyncState, Failure> {
        let keeper = self.keeper(id, act);
        let accept = Accept {
            rolled_back: accept == Some(SyncAccept::RolledBack),
            many_gone: accept == Some(SyncAccept::ManyGone),
        };
        let looked = sync::look(client, &keeper, accept).await;
        self.note_reached(id, remote_error(&looked));
        let looked = match looked {
            Ok(looked) => looked,
            Err(error) => return self.not_looked(id, error),
        };
        looked.remember(&keeper).await.map_err(|error| refused::keeper(&error))?;
        let now = self.host.now();
        if looked.plan.is_empty() {
            self.store.note_completed(id, now).await.map_err(failures::store)?;
        }
        let list = self.store.list(now).await.map_err(failures::store)?;
        let number = self.remotes.looks.fetch_add(1, Ordering::Relaxed) + 1;
        let (mut view, abouts) = view::look((number, now), &looked, &list);
        self.trace(client, &looked, &mut view).await?;
        self.remotes.show(id, Shown { number, looked, abouts });
        Ok(SyncState::Ready(view))
    }

    fn not_looked(&self, id: Uuid, error: SyncError) -> Result<SyncState, Failure> {
        let trouble = refused::trouble(&error);
        Ok(match error {
            SyncError::Keeper(error) => return Err(refused::keeper(&error)),
            SyncError::Suspicious(suspicion) => {
                let accept = match suspicion {
                    Suspicion::RolledBack { .. } => Some(SyncAccept::RolledBack),
                    Suspicion::ManyGone { .. } => Some(SyncAccept::ManyGone),
                    Suspicion::Swapped { .. } => None,
                };
                SyncState::Suspicious { trouble, accept }
            }
            SyncError::Remote(RemoteError::LoggedOut) => {
                self.remotes.close(id);
                SyncState::LoggedOut
            }
            SyncError::Remote(RemoteError::SecondFactorNeeded) => SyncState::SecondFactor,
            SyncError::Remote(error) if reach::is_away(&error) => SyncState::Offline(trouble),
            SyncError::Remote(_) => SyncState::Failed(trouble),
        })
    }

    /// Takes the steps of a look. Dropped in the middle of it, the next look finds out what became of what was begun.
    pub(crate) async fn carry_out(
        self: &Arc<Self>,
        id: Uuid,
        looked: Looked,
        direction: SyncDirection,
        act: Act,
    ) -> Result<Report, SyncError> {
        let client = self.remotes.client(id).ok_or(RemoteError::LoggedOut)?;
        let (up, down) = looked.plan.steps();
        let (of, direction) = match direction {
            SyncDirection::Push => (up, Direction::Push),
            SyncDirection::Pull => (down, Direction::Pull),
            SyncDirection::Both => (up + down, Direction::Both),
        };
        let of = u32::try_from(of).unwrap_or(u32::MAX);
        let host = Arc::clone(&self.host);
        let progress = Arc::new(Progress { host, remote: id, of, done: 0.into() });
        let keeper = VaultKeeper { progress: Some(Arc::clone(&progress)), ..self.keeper(id, act) };
        looked.carry_out(&Watched { client, progress }, &keeper, direction).await
    }

    /// Keeps what a person said about a remote, and nothing else.
    pub(crate) async fn keep_answers(
        self: &Arc<Self>,
        remote: Uuid,
        answers: Vec<StateChange>,
        act: Act,
    ) -> Result<(), Failure> {
        let commit = sync::Commit { downs: Vec::new(), state: answers };
        let kept: Result<(), KeeperError> = self.keeper(remote, act).commit(commit).await;
        kept.map_err(|error| refused::keeper(&error))
    }
}

fn remote_error<T>(looked: &Result<T, SyncError>) -> Option<&RemoteError> {
    match looked {
        Err(SyncError::Remote(error)) => Some(error),
        _ => None,
    }
}

/// A client of an address. The system's certificates are read, so not on a thread that serves others.
pub(crate) async fn client(address: Address, pin: Option<Pin>) -> Result<Client, Failure> {
    let made = spawn_blocking(move || Client::new(address, pin, Timeouts::default())).await;
    made.map_err(|_| failures::broken_off())?.map_err(|_| failures::network())
}

pub(crate) fn way(kept: store::RemoteWay) -> RemoteWay {
    match kept {
        store::RemoteWay::Password => RemoteWay::Password,
        store::RemoteWay::Token => RemoteWay::Token,
    }
}
