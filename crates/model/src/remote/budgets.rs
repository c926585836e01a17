//! What may be spent in a day or a month, and how that stands.

use serde::{Deserialize, Serialize};

use crate::budgets::{AlertLevel, BudgetPeriod};

/// Whose spending a budget holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BudgetOf {
    /// Everything.
    Whole,
    /// A configuration, which `config_id` names.
    Config,
    /// A task, which `task` names.
    Task,
    /// A user of the gateway, whom `user_id` names.
    User,
}

/// A budget that is to be.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CreateBudget {
    /// Whose spending.
    pub scope: BudgetOf,
    /// Of the scope `config`, and of no other.
    #[serde(default)]
    pub config_id: Option<i64>,
    /// Of the scope `task`, and of no other.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub task: Option<String>,
    /// Of the scope `user`, and of no other.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(min_length = 1, max_length = 200))]
    pub user_id: Option<String>,
    /// How long it lasts.
    pub period: BudgetPeriod,
    /// What may be spent.
    #[cfg_attr(feature = "openapi", schema(exclusive_minimum = 0, maximum = 10000000))]
    pub amount_usd: f64,
}

/// A change of a budget. What is missing stays as it is; whose it is stays in any case.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UpdateBudget {
    /// How long it lasts.
    #[serde(default)]
    pub period: Option<BudgetPeriod>,
    /// What may be spent.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(exclusive_minimum = 0, maximum = 10000000))]
    pub amount_usd: Option<f64>,
}

/// A budget and how it stands. Nothing is refused because of it: limits and quotas do that.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Budget {
    /// Its number, which is never used twice.
    pub id: i64,
    /// Whose spending.
    pub scope: BudgetOf,
    /// Of the scope `config`.
    pub config_id: Option<i64>,
    /// The configuration's name; `null` also when it was deleted.
    pub display_name: Option<String>,
    /// Of the scope `task`.
    pub task: Option<String>,
    /// Of the scope `user`.
    pub user_id: Option<String>,
    /// How long it lasts.
    pub period: BudgetPeriod,
    /// What may be spent.
    pub amount_usd: f64,
    /// The time zone whose days and months these are.
    #[cfg_attr(feature = "openapi", schema(example = "UTC"))]
    pub time_zone: String,
    /// The first day of the period that runs.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-01"))]
    pub first_day: String,
    /// Its last day.
    #[cfg_attr(feature = "openapi", schema(example = "2026-11-30"))]
    pub last_day: String,
    /// The first instant behind it.
    #[cfg_attr(feature = "openapi", schema(format = DateTime))]
    pub ends_at: String,
    /// What calls with a known price cost.
    pub spent_usd: f64,
    /// Successful calls whose price is not known. What they cost is not in the sum.
    pub unpriced_calls: u64,
    /// Cost of each day of the period up to today.
    pub by_day_usd: Vec<f64>,
    /// Where the period will end.
    pub forecast: BudgetForecast,
    /// The most urgent of what holds: 50, 80, 95 or 100 percent are spent, or the whole range of the forecast lies above the budget.
    pub level: Option<AlertLevel>,
    /// Rises with each change, and is the `ETag`.
    pub revision: i64,
}

/// Where a period will probably end.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "state")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum BudgetForecast {
    /// A day is too short to be forecast from days.
    OfNoDay,
    /// Fewer whole days are known than a forecast needs.
    TooEarly {
        /// Days that are known.
        days: u32,
        /// Days that are needed.
        needed: u32,
    },
    /// What the period's cost will be, with what is spent already.
    Range {
        /// In one of ten cases it will be less.
        low_usd: f64,
        /// Expected.
        expected_usd: f64,
        /// In one of ten cases it will be more.
        high_usd: f64,
    },
}

/// What was deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DeletedBudget {
    /// Its number.
    pub deleted_id: i64,
}
