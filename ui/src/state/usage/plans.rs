//! The charts of the page: what each is called and what it is drawn from. How large they are, only the browser knows.

use charts::{
    Amount, BurnDown, Compared, Cost, CostSeries, DailyCost, Drawing, Frame, Line, Ranked, Row, Step, Tone,
    Trend, Unit, Value, WeekAgainstMonth, Words, burn_down, daily_cost, ranked, trend, week_against_month,
};
use model::{Failure, ProviderType};

use super::{
    cause::cause,
    figures::{Budget, Figures, ProviderFigures, StepFigures, Totals, VendorFigures},
};
use crate::{
    state::usage::range::{Span, Stride},
    t,
    texts::name,
};

/// A chart of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Chart {
    /// Cost by day and vendor.
    Cost,
    /// What is left of the month's budget.
    Budget,
    /// Tokens by day.
    Tokens,
    /// Latency by day.
    Latency,
    /// Success by day.
    Success,
    /// Failed calls by cause.
    Errors,
    /// Cost by task.
    Tasks,
    /// 7 days against 30.
    Compared,
}

impl Chart {
    /// All, as they stand on the page.
    pub const ALL: [Self; 8] = [
        Self::Cost,
        Self::Budget,
        Self::Tokens,
        Self::Latency,
        Self::Success,
        Self::Errors,
        Self::Tasks,
        Self::Compared,
    ];

    /// Those of rows.
    pub const ROWS: [Self; 3] = [Self::Errors, Self::Tasks, Self::Compared];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cost => "cost",
            Self::Budget => "budget",
            Self::Tokens => "tokens",
            Self::Latency => "latency",
            Self::Success => "success",
            Self::Errors => "errors",
            Self::Tasks => "tasks",
            Self::Compared => "compared",
        }
    }

    /// What it is called while nothing is known.
    pub fn name(self) -> String {
        match self {
            Self::Cost => t!("daily-cost"),
            Self::Budget => t!("month-budget"),
            Self::Tokens => t!("usage-tokens"),
            Self::Latency => t!("latency"),
            Self::Success => t!("success-rate"),
            Self::Errors => t!("errors-by-cause"),
            Self::Tasks => t!("cost-by-task"),
            Self::Compared => t!("week-against-month"),
        }
    }

    /// Its card's title and the line beside it.
    pub fn title(self, figures: &Figures) -> (String, String) {
        let unit = figures.unit;
        let per = match unit {
            Stride::Hour => t!("per-hour"),
            Stride::Day => t!("per-day"),
            Stride::Week => t!("per-week"),
            Stride::Month => t!("per-month"),
        };
        let partial = figures.span.last == figures.today;
        let now = &figures.now;
        let title = match (self, &figures.budget) {
            (Self::Cost, _) if unit == Stride::Hour => t!("hourly-cost"),
            (Self::Cost, _) if unit == Stride::Week => t!("weekly-cost"),
            (Self::Cost, _) if unit == Stride::Month => t!("monthly-cost"),
            (Self::Budget, Some(budget)) => budget_title(budget),
            _ => self.name(),
        };
        let beside = match self {
            Self::Cost if !partial => t!("usd"),
            Self::Cost => match unit {
                Stride::Hour | Stride::Day => t!("usd-partial"),
                Stride::Week => t!("usd-week-partial"),
                Stride::Month => t!("usd-month-partial"),
            },
            Self::Budget => figures.budget.as_ref().map(spent_of).unwrap_or_default(),
            Self::Tokens => per,
            Self::Latency => t!("per-call"),
            Self::Success => errors_in_calls(now),
            Self::Errors => t!("in-total", count = now.failed),
            Self::Tasks => figures.span.words(),
            Self::Compared => t!("mean-cost-of-a-day"),
        };
        (title, beside)
    }

    /// Its height in pixels; charts of rows decide for themselves.
    pub fn height(self) -> f64 {
        match self {
            Self::Cost | Self::Budget => 236.0,
            _ => 164.0,
        }
    }

    /// Whether it is not known yet what there is to draw.
    pub fn is_unread(self, figures: &Figures) -> bool {
        self == Self::Budget && !figures.budget_read
    }

    /// Why it is not known.
    pub fn failure(self, figures: &Figures) -> Option<&Failure> {
        figures.budget_failure.as_ref().filter(|_| self == Self::Budget)
    }

    /// Whether there is nothing to draw.
    pub fn is_empty(self, figures: &Figures) -> bool {
        match self {
            Self::Budget => figures.budget.is_none(),
            Self::Errors => figures.errors.is_empty(),
            Self::Tasks => figures.tasks.is_empty(),
            Self::Compared => figures.providers.iter().all(|provider| provider.month.calls == 0),
            Self::Cost | Self::Tokens | Self::Latency | Self::Success => figures.now.calls == 0,
        }
    }

    /// What is said in its place then.
    pub fn empty(self) -> String {
        match self {
            Self::Budget => t!("no-budget"),
            Self::Errors => t!("no-errors"),
            _ => t!("no-usage"),
        }
    }

    /// Draws it to a width.
    pub fn draw(self, figures: &Figures, width: f64) -> Drawing {
        let (title, subtitle) = self.title(figures);
        let label = if subtitle.is_empty() { title } else { format!("{title}, {subtitle}") };
        let words = words(figures.unit);
        let frame =
            Frame { id: format!("chart-{}", self.as_str()), width, height: self.height(), label, words };
        match self {
            Self::Cost => daily_cost(&cost(figures), &frame),
            Self::Budget => burn_down(&budget(figures), &frame),
            Self::Tokens => trend(&tokens(figures), &frame),
            Self::Latency => trend(&latency(figures), &frame),
            Self::Success => trend(&success(figures), &frame),
            Self::Errors => ranked(&errors(figures), &frame),
            Self::Tasks => ranked(&tasks(figures), &frame),
            Self::Compared => week_against_month(&compared(figures), &frame),
        }
    }
}

fn budget_title(budget: &Budget) -> String {
    let day = budget.span.length() == 1;
    match &budget.name {
        Some(of) => t!("budget-named", name = name(of)),
        None if day => t!("day-budget"),
        None => t!("month-budget"),
    }
}

fn spent_of(budget: &Budget) -> String {
    let (spent, amount) = (budget.total.display(), budget.amount.display());
    match budget.unpriced {
        0 => t!("spent-of", spent = spent, amount = amount),
        _ => t!("spent-of-unpriced", spent = spent, amount = amount),
    }
}

fn errors_in_calls(totals: &Totals) -> String {
    let read = |count: u64| model::text::group_digits(count.into());
    t!("errors-in-calls", errors = read(totals.failed), calls = read(totals.calls))
}

/// A step's length in a word.
pub fn unit_name(unit: Stride) -> String {
    match unit {
        Stride::Hour => t!("hour"),
        Stride::Day => t!("day"),
        Stride::Week => t!("week"),
        Stride::Month => t!("month-word"),
    }
}

fn words(unit: Stride) -> Words {
    Words {
        time: unit_name(unit),
        name: t!("name"),
        total: t!("total"),
        no_data: t!("no-data"),
        unknown: t!("unknown"),
        unpriced: |count| t!("without-price", count = count),
        at_least: |amount| t!("or-more", amount = amount),
        share: |share, part, whole| t!("share-of", share = share, part = part, whole = whole),
        others: |count| t!("others", count = count),
        even_pace: t!("even-pace"),
        remaining: t!("left"),
        left: |amount| t!("amount-left", amount = amount),
        over: |amount| t!("amount-over", amount = amount),
        today: t!("today-within"),
        forecast: t!("forecast"),
        week: t!("mean-week"),
        month: t!("mean-month"),
        trend: t!("trend"),
        week_and_month: t!("bar-and-stroke"),
    }
}

fn steps(figures: &Figures) -> Vec<Step> {
    let one_day = figures.span.length() == 1;
    let named = |(place, of): (usize, &StepFigures)| {
        let today = figures.today == of.time.days.last;
        match of.time.hour {
            Some(hour) => Step {
                tick: if one_day { hour.time() } else { of.time.words() },
                title: of.time.words(),
                partial: today && place + 1 == figures.steps.len(),
            },
            None => step(of.time.days, today),
        }
    };
    figures.steps.iter().enumerate().map(named).collect()
}

fn step(span: Span, last: bool) -> Step {
    let day = span.first == span.last;
    Step {
        tick: if last && day { t!("today") } else { span.first.short() },
        title: if day { span.first.with_weekday() } else { span.words() },
        partial: last,
    }
}

/// Short, for it stands at the end of a series.
pub fn vendor_name(vendor: ProviderType) -> String {
    match vendor {
        ProviderType::OpenAiCompatible => t!("vendor-compatible"),
        other => other.label().to_owned(),
    }
}

/// By vendor: configurations of one vendor are told apart in the table.
fn cost(figures: &Figures) -> DailyCost {
    let series = |of: &VendorFigures| {
        let at = |(step, cost): (&StepFigures, &Cost)| if step.totals.is_none() { Cost::GAP } else { *cost };
        let costs = figures.steps.iter().zip(&of.costs).map(at).collect();
        CostSeries { name: vendor_name(of.vendor), vendor: of.vendor, costs }
    };
    DailyCost { steps: steps(figures), series: figures.vendors.iter().map(series).collect() }
}

fn line(
    figures: &Figures,
    name: String,
    tone: Tone,
    value: impl Fn(&StepFigures, &Totals) -> Option<Amount>,
) -> Line {
    let values = figures.steps.iter().map(|step| value(step, step.totals.as_ref()?));
    Line { name, tone, values: values.collect() }
}

fn tokens(figures: &Figures) -> Trend {
    let lines = vec![
        line(figures, t!("tokens-input"), Tone::Strong, |step, _| Some(Amount::Count(step.input))),
        line(figures, t!("tokens-output"), Tone::Neutral, |step, _| Some(Amount::Count(step.output))),
    ];
    Trend { steps: steps(figures), unit: Unit::Count, lines }
}

fn latency(figures: &Figures) -> Trend {
    let lines = vec![
        line(figures, "p95".to_owned(), Tone::Strong, |_, totals| totals.p95_ms.map(Amount::Millis)),
        line(figures, "p50".to_owned(), Tone::Neutral, |_, totals| totals.p50_ms.map(Amount::Millis)),
    ];
    Trend { steps: steps(figures), unit: Unit::Millis, lines }
}

/// A day without calls has no rate.
fn success(figures: &Figures) -> Trend {
    let share = |_: &StepFigures, totals: &Totals| {
        let part = totals.calls.saturating_sub(totals.failed);
        (totals.calls > 0).then_some(Amount::Share { part, whole: totals.calls })
    };
    Trend {
        steps: steps(figures),
        unit: Unit::Share,
        lines: vec![line(figures, t!("success"), Tone::Strong, share)],
    }
}

fn errors(figures: &Figures) -> Ranked {
    let row = |(class, count): &(String, u64)| Row {
        name: cause(class),
        vendor: None,
        value: Value::Count(*count),
    };
    Ranked { rows: figures.errors.iter().map(row).collect(), measure: t!("errors") }
}

fn tasks(figures: &Figures) -> Ranked {
    let row = |(name, cost): &(Option<String>, Cost)| Row {
        name: name.clone().unwrap_or_else(|| t!("without-task")),
        vendor: None,
        value: Value::Cost(*cost),
    };
    Ranked { rows: figures.tasks.iter().map(row).collect(), measure: t!("cost") }
}

/// A configuration in 7 against 30 days, with all models that it was asked for.
pub struct Called<'a> {
    /// The first of its rows.
    pub provider: &'a ProviderFigures,
    week: Cost,
    month: Cost,
}

/// All of them.
pub fn called(figures: &Figures) -> Vec<Called<'_>> {
    let mut all: Vec<Called<'_>> = Vec::new();
    for provider in figures.providers.iter().filter(|provider| provider.month.calls > 0) {
        let (week, month) = (provider.week.cost, provider.month.cost);
        match all.iter_mut().find(|one| one.provider.number == provider.number) {
            Some(one) => {
                one.week = [one.week, week].into_iter().sum();
                one.month = [one.month, month].into_iter().sum();
            }
            None => all.push(Called { provider, week, month }),
        }
    }
    all
}

fn compared(figures: &Figures) -> WeekAgainstMonth {
    let row = |one: Called<'_>| Compared {
        name: one.provider.name.clone(),
        vendor: one.provider.vendor,
        week: one.week,
        month: one.month,
    };
    WeekAgainstMonth { rows: called(figures).into_iter().map(row).collect() }
}

fn budget(figures: &Figures) -> BurnDown {
    let Some(budget) = &figures.budget else {
        return BurnDown { steps: Vec::new(), budget: Default::default(), spent: Vec::new(), forecast: None };
    };
    let steps =
        budget.span.steps(Stride::Day).into_iter().map(|span| Step { partial: false, ..step(span, false) });
    BurnDown {
        steps: steps.collect(),
        budget: budget.amount,
        spent: budget.spent.clone(),
        forecast: budget.forecast,
    }
}

#[cfg(test)]
mod tests {
    use super::{super::figures::tests::figures, *};

    #[test]
    fn every_chart_has_a_name_a_stop_for_each_step_and_a_table() {
        let figures = figures();
        for chart in Chart::ALL.into_iter().filter(|chart| !chart.is_empty(&figures)) {
            let drawing = chart.draw(&figures, 632.0);
            assert!(!drawing.label.is_empty() && !drawing.stops.is_empty(), "{chart:?}");
            assert!(drawing.table.rows.len() >= drawing.stops.len(), "{chart:?}");
        }
    }

    #[test]
    fn costs_are_told_by_vendor_and_add_up() {
        let drawing = Chart::Cost.draw(&figures(), 632.0);
        let stop = &drawing.stops[0];
        let names: Vec<&str> = stop.readings.iter().map(|reading| reading.name.as_str()).collect();
        assert_eq!(names, ["Claude", "Gemini"]);
        assert_eq!(stop.title, "Sun 25 Oct");
        assert_eq!(drawing.stops[29].title, "Mon 23 Nov");
    }

    #[test]
    fn a_configuration_that_was_asked_for_two_models_has_one_bar_of_both() {
        let mut figures = figures();
        figures.providers[2].number = figures.providers[1].number;
        let drawing = Chart::Compared.draw(&figures, 632.0);
        assert_eq!(drawing.stops.len(), 2);
        assert_eq!(drawing.stops[0].title, "Claude Production");
        // (34.88 + 2.67) / 7 and (127.09 + 11.61) / 30.
        let values: Vec<&str> = drawing.stops[0].readings.iter().map(|one| one.value.as_str()).collect();
        assert_eq!(values, ["$5.364285714285", "$4.623333333333"]);
    }

    #[test]
    fn a_day_without_a_record_is_a_gap_and_not_a_day_without_cost() {
        let drawing = Chart::Cost.draw(&figures(), 632.0);
        assert_eq!(drawing.stops[3].total.as_ref().unwrap().1, "No data");
        let drawing = Chart::Latency.draw(&figures(), 300.0);
        assert!(drawing.stops[3].readings.iter().all(|reading| reading.span.is_none()));
    }

    #[test]
    fn the_partial_day_is_said() {
        let mut figures = figures();
        assert_eq!(Chart::Cost.title(&figures).1, "USD, today is partial");
        figures.unit = Stride::Month;
        let title = |figures: &Figures| Chart::Cost.title(figures);
        assert_eq!(title(&figures).1, "USD, this month is partial");
        assert_eq!(title(&figures).0, "Monthly cost by provider");
        figures.today = figures.today.plus(4);
        assert_eq!(Chart::Cost.title(&figures).1, "USD");
    }

    #[test]
    fn what_is_empty_says_so_in_a_sentence() {
        let mut figures = figures();
        assert!(Chart::Budget.is_empty(&figures));
        figures.now = Totals::NONE;
        figures.errors.clear();
        for chart in [Chart::Cost, Chart::Errors] {
            assert!(chart.is_empty(&figures) && !chart.empty().is_empty());
        }
    }
}
