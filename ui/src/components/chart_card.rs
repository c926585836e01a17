//! A card with a chart in it: its title, the way to its table, and what stands there while there is nothing to draw.

use std::rc::Rc;

use model::{Failure, statistics::PictureFormat};
use yew::prelude::*;

use crate::{
    components::{
        chart::{ChartView, Opened, chart_table},
        icon::icon,
        menu::Item,
        menu_button::MenuButton,
    },
    state::{
        toast::sentence_case,
        usage::{figures::Figures, plans::Chart},
        workspace::Load,
    },
    t,
};

/// Wide enough that no label of a table is cut; a table is not as wide as it is drawn.
const TABLE_WIDTH: f64 = 632.0;

/// A card.
pub struct ChartCard<'a> {
    /// Which chart.
    pub chart: Chart,
    /// What it is drawn from.
    pub figures: &'a Load<Figures>,
    /// Whether it is shown as a table.
    pub as_table: bool,
    /// Whether the figures are those of other days, for a moment.
    pub stale: bool,
    /// As a table, or as a chart again.
    pub on_table: Callback<Chart>,
    /// A day or a row is opened.
    pub on_open: Callback<Opened>,
    /// Ask again.
    pub on_retry: Callback<()>,
    /// As a file.
    pub on_export: Callback<(Chart, PictureFormat)>,
}

/// Draws the card.
pub fn chart_card(card: &ChartCard<'_>) -> Html {
    let chart = card.chart;
    let id = format!("card-{}", chart.as_str());
    let (title, sub) = match card.figures {
        Load::Ready(figures) => chart.title(figures),
        Load::Waiting | Load::Failed(_) => (chart.name(), String::new()),
    };
    html! {
        <section class={classes!("card", card.stale.then_some("stale"))} {id} aria-busy={card.stale.to_string()}>
            <div class="card-h"><h2>{ title }</h2><span class="sub">{ sub }</span>{ as_table(card) }</div>
            <div class="card-b t0">{ body(card) }</div>
        </section>
    }
}

fn as_table(card: &ChartCard<'_>) -> Html {
    let chart = card.chart;
    if !matches!(card.figures, Load::Ready(figures) if !chart.is_empty(figures)) {
        return Html::default();
    }
    let label = t!("show-as-table", name = chart.name());
    let onclick = card.on_table.reform(move |_: MouseEvent| chart);
    html! {
        <div class="push card-a">
            <button type="button" class={classes!("ib", card.as_table.then_some("on"))} aria-pressed={card.as_table.to_string()}
                aria-label={label} title={t!("show-as-table-title")} {onclick}>{ icon("list") }</button>
            { save(card) }
        </div>
    }
}

/// The chart as a file.
fn save(card: &ChartCard<'_>) -> Html {
    let chart = card.chart;
    let items = vec![Item::new("png", t!("save-png"), "file"), Item::new("svg", t!("save-svg"), "file")];
    let on_choose = card.on_export.reform(move |action: AttrValue| {
        (chart, if action == "png" { PictureFormat::Png } else { PictureFormat::Svg })
    });
    let label = t!("save-chart", name = chart.name());
    html! { <MenuButton id={format!("save-{}", chart.as_str())} {label} {items} {on_choose} /> }
}

fn body(card: &ChartCard<'_>) -> Html {
    let chart = card.chart;
    match card.figures {
        Load::Waiting => skeleton(chart),
        Load::Failed(failure) => failed(card, failure),
        Load::Ready(figures) => match chart.failure(figures) {
            Some(failure) => failed(card, failure),
            None if chart.is_unread(figures) => skeleton(chart),
            None if chart.is_empty(figures) => html! { <p class="chart-0 t3">{ chart.empty() }</p> },
            None if card.as_table => chart_table(&chart.draw(figures, TABLE_WIDTH)),
            None => {
                html! { <ChartView {chart} figures={Rc::clone(figures)} on_open={card.on_open.clone()} /> }
            }
        },
    }
}

fn failed(card: &ChartCard<'_>, failure: &Failure) -> Html {
    html! {
        <div class="note danger" role="alert">
            { icon("alert") }
            <div class="grow"><p><b>{ sentence_case(&failure.message) }</b></p><p>{ failure.advice.clone() }</p></div>
            <button type="button" class="btn sm" onclick={card.on_retry.reform(|_: MouseEvent| ())}>{ t!("try-again") }</button>
        </div>
    }
}

/// As high as the chart will be.
fn skeleton(chart: Chart) -> Html {
    let height = if chart.height() > 200.0 { "tall" } else { "" };
    html! { <div class={classes!("chart-sk", "late", height)} aria-hidden="true"><span class="sk"></span></div> }
}
