//! What comes from outside the page, and what is kept of how it is looked at.

use std::rc::Rc;

use model::{
    command::{Remember, TakeLink, TakenLink},
    remembered::RememberedList,
    vault::UndoToken,
};

use super::Work;
use crate::{
    shell,
    state::{
        toast::{Step, Toast},
        workspace::{Action, Layer},
    },
    t,
    texts::name,
};

impl Work {
    /// Keeps how a list is looked at. That it could not be kept is no reason to interrupt anybody.
    pub fn remember(&self, list: RememberedList, text: String) {
        self.run(async move |_| {
            let _ = shell::call(Remember { list, text }).await;
        });
    }

    /// Shows what a link proposes, if one waits, or why it was refused.
    pub fn take_link(&self) {
        self.ask(TakeLink {}, |work, taken| match taken {
            TakenLink::None => {}
            TakenLink::Proposed(proposed) => work.act(Action::Open(Layer::Link(Rc::new(*proposed)))),
        });
    }

    /// The default was switched in the desktop's bar: says so, and offers to take it back.
    pub fn default_switched(&self, shown: &str, undo: UndoToken) {
        self.list();
        let title = t!("made-default", name = name(shown));
        self.act(Action::Say(Toast::undoable(title, String::new(), vec![Step::Shell(undo)])));
    }
}
