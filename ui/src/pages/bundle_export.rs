//! A new bundle in three steps: for which server, what of this vault and for how long, and what that changes there, to be signed.

mod desk;

use std::rc::Rc;

use model::{
    bundles::{BundleServerView, BundleTarget, BundlesView},
    provider::ProviderList,
};
use yew::prelude::*;

use self::desk::{Drafted, Exporting};
use crate::{
    browser,
    components::{
        bundle_changes::bundle_changes,
        bundle_scope::bundle_scope,
        icon::icon,
        modal::Modal,
        segmented::{Segmented, segmented},
    },
    pages::{bundle_server::AddServerForm, change_password::refusal},
    state::{
        bundles::{Dialog, Draft, Step, server},
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct BundleExportProps {
    /// What is to be exported: [`Dialog::Export`], [`Dialog::Revoke`] or [`Dialog::Back`].
    pub dialog: Dialog,
    /// All providers.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn BundleExport(props: &BundleExportProps) -> Html {
    let exporting = Exporting {
        work: props.work.clone(),
        list: props.list.clone(),
        draft: use_reducer(|| Drafted(Draft::new(&props.dialog))),
        view: use_state(|| None),
        routing: use_state(|| None),
        preview: use_state(|| None),
        target: use_state(|| BundleTarget::File),
        busy: use_state(|| false),
        failure: use_state(|| None),
    };
    use_effect_with((), {
        let exporting = exporting.clone();
        move |()| exporting.open()
    });
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let draft = &exporting.draft.0;
    let chosen = draft.server.as_deref().zip(exporting.view.as_deref());
    let chosen = chosen.and_then(|(id, view)| server(view, id));
    let called = chosen.map(|one| name(&one.name));
    let title = match (&props.dialog, called.clone()) {
        (_, None) => t!("bundle-wizard-title"),
        (Dialog::Revoke(_), Some(called)) => t!("bundle-wizard-revoke", name = called),
        (Dialog::Back(serial, _), Some(called)) => t!("bundle-wizard-back", serial = *serial, name = called),
        (_, Some(called)) => t!("bundle-wizard-for", name = called),
    };
    let chooses = matches!(props.dialog, Dialog::Export(_));
    let step = match draft.step {
        Step::Server => "server",
        Step::Scope => "scope",
        Step::Review => "review",
    };
    html! {
        <Modal class="dialog wizard" labelled_by="wizard-t" first="#cancel-export" on_close={close.clone()}>
            <header class="dialog-h"><h2 id="wizard-t">{ title }</h2>
                <button type="button" class="ib push" aria-label={t!("close-esc")} title={t!("close-esc")} onclick={close.reform(|_: MouseEvent| ())}>{ icon("x") }</button>
            </header>
            if chooses { { steps(draft.step) } }
            <div class="dialog-b" data-step={step} aria-busy={exporting.busy.to_string()}><div class="form">
                { body(&exporting, chosen, matches!(props.dialog, Dialog::Revoke(_))) }
                <div id="export-refused">{ for exporting.failure.as_ref().map(refusal) }</div>
            </div></div>
            { footer(&exporting, chooses, &close) }
        </Modal>
    }
}

fn steps(at: Step) -> Html {
    let one = |(place, (step, word)): (usize, (Step, String))| {
        let current = (step == at).then_some("step");
        html! {
            <li aria-current={current}>
                if step < at { { icon("check") } } else { <span>{ place + 1 }</span> }<span>{ word }</span>
            </li>
        }
    };
    let all = [
        (Step::Server, t!("bundle-step-server")),
        (Step::Scope, t!("bundle-step-scope")),
        (Step::Review, t!("bundle-step-review")),
    ];
    html! { <div class="wz-line"><ol class="wz" aria-label={t!("bundle-steps")}>{ for all.into_iter().enumerate().map(one) }</ol></div> }
}

fn body(exporting: &Exporting, chosen: Option<&BundleServerView>, revokes: bool) -> Html {
    let (Some(view), Some(routing)) = ((*exporting.view).clone(), (*exporting.routing).clone()) else {
        return match &*exporting.failure {
            Some(_) => Html::default(),
            None => html! { <p class="t3" role="status">{ t!("reading-bundles") }</p> },
        };
    };
    match exporting.draft.0.step {
        Step::Server => servers(exporting, &view),
        Step::Scope => {
            let on_choose = {
                let draft = exporting.draft.dispatcher();
                Callback::from(move |choice| draft.dispatch(choice))
            };
            let providers = &exporting.list.providers;
            html! {
                <>
                    { bundle_scope(&exporting.draft.0, providers, &routing, browser::now(), &on_choose) }
                    { for chosen.map(sealed) }
                </>
            }
        }
        Step::Review => review(exporting, revokes),
    }
}

/// For whom, by what a person compared at the server.
fn sealed(server: &BundleServerView) -> Html {
    // In one piece, as it is compared.
    let fingerprint = server.fingerprint.replace(' ', "\u{a0}");
    html! {
        <div class="note" id="bundle-sealed">{ icon("lock") }<p>{ t!("bundle-sealed", name = name(&server.name), fingerprint = fingerprint) }</p></div>
    }
}

fn servers(exporting: &Exporting, view: &Rc<BundlesView>) -> Html {
    let chosen = exporting.draft.0.server.clone();
    let line = |one: &BundleServerView| {
        let is_it = chosen.as_deref() == Some(one.id.as_str());
        let onchange = {
            let (exporting, view, id) = (exporting.clone(), view.clone(), one.id.clone());
            move |_: Event| exporting.take(&view, &id)
        };
        html! {
            <li key={one.id.clone()}><label>
                <input class="cb r" type="radio" name="bundle-server" value={one.name.clone()} checked={is_it} {onchange} />
                { icon("server") }<span class="clip" dir="auto">{ &one.name }</span><span class="push fpr">{ &one.fingerprint }</span>
            </label></li>
        }
    };
    let on_added = {
        let exporting = exporting.clone();
        Callback::from(move |(id, view): (Rc<str>, BundlesView)| {
            exporting.take(&view, &id);
            exporting.view.set(Some(Rc::new(view)));
        })
    };
    html! {
        <>
            if !view.servers.is_empty() {
                <fieldset class="field"><legend class="lab">{ t!("bundle-which-server") }</legend>
                    <ul class="scope" id="bundle-servers-l">{ for view.servers.iter().map(line) }</ul></fieldset>
            }
            if chosen.is_none() {
                <p class="t2">{ t!("bundle-add-lede") }</p>
                <AddServerForm work={exporting.work.clone()} {on_added} />
            }
        </>
    }
}

fn review(exporting: &Exporting, revokes: bool) -> Html {
    let Some(preview) = (*exporting.preview).clone() else {
        return match &*exporting.failure {
            Some(_) => Html::default(),
            None => html! { <p class="t3" role="status">{ t!("bundle-previewing") }</p> },
        };
    };
    let targets = Segmented {
        id: "bundle-target".into(),
        label: t!("bundle-where"),
        controls: None,
        options: vec![
            (BundleTarget::File, t!("bundle-where-file")),
            (BundleTarget::Clipboard, t!("bundle-where-clipboard")),
            (BundleTarget::Vault, t!("bundle-where-server")),
        ],
        value: Some(*exporting.target),
        on_choose: {
            let target = exporting.target.setter();
            Callback::from(move |next| target.set(next))
        },
    };
    let make = {
        let exporting = exporting.clone();
        move |_: MouseEvent| exporting.make_key()
    };
    html! {
        <>
            if revokes { <p class="note warn">{ icon("alert") }<span>{ t!("bundle-revoke-warning") }</span></p> }
            { bundle_changes(&preview) }
            <div class="field"><span class="lab">{ t!("bundle-where") }</span><div class="row-w">{ segmented(targets) }</div>
                if *exporting.target == BundleTarget::Vault { <p class="hint">{ t!("bundle-where-server-text") }</p> }
            </div>
            if !exporting.has_key() {
                <div class="note warn mid">{ icon("alert") }<div class="grow"><p>{ t!("bundle-needs-key") }{ " " }{ t!("bundle-key-made-detail") }</p></div>
                    <button type="button" class="btn sm" id="make-key-here" disabled={*exporting.busy} onclick={make}><span>{ t!("bundle-key-make") }</span></button></div>
            }
        </>
    }
}

fn footer(exporting: &Exporting, chooses: bool, close: &Callback<()>) -> Html {
    let draft = &exporting.draft.0;
    let to = |step: Step| {
        let exporting = exporting.clone();
        move |_: MouseEvent| exporting.go(step)
    };
    let before = match draft.step {
        Step::Scope => Some(Step::Server),
        Step::Review if chooses => Some(Step::Scope),
        _ => None,
    };
    let sign = {
        let exporting = exporting.clone();
        move |_: MouseEvent| exporting.sign()
    };
    let next = match draft.step {
        Step::Server => html! {
            <button type="button" class="btn primary" id="to-scope" disabled={draft.server.is_none()} onclick={to(Step::Scope)}><span>{ t!("bundle-to-scope") }</span></button>
        },
        Step::Scope => html! {
            <button type="button" class="btn primary" id="to-review" disabled={draft.chosen.is_empty()} onclick={to(Step::Review)}><span>{ t!("bundle-to-review") }</span></button>
        },
        Step::Review => html! {
            <button type="button" class="btn primary" id="sign-bundle" disabled={exporting.preview.is_none() || !exporting.has_key() || *exporting.busy}
                aria-busy={exporting.busy.to_string()} onclick={sign}>
                if *exporting.busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("bundle-sign") }</span></button>
        },
    };
    html! {
        <footer class="dialog-f">
            if let Some(before) = before { <button type="button" class="btn ghost" id="step-back" onclick={to(before)}><span>{ t!("bundle-go-back-step") }</span></button> }
            <span class="grow"></span>
            <button type="button" class="btn" id="cancel-export" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
            { next }
        </footer>
    }
}
