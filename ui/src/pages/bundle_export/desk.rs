//! What the dialog of a new bundle asks for, and what becomes of the answers.

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    bundles::{BundleExported, BundlePreview, BundleTarget, BundlesView},
    command::{ExportBundle, MakeSigningKey, PreviewBundle, ViewBundles, ViewRouting},
    provider::ProviderList,
    routing::RoutingView,
};
use yew::prelude::*;

use crate::{
    shell,
    state::{
        bundles::{Choice, Dialog, Draft, Step, server},
        toast::Toast,
        workspace::{Action, Layer},
    },
    t,
    work::Work,
};

/// The draft as Yew keeps it: each choice is made on the draft as it then is.
#[derive(Clone, PartialEq)]
pub(super) struct Drafted(pub(super) Draft);

impl Reducible for Drafted {
    type Action = Choice;

    fn reduce(self: Rc<Self>, choice: Choice) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        next.0.choose(choice);
        Rc::new(next)
    }
}

/// What the dialog knows, and what its buttons do.
#[derive(Clone)]
pub(super) struct Exporting {
    pub(super) work: Work,
    pub(super) list: Rc<ProviderList>,
    pub(super) draft: UseReducerHandle<Drafted>,
    pub(super) view: UseStateHandle<Option<Rc<BundlesView>>>,
    pub(super) routing: UseStateHandle<Option<Rc<RoutingView>>>,
    pub(super) preview: UseStateHandle<Option<Rc<BundlePreview>>>,
    pub(super) target: UseStateHandle<BundleTarget>,
    pub(super) busy: UseStateHandle<bool>,
    pub(super) failure: UseStateHandle<Option<Failure>>,
}

impl Exporting {
    pub(super) fn open(&self) {
        let exporting = self.clone();
        self.work.run(async move |work| {
            let read = async {
                Ok::<_, Failure>((shell::call(ViewBundles {}).await?, shell::call(ViewRouting {}).await?))
            };
            match read.await {
                Ok((view, routing)) => {
                    let draft = exporting.now();
                    exporting.routing.set(Some(Rc::new(routing)));
                    if let Some(id) = draft.server.clone().filter(|_| draft.step == Step::Scope) {
                        exporting.take(&view, &id);
                    }
                    let reviews = draft.step == Step::Review;
                    exporting.view.set(Some(Rc::new(view)));
                    if reviews {
                        exporting.review(draft);
                    }
                }
                Err(failure) => exporting.refused(&work, failure),
            }
        });
    }

    /// A server was chosen: what it has by now is chosen for it.
    pub(super) fn take(&self, view: &BundlesView, id: &str) {
        if let Some(server) = server(view, id) {
            self.draft.dispatch(Draft::suggested(server, &self.list.providers));
        }
    }

    /// The draft as it is now. By a fresh handle: this one may be of an earlier drawing.
    pub(super) fn now(&self) -> Draft {
        self.draft.clone().0.clone()
    }

    pub(super) fn go(&self, step: Step) {
        self.failure.set(None);
        if step == Step::Review {
            self.review(self.now());
        }
        self.draft.dispatch(Choice::Go(step));
    }

    pub(super) fn review(&self, draft: Draft) {
        let Some(order) = draft.order() else { return };
        let exporting = self.clone();
        self.preview.set(None);
        self.work.run(async move |work| match shell::call(PreviewBundle { order }).await {
            Ok(preview) => exporting.preview.set(Some(Rc::new(preview))),
            Err(failure) => exporting.refused(&work, failure),
        });
    }

    pub(super) fn make_key(&self) {
        let exporting = self.clone();
        self.busy.set(true);
        self.work.run(async move |work| {
            let made = shell::call(MakeSigningKey {}).await;
            exporting.busy.set(false);
            match made {
                Ok(view) => exporting.view.set(Some(Rc::new(view))),
                Err(failure) => exporting.refused(&work, failure),
            }
        });
    }

    pub(super) fn sign(&self) {
        let (Some(order), Some(preview)) = (self.now().order(), (*self.preview).clone()) else { return };
        let (exporting, target, server) = (self.clone(), *self.target, order.server.clone());
        self.busy.set(true);
        self.failure.set(None);
        self.work.run(async move |work| {
            let exported = shell::call(ExportBundle { order, serial: preview.serial, target }).await;
            exporting.busy.set(false);
            match exported {
                Ok(done) => ended(&work, done, target, &server),
                Err(failure) => {
                    if failure.code == FailureCode::Conflict {
                        exporting.review(exporting.now());
                    }
                    exporting.refused(&work, failure);
                }
            }
        });
    }

    pub(super) fn refused(&self, work: &Work, failure: Failure) {
        match failure.code {
            FailureCode::Locked => work.refused(&failure),
            FailureCode::Cancelled => {}
            _ => self.failure.set(Some(failure)),
        }
    }

    pub(super) fn has_key(&self) -> bool {
        self.view.as_ref().is_some_and(|view| view.key.is_some())
    }
}

fn ended(work: &Work, done: BundleExported, target: BundleTarget, server: &str) {
    let serial = done.serial;
    if target == BundleTarget::Vault {
        return work.act(Action::Open(Layer::Bundle(Dialog::Reach(server.into(), Some(serial)))));
    }
    work.act(Action::Close);
    work.act(Action::Say(match done.file {
        Some(file) => {
            let title = t!("bundle-exported-title", serial = serial, file = file.name);
            Toast::success(title, t!("bundle-saved-detail"))
        }
        None => Toast::success(t!("bundle-copied", serial = serial), t!("bundle-copied-detail")),
    }));
}
