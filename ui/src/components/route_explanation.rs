//! What is open below a chain to explain it: the rule, and each candidate with its sentence.

use model::routing::{Candidate, Explanation, Verdict};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{classed, icon, tile},
    state::routing::{Routing, words},
    t,
};

/// The panel; `changed` when the route on the page is not the one that was asked about.
pub fn route_explanation(routing: &Routing, explanation: Option<&Explanation>, changed: bool) -> Html {
    let Some(explanation) = explanation else {
        return html! { <p class="chain-x sm t3 late" role="status">{ t!("explaining") }</p> };
    };
    let line = |candidate: &Candidate| line(routing, candidate);
    html! {
        <div class="chain-x" role="region" aria-live="polite">
            <p class="sm"><b>{ words::rule(explanation.rule) }</b>
                if changed { <span class="t3">{ " " }{ t!("explains-saved") }</span> }</p>
            <ol class="why">{ for explanation.candidates.iter().map(line) }</ol>
        </div>
    }
}

fn line(routing: &Routing, candidate: &Candidate) -> Html {
    let Some(member) = routing.member(candidate.provider) else { return Html::default() };
    let sign = match candidate.verdict {
        Verdict::Chosen => classed("okc", "ic s ok-t"),
        Verdict::Next => classed("dash", "ic s"),
        _ => classed("xc", "ic s"),
    };
    let cost = candidate.cost_at_most.map(|cost| t!("at-most", cost = cost.display()));
    html! {
        <li>
            { sign }{ tile(member.provider_type, "s") }<b dir="auto">{ &member.display_name }</b>
            <span class="grow">{ words::verdict(candidate, browser::clock_within) }</span>
            <span class="num t3">{ cost.unwrap_or_default() }</span>
        </li>
    }
}

/// The routes could not be saved, and why.
pub fn not_saved(failure: &model::Failure, acts: Html) -> Html {
    html! {
        <div class="note danger" role="alert" id="routes-refused">
            { icon("alert") }
            <div class="grow"><p><b>{ crate::state::toast::sentence_case(&failure.message) }{ "." }</b>{ " " }{ failure.advice.clone() }</p></div>
            { acts }
        </div>
    }
}
