//! Databases of earlier versions: what was in them is there afterwards.

use std::{borrow::Cow, path::PathBuf};

use model::{PicoUsd, ProviderId, Timestamp, limits::CallSettings, routing::RouteMode};
use sqlx::{Connection, migrate::Migrator};
use uuid::Uuid;

use super::KEY;
use crate::{
    Store,
    connection::{KeyedOptions, MIGRATIONS, connect},
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

async fn of_version_2() -> (tempfile::TempDir, PathBuf) {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("vault.1.db");
    let mut connection = connect(KeyedOptions::new(&file, KEY), true).await.unwrap();
    let earlier: Vec<_> = MIGRATIONS.iter().filter(|migration| migration.version <= 2).cloned().collect();
    let migrator = Migrator { migrations: Cow::Owned(earlier), ..Migrator::DEFAULT };
    migrator.run(&mut connection).await.unwrap();
    sqlx::raw_sql(ROWS).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    (data, file)
}

#[tokio::test]
async fn a_database_of_version_2_keeps_its_rows() {
    let (_data, file) = of_version_2().await;
    let store = Store::open(&file, KEY, "vault").await.unwrap();
    let provider = store.provider(ProviderId(Uuid::from_u128(1))).await.ok().unwrap();
    assert_eq!((provider.revision, provider.draft.calls), (4, CallSettings::default()));
    let (_, routes) = store.routing().await.unwrap();
    assert_eq!((routes[1].mode, routes[1].chain[0].weight), (RouteMode::Chain, 0));
    assert_eq!(routes[1].chain[0].provider, provider.id);
    assert_eq!(store.usage_of(1).await.unwrap(), (2, PicoUsd(450_000_000)));
    let usage = store.list(DAY).await.unwrap().providers[0].usage.clone();
    assert_eq!((usage.calls_7d, usage.unpriced_7d, usage.tokens_today), (2, 1, 250));
    assert_eq!(store.audit_entries(9).await.unwrap().len(), 1);
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
    let store = Store::open(&file, &text("database_key"), &text("vault_id")).await.unwrap();
    let provider = store.provider(text("provider").parse().unwrap()).await.ok().unwrap();
    assert_eq!(provider.draft.display_name, text("display_name"));
}
