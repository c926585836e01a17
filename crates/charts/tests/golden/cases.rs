//! The data that the golden drawings show.

use charts::{
    Amount, BurnDown, Compared, Cost, CostSeries, DailyCost, Drawing, Forecast, Frame, Line, Ranked, Row,
    Step, Tone, Trend, Unit, Value, WeekAgainstMonth, Words, burn_down, daily_cost, ranked, spark, trend,
    week_against_month,
};
use model::{PicoUsd, ProviderType};

/// A drawing with its name.
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) drawing: Drawing,
}

pub(crate) const HOSTILE: &str = "</svg><script>alert(1)</script>\" onload='x' & \u{202E}gpj.\u{0}";
const VENDORS: [ProviderType; 4] =
    [ProviderType::Claude, ProviderType::Gemini, ProviderType::OpenAi, ProviderType::OpenAiCompatible];
const CENT: i128 = PicoUsd::ONE_USD / 100;

/// All of them.
pub(crate) fn all() -> Vec<Case> {
    let mut cases = Vec::new();
    for days in [0, 1, 7, 30, 90, 400] {
        let named = |kind: &str| format!("{kind}_{days}_days");
        cases.push(case(named("daily_cost"), daily_cost(&costs(days, 4), &frame(632.0, 236.0))));
        cases.push(case(named("tokens"), trend(&tokens(days, 1), &frame(300.0, 164.0))));
        cases.push(case(named("latency"), trend(&latency(days), &frame(300.0, 164.0))));
        cases.push(case(named("success"), trend(&success(days), &frame(300.0, 164.0))));
        cases.push(case(named("budget"), burn_down(&budget(days, 30_000), &frame(316.0, 236.0))));
        let curve: Vec<_> = (0..days).map(|day| Some(money(rhythm(day, 7) * 9.0))).collect();
        cases.push(case(
            named("spark"),
            spark(ProviderType::Gemini, &steps(days), &curve, &frame(64.0, 22.0)),
        ));
    }
    cases.extend([1, 7, 20].map(rows).into_iter().flatten());
    for count in [0, 1, 20] {
        cases.push(case(format!("errors_{count}"), ranked(&errors(count), &frame(480.0, 0.0))));
    }
    cases.push(case("tasks_0", ranked(&tasks(0), &frame(480.0, 0.0))));
    cases.push(case("week_0", week_against_month(&compared(0), &frame(480.0, 0.0))));
    cases.push(case("tasks_30_days", ranked(&tasks(7), &frame(480.0, 0.0))));
    cases.push(case("errors_30_days", ranked(&errors(4), &frame(480.0, 0.0))));
    cases.push(case("week_30_days", week_against_month(&compared(7), &frame(480.0, 0.0))));
    cases.extend(extremes());
    cases.extend(gaps());
    cases.extend(read_outs());
    cases
}

fn case(name: impl Into<String>, drawing: Drawing) -> Case {
    Case { name: name.into(), drawing }
}

fn rows(count: usize) -> [Case; 3] {
    let daily = daily_cost(&costs(30, count), &frame(632.0, 236.0));
    [
        case(format!("daily_cost_{count}_providers"), daily),
        case(format!("tasks_{count}"), ranked(&tasks(count), &frame(480.0, 0.0))),
        case(format!("week_{count}"), week_against_month(&compared(count), &frame(480.0, 0.0))),
    ]
}

fn extremes() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, unit) in [("huge", PicoUsd::ONE_USD * 123_456_789), ("tiny", 7), ("free", 0)] {
        let mut data = costs(7, 3);
        for cost in data.series.iter_mut().flat_map(|series| &mut series.costs) {
            cost.amount = cost.amount.map(|amount| PicoUsd(amount.0 / CENT * unit));
        }
        cases.push(case(format!("daily_cost_{name}"), daily_cost(&data, &frame(632.0, 236.0))));
    }
    cases.push(case("tokens_huge", trend(&tokens(7, 1_000_000), &frame(300.0, 164.0))));
    let mut none = tokens(7, 1);
    none.lines.iter_mut().flat_map(|line| &mut line.values).for_each(|value| *value = Some(Amount::Count(0)));
    cases.push(case("tokens_none", trend(&none, &frame(300.0, 164.0))));
    let mut bad = success(7);
    bad.lines[0].values[3] = Some(Amount::Share { part: 11, whole: 100 });
    cases.push(case("success_outage", trend(&bad, &frame(300.0, 164.0))));
    cases.extend(sizes());
    cases.push(case("budget_overdrawn", burn_down(&budget(30, 15_000), &frame(316.0, 236.0))));
    let mut hostile = costs(7, 2);
    hostile.series[0].name = HOSTILE.to_owned();
    hostile.series[1].name = "مزود ".repeat(40);
    cases.push(case("daily_cost_hostile", daily_cost(&hostile, &frame(632.0, 236.0))));
    cases
}

/// Every other chart with values that are far above and far below what its axis usually has.
fn sizes() -> Vec<Case> {
    let mut cases = Vec::new();
    for (name, unit, many) in [("huge", PicoUsd::ONE_USD * 123_456_789, 1_000_000), ("tiny", 7, 0)] {
        let named = |kind: &str| format!("{kind}_{name}");
        let scaled = |amount: PicoUsd| PicoUsd(amount.0 / CENT * unit);
        let amount = |amount: &Amount| match *amount {
            Amount::Millis(ms) if many > 0 => Amount::Millis(ms.saturating_mul(many)),
            Amount::Millis(_) => Amount::Millis(1),
            other => other,
        };
        let mut lines = latency(7);
        for value in lines.lines.iter_mut().flat_map(|line| &mut line.values) {
            *value = value.as_ref().map(amount);
        }
        cases.push(case(named("latency"), trend(&lines, &frame(300.0, 164.0))));
        let mut left = budget(30, 30_000);
        left.budget = scaled(left.budget);
        left.spent.iter_mut().for_each(|day| *day = scaled(*day));
        left.forecast = left.forecast.map(|of| Forecast {
            likely: scaled(of.likely),
            low: scaled(of.low),
            high: scaled(of.high),
        });
        cases.push(case(named("budget"), burn_down(&left, &frame(316.0, 236.0))));
        let mut rows = tasks(7);
        for row in &mut rows.rows {
            if let Value::Cost(cost) = &mut row.value {
                cost.amount = cost.amount.map(scaled);
            }
        }
        cases.push(case(named("tasks"), ranked(&rows, &frame(480.0, 0.0))));
        let mut counts = errors(4);
        for row in &mut counts.rows {
            if let Value::Count(count) = &mut row.value {
                *count = if many > 0 { count.saturating_mul(many * 1_000) } else { 1 };
            }
        }
        cases.push(case(named("errors"), ranked(&counts, &frame(480.0, 0.0))));
        let mut pairs = compared(4);
        for cost in pairs.rows.iter_mut().flat_map(|row| [&mut row.week, &mut row.month]) {
            cost.amount = cost.amount.map(scaled);
        }
        cases.push(case(named("week"), week_against_month(&pairs, &frame(480.0, 0.0))));
        let curve: Vec<_> = (0..7).map(|day| Some(scaled(money(rhythm(day, 7))))).collect();
        cases.push(case(named("spark"), spark(ProviderType::Claude, &steps(7), &curve, &frame(64.0, 22.0))));
    }
    let mut few = tokens(7, 1);
    few.lines.iter_mut().flat_map(|line| &mut line.values).for_each(|value| *value = Some(Amount::Count(1)));
    cases.push(case("tokens_tiny", trend(&few, &frame(300.0, 164.0))));
    cases
}

fn gaps() -> Vec<Case> {
    let mut cost = costs(30, 4);
    for series in &mut cost.series {
        series.costs[8..12].fill(Cost::GAP);
    }
    cost.series[1].costs[20] = Cost { amount: None, unpriced: 12 };
    cost.series[2].costs[21].unpriced = 3;
    let mut lines = latency(30);
    for line in &mut lines.lines {
        line.values[8..12].fill(None);
        line.values[13..14].fill(None);
        line.values[29] = None;
    }
    let with_gaps = |mut trend: Trend| {
        for line in &mut trend.lines {
            line.values[8..12].fill(None);
            line.values[29] = None;
        }
        trend
    };
    let mut pairs = compared(4);
    pairs.rows[1].week = Cost { amount: None, unpriced: 12 };
    pairs.rows[2].month = Cost { amount: None, unpriced: 3 };
    let curve: Vec<_> = (0..7).map(|day| (day != 2 && day != 4).then(|| money(rhythm(day, 7)))).collect();
    vec![
        case("daily_cost_gaps", daily_cost(&cost, &frame(632.0, 236.0))),
        case("latency_gaps", trend(&lines, &frame(300.0, 164.0))),
        case("tokens_gaps", trend(&with_gaps(tokens(30, 1)), &frame(300.0, 164.0))),
        case("success_gaps", trend(&with_gaps(success(30)), &frame(300.0, 164.0))),
        case("week_gaps", week_against_month(&pairs, &frame(480.0, 0.0))),
        case("spark_gaps", spark(ProviderType::Claude, &steps(7), &curve, &frame(64.0, 22.0))),
    ]
}

/// Drawings with the read-out of a stop: left, right, at the edges, with gaps.
fn read_outs() -> Vec<Case> {
    let mut unpriced = costs(30, 4);
    unpriced.series[1].costs[4] = Cost { amount: None, unpriced: 12 };
    let cost = daily_cost(&unpriced, &frame(632.0, 236.0));
    let many = daily_cost(&costs(30, 20), &frame(632.0, 236.0));
    let tokens = trend(&tokens(30, 1), &frame(300.0, 164.0));
    let budget = burn_down(&budget(30, 30_000), &frame(316.0, 236.0));
    let read = |name: &str, drawing: &Drawing, stop: usize| {
        let read_out = drawing.read_out(stop).unwrap();
        let mut drawing = drawing.clone();
        drawing.back.push(read_out.band);
        drawing.marks.extend(read_out.tip);
        case(format!("read_out_{name}"), drawing)
    };
    vec![
        read("cost_left", &cost, 4),
        read("cost_right", &cost, 25),
        read("cost_30_days", &cost, 29),
        read("many", &many, 14),
        read("tokens_first", &tokens, 0),
        read("tokens_middle", &tokens, 15),
        read("budget_gone", &budget, 10),
        read("budget_to_come", &budget, 27),
        read("row", &ranked(&tasks(7), &frame(480.0, 0.0)), 2),
        read("last_row", &ranked(&tasks(7), &frame(480.0, 0.0)), 6),
        read("compared", &week_against_month(&compared(7), &frame(480.0, 0.0)), 0),
        read("success", &trend(&success(30), &frame(300.0, 164.0)), 20),
    ]
}

pub(crate) fn frame(width: f64, height: f64) -> Frame {
    Frame { id: "g".to_owned(), width, height, label: "A golden chart".to_owned(), words: Words::default() }
}

/// Days that end with a partial one, 23 November 2026.
pub(crate) fn steps(count: usize) -> Vec<Step> {
    let step = |place: usize| {
        let today = place + 1 == count;
        let (day, month) = date(count - place - 1);
        let tick = if today { "Today".to_owned() } else { format!("{day} {month}") };
        Step { tick, title: format!("{day} {month}"), partial: today }
    };
    (0..count).map(step).collect()
}

/// Months are counted back from November; their lengths are those of the years 2026 and 2025.
fn date(before: usize) -> (usize, &'static str) {
    const MONTHS: [(&str, usize); 12] = [
        ("Nov", 30),
        ("Oct", 31),
        ("Sep", 30),
        ("Aug", 31),
        ("Jul", 31),
        ("Jun", 30),
        ("May", 31),
        ("Apr", 30),
        ("Mar", 31),
        ("Feb", 28),
        ("Jan", 31),
        ("Dec", 31),
    ];
    let mut left = before as i64 - 23;
    if left < 0 {
        return ((-left) as usize, "Nov");
    }
    for (month, days) in MONTHS.into_iter().cycle().skip(1) {
        if left < days as i64 {
            return ((days as i64 - left) as usize, month);
        }
        left -= days as i64;
    }
    (1, "Jan")
}

/// Between 0.2 and 1.3: five days of work and two of rest, with an unrest that is always the same.
fn rhythm(day: usize, seed: usize) -> f64 {
    let rest = if (day + 6) % 7 < 2 { 0.32 } else { 1.0 };
    let unrest = ((day * 7919 + seed * 104_729) % 97) as f64 / 97.0;
    rest * (0.85 + 0.3 * unrest)
}

fn money(dollars: f64) -> PicoUsd {
    PicoUsd((dollars * 100.0).round() as i128 * CENT)
}

fn costs(days: usize, providers: usize) -> DailyCost {
    const NAMES: [&str; 4] = ["Claude", "Gemini", "OpenAI", "Compatible"];
    let series = |place: usize| {
        let size = [5.6, 3.9, 1.7, 0.16][place % 4] / (1.0 + (place / 4) as f64);
        let partial = |day: usize| if day + 1 == days { 0.6 } else { 1.0 };
        let cost = |day: usize| Cost::of(money(rhythm(day, place) * size * partial(day)));
        let name = if providers <= 4 {
            NAMES[place].to_owned()
        } else {
            format!("{} {}", NAMES[place % 4], place / 4 + 1)
        };
        CostSeries { name, vendor: VENDORS[place % 4], costs: (0..days).map(cost).collect() }
    };
    DailyCost { steps: steps(days), series: (0..providers).map(series).collect() }
}

fn line(name: &str, tone: Tone, values: impl Iterator<Item = Amount>) -> Line {
    Line { name: name.to_owned(), tone, values: values.map(Some).collect() }
}

fn tokens(days: usize, factor: u64) -> Trend {
    let count = |day: usize, size: f64, seed| Amount::Count((rhythm(day, seed) * size) as u64 * factor);
    let lines = vec![
        line("Input", Tone::Strong, (0..days).map(|day| count(day, 5.9e6, 1))),
        line("Output", Tone::Neutral, (0..days).map(|day| count(day, 1.3e6, 2))),
        line("Input before", Tone::Previous, (0..days).map(|day| count(day, 5.1e6, 3))),
    ];
    Trend { steps: steps(days), unit: Unit::Count, lines }
}

fn latency(days: usize) -> Trend {
    let ms = |day: usize, base: f64, seed: usize| {
        let burst = if day % 30 == 18 && seed == 1 { 1700.0 } else { 0.0 };
        Amount::Millis((base * (0.93 + 0.14 * ((day * 31 + seed * 7) % 13) as f64 / 13.0) + burst) as u64)
    };
    let lines = vec![
        line("p95", Tone::Strong, (0..days).map(|day| ms(day, 2250.0, 1))),
        line("p50", Tone::Neutral, (0..days).map(|day| ms(day, 742.0, 2))),
    ];
    Trend { steps: steps(days), unit: Unit::Millis, lines }
}

fn success(days: usize) -> Trend {
    let share = |day: usize| Amount::Share { part: 2815 - (day * 17 % 19) as u64, whole: 2820 };
    Trend {
        steps: steps(days),
        unit: Unit::Share,
        lines: vec![line("Success", Tone::Strong, (0..days).map(share))],
    }
}

fn budget(days: usize, cents: i128) -> BurnDown {
    let gone = days * 23 / 30;
    let spent: Vec<PicoUsd> =
        (0..gone).map(|day| money(rhythm(day, 5) * 11.0 * 30.0 / days as f64)).collect();
    let sum: i128 = spent.iter().map(|day| day.0).sum();
    let at = |share: i128| PicoUsd(sum + sum * share / 100);
    let forecast = (gone > 0).then(|| Forecast { likely: at(31), low: at(27), high: at(37) });
    let mut steps = steps(days);
    for (place, step) in steps.iter_mut().enumerate() {
        (step.tick, step.partial) = (format!("{} Nov", place + 1), false);
        step.title.clone_from(&step.tick);
    }
    BurnDown { steps, budget: PicoUsd(cents * CENT), spent, forecast }
}

fn tasks(count: usize) -> Ranked {
    const NAMES: [&str; 7] =
        ["cv_draft", "extraction", "cover_letter", "validation", "translation", "summary", "مهمة"];
    let row = |place: usize| Row {
        name: if place < 7 { NAMES[place].to_owned() } else { format!("task_{place}") },
        vendor: None,
        value: Value::Cost(match place {
            5 => Cost { amount: None, unpriced: 4 },
            _ => Cost::of(money(137.0 / (1.0 + place as f64 * 0.8))),
        }),
    };
    Ranked { rows: (0..count).map(row).collect(), measure: "Cost".to_owned() }
}

fn errors(count: usize) -> Ranked {
    const KNOWN: [(&str, u64); 4] =
        [("Rate limited (429)", 159), ("Timeout", 93), ("Provider error (5xx)", 66), ("Invalid output", 28)];
    let row = |place: usize| {
        let known = KNOWN.get(place).map(|(name, count)| ((*name).to_owned(), *count));
        let (name, count) = known.unwrap_or_else(|| (format!("Error {place}"), 28 - place as u64));
        Row { name, vendor: None, value: Value::Count(count) }
    };
    Ranked { rows: (0..count).map(row).collect(), measure: "Errors".to_owned() }
}

fn compared(count: usize) -> WeekAgainstMonth {
    let row = |place: usize| Compared {
        name: format!("Configuration {}", place + 1),
        vendor: Some(VENDORS[place % 4]),
        week: Cost::of(money((35.0 + (place * 5 % 11) as f64) / (1.0 + place as f64 * 0.7))),
        month: Cost::of(money(150.0 / (1.0 + place as f64 * 0.7))),
    };
    WeekAgainstMonth { rows: (0..count).map(row).collect() }
}
