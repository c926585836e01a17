//! Looks how budgets stand after calls were written and when a day is over, and tells what is new: each level once, also
//! across restarts, and of several at once the most urgent alone.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use model::{
    Failure, Timestamp,
    vault::{DeskEvent, Notice, Teller},
};
use tokio::{
    sync::Notify,
    time::{Instant, sleep, timeout},
};

use super::{
    standing::{Standing, standings},
    wording,
};
use crate::{failures, session::Session};

/// The first look comes so long after unlocking, when the list is on the screen.
const FIRST: Duration = Duration::from_secs(1);
/// Between two thoughts about whether a day is over.
const TICK: Duration = Duration::from_secs(15);
/// Shortest time between two looks; many calls at once are one look.
const REST: Duration = Duration::from_millis(500);
/// A look takes at most one part of so many of the database's time.
const SHARE: u32 = 20;
/// Longest time between calls and the look at what they cost.
const LONGEST_REST: Duration = Duration::from_secs(45);

/// What a session keeps for it.
#[derive(Default)]
pub(crate) struct Watch {
    changed: Arc<Notify>,
    told: Mutex<Told>,
}

#[derive(Default)]
struct Told {
    /// Unseen alerts as the page knows them.
    unread: u64,
    /// When a day is over, what is spent of it is nothing again.
    day_ends: Option<Timestamp>,
}

impl Watch {
    /// Something was spent, or budgets were changed.
    pub(crate) fn look_soon(&self) {
        self.changed.notify_one();
    }

    /// Whom to wake when something was spent.
    pub(crate) fn looker(&self) -> Arc<Notify> {
        Arc::clone(&self.changed)
    }

    /// The page knows nothing yet.
    pub(crate) fn tell_again(&self) {
        self.told().unread = 0;
        self.look_soon();
    }

    fn told(&self) -> std::sync::MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_due(&self, now: Timestamp) -> bool {
        self.told().day_ends.is_none_or(|end| end <= now)
    }
}

impl Session {
    /// Looks after budgets until the vault is locked.
    pub(crate) fn watch_budgets(session: &Arc<Self>) {
        let (closing, changed) = (session.closing.clone(), Arc::clone(&session.budgets.changed));
        let session = Arc::downgrade(session);
        tokio::spawn(closing.clone().run_until_cancelled_owned(async move {
            sleep(FIRST).await;
            let mut asked = true;
            loop {
                // A share of the session only for one look, which ends with the session at once.
                let Some(open) = session.upgrade().filter(|_| !closing.is_cancelled()) else { return };
                let began = Instant::now();
                if (asked || open.budgets.is_due(open.host.now()))
                    && let Err(failure) = open.look_at_budgets().await
                {
                    tracing::warn!(reason = failure.message, "budgets could not be looked at");
                }
                drop(open);
                sleep((began.elapsed() * SHARE).clamp(REST, LONGEST_REST)).await;
                asked = timeout(TICK, changed.notified()).await.is_ok();
            }
        }));
    }

    async fn look_at_budgets(&self) -> Result<(), Failure> {
        let now = self.host.now();
        let (standings, _) = standings(&self.store, now).await?;
        let day_ends = standings.iter().map(|standing| standing.day_ends).min();
        let news = self.keep_news(&standings, now).await?;
        self.budgets.told().day_ends = Some(day_ends.unwrap_or(Timestamp(i64::MAX)));
        if let Some(notice) = &news {
            self.host.notify(notice);
        }
        self.tell_unread(news).await
    }

    /// What holds and was not told before, in words.
    async fn keep_news(&self, standings: &[Standing], now: Timestamp) -> Result<Option<Notice>, Failure> {
        let held = |standing: &'_ Standing| standing.holds.clone();
        let all: Vec<_> = standings.iter().flat_map(held).collect();
        if all.is_empty() {
            return Ok(None);
        }
        let new = self.store.keep_alerts(&all, now).await.map_err(failures::store)?;
        let new: Vec<_> = new.into_iter().filter_map(|place| all.get(place)).collect();
        // The first of the most urgent, by the list's order.
        let Some(most) = new.iter().rev().max_by_key(|alert| alert.level) else { return Ok(None) };
        let others = standings.iter().filter(|standing| {
            standing.view.id != most.budget && new.iter().any(|alert| alert.budget == standing.view.id)
        });
        let others = others.count();
        let of = standings.iter().find(|standing| standing.view.id == most.budget);
        Ok(of.map(|standing| wording::notice(&standing.view, most.level, others)))
    }

    /// Tells the page how much is unread, when that is not what it knows.
    pub(crate) async fn tell_unread(&self, news: Option<Notice>) -> Result<(), Failure> {
        let unread = self.store.unseen_alerts().await.map_err(failures::store)?;
        let known = std::mem::replace(&mut self.budgets.told().unread, unread);
        if news.is_some() || known != unread {
            self.host.emit(DeskEvent::Told { by: Teller::Budgets, unread, news });
        }
        Ok(())
    }
}
