//! What a budget tells, in words: on the desktop and in the page's corner. A desktop may keep and show it to others, so
//! there is nothing in it but a name, amounts and days. Sentences are whole, since both places say them in other languages, too.

use model::{
    budgets::{AlertLevel, BudgetPeriod, BudgetScope, BudgetView, Forecast},
    vault::Notice,
};

/// The most urgent of what is new, and of how many other budgets there is something new.
pub(super) fn notice(budget: &BudgetView, level: AlertLevel, others: usize) -> Notice {
    let period = match budget.draft.period {
        BudgetPeriod::Day => "day's",
        BudgetPeriod::Month => "month's",
    };
    let what = match level {
        AlertLevel::All => format!("the {period} budget is spent"),
        AlertLevel::Forecast => format!("the {period} budget will probably not last"),
        AlertLevel::Half | AlertLevel::MostOfIt | AlertLevel::NearlyAll => {
            format!("{}% of the {period} budget is spent", level.percent().unwrap_or_default())
        }
    };
    Notice { title: format!("{}: {what}", whose(budget)), text: text(budget, others) }
}

fn whose(budget: &BudgetView) -> String {
    match &budget.draft.scope {
        BudgetScope::Whole => "All usage".to_owned(),
        BudgetScope::Config(_) => budget.name.clone().unwrap_or_else(|| "A deleted provider".to_owned()),
        BudgetScope::Task(task) => format!("Task {task}"),
        BudgetScope::User(user) => format!("User {user}"),
    }
}

fn text(budget: &BudgetView, others: usize) -> String {
    let (spent, amount) = (budget.spent.display(), budget.draft.amount.display());
    let mut text = match &budget.forecast {
        Forecast::Range(range) => {
            let (low, high) = (range.low.display(), range.high.display());
            format!("{spent} of {amount} spent, forecast {low} to {high}.")
        }
        _ => format!("{spent} of {amount} spent."),
    };
    match budget.unpriced {
        0 => {}
        1 => text += " 1 call without a known price is not in it.",
        calls => text += &format!(" {calls} calls without a known price are not in it."),
    }
    match others {
        0 => {}
        1 => text += " One other budget has news, too.",
        _ => text += &format!(" {others} other budgets have news, too."),
    }
    text
}

#[cfg(test)]
mod tests {
    use model::{
        PicoUsd, Timestamp,
        budgets::{BudgetDraft, ForecastRange},
    };

    use super::*;

    fn budget() -> BudgetView {
        let dollars = |dollars: i128| PicoUsd(dollars * PicoUsd::ONE_USD);
        let draft =
            BudgetDraft { scope: BudgetScope::Config(3), period: BudgetPeriod::Month, amount: dollars(300) };
        BudgetView {
            id: 1,
            revision: 1,
            draft,
            name: Some("Claude Production".into()),
            first_day: "2026-11-01".into(),
            last_day: "2026-11-30".into(),
            ends_at: Timestamp(0),
            spent: dollars(241),
            unpriced: 0,
            by_day: vec![],
            forecast: Forecast::Range(ForecastRange {
                low: dollars(290),
                expected: dollars(300),
                high: dollars(310),
            }),
            level: None,
        }
    }

    #[test]
    fn a_notice_says_whose_budget_how_much_of_it_and_where_it_will_end() {
        let notice = notice(&budget(), AlertLevel::MostOfIt, 0);
        assert_eq!(notice.title, "Claude Production: 80% of the month's budget is spent");
        assert_eq!(notice.text, "$241.00 of $300.00 spent, forecast $290.00 to $310.00.");
    }

    #[test]
    fn calls_without_a_known_price_are_said_and_not_summed() {
        let budget = BudgetView { unpriced: 3, forecast: Forecast::OfNoDay, ..budget() };
        let notice = notice(&budget, AlertLevel::All, 2);
        assert_eq!(
            notice.text,
            "$241.00 of $300.00 spent. 3 calls without a known price are not in it. 2 other budgets have news, too."
        );
    }
}
