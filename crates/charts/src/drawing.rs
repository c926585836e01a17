//! A finished drawing: its elements, and beside them what can be read out of it, so that pointer, keyboard and table tell
//! the same values as the picture.

use crate::{ink::Tone, node::Node};

/// A rectangle in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub left: f64,
    /// Its upper edge.
    pub top: f64,
    /// Its right edge.
    pub right: f64,
    /// Its lower edge.
    pub bottom: f64,
}

impl Area {
    /// How wide it is.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// How high it is.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a point is inside.
    pub fn holds(&self, (x, y): (f64, f64)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }
}

/// A chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Width of its box in pixels.
    pub width: f64,
    /// Height of its box in pixels.
    pub height: f64,
    /// What it shows, for those who cannot see it.
    pub label: String,
    /// Patterns, which the marks refer to.
    pub patterns: Vec<Node>,
    /// Axes and gridlines.
    pub back: Vec<Node>,
    /// The marks and their labels; what marks a stop goes below them.
    pub marks: Vec<Node>,
    /// Where the marks are.
    pub plot: Area,
    /// Where a read-out can stop, in the order of the arrow keys.
    pub stops: Vec<Stop>,
    /// Where values are read out; nothing where there is no room for it.
    pub reads_out: Option<Side>,
    /// The same in rows.
    pub table: Table,
}

/// On which side of its stop a read-out stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// On its right, or else on its left: stops are columns.
    Beside,
    /// Below it, or else above: stops are rows.
    Below,
}

/// A day, an hour, a row.
#[derive(Clone, Debug, PartialEq)]
pub struct Stop {
    /// What belongs to it.
    pub area: Area,
    /// Where in it the points of lines are.
    pub x: f64,
    /// What it is called: `Thu 19 Nov`.
    pub title: String,
    /// Its values, the largest series first.
    pub readings: Vec<Reading>,
    /// Their sum, where there is one: its word and value.
    pub total: Option<(String, String)>,
    /// What else is to be said of it, such as calls without a price.
    pub note: Option<String>,
}

/// One value at a stop.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// Which series of the data: several where they were put together, none where it is no series.
    pub series: Vec<usize>,
    /// Its name.
    pub name: String,
    /// Its value, exactly.
    pub value: String,
    /// How it is drawn.
    pub tone: Tone,
    /// Its mark: the upper and lower edge of a bar, or twice the height of a point. Nothing where there is no mark.
    pub span: Option<(f64, f64)>,
}

/// A drawing in rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns' names.
    pub head: Vec<String>,
    /// As many texts each.
    pub rows: Vec<Vec<String>>,
}

impl Drawing {
    /// The stop at a point.
    pub fn stop_at(&self, point: (f64, f64)) -> Option<usize> {
        self.stops.iter().position(|stop| stop.area.holds(point))
    }

    /// The series whose mark is at a point, the bar that was clicked: several where they were put together.
    pub fn series_at(&self, point: (f64, f64)) -> &[usize] {
        let at =
            |reading: &&Reading| reading.span.is_some_and(|(top, bottom)| (top..=bottom).contains(&point.1));
        let stop = self.stop_at(point).and_then(|stop| self.stops.get(stop));
        stop.and_then(|stop| stop.readings.iter().find(at)).map_or(&[], |reading| &reading.series)
    }
}

impl Stop {
    /// All of it in one sentence, for those who listen.
    pub fn spoken(&self) -> String {
        let readings = self.readings.iter().map(|reading| format!("{} {}", reading.name, reading.value));
        let total = self.total.iter().map(|(word, value)| format!("{word} {value}"));
        let parts: Vec<String> = readings.chain(total).chain(self.note.clone()).collect();
        format!("{}: {}", self.title, parts.join(", "))
    }
}
