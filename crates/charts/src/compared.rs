//! 7 days against 30: the mean cost of a day, a bar for the week and a stroke for the month.

use model::{ProviderType, text};

use crate::{
    amount::Amount,
    canvas::{Anchor, Canvas},
    cost::Cost,
    drawing::{Area, Drawing, Reading, Side, Stop, Table},
    frame::Frame,
    ink::Tone,
    ranked::{ROW, ROWS, caption, mean, tone},
};

/// Costs of two periods by provider.
#[derive(Clone, Debug)]
pub struct WeekAgainstMonth {
    /// The rows, in any order.
    pub rows: Vec<Compared>,
}

/// One of them.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Its name.
    pub name: String,
    /// Its vendor, if it is one's.
    pub vendor: Option<ProviderType>,
    /// Of the last 7 days together.
    pub week: Cost,
    /// Of the last 30 days together.
    pub month: Cost,
}

const HEAD: f64 = 22.0;
const BAR: f64 = 8.0;

impl Compared {
    fn means(&self) -> (Cost, Cost) {
        (mean(self.week, 7), mean(self.month, 30))
    }

    /// How much more a day of the week costs than one of the month.
    fn change(&self) -> Option<String> {
        let (week, month) = self.means();
        let known = week.unpriced == 0 && month.unpriced == 0;
        text::change(week.amount.filter(|_| known)?.0 as f64, month.amount?.0 as f64)
    }
}

/// The chart. Its height is that of its rows.
pub fn week_against_month(data: &WeekAgainstMonth, frame: &Frame) -> Drawing {
    let frame = &frame.bounded();
    let rows = rows(data, frame);
    let height = HEAD + (rows.len() as f64 * ROW).max(ROW);
    let canvas = Canvas::new(frame.width, height);
    let position = |cost: Cost| Amount::Money(cost.known()).position();
    let largest =
        rows.iter().flat_map(|(_, row)| [row.means().0, row.means().1]).map(position).fold(0.0, f64::max);
    let area = Area { left: 0.0, top: HEAD, right: frame.width, bottom: height };
    // Room for the stroke of the largest.
    let plot = canvas.plot(area, 0.0..if largest > 0.0 { largest * 1.01 } else { 1.0 }, 0.0..1.0);
    canvas.words(&frame.words.week_and_month, (0.0, 12.0), "tick", Anchor::Start, frame.width);
    for (place, (_, row)) in rows.iter().enumerate() {
        let top = HEAD + place as f64 * ROW;
        let (week, month) = row.means();
        caption(&canvas, row.vendor, &row.name, &value(row, frame), top, frame.width);
        let track = Area { left: 0.0, top: top + 19.0, right: frame.width, bottom: top + 19.0 + BAR };
        canvas.bar(track, Tone::Soft.ink());
        let at = |cost: Cost| plot.at(position(cost), 0.0).0;
        if at(week) > 0.0 {
            canvas.bar(Area { right: at(week).max(1.0), ..track }, tone(row.vendor).ink());
        }
        if month.amount.is_some() {
            canvas
                .stroke(&[(at(month), track.top - 3.0), (at(month), track.bottom + 3.0)], Tone::Strong.ink());
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
        stops: rows.iter().enumerate().map(|(place, row)| stop(place, row, frame)).collect(),
        reads_out: Some(Side::Below),
        table: table(data, frame),
    }
}

/// What is drawn, and which rows of the data it is.
type Placed = (Vec<usize>, Compared);

fn rows(data: &WeekAgainstMonth, frame: &Frame) -> Vec<Placed> {
    let mut rows: Vec<Placed> =
        data.rows.iter().cloned().enumerate().map(|(index, row)| (vec![index], row)).collect();
    rows.sort_by_key(|(_, row)| std::cmp::Reverse(row.month.known()));
    if rows.len() > ROWS {
        let small = rows.split_off(ROWS - 1);
        let sum = |part: fn(&Compared) -> Cost| small.iter().map(|(_, row)| part(row)).sum();
        let (week, month) = (sum(|row| row.week), sum(|row| row.month));
        let name = (frame.words.others)(small.len());
        let which = small.into_iter().flat_map(|(which, _)| which).collect();
        rows.push((which, Compared { name, vendor: None, week, month }));
    }
    rows
}

/// `$4.98, +17.6%`.
fn value(row: &Compared, frame: &Frame) -> String {
    let week = row.means().0.words(&frame.words);
    row.change().map_or_else(|| week.clone(), |change| format!("{week}, {change}"))
}

fn stop(place: usize, (series, row): &Placed, frame: &Frame) -> Stop {
    let top = HEAD + place as f64 * ROW;
    let (week, month) = row.means();
    let reading = |name: &str, cost: Cost, tone: Tone| Reading {
        series: series.clone(),
        name: name.to_owned(),
        value: cost.exact(&frame.words),
        tone,
        span: Some((top, top + ROW)),
    };
    let words = &frame.words;
    Stop {
        area: Area { left: 0.0, top, right: frame.width, bottom: top + ROW - 0.1 },
        x: 0.0,
        title: row.name.clone(),
        readings: vec![
            reading(&words.week, week, tone(row.vendor)),
            reading(&words.month, month, Tone::Strong),
        ],
        total: None,
        note: row.change(),
    }
}

fn table(data: &WeekAgainstMonth, frame: &Frame) -> Table {
    let words = &frame.words;
    let row = |row: &Compared| {
        let (week, month) = row.means();
        let trend = row.change().unwrap_or_else(|| words.unknown.clone());
        vec![row.name.clone(), week.exact(words), month.exact(words), trend]
    };
    let head = [&words.name, &words.week, &words.month, &words.trend].map(Clone::clone);
    Table { head: head.to_vec(), rows: data.rows.iter().map(row).collect() }
}

#[cfg(test)]
mod tests {
    use model::PicoUsd;

    use super::*;
    use crate::Words;

    #[test]
    fn means_are_read_out_and_listed_with_all_digits_and_the_smallest_know_who_they_are() {
        let row = |dollars: i128| Compared {
            name: format!("p{dollars}"),
            vendor: None,
            week: Cost::of(PicoUsd(dollars * PicoUsd::ONE_USD)),
            month: Cost::of(PicoUsd(dollars * PicoUsd::ONE_USD)),
        };
        let data = WeekAgainstMonth { rows: (1..=20).map(row).collect() };
        let (label, words) = (String::new(), Words::default());
        let drawing =
            week_against_month(&data, &Frame { id: "w".to_owned(), width: 480.0, height: 0.0, label, words });
        let values: Vec<&str> = drawing.stops[0].readings.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(values, ["$2.857142857142", "$0.666666666666"]);
        assert_eq!(drawing.table.rows[19][1..3], ["$2.857142857142", "$0.666666666666"]);
        assert_eq!(drawing.stops[11].readings[0].series, [8, 7, 6, 5, 4, 3, 2, 1, 0]);
    }
}
