//! One column: whom it asks, and how far its run is.

use std::rc::Rc;

use model::{
    CallError, ErrorClass, Failure, FailureCode, PicoUsd, ProviderId, ProviderType, TaskName,
    gateway::{Answered, Fallback, PlaygroundEnd, PlaygroundTarget},
    provider::ProviderList,
};

use super::{
    answer::Answer,
    estimate::{BYTES_PER_TOKEN, first_asked},
};
use crate::t;

/// A column.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Tells it from others while the page lives.
    pub key: u32,
    /// Whom it asks; `None` while that is being chosen for the first time.
    pub target: Option<PlaygroundTarget>,
    /// Whether the field for choosing is shown.
    pub choosing: bool,
    /// What came of the latest run.
    pub answer: Answer,
    /// How far it is.
    pub run: Run,
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub enum Run {
    /// There was none.
    Idle,
    /// An answer is awaited or grows.
    Running(Running),
    /// It was answered.
    Answered(Rc<Answered>),
    /// Every provider that was asked failed.
    Failed(Rc<(CallError, Vec<Fallback>)>),
    /// The gateway did not begin, or did not say how it ended.
    Refused(Failure),
    /// The person stopped it.
    Stopped,
}

/// A run that is going on. Instants are the browser's steady milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Running {
    /// The number by which it can be stopped.
    pub run: u64,
    /// When it was asked.
    pub began: f64,
    /// When the first word of the answer came.
    pub first: Option<f64>,
    /// Who answers, when the first in the chain has failed.
    pub restarted: Option<ProviderId>,
    /// A pause before somebody is asked.
    pub pause: Option<Pause>,
    /// Whether it has been asked to stop.
    pub stopping: bool,
}

/// A pause of a run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pause {
    /// Who is asked then.
    pub provider: ProviderId,
    /// Whether the vendor asked for it; else it failed and is given time.
    pub asked: bool,
    /// When it ends.
    pub until: f64,
}

/// What a run took; `None` where nobody knows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Tokens of the prompt.
    pub input: Option<u64>,
    /// Tokens of the answer.
    pub output: Option<u64>,
    /// Cost.
    pub cost: Option<PicoUsd>,
    /// Milliseconds to the first word.
    pub first_ms: Option<u64>,
    /// Milliseconds to the last.
    pub whole_ms: Option<u64>,
}

/// Which figures of a column are the lowest of all columns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lowest {
    /// Cost.
    pub cost: bool,
    /// Time to the first word.
    pub first: bool,
    /// Whole time.
    pub whole: bool,
}

impl Column {
    /// A column without a run.
    pub fn new(key: u32, target: Option<PlaygroundTarget>) -> Self {
        Self { key, choosing: target.is_none(), target, answer: Answer::default(), run: Run::Idle }
    }

    /// The run that is going on.
    pub fn running(&self) -> Option<&Running> {
        match &self.run {
            Run::Running(running) => Some(running),
            _ => None,
        }
    }

    /// Its task, when it asks one.
    pub fn task(&self) -> Option<&TaskName> {
        match &self.target {
            Some(PlaygroundTarget::Task(task)) => Some(task),
            _ => None,
        }
    }

    /// Whose answer is shown, as far as is known.
    pub fn provider(&self) -> Option<ProviderId> {
        match (&self.run, &self.target) {
            (Run::Answered(answered), _) => Some(answered.provider),
            (Run::Running(Running { restarted: Some(provider), .. }), _) => Some(*provider),
            (_, Some(PlaygroundTarget::Provider(provider))) => Some(*provider),
            _ => None,
        }
    }

    /// A run begins; what the last one left goes.
    pub(super) fn began(&mut self, run: u64, at: f64) {
        self.answer = Answer::default();
        self.choosing = false;
        self.run = Run::Running(Running {
            run,
            began: at,
            first: None,
            restarted: None,
            pause: None,
            stopping: false,
        });
    }

    /// More text has come.
    pub(super) fn grew(&mut self, text: &str, at: f64) {
        if let Run::Running(running) = &mut self.run {
            running.first.get_or_insert(at);
            running.pause = None;
            self.answer.push(text);
        }
    }

    /// What has come is void, and another provider answers anew.
    pub(super) fn restarted(&mut self, provider: ProviderId) {
        if let Run::Running(running) = &mut self.run {
            (running.restarted, running.first, running.pause) = (Some(provider), None, None);
            self.answer = Answer::default();
        }
    }

    /// It pauses before somebody is asked.
    pub(super) fn waits(&mut self, pause: Pause) {
        if let Run::Running(running) = &mut self.run {
            running.pause = Some(pause);
        }
    }

    /// The run has ended.
    pub(super) fn ended(&mut self, end: Result<PlaygroundEnd, Failure>) {
        self.run = match end {
            Ok(PlaygroundEnd::Answered(answered)) => {
                // Words may have been lost on their way; the end has them all.
                if self.answer.text() != answered.answer.text {
                    self.answer = Answer::of(&answered.answer.text);
                }
                Run::Answered(answered.into())
            }
            Ok(PlaygroundEnd::Failed { error, .. }) if error.class == ErrorClass::Cancelled => Run::Stopped,
            Ok(PlaygroundEnd::Failed { error, fallbacks }) => Run::Failed(Rc::new((error, fallbacks))),
            Err(failure) if failure.code == FailureCode::Cancelled => Run::Stopped,
            Err(failure) => Run::Refused(failure),
        };
    }

    /// About how many tokens of the answer have come, while it grows; the vendor counts them only at the end.
    pub fn output_so_far(&self) -> Option<u64> {
        let bytes = self.running().map(|_| self.answer.bytes()).filter(|bytes| *bytes > 0)?;
        Some(bytes.div_ceil(BYTES_PER_TOKEN))
    }

    /// What the run took, up to `now` while it goes on; `None` without a run.
    pub fn figures(&self, now: f64) -> Option<Figures> {
        let since = |from: f64, to: f64| Some((to - from).max(0.0) as u64);
        match &self.run {
            Run::Idle | Run::Refused(_) | Run::Stopped => None,
            Run::Running(running) => Some(Figures {
                first_ms: running.first.and_then(|first| since(running.began, first)),
                whole_ms: since(running.began, now),
                ..Figures::default()
            }),
            Run::Answered(answered) => {
                let usage = answered.answer.usage.as_ref();
                Some(Figures {
                    input: usage.map(model::TokenUsage::total_input),
                    output: usage.map(|usage| usage.output),
                    cost: answered.cost,
                    first_ms: answered.answer.first_token_ms,
                    whole_ms: Some(answered.answer.whole_ms),
                })
            }
            Run::Failed(failed) => {
                let usage = failed.0.usage.as_ref();
                Some(Figures {
                    input: usage.map(model::TokenUsage::total_input),
                    output: usage.map(|usage| usage.output),
                    ..Figures::default()
                })
            }
        }
    }
}

/// A column's heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// The type of whoever answers or is asked first; `None` where nobody is.
    pub provider_type: Option<ProviderType>,
    /// The configuration's or the task's name; empty while nobody is chosen.
    pub name: String,
    /// The model, or who of the task's chain is shown.
    pub detail: String,
}

impl Heading {
    /// The heading of a column.
    pub fn of(column: &Column, list: &ProviderList) -> Self {
        let find = |id| list.providers.iter().find(|provider| provider.id == id);
        let Some(target) = &column.target else {
            return Self { provider_type: None, name: String::new(), detail: String::new() };
        };
        let shown = column.provider().and_then(find).or_else(|| first_asked(target, list));
        let provider_type = shown.map(|provider| provider.provider_type);
        match target {
            PlaygroundTarget::Provider(_) => Self {
                provider_type,
                name: shown.map_or_else(|| t!("gone-provider"), |provider| provider.display_name.clone()),
                detail: shown.map(|provider| provider.model_name.clone()).unwrap_or_default(),
            },
            PlaygroundTarget::Task(task) => Self {
                provider_type,
                name: format!("task:{task}"),
                detail: shown.map_or_else(|| t!("nobody"), |provider| provider.display_name.clone()),
            },
        }
    }
}

/// The lowest figures among the answers, one entry for each column. What all have in common is no one's merit.
pub fn lowest(columns: &[Rc<Column>]) -> Vec<Lowest> {
    let answered = |column: &Rc<Column>| {
        matches!(column.run, Run::Answered(_)).then(|| column.figures(0.0)).flatten().unwrap_or_default()
    };
    let all: Vec<Figures> = columns.iter().map(answered).collect();
    let cost = marks(&all, |figures| figures.cost.map(|cost| cost.0));
    let first = marks(&all, |figures| figures.first_ms.map(i128::from));
    let whole = marks(&all, |figures| figures.whole_ms.map(i128::from));
    let one = |place: usize| Lowest { cost: cost[place], first: first[place], whole: whole[place] };
    (0..columns.len()).map(one).collect()
}

fn marks(all: &[Figures], of: impl Fn(&Figures) -> Option<i128>) -> Vec<bool> {
    let values: Vec<Option<i128>> = all.iter().map(of).collect();
    let known = || values.iter().flatten();
    let least = known().min().filter(|least| known().any(|value| value > least));
    values.iter().map(|value| least.is_some() && value.as_ref() == least).collect()
}
