//! The list while it is read: its own geometry in grey. The style sheet shows it only when reading takes longer than
//! a person notices; before that it would only flicker.

use yew::prelude::*;

use crate::t;

const ROWS: usize = 6;

/// A list that is not there yet.
pub fn list_skeleton() -> Html {
    html! {
        <div aria-busy="true" role="status" id="list-loading">
            <span class="vh">{ t!("reading-list") }</span>
            <div class="card late" aria-hidden="true">{ for (0..ROWS).map(|_| row_skeleton()) }</div>
        </div>
    }
}

/// One grey row of a table.
pub fn row_skeleton() -> Html {
    html! {
        <div class="sk-row">
            <span class="sk tile-s"></span>
            <span class="sk-name"><span class="sk w80"></span><span class="sk w60 mt"></span></span>
            <span class="sk"></span><span class="sk"></span><span class="sk"></span><span class="sk"></span>
        </div>
    }
}
