//! What the buttons of a key's dialog do: replace, go back, destroy, copy.

use model::{
    Failure, FailureCode, Field, ProviderView, Secret, TestReport,
    command::{CopyKey, DestroyKeptKey, GoBackToKey, ReplaceKey, ViewKey},
    keys::{KeyReply, KeyView},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser, shell,
    state::{toast::Toast, workspace::Action},
    t,
    texts::name,
    work::{Work, existing},
};

/// Which key is to come into force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    New,
    Before,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stage {
    Resting,
    Testing(Which, u64),
    Refused(Which, TestReport),
    Failed(Failure),
    AsksDestroy,
}

/// What the verbs need.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) provider: ProviderView,
    pub(super) view: UseStateSetter<Option<Result<KeyView, Failure>>>,
    pub(super) stage: UseStateSetter<Stage>,
    pub(super) input: NodeRef,
    pub(super) keep_days: u32,
    pub(super) work: Work,
}

impl Desk {
    pub(super) fn read(&self) {
        let (desk, id) = (self.clone(), self.provider.id);
        self.work.run(async move |work| match shell::call(ViewKey { id }).await {
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            seen => desk.view.set(Some(seen)),
        });
    }

    fn field(&self) -> Option<HtmlInputElement> {
        self.input.cast::<HtmlInputElement>()
    }

    pub(super) fn replace(&self) {
        let typed = self.field().map(|field| field.value()).unwrap_or_default();
        let run = browser::next_run();
        let request = ReplaceKey {
            existing: existing(&self.provider),
            api_key: Secret::new(typed),
            keep_days: self.keep_days,
            run,
        };
        self.stage.set(Stage::Testing(Which::New, run));
        let desk = self.clone();
        self.work.run(async move |_| desk.switched(Which::New, shell::call(request).await));
    }

    pub(super) fn go_back(&self, unreached: bool) {
        let run = browser::next_run();
        let request = GoBackToKey { existing: existing(&self.provider), unreached, run };
        self.stage.set(Stage::Testing(Which::Before, run));
        let desk = self.clone();
        self.work.run(async move |_| desk.switched(Which::Before, shell::call(request).await));
    }

    fn switched(&self, which: Which, reply: Result<KeyReply, Failure>) {
        match reply {
            Ok(KeyReply::Switched(switched)) => {
                if let Some(field) = self.field() {
                    field.set_value("");
                }
                self.work.act(Action::Listed(switched.list));
                self.work.act(Action::Say(self.done(which, &switched.key)));
                self.view.set(Some(Ok(switched.key)));
                self.stage.set(Stage::Resting);
                self.focus("#close-key");
            }
            Ok(KeyReply::Refused { test }) => {
                self.stage.set(Stage::Refused(which, test));
                self.focus(if which == Which::New { "#new-key" } else { "#close-key" });
            }
            Err(failure) => self.failed(failure),
        }
    }

    fn done(&self, which: Which, key: &KeyView) -> Toast {
        let shown = name(&self.provider.display_name);
        let until = key.kept.as_ref().map(|kept| browser::clock_within(kept.until));
        match (which, until) {
            (Which::New, Some(when)) => {
                Toast::success(t!("key-replaced", name = shown), t!("key-replaced-detail", when = when))
            }
            (Which::New, None) => Toast::success(t!("key-replaced-none", name = shown), String::new()),
            (Which::Before, when) => {
                let detail = when.map(|when| t!("key-went-back-detail", when = when)).unwrap_or_default();
                Toast::success(t!("key-went-back", name = shown), detail)
            }
        }
    }

    pub(super) fn destroy(&self) {
        let (desk, id) = (self.clone(), self.provider.id);
        self.work.run(async move |work| match shell::call(DestroyKeptKey { id }).await {
            Ok(view) => {
                let title = t!("key-destroyed", name = name(&desk.provider.display_name));
                work.act(Action::Say(Toast::success(title, String::new())));
                desk.view.set(Some(Ok(view)));
                desk.stage.set(Stage::Resting);
                desk.focus("#close-key");
            }
            Err(failure) => desk.failed(failure),
        });
    }

    /// The shell copies it: it does not come here.
    pub(super) fn copy(&self) {
        let (desk, id) = (self.clone(), self.provider.id);
        self.work.run(async move |work| match shell::call(CopyKey { id }).await {
            Ok(copied) => {
                let title = t!("key-copied", name = name(&desk.provider.display_name));
                let detail = t!("key-copied-detail", seconds = copied.clears_in_s);
                work.act(Action::Say(Toast::success(title, detail)));
            }
            Err(failure) => desk.failed(failure),
        });
    }

    fn failed(&self, failure: Failure) {
        match failure.code {
            FailureCode::Locked => self.work.refused(&failure),
            FailureCode::Cancelled => self.stage.set(Stage::Resting),
            FailureCode::Conflict | FailureCode::Gone => {
                self.stage.set(Stage::Failed(failure));
                self.work.list();
                self.read();
            }
            _ => {
                let at_field = failure.fields.iter().any(|fault| fault.field == Field::ApiKey);
                self.stage.set(Stage::Failed(failure));
                if at_field {
                    self.focus("#new-key");
                }
            }
        }
    }

    fn focus(&self, selector: &'static str) {
        self.work.run(async move |_| {
            browser::painted().await;
            browser::focus(selector);
        });
    }
}
