//! What the members of a task's route can do, beside what it needs.

use model::{
    TaskName,
    routing::{Capability, TaskRoute},
};
use yew::prelude::*;

use crate::{
    components::{
        icon::{classed, icon, small_icon, tile},
        segmented::{Segmented, segmented},
    },
    state::{
        models::round_count,
        routing::{
            Edit, Routing,
            matrix::{Cell, Row, gap_sentence},
            words,
        },
    },
    t,
    texts::name,
};

/// The card.
pub fn capability_matrix(routing: &Routing, on_edit: &Callback<Edit>) -> Html {
    let Some(route) = routing.tab.as_ref().and_then(|task| routing.route(task)) else {
        return Html::default();
    };
    let matrix = routing.matrix(&route.task);
    let tabs = segmented(Segmented {
        id: "matrix-tabs".into(),
        label: t!("matrix-of"),
        controls: Some("matrix"),
        options: routing.routes.iter().map(|route| (route.task.clone(), route.task.to_string())).collect(),
        value: Some(route.task.clone()),
        on_choose: on_edit.reform(Edit::Tab),
    });
    let gaps = matrix.gaps();
    let shown = matrix.rows.len();
    let notes = matrix.rows.iter().filter(|row| !row.lacks.is_empty());
    html! {
        <section class="card" id="capability-match">
            <div class="card-h line">
                <h2>{ t!("capability-match") }</h2>{ tabs }<span class="push"></span>
                if gaps > 0 { <span class="badge warn">{ icon("alert") }{ t!("gaps", count = gaps) }</span> }
            </div>
            <div class="scroll-x" id="matrix" role="tabpanel" aria-label={route.task.to_string()}>
                <table class="tbl mx low">
                    <thead>{ head(route) }</thead>
                    <tbody>{ for matrix.rows.iter().map(|row| line(row, &route.task, on_edit)) }</tbody>
                </table>
            </div>
            { for notes.map(|row| gap(row, &route.task, on_edit)) }
            if matrix.rows.is_empty() { <p class="card-f">{ t!("chain-empty") }</p> }
            if matrix.members > shown { <p class="card-f">{ t!("matrix-more", shown = shown, members = matrix.members) }</p> }
        </section>
    }
}

fn head(route: &TaskRoute) -> Html {
    let column = |capability: Capability| {
        let word = words::capability(capability);
        let word = match (capability, route.needs.context_tokens) {
            (Capability::Context, Some(tokens)) => t!("matrix-context", tokens = round_count(tokens)),
            _ if route.needs.needs(capability) => t!("matrix-needed", capability = word),
            _ => word,
        };
        html! { <th scope="col">{ word }</th> }
    };
    html! {
        <tr>
            <th scope="col">{ t!("matrix-member") }</th>{ for Capability::ALL.map(column) }
            <th scope="col"><span class="vh">{ t!("column-actions") }</span></th>
        </tr>
    }
}

fn line(row: &Row, task: &TaskName, on_edit: &Callback<Edit>) -> Html {
    let shown = name(&row.member.display_name);
    let cells = Capability::ALL.into_iter().zip(row.cells).map(|(capability, cell)| {
        let window = row.member.abilities.context_window.filter(|_| capability == Capability::Context);
        field(cell, window)
    });
    html! {
        <tr>
            <th scope="row"><div class="pn">{ tile(row.member.provider_type, "s") }<span dir="auto">{ &row.member.display_name }</span></div></th>
            { for cells }
            <td class="acts">
                if row.removable {
                    <button type="button" class="ib" data-action="remove" aria-label={t!("remove-from", name = shown.as_str(), task = task.as_str())}
                        title={t!("remove-from-chain")} onclick={remove(row, task, on_edit)}>{ icon("x") }</button>
                }
            </td>
        </tr>
    }
}

fn field(cell: Cell, window: Option<u64>) -> Html {
    let (class, sign, word) = match cell {
        Cell::Yes => ("y", "check", t!("cell-yes")),
        Cell::No => ("na", "minus", t!("cell-no")),
        Cell::Missing => ("no", "x", t!("cell-missing")),
        Cell::Unknown => ("un", "alert", t!("cell-unknown")),
    };
    match window.map(round_count) {
        Some(window) if cell == Cell::Yes => html! { <td class="num">{ window }</td> },
        Some(window) => {
            html! { <td class={classes!(class, "num")} title={word.clone()}>{ classed(sign, "ic s") }{ " " }{ window }<span class="vh">{ word }</span></td> }
        }
        None => html! { <td {class}>{ classed(sign, "ic s") }{ " " }{ word }</td> },
    }
}

fn gap(row: &Row, task: &TaskName, on_edit: &Callback<Edit>) -> Html {
    html! {
        <div class="card-f">
            { small_icon("info") }<span>{ gap_sentence(row) }</span><span class="push"></span>
            if row.removable {
                <button type="button" class="btn sm" onclick={remove(row, task, on_edit)}>{ t!("remove-from-chain") }</button>
            }
        </div>
    }
}

fn remove(row: &Row, task: &TaskName, on_edit: &Callback<Edit>) -> Callback<MouseEvent> {
    let (task, provider) = (task.clone(), row.member.id);
    on_edit.reform(move |_: MouseEvent| Edit::Remove(task.clone(), provider))
}
