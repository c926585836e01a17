//! The table of how every provider is, and the strip of its last 24 hours.

use model::{
    ProviderId,
    health::{BreakerState, HealthSlot, HealthState, HealthView, ProviderHealth},
    text,
};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{icon, tile},
    state::{
        health::{Slot, breaker_word, error_rate, stands_out, strip_label, uptime, word},
        heard::heard,
    },
    t,
};

/// Pixels from one half hour to the next.
const STEP: usize = 4;

/// The table.
pub struct HealthTableProps<'a> {
    /// How everyone is.
    pub view: &'a HealthView,
    /// The row that Tab reaches; the first if it is none of these.
    pub focused: Option<ProviderId>,
    /// A row has the focus.
    pub on_focus: Callback<ProviderId>,
}

/// The table.
pub fn health_table(props: &HealthTableProps) -> Html {
    let providers = &props.view.providers;
    let focused = props.focused.filter(|id| providers.iter().any(|provider| provider.id == *id));
    let reachable = focused.or_else(|| providers.first().map(|provider| provider.id));
    let line = |provider: &ProviderHealth| row(provider, reachable == Some(provider.id), &props.on_focus);
    html! {
        <section class="card scroll-x">
            <table class="tbl mid hl" aria-label={t!("health")}>
                <thead>{ head() }</thead>
                <tbody>{ for providers.iter().map(line) }</tbody>
            </table>
        </section>
    }
}

fn head() -> Html {
    let number = |word: String| html! { <th class="n" scope="col">{ word }</th> };
    html! {
        <tr>
            <th scope="col">{ t!("column-provider") }</th>
            <th scope="col">{ t!("column-status") }</th>
            <th scope="col" class="w-strip">{ t!("column-day") }</th>
            { number(t!("column-up")) }{ number(t!("column-errors-hour")) }{ number(t!("column-errors-day")) }
            { number("p50".to_owned()) }{ number("p95".to_owned()) }
            <th scope="col">{ t!("column-breaker") }</th>
        </tr>
    }
}

fn row(provider: &ProviderHealth, reachable: bool, on_focus: &Callback<ProviderId>) -> Html {
    let id = provider.id;
    let tone = |slot: &HealthSlot| (provider.is_active && stands_out(slot)).then_some("warn-t");
    html! {
        <tr key={id.to_string()} data-provider-id={id.to_string()} tabindex={if reachable { "0" } else { "-1" }}
            class={classes!((!provider.is_active).then_some("off"))} onfocusin={on_focus.reform(move |_: FocusEvent| id)}>
            <td>
                <div class="pn">{ tile(provider.provider_type, "") }
                    <div class="pn-t"><b dir="auto">{ &provider.display_name }</b><span class="mono">{ &provider.model_name }</span></div></div>
            </td>
            <td>{ state(provider) }</td>
            <td class="w-strip">{ strip(provider) }</td>
            { figure(uptime(provider), None) }
            { figure(error_rate(&provider.hour), tone(&provider.hour)) }
            { figure(error_rate(&provider.day), None) }
            { figure(provider.p50_ms.map(text::latency), None) }
            { figure(provider.p95_ms.map(text::latency), None) }
            <td>{ breaker(&provider.breaker) }</td>
        </tr>
    }
}

fn figure(value: Option<String>, tone: Option<&'static str>) -> Html {
    match value {
        Some(value) => html! { <td class={classes!("n", tone)}>{ value }</td> },
        None => {
            html! { <td class="n t3"><span aria-hidden="true">{ t!("no-figure") }</span><span class="vh">{ t!("no-data") }</span></td> }
        }
    }
}

fn state(provider: &ProviderHealth) -> Html {
    let (tone, sign) = match provider.state {
        HealthState::Up => ("ok", "okc"),
        HealthState::Degraded => ("warn", "alert"),
        HealthState::Down => ("danger", "xc"),
        HealthState::Unknown => ("off", "dash"),
    };
    let reason = (!provider.reason.is_empty()).then(|| heard(&provider.reason));
    html! { <span class={classes!("st", tone)} title={reason}>{ icon(sign) }{ word(provider) }</span> }
}

fn strip(provider: &ProviderHealth) -> Html {
    let bar = |(place, slot): (usize, &HealthSlot)| {
        let class = match Slot::of(slot) {
            Slot::Unknown => "no",
            Slot::Up => "up",
            Slot::Degraded => "deg",
            Slot::Down => "down",
        };
        html! { <rect {class} x={(place * STEP).to_string()} width="3" height="18" rx="1" /> }
    };
    let width = (provider.slots.len() * STEP).to_string();
    html! {
        <svg class="strip" width={width.clone()} height="18" viewBox={format!("0 0 {width} 18")} preserveAspectRatio="none" role="img" aria-label={strip_label(provider)}>
            { for provider.slots.iter().enumerate().map(bar) }
        </svg>
    }
}

/// A switch in a line: shut, ajar or open.
fn breaker(breaker: &BreakerState) -> Html {
    let (arm, hint) = match breaker {
        BreakerState::Closed => ("M6 6h10", None),
        BreakerState::HalfOpen => ("M6 6l9-3", None),
        BreakerState::Open { until } => {
            ("M6 6l7-5", Some(t!("breaker-until", time = browser::clock_within(*until))))
        }
        BreakerState::CannotProbe => ("M6 6l7-5", Some(t!("breaker-cannot-probe-hint"))),
    };
    html! {
        <span class="brk" title={hint}>
            <svg viewBox="0 0 22 12" aria-hidden="true"><path d={format!("M1 6h5M16 6h5{arm}")} /><circle cx="6" cy="6" r="1.600" /><circle cx="16" cy="6" r="1.600" /></svg>
            { breaker_word(breaker) }
        </span>
    }
}
