//! Usage: what calls cost, took and came to, in the days that were chosen and against those before.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use model::vault::DeskEvent;
use yew::prelude::*;

use crate::{
    browser,
    components::{
        call_list::{CallList, call_list},
        chart::Opened,
        chart_card::{ChartCard, chart_card},
        empty_list::not_read,
        icon::icon,
        range_picker::RangePicker,
        usage_table::{UsageTable, usage_table},
        usage_tiles::{tiles_skeleton, usage_tiles},
    },
    shell,
    state::{
        place::Place,
        usage::{
            Edit, Usage, behind::Behind, calls::Calls, date::Day, figures::Figures, plans::Chart,
            tiles::tiles,
        },
        workspace::{Action, Load},
    },
    t,
    work::Work,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct UsagePageProps {
    /// What is known.
    pub usage: Rc<Usage>,
    /// A way to ask for things.
    pub work: Work,
}

/// What the page draws from.
struct Drawn<'a> {
    usage: &'a Usage,
    today: Day,
    work: &'a Work,
    on_edit: Callback<Edit>,
    /// The calls behind a mark are asked for, and what the focus comes back to.
    on_calls: Callback<(Behind, String)>,
}

/// The page.
#[component]
pub fn UsagePage(props: &UsagePageProps) -> Html {
    let (usage, work) = (&*props.usage, &props.work);
    use_reading(usage, work);
    let from = use_mut_ref(String::new);
    use_focus(usage.calls.is_some(), from.clone());
    let on_edit = {
        let work = work.clone();
        Callback::from(move |edit| work.act(Action::Usage(edit)))
    };
    let on_calls = {
        let work = work.clone();
        Callback::from(move |(behind, back): (Behind, String)| {
            *from.borrow_mut() = back;
            work.open_calls(behind);
        })
    };
    let page = Drawn { usage, today: work.today(), work, on_edit, on_calls };
    let body = match (&usage.calls, &usage.figures) {
        (Some(calls), _) => calls_behind(calls, &page),
        (None, Load::Ready(figures)) => cards(&page, usage_tiles(&tiles(figures))),
        (None, Load::Waiting) => cards(&page, tiles_skeleton()),
        // All of them came with one reply: it is said once.
        (None, Load::Failed(failure)) => not_read(failure, &retry(work)),
    };
    // While nothing in it takes the focus, keys must still scroll it.
    let tabindex = (usage.figures == Load::Waiting).then_some("0");
    html! {
        <main class="main" id="main" onkeydown={escape(&page)}>
            { header(&page) }
            <div class="content tight" {tabindex}>{ body }</div>
        </main>
    }
}

/// Reads the figures of the days that were chosen, and again when calls ended meanwhile.
#[hook]
fn use_reading(usage: &Usage, work: &Work) {
    use_effect_with(usage.range, {
        let work = work.clone();
        move |_| work.read_usage()
    });
    use_effect_with((), {
        let work = work.clone();
        move |()| {
            let waiting = Rc::new(Cell::new(false));
            let listener = shell::on_event(move |event| {
                if event == DeskEvent::HealthChanged {
                    work.read_usage_soon(&waiting);
                }
            });
            move || drop(listener)
        }
    });
    let ready = usage.figures != Load::Waiting;
    use_effect_with(ready, |ready| browser::set_screen(Place::Usage.as_str(), *ready));
}

/// To the calls when they are opened, and back to where that was.
#[hook]
fn use_focus(open: bool, from: Rc<RefCell<String>>) {
    let before = use_mut_ref(|| open);
    use_effect_with(open, move |open| {
        if before.replace(*open) != *open {
            let from = from.borrow();
            browser::focus(if *open { "#calls-behind" } else { from.as_str() });
        }
    });
}

fn escape(page: &Drawn<'_>) -> Callback<KeyboardEvent> {
    let open = page.usage.calls.is_some();
    let on_edit = page.on_edit.clone();
    Callback::from(move |event: KeyboardEvent| {
        if open && event.key() == "Escape" && !event.default_prevented() {
            event.prevent_default();
            on_edit.emit(Edit::CloseCalls);
        }
    })
}

fn retry(work: &Work) -> Callback<()> {
    let work = work.clone();
    Callback::from(move |()| work.read_usage())
}

fn calls_behind(calls: &Calls, page: &Drawn<'_>) -> Html {
    let more = page.work.clone();
    call_list(&CallList {
        calls,
        on_back: page.on_edit.reform(|()| Edit::CloseCalls),
        on_more: Callback::from(move |()| more.read_calls()),
    })
}

fn cards(page: &Drawn<'_>, top: Html) -> Html {
    let waiting = page.usage.figures == Load::Waiting;
    let card = |chart| chart_card(&card_of(chart, page));
    html! {
        <>
            { to_come(&page.usage.figures) }
            { top }
            <div class="ch-grid ch-21">{ card(Chart::Cost) }{ card(Chart::Budget) }</div>
            <div class="ch-grid ch-3">{ card(Chart::Tokens) }{ card(Chart::Latency) }{ card(Chart::Success) }</div>
            { breakdown(page) }
            <div class="ch-grid ch-2">{ card(Chart::Errors) }{ card(Chart::Tasks) }</div>
            { card(Chart::Compared) }
            <div class="vh" id="usage-loading" role="status">if waiting { { t!("reading-usage") } }</div>
        </>
    }
}

fn to_come(figures: &Load<Figures>) -> Html {
    let Load::Ready(figures) = figures else { return Html::default() };
    let shown = model::text::group_digits(figures.to_come.into());
    html! {
        if figures.to_come > 0 {
            <div class="note info" role="status" id="rows-to-come">{ icon("info") }<p>{ t!("rows-to-come", count = figures.to_come, shown = shown) }</p></div>
        }
    }
}

fn header(page: &Drawn<'_>) -> Html {
    let (range, today) = (page.usage.range, page.today);
    let on_choose = page.on_edit.reform(Edit::Choose);
    html! {
        <header class="top">
            <div class="top-t"><h1 tabindex="-1">{ t!("usage") }</h1><p>{ range.words(today) }</p></div>
            if page.usage.calls.is_none() { <div class="top-a"><RangePicker {range} {today} {on_choose} /></div> }
        </header>
    }
}

fn card_of<'a>(chart: Chart, page: &Drawn<'a>) -> ChartCard<'a> {
    let usage = page.usage;
    let on_open = {
        let (on_calls, figures) = (page.on_calls.clone(), usage.figures.clone());
        Callback::from(move |Opened { chart, stop, series }: Opened| {
            let Load::Ready(figures) = &figures else { return };
            if let Some(behind) = Behind::mark(figures, chart, stop, series) {
                on_calls.emit((behind, format!("#card-{} .chart-w", chart.as_str())));
            }
        })
    };
    ChartCard {
        chart,
        figures: &usage.figures,
        as_table: usage.tables.contains(&chart),
        stale: usage.stale && usage.figures != Load::Waiting,
        on_table: page.on_edit.reform(Edit::Table),
        on_open,
        on_retry: retry(page.work),
    }
}

fn breakdown(page: &Drawn<'_>) -> Html {
    let Load::Ready(figures) = &page.usage.figures else { return Html::default() };
    if figures.providers.is_empty() {
        return Html::default();
    }
    usage_table(&UsageTable {
        figures,
        order: page.usage.order,
        on_order: page.on_edit.reform(Edit::OrderBy),
        on_open: page.on_calls.reform(|behind| (behind, "#breakdown .row-link".to_owned())),
    })
}
