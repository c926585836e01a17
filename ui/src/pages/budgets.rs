//! Budgets: how each stands, and what they told.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use model::{Failure, FailureCode, budgets::BudgetList, command::ListBudgets};
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
    shell,
    state::{
        place::Place,
        workspace::{Action, Layer, Workspace},
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
    let work = &props.work;
    let view = use_state(|| Option::<Result<Rc<BudgetList>, Failure>>::None);
    let read = use_callback((), {
        let (work, view) = (work.clone(), view.setter());
        move |(), ()| {
            let view = view.clone();
            work.run(async move |work| match shell::call(ListBudgets {}).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                reply => view.set(Some(reply.map(Rc::new))),
            });
        }
    });
    // When it opens, and when something was told or changed.
    use_effect_with(props.state.alerts.changed, {
        let read = read.clone();
        move |_| read.emit(())
    });
    use_effect_with((), {
        let read = read.clone();
        move |()| {
            let clock = Interval::new(READ_EVERY_MS, move || read.emit(()));
            move || drop(clock)
        }
    });
    use_effect_with(view.is_some(), |ready| browser::set_screen(Place::Budgets.as_str(), *ready));
    let body = match &*view {
        None => page_skeleton(t!("reading-budgets"), Outline::of(Place::Budgets)),
        Some(Err(failure)) => not_read(failure, &read),
        Some(Ok(list)) if list.budgets.is_empty() => nothing_yet(work),
        Some(Ok(list)) => ready_page(list, work),
    };
    let zone = view.as_ref().and_then(|view| view.as_ref().ok()).map(|list| list.zone.as_str());
    html! {
        <main class="main" id="main">
            { header(zone, work) }
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
                BudgetDeed::Draw => {
                    work.act(Action::Arrive(Place::Usage, format!("budget={id}").into()));
                }
                BudgetDeed::Edit => open(&work, Some(id)),
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

fn open(work: &Work, budget: Option<i64>) {
    work.act(Action::Open(Layer::Budget(budget)));
}

fn header(zone: Option<&str>, work: &Work) -> Html {
    let context = zone.map(|zone| t!("budgets-context", zone = zone)).unwrap_or_default();
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
