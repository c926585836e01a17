//! By what the calls of the usage page are narrowed: a pill for each kind, which opens what there is to choose from.

use web_sys::Element;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::icon,
        menu::{Item, Menu},
        menu_button::MenuButton,
    },
    state::{
        toast::sentence_case,
        usage::{
            choices::{Choices, Kind},
            plans::unit_name,
            range::Stride,
        },
        workspace::Load,
    },
    t,
};
use model::statistics::UsageFilter;

/// The pills.
pub struct UsageFilters<'a> {
    /// What is chosen.
    pub filter: &'a UsageFilter,
    /// What there is to choose from, once it was asked for.
    pub choices: &'a Load<Choices>,
    /// What there is to choose from is needed.
    pub on_ask: Callback<()>,
    /// Other calls are chosen.
    pub on_filter: Callback<UsageFilter>,
    /// How long a step of the charts is.
    pub unit: Stride,
    /// How long it can be.
    pub units: Vec<Stride>,
    /// Other steps are chosen.
    pub on_unit: Callback<Stride>,
    /// The month's budget of all calls is drawn again; nothing while it is drawn.
    pub on_whole_budget: Option<Callback<()>>,
    /// The calls themselves are asked for; nothing while it is not known which.
    pub on_calls: Option<Callback<()>>,
}

/// Draws the pills.
pub fn usage_filters(filters: &UsageFilters<'_>) -> Html {
    let narrows = *filters.filter != UsageFilter::default();
    let clear = filters.on_filter.reform(|_: MouseEvent| UsageFilter::default());
    let onclick = filters.on_calls.as_ref().map(|on_calls| on_calls.reform(|_: MouseEvent| ()));
    let pill = |kind: Kind| {
        html! {
            <UsagePill {kind} filter={filters.filter.clone()} choices={filters.choices.clone()}
                on_ask={filters.on_ask.clone()} on_filter={filters.on_filter.clone()} />
        }
    };
    html! {
        <div class="bar-row" role="search" id="usage-filters" aria-label={t!("usage-filters")}>
            { for Kind::ALL.into_iter().map(pill) }
            if narrows {
                <button type="button" class="btn link sm" id="clear-usage-filters" onclick={clear}>{ t!("clear-filters") }</button>
            }
            { steps(filters) }
            if let Some(on_whole) = &filters.on_whole_budget {
                <button type="button" class="btn link sm" id="whole-budget" onclick={on_whole.reform(|_: MouseEvent| ())}>{ t!("whole-budget") }</button>
            }
            <button type="button" class="btn sm push" id="show-all-calls" disabled={filters.on_calls.is_none()} {onclick}>{ t!("show-the-calls") }</button>
        </div>
    }
}

fn steps(filters: &UsageFilters<'_>) -> Html {
    let item = |unit: &Stride| Item {
        checked: Some(*unit == filters.unit),
        ..Item::new(unit.as_str(), unit_name(*unit), "")
    };
    let items: Vec<Item> = filters.units.iter().map(item).collect();
    let face = t!("step-of", unit = unit_name(filters.unit));
    let on_unit = filters.on_unit.clone();
    let on_choose = Callback::from(move |action: AttrValue| {
        if let Some(unit) = Stride::of_name(&action) {
            on_unit.emit(unit);
        }
    });
    html! { <MenuButton id="usage-step" label={t!("step")} {face} {items} {on_choose} /> }
}

#[derive(Properties, PartialEq)]
struct UsagePillProps {
    kind: Kind,
    filter: UsageFilter,
    choices: Load<Choices>,
    on_ask: Callback<()>,
    on_filter: Callback<UsageFilter>,
}

#[component]
fn UsagePill(props: &UsagePillProps) -> Html {
    let kind = props.kind;
    let open = use_state(|| false);
    let button = use_node_ref();
    let chosen = kind.chosen(&props.filter);
    let on_close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |focus: bool| {
            open.set(false);
            if let Some(button) = button.cast::<Element>().filter(|_| focus) {
                browser::focus_element(&button);
            }
        })
    };
    let toggle = {
        let (on_filter, filter) = (props.on_filter.clone(), props.filter.clone());
        move |key: Option<&str>| on_filter.emit(kind.toggled(&filter, key))
    };
    let on_choose = {
        let (on_close, toggle) = (on_close.clone(), toggle.clone());
        Callback::from(move |action: AttrValue| {
            on_close.emit(true);
            // Keys may be empty, which an action may not.
            toggle(action.strip_prefix("is "));
        })
    };
    let show = {
        let (open, on_ask) = (open.clone(), props.on_ask.clone());
        move || {
            on_ask.emit(());
            open.set(true);
        }
    };
    let onclick = {
        let (open, show, toggle, is_set) = (open.clone(), show.clone(), toggle.clone(), !chosen.is_empty());
        move |event: MouseEvent| match event.target_dyn_into::<Element>().filter(|_| is_set) {
            Some(target) if target.closest(".take-away").ok().flatten().is_some() => toggle(None),
            _ if *open => open.set(false),
            _ => show(),
        }
    };
    let onkeydown = {
        let open = open.clone();
        move |event: KeyboardEvent| match event.key().as_str() {
            "Backspace" | "Delete" => {
                event.stop_propagation();
                toggle(None);
            }
            "ArrowDown" if !*open => {
                event.prevent_default();
                event.stop_propagation();
                show();
            }
            _ => {}
        }
    };
    html! {
        <div class="anchor">
            <button type="button" class={classes!("filter", (!chosen.is_empty()).then_some("on"))} data-filter={kind.as_str()} ref={button}
                aria-haspopup="menu" aria-expanded={open.to_string()} {onclick} {onkeydown}>{ face(props, &chosen) }</button>
            if *open { { menu(props, &chosen, on_choose, on_close) } }
        </div>
    }
}

fn face(props: &UsagePillProps, chosen: &[String]) -> Html {
    let name = props.kind.title();
    let Some(first) = chosen.first() else {
        return html! { <>{ icon("plus") }{ name }</> };
    };
    let known = match &props.choices {
        Load::Ready(choices) => choices.lines(props.kind, &props.filter),
        Load::Waiting | Load::Failed(_) => Choices::default().lines(props.kind, &props.filter),
    };
    let word =
        known.into_iter().find(|(key, _)| key == first).map_or_else(|| first.clone(), |(_, word)| word);
    let more = chosen.len() - 1;
    let words = if more == 0 { word } else { t!("first-and-more", first = word, count = more) };
    html! { <><b dir="auto">{ format!("{name}: {words}") }</b><span class="take-away">{ icon("x") }</span></> }
}

fn menu(
    props: &UsagePillProps,
    chosen: &[String],
    on_choose: Callback<AttrValue>,
    on_close: Callback<bool>,
) -> Html {
    let choices = match &props.choices {
        Load::Waiting => return html! { <p class="menu menu-0" role="status">{ t!("reading-choices") }</p> },
        Load::Failed(failure) => {
            return html! { <p class="menu menu-0" role="alert">{ sentence_case(&failure.message) }{ ". " }{ failure.advice.clone() }</p> };
        }
        Load::Ready(choices) => choices,
    };
    let line = |(key, word): (String, String)| Item {
        checked: Some(chosen.contains(&key)),
        ..Item::new(format!("is {key}"), word, "")
    };
    let items: Vec<Item> = choices.lines(props.kind, &props.filter).into_iter().map(line).collect();
    if items.is_empty() {
        return html! { <p class="menu menu-0" role="status">{ t!("no-choices") }</p> };
    }
    html! { <Menu label={props.kind.title()} {items} {on_choose} {on_close} /> }
}
