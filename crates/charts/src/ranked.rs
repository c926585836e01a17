//! Amounts by name as bars across, the largest first: cost by task, errors by cause. A bar's track is the whole.

use model::{PicoUsd, ProviderType, text};

use crate::{
    amount::Amount,
    canvas::{Anchor, Canvas},
    cost::Cost,
    drawing::{Area, Drawing, Reading, Side, Stop, Table},
    frame::Frame,
    ink::Tone,
    labels,
    measure::{self, SIZE},
};

/// Amounts by name.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// The rows, in any order.
    pub rows: Vec<Row>,
    /// Head of the column with the amounts.
    pub measure: String,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// Its vendor, if it is one's.
    pub vendor: Option<ProviderType>,
    /// How much.
    pub value: Value,
}

/// How much: money that may be known in part, or pieces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value {
    /// Money.
    Cost(Cost),
    /// Calls, errors, tokens.
    Count(u64),
}

/// More have no room; the smallest are then one.
pub(crate) const ROWS: usize = 12;
pub(crate) const ROW: f64 = 34.0;
const BAR: f64 = 6.0;

impl Value {
    fn amount(self) -> Amount {
        match self {
            Self::Cost(cost) => Amount::Money(cost.known()),
            Self::Count(count) => Amount::Count(count),
        }
    }

    fn plus(self, other: Self) -> Self {
        match (self, other) {
            (Self::Cost(a), Self::Cost(b)) => Self::Cost([a, b].into_iter().sum()),
            (Self::Count(a), Self::Count(b)) => Self::Count(a.saturating_add(b)),
            (first, _) => first,
        }
    }

    fn words(self, frame: &Frame) -> String {
        match self {
            Self::Cost(cost) => cost.words(&frame.words),
            Self::Count(count) => Amount::Count(count).exact(&frame.words),
        }
    }

    fn exact(self, frame: &Frame) -> String {
        match self {
            Self::Cost(cost) => cost.exact(&frame.words),
            Self::Count(_) => self.words(frame),
        }
    }
}

/// What is drawn, and which rows of the data it is.
type Placed = (Vec<usize>, Row);

/// The chart. Its height is that of its rows.
pub fn ranked(data: &Ranked, frame: &Frame) -> Drawing {
    let frame = &frame.bounded();
    let rows = rows(data, frame);
    let height = (rows.len() as f64 * ROW).max(ROW);
    let canvas = Canvas::new(frame.width, height);
    let sum = rows.iter().map(|(_, row)| row.value).reduce(Value::plus);
    let whole = rows.iter().map(|(_, row)| row.value.amount().position()).sum::<f64>();
    let area = Area { left: 0.0, top: 0.0, right: frame.width, bottom: height };
    let plot = canvas.plot(area, 0.0..if whole > 0.0 { whole } else { 1.0 }, 0.0..1.0);
    for (place, (_, row)) in rows.iter().enumerate() {
        let top = place as f64 * ROW;
        let value = value(row, sum, row.value.words(frame));
        caption(&canvas, row.vendor, &row.name, &value, top, frame.width);
        let track = Area { left: 0.0, top: top + 19.0, right: frame.width, bottom: top + 19.0 + BAR };
        canvas.bar(track, Tone::Soft.ink());
        let (end, _) = plot.at(row.value.amount().position(), 0.0);
        if end > 0.0 {
            canvas.bar(Area { right: end.max(1.0), ..track }, tone(row.vendor).ink());
        }
    }
    Drawing {
        width: frame.width,
        height,
        label: frame.label.clone(),
        patterns: Vec::new(),
        back: Vec::new(),
        marks: canvas.take(),
        plot: area,
        stops: rows.iter().enumerate().map(|(place, row)| stop(place, row, sum, frame)).collect(),
        reads_out: Some(Side::Below),
        table: table(data, frame),
    }
}

pub(crate) fn tone(vendor: Option<ProviderType>) -> Tone {
    vendor.map_or(Tone::Neutral, Tone::Vendor)
}

/// A row's name on the left and its value on the right.
pub(crate) fn caption(
    canvas: &Canvas,
    vendor: Option<ProviderType>,
    name: &str,
    value: &str,
    top: f64,
    width: f64,
) {
    let room = measure::width(value, SIZE).min(width / 2.0);
    if let Some(vendor) = vendor {
        canvas.push(labels::glyph(vendor, 0.0, top + 2.0));
    }
    let left = if vendor.is_some() { 17.0 } else { 0.0 };
    canvas.words(name, (left, top + 12.0), "rn", Anchor::Start, (width - room - left - 12.0).max(20.0));
    canvas.words(value, (width, top + 12.0), "rv", Anchor::End, width / 2.0);
}

fn rows(data: &Ranked, frame: &Frame) -> Vec<Placed> {
    let mut rows: Vec<Placed> =
        data.rows.iter().cloned().enumerate().map(|(index, row)| (vec![index], row)).collect();
    rows.sort_by(|(_, a), (_, b)| b.value.amount().position().total_cmp(&a.value.amount().position()));
    if rows.len() > ROWS {
        let small = rows.split_off(ROWS - 1);
        let name = (frame.words.others)(small.len());
        let value = small.iter().map(|(_, row)| row.value).reduce(Value::plus);
        let which = small.into_iter().flat_map(|(which, _)| which).collect();
        rows.extend(value.map(|value| (which, Row { name, vendor: None, value })));
    }
    rows
}

/// `159, 46%`; a share only where all is known.
fn value(row: &Row, sum: Option<Value>, words: String) -> String {
    let complete = |value: Value| !matches!(value, Value::Cost(Cost { unpriced: 1.., .. }));
    match sum.filter(|sum| complete(*sum)).and_then(|sum| share(row.value, sum)) {
        Some(share) => format!("{words}, {share}"),
        None => words,
    }
}

fn share(value: Value, sum: Value) -> Option<String> {
    let (part, whole) = match (value, sum) {
        (Value::Cost(part), Value::Cost(whole)) => (part.known().0.max(0), whole.known().0.max(0)),
        (Value::Count(part), Value::Count(whole)) => (i128::from(part), i128::from(whole)),
        _ => return None,
    };
    // Down to numbers that `percent` takes; a share needs no more places.
    let shift = (128 - whole.leading_zeros()).saturating_sub(60);
    text::percent((part >> shift) as u64, (whole >> shift) as u64)
}

fn stop(place: usize, (series, row): &Placed, sum: Option<Value>, frame: &Frame) -> Stop {
    let top = place as f64 * ROW;
    let reading = Reading {
        series: series.clone(),
        name: row.name.clone(),
        value: value(row, sum, row.value.exact(frame)),
        tone: tone(row.vendor),
        span: Some((top, top + ROW)),
    };
    Stop {
        area: Area { left: 0.0, top, right: frame.width, bottom: top + ROW - 0.1 },
        x: 0.0,
        title: row.name.clone(),
        readings: vec![reading],
        total: None,
        note: None,
    }
}

fn table(data: &Ranked, frame: &Frame) -> Table {
    let rows = data.rows.iter().map(|row| vec![row.name.clone(), row.value.exact(frame)]);
    Table { head: vec![frame.words.name.clone(), data.measure.clone()], rows: rows.collect() }
}

/// The mean of a day; rounded down to a pico-dollar.
pub(crate) fn mean(cost: Cost, days: i128) -> Cost {
    Cost { amount: cost.amount.map(|amount| PicoUsd(amount.0 / days)), ..cost }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Node, Words};

    fn frame() -> Frame {
        Frame { id: "r".to_owned(), width: 300.0, height: 0.0, label: String::new(), words: Words::default() }
    }

    #[test]
    fn the_smallest_of_many_are_one_bar_that_knows_which_they_are() {
        let row = |count: u64| Row { name: count.to_string(), vendor: None, value: Value::Count(count) };
        let data = Ranked { rows: (1..=20).map(row).collect(), measure: String::new() };
        let drawing = ranked(&data, &frame());
        assert_eq!(drawing.stops.len(), ROWS);
        let middle = |stop: usize| (9.0, drawing.stops[stop].area.top + ROW / 2.0);
        assert_eq!(drawing.series_at(middle(0)), [19]);
        assert_eq!(drawing.series_at(middle(11)), [8, 7, 6, 5, 4, 3, 2, 1, 0]);
        assert!(drawing.series_at((9.0, drawing.height + 9.0)).is_empty());
    }

    #[test]
    fn what_is_read_out_of_a_row_has_the_digits_that_its_bar_has_no_room_for() {
        let cost = Cost::of(PicoUsd(280_961_234_500_000));
        let row = Row { name: "cv".to_owned(), vendor: None, value: Value::Cost(cost) };
        let drawing = ranked(&Ranked { rows: vec![row], measure: String::new() }, &frame());
        let written = |node: &Node| {
            let mut text = String::new();
            node.write(&mut text);
            text
        };
        let tip = written(&drawing.read_out(0).unwrap().tip.unwrap());
        assert!(tip.contains("$280.9612345, 100%"), "{tip}");
        let drawn: String = drawing.marks.iter().map(written).collect();
        assert!(drawn.contains("$280.96, 100%") && !drawn.contains("$280.9612345"), "{drawn}");
    }
}
