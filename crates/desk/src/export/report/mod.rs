//! One page about some days, for the screen and for paper: six figures against those before, the charts as the window draws
//! them, and who was called.

mod html;
mod sheet;

use charts::{
    Amount, Cost, CostSeries, DailyCost, Drawing, Frame, Line, Ranked, Row, Step, Tone, Trend, Unit, Value,
    Words,
};
use jiff::civil::Date;
use model::{
    PicoUsd, ProviderType,
    statistics::{Measures, Part, ProviderUsage, UsageFilter, UsageQuery, UsageView},
    text,
};

/// Rows of the table and of the rankings; the rest is summed up by the window.
const MOST_ROWS: usize = 12;
const MOST_RANKED: usize = 6;
const WIDE: f64 = 700.0;
const NARROW: f64 = 340.0;

/// What it says, for every form that it has.
pub(crate) struct Report {
    /// `Usage, 1 November 2026 to 23 November 2026`.
    title: String,
    /// Whose days they are.
    about: String,
    tiles: [Tile; 6],
    figures: [Figure; 5],
    rows: Vec<[String; 7]>,
}

/// One of the figures above the charts.
struct Tile {
    name: &'static str,
    value: String,
    change: String,
    was: String,
}

/// A chart with its name. The first one is as wide as the page, the others half of it.
struct Figure {
    name: &'static str,
    drawing: Drawing,
}

/// What stands in place of a chart that would be empty.
const NOTHING: &str = "None";
const COLUMNS: [&str; 7] = ["Provider", "Model", "Calls", "Tokens", "Cost", "Success", "p50 / p95"];

impl Report {
    pub(crate) fn of(query: &UsageQuery, view: &UsageView) -> Self {
        let steps = steps(view);
        let figure = |name, drawing| Figure { name, drawing };
        Self {
            title: format!("Usage, {}", span(query)),
            about: about(query, view),
            tiles: tiles(&view.now, &view.before),
            figures: [
                figure("Cost by vendor", cost(view, steps.clone())),
                figure("Tokens", tokens(view, steps.clone())),
                figure("Latency", latency(view, steps.clone())),
                figure("Success rate", success(view, steps)),
                figure("Errors by cause", errors(view)),
            ],
            rows: rows(view),
        }
    }
}

/// Whose days they are, and which calls, where these are not all: a part must not pass for the whole.
fn about(query: &UsageQuery, view: &UsageView) -> String {
    let UsageFilter { providers, tasks, users, statuses, models, errors } = &query.filter;
    let named = |number: &i64| {
        let known = view.providers.iter().find(|one| one.number == *number);
        known.and_then(|one| one.display_name.clone()).unwrap_or_else(|| number.to_string())
    };
    let providers: Vec<String> = providers.iter().map(named).collect();
    let lists = [
        ("providers", &providers),
        ("models", models),
        ("tasks", tasks),
        ("users", users),
        ("statuses", statuses),
        ("causes", errors),
    ];
    let only =
        |(kind, list): (&str, &Vec<String>)| (!list.is_empty()).then(|| format!("{kind} {}", some(list)));
    let only: Vec<String> = lists.into_iter().filter_map(only).collect();
    let only = if only.is_empty() { String::new() } else { format!("Only {}. ", only.join("; ")) };
    format!("{only}Signalbox, days of {}. Changes are against the days before.", query.zone)
}

/// `cv, letter and 3 more`; what has no name says so.
fn some(list: &[String]) -> String {
    const MOST: usize = 3;
    let name = |text: &String| if text.is_empty() { "none".to_owned() } else { text.clone() };
    let names: Vec<String> = list.iter().take(MOST).map(name).collect();
    match list.len() - names.len() {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
}

fn span(query: &UsageQuery) -> String {
    format!("{} to {}", day(&query.first_day, "%-d %B %Y"), day(&query.last_day, "%-d %B %Y"))
}

fn day(text: &str, format: &str) -> String {
    text.parse::<Date>().map_or_else(|_| text.to_owned(), |day| day.strftime(format).to_string())
}

fn steps(view: &UsageView) -> Vec<Step> {
    let step =
        |text: &String| Step { tick: day(text, "%-d %b"), title: day(text, "%a %-d %b"), partial: false };
    view.days.iter().map(step).collect()
}

fn frame(id: &str, label: &str, (width, height): (f64, f64)) -> Frame {
    Frame { id: format!("report-{id}"), width, height, label: label.to_owned(), words: Words::default() }
}

fn known(cost: Option<PicoUsd>, calls: u64, unpriced: u64) -> Cost {
    match cost {
        Some(amount) => Cost { amount: Some(amount), unpriced },
        None if calls == 0 => Cost::of(PicoUsd(0)),
        None => Cost { amount: None, unpriced: unpriced.max(1) },
    }
}

fn cost(view: &UsageView, steps: Vec<Step>) -> Drawing {
    let of = |vendor: ProviderType| {
        let numbers: Vec<String> = view
            .providers
            .iter()
            .filter(|one| one.provider_type == Some(vendor))
            .map(|one| one.number.to_string())
            .collect();
        let parts: Vec<&Part> = view.parts.iter().filter(|part| numbers.contains(&part.key)).collect();
        let at = |place: usize| {
            let count = |list: &[u64]| list.get(place).copied().unwrap_or(0);
            let one = |part: &&Part| {
                let cost = part.cost.get(place).copied().flatten();
                known(cost, count(&part.calls), count(&part.succeeded_unpriced))
            };
            parts.iter().map(one).sum()
        };
        let costs = (0..steps.len()).map(at).collect();
        (!parts.is_empty()).then(|| CostSeries { name: vendor.label().to_owned(), vendor, costs })
    };
    let series = ProviderType::ALL.into_iter().filter_map(of).collect();
    charts::daily_cost(
        &DailyCost { steps: steps.clone(), series },
        &frame("cost", "Cost by vendor", (WIDE, 200.0)),
    )
}

type Measured = (&'static str, Tone, fn(&Measures) -> Option<Amount>);

fn trend(
    view: &UsageView,
    steps: Vec<Step>,
    (id, label): (&str, &str),
    unit: Unit,
    lines: &[Measured],
) -> Drawing {
    let line = |(name, tone, value): &Measured| Line {
        name: (*name).to_owned(),
        tone: *tone,
        values: view.pieces.iter().map(value).collect(),
    };
    let trend = Trend { steps, unit, lines: lines.iter().map(line).collect() };
    charts::trend(&trend, &frame(id, label, (NARROW, 130.0)))
}

fn tokens(view: &UsageView, steps: Vec<Step>) -> Drawing {
    let lines: [Measured; 2] = [
        ("Input", Tone::Strong, |piece| Some(Amount::Count(piece.input_tokens))),
        ("Output", Tone::Neutral, |piece| Some(Amount::Count(piece.output_tokens))),
    ];
    trend(view, steps, ("tokens", "Tokens"), Unit::Count, &lines)
}

fn latency(view: &UsageView, steps: Vec<Step>) -> Drawing {
    let lines: [Measured; 2] = [
        ("p95", Tone::Strong, |piece| piece.latency_p95_ms.map(Amount::Millis)),
        ("p50", Tone::Neutral, |piece| piece.latency_p50_ms.map(Amount::Millis)),
    ];
    trend(view, steps, ("latency", "Latency"), Unit::Millis, &lines)
}

/// A day without calls has no rate.
fn success(view: &UsageView, steps: Vec<Step>) -> Drawing {
    let lines: [Measured; 1] = [("Success", Tone::Strong, |piece| {
        (piece.calls > 0).then_some(Amount::Share { part: piece.succeeded, whole: piece.calls })
    })];
    trend(view, steps, ("success", "Success rate"), Unit::Share, &lines)
}

fn errors(view: &UsageView) -> Drawing {
    let row = |class: &str, calls| Row { name: cause(class), vendor: None, value: Value::Count(calls) };
    let rows = view.errors.iter().take(MOST_RANKED).map(|error| row(&error.class, error.calls)).collect();
    charts::ranked(
        &Ranked { rows, measure: "Errors".to_owned() },
        &frame("errors", "Errors by cause", (NARROW, 130.0)),
    )
}

/// `rate_limit` as `Rate limit`.
fn cause(class: &str) -> String {
    let words = class.replace('_', " ");
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn tiles(now: &Measures, before: &Measures) -> [Tile; 6] {
    let count = |number: u64| text::group_digits(number.into());
    let rate = |of: &Measures| text::rate(of.succeeded, of.calls).unwrap_or_else(none);
    let change = |now: Option<f64>, before: Option<f64>| {
        now.zip(before).and_then(|(now, before)| text::change(now, before)).unwrap_or_default()
    };
    let priced = |of: &Measures| of.cost.filter(|_| of.succeeded_unpriced == 0).map(|cost| cost.0 as f64);
    let time = |ms: Option<u64>| ms.map_or_else(none, text::latency);
    let as_number = |ms: Option<u64>| ms.map(|ms| ms as f64);
    let all = |of: fn(&Measures) -> u64| change(Some(of(now) as f64), Some(of(before) as f64));
    let tiles = [
        ("Cost", money(now), change(priced(now), priced(before)), money(before)),
        ("Calls", count(now.calls), all(|of| of.calls), count(before.calls)),
        (
            "Tokens",
            text::short_count(now.total_tokens),
            all(|of| of.total_tokens),
            text::short_count(before.total_tokens),
        ),
        ("Success rate", rate(now), String::new(), rate(before)),
        (
            "Latency p50",
            time(now.latency_p50_ms),
            change(as_number(now.latency_p50_ms), as_number(before.latency_p50_ms)),
            time(before.latency_p50_ms),
        ),
        (
            "Latency p95",
            time(now.latency_p95_ms),
            change(as_number(now.latency_p95_ms), as_number(before.latency_p95_ms)),
            time(before.latency_p95_ms),
        ),
    ];
    tiles.map(|(name, value, change, was)| Tile { name, value, change, was })
}

fn none() -> String {
    "no data".to_owned()
}

/// What is not known is never $0.00, and what is known in part says so.
fn money(of: &Measures) -> String {
    match (of.cost, of.succeeded_unpriced) {
        (None, 0) if of.calls == 0 => PicoUsd(0).display(),
        (None, _) => "unknown".to_owned(),
        (Some(cost), 0) => cost.display(),
        (Some(cost), unpriced) => {
            format!("{} and {} calls without a price", cost.display(), text::group_digits(unpriced.into()))
        }
    }
}

/// Those with most calls, and all together.
fn rows(view: &UsageView) -> Vec<[String; 7]> {
    let called: Vec<&ProviderUsage> = view.providers.iter().filter(|one| one.now.calls > 0).collect();
    let name = |one: &ProviderUsage| {
        one.display_name.clone().unwrap_or_else(|| format!("Deleted provider {}", one.number))
    };
    let shown = called.iter().take(MOST_ROWS).map(|one| row(name(one), one.model.clone(), &one.now));
    let mut rows: Vec<[String; 7]> = shown.collect();
    let left = called.len().saturating_sub(MOST_ROWS);
    if left > 0 {
        let mut row = <[String; 7]>::default();
        row[0] = format!("and {left} with fewer calls");
        rows.push(row);
    }
    rows.push(row("All".to_owned(), String::new(), &view.now));
    rows
}

fn row(name: String, model: String, now: &Measures) -> [String; 7] {
    let time = |ms: Option<u64>| ms.map_or_else(none, text::latency);
    [
        name,
        model,
        text::group_digits(now.calls.into()),
        text::short_count(now.total_tokens),
        money(now),
        text::rate(now.succeeded, now.calls).unwrap_or_else(none),
        format!("{} / {}", time(now.latency_p50_ms), time(now.latency_p95_ms)),
    ]
}

#[cfg(test)]
mod tests {
    use model::{Timestamp, statistics::Grouping};

    use super::*;

    fn view(name: &str) -> UsageView {
        let now =
            Measures { calls: 4, succeeded: 3, cost: Some(PicoUsd(PicoUsd::ONE_USD)), ..Measures::default() };
        UsageView {
            from: Timestamp(0),
            to: Timestamp(0),
            before_from: Timestamp(0),
            last_30_days_from: Timestamp(0),
            now: now.clone(),
            before: Measures::default(),
            starts: vec![Timestamp(0)],
            days: vec!["2026-11-01".to_owned()],
            clocks: vec![0],
            pieces: vec![now.clone()],
            parts: vec![Part {
                key: "1".to_owned(),
                calls: vec![4],
                succeeded: vec![3],
                unpriced: vec![4],
                cost: vec![None],
                succeeded_unpriced: vec![3],
                tokens: vec![0],
            }],
            groups: Vec::new(),
            providers: vec![ProviderUsage {
                number: 1,
                provider_type: Some(ProviderType::Claude),
                display_name: Some(name.to_owned()),
                model: "m".to_owned(),
                now: Measures { cost: None, succeeded_unpriced: 3, ..now.clone() },
                before: Measures::default(),
                last_7_days: Measures::default(),
                last_30_days: Measures::default(),
            }],
            tasks: Vec::new(),
            errors: Vec::new(),
            home_zone: "UTC".to_owned(),
        }
    }

    fn report(name: &str) -> Report {
        Report::of(&query(), &view(name))
    }

    fn query() -> UsageQuery {
        UsageQuery {
            first_day: "2026-11-01".to_owned(),
            last_day: "2026-11-23".to_owned(),
            zone: "UTC".to_owned(),
            bucket: Default::default(),
            grouping: Grouping::Provider,
            filter: Default::default(),
        }
    }

    #[test]
    fn a_name_stays_text_and_an_unknown_cost_unknown() {
        let page = report("<script>alert(1)</script>").html();
        assert!(!page.contains("<script") && page.contains("&lt;script&gt;"));
        assert!(page.contains("Usage, 1 November 2026 to 23 November 2026"));
        assert!(
            page.contains("<td>unknown</td>") && page.contains("<b>$1.00</b>") && page.contains("75.00%")
        );
        let empty = format!("</figcaption>{NOTHING}</figure>");
        assert_eq!((page.matches("<svg").count(), page.matches(&empty).count()), (3, 2));
        assert!(!page.contains("<?xml"));
    }

    #[test]
    fn a_report_of_some_calls_says_of_which() {
        let filter = UsageFilter {
            providers: vec![1, 9],
            tasks: ["", "cv", "letter", "more", "most"].map(str::to_owned).into(),
            ..UsageFilter::default()
        };
        let some = Report::of(&UsageQuery { filter, ..query() }, &view("Claude Production")).about;
        assert!(
            some.starts_with(
                "Only providers Claude Production, 9; tasks none, cv, letter and 2 more. Signalbox"
            ),
            "{some}"
        );
        assert!(Report::of(&query(), &view("Claude")).about.starts_with("Signalbox, days of"));
    }

    #[test]
    fn the_sheet_says_the_same_and_cuts_what_is_longer_than_its_column() {
        let sheet = report("A & B, a name that is much longer than its column").sheet();
        assert!(sheet.contains("A &amp; B, a name that is much…<"), "{sheet}");
        assert!(sheet.contains("75.00%") && sheet.contains("unknown") && sheet.contains("$1.00"));
    }
}
