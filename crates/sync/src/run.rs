//! Carrying out a plan, step by step. Before a request leaves, it is written down what it is to do; what came of it is written
//! before the next one leaves. Whatever is cut in between is found out by the next look.

mod create;
mod delete;
mod down;
mod place;
mod update;

use model::ProviderId;

use crate::{
    keeper::{Commit, Keeper, KeeperError},
    look::{Accept, Suspicion},
    plan::{Plan, Step},
    record::{Here, Seen, There},
    remote::{Remote, RemoteError},
    state::{State, StateChange},
};

/// Most looks of one [`sync`]: somebody who edits all the time is waited for no longer.
const LOOKS: usize = 5;

/// Which way differences go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Up alone.
    Push,
    /// Down alone.
    Pull,
    /// Both ways.
    Both,
}

/// Why a run ended early. What was done stays done, and the next run goes on from there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SyncError {
    /// The remote.
    #[error(transparent)]
    Remote(#[from] RemoteError),
    /// The remote is not believed; nothing was changed.
    #[error(transparent)]
    Suspicious(#[from] Suspicion),
    /// What was learned could not be kept.
    #[error(transparent)]
    Keeper(#[from] KeeperError),
}

impl SyncError {
    /// What to do, full sentences.
    pub fn advice(&self) -> String {
        match self {
            Self::Remote(error) => error.advice(),
            Self::Suspicious(error) => error.advice().to_owned(),
            Self::Keeper(_) => "Try again. Nothing is done twice.".to_owned(),
        }
    }
}

/// What a run did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Steps done on the remote.
    pub up: usize,
    /// Steps done here.
    pub down: usize,
    /// Steps that somebody was quicker than, on either side: the next look sees what they did.
    pub overtaken: usize,
    /// Steps that were refused.
    pub undone: Vec<Undone>,
}

/// A step that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undone {
    /// What people call the configuration; empty for a place.
    pub name: String,
    /// What happened.
    pub message: String,
    /// What to do.
    pub advice: String,
}

/// Both sides as they were seen, with the plan that came of it.
pub struct Looked {
    /// Every difference.
    pub plan: Plan,
    here: Here,
    there: There,
    state: State,
}

/// Looks at both sides and changes nothing on either.
///
/// # Errors
/// See [`SyncError`].
pub async fn look(remote: &impl Remote, keeper: &impl Keeper, accept: Accept) -> Result<Looked, SyncError> {
    let there = remote.list().await?;
    let (here, mut state) = keeper.read().await?;
    let plan = Plan::make(&here, &there, &mut state, accept)?;
    Ok(Looked { plan, here, there, state })
}

/// Looks and carries out, and again where somebody was quicker.
///
/// # Errors
/// See [`SyncError`].
pub async fn sync(
    remote: &impl Remote,
    keeper: &impl Keeper,
    direction: Direction,
    accept: Accept,
) -> Result<Report, SyncError> {
    let mut all = Report::default();
    for round in 0..LOOKS {
        // What was accepted of one look was not accepted of the next.
        let accept = if round == 0 { accept } else { Accept::default() };
        let report = look(remote, keeper, accept).await?.carry_out(remote, keeper, direction).await?;
        let again = report.overtaken > 0;
        (all.up, all.down) = (all.up + report.up, all.down + report.down);
        (all.overtaken, all.undone) = (report.overtaken, report.undone);
        if !again {
            break;
        }
    }
    Ok(all)
}

impl Looked {
    /// What this computer had when it was looked at.
    pub fn here(&self) -> &Here {
        &self.here
    }

    /// What the remote had when it was looked at.
    pub fn there(&self) -> &There {
        &self.there
    }

    /// What is remembered of the remote after the look.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// Keeps what was learned by looking, and changes nothing else on either side. Whoever looks and does nothing more would
    /// otherwise not know the next time that both sides had agreed.
    ///
    /// # Errors
    /// [`KeeperError`]; nothing of it is then remembered.
    pub async fn remember(&self, keeper: &impl Keeper) -> Result<(), KeeperError> {
        let state = self.plan.changes.clone();
        if state.is_empty() { Ok(()) } else { keeper.commit(Commit { downs: Vec::new(), state }).await }
    }

    /// Leaves the steps of everything but this configuration out.
    #[must_use]
    pub fn only(mut self, id: ProviderId) -> Self {
        self.plan.steps.retain(|step| step.is_of(id));
        self
    }

    /// Takes the plan's steps in one or both directions. What waits for a person stays.
    ///
    /// # Errors
    /// See [`SyncError`].
    pub async fn carry_out(
        self,
        remote: &impl Remote,
        keeper: &impl Keeper,
        direction: Direction,
    ) -> Result<Report, SyncError> {
        let Self { plan, here, there, state } = self;
        let report = Report::default();
        let mut run = Run { remote, keeper, here, there, state, unkept: plan.changes, report };
        let (up, down): (Vec<Step>, Vec<Step>) = plan.steps.into_iter().partition(Step::is_up);
        if direction != Direction::Pull {
            let done = run.ups(up).await;
            let kept = run.keep().await;
            done?;
            kept?;
        }
        if direction != Direction::Push {
            run.keep().await?;
            run.downs(down).await?;
        }
        run.keep().await?;
        Ok(run.report)
    }
}

/// How a step on the remote ended.
enum Ended {
    Done,
    /// Somebody was quicker.
    Overtaken,
    /// It needs something that is not there yet.
    NotYet,
}

struct Run<'a, R, K> {
    remote: &'a R,
    keeper: &'a K,
    here: Here,
    /// The remote as it was last seen.
    there: There,
    state: State,
    /// Learned and not yet kept.
    unkept: Vec<StateChange>,
    report: Report,
}

impl<R: Remote, K: Keeper> Run<'_, R, K> {
    fn note(&mut self, change: StateChange) {
        self.state.apply(change.clone());
        self.unkept.push(change);
    }

    async fn keep(&mut self) -> Result<(), KeeperError> {
        if self.unkept.is_empty() {
            return Ok(());
        }
        let state = std::mem::take(&mut self.unkept);
        self.keeper.commit(Commit { downs: Vec::new(), state }).await
    }

    /// What one refuses because of another, which goes later, is tried again as long as anything moves.
    async fn ups(&mut self, mut steps: Vec<Step>) -> Result<(), SyncError> {
        loop {
            let (mut refused, mut moved) = (Vec::new(), false);
            for step in steps {
                match self.up(&step).await {
                    Ok(Ended::Done) => {
                        self.report.up += 1;
                        moved = true;
                    }
                    Ok(Ended::Overtaken) => self.report.overtaken += 1,
                    Ok(Ended::NotYet) => {}
                    Err(SyncError::Remote(error)) if error.is_of_one() => refused.push((step, error)),
                    Err(error) => return Err(error),
                }
            }
            if refused.is_empty() || !moved {
                let undone = refused.into_iter().map(|(step, error)| self.undone(&step, &error));
                self.report.undone = undone.collect();
                return Ok(());
            }
            steps = refused.into_iter().map(|(step, _)| step).collect();
        }
    }

    async fn up(&mut self, step: &Step) -> Result<Ended, SyncError> {
        match step {
            Step::Update { id, number, fields, key } => self.update((*id, *number), fields, *key).await,
            Step::Create { id } => self.create(*id).await,
            Step::Place { place, to, was } => self.place(*place, *to, was).await,
            Step::Delete { id, number } => self.delete(*id, *number).await,
            Step::Down { .. } | Step::Insert { .. } | Step::DownPlace { .. } => Ok(Ended::NotYet),
        }
    }

    fn undone(&self, step: &Step, error: &RemoteError) -> Undone {
        let name = match step {
            Step::Update { id, .. } | Step::Create { id } => {
                self.here.records.get(id).map(|local| crate::record::name_of(&local.fields))
            }
            Step::Delete { number, .. } => self.there.records.get(number).map(Seen::name),
            _ => None,
        };
        let name = name.unwrap_or_default().to_owned();
        Undone { name, message: error.to_string(), advice: error.advice() }
    }

    /// Looks again at one that may have moved. `None` when it is gone or is not as the plan saw it.
    async fn fresh(&mut self, number: i64) -> Result<Option<Seen>, SyncError> {
        let fresh = match self.remote.get(number).await {
            Ok(fresh) => fresh,
            Err(RemoteError::NotFound) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let is_same = self.there.records.get(&number).is_some_and(|seen| is_same(seen, &fresh));
        if is_same {
            self.there.records.insert(number, fresh.clone());
        }
        Ok(is_same.then_some(fresh))
    }
}

/// Whether nothing of it was changed, but perhaps the places that it holds.
fn is_same(one: &Seen, two: &Seen) -> bool {
    one.identity.is(&two.identity) != Some(false)
        && one.provider_type == two.provider_type
        && one.fields == two.fields
}
