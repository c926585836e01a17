//! Models that would have served tasks for less, with what speaks against each and how to try it.

use model::insights::{Cheaper, Suggestion};
use yew::prelude::*;

use crate::{
    components::icon::{icon, tile},
    state::insights::cheaper::{against, basis, first, title, trial},
    t,
};

/// The card. A click on a model's button says which one of which suggestion.
pub fn cheaper_list(suggestions: &[Suggestion], on_try: &Callback<(Suggestion, Cheaper)>) -> Html {
    let most = suggestions.iter().fold(model::PicoUsd(0), |sum, one| sum.plus(one.most_saved()));
    let sub = t!("cheaper-sub", count = suggestions.len(), saved = most.display());
    html! {
        <section class="card" id="cheaper">
            <div class="card-h line"><h2>{ t!("cheaper") }</h2>
                if !suggestions.is_empty() { <span class="sub">{ sub }</span> }
            </div>
            if suggestions.is_empty() {
                <p class="card-b t3">{ t!("no-cheaper") }</p>
            } else {
                <ul class="sg">{ for suggestions.iter().flat_map(|one| lines(one, on_try)) }</ul>
                <p class="sg-f t3">{ t!("cheaper-note") }</p>
            }
        </section>
    }
}

fn lines(suggestion: &Suggestion, on_try: &Callback<(Suggestion, Cheaper)>) -> Vec<Html> {
    suggestion.cheaper.iter().map(|cheaper| line(suggestion, cheaper, on_try)).collect()
}

fn line(suggestion: &Suggestion, cheaper: &Cheaper, on_try: &Callback<(Suggestion, Cheaper)>) -> Html {
    let onclick = {
        let (on_try, both) = (on_try.clone(), (suggestion.clone(), cheaper.clone()));
        move |_: MouseEvent| on_try.emit(both.clone())
    };
    let (word, name) = (trial(&cheaper.trial), title(suggestion, cheaper));
    let label = format!("{word}: {name}");
    html! {
        <li data-task={suggestion.task.to_string()} data-model={cheaper.model.clone()}>
            { tile(cheaper.provider_type, "") }
            <div class="sg-t">
                <b dir="auto">{ name }</b>
                <p dir="auto">{ basis(suggestion, cheaper) }</p>
                <p dir="auto">{ against(cheaper) }</p>
                if let Some(first) = first(&cheaper.trial) { <p dir="auto">{ first }</p> }
            </div>
            <div class="sg-n"><b class="num">{ suggestion.saved(cheaper).display() }</b><span>{ t!("cheaper-saved") }</span></div>
            <button type="button" class="btn sm" aria-label={label} {onclick}>{ icon("columns") }<span>{ word }</span></button>
        </li>
    }
}
