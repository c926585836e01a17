//! What the dialog of a key shows: how old it is, where it is used, the one before, and what a test found.

use model::{
    ProviderView, TestReport,
    keys::{KeptKeyView, KeyUse, KeyView},
};
use yew::prelude::*;

use crate::{browser, components::icon::icon, state::heard::heard, t};

/// One sentence about the key in force.
pub fn lede(view: &KeyView) -> String {
    match (view.entered_at, view.last_four.as_deref()) {
        (None, _) => t!("key-missing"),
        (Some(at), Some(last)) => t!("key-ends", last = last, day = browser::date_of(at)),
        (Some(at), None) => t!("key-entered-on", day = browser::date_of(at)),
    }
}

/// How old it is, and whether that is too old.
pub fn age(view: &KeyView) -> Html {
    let old = view.settings.remind_days.filter(|_| view.is_old);
    html! {
        if view.entered_at.is_some() {
            <div class="row" id="key-age">
                <span class="badge">{ t!("key-days", count = view.age_days) }</span>
                if let Some(days) = old { <span class="badge warn">{ t!("key-older", days = days) }</span> }
            </div>
        }
    }
}

/// Where it is used.
pub fn facts(used: &KeyUse) -> Html {
    let fact = |name: String, text: String| html! { <><dt>{ name }</dt><dd dir="auto">{ text }</dd></> };
    let gateway = match &used.gateway_token {
        Some(last) if used.is_active => t!("key-gateway-token", last = last.as_str()),
        _ => t!("key-gateway-off"),
    };
    let last_call = used.last_call.map_or_else(|| t!("key-no-call"), browser::clock_of);
    html! {
        <dl class="key-facts" id="key-facts">
            { fact(t!("key-used-for"), used_for(used)) }{ fact(t!("key-gateway"), gateway) }{ fact(t!("key-last-call"), last_call) }
        </dl>
    }
}

fn used_for(used: &KeyUse) -> String {
    if !used.is_active {
        return t!("key-used-off");
    }
    let place = |(task, place): &(model::TaskName, u32)| match place {
        1 => t!("key-used-first", task = task.as_str()),
        place => t!("key-used-chain", task = task.as_str(), place = *place),
    };
    let mut parts: Vec<String> = used.tasks.iter().map(place).collect();
    parts.extend(used.is_default.then(|| t!("key-used-default")));
    if parts.is_empty() { t!("key-used-nothing") } else { parts.join(", ") }
}

/// What can be done with the key from before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptDeed {
    /// Put it in force again.
    GoBack,
    /// Ask whether it is to be destroyed, or not any more.
    Ask(bool),
    /// Destroy it.
    Destroy,
}

/// The key from before, and what can be done with it.
pub fn kept(kept: &KeptKeyView, busy: bool, asks: bool, on_deed: &Callback<KeptDeed>) -> Html {
    let title = match kept.last_four.as_deref() {
        Some(last) => t!("key-before", last = last),
        None => t!("key-before-short"),
    };
    let button = |id: &'static str, class: &'static str, word: String, deed: KeptDeed, disabled: bool| {
        let onclick = on_deed.reform(move |_: MouseEvent| deed);
        html! { <button type="button" {id} {class} {disabled} {onclick}><span>{ word }</span></button> }
    };
    let elsewhere = kept.other_base_url.as_deref();
    html! {
        <div class={classes!("note", elsewhere.map(|_| "warn"))} id="kept-key">
            { icon("clock") }
            <div>
                <p><b>{ title }</b>{ " " }{ t!("key-kept-until", when = browser::clock_within(kept.until)) }</p>
                if let Some(url) = elsewhere { <p>{ t!("key-other-url", url = url) }</p> }
                if asks {
                    <p role="alert">{ t!("key-destroy-asked") }</p>
                    <div class="acts-l">
                        { button("keep-kept", "btn sm", t!("key-destroy-keep"), KeptDeed::Ask(false), busy) }
                        { button("confirm-destroy", "btn sm danger", t!("key-destroy-confirm"), KeptDeed::Destroy, busy) }
                    </div>
                } else {
                    <div class="acts-l">
                        { button("go-back", "btn sm", t!("key-go-back"), KeptDeed::GoBack, busy || elsewhere.is_some()) }
                        { button("destroy-kept", "btn sm", t!("key-destroy"), KeptDeed::Ask(true), busy) }
                    </div>
                }
            </div>
        </div>
    }
}

/// A test that failed: what happened, and what to do.
pub fn refused(test: &TestReport, provider: &ProviderView, on_untested: Option<Callback<()>>) -> Html {
    let title = t!("key-refused-title", outcome = heard(test.outcome.label()));
    html! {
        <div class="note danger" role="alert" id="key-refused" data-provider={provider.id.to_string()}>
            { icon("xc") }
            <div>
                <p><b>{ title }</b>{ " " }<span dir="auto">{ heard(&test.message) }</span>{ " " }<span dir="auto">{ heard(&test.advice) }</span></p>
                if let Some(go) = on_untested {
                    <div class="acts-l">
                        <button type="button" class="btn sm" id="go-back-untested" onclick={go.reform(|_: MouseEvent| ())}><span>{ t!("key-go-back-untested") }</span></button>
                    </div>
                }
            </div>
        </div>
    }
}
