//! The question before a backup is restored: what would come back, what would be gone, what would be as it was.

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    backups::{FieldChange, RestoreChange, RestoreEffect, RestorePreview, RestoredThing},
    command::{PreviewRestore, RestoreBackup},
    text,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{icon::icon, modal::Modal},
    shell,
    state::{toast::sentence_case, workspace::Action},
    t,
    work::Work,
};

/// Fields of one thing that are shown.
const FIELDS: usize = 4;

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct RestoreDialogProps {
    /// Which backup.
    pub place: Rc<str>,
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone, Debug, PartialEq)]
enum Known {
    Asking,
    Refused(Failure),
    Comes(RestorePreview),
}

/// The dialog.
#[component]
pub fn RestoreDialog(props: &RestoreDialogProps) -> Html {
    let known = use_state(|| Known::Asking);
    let restoring = use_state(|| false);
    use_effect_with(props.place.clone(), {
        let (work, known) = (props.work.clone(), known.setter());
        move |place| {
            let place = place.to_string();
            work.run(async move |work| match shell::call(PreviewRestore { place }).await {
                Ok(comes) => known.set(Known::Comes(comes)),
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) => known.set(Known::Refused(failure)),
            });
        }
    });
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let ready = matches!(&*known, Known::Comes(_)) && !*restoring;
    let onclick = {
        let (work, place) = (props.work.clone(), props.place.clone());
        let (known, restoring) = (known.setter(), restoring.setter());
        move |_: MouseEvent| {
            let (known, restoring, place) = (known.clone(), restoring.clone(), place.to_string());
            restoring.set(true);
            work.run(async move |work| match shell::call(RestoreBackup { place }).await {
                // The shell's event shows the gate; it is asked for in case that does not come.
                Ok(_) => work.refused(&Failure::new(FailureCode::Locked, "", "")),
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) => {
                    restoring.set(false);
                    known.set(Known::Refused(failure));
                }
            });
        }
    };
    let lede = match &*known {
        Known::Comes(comes) => t!("restore-of", time = browser::clock_within(comes.backup.made_at)),
        Known::Asking | Known::Refused(_) => t!("restore-asks"),
    };
    html! {
        <Modal class="dialog import" labelled_by="restore-title" described_by="restore-lede" first="#cancel-restore" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("sync") }</span>
                <div><h2 id="restore-title">{ t!("restore-backup-title") }</h2><p class="t2" id="restore-lede">{ lede }</p></div>
            </header>
            <div class="dialog-b"><div class="form">
                <div role="status" id="restore-comes" aria-busy={(*known == Known::Asking).to_string()}>{ outcome(&known) }</div>
                <p class="hint">{ t!("restore-undoable") }</p>
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-restore" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-restore" disabled={!ready} aria-busy={restoring.to_string()} {onclick}>
                    if *restoring { <span class="spin" aria-hidden="true"></span> }<span>{ t!("restore-backup-confirm") }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn outcome(known: &Known) -> Html {
    let comes = match known {
        Known::Asking => return html! { <p class="t3">{ t!("restore-looking") }</p> },
        Known::Refused(failure) => {
            return html! {
                <div class="note danger" role="alert" id="restore-refused">{ icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div></div>
            };
        }
        Known::Comes(comes) => comes,
    };
    html! {
        <>
            if comes.changes.is_empty() { <p id="restore-same">{ t!("restore-same") }</p> } else { { changes(&comes.changes) } }
            if comes.calls_now != comes.calls_then {
                <p class="hint">{ t!("restore-calls", now = grouped(comes.calls_now), then = grouped(comes.calls_then)) }</p>
            }
        </>
    }
}

fn changes(changes: &[RestoreChange]) -> Html {
    html! {
        <div class="scrolls" tabindex="0" role="region" aria-label={t!("restore-changes")}>
            <table class="tbl" id="restore-changes">
                <thead><tr><th scope="col">{ t!("restore-what") }</th><th scope="col">{ t!("restore-then") }</th></tr></thead>
                <tbody>{ for changes.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

fn row(change: &RestoreChange) -> Html {
    let thing = match change.thing {
        RestoredThing::Provider => t!("restore-provider"),
        RestoredThing::Route => t!("restore-route"),
        RestoredThing::Budget => t!("restore-budget"),
        RestoredThing::Setting => t!("restore-setting"),
        RestoredThing::Prompt => t!("restore-prompt"),
    };
    let (tone, word) = match change.how {
        RestoreEffect::Added => ("ok", t!("restore-added")),
        RestoreEffect::Removed => ("danger", t!("restore-removed")),
        RestoreEffect::Changed => ("warn", t!("restore-changed")),
    };
    let more = change.fields.len().saturating_sub(FIELDS);
    html! {
        <tr data-change={change.name.clone()}>
            <th scope="row"><span class="clip" dir="auto" title={change.name.clone()}>{ &change.name }</span>{ " " }<span class="t3">{ thing }</span></th>
            <td class="wraps"><span class={classes!("st", tone)}>{ word }</span>
                { for change.fields.iter().take(FIELDS).map(field) }
                if more > 0 { <div class="t3">{ t!("and-more", count = more) }</div> }
            </td>
        </tr>
    }
}

fn field(change: &FieldChange) -> Html {
    let shown = |value: &Option<String>| value.clone().unwrap_or_else(|| "–".to_owned());
    html! { <div><span class="t3">{ change.field.replace('_', " ") }</span>{ " " }<span>{ shown(&change.now) }</span>{ " → " }<b>{ shown(&change.then) }</b></div> }
}

fn grouped(number: u64) -> String {
    text::group_digits(u128::from(number))
}
