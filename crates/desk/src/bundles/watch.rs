//! Tells of bundles in force that run out: once when it is time to make a new one, and once when it is over, also across restarts.
//! What is in force at a server goes on after that; a new server, or one that lost its disk, could not take it any more.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use model::{
    Failure, Timestamp,
    bundles::warns_at,
    vault::{DeskEvent, Notice, Teller},
};
use serde::{Deserialize, Serialize};
use store::{Act, MadeBundle};
use tokio::{
    sync::Notify,
    time::{sleep, timeout},
};

use super::{Scope, wording};
use crate::{failures, session::Session};

/// The first look comes so long after unlocking, when the list is on the screen.
const FIRST: Duration = Duration::from_secs(1);
/// Between two thoughts about whether a moment has come.
const TICK: Duration = Duration::from_secs(15);
/// What was told, by serial.
const TOLD: &str = "bundles_told";

/// How urgent it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Level {
    /// It is time for a new one.
    Soon,
    /// It cannot be applied any more.
    Expired,
}

/// What a session keeps for it.
#[derive(Default)]
pub(crate) struct Watch {
    changed: Arc<Notify>,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    /// Bundles that run out, as the page knows them.
    due: u64,
    /// Before that, nothing is otherwise.
    next: Option<Timestamp>,
}

/// A bundle that a server serves by, as far as is known here.
struct InForce<'a> {
    bundle: &'a MadeBundle,
    /// From then on it is told of.
    warns_at: Timestamp,
}

impl Watch {
    /// Bundles or servers were changed.
    pub(crate) fn look_soon(&self) {
        self.changed.notify_one();
    }

    /// The page knows nothing yet.
    pub(crate) fn tell_again(&self) {
        self.told().due = 0;
        self.look_soon();
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.told().next.is_none_or(|next| next <= now)
    }
}

impl<'a> InForce<'a> {
    fn of(bundle: &'a MadeBundle) -> Self {
        Self { bundle, warns_at: warns_at(bundle.made_at(), bundle.expires_at()) }
    }

    fn level(&self, now: Timestamp) -> Option<Level> {
        match now {
            now if self.bundle.expires_at() <= now => Some(Level::Expired),
            now if self.warns_at <= now => Some(Level::Soon),
            _ => None,
        }
    }

    /// When it is otherwise next.
    fn next(&self, now: Timestamp) -> Option<Timestamp> {
        [self.warns_at, self.bundle.expires_at()].into_iter().find(|at| *at > now)
    }
}

impl Session {
    /// Looks after bundles until the vault is locked.
    pub(crate) fn watch_bundles(session: &Arc<Self>, act: Act) {
        let (closing, changed) = (session.closing.clone(), Arc::clone(&session.bundle_watch.changed));
        let session = Arc::downgrade(session);
        tokio::spawn(closing.clone().run_until_cancelled_owned(async move {
            sleep(FIRST).await;
            let mut asked = true;
            loop {
                let Some(open) = session.upgrade().filter(|_| !closing.is_cancelled()) else { return };
                let now = open.host.now();
                if (asked || open.bundle_watch.is_due(now))
                    && let Err(failure) = open.look_at_bundles(now, &Act { at: now, ..act.clone() }).await
                {
                    tracing::warn!(reason = failure.message, "bundles could not be looked at");
                }
                // A share of the session only for one look, which ends with the session at once.
                drop(open);
                asked = timeout(TICK, changed.notified()).await.is_ok();
            }
        }));
    }

    async fn look_at_bundles(&self, now: Timestamp, act: &Act) -> Result<(), Failure> {
        let made = self.store.bundles().await.map_err(failures::store)?;
        let servers = self.store.bundle_servers().await.map_err(failures::store)?;
        let newest = servers.iter().filter_map(|server| super::newest(&made, &server.id));
        let in_force: Vec<InForce<'_>> = newest.filter(|one| serves(one)).map(InForce::of).collect();
        let due: Vec<(&MadeBundle, Level)> =
            in_force.iter().filter_map(|one| Some((one.bundle, one.level(now)?))).collect();
        let news = self.note_due(&due, act).await?;
        if let Some(notice) = &news {
            self.host.notify(notice);
        }
        let count = u64::try_from(due.len()).unwrap_or(u64::MAX);
        let known = {
            let mut told = self.bundle_watch.told();
            let next = in_force.iter().filter_map(|one| one.next(now)).min();
            told.next = Some(next.unwrap_or(Timestamp(i64::MAX)));
            std::mem::replace(&mut told.due, count)
        };
        if news.is_some() || known != count {
            self.host.emit(DeskEvent::Told { by: Teller::Bundles, unread: count, news });
        }
        Ok(())
    }

    /// Remembers what is told, and says the most urgent of what was not told before.
    async fn note_due(&self, due: &[(&MadeBundle, Level)], act: &Act) -> Result<Option<Notice>, Failure> {
        let before: BTreeMap<i64, Level> = self.store.setting(TOLD).await.map_err(failures::store)?;
        let is_new = |(bundle, level): &&(&MadeBundle, Level)| {
            before.get(&bundle.serial).is_none_or(|told| told < level)
        };
        let new: Vec<_> = due.iter().filter(is_new).collect();
        let urgent = new.iter().max_by_key(|(bundle, level)| (*level, -bundle.expires_at().0));
        let Some((bundle, level)) = urgent else { return Ok(None) };
        let notice = wording::expiry(bundle, *level, act.at, new.len() - 1);
        let after: BTreeMap<i64, Level> = due.iter().map(|(bundle, level)| (bundle.serial, *level)).collect();
        self.store.set_setting(TOLD, &after, act).await.map_err(failures::store)?;
        Ok(Some(notice))
    }
}

/// Whether a server serves by it: one that takes everything away may run out.
fn serves(bundle: &MadeBundle) -> bool {
    let scope: Scope = serde_json::from_str(&bundle.scope).unwrap_or_default();
    !scope.configurations.is_empty() || scope.again.is_some()
}
