//! The question before a part of a task's calls goes to a cheaper model: how large a part, and who stays with whom.

use std::rc::Rc;

use model::{
    Failure, FailureCode, ProviderId, TaskName,
    command::{SaveRoutes, ViewRouting},
    provider::ProviderList,
    routing::RoutingView,
};
use yew::prelude::*;

use super::make_route::refused;
use crate::{
    browser,
    components::{
        icon::icon,
        modal::Modal,
        segmented::{Segmented, segmented},
    },
    shell,
    state::{
        insights::trial::{SHARES, Tried, tried},
        toast::{Step, Toast},
        workspace::{Action, Load},
    },
    t,
    texts::name,
    work::Work,
};

/// The question.
#[derive(Properties, PartialEq)]
pub struct TrySplitDialogProps {
    /// Of which task.
    pub task: TaskName,
    /// Who is tried.
    pub provider: ProviderId,
    /// For names.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The question.
#[component]
pub fn TrySplitDialog(props: &TrySplitDialogProps) -> Html {
    let view = use_state(Load::<RoutingView>::default);
    let percent = use_state(|| SHARES[0]);
    let saving = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let read = use_callback((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |(), ()| read(&work, view.clone())
    });
    use_effect_with((), {
        let read = read.clone();
        move |()| read.emit(())
    });
    let routing = match &*view {
        Load::Ready(view) => Some(view),
        Load::Waiting | Load::Failed(_) => None,
    };
    let split = routing.and_then(|view| tried(view, &props.task, props.provider, *percent));
    let ready = split.is_some() && !*saving;
    let name_of = |id: ProviderId| {
        let found = props.list.providers.iter().find(|provider| provider.id == id);
        found.map(|provider| name(&provider.display_name)).unwrap_or_default()
    };
    let shown = name_of(props.provider);
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let onclick = {
        let (work, read) = (props.work.clone(), read.clone());
        let (saving, fault) = (saving.setter(), fault.setter());
        let request = routing.map(|view| view.revision).zip(split.clone());
        let shown = shown.clone();
        move |_: MouseEvent| {
            let Some((revision, split)) = request.clone().filter(|_| ready) else { return };
            let (read, saving, fault, shown) = (read.clone(), saving.clone(), fault.clone(), shown.clone());
            saving.set(true);
            work.run(async move |work| {
                let Tried { route, before, .. } = split;
                let reply = shell::call(SaveRoutes { revision, routes: vec![route] }).await;
                saving.set(false);
                match reply {
                    Ok(view) => {
                        work.act(Action::Close);
                        let title = t!("try-done", name = shown, task = before.task.as_str());
                        let step = Step::Routes { revision: view.revision, was: vec![before] };
                        work.act(Action::Say(Toast::undoable(title, t!("try-done-text"), vec![step])));
                        work.list();
                        work.read_insights();
                    }
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) => {
                        if failure.code == FailureCode::Conflict {
                            read.emit(());
                        }
                        fault.set(Some(failure));
                    }
                }
            });
        }
    };
    let body = match &*view {
        Load::Waiting => html! { <p class="t3" role="status">{ t!("reading-routes") }</p> },
        Load::Failed(failure) => refused(failure),
        Load::Ready(_) => html! {
            <>
                { shares(*percent, &percent) }
                { consequence(split.as_ref(), *percent, &shown, name_of) }
                if let Some(fault) = &*fault { { refused(fault) } }
            </>
        },
    };
    html! {
        <Modal class="dialog" labelled_by="try-title" described_by="try-lede" first="#cancel-try" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("columns") }</span>
                <div><h2 id="try-title" dir="auto">{ t!("try-title", name = shown.as_str(), task = props.task.as_str()) }</h2><p class="t2" id="try-lede">{ t!("try-lede") }</p></div>
            </header>
            <div class="dialog-b"><div class="form">{ body }</div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-try" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-try" disabled={!ready} aria-busy={saving.to_string()} {onclick}>
                    if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ t!("try-start") }</span>
                </button>
            </footer>
        </Modal>
    }
}

fn read(work: &Work, view: UseStateSetter<Load<RoutingView>>) {
    work.run(async move |work| match shell::call(ViewRouting {}).await {
        Ok(read) => {
            view.set(Load::Ready(Rc::new(read)));
            browser::painted().await;
            // Who was quicker keeps the focus: keys that are meant for one place would go to another.
            if browser::active().is_some_and(|active| active.id() == "cancel-try") {
                browser::focus("#try-share [aria-checked='true']");
            }
        }
        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
        Err(failure) => view.set(Load::Failed(failure)),
    });
}

fn shares(value: u32, percent: &UseStateHandle<u32>) -> Html {
    let on_choose = {
        let percent = percent.setter();
        Callback::from(move |chosen| percent.set(chosen))
    };
    html! {
        <div class="field">
            <span class="lab">{ t!("try-share") }</span>
            { segmented(Segmented {
                id: "try-share".into(),
                label: t!("try-share"),
                controls: None,
                options: SHARES.map(|share| (share, format!("{share}%"))).to_vec(),
                value: Some(value),
                on_choose,
            }) }
        </div>
    }
}

fn consequence(
    split: Option<&Tried>,
    percent: u32,
    shown: &str,
    name_of: impl Fn(ProviderId) -> String,
) -> Html {
    let Some(split) = split else {
        return html! { <p class="note" id="try-consequence">{ icon("info") }<span>{ t!("try-not-now") }</span></p> };
    };
    let present = name_of(split.present);
    let mut sentences = vec![t!("try-consequence", percent = percent, name = shown, present = present)];
    sentences.extend(split.dropped.map(|id| t!("route-drops", name = name_of(id))));
    html! { <p class="note" id="try-consequence">{ icon("info") }<span>{ sentences.join(" ") }</span></p> }
}
