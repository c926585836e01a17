//! The credential test in the drawer: not yet, running, passed, failed; what happened and what to do.

use gloo_timers::callback::Interval;
use model::{ProviderType, TestOutcome, TestReport, text};
use yew::prelude::*;

use crate::{
    browser,
    components::icon::{classed, icon, small_icon},
    state::{
        form::{Busy, KeyUsed, Test},
        heard::heard,
    },
    t,
};

/// What is known of the credentials.
pub struct TestRegionProps {
    /// What is known.
    pub test: Test,
    /// What the form waits for.
    pub busy: Option<Busy>,
    /// Whose console the advice may point to.
    pub provider_type: ProviderType,
    /// Test what is in the form.
    pub on_test: Callback<()>,
    /// Stop waiting.
    pub on_cancel: Callback<u64>,
    /// Show the vendor's page for keys.
    pub on_console: Callback<ProviderType>,
    /// Put the details on the clipboard.
    pub on_copy: Callback<String>,
}

/// The test and its result.
pub fn test_region(props: &TestRegionProps) -> Html {
    let (tone, outcome, body) = match (&props.busy, &props.test) {
        (Some(busy), _) => ("", Some("running".to_owned()), running(*busy, &props.on_cancel)),
        (None, Test::None) => ("", None, idle(&props.on_test)),
        (None, Test::Of(report, key)) => shown(props, report, tested(*key, report)),
    };
    html! {
        <div class={classes!("test", tone)} id="test-result" role="region" aria-live="polite" aria-label={t!("credential-test")} data-outcome={outcome}>
            { body }
        </div>
    }
}

fn tested(key: KeyUsed, report: &TestReport) -> String {
    let age = browser::age_of(report.tested_at);
    match key {
        KeyUsed::Typed => t!("tested-typed", age = age),
        KeyUsed::Stored => t!("tested-saved", age = age),
        KeyUsed::None => t!("tested-keyless", age = age),
    }
}

fn idle(on_test: &Callback<()>) -> Html {
    html! {
        <div class="test-h">
            <span class="st off"><b class="row">{ classed("dash", "ic big") }{ t!("not-tested") }</b></span>
            <span class="t3 sm">{ t!("not-tested-hint") }</span><span class="push"></span>
            { test_button(t!("test"), on_test) }
        </div>
    }
}

fn test_button(label: String, on_test: &Callback<()>) -> Html {
    html! {
        <button type="button" class="btn sm" id="test-draft" onclick={on_test.reform(|_: MouseEvent| ())}>
            { small_icon("bolt") }<span>{ label }</span>
        </button>
    }
}

fn running(busy: Busy, on_cancel: &Callback<u64>) -> Html {
    let (Busy::Testing(run) | Busy::Saving(run)) = busy;
    let title = if matches!(busy, Busy::Testing(_)) { t!("testing") } else { t!("testing-before-saving") };
    html! {
        <div class="test-h">
            <span class="st"><b class="row"><span class="spin" aria-hidden="true"></span>{ title }</b></span>
            <Seconds key={run} /><span class="push"></span>
            <button type="button" class="btn sm" id="cancel-test" onclick={on_cancel.reform(move |_: MouseEvent| run)}>
                { small_icon("stop") }<span>{ t!("cancel") }</span>
            </button>
        </div>
    }
}

/// Seconds since it appeared. Not announced: a screen reader would count aloud.
#[component]
fn Seconds() -> Html {
    let seconds = use_state(|| 0u32);
    use_effect_with((), {
        let seconds = seconds.clone();
        move |()| {
            let start = browser::steady_ms();
            let clock =
                Interval::new(250, move || seconds.set(((browser::steady_ms() - start) / 1000.0) as u32));
            move || drop(clock)
        }
    });
    html! { <span class="t3 sm num" aria-hidden="true">{ t!("seconds", count = *seconds) }</span> }
}

fn shown(
    props: &TestRegionProps,
    report: &TestReport,
    tested: String,
) -> (&'static str, Option<String>, Html) {
    let name = serde_json::to_string(&report.outcome).ok().map(|name| name.trim_matches('"').to_owned());
    if report.outcome.is_valid() {
        ("okb", name, passed(props, report, tested))
    } else {
        ("bad", name, failed(props, report))
    }
}

fn heading(
    props: &TestRegionProps,
    tone: &'static str,
    sign: &str,
    report: &TestReport,
    beside: String,
) -> Html {
    html! {
        <div class="test-h">
            <span class={classes!("st", tone)}><b class="row">{ classed(sign, "ic big") }{ heard(report.outcome.label()) }</b></span>
            <span class="t3 sm">{ beside }</span><span class="push"></span>
            { test_button(t!("test-again"), &props.on_test) }
        </div>
    }
}

fn passed(props: &TestRegionProps, report: &TestReport, tested: String) -> Html {
    let models =
        report.models_visible.map_or_else(|| t!("no-figure"), |count| text::group_digits(u128::from(count)));
    let status = report.http_status.map_or_else(|| t!("no-figure"), |status| status.to_string());
    let figure = |name: String, value: String| html! { <div><dt>{ name }</dt><dd>{ value }</dd></div> };
    html! {
        <>
            { heading(props, "ok", "okc", report, tested) }
            <dl>
                { figure(t!("latency"), text::latency(report.latency_ms)) }
                { figure(t!("models-visible"), models) }
                { figure(t!("http-status"), status) }
            </dl>
            if report.outcome == TestOutcome::WorksRestricted {
                <div class="test-x"><p>{ heard(&report.message) }{ " " }{ heard(&report.advice) }</p></div>
            }
        </>
    }
}

fn failed(props: &TestRegionProps, report: &TestReport) -> Html {
    let beside = match report.http_status {
        Some(status) => {
            t!("http-after", status = status.to_string(), latency = text::latency(report.latency_ms))
        }
        None => browser::age_of(report.tested_at),
    };
    let kind = props.provider_type;
    let console = props.on_console.reform(move |_: MouseEvent| kind);
    let details = details(report, kind);
    let copy = props.on_copy.reform(move |_: MouseEvent| details.clone());
    html! {
        <>
            { heading(props, "danger", "xc", report, beside) }
            <div class="test-x">
                <p><b>{ t!("what-happened") }</b>{ " " }<span dir="auto">{ heard(&report.message) }</span></p>
                <p><b>{ t!("what-to-do") }</b>{ " " }<span dir="auto">{ heard(&report.advice) }</span></p>
                <p class="acts">
                    if kind.console_url().is_some() {
                        <button type="button" class="btn link sm" id="open-console" onclick={console}>{ t!("open-console", vendor = kind.label()) }</button>
                    }
                    <button type="button" class="btn link sm" onclick={copy}>{ icon("copy") }{ t!("copy-details") }</button>
                </p>
            </div>
        </>
    }
}

/// For a message to whoever can help. No field of a report holds the key.
fn details(report: &TestReport, kind: ProviderType) -> String {
    let mut lines = vec![
        format!("{}: {}", kind.label(), report.outcome.label()),
        report.message.clone(),
        report.advice.clone(),
    ];
    lines.extend(
        report.http_status.map(|status| format!("HTTP {status}, {}", text::latency(report.latency_ms))),
    );
    lines.extend(report.request_id.as_ref().map(|id| t!("request-id", id = id.as_str())));
    lines.join("\n")
}
