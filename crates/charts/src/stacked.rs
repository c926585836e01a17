//! Daily cost by provider: stacked bars, the dearest provider at the base, where it keeps its place.

use model::{PicoUsd, ProviderType};

use crate::{
    amount::{Amount, Unit},
    axis,
    canvas::{Canvas, Plot},
    cost::Cost,
    drawing::{Area, Drawing, Reading, Side, Stop, Table},
    frame::{Frame, Step},
    ink::Tone,
    labels::{EndLabel, Setting},
    pattern,
    scale::Scale,
};

/// Costs over time, by provider.
#[derive(Clone, Debug)]
pub struct DailyCost {
    /// The days, oldest first.
    pub steps: Vec<Step>,
    /// The providers, in any order.
    pub series: Vec<CostSeries>,
}

/// Costs of one provider.
#[derive(Clone, Debug)]
pub struct CostSeries {
    /// Its name.
    pub name: String,
    /// Its vendor, and so its colour and glyph.
    pub vendor: ProviderType,
    /// One for each step; what is missing at the end is a gap.
    pub costs: Vec<Cost>,
}

/// More than these have no room; the smallest are then one.
const LAYERS: usize = 8;
/// Bars narrower than this touch each other, and the picture is one of areas.
const TOUCHING: f64 = 4.0;
const WIDEST: f64 = 44.0;
/// The least that is seen of what is not nothing, and the seam between two layers.
const THIN: f64 = 0.6;
const SEAM: f64 = 1.0;

/// What is drawn: one provider, or the small ones together.
struct Layer {
    series: Vec<usize>,
    name: String,
    tone: Tone,
    /// The pattern, where a vendor has several layers.
    swatch: Option<Option<String>>,
    costs: Vec<Cost>,
}

impl Layer {
    fn total(&self) -> Cost {
        self.costs.iter().copied().sum()
    }
}

/// The chart.
pub fn daily_cost(data: &DailyCost, frame: &Frame) -> Drawing {
    let frame = &frame.bounded();
    let layers = layers(data, frame);
    let count = data.steps.len();
    let sums: Vec<Cost> = (0..count).map(|step| layers.iter().map(|layer| layer.costs[step]).sum()).collect();
    let scale = Scale::amounts(sums.iter().map(|sum| Amount::Money(sum.known()).position()), false);
    let mut labels: Vec<EndLabel> =
        layers.iter().filter(|_| count > 0).map(|layer| label(layer, frame)).collect();
    let setting = Setting::of(&labels, frame.height - 34.0);
    let area = axis::plot_area(frame, &scale, Unit::Money, setting.width());
    let canvas = Canvas::new(frame.width, frame.height);
    let plot = canvas.plot(area, 0.0..count.max(1) as f64, scale.low..scale.high);
    axis::heights(&canvas, &plot, &scale, Unit::Money);
    axis::times(&canvas, &area, &data.steps, |step| column(&area, count, step).middle());
    gaps(&canvas, &area, &sums);
    let back = canvas.take();
    let bars = Bars { canvas: &canvas, plot: &plot, steps: &data.steps };
    let spans = bars.draw(&layers);
    bars.unknown(&sums, &spans);
    for (label, spans) in labels.iter_mut().zip(&spans) {
        label.y = spans.last().copied().flatten().map_or(area.bottom, |(top, bottom)| (top + bottom) / 2.0);
    }
    setting.draw(&canvas, &area, &labels);
    Drawing {
        width: frame.width,
        height: frame.height,
        label: frame.label.clone(),
        patterns: pattern::used(&frame.id, layers.iter().filter_map(|layer| layer.swatch.clone().flatten())),
        back,
        marks: canvas.take(),
        plot: area,
        stops: (0..count).map(|step| stop(data, frame, &layers, &area, &spans, step)).collect(),
        reads_out: Some(Side::Beside),
        table: table(data, frame),
    }
}

fn layers(data: &DailyCost, frame: &Frame) -> Vec<Layer> {
    let mut layers: Vec<Layer> =
        data.series.iter().enumerate().map(|(index, series)| layer(data, index, series)).collect();
    layers.sort_by_key(|layer| std::cmp::Reverse(layer.total().known()));
    if layers.len() > LAYERS {
        let small = layers.split_off(LAYERS - 1);
        let costs = (0..data.steps.len()).map(|step| small.iter().map(|layer| layer.costs[step]).sum());
        layers.push(Layer {
            series: small.iter().flat_map(|layer| layer.series.clone()).collect(),
            name: (frame.words.others)(small.len()),
            tone: Tone::Neutral,
            swatch: None,
            costs: costs.collect(),
        });
    }
    let tones: Vec<Tone> = layers.iter().map(|layer| layer.tone).collect();
    for (place, layer) in layers.iter_mut().enumerate().filter(|(_, layer)| layer.series.len() == 1) {
        let before = tones[..place].iter().filter(|tone| **tone == layer.tone).count();
        let several = tones.iter().filter(|tone| **tone == layer.tone).count() > 1;
        layer.swatch = several.then(|| pattern::id(&frame.id, before));
    }
    layers
}

fn layer(data: &DailyCost, index: usize, series: &CostSeries) -> Layer {
    let mut costs = series.costs.clone();
    costs.resize(data.steps.len(), Cost::GAP);
    Layer {
        series: vec![index],
        name: series.name.clone(),
        tone: Tone::Vendor(series.vendor),
        swatch: None,
        costs,
    }
}

fn label(layer: &Layer, frame: &Frame) -> EndLabel {
    EndLabel {
        name: layer.name.clone(),
        value: layer.total().words(&frame.words),
        tone: layer.tone,
        y: 0.0,
        swatch: layer.swatch.clone(),
    }
}

/// Where a step's bar begins and ends.
struct Column {
    slot: (f64, f64),
    bar: (f64, f64),
}

impl Column {
    fn middle(&self) -> f64 {
        (self.slot.0 + self.slot.1) / 2.0
    }
}

fn column(area: &Area, count: usize, step: usize) -> Column {
    let slot = area.width() / count.max(1) as f64;
    let left = area.left + slot * step as f64;
    if slot < TOUCHING {
        // A little over the next one, or fine lines would show between them.
        return Column { slot: (left, left + slot), bar: (left, (left + slot + 0.2).min(area.right)) };
    }
    let bar = (slot * 0.72).min(WIDEST);
    let inset = (slot - bar) / 2.0;
    Column { slot: (left, left + slot), bar: (left + inset, left + inset + bar) }
}

/// A step of which nothing is known is shaded, for an empty place would read as a day without cost.
fn gaps(canvas: &Canvas, area: &Area, sums: &[Cost]) {
    for step in (0..sums.len()).filter(|step| sums[*step].is_gap()) {
        let (left, right) = column(area, sums.len(), step).slot;
        canvas.bar(Area { left, right, ..*area }, Tone::Gap.ink());
    }
}

struct Bars<'a> {
    canvas: &'a Canvas,
    plot: &'a Plot,
    steps: &'a [Step],
}

/// Upper and lower edge of a layer's mark at each step.
type Spans = Vec<Option<(f64, f64)>>;

impl Bars<'_> {
    fn draw(&self, layers: &[Layer]) -> Vec<Spans> {
        let mut below = vec![PicoUsd(0); self.steps.len()];
        layers.iter().map(|layer| self.layer(layer, &mut below)).collect()
    }

    fn layer(&self, layer: &Layer, below: &mut [PicoUsd]) -> Spans {
        let drawn = self.canvas.count();
        let spans = below.iter_mut().enumerate().map(|(step, below)| {
            let known = layer.costs[step].known();
            let span = (known.0 > 0).then(|| self.span(*below, known));
            *below = below.plus(known);
            if let Some((top, bottom)) = span {
                let (left, right) = column(&self.plot.area, self.steps.len(), step).bar;
                let ink = layer.tone.ink().partial(self.steps[step].partial);
                self.canvas.bar(Area { left, top, right, bottom }, ink);
            }
            span
        });
        let spans = spans.collect();
        if let Some(Some(pattern)) = &layer.swatch {
            self.canvas.overlay(drawn, pattern);
        }
        spans
    }

    fn span(&self, below: PicoUsd, known: PicoUsd) -> (f64, f64) {
        let height = |amount| self.plot.at(0.0, Amount::Money(amount).position()).1;
        let touching = self.plot.area.width() < TOUCHING * self.steps.len() as f64;
        let bottom = height(below) - if touching { 0.0 } else { SEAM };
        let top = height(below.plus(known)).min(bottom - THIN).max(self.plot.area.top);
        (top, bottom.max(top))
    }

    /// A stroke above a bar that would be higher if all calls had a price.
    fn unknown(&self, sums: &[Cost], spans: &[Spans]) {
        for step in (0..sums.len()).filter(|step| sums[*step].unpriced > 0) {
            let tops = spans.iter().filter_map(|spans| spans[step]).map(|(top, _)| top);
            let y = (tops.fold(self.plot.area.bottom, f64::min) - 3.0).max(self.plot.area.top);
            let (left, right) = column(&self.plot.area, sums.len(), step).bar;
            self.canvas.stroke(&[(left, y), (right, y)], Tone::Unknown.ink());
        }
    }
}

fn stop(
    data: &DailyCost,
    frame: &Frame,
    layers: &[Layer],
    area: &Area,
    spans: &[Spans],
    step: usize,
) -> Stop {
    let (left, right) = column(area, data.steps.len(), step).slot;
    let reading = |(layer, spans): (&Layer, &Spans)| Reading {
        series: layer.series.clone(),
        name: layer.name.clone(),
        value: layer.costs[step].exact(&frame.words),
        tone: layer.tone,
        span: spans[step],
    };
    let sum: Cost = layers.iter().map(|layer| layer.costs[step]).sum();
    Stop {
        area: Area { left, right, ..*area },
        x: (left + right) / 2.0,
        title: data.steps[step].title.clone(),
        readings: layers.iter().zip(spans).map(reading).collect(),
        total: Some((frame.words.total.clone(), sum.exact(&frame.words))),
        note: (sum.unpriced > 0).then(|| (frame.words.unpriced)(sum.unpriced)),
    }
}

fn table(data: &DailyCost, frame: &Frame) -> Table {
    let mut head = vec![frame.words.time.clone()];
    head.extend(data.series.iter().map(|series| series.name.clone()));
    head.push(frame.words.total.clone());
    let row = |(step, named): (usize, &Step)| {
        let costs = data.series.iter().map(|series| series.costs.get(step).copied().unwrap_or(Cost::GAP));
        let sum: Cost = costs.clone().sum();
        let costs = costs.chain([sum]).map(|cost| cost.exact(&frame.words));
        std::iter::once(named.title.clone()).chain(costs).collect()
    };
    Table { head, rows: data.steps.iter().enumerate().map(row).collect() }
}
