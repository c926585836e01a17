//! A task's instructions as they stand on the page: read, typed over, sent.

use model::{Failure, TaskName, gateway::TaskPrompt};

/// The instructions of one task.
#[derive(Clone, Debug, PartialEq)]
pub struct Prompt {
    /// As they were read last.
    pub view: TaskPrompt,
    /// As they stand in the field.
    pub text: String,
    /// Whether they are being saved.
    pub saving: bool,
    /// Why they were not.
    pub fault: Option<Failure>,
}

/// A change.
#[derive(Clone, Debug)]
pub enum Edit {
    /// They were read, or saved.
    Seen(TaskPrompt),
    /// They were typed over.
    Typed(String),
    /// What was typed goes.
    PutBack,
    /// They were sent.
    Saving,
    /// They were not saved.
    Refused(Failure),
}

impl Prompt {
    /// As they were read.
    pub fn new(view: TaskPrompt) -> Self {
        let text = in_force(&view).to_owned();
        Self { view, text, saving: false, fault: None }
    }

    /// The task.
    pub fn task(&self) -> &TaskName {
        &self.view.task
    }

    /// Changes what is held.
    pub fn apply(&mut self, edit: Edit) {
        match edit {
            // What is being typed is not torn away by a reading, only by its own saving.
            Edit::Seen(view) => {
                if self.saving || !self.is_changed() {
                    self.text = in_force(&view).to_owned();
                }
                (self.view, self.saving, self.fault) = (view, false, None);
            }
            Edit::Typed(text) => self.text = text,
            Edit::PutBack => (self.text, self.fault) = (in_force(&self.view).to_owned(), None),
            Edit::Saving => (self.saving, self.fault) = (true, None),
            Edit::Refused(failure) => (self.saving, self.fault) = (false, Some(failure)),
        }
    }

    /// Whether something else is typed than what is in force.
    pub fn is_changed(&self) -> bool {
        self.text.trim() != in_force(&self.view).trim()
    }

    /// Whether they can be saved as they stand.
    pub fn can_be_saved(&self) -> bool {
        self.is_changed() && !self.saving && !self.text.trim().is_empty()
    }
}

/// The person's own, else the built-in ones.
fn in_force(view: &TaskPrompt) -> &str {
    view.own.as_deref().or(view.built_in.as_deref()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use model::FailureCode;

    use super::*;

    fn view(own: Option<&str>) -> TaskPrompt {
        let task = "extraction".parse().unwrap();
        TaskPrompt { task, own: own.map(str::to_owned), built_in: Some("Take it apart.\n".into()) }
    }

    #[test]
    fn the_own_ones_are_shown_and_the_built_in_ones_where_there_are_none() {
        assert_eq!(Prompt::new(view(None)).text, "Take it apart.\n");
        assert_eq!(Prompt::new(view(Some("Mine."))).text, "Mine.");
    }

    #[test]
    fn nothing_is_sent_that_is_empty_or_the_same() {
        let mut prompt = Prompt::new(view(None));
        for (text, sent) in [("Take it apart. ", false), (" \n", false), ("Mine.", true)] {
            prompt.apply(Edit::Typed(text.into()));
            assert_eq!(prompt.can_be_saved(), sent, "{text:?}");
        }
        prompt.apply(Edit::Saving);
        assert!(!prompt.can_be_saved());
    }

    #[test]
    fn what_is_typed_stays_when_it_is_read_again_or_refused_and_goes_when_it_is_saved() {
        let mut prompt = Prompt::new(view(None));
        prompt.apply(Edit::Typed("Mine.".into()));
        prompt.apply(Edit::Seen(view(Some("Theirs."))));
        assert_eq!(prompt.text, "Mine.");
        prompt.apply(Edit::Saving);
        prompt.apply(Edit::Refused(Failure::new(FailureCode::Other, "too long", "Shorten it.")));
        assert_eq!((prompt.text.as_str(), prompt.fault.is_some()), ("Mine.", true));
        prompt.apply(Edit::Saving);
        prompt.apply(Edit::Seen(view(None)));
        assert_eq!((prompt.text.as_str(), prompt.is_changed()), ("Take it apart.\n", false));
    }
}
