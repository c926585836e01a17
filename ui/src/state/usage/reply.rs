//! What is asked about usage, and what the shell's reply says on the page. A cost that is not known stays unknown.

use charts::Cost;
use model::{
    PicoUsd, ProviderType, Timestamp,
    budgets::{BudgetList, BudgetPeriod, BudgetScope, Forecast},
    statistics::{
        Bucket, Group, Grouping, Measures, Part, ProviderUsage, UsageFilter, UsageQuery, UsageView,
    },
};

use super::{
    date::Day,
    figures::{Budget, Figures, GroupFigures, ProviderFigures, StepFigures, Totals, VendorFigures},
    range::{Hour, Range, Span, Stride, Time},
};
use crate::t;

/// The budget that was chosen; where none was, or it is gone, that of the running month for everything.
pub fn budget(list: BudgetList, chosen: Option<i64>) -> Option<Budget> {
    let of_month = |draft: &model::budgets::BudgetDraft| {
        (&draft.scope, draft.period) == (&BudgetScope::Whole, BudgetPeriod::Month)
    };
    let (zone, mut budgets) = (list.zone, list.budgets);
    let place = budgets
        .iter()
        .position(|budget| Some(budget.id) == chosen)
        .or_else(|| budgets.iter().position(|budget| of_month(&budget.draft)))?;
    let view = budgets.swap_remove(place);
    let forecast = match view.forecast {
        Forecast::Range(range) => {
            Some(charts::Forecast { likely: range.expected, low: range.low, high: range.high })
        }
        Forecast::TooEarly { .. } | Forecast::OfNoDay => None,
    };
    let name = match &view.draft.scope {
        BudgetScope::Whole => None,
        BudgetScope::Config(number) => {
            Some(view.name.clone().unwrap_or_else(|| t!("deleted-provider", number = *number)))
        }
        BudgetScope::Task(name) | BudgetScope::User(name) => Some(name.clone()),
    };
    Some(Budget {
        scope: view.draft.scope,
        name,
        span: Span { first: Day::read(&view.first_day)?, last: Day::read(&view.last_day)? },
        amount: view.draft.amount,
        spent: view.by_day,
        total: view.spent,
        unpriced: view.unpriced,
        forecast,
        zone,
        instants: Vec::new(),
    })
}

/// The question about some days, in such steps. By configuration, since a row of an early version does not say its vendor.
pub fn query(span: Span, unit: Stride, zone: &str, filter: &UsageFilter) -> UsageQuery {
    UsageQuery {
        first_day: span.first.iso(),
        last_day: span.last.iso(),
        zone: zone.to_owned(),
        bucket: match unit {
            Stride::Hour => Bucket::Hour,
            Stride::Day => Bucket::Day,
            Stride::Week => Bucket::Week,
            Stride::Month => Bucket::Month,
        },
        grouping: Grouping::Provider,
        filter: filter.clone(),
    }
}

/// The same question for the table's rows, and for nothing else: one piece.
pub fn query_groups(span: Span, zone: &str, filter: &UsageFilter, by: Grouping) -> UsageQuery {
    UsageQuery { grouping: by, ..query(span, Stride::Month, zone, filter) }
}

/// The table's rows.
pub fn groups(by: Grouping, groups: Vec<Group>) -> Vec<GroupFigures> {
    let called = groups.into_iter().filter(|group| group.now.calls > 0);
    called
        .map(|group| GroupFigures {
            name: group_name(by, &group.key),
            now: totals(&group.now),
            before: totals(&group.before),
            key: group.key,
        })
        .collect()
}

/// A group in words.
pub fn group_name(by: Grouping, key: &str) -> String {
    match (by, key) {
        (Grouping::Task, "") => t!("without-task"),
        (_, "") => t!("not-recorded"),
        (Grouping::Status, "success") => t!("status-success"),
        (Grouping::Status, "error") => t!("status-error"),
        (Grouping::Status, "timeout") => t!("cause-timeout"),
        (_, key) => key.to_owned(),
    }
}

/// The days that have to be asked for by themselves, where they are not those directly before.
pub fn compared_apart(range: Range, today: Day) -> Option<Span> {
    let compared = range.compared(today);
    (compared != range.span(today).before()).then_some(compared)
}

/// The figures of some days in such steps.
pub fn figures(view: UsageView, (span, unit): (Span, Stride), today: Day, now: Timestamp) -> Figures {
    let steps = steps(&view, span, unit, now);
    Figures {
        now: totals(&view.now),
        before: totals(&view.before),
        steps: steps.iter().map(|step| step_figures(&view, step)).collect(),
        instants: instants(&view, &steps),
        month_from: view.last_30_days_from,
        vendors: vendors(&view, &steps),
        providers: view.providers.iter().map(provider).collect(),
        groups: Vec::new(),
        tasks: view
            .tasks
            .iter()
            .filter(|task| task.now.calls > 0)
            .map(|task| {
                let name = (!task.key.is_empty()).then(|| task.key.clone());
                (name, cost(&task.now))
            })
            .collect(),
        errors: view.errors.into_iter().map(|error| (error.class, error.calls)).collect(),
        budget: None,
        budget_read: false,
        budget_failure: None,
        over: Vec::new(),
        span,
        unit,
        today,
    }
}

/// A step, and which of the reply's pieces it is.
struct Step {
    time: Time,
    piece: Option<usize>,
}

/// Hours are those that the reply has, since days on which clocks are set have one more or less; and those that have begun.
fn steps(view: &UsageView, span: Span, unit: Stride, now: Timestamp) -> Vec<Step> {
    if unit != Stride::Hour {
        let step = |days| Step { time: Time::of(days), piece: place(view, days, unit) };
        return span.steps(unit).into_iter().map(step).collect();
    }
    let mut number = 0;
    let mut before = None;
    let hour = |(piece, (day, clock)): (usize, (&String, &u16))| {
        let day = Day::read(day)?;
        number = if before.replace(day) == Some(day) { number + 1 } else { 0 };
        let time = Time { days: Span::of(day, day), hour: Some(Hour { number, clock: *clock }) };
        Some(Step { time, piece: (piece < view.pieces.len()).then_some(piece) })
    };
    let begun = view.starts.partition_point(|start| *start <= now);
    view.days.iter().zip(&view.clocks).enumerate().take(begun).filter_map(hour).collect()
}

/// The piece of a step: the one that begins with it, or the first, whose week or month began earlier.
fn place(view: &UsageView, step: Span, unit: Stride) -> Option<usize> {
    let day =
        |text: &String| Day::read(text).is_some_and(|day| day <= step.first && step.first <= unit.end(day));
    let begun = view.days.iter().rposition(day)?;
    (begun < view.pieces.len()).then_some(begun)
}

fn instants(view: &UsageView, steps: &[Step]) -> Vec<Timestamp> {
    let start = |step: &Step| step.piece.and_then(|at| view.starts.get(at)).map(|at| (*at).max(view.from));
    steps.iter().filter_map(start).chain([view.to]).collect()
}

fn totals(measures: &Measures) -> Totals {
    Totals {
        calls: measures.calls,
        failed: measures.calls.saturating_sub(measures.succeeded),
        tokens: measures.total_tokens,
        cost: cost(measures),
        p50_ms: measures.latency_p50_ms,
        p95_ms: measures.latency_p95_ms,
        p99_ms: measures.latency_p99_ms,
        per_success: measures.cost_per_success(),
        unknown: measures.unpriced,
    }
}

/// A failed call mostly has no cost at all, so beside a known sum only successful ones are called unpriced.
fn cost(measures: &Measures) -> Cost {
    known_or_not(measures.cost, measures.calls, measures.succeeded_unpriced)
}

fn known_or_not(cost: Option<PicoUsd>, calls: u64, unpriced: u64) -> Cost {
    match cost {
        Some(amount) => Cost { amount: Some(amount), unpriced },
        None if calls == 0 => Cost::of(PicoUsd(0)),
        None => Cost { amount: None, unpriced: if unpriced > 0 { unpriced } else { calls } },
    }
}

fn step_figures(view: &UsageView, step: &Step) -> StepFigures {
    let piece = step.piece.and_then(|at| view.pieces.get(at));
    StepFigures {
        time: step.time,
        totals: piece.map(totals),
        input: piece.map_or(0, |piece| piece.input_tokens),
        output: piece.map_or(0, |piece| piece.output_tokens),
    }
}

fn vendors(view: &UsageView, steps: &[Step]) -> Vec<VendorFigures> {
    let of = |vendor: ProviderType| {
        let its = |one: &&ProviderUsage| one.provider_type == Some(vendor);
        let mut numbers: Vec<i64> = view.providers.iter().filter(its).map(|one| one.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        let parts: Vec<&Part> = view
            .parts
            .iter()
            .filter(|part| part.key.parse().is_ok_and(|number: i64| numbers.contains(&number)))
            .collect();
        numbers.retain(|number| parts.iter().any(|part| part.key == number.to_string()));
        let costs = steps.iter().map(|step| {
            step.piece.map_or(Cost::GAP, |at| parts.iter().map(|part| part_cost(part, at)).sum())
        });
        VendorFigures { vendor, costs: costs.collect(), numbers }
    };
    ProviderType::ALL.into_iter().map(of).filter(|vendor| !vendor.numbers.is_empty()).collect()
}

fn part_cost(part: &Part, at: usize) -> Cost {
    let count = |list: &[u64]| list.get(at).copied().unwrap_or(0);
    known_or_not(part.cost.get(at).copied().flatten(), count(&part.calls), count(&part.succeeded_unpriced))
}

fn provider(usage: &ProviderUsage) -> ProviderFigures {
    ProviderFigures {
        number: usage.number,
        name: usage.display_name.clone().unwrap_or_else(|| t!("deleted-provider", number = usage.number)),
        vendor: usage.provider_type,
        model: usage.model.clone(),
        week: totals(&usage.last_7_days),
        month: totals(&usage.last_30_days),
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use model::{
        budgets::{BudgetDraft, BudgetView, ForecastRange},
        statistics::ErrorCount,
    };

    use super::*;

    const NOW: Timestamp = Timestamp(i64::MAX);

    fn measures(calls: u64, cost: Option<i128>, succeeded_unpriced: u64) -> Measures {
        Measures {
            calls,
            succeeded: calls - calls.min(1),
            unpriced: succeeded_unpriced + calls.min(1),
            succeeded_unpriced,
            cost: cost.map(PicoUsd),
            latency_p95_ms: (calls > 0).then_some(900),
            ..Measures::default()
        }
    }

    fn span(first: &str, last: &str) -> Span {
        Span { first: Day::read(first).unwrap(), last: Day::read(last).unwrap() }
    }

    fn start(day: &str) -> Timestamp {
        Timestamp(i64::from(Day::read(day).unwrap().0) * model::time::DAY_MS)
    }

    /// A reply about some pieces, with one call in each.
    pub(crate) fn view(days: &[&str], from: &str, to: &str) -> UsageView {
        let usage = |number, provider_type, name: Option<&str>| ProviderUsage {
            number,
            provider_type,
            display_name: name.map(str::to_owned),
            model: "m".to_owned(),
            now: measures(2, Some(3), 0),
            before: Measures::default(),
            last_7_days: measures(2, Some(3), 1),
            last_30_days: measures(2, None, 2),
        };
        let part = |key: &str, cost: Option<i128>| Part {
            key: key.to_owned(),
            calls: days.iter().map(|_| 2).collect(),
            succeeded: days.iter().map(|_| 1).collect(),
            unpriced: days.iter().map(|_| 2).collect(),
            cost: days.iter().map(|_| cost.map(PicoUsd)).collect(),
            succeeded_unpriced: days.iter().map(|_| 1).collect(),
            tokens: days.iter().map(|_| 5).collect(),
        };
        UsageView {
            from: start(from),
            to: start(to),
            before_from: start(from),
            last_30_days_from: Timestamp(start(to).0 - 30 * model::time::DAY_MS),
            now: measures(4, Some(10), 1),
            before: measures(0, None, 0),
            starts: days.iter().map(|day| start(day)).collect(),
            days: days.iter().map(|day| (*day).to_owned()).collect(),
            clocks: days.iter().map(|_| 0).collect(),
            pieces: days.iter().map(|_| measures(2, None, 1)).collect(),
            parts: vec![part("1", Some(7)), part("2", None)],
            groups: Vec::new(),
            providers: vec![
                usage(1, Some(ProviderType::Claude), Some("Claude")),
                usage(2, Some(ProviderType::Claude), None),
                usage(3, Some(ProviderType::Gemini), Some("never in these days")),
            ],
            tasks: vec![
                Group { key: String::new(), now: measures(1, Some(2), 0), before: Measures::default() },
                Group { key: "cv".to_owned(), now: Measures::default(), before: measures(1, None, 0) },
            ],
            errors: vec![ErrorCount { class: "timeout".to_owned(), calls: 2 }],
            home_zone: "UTC".to_owned(),
        }
    }

    #[test]
    fn what_is_not_known_of_a_cost_stays_unknown() {
        let days = span("2026-11-22", "2026-11-23");
        let figures = figures(
            view(&["2026-11-22", "2026-11-23"], "2026-11-22", "2026-11-24"),
            (days, Stride::Day),
            days.last,
            NOW,
        );
        let claude = &figures.vendors[0];
        assert_eq!(
            (figures.vendors.len(), claude.vendor, claude.numbers.as_slice()),
            (1, ProviderType::Claude, &[1, 2][..])
        );
        assert_eq!(claude.costs, [Cost { amount: Some(PicoUsd(7)), unpriced: 2 }; 2]);
        assert_eq!(figures.steps[0].totals.unwrap().cost, Cost { amount: None, unpriced: 1 });
        assert_eq!(figures.now.cost, Cost { amount: Some(PicoUsd(10)), unpriced: 1 });
        assert_eq!(figures.before.cost, Cost::of(PicoUsd(0)));
        assert_eq!(known_or_not(None, 4, 0), Cost { amount: None, unpriced: 4 });
    }

    #[test]
    fn names_tasks_and_causes_are_those_of_the_reply() {
        let days = span("2026-11-22", "2026-11-22");
        let figures =
            figures(view(&["2026-11-22"], "2026-11-22", "2026-11-23"), (days, Stride::Day), days.last, NOW);
        let names: Vec<&str> = figures.providers.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names[..2], ["Claude", "Deleted provider 2"]);
        assert_eq!(figures.tasks, [(None, Cost::of(PicoUsd(2)))]);
        assert_eq!((figures.errors[0].1, figures.now.failed), (2, 1));
    }

    #[test]
    fn groups_are_named_and_those_without_calls_are_left_out() {
        let group = |key: &str, calls| Group {
            key: key.to_owned(),
            now: measures(calls, Some(5), 0),
            before: measures(1, None, 0),
        };
        let named = |by, key: &str| groups(by, vec![group(key, 3), group("never", 0)]).pop().unwrap().name;
        assert_eq!(named(Grouping::Task, ""), "No task");
        assert_eq!(named(Grouping::Model, ""), "Not recorded");
        assert_eq!(named(Grouping::Status, "timeout"), "Timeout");
        assert_eq!(named(Grouping::User, "anna"), "anna");
    }

    #[test]
    fn the_first_week_begins_with_the_days_that_were_asked_for() {
        // A Wednesday; the shell's week begins two days earlier.
        let days = span("2026-07-01", "2026-11-23");
        let mondays: Vec<String> =
            (0..22).map(|week| Day::read("2026-06-29").unwrap().plus(week * 7).iso()).collect();
        let mondays: Vec<&str> = mondays.iter().map(String::as_str).collect();
        let figures =
            figures(view(&mondays, "2026-07-01", "2026-11-24"), (days, Stride::Week), days.last, NOW);
        assert_eq!(query(days, days.usual_unit(), "UTC", &UsageFilter::default()).bucket, Bucket::Week);
        assert!(figures.steps.len() == 22 && figures.steps.iter().all(|step| step.totals.is_some()));
        let first = span("2026-07-01", "2026-07-05");
        let between = |days| figures.between(Time::of(days));
        assert_eq!(between(first), Some((start("2026-07-01"), start("2026-07-06"))));
        assert_eq!(between(days), Some((start("2026-07-01"), start("2026-11-24"))));
    }

    #[test]
    fn hours_are_those_of_the_shells_clocks() {
        let day = span("2026-10-25", "2026-10-25");
        let hour = |number: i64| start("2026-10-25").0 + number * 3_600_000;
        // Clocks are set back at three.
        let clocks: Vec<u16> =
            (0..25).map(|number| 60 * if number > 2 { number - 1 } else { number }).collect();
        let days = ["2026-10-25"; 25];
        let reply = || UsageView {
            clocks: clocks.clone(),
            starts: (0..25).map(hour).map(Timestamp).collect(),
            to: Timestamp(hour(25)),
            ..view(&days, "2026-10-25", "2026-10-26")
        };
        let so_far = figures(reply(), (day, Stride::Hour), day.last, Timestamp(hour(9)));
        assert_eq!((so_far.steps.len(), so_far.instants[10]), (10, Timestamp(hour(25))));
        let figures = figures(reply(), (day, day.usual_unit()), day.last, Timestamp(hour(24)));
        assert_eq!(query(day, figures.unit, "UTC", &UsageFilter::default()).bucket, Bucket::Hour);
        let words: Vec<String> = figures.steps[1..5].iter().map(|step| step.time.words()).collect();
        assert_eq!(words, ["25 Oct, 01:00", "25 Oct, 02:00", "25 Oct, 02:00", "25 Oct, 03:00"]);
        let of = |step: usize| figures.between(figures.steps[step].time).unwrap();
        assert_eq!(of(3), (Timestamp(hour(3)), Timestamp(hour(4))));
        assert_eq!(figures.between(Time::of(day)), Some((Timestamp(hour(0)), Timestamp(hour(25)))));
    }

    #[test]
    fn a_month_is_compared_with_days_that_are_asked_for_by_themselves() {
        let today = Day::read("2026-11-23").unwrap();
        assert_eq!(compared_apart(Range::Days(30), today), None);
        let month = compared_apart(Range::Month(today.month()), today).unwrap();
        assert_eq!(month, span("2026-10-01", "2026-10-23"));
        let days = span("2026-11-22", "2026-11-22");
        let mut view = view(&["2026-11-22"], "2026-11-22", "2026-11-23");
        let cv = Group { key: "cv".to_owned(), now: measures(5, None, 0), before: Measures::default() };
        let other = UsageView { now: measures(9, None, 0), tasks: vec![cv], ..view.clone() };
        view.compare_with(other);
        let figures = figures(view.clone(), (days, Stride::Day), today, NOW);
        let before: Vec<u64> = view.tasks.iter().map(|task| task.before.calls).collect();
        assert_eq!((figures.before.calls, before), (9, vec![0, 5]));
    }

    #[test]
    fn the_budget_that_is_drawn_is_the_months_for_everything() {
        let budget_of = |scope, period| BudgetView {
            id: 1,
            revision: 1,
            draft: BudgetDraft { scope, period, amount: PicoUsd(100) },
            name: None,
            first_day: "2026-11-01".into(),
            last_day: "2026-11-30".into(),
            ends_at: Timestamp(0),
            spent: PicoUsd(30),
            unpriced: 2,
            by_day: vec![PicoUsd(10), PicoUsd(20)],
            forecast: Forecast::Range(ForecastRange {
                low: PicoUsd(80),
                expected: PicoUsd(90),
                high: PicoUsd(120),
            }),
            level: None,
        };
        let list = |budgets| BudgetList { budgets, alerts: Vec::new(), zone: "UTC".into() };
        let others = vec![
            budget_of(BudgetScope::Whole, BudgetPeriod::Day),
            BudgetView { id: 7, ..budget_of(BudgetScope::Config(1), BudgetPeriod::Month) },
        ];
        assert_eq!(budget(list(others.clone()), None), None);
        let mut all = others;
        all.push(budget_of(BudgetScope::Whole, BudgetPeriod::Month));
        let chosen = budget(list(all.clone()), Some(7)).unwrap();
        assert_eq!(
            (chosen.scope, chosen.name.as_deref()),
            (BudgetScope::Config(1), Some("Deleted provider 1"))
        );
        let drawn = budget(list(all), Some(99)).unwrap();
        assert_eq!((&drawn.scope, &drawn.name), (&BudgetScope::Whole, &None));
        assert_eq!(
            (drawn.span.first.iso(), drawn.span.steps(Stride::Day).len()),
            ("2026-11-01".to_owned(), 30)
        );
        assert_eq!((drawn.amount, drawn.total, drawn.unpriced), (PicoUsd(100), PicoUsd(30), 2));
        assert_eq!(drawn.forecast.map(|forecast| forecast.likely), Some(PicoUsd(90)));
    }
}
