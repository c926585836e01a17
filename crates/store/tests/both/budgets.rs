//! Budgets, and what was spent of each.

use model::{
    PicoUsd,
    budgets::{BudgetDraft, BudgetPeriod, BudgetScope, ExistingBudget},
};
use store::{BudgetError, CallRow, Database, UsageStatus};

use crate::{
    house::{NOON, act, call, with_two},
    on_both,
};

on_both! {
    budgets_come_in_order_and_a_change_needs_the_revision_that_was_seen
    every_change_of_a_budget_has_its_entry
    what_is_spent_in_a_scope_is_what_its_calls_cost_and_unknown_prices_are_counted
}

fn draft(scope: BudgetScope, dollars: i128) -> BudgetDraft {
    BudgetDraft { scope, period: BudgetPeriod::Month, amount: PicoUsd(dollars * PicoUsd::ONE_USD) }
}

async fn budgets_come_in_order_and_a_change_needs_the_revision_that_was_seen(store: &Database) {
    with_two(store).await;
    let create = act("budget.create");
    for scope in [
        BudgetScope::User("u".into()),
        BudgetScope::Task("extraction".into()),
        BudgetScope::Config(2),
        BudgetScope::Config(1),
        BudgetScope::Whole,
    ] {
        store.save_budget(None, &draft(scope, 5), &create).await.unwrap();
    }
    let daily = BudgetDraft { period: BudgetPeriod::Day, ..draft(BudgetScope::Whole, 1) };
    store.save_budget(None, &daily, &create).await.unwrap();
    let budgets = store.budgets().await.unwrap();
    let listed: Vec<_> = budgets
        .iter()
        .map(|budget| (budget.draft.scope.as_str(), budget.draft.period.as_str(), budget.name.as_deref()))
        .collect();
    assert_eq!(
        listed,
        [
            ("whole", "month", None),
            ("whole", "day", None),
            ("config", "month", Some("one")),
            ("config", "month", Some("two")),
            ("task", "month", None),
            ("user", "month", None)
        ]
    );
    let existing = ExistingBudget { id: budgets[0].id, revision: 1 };
    let changed = draft(BudgetScope::Whole, 6);
    assert_eq!(store.save_budget(Some(existing), &changed, &create).await.unwrap(), existing.id);
    let conflict = store.save_budget(Some(existing), &changed, &create).await;
    assert!(matches!(conflict, Err(BudgetError::Conflict)));
    let taken = store.save_budget(None, &changed, &create).await;
    assert!(matches!(taken, Err(BudgetError::Taken)));
    let nobodys = store.save_budget(None, &draft(BudgetScope::Config(77), 5), &create).await;
    assert!(matches!(nobodys, Err(BudgetError::NoSuchConfig)));
    let existing = ExistingBudget { revision: 2, ..existing };
    store.delete_budget(existing, &create).await.unwrap();
    assert!(matches!(store.delete_budget(existing, &create).await, Err(BudgetError::Gone)));
    assert_eq!(store.budgets().await.unwrap().len(), 5);
}

async fn every_change_of_a_budget_has_its_entry(store: &Database) {
    with_two(store).await;
    let scope = BudgetScope::Config(1);
    let id = store.save_budget(None, &draft(scope.clone(), 5), &act("budget.create")).await.unwrap();
    let existing = ExistingBudget { id, revision: 1 };
    store.save_budget(Some(existing), &draft(scope, 7), &act("budget.update")).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!((entry.action.as_str(), entry.target_name.as_deref()), ("budget.update", Some("one")));
    assert_eq!(entry.before.as_deref(), Some(r#"{"amount":"5000000000000"}"#));
    assert_eq!(entry.after.as_deref(), Some(r#"{"amount":"7000000000000"}"#));
    let existing = ExistingBudget { id, revision: 2 };
    store.delete_budget(existing, &act("budget.delete")).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!((entry.action.as_str(), entry.after), ("budget.delete", None));
    assert_eq!(store.verify_audit(Vec::new()).await.unwrap().broken, None);
}

async fn what_is_spent_in_a_scope_is_what_its_calls_cost_and_unknown_prices_are_counted(store: &Database) {
    with_two(store).await;
    let mut number = 0;
    let mut row = |config, user: &str, task: &str, cost: Option<i128>, days_ago: i64| {
        number += 1;
        CallRow {
            provider_config_id: config,
            user_id: user.into(),
            task_type: task.into(),
            cost: cost.map(PicoUsd),
            status: UsageStatus::Success,
            created_at: NOON.plus_days(-days_ago),
            ..call(&format!("r{number}"))
        }
    };
    let rows = [
        row(1, "u", "extraction", Some(1), 0),
        row(1, "v", "extraction", Some(10), 0),
        row(2, "u", "cv_draft", Some(100), 0),
        row(2, "u", "extraction", None, 0),
        row(2, "v", "cv_draft", Some(1_000), 3),
        row(1, "v", "cv_draft", Some(10_000), 200),
    ];
    store.log_calls(&rows).await.unwrap();
    for (scope, today, all, unpriced) in [
        (BudgetScope::Whole, 111, 1_111, 1),
        (BudgetScope::Config(2), 100, 1_100, 1),
        (BudgetScope::Task("extraction".into()), 11, 11, 1),
        (BudgetScope::User("v".into()), 10, 1_010, 0),
        (BudgetScope::User("nobody".into()), 0, 0, 0),
    ] {
        let spending = store.spending(&scope, NOON).await.unwrap();
        assert_eq!((spending.zone.as_str(), spending.days.len()), ("UTC", 88));
        let last = spending.days.last().unwrap();
        assert_eq!((last.day.as_str(), last.weekday), ("2026-11-25", 2));
        assert_eq!((last.cost, last.unpriced), (PicoUsd(today), unpriced), "{scope:?}");
        let sum: i128 = spending.days.iter().map(|day| day.cost.0).sum();
        assert_eq!(sum, all, "{scope:?}");
        assert_eq!((spending.last_of_month.as_str(), spending.rest_of_month.len()), ("2026-11-30", 5));
        let from_to = (spending.today_from, spending.today_to);
        let midnight = NOON.start_of_utc_day();
        assert_eq!(from_to, (midnight, midnight.plus_days(1)));
    }
}
