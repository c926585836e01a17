//! What was wrong in the last seven days, and what can be done about what still is.

use model::{
    ProviderId, Timestamp,
    health::{HealthState, Incident},
};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{classed, icon},
    state::health::{incident_detail, incident_title},
    t,
};

/// What can be asked about an incident's provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IncidentDeed {
    /// Test it.
    Test,
    /// Open it.
    Edit,
}

/// The card.
pub fn incident_list(
    incidents: &[Incident],
    now: Timestamp,
    known: impl Fn(ProviderId) -> bool,
    on_deed: &Callback<(ProviderId, IncidentDeed)>,
) -> Html {
    let line = |incident: &Incident| line(incident, now, known(incident.provider), on_deed);
    html! {
        <section class="card" id="incidents">
            <div class="card-h line"><h2>{ t!("incidents") }</h2><span class="sub">{ t!("incidents-range") }</span></div>
            if incidents.is_empty() {
                <p class="card-b t3">{ t!("no-incidents") }</p>
            } else {
                <ul class="tl">{ for incidents.iter().map(line) }</ul>
            }
        </section>
    }
}

fn line(
    incident: &Incident,
    now: Timestamp,
    known: bool,
    on_deed: &Callback<(ProviderId, IncidentDeed)>,
) -> Html {
    let sign = match (incident.ended_at, incident.state) {
        (Some(_), _) => classed("okc", "ic ok-t"),
        (None, HealthState::Down) => classed("xc", "ic danger-t"),
        (None, _) => classed("alert", "ic warn-t"),
    };
    html! {
        <li key={incident.id.to_string()}>
            <time>{ browser::clock_of(incident.started_at) }</time>{ sign }
            <div><b dir="auto">{ incident_title(incident, now) }</b><p dir="auto">{ incident_detail(incident) }</p></div>
            { acts(incident, known, on_deed) }
        </li>
    }
}

fn acts(incident: &Incident, known: bool, on_deed: &Callback<(ProviderId, IncidentDeed)>) -> Html {
    if incident.ended_at.is_some() {
        return html! { <span class="t3 sm">{ t!("resolved") }</span> };
    }
    // What is slow is asked again; what is down usually needs a new key or address first.
    let (deed, sign, word) = match incident.state {
        HealthState::Down => (IncidentDeed::Edit, "edit", t!("edit")),
        _ => (IncidentDeed::Test, "bolt", t!("test-now")),
    };
    let provider = incident.provider;
    let onclick = on_deed.reform(move |_: MouseEvent| (provider, deed));
    html! {
        if known { <button type="button" class="btn sm" {onclick}>{ icon(sign) }<span>{ word }</span></button> }
    }
}
