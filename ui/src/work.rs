//! What the page asks the shell for while the vault is open, and what becomes of the answers. Each verb here is one
//! or a few commands, the change of state that follows, and the message in the corner.

mod budgets;
mod gateway;
mod health;
mod insights;
mod memory;
mod playground;
mod prices;
mod routing;
mod shelf;
mod sources;
pub mod undo;
pub mod usage;
mod usage_log;

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use model::{
    Command, Failure, FailureCode, ProviderId, ProviderView, TestReport,
    command::{
        CancelTest, Changed, DeleteProvider, DuplicateProvider, Existing, ListModels, ListProviders,
        LockVault, MakeDefault, OpenConsole, PreviewDeletion, SetActive, TestProvider,
    },
    text,
};
use serde::Serialize;
use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

pub use self::{shelf::Shelf, sources::from_source};
use crate::{
    browser, shell,
    state::{
        heard::heard,
        place::Place,
        toast::{Step, Toast},
        workspace::{Action, Layer, Workspace},
    },
    t,
    texts::name,
};

/// More at once would make vendors refuse, fewer would make a person wait.
const TESTS_AT_ONCE: usize = 4;

/// The workspace's state as Yew keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Store(pub Workspace);

impl Reducible for Store {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        Rc::new(Self(Rc::unwrap_or_clone(self).0.reduce(action)))
    }
}

/// A way to ask for things, and to change the state when they are done.
#[derive(Clone)]
pub struct Work {
    state: UseReducerHandle<Store>,
    /// The vault is not open any more.
    locked: Callback<()>,
    /// What pages had when they were left.
    pub shelf: Shelf,
}

impl PartialEq for Work {
    /// One workspace has one, and a handle always reads the latest state.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl Work {
    /// Work on a workspace; `locked` is called when the shell says that the vault is locked.
    pub fn new(state: UseReducerHandle<Store>, locked: Callback<()>, shelf: Shelf) -> Self {
        Self { state, locked, shelf }
    }

    /// Changes the state.
    pub fn act(&self, action: Action) {
        self.state.dispatch(action);
    }

    /// The state as it is now. By a fresh handle: each handle keeps every state that was read through it, and this one
    /// may live as long as the page.
    fn now(&self) -> Workspace {
        self.state.clone().0.clone()
    }

    /// A provider as it is shown, and so in the revision that a change names.
    pub fn provider(&self, id: ProviderId) -> Option<ProviderView> {
        self.now().provider(id).cloned()
    }

    /// Reads the list.
    pub fn list(&self) {
        self.run(async |work| match shell::call(ListProviders {}).await {
            Ok(list) => work.act(Action::Listed(list)),
            Err(failure) if failure.code == FailureCode::Locked => work.locked.emit(()),
            Err(failure) => work.act(Action::NotListed(failure)),
        });
    }

    /// Reads the catalogue, once. Without it the model field is free text.
    pub fn catalogue(&self) {
        if self.now().catalog.is_none() {
            self.ask(ListModels {}, |work, catalog| work.act(Action::Catalogued(catalog)));
        }
    }

    /// Locks the vault. The gate is shown by the shell's event, and asked for in case it does not come.
    pub fn lock(&self) {
        self.run(async |work| {
            let _ = shell::call(LockVault {}).await;
            work.locked.emit(());
        });
    }

    /// Tests a saved provider and says how it went.
    pub fn test(&self, id: ProviderId) {
        if self.now().is_testing(id) {
            return;
        }
        self.run(async move |work| {
            if let Some(tested) = work.test_one(id).await {
                work.act(Action::Say(said_of(&tested)));
            }
        });
    }

    /// Tests several, some at a time, until they are done or [`Work::stop_tests`] is asked.
    pub fn test_many(&self, ids: Vec<ProviderId>) {
        if self.now().batch.is_some() || ids.is_empty() {
            return;
        }
        self.act(Action::BatchBegan(ids.len()));
        let queue = Rc::new(RefCell::new(VecDeque::from(ids)));
        let running = Rc::new(RefCell::new(TESTS_AT_ONCE));
        for _ in 0..TESTS_AT_ONCE {
            let (queue, running) = (queue.clone(), running.clone());
            self.run(async move |work| {
                work.test_from(&queue).await;
                *running.borrow_mut() -= 1;
                if *running.borrow() == 0 {
                    work.end_batch();
                }
            });
        }
    }

    async fn test_from(&self, queue: &RefCell<VecDeque<ProviderId>>) {
        loop {
            let stopping = self.now().batch.is_none_or(|batch| batch.stopping);
            let next = queue.borrow_mut().pop_front();
            let Some(id) = next.filter(|_| !stopping) else { return };
            let tested = self.test_one(id).await;
            let passed =
                tested.and_then(|provider| provider.last_test).is_some_and(|test| test.outcome.is_valid());
            self.act(Action::BatchStep(passed));
        }
    }

    fn end_batch(&self) {
        let Some(batch) = self.now().batch else { return };
        self.act(Action::BatchEnded);
        let detail = t!("batch-detail", passed = batch.passed, failed = batch.done - batch.passed);
        self.act(Action::Say(Toast::success(t!("batch-title", count = batch.done), detail)));
    }

    async fn test_one(&self, id: ProviderId) -> Option<ProviderView> {
        let run = browser::next_run();
        self.act(Action::TestBegan(id, run));
        let reply = shell::call(TestProvider { id, run }).await;
        self.act(Action::TestEnded(id, reply.as_ref().ok().map(|provider| Box::new(provider.clone()))));
        reply.map_err(|failure| self.refused(&failure)).ok()
    }

    /// Starts no further test of several and cancels those that run.
    pub fn stop_tests(&self) {
        self.act(Action::BatchStop);
        let runs: Vec<u64> = self.now().testing.iter().map(|(_, run)| *run).collect();
        runs.into_iter().for_each(|run| self.cancel(run));
    }

    /// Cancels a test by its number.
    pub fn cancel(&self, run: u64) {
        self.ask(CancelTest { run }, |_, ()| ());
    }

    /// Switches a provider on or off.
    pub fn set_active(&self, provider: &ProviderView, active: bool) {
        self.ask(SetActive { existing: existing(provider), active }, move |work, changed| {
            let shown = name(&changed.provider.display_name);
            let title = if active { t!("turned-on", name = shown) } else { t!("turned-off", name = shown) };
            work.changed(changed, title, String::new());
        });
    }

    /// Switches several on or off, one after the other, and offers to take all of it back.
    pub fn set_many_active(&self, ids: Vec<ProviderId>, active: bool) {
        self.run(async move |work| {
            let mut undo = Vec::new();
            for id in ids {
                let Some(provider) = work.provider(id).filter(|provider| provider.is_active != active) else {
                    continue;
                };
                match shell::call(SetActive { existing: existing(&provider), active }).await {
                    Ok(changed) => {
                        undo.push(Step::Shell(changed.undo));
                        work.act(Action::Listed(changed.list));
                    }
                    Err(failure) => {
                        work.refused(&failure);
                        break;
                    }
                }
            }
            let count = undo.len();
            let title = if active {
                t!("many-turned-on", count = count)
            } else {
                t!("many-turned-off", count = count)
            };
            work.act(Action::Say(Toast::undoable(title, String::new(), undo)));
        });
    }

    /// Makes a provider the default.
    pub fn make_default(&self, provider: &ProviderView) {
        self.ask(MakeDefault { existing: existing(provider) }, |work, changed| {
            let title = t!("made-default", name = name(&changed.provider.display_name));
            work.changed(changed, title, String::new());
        });
    }

    /// Copies a provider.
    pub fn duplicate(&self, id: ProviderId) {
        self.ask(DuplicateProvider { id }, |work, changed| {
            let title = t!("duplicated", name = name(&changed.provider.display_name));
            work.changed(changed, title, t!("duplicated-detail"));
        });
    }

    /// Asks what a deletion would change, and shows the question.
    pub fn ask_deletion(&self, id: ProviderId) {
        self.ask(PreviewDeletion { id }, |work, preview| {
            work.act(Action::Open(Layer::Delete(Box::new(preview))))
        });
    }

    /// Deletes a provider whose name was typed.
    pub fn delete(&self, provider: &ProviderView, typed_name: String) {
        let title = t!("deleted", name = name(&provider.display_name));
        let request = DeleteProvider { existing: existing(provider), typed_name };
        self.run(async move |work| match shell::call(request).await {
            Ok(deleted) => {
                work.act(Action::Close);
                work.act(Action::Listed(deleted.list));
                let steps = vec![Step::Shell(deleted.undo)];
                work.act(Action::Say(Toast::undoable(title, t!("deleted-detail"), steps)));
            }
            // Who was asked for a proof and has none just now is back at the question.
            Err(failure) if failure.code == FailureCode::Cancelled => {}
            Err(failure) => {
                work.act(Action::Close);
                work.refused(&failure);
            }
        });
    }

    /// Shows the usage of one provider.
    pub fn show_usage(&self, id: ProviderId) {
        if let Some(provider) = self.provider(id) {
            self.act(Action::Arrive(Place::Usage, format!("provider={}", provider.number).into()));
        }
    }

    /// Shows the vendor's page for keys.
    pub fn open_console(&self, provider_type: model::ProviderType) {
        self.ask(OpenConsole { provider_type }, |_, ()| ());
    }

    /// Puts text on the clipboard and says so.
    pub fn copy(&self, text: String) {
        self.run(async move |work| {
            let title = if browser::copy(&text).await { t!("copied") } else { t!("not-copied") };
            work.act(Action::Say(Toast::success(title, String::new())));
        });
    }

    /// Shows a saved change and offers to take it back.
    pub fn changed(&self, changed: Changed, title: String, detail: String) {
        self.act(Action::Listed(changed.list));
        self.act(Action::Say(Toast::undoable(title, detail, vec![Step::Shell(changed.undo)])));
    }

    /// What to do about a refusal that no form is there to show.
    pub fn refused(&self, failure: &Failure) {
        match failure.code {
            FailureCode::Locked => self.locked.emit(()),
            FailureCode::Cancelled => {}
            FailureCode::Conflict | FailureCode::Gone => {
                self.act(Action::Say(Toast::failure(failure)));
                self.list();
            }
            _ => self.act(Action::Say(Toast::failure(failure))),
        }
    }

    fn ask<C: Command + Serialize + 'static>(
        &self,
        request: C,
        then: impl FnOnce(&Self, C::Reply) + 'static,
    ) {
        self.run(async move |work| match shell::call(request).await {
            Ok(reply) => then(&work, reply),
            Err(failure) => work.refused(&failure),
        });
    }

    /// Runs something that waits.
    pub fn run(&self, job: impl AsyncFnOnce(Self) + 'static) {
        let work = self.clone();
        spawn_local(async move { job(work).await });
    }
}

/// A record and the revision in which it was seen.
pub fn existing(provider: &ProviderView) -> Existing {
    Existing { id: provider.id, revision: provider.revision }
}

fn said_of(provider: &ProviderView) -> Toast {
    let shown = name(&provider.display_name);
    match &provider.last_test {
        Some(test) if !test.outcome.is_valid() => Toast {
            tone: crate::state::toast::Tone::Danger,
            ..Toast::success(
                t!("test-failed", name = shown, outcome = heard(test.outcome.label())),
                format!("{} {}", heard(&test.message), heard(&test.advice)),
            )
        },
        Some(test) => Toast::success(t!("test-passed", name = shown), figures(test)),
        None => Toast::success(t!("test-passed", name = shown), String::new()),
    }
}

fn figures(test: &TestReport) -> String {
    let latency = text::latency(test.latency_ms);
    test.models_visible
        .map_or(latency.clone(), |count| t!("latency-and-models", latency = latency, count = count))
}
