//! The playground: one prompt, up to four columns that ask it. Kept with the workspace, so that it is still there when a
//! person comes back from another page, and gone when the vault locks. Deliberately not here: calling anyone, clocks.

pub mod answer;
pub mod choices;
pub mod column;
pub mod estimate;
pub mod prompt;
pub mod route;
pub mod words;

use std::rc::Rc;

use model::{
    Failure, ProviderId, TaskName,
    gateway::{PlaygroundEnd, PlaygroundTarget, SavedPrompt},
    provider::ProviderList,
    text,
};

use self::{
    column::{Column, Pause},
    prompt::Prompt,
};
use crate::t;

/// Most columns side by side.
pub const COLUMN_LIMIT: usize = 4;
/// Columns that are there at first.
const FIRST_COLUMNS: usize = 3;

/// The page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Playground {
    /// What is asked.
    pub prompt: Prompt,
    /// The task whose route it is tried against, if any.
    pub task: Option<TaskName>,
    /// Who is asked.
    pub columns: Vec<Rc<Column>>,
    /// What is said to those who listen.
    pub said: String,
    /// The prompts that were kept.
    pub saved: Rc<Vec<SavedPrompt>>,
    /// The kept prompt that the page started from.
    pub opened: Option<i64>,
    /// The next column's key; 0 until the first columns were laid out.
    next_key: u32,
}

/// A change.
#[derive(Clone, Debug)]
pub enum Edit {
    /// The providers are known: the first columns may be laid out.
    Arrive(Rc<ProviderList>),
    /// Something of what is asked.
    Prompt(prompt::Edit),
    /// Another task to try against, or none.
    Task(Option<TaskName>),
    /// One more column.
    Add,
    /// One column less.
    Remove(u32),
    /// The field for choosing is shown, or not.
    Choosing(u32, bool),
    /// Whom a column asks.
    Target(u32, PlaygroundTarget),
    /// A column's run has begun: its number and when.
    Began(u32, u64, f64),
    /// The shell said something of a run, and when.
    Heard(Vec<(Heard, f64)>),
    /// A run is asked to stop.
    Stopping(u64),
    /// A run has ended.
    Ended(u64, Result<PlaygroundEnd, Failure>),
    /// What those who listen are told.
    Said(String),
    /// The kept prompts came.
    Saved(Vec<SavedPrompt>),
    /// A kept prompt is put into the page.
    Open(i64),
}

/// What the shell says of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// More text.
    Grew(u64, String),
    /// Another provider answers anew.
    Restarted(u64, ProviderId),
    /// It pauses before this one is asked, for so many milliseconds, and whether the vendor asked for it.
    Waits(u64, ProviderId, u64, bool),
}

impl Playground {
    /// Whether a run is going on.
    pub fn is_running(&self) -> bool {
        self.columns.iter().any(|column| column.running().is_some())
    }

    /// Whether one more column fits.
    pub fn has_room(&self) -> bool {
        self.columns.len() < COLUMN_LIMIT
    }

    /// A column.
    pub fn column(&self, key: u32) -> Option<&Rc<Column>> {
        self.columns.iter().find(|column| column.key == key)
    }

    /// Columns that may be asked now.
    pub fn ready(&self) -> Vec<(u32, PlaygroundTarget)> {
        let idle = self.columns.iter().filter(|column| column.running().is_none());
        idle.filter_map(|column| Some((column.key, column.target.clone()?))).collect()
    }

    /// Numbers of the runs that go on.
    pub fn runs(&self) -> Vec<u64> {
        self.columns.iter().filter_map(|column| column.running()).map(|running| running.run).collect()
    }

    /// The kept prompt that the page started from.
    pub fn opened(&self) -> Option<&SavedPrompt> {
        self.saved.iter().find(|prompt| Some(prompt.id) == self.opened)
    }

    /// Changes the page.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            Edit::Arrive(list) => self.arrive(&list),
            Edit::Prompt(edit) => self.prompt.apply(edit),
            Edit::Task(task) => self.task = task,
            Edit::Add => self.add(None),
            Edit::Remove(key) => {
                self.columns.retain(|column| column.key != key || column.running().is_some())
            }
            Edit::Choosing(key, choosing) => self.change(key, |column| column.choosing = choosing),
            Edit::Target(key, target) => self.change(key, |column| {
                if column.running().is_none() {
                    *column = Column::new(key, Some(target));
                }
            }),
            Edit::Began(key, run, at) => {
                self.said.clear();
                self.change(key, |column| column.began(run, at));
            }
            Edit::Heard(all) => all.into_iter().for_each(|(heard, at)| self.hear(heard, at)),
            Edit::Stopping(run) => self.of_run(run, |column| {
                if let column::Run::Running(running) = &mut column.run {
                    running.stopping = true;
                }
            }),
            Edit::Ended(run, end) => self.of_run(run, |column| column.ended(end)),
            Edit::Said(said) => self.said = said,
            Edit::Saved(saved) => self.saved = Rc::new(saved),
            Edit::Open(id) => self.open(id),
        }
    }

    fn hear(&mut self, heard: Heard, at: f64) {
        match heard {
            Heard::Grew(run, text) => self.of_run(run, |column| column.grew(&text, at)),
            Heard::Restarted(run, provider) => self.of_run(run, |column| column.restarted(provider)),
            Heard::Waits(run, provider, ms, asked) => {
                if self.runs().contains(&run) {
                    self.said = t!("pause-said", time = text::duration(ms));
                }
                self.of_run(run, |column| column.waits(Pause { provider, asked, until: at + ms as f64 }));
            }
        }
    }

    /// The default and the next ones that are switched on, once.
    fn arrive(&mut self, list: &ProviderList) {
        if self.next_key > 0 || list.providers.is_empty() {
            return;
        }
        let of = |default: bool| {
            list.providers.iter().filter(move |one| one.is_active && one.is_default == default)
        };
        let first: Vec<ProviderId> =
            of(true).chain(of(false)).map(|one| one.id).take(FIRST_COLUMNS).collect();
        first.into_iter().for_each(|id| self.add(Some(PlaygroundTarget::Provider(id))));
        if self.columns.is_empty() {
            self.add(None);
        }
    }

    fn add(&mut self, target: Option<PlaygroundTarget>) {
        if self.has_room() {
            self.next_key += 1;
            self.columns.push(Rc::new(Column::new(self.next_key, target)));
        }
    }

    fn open(&mut self, id: i64) {
        let Some(found) = self.saved.iter().find(|prompt| prompt.id == id) else { return };
        (self.prompt, self.task) = (Prompt::of(&found.request), found.task.clone());
        self.opened = Some(id);
    }

    fn change(&mut self, key: u32, change: impl FnOnce(&mut Column)) {
        if let Some(column) = self.columns.iter_mut().find(|column| column.key == key) {
            change(Rc::make_mut(column));
        }
    }

    /// The column whose run goes on under this number; an answer to a run that is over changes nothing.
    fn of_run(&mut self, run: u64, change: impl FnOnce(&mut Column)) {
        let runs = |column: &Rc<Column>| column.running().is_some_and(|running| running.run == run);
        if let Some(column) = self.columns.iter_mut().find(|column| runs(column)) {
            change(Rc::make_mut(column));
        }
    }
}

#[cfg(test)]
pub(crate) mod tests;
