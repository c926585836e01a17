//! A sheet with a plot on it: coordinates, marks and words. Everything outside speaks pixels.

use std::{cell::RefCell, ops::Range, rc::Rc};

use plotters::{
    coord::{Shift, types::RangedCoordf64},
    drawing::{DrawingArea, IntoDrawingArea as _},
    element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle},
    prelude::Cartesian2d,
    style::Color as _,
};

use crate::{
    drawing::Area,
    ink::{Ink, Tone},
    measure::{self, SIZE},
    node::{Node, px},
    sheet::{Nodes, Sheet, UNITS},
};

/// Where a text's point is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

pub(crate) struct Canvas {
    nodes: Nodes,
    root: DrawingArea<Sheet, Shift>,
}

impl Canvas {
    pub(crate) fn new(width: f64, height: f64) -> Self {
        let nodes = Nodes::default();
        let size = (units(width).unsigned_abs(), units(height).unsigned_abs());
        let root = Sheet { size, nodes: Rc::<RefCell<_>>::clone(&nodes) }.into_drawing_area();
        Self { nodes, root }
    }

    /// A plot on an area: `x` runs to the right and `y` upwards.
    pub(crate) fn plot(&self, area: Area, x: Range<f64>, y: Range<f64>) -> Plot {
        let across = units(area.left)..units(area.right);
        let down = units(area.bottom)..units(area.top);
        Plot { cartesian: self.root.apply_coord_spec(Cartesian2d::new(x, y, (across, down))), area }
    }

    pub(crate) fn push(&self, node: Node) {
        self.nodes.borrow_mut().push(node);
    }

    /// A filled rectangle.
    pub(crate) fn bar(&self, area: Area, ink: Ink) {
        let corners = [(units(area.left), units(area.top)), (units(area.right), units(area.bottom))];
        draw(&self.root, &Rectangle::new(corners, ink.filled()));
    }

    /// A line in pixels.
    pub(crate) fn stroke(&self, points: &[(f64, f64)], ink: Ink) {
        let points: Vec<_> = points.iter().map(|(x, y)| (units(*x), units(*y))).collect();
        draw(&self.root, &PathElement::new(points, ink));
    }

    /// A text that is cut to a width; who points at it reads all of it.
    pub(crate) fn words(&self, text: &str, at: (f64, f64), class: &str, anchor: Anchor, room: f64) {
        self.push(words(text, at, class, anchor, room));
    }

    /// How much was drawn since the last time.
    pub(crate) fn count(&self) -> usize {
        self.nodes.borrow().len()
    }

    /// Lays a pattern over the filled marks that were drawn from a count on.
    pub(crate) fn overlay(&self, from: usize, pattern: &str) {
        let mut nodes = self.nodes.borrow_mut();
        let drawn = nodes.iter().skip(from).filter_map(|node| node.attribute("d").map(str::to_owned));
        let over: Vec<Node> =
            drawn.map(|d| Node::new("path").with("d", d).with("fill", format!("url(#{pattern})"))).collect();
        nodes.extend(over);
    }

    /// What was drawn since the last time.
    pub(crate) fn take(&self) -> Vec<Node> {
        self.nodes.take()
    }
}

/// A text element that is cut to a width.
pub(crate) fn words(text: &str, (x, y): (f64, f64), class: &str, anchor: Anchor, room: f64) -> Node {
    let cut = measure::cut(text, room, SIZE);
    let node = Node::classed("text", class).with("x", px(x)).with("y", px(y));
    let node = match anchor {
        Anchor::Start => node,
        Anchor::Middle => node.with("text-anchor", "middle"),
        Anchor::End => node.with("text-anchor", "end"),
    };
    let whole = crate::node::clean(text);
    let node = node.saying(&cut);
    if cut == whole { node } else { node.holding(Node::new("title").saying(&whole)) }
}

pub(crate) struct Plot {
    cartesian: DrawingArea<Sheet, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    pub(crate) area: Area,
}

impl Plot {
    /// Where a point is, in pixels and inside the plot.
    pub(crate) fn at(&self, x: f64, y: f64) -> (f64, f64) {
        let (x, y) = self.cartesian.map_coordinate(&(x, y));
        let (x, y) = (f64::from(x) / UNITS, f64::from(y) / UNITS);
        (x.clamp(self.area.left, self.area.right), y.clamp(self.area.top, self.area.bottom))
    }

    pub(crate) fn line(&self, points: &[(f64, f64)], ink: Ink) {
        draw(&self.cartesian, &PathElement::new(points.to_vec(), ink));
    }

    pub(crate) fn dot(&self, point: (f64, f64), radius: f64, ink: Ink) {
        draw(&self.cartesian, &Circle::new(point, units(radius), ink.filled()));
    }

    pub(crate) fn polygon(&self, points: &[(f64, f64)], tone: Tone) {
        draw(&self.cartesian, &Polygon::new(points.to_vec(), tone.ink()));
    }

    /// The whole width at a height.
    pub(crate) fn level(&self, canvas: &Canvas, y: f64, tone: Tone) {
        let (_, y) = self.at(0.0, y);
        canvas.stroke(&[(self.area.left, y), (self.area.right, y)], tone.ink());
    }
}

fn units(pixels: f64) -> i32 {
    (pixels * UNITS).round() as i32
}

/// Drawing fails where a backend or a font does, and there is neither.
fn draw<'a, CT, E>(area: &DrawingArea<Sheet, CT>, element: &'a E)
where
    CT: plotters::coord::CoordTranslate,
    &'a E: PointCollection<'a, CT::From>,
    E: Drawable<Sheet>,
{
    let drawn = area.draw(element);
    debug_assert!(drawn.is_ok());
}
