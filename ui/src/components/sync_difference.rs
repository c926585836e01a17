//! One difference, field by field: what each side has, where it goes, and whose part a person takes.

use model::sync::{
    SyncDecision, SyncDifference, SyncField, SyncFieldName, SyncGoes, SyncKind, SyncSide, SyncWhy,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        field::checked,
        icon::{icon, small_icon, tile},
    },
    state::sync::{self, Ahead, Picks},
    t,
    texts::name,
};

/// The difference.
#[derive(Properties, PartialEq)]
pub struct SyncDifferenceProps {
    /// What differs.
    pub difference: SyncDifference,
    /// Its place in the look.
    pub place: usize,
    /// The remote's host.
    pub host: AttrValue,
    /// What was picked.
    pub picks: Picks,
    /// Whether nothing can be asked for just now.
    pub busy: bool,
    /// Something else is picked.
    pub on_pick: Callback<Picks>,
    /// These answers are given.
    pub on_decide: Callback<Vec<SyncDecision>>,
    /// Its key goes up, or does not.
    pub on_key: Callback<bool>,
    /// Only this one is done.
    pub on_only: Callback<()>,
}

/// Draws it.
#[component]
pub fn SyncDifferenceCard(props: &SyncDifferenceProps) -> Html {
    let one = &props.difference;
    let sign = match one.provider_type {
        Some(kind) => tile(kind, "s"),
        None => html! { <span class="tile neutral s">{ icon("route") }</span> },
    };
    let asks = sync::undecided(one).next().is_some();
    html! {
        <section class="card" id="difference" aria-labelledby="difference-title">
            <div class="card-h line">
                { sign }<h2 id="difference-title" dir="auto">{ sync::title(one) }</h2><span class="sub">{ said(one) }</span><span class="push"></span>
                if asks { { all(props, SyncSide::Here) }{ all(props, SyncSide::There) } }
            </div>
            <div class="sd">
                <div class="h f">{ t!("sync-field") }</div>
                <div class="h v">{ t!("sync-this-computer") }</div>
                <div class="h v" dir="auto">{ props.host.clone() }</div>
                { for one.fields.iter().enumerate().map(|(place, field)| row(place, field, props)) }
                { key(props) }
            </div>
            <div class="sd-n">{ for notes(one).into_iter().map(|note| html! { <p class="note warn">{ icon("alert") }<span>{ note }</span></p> }) }</div>
            { foot(props, asks) }
        </section>
    }
}

fn said(one: &SyncDifference) -> String {
    match (one.kind, Ahead::of(one)) {
        (SyncKind::NewHere, _) => t!("sync-new-here"),
        (SyncKind::NewThere, _) => t!("sync-new-there"),
        (SyncKind::DeletedHere, _) => t!("sync-deleted-here"),
        (SyncKind::DeletedThere, _) => t!("sync-deleted-there"),
        (_, Ahead::Here) => t!("sync-changed-here"),
        (_, Ahead::There) => t!("sync-changed-there"),
        _ => t!("sync-changed-both"),
    }
}

fn all(props: &SyncDifferenceProps, side: SyncSide) -> Html {
    let (id, word) = match side {
        SyncSide::Here => ("keep-here", t!("sync-keep-here")),
        SyncSide::There => ("keep-there", t!("sync-keep-there")),
    };
    let onclick = {
        let picks = props.picks.with_all(props.place, &props.difference, side);
        props.on_pick.reform(move |_: MouseEvent| picks.clone())
    };
    html! { <button type="button" class="btn sm" {id} disabled={props.busy} {onclick}><span>{ word }</span></button> }
}

fn row(place: usize, field: &SyncField, props: &SyncDifferenceProps) -> Html {
    let before = field
        .base
        .as_ref()
        .filter(|_| field.goes != SyncGoes::Same && field.name != SyncFieldName::Existence);
    let before = before
        .map(|base| html! { <small dir="auto">{ t!("sync-before", value = sync::value(base)) }</small> });
    let cells = match field.goes {
        SyncGoes::Undecided(_) => {
            html! { <>{ choice(place, field, SyncSide::Here, props) }{ choice(place, field, SyncSide::There, props) }</> }
        }
        SyncGoes::Same if field.ours == field.theirs => html! {
            <><div class="v same mono" dir="auto">{ shown(field, SyncSide::Here) }</div><div class="v same">{ t!("sync-same") }</div></>
        },
        goes => {
            let (up, down) = (goes == SyncGoes::Up, goes == SyncGoes::Down);
            html! {
                <>
                    { cell(field, SyncSide::Here, up.then(|| t!("sync-goes-up"))) }
                    { cell(field, SyncSide::There, down.then(|| t!("sync-comes-down"))) }
                </>
            }
        }
    };
    html! { <><div class="f">{ sync::label(field.name) }{ for before }</div>{ cells }</> }
}

fn shown(field: &SyncField, side: SyncSide) -> String {
    let value = match side {
        SyncSide::Here => &field.ours,
        SyncSide::There => &field.theirs,
    };
    value.as_ref().map_or_else(|| t!("no-figure"), sync::value)
}

fn cell(field: &SyncField, side: SyncSide, moves: Option<String>) -> Html {
    let class = classes!("v", "mono", if moves.is_some() { "on" } else { "same" });
    html! {
        <div {class} dir="auto">{ shown(field, side) }
            if let Some(moves) = moves { <small>{ if field.decided { t!("sync-chosen") } else { moves } }</small> }
        </div>
    }
}

fn choice(place: usize, field: &SyncField, side: SyncSide, props: &SyncDifferenceProps) -> Html {
    let on = props.picks.side(props.place, place) == Some(side);
    let onchange = {
        let picks = props.picks.with(props.place, place, side);
        props.on_pick.reform(move |_: Event| picks.clone())
    };
    let side_name = match side {
        SyncSide::Here => t!("sync-this-computer"),
        SyncSide::There => props.host.to_string(),
    };
    let label = t!(
        "sync-choice-of",
        field = sync::label(field.name),
        side = format!("{side_name}, {}", shown(field, side))
    );
    html! {
        <label class={classes!("v", on.then_some("on"))}>
            <input class="cb r" type="radio" name={format!("pick-{}-{place}", props.place)} checked={on} disabled={props.busy} aria-label={label}
                data-pick={format!("{place}-{}", if side == SyncSide::Here { "here" } else { "there" })} {onchange} />
            <span class="mono" dir="auto">{ shown(field, side) }</span>
            <small data-changed-by="" dir="auto">{ changed_by(field, side) }</small>
        </label>
    }
}

/// Who changed a field and when, as far as it is known.
fn changed_by(field: &SyncField, side: SyncSide) -> String {
    let trace = match side {
        SyncSide::Here => &field.ours_by,
        SyncSide::There => &field.theirs_by,
    };
    match (&trace.who, trace.at.map(browser::clock_within)) {
        (Some(who), Some(at)) => t!("sync-changed-by", who = name(who), at = at),
        (None, Some(at)) if trace.of_whole => t!("sync-changed-whole", at = at),
        (None, Some(at)) => t!("sync-changed-at", at = at),
        (_, None) => t!("sync-changed-unknown"),
    }
}

fn key(props: &SyncDifferenceProps) -> Html {
    let one = &props.difference;
    if one.provider.is_none() || one.kind == SyncKind::DeletedHere {
        return Html::default();
    }
    let what = match (&one.key.last_four, one.key.is_here) {
        (Some(last), true) => t!("sync-key-ends", last = last.as_str()),
        (None, true) => t!("sync-key-kept"),
        (_, false) => t!("sync-key-none"),
    };
    let onchange = props.on_key.reform(|event: Event| checked(&event));
    html! {
        <>
            <div class="f">{ t!("sync-key") }</div>
            <div class="v wide">
                <span class="mono">{ what }</span>
                if one.key.is_here {
                    <label class="cbl"><input class="cb" type="checkbox" id="send-key" checked={one.key.goes_up} disabled={props.busy} {onchange} /><span>{ t!("sync-key-send") }</span></label>
                }
            </div>
        </>
    }
}

fn notes(one: &SyncDifference) -> Vec<String> {
    let mut notes = Vec::new();
    match one.waits.as_deref() {
        Some("") => notes.push(t!("sync-key-waits")),
        Some(why) => notes.push(why.to_owned()),
        None => {}
    }
    let why = |asked: SyncWhy| one.fields.iter().any(|field| field.goes == SyncGoes::Undecided(asked));
    if why(SyncWhy::NeverAgreed) {
        notes.push(t!("sync-why-never-agreed"));
    }
    if why(SyncWhy::Interrupted) {
        notes.push(t!("sync-why-interrupted"));
    }
    if why(SyncWhy::SeveralHolders) {
        notes.push(t!("sync-why-several"));
    }
    let url_comes = |field: &SyncField| field.name == SyncFieldName::BaseUrl && field.goes == SyncGoes::Down;
    if one.key.is_here && one.kind != SyncKind::NewThere && one.fields.iter().any(url_comes) {
        notes.push(t!("sync-url-down"));
    }
    match one.kind {
        SyncKind::NewThere => notes.push(t!("sync-new-down")),
        SyncKind::DeletedThere => notes.push(t!("sync-delete-down")),
        _ => {}
    }
    notes
}

fn foot(props: &SyncDifferenceProps, asks: bool) -> Html {
    let one = &props.difference;
    let decided: Vec<SyncDecision> = sync::differing(one)
        .filter(|(_, field)| field.decided)
        .map(|(field, _)| sync::decision(props.place, field, None))
        .collect();
    let again = (!decided.is_empty()).then(|| {
        let onclick = props.on_decide.reform(move |_: MouseEvent| decided.clone());
        html! { <button type="button" class="btn sm" id="choose-again" disabled={props.busy} {onclick}><span>{ t!("sync-choose-again") }</span></button> }
    });
    if !asks {
        let onclick = props.on_only.reform(|_: MouseEvent| ());
        let may = one.waits.is_none() && one.provider.is_some();
        return html! {
            <div class="card-f"><span class="push"></span>{ for again }
                <button type="button" class="btn sm" id="sync-only" disabled={props.busy || !may} {onclick}>{ small_icon("sync") }<span>{ t!("sync-only") }</span></button>
            </div>
        };
    }
    let left = props.picks.left(props.place, one);
    let onclick = {
        let decisions = props.picks.decisions(props.place);
        props.on_decide.reform(move |_: MouseEvent| decisions.clone())
    };
    html! {
        <div class="card-f">
            { small_icon("info") }<span role="status" id="choices-left">{ t!("sync-left", count = left.len(), names = left.join(", ")) }</span><span class="push"></span>{ for again }
            <button type="button" class="btn sm" id="apply-choices" disabled={props.busy || !left.is_empty()} {onclick}><span>{ t!("sync-apply") }</span></button>
        </div>
    }
}
