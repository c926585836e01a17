//! What can be done with all marked rows, at the bottom of the page.

use yew::prelude::*;

use crate::{
    components::icon::{icon, small_icon},
    t,
};

/// The marked rows.
pub struct BulkBarProps {
    /// How many there are.
    pub count: usize,
    /// Test them.
    pub on_test: Callback<()>,
    /// Switch them on or off.
    pub on_active: Callback<bool>,
    /// Export them for another vault.
    pub on_export: Callback<()>,
    /// Ask before deleting them.
    pub on_delete: Callback<()>,
    /// Take the marks away.
    pub on_clear: Callback<()>,
}

/// The bar.
pub fn bulk_bar(props: &BulkBarProps) -> Html {
    let button = |action: &'static str, name: &str, label: String, onclick: Callback<MouseEvent>| {
        html! {
            <button type="button" class="btn sm ghost" data-action={action} {onclick}>{ small_icon(name) }<span>{ label }</span></button>
        }
    };
    let clear = t!("clear-selection");
    html! {
        <div class="bulk" role="toolbar" aria-label={t!("bulk-actions")}>
            <b role="status">{ t!("bulk-selected", count = props.count) }</b>
            <span class="push"></span>
            { button("bulk-test", "bolt", t!("test"), props.on_test.reform(|_| ())) }
            { button("bulk-on", "okc", t!("turn-on"), props.on_active.reform(|_| true)) }
            { button("bulk-off", "dash", t!("turn-off"), props.on_active.reform(|_| false)) }
            { button("bulk-export", "download", t!("bulk-export"), props.on_export.reform(|_| ())) }
            { button("bulk-delete", "trash", t!("delete"), props.on_delete.reform(|_| ())) }
            <button type="button" class="ib" data-action="bulk-clear" aria-label={clear.clone()} title={clear}
                onclick={props.on_clear.reform(|_: MouseEvent| ())}>{ icon("x") }</button>
        </div>
    }
}
