//! What the judgement of a new password looks like: bars, a word, the rules, and what to do better.

use model::vault::{PasswordJudgement, PasswordRule};
use yew::prelude::*;

use crate::{
    components::icon::icon,
    state::{heard::heard, password::NewPassword},
    t,
};

/// Bars, word, rules and advice for what was typed; empty bars before anything was.
pub fn strength_meter(entry: &NewPassword) -> Html {
    let judgement = entry.judgement.as_ref();
    let bars = judgement.map_or(0, |judgement| judgement.bars);
    let tone = match bars {
        0 | 1 => "low",
        2 => "middle",
        _ => "",
    };
    html! {
        <>
            <div class={classes!("pw", tone)} aria-hidden="true">
                { for (0..4).map(|bar| html! { <i class={classes!((bar < bars).then_some("on"))}></i> }) }
            </div>
            <div id="password-judgement" role="status">{ judgement.map_or_else(hint, verdict) }</div>
            { judgement.map(|judgement| rules(&judgement.rules)).unwrap_or_default() }
        </>
    }
}

fn hint() -> Html {
    html! { <p class="hint">{ t!("password-hint") }</p> }
}

fn verdict(judgement: &PasswordJudgement) -> Html {
    let tone = if judgement.acceptable { "ok-t" } else { "warn-t" };
    html! {
        <>
            <div class="row between sm">
                <span class={tone}><b>{ heard(&format!("{}.", judgement.word)) }</b></span>
                { estimate(judgement) }
            </div>
            { for judgement.advice.iter().map(|advice| html! { <p class="hint">{ heard(advice) }</p> }) }
        </>
    }
}

fn rules(rules: &[PasswordRule]) -> Html {
    let rule = |rule: &PasswordRule| {
        let (name, said) = if rule.holds { ("check", t!("rule-holds")) } else { ("dash", t!("rule-fails")) };
        html! {
            <li class={classes!((!rule.holds).then_some("no"))}>
                { icon(name) }<span>{ heard(&rule.text) }<span class="vh">{ format!(" {said}") }</span></span>
            </li>
        }
    };
    html! { <ul class="reqs">{ for rules.iter().map(rule) }</ul> }
}

/// Nothing where nothing was estimated: a password that is too short is not guessed, it is refused.
fn estimate(judgement: &PasswordJudgement) -> Html {
    if judgement.time_to_guess.is_empty() {
        return Html::default();
    }
    html! { <span class="t3">{ t!("time-to-guess", time = heard(&judgement.time_to_guess)) }</span> }
}
