//! The field in which one more task is named, as an aside of the drawer: the task exists as soon as it is added, not
//! when the form is saved.

use model::{Failure, Field, TaskName};

/// The open field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewTask {
    /// The name as typed.
    pub name: String,
    /// What needs a change, a full sentence.
    pub error: Option<String>,
    /// Whether an answer is awaited.
    pub adding: bool,
}

/// A change of the field.
#[derive(Clone, Debug)]
pub enum Edit {
    /// Show an empty one.
    Open,
    /// Put it away.
    Close,
    /// A name was typed.
    Name(String),
    /// The name breaks the rule for names.
    Refused(String),
    /// It was sent.
    Adding,
    /// The task exists now.
    Added(TaskName),
    /// It could not be added.
    Failed(Failure),
}

impl NewTask {
    /// The name, if it is one.
    ///
    /// # Errors
    /// The rule for names, a full sentence.
    pub fn checked(&self) -> Result<TaskName, String> {
        self.name.trim().parse().map_err(|error: model::task::TaskNameError| error.to_string())
    }

    /// Changes the field; the task that has just come into being, for the form to take.
    pub fn apply(field: &mut Option<Self>, edit: Edit) -> Option<TaskName> {
        match (edit, field.as_mut()) {
            (Edit::Open, _) => *field = Some(Self::default()),
            (Edit::Close, _) => *field = None,
            (Edit::Name(name), Some(open)) => (open.name, open.error) = (name, None),
            (Edit::Refused(sentence), Some(open)) => open.error = Some(sentence),
            (Edit::Adding, Some(open)) => (open.adding, open.error) = (true, None),
            (Edit::Failed(failure), Some(open)) => {
                (open.adding, open.error) = (false, Some(sentence(failure)))
            }
            (Edit::Added(task), _) => {
                *field = None;
                return Some(task);
            }
            (_, None) => {}
        }
        None
    }
}

/// The sentence about the field; of a failure that is not about it, both of its sentences.
fn sentence(failure: Failure) -> String {
    let own = failure.fields.iter().find(|error| error.field == Field::Tasks);
    own.map_or_else(|| super::toast::in_a_line(&failure), |error| error.message.clone())
}

#[cfg(test)]
mod tests {
    use model::{FailureCode, FieldError};

    use super::*;

    fn open(name: &str) -> Option<NewTask> {
        let mut field = None;
        NewTask::apply(&mut field, Edit::Open);
        NewTask::apply(&mut field, Edit::Name(name.into()));
        field
    }

    #[test]
    fn a_name_that_applications_could_not_write_is_refused_with_the_rule() {
        assert_eq!(open(" interview_2 ").unwrap().checked().unwrap().as_str(), "interview_2");
        for name in ["", "Cover Letter", "2nd", "ä"] {
            assert!(open(name).unwrap().checked().unwrap_err().contains("lower-case"), "{name}");
        }
    }

    #[test]
    fn an_added_task_closes_the_field_and_is_handed_on() {
        let mut field = open("interview");
        NewTask::apply(&mut field, Edit::Adding);
        let added = NewTask::apply(&mut field, Edit::Added("interview".parse().unwrap()));
        assert_eq!((added.unwrap().as_str(), field), ("interview", None));
    }

    #[test]
    fn a_taken_name_stays_in_the_field_with_its_sentence_until_it_is_changed() {
        let mut field = open("validation");
        NewTask::apply(&mut field, Edit::Adding);
        let message = "There is a task of this name.".to_owned();
        let taken = Failure::invalid(vec![FieldError { field: Field::Tasks, message: message.clone() }]);
        NewTask::apply(&mut field, Edit::Failed(taken));
        let refused = NewTask { name: "validation".into(), error: Some(message), adding: false };
        assert_eq!(field, Some(refused));
        NewTask::apply(&mut field, Edit::Name("validation_2".into()));
        assert_eq!(field.unwrap().error, None);
    }

    #[test]
    fn any_other_failure_says_what_to_do() {
        let mut field = open("interview");
        let failure = Failure::new(FailureCode::Other, "the disk is full", "Free some space.");
        NewTask::apply(&mut field, Edit::Failed(failure));
        assert_eq!(field.unwrap().error.as_deref(), Some("The disk is full. Free some space."));
    }

    #[test]
    fn an_answer_that_comes_after_closing_opens_nothing() {
        let mut field = None;
        NewTask::apply(&mut field, Edit::Failed(Failure::invalid(Vec::new())));
        assert_eq!(field, None);
    }
}
