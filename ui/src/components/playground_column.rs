//! One column of the playground: whom it asks, the answer, what it took, what can be done with it.

use std::rc::Rc;

use gloo_timers::callback::Interval;
use model::{PicoUsd, ProviderId, gateway::PlaygroundTarget, provider::ProviderList, text, writing};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        answer_text::AnswerText,
        icon::{icon, small_icon, tile},
        menu::Item,
        menu_button::MenuButton,
        target_combobox::TargetCombobox,
    },
    state::playground::{
        column::{Column, Heading, Lowest, Pause, Run},
        words::{self, Note, Tone},
    },
    t,
    texts::name,
};

/// How often the time of a run is counted on.
const COUNT_EVERY_MS: u32 = 100;

/// What can be asked of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum ColumnDeed {
    /// Show the field for choosing whom it asks, or hide it.
    Choose(bool),
    /// Ask another one.
    Target(PlaygroundTarget),
    /// Take it away.
    Remove,
    /// Ask it alone.
    Run,
    /// Stop its run.
    Stop(u64),
    /// Put a text on the clipboard.
    Copy(String),
    /// Put this configuration first for a task.
    MakeRoute(ProviderId),
}

/// A column.
#[derive(Properties)]
pub struct PlaygroundColumnProps {
    /// The column.
    pub column: Rc<Column>,
    /// Its place among the columns, from 1: two of them may ask the same provider.
    pub place: usize,
    /// For names.
    pub list: Rc<ProviderList>,
    /// Which of its figures are the lowest.
    pub lowest: Lowest,
    /// Whether it leads the task that is tried against.
    pub is_route: bool,
    /// Something is asked of it, by its key.
    pub on_deed: Callback<(u32, ColumnDeed)>,
}

impl PartialEq for PlaygroundColumnProps {
    /// By reference, so that a word in one column costs nothing in the others.
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.column, &other.column)
            && Rc::ptr_eq(&self.list, &other.list)
            && (self.place, self.lowest, self.is_route) == (other.place, other.lowest, other.is_route)
    }
}

/// A column.
#[component]
pub fn PlaygroundColumn(props: &PlaygroundColumnProps) -> Html {
    let (column, list) = (&props.column, &props.list);
    let heading = Heading::of(column, list);
    let name_of = |id: ProviderId| {
        let found = list.providers.iter().find(|provider| provider.id == id);
        found.map_or_else(|| t!("gone-provider"), |provider| name(&provider.display_name))
    };
    let notes = words::notes(column, name_of);
    let label = if heading.name.is_empty() { t!("new-column") } else { name(&heading.name) };
    let label = t!("column-label", name = label, place = props.place);
    let state = match &column.run {
        Run::Idle => "idle",
        Run::Running(_) => "running",
        Run::Answered(_) => "answered",
        Run::Failed(_) | Run::Refused(_) => "failed",
        Run::Stopped => "stopped",
    };
    let empty = match (&column.run, &column.target) {
        (Run::Idle, Some(_)) => html! { <p class="t3">{ t!("not-run") }</p> },
        (Run::Answered(_), _) => html! { <p class="t3">{ t!("empty-answer") }</p> },
        _ => Html::default(),
    };
    let pause = column.running().filter(|running| !running.stopping).and_then(|running| running.pause);
    let pause = pause.map(
        |pause| html! { <PauseNote {pause} name={name_of(pause.provider)} key={pause.until.to_string()} /> },
    );
    let shown = notes.iter().map(note).chain(pause).collect::<Html>();
    html! {
        <section class="pg-c" aria-label={label.clone()} data-column={column.key.to_string()} data-run={state} aria-busy={(state == "running").to_string()}>
            { header(props, &heading, &label) }
            <AnswerText label={t!("answer-of", name = label.as_str())} answer={column.answer.clone()} growing={state == "running"} notes={shown} {empty} />
            { metrics(props) }
            { footer(props, &notes) }
        </section>
    }
}

fn header(props: &PlaygroundColumnProps, heading: &Heading, label: &str) -> Html {
    let column = &props.column;
    let deed = deeds(props);
    if column.choosing {
        let close = {
            let is_new = column.target.is_none();
            deed.reform(move |()| if is_new { ColumnDeed::Remove } else { ColumnDeed::Choose(false) })
        };
        return html! {
            <header class="pg-h">
                <TargetCombobox id={format!("target-{}", column.key)} list={props.list.clone()} on_pick={deed.reform(ColumnDeed::Target)} on_close={close} />
            </header>
        };
    }
    let sign = match (column.task(), heading.provider_type) {
        (None, Some(kind)) => tile(kind, ""),
        _ => html! { <span class="tile acc">{ icon("route") }</span> },
    };
    html! {
        <header class="pg-h">
            { sign }<div class="pn-t"><b dir="auto">{ &heading.name }</b><span class="mono t3">{ &heading.detail }</span></div>
            <span class="push"></span>{ badge(props) }{ menu(props, label) }
        </header>
    }
}

fn badge(props: &PlaygroundColumnProps) -> Html {
    let (class, sign, word) = match &props.column.run {
        Run::Running(running) if running.stopping => ("badge", "stop", t!("stopping")),
        Run::Running(running) if running.pause.is_some() => ("badge warn", "clock", t!("waiting")),
        Run::Running(_) => ("badge", "play", t!("streaming")),
        Run::Failed(_) | Run::Refused(_) => ("badge danger", "alert", t!("run-failed")),
        _ if props.is_route => ("badge acc", "route", t!("route-now")),
        _ => return Html::default(),
    };
    html! { <span {class} title={word.clone()}>{ icon(sign) }<span>{ word }</span></span> }
}

fn menu(props: &PlaygroundColumnProps, label: &str) -> Html {
    let column = &props.column;
    let running = column.running().is_some();
    let items = vec![
        Item::new("run", t!("run-again"), "play"),
        Item::new("choose", t!("choose-other"), "edit"),
        Item { danger: true, ..Item::new("remove", t!("remove-column"), "x") },
    ];
    let on_choose = deeds(props).reform(|action: AttrValue| match action.as_str() {
        "choose" => ColumnDeed::Choose(true),
        "remove" => ColumnDeed::Remove,
        _ => ColumnDeed::Run,
    });
    html! { <MenuButton id={format!("more-{}", column.key)} label={t!("more-actions", name = label)} {items} disabled={running} {on_choose} /> }
}

fn note(note: &Note) -> Html {
    let (class, sign) = match note.tone {
        Tone::Plain => ("note", "info"),
        Tone::Warn => ("note warn", "alert"),
        Tone::Danger => ("note danger", "alert"),
    };
    html! {
        <div {class}>
            { icon(sign) }
            <div>
                <p><b dir="auto">{ &note.title }</b></p>
                if !note.text.is_empty() { <p dir="auto">{ &note.text }</p> }
                if !note.detail.is_empty() { <p class="mono t3">{ &note.detail }</p> }
            </div>
        </div>
    }
}

fn metrics(props: &PlaygroundColumnProps) -> Html {
    let column = &props.column;
    let figures = column.figures(0.0).unwrap_or_default();
    let going = column.running();
    let none = t!("no-figure");
    let none_label = t!("no-data");
    let none = || html! { <><span aria-hidden="true">{ none.clone() }</span><span class="vh">{ none_label.clone() }</span></> };
    let cost = |cost: Option<PicoUsd>| match (cost, &column.run) {
        (Some(cost), _) => html! { { cost.display() } },
        (None, Run::Answered(_)) => html! { <span title={t!("price-unknown")}>{ t!("unknown") }</span> },
        (None, _) => none(),
    };
    let tokens = match (figures.input, figures.output, column.output_so_far()) {
        (_, _, Some(output)) => html! {
            <>{ t!("tokens-out-about", count = text::group_digits(u128::from(output))) }<small>{ t!("so-far") }</small></>
        },
        (Some(input), Some(output), None) => html! {
            <>{ t!("tokens-in", count = text::group_digits(u128::from(input))) }<small>{ t!("tokens-out", count = text::group_digits(u128::from(output))) }</small></>
        },
        _ => none(),
    };
    let one = |label: String, value: Html, lowest: bool| {
        html! {
            <div><dt>{ label }</dt>
                <dd class={classes!(lowest.then_some("best"))}>{ value }if lowest { <small>{ t!("lowest") }</small> }</dd></div>
        }
    };
    let time = |ms: Option<u64>| ms.map_or_else(none, |ms| html! { { text::latency(ms) } });
    let whole = match going {
        Some(running) => html! { <Elapsed began={running.began} key={running.run} /> },
        None => time(figures.whole_ms),
    };
    let lowest = props.lowest;
    html! {
        <dl class="pg-m">
            { one(t!("column-tokens"), tokens, false) }
            { one(t!("cost"), cost(figures.cost), lowest.cost) }
            { one(t!("first-token"), time(figures.first_ms), lowest.first) }
            { one(t!("total-time"), whole, lowest.whole) }
        </dl>
    }
}

#[derive(Properties, PartialEq)]
struct ElapsedProps {
    began: f64,
}

/// The browser's steady milliseconds, counted on while it is drawn.
#[hook]
fn use_clock() -> f64 {
    let now = use_state(browser::steady_ms);
    use_effect_with((), {
        let now = now.setter();
        move |()| {
            let clock = Interval::new(COUNT_EVERY_MS, move || now.set(browser::steady_ms()));
            move || drop(clock)
        }
    });
    *now
}

#[derive(Properties, PartialEq)]
struct PauseNoteProps {
    pause: Pause,
    name: String,
}

/// Why nothing comes, and for how long. That it began is said once; a screen reader would count down aloud.
#[component]
fn PauseNote(props: &PauseNoteProps) -> Html {
    let now = use_clock();
    let left = ((props.pause.until - now) / 1000.0).ceil().max(0.0) as u64;
    let name = props.name.as_str();
    let title = if props.pause.asked { t!("pause-asked", name = name) } else { t!("pause-own", name = name) };
    let text = if left > 0 { t!("pause-left", count = left) } else { t!("pause-over") };
    html! {
        <div class="note warn" data-note="pause">
            { icon("clock") }<div><p><b dir="auto">{ title }</b></p><p class="num" aria-hidden="true">{ text }</p></div>
        </div>
    }
}

/// The time of a run so far. Not announced: a screen reader would count aloud.
#[component]
fn Elapsed(props: &ElapsedProps) -> Html {
    let now = use_clock();
    let seconds = writing::number(&format!("{:.1} s", ((now - props.began) / 1000.0).max(0.0)));
    html! { <><span aria-hidden="true">{ seconds }</span><small>{ t!("so-far") }</small></> }
}

fn footer(props: &PlaygroundColumnProps, notes: &[Note]) -> Html {
    let column = &props.column;
    let deed = deeds(props);
    let button = |action: &'static str,
                  class: &'static str,
                  sign: &'static str,
                  label: String,
                  of: ColumnDeed| {
        let onclick = deed.reform(move |_: MouseEvent| of.clone());
        html! { <button type="button" {class} data-action={action} title={label.clone()} {onclick}>{ small_icon(sign) }<span>{ label }</span></button> }
    };
    let copy = |text: String| button("copy", "btn sm ghost", "copy", t!("copy"), ColumnDeed::Copy(text));
    let run = |label| button("run", "btn sm", "play", label, ColumnDeed::Run);
    let buttons = match &column.run {
        Run::Running(running) => button("stop", "btn sm", "stop", t!("stop"), ColumnDeed::Stop(running.run)),
        Run::Answered(answered) => html! {
            <>
                if !props.is_route { { button("make-route", "btn sm", "route", t!("make-route"), ColumnDeed::MakeRoute(answered.provider)) } }
                { copy(answered.answer.text.clone()) }
            </>
        },
        Run::Failed(_) | Run::Refused(_) => html! {
            <>{ run(t!("run-again")) }{ button("copy", "btn sm ghost", "copy", t!("copy-details"), ColumnDeed::Copy(words::report(notes))) }</>
        },
        Run::Stopped => {
            html! { <>{ run(t!("run-again")) }if !column.answer.is_empty() { { copy(column.answer.text()) } }</> }
        }
        Run::Idle if column.target.is_some() => run(t!("run-one")),
        Run::Idle => Html::default(),
    };
    html! { <footer class="pg-f">{ buttons }</footer> }
}

fn deeds(props: &PlaygroundColumnProps) -> Callback<ColumnDeed> {
    let key = props.column.key;
    props.on_deed.reform(move |deed| (key, deed))
}
