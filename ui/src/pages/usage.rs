//! Usage: what calls cost, took and came to, in the days that were chosen and against those before.

use model::ProviderId;
use yew::prelude::*;

use crate::{
    components::{
        chart::Opened,
        chart_card::{ChartCard, chart_card},
        empty_list::not_read,
        range_picker::RangePicker,
        usage_table::{UsageTable, usage_table},
        usage_tiles::{tiles_skeleton, usage_tiles},
    },
    state::{
        usage::{Edit, Usage, behind::Behind, date::Day, plans::Chart, range::Range, tiles::tiles},
        workspace::Load,
    },
    t,
};

/// The page.
#[derive(Properties, PartialEq)]
pub struct UsagePageProps {
    /// What is known.
    pub usage: Usage,
    /// Today, in the person's zone.
    pub today: Day,
    /// Something of the page changes.
    pub on_edit: Callback<Edit>,
    /// Figures of some days are asked for.
    pub on_read: Callback<Range>,
    /// The calls behind a mark are asked for.
    pub on_calls: Callback<Behind>,
}

/// The page.
#[component]
pub fn UsagePage(props: &UsagePageProps) -> Html {
    let usage = &props.usage;
    use_effect_with(usage.range, {
        let on_read = props.on_read.clone();
        move |range| on_read.emit(*range)
    });
    let body = match &usage.figures {
        Load::Ready(figures) => cards(props, usage_tiles(&tiles(figures))),
        Load::Waiting => cards(props, tiles_skeleton()),
        // All of them came with one reply: it is said once.
        Load::Failed(failure) => not_read(failure, &retry(props)),
    };
    html! {
        <main class="main" id="main">
            { header(props) }
            // While nothing in it takes the focus, keys must still scroll it.
            <div class="content tight" tabindex={(props.usage.figures == Load::Waiting).then_some("0")}>{ body }</div>
        </main>
    }
}

fn retry(props: &UsagePageProps) -> Callback<()> {
    let (on_read, range) = (props.on_read.clone(), props.usage.range);
    Callback::from(move |()| on_read.emit(range))
}

fn cards(props: &UsagePageProps, top: Html) -> Html {
    let waiting = props.usage.figures == Load::Waiting;
    let card = |chart| chart_card(&card_of(chart, props));
    html! {
        <>
            { top }
            <div class="ch-grid ch-21">{ card(Chart::Cost) }{ card(Chart::Budget) }</div>
            <div class="ch-grid ch-3">{ card(Chart::Tokens) }{ card(Chart::Latency) }{ card(Chart::Success) }</div>
            { breakdown(props) }
            <div class="ch-grid ch-2">{ card(Chart::Errors) }{ card(Chart::Tasks) }</div>
            { card(Chart::Compared) }
            <div class="vh" id="usage-loading" role="status">if waiting { { t!("reading-usage") } }</div>
        </>
    }
}

fn header(props: &UsagePageProps) -> Html {
    let range = props.usage.range;
    let on_choose = props.on_edit.reform(Edit::Choose);
    html! {
        <header class="top">
            <div class="top-t"><h1 tabindex="-1">{ t!("usage") }</h1><p>{ range.words(props.today) }</p></div>
            <div class="top-a"><RangePicker {range} today={props.today} {on_choose} /></div>
        </header>
    }
}

fn card_of(chart: Chart, props: &UsagePageProps) -> ChartCard<'_> {
    let usage = &props.usage;
    let on_open = {
        let (on_calls, figures) = (props.on_calls.clone(), usage.figures.clone());
        Callback::from(move |Opened { chart, stop, series }: Opened| {
            let Load::Ready(figures) = &figures else { return };
            if let Some(behind) = Behind::mark(figures, chart, stop, series) {
                on_calls.emit(behind);
            }
        })
    };
    ChartCard {
        chart,
        figures: &usage.figures,
        as_table: usage.tables.contains(&chart),
        stale: usage.reading && usage.figures != Load::Waiting,
        on_table: props.on_edit.reform(Edit::Table),
        on_open,
        on_retry: retry(props),
    }
}

fn breakdown(props: &UsagePageProps) -> Html {
    let Load::Ready(figures) = &props.usage.figures else { return Html::default() };
    if figures.providers.is_empty() {
        return Html::default();
    }
    let on_open = {
        let (on_calls, figures) = (props.on_calls.clone(), figures.clone());
        Callback::from(move |id: ProviderId| on_calls.emit(Behind::provider(&figures, id)))
    };
    usage_table(&UsageTable {
        figures,
        order: props.usage.order,
        on_order: props.on_edit.reform(Edit::OrderBy),
        on_open,
    })
}
