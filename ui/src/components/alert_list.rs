//! What budgets told lately, the newest first.

use model::budgets::{AlertLevel, AlertView};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{classed, icon},
    state::budgets::told,
    t,
};

/// The card.
pub fn alert_list(alerts: &[AlertView], on_seen: &Callback<()>) -> Html {
    let unseen = alerts.iter().filter(|alert| !alert.seen).count();
    html! {
        <section class="card" id="alerts">
            <div class="card-h line"><h2>{ t!("alerts") }</h2><span class="sub">{ t!("alerts-sub") }</span>
                if unseen > 0 {
                    <button type="button" class="btn sm push" id="see-alerts" onclick={on_seen.reform(|_: MouseEvent| ())}>
                        { icon("check") }<span>{ t!("mark-seen", count = unseen) }</span></button>
                }
            </div>
            if alerts.is_empty() {
                <p class="card-b t3">{ t!("no-alerts") }</p>
            } else {
                <ul class="tl">{ for alerts.iter().map(line) }</ul>
            }
        </section>
    }
}

fn line(alert: &AlertView) -> Html {
    let sign = match alert.level {
        AlertLevel::All => classed("xc", "ic danger-t"),
        AlertLevel::Half => classed("info", "ic"),
        AlertLevel::MostOfIt | AlertLevel::Forecast | AlertLevel::NearlyAll => classed("alert", "ic warn-t"),
    };
    let (what, of) = told(alert);
    html! {
        <li key={alert.id.to_string()} data-alert-level={alert.level.as_str()}>
            <time>{ browser::clock_of(alert.at) }</time>{ sign }
            <div><b dir="auto">{ what }</b><p dir="auto">{ of }</p></div>
            if !alert.seen { <span class="badge acc">{ t!("new-alert") }</span> } else { <span class="t3 sm">{ t!("seen-alert") }</span> }
        </li>
    }
}
