//! A key that a person chooses to send to a server, of a provider that may be the same on both sides otherwise.

use std::rc::Rc;

use model::{
    Failure, FailureCode, ProviderId, command::ChooseSyncKey, provider::ProviderList, sync::RemoteId,
};
use yew::prelude::*;

use crate::{
    components::{icon::icon, menu::Item, menu_button::MenuButton, modal::Modal},
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
pub struct SendKeyDialogProps {
    /// Where it goes.
    pub id: RemoteId,
    /// The providers here.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The dialog.
#[component]
pub fn SendKeyDialog(props: &SendKeyDialogProps) -> Html {
    let with_key = || props.list.providers.iter().filter(|one| one.has_key);
    let chosen = use_state(|| with_key().next().map(|one| one.id));
    let fault = use_state(|| Option::<Failure>::None);
    let busy = use_state(|| false);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let choose = {
        let (work, id, provider) = (props.work.clone(), props.id, *chosen);
        let (fault, busy) = (fault.setter(), busy.setter());
        move |_: MouseEvent| {
            let Some(provider) = provider else { return };
            let (fault, busy) = (fault.clone(), busy.clone());
            busy.set(true);
            fault.set(None);
            work.run(async move |work| {
                let looked = shell::call(ChooseSyncKey { id, provider, send: true }).await;
                busy.set(false);
                match looked {
                    Ok(view) => {
                        work.act(Action::Close);
                        sync::tell(News::Looked(Rc::new(view)));
                    }
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) if failure.code == FailureCode::Cancelled => {}
                    Err(failure) => fault.set(Some(failure)),
                }
            });
        }
    };
    let on_choose = {
        let chosen = chosen.setter();
        Callback::from(move |action: AttrValue| chosen.set(action.parse::<ProviderId>().ok()))
    };
    let items = with_key().map(|one| {
        let checked = Some(Some(one.id) == *chosen);
        Item { checked, ..Item::new(one.id.to_string(), name(&one.display_name), "") }
    });
    let face = with_key().find(|one| Some(one.id) == *chosen).map(|one| name(&one.display_name));
    let to =
        sync::known().iter().find(|one| one.id == props.id).map(|one| name(&one.name)).unwrap_or_default();
    html! {
        <Modal class="dialog" labelled_by="send-key-title" described_by="send-key-lede" first="#send-key-provider" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("lock") }</span>
                <div><h2 id="send-key-title">{ t!("send-key-title") }</h2><p class="t2" id="send-key-lede">{ t!("send-key-lede", name = to) }</p></div>
            </header>
            <div class="dialog-b"><div class="form">
                <div class="field"><span class="lab">{ t!("promote-provider") }</span>
                    <MenuButton id="send-key-provider" label={t!("promote-provider")} face={Some(AttrValue::from(face.unwrap_or_default()))} items={items.collect::<Vec<_>>()} {on_choose} /></div>
                <div>{ for fault.as_ref().map(refusal) }</div>
            </div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-send-key" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-send-key" disabled={*busy || chosen.is_none()} aria-busy={busy.to_string()} onclick={choose}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("send-key-confirm") }</span>
                </button>
            </footer>
        </Modal>
    }
}
