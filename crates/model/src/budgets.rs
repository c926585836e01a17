//! Budgets: what may be spent in a day or a month, how much of it is spent, where the month will probably end, and what
//! was told of it. Amounts are exact; a call without a known price is counted beside them and never as nothing.

use serde::{Deserialize, Serialize};

use crate::{Field, FieldError, PicoUsd, Timestamp, limits::COST_LIMIT_MAX};

/// Longest name of a task or user that a budget can have.
pub const KEY_LIMIT: usize = 200;
/// Whole days that a forecast needs: two of each weekday.
pub const DAYS_NEEDED: u32 = 14;

/// Whose spending a budget holds.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetScope {
    /// Everything.
    #[default]
    Whole,
    /// A configuration, by its number, which is never used twice.
    Config(i64),
    /// A task.
    Task(String),
    /// A user.
    User(String),
}

/// How long a budget lasts, in the time zone of the statistics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BudgetPeriod {
    /// A day.
    Day,
    /// A month.
    #[default]
    Month,
}

/// A budget as a person enters it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetDraft {
    /// Whose spending.
    pub scope: BudgetScope,
    /// How long it lasts.
    pub period: BudgetPeriod,
    /// What may be spent.
    pub amount: PicoUsd,
}

/// A budget that was saved, as it was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExistingBudget {
    /// Its number.
    pub id: i64,
    /// Its revision when the person saw it.
    pub revision: i64,
}

/// What a budget tells by itself, the least urgent first. The derived order is the urgency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AlertLevel {
    /// 50 % are spent.
    Half,
    /// 80 % are spent.
    MostOfIt,
    /// The whole range of the forecast lies above the budget.
    Forecast,
    /// 95 % are spent.
    NearlyAll,
    /// All of it is spent.
    All,
}

/// Where a period will probably end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Forecast {
    /// A day is too short to be forecast from days.
    OfNoDay,
    /// Fewer whole days are known than a forecast needs.
    TooEarly {
        /// Days that are known.
        days: u32,
        /// Days that are needed.
        needed: u32,
    },
    /// What the period's cost will be.
    Range(ForecastRange),
}

/// What a period's cost will be, with what is spent already.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForecastRange {
    /// In one of ten cases it will be less.
    pub low: PicoUsd,
    /// Expected.
    pub expected: PicoUsd,
    /// In one of ten cases it will be more.
    pub high: PicoUsd,
}

/// One day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DaySpent {
    /// `YYYY-MM-DD`.
    pub day: String,
    /// Of the week, Monday is 0.
    pub weekday: u8,
    /// All calls.
    pub calls: u64,
    /// Cost of those whose cost is known.
    pub cost: PicoUsd,
    /// Successful calls whose cost is not known.
    pub unpriced: u64,
}

/// What was spent lately in one scope, by days of the home zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spending {
    /// The home zone.
    pub zone: String,
    /// The days up to today, without gaps, today last.
    pub days: Vec<DaySpent>,
    /// The weekdays of the days of this month behind today.
    pub rest_of_month: Vec<u8>,
    /// The last day of the month, `YYYY-MM-DD`.
    pub last_of_month: String,
    /// The first instant of today.
    pub today_from: Timestamp,
    /// The first instant behind today.
    pub today_to: Timestamp,
    /// The first instant behind this month.
    pub month_to: Timestamp,
}

/// A budget and how it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetView {
    /// Its number.
    pub id: i64,
    /// Its revision.
    pub revision: i64,
    /// What was entered.
    pub draft: BudgetDraft,
    /// The configuration's name; `None` for other scopes and when it was deleted.
    pub name: Option<String>,
    /// The first day of the period that runs, `YYYY-MM-DD`.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// The first instant behind it.
    pub ends_at: Timestamp,
    /// What calls with a known price cost.
    pub spent: PicoUsd,
    /// Successful calls whose price is not known. What they cost is not in the sum.
    pub unpriced: u64,
    /// Cost of each day of the period up to today.
    pub by_day: Vec<PicoUsd>,
    /// Where it will end.
    pub forecast: Forecast,
    /// The most urgent of what holds now.
    pub level: Option<AlertLevel>,
}

/// What was told of a budget, once for each period, amount and level.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertView {
    /// Its number, rising.
    pub id: i64,
    /// Of which budget.
    pub budget: i64,
    /// Whose spending.
    pub scope: BudgetScope,
    /// The configuration's name; `None` for other scopes and when it was deleted.
    pub name: Option<String>,
    /// How long the budget lasts.
    pub period: BudgetPeriod,
    /// The first day of the period, `YYYY-MM-DD`.
    pub first_day: String,
    /// What was told.
    pub level: AlertLevel,
    /// The budget then.
    pub amount: PicoUsd,
    /// What was spent then.
    pub spent: PicoUsd,
    /// Successful calls without a known price then.
    pub unpriced: u64,
    /// When it was told.
    pub at: Timestamp,
    /// Whether a person has seen it.
    pub seen: bool,
}

/// All budgets and what they told lately.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BudgetList {
    /// All of them: the whole, then configurations, tasks, users.
    pub budgets: Vec<BudgetView>,
    /// What was told lately, newest first.
    pub alerts: Vec<AlertView>,
    /// The time zone whose days and months these are.
    pub zone: String,
}

impl BudgetScope {
    /// Its name in the database and on the wire.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Whole => "whole",
            Self::Config(_) => "config",
            Self::Task(_) => "task",
            Self::User(_) => "user",
        }
    }
}

impl BudgetPeriod {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Day, Self::Month];

    /// Its name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Month => "month",
        }
    }
}

impl BudgetDraft {
    /// Every field that needs a change.
    pub fn faults(&self) -> Vec<FieldError> {
        let key = match &self.scope {
            BudgetScope::Whole | BudgetScope::Config(_) => None,
            BudgetScope::Task(key) | BudgetScope::User(key) => Some(key.chars().count()),
        };
        let unnamed = key.filter(|count| !(1..=KEY_LIMIT).contains(count)).map(|_| FieldError {
            field: Field::BudgetScope,
            message: format!("Enter 1 to {KEY_LIMIT} characters."),
        });
        let fits = self.amount > PicoUsd(0) && self.amount <= COST_LIMIT_MAX;
        let amount = (!fits).then(|| FieldError {
            field: Field::BudgetAmount,
            message: "Enter more than 0 and at most 10,000,000 dollars.".to_owned(),
        });
        unnamed.into_iter().chain(amount).collect()
    }
}

impl AlertLevel {
    /// All, the least urgent first.
    pub const ALL: [Self; 5] = [Self::Half, Self::MostOfIt, Self::Forecast, Self::NearlyAll, Self::All];

    /// Its name in the database and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Half => "half",
            Self::MostOfIt => "most_of_it",
            Self::Forecast => "forecast",
            Self::NearlyAll => "nearly_all",
            Self::All => "all",
        }
    }

    /// The part of the budget in percent that must be spent for it; `None` for the forecast's.
    pub fn percent(self) -> Option<u8> {
        match self {
            Self::Half => Some(50),
            Self::MostOfIt => Some(80),
            Self::Forecast => None,
            Self::NearlyAll => Some(95),
            Self::All => Some(100),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_listed_by_urgency_and_their_names_are_those_on_the_wire() {
        assert!(AlertLevel::ALL.is_sorted());
        for level in AlertLevel::ALL {
            assert_eq!(serde_json::to_value(level).unwrap(), level.as_str());
        }
        for period in BudgetPeriod::ALL {
            assert_eq!(serde_json::to_value(period).unwrap(), period.as_str());
        }
    }

    #[test]
    fn a_budget_of_nothing_for_nobody_is_refused_in_both_fields() {
        let mut draft = BudgetDraft {
            scope: BudgetScope::User(String::new()),
            period: BudgetPeriod::Day,
            amount: PicoUsd(0),
        };
        let fields: Vec<Field> = draft.faults().into_iter().map(|fault| fault.field).collect();
        assert_eq!(fields, [Field::BudgetScope, Field::BudgetAmount]);
        draft.scope = BudgetScope::User("ü".repeat(KEY_LIMIT));
        draft.amount = COST_LIMIT_MAX;
        assert_eq!(draft.faults(), []);
        draft.amount = COST_LIMIT_MAX.plus(PicoUsd(1));
        assert_eq!(draft.faults().len(), 1);
    }
}
