//! Configurations with their keys for another vault: which ones, and for whom the file is sealed.

use std::{collections::BTreeSet, rc::Rc};

use model::{
    Failure, FailureCode, ProviderId, ProviderView, command::ExportProviders, provider::ProviderList,
    share::ShareFor,
};
use yew::prelude::*;

use crate::{
    components::{
        field::{checked, describing, trimmed_value_of},
        help::help,
        icon::icon,
        modal::Modal,
        segmented::{Segmented, segmented},
    },
    pages::{
        change_password::refusal,
        new_password::{NewPasswordFields, secret_of},
    },
    shell,
    state::{toast::Toast, workspace::Action},
    t,
    work::Work,
};

/// The dialog.
#[derive(Properties, PartialEq)]
pub struct ExportProvidersDialogProps {
    /// All providers.
    pub list: Rc<ProviderList>,
    /// Those that are marked in the list.
    pub marked: Vec<ProviderId>,
    /// A way to ask for things.
    pub work: Work,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Passphrase,
    Recipient,
}

/// The dialog.
#[component]
pub fn ExportProvidersDialog(props: &ExportProvidersDialogProps) -> Html {
    let chosen = use_state(|| props.marked.iter().copied().collect::<BTreeSet<_>>());
    let way = use_state(|| Way::Passphrase);
    let (passphrase, recipient) = (use_node_ref(), use_node_ref());
    let (good, named) = (use_state(|| false), use_state(|| false));
    let busy = use_state(|| false);
    let failure = use_state(|| Option::<Failure>::None);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let sealed = match *way {
        Way::Passphrase => *good,
        Way::Recipient => *named,
    };
    let ready = sealed && !chosen.is_empty() && !*busy;
    let onsubmit = {
        let (work, chosen, way) = (props.work.clone(), chosen.clone(), *way);
        let (passphrase, recipient) = (passphrase.clone(), recipient.clone());
        let (busy, failure) = (busy.setter(), failure.setter());
        Callback::from(move |event: SubmitEvent| {
            event.prevent_default();
            if !ready {
                return;
            }
            let seal = match way {
                Way::Passphrase => ShareFor::Passphrase(secret_of(&passphrase)),
                Way::Recipient => ShareFor::Recipient(trimmed_value_of(&recipient)),
            };
            let request = ExportProviders { ids: chosen.iter().copied().collect(), seal };
            send(&work, request, busy.clone(), failure.clone());
        })
    };
    let on_choose = choosing(&chosen);
    let on_way = {
        let (way, failure) = (way.setter(), failure.setter());
        Callback::from(move |next| {
            failure.set(None);
            way.set(next);
        })
    };
    let ways = ways(*way, on_way);
    let oninput = {
        let (named, recipient) = (named.setter(), recipient.clone());
        Callback::from(move |_: InputEvent| named.set(trimmed_value_of(&recipient).starts_with("age1")))
    };
    let on_ready = {
        let good = good.setter();
        Callback::from(move |is| good.set(is))
    };
    html! {
        <Modal class="dialog import" labelled_by="export-title" described_by="export-lede" first="#cancel-export" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("lock") }</span>
                <div><h2 id="export-title">{ t!("share-export") }</h2><p class="t2" id="export-lede">{ t!("share-export-lede") }</p></div>
            </header>
            <form class="dialog-b" id="export-form" {onsubmit}><div class="form">
                { choices(&props.list.providers, &chosen, &on_choose) }
                <div class="field"><span class="lab">{ t!("share-way") }</span>{ ways }</div>
                { sealing(*way, (&passphrase, &recipient), on_ready, oninput) }
                // In an element of its own: one sibling more, and the fields would be drawn anew without what was typed.
                <div id="export-refused">{ for failure.as_ref().map(refusal) }</div>
            </div></form>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-export" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="submit" form="export-form" class="btn primary" id="confirm-export" disabled={!ready} aria-busy={busy.to_string()}>
                    if *busy { <span class="spin" aria-hidden="true"></span> }<span>{ t!("share-export-count", count = chosen.len()) }</span>
                </button>
            </footer>
        </Modal>
    }
}

/// Takes providers into the file, or out of it.
fn choosing(chosen: &UseStateHandle<BTreeSet<ProviderId>>) -> Callback<(Vec<ProviderId>, bool)> {
    let chosen = chosen.clone();
    Callback::from(move |(ids, on): (Vec<ProviderId>, bool)| {
        let mut next = (*chosen).clone();
        for id in ids {
            if on {
                next.insert(id)
            } else {
                next.remove(&id)
            };
        }
        chosen.set(next);
    })
}

fn ways(way: Way, on_choose: Callback<Way>) -> Html {
    segmented(Segmented {
        id: "share-way".into(),
        label: t!("share-way"),
        controls: None,
        options: vec![
            (Way::Passphrase, t!("share-by-passphrase")),
            (Way::Recipient, t!("share-by-recipient")),
        ],
        value: Some(way),
        on_choose,
    })
}

/// For whom the file is sealed.
fn sealing(
    way: Way,
    (passphrase, recipient): (&NodeRef, &NodeRef),
    on_ready: Callback<bool>,
    oninput: Callback<InputEvent>,
) -> Html {
    match way {
        Way::Passphrase => html! {
            <>
                <NewPasswordFields label={t!("share-passphrase")} repeat={t!("share-repeat")} input={passphrase.clone()} {on_ready} />
                <p class="hint">{ t!("share-passphrase-hint") }</p>
            </>
        },
        Way::Recipient => html! {
            <div class="field">
                <label for="share-to">{ t!("share-to") }</label>
                <input class="inp mono" id="share-to" ref={recipient.clone()} placeholder="age1" autocomplete="off" spellcheck="false" aria-describedby={describing("share-to")} {oninput} />
                <p class="hint" id="share-to-note">{ t!("share-to-hint") }</p>
                { help("share-to", &t!("share-to")) }
            </div>
        },
    }
}

fn send(
    work: &Work,
    request: ExportProviders,
    busy: UseStateSetter<bool>,
    failure: UseStateSetter<Option<Failure>>,
) {
    busy.set(true);
    failure.set(None);
    work.run(async move |work| {
        let written = shell::call(request).await;
        busy.set(false);
        match written {
            Ok(file) => {
                work.act(Action::Close);
                let title = t!("share-exported", name = file.name);
                work.act(Action::Say(Toast::success(title, t!("share-exported-detail"))));
            }
            Err(refused) if refused.code == FailureCode::Locked => work.refused(&refused),
            Err(refused) if refused.code == FailureCode::Cancelled => {}
            Err(refused) => failure.set(Some(refused)),
        }
    });
}

fn choices(
    providers: &[ProviderView],
    chosen: &BTreeSet<ProviderId>,
    on_choose: &Callback<(Vec<ProviderId>, bool)>,
) -> Html {
    let all: Vec<ProviderId> = providers.iter().map(|one| one.id).collect();
    let everything = chosen.len() == all.len();
    let on_all = on_choose.reform(move |_: MouseEvent| (all.clone(), !everything));
    let line = |one: &ProviderView| {
        let id = one.id;
        let onchange = on_choose.reform(move |event: Event| (vec![id], checked(&event)));
        html! {
            <li key={id.to_string()}><label class="cbl">
                <input class="cb" type="checkbox" name="share" value={id.to_string()} checked={chosen.contains(&id)} {onchange} />
                <span><span dir="auto">{ &one.display_name }</span>{ " " }<span class="t3">{ &one.model_name }</span></span>
            </label></li>
        }
    };
    let word = if everything { t!("share-none") } else { t!("share-all") };
    html! {
        <fieldset class="field">
            <legend class="lab">{ t!("share-which") }</legend>
            <ul class="shares">{ for providers.iter().map(line) }</ul>
            <button type="button" class="btn sm" id="share-all" onclick={on_all}><span>{ word }</span></button>
        </fieldset>
    }
}
