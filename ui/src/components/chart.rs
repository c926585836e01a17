//! A chart: drawn to the width of its place, read out by pointer and arrow keys, opened by a click or Enter.

use std::rc::Rc;

use charts::{Drawing, Node, Side};
use wasm_bindgen::{JsCast, prelude::Closure};
use web_sys::{Element, ResizeObserver};
use yew::{
    prelude::*,
    virtual_dom::{VNode, VTag, VText},
};

use crate::{
    state::usage::{figures::Figures, plans::Chart},
    t,
};

/// A chart.
#[derive(Properties, PartialEq)]
pub struct ChartViewProps {
    /// Which one.
    pub chart: Chart,
    /// What it is drawn from.
    pub figures: Rc<Figures>,
    /// A day or a row is opened, with the series of the bar that was clicked.
    pub on_open: Callback<Opened>,
}

/// What a person asked to see the calls of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// In which chart.
    pub chart: Chart,
    /// The stop.
    pub stop: usize,
    /// The series of the bar that was clicked; none where no bar was.
    pub series: Vec<usize>,
}

/// What is read out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Reading {
    stop: Option<usize>,
    /// By keys, and so it is spoken.
    by_keys: bool,
}

/// The chart.
#[component]
pub fn ChartView(props: &ChartViewProps) -> Html {
    let (place, shape) = (use_node_ref(), use_node_ref());
    let width = use_state_eq(|| 0.0);
    let reading = use_state(Reading::default);
    // Anew when the chart takes the place of what was measured, for that is another node.
    use_effect_with(*width > 0.0, {
        let (place, width) = (place.clone(), width.setter());
        move |_| watch_width(place, width)
    });
    let drawing = use_memo((props.chart, props.figures.clone(), *width), |(chart, figures, width)| {
        (*width > 0.0).then(|| chart.draw(figures, *width))
    });
    let Some(shown) = &*drawing else {
        // The focus may come back to it before it is measured.
        return html! { <div class="chart-w" ref={place} tabindex="-1" /> };
    };
    let at = reading.stop.filter(|stop| *stop < shown.stops.len());
    let spoken = at.filter(|_| reading.by_keys).map(|stop| shown.stops[stop].spoken()).unwrap_or_default();
    let keys = Keys {
        chart: props.chart,
        count: shown.stops.len(),
        at,
        reading: reading.setter(),
        on_open: props.on_open.clone(),
    };
    let onkeydown = move |event: KeyboardEvent| keys.pressed(&event);
    let onblur = {
        let reading = reading.setter();
        move |_: FocusEvent| reading.set(Reading::default())
    };
    let hint = format!("chart-{}-keys", props.chart.as_str());
    let class = classes!("chart-w", (shown.reads_out == Some(Side::Below)).then_some("rows"));
    html! {
        <div {class} ref={place.clone()} tabindex="0" role="group" aria-label={shown.label.clone()} aria-describedby={hint.clone()} {onkeydown} {onblur}>
            <span class="vh" id={hint}>{ t!("chart-keys") }</span>
            { picture(shown, at, pointer(props, &drawing, &reading, shape)) }
            <span class="vh" aria-live="polite">{ spoken }</span>
        </div>
    }
}

/// What the pointer does.
struct Pointer {
    shape: NodeRef,
    moved: Callback<PointerEvent>,
    left: Callback<PointerEvent>,
    clicked: Callback<MouseEvent>,
}

fn pointer(
    props: &ChartViewProps,
    drawing: &Rc<Option<Drawing>>,
    reading: &UseStateHandle<Reading>,
    shape: NodeRef,
) -> Pointer {
    let at = {
        let (drawing, shape) = (drawing.clone(), shape.clone());
        move |event: &MouseEvent| {
            let drawing = drawing.as_ref().as_ref()?;
            let point = point(event, &shape, drawing)?;
            Some((drawing.stop_at(point)?, drawing.series_at(point).to_vec()))
        }
    };
    let (moved, left, under) = (reading.setter(), reading.setter(), at.clone());
    let (chart, on_open) = (props.chart, props.on_open.clone());
    Pointer {
        shape,
        moved: Callback::from(move |event: PointerEvent| {
            moved.set(Reading { stop: under(&event).map(|(stop, _)| stop), by_keys: false });
        }),
        left: Callback::from(move |_| left.set(Reading::default())),
        clicked: Callback::from(move |event: MouseEvent| {
            if let Some((stop, series)) = at(&event) {
                on_open.emit(Opened { chart, stop, series });
            }
        }),
    }
}

/// Where in the drawing something happened. By the picture's own box: an event's current target is not it, since Yew
/// listens at the page's root.
fn point(event: &MouseEvent, shape: &NodeRef, drawing: &Drawing) -> Option<(f64, f64)> {
    let rect = shape.cast::<Element>()?.get_bounding_client_rect();
    let scale = drawing.width / rect.width().max(1.0);
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    Some(((x - rect.left()) * scale, (y - rect.top()) * scale))
}

/// Follows the width of the chart's place, which also changes without the window: a scroll bar comes, a column goes.
fn watch_width(place: NodeRef, width: UseStateSetter<f64>) -> impl FnOnce() {
    let element = place.cast::<Element>();
    let measure = move || {
        // By the node that is there now; one that has no width is not shown, and keeps what it was drawn to.
        let found = place.cast::<Element>().map(|element| element.client_width());
        if let Some(found) = found.filter(|found| *found > 0) {
            width.set(f64::from(found));
        }
    };
    measure();
    let measure = Closure::<dyn FnMut()>::new(measure);
    let observer = ResizeObserver::new(measure.as_ref().unchecked_ref()).ok();
    if let (Some(observer), Some(element)) = (&observer, &element) {
        observer.observe(element);
    }
    move || {
        if let Some(observer) = observer {
            observer.disconnect();
        }
        drop(measure);
    }
}

struct Keys {
    chart: Chart,
    count: usize,
    at: Option<usize>,
    reading: UseStateSetter<Reading>,
    on_open: Callback<Opened>,
}

impl Keys {
    fn pressed(&self, event: &KeyboardEvent) {
        let Some(last) = self.count.checked_sub(1) else { return };
        let stop = match (event.key().as_str(), self.at) {
            ("ArrowRight" | "ArrowDown", at) => Some(at.map_or(0, |at| (at + 1).min(last))),
            ("ArrowLeft" | "ArrowUp", at) => Some(at.map_or(last, |at| at.saturating_sub(1))),
            ("Home", _) => Some(0),
            ("End", _) => Some(last),
            ("Escape", Some(_)) => None,
            ("Enter", Some(stop)) => {
                self.on_open.emit(Opened { chart: self.chart, stop, series: Vec::new() });
                Some(stop)
            }
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        self.reading.set(Reading { stop, by_keys: true });
    }
}

fn picture(drawing: &Drawing, at: Option<usize>, pointer: Pointer) -> Html {
    let read_out = at.and_then(|stop| drawing.read_out(stop));
    let (band, tip) = read_out.map(|shown| (shown.band, shown.tip)).unzip();
    let (width, height) = (drawing.width.to_string(), drawing.height.to_string());
    html! {
        <svg class="chart" ref={pointer.shape} {width} {height} viewBox={format!("0 0 {} {}", drawing.width, drawing.height)} role="img" aria-label={drawing.label.clone()}
            onpointermove={pointer.moved} onpointerleave={pointer.left} onclick={pointer.clicked}>
            if !drawing.patterns.is_empty() { <defs>{ for drawing.patterns.iter().map(element) }</defs> }
            <g>{ for drawing.back.iter().map(element) }</g>
            { for band.iter().map(element) }
            <g>{ for drawing.marks.iter().map(element) }</g>
            { for tip.flatten().iter().map(element) }
        </svg>
    }
}

/// An element of a drawing as one of the page.
pub fn element(node: &Node) -> Html {
    let mut tag = VTag::new(node.tag);
    for (name, value) in &node.attributes {
        tag.add_attribute(name, value.clone());
    }
    if let Some(text) = &node.text {
        tag.add_child(VText::new(text.clone()).into());
    }
    for child in &node.children {
        tag.add_child(element(child));
    }
    VNode::from(tag)
}

/// A drawing in rows.
pub fn chart_table(drawing: &Drawing) -> Html {
    let head = |(place, name): (usize, &String)| {
        let class = (place > 0).then_some("n");
        html! { <th scope="col" {class}>{ name }</th> }
    };
    let row = |row: &Vec<String>| {
        let mut cells = row.iter();
        let name = cells.next().cloned().unwrap_or_default();
        html! { <tr><th scope="row" dir="auto">{ name }</th>{ for cells.map(|cell| html! { <td class="n">{ cell }</td> }) }</tr> }
    };
    html! {
        <div class="chart-t" tabindex="0" role="group" aria-label={drawing.label.clone()}>
            <table class="tbl sm">
                <caption class="vh">{ &drawing.label }</caption>
                <thead><tr>{ for drawing.table.head.iter().enumerate().map(head) }</tr></thead>
                <tbody>{ for drawing.table.rows.iter().map(row) }</tbody>
            </table>
        </div>
    }
}
