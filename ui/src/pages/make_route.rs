//! The question before a configuration becomes a task's route: which task, and who stands where afterwards.

use std::rc::Rc;

use model::{
    Failure, FailureCode, ProviderId, TaskName,
    command::{SaveRoutes, ViewRouting},
    provider::ProviderList,
    routing::{RouteMode, RoutingView, TaskRoute},
};
use yew::prelude::*;

use crate::{
    browser,
    components::{icon::icon, menu::Item, menu_button::MenuButton, modal::Modal},
    shell,
    state::{
        playground::route::{Led, led_by},
        toast::{Step, Toast, sentence_case},
        workspace::{Action, Load},
    },
    t,
    texts::name,
    work::Work,
};

/// The question.
#[derive(Properties, PartialEq)]
pub struct MakeRouteDialogProps {
    /// Who shall serve.
    pub provider: ProviderId,
    /// The task that was tried against, if any.
    pub task: Option<TaskName>,
    /// For names.
    pub list: Rc<ProviderList>,
    /// A way to ask for things.
    pub work: Work,
}

/// The question.
#[component]
pub fn MakeRouteDialog(props: &MakeRouteDialogProps) -> Html {
    let view = use_state(Load::<RoutingView>::default);
    let task = use_state(|| props.task.clone());
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
    let shown = props.list.providers.iter().find(|provider| provider.id == props.provider);
    let shown = shown.map(|provider| name(&provider.display_name)).unwrap_or_default();
    let routing = match &*view {
        Load::Ready(view) => Some(view),
        Load::Waiting | Load::Failed(_) => None,
    };
    let led = routing.zip(task.as_ref()).and_then(|(view, task)| led_by(view, task, props.provider));
    let ready = led.as_ref().is_some_and(|led| !led.is_so_already()) && !*saving;
    let close = {
        let work = props.work.clone();
        Callback::from(move |()| work.act(Action::Close))
    };
    let onclick = {
        let (work, read) = (props.work.clone(), read.clone());
        let (saving, fault) = (saving.setter(), fault.setter());
        let request = led.as_ref().zip(routing).map(|(led, view)| (view.revision, led.clone()));
        let shown = shown.clone();
        move |_: MouseEvent| {
            let Some((revision, led)) = request.clone().filter(|_| ready) else { return };
            let (read, saving, fault, shown) = (read.clone(), saving.clone(), fault.clone(), shown.clone());
            saving.set(true);
            work.run(async move |work| {
                let reply = shell::call(SaveRoutes { revision, routes: vec![led.route] }).await;
                saving.set(false);
                match reply {
                    Ok(view) => done(&work, &shown, view.revision, led.before),
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
        Load::Ready(view) => html! {
            <>
                { tasks(view, &task) }
                if let Some(led) = &led { { consequence(led, &props.list, &shown) } }
                if let Some(fault) = &*fault { { refused(fault) } }
            </>
        },
    };
    html! {
        <Modal class="dialog" labelled_by="make-route-title" described_by="make-route-lede" first="#cancel-route" on_close={close.clone()}>
            <header class="dialog-h">
                <span class="tile acc l">{ icon("route") }</span>
                <div><h2 id="make-route-title" dir="auto">{ t!("make-route-title", name = shown.as_str()) }</h2><p class="t2" id="make-route-lede">{ t!("make-route-lede") }</p></div>
            </header>
            <div class="dialog-b"><div class="form">{ body }</div></div>
            <footer class="dialog-f">
                <button type="button" class="btn" id="cancel-route" onclick={close.reform(|_: MouseEvent| ())}><span>{ t!("cancel") }</span></button>
                <button type="button" class="btn primary" id="confirm-route" disabled={!ready} aria-busy={saving.to_string()} {onclick}>
                    if *saving { <span class="spin" aria-hidden="true"></span> }<span>{ t!("make-route") }</span>
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
            // Who was quicker keeps the focus: a menu that is open by then would close.
            if browser::active().is_some_and(|active| active.id() == "cancel-route") {
                browser::focus("#route-task");
            }
        }
        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
        Err(failure) => view.set(Load::Failed(failure)),
    });
}

fn done(work: &Work, shown: &str, revision: i64, was: TaskRoute) {
    work.act(Action::Close);
    let title = t!("route-made", name = shown, task = was.task.as_str());
    let step = Step::Routes { revision, was: vec![was] };
    work.act(Action::Say(Toast::undoable(title, String::new(), vec![step])));
    // The list says who leads which task; the routing page reads its own when it is shown.
    work.list();
    work.read_insights();
}

fn tasks(view: &RoutingView, task: &UseStateHandle<Option<TaskName>>) -> Html {
    let item = |one: &model::routing::TaskRoute| Item {
        checked: Some(Some(&one.task) == task.as_ref()),
        ..Item::new(one.task.to_string(), one.task.to_string(), "")
    };
    let items: Vec<Item> = view.routes.iter().map(item).collect();
    let face = task.as_ref().map_or_else(|| t!("choose-task"), |task| task.to_string());
    let on_choose = {
        let task = task.clone();
        Callback::from(move |action: AttrValue| task.set(action.parse().ok()))
    };
    html! {
        <div class="field">
            <span class="lab">{ t!("playground-task") }</span>
            <MenuButton id="route-task" label={t!("playground-task")} face={AttrValue::from(face)} sign="route" {items} {on_choose} />
        </div>
    }
}

fn consequence(led: &Led, list: &ProviderList, shown: &str) -> Html {
    let name_of = |id: ProviderId| {
        let found = list.providers.iter().find(|provider| provider.id == id);
        found.map(|provider| name(&provider.display_name)).unwrap_or_default()
    };
    if led.is_so_already() {
        return html! { <p class="note">{ icon("info") }<span>{ t!("route-is-so") }</span></p> };
    }
    let first = led.route.chain.first().map(|member| member.provider);
    let mut sentences = vec![match led.was.filter(|was| Some(*was) != first) {
        Some(was) => t!("route-moves", was = name_of(was), name = shown),
        None => t!("route-takes", name = shown),
    }];
    match led.mode {
        RouteMode::Chain => {}
        RouteMode::Split => sentences.push(t!("route-was-split")),
        RouteMode::Auto => sentences.push(t!("route-was-auto")),
    }
    sentences.extend(led.dropped.map(|id| t!("route-drops", name = name_of(id))));
    html! { <p class="note" id="route-consequence">{ icon("info") }<span>{ sentences.join(" ") }</span></p> }
}

/// Why it was refused, with what to do.
pub fn refused(failure: &Failure) -> Html {
    html! {
        <div class="note danger" role="alert">
            { icon("alert") }
            <div>
                <p><b>{ sentence_case(&failure.message) }</b></p>
                { for failure.tasks.iter().map(|task| html! { <p>{ &task.message }</p> }) }
                if let Some(advice) = &failure.advice { <p>{ advice }</p> }
            </div>
        </div>
    }
}
