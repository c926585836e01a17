//! Search and filters above the list, and at their end what the list adds up to.

use std::rc::Rc;

use model::{ProviderType, provider::ProviderList, text};
use web_sys::Element;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field,
        icon::icon,
        menu::{Item, Menu},
    },
    state::{
        list::{Query, Status, TaskFilter, Totals},
        workspace::Action,
    },
    t,
};

/// What narrows the list.
pub struct FilterBarProps {
    /// The list, for its tasks.
    pub list: Rc<ProviderList>,
    /// What is in force.
    pub query: Query,
    /// Of all providers.
    pub totals: Totals,
    /// How many are shown.
    pub shown: usize,
    /// Narrow, or widen.
    pub on_change: Callback<Action>,
}

/// Search and filters.
pub fn filter_bar(props: &FilterBarProps) -> Html {
    let query = &props.query;
    let search = props.on_change.reform(|event: InputEvent| Action::Search(field::typed(&event)));
    let clear = props.on_change.reform(|_: MouseEvent| Action::ClearQuery);
    html! {
        <div class="bar-row" role="search">
            <div class="inp-w w240">
                { icon("search") }
                <input class="inp" id="search" type="text" placeholder={t!("search-placeholder")} aria-label={t!("search-providers")}
                    autocomplete="off" spellcheck="false" dir="auto" value={query.search.clone()} oninput={search} />
            </div>
            { pill("type", t!("filter-type"), types(query), &props.on_change, |action| Action::FilterType(action.parse().ok())) }
            { pill("status", t!("filter-status"), statuses(query), &props.on_change, |action| Action::FilterStatus(status_of(action))) }
            { pill("task", t!("filter-task"), tasks(query, &props.list), &props.on_change, |action| Action::FilterTask(task_of(action))) }
            if query.narrows() {
                <button type="button" class="btn link sm" id="clear-filters" onclick={clear}>{ t!("clear") }</button>
                <span class="push t3 sm" role="status">{ t!("shown-of", shown = props.shown, total = props.totals.providers) }</span>
            } else {
                <span class="push"></span>
                { stats(&props.totals) }
            }
        </div>
    }
}

fn pill(
    id: &'static str,
    name: String,
    items: Vec<Item>,
    on_change: &Callback<Action>,
    action: fn(&str) -> Action,
) -> Html {
    let on_choose = on_change.reform(move |chosen: AttrValue| action(&chosen));
    html! { <FilterPill {id} {name} {items} {on_choose} /> }
}

fn choice(action: &str, label: String, checked: bool) -> Item {
    Item { checked: Some(checked), ..Item::new(action.to_owned(), label, "") }
}

fn types(query: &Query) -> Vec<Item> {
    ProviderType::ALL
        .map(|kind| choice(kind.as_str(), kind.label().to_owned(), query.provider_type == Some(kind)))
        .to_vec()
}

fn statuses(query: &Query) -> Vec<Item> {
    let one =
        |status: Status, label: String| choice(status_name(status), label, query.status == Some(status));
    vec![
        one(Status::Active, t!("active")),
        one(Status::Default, t!("default")),
        one(Status::Off, t!("off")),
        one(Status::Attention, t!("needs-attention")),
    ]
}

fn tasks(query: &Query, list: &ProviderList) -> Vec<Item> {
    let named = |task: &model::TaskView| {
        let filter = TaskFilter::Holds(task.name.clone());
        choice(task.name.as_str(), task.name.to_string(), query.task == Some(filter))
    };
    // No task can be called `-`, see the rules of task names.
    let none = choice("-", t!("no-task"), query.task == Some(TaskFilter::None));
    list.tasks.iter().map(named).chain([none]).collect()
}

fn status_name(status: Status) -> &'static str {
    match status {
        Status::Active => "active",
        Status::Default => "default",
        Status::Off => "off",
        Status::Attention => "attention",
    }
}

fn status_of(action: &str) -> Option<Status> {
    [Status::Active, Status::Default, Status::Off, Status::Attention]
        .into_iter()
        .find(|status| status_name(*status) == action)
}

fn task_of(action: &str) -> Option<TaskFilter> {
    match action {
        "-" => Some(TaskFilter::None),
        name => name.parse().ok().map(TaskFilter::Holds),
    }
}

fn stats(totals: &Totals) -> Html {
    let one = |name: String, value: String, warns: bool| {
        html! { <div><dt>{ name }</dt><dd class={classes!(warns.then_some("warn-t"))}>{ value }</dd></div> }
    };
    html! {
        <dl class="stats">
            { one(t!("tokens-today"), text::short_count(totals.tokens_today), false) }
            { one(t!("cost-today"), totals.cost(), false) }
            { one(t!("need-attention"), totals.attention.to_string(), totals.attention > 0) }
        </dl>
    }
}

/// A filter.
#[derive(Properties, PartialEq)]
pub struct FilterPillProps {
    /// In `data-filter`.
    pub id: &'static str,
    /// What it is called.
    pub name: String,
    /// What there is to choose from.
    pub items: Vec<Item>,
    /// The chosen action; empty takes the filter away.
    pub on_choose: Callback<AttrValue>,
}

/// A filter: what is in force, and a menu of what could be.
#[component]
pub fn FilterPill(props: &FilterPillProps) -> Html {
    let open = use_state(|| false);
    let button = use_node_ref();
    let chosen = props.items.iter().find(|item| item.checked == Some(true));
    let close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |focus: bool| {
            open.set(false);
            if let Some(button) = button.cast::<Element>().filter(|_| focus) {
                browser::focus_element(&button);
            }
        })
    };
    let on_choose = {
        let (close, on_choose, current) =
            (close.clone(), props.on_choose.clone(), chosen.map(|item| item.action.clone()));
        Callback::from(move |action: AttrValue| {
            close.emit(true);
            // Choosing what is in force takes it away.
            on_choose.emit(if Some(&action) == current.as_ref() { AttrValue::default() } else { action });
        })
    };
    let onclick = {
        let (open, on_choose, is_set) = (open.clone(), props.on_choose.clone(), chosen.is_some());
        move |event: MouseEvent| match event.target_dyn_into::<Element>().filter(|_| is_set) {
            Some(target) if target.closest(".take-away").ok().flatten().is_some() => {
                on_choose.emit(AttrValue::default())
            }
            _ => open.set(!*open),
        }
    };
    let onkeydown = {
        let (open, on_choose) = (open.clone(), props.on_choose.clone());
        move |event: KeyboardEvent| match event.key().as_str() {
            "Backspace" | "Delete" => {
                event.stop_propagation();
                on_choose.emit(AttrValue::default());
            }
            "ArrowDown" if !*open => {
                event.prevent_default();
                event.stop_propagation();
                open.set(true);
            }
            _ => {}
        }
    };
    html! {
        <div class="anchor">
            <button type="button" class={classes!("filter", chosen.map(|_| "on"))} data-filter={props.id} ref={button}
                aria-haspopup="menu" aria-expanded={open.to_string()} {onclick} {onkeydown}>
                if let Some(item) = chosen {
                    <b dir="auto">{ format!("{}: {}", props.name, item.label) }</b><span class="take-away">{ icon("x") }</span>
                } else {
                    { icon("plus") }{ &props.name }
                }
            </button>
            if *open { <Menu label={props.name.clone()} items={props.items.clone()} {on_choose} on_close={close} /> }
        </div>
    }
}
