//! Sync: a look that says every difference, a person's answers, runs, and one configuration that goes on from remote to remote.

use std::sync::Arc;

use model::{
    Failure, ProviderId,
    command::{ChooseSyncKey, DecideSync, LookAtRemote, PromoteProvider, RunSync},
    sync::{SyncDecision, SyncDirection, SyncDone, SyncSide, SyncState, SyncTrouble, SyncUndone, SyncView},
};
use serde_json::json;
use sync::{RemoteError, Report, Side, StateChange, SyncError};
use uuid::Uuid;

use crate::{
    Desk, Host,
    dispatch::Body,
    failures::{self, sync as refused},
    session::Session,
    sync::Shown,
};

/// How a run ended.
#[derive(Default)]
struct Ended {
    report: Report,
    stopped: Option<SyncTrouble>,
    /// It was stopped because the remote wants the second factor again.
    wants_factor: bool,
}

impl Body for LookAtRemote {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SyncView, Failure> {
        let session = desk.session()?;
        let _alone = session.remotes.alone.lock().await;
        let act = desk.act("sync.look");
        session.until_closed(session.look_at_remote(self.id, self.accept, act)).await
    }
}

impl Body for DecideSync {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SyncView, Failure> {
        let session = desk.session()?;
        let _alone = session.remotes.alone.lock().await;
        let shown = session.remotes.take(self.id, self.look)?;
        let answers = self.decisions.iter().map(|decision| answer(&shown, *decision));
        let answers = answers.collect::<Result<Vec<_>, _>>()?;
        let act = desk.act("sync.decide");
        session.keep_answers(self.id, answers, act.clone()).await?;
        session.until_closed(session.look_at_remote(self.id, None, act)).await
    }
}

impl Body for ChooseSyncKey {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SyncView, Failure> {
        let session = desk.session()?;
        if self.send {
            session.require_proof()?;
        }
        let _alone = session.remotes.alone.lock().await;
        choose_key(&session, desk, (self.id, self.provider), self.send).await?;
        let act = desk.act("sync.look");
        session.until_closed(session.look_at_remote(self.id, None, act)).await
    }
}

impl Body for RunSync {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SyncDone, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        let _alone = session.remotes.alone.lock().await;
        let shown = session.remotes.take(self.id, self.look)?;
        let order = (self.id, self.direction, self.only);
        let ended = run(&session, desk, order, shown, self.run).await?;
        done(&session, desk, self.id, ended).await
    }
}

impl Body for PromoteProvider {
    async fn perform<H: Host>(self, desk: &Desk<H>) -> Result<SyncDone, Failure> {
        let session = desk.session()?;
        session.require_proof()?;
        if self.from == self.to {
            return Err(refused::same_remote());
        }
        let _alone = session.remotes.alone.lock().await;
        let (mut all, mut wants_factor) = (Report::default(), false);
        for (id, direction) in [(self.from, SyncDirection::Pull), (self.to, SyncDirection::Push)] {
            if id == self.to && self.with_key {
                choose_key(&session, desk, (id, self.provider), true).await?;
            }
            let act = desk.act("sync.look");
            let view = session.until_closed(session.look_at_remote(id, None, act)).await?;
            let stopped = match &view.state {
                SyncState::Ready(look) => {
                    let shown = session.remotes.take(id, look.look)?;
                    match shown.waits(self.provider) {
                        Some(waits) => Some(waits),
                        None => {
                            let order = (id, direction, Some(self.provider));
                            let ended = run(&session, desk, order, shown, self.run).await?;
                            (all.up, all.down) = (all.up + ended.report.up, all.down + ended.report.down);
                            all.overtaken += ended.report.overtaken;
                            all.undone.extend(ended.report.undone);
                            wants_factor = ended.wants_factor;
                            ended.stopped
                        }
                    }
                }
                // The view says it.
                _ => Some(SyncTrouble { message: refused::logged_out().message, advice: String::new() }),
            };
            if stopped.is_some() || !all.undone.is_empty() {
                return done(&session, desk, id, Ended { report: all, stopped, wants_factor }).await;
            }
        }
        done(&session, desk, self.to, Ended { report: all, ..Ended::default() }).await
    }
}

/// What is to be remembered of an answer.
fn answer(shown: &Shown, decision: SyncDecision) -> Result<StateChange, Failure> {
    let about = shown.about(decision.difference, decision.field).ok_or_else(refused::no_question)?;
    let Some(side) = decision.take else { return Ok(StateChange::Choice(about, None)) };
    let side = match side {
        SyncSide::Here => Side::Ours,
        SyncSide::There => Side::Theirs,
    };
    shown.question(about).map(|question| question.choose(side)).ok_or_else(refused::no_question)
}

async fn choose_key<H: Host>(
    session: &Arc<Session>,
    desk: &Desk<H>,
    (remote, id): (Uuid, ProviderId),
    send: bool,
) -> Result<(), Failure> {
    let provider = session.store.provider(id).await.map_err(failures::store)?;
    let version = provider.key_changed_at.filter(|_| provider.sealed_key.is_some()).map(|at| at.0);
    if send && version.is_none() {
        return Err(refused::no_key());
    }
    let act = desk.act(if send { "sync.choose_key" } else { "sync.leave_key" });
    let what = json!({ "provider": provider.draft.display_name, "ends_in": provider.key_last_four });
    session.store.record_of_remote(remote, what, &act).await.map_err(failures::store)?;
    session.keep_answers(remote, vec![StateChange::Key(id, version.filter(|_| send))], act).await
}

/// Takes the steps of a look, or those of one configuration, and writes what came of it into the log of acts.
async fn run<H: Host>(
    session: &Arc<Session>,
    desk: &Desk<H>,
    (id, direction, only): (Uuid, SyncDirection, Option<ProviderId>),
    shown: Shown,
    number: u64,
) -> Result<Ended, Failure> {
    let looked = match only {
        Some(provider) => shown.looked.only(provider),
        None => shown.looked,
    };
    let act = desk.act("sync.run");
    let began = json!({ "direction": direction, "only": only });
    session.store.record_of_remote(id, began, &desk.act("sync.begin")).await.map_err(failures::store)?;
    let ran =
        session.runs.run(number, async { Ok(session.carry_out(id, looked, direction, act).await) }).await;
    // Calls are served by what came down, also when it ended early.
    if !session.closing.is_cancelled() {
        session.reload().await;
    }
    let ended = match ran? {
        Ok(report) => Ended { report, ..Ended::default() },
        Err(SyncError::Keeper(error)) => return Err(refused::keeper(&error)),
        Err(error) => Ended {
            stopped: Some(refused::trouble(&error)),
            wants_factor: error == SyncError::Remote(RemoteError::SecondFactorNeeded),
            ..Ended::default()
        },
    };
    let Report { up, down, overtaken, undone } = &ended.report;
    let came = json!({ "up": up, "down": down, "overtaken": overtaken, "refused": undone.len(),
        "stopped": ended.stopped.as_ref().map(|trouble| &trouble.message) });
    session.store.record_of_remote(id, came, &desk.act("sync.end")).await.map_err(failures::store)?;
    Ok(ended)
}

async fn done<H: Host>(
    session: &Arc<Session>,
    desk: &Desk<H>,
    id: Uuid,
    ended: Ended,
) -> Result<SyncDone, Failure> {
    let act = desk.act("sync.look");
    let mut view = session.until_closed(session.look_at_remote(id, None, act)).await?;
    if ended.wants_factor && matches!(view.state, SyncState::Ready(_)) {
        // A look needs none, so the page would show the same differences again and no field for the code.
        view.state = SyncState::SecondFactor;
    }
    let count = |steps: usize| u32::try_from(steps).unwrap_or(u32::MAX);
    let Report { up, down, overtaken, undone } = ended.report;
    let undone = undone.into_iter().map(|one| SyncUndone {
        name: one.name,
        trouble: SyncTrouble { message: one.message, advice: one.advice },
    });
    Ok(SyncDone {
        up: count(up),
        down: count(down),
        overtaken: count(overtaken),
        undone: undone.collect(),
        stopped: ended.stopped,
        view,
        list: desk.list(session).await?,
    })
}
