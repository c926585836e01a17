//! The configurations of a file from another vault: what each is, what it collides with, and what becomes of it.

use model::share::{SharedChoice, SharedEntry, SharedPreview};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

use crate::{browser, state::sharing::choices_of, t};

/// The table. A choice is told by its place.
pub fn shared_entries(
    seen: &SharedPreview,
    choices: &[SharedChoice],
    on_choice: &Callback<(usize, SharedChoice)>,
) -> Html {
    let rows = seen.entries.iter().zip(choices).enumerate();
    html! {
        <>
            <p class="hint">{ t!("share-made", time = browser::clock_within(seen.made_at)) }</p>
            <div class="scrolls" tabindex="0" role="region" aria-label={t!("share-entries")}>
                <table class="tbl" id="shared-entries">
                    <thead><tr><th scope="col">{ t!("share-configuration") }</th><th scope="col">{ t!("share-becomes") }</th></tr></thead>
                    <tbody>{ for rows.map(|(place, (entry, choice))| row(place, entry, *choice, on_choice)) }</tbody>
                </table>
            </div>
        </>
    }
}

fn row(
    place: usize,
    entry: &SharedEntry,
    choice: SharedChoice,
    on_choice: &Callback<(usize, SharedChoice)>,
) -> Html {
    let options = choices_of(entry);
    let onchange = {
        let (options, on_choice) = (options.clone(), on_choice.clone());
        move |event: Event| {
            let field = event.target_dyn_into::<HtmlSelectElement>();
            let chosen = field.and_then(|field| usize::try_from(field.selected_index()).ok());
            if let Some(chosen) = chosen.and_then(|chosen| options.get(chosen)) {
                on_choice.emit((place, *chosen));
            }
        }
    };
    let told = match &entry.same {
        None => String::new(),
        Some(same) if same.by_id => t!("share-same-id", name = same.display_name.as_str()),
        Some(same) => t!("share-same-name", name = same.display_name.as_str()),
    };
    let state = match (entry.is_active, entry.has_key) {
        (true, true) => t!("share-on"),
        (false, true) => t!("share-off"),
        (true, false) => t!("share-on-keyless"),
        (false, false) => t!("share-off-keyless"),
    };
    html! {
        <tr key={place} data-entry={entry.display_name.clone()}>
            <th scope="row" class="wraps">
                <span class="clip" dir="auto" title={entry.display_name.clone()}>{ &entry.display_name }</span>
                <div class="t3">{ entry.provider_type.label() }{ " " }{ &entry.model_name }</div>
                <div class="t3 mono">{ &entry.base_url }</div>
            </th>
            <td class="wraps">
                <select class="inp" aria-label={t!("share-becomes-of", name = entry.display_name.as_str())} {onchange}>
                    { for options.iter().map(|option| html! { <option selected={*option == choice}>{ word(*option, entry) }</option> }) }
                </select>
                <div class="t3">{ state }{ " " }{ told }</div>
            </td>
        </tr>
    }
}

fn word(choice: SharedChoice, entry: &SharedEntry) -> String {
    match (choice, &entry.same) {
        (SharedChoice::Add, _) => t!("share-add"),
        (SharedChoice::Copy, Some(same)) => t!("share-copy", name = same.copy_name.as_str()),
        (SharedChoice::ReplaceKey(_), Some(same)) => t!("share-replace", name = same.display_name.as_str()),
        (SharedChoice::Skip | SharedChoice::Copy | SharedChoice::ReplaceKey(_), _) => t!("share-skip"),
    }
}
