//! The list without rows: nothing configured yet, nothing that matches, or nothing that could be read.

use model::{Failure, ProviderType, set_up::SetUp};
use yew::prelude::*;

use crate::{
    components::icon::{icon, tile},
    state::{set_up, toast::sentence_case},
    t,
};

/// A way out of an empty list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// By a key alone.
    First,
    /// From an example.
    SetUp(SetUp),
    /// By the form of a type.
    Add(ProviderType),
}

/// Nothing is configured yet: what a provider is, the short way to the first one, the examples, and a way to each type.
pub fn nothing_yet(on_way: &Callback<Way>) -> Html {
    let first = on_way.reform(|_: MouseEvent| Way::First);
    let example = |one: SetUp| {
        let onclick = on_way.reform(move |_: MouseEvent| Way::SetUp(one));
        html! {
            <button type="button" class="pick-i" data-set-up={one.as_str()} {onclick}>
                <span class="tile l">{ icon("stack") }</span><span><b>{ set_up::title(one) }</b><small>{ set_up::lede(one) }</small></span>{ icon("right") }
            </button>
        }
    };
    let pick = |kind: ProviderType| {
        let onclick = on_way.reform(move |_: MouseEvent| Way::Add(kind));
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
                <div class="pick one">
                    <button type="button" class="pick-i" id="first-provider" onclick={first}>
                        <span class="tile acc l">{ icon("lock") }</span><span><b>{ t!("empty-first") }</b><small>{ t!("empty-first-text") }</small></span>{ icon("right") }
                    </button>
                </div>
                <p class="ways sm">{ t!("empty-set-ups") }</p>
                <div class="pick one">{ for SetUp::ALL.map(example) }</div>
                <p class="ways sm">{ t!("empty-types") }</p>
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
