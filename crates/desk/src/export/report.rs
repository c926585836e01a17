//! One page about some days, for the screen and for paper: six figures against those before, the charts as the window draws
//! them, and who was called.

mod html;
mod sheet;
mod words;

use charts::{
    Amount, Cost, CostSeries, DailyCost, Drawing, Frame, Line, Ranked, Row, Step, Tone, Trend, Unit, Value,
};
use model::{
    PicoUsd, ProviderType,
    program::Language,
    statistics::{Measures, Part, ProviderUsage, UsageFilter, UsageQuery, UsageView},
    text, writing,
};

use self::words::{form, say};

/// Rows of the table and of the rankings; the rest is summed up by the window.
const MOST_ROWS: usize = 12;
const MOST_RANKED: usize = 6;
const WIDE: f64 = 700.0;
const NARROW: f64 = 340.0;

/// What it says, for every form that it has.
pub(crate) struct Report {
    language: Language,
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
    name: String,
    value: String,
    change: String,
    was: String,
}

/// A chart with its name. The first one is as wide as the page, the others half of it.
struct Figure {
    name: String,
    drawing: Drawing,
}

/// Heads of the table's columns.
const COLUMNS: [&str; 7] = ["provider", "model", "calls", "tokens", "cost", "success", "p50-p95"];

impl Report {
    /// The report in a language.
    pub(crate) fn of(query: &UsageQuery, view: &UsageView, language: Language) -> Self {
        writing::within(language, || Self::spoken(query, view, language))
    }

    /// The same for a sheet of paper, which carries its letters with it: those of a script that no typeface here has would be empty
    /// boxes.
    pub(crate) fn for_paper(query: &UsageQuery, view: &UsageView, language: Language) -> Self {
        let report = Self::of(query, view, language);
        if charts::has_letters(&report.title) {
            return report;
        }
        let mut english = Self::of(query, view, Language::English);
        english.about = format!("{} {}", say("no-letters"), english.about);
        english
    }

    fn spoken(query: &UsageQuery, view: &UsageView, language: Language) -> Self {
        let steps = steps(view);
        let figure = |name, drawing| Figure { name: say(name), drawing };
        let (first, last) = (words::date(&query.first_day), words::date(&query.last_day));
        Self {
            language,
            title: form("title", &[("first", first), ("last", last)]),
            about: about(query, view),
            tiles: tiles(&view.now, &view.before),
            figures: [
                figure("cost-by-vendor", cost(view, steps.clone())),
                figure("tokens", tokens(view, steps.clone())),
                figure("latency", latency(view, steps.clone())),
                figure("success-rate", success(view, steps)),
                figure("errors-by-cause", errors(view)),
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
        ("only-providers", &providers),
        ("only-models", models),
        ("only-tasks", tasks),
        ("only-users", users),
        ("only-statuses", statuses),
        ("only-causes", errors),
    ];
    let only =
        |(kind, list): (&str, &Vec<String>)| (!list.is_empty()).then(|| form(kind, &[("names", some(list))]));
    let what = words::joined("between-kinds", lists.into_iter().filter_map(only));
    let key = if what.is_empty() { "about" } else { "about-only" };
    form(key, &[("what", what), ("zone", query.zone.clone())])
}

/// `cv, letter and 3 more`; what has no name says so.
fn some(list: &[String]) -> String {
    const MOST: usize = 3;
    let name = |text: &String| if text.is_empty() { say("nameless") } else { text.clone() };
    let names = words::joined("between-names", list.iter().take(MOST).map(name));
    match list.len().saturating_sub(MOST) {
        0 => names,
        more => form("and-more", &[("names", names), ("count", more.to_string())]),
    }
}

fn steps(view: &UsageView) -> Vec<Step> {
    let step = |text: &String| Step { tick: words::day(text), title: words::date(text), partial: false };
    view.days.iter().map(step).collect()
}

fn frame(id: &str, label: &str, (width, height): (f64, f64)) -> Frame {
    Frame { id: format!("report-{id}"), width, height, label: say(label), words: words::of_charts() }
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
        &frame("cost", "cost-by-vendor", (WIDE, 200.0)),
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
        name: say(name),
        tone: *tone,
        values: view.pieces.iter().map(value).collect(),
    };
    let trend = Trend { steps, unit, lines: lines.iter().map(line).collect() };
    charts::trend(&trend, &frame(id, label, (NARROW, 130.0)))
}

fn tokens(view: &UsageView, steps: Vec<Step>) -> Drawing {
    let lines: [Measured; 2] = [
        ("input", Tone::Strong, |piece| Some(Amount::Count(piece.input_tokens))),
        ("output", Tone::Neutral, |piece| Some(Amount::Count(piece.output_tokens))),
    ];
    trend(view, steps, ("tokens", "tokens"), Unit::Count, &lines)
}

fn latency(view: &UsageView, steps: Vec<Step>) -> Drawing {
    let lines: [Measured; 2] = [
        ("p95", Tone::Strong, |piece| piece.latency_p95_ms.map(Amount::Millis)),
        ("p50", Tone::Neutral, |piece| piece.latency_p50_ms.map(Amount::Millis)),
    ];
    trend(view, steps, ("latency", "latency"), Unit::Millis, &lines)
}

/// A day without calls has no rate.
fn success(view: &UsageView, steps: Vec<Step>) -> Drawing {
    let lines: [Measured; 1] = [("success", Tone::Strong, |piece| {
        (piece.calls > 0).then_some(Amount::Share { part: piece.succeeded, whole: piece.calls })
    })];
    trend(view, steps, ("success", "success-rate"), Unit::Share, &lines)
}

fn errors(view: &UsageView) -> Drawing {
    let row =
        |class: &str, calls| Row { name: words::cause(class), vendor: None, value: Value::Count(calls) };
    let rows = view.errors.iter().take(MOST_RANKED).map(|error| row(&error.class, error.calls)).collect();
    charts::ranked(
        &Ranked { rows, measure: say("errors") },
        &frame("errors", "errors-by-cause", (NARROW, 130.0)),
    )
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
        ("cost", money(now), change(priced(now), priced(before)), money(before)),
        ("calls", count(now.calls), all(|of| of.calls), count(before.calls)),
        (
            "tokens",
            text::short_count(now.total_tokens),
            all(|of| of.total_tokens),
            text::short_count(before.total_tokens),
        ),
        ("success-rate", rate(now), String::new(), rate(before)),
        (
            "latency-p50",
            time(now.latency_p50_ms),
            change(as_number(now.latency_p50_ms), as_number(before.latency_p50_ms)),
            time(before.latency_p50_ms),
        ),
        (
            "latency-p95",
            time(now.latency_p95_ms),
            change(as_number(now.latency_p95_ms), as_number(before.latency_p95_ms)),
            time(before.latency_p95_ms),
        ),
    ];
    tiles.map(|(name, value, change, was)| Tile { name: say(name), value, change, was })
}

fn none() -> String {
    say("no-data")
}

/// What is not known is never $0.00, and what is known in part says so.
fn money(of: &Measures) -> String {
    match (of.cost, of.succeeded_unpriced) {
        (None, 0) if of.calls == 0 => PicoUsd(0).display(),
        (None, _) => say("unknown"),
        (Some(cost), 0) => cost.display(),
        (Some(cost), 1) => form("unpriced-one", &[("cost", cost.display())]),
        (Some(cost), unpriced) => {
            let count = text::group_digits(unpriced.into());
            form("unpriced-some", &[("cost", cost.display()), ("count", count)])
        }
    }
}

/// Those with most calls, and all together.
fn rows(view: &UsageView) -> Vec<[String; 7]> {
    let called: Vec<&ProviderUsage> = view.providers.iter().filter(|one| one.now.calls > 0).collect();
    let name = |one: &ProviderUsage| {
        let deleted = || form("deleted-provider", &[("number", one.number.to_string())]);
        one.display_name.clone().unwrap_or_else(deleted)
    };
    let shown = called.iter().take(MOST_ROWS).map(|one| row(name(one), one.model.clone(), &one.now));
    let mut rows: Vec<[String; 7]> = shown.collect();
    let left = called.len().saturating_sub(MOST_ROWS);
    if left > 0 {
        let mut row = <[String; 7]>::default();
        row[0] = form("with-fewer-calls", &[("count", left.to_string())]);
        rows.push(row);
    }
    rows.push(row(say("all"), String::new(), &view.now));
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
        Report::of(&query(), &view(name), Language::English)
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
        let empty = "</figcaption>None</figure>";
        assert_eq!((page.matches("<svg").count(), page.matches(empty).count()), (3, 2));
        assert!(!page.contains("<?xml"));
    }

    #[test]
    fn a_report_of_some_calls_says_of_which() {
        let filter = UsageFilter {
            providers: vec![1, 9],
            tasks: ["", "cv", "letter", "more", "most"].map(str::to_owned).into(),
            ..UsageFilter::default()
        };
        let some =
            Report::of(&UsageQuery { filter, ..query() }, &view("Claude Production"), Language::English)
                .about;
        assert!(
            some.starts_with(
                "Only providers Claude Production, 9; tasks none, cv, letter and 2 more. Signalbox"
            ),
            "{some}"
        );
        assert!(
            Report::of(&query(), &view("Claude"), Language::English).about.starts_with("Signalbox, days of")
        );
    }

    #[test]
    fn the_sheet_says_the_same_and_cuts_what_is_longer_than_its_column() {
        let sheet = report("A & B, a name that is much longer than its column").sheet();
        assert!(sheet.contains("A &amp; B, a name that is much…<"), "{sheet}");
        assert!(sheet.contains("75.00%") && sheet.contains("unknown") && sheet.contains("$1.00"));
    }

    #[test]
    fn words_figures_and_days_are_of_one_language() {
        let said = |language: Language| Report::of(&query(), &view("Claude"), language);
        let german = said(Language::German).html();
        for text in [
            "<html lang=\"de\">",
            "Nutzung, 1. November 2026 bis 23. November 2026",
            "<b>1,00\u{a0}$</b>",
            "<dt>Erfolgsquote</dt><dd><b>75,00\u{a0}%</b>",
            "<td>unbekannt</td>",
            "<th>Anbieter</th>",
            "<td>Alle</td>",
        ] {
            assert!(german.contains(text), "{text} is not in {german}");
        }
        let chinese = said(Language::Chinese).html();
        for text in ["<html lang=\"zh-CN\">", "2026年11月1日", "成功率", "<td>全部</td>"] {
            assert!(chinese.contains(text), "{text} is not in {chinese}");
        }
        for english in ["Cost by vendor", "Latency", "Success", "was ", "Provider"] {
            assert!(!chinese.contains(english) && !german.contains(english), "{english} is left");
        }
        assert_eq!(writing::language(), Language::English, "what is written next is as before");
    }

    #[test]
    fn paper_is_in_english_where_no_typeface_has_the_letters_of_the_language() {
        let paper = Report::for_paper(&query(), &view("Claude"), Language::Chinese);
        let drawn = charts::has_letters("用量");
        assert_eq!(paper.title.starts_with("用量"), drawn, "{}", paper.title);
        assert_eq!(paper.about.starts_with("No typeface"), !drawn, "{}", paper.about);
        assert!(Report::for_paper(&query(), &view("Claude"), Language::German).title.starts_with("Nutzung"));
    }
}
