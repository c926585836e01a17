//! The way to a server's admin API: to bring a bundle there, or to ask which it has. What is typed is sent once and gone with the dialog.

use std::rc::Rc;

use model::{
    Failure, FailureCode, Secret,
    bundles::{BundleServerLogin, BundleServerView},
    command::{AskBundleServer, UploadBundle, ViewBundles},
};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        field::{described_by, describing, trimmed_value_of},
        help::help,
        icon::icon,
        modal::Modal,
        password_field::PasswordField,
    },
    pages::{change_password::refusal, new_password::secret_of},
    shell,
    state::{bundles::server, toast::Toast, workspace::Action},
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Clone, Properties, PartialEq)]
pub struct BundleReachProps {
    /// Which server.
    pub server: Rc<str>,
    /// What to bring there; nothing when it is only asked.
    pub serial: Option<u64>,
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone, PartialEq)]
struct Fields {
    url: NodeRef,
    pin: NodeRef,
    user: NodeRef,
    password: NodeRef,
    code: NodeRef,
}

/// The dialog.
#[component]
pub fn BundleReach(props: &BundleReachProps) -> Html {
    let known = use_state(|| Option::<BundleServerView>::None);
    let (busy, failure) = (use_state(|| false), use_state(|| Option::<Failure>::None));
    let fields = Fields {
        url: use_node_ref(),
        pin: use_node_ref(),
        user: use_node_ref(),
        password: use_node_ref(),
        code: use_node_ref(),
    };
    use_effect_with(props.server.clone(), {
        let (work, known, failure) = (props.work.clone(), known.setter(), failure.setter());
        let (url, pin) = (fields.url.clone(), fields.pin.clone());
        move |id| {
            let id = id.clone();
            work.run(async move |work| match shell::call(ViewBundles {}).await {
                Ok(view) => {
                    let seen = server(&view, &id).cloned();
                    if let Some(reached) = seen.as_ref().and_then(|seen| seen.reached_at.as_ref()) {
                        put(&url, &reached.url);
                        put(&pin, reached.pin.as_deref().unwrap_or_default());
                    }
                    known.set(seen);
                }
                Err(refused) if refused.code == FailureCode::Locked => work.refused(&refused),
                Err(refused) => failure.set(Some(refused)),
            });
        }
    });
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let shown = known.as_ref().map(|known| name(&known.name)).unwrap_or_default();
    let onsubmit = {
        let (props, fields, shown) = (props.clone(), fields.clone(), shown.clone());
        let (busy, failure) = (busy.clone(), failure.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !*busy {
                send(&props, &fields, shown.clone(), busy.setter(), failure.clone());
            }
        })
    };
    let (title, word, sign) = match props.serial {
        Some(serial) => (
            t!("bundle-reach-upload", serial = serial, name = shown.clone()),
            t!("bundle-reach-do-upload"),
            "upload",
        ),
        None => (t!("bundle-reach-ask", name = shown.clone()), t!("bundle-reach-do-ask"), "sync"),
    };
    html! {
        <Modal class="dialog wizard narrow" labelled_by="reach-t" described_by="reach-l" first="#reach-url" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon(sign) }</span>
                <div><h2 id="reach-t">{ title }</h2><p class="t2" id="reach-l">{ t!("bundle-reach-lede") }</p></div>
            </header>
            <form class="dialog-b" id="reach-form" {onsubmit}><div class="form">
                { text("reach-url", t!("bundle-reach-url"), Some(t!("bundle-reach-url-hint")), &fields.url) }
                { text("reach-pin", t!("bundle-reach-pin"), Some(t!("bundle-reach-pin-hint")), &fields.pin) }
                { text("reach-user", t!("bundle-reach-user"), None, &fields.user) }
                <div class="field"><label for="reach-password">{ t!("bundle-reach-password") }</label>
                    <PasswordField id="reach-password" input={fields.password.clone()} autocomplete="off" described_by="reach-password-help" />
                    { help("reach-password", &t!("bundle-reach-password")) }</div>
                <div class="field"><label for="reach-code">{ t!("bundle-reach-code") }</label>
                    <input class="inp otp mono" id="reach-code" ref={fields.code.clone()} inputmode="numeric" maxlength="19" autocomplete="off" aria-describedby="reach-code-help" />
                    { help("reach-code", &t!("bundle-reach-code")) }</div>
                <div id="reach-refused">{ for failure.as_ref().map(refusal) }</div>
            </div></form>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-reach" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="submit" form="reach-form" class="btn primary" id="confirm-reach" disabled={*busy || known.is_none()} aria-busy={busy.to_string()}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn text(id: &'static str, label: String, hint: Option<String>, field: &NodeRef) -> Html {
    html! {
        <div class="field">
            <label for={id}>{ label.clone() }</label>
            <input class="inp" {id} ref={field.clone()} autocomplete="off" spellcheck="false" aria-describedby={describing(id)} />
            <div id={described_by(id)}>if let Some(hint) = hint { <p class="hint">{ hint }</p> }</div>
            { help(id, &label) }
        </div>
    }
}

fn send(
    props: &BundleReachProps,
    fields: &Fields,
    shown: String,
    busy: UseStateSetter<bool>,
    failure: UseStateSetter<Option<Failure>>,
) {
    let login = BundleServerLogin {
        url: trimmed_value_of(&fields.url),
        pin: trimmed_value_of(&fields.pin),
        user_name: trimmed_value_of(&fields.user),
        password: secret_of(&fields.password),
        code: Secret::new(trimmed_value_of(&fields.code)),
    };
    // A code is good once: another try needs another one.
    put(&fields.code, "");
    let (id, serial) = (props.server.to_string(), props.serial);
    busy.set(true);
    failure.set(None);
    props.work.run(async move |work| {
        let done = match serial {
            Some(serial) => shell::call(UploadBundle { serial, login }).await,
            None => shell::call(AskBundleServer { id, login }).await,
        };
        busy.set(false);
        match done {
            Ok(_) => {
                work.act(Action::Close);
                let title = match serial {
                    Some(serial) => t!("bundle-uploaded", serial = serial, name = shown),
                    None => t!("bundle-asked", name = shown),
                };
                work.act(Action::Say(Toast::success(title, String::new())));
            }
            Err(refused) if refused.code == FailureCode::Locked => work.refused(&refused),
            Err(refused) if refused.code == FailureCode::Cancelled => {}
            Err(refused) => failure.set(Some(refused)),
        }
    });
}

fn put(field: &NodeRef, text: &str) {
    if let Some(input) = field.cast::<HtmlInputElement>() {
        input.set_value(text);
    }
}
