//! Short messages in the corner. How long each stays is decided here, its clock runs where it is drawn.

use model::{
    Failure, ProviderId, TaskName,
    budgets::{BudgetDraft, ExistingBudget},
    gateway::SavedPrompt,
    limits::UserQuota,
    routing::TaskRoute,
    vault::UndoToken,
};

use super::heard::heard;
use crate::t;

/// What a message is, and so how long it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It worked.
    Success,
    /// It worked and can be taken back.
    Undoable,
    /// Something to know that nobody asked about; stays until it is dismissed.
    Attention,
    /// It failed; stays until it is dismissed.
    Danger,
}

/// A step that can be taken back, and how.
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// The shell remembers it.
    Shell(UndoToken),
    /// A budget was deleted.
    Budget(Box<BudgetDraft>),
    /// A budget was changed.
    BudgetChange {
        /// The budget as the change left it; a later revision means that somebody went on from there.
        left: ExistingBudget,
        /// What it was before.
        was: Box<BudgetDraft>,
    },
    /// A budget was made.
    NewBudget(ExistingBudget),
    /// A user's quota was made, changed or deleted.
    Quota {
        /// Whose.
        user: String,
        /// Its revision since then; `None` where it was deleted. Another one means that somebody went on from there.
        left: Option<i64>,
        /// What it was before; `None` where there was none.
        was: Option<UserQuota>,
    },
    /// Another catalogue of prices was put in force. This is the version before; `None` was the one that came with the program.
    Catalog(Option<String>),
    /// Tasks' routes were changed.
    Routes {
        /// The routes' revision since then; a later one means that somebody went on from there.
        revision: i64,
        /// The routes before.
        was: Vec<TaskRoute>,
    },
    /// A task was added.
    Task(TaskName),
    /// The list was ordered by hand; this is the order before.
    Order(Vec<ProviderId>),
    /// A kept prompt was forgotten.
    Prompt(Box<SavedPrompt>),
    /// A task's instructions were changed.
    TaskPrompt {
        /// The task.
        task: TaskName,
        /// Its own ones before; `None` were the built-in ones.
        was: Option<String>,
    },
}

/// One message.
#[derive(Clone, Debug, PartialEq)]
pub struct Toast {
    /// Unique while the page lives; given by [`Toasts::push`].
    pub id: u64,
    /// What it is.
    pub tone: Tone,
    /// What happened.
    pub title: String,
    /// A second line: figures, or what to do.
    pub detail: String,
    /// Steps to take back, in the order in which they were taken.
    pub undo: Vec<Step>,
    /// Whether they are being taken back just now.
    pub undoing: bool,
}

impl Toast {
    /// It worked.
    pub fn success(title: String, detail: String) -> Self {
        Self { id: 0, tone: Tone::Success, title, detail, undo: Vec::new(), undoing: false }
    }

    /// It worked and can be taken back.
    pub fn undoable(title: String, detail: String, undo: Vec<Step>) -> Self {
        Self { id: 0, tone: Tone::Undoable, title, detail, undo, undoing: false }
    }

    /// Something to know.
    pub fn attention(title: String, detail: String) -> Self {
        Self { tone: Tone::Attention, ..Self::success(title, detail) }
    }

    /// A refused or failed command, in its own words.
    pub fn failure(failure: &Failure) -> Self {
        let detail = failure.advice.as_deref().map(heard).unwrap_or_default();
        let title = sentence_case(&failure.message);
        Self { tone: Tone::Danger, ..Self::success(title, detail) }
    }

    /// How long it stays, in milliseconds; `None` until it is dismissed. While its steps are taken back it waits,
    /// because they may fail and be tried again.
    pub fn stays_ms(&self) -> Option<u32> {
        match self.tone {
            _ if self.undoing => None,
            Tone::Success => Some(4_000),
            Tone::Undoable => Some(8_000),
            Tone::Attention | Tone::Danger => None,
        }
    }
}

/// What happened and what to do, in one line.
pub fn in_a_line(failure: &Failure) -> String {
    let message = sentence_case(&failure.message);
    match &failure.advice {
        Some(advice) => {
            let message = message.trim_end_matches(['.', '。']);
            t!("failure-line", message = message, advice = advice.as_str())
        }
        None => message,
    }
}

/// A message as a heading, in the language that is spoken: failures start in lower case, as they are also written into logs.
pub fn sentence_case(message: &str) -> String {
    let message = heard(message);
    let mut rest = message.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// The messages that are shown, oldest first, and what can be taken back of those that are not any more.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Toasts {
    shown: Vec<Toast>,
    kept: Vec<Toast>,
    next_id: u64,
}

/// More would cover the list.
const MOST: usize = 4;
/// Messages whose steps are kept when they are gone: who looks away for eight seconds can take back what was done all the same.
const MOST_KEPT: usize = 20;

impl Toasts {
    /// The messages that are shown, oldest first.
    pub fn shown(&self) -> &[Toast] {
        &self.shown
    }

    /// Shows one more; the oldest goes when there are too many.
    pub fn push(&mut self, toast: Toast) {
        self.next_id += 1;
        self.shown.push(Toast { id: self.next_id, ..toast });
        let oldest = self.shown.first().map(|toast| toast.id).filter(|_| self.shown.len() > MOST);
        if let Some(oldest) = oldest {
            self.dismiss(oldest);
        }
    }

    /// Takes one away, and keeps its steps; one that is gone already is fine.
    pub fn dismiss(&mut self, id: u64) {
        let (gone, shown): (Vec<Toast>, _) =
            std::mem::take(&mut self.shown).into_iter().partition(|toast| toast.id == id);
        self.shown = shown;
        self.kept.extend(gone.into_iter().filter(|toast| !toast.undo.is_empty()));
        // In the order in which they were done, whichever message went first.
        self.kept.sort_by_key(|toast| toast.id);
        let too_many = self.kept.len().saturating_sub(MOST_KEPT);
        self.kept.drain(..too_many);
    }

    /// Takes one away with its steps.
    pub fn forget(&mut self, id: u64) {
        self.shown.retain(|toast| toast.id != id);
        self.kept.retain(|toast| toast.id != id);
    }

    /// The newest that can be taken back, and is not yet: whether it is still shown or not.
    pub fn newest_undoable(&self) -> Option<&Toast> {
        let all = self.shown.iter().chain(&self.kept);
        all.filter(|toast| !toast.undo.is_empty() && !toast.undoing).max_by_key(|toast| toast.id)
    }

    /// One's steps are being taken back.
    pub fn undo_began(&mut self, id: u64) {
        self.of(id).for_each(|toast| toast.undoing = true);
    }

    /// Taking back has ended with these steps left. It goes when there are none, else it can be asked again.
    pub fn undo_ended(&mut self, id: u64, left: &[Step]) {
        if left.is_empty() {
            return self.forget(id);
        }
        for toast in self.of(id) {
            (toast.undoing, toast.undo) = (false, left.to_vec());
        }
    }

    fn of(&mut self, id: u64) -> impl Iterator<Item = &mut Toast> {
        self.shown.iter_mut().chain(&mut self.kept).filter(move |toast| toast.id == id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn undoable(token: u64) -> Toast {
        Toast::undoable("off".into(), String::new(), vec![Step::Shell(UndoToken(token))])
    }

    #[test]
    fn undo_takes_the_newest_that_has_something_to_undo() {
        let mut toasts = Toasts::default();
        toasts.push(undoable(1));
        toasts.push(undoable(2));
        toasts.push(Toast::success("works".into(), String::new()));
        assert_eq!(toasts.newest_undoable().unwrap().undo, [Step::Shell(UndoToken(2))]);
    }

    #[test]
    fn a_failed_undo_can_be_asked_again_for_the_steps_that_are_left() {
        let mut toasts = Toasts::default();
        toasts.push(Toast::undoable(
            "3 off".into(),
            String::new(),
            vec![Step::Shell(UndoToken(1)), Step::Shell(UndoToken(2))],
        ));
        let id = toasts.shown()[0].id;
        toasts.undo_began(id);
        assert_eq!((toasts.newest_undoable(), toasts.shown()[0].stays_ms()), (None, None));
        toasts.undo_ended(id, &[Step::Shell(UndoToken(1))]);
        assert_eq!(toasts.newest_undoable().unwrap().undo, [Step::Shell(UndoToken(1))]);
        assert_eq!(toasts.shown()[0].stays_ms(), Some(8_000));
        toasts.undo_ended(id, &[]);
        assert!(toasts.shown().is_empty());
    }

    #[test]
    fn ids_are_not_used_again_so_that_an_old_clock_dismisses_nothing_new() {
        let mut toasts = Toasts::default();
        toasts.push(undoable(1));
        let old = toasts.shown()[0].id;
        toasts.dismiss(old);
        toasts.push(undoable(2));
        toasts.dismiss(old);
        assert_eq!(toasts.shown().len(), 1);
        assert_eq!(toasts.kept.len(), 1);
    }

    #[test]
    fn what_was_done_can_be_taken_back_after_its_message_went_newest_first() {
        let mut toasts = Toasts::default();
        for token in 1..=6 {
            toasts.push(undoable(token));
        }
        // Two made room; the newest went by its clock.
        let newest = toasts.shown()[MOST - 1].id;
        toasts.dismiss(newest);
        for token in (1..=6).rev() {
            let next = toasts.newest_undoable().cloned().unwrap();
            assert_eq!(next.undo, [Step::Shell(UndoToken(token))]);
            toasts.undo_began(next.id);
            assert_ne!(toasts.newest_undoable().map(|toast| toast.id), Some(next.id));
            toasts.undo_ended(next.id, &[]);
        }
        assert_eq!(toasts.newest_undoable(), None);
    }

    #[test]
    fn only_so_many_steps_are_kept_and_none_of_a_message_that_had_none_or_was_replaced() {
        let mut toasts = Toasts::default();
        toasts.push(Toast::success("works".into(), String::new()));
        toasts.dismiss(1);
        toasts.push(undoable(9));
        toasts.forget(2);
        assert_eq!(toasts.newest_undoable(), None);
        for token in 1..=100 {
            toasts.push(undoable(token));
        }
        assert_eq!(toasts.kept.len(), MOST_KEPT);
        assert_eq!(toasts.kept.last().unwrap().undo, [Step::Shell(UndoToken(100 - MOST as u64))]);
    }

    #[test]
    fn failures_stay_and_the_oldest_message_makes_room() {
        let mut toasts = Toasts::default();
        for token in 1..=5 {
            toasts.push(undoable(token));
        }
        assert_eq!(toasts.shown().len(), MOST);
        assert_eq!(toasts.shown()[0].undo, [Step::Shell(UndoToken(2))]);
        let failure = Failure::new(model::FailureCode::Other, "the disk is full", "Free some space.");
        assert_eq!(Toast::failure(&failure).stays_ms(), None);
        assert_eq!(Toast::failure(&failure).title, "The disk is full");
    }
}
