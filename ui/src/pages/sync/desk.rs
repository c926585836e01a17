//! What the page of sync asks for, and what becomes of the answers.

use std::rc::Rc;

use model::{
    Command, Failure, FailureCode, ProviderId,
    command::{ListRemotes, LookAtRemote, RunSync},
    sync::{RemoteId, RemoteView, SyncAccept, SyncDirection, SyncDone, SyncState, SyncView},
};
use serde::Serialize;
use yew::prelude::*;

use crate::{
    browser,
    components::sync_remote::RemoteDeed,
    shell,
    state::{
        security::Dialog,
        sync::{self, Ahead, Looked, News, Picks, counts},
        toast::Toast,
        workspace::{Action, Layer},
    },
    t,
    work::Work,
};

/// What is known, and what a person does with it.
#[derive(Clone)]
pub(super) struct Page {
    pub(super) work: Work,
    pub(super) remotes: UseStateHandle<Option<Result<Rc<Vec<RemoteView>>, Failure>>>,
    /// The remote that is shown.
    pub(super) shown: UseStateHandle<Option<RemoteId>>,
    pub(super) view: UseStateHandle<Option<Rc<SyncView>>>,
    /// The difference that is open.
    pub(super) open: UseStateHandle<Option<usize>>,
    /// Which differences are listed; it outlives a look, and the vault keeps it.
    pub(super) looked: UseStateHandle<Looked>,
    pub(super) picks: UseStateHandle<Picks>,
    /// Something is being asked.
    pub(super) busy: UseStateHandle<bool>,
    /// The run under way: its number, steps taken, of so many.
    pub(super) run: UseStateHandle<Option<(u64, u32, u32)>>,
    pub(super) done: UseStateHandle<Option<Rc<SyncDone>>>,
}

impl Page {
    pub(super) fn read(&self) {
        let page = self.clone();
        self.work.run(async move |work| match shell::call(ListRemotes {}).await {
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => page.remotes.set(Some(Err(failure))),
            Ok(remotes) => {
                let first = remotes.first().map(|remote| remote.id);
                page.know(Rc::new(remotes));
                page.show(first);
            }
        });
    }

    pub(super) fn know(&self, remotes: Rc<Vec<RemoteView>>) {
        sync::know(remotes.clone());
        self.remotes.set(Some(Ok(remotes)));
    }

    /// Shows a remote, and looks at it.
    pub(super) fn show(&self, id: Option<RemoteId>) {
        self.shown.set(id);
        self.view.set(None);
        self.done.set(None);
        self.forget();
        if let Some(id) = id {
            self.look(id, None);
        }
    }

    /// Nothing of the last look holds for the next one.
    pub(super) fn forget(&self) {
        self.open.set(None);
        self.picks.set(Picks::default());
    }

    pub(super) fn look(&self, id: RemoteId, accept: Option<SyncAccept>) {
        self.ask(LookAtRemote { id, accept }, |page, view| page.seen(view));
    }

    pub(super) fn seen(&self, view: SyncView) {
        self.forget();
        if let SyncState::Ready(look) = &view.state {
            let [_, _, conflicts] = counts(look);
            self.work.act(Action::Compared(view.remote.id, conflicts));
            // A question first.
            let asked = look.differences.iter().position(|one| Ahead::of(one) == Ahead::Conflict);
            self.open.set(asked.or((!look.differences.is_empty()).then_some(0)));
        }
        // Logged in or not, and when both were the same.
        let remotes = sync::known();
        let changed =
            |one: &RemoteView| if one.id == view.remote.id { view.remote.clone() } else { one.clone() };
        self.know(Rc::new(remotes.iter().map(changed).collect()));
        self.view.set(Some(Rc::new(view)));
    }

    /// What was answered stays open, unless there is another question.
    pub(super) fn answered(&self, view: SyncView, place: usize) {
        let asks = matches!(&view.state, SyncState::Ready(look)
            if look.differences.iter().any(|one| Ahead::of(one) == Ahead::Conflict));
        self.seen(view);
        if !asks {
            self.open.set(Some(place));
        }
    }

    pub(super) fn ask<C: Command + Serialize + 'static>(
        &self,
        request: C,
        then: impl FnOnce(&Self, C::Reply) + 'static,
    ) {
        let page = self.clone();
        page.busy.set(true);
        self.work.run(async move |work| {
            let reply = shell::call(request).await;
            page.busy.set(false);
            match reply {
                Ok(reply) => then(&page, reply),
                Err(failure) if failure.code == FailureCode::Conflict => {
                    work.refused(&failure);
                    if let Some(id) = *page.shown {
                        page.look(id, None);
                    }
                }
                Err(failure) => work.refused(&failure),
            }
        });
    }

    pub(super) fn sync(&self, look: u64, direction: SyncDirection, only: Option<ProviderId>) {
        let Some(id) = *self.shown else { return };
        let number = browser::next_run();
        let page = self.clone();
        page.busy.set(true);
        page.done.set(None);
        page.run.set(Some((number, 0, 0)));
        self.work.run(async move |work| {
            let reply = shell::call(RunSync { id, look, direction, only, run: number }).await;
            page.busy.set(false);
            page.run.set(None);
            match reply {
                Ok(done) => page.ended(&work, done),
                Err(failure) => {
                    match failure.code {
                        FailureCode::Cancelled => {
                            let said = Toast::success(t!("sync-all"), t!("sync-stopped"));
                            work.act(Action::Say(said));
                        }
                        _ => work.refused(&failure),
                    }
                    if failure.code != FailureCode::Locked {
                        work.list();
                        page.look(id, None);
                    }
                }
            }
        });
    }

    pub(super) fn ended(&self, work: &Work, done: SyncDone) {
        work.act(Action::Listed(done.list.clone()));
        if done.stopped.is_none() && done.undone.is_empty() {
            let said = t!("sync-done", up = done.up, down = done.down);
            work.act(Action::Say(Toast::success(t!("sync-done-title"), said)));
        }
        self.seen(done.view.clone());
        self.done.set(Some(Rc::new(done)));
    }

    pub(super) fn deed(&self, deed: RemoteDeed) {
        let Some(id) = *self.shown else { return };
        let open = |dialog| self.work.act(Action::Open(Layer::Security(dialog)));
        match deed {
            RemoteDeed::Check(accept) => self.look(id, accept),
            RemoteDeed::LogIn => open(Dialog::RemoteLogin(id)),
            RemoteDeed::Edit => open(Dialog::Remote(Some(id))),
            RemoteDeed::Add => open(Dialog::Remote(None)),
            RemoteDeed::Promote => open(Dialog::Promote(id)),
            RemoteDeed::SendKey => open(Dialog::SendKey(id)),
            RemoteDeed::Forget => open(Dialog::ForgetRemote(id)),
        }
    }

    pub(super) fn hear(&self, news: News) {
        match news {
            News::Remotes(remotes, id) => {
                self.know(remotes);
                self.show(id.or(*self.shown));
            }
            News::Forgotten(remotes) => {
                let first = remotes.first().map(|remote| remote.id);
                self.know(remotes);
                self.show(first);
            }
            News::Connected(remote) => self.show(Some(remote.id)),
            News::Looked(view) => self.seen((*view).clone()),
            News::Done(done) => {
                self.shown.set(Some(done.view.remote.id));
                self.ended(&self.work, (*done).clone());
            }
        }
    }
}
