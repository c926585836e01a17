//! One provider in the table.

use model::{ProviderId, ProviderView, TaskName, TestReport, text};
use web_sys::HtmlElement;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::{self, icon, tile},
        menu::{Item, Menu},
    },
    state::{
        heard::heard,
        list::{Cost, Moved, SLOW_MS, cost, share},
        listed::Listed,
        models::round_count,
    },
    t,
    texts::name,
};

/// What can be asked of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowDeed {
    /// Mark it, or take the mark away.
    Toggle,
    /// It has the focus.
    Focus,
    /// Test it.
    Test,
    /// Open it.
    Edit,
    /// Show its usage.
    Stats,
    /// Copy it.
    Duplicate,
    /// Switch it on or off.
    SetActive(bool),
    /// Make it the default.
    MakeDefault,
    /// Ask before deleting it.
    Delete,
    /// Move it by hand.
    Move(Moved),
}

/// One provider.
#[derive(Properties, PartialEq)]
pub struct ProviderRowProps {
    /// The provider.
    pub provider: Listed,
    /// Its place among all lines of the table, from 1.
    pub index: usize,
    /// Whether it is marked.
    pub selected: bool,
    /// Whether Tab reaches it.
    pub reachable: bool,
    /// Whether its test runs.
    pub testing: bool,
    /// Rises every half minute, so that ages stay true.
    pub tick: u32,
    /// Something is asked of it.
    pub on_deed: Callback<(ProviderId, RowDeed)>,
}

/// One row.
#[component]
pub fn ProviderRow(props: &ProviderRowProps) -> Html {
    let provider = &props.provider;
    let shown = name(&provider.display_name);
    let id = provider.id;
    let deed = |deed: RowDeed| props.on_deed.reform(move |_: MouseEvent| (id, deed));
    let onfocus = props.on_deed.reform(move |_: FocusEvent| (id, RowDeed::Focus));
    let ondblclick = deed(RowDeed::Edit);
    html! {
        <tr class={classes!(props.selected.then_some("sel"), (!provider.is_active).then_some("off"))}
            data-provider-id={provider.id.to_string()} data-name={provider.display_name.clone()} aria-rowindex={props.index.to_string()}
            aria-selected={props.selected.to_string()} tabindex={if props.reachable { "0" } else { "-1" }} onfocusin={onfocus} {ondblclick}>
            <td>
                <span class="grip" aria-hidden="true">{ icon("drag") }</span>
                <label class="cb-cell"><input class="cb" type="checkbox" tabindex="-1" aria-label={t!("select-name", name = shown.as_str())}
                    checked={props.selected} onclick={deed(RowDeed::Toggle)} /></label>
            </td>
            <td>
                <div class="pn">{ tile(provider.provider_type, "") }
                    <div class="pn-t">
                        <b dir="auto" title={provider.display_name.clone()}>{ &provider.display_name }</b>
                        <span class="mono" title={provider.model_name.clone()}>{ &provider.model_name }</span>
                    </div>
                </div>
            </td>
            <td data-cell="status">{ badges(provider) }</td>
            <td data-cell="last-test">{ last_test(provider, props.testing) }</td>
            <td data-cell="tasks">{ tasks(&provider.tasks) }</td>
            <td>{ today(provider, &shown) }</td>
            <td>{ cost_cell(provider, &shown) }</td>
            <td class="acts">
                { button("test", "bolt", t!("test-name", name = shown.as_str()), props.testing, deed(RowDeed::Test)) }
                { button("edit", "edit", t!("edit-name", name = shown.as_str()), false, deed(RowDeed::Edit)) }
                { button("stats", "chart", t!("stats-name", name = shown.as_str()), false, deed(RowDeed::Stats)) }
                <RowMenu provider={provider.clone()} on_deed={props.on_deed.clone()} />
            </td>
        </tr>
    }
}

fn button(
    action: &'static str,
    name: &str,
    label: String,
    busy: bool,
    onclick: Callback<MouseEvent>,
) -> Html {
    html! {
        <button type="button" class="ib" data-action={action} aria-label={label.clone()} title={label} disabled={busy} {onclick}>
            if busy { <span class="spin" aria-hidden="true"></span> } else { { icon(name) } }
        </button>
    }
}

fn badges(provider: &ProviderView) -> Html {
    html! {
        <div class="stack g1">
            if provider.is_active { <span class="badge ok">{ t!("active") }</span> } else { <span class="badge">{ t!("off") }</span> }
            if provider.is_default { <span class="badge acc">{ t!("default") }</span> }
        </div>
    }
}

fn last_test(provider: &ProviderView, testing: bool) -> Html {
    if testing {
        return html! { <div class="cell2"><span class="st"><span class="spin" aria-hidden="true"></span>{ t!("testing") }</span></div> };
    }
    let Some(test) = &provider.last_test else {
        let added = t!("added-on", day = browser::age_of(provider.created_at));
        return cell("off", "dash", t!("never-tested"), added);
    };
    let age = browser::age_of(test.tested_at);
    let (tone, name, word) = verdict(test);
    match test.http_status.filter(|_| !test.outcome.is_valid()) {
        Some(status) => cell(tone, name, word, format!("{status}, {age}")),
        None => cell(tone, name, word, age),
    }
}

fn verdict(test: &TestReport) -> (&'static str, &'static str, String) {
    let latency = text::latency(test.latency_ms);
    match test.outcome {
        outcome if !outcome.is_valid() => ("danger", "xc", heard(outcome.label())),
        _ if test.latency_ms >= SLOW_MS => ("warn", "alert", t!("slow", latency = latency)),
        model::TestOutcome::WorksRestricted => ("ok", "okc", t!("restricted", latency = latency)),
        _ => ("ok", "okc", latency),
    }
}

fn cell(tone: &'static str, name: &str, word: String, below: String) -> Html {
    html! { <div class="cell2"><span class={classes!("st", tone)}>{ icon(name) }<span>{ word }</span></span><small>{ below }</small></div> }
}

/// Two lines at most: rows have one height.
fn tasks(tasks: &[TaskName]) -> Html {
    let chip =
        |task: &TaskName| html! { <span class="chip p" title={task.to_string()}>{ task.to_string() }</span> };
    match tasks {
        [] => html! { <span class="t3">{ t!("no-task") }</span> },
        [_] | [_, _] => html! { <div class="chips">{ for tasks.iter().map(chip) }</div> },
        [first, rest @ ..] => {
            let names: Vec<&str> = rest.iter().map(TaskName::as_str).collect();
            html! { <div class="chips">{ chip(first) }<span class="chip" title={names.join(", ")}>{ t!("more-tasks", count = rest.len()) }</span></div> }
        }
    }
}

fn today(provider: &ProviderView, shown: &str) -> Html {
    let used = provider.usage.tokens_today;
    let count = text::short_count(used);
    let Some(limit) = provider.daily_token_limit else {
        return html! { <div class="meter-t only"><b>{ count }</b><span>{ t!("no-limit") }</span></div> };
    };
    let percent = share(used, limit);
    let tone = match percent {
        100.0.. => "danger",
        80.0.. => "warn",
        _ => "",
    };
    html! {
        <>
            <div class="meter-t"><b>{ count }</b><span>{ t!("of-limit", limit = round_count(limit)) }</span></div>
            <svg class={classes!("meter", tone)} role="meter" viewBox="0 0 100 4" preserveAspectRatio="none"
                aria-label={t!("meter-label", name = shown, percent = percent.round() as u64)}
                aria-valuemin="0" aria-valuemax={limit.to_string()} aria-valuenow={used.min(limit).to_string()}>
                <rect class="track" width="100" height="4" />
                <rect class="fill" width={format!("{:.1}", percent.min(100.0))} height="4" />
            </svg>
        </>
    }
}

fn cost_cell(provider: &ProviderView, shown: &str) -> Html {
    let amount = match cost(provider) {
        Cost::NoCalls => return html! { <span class="t3">{ t!("no-calls") }</span> },
        Cost::Unknown => {
            return html! { <span class="t3" title={t!("price-unknown")}>{ t!("unknown") }</span> };
        }
        // No curve: with some costs unknown its days cannot be compared.
        Cost::Partly(amount) => {
            let remark = t!("plus-unknown", count = provider.usage.unpriced_7d);
            return html! { <div class="cost7"><span class="cell2 end"><b class="num">{ amount.display() }</b><small title={remark.clone()}>{ remark }</small></span></div> };
        }
        Cost::Known(amount) => amount,
    };
    let curve = charts::curve(&provider.usage.cost_by_day.map(Some));
    let (x, y) = curve.end.unwrap_or_default();
    html! {
        <div class="cost7">
            <svg class={classes!("spark", icon::kind(provider.provider_type))} width="64" height="22" role="img"
                aria-label={t!("spark-label", name = shown)}>
                <path class="area" d={curve.area} /><path class="line" d={curve.line} />
                <circle cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="2.2" />
            </svg>
            <span class="num">{ amount.display() }</span>
        </div>
    }
}

#[derive(Properties, PartialEq)]
struct RowMenuProps {
    provider: Listed,
    on_deed: Callback<(ProviderId, RowDeed)>,
}

/// The row's further actions. It opens upwards in the lower half of the window.
#[component]
fn RowMenu(props: &RowMenuProps) -> Html {
    let open = use_state(|| Option::<bool>::None);
    let button = use_node_ref();
    let label = t!("more-actions", name = name(&props.provider.display_name));
    let onclick = {
        let open = open.clone();
        move |event: MouseEvent| {
            let lower =
                event.target_dyn_into::<web_sys::Element>().is_some_and(|target| is_in_lower_half(&target));
            open.set(if open.is_some() { None } else { Some(lower) });
        }
    };
    let on_close = {
        let (open, button) = (open.clone(), button.clone());
        Callback::from(move |focus: bool| {
            open.set(None);
            if let Some(button) = button.cast::<HtmlElement>().filter(|_| focus) {
                let _ = button.focus();
            }
        })
    };
    let on_choose = {
        let (on_close, on_deed, provider) = (on_close.clone(), props.on_deed.clone(), props.provider.clone());
        Callback::from(move |action: AttrValue| {
            on_close.emit(true);
            on_deed.emit((provider.id, deed_of(&action, &provider)));
        })
    };
    html! {
        <div class="anchor">
            <button type="button" class={classes!("ib", open.map(|_| "on"))} data-action="menu" ref={button} aria-haspopup="menu"
                aria-expanded={open.is_some().to_string()} aria-label={label.clone()} title={t!("more-actions-title")} {onclick}>
                { icon("dots") }
            </button>
            if let Some(upwards) = *open {
                <Menu {label} items={items(&props.provider)} {upwards} {on_choose} {on_close} />
            }
        </div>
    }
}

fn is_in_lower_half(element: &web_sys::Element) -> bool {
    let height = browser::document()
        .and_then(|document| document.document_element())
        .map_or(0, |root| root.client_height());
    element.get_bounding_client_rect().bottom() > f64::from(height) / 2.0
}

fn items(provider: &ProviderView) -> Vec<Item> {
    let switch = if provider.is_active { t!("turn-off") } else { t!("turn-on") };
    let mut items = vec![
        Item { keys: &["D"], ..Item::new("duplicate", t!("duplicate"), "copy") },
        Item::new("toggle-active", switch, if provider.is_active { "dash" } else { "okc" }),
    ];
    if provider.is_active && !provider.is_default {
        items.push(Item::new("make-default", t!("make-default"), "check"));
    }
    items.push(Item { keys: &["Alt", "↑"], ..Item::new("move-up", t!("move-up"), "up") });
    items.push(Item { keys: &["Alt", "↓"], ..Item::new("move-down", t!("move-down"), "down") });
    items.push(Item { keys: &["Del"], danger: true, ..Item::new("delete", t!("delete"), "trash") });
    items
}

fn deed_of(action: &str, provider: &ProviderView) -> RowDeed {
    match action {
        "duplicate" => RowDeed::Duplicate,
        "toggle-active" => RowDeed::SetActive(!provider.is_active),
        "make-default" => RowDeed::MakeDefault,
        "move-up" => RowDeed::Move(Moved::Up),
        "move-down" => RowDeed::Move(Moved::Down),
        _ => RowDeed::Delete,
    }
}
