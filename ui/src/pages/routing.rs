//! Routing: a chain for each task, what its members can do, and a failure tried out on paper.

use std::rc::Rc;

use model::{Failure, FailureCode, TaskName};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        capability_matrix::capability_matrix,
        empty_list::not_read,
        failure_preview::failure_preview,
        page_skeleton::{Outline, page_skeleton},
        route_chain::RouteChain,
        route_explanation::not_saved,
    },
    state::{
        place::Place,
        routing::{Edit, Panel, Routing},
        workspace::{Load, Workspace},
    },
    t,
    work::Work,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct RoutingPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page.
#[component]
pub fn RoutingPage(props: &RoutingPageProps) -> Html {
    let work = &props.work;
    let routing = match &props.state.routing {
        Load::Ready(routing) => Some(routing),
        Load::Waiting | Load::Failed(_) => None,
    };
    // The providers' list and their health are shown here too, so that a change of either is read again.
    use_effect_with((props.state.list.clone(), props.state.health.clone()), {
        let work = work.clone();
        move |_| work.read_routes(false)
    });
    let ready = props.state.routing != Load::Waiting;
    use_effect_with(ready, |ready| browser::set_screen(Place::Routing.as_str(), *ready));
    let asked =
        routing.map(|routing| (routing.preview.provider, routing.preview.failure, routing.routes.clone()));
    let standing = routing.map(|routing| routing.view.clone());
    use_effect_with((asked, standing, routing.is_some_and(|routing| routing.lifted.is_some())), {
        let work = work.clone();
        // Not while a node is on its way.
        move |(_, _, lifted)| {
            if !lifted {
                work.simulate();
            }
        }
    });
    let on_edit = use_callback((), {
        let work = work.clone();
        move |edit: Edit, ()| {
            if let Edit::Open(Some((task, Panel::Settings))) = &edit {
                work.read_task_prompt(task.clone());
            }
            work.edit_routes(edit);
        }
    });
    let on_prompt = use_callback((), {
        let work = work.clone();
        move |(task, prompt), ()| work.set_task_prompt(task, prompt)
    });
    let on_explain = use_callback((), {
        let work = work.clone();
        move |task, ()| work.explain(task)
    });
    let body = match &props.state.routing {
        Load::Waiting => page_skeleton(t!("reading-routes"), Outline::of(Place::Routing)),
        Load::Failed(failure) => not_read(failure, &retry(work)),
        Load::Ready(routing) => ready_page(routing, &on_edit, &on_explain, &on_prompt, work),
    };
    html! {
        <main class="main" id="main">
            { header(routing, work) }
            <div class="content">{ body }</div>
        </main>
    }
}

fn retry(work: &Work) -> Callback<()> {
    let work = work.clone();
    Callback::from(move |()| work.read_routes(false))
}

fn ready_page(
    routing: &Rc<Routing>,
    on_edit: &Callback<Edit>,
    on_explain: &Callback<TaskName>,
    on_prompt: &Callback<(TaskName, Option<String>)>,
    work: &Work,
) -> Html {
    let chain = |route: &model::routing::TaskRoute| {
        html! {
            <RouteChain key={route.task.to_string()} routing={routing.clone()} task={route.task.clone()} on_edit={on_edit.clone()} on_explain={on_explain.clone()} on_prompt={on_prompt.clone()} />
        }
    };
    html! {
        <>
            if let Some(fault) = &routing.fault { { refused(fault, work) } }
            <div class="routing">
                <div class="stack g4">
                    <section class="card" id="task-chains">
                        <div class="card-h line"><h2>{ t!("task-chains") }</h2><span class="sub">{ t!("chains-hint") }</span></div>
                        { for routing.routes.iter().map(chain) }
                        if routing.routes.is_empty() { <p class="card-f">{ t!("no-tasks") }</p> }
                    </section>
                    { capability_matrix(routing, on_edit) }
                </div>
                if !routing.view.members.is_empty() { { failure_preview(routing, on_edit) } }
            </div>
            <p class="vh" role="status" aria-live="assertive" id="node-said">{ &routing.said }</p>
            <p class="vh" id="node-help">{ t!("node-help") }</p>
        </>
    }
}

fn refused(fault: &Failure, work: &Work) -> Html {
    if fault.code != FailureCode::Conflict {
        return not_saved(fault, Html::default());
    }
    let (reload, keep) = (work.clone(), work.clone());
    let told = Failure::new(FailureCode::Conflict, t!("routes-conflict"), t!("routes-conflict-advice"));
    let told = Failure { message: told.message.trim_end_matches('.').to_owned(), ..told };
    not_saved(
        &told,
        html! {
            <>
                <button type="button" class="btn sm" id="keep-routes" onclick={move |_: MouseEvent| keep.keep_own_routes()}>{ t!("keep-changes") }</button>
                <button type="button" class="btn sm" id="reload-routes" onclick={move |_: MouseEvent| reload.read_routes(true)}>{ t!("reload-routes") }</button>
            </>
        },
    )
}

fn header(routing: Option<&Rc<Routing>>, work: &Work) -> Html {
    let changes = routing.map_or(0, |routing| routing.changed().len());
    let saving = routing.is_some_and(|routing| routing.saving);
    let context = routing.map(|routing| {
        let tasks = t!("routes-context", tasks = routing.routes.len());
        match changes {
            0 => tasks,
            _ => t!("routes-unsaved", tasks = tasks, changes = t!("unsaved-changes", count = changes)),
        }
    });
    let (discard, save) = (work.clone(), work.clone());
    html! {
        <header class="top">
            <div class="top-t"><h1 tabindex="-1">{ t!("routing") }</h1><p>{ context }</p></div>
            <div class="top-a">
                <button type="button" class="btn ghost" id="discard-routes" disabled={changes == 0 || saving}
                    onclick={move |_: MouseEvent| discard.edit_routes(Edit::Discard)}>{ t!("discard") }</button>
                <button type="button" class="btn primary" id="save-routes" disabled={changes == 0} aria-busy={saving.to_string()} title="Ctrl S"
                    onclick={move |_: MouseEvent| save.save_routes()}>
                    if saving { <span class="spin" aria-hidden="true"></span> }<span>{ t!("save-routes") }</span>
                </button>
            </div>
        </header>
    }
}
