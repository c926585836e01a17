//! Axes: gridlines and their numbers on the left, the baseline, the names of steps below.

use crate::{
    amount::Unit,
    canvas::{Anchor, Canvas, Plot},
    drawing::Area,
    frame::{Frame, Step},
    ink::Tone,
    measure::{self, SIZE},
    scale::{Scale, labelled},
};

const TOP: f64 = 10.0;
const BELOW: f64 = 24.0;
/// Between a number and its gridline.
const GAP: f64 = 8.0;
/// Between the names of two steps.
const APART: f64 = 36.0;
/// The least that is left for the plot, whatever the labels want.
const LEAST: f64 = 40.0;

/// The area that labels leave to the plot.
pub(crate) fn plot_area(frame: &Frame, scale: &Scale, unit: Unit, right: f64) -> Area {
    let labels = unit.labels(&scale.ticks, scale.step);
    let widest = labels.iter().map(|label| measure::width(label, SIZE)).fold(0.0, f64::max);
    let left = (widest + GAP + 4.0).ceil().min(frame.width / 3.0);
    let right = (frame.width - right).max(left + LEAST);
    Area { left, top: TOP, right, bottom: frame.height - BELOW }
}

/// Gridlines, baseline and numbers.
pub(crate) fn heights(canvas: &Canvas, plot: &Plot, scale: &Scale, unit: Unit) {
    let base = if scale.low < 0.0 { 0.0 } else { scale.low };
    for tick in scale.ticks.iter().filter(|tick| **tick != base) {
        plot.level(canvas, *tick, Tone::Grid);
    }
    plot.level(canvas, base, Tone::Axis);
    for (tick, label) in scale.ticks.iter().zip(unit.labels(&scale.ticks, scale.step)) {
        let (_, y) = plot.at(0.0, *tick);
        canvas.words(&label, (plot.area.left - GAP, y + 4.0), "tick", Anchor::End, plot.area.left - GAP);
    }
}

/// Names of steps; `middle` is where in the plot a step's name stands.
pub(crate) fn times(canvas: &Canvas, area: &Area, steps: &[Step], middle: impl Fn(usize) -> f64) {
    let slot = if steps.len() > 1 { (middle(1) - middle(0)).abs() } else { area.width() };
    let widest = steps.iter().map(|step| measure::width(&step.tick, SIZE)).fold(0.0, f64::max);
    for place in labelled(steps.len(), slot, widest.min(120.0) + APART) {
        let text = &steps[place].tick;
        let half = measure::width(text, SIZE).min(120.0) / 2.0;
        // A name that would begin left of the picture is left out rather than cut.
        let x = middle(place);
        if x - half >= 0.0 || steps.len() == 1 {
            canvas.words(text, (x, area.bottom + 18.0), "tick", Anchor::Middle, 120.0);
        }
    }
}
