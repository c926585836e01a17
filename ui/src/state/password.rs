//! The first-run form: when the two entries differ, and when the vault may be made.

use model::vault::PasswordJudgement;

/// What the form knows of the entries. The entries themselves stay in their fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPassword {
    /// Whether anything was typed in the first field.
    pub typed: bool,
    /// Whether the second field holds as much as the first, or was left.
    pub repeat_done: bool,
    /// Whether both fields hold the same.
    pub same: bool,
    /// The judgement of what was typed last.
    pub judgement: Option<PasswordJudgement>,
}

impl NewPassword {
    /// Takes over both entries' state; a judgement of an earlier entry is not one of this.
    pub fn entered(&self, first: &str, second: &str, first_changed: bool) -> Self {
        let judgement = self.judgement.clone().filter(|_| !first.is_empty());
        let as_long = !second.is_empty() && second.chars().count() >= first.chars().count();
        Self {
            typed: !first.is_empty(),
            repeat_done: as_long || (self.repeat_done && !second.is_empty()),
            same: first == second,
            judgement: judgement
                .map(|old| PasswordJudgement { acceptable: old.acceptable && !first_changed, ..old }),
        }
    }

    /// Whether to say that the entries differ: not while the second is still being typed.
    pub fn differs(&self) -> bool {
        self.repeat_done && !self.same
    }

    /// Whether the vault may be made.
    pub fn is_ready(&self) -> bool {
        self.typed && self.same && self.judgement.as_ref().is_some_and(|judgement| judgement.acceptable)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(state: NewPassword) -> NewPassword {
        let judgement = PasswordJudgement {
            acceptable: true,
            bars: 3,
            word: "Strong".into(),
            time_to_guess: String::new(),
            advice: Vec::new(),
            rules: Vec::new(),
        };
        NewPassword { judgement: Some(judgement), ..state }
    }

    #[test]
    fn a_repeat_in_progress_is_not_called_wrong() {
        let state = NewPassword::default().entered("six words here", "six wo", false);
        assert!(!state.differs());
        assert!(state.entered("six words here", "six words hers", false).differs());
    }

    #[test]
    fn a_judgement_holds_only_for_the_password_it_was_made_of() {
        let state = judged(NewPassword::default().entered("six words here", "six words here", true));
        assert!(state.is_ready());
        assert!(!state.entered("six", "six", true).is_ready());
        assert!(state.entered("six words here", "six words here", false).is_ready());
    }
}
