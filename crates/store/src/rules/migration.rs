//! Databases of earlier versions: what was in them is there afterwards.

use std::{borrow::Cow, path::PathBuf};

use model::{
    PicoUsd, ProviderId, Timestamp,
    limits::CallSettings,
    routing::RouteMode,
    statistics::{Bucket, CallFilter, Grouping, UsageFilter, UsageQuery},
};
use sqlx::{Connection, migrate::Migrator};
use uuid::Uuid;

use super::{AUDIT_KEY, KEY};
use crate::{
    Spender, Store,
    connection::{KeyedOptions, MIGRATIONS, connect},
    statistics::Cell,
};

const DAY: Timestamp = Timestamp(1_795_444_320_000);

const ROWS: &str = "
    INSERT INTO vault_meta (name, value) VALUES ('vault_id', 'vault');
    INSERT INTO ai_provider_configs (uuid, revision, provider_type, base_url, allow_insecure_http, model_name,
        display_name, display_name_folded, description, is_active, is_default, created_by, created_at, updated_at)
    VALUES ('00000000-0000-0000-0000-000000000001', 4, 'claude', 'https://api.anthropic.com', 0, 'm', 'One', 'one', '',
        1, 1, 'a', 1, 1);
    INSERT INTO task_routes (task, place, config_id) VALUES ('cv_draft', 1, 1);
    INSERT INTO ai_provider_usage_logs (request_id, provider_config_id, user_id, task_type, input_tokens, output_tokens,
        total_tokens, cost_pico_usd, status, latency_ms, created_at)
    VALUES ('a', 1, 'u', 'cv_draft', 100, 50, 150, 450000000, 'success', 5, 1795444320000),
        ('b', 1, 'u', 'cv_draft', 100, 0, 100, NULL, 'timeout', 5, 1795444320000);
    INSERT INTO admin_action_log (at, actor, machine, action) VALUES (1, 'a', 'm', 'vault.unlock');";

async fn of_version(version: i64, rows: &str) -> (tempfile::TempDir, PathBuf) {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("vault.1.db");
    let mut connection = connect(KeyedOptions::new(&file, KEY), true).await.unwrap();
    let earlier: Vec<_> =
        MIGRATIONS.iter().filter(|migration| migration.version <= version).cloned().collect();
    let migrator = Migrator { migrations: Cow::Owned(earlier), ..Migrator::DEFAULT };
    migrator.run(&mut connection).await.unwrap();
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    (data, file)
}

#[tokio::test]
async fn the_task_with_a_picture_needs_a_model_that_sees_unless_a_person_saved_its_needs() {
    let vault = "INSERT INTO vault_meta (name, value) VALUES ('vault_id', 'vault');";
    let saved = r#"{"vision":false,"pdf":false,"json_schema":true,"tools":false}"#;
    let own = format!("{vault} UPDATE tasks SET needs = '{saved}' WHERE name = 'validation';");
    for (rows, vision) in [(vault, true), (own.as_str(), false)] {
        let (_data, file) = of_version(23, rows).await;
        let store = Store::open(&file, KEY, "vault", &AUDIT_KEY).await.unwrap();
        let (_, routes) = store.routing().await.unwrap();
        let needing: Vec<_> = routes.iter().filter(|route| route.needs.vision).collect();
        assert_eq!(needing.len(), usize::from(vision));
        assert!(needing.iter().all(|route| route.task.as_str() == "validation"));
        assert_eq!(routes.iter().any(|route| route.needs.json_schema), !vision);
    }
}

#[tokio::test]
async fn a_database_of_version_2_keeps_its_rows() {
    let (_data, file) = of_version(2, ROWS).await;
    let store = Store::open(&file, KEY, "vault", &AUDIT_KEY).await.unwrap();
    let provider = store.provider(ProviderId(Uuid::from_u128(1))).await.ok().unwrap();
    assert_eq!((provider.revision, provider.draft.calls), (4, CallSettings::default()));
    let (_, routes) = store.routing().await.unwrap();
    assert_eq!((routes[1].mode, routes[1].chain[0].weight), (RouteMode::Chain, 0));
    assert_eq!(routes[1].chain[0].provider, provider.id);
    assert_eq!(store.usage_of(1).await.unwrap(), (2, PicoUsd(450_000_000)));
    let usage = store.list(DAY).await.unwrap().providers[0].usage.clone();
    assert_eq!((usage.calls_7d, usage.priced_7d, usage.unpriced_7d, usage.tokens_today), (2, 1, 0, 250));
    assert_eq!(store.audit_entries(9).await.unwrap().len(), 1);
    // What was there before the chain is in it.
    let chained = store.verify_audit(None).await.unwrap();
    assert_eq!((chained.entries, chained.broken), (1, None));
    store.check().await.unwrap();
}

#[tokio::test]
async fn calls_of_version_7_lie_in_segments_afterwards_and_in_the_sums_once() {
    let mut rows = ROWS.to_owned();
    // The first two are in the sums; the others are from before them.
    rows.push_str(
        "UPDATE usage_rollup SET filled = 2, fill_to = 9002;
         WITH RECURSIVE old (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM old WHERE n < 9000)
         INSERT INTO ai_provider_usage_logs (request_id, provider_config_id, user_id, task_type, input_tokens,
             output_tokens, total_tokens, status, latency_ms, created_at)
         SELECT 'old-' || n, 1, 'v', 'cv_draft', 1, 2, 3, 'success', 5, 1795444320000 - n FROM old;
         INSERT INTO ai_provider_usage_logs (request_id, provider_config_id, user_id, task_type, input_tokens,
             output_tokens, total_tokens, status, latency_ms, created_at)
         VALUES ('newest', 1, 'v', 'cv_draft', 1, 2, 3, 'success', 5, 1795444320000);
         DELETE FROM ai_provider_usage_logs WHERE request_id = 'newest';",
    );
    let (_data, file) = of_version(7, &rows).await;
    let store = Store::open(&file, KEY, "vault", &AUDIT_KEY).await.unwrap();
    assert_eq!(store.spent_since(Spender::User("v"), Timestamp(0)).await.unwrap().calls, 9_000);
    assert_eq!(store.known_calls(&["a", "old-1", "old-9000", "newest"]).await.unwrap().len(), 3);
    // The log names neither vendor nor model: they are those of the configuration.
    let page = store.calls(&CallFilter::default(), None, 500).await.unwrap();
    let first = &page.calls[0];
    assert_eq!((first.id, first.request_id.as_str(), first.client.as_deref()), (2, "b", None));
    assert_eq!((first.provider_type.as_deref(), first.model.as_deref()), (Some("claude"), Some("m")));
    // They have input and output alone: what they cost by them is an estimate.
    let price = |_: crate::Billed<'_>| Some(super::statistics::priced(1_000));
    let done = store.reprice(price, Timestamp(0)..DAY.plus_days(1), &super::act()).await.unwrap();
    assert_eq!((done.rows, done.changed, done.left), (9_002, 9_002, 0));
    assert_eq!(done.after, PicoUsd(100 * 1_000 + 50 * 11_000 + 100 * 1_000 + 9_000 * (1_000 + 2 * 11_000)));
    let page = store.calls(&CallFilter::default(), None, 500).await.unwrap();
    assert!(page.calls.iter().all(|call| call.cost_is_estimate));
    // Numbers go on behind those that were deleted.
    store.log_calls(&[super::plain("next")]).await.unwrap();
    let next = CallFilter { request_id: Some("next".into()), ..CallFilter::default() };
    assert_eq!(store.calls(&next, None, 1).await.unwrap().calls[0].id, 9_004);
    store.rebuild_statistics(&super::act()).await.unwrap();
    assert_eq!(store.verify_statistics().await.unwrap().rows, 9_003);
    store.check().await.unwrap();
}

#[tokio::test]
async fn the_database_of_the_committed_vault_still_opens() {
    let fixture = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/vault_format_1");
    let answers = std::fs::read(fixture.join("answers.json")).unwrap();
    let answers: serde_json::Value = serde_json::from_slice(&answers).unwrap();
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("vault.db");
    std::fs::copy(fixture.join("vault/vault.1.db"), &file).unwrap();
    let text = |name: &str| answers[name].as_str().unwrap().to_owned();
    let store = Store::open(&file, &text("database_key"), &text("vault_id"), &AUDIT_KEY).await.unwrap();
    let provider = store.provider(text("provider").parse().unwrap()).await.ok().unwrap();
    assert_eq!(provider.draft.display_name, text("display_name"));
}

#[tokio::test]
async fn sums_of_version_4_lie_in_blocks_afterwards_as_they_were() {
    // Many users, so that they do not fit one block, and sums whose bytes are of every kind.
    let cell = |number: i128| {
        let mut cell = Cell {
            calls: number,
            cost: i128::from(i64::MAX) * number,
            total: number << 40,
            ..Cell::default()
        };
        cell.sketch.count(u64::from(number.unsigned_abs() as u32) * 977);
        cell
    };
    let hex = |cell: &Cell| cell.pack().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
    let mut rows = ROWS.to_owned();
    rows.push_str("UPDATE usage_rollup SET filled = 2, fill_to = 2;");
    let mut all = Cell::default();
    for number in 1..=300 {
        let cell = cell(number);
        all.add(&cell);
        rows.push_str(&format!(
            "INSERT INTO usage_dimensions VALUES ({number}, 1, 'openai', 'm', 'cv_draft', 'u{number}', 0, 'success', '');
             INSERT INTO usage_cells VALUES (1, {start}, {number}, x'{hex}'), (0, {start}, {number}, x'{hex}');",
            start = DAY.start_of_utc_day().0,
            hex = hex(&cell)
        ));
    }
    rows.push_str(&format!(
        "INSERT INTO usage_dimensions VALUES (500, 1, 'openai', 'm', 'cv_draft', '', 1, 'success', '');
         INSERT INTO usage_cells VALUES (2, {}, 500, x'{}');",
        DAY.start_of_utc_day().0,
        hex(&all)
    ));
    let (_data, file) = of_version(4, &rows).await;
    let store = Store::open(&file, KEY, "vault", &AUDIT_KEY).await.unwrap();
    let since = DAY.start_of_utc_day();
    for (spender, cell) in [
        (Spender::Everyone, &all),
        (Spender::User("u1"), &cell(1)),
        (Spender::User("u129"), &cell(129)),
        (Spender::User("u300"), &cell(300)),
    ] {
        let spent = store.spent_since(spender, since).await.unwrap();
        assert_eq!((i128::from(spent.calls), spent.cost.0), (cell.calls, cell.cost), "{spender:?}");
        assert_eq!(i128::from(spent.tokens), cell.total);
    }
    let query = UsageQuery {
        first_day: "2026-11-23".into(),
        last_day: "2026-11-23".into(),
        zone: "UTC".into(),
        bucket: Bucket::Hour,
        grouping: Grouping::User,
        filter: UsageFilter::default(),
    };
    let view = store.usage(&query).await.unwrap();
    assert_eq!((i128::from(view.now.calls), view.groups.len()), (all.calls, 300));
    assert!(view.now.latency_p99_ms > view.now.latency_p50_ms);
    let calls = "SELECT count(DISTINCT block) FROM usage_blocks WHERE level = 1";
    let blocks: i64 =
        sqlx::query_scalar(calls).fetch_one(&mut *store.connection().await.unwrap()).await.unwrap();
    assert_eq!(blocks, 3);
    store.check().await.unwrap();
}
