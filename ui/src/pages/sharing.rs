//! The settings' section about configurations for other vaults: export, import, and for whom others can seal.

use model::{
    Failure, FailureCode,
    command::{MakeRecipient, ViewRecipient},
    share::RecipientView,
};
use yew::prelude::*;

use crate::{
    components::{icon::icon, setting_line::setting_line},
    pages::change_password::refusal,
    shell,
    state::{
        security::Dialog,
        workspace::{Action, Layer},
    },
    t,
    work::Work,
};

/// The section.
#[derive(Properties, PartialEq)]
pub struct SharingSectionProps {
    /// How many providers there are.
    pub providers: usize,
    /// A way to ask for things.
    pub work: Work,
}

/// The section.
#[component]
pub fn SharingSection(props: &SharingSectionProps) -> Html {
    let view = use_state(RecipientView::default);
    let fault = use_state(|| Option::<Failure>::None);
    use_effect_with((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |()| {
            work.run(async move |work| match shell::call(ViewRecipient {}).await {
                Ok(seen) => view.set(seen),
                Err(failure) => work.refused(&failure),
            })
        }
    });
    let open = |id: &'static str, word: String, dialog: Dialog, disabled: bool| {
        let work = props.work.clone();
        let onclick = move |_: MouseEvent| work.act(Action::Open(Layer::Security(dialog)));
        html! { <button type="button" class="btn sm" {id} {disabled} {onclick}><span>{ word }</span></button> }
    };
    let recipient = match &view.recipient {
        Some(text) => copied(text, &props.work),
        None => {
            let (work, view, fault) = (props.work.clone(), view.setter(), fault.setter());
            let onclick = move |_: MouseEvent| make(&work, view.clone(), fault.clone());
            html! { <button type="button" class="btn sm" id="make-recipient" {onclick}><span>{ t!("share-make-recipient") }</span></button> }
        }
    };
    html! {
        <section class="set-s" id="sharing" tabindex="-1">
            <h2>{ t!("share-section") }</h2>
            { for fault.as_ref().map(refusal) }
            <div class="card">
                { setting_line(t!("share-export"), html! { { t!("share-export-text") } }, open("export-providers", t!("share-export-open"), Dialog::Export, props.providers == 0)) }
                { setting_line(t!("share-import"), html! { { t!("share-import-text") } }, open("import-shared", t!("share-import-open"), Dialog::Import, false)) }
                { setting_line(t!("share-recipient"), html! { { t!("share-recipient-text") } }, recipient) }
            </div>
        </section>
    }
}

fn copied(text: &str, work: &Work) -> Html {
    let onclick = {
        let (work, text) = (work.clone(), text.to_owned());
        move |_: MouseEvent| work.copy(text.clone())
    };
    let label = t!("share-copy-recipient");
    html! {
        <span class="row">
            <span class="mono pick-all recipient" id="recipient">{ text }</span>
            <button type="button" class="ib" id="copy-recipient" aria-label={label.clone()} title={label} {onclick}>{ icon("copy") }</button>
        </span>
    }
}

fn make(work: &Work, view: UseStateSetter<RecipientView>, fault: UseStateSetter<Option<Failure>>) {
    fault.set(None);
    work.run(async move |work| match shell::call(MakeRecipient {}).await {
        Ok(made) => view.set(made),
        Err(failure) if matches!(failure.code, FailureCode::Locked | FailureCode::Cancelled) => {
            work.refused(&failure)
        }
        Err(failure) => fault.set(Some(failure)),
    });
}
