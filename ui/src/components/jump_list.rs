//! Jumps of usage that were told, the newest first, and whether they are looked for.

use model::insights::{JumpView, Jumps};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{classed, icon},
    state::insights::jumps::{causes, numbers, title, watching},
    t,
};

/// The card.
pub fn jump_list(jumps: &Jumps, on_seen: &Callback<()>, on_calls: &Callback<JumpView>) -> Html {
    let unseen = jumps.told.iter().filter(|jump| !jump.is_seen).count();
    html! {
        <section class="card" id="jumps">
            <div class="card-h line"><h2>{ t!("jumps") }</h2><span class="sub">{ watching(jumps) }</span>
                if unseen > 0 {
                    <button type="button" class="btn sm push" id="see-jumps" onclick={on_seen.reform(|_: MouseEvent| ())}>
                        { icon("check") }<span>{ t!("mark-seen", count = unseen) }</span></button>
                }
            </div>
            if jumps.told.is_empty() {
                <p class="card-b t3">{ t!("no-jumps") }</p>
            } else {
                <ul class="tl">{ for jumps.told.iter().map(|jump| line(jump, on_calls)) }</ul>
            }
        </section>
    }
}

fn line(jump: &JumpView, on_calls: &Callback<JumpView>) -> Html {
    let sign = if jump.ended_at.is_none() { classed("alert", "ic warn-t") } else { classed("info", "ic") };
    let began = browser::clock_within(jump.began_at);
    let time = match jump.ended_at {
        None => t!("jump-since", began = began),
        Some(ended) => t!("jump-over", began = began, ended = browser::clock_within(ended)),
    };
    let onclick = {
        let jump = jump.clone();
        on_calls.reform(move |_: MouseEvent| jump.clone())
    };
    let label = format!("{}: {}", t!("jump-calls-behind"), title(jump));
    html! {
        <li key={jump.id.to_string()} data-jump={jump.measure.as_str()}>
            <time>{ browser::clock_of(jump.told_at) }</time>{ sign }
            <div>
                <b dir="auto">{ title(jump) }</b>
                <p dir="auto">{ format!("{} {time}", numbers(jump)) }</p>
                if let Some(who) = causes(&jump.causes) { <p dir="auto">{ who }</p> }
                <button type="button" class="btn link sm" data-act="calls" aria-label={label} {onclick}>{ t!("jump-calls-behind") }</button>
            </div>
            if jump.is_seen { <span class="t3 sm">{ t!("seen-alert") }</span> } else { <span class="badge acc">{ t!("new-alert") }</span> }
        </li>
    }
}
