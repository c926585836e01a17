//! The table of how every provider is, and the strip of its last 24 hours.

use std::rc::Rc;

use model::{
    ProviderId,
    health::{BreakerState, HealthSlot, HealthState, HealthView, ProviderHealth},
    text,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        icon::{icon, tile},
        long_rows::LongRows,
    },
    state::{
        health::{Slot, breaker_word, error_rate, stands_out, strip_label, uptime, word},
        heard::heard,
    },
    t,
};

/// Pixels from one half hour to the next.
const STEP: usize = 4;
/// A bar of 3 by 18 pixels with round corners, from its left edge.
const BAR: &str = "1a1 1 0 0 1 1-1h1a1 1 0 0 1 1 1v16a1 1 0 0 1-1 1h-1a1 1 0 0 1-1-1z";

/// The table.
#[derive(Properties, PartialEq)]
pub struct HealthTableProps {
    /// How everyone is.
    pub view: Rc<HealthView>,
    /// The row that Tab reaches; the first if it is none of these.
    pub focused: Option<ProviderId>,
    /// A row has the focus.
    pub on_focus: Callback<ProviderId>,
}

/// A provider, and whether Tab reaches its row.
type Line = (ProviderHealth, bool);

/// The table.
#[component]
pub fn HealthTable(props: &HealthTableProps) -> Html {
    let providers = &props.view.providers;
    let focused = props.focused.filter(|id| providers.iter().any(|provider| provider.id == *id));
    let reachable = focused.or_else(|| providers.first().map(|provider| provider.id));
    let line = |provider: &ProviderHealth| (provider.clone(), reachable == Some(provider.id));
    let rows: Rc<[Line]> = providers.iter().map(line).collect();
    let draw = use_callback(props.on_focus.clone(), |(provider, reachable): Line, on_focus| {
        row(&provider, reachable, on_focus)
    });
    html! {
        <section class="card scroll-x">
            <table class="tbl mid hl" aria-label={t!("health")}>
                <thead>{ head() }</thead>
                <tbody><LongRows<Line> {rows} {draw} /></tbody>
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

/// One path for each kind of half hour: a table of many providers has few shapes.
fn strip(provider: &ProviderHealth) -> Html {
    let slots: Vec<Slot> = provider.slots.iter().map(Slot::of).collect();
    let bars = |(kind, class): (Slot, &'static str)| {
        let places = slots.iter().enumerate().filter(|(_, slot)| **slot == kind);
        let path: String = places.map(|(place, _)| format!("M{} {BAR}", place * STEP)).collect();
        (!path.is_empty()).then(|| html! { <path {class} d={path} /> })
    };
    let kinds = [(Slot::Unknown, "no"), (Slot::Up, "up"), (Slot::Degraded, "deg"), (Slot::Down, "down")];
    let width = (slots.len() * STEP).to_string();
    html! {
        <svg class="strip" width={width.clone()} height="18" viewBox={format!("0 0 {width} 18")} preserveAspectRatio="none" role="img" aria-label={strip_label(provider)}>
            { for kinds.into_iter().filter_map(bars) }
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
