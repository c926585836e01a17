//! The list without rows: nothing configured yet, nothing that matches, or nothing that could be read.

use model::{Failure, ProviderType};
use yew::prelude::*;

use crate::{
    components::icon::{icon, tile},
    state::toast::sentence_case,
    t,
};

/// Nothing is configured yet: what a provider is, and a way to each type.
pub fn nothing_yet(on_add: &Callback<ProviderType>) -> Html {
    let pick = |kind: ProviderType| {
        let onclick = on_add.reform(move |_: MouseEvent| kind);
        html! {
            <button type="button" class="pick-i" data-add={kind.as_str()} {onclick}>
                { tile(kind, "l") }<span><b>{ kind.label() }</b><small>{ origin(kind) }</small></span>{ icon("right") }
            </button>
        }
    };
    html! {
        <div class="empty" id="empty-list">
            <div class="empty-c">
                <div class="empty-tiles">{ for ProviderType::ALL.map(|kind| tile(kind, "l")) }</div>
                <h2>{ t!("empty-title") }</h2>
                <p>{ t!("empty-text") }</p>
                <div class="pick">{ for ProviderType::ALL.map(pick) }</div>
            </div>
        </div>
    }
}

fn origin(kind: ProviderType) -> String {
    match kind {
        ProviderType::Gemini => t!("origin-gemini"),
        ProviderType::OpenAi => t!("origin-openai"),
        ProviderType::Claude => t!("origin-claude"),
        ProviderType::OpenAiCompatible => t!("origin-compatible"),
    }
}

/// Nothing matches the search and filters.
pub fn no_match(on_clear: &Callback<()>) -> Html {
    html! {
        <div class="card none" id="no-match">
            <p><b>{ t!("no-match-title") }</b></p>
            <p class="t3">{ t!("no-match-text") }</p>
            <button type="button" class="btn sm" onclick={on_clear.reform(|_: MouseEvent| ())}>{ t!("clear-filters") }</button>
        </div>
    }
}

/// The list could not be read.
pub fn not_read(failure: &Failure, on_retry: &Callback<()>) -> Html {
    html! {
        <div class="card none" id="list-failed">
            <div class="note danger" role="alert">
                { icon("alert") }
                <div><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
            </div>
            <button type="button" class="btn sm" id="retry-list" onclick={on_retry.reform(|_: MouseEvent| ())}>
                { icon("sync") }<span>{ t!("try-again") }</span>
            </button>
        </div>
    }
}
