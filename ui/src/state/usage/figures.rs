//! What the usage page draws: the figures of a range and of the days that they are compared with, step by step and by
//! what caused them. The shell's replies are turned into this, so that charts, tiles and table agree.

use charts::Cost;
use model::{Failure, PicoUsd, ProviderType, Timestamp, budgets::BudgetScope};

use super::{
    date::Day,
    range::{Span, Stride, Time},
    reading::Over,
};

/// All figures of the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Figures {
    /// The days that are looked at.
    pub span: Span,
    /// How long a step of the charts is.
    pub unit: Stride,
    /// Today: a step that holds it is not over.
    pub today: Day,
    /// Of the whole range.
    pub now: Totals,
    /// Of the days it is compared with.
    pub before: Totals,
    /// Of the charts' steps, oldest first.
    pub steps: Vec<StepFigures>,
    /// When each step begins, and when the last one ends, by the shell's calendar.
    pub instants: Vec<Timestamp>,
    /// When the last 30 of these days begin, which may be before the first.
    pub month_from: Timestamp,
    /// By vendor, in the house's order.
    pub vendors: Vec<VendorFigures>,
    /// By configuration and model.
    pub providers: Vec<ProviderFigures>,
    /// By what the person chose, where that is no configuration.
    pub groups: Vec<GroupFigures>,
    /// Cost by task; calls without a task have no name.
    pub tasks: Vec<(Option<String>, Cost)>,
    /// Failed calls by the class of their cause.
    pub errors: Vec<(String, u64)>,
    /// The budget that is drawn: the one that was chosen, or the running month's of all calls.
    pub budget: Option<Budget>,
    /// Whether that was read: it is asked for when the figures are there.
    pub budget_read: bool,
    /// Why it was not.
    pub budget_failure: Option<Failure>,
    /// What was answered about days that are over, for figures that are read again.
    pub over: Over,
}

/// Sums of some calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Calls.
    pub calls: u64,
    /// Of these, how many failed.
    pub failed: u64,
    /// Tokens of both directions.
    pub tokens: u64,
    /// What they cost.
    pub cost: Cost,
    /// Median of the latencies in milliseconds.
    pub p50_ms: Option<u64>,
    /// 95th percentile of the latencies in milliseconds.
    pub p95_ms: Option<u64>,
    /// 99th percentile of the latencies in milliseconds.
    pub p99_ms: Option<u64>,
    /// What a successful call cost, where that is known.
    pub per_success: Option<PicoUsd>,
    /// Calls whose cost is not known, failed ones included.
    pub unknown: u64,
}

/// One step of the charts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StepFigures {
    /// When.
    pub time: Time,
    /// Sums; nothing where no record was kept.
    pub totals: Option<Totals>,
    /// Input tokens.
    pub input: u64,
    /// Output tokens.
    pub output: u64,
}

/// One vendor.
#[derive(Clone, Debug, PartialEq)]
pub struct VendorFigures {
    /// Which.
    pub vendor: ProviderType,
    /// The numbers of its configurations that were called.
    pub numbers: Vec<i64>,
    /// Cost by step.
    pub costs: Vec<Cost>,
}

/// One configuration, and a model that it was asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct ProviderFigures {
    /// The configuration's number; one that was deleted keeps its calls.
    pub number: i64,
    /// Its name.
    pub name: String,
    /// Its vendor, where it is known.
    pub vendor: Option<ProviderType>,
    /// The model.
    pub model: String,
    /// Of the last 7 days.
    pub week: Totals,
    /// Of the last 30 days.
    pub month: Totals,
}

/// One group: a model, a task, a user, a way to end.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupFigures {
    /// As the log has it.
    pub key: String,
    /// In words.
    pub name: String,
    /// Of the days that are looked at.
    pub now: Totals,
    /// Of the days that they are compared with.
    pub before: Totals,
}

/// A budget.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Budget {
    /// Whose spending.
    pub scope: BudgetScope,
    /// Of what, where it is not of all calls.
    pub name: Option<String>,
    /// The days of its month, or its day.
    pub span: Span,
    /// How much there is.
    pub amount: PicoUsd,
    /// What each day cost, as far as they went.
    pub spent: Vec<PicoUsd>,
    /// All that is spent.
    pub total: PicoUsd,
    /// Successful calls that are not in it, because their price is not known.
    pub unpriced: u64,
    /// What all of its days may cost.
    pub forecast: Option<charts::Forecast>,
    /// By which zone's days.
    pub zone: String,
    /// When each of its days begins, and when the last one ends; empty until the shell said it.
    pub instants: Vec<Timestamp>,
}

impl Totals {
    /// No call at all.
    pub const NONE: Self = Self {
        calls: 0,
        failed: 0,
        tokens: 0,
        cost: Cost { amount: Some(PicoUsd(0)), unpriced: 0 },
        p50_ms: None,
        p95_ms: None,
        p99_ms: None,
        per_success: None,
        unknown: 0,
    };
}

impl Figures {
    /// The last 30 days, which the table by provider shows whatever days were chosen.
    pub fn month(&self) -> Span {
        Span { first: self.span.last.plus(-29), last: self.span.last }
    }

    /// From when until when a step, several steps, all of them or the last 30 days go.
    pub fn between(&self, time: Time) -> Option<(Timestamp, Timestamp)> {
        if time == Time::of(self.month()) {
            return Some((self.month_from, *self.instants.last()?));
        }
        let is_hour = |step: &StepFigures| time.hour.is_none() || step.time.hour == time.hour;
        let begins = |step: &StepFigures| step.time.days.first == time.days.first && is_hour(step);
        let ends = |step: &StepFigures| step.time.days.last == time.days.last && is_hour(step);
        let first = self.steps.iter().position(begins)?;
        let last = self.steps.iter().rposition(ends)?;
        Some((*self.instants.get(first)?, *self.instants.get(last + 1)?))
    }
}

impl Budget {
    /// From when until when a day goes.
    pub fn between(&self, day: Span) -> Option<(Timestamp, Timestamp)> {
        let first = usize::try_from(day.first.0 - self.span.first.0).ok()?;
        let behind = usize::try_from(day.last.0 + 1 - self.span.first.0).ok()?;
        Some((*self.instants.get(first)?, *self.instants.get(behind)?))
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use model::time::DAY_MS;

    use super::*;

    /// A month's figures for tests, with the numbers of the mock-up.
    pub(crate) fn figures() -> Figures {
        let today = Day::of(2026, 11, 23).unwrap();
        let span = Span { first: today.plus(-29), last: today };
        let dollars = |cents: i128| Cost::of(PicoUsd(cents * PicoUsd::ONE_USD / 100));
        let totals = |cents, calls, failed, tokens, p50, p95| Totals {
            calls,
            failed,
            tokens,
            cost: dollars(cents),
            p50_ms: Some(p50),
            p95_ms: Some(p95),
            p99_ms: Some(2 * p95),
            per_success: Some(PicoUsd(PicoUsd::ONE_USD / 250)),
            unknown: failed,
        };
        let provider = |number, name: &str, vendor, model: &str, week: i128, month: i128| ProviderFigures {
            number,
            name: name.to_owned(),
            vendor: Some(vendor),
            model: model.to_owned(),
            week: totals(week, 1_895, 6, 9_120_000, 1_380, 3_120),
            month: totals(month, 7_000, 24, 32_800_000, 1_380, 3_120),
        };
        let vendor = |vendor, numbers, month: i128| VendorFigures {
            vendor,
            numbers,
            costs: (0..30).map(|day| dollars(month / 30 + day % 3)).collect(),
        };
        let step = |day: i32| StepFigures {
            time: Time::of(Span { first: span.first.plus(day), last: span.first.plus(day) }),
            totals: (day != 3).then(|| totals(900, 2_800, 12, 5_600_000, 742, 2_410)),
            input: 4_400_000,
            output: 1_200_000,
        };
        Figures {
            span,
            unit: Stride::Day,
            today,
            now: totals(28_096, 84_740, 346, 170_100_000, 742, 2_410),
            before: totals(24_694, 76_829, 284, 152_100_000, 768, 2_180),
            steps: (0..30).map(step).collect(),
            month_from: Timestamp(i64::from(span.first.0) * DAY_MS),
            instants: (0..31).map(|day| Timestamp(i64::from(span.first.0 + day) * DAY_MS)).collect(),
            vendors: vec![
                vendor(ProviderType::Gemini, vec![1], 8_204),
                vendor(ProviderType::Claude, vec![2, 3], 13_870),
            ],
            providers: vec![
                provider(1, "Gemini Production", ProviderType::Gemini, "gemini-3.6-flash", 1_909, 8_204),
                provider(2, "Claude Production", ProviderType::Claude, "claude-sonnet-5", 3_488, 12_709),
                provider(3, "Claude Haiku", ProviderType::Claude, "claude-haiku-4-5", 267, 1_161),
            ],
            groups: Vec::new(),
            tasks: vec![(Some("cv_draft".to_owned()), dollars(12_000)), (None, dollars(300))],
            errors: vec![("rate_limit".to_owned(), 159), ("timeout".to_owned(), 93)],
            budget: None,
            budget_read: true,
            budget_failure: None,
            over: Vec::new(),
        }
    }
}
