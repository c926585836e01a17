//! A connection to a server: its address, the certificate that is trusted, and how somebody logs in there.

use std::rc::Rc;

use model::{
    Failure, FailureCode, Field,
    command::{ConnectRemote, SaveRemote, TestRemote},
    sync::{RemoteId, RemoteProbe, RemoteView, RemoteWay},
};
use yew::prelude::*;

use crate::{
    components::{
        field::{Frame, Switch, describing, framed, switch, text_input},
        help::help,
        icon::icon,
        modal::Modal,
        password_field::PasswordField,
        segmented::{Segmented, segmented},
    },
    pages::{change_password::refusal, new_password::secret_of},
    shell,
    state::{
        heard::heard,
        sync::{self, News},
        toast::sentence_case,
        workspace::Action,
    },
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct RemoteDialogProps {
    /// The one that is changed; `None` makes a new one.
    pub id: Option<RemoteId>,
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone, Default, PartialEq)]
struct Form {
    address: String,
    name: String,
    pin: String,
    way: RemoteWay,
    user_name: String,
    keep: bool,
}

impl Form {
    fn of(remote: Option<&RemoteView>) -> Self {
        remote.map_or_else(Self::default, |remote| Self {
            address: remote.address.clone(),
            name: remote.name.clone(),
            pin: remote.pin.clone().unwrap_or_default(),
            way: remote.way,
            user_name: remote.user_name.clone(),
            keep: remote.has_secret,
        })
    }

    fn pin(&self) -> Option<String> {
        Some(self.pin.trim().to_owned()).filter(|pin| !pin.is_empty())
    }
}

#[derive(Clone)]
struct Asking {
    id: Option<RemoteId>,
    work: Work,
    form: UseStateHandle<Form>,
    fault: UseStateHandle<Option<Failure>>,
    probe: UseStateHandle<Option<Result<RemoteProbe, Failure>>>,
    busy: UseStateHandle<bool>,
    testing: UseStateHandle<bool>,
    secret: NodeRef,
    code: NodeRef,
}

impl Asking {
    fn test(&self) {
        let asking = self.clone();
        let request = TestRemote { address: self.form.address.clone(), pin: self.form.pin() };
        self.testing.set(true);
        self.work.run(async move |work| {
            let probed = shell::call(request).await;
            asking.testing.set(false);
            match probed {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                Err(failure) if failure.code == FailureCode::Invalid => asking.fault.set(Some(failure)),
                probed => asking.probe.set(Some(probed)),
            }
        });
    }

    fn save(&self) {
        let (asking, form) = (self.clone(), (*self.form).clone());
        let typed = secret_of(&self.secret);
        let kept = form.keep.then(|| secret_of(&self.secret)).filter(|secret| !secret.is_empty());
        let code = secret_of(&self.code);
        let request = SaveRemote {
            id: self.id,
            name: form.name.clone(),
            address: form.address.clone(),
            pin: form.pin(),
            way: form.way,
            user_name: form.user_name.clone(),
            secret: kept,
            forget_secret: !form.keep,
        };
        self.busy.set(true);
        self.fault.set(None);
        self.work.run(async move |work| {
            let saved = match shell::call(request).await {
                Ok(saved) => saved,
                Err(failure) => return asking.refused(&work, failure),
            };
            let id = saved.id;
            let remotes = Rc::new(saved.remotes);
            let is_kept = remotes.iter().any(|one| one.id == id && one.has_secret);
            // With a password there has to be a code.
            let can = match form.way {
                RemoteWay::Token => !typed.is_empty() || is_kept,
                RemoteWay::Password => (!typed.is_empty() || is_kept) && !code.is_empty(),
            };
            let refused = match can {
                true => {
                    let secret = Some(typed).filter(|typed| !typed.is_empty());
                    shell::call(ConnectRemote { id, secret, code: Some(code) }).await.err()
                }
                false => None,
            };
            work.act(Action::Close);
            sync::tell(News::Remotes(remotes, Some(id)));
            if let Some(failure) = refused {
                work.refused(&failure);
            }
        });
    }

    fn refused(&self, work: &Work, failure: Failure) {
        self.busy.set(false);
        match failure.code {
            FailureCode::Locked => work.refused(&failure),
            FailureCode::Cancelled => {}
            _ => self.fault.set(Some(failure)),
        }
    }

    fn fault_of(&self, field: Field) -> Option<String> {
        let fault = self.fault.as_ref()?.fields.iter().find(|fault| fault.field == field)?;
        Some(fault.message.clone())
    }

    fn change(&self, change: impl Fn(&mut Form, String) + 'static) -> Callback<String> {
        let form = self.form.clone();
        Callback::from(move |text: String| {
            let mut next = (*form).clone();
            change(&mut next, text);
            form.set(next);
        })
    }
}

/// The dialog.
#[component]
pub fn RemoteDialog(props: &RemoteDialogProps) -> Html {
    let known =
        use_memo(props.id, |id| id.and_then(|id| sync::known().iter().find(|one| one.id == id).cloned()));
    let asking = Asking {
        id: props.id,
        work: props.work.clone(),
        form: use_state(|| Form::of((*known).as_ref())),
        fault: use_state(|| None),
        probe: use_state(|| None),
        busy: use_state(|| false),
        testing: use_state(|| false),
        secret: use_node_ref(),
        code: use_node_ref(),
    };
    let has_secret = (*known).as_ref().is_some_and(|one| one.has_secret && one.way == asking.form.way);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let onsubmit = {
        let asking = asking.clone();
        move |event: SubmitEvent| {
            event.prevent_default();
            if !*asking.busy {
                asking.save();
            }
        }
    };
    let title = if props.id.is_some() { t!("remote-edit-title") } else { t!("remote-add-title") };
    let other = asking.fault.as_ref().filter(|fault| fault.fields.is_empty());
    html! {
        <Modal class="dialog import" labelled_by="remote-title" described_by="remote-lede" first="#remote-address" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("link") }</span>
                <div><h2 id="remote-title">{ title }</h2><p class="t2" id="remote-lede">{ t!("remote-lede") }</p></div>
            </header>
            <form class="dialog-b" id="remote-form" {onsubmit} aria-busy={asking.busy.to_string()}>
                <div class="form">
                    { place(&asking) }
                    { login(&asking, has_secret) }
                    <div>{ for other.map(refusal) }</div>
                </div>
            </form>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-remote" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="submit" form="remote-form" class="btn primary" id="save-remote" disabled={*asking.busy} aria-busy={asking.busy.to_string()}>
                    if *asking.busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("remote-save-connect") }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn place(asking: &Asking) -> Html {
    let form = &asking.form;
    let frame = |id, label, remark, error, hint| Frame { id, label, remark, error, hint };
    let [address, named, pin] =
        [Field::BaseUrl, Field::DisplayName, Field::ApiKey].map(|field| asking.fault_of(field));
    let optional = || t!("remote-optional");
    html! {
        <>
            { framed(
                frame("remote-address", t!("remote-address"), String::new(), address.as_deref(), t!("remote-address-hint")),
                text_input("remote-address", "inp mono", &form.address, address.is_some(), asking.change(|form, text| form.address = text)),
            ) }
            { framed(
                frame("remote-name", t!("sync-name"), optional(), named.as_deref(), t!("remote-name-hint")),
                text_input("remote-name", "inp", &form.name, named.is_some(), asking.change(|form, text| form.name = text)),
            ) }
            { framed(
                frame("remote-pin", t!("remote-pin"), optional(), pin.as_deref(), t!("remote-pin-hint")),
                text_input("remote-pin", "inp mono", &form.pin, pin.is_some(), asking.change(|form, text| form.pin = text)),
            ) }
            { probe(asking) }
        </>
    }
}

fn probe(asking: &Asking) -> Html {
    let onclick = {
        let asking = asking.clone();
        move |_: MouseEvent| asking.test()
    };
    let said = match &*asking.probe {
        None => Html::default(),
        Some(Err(failure)) => refusal(failure),
        Some(Ok(probe)) => found(probe, asking),
    };
    let word = if *asking.testing { t!("remote-testing") } else { t!("remote-test") };
    html! {
        <div class="stack">
            <button type="button" class="btn sm" id="test-remote" disabled={*asking.testing} aria-busy={asking.testing.to_string()} {onclick}>
                if *asking.testing { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
            </button>
            <div aria-live="polite" id="probed">{ said }</div>
        </div>
    }
}

fn found(probe: &RemoteProbe, asking: &Asking) -> Html {
    let trouble = probe.trouble.as_ref().map(|trouble| {
        html! { <div class="note danger">{ icon("alert") }<div><p><b>{ sentence_case(&heard(&trouble.message)) }</b></p><p>{ heard(&trouble.advice) }</p></div></div> }
    });
    let reached = probe
        .reached
        .then(|| html! { <p class="note">{ icon("okc") }<span>{ t!("remote-reached") }</span></p> });
    let certificate = probe.certificate.clone().map(|pin| {
        let use_it = asking.change(|form, pin| form.pin = pin);
        let shown = t!("remote-shown-pin", pin = pin.as_str());
        let onclick = move |_: MouseEvent| use_it.emit(pin.clone());
        html! {
            <div class="stack"><p class="hint">{ shown }</p><button type="button" class="btn sm" id="use-pin" {onclick}><span>{ t!("remote-use-pin") }</span></button></div>
        }
    });
    html! { <>{ for reached }{ for trouble }{ for certificate }</> }
}

fn login(asking: &Asking, has_secret: bool) -> Html {
    let form = &asking.form;
    let by_password = form.way == RemoteWay::Password;
    let user = asking.fault_of(Field::Description);
    let on_choose = {
        let form = form.clone();
        Callback::from(move |way| form.set(Form { way, ..(*form).clone() }))
    };
    let on_keep = {
        let form = form.clone();
        Callback::from(move |keep| form.set(Form { keep, ..(*form).clone() }))
    };
    let ways = segmented(Segmented {
        id: "remote-way".into(),
        label: t!("remote-way"),
        controls: None,
        options: vec![
            (RemoteWay::Password, t!("remote-way-password")),
            (RemoteWay::Token, t!("remote-way-token")),
        ],
        value: Some(form.way),
        on_choose,
    });
    let word = if by_password { t!("remote-password") } else { t!("remote-token") };
    html! {
        <>
            { ways }
            <div hidden={!by_password}>
                { framed(
                    Frame { id: "remote-user", label: t!("remote-user"), remark: String::new(), error: user.as_deref(), hint: String::new() },
                    text_input("remote-user", "inp", &form.user_name, user.is_some(), asking.change(|form, text| form.user_name = text)),
                ) }
            </div>
            <div class="field">
                <label for="remote-secret">{ word.clone() }</label>
                <PasswordField id="remote-secret" input={asking.secret.clone()} autocomplete="off" described_by={describing("remote-secret")} />
                <p class="hint" id="remote-secret-note">{ if has_secret { t!("remote-secret-kept") } else { String::new() } }</p>
                { help("remote-secret", &word) }
            </div>
            <div class="field" hidden={!by_password}>
                <label for="remote-code">{ t!("remote-code") }</label>
                <input class="inp otp mono" id="remote-code" ref={asking.code.clone()} inputmode="numeric" autocomplete="one-time-code" maxlength="19" aria-describedby={describing("remote-code")} />
                <p class="hint" id="remote-code-note">{ t!("remote-code-hint") }</p>
                { help("remote-code", &t!("remote-code")) }
            </div>
            { switch(Switch { id: "remote-keep", label: t!("remote-keep"), hint: t!("remote-keep-hint"), on: form.keep, disabled: false }, on_keep) }
        </>
    }
}
