//! The table by provider and model: 7 days against 30, and how a day of the week compares with one of the month.

use std::cmp::Ordering;

use charts::Cost;
use model::{PicoUsd, text};

use super::{
    figures::{Figures, GroupFigures, ProviderFigures, Totals},
    tiles::cost_words,
};

/// What the table is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// The name.
    Name,
    /// Calls of 30 days.
    Calls,
    /// Tokens of 30 days.
    Tokens,
    /// Cost of 30 days.
    #[default]
    Cost,
    /// Share of calls that succeeded.
    Success,
    /// 95th percentile of the latency.
    Latency,
}

/// The order: the largest first, names from A.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// By which column.
    pub by: Column,
    /// The other way round.
    pub reversed: bool,
}

impl Column {
    /// All.
    pub const ALL: [Self; 6] =
        [Self::Name, Self::Calls, Self::Tokens, Self::Cost, Self::Success, Self::Latency];

    /// Its stable name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Calls => "calls",
            Self::Tokens => "tokens",
            Self::Cost => "cost",
            Self::Success => "success",
            Self::Latency => "latency",
        }
    }
}

impl Order {
    /// The order after a click on a column's head.
    pub fn clicked(self, column: Column) -> Self {
        match self.by == column {
            true => Self { reversed: !self.reversed, ..self },
            false => Self { by: column, reversed: false },
        }
    }
}

/// The rows in an order.
pub fn rows(figures: &Figures, order: Order) -> Vec<&ProviderFigures> {
    let mut rows: Vec<&ProviderFigures> = figures.providers.iter().collect();
    rows.sort_by(|a, b| {
        compare((&a.name, &a.month), (&b.name, &b.month), order)
            .then_with(|| (a.number, &a.model).cmp(&(b.number, &b.model)))
    });
    rows
}

/// The groups in an order.
pub fn groups(figures: &Figures, order: Order) -> Vec<&GroupFigures> {
    let mut groups: Vec<&GroupFigures> = figures.groups.iter().collect();
    groups
        .sort_by(|a, b| compare((&a.name, &a.now), (&b.name, &b.now), order).then_with(|| a.key.cmp(&b.key)));
    groups
}

fn compare((a, a30): (&str, &Totals), (b, b30): (&str, &Totals), order: Order) -> Ordering {
    let by = compare_by((a, a30), (b, b30), order.by);
    let by = if order.reversed { by.reverse() } else { by };
    by.then_with(|| a.cmp(b))
}

fn compare_by((a, a30): (&str, &Totals), (b, b30): (&str, &Totals), by: Column) -> Ordering {
    match by {
        Column::Name => a.to_lowercase().cmp(&b.to_lowercase()),
        Column::Calls => b30.calls.cmp(&a30.calls),
        Column::Tokens => b30.tokens.cmp(&a30.tokens),
        Column::Cost => b30.cost.amount.cmp(&a30.cost.amount),
        Column::Success => share(b30).total_cmp(&share(a30)),
        Column::Latency => b30.p95_ms.cmp(&a30.p95_ms),
    }
}

fn share(totals: &Totals) -> f64 {
    match totals.calls {
        0 => -1.0,
        calls => calls.saturating_sub(totals.failed) as f64 / calls as f64,
    }
}

/// All rows together. Percentiles cannot be added, so they are those of the range as it came.
pub fn sum(figures: &Figures, part: fn(&ProviderFigures) -> &Totals) -> Totals {
    let all = || figures.providers.iter().map(part);
    let add = |of: fn(&Totals) -> u64| all().map(of).fold(0, u64::saturating_add);
    let cost: Cost = all().map(|totals| totals.cost).sum();
    let (calls, failed) = (add(|totals| totals.calls), add(|totals| totals.failed));
    let known = cost.amount.filter(|_| cost.unpriced == 0);
    Totals {
        calls,
        failed,
        tokens: add(|totals| totals.tokens),
        cost,
        p50_ms: None,
        p95_ms: None,
        p99_ms: None,
        per_success: known
            .and_then(|known| known.0.checked_div(i128::from(calls - failed.min(calls))))
            .map(PicoUsd),
        unknown: add(|totals| totals.unknown),
    }
}

/// A cost that is wholly known.
pub fn known(totals: &Totals) -> Option<f64> {
    totals.cost.amount.filter(|_| totals.cost.unpriced == 0).map(|cost| cost.0 as f64)
}

/// How much more it is than before, and whether it rose.
pub fn change(now: Option<f64>, before: Option<f64>) -> Option<(String, Option<bool>)> {
    let (now, before) = (now?, before?);
    let words = text::change(now, before)?;
    let up = (words != "0%").then_some(now > before);
    Some((words, up))
}

/// How much more a day of the last 7 costs than one of the last 30.
pub fn trend(week: &Totals, month: &Totals) -> Option<(String, Option<bool>)> {
    change(known(week).map(|cost| cost / 7.0), known(month).map(|cost| cost / 30.0))
}

/// A cost in the table, with what has no price beside it.
pub fn cost_cell(totals: &Totals) -> (String, Option<u64>) {
    (cost_words(totals.cost), (totals.cost.unpriced > 0).then_some(totals.cost.unpriced))
}

/// `99.66%`.
pub fn success(totals: &Totals) -> Option<String> {
    text::rate(totals.calls.saturating_sub(totals.failed), totals.calls)
}

/// `1.38 s / 3.12 s`.
pub fn latency(totals: &Totals) -> Option<String> {
    let (p50, p95) = totals.p50_ms.zip(totals.p95_ms)?;
    Some(format!("{} / {}", text::latency(p50), text::latency(p95)))
}

/// The slowest call but one in a hundred.
pub fn slowest(totals: &Totals) -> Option<String> {
    totals.p99_ms.map(text::latency)
}

/// What a successful call cost.
pub fn per_success(totals: &Totals) -> Option<String> {
    totals.per_success.map(|cost| cost.display())
}

/// Calls in 100 whose cost is not known.
pub fn unknown(totals: &Totals) -> Option<String> {
    text::rate(totals.unknown, totals.calls)
}

#[cfg(test)]
mod tests {
    use super::{super::figures::tests::figures, *};

    #[test]
    fn the_dearest_stands_first_until_another_head_is_clicked() {
        let figures = figures();
        let names = |order| rows(&figures, order).iter().map(|row| row.name.as_str()).collect::<Vec<_>>();
        let order = Order::default();
        assert_eq!(names(order), ["Claude Production", "Gemini Production", "Claude Haiku"]);
        let by_name = order.clicked(Column::Name);
        assert_eq!(names(by_name), ["Claude Haiku", "Claude Production", "Gemini Production"]);
        assert_eq!(names(by_name.clicked(Column::Name))[0], "Gemini Production");
    }

    #[test]
    fn a_trend_compares_days_and_not_sums() {
        let figures = figures();
        let (words, up) = trend(&figures.providers[1].week, &figures.providers[1].month).unwrap();
        assert_eq!((words.as_str(), up), ("+17.6%", Some(true)));
    }

    #[test]
    fn the_last_row_is_the_sum_of_those_above() {
        let figures = figures();
        let sum = sum(&figures, |provider| &provider.month);
        assert_eq!((sum.calls, cost_cell(&sum).0.as_str()), (21_000, "$220.74"));
        assert_eq!(success(&sum).as_deref(), Some("99.66%"));
        assert_eq!((latency(&sum), slowest(&sum)), (None, None));
        assert_eq!(
            (per_success(&sum).as_deref(), unknown(&sum).as_deref()),
            (Some("$0.01055"), Some("0.34%"))
        );
        assert_eq!((per_success(&Totals::NONE), unknown(&Totals::NONE)), (None, None));
    }
}
