//! What is left of a budget: the days that were, the even pace beside them, and a forecast with its range.

use model::PicoUsd;

use crate::{
    amount::{Amount, Unit},
    axis,
    canvas::{Anchor, Canvas, Plot},
    drawing::{Area, Drawing, Reading, Side, Stop, Table},
    frame::{Frame, Step},
    ink::Tone,
    measure::{self, SIZE},
    scale::Scale,
};

/// A budget and what became of it.
#[derive(Clone, Debug)]
pub struct BurnDown {
    /// All days of the budget's time, those to come included.
    pub steps: Vec<Step>,
    /// How much there was.
    pub budget: PicoUsd,
    /// What each day cost, as far as they went.
    pub spent: Vec<PicoUsd>,
    /// What the whole time may cost.
    pub forecast: Option<Forecast>,
}

/// What the whole time may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// Most likely.
    pub likely: PicoUsd,
    /// The lower end of its range.
    pub low: PicoUsd,
    /// The upper end of its range.
    pub high: PicoUsd,
}

/// What is left after each day, the whole budget first.
struct Left {
    days: Vec<PicoUsd>,
    count: usize,
    /// At the end: likely, most, least.
    end: Option<[PicoUsd; 3]>,
}

impl Left {
    fn of(data: &BurnDown) -> Self {
        let count = data.steps.len();
        let mut days = vec![data.budget];
        for spent in data.spent.iter().take(count) {
            days.push(minus(days.last().copied().unwrap_or_default(), *spent));
        }
        let end = data.forecast.filter(|_| days.len() <= count).map(|forecast| {
            [forecast.likely, forecast.low, forecast.high].map(|spent| minus(data.budget, spent))
        });
        Self { days, count, end }
    }

    /// Days that went.
    fn gone(&self) -> usize {
        self.days.len() - 1
    }

    fn now(&self) -> PicoUsd {
        self.days.last().copied().unwrap_or_default()
    }

    /// After a day to come, on the straight way to an end.
    fn expected(&self, day: usize, end: PicoUsd) -> PicoUsd {
        let (done, whole) = ((day - self.gone()) as i128, (self.count - self.gone()).max(1) as i128);
        let way = minus(end, self.now()).0;
        // In parts, for the product of both may not fit.
        PicoUsd(self.now().0.saturating_add(way / whole * done + way % whole * done / whole))
    }
}

fn minus(from: PicoUsd, less: PicoUsd) -> PicoUsd {
    PicoUsd(from.0.saturating_sub(less.0))
}

fn position(amount: PicoUsd) -> f64 {
    Amount::Money(amount).position()
}

/// The chart.
pub fn burn_down(data: &BurnDown, frame: &Frame) -> Drawing {
    let frame = &frame.bounded();
    let left = Left::of(data);
    let amounts = left.days.iter().chain(left.end.iter().flatten()).copied().map(position);
    let scale = Scale::amounts(amounts, false);
    let area = axis::plot_area(frame, &scale, Unit::Money, 20.0);
    let canvas = Canvas::new(frame.width, frame.height);
    let count = data.steps.len();
    let plot = canvas.plot(area, 0.0..count.max(1) as f64, scale.low..scale.high);
    axis::heights(&canvas, &plot, &scale, Unit::Money);
    axis::times(&canvas, &area, &data.steps, |step| plot.at(step as f64 + 0.5, 0.0).0);
    let back = canvas.take();
    if count > 0 {
        marks(&canvas, &plot, &left, frame);
    }
    Drawing {
        width: frame.width,
        height: frame.height,
        label: frame.label.clone(),
        patterns: Vec::new(),
        back,
        marks: canvas.take(),
        plot: area,
        stops: (0..count).map(|day| stop(data, frame, &plot, &left, day)).collect(),
        reads_out: Some(Side::Beside),
        table: table(data, frame, &left),
    }
}

fn marks(canvas: &Canvas, plot: &Plot, left: &Left, frame: &Frame) {
    let (gone, end) = (left.gone() as f64, left.count as f64);
    let budget = left.days.first().copied().map_or(0.0, position);
    let now = (gone, position(left.now()));
    plot.line(&[(0.0, budget), (end, 0.0)], Tone::Previous.ink());
    if let Some([likely, most, least]) = left.end.map(|end| end.map(position)) {
        plot.polygon(&[now, (end, most), (end, least)], Tone::Band);
        plot.line(&[now, (end, likely)], Tone::Strong.ink().dashed());
    }
    let points: Vec<_> =
        left.days.iter().enumerate().map(|(day, amount)| (day as f64, position(*amount))).collect();
    plot.line(&points, Tone::Strong.ink());
    plot.dot(now, 3.0, Tone::Strong.ink());
    even_pace(canvas, plot, left, frame);
    remark(canvas, plot, left, frame);
}

/// The name of the dotted line, on the side where the budget's own line is not.
fn even_pace(canvas: &Canvas, plot: &Plot, left: &Left, frame: &Frame) {
    let at = left.count as f64 / 4.0;
    let budget = left.days.first().copied().map_or(0.0, position);
    let day = (at.round() as usize).min(left.gone());
    let above = position(left.days[day]) >= budget * (1.0 - day as f64 / left.count.max(1) as f64);
    let (x, y) = plot.at(at, budget * 0.75);
    let text = &frame.words.even_pace;
    let room = measure::width(text, SIZE) + 1.0;
    match above {
        true if x - room - 6.0 > plot.area.left => {
            canvas.words(text, (x - 6.0, y + 12.0), "an", Anchor::End, room);
        }
        true => canvas.words(text, (plot.area.left + 4.0, y + 24.0), "an", Anchor::Start, room),
        false => canvas.words(text, (x + 8.0, y - 4.0), "an", Anchor::Start, room),
    }
}

/// What is left, beside the last point.
fn remark(canvas: &Canvas, plot: &Plot, left: &Left, frame: &Frame) {
    let now = left.now();
    let words = match now.0 {
        0.. => (frame.words.left)(&now.display()),
        _ => (frame.words.over)(&PicoUsd(now.0.saturating_neg()).display()),
    };
    let wide = measure::width(&words, SIZE) + 1.0;
    let (x, y) = plot.at(left.gone() as f64, position(now));
    let x = (x + 2.0).min(plot.area.right - wide).max(plot.area.left + 4.0);
    // Above the line if there is room, which falls to the right; otherwise below.
    let first = if y - 34.0 >= plot.area.top { y - 22.0 } else { y + 20.0 };
    canvas.words(&words, (x, first), "ann", Anchor::Start, wide);
    canvas.words(&frame.words.today, (x, first + 13.0), "an", Anchor::Start, 100.0);
}

fn stop(data: &BurnDown, frame: &Frame, plot: &Plot, left: &Left, day: usize) -> Stop {
    let edge = |x: usize| plot.at(x as f64, 0.0).0;
    let words = &frame.words;
    let mut readings = Vec::new();
    let mut read = |name: &str, amount: PicoUsd, tone: Tone| {
        let height = plot.at((day + 1) as f64, position(amount)).1;
        // What is left is known to the last digit; what is expected and what an even pace would leave are not.
        let written = if name == words.remaining { PicoUsd::exact } else { PicoUsd::display };
        let (name, value) = (name.to_owned(), signed(amount, written));
        readings.push(Reading { series: Vec::new(), name, value, tone, span: Some((height, height)) });
    };
    match (left.days.get(day + 1), left.end) {
        (Some(amount), _) => read(&words.remaining, *amount, Tone::Strong),
        (None, Some([likely, ..])) => read(&words.forecast, left.expected(day + 1, likely), Tone::Strong),
        (None, None) => {}
    }
    read(&words.even_pace, pace(data.budget, left.count, day), Tone::Previous);
    Stop {
        area: Area { left: edge(day), right: edge(day + 1), ..plot.area },
        x: edge(day + 1),
        title: data.steps[day].title.clone(),
        readings,
        total: None,
        note: None,
    }
}

/// What an even pace would have left after a day.
fn pace(budget: PicoUsd, count: usize, day: usize) -> PicoUsd {
    let (whole, left) = (count.max(1) as i128, (count - day - 1) as i128);
    PicoUsd(budget.0 / whole * left + budget.0 % whole * left / whole)
}

fn signed(amount: PicoUsd, written: fn(PicoUsd) -> String) -> String {
    match amount.0 {
        0.. => written(amount),
        _ => format!("−{}", written(PicoUsd(amount.0.saturating_neg()))),
    }
}

fn table(data: &BurnDown, frame: &Frame, left: &Left) -> Table {
    let words = &frame.words;
    let row = |(day, step): (usize, &Step)| {
        let known = left.days.get(day + 1).map(|amount| signed(*amount, PicoUsd::exact));
        let expected = left
            .end
            .filter(|_| known.is_none())
            .map(|[end, ..]| signed(left.expected(day + 1, end), PicoUsd::display));
        let or_none = |text: Option<String>| text.unwrap_or_else(|| words.no_data.clone());
        vec![
            step.title.clone(),
            or_none(known),
            or_none(expected),
            signed(pace(data.budget, left.count, day), PicoUsd::display),
        ]
    };
    let head =
        vec![words.time.clone(), words.remaining.clone(), words.forecast.clone(), words.even_pace.clone()];
    Table { head, rows: data.steps.iter().enumerate().map(row).collect() }
}
