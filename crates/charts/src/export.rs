//! A drawing as a file that stands alone: heading, background, the rules with one theme's values. The same elements as in
//! the page.

use crate::{
    canvas::{Anchor, words},
    drawing::Drawing,
    node::{Node, px},
    theme::Theme,
};

/// What the classes look like. The page serves the same text.
pub(crate) const RULES: &str = include_str!("chart.css");

const HEADING: &str = ".bg { fill: var(--surface); } .chart .h { fill: var(--text); font-weight: var(--w-semibold); font-size: 13px; } .chart .sub { fill: var(--text-3); font-size: 12px; }";
const PAD: f64 = 16.0;
const HEAD: f64 = 40.0;

/// What stands above an exported chart.
#[derive(Clone, Debug, Default)]
pub struct Heading {
    /// Its title.
    pub title: String,
    /// Unit, range, and that the last day is partial.
    pub subtitle: String,
}

/// How wide and high the file of a drawing without a heading is, in pixels.
pub fn size(drawing: &Drawing) -> (f64, f64) {
    (drawing.width + 2.0 * PAD, drawing.height + 2.0 * PAD)
}

/// A stand-alone SVG file.
pub fn svg(drawing: &Drawing, heading: &Heading, theme: Theme) -> String {
    let head = if heading.title.is_empty() { 0.0 } else { HEAD };
    let (width, height) = (drawing.width + 2.0 * PAD, drawing.height + 2.0 * PAD + head);
    let mut root = Node::classed("svg", "chart")
        .with("xmlns", "http://www.w3.org/2000/svg")
        .with("width", px(width))
        .with("height", px(height))
        .with("viewBox", format!("0 0 {} {}", px(width), px(height)))
        .with("role", "img")
        .holding(Node::new("title").saying(&drawing.label))
        .holding(Node::new("style").saying(&theme.resolved(&format!("{RULES}{HEADING}"))))
        .holding(Node::classed("rect", "bg").with("width", px(width)).with("height", px(height)));
    if !drawing.patterns.is_empty() {
        let mut patterns = Node::new("defs");
        patterns.children.clone_from(&drawing.patterns);
        root.children.push(patterns);
    }
    root.children.extend(title(heading, drawing.width));
    let mut chart = Node::new("g").with("transform", format!("translate({} {})", px(PAD), px(PAD + head)));
    chart.children.extend(drawing.back.iter().chain(&drawing.marks).cloned());
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    root.holding(chart).write(&mut out);
    out.push('\n');
    out
}

fn title(heading: &Heading, width: f64) -> Vec<Node> {
    if heading.title.is_empty() {
        return Vec::new();
    }
    // The heading's size is larger than a chart's, so less of it fits.
    let title = words(&heading.title, (PAD, PAD + 14.0), "h", Anchor::Start, width / 1.25);
    let sub = words(&heading.subtitle, (PAD, PAD + 31.0), "sub", Anchor::Start, width / 1.1);
    vec![title, sub]
}
