//! Series over time as lines: tokens, latency, success.

use crate::{
    amount::{Amount, Unit},
    axis,
    canvas::{Canvas, Plot},
    drawing::{Area, Drawing, Reading, Side, Stop, Table},
    frame::{Frame, Step},
    ink::Tone,
    labels::{EndLabel, Setting},
    scale::Scale,
};

/// Series over time.
#[derive(Clone, Debug)]
pub struct Trend {
    /// The days, oldest first.
    pub steps: Vec<Step>,
    /// What the values are.
    pub unit: Unit,
    /// The series; the first is the one to look at.
    pub lines: Vec<Line>,
}

/// One series.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its name.
    pub name: String,
    /// How it is drawn: [`Tone::Previous`] is dotted.
    pub tone: Tone,
    /// One for each step; nothing is a gap, and so is a value of another unit.
    pub values: Vec<Option<Amount>>,
}

const END: f64 = 2.6;
const ALONE: f64 = 1.6;

impl Trend {
    fn value(&self, line: &Line, step: usize) -> Option<Amount> {
        line.values.get(step).copied().flatten().filter(|value| value.unit() == self.unit)
    }

    fn values<'a>(&'a self, line: &'a Line) -> impl Iterator<Item = Amount> + 'a {
        (0..self.steps.len()).filter_map(|step| self.value(line, step))
    }
}

/// The chart.
pub fn trend(data: &Trend, frame: &Frame) -> Drawing {
    let frame = &frame.bounded();
    let count = data.steps.len();
    let positions = data.lines.iter().flat_map(|line| data.values(line)).map(Amount::position);
    let scale = match data.unit {
        Unit::Share => Scale::shares(positions),
        unit => Scale::amounts(positions, unit != Unit::Money),
    };
    let mut labels: Vec<EndLabel> = data.lines.iter().filter_map(|line| label(data, line)).collect();
    let setting = Setting::of(&labels, frame.height - 34.0);
    let area = axis::plot_area(frame, &scale, data.unit, setting.width());
    let canvas = Canvas::new(frame.width, frame.height);
    let across = if count > 1 { 0.0..(count - 1) as f64 } else { -0.5..0.5 };
    let plot = canvas.plot(area, across, scale.low..scale.high);
    axis::heights(&canvas, &plot, &scale, data.unit);
    axis::times(&canvas, &area, &data.steps, |step| plot.at(step as f64, 0.0).0);
    gaps(&canvas, &plot, data);
    let back = canvas.take();
    // The first is the one to look at, and so lies on top.
    for line in data.lines.iter().rev() {
        draw(&plot, data, line);
    }
    for label in &mut labels {
        label.y = plot.at(0.0, label.y).1;
    }
    setting.draw(&canvas, &area, &labels);
    Drawing {
        width: frame.width,
        height: frame.height,
        label: frame.label.clone(),
        patterns: Vec::new(),
        back,
        marks: canvas.take(),
        plot: area,
        stops: (0..count).map(|step| stop(data, frame, &plot, step)).collect(),
        reads_out: Some(Side::Beside),
        table: table(data, frame),
    }
}

fn label(data: &Trend, line: &Line) -> Option<EndLabel> {
    let last = data.values(line).last()?;
    Some(EndLabel {
        name: line.name.clone(),
        value: last.short(),
        tone: line.tone,
        y: last.position(),
        swatch: None,
    })
}

/// Steps of which no series knows anything are shaded.
fn gaps(canvas: &Canvas, plot: &Plot, data: &Trend) {
    let known = |step: usize| data.lines.iter().any(|line| data.value(line, step).is_some());
    for step in (0..data.steps.len()).filter(|step| !known(*step)) {
        canvas.bar(reach(plot, data.steps.len(), step), Tone::Gap.ink());
    }
}

fn draw(plot: &Plot, data: &Trend, line: &Line) {
    let point = |step: usize| data.value(line, step).map(|value| (step as f64, value.position()));
    let ink = line.tone.ink();
    let mut run: Vec<(f64, f64)> = Vec::new();
    let end = |run: &mut Vec<(f64, f64)>| {
        match run[..] {
            [] => {}
            [alone] => plot.dot(alone, ALONE, ink),
            _ => plot.line(run, ink),
        }
        run.clear();
    };
    let mut last = None;
    for (step, named) in data.steps.iter().enumerate() {
        let Some(point) = point(step) else {
            end(&mut run);
            continue;
        };
        last = Some(point);
        match run.last().copied() {
            Some(before) if named.partial => {
                end(&mut run);
                plot.line(&[before, point], ink.partial(true));
            }
            _ => run.push(point),
        }
    }
    end(&mut run);
    if let Some(last) = last {
        plot.dot(last, END, ink);
    }
}

/// The part of the plot that is nearest to a step.
fn reach(plot: &Plot, count: usize, step: usize) -> Area {
    let edge = |x: f64| plot.at(x, 0.0).0;
    let (left, right) = if count > 1 {
        (edge((step as f64 - 0.5).max(0.0)), edge((step as f64 + 0.5).min((count - 1) as f64)))
    } else {
        (plot.area.left, plot.area.right)
    };
    Area { left, right, ..plot.area }
}

fn stop(data: &Trend, frame: &Frame, plot: &Plot, step: usize) -> Stop {
    let reading = |(series, line): (usize, &Line)| {
        let value = data.value(line, step);
        let height = value.map(|value| plot.at(step as f64, value.position()).1);
        Reading {
            series: vec![series],
            name: line.name.clone(),
            value: value.map_or_else(|| frame.words.no_data.clone(), |value| value.exact(&frame.words)),
            tone: line.tone,
            span: height.map(|height| (height, height)),
        }
    };
    Stop {
        area: reach(plot, data.steps.len(), step),
        x: plot.at(step as f64, 0.0).0,
        title: data.steps[step].title.clone(),
        readings: data.lines.iter().enumerate().map(reading).collect(),
        total: None,
        note: None,
    }
}

fn table(data: &Trend, frame: &Frame) -> Table {
    let head =
        std::iter::once(frame.words.time.clone()).chain(data.lines.iter().map(|line| line.name.clone()));
    let row = |(step, named): (usize, &Step)| {
        let values = data.lines.iter().map(|line| data.value(line, step));
        let values = values.map(|value| {
            value.map_or_else(|| frame.words.no_data.clone(), |value| value.exact(&frame.words))
        });
        std::iter::once(named.title.clone()).chain(values).collect()
    };
    Table { head: head.collect(), rows: data.steps.iter().enumerate().map(row).collect() }
}
