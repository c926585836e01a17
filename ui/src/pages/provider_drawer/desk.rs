//! What the drawer's buttons do: test, save, add a task, close, delete, reload.

use std::rc::Rc;

use model::{
    Failure, FailureCode, Field, Secret,
    command::{AddTask, ListProviders, SaveProvider, SaveReply, TestDraft},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    browser, shell,
    state::{
        form::{Busy, Edit, Form},
        new_task,
        toast::{Step, Toast},
        workspace::{Action, Layer},
    },
    t,
    texts::name,
    work::Work,
};

/// The form's state as Yew keeps it.
#[derive(PartialEq)]
pub(super) struct Store(pub(super) Form);

impl Reducible for Store {
    type Action = Edit;

    fn reduce(self: Rc<Self>, edit: Edit) -> Rc<Self> {
        Rc::new(Self(self.0.clone().apply(edit)))
    }
}

/// What the drawer's verbs need.
#[derive(Clone)]
pub(super) struct Desk {
    pub(super) form: UseReducerHandle<Store>,
    pub(super) key_field: NodeRef,
    pub(super) work: Work,
}

impl Desk {
    pub(super) fn callback(&self, verb: fn(&Self)) -> Callback<()> {
        let desk = self.clone();
        Callback::from(move |()| verb(&desk))
    }

    fn edit(&self, edit: Edit) {
        self.form.dispatch(edit);
    }

    /// Read at the moment of sending; it is kept nowhere else.
    fn typed_key(&self) -> Option<Secret> {
        let value = self.key_field.cast::<HtmlInputElement>()?.value();
        (!value.trim().is_empty()).then(|| Secret::new(value))
    }

    pub(super) fn test(&self) {
        let form = &self.form.0;
        if form.busy.is_some() {
            return;
        }
        let matters = |field| matches!(field, Field::ApiKey | Field::BaseUrl | Field::ModelName);
        let errors = form
            .checked()
            .err()
            .unwrap_or_default()
            .into_iter()
            .filter(|error| matters(error.field))
            .collect::<Vec<_>>();
        if !errors.is_empty() {
            return self.edit(Edit::Refused(errors));
        }
        let run = browser::next_run();
        let draft = form.draft.clone();
        let request = TestDraft {
            id: form.existing().map(|existing| existing.id),
            draft,
            api_key: self.typed_key(),
            remove_key: form.remove_key,
            run,
        };
        self.edit(Edit::Began(Busy::Testing(run)));
        let desk = self.clone();
        self.work.run(async move |_| match shell::call(request).await {
            Ok(report) => desk.edit(Edit::Tested(report)),
            Err(failure) => desk.refused(failure),
        });
    }

    pub(super) fn save(&self) {
        self.send(false);
    }

    pub(super) fn save_anyway(&self) {
        self.send(true);
    }

    fn send(&self, save_anyway: bool) {
        let form = &self.form.0;
        if form.busy.is_some() {
            return;
        }
        let draft = match form.checked() {
            Ok(draft) => draft,
            Err(errors) => return self.edit(Edit::Refused(errors)),
        };
        let run = browser::next_run();
        let request = SaveProvider {
            existing: form.existing(),
            draft,
            api_key: self.typed_key(),
            remove_key: form.remove_key,
            save_anyway,
            run,
        };
        let is_new = form.provider.is_none();
        self.edit(Edit::Began(Busy::Saving(run)));
        let desk = self.clone();
        self.work.run(async move |work| match shell::call(request).await {
            Ok(SaveReply::Saved(changed)) => {
                let shown = name(&changed.provider.display_name);
                let title = if is_new { t!("added", name = shown) } else { t!("saved", name = shown) };
                let detail =
                    if save_anyway && !changed.provider.is_active { t!("saved-off") } else { String::new() };
                work.act(Action::Close);
                work.changed(*changed, title, detail);
            }
            Ok(SaveReply::NotSaved { test }) => desk.edit(Edit::NotSaved(test)),
            Err(failure) => desk.refused(failure),
        });
    }

    /// Adds the named task at once: the list has it whether the form is saved or not.
    pub(super) fn add_task(&self) {
        let Some(field) = self.form.0.new_task.as_ref().filter(|field| !field.adding) else { return };
        let task = match field.checked() {
            Ok(task) => task,
            Err(rule) => return self.edit(Edit::NewTask(new_task::Edit::Refused(rule))),
        };
        self.edit(Edit::NewTask(new_task::Edit::Adding));
        let desk = self.clone();
        self.work.run(async move |work| match shell::call(AddTask { name: task.clone() }).await {
            Ok(list) => {
                work.act(Action::Listed(list));
                let selector = format!("input[name='task'][value='{task}']");
                let title = t!("task-added", task = task.as_str());
                work.act(Action::Say(Toast::undoable(title, String::new(), vec![Step::Task(task.clone())])));
                desk.edit(Edit::NewTask(new_task::Edit::Added(task)));
                browser::painted().await;
                browser::focus(&selector);
            }
            Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
            Err(failure) => desk.edit(Edit::NewTask(new_task::Edit::Failed(failure))),
        });
    }

    fn refused(&self, failure: Failure) {
        if failure.code == FailureCode::Locked {
            return self.work.refused(&failure);
        }
        self.edit(Edit::Failed(failure));
    }

    pub(super) fn ask_close(&self) {
        if let Some(Busy::Testing(run) | Busy::Saving(run)) = self.form.0.busy {
            return self.work.cancel(run);
        }
        if self.form.0.changes() == 0 {
            return self.close();
        }
        self.edit(Edit::AskDiscard(true));
        self.work.run(async |_| {
            browser::painted().await;
            browser::focus("#keep-editing");
        });
    }

    pub(super) fn keep_editing(&self) {
        self.edit(Edit::AskDiscard(false));
        browser::focus("#close-drawer");
    }

    pub(super) fn close(&self) {
        self.work.act(Action::Close);
    }

    /// The key's own dialog lies in the place of this one: what was changed here is asked about first.
    pub(super) fn open_key(&self) {
        match &self.form.0.provider {
            Some(provider) if self.form.0.changes() == 0 && self.form.0.busy.is_none() => {
                self.work.act(Action::Open(Layer::Key(provider.id)));
            }
            _ => self.ask_close(),
        }
    }

    pub(super) fn delete(&self) {
        if let Some(provider) = &self.form.0.provider {
            self.work.ask_deletion(provider.id);
        }
    }

    /// The record as it is now, in place of the one that the form was made from.
    pub(super) fn reload(&self) {
        let id = self.form.0.provider.as_ref().map(|provider| provider.id);
        self.work.run(async move |work| match shell::call(ListProviders {}).await {
            Ok(list) => {
                let found = list.providers.iter().find(|provider| Some(provider.id) == id).cloned();
                work.act(Action::Listed(list));
                work.act(
                    found.map_or(Action::Close, |provider| Action::Open(Layer::Edit(Box::new(provider)))),
                );
            }
            Err(failure) => work.refused(&failure),
        });
    }
}
