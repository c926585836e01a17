//! The playground: one prompt, the answers of several models side by side, and what they took.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions, EventListenerPhase};
use model::{ProviderId, ProviderType, gateway::PlaygroundTarget, provider::ProviderList};
use wasm_bindgen::JsCast;
use web_sys::KeyboardEvent;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
        playground_column::{ColumnDeed, PlaygroundColumn},
        playground_prompt::{Deed, PlaygroundPrompt},
    },
    state::{
        place::Place,
        playground::{
            Edit, Playground,
            column::{Column, lowest},
            estimate::estimate,
        },
        shortcut::{Press, Shortcut, shortcut},
        workspace::{Action, Layer, Load, Workspace},
    },
    t,
    work::Work,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct PlaygroundPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page.
#[component]
pub fn PlaygroundPage(props: &PlaygroundPageProps) -> Html {
    let (state, work) = (&props.state, &props.work);
    use_effect_with((), {
        let work = work.clone();
        move |()| {
            work.catalogue();
            work.read_prompts();
        }
    });
    use_effect_with(state.providers().cloned(), {
        let work = work.clone();
        move |list| list.iter().for_each(|list| work.edit_playground(Edit::Arrive(list.clone())))
    });
    let ready = state.list != Load::Waiting;
    use_effect_with(ready, |ready| browser::set_screen(Place::Playground.as_str(), *ready));
    use_run_key(work, state.layer == Layer::None);
    let body = match &state.list {
        Load::Waiting => page_skeleton(t!("reading-list"), Outline::of(Place::Playground)),
        Load::Failed(failure) => {
            let work = work.clone();
            not_read(failure, &Callback::from(move |()| work.list()))
        }
        Load::Ready(list) if list.providers.is_empty() => nobody(work),
        Load::Ready(list) => ready_page(state, list, work),
    };
    let flush = state.providers().is_some_and(|list| !list.providers.is_empty());
    html! {
        <main class="main" id="main">
            { header(&state.playground, work) }
            <div class={classes!("content", flush.then_some("flush"))}>{ body }</div>
        </main>
    }
}

/// Ctrl Enter asks every column, wherever the focus is, unless something lies over the page. A button with the focus would
/// be pressed by it as well.
#[hook]
fn use_run_key(work: &Work, uncovered: bool) {
    let work = work.clone();
    use_effect_with(uncovered, move |uncovered| {
        let options = EventListenerOptions { phase: EventListenerPhase::Capture, passive: false };
        let keys = web_sys::window().filter(|_| *uncovered).map(|window| {
            EventListener::new_with_options(&window, "keydown", options, move |event| {
                let asks = event.dyn_ref::<KeyboardEvent>().is_some_and(|event| {
                    let press = Press {
                        key: &event.key(),
                        command: event.ctrl_key() || event.meta_key(),
                        alt: event.alt_key(),
                        shift: event.shift_key(),
                        typing: browser::is_typing(),
                        after_g: false,
                        single: false,
                    };
                    !event.repeat() && shortcut(&press) == Some(Shortcut::Run)
                });
                if asks {
                    event.prevent_default();
                    work.run_all();
                }
            })
        });
        move || drop(keys)
    });
}

fn header(playground: &Playground, work: &Work) -> Html {
    let onclick = {
        let work = work.clone();
        move |_: MouseEvent| work.edit_playground(Edit::Add)
    };
    html! {
        <header class="top">
            <div class="top-t"><h1 tabindex="-1">{ Place::Playground.title() }</h1><p>{ t!("playground-context") }</p></div>
            <div class="top-a">
                <button type="button" class="btn" id="add-model" disabled={!playground.has_room()} {onclick}>{ icon("plus") }<span>{ t!("add-model") }</span></button>
            </div>
        </header>
    }
}

fn nobody(work: &Work) -> Html {
    let work = work.clone();
    let onclick = move |_: MouseEvent| work.act(Action::Open(Layer::Add(ProviderType::Gemini)));
    html! {
        <div class="card none">
            <p><b>{ t!("nobody-to-ask") }</b></p><p class="t3">{ t!("nobody-to-ask-text") }</p>
            <button type="button" class="btn sm" {onclick}>{ icon("plus") }<span>{ t!("add-provider") }</span></button>
        </div>
    }
}

fn ready_page(state: &Workspace, list: &Rc<ProviderList>, work: &Work) -> Html {
    let playground = &state.playground;
    let line = estimate(&playground.prompt, &playground.columns, list, state.catalog.as_deref());
    let line = line.map(|estimate| estimate.sentence()).unwrap_or_default();
    let on_deed = {
        let work = work.clone();
        Callback::from(move |deed| obey(deed, &work))
    };
    let on_column = {
        let work = work.clone();
        Callback::from(move |(key, deed)| obey_column(key, deed, &work))
    };
    let marks = lowest(&playground.columns);
    let leads = playground.task.as_ref().and_then(|task| holder(task, list));
    let column = |(place, column): (usize, &Rc<Column>)| {
        let asked = match &column.target {
            Some(PlaygroundTarget::Provider(id)) => Some(*id),
            _ => None,
        };
        html! {
            <PlaygroundColumn key={column.key} place={place + 1} column={column.clone()} list={list.clone()} lowest={marks[place]}
                is_route={leads.is_some() && asked == leads} on_deed={on_column.clone()} />
        }
    };
    let count = playground.columns.len();
    html! {
        <div class="pg">
            <PlaygroundPrompt state={playground.clone()} list={list.clone()} estimate={line} {on_deed} />
            <p class="vh" role="status" id="run-said">{ &playground.said }</p>
            <div class={classes!("pg-cols", format!("n{count}"))} data-region="columns">
                { for playground.columns.iter().enumerate().map(column) }
                if count == 0 { <p class="pg-none t3">{ t!("no-columns") }</p> }
            </div>
        </div>
    }
}

fn holder(task: &model::TaskName, list: &ProviderList) -> Option<ProviderId> {
    list.tasks.iter().find(|one| one.name == *task)?.holder
}

fn obey(deed: Deed, work: &Work) {
    match deed {
        Deed::Edit(edit) => work.edit_playground(Edit::Prompt(edit)),
        Deed::Attach(files) => work.attach(files),
        Deed::RunAll => work.run_all(),
        Deed::StopAll => {
            work.stop_all_runs();
            // Its button goes with the last run.
            browser::focus("#prompt");
        }
        Deed::Open(id) => work.edit_playground(Edit::Open(id)),
        Deed::Save => work.act(Action::Open(Layer::SavePrompt)),
        Deed::Delete(id) => work.delete_prompt(id),
        Deed::Task(task) => work.edit_playground(Edit::Task(task)),
    }
}

fn obey_column(key: u32, deed: ColumnDeed, work: &Work) {
    match deed {
        ColumnDeed::Choose(choosing) => work.edit_playground(Edit::Choosing(key, choosing)),
        ColumnDeed::Target(target) => {
            work.edit_playground(Edit::Target(key, target));
            browser::focus("#prompt");
        }
        ColumnDeed::Remove => {
            work.edit_playground(Edit::Remove(key));
            browser::focus("#add-model");
        }
        ColumnDeed::Run => work.run_column(key),
        ColumnDeed::Stop(run) => work.stop_run(run),
        ColumnDeed::Copy(text) => work.copy(text),
        ColumnDeed::MakeRoute(provider) => {
            let task = work.playground_task();
            work.act(Action::Open(Layer::MakeRoute(provider, task)));
        }
    }
}
