//! What comes from outside the page, and what is kept of how it is looked at.

use std::rc::Rc;

use model::{
    FailureCode, ProviderId,
    command::{DeleteProvider, OrderProviders, Remember, TakeLink, TakenLink},
    remembered::RememberedList,
    vault::UndoToken,
};
use yew::Callback;

use super::{Work, existing};
use crate::{
    shell,
    state::{
        list::{Column, Moved, Sort},
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

    /// Moves a provider by hand, and shows the list in that order from now on.
    pub fn move_provider(&self, id: ProviderId, to: Moved) {
        let state = self.now();
        let Some(list) = state.providers() else { return };
        let Some(ids) = state.query.sort.moved(list, id, to) else { return };
        // Several moves one after the other are one step: what is taken back is the order before the first.
        let earlier = state.toasts.shown().iter().find_map(|toast| match toast.undo.as_slice() {
            [Step::Order(was)] if !toast.undoing => Some((toast.id, was.clone())),
            _ => None,
        });
        let shown = || list.providers.iter().map(|provider| provider.id).collect();
        let was = earlier.as_ref().map_or_else(shown, |(_, was)| was.clone());
        self.run(async move |work| match shell::call(OrderProviders { ids }).await {
            Ok(list) => {
                work.act(Action::Sorted(Sort { by: Column::Own, descending: false }));
                work.act(Action::Listed(list));
                if let Some((toast, _)) = earlier {
                    work.act(Action::Forget(toast));
                }
                let said = Toast::undoable(t!("ordered"), t!("ordered-detail"), vec![Step::Order(was)]);
                work.act(Action::Say(said));
            }
            Err(failure) => work.refused(&failure),
        });
    }

    /// Deletes several whose number was typed, one after the other, and offers to take all of it back. `on_left` is called
    /// when the question stays open, since nothing was deleted.
    pub fn delete_many(&self, ids: Vec<ProviderId>, on_left: Callback<()>) {
        self.run(async move |work| {
            let mut undo = Vec::new();
            for id in ids {
                let Some(provider) = work.provider(id) else { continue };
                let typed_name = provider.display_name.clone();
                match shell::call(DeleteProvider { existing: existing(&provider), typed_name }).await {
                    Ok(deleted) => {
                        undo.push(Step::Shell(deleted.undo));
                        work.act(Action::Listed(deleted.list));
                    }
                    // Who was asked for a proof and has none just now is back at the question.
                    Err(failure) if failure.code == FailureCode::Cancelled && undo.is_empty() => {
                        return on_left.emit(());
                    }
                    // A proof may lapse on the way; what is gone by then can be taken back all the same.
                    Err(failure) => {
                        work.refused(&failure);
                        break;
                    }
                }
            }
            work.act(Action::Close);
            if !undo.is_empty() {
                let title = t!("many-deleted", count = undo.len());
                work.act(Action::Say(Toast::undoable(title, t!("deleted-detail"), undo)));
            }
        });
    }
}
