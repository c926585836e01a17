//! One provider that goes on from a server to another one.

use std::rc::Rc;

use model::{
    Failure, FailureCode, ProviderId,
    command::PromoteProvider,
    provider::ProviderList,
    sync::{RemoteId, RemoteView},
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::{Switch, switch},
        icon::icon,
        menu::Item,
        menu_button::MenuButton,
        modal::Modal,
    },
    pages::change_password::refusal,
    shell,
    state::{
        sync::{self, News},
        workspace::Action,
    },
    t,
    texts::name,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct PromoteDialogProps {
    /// Where it comes from.
    pub from: RemoteId,
    /// The providers here.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn PromoteDialog(props: &PromoteDialogProps) -> Html {
    let remotes = use_memo(props.from, |_| sync::known());
    let others: Vec<RemoteView> = remotes.iter().filter(|one| one.id != props.from).cloned().collect();
    let provider = use_state(|| props.list.providers.first().map(|one| one.id));
    let to = use_state(|| others.first().map(|one| one.id));
    let with_key = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let busy = use_state(|| false);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let promote = {
        let (work, from, fault, busy) = (props.work.clone(), props.from, fault.setter(), busy.setter());
        let (provider, to, with_key) = (*provider, *to, *with_key);
        move |_: MouseEvent| {
            let (Some(provider), Some(to)) = (provider, to) else { return };
            let (fault, busy) = (fault.clone(), busy.clone());
            busy.set(true);
            fault.set(None);
            work.run(async move |work| {
                let request = PromoteProvider { provider, from, to, with_key, run: browser::next_run() };
                let done = shell::call(request).await;
                busy.set(false);
                match done {
                    Ok(done) => {
                        work.act(Action::Close);
                        sync::tell(News::Done(Rc::new(done)));
                    }
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) if failure.code == FailureCode::Cancelled => {}
                    Err(failure) => fault.set(Some(failure)),
                }
            });
        }
    };
    let known =
        |id: Option<RemoteId>| remotes.iter().find(|one| Some(one.id) == id).map(|one| name(&one.name));
    let chosen = props.list.providers.iter().find(|one| Some(one.id) == *provider);
    let has_key = chosen.is_some_and(|one| one.has_key);
    let on_provider = {
        let provider = provider.setter();
        Callback::from(move |action: AttrValue| provider.set(action.parse::<ProviderId>().ok()))
    };
    let on_to = {
        let (to, others) = (to.setter(), others.clone());
        Callback::from(move |action: AttrValue| {
            to.set(others.iter().find(|one| one.id.to_string() == *action).map(|one| one.id));
        })
    };
    let on_key = {
        let with_key = with_key.setter();
        Callback::from(move |on| with_key.set(on))
    };
    let providers = props.list.providers.iter().map(|one| {
        let checked = Some(Some(one.id) == *provider);
        Item { checked, ..Item::new(one.id.to_string(), name(&one.display_name), "") }
    });
    let targets = others.iter().map(|one| {
        let checked = Some(Some(one.id) == *to);
        Item { checked, ..Item::new(one.id.to_string(), name(&one.name), "") }
    });
    let face = |word: Option<String>| Some(AttrValue::from(word.unwrap_or_default()));
    html! {
        <Modal class="dialog" labelled_by="promote-title" described_by="promote-lede" first="#promote-provider" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("arrow") }</span>
                <div><h2 id="promote-title">{ t!("promote-title") }</h2><p class="t2" id="promote-lede">{ t!("promote-lede") }</p></div>
            </header>
            <div class="dialog-b"><div class="form">
                <div class="field"><span class="lab">{ t!("promote-provider") }</span>
                    <MenuButton id="promote-provider" label={t!("promote-provider")} face={face(chosen.map(|one| name(&one.display_name)))} items={providers.collect::<Vec<_>>()} on_choose={on_provider} /></div>
                <div class="field"><span class="lab">{ t!("promote-from") }</span><b dir="auto">{ known(Some(props.from)).unwrap_or_default() }</b></div>
                <div class="field"><span class="lab">{ t!("promote-to") }</span>
                    <MenuButton id="promote-to" label={t!("promote-to")} face={face(known(*to))} items={targets.collect::<Vec<_>>()} on_choose={on_to} /></div>
                { switch(Switch { id: "promote-key", label: t!("promote-key"), hint: t!("promote-key-hint"), on: *with_key && has_key, disabled: !has_key }, on_key) }
                <div>{ for fault.as_ref().map(refusal) }</div>
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-promote" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-promote" disabled={*busy || provider.is_none() || to.is_none()} aria-busy={busy.to_string()} onclick={promote}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("promote-confirm") }</span>
                </button>
            </footer>
        </Modal>
    }
}
