//! The read-out at a stop: a band behind its marks, points on its lines, and a small table that flips before it meets an
//! edge and never lies on the marks it reads. Below a row of a short chart it may leave the picture, which the page lets it.

use crate::{
    canvas::{Anchor, words},
    drawing::{Area, Drawing, Reading, Side, Stop},
    measure::{self, SIZE},
    node::{Node, px},
};

/// What is drawn while a stop is looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadOut {
    /// Goes below the marks.
    pub band: Node,
    /// Goes on top of them: nothing where nothing is read out.
    pub tip: Option<Node>,
}

const PAD: f64 = 12.0;
const LINE: f64 = 18.0;
const AWAY: f64 = 6.0;
const NEAR: f64 = 2.0;
const MARK: f64 = 14.0;
/// Between a name and its value.
const BETWEEN: f64 = 24.0;

impl Drawing {
    /// The read-out at a stop.
    pub fn read_out(&self, stop: usize) -> Option<ReadOut> {
        let stop = self.stops.get(stop)?;
        let tip = self.reads_out.map(|side| self.tip(stop, side));
        Some(ReadOut { band: band(&stop.area), tip })
    }

    fn tip(&self, stop: &Stop, side: Side) -> Node {
        let rows = rows(stop);
        let (wanted, height) = (wanted(stop, &rows), 31.0 + LINE * rows.len() as f64 + PAD - 6.0);
        let (left, width, top) = match side {
            Side::Beside => {
                let (left, width) = self.beside(stop, wanted);
                (left, width, (self.plot.top + 2.0).min((self.height - height).max(0.0)))
            }
            // At the right, where the value stands that it has all digits of.
            Side::Below => {
                let width = wanted.min(self.width);
                (self.width - width, width, self.below(stop, height))
            }
        };
        let mut tip = Node::classed("g", "tip");
        tip.children.push(rectangle(left, top, width, height).with("rx", "6"));
        tip.children.push(words(
            &stop.title,
            (left + PAD, top + 19.0),
            "tip-h",
            Anchor::Start,
            width - 2.0 * PAD,
        ));
        for (place, row) in rows.iter().enumerate() {
            row.draw(&mut tip.children, left, width, top + 36.0 + LINE * place as f64);
        }
        Node::new("g").holding(points(stop)).holding(tip)
    }

    /// On the right of the stop, or else on its left; as wide as is wanted, or as there is room.
    fn beside(&self, stop: &Stop, wanted: f64) -> (f64, f64) {
        let right = self.width - stop.area.right - AWAY;
        let left = stop.area.left - AWAY;
        if right >= wanted || right >= left {
            let width = wanted.min(right).max(1.0);
            return (stop.area.right + AWAY, width);
        }
        let width = wanted.min(left).max(1.0);
        (left - width, width)
    }

    /// The upper edge: below the stop, or else above it. Where neither has room it is below all the same, since a page
    /// goes on below.
    fn below(&self, stop: &Stop, height: f64) -> f64 {
        let (below, above) = (stop.area.bottom + NEAR, stop.area.top - NEAR - height);
        if below + height > self.height && above >= 0.0 { above } else { below }
    }
}

/// A line of the read-out.
struct Line<'a> {
    class: Option<&'static str>,
    name: &'a str,
    value: &'a str,
}

impl Line<'_> {
    fn draw(&self, nodes: &mut Vec<Node>, left: f64, width: f64, y: f64) {
        let mark = if self.class.is_some() { MARK } else { 0.0 };
        if let Some(class) = self.class {
            nodes.push(
                rectangle(left + PAD, y - 4.0, 8.0, 8.0).with("rx", "2").with("class", format!("m {class}")),
            );
        }
        let value = measure::width(self.value, SIZE);
        let room = (width - 2.0 * PAD - mark - value - 4.0).max(0.0);
        if room > 12.0 {
            nodes.push(words(self.name, (left + PAD + mark, y + 4.0), "tip-n", Anchor::Start, room));
        }
        nodes.push(words(self.value, (left + width - PAD, y + 4.0), "v", Anchor::End, value + 1.0));
    }
}

fn rows(stop: &Stop) -> Vec<Line<'_>> {
    let reading = |reading: &'_ Reading| -> Option<&'static str> { Some(reading.tone.class()) };
    let readings = stop.readings.iter().map(|one| {
        // The title says it already.
        let name = if one.name == stop.title { "" } else { &one.name };
        Line { class: reading(one), name, value: &one.value }
    });
    let total = stop.total.iter().map(|(name, value)| Line { class: None, name, value });
    let note = stop.note.iter().map(|note| Line { class: None, name: "", value: note });
    readings.chain(total).chain(note).collect()
}

fn wanted(stop: &Stop, rows: &[Line<'_>]) -> f64 {
    let width = |text: &str| measure::width(text, SIZE);
    let row = |row: &Line<'_>| MARK + width(row.name).min(160.0) + BETWEEN + width(row.value);
    let widest = rows.iter().map(row).fold(width(&stop.title), f64::max);
    (widest + 2.0 * PAD).ceil()
}

fn band(area: &Area) -> Node {
    rectangle(area.left, area.top, area.width(), area.height()).with("class", "hoverband")
}

/// Where the stop meets the lines; bars show by the band.
fn points(stop: &Stop) -> Node {
    let mut group = Node::new("g");
    for reading in &stop.readings {
        if let Some((top, _)) = reading.span.filter(|(top, bottom)| top == bottom) {
            let class = format!("pt {}", reading.tone.class());
            group.children.push(
                Node::classed("circle", class).with("cx", px(stop.x)).with("cy", px(top)).with("r", "3"),
            );
        }
    }
    group
}

fn rectangle(x: f64, y: f64, width: f64, height: f64) -> Node {
    Node::new("rect").with("x", px(x)).with("y", px(y)).with("width", px(width)).with("height", px(height))
}
