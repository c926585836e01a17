//! Any data at all: nothing panics, no number is unreadable, and no mark leaves the plot.

#![allow(clippy::unwrap_used, reason = "also in what several tests share")]

use charts::{
    Amount, Area, BurnDown, Compared, Cost, CostSeries, DailyCost, Drawing, Forecast, Frame, Line, Node,
    Ranked, Row, Side, Step, Tone, Trend, Unit, Value, WeekAgainstMonth, Words, burn_down, daily_cost,
    ranked, spark, trend, week_against_month,
};
use model::{PicoUsd, ProviderType};
use proptest::prelude::*;

fn frame(width: f64, height: f64) -> Frame {
    Frame { id: "f".to_owned(), width, height, label: "finite".to_owned(), words: Words::default() }
}

fn steps(names: &[String]) -> Vec<Step> {
    let step = |(place, name): (usize, &String)| Step {
        tick: name.clone(),
        title: name.clone(),
        partial: place + 1 == names.len(),
    };
    names.iter().enumerate().map(step).collect()
}

fn money() -> impl Strategy<Value = PicoUsd> {
    prop_oneof![any::<i128>(), 0..=10i128, 0..=PicoUsd::ONE_USD * 1000, Just(i128::MAX), Just(i128::MIN)]
        .prop_map(PicoUsd)
}

fn cost() -> impl Strategy<Value = Cost> {
    (proptest::option::of(money()), prop_oneof![Just(0), any::<u64>()])
        .prop_map(|(amount, unpriced)| Cost { amount, unpriced })
}

fn vendor() -> impl Strategy<Value = ProviderType> {
    use ProviderType::{Claude, Gemini, OpenAi, OpenAiCompatible};
    proptest::sample::select(vec![Gemini, OpenAi, Claude, OpenAiCompatible])
}

fn amount() -> impl Strategy<Value = Amount> {
    prop_oneof![
        money().prop_map(Amount::Money),
        any::<u64>().prop_map(Amount::Count),
        (0..10_000u64).prop_map(Amount::Millis),
        (any::<u64>(), any::<u64>()).prop_map(|(part, whole)| Amount::Share { part, whole }),
    ]
}

fn unit() -> impl Strategy<Value = Unit> {
    proptest::sample::select(vec![Unit::Money, Unit::Count, Unit::Millis, Unit::Share])
}

fn size() -> impl Strategy<Value = (f64, f64)> {
    (prop_oneof![1.0..2000.0, Just(f64::NAN)], 1.0..1000.0)
}

/// All numbers that are drawn can be read, and the coordinates of marks are within the plot.
fn check(drawing: &Drawing) {
    let plot = drawing.plot;
    let close = |value: f64, low: f64, high: f64| value >= low - 3.1 && value <= high + 3.1;
    for node in drawing.back.iter().chain(&drawing.marks) {
        walk(node, &mut |node| {
            for (name, value) in &node.attributes {
                assert!(!value.contains("NaN") && !value.contains("inf"), "{name}={value}");
            }
            if let (Some(cx), Some(cy)) = (node.attribute("cx"), node.attribute("cy"))
                && node.attribute("class").is_some_and(|class| class.starts_with("pt"))
            {
                let (x, y): (f64, f64) = (cx.parse().unwrap(), cy.parse().unwrap());
                assert!(
                    close(x, plot.left, plot.right) && close(y, plot.top, plot.bottom),
                    "{cx} {cy} {plot:?}"
                );
            }
            if let Some(d) = node.attribute("d").filter(|_| is_mark(node)) {
                for (x, y) in corners(d) {
                    assert!(
                        close(x, plot.left, plot.right) && close(y, plot.top, plot.bottom),
                        "{d} {plot:?}"
                    );
                }
            }
        });
    }
    for stop in 0..drawing.stops.len() {
        let read_out = drawing.read_out(stop).unwrap();
        for node in read_out.tip.iter().chain([&read_out.band]) {
            walk(node, &mut |node| assert!(node.attributes.iter().all(|(_, value)| !value.contains("NaN"))));
        }
        if let Some(tip) = &read_out.tip {
            check_place(drawing, &drawing.stops[stop].area, tip);
        }
    }
    assert!(drawing.table.rows.iter().all(|row| row.len() == drawing.table.head.len()));
    assert!(plot.width() > 0.0 && plot.height() > 0.0);
}

/// The box of a read-out is beside its stop, or below or above its row, and inside the picture wherever there is room.
fn check_place(drawing: &Drawing, stop: &Area, tip: &Node) {
    let mut boxes = Vec::new();
    walk(tip, &mut |node| {
        if node.attribute("class") == Some("tip") {
            boxes.extend(node.children.first().cloned());
        }
    });
    let number = |name| boxes[0].attribute(name).unwrap().parse::<f64>().unwrap();
    let (left, right) = (number("x"), number("x") + number("width"));
    assert!(left >= -0.1 && right <= drawing.width + 0.1, "{left} to {right} of {}", drawing.width);
    if drawing.reads_out == Some(Side::Beside) {
        assert!(right <= stop.left || left >= stop.right, "{left} to {right} over {stop:?}");
        return;
    }
    let (top, bottom) = (number("y"), number("y") + number("height"));
    assert!(bottom <= stop.top || top >= stop.bottom, "{top} to {bottom} over {stop:?}");
    let room = stop.top.max(drawing.height - stop.bottom);
    let inside = top >= -0.1 && bottom <= drawing.height + 0.1;
    assert!(inside || room < bottom - top + 2.1, "{top} to {bottom} of {}", drawing.height);
}

fn is_mark(node: &Node) -> bool {
    let class = node.attribute("class").unwrap_or_default();
    ["m ", "ln ", "band", "gap"].iter().any(|kind| class.starts_with(kind))
}

fn walk(node: &Node, seen: &mut impl FnMut(&Node)) {
    seen(node);
    node.children.iter().for_each(|child| walk(child, seen));
}

/// Absolute corners of a path of `M`, `L`, `h`, `v`, `z`.
fn corners(d: &str) -> Vec<(f64, f64)> {
    let mut corners: Vec<(f64, f64)> = Vec::new();
    let is_verb = |c: char| c.is_ascii_alphabetic();
    for (at, verb) in d.match_indices(is_verb) {
        let rest = &d[at + 1..];
        let numbers = &rest[..rest.find(is_verb).unwrap_or(rest.len())];
        let numbers: Vec<f64> = numbers.split_whitespace().map(|number| number.parse().unwrap()).collect();
        let last = corners.last().copied().unwrap_or_default();
        match (verb, &numbers[..]) {
            ("M" | "L", [x, y]) => corners.push((*x, *y)),
            ("h", [by]) => corners.push((last.0 + by, last.1)),
            ("v", [by]) => corners.push((last.0, last.1 + by)),
            ("z", []) => {}
            other => panic!("{other:?} in {d}"),
        }
    }
    corners
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_costs_are_drawn(
        names in proptest::collection::vec(".{0,30}", 0..40),
        series in proptest::collection::vec((".{0,200}", vendor(), proptest::collection::vec(cost(), 0..40)), 0..24),
        (width, height) in size(),
    ) {
        let series = series.into_iter().map(|(name, vendor, costs)| CostSeries { name, vendor, costs }).collect();
        check(&daily_cost(&DailyCost { steps: steps(&names), series }, &frame(width, height)));
    }

    #[test]
    fn any_trend_is_drawn(
        names in proptest::collection::vec(".{0,30}", 0..40),
        lines in proptest::collection::vec((".{0,200}", proptest::collection::vec(proptest::option::of(amount()), 0..50)), 0..6),
        unit in unit(),
        (width, height) in size(),
    ) {
        let lines = lines.into_iter().map(|(name, values)| Line { name, tone: Tone::Strong, values }).collect();
        check(&trend(&Trend { steps: steps(&names), unit, lines }, &frame(width, height)));
    }

    #[test]
    fn any_budget_is_drawn(
        names in proptest::collection::vec(".{0,30}", 0..40),
        budget in money(),
        spent in proptest::collection::vec(money(), 0..50),
        forecast in proptest::option::of((money(), money(), money())),
        (width, height) in size(),
    ) {
        let forecast = forecast.map(|(likely, low, high)| Forecast { likely, low, high });
        check(&burn_down(&BurnDown { steps: steps(&names), budget, spent, forecast }, &frame(width, height)));
    }

    #[test]
    fn any_rows_are_drawn(
        rows in proptest::collection::vec((".{0,200}", proptest::option::of(vendor()), cost(), cost(), any::<u64>()), 0..30),
        counts in any::<bool>(),
        (width, height) in size(),
    ) {
        let value = |cost: Cost, count: u64| if counts { Value::Count(count) } else { Value::Cost(cost) };
        let ranks = rows.iter().cloned().map(|(name, vendor, cost, _, count)| Row { name, vendor, value: value(cost, count) });
        check(&ranked(&Ranked { rows: ranks.collect(), measure: "m".to_owned() }, &frame(width, height)));
        let compared = rows.into_iter().map(|(name, vendor, week, month, _)| Compared { name, vendor, week, month });
        check(&week_against_month(&WeekAgainstMonth { rows: compared.collect() }, &frame(width, height)));
    }

    #[test]
    fn any_curve_is_drawn(days in proptest::collection::vec(proptest::option::of(money()), 0..50)) {
        let names: Vec<String> = days.iter().map(|_| "day".to_owned()).collect();
        check(&spark(ProviderType::Claude, &steps(&names), &days, &frame(64.0, 22.0)));
    }
}
