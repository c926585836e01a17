//! Budgets on the page: the form of one, and how each reads.

use model::{
    Failure, Field, FieldError, PicoUsd,
    budgets::{
        AlertLevel, AlertView, BudgetDraft, BudgetList, BudgetPeriod, BudgetScope, BudgetView,
        ExistingBudget, Forecast,
    },
    writing,
};

use super::{age::catalog_date, form::amount, toast::Step};
use crate::{t, texts::name};

/// Whose spending a budget holds, without saying of whom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Everything.
    #[default]
    Whole,
    /// A configuration.
    Config,
    /// A task.
    Task,
    /// A user.
    User,
}

/// A budget as it is typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BudgetForm {
    /// The budget that is changed; `None` makes a new one.
    pub existing: Option<ExistingBudget>,
    /// Whose spending.
    pub kind: Kind,
    /// The configuration's number, where one is chosen.
    pub config: Option<i64>,
    /// The task, where one is chosen.
    pub task: String,
    /// The user as typed.
    pub user: String,
    /// How long it lasts.
    pub period: BudgetPeriod,
    /// Dollars as typed.
    pub amount: String,
    /// What needs a change.
    pub errors: Vec<FieldError>,
}

impl BudgetForm {
    /// The form of a saved budget.
    pub fn edit(budget: &BudgetView) -> Self {
        let form = Self {
            existing: Some(ExistingBudget { id: budget.id, revision: budget.revision }),
            period: budget.draft.period,
            amount: amount::dollars(budget.draft.amount),
            ..Self::default()
        };
        match &budget.draft.scope {
            BudgetScope::Whole => form,
            BudgetScope::Config(number) => Self { kind: Kind::Config, config: Some(*number), ..form },
            BudgetScope::Task(task) => Self { kind: Kind::Task, task: task.clone(), ..form },
            BudgetScope::User(user) => Self { kind: Kind::User, user: user.clone(), ..form },
        }
    }

    /// What it says, or what needs a change.
    ///
    /// # Errors
    /// Every field that needs a change.
    pub fn draft(&self) -> Result<BudgetDraft, Vec<FieldError>> {
        let mut errors = Vec::new();
        let scope = self.scope();
        if scope.is_none() {
            errors.push(FieldError { field: Field::BudgetScope, message: t!("error-budget-scope") });
        }
        let amount = amount::parse(&self.amount).filter(|amount| *amount > PicoUsd(0));
        if amount.is_none() {
            errors.push(FieldError { field: Field::BudgetAmount, message: t!("error-budget-amount") });
        }
        let (Some(scope), Some(amount)) = (scope, amount) else { return Err(errors) };
        let draft = BudgetDraft { scope, period: self.period, amount };
        let faults = draft.faults();
        if faults.is_empty() { Ok(draft) } else { Err(faults) }
    }

    /// What is wrong with a field.
    pub fn error(&self, field: Field) -> Option<&str> {
        self.errors.iter().find(|error| error.field == field).map(|error| error.message.as_str())
    }

    /// With what the desk found wrong.
    pub fn refused(self, failure: &Failure) -> Self {
        Self { errors: failure.fields.clone(), ..self }
    }

    fn scope(&self) -> Option<BudgetScope> {
        match self.kind {
            Kind::Whole => Some(BudgetScope::Whole),
            Kind::Config => self.config.map(BudgetScope::Config),
            Kind::Task => Some(self.task.trim())
                .filter(|task| !task.is_empty())
                .map(|task| BudgetScope::Task(task.to_owned())),
            Kind::User => Some(self.user.trim())
                .filter(|user| !user.is_empty())
                .map(|user| BudgetScope::User(user.to_owned())),
        }
    }
}

/// The step back from a change of a budget, as a list has it by now; `None` where nothing was changed, or it is gone.
pub fn change_of(was: &BudgetView, list: &BudgetList) -> Option<Step> {
    let now = list.budgets.iter().find(|budget| budget.id == was.id)?;
    let left = ExistingBudget { id: now.id, revision: now.revision };
    (now.draft != was.draft).then(|| Step::BudgetChange { left, was: Box::new(was.draft.clone()) })
}

/// The step back from a new budget, as a list has it by now: there is one of each kind.
pub fn made(draft: &BudgetDraft, list: &BudgetList) -> Option<Step> {
    let now = list.budgets.iter().find(|budget| budget.draft == *draft)?;
    Some(Step::NewBudget(ExistingBudget { id: now.id, revision: now.revision }))
}

/// Whose budget it is: the heading of its line.
pub fn whose(scope: &BudgetScope, of: Option<&str>) -> String {
    match scope {
        BudgetScope::Whole => t!("budget-whole"),
        BudgetScope::Config(_) => of.map_or_else(|| t!("gone-provider"), name),
        BudgetScope::Task(task) => name(task),
        BudgetScope::User(user) => name(user),
    }
}

/// What that is, and how long it lasts.
pub fn lasting(draft: &BudgetDraft) -> String {
    let kind = match &draft.scope {
        BudgetScope::Whole => None,
        BudgetScope::Config(_) => Some(t!("budget-kind-config")),
        BudgetScope::Task(_) => Some(t!("budget-kind-task")),
        BudgetScope::User(_) => Some(t!("budget-kind-user")),
    };
    match (kind, draft.period) {
        (None, BudgetPeriod::Day) => t!("budget-each-day"),
        (None, BudgetPeriod::Month) => t!("budget-each-month"),
        (Some(kind), BudgetPeriod::Day) => t!("budget-of-each-day", kind = kind),
        (Some(kind), BudgetPeriod::Month) => t!("budget-of-each-month", kind = kind),
    }
}

/// The part of the budget that is spent, in percent. Rounded down: 79.9 % are not yet the 80 that are told.
pub fn percent(budget: &BudgetView) -> u64 {
    let whole = budget.draft.amount.0.max(1);
    u64::try_from(budget.spent.0.max(0).saturating_mul(100) / whole).unwrap_or(u64::MAX)
}

/// `88%`; more than ten times the budget is more than anybody compares.
pub fn percent_word(percent: u64) -> String {
    if percent < 1_000 { writing::number(&format!("{percent}%")) } else { t!("budget-far-over") }
}

/// How a budget stands, by tone, icon and word.
pub fn standing(budget: &BudgetView) -> (&'static str, &'static str, String) {
    match (budget.level, &budget.forecast) {
        (Some(AlertLevel::All), _) => ("danger", "xc", t!("budget-spent")),
        (Some(AlertLevel::NearlyAll), _) => ("warn", "alert", t!("budget-nearly-spent")),
        (Some(AlertLevel::Forecast), _) => ("warn", "alert", t!("budget-will-not-last")),
        (_, Forecast::Range(range)) if range.expected > budget.draft.amount => {
            ("warn", "alert", t!("budget-may-not-last"))
        }
        (Some(AlertLevel::MostOfIt), _) => ("warn", "alert", t!("budget-most-spent")),
        (Some(AlertLevel::Half) | None, _) => ("ok", "okc", t!("budget-on-track")),
    }
}

/// The forecast's two lines: what is expected, and its range or why there is none.
pub fn forecast(forecast: &Forecast) -> (Option<String>, String) {
    match forecast {
        Forecast::OfNoDay => (None, t!("forecast-of-no-day")),
        Forecast::TooEarly { days, needed } => {
            (None, t!("forecast-too-early", days = *days, needed = *needed))
        }
        Forecast::Range(range) => {
            let line = t!("forecast-range", low = range.low.display(), high = range.high.display());
            (Some(range.expected.display()), line)
        }
    }
}

/// Calls without a known price, beside what is spent.
pub fn unpriced(calls: u64) -> Option<String> {
    (calls > 0).then(|| t!("budget-unpriced", count = calls))
}

/// An alert's line: what was told, and of how much.
pub fn told(alert: &AlertView) -> (String, String) {
    let whose = whose(&alert.scope, alert.name.as_deref());
    let what = match (alert.level.percent(), alert.period) {
        (None, _) => t!("alert-forecast", whose = whose),
        (Some(percent), BudgetPeriod::Day) => t!("alert-day", whose = whose, percent = percent),
        (Some(percent), BudgetPeriod::Month) => t!("alert-month", whose = whose, percent = percent),
    };
    let (spent, amount) = (alert.spent.display(), alert.amount.display());
    let day = catalog_date(&alert.first_day);
    let of = t!("alert-amounts", spent = spent, amount = amount, day = day);
    (what, unpriced(alert.unpriced).map_or_else(|| of.clone(), |calls| format!("{of}, {calls}")))
}

#[cfg(test)]
mod tests {
    use model::{Timestamp, budgets::ForecastRange};

    use super::*;

    fn usd(cents: i128) -> PicoUsd {
        PicoUsd(cents * PicoUsd::ONE_USD / 100)
    }

    fn budget(spent: i128, level: Option<AlertLevel>, forecast: Forecast) -> BudgetView {
        BudgetView {
            id: 7,
            revision: 3,
            draft: BudgetDraft {
                scope: BudgetScope::User("u-1".into()),
                period: BudgetPeriod::Month,
                amount: usd(30_000),
            },
            name: None,
            first_day: "2026-11-01".into(),
            last_day: "2026-11-30".into(),
            ends_at: Timestamp(0),
            spent: usd(spent),
            unpriced: 0,
            by_day: vec![],
            forecast,
            level,
        }
    }

    #[test]
    fn a_saved_budget_comes_back_from_its_form_as_it_was() {
        let budget = budget(0, None, Forecast::OfNoDay);
        let form = BudgetForm::edit(&budget);
        assert_eq!(form.draft(), Ok(budget.draft));
        assert_eq!(form.existing, Some(ExistingBudget { id: 7, revision: 3 }));
    }

    #[test]
    fn a_change_is_taken_back_in_the_revision_that_it_left() {
        let was = budget(0, None, Forecast::OfNoDay);
        let mut now = BudgetView { revision: 4, ..was.clone() };
        let list = |budget: &BudgetView| BudgetList {
            budgets: vec![budget.clone()],
            alerts: vec![],
            zone: "UTC".into(),
        };
        assert_eq!(change_of(&was, &list(&now)), None, "nothing was changed");
        now.draft.amount = usd(50_000);
        let left = ExistingBudget { id: 7, revision: 4 };
        let step = Step::BudgetChange { left, was: Box::new(was.draft.clone()) };
        assert_eq!(change_of(&was, &list(&now)), Some(step));
        assert_eq!(
            made(&now.draft, &list(&now)),
            Some(Step::NewBudget(ExistingBudget { id: 7, revision: 4 }))
        );
        assert_eq!(made(&was.draft, &list(&now)), None, "somebody changed it meanwhile");
        assert_eq!(change_of(&was, &list(&BudgetView { id: 8, ..now })), None, "it is gone");
    }

    #[test]
    fn an_empty_form_says_all_that_it_lacks_and_nothing_of_what_it_has() {
        let form = BudgetForm { kind: Kind::Task, amount: "0".into(), ..BudgetForm::default() };
        let fields: Vec<Field> = form.draft().unwrap_err().into_iter().map(|error| error.field).collect();
        assert_eq!(fields, [Field::BudgetScope, Field::BudgetAmount]);
        let form = BudgetForm { task: "extraction".into(), amount: "$1,284.50".into(), ..form };
        assert_eq!(form.draft().unwrap().amount, usd(128_450));
        let form = BudgetForm { amount: "12,5".into(), ..form };
        assert_eq!(form.draft().unwrap_err().len(), 1);
    }

    #[test]
    fn percents_are_not_rounded_up_to_a_level_that_is_not_reached() {
        assert_eq!(percent(&budget(23_999, None, Forecast::OfNoDay)), 79);
        assert_eq!(percent(&budget(24_000, None, Forecast::OfNoDay)), 80);
        assert_eq!(percent(&budget(90_000, None, Forecast::OfNoDay)), 300);
        assert_eq!((percent_word(999), percent_word(1_000)), ("999%".into(), "over 999%".into()));
    }

    #[test]
    fn what_is_expected_above_the_budget_is_said_before_anything_is_told() {
        let range = ForecastRange { low: usd(29_000), expected: usd(30_100), high: usd(31_000) };
        let tone = |level| standing(&budget(0, level, Forecast::Range(range))).0;
        assert_eq!((tone(None), tone(Some(AlertLevel::All))), ("warn", "danger"));
        assert_eq!(standing(&budget(0, Some(AlertLevel::Half), Forecast::OfNoDay)).0, "ok");
    }
}
