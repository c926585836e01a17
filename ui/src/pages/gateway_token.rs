//! A new token for the gateway's clients: the question, when one is replaced, and the one time that it is shown. The
//! token lives in this dialog alone and is gone with it.

use std::rc::Rc;

use model::{Failure, FailureCode, command::ReplaceGatewayToken};
use yew::prelude::*;

use crate::{
    browser,
    components::{icon::icon, modal::Modal},
    shell,
    state::{gateway_settings::Edit, toast::sentence_case, workspace::Action},
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct GatewayTokenDialogProps {
    /// Whether there is one that ends by this.
    pub replaces: bool,
    /// A way to ask for things.
    pub work: Work,
}

enum Stage {
    Asking,
    Making,
    Failed(Failure),
    Made(Rc<str>),
}

/// The dialog.
#[component]
pub fn GatewayTokenDialog(props: &GatewayTokenDialogProps) -> Html {
    // As it was when the dialog opened; the new token changes it.
    let replaces = use_state(|| props.replaces);
    let stage = use_state(|| Stage::Asking);
    let copied = use_state(|| false);
    let make = use_callback((), {
        let (work, stage) = (props.work.clone(), stage.setter());
        move |(), ()| make(&work, stage.clone())
    });
    use_effect_with((), {
        let (make, asks) = (make.clone(), *replaces);
        move |()| {
            if !asks {
                make.emit(());
            }
        }
    });
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let made = matches!(*stage, Stage::Made(_));
    let title = if *replaces && !made { t!("replace-token-title") } else { t!("new-token-title") };
    let body = match &*stage {
        Stage::Asking if *replaces => html! {
            <p class="note warn" id="token-lede">{ icon("alert") }<span>{ t!("replace-token-lede") }</span></p>
        },
        Stage::Asking | Stage::Making => {
            html! { <p class="t3" role="status" id="token-lede">{ t!("making-token") }</p> }
        }
        Stage::Failed(failure) => html! {
            <div class="note danger" role="alert" id="token-lede">
                { icon("alert") }<div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
            </div>
        },
        Stage::Made(token) => shown(token, &copied),
    };
    html! {
        <Modal class="dialog" labelled_by="token-title" described_by="token-lede" first="#close-token" on_close={close.clone()}>
            <header class="dialog-h"><span class="tile acc l">{ icon("lock") }</span><div><h2 id="token-title">{ title }</h2></div></header>
            <div class="dialog-b"><div class="form">{ body }</div></div>
            <footer class="dialog-f">{ buttons(&stage, *replaces, &make, &close) }</footer>
        </Modal>
    }
}

fn buttons(stage: &Stage, replaces: bool, make: &Callback<()>, close: &Callback<()>) -> Html {
    let word = if matches!(stage, Stage::Made(_)) { t!("done") } else { t!("cancel") };
    let making = matches!(stage, Stage::Making);
    let again = match stage {
        Stage::Asking if replaces => Some(t!("replace-token")),
        Stage::Making if replaces => Some(t!("replace-token")),
        Stage::Failed(_) => Some(t!("try-again")),
        _ => None,
    };
    html! {
        <>
            <button type="button" class="btn" id="close-token" onclick={close.reform(|_: MouseEvent| ())}><span>{ word }</span></button>
            if let Some(word) = again {
                <button type="button" class="btn primary" id="confirm-token" disabled={making} aria-busy={making.to_string()} onclick={make.reform(|_: MouseEvent| ())}>
                    if making { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
                </button>
            }
        </>
    }
}

fn make(work: &Work, stage: UseStateSetter<Stage>) {
    stage.set(Stage::Making);
    work.run(async move |work| match shell::call(ReplaceGatewayToken {}).await {
        Ok(new) => {
            work.act(Action::Gateway(Edit::Seen(new.view)));
            stage.set(Stage::Made(new.token.into()));
            browser::painted().await;
            browser::focus("#copy-token");
        }
        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
        Err(failure) => stage.set(Stage::Failed(failure)),
    });
}

fn shown(token: &Rc<str>, copied: &UseStateHandle<bool>) -> Html {
    let onclick = {
        let (token, copied) = (token.clone(), copied.setter());
        move |_: MouseEvent| {
            let (token, copied) = (token.clone(), copied.clone());
            wasm_bindgen_futures::spawn_local(async move { copied.set(browser::copy(&token).await) });
        }
    };
    html! {
        <>
            <p class="note warn" id="token-lede">{ icon("alert") }<span>{ t!("token-once") }</span></p>
            <div class="token">
                <code class="pick-all" id="new-token">{ AttrValue::Rc(token.clone()) }</code>
                <button type="button" class="btn sm" id="copy-token" {onclick}>{ icon("copy") }<span>{ t!("copy") }</span></button>
            </div>
            <p class="hint" role="status">{ if **copied { t!("copied") } else { t!("token-use") } }</p>
        </>
    }
}
