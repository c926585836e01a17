//! Configurations from another vault: the file, its passphrase if it has one, and what becomes of each.

use std::rc::Rc;

use model::{
    Failure, FailureCode, Secret,
    command::{ImportShared, PreviewShared},
    share::{FILE_LIMIT, SharedChoice, SharedImported, SharedPreview},
};
use web_sys::{File, HtmlInputElement};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        file_field::{FileChoice, file_choice},
        help::help,
        icon::icon,
        modal::Modal,
        password_field::PasswordField,
        shared_entries::shared_entries,
    },
    pages::{change_password::refusal, new_password::secret_of},
    shell,
    state::{
        sharing::{count_of, first_choices},
        toast::{Step, Toast},
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct ImportSharedDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

/// A file that was chosen, in base64.
#[derive(Clone, PartialEq)]
struct Chosen {
    name: String,
    base64: String,
}

#[derive(Clone)]
struct Asking {
    work: Work,
    file: UseStateHandle<Option<Rc<Chosen>>>,
    seen: UseStateHandle<Option<Rc<SharedPreview>>>,
    choices: UseStateHandle<Vec<SharedChoice>>,
    fault: UseStateHandle<Option<Failure>>,
    busy: UseStateHandle<bool>,
    passphrase: NodeRef,
}

impl Asking {
    fn choose(&self, file: File) {
        let asking = self.clone();
        self.seen.set(None);
        self.work.run(async move |_| match read(&file).await {
            Ok(read) => {
                let read = Rc::new(read);
                asking.file.set(Some(read.clone()));
                asking.look(read);
            }
            Err(failure) => {
                asking.file.set(None);
                asking.fault.set(Some(failure));
            }
        });
    }

    fn typed(&self) -> Option<Secret> {
        self.passphrase.cast::<HtmlInputElement>()?;
        Some(secret_of(&self.passphrase)).filter(|secret| !secret.is_empty())
    }

    fn look(&self, file: Rc<Chosen>) {
        self.busy.set(true);
        self.fault.set(None);
        let (asking, passphrase) = (self.clone(), self.typed());
        self.work.run(async move |work| {
            let looked = shell::call(PreviewShared { file: file.base64.clone(), passphrase }).await;
            asking.busy.set(false);
            match looked {
                Ok(seen) => {
                    asking.choices.set(first_choices(&seen.entries));
                    asking.seen.set(Some(Rc::new(seen)));
                }
                Err(failure) => asking.refused(&work, failure),
            }
        });
    }

    fn import(&self) {
        let Some(file) = (*self.file).clone() else { return };
        self.busy.set(true);
        self.fault.set(None);
        let (asking, passphrase, choices) = (self.clone(), self.typed(), (*self.choices).clone());
        self.work.run(async move |work| {
            let request = ImportShared { file: file.base64.clone(), passphrase, choices };
            let imported = shell::call(request).await;
            asking.busy.set(false);
            match imported {
                Ok(done) => ended(&work, done),
                // The vault is not what was shown.
                Err(failure) if failure.code == FailureCode::Conflict => {
                    asking.seen.set(None);
                    asking.fault.set(Some(failure));
                }
                Err(failure) => asking.refused(&work, failure),
            }
        });
    }

    fn refused(&self, work: &Work, failure: Failure) {
        match failure.code {
            FailureCode::Locked => work.refused(&failure),
            FailureCode::Cancelled => {}
            _ => self.fault.set(Some(failure)),
        }
    }
}

fn ended(work: &Work, done: SharedImported) {
    work.act(Action::Close);
    work.act(Action::Listed(done.list));
    let title = t!("share-imported", count = done.added + done.replaced);
    let detail =
        t!("share-imported-detail", added = done.added, replaced = done.replaced, skipped = done.skipped);
    let steps: Vec<Step> = done.undo.into_iter().map(Step::Shell).collect();
    work.act(Action::Say(if steps.is_empty() {
        Toast::success(title, detail)
    } else {
        Toast::undoable(title, detail, steps)
    }));
}

async fn read(file: &File) -> Result<Chosen, Failure> {
    // Its size is asked before it is read.
    if file.size() > FILE_LIMIT as f64 {
        return Err(Failure::new(FailureCode::Other, t!("share-too-large"), t!("share-too-large-advice")));
    }
    let unread = || Failure::new(FailureCode::Other, t!("catalogue-unread"), t!("usage-unread-advice"));
    let address = browser::data_url(file).await.ok_or_else(unread)?;
    // An empty file has none.
    let base64 = address.split_once(";base64,").map_or_else(String::new, |(_, base64)| base64.to_owned());
    Ok(Chosen { name: file.name(), base64 })
}

/// The dialog.
#[component]
pub fn ImportSharedDialog(props: &ImportSharedDialogProps) -> Html {
    let asking = Asking {
        work: props.work.clone(),
        file: use_state(|| None),
        seen: use_state(|| None),
        choices: use_state(Vec::new),
        fault: use_state(|| None),
        busy: use_state(|| false),
        passphrase: use_node_ref(),
    };
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let on_choice = {
        let choices = asking.choices.clone();
        Callback::from(move |(place, choice): (usize, SharedChoice)| {
            let mut next = (*choices).clone();
            if let Some(one) = next.get_mut(place) {
                *one = choice;
            }
            choices.set(next);
        })
    };
    let onsubmit = {
        let asking = asking.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            match (*asking.file).clone() {
                Some(_) if asking.seen.is_some() => asking.import(),
                Some(file) => asking.look(file),
                None => {}
            }
        }
    };
    let count = count_of(&asking.choices);
    let (word, ready) = match &*asking.seen {
        None => (t!("share-open"), asking.file.is_some()),
        Some(_) if count == 0 => (t!("share-import-none"), false),
        Some(_) => (t!("share-import-count", count = count), true),
    };
    let wants_passphrase =
        asking.fault.as_ref().is_some_and(|fault| fault.code == FailureCode::WrongPassword);
    html! {
        <Modal class="dialog import" labelled_by="shared-title" described_by="shared-lede" first="#shared-file" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("file") }</span>
                <div><h2 id="shared-title">{ t!("share-import") }</h2><p class="t2" id="shared-lede">{ t!("share-import-lede") }</p></div>
            </header>
            <form class="dialog-b" id="shared-form" {onsubmit} aria-busy={asking.busy.to_string()} data-step={if asking.seen.is_some() { "ready" } else { "choosing" }}>
                <div class="form">
                    { choice(&asking) }
                    if asking.file.is_some() {
                        <div class={classes!("field", wants_passphrase.then_some("invalid"))}>
                            <label for="shared-passphrase">{ t!("share-passphrase-optional") }</label>
                            <PasswordField id="shared-passphrase" input={asking.passphrase.clone()} autocomplete="off" invalid={wants_passphrase} described_by="shared-refused shared-passphrase-help" />
                            { help("shared-passphrase", &t!("share-passphrase-optional")) }
                        </div>
                    }
                    <div id="shared-refused">{ for asking.fault.as_ref().map(refusal) }</div>
                    // In an element of its own: one sibling more, and the field would be drawn anew without what was typed.
                    <div id="shared-seen">{ for asking.seen.as_ref().map(|seen| shared_entries(seen, &asking.choices, &on_choice)) }</div>
                </div>
            </form>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-shared" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="submit" form="shared-form" class="btn primary" id="confirm-shared" disabled={!ready || *asking.busy} aria-busy={asking.busy.to_string()}>
                    if *asking.busy { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn choice(asking: &Asking) -> Html {
    let choice = FileChoice {
        id: "shared-file",
        accept: ".age",
        disabled: *asking.busy,
        reading: false,
        chosen: asking.file.as_ref().map(|file| name(&file.name)),
        hint: t!("share-file-hint"),
    };
    let asking = asking.clone();
    file_choice(choice, &Callback::from(move |file| asking.choose(file)))
}
