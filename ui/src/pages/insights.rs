//! Insights: jumps of usage, cheaper models, splits, and what stands out in keys, routes and limits, each with the way to where
//! it is changed.

use std::rc::Rc;

use model::{
    Failure, ProviderId, TaskName,
    command::ViewInsights,
    insights::{Cheaper, Finding, Insights, JumpView, Suggestion, Trial},
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        cheaper_list::cheaper_list,
        comparison_list::comparison_list,
        empty_list::not_read,
        icon::icon,
        jump_list::jump_list,
        long_rows::LongRows,
        page_skeleton::{Outline, page_skeleton},
    },
    shell,
    state::{
        insights::{Line, Remedy, jumps::calls_address, line},
        place::Place,
        workspace::{Action, Layer, Load},
    },
    t,
    work::Work,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct InsightsPageProps {
    /// How often something of jumps changed.
    pub changed: u32,
    /// The providers: insights speak of their keys, models and limits.
    pub list: Load,
    /// A way to ask for things.
    pub work: Work,
}

/// The page. What it shows is its own: nobody else needs it. It is read anew each time, behind what was read before.
#[component]
pub fn InsightsPage(props: &InsightsPageProps) -> Html {
    let shelf = props.work.shelf.clone();
    let view = use_state(move || shelf.get(Place::Insights).map(Ok::<Rc<Insights>, Failure>));
    let read = use_callback((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |(), ()| {
            let view = view.clone();
            work.run(async move |work| match shell::call(ViewInsights {}).await {
                Err(failure) if failure.code == model::FailureCode::Locked => work.refused(&failure),
                Err(failure) => view.set(Some(Err(failure))),
                Ok(read) => {
                    let read = Rc::new(read);
                    work.shelf.put(Place::Insights, read.clone());
                    view.set(Some(Ok(read)));
                }
            });
        }
    });
    // When it opens, and when something was told, seen or changed.
    use_effect_with((props.changed, props.list.clone()), {
        let read = read.clone();
        move |_| read.emit(())
    });
    // The same one for ever: a line whose finding is as it was is not drawn again.
    let draw = use_callback((), {
        let work = props.work.clone();
        move |finding: Finding, ()| one(line(&finding), &work)
    });
    use_effect_with(view.is_some(), |ready| browser::set_screen(Place::Insights.as_str(), *ready));
    let body = match &*view {
        None => page_skeleton(t!("reading-insights"), Outline::of(Place::Insights)),
        Some(Err(failure)) => not_read(failure, &read),
        Some(Ok(view)) => ready_page(view, &props.work, &draw),
    };
    html! {
        <main class="main" id="main">
            <header class="top"><div class="top-t"><h1 tabindex="-1">{ Place::Insights.title() }</h1><p>{ t!("insights-context") }</p></div></header>
            <div class="content tight">{ body }</div>
        </main>
    }
}

fn ready_page(view: &Insights, work: &Work, draw: &Callback<Finding, Html>) -> Html {
    let on_seen = {
        let work = work.clone();
        Callback::from(move |()| work.see_jumps())
    };
    let on_calls = {
        let work = work.clone();
        Callback::from(move |jump: JumpView| {
            let zone = work.zone();
            let address = calls_address(&jump, |at| browser::moment_in(at, &zone));
            work.act(Action::Arrive(Place::Usage, address.into()));
        })
    };
    let on_try = {
        let work = work.clone();
        Callback::from(move |(suggestion, cheaper): (Suggestion, Cheaper)| try_it(&work, suggestion, cheaper))
    };
    let on_route = {
        let work = work.clone();
        Callback::from(move |(task, provider): (TaskName, ProviderId)| {
            work.act(Action::Open(Layer::MakeRoute(provider, Some(task))));
        })
    };
    html! {
        <>
            { jump_list(&view.jumps, &on_seen, &on_calls) }
            { comparison_list(&view.compared, &on_route) }
            { cheaper_list(&view.cheaper, &on_try) }
            { found(view, draw) }
        </>
    }
}

/// Asks for the split, or opens what it needs first.
fn try_it(work: &Work, suggestion: Suggestion, cheaper: Cheaper) {
    match cheaper.trial {
        Trial::Split { provider, .. } => work.act(Action::Open(Layer::TrySplit(suggestion.task, provider))),
        Trial::SwitchOn { provider, .. } => edit(work, provider),
        Trial::Duplicate { provider, .. } => work.duplicate_for(provider, cheaper.model),
    }
}

fn edit(work: &Work, id: ProviderId) {
    if let Some(provider) = work.provider(id) {
        work.act(Action::Open(Layer::Edit(Box::new(provider))));
    }
}

fn found(view: &Insights, draw: &Callback<Finding, Html>) -> Html {
    if view.findings.is_empty() {
        return html! {
            <div class="card none" id="no-findings"><p><b>{ t!("no-findings") }</b></p><p class="t3">{ t!("no-findings-text") }</p></div>
        };
    }
    html! {
        <section class="card" id="findings">
            <div class="card-h line"><h2>{ t!("findings") }</h2><span class="sub">{ t!("findings-sub", count = view.findings.len()) }</span></div>
            <ul class="tl fl"><LongRows<Finding> rows={Rc::from(view.findings.as_slice())} draw={draw.clone()} /></ul>
        </section>
    }
}

fn one(line: Line, work: &Work) -> Html {
    let (work, remedy) = (work.clone(), line.remedy);
    let onclick = move |_: MouseEvent| match remedy {
        Remedy::Routing => work.act(Action::Go(Place::Routing)),
        Remedy::Provider(id) => edit(&work, id),
    };
    let word = if line.remedy == Remedy::Routing { t!("open-routing") } else { t!("edit") };
    html! {
        <li data-finding={line.kind}>
            { icon(line.sign) }
            <div><b dir="auto">{ line.title }</b><p dir="auto">{ line.detail }</p></div>
            <button type="button" class="btn sm" {onclick}>{ icon("edit") }<span>{ word }</span></button>
        </li>
    }
}
