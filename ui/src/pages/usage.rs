//! Usage: what calls cost, took and came to, in the days that were chosen and against those before.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use model::{
    statistics::{DataFormat, ReportFormat},
    sync::RemoteView,
    vault::DeskEvent,
};
use yew::prelude::*;

use crate::{
    browser,
    components::{
        call_list::{CallList, call_list},
        chart::Opened,
        chart_card::{ChartCard, chart_card},
        empty_list::not_read,
        menu::Item,
        menu_button::MenuButton,
        range_picker::RangePicker,
        source_menu::source_menu,
        usage_filters::{UsageFilters, usage_filters},
        usage_table::{UsageTable, usage_table},
        usage_tiles::{tiles_skeleton, usage_tiles},
    },
    shell,
    state::{
        place::Place,
        usage::{
            Edit, Usage, behind::Behind, calls::Calls, chosen::Chosen, date::Day, plans::Chart,
            range::Stride, tiles::tiles,
        },
        workspace::Load,
    },
    t,
    work::{
        Work, from_source,
        usage::{UsageStore, UsageWork, Waiting},
    },
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct UsagePageProps {
    /// What it kept in the address.
    pub kept: Rc<str>,
    /// Servers whose usage can be shown instead.
    pub remotes: Rc<Vec<RemoteView>>,
    /// Whether something lies over it.
    pub covered: bool,
    /// A way to ask for things.
    pub work: Work,
}

/// What the page draws from.
struct Drawn<'a> {
    usage: &'a Usage,
    today: Day,
    zone: String,
    work: &'a UsageWork,
    on_edit: Callback<Edit>,
    /// The calls behind a mark are asked for, and what the focus comes back to.
    on_calls: Callback<(Behind, String)>,
}

/// The page.
#[component]
pub fn UsagePage(props: &UsagePageProps) -> Html {
    let (kept, own) = (props.kept.clone(), props.work.clone());
    let state = use_reducer(move || UsageStore(UsageWork::begun(&kept, &own)));
    let work = &UsageWork::new(state.clone(), props.work.clone());
    let usage = &state.0;
    use_kept(&usage.chosen, &props.kept, work);
    use_reading(usage, work);
    use_uncovered(props.covered, work);
    let from = use_mut_ref(String::new);
    use_focus(usage.calls.is_some(), from.clone());
    let on_edit = {
        let work = work.clone();
        Callback::from(move |edit| work.edit(edit))
    };
    let on_calls = {
        let work = work.clone();
        Callback::from(move |(behind, back): (Behind, String)| {
            *from.borrow_mut() = back;
            work.open_calls(behind);
        })
    };
    let page = Drawn { usage, today: work.today(), zone: work.zone(), work, on_edit, on_calls };
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
            { header(&page, source_menu(&props.remotes, None, from_source(&props.work))) }
            <div class="content tight" {tabindex}>{ body }</div>
        </main>
    }
}

/// Keeps what is chosen in the address, and chooses what the address says when a person goes back.
#[hook]
fn use_kept(chosen: &Chosen, kept: &Rc<str>, work: &UsageWork) {
    let written = use_mut_ref(|| kept.clone());
    use_effect_with(chosen.clone(), {
        let (work, written) = (work.clone(), written.clone());
        move |chosen: &Chosen| {
            let address: Rc<str> = chosen.address().into();
            if *written.borrow() != address {
                *written.borrow_mut() = address;
                work.keep(chosen);
            }
        }
    });
    use_effect_with(kept.clone(), {
        let work = work.clone();
        move |kept: &Rc<str>| {
            if *written.borrow() != *kept {
                *written.borrow_mut() = kept.clone();
                work.arrive(Chosen::read(kept));
            }
        }
    });
}

/// Reads the figures of what was chosen, and again when calls ended meanwhile.
#[hook]
fn use_reading(usage: &Usage, work: &UsageWork) {
    let chosen = &usage.chosen;
    use_effect_with((chosen.range, chosen.unit, chosen.filter.clone(), chosen.by), {
        let work = work.clone();
        move |_| work.read()
    });
    use_effect_with((), {
        let work = work.clone();
        move |()| {
            let waiting = Rc::new(Cell::new(Waiting::Nothing));
            let heard = waiting.clone();
            let listener = shell::on_event(move |event| {
                if event == DeskEvent::UsageChanged {
                    work.read_soon(&heard);
                }
            });
            move || {
                waiting.set(Waiting::Over);
                drop(listener);
            }
        }
    });
    let ready = usage.figures != Load::Waiting;
    use_effect_with(ready, |ready| browser::set_screen(Place::Usage.as_str(), *ready));
    let shown = match &usage.figures {
        Load::Ready(figures) => Some((Rc::as_ptr(figures), usage.stale)),
        Load::Waiting | Load::Failed(_) => None,
    };
    use_effect_with(shown, {
        let work = work.clone();
        move |_| work.shelve()
    });
}

/// Reads everything when what lay over the page is gone: files were imported there, or other prices set, and both change days
/// that are over.
#[hook]
fn use_uncovered(covered: bool, work: &UsageWork) {
    let before = use_mut_ref(|| covered);
    let work = work.clone();
    use_effect_with(covered, move |covered| {
        if before.replace(*covered) && !*covered {
            work.read();
        }
    });
}

/// To the calls when they are opened, and back to where that was.
#[hook]
fn use_focus(open: bool, from: Rc<RefCell<String>>) {
    let before = use_mut_ref(|| open);
    use_effect_with(open, move |open| {
        if before.replace(*open) != *open {
            let from = from.borrow();
            // A log that the address opened was opened by nothing on the page.
            let back = if from.is_empty() { ".top h1" } else { from.as_str() };
            browser::focus(if *open { "#calls-behind" } else { back });
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

fn retry(work: &UsageWork) -> Callback<()> {
    let work = work.clone();
    Callback::from(move |()| work.read())
}

fn calls_behind(calls: &Calls, page: &Drawn<'_>) -> Html {
    let (more, narrow) = (page.work.clone(), page.work.clone());
    call_list(&CallList {
        calls,
        zone: &page.zone,
        on_back: page.on_edit.reform(|()| Edit::CloseCalls),
        on_more: Callback::from(move |()| more.read_calls()),
        on_narrow: Callback::from(move |least| narrow.narrow_calls(least)),
    })
}

fn cards(page: &Drawn<'_>, top: Html) -> Html {
    let waiting = page.usage.figures == Load::Waiting;
    let card = |chart| chart_card(&card_of(chart, page));
    html! {
        <>
            { filters(page) }
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

fn filters(page: &Drawn<'_>) -> Html {
    let ask = page.work.clone();
    let chosen = &page.usage.chosen;
    let span = chosen.range.span(page.today);
    usage_filters(&UsageFilters {
        filter: &page.usage.chosen.filter,
        choices: &page.usage.choices,
        on_ask: Callback::from(move |()| ask.read_choices()),
        on_filter: page.on_edit.reform(Edit::Filter),
        unit: chosen.unit_of(span),
        units: Stride::ALL.into_iter().filter(|unit| span.takes(*unit)).collect(),
        on_unit: page.on_edit.reform(Edit::Step),
        on_whole_budget: page.usage.chosen.budget.map(|_| {
            let work = page.work.clone();
            Callback::from(move |()| work.whole_budget())
        }),
        on_calls: all_calls(page),
    })
}

/// The log of all calls that are chosen, once it is known which these are.
fn all_calls(page: &Drawn<'_>) -> Option<Callback<()>> {
    let Load::Ready(figures) = &page.usage.figures else { return None };
    let figures = figures.clone();
    (!page.usage.stale)
        .then(|| page.on_calls.reform(move |()| (Behind::all(&figures), "#show-all-calls".to_owned())))
}

fn header(page: &Drawn<'_>, source: Html) -> Html {
    let (range, today) = (page.usage.chosen.range, page.today);
    let on_choose = page.on_edit.reform(Edit::Choose);
    html! {
        <header class="top">
            <div class="top-t"><h1 tabindex="-1">{ t!("usage") }</h1><p>{ range.words(today) }</p></div>
            <div class="top-a">
                { source }
                if page.usage.calls.is_none() { <RangePicker {range} {today} {on_choose} /> }
                { export(page) }
            </div>
        </header>
    }
}

/// What is shown as a file, and the month's report.
fn export(page: &Drawn<'_>) -> Html {
    let mut items =
        vec![Item::new("csv", t!("export-csv"), "list"), Item::new("json", t!("export-json"), "file")];
    if page.usage.calls.is_none() {
        items.push(Item::new("html", t!("export-report"), "chart"));
        items.push(Item::new("pdf", t!("export-report-pdf"), "chart"));
    }
    let work = page.work.clone();
    let on_choose = Callback::from(move |action: AttrValue| match action.as_str() {
        "csv" => work.export_data(DataFormat::Csv),
        "json" => work.export_data(DataFormat::Json),
        "pdf" => work.export_report(ReportFormat::Pdf),
        _ => work.export_report(ReportFormat::Html),
    });
    html! { <MenuButton id="usage-export" label={t!("export")} face={t!("export")} {items} disabled={page.usage.exporting} {on_choose} /> }
}

fn card_of<'a>(chart: Chart, page: &Drawn<'a>) -> ChartCard<'a> {
    let usage = page.usage;
    let on_open = {
        let (on_calls, figures) = (page.on_calls.clone(), usage.figures.clone());
        Callback::from(move |Opened { chart, stop, series }: Opened| {
            let Load::Ready(figures) = &figures else { return };
            if let Some(behind) = Behind::mark(figures, chart, stop, &series) {
                on_calls.emit((behind, format!("#card-{} .chart-w", chart.as_str())));
            }
        })
    };
    ChartCard {
        chart,
        figures: &usage.figures,
        as_table: usage.chosen.tables.contains(&chart),
        stale: usage.stale && usage.figures != Load::Waiting,
        on_table: page.on_edit.reform(Edit::Table),
        on_open,
        on_retry: retry(page.work),
        on_export: {
            let work = page.work.clone();
            Callback::from(move |(chart, format)| work.export_chart(chart, format))
        },
    }
}

fn breakdown(page: &Drawn<'_>) -> Html {
    let Load::Ready(figures) = &page.usage.figures else { return Html::default() };
    if figures.providers.is_empty() {
        return Html::default();
    }
    usage_table(&UsageTable {
        figures,
        by: page.usage.chosen.by,
        order: page.usage.chosen.order,
        stale: page.usage.stale,
        on_by: page.on_edit.reform(Edit::GroupBy),
        on_order: page.on_edit.reform(Edit::OrderBy),
        on_open: page.on_calls.reform(|behind| (behind, "#breakdown .row-link".to_owned())),
    })
}
