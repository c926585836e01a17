//! The table of providers. Lines far outside the view are not in the document; see `state::layout`.

use std::{ops::Range, rc::Rc};

use model::{ProviderId, provider::ProviderList};
use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::{
    components::{
        icon::{self, glyph},
        provider_row::{ProviderRow, RowDeed},
        row_drag::RowDrag,
    },
    state::{
        layout::{Layout, Line},
        list::{Column, Cost, Group, Sort},
        listed::Listed,
        prepared::Lines,
        workspace::Action,
    },
    t,
};

const COLUMNS: &str = "8";

/// The table.
pub struct ProviderTableProps {
    /// All providers.
    pub list: Rc<ProviderList>,
    /// The groups that are shown.
    pub groups: Rc<Vec<Group>>,
    /// Where each line is.
    pub layout: Rc<Layout>,
    /// By what each provider's line is known.
    pub known: Rc<Lines>,
    /// The lines to draw.
    pub window: Range<usize>,
    /// The order of rows.
    pub sort: Sort,
    /// Marked rows.
    pub selected: Vec<ProviderId>,
    /// The row that Tab reaches.
    pub focused: Option<ProviderId>,
    /// Running tests.
    pub testing: Vec<(ProviderId, u64)>,
    /// Rises every half minute.
    pub tick: u32,
    /// Order or marks change.
    pub on_change: Callback<Action>,
    /// Something is asked of a row.
    pub on_deed: Callback<(ProviderId, RowDeed)>,
    /// A row that is dragged.
    pub drag: RowDrag,
}

/// The table.
pub fn provider_table(props: &ProviderTableProps) -> Html {
    let (above, below) = props.layout.around(&props.window);
    let reachable =
        props.focused.or_else(|| props.layout.rows().next().map(|row| props.list.providers[row].id));
    let lines = props.layout.lines()[props.window.clone()].iter().enumerate();
    let drawn = lines.map(|(offset, line)| match *line {
        Line::Group(place) => heading(&props.groups[place], place, props.window.start + offset + 2),
        Line::Row(row) => {
            let Some(provider) = Listed::at(&props.list, row) else { return Html::default() };
            html! {
                <ProviderRow key={props.known.of(provider.id).to_string()} provider={provider.clone()} index={props.window.start + offset + 2}
                    selected={props.selected.contains(&provider.id)} reachable={reachable == Some(provider.id)}
                    testing={props.testing.iter().any(|(id, _)| *id == provider.id)} tick={props.tick} on_deed={props.on_deed.clone()} />
            }
        }
    });
    let on = |verb: fn(&RowDrag, &PointerEvent)| {
        let drag = props.drag.clone();
        Callback::from(move |event: PointerEvent| verb(&drag, &event))
    };
    let (onpointerdown, onpointermove) = (on(RowDrag::down), on(RowDrag::moved));
    let (onpointerup, onpointercancel) = (on(|drag, _| drag.up()), on(|drag, _| drag.lost()));
    html! {
        <div class="card">
            <table class="tbl two prov" aria-label={t!("providers")} aria-rowcount={(props.layout.lines().len() + 1).to_string()}>
                <thead>{ head(props) }</thead>
                <tbody {onpointerdown} {onpointermove} {onpointerup} {onpointercancel}>
                    { spacer("above", above) }
                    { for drawn }
                    { spacer("below", below) }
                </tbody>
            </table>
        </div>
    }
}

/// Keeps the height of the lines that are not drawn.
fn spacer(key: &'static str, height: u32) -> Html {
    if height == 0 {
        return Html::default();
    }
    html! { <tr {key} class="spacer" aria-hidden="true"><td colspan={COLUMNS} height={height.to_string()}></td></tr> }
}

fn head(props: &ProviderTableProps) -> Html {
    html! {
        <tr aria-rowindex="1">
            <th class="w-cb" scope="col">{ select_all(props) }</th>
            { column(props, Column::Name, "w-p", t!("column-provider")) }
            { column(props, Column::Status, "w-st", t!("column-status")) }
            { column(props, Column::LastTest, "w-test", t!("column-last-test")) }
            { column(props, Column::Tasks, "w-tasks", t!("column-tasks")) }
            { column(props, Column::Today, "w-today", t!("column-today")) }
            { column(props, Column::Cost, "w-7d", t!("column-cost")) }
            <th scope="col"><span class="vh">{ t!("column-actions") }</span></th>
        </tr>
    }
}

fn select_all(props: &ProviderTableProps) -> Html {
    let shown: Vec<ProviderId> = props.layout.rows().map(|row| props.list.providers[row].id).collect();
    let marked = shown.iter().filter(|id| props.selected.contains(id)).count();
    let all = marked == shown.len() && marked > 0;
    let onchange = props.on_change.reform(move |event: Event| {
        let on = event.target_dyn_into::<HtmlInputElement>().is_some_and(|input| input.checked());
        if on && !all { Action::Select(shown.clone()) } else { Action::ClearSelection }
    });
    html! {
        <label class="cb-cell"><input class={classes!("cb", (marked > 0 && !all).then_some("mixed"))} id="select-all" type="checkbox"
            aria-label={t!("select-all")} checked={all} {onchange} /></label>
    }
}

fn column(props: &ProviderTableProps, by: Column, class: &'static str, label: String) -> Html {
    let current = props.sort.by == by;
    let order = match (current, props.sort.descending) {
        (false, _) => None,
        (true, false) => Some("ascending"),
        (true, true) => Some("descending"),
    };
    let onclick = props.on_change.reform(move |_: MouseEvent| Action::SortBy(by));
    let arrow = if props.sort.descending { "up" } else { "down" };
    html! {
        <th {class} scope="col" aria-sort={order}>
            <button type="button" class={classes!("sort", current.then_some("on"))} {onclick}>
                { label }if current { { icon::icon(arrow) } }
            </button>
        </th>
    }
}

fn heading(group: &Group, place: usize, index: usize) -> Html {
    let cost = match group.cost {
        Cost::NoCalls => t!("group-no-calls"),
        Cost::Unknown => t!("group-unknown"),
        Cost::Partly(amount) => t!("group-partly", amount = amount.display()),
        Cost::Known(amount) => t!("group-cost", amount = amount.display()),
    };
    html! {
        <tr class="grp" key={place.to_string()} aria-rowindex={index.to_string()}>
            <th colspan={COLUMNS} scope="colgroup">
                <div class={classes!("grp-in", icon::kind(group.provider_type))}>
                    { glyph(group.provider_type) }<span>{ group.provider_type.label() }</span>
                    <span class="t3">{ group.rows.len() }</span><span class="push">{ cost }</span>
                </div>
            </th>
        </tr>
    }
}
