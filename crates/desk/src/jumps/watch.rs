//! Looks every few seconds whether more is called than usual, from what the gateway has written of the last minutes, and
//! tells each jump once: to the page, and on the desktop.

use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use gateway::Lately;
use insights::{Change, Episodes, Jump, REST_MS, Scope};
use model::{
    Failure, Timestamp,
    insights::{Jumps, Watching},
    statistics::{CallFilter, UsageFilter},
    vault::{DeskEvent, Notice, Teller},
};
use store::NewJump;
use tokio::time::{Instant, sleep};

use super::{
    habits::{Habits, WEEKS},
    window::{Windows, causes},
    wording,
};
use crate::{failures, session::Session};

/// The first look comes so long after unlocking, when the list is on the screen and the engine is open.
const FIRST: Duration = Duration::from_secs(2);
/// Between two looks: what came in is counted in pieces of so long.
const EVERY: Duration = Duration::from_secs(gateway::PIECE_S.unsigned_abs());
/// Weeks of hours are read in pieces, and each rests so many times as long as it took.
const SHARE: u32 = 4;
/// A piece begins with a day; when that took less than this, the next one is twice as long.
const QUICK: Duration = Duration::from_millis(100);
/// And at most so many days longer than one.
const MOST_DAYS: i64 = 15;
/// A jump that goes on is written down so often.
const NOTE_MS: u64 = 60_000;
/// Calls of late that say how much costs differ.
const SAMPLE: u32 = 500;

/// What a session keeps for it.
#[derive(Default)]
pub(crate) struct JumpWatch {
    told: Mutex<Told>,
    /// The hours say something else than they did.
    stale: AtomicBool,
    /// The page has to be told how much is unread.
    untold: AtomicBool,
}

#[derive(Default)]
struct Told {
    watching: Watching,
    /// Unseen jumps as the page knows them.
    unread: u64,
}

/// What the watching task has in hand.
#[derive(Default)]
struct Hand {
    habits: Habits,
    episodes: Episodes,
    /// Numbers of those that are kept, and when they were written down last.
    kept: BTreeMap<Scope, (i64, Timestamp)>,
    /// Days of the next piece of hours, less one.
    more_days: i64,
}

impl JumpWatch {
    /// Calls of before were added, or hours are those of another zone.
    pub(crate) fn read_again(&self) {
        self.stale.store(true, Ordering::Relaxed);
    }

    /// The page knows nothing yet.
    pub(crate) fn tell_again(&self) {
        self.told().unread = 0;
        self.untold.store(true, Ordering::Relaxed);
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What was told, and whether it is looked for.
pub(crate) async fn view(session: &Session) -> Result<Jumps, Failure> {
    let told = session.store.jumps().await.map_err(failures::store)?;
    let zone = session.store.statistics_zone().await.map_err(failures::store)?;
    Ok(Jumps { watching: session.jumps.told().watching, told, zone })
}

impl Session {
    /// Looks for jumps until the vault is locked.
    pub(crate) fn watch_jumps(session: &Arc<Self>) {
        let closing = session.closing.clone();
        let session = Arc::downgrade(session);
        tokio::spawn(closing.clone().run_until_cancelled_owned(async move {
            sleep(FIRST).await;
            let mut hand: Option<Hand> = None;
            loop {
                // A share of the session only for one piece of the work, which ends with the session at once.
                let Some(open) = session.upgrade().filter(|_| !closing.is_cancelled()) else { return };
                let began = Instant::now();
                let more = open.tend_jumps(&mut hand).await.unwrap_or_else(|failure| {
                    tracing::warn!(reason = failure.message, "jumps could not be looked for");
                    false
                });
                drop(open);
                sleep(if more { (began.elapsed() * SHARE).min(EVERY) } else { EVERY }).await;
            }
        }));
    }

    /// One piece of the work. Says whether the next one waits already.
    async fn tend_jumps(&self, hand: &mut Option<Hand>) -> Result<bool, Failure> {
        let now = self.host.now();
        if hand.is_none() || self.jumps.stale.swap(false, Ordering::Relaxed) {
            *hand = Some(self.take_up(now).await?);
        }
        if self.jumps.untold.swap(false, Ordering::Relaxed) {
            self.tell_jumps(None, false).await?;
        }
        let Some(hand) = hand else { return Ok(false) };
        if let Some(from) = hand.habits.missing_from(now) {
            return self.read_hours(hand, from, now).await;
        }
        let lately = self.engine.lock().await.as_ref().map(|engine| engine.lately());
        match lately {
            Some(lately) => self.look_for_jumps(hand, &lately, now).await.map(|()| false),
            None => Ok(false),
        }
    }

    /// Goes on where an earlier start ended.
    async fn take_up(&self, now: Timestamp) -> Result<Hand, Failure> {
        let mut hand = Hand::default();
        let hour_ago = Timestamp(now.0.saturating_sub_unsigned(REST_MS));
        for jump in self.store.running_jumps(hour_ago).await.map_err(failures::store)? {
            let scope = Scope { config: jump.config, measure: jump.measure };
            hand.episodes.restore(scope, jump.last_at, jump.is_over);
            hand.kept.insert(scope, (jump.id, jump.last_at));
        }
        Ok(hand)
    }

    /// Reads some days of hours, or what is left of them, and makes the habits when all are there.
    async fn read_hours(&self, hand: &mut Hand, from: Timestamp, now: Timestamp) -> Result<bool, Failure> {
        let (habits, began) = (&mut hand.habits, Instant::now());
        // A clock that was set far ahead does not make it read for ever.
        let from = from.max(now.plus_days(-7 * WEEKS));
        let to = from.plus_days(1 + hand.more_days).min(Timestamp(now.0.saturating_add(1)));
        habits.add(self.store.hours(from, to).await.map_err(failures::usage)?);
        hand.more_days = if began.elapsed() < QUICK { (2 * hand.more_days + 1).min(MOST_DAYS) } else { 0 };
        if habits.missing_from(now).is_some() {
            return Ok(true);
        }
        habits.make(&self.single_costs().await?);
        let watching = habits.watching();
        let changed = std::mem::replace(&mut self.jumps.told().watching, watching) != watching;
        self.tell_jumps(None, changed).await?;
        Ok(true)
    }

    async fn single_costs(&self) -> Result<Vec<f64>, Failure> {
        let good = UsageFilter { statuses: vec!["success".to_owned()], ..UsageFilter::default() };
        let filter = CallFilter { usage: good, ..CallFilter::default() };
        let page = self.store.calls(&filter, None, SAMPLE).await.map_err(failures::store)?;
        Ok(page.calls.into_iter().filter_map(|call| call.cost).map(|cost| cost.0 as f64).collect())
    }

    async fn look_for_jumps(&self, hand: &mut Hand, lately: &Lately, now: Timestamp) -> Result<(), Failure> {
        let Some((at_s, of_week)) = hand.habits.in_week(now) else { return Ok(()) };
        let windows = Windows::of(lately, now);
        let jumps =
            hand.habits.of().iter().map(|(scope, habit)| (*scope, habit.jump(at_s, windows.seen(*scope))));
        let changes = hand.episodes.look(now, jumps);
        for change in &changes {
            match *change {
                Change::Begins(scope, jump) => {
                    let begun = self.begins(lately, now, of_week, scope, jump).await?;
                    hand.kept.insert(scope, (begun, now));
                }
                Change::Returns(scope) => self.note(hand, scope, now, false).await?,
                Change::Over(scope, last) => self.note(hand, scope, last, true).await?,
            }
        }
        let going_on: Vec<(Scope, Timestamp)> = hand.episodes.going_on().collect();
        for (scope, last) in going_on {
            if hand.kept.get(&scope).is_some_and(|(_, noted)| last.since(*noted) >= NOTE_MS) {
                self.note(hand, scope, last, false).await?;
            }
        }
        let ended = changes.iter().any(|change| !matches!(change, Change::Begins(..)));
        if ended { self.tell_jumps(None, true).await } else { Ok(()) }
    }

    async fn begins(
        &self,
        lately: &Lately,
        now: Timestamp,
        of_week: u8,
        scope: Scope,
        jump: Jump,
    ) -> Result<i64, Failure> {
        let names = self.names().await?;
        let name = |config: i64| names.get(&config).cloned().unwrap_or_default();
        let new = NewJump {
            config: scope.config,
            measure: scope.measure,
            began_at: Timestamp(now.0 - i64::from(jump.window_s) * 1_000),
            told_at: now,
            window_s: jump.window_s,
            usual: jump.usual.ceil().max(1.0) as u64,
            seen: jump.seen as u64,
            hour_of_week: of_week,
            causes: causes(lately, now, jump.window_s, scope, name),
        };
        let id = self.store.keep_jump(&new).await.map_err(failures::store)?;
        let notice = wording::notice(&new, scope.config.map(name).as_deref());
        self.host.notify(&notice);
        self.tell_jumps(Some(notice), true).await?;
        Ok(id)
    }

    async fn names(&self) -> Result<BTreeMap<i64, String>, Failure> {
        let providers = self.store.serving().await.map_err(failures::store)?.providers;
        Ok(providers.into_iter().map(|provider| (provider.number, provider.draft.display_name)).collect())
    }

    async fn note(
        &self,
        hand: &mut Hand,
        scope: Scope,
        last: Timestamp,
        is_over: bool,
    ) -> Result<(), Failure> {
        let Some((id, noted)) = hand.kept.get_mut(&scope) else { return Ok(()) };
        *noted = last;
        self.store.jump_seen(*id, last, is_over).await.map_err(failures::store)
    }

    /// Tells the page how much is unread, when that is not what it knows or something else changed.
    pub(crate) async fn tell_jumps(&self, news: Option<Notice>, changed: bool) -> Result<(), Failure> {
        let unread = self.store.unseen_jumps().await.map_err(failures::store)?;
        let known = std::mem::replace(&mut self.jumps.told().unread, unread);
        if changed || known != unread {
            self.host.emit(DeskEvent::Told { by: Teller::Usage, unread, news });
        }
        Ok(())
    }
}
