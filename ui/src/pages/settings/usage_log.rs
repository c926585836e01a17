//! The section about the usage log: how long its calls are kept, whether its sums are right, by which zone's days it is counted,
//! and usage from files.

use std::rc::Rc;

use model::{Failure, FailureCode, command::ViewRetention, statistics::Retention};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        empty_list::not_read,
        field::{self, described_by},
        icon::icon,
        page_skeleton::{Outline, page_skeleton},
        segmented::{Segmented, segmented},
        setting_line::setting_line,
    },
    pages::change_password::refusal,
    shell,
    state::{
        usage_log::{Check, Outcome, kept},
        workspace::{Action, Layer},
    },
    t,
    work::Work,
};

/// The section.
#[derive(Properties, PartialEq)]
pub struct UsageLogProps {
    /// Whether something lies over the page: how long calls are kept may be another answer afterwards.
    pub covered: bool,
    /// The zone that was chosen; nothing is the computer's own.
    pub zone: Rc<str>,
    /// A way to ask for things.
    pub work: Work,
}

/// The section.
#[component]
pub fn UsageLogSection(props: &UsageLogProps) -> Html {
    let view = use_state(|| Option::<Result<Retention, Failure>>::None);
    let read = use_callback((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |(), ()| {
            let view = view.clone();
            work.run(async move |work| match shell::call(ViewRetention {}).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                reply => view.set(Some(reply)),
            });
        }
    });
    use_effect_with(props.covered, {
        let read = read.clone();
        move |covered| {
            if !covered {
                read.emit(());
            }
        }
    });
    let work = &props.work;
    let body = match &*view {
        None => page_skeleton(t!("reading-retention"), Outline::Lines(4)),
        Some(Err(failure)) => not_read(failure, &read),
        Some(Ok(retention)) => html! {
            <div class="card" id="usage-log-card">
                { retained(*retention, work) }
                <Sums work={work.clone()} />
                <Zone zone={props.zone.clone()} work={work.clone()} />
                { from_files(work) }
            </div>
        },
    };
    html! { <section class="set-s" id="usage-log" tabindex="-1"><h2>{ t!("usage-section") }</h2>{ body }</section> }
}

fn retained(retention: Retention, work: &Work) -> Html {
    let button = opens(work, "change-retention", t!("retention-change"), Layer::Retention);
    let text = html! { <>{ kept(retention) }{ " " }{ t!("retention-sums-stay") }</> };
    setting_line(t!("retention"), html! { <span id="retention-now">{ text }</span> }, button)
}

fn from_files(work: &Work) -> Html {
    let button = opens(work, "import-usage", t!("import-usage"), Layer::ImportUsage);
    setting_line(t!("usage-from-files"), html! { { t!("usage-from-files-text") } }, button)
}

fn opens(work: &Work, id: &'static str, word: String, layer: Layer) -> Html {
    let work = work.clone();
    let onclick = move |_: MouseEvent| work.act(Action::Open(layer.clone()));
    html! { <button type="button" class="btn sm" {id} {onclick}><span>{ word }</span></button> }
}

#[derive(Properties, PartialEq)]
struct SumsProps {
    work: Work,
}

/// The line about the sums, with what the last check found.
#[component]
fn Sums(props: &SumsProps) -> Html {
    let busy = use_state(|| Option::<Check>::None);
    let came = use_state(|| Option::<Result<Outcome, Failure>>::None);
    let button = |check: Check, id: &'static str, word: String| {
        let onclick = {
            let (work, busy, came) = (props.work.clone(), busy.setter(), came.setter());
            move |_: MouseEvent| {
                let (busy, came) = (busy.clone(), came.clone());
                busy.set(Some(check));
                work.run(async move |work| {
                    match work.check_usage(check).await {
                        Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                        outcome => came.set(Some(outcome)),
                    }
                    busy.set(None);
                });
            }
        };
        let runs = *busy == Some(check);
        html! {
            <button type="button" class="btn sm" {id} disabled={busy.is_some()} aria-busy={runs.to_string()} {onclick}>
                if runs { <span class="spin" aria-hidden="true"></span> }<span>{ word }</span>
            </button>
        }
    };
    let control = html! {
        <span class="row">
            { button(Check::Verify, "verify-usage", t!("usage-verify")) }
            { button(Check::Rebuild, "rebuild-usage", t!("usage-rebuild")) }
        </span>
    };
    let text = match &*came {
        None => html! { { t!("usage-sums-text") } },
        Some(Ok(outcome)) => said(outcome),
        Some(Err(failure)) => refusal(failure),
    };
    setting_line(t!("usage-sums"), html! { <div role="status" id="usage-sums">{ text }</div> }, control)
}

fn said(outcome: &Outcome) -> Html {
    let (tone, sign) = if outcome.sound { ("ok", "okc") } else { ("danger", "xc") };
    html! {
        <><span class={classes!("st", tone)}>{ icon(sign) }{ &outcome.title }</span>{ " " }<span>{ &outcome.detail }</span></>
    }
}

#[derive(Properties, PartialEq)]
struct ZoneProps {
    zone: Rc<str>,
    work: Work,
}

/// Whose days.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    Computer,
    Utc,
    Named,
}

const UTC: &str = "UTC";

/// The line about the zone, with a field where it is one of the others.
#[component]
fn Zone(props: &ZoneProps) -> Html {
    // The field is open, and nothing is chosen in it yet.
    let naming = use_state(|| false);
    let busy = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let named = if matches!(&*props.zone, "" | UTC) { String::new() } else { props.zone.to_string() };
    let typed = use_state(|| named);
    let whose = match &*props.zone {
        _ if *naming => Whose::Named,
        "" => Whose::Computer,
        UTC => Whose::Utc,
        _ => Whose::Named,
    };
    let choose = {
        let (work, naming, busy, fault) =
            (props.work.clone(), naming.setter(), busy.setter(), fault.setter());
        Callback::from(move |zone: String| {
            let (naming, busy, fault) = (naming.clone(), busy.clone(), fault.clone());
            busy.set(true);
            fault.set(None);
            work.run(async move |work| {
                match work.choose_zone(&zone).await {
                    Ok(()) => naming.set(false),
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) => fault.set(Some(failure)),
                }
                busy.set(false);
            });
        })
    };
    let on_choose = {
        let (choose, naming, fault) = (choose.clone(), naming.setter(), fault.setter());
        Callback::from(move |whose| match whose {
            Whose::Named => naming.set(true),
            Whose::Computer | Whose::Utc => {
                naming.set(false);
                fault.set(None);
                choose.emit(if whose == Whose::Utc { UTC.to_owned() } else { String::new() });
            }
        })
    };
    let control = segmented(Segmented {
        id: "usage-zone-kind".into(),
        label: t!("usage-zone"),
        controls: None,
        options: vec![
            (Whose::Computer, t!("zone-computer")),
            (Whose::Utc, UTC.to_owned()),
            (Whose::Named, t!("zone-named")),
        ],
        value: Some(whose),
        on_choose,
    });
    let onsubmit = {
        let (choose, typed, busy) = (choose.clone(), typed.clone(), *busy);
        move |event: SubmitEvent| {
            event.prevent_default();
            let zone = typed.trim();
            if !busy && !zone.is_empty() {
                choose.emit(zone.to_owned());
            }
        }
    };
    let oninput = {
        let typed = typed.setter();
        move |event: InputEvent| typed.set(field::typed(&event))
    };
    let text = html! {
        <div id={described_by("usage-zone")}>
            <span id="usage-zone-now" aria-busy={busy.to_string()}>{ t!("usage-zone-text", zone = props.work.zone()) }</span>
            { for fault.as_ref().map(refusal) }
        </div>
    };
    html! {
        <>
            { setting_line(t!("usage-zone"), text, control) }
            if whose == Whose::Named {
                { setting_line(t!("zone-name"), html! { { t!("zone-name-text") } }, html! {
                    <form class="row" {onsubmit} novalidate=true>
                        <input class="inp mono" id="usage-zone" list="zones" aria-label={t!("zone-name")} placeholder="Europe/Berlin" autocomplete="off"
                            spellcheck="false" aria-invalid={fault.is_some().to_string()} aria-describedby={described_by("usage-zone")} value={(*typed).clone()} {oninput} />
                        <datalist id="zones">{ for browser::zones().into_iter().map(|zone| html! { <option value={zone}></option> }) }</datalist>
                        <button type="submit" class="btn sm" id="apply-zone" disabled={*busy}><span>{ t!("zone-apply") }</span></button>
                    </form>
                }) }
            }
        </>
    }
}
