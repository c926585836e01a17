//! A server that bundles can be made for: its file, a picture of its QR code or its text, and its fingerprint, which a person compares.

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    bundles::{BundleServerPreview, BundlesView},
    command::{AddServer, PreviewServer},
};
use web_sys::{File, HtmlTextAreaElement};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::checked,
        file_field::{FileChoice, file_choice},
        help::help,
        icon::icon,
        modal::Modal,
    },
    pages::change_password::refusal,
    shell,
    state::{
        bundles::{FILE_LIMIT, PICTURE_LIMIT},
        toast::Toast,
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The form.
#[derive(Properties, PartialEq)]
pub struct AddServerFormProps {
    /// A way to ask for things.
    pub work: Work,
    /// A server was added, by its id, and this is what is known now.
    pub on_added: Callback<(Rc<str>, BundlesView)>,
}

#[derive(Clone)]
struct Adding {
    work: Work,
    chosen: UseStateHandle<Option<String>>,
    seen: UseStateHandle<Option<Rc<(String, BundleServerPreview)>>>,
    compared: UseStateHandle<bool>,
    failure: UseStateHandle<Option<Failure>>,
    busy: UseStateHandle<bool>,
}

impl Adding {
    fn choose(&self, file: File) {
        let adding = self.clone();
        self.chosen.set(Some(file.name()));
        self.work.run(async move |_| match text_of(&file).await {
            Ok(text) => adding.look(text),
            Err(failure) => adding.failure.set(Some(failure)),
        });
    }

    fn look(&self, text: String) {
        let adding = self.clone();
        self.busy.set(true);
        self.failure.set(None);
        self.seen.set(None);
        self.compared.set(false);
        self.work.run(async move |work| {
            let looked = shell::call(PreviewServer { file: text.clone() }).await;
            adding.busy.set(false);
            match looked {
                Ok(seen) => adding.seen.set(Some(Rc::new((text, seen)))),
                Err(failure) => adding.refused(&work, failure),
            }
        });
    }

    fn add(&self, on_added: &Callback<(Rc<str>, BundlesView)>) {
        let Some(seen) = (*self.seen).clone() else { return };
        let (adding, on_added) = (self.clone(), on_added.clone());
        self.busy.set(true);
        self.failure.set(None);
        self.work.run(async move |work| {
            let (file, preview) = &*seen;
            let request = AddServer { file: file.clone(), fingerprint: preview.fingerprint.clone() };
            let added = shell::call(request).await;
            adding.busy.set(false);
            match added {
                Ok(view) => {
                    let title = t!("bundle-added-title", name = name(&preview.name));
                    work.act(Action::Say(Toast::success(title, String::new())));
                    on_added.emit((preview.id.as_str().into(), view));
                }
                Err(failure) => adding.refused(&work, failure),
            }
        });
    }

    fn refused(&self, work: &Work, failure: Failure) {
        match failure.code {
            FailureCode::Locked => work.refused(&failure),
            FailureCode::Cancelled => {}
            _ => self.failure.set(Some(failure)),
        }
    }
}

/// A picture is handed over as its address, which the desk reads.
async fn text_of(file: &File) -> Result<String, Failure> {
    let refused = |message: String, advice: String| Failure::new(FailureCode::Other, message, advice);
    let is_picture = file.type_() == "image/png";
    if is_picture && file.size() > PICTURE_LIMIT {
        let advice = t!("bundle-add-picture-too-large-advice");
        return Err(refused(t!("bundle-add-picture-too-large"), advice));
    }
    if !is_picture && file.size() > FILE_LIMIT {
        return Err(refused(t!("bundle-add-too-large"), t!("bundle-add-too-large-advice")));
    }
    let read = if is_picture { browser::data_url(file).await } else { browser::text_of_file(file).await };
    read.ok_or_else(|| refused(t!("bundle-unread"), t!("bundle-unread-advice")))
}

/// The form.
#[component]
pub fn AddServerForm(props: &AddServerFormProps) -> Html {
    let adding = Adding {
        work: props.work.clone(),
        chosen: use_state(|| None),
        seen: use_state(|| None),
        compared: use_state(|| false),
        failure: use_state(|| None),
        busy: use_state(|| false),
    };
    let pasted = use_node_ref();
    let on_file = {
        let adding = adding.clone();
        Callback::from(move |file| adding.choose(file))
    };
    let on_look = {
        let (adding, pasted) = (adding.clone(), pasted.clone());
        move |_: MouseEvent| {
            let text = pasted.cast::<HtmlTextAreaElement>().map(|field| field.value()).unwrap_or_default();
            adding.look(text);
        }
    };
    let choice = FileChoice {
        id: "server-file",
        accept: ".json,.png,image/png",
        disabled: *adding.busy,
        reading: *adding.busy,
        chosen: adding.chosen.as_ref().map(|file| name(file)),
        hint: t!("bundle-add-file"),
    };
    html! {
        <>
            { file_choice(choice, &on_file) }
            <div class="field">
                <label for="server-text">{ t!("bundle-add-paste") }</label>
                <textarea class="inp paste" id="server-text" ref={pasted} spellcheck="false" autocomplete="off" aria-describedby="server-text-help" />
                { help("server-text", &t!("bundle-add-paste")) }
            </div>
            <div><button type="button" class="btn sm" id="look-at-server" disabled={*adding.busy} onclick={on_look}><span>{ t!("bundle-add-look") }</span></button></div>
            <div id="server-refused">{ for adding.failure.as_ref().map(refusal) }</div>
            <div id="server-seen" aria-live="polite">{ for adding.seen.as_ref().map(|seen| compare(&seen.1, &adding, &props.on_added)) }</div>
        </>
    }
}

fn compare(seen: &BundleServerPreview, adding: &Adding, on_added: &Callback<(Rc<str>, BundlesView)>) -> Html {
    let shown = name(&seen.name);
    let onchange = {
        let compared = adding.compared.setter();
        move |event: Event| compared.set(checked(&event))
    };
    let onclick = {
        let (adding, on_added) = (adding.clone(), on_added.clone());
        move |_: MouseEvent| adding.add(&on_added)
    };
    html! {
        <div class="compare" data-seen={seen.name.clone()}>
            <p><b dir="auto">{ &seen.name }</b>
                if let Some(known) = &seen.known_as { <span class="t3">{ " " }{ t!("bundle-add-known", name = name(known)) }</span> }
                if seen.accepted > 0 { <span class="t3">{ " " }{ t!("bundle-add-serial", serial = seen.accepted) }</span> }
            </p>
            if seen.other_recipient { <p class="note warn">{ icon("alert") }<span>{ t!("bundle-add-other") }</span></p> }
            <p><span class="t3 sm">{ t!("bundle-add-compare") }</span><br /><span class="fpr big" id="server-fingerprint">{ &seen.fingerprint }</span></p>
            <p class="hint">{ t!("bundle-add-compare-text") }</p>
            <label class="cbl"><input class="cb" type="checkbox" id="compared" checked={*adding.compared} {onchange} /><span>{ t!("bundle-add-compared") }</span></label>
            <div><button type="button" class="btn primary" id="confirm-server" disabled={!*adding.compared || *adding.busy} aria-busy={adding.busy.to_string()} {onclick}>
                <span>{ t!("bundle-add", name = shown) }</span></button></div>
        </div>
    }
}

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct AddServerDialogProps {
    /// A way to ask for things.
    pub work: Work,
}

/// The form in a dialog of its own.
#[component]
pub fn AddServerDialog(props: &AddServerDialogProps) -> Html {
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let on_added = close.reform(|_| ());
    html! {
        <Modal class="dialog wizard" labelled_by="add-server-t" described_by="add-server-l" first="#server-file" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("server") }</span>
                <div><h2 id="add-server-t">{ t!("bundle-add-title") }</h2><p class="t2" id="add-server-l">{ t!("bundle-add-lede") }</p></div>
            </header>
            <div class="dialog-b"><div class="form"><AddServerForm work={props.work.clone()} {on_added} /></div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-server" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
            </footer>
        </Modal>
    }
}
