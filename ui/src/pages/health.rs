//! Health: how every provider is, the worst first, and what was wrong lately.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use model::{ProviderId, health::HealthView, text};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        health_table::HealthTable,
        icon::icon,
        incident_list::{IncidentDeed, incident_list},
        page_skeleton::{Outline, page_skeleton},
        source_menu::source_menu,
    },
    state::{
        health::worst,
        place::Place,
        workspace::{Action, Layer, Load, Workspace},
    },
    t,
    work::{Work, from_source},
};

/// How long an incident goes on is shown in minutes.
const AGES_EVERY_MS: u32 = 30_000;

/// The page.
#[derive(Properties, PartialEq)]
pub struct HealthPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page.
#[component]
pub fn HealthPage(props: &HealthPageProps) -> Html {
    let (state, work) = (&props.state, &props.work);
    let now = use_state(browser::now);
    use_effect_with((), {
        let (work, now) = (work.clone(), now.setter());
        move |()| {
            work.read_health();
            let clock = Interval::new(AGES_EVERY_MS, move || now.set(browser::now()));
            move || drop(clock)
        }
    });
    use_effect_with(state.health.clone(), {
        let now = now.setter();
        move |_| now.set(browser::now())
    });
    // The same one for ever: a row whose properties are as they were is not drawn again.
    let on_focus = use_callback((), {
        let work = work.clone();
        move |id: ProviderId, ()| work.act(Action::Focus(id))
    });
    let ready = state.health != Load::Waiting;
    use_effect_with(ready, |ready| browser::set_screen(Place::Health.as_str(), *ready));
    let body = match &state.health {
        Load::Waiting => page_skeleton(t!("reading-health"), Outline::of(Place::Health)),
        Load::Failed(failure) => not_read(failure, &retry(work)),
        Load::Ready(view) if view.providers.is_empty() => html! {
            <div class="card none"><p><b>{ t!("no-health") }</b></p><p class="t3">{ t!("no-health-text") }</p></div>
        },
        Load::Ready(view) => ready_page(view, *now, state, work, &on_focus),
    };
    html! {
        <main class="main" id="main">
            { header(state, work) }
            <div class="content tight">{ body }</div>
        </main>
    }
}

fn retry(work: &Work) -> Callback<()> {
    let work = work.clone();
    Callback::from(move |()| work.read_health())
}

fn ready_page(
    view: &Rc<HealthView>,
    now: model::Timestamp,
    state: &Workspace,
    work: &Work,
    on_focus: &Callback<ProviderId>,
) -> Html {
    let on_deed = {
        let work = work.clone();
        Callback::from(move |(id, deed): (ProviderId, IncidentDeed)| match (deed, work.provider(id)) {
            (IncidentDeed::Test, _) => work.test(id),
            (IncidentDeed::Edit, Some(provider)) => work.act(Action::Open(Layer::Edit(Box::new(provider)))),
            (IncidentDeed::Edit, None) => {}
        })
    };
    let known = |id: ProviderId| state.provider(id).is_some();
    html! {
        <>
            { banner(view, work) }
            <HealthTable view={view.clone()} focused={state.focused} {on_focus} />
            { incident_list(&view.incidents, now, known, &on_deed) }
        </>
    }
}

fn banner(view: &HealthView, work: &Work) -> Html {
    let Some((title, text, down)) = worst(view) else { return Html::default() };
    let work = work.clone();
    let onclick = move |_: MouseEvent| work.act(Action::Go(Place::Routing));
    html! {
        <div class={classes!("note", "mid", if down { "danger" } else { "warn" })} role="status" id="worst">
            { icon("alert") }
            <div class="grow"><p><b>{ title }</b>{ " " }{ text }</p></div>
            <button type="button" class="btn sm" id="open-routing" {onclick}>{ t!("open-routing") }</button>
        </div>
    }
}

fn header(state: &Workspace, work: &Work) -> Html {
    let context = match &state.health {
        Load::Ready(view) => {
            let every = text::duration(view.probe_every_s * 1000);
            match view.probed_at {
                Some(at) => t!("checked-every", every = every, time = browser::time_of(at)),
                None => t!("checked-never", every = every),
            }
        }
        Load::Waiting | Load::Failed(_) => String::new(),
    };
    let busy = state.checking;
    let source = source_menu(&state.remotes, None, from_source(work));
    let work = work.clone();
    html! {
        <header class="top">
            <div class="top-t"><h1 tabindex="-1">{ t!("health") }</h1><p>{ context }</p></div>
            <div class="top-a">
                { source }
                <button type="button" class="btn" id="check-all" disabled={busy} aria-busy={busy.to_string()} onclick={move |_: MouseEvent| work.check_health()}>
                    if busy { <span class="spin" aria-hidden="true"></span> } else { { icon("pulse") } }<span>{ t!("check-all") }</span>
                </button>
            </div>
        </header>
    }
}
