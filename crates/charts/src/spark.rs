//! A few days as a small curve, for the list. Without plotters: there is nothing to scale or to label, and the list is
//! what the page paints first.

use std::fmt::Write as _;

use model::{PicoUsd, ProviderType};

use crate::{
    cost::Cost,
    drawing::{Area, Drawing, Reading, Stop, Table},
    frame::{Frame, Step},
    ink::Tone,
    node::{Node, px},
};

/// Paths of a curve in a box of 64 by 22, and its last point.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    /// The curve, broken where there are gaps.
    pub line: String,
    /// The curve closed down to the baseline.
    pub area: String,
    /// Where the last day is that is known.
    pub end: Option<(f64, f64)>,
}

const WIDTH: f64 = 64.0;
const HEIGHT: f64 = 22.0;
const LEFT: f64 = 2.0;
const RIGHT: f64 = 60.0;
const TOP: f64 = 4.0;
const BASE: f64 = 21.0;

/// The curve of some days, oldest first; the largest touches the top, a day without cost lies on the baseline.
pub fn curve(days: &[Option<PicoUsd>]) -> Curve {
    let mut curve = Curve { line: String::new(), area: String::new(), end: None };
    for run in runs(&points(days)) {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        let drawn: Vec<String> = run.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let drawn = format!("M{}", drawn.join(" L"));
        let _ = write!(curve.area, "{drawn} L{} {BASE} L{} {BASE}z", px(last.0), px(first.0));
        curve.line.push_str(&drawn);
        if run.len() == 1 {
            // A round cap makes a point of it.
            curve.line.push_str(" h0");
        }
        curve.end = Some(*last);
    }
    curve
}

fn points(days: &[Option<PicoUsd>]) -> Vec<Option<(f64, f64)>> {
    let largest = days.iter().flatten().map(|day| day.0).max().unwrap_or(0).max(1) as f64;
    let step = (RIGHT - LEFT) / days.len().saturating_sub(1).max(1) as f64;
    let height = |day: &PicoUsd| BASE - (BASE - TOP) * (day.0.max(0) as f64 / largest);
    let point = |(place, day): (usize, &Option<PicoUsd>)| {
        day.as_ref().map(|day| (LEFT + step * place as f64, height(day)))
    };
    days.iter().enumerate().map(point).collect()
}

fn runs(points: &[Option<(f64, f64)>]) -> Vec<Vec<(f64, f64)>> {
    points.split(Option::is_none).map(|run| run.iter().flatten().copied().collect()).collect()
}

/// The curve as a drawing of its own.
pub fn spark(vendor: ProviderType, steps: &[Step], days: &[Option<PicoUsd>], frame: &Frame) -> Drawing {
    let drawn = curve(days);
    let mut group = Node::classed("g", format!("spark {}", Tone::Vendor(vendor).class()));
    if let Some((x, y)) = drawn.end {
        group = group
            .holding(Node::classed("path", "area").with("d", drawn.area))
            .holding(Node::classed("path", "line").with("d", drawn.line))
            .holding(Node::new("circle").with("cx", px(x)).with("cy", px(y)).with("r", "2.2"));
    }
    let cost =
        |day: usize| Cost { amount: days.get(day).copied().flatten(), unpriced: 0 }.exact(&frame.words);
    let row = |(day, step): (usize, &Step)| vec![step.title.clone(), cost(day)];
    let table = Table {
        head: vec![frame.words.time.clone(), frame.words.total.clone()],
        rows: steps.iter().enumerate().map(row).collect(),
    };
    Drawing {
        width: WIDTH,
        height: HEIGHT,
        label: frame.label.clone(),
        patterns: Vec::new(),
        back: Vec::new(),
        marks: vec![group],
        plot: Area { left: 0.0, top: 0.0, right: WIDTH, bottom: HEIGHT },
        stops: stops(vendor, steps, days, frame),
        reads_out: None,
        table,
    }
}

fn stops(vendor: ProviderType, steps: &[Step], days: &[Option<PicoUsd>], frame: &Frame) -> Vec<Stop> {
    let wide = WIDTH / steps.len().max(1) as f64;
    let points = points(days);
    let stop = |(day, step): (usize, &Step)| Stop {
        area: Area { left: wide * day as f64, top: 0.0, right: wide * (day + 1) as f64, bottom: HEIGHT },
        x: points.get(day).copied().flatten().map_or(0.0, |(x, _)| x),
        title: step.title.clone(),
        readings: vec![Reading {
            series: Vec::new(),
            name: frame.words.total.clone(),
            value: Cost { amount: days.get(day).copied().flatten(), unpriced: 0 }.exact(&frame.words),
            tone: Tone::Vendor(vendor),
            span: points.get(day).copied().flatten().map(|(_, y)| (y, y)),
        }],
        total: None,
        note: None,
    };
    steps.iter().enumerate().map(stop).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dearest_day_touches_the_top_and_a_free_one_the_base() {
        let curve = curve(&[0, 10, 5].map(|pico| Some(PicoUsd(pico))));
        assert_eq!(curve.line, "M2.0 21.0 L31.0 4.0 L60.0 12.5");
        assert_eq!(curve.end, Some((60.0, 12.5)));
    }

    #[test]
    fn days_without_any_cost_are_flat_and_finite() {
        assert!(curve(&[Some(PicoUsd(0)); 7]).line.contains("60.0 21.0"));
    }

    #[test]
    fn a_gap_breaks_the_curve() {
        let days = [Some(PicoUsd(1)), Some(PicoUsd(1)), None, Some(PicoUsd(1))];
        assert_eq!(curve(&days).line, "M2.0 4.0 L21.3 4.0M60.0 4.0 h0");
        assert_eq!(curve(&[None, None]).end, None);
    }
}
