//! The pages beside the list of providers: the one that is gone to, and its outline until it is here.

use model::Failure;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        page_skeleton::{Outline, page_skeleton},
    },
    pages::{
        budgets::BudgetsPage, bundles::BundlesPage, health::HealthPage, history::HistoryPage,
        insights::InsightsPage, playground::PlaygroundPage, remote_told::RemoteToldPage,
        routing::RoutingPage, settings::SettingsPage, sync::SyncPage,
    },
    parts::{self, Part, Shown},
    state::{place::Place, workspace::Layer},
    t,
    work::{Store, Work},
};

/// The page to show.
#[derive(Properties, PartialEq)]
pub struct LaterPageProps {
    /// Everything known.
    pub state: Store,
    /// A way to ask for things.
    pub work: Work,
}

/// The page, or its outline until it is here.
#[component]
pub fn LaterPage(props: &LaterPageProps) -> Html {
    let place = props.state.0.place;
    let refused = use_state(|| Option::<Failure>::None);
    let part = Part::of(place, props.state.0.source.is_some());
    use_effect_with(place, {
        let work = props.work.clone();
        move |place| {
            if place.has_sources() {
                work.read_remotes();
            }
        }
    });
    let fetch = use_callback(part, {
        let (work, refused) = (props.work.clone(), refused.setter());
        move |(), part| {
            let (refused, part) = (refused.clone(), *part);
            work.run(async move |_| refused.set(part.fetch().await.err()));
        }
    });
    use_effect_with(part, {
        let fetch = fetch.clone();
        move |_| fetch.emit(())
    });
    let here = part.is_here();
    use_effect_with((place, here), |(place, here)| {
        if !here {
            browser::set_screen(place.as_str(), false);
        } else if !browser::has_focus() {
            // The outline's heading had it, and is gone.
            browser::focus(".top h1");
        }
    });
    match &*refused {
        _ if here => parts::page((props.state.clone(), props.work.clone())),
        None => outline(place, page_skeleton(t!("reading-page"), Outline::of(place))),
        Some(failure) => outline(place, not_read(failure, &fetch)),
    }
}

fn outline(place: Place, body: Html) -> Html {
    html! {
        <main class="main" id="main">
            <header class="top"><div class="top-t"><h1 tabindex="-1">{ place.title() }</h1></div></header>
            <div class="content">{ body }</div>
        </main>
    }
}

/// The page itself.
pub fn routed((state, work): Shown) -> Html {
    let state = state.0;
    if let Some(id) = state.source.filter(|_| state.place.has_sources()) {
        let (place, remotes) = (state.place, state.remotes);
        let key = format!("{}-{id}", place.as_str());
        return html! { <RemoteToldPage {key} {place} {id} {remotes} {work} /> };
    }
    match state.place {
        // The one is there from the start, the other a part of its own.
        Place::Providers | Place::Usage => Html::default(),
        Place::Routing => html! { <RoutingPage {state} {work} /> },
        Place::Health => html! { <HealthPage {state} {work} /> },
        Place::Budgets => html! { <BudgetsPage {state} {work} /> },
        Place::Insights => {
            html! { <InsightsPage changed={state.jumps.changed} list={state.list} {work} /> }
        }
        Place::Bundles => {
            let covered = state.layer != Layer::None;
            html! { <BundlesPage {covered} kept={state.bundle_search} {work} /> }
        }
        Place::Playground => html! { <PlaygroundPage {state} {work} /> },
        Place::Sync => html! { <SyncPage {state} {work} /> },
        Place::History => html! { <HistoryPage remotes={state.remotes} kept={state.history} {work} /> },
        Place::Settings => html! { <SettingsPage {state} {work} /> },
    }
}
