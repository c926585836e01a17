//! What goes on behind an open vault: the high-water mark follows, a backup is made once a day when something changed, and
//! once a week the whole database is read.

use std::{sync::Arc, time::Duration};

use model::{
    Failure,
    backups::{BackupReason, BackupState},
    time::DAY_MS,
    vault::DeskEvent,
};
use store::Store;
use vault::{Mark, OpenVault, digest_of_pages};

use super::{Backups, list};
use crate::{entering::blocking, session::Session};

/// How often the mark follows.
const MARK_EVERY: Duration = Duration::from_secs(2);
/// Looks at the mark before the first look at backups, and between two of these: a minute and ten.
const FIRST_LOOK: u32 = 30;
const LOOKS: u32 = 300;
const WEEK_MS: i64 = 7 * DAY_MS;

impl Session {
    /// Watches for as long as the vault is open.
    pub(crate) fn tend_backups(session: &Arc<Self>) {
        let (closing, session) = (session.closing.clone(), Arc::downgrade(session));
        tokio::spawn(async move {
            let (mut written, mut looks) = (None, LOOKS - FIRST_LOOK);
            while closing.run_until_cancelled(tokio::time::sleep(MARK_EVERY)).await.is_some() {
                let Some(open) = session.upgrade() else { return };
                open.backups.follow(&open, &mut written).await;
                looks += 1;
                if looks >= LOOKS {
                    looks = 0;
                    open.backups.make_if_due(&open).await;
                }
            }
        });
    }
}

impl Backups {
    async fn follow(&self, session: &Session, written: &mut Option<i64>) {
        let Ok(mark) = session.store.mark().await else { return };
        // Never back: what was cut off while the vault was open is found by the note, too.
        if written.is_none_or(|written| mark.revision > written)
            && self.keep_mark(&session.vault, &mark.clone().into_mark())
        {
            *written = Some(mark.revision);
        }
    }

    /// Closes the database and notes how far it had come, with the digest of its pages.
    pub(crate) async fn close(&self, vault: Arc<OpenVault>, store: Store) {
        let mark = store.mark().await;
        store.close().await;
        let Ok(mark) = mark else { return };
        let highwater = self.highwater.clone();
        let noted =
            blocking(move || highwater.write(&vault, &mark.into_mark(), digest_of_pages(&vault.database())));
        if !matches!(noted.await, Ok(Ok(()))) {
            tracing::warn!("it could not be noted how far the vault has come");
        }
    }

    /// Notes how far an open vault has come, and says whether it is noted.
    pub(crate) fn keep_mark(&self, vault: &OpenVault, mark: &Mark) -> bool {
        let written = self.highwater.write(vault, mark, None);
        if let Err(error) = &written {
            tracing::warn!(%error, "it could not be noted how far the vault has come");
        }
        written.is_ok()
    }

    /// Makes the day's backup, or the week's check, if it is time. What goes wrong is told.
    pub(crate) async fn make_if_due(&self, session: &Session) {
        let done = self.tend(session).await;
        let failure = done.err().filter(|_| !session.closing.is_cancelled());
        let is_new = {
            let mut status = self.status();
            let is_new = failure.is_some() && status.fault != failure;
            status.fault = failure.clone();
            is_new
        };
        if let Some(failure) = failure.filter(|_| is_new) {
            tracing::error!(reason = failure.message, "no automatic backup");
            session.host.emit(DeskEvent::Trouble { failure });
        }
    }

    async fn tend(&self, session: &Session) -> Result<(), Failure> {
        let now = session.host.now();
        let views = self.views(&session.vault);
        let newest = views.iter().find(|one| list::is_sound(one));
        let of_today = newest.is_some_and(|one| one.made_at.0.div_euclid(DAY_MS) == now.0.div_euclid(DAY_MS));
        let is_off = self.status().off;
        if !is_off && !of_today && self.has_changed(session, newest.map(|one| one.place.as_str())).await? {
            return self.make(session, BackupReason::Daily, None).await.map(drop);
        }
        let read_whole = views.iter().filter_map(|one| match one.state {
            BackupState::Sound { .. } => Some(one.made_at),
            BackupState::OtherKey | BackupState::Damaged => None,
        });
        let checked = self.status().noted.checked_at.into_iter().chain(read_whole).max();
        match checked {
            Some(at) if now.0 - at.0 < WEEK_MS => Ok(()),
            _ => self.check_live(session).await,
        }
    }

    async fn has_changed(&self, session: &Session, newest: Option<&str>) -> Result<bool, Failure> {
        let Some(newest) = newest else { return Ok(true) };
        let Ok(manifest) = session.vault.open_manifest(&self.at(newest)?) else { return Ok(true) };
        let changed = session.store.changed_since(manifest.revision, manifest.made_at).await;
        changed.map_err(crate::failures::store)
    }
}

/// The store's mark as the vault's: neither room knows the other.
pub(crate) trait IntoMark {
    fn into_mark(self) -> Mark;
}

impl IntoMark for store::Mark {
    fn into_mark(self) -> Mark {
        Mark { revision: self.revision, head: self.head }
    }
}
