//! Budgets: how each stands, and what they told.

use gloo_timers::callback::Interval;
use model::budgets::{BudgetList, BudgetView};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        alert_list::alert_list,
        budget_table::{BudgetDeed, budget_table},
        empty_list::not_read,
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
    },
    state::{
        place::Place,
        workspace::{Action, Layer, Load, Workspace},
    },
    t,
    work::Work,
};

/// What calls cost meanwhile is shown so often. Reading this keeps no vault awake.
const READ_EVERY_MS: u32 = 15_000;

/// The page.
#[derive(Properties, PartialEq)]
pub struct BudgetsPageProps {
    /// Everything known.
    pub state: Workspace,
    /// A way to ask for things.
    pub work: Work,
}

/// The page.
#[component]
pub fn BudgetsPage(props: &BudgetsPageProps) -> Html {
    let (state, work) = (&props.state, &props.work);
    // When it opens, and when something was told.
    use_effect_with(state.alerts.told, {
        let work = work.clone();
        move |_| work.read_budgets()
    });
    use_effect_with((), {
        let work = work.clone();
        move |()| {
            let clock = Interval::new(READ_EVERY_MS, move || work.read_budgets());
            move || drop(clock)
        }
    });
    let ready = state.budgets != Load::Waiting;
    use_effect_with(ready, |ready| browser::set_screen(Place::Budgets.as_str(), *ready));
    let body = match &state.budgets {
        Load::Waiting => page_skeleton(t!("reading-budgets"), Outline::of(Place::Budgets)),
        Load::Failed(failure) => {
            let work = work.clone();
            not_read(failure, &Callback::from(move |()| work.read_budgets()))
        }
        Load::Ready(list) if list.budgets.is_empty() => nothing_yet(work),
        Load::Ready(list) => ready_page(list, work),
    };
    html! {
        <main class="main" id="main">
            { header(state, work) }
            <div class="content tight">{ body }</div>
        </main>
    }
}

fn ready_page(list: &BudgetList, work: &Work) -> Html {
    let on_deed = {
        let (work, budgets) = (work.clone(), list.budgets.clone());
        Callback::from(move |(id, deed): (i64, BudgetDeed)| {
            let Some(budget) = budgets.iter().find(|budget| budget.id == id) else { return };
            match deed {
                BudgetDeed::Edit => open(&work, Some(budget.clone())),
                BudgetDeed::Delete => work.delete_budget(budget),
            }
        })
    };
    let on_seen = {
        let work = work.clone();
        Callback::from(move |()| work.see_alerts())
    };
    html! { <>{ budget_table(&list.budgets, &on_deed) }{ alert_list(&list.alerts, &on_seen) }</> }
}

fn nothing_yet(work: &Work) -> Html {
    let work = work.clone();
    html! {
        <div class="card none" id="no-budgets">
            <p><b>{ t!("no-budgets") }</b></p>
            <p class="t3">{ t!("no-budgets-text") }</p>
            <button type="button" class="btn sm" id="first-budget" onclick={move |_: MouseEvent| open(&work, None)}>
                { icon("plus") }<span>{ t!("new-budget") }</span></button>
        </div>
    }
}

fn open(work: &Work, budget: Option<BudgetView>) {
    work.act(Action::Open(Layer::Budget(budget.map(Box::new))));
}

fn header(state: &Workspace, work: &Work) -> Html {
    let context = match &state.budgets {
        Load::Ready(list) => t!("budgets-context", zone = list.zone.as_str()),
        Load::Waiting | Load::Failed(_) => String::new(),
    };
    let work = work.clone();
    html! {
        <header class="top">
            <div class="top-t"><h1 tabindex="-1">{ Place::Budgets.title() }</h1><p>{ context }</p></div>
            <div class="top-a">
                <button type="button" class="btn primary" id="new-budget" onclick={move |_: MouseEvent| open(&work, None)}>
                    { icon("plus") }<span>{ t!("new-budget") }</span></button>
            </div>
        </header>
    }
}
