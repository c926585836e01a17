//! Budgets: what the database forbids, what is told once, and that what is spent of one is what its calls cost.

use model::{
    PicoUsd, Timestamp,
    budgets::{AlertLevel, BudgetDraft, BudgetPeriod, BudgetScope, ExistingBudget},
};

use super::{KEY, act, plain, refused, with_two};
use crate::{Act, BudgetError, CallRow, NewAlert, Store};

/// Monday, 23 November 2026, 14:32 UTC.
const NOW: Timestamp = Timestamp(1_795_444_320_000);

fn draft(scope: BudgetScope, dollars: i128) -> BudgetDraft {
    BudgetDraft { scope, period: BudgetPeriod::Month, amount: PicoUsd(dollars * PicoUsd::ONE_USD) }
}

fn create() -> Act {
    Act { action: "budget.create", ..act() }
}

fn alert(budget: i64, level: AlertLevel, dollars: i128) -> NewAlert {
    let amount = PicoUsd(dollars * PicoUsd::ONE_USD);
    // More than 64 bits hold.
    let spent = PicoUsd(i128::from(u64::MAX) * 3);
    NewAlert { budget, first_day: "2026-11-01".into(), level, amount, spent, unpriced: 2 }
}

#[tokio::test]
async fn the_database_forbids_budgets_that_must_not_be() {
    let (_data, store) = with_two().await;
    store.save_budget(None, &draft(BudgetScope::Whole, 5), &create()).await.unwrap();
    for (rule, values) in [
        ("a budget of nothing", "(2, 1, 'task', 't', 'day', 0, 1, 1)"),
        ("two of one scope and period", "(2, 1, 'whole', '', 'month', 1, 1, 1)"),
        ("a whole of somebody", "(2, 1, 'whole', 'x', 'day', 1, 1, 1)"),
        ("a user without a name", "(2, 1, 'user', '', 'day', 1, 1, 1)"),
        ("a year", "(2, 1, 'whole', '', 'year', 1, 1, 1)"),
        ("another scope", "(2, 1, 'vendor', 'x', 'day', 1, 1, 1)"),
    ] {
        let sql = format!("INSERT INTO budgets VALUES {values}");
        let insert = sqlx::query(sqlx::AssertSqlSafe(sql));
        assert!(insert.execute(&mut *store.connection().await.unwrap()).await.is_err(), "{rule}");
    }
    let level = "INSERT INTO budget_alerts VALUES (1, 1, '2026-11-01', 'some', 1, '1', 0, 1, NULL)";
    assert!(refused(&store, level).await);
    let nobodys = "INSERT INTO budget_alerts VALUES (1, 9, '2026-11-01', 'all', 1, '1', 0, 1, NULL)";
    assert!(refused(&store, nobodys).await);
}

#[tokio::test]
async fn budgets_come_in_order_and_a_change_needs_the_revision_that_was_seen() {
    let (_data, store) = with_two().await;
    for scope in [
        BudgetScope::User("u".into()),
        BudgetScope::Task("extraction".into()),
        BudgetScope::Config(2),
        BudgetScope::Config(1),
        BudgetScope::Whole,
    ] {
        store.save_budget(None, &draft(scope, 5), &create()).await.unwrap();
    }
    let budgets = store.budgets().await.unwrap();
    let names: Vec<_> =
        budgets.iter().map(|budget| (budget.draft.scope.as_str(), budget.name.as_deref())).collect();
    assert_eq!(
        names,
        [("whole", None), ("config", Some("one")), ("config", Some("two")), ("task", None), ("user", None)]
    );
    let existing = ExistingBudget { id: budgets[0].id, revision: 1 };
    let changed = draft(BudgetScope::Whole, 6);
    assert_eq!(store.save_budget(Some(existing), &changed, &create()).await.unwrap(), existing.id);
    let conflict = store.save_budget(Some(existing), &changed, &create()).await;
    assert!(matches!(conflict, Err(BudgetError::Conflict)));
    let taken = store.save_budget(None, &changed, &create()).await;
    assert!(matches!(taken, Err(BudgetError::Taken)));
    let nobodys = store.save_budget(None, &draft(BudgetScope::Config(77), 5), &create()).await;
    assert!(matches!(nobodys, Err(BudgetError::NoSuchConfig)));
    let existing = ExistingBudget { revision: 2, ..existing };
    store.delete_budget(existing, &create()).await.unwrap();
    assert!(matches!(store.delete_budget(existing, &create()).await, Err(BudgetError::Gone)));
    assert_eq!(store.budgets().await.unwrap().len(), 4);
}

#[tokio::test]
async fn every_change_of_a_budget_has_its_entry_or_does_not_happen() {
    let (_data, store) = with_two().await;
    let id = store.save_budget(None, &draft(BudgetScope::Config(1), 5), &create()).await.unwrap();
    let existing = ExistingBudget { id, revision: 1 };
    let update = Act { action: "budget.update", ..act() };
    store.save_budget(Some(existing), &draft(BudgetScope::Config(1), 7), &update).await.unwrap();
    let entry = store.audit_entries(1).await.unwrap().remove(0);
    assert_eq!((entry.action.as_str(), entry.target_name.as_deref()), ("budget.update", Some("one")));
    assert_eq!(entry.before.as_deref(), Some(r#"{"amount":"5000000000000"}"#));
    assert_eq!(entry.after.as_deref(), Some(r#"{"amount":"7000000000000"}"#));
    let block =
        "CREATE TRIGGER full BEFORE INSERT ON admin_action_log BEGIN SELECT RAISE(ABORT, 'full'); END";
    sqlx::query(block).execute(&mut *store.connection().await.unwrap()).await.unwrap();
    let existing = ExistingBudget { id, revision: 2 };
    assert!(store.delete_budget(existing, &act()).await.is_err());
    assert!(store.save_budget(Some(existing), &draft(BudgetScope::Config(1), 9), &act()).await.is_err());
    let kept = store.budgets().await.unwrap().remove(0);
    assert_eq!((kept.revision, kept.draft.amount), (2, PicoUsd(7 * PicoUsd::ONE_USD)));
}

#[tokio::test]
async fn each_level_is_told_once_for_a_period_and_an_amount_also_across_restarts() {
    let (data, store) = with_two().await;
    let id = store.save_budget(None, &draft(BudgetScope::Whole, 5), &create()).await.unwrap();
    let half = alert(id, AlertLevel::Half, 5);
    let both = [half.clone(), alert(id, AlertLevel::All, 5)];
    assert_eq!(store.keep_alerts(&both[..1], NOW).await.unwrap(), [0]);
    store.close().await;
    let store = Store::open(&data.path().join("vault.1.db"), KEY, "vault", &super::AUDIT_KEY).await.unwrap();
    assert_eq!(store.keep_alerts(&both, NOW).await.unwrap(), [1]);
    assert_eq!(store.keep_alerts(&both, NOW).await.unwrap(), [0_usize; 0]);
    let december = NewAlert { first_day: "2026-12-01".into(), ..half };
    assert_eq!(store.keep_alerts(&[december], NOW).await.unwrap(), [0]);
    let told = store.alerts().await.unwrap();
    let all = told.iter().find(|alert| alert.level == AlertLevel::All).unwrap();
    assert_eq!((told.len(), all.spent), (3, both[0].spent));
    let existing = ExistingBudget { id, revision: 1 };
    store.save_budget(Some(existing), &draft(BudgetScope::Whole, 9), &act()).await.unwrap();
    assert_eq!(store.keep_alerts(&both, NOW).await.unwrap(), [0_usize; 0], "of an amount that is no more");
    assert_eq!(store.keep_alerts(&[alert(id, AlertLevel::Half, 9)], NOW).await.unwrap(), [0]);
}

#[tokio::test]
async fn seen_alerts_are_counted_no_more_and_go_with_their_budget() {
    let (_data, store) = with_two().await;
    let id = store.save_budget(None, &draft(BudgetScope::Whole, 5), &create()).await.unwrap();
    let levels = AlertLevel::ALL.map(|level| alert(id, level, 5));
    store.keep_alerts(&levels, NOW).await.unwrap();
    assert_eq!(store.unseen_alerts().await.unwrap(), 1, "of five at once the most urgent");
    let first = store.alerts().await.unwrap().remove(0);
    assert_eq!((first.level, first.seen), (AlertLevel::All, false));
    let december = |level| NewAlert { first_day: "2026-12-01".into(), ..alert(id, level, 5) };
    for level in AlertLevel::ALL {
        store.keep_alerts(&[december(level)], NOW).await.unwrap();
    }
    let see = Act { action: "budget.acknowledge", ..act() };
    store.acknowledge_alerts(&[first.id, 99], &see).await.unwrap();
    assert_eq!(store.unseen_alerts().await.unwrap(), 5);
    store.acknowledge_alerts(&[], &see).await.unwrap();
    let entries = store.audit_entries(9).await.unwrap().len();
    store.acknowledge_alerts(&[], &see).await.unwrap();
    assert_eq!(store.audit_entries(9).await.unwrap().len(), entries, "there was nothing to see");
    assert_eq!(store.unseen_alerts().await.unwrap(), 0);
    assert!(store.alerts().await.unwrap().iter().all(|alert| alert.seen));
    store.delete_budget(ExistingBudget { id, revision: 1 }, &act()).await.unwrap();
    assert_eq!(store.alerts().await.unwrap(), []);
}

#[tokio::test]
async fn what_is_spent_in_a_scope_is_what_its_calls_cost_and_unknown_prices_are_counted() {
    let (_data, store) = with_two().await;
    let mut number = 0;
    let mut row = |config, user: &str, task: &str, cost: Option<i128>, days_ago: i64| {
        number += 1;
        CallRow {
            provider_config_id: config,
            user_id: user.into(),
            task_type: task.into(),
            cost: cost.map(PicoUsd),
            created_at: NOW.plus_days(-days_ago),
            ..plain(&format!("r{number}"))
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
        let spending = store.spending(&scope, NOW).await.unwrap();
        let last = spending.days.last().unwrap();
        assert_eq!((last.day.as_str(), last.weekday), ("2026-11-23", 0));
        assert_eq!((last.cost, last.unpriced), (PicoUsd(today), unpriced), "{scope:?}");
        let sum: i128 = spending.days.iter().map(|day| day.cost.0).sum();
        assert_eq!(sum, all, "{scope:?}");
    }
}

#[tokio::test]
async fn days_and_months_are_those_of_the_home_zone() {
    let (_data, store) = with_two().await;
    store.set_statistics_zone("Pacific/Auckland").await.unwrap();
    // 24 November, 03:32 there.
    let spending = store.spending(&BudgetScope::Whole, NOW).await.unwrap();
    assert_eq!(spending.zone, "Pacific/Auckland");
    assert_eq!(spending.days.last().unwrap().day, "2026-11-24");
    assert_eq!(spending.rest_of_month, [2, 3, 4, 5, 6, 0]);
    assert_eq!(spending.last_of_month, "2026-11-30");
    assert_eq!(NOW.since(spending.today_from), 12_720_000);
    assert_eq!(spending.month_to.since(spending.today_to), 6 * 86_400_000);
}
