//! The section about limits beside those of each configuration: by which zone's days all are counted, and what users may use.

use std::rc::Rc;

use model::{
    Failure, FailureCode,
    command::{DeleteQuota, SetLimitZone, ViewLimits},
    limits::UserQuota,
    quotas::{LimitsView, QuotaView},
};
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
        quotas::{amount, change_of, whose},
        toast::Toast,
        workspace::{Action, Layer},
    },
    t,
    work::Work,
};

const UTC: &str = "UTC";

/// The section.
#[derive(Properties, PartialEq)]
pub struct LimitsProps {
    /// Whether something lies over the page: quotas may be others afterwards.
    pub covered: bool,
    /// How often quotas were changed elsewhere.
    pub changed: u32,
    /// A way to ask for things.
    pub work: Work,
}

/// The section.
#[component]
pub fn LimitsSection(props: &LimitsProps) -> Html {
    let view = use_state(|| Option::<Result<LimitsView, Failure>>::None);
    let read = use_callback((), {
        let (work, view) = (props.work.clone(), view.setter());
        move |(), ()| {
            let view = view.clone();
            work.run(async move |work| match shell::call(ViewLimits {}).await {
                Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                reply => view.set(Some(reply)),
            });
        }
    });
    use_effect_with((props.covered, props.changed), {
        let read = read.clone();
        move |(covered, _)| {
            if !covered {
                read.emit(());
            }
        }
    });
    let on_view = {
        let view = view.setter();
        Callback::from(move |seen| view.set(Some(Ok(seen))))
    };
    let body = match &*view {
        None => page_skeleton(t!("reading-limits"), Outline::Lines(2)),
        Some(Err(failure)) => not_read(failure, &read),
        Some(Ok(limits)) => html! {
            <>
                <div class="card" id="limits-card">
                    <LimitZone zone={limits.zone.clone()} text={starts_anew(limits)} on_view={on_view.clone()} work={props.work.clone()} />
                    { setting_line(t!("quotas"), html! { { t!("quotas-text") } }, new_quota(&props.work)) }
                </div>
                if !limits.quotas.is_empty() { { table(&limits.quotas, &on_view, &read, &props.work) } }
            </>
        },
    };
    html! { <section class="set-s" id="limits" tabindex="-1"><h2>{ t!("limits-section") }</h2>{ body }</section> }
}

fn starts_anew(limits: &LimitsView) -> String {
    let zone = limits.zone.as_deref().unwrap_or(UTC);
    t!("limit-zone-text", zone = zone, time = browser::clock_within(limits.day_ends))
}

fn new_quota(work: &Work) -> Html {
    let work = work.clone();
    let onclick = move |_: MouseEvent| work.act(Action::Open(Layer::Quota(None)));
    html! { <button type="button" class="btn sm" id="new-quota" {onclick}><span>{ t!("new-quota") }</span></button> }
}

fn table(quotas: &[QuotaView], on_view: &Callback<LimitsView>, read: &Callback<()>, work: &Work) -> Html {
    html! {
        <div class="card scroll-x">
            <table class="tbl mid" id="quotas" aria-label={t!("quotas")}>
                <thead><tr>
                    <th scope="col">{ t!("field-quota-user") }</th>
                    <th scope="col">{ t!("field-daily-limit") }</th>
                    <th scope="col">{ t!("field-monthly-limit") }</th>
                    <th scope="col">{ t!("field-requests-per-minute") }</th>
                    <th scope="col"><span class="vh">{ t!("column-actions") }</span></th>
                </tr></thead>
                <tbody>{ for quotas.iter().map(|kept| row(kept, on_view, read, work)) }</tbody>
            </table>
        </div>
    }
}

fn row(kept: &QuotaView, on_view: &Callback<LimitsView>, read: &Callback<()>, work: &Work) -> Html {
    let UserQuota { user, daily_tokens, monthly_tokens, requests_per_minute } = &kept.quota;
    let shown = whose(user);
    let onedit = {
        let (work, user) = (work.clone(), Rc::<str>::from(user.as_str()));
        move |_: MouseEvent| work.act(Action::Open(Layer::Quota(Some(user.clone()))))
    };
    let ondelete = {
        let (work, kept) = (work.clone(), kept.clone());
        let (on_view, read) = (on_view.clone(), read.clone());
        move |_: MouseEvent| delete(&work, kept.clone(), on_view.clone(), read.clone())
    };
    let (edits, deletes) = (t!("edit-name", name = shown.as_str()), t!("delete-name", name = shown.as_str()));
    html! {
        <tr key={user.clone()} data-quota={user.clone()}>
            <td><b dir="auto">{ &shown }</b></td>
            <td class="num">{ amount(*daily_tokens) }</td>
            <td class="num">{ amount(*monthly_tokens) }</td>
            <td class="num">{ amount(requests_per_minute.map(u64::from)) }</td>
            <td class="acts">
                <button type="button" class="ib" data-action="edit" aria-label={edits.clone()} title={edits} onclick={onedit}>{ icon("edit") }</button>
                <button type="button" class="ib" data-action="delete" aria-label={deletes.clone()} title={deletes} onclick={ondelete}>{ icon("trash") }</button>
            </td>
        </tr>
    }
}

fn delete(work: &Work, kept: QuotaView, on_view: Callback<LimitsView>, read: Callback<()>) {
    work.run(async move |work| {
        let user = kept.quota.user.clone();
        let title = t!("quota-deleted", name = whose(&user));
        match shell::call(DeleteQuota { user: user.clone(), seen: kept.revision }).await {
            Ok(limits) => {
                let undo = vec![change_of(user, Some(kept.quota), &limits)];
                on_view.emit(limits);
                work.act(Action::Say(Toast::undoable(title, String::new(), undo)));
            }
            Err(failure) if failure.code == FailureCode::Cancelled => {}
            Err(failure) => {
                work.refused(&failure);
                // Somebody else may have changed it: what is shown now is what it is.
                read.emit(());
            }
        }
    });
}

#[derive(Properties, PartialEq)]
struct LimitZoneProps {
    zone: Option<String>,
    text: String,
    on_view: Callback<LimitsView>,
    work: Work,
}

/// The line about the zone, with a field where it is not UTC.
#[component]
fn LimitZone(props: &LimitZoneProps) -> Html {
    // The field is open, and nothing is chosen in it yet.
    let naming = use_state(|| false);
    let busy = use_state(|| false);
    let fault = use_state(|| Option::<Failure>::None);
    let typed = use_state(|| props.zone.clone().unwrap_or_default());
    let named = *naming || props.zone.is_some();
    let choose = {
        let (work, on_view) = (props.work.clone(), props.on_view.clone());
        let (naming, busy, fault) = (naming.setter(), busy.setter(), fault.setter());
        Callback::from(move |zone: Option<String>| {
            let (on_view, naming, busy, fault) =
                (on_view.clone(), naming.clone(), busy.clone(), fault.clone());
            busy.set(true);
            fault.set(None);
            work.run(async move |work| {
                match shell::call(SetLimitZone { zone }).await {
                    Ok(limits) => {
                        naming.set(false);
                        on_view.emit(limits);
                    }
                    Err(failure) if failure.code == FailureCode::Locked => work.refused(&failure),
                    Err(failure) if failure.code == FailureCode::Cancelled => {}
                    Err(failure) => fault.set(Some(failure)),
                }
                busy.set(false);
            });
        })
    };
    let on_choose = {
        let (choose, naming, fault, is_utc) =
            (choose.clone(), naming.setter(), fault.setter(), props.zone.is_none());
        Callback::from(move |other: bool| {
            naming.set(other);
            fault.set(None);
            if !other && !is_utc {
                choose.emit(None);
            }
        })
    };
    let control = segmented(Segmented {
        id: "limit-zone-kind".into(),
        label: t!("limit-zone"),
        controls: None,
        options: vec![(false, UTC.to_owned()), (true, t!("zone-named"))],
        value: Some(named),
        on_choose,
    });
    let onsubmit = {
        let (choose, typed, busy) = (choose.clone(), typed.clone(), *busy);
        move |event: SubmitEvent| {
            event.prevent_default();
            let zone = typed.trim();
            if !busy && !zone.is_empty() {
                choose.emit(Some(zone.to_owned()));
            }
        }
    };
    let oninput = {
        let typed = typed.setter();
        move |event: InputEvent| typed.set(field::typed(&event))
    };
    let text = html! {
        <div id={described_by("limit-zone")}>
            <span id="limit-zone-now" aria-busy={busy.to_string()}>{ &props.text }</span>
            { for fault.as_ref().map(refusal) }
        </div>
    };
    html! {
        <>
            { setting_line(t!("limit-zone"), text, control) }
            if named {
                { setting_line(t!("zone-name"), html! { { t!("zone-name-text") } }, html! {
                    <form class="row" {onsubmit} novalidate=true>
                        <input class="inp mono" id="limit-zone" list="limit-zones" aria-label={t!("zone-name")} placeholder="Europe/Berlin" autocomplete="off"
                            spellcheck="false" aria-invalid={fault.is_some().to_string()} aria-describedby={described_by("limit-zone")} value={(*typed).clone()} {oninput} />
                        <datalist id="limit-zones">{ for browser::zones().into_iter().map(|zone| html! { <option value={zone}></option> }) }</datalist>
                        <button type="submit" class="btn sm" id="apply-limit-zone" disabled={*busy}><span>{ t!("zone-apply") }</span></button>
                    </form>
                }) }
            }
        </>
    }
}
