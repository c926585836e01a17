//! The tables as an application's SQLAlchemy makes them, by hand.

use std::{path::PathBuf, sync::Arc};

use rig_postgres::Postgres;
use server::ImportFrom;
use sqlx::{ConnectOptions, Connection, Executor, sqlite::SqliteConnectOptions};
use store::DatabaseUrl;
use tempfile::TempDir;

/// Keys of tests, which count up; the tokens are Python's `cryptography`'s.
pub const FERNET_KEY: &str = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";
pub const GEMINI_TOKEN: &str = "gAAAAABlpQkoAAECAwQFBgcICQoLDA0OD9TX_Vp7dGsdEpRH6X9HKnazHr5UVzQTYDRuQDVZd0i2kXzf-bbRrHzLiVQs9S2Ij-KPnQbAYTUJfFqUwnBKvxuKgvpsmhRufPAcCw7B8WTG";
pub const GEMINI_KEY: &str = "AIzaSyTest-0000000000000000000000000gm";
pub const OPENAI_TOKEN: &str = "gAAAAABlppFYAAECAwQFBgcICQoLDA0OD_FnFZYdOmnwo2LFCFANvstE1T6_dRb3K8uB72qaWPJArwkTa-iDcgA4TeKex12-bARmGkGc8_JfcbDyHoFNhrJg3ffgRFKKlBvTrnNYhyJy";
pub const OPENAI_KEY: &str = "sk-test-0000000000000000000000000000oa";
/// Under another key, which the import is not given.
pub const FOREIGN_TOKEN: &str = "gAAAAABlp91gAAECAwQFBgcICQoLDA0OD8LAZQrZV9uigRbLNtIKMNWPt6JYl0rxQX5VU7ro_QGKCQE6pQZ43SyWdpg2gJrtsZVozM-R6RLh1BQ2b9dLL28IfApYEOfxQO1M086jKTwH";

const SQLITE: &str = "
    CREATE TABLE ai_provider_configs (id INTEGER NOT NULL PRIMARY KEY, provider_type VARCHAR(6) NOT NULL,
        api_key_encrypted TEXT NOT NULL, model_name VARCHAR NOT NULL, display_name VARCHAR, description TEXT,
        is_active BOOLEAN NOT NULL, is_default BOOLEAN NOT NULL, default_for_extraction BOOLEAN NOT NULL,
        default_for_cv_draft BOOLEAN NOT NULL, default_for_cover_letter BOOLEAN NOT NULL,
        default_for_validation BOOLEAN NOT NULL, daily_token_limit INTEGER, monthly_token_limit INTEGER,
        last_tested_at DATETIME, last_test_success BOOLEAN, created_by_id INTEGER NOT NULL, created_at DATETIME NOT NULL,
        updated_at DATETIME NOT NULL);
    CREATE TABLE ai_provider_usage_logs (id INTEGER NOT NULL PRIMARY KEY, provider_config_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
        task_type VARCHAR NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, total_tokens INTEGER NOT NULL,
        estimated_cost_usd FLOAT, status VARCHAR NOT NULL, latency_ms INTEGER NOT NULL, created_at DATETIME NOT NULL);
    CREATE TABLE admin_action_logs (id INTEGER NOT NULL PRIMARY KEY, admin_id INTEGER, action VARCHAR, details JSON, ip_address VARCHAR,
        created_at DATETIME);";
const POSTGRES: &str = "
    CREATE TYPE aiprovidertype AS ENUM ('GEMINI', 'OPENAI', 'CLAUDE');
    CREATE TABLE ai_provider_configs (id SERIAL PRIMARY KEY, provider_type aiprovidertype NOT NULL,
        api_key_encrypted TEXT NOT NULL, model_name VARCHAR NOT NULL, display_name VARCHAR, description TEXT,
        is_active BOOLEAN NOT NULL, is_default BOOLEAN NOT NULL, default_for_extraction BOOLEAN NOT NULL,
        default_for_cv_draft BOOLEAN NOT NULL, default_for_cover_letter BOOLEAN NOT NULL,
        default_for_validation BOOLEAN NOT NULL, daily_token_limit BIGINT, monthly_token_limit BIGINT,
        last_tested_at TIMESTAMPTZ, last_test_success BOOLEAN, created_by_id INTEGER NOT NULL, created_at TIMESTAMPTZ NOT NULL,
        updated_at TIMESTAMPTZ NOT NULL);
    CREATE TABLE ai_provider_usage_logs (id SERIAL PRIMARY KEY, provider_config_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
        task_type VARCHAR NOT NULL, input_tokens INTEGER NOT NULL, output_tokens INTEGER NOT NULL, total_tokens INTEGER NOT NULL,
        estimated_cost_usd DOUBLE PRECISION, status VARCHAR NOT NULL, latency_ms INTEGER NOT NULL, created_at TIMESTAMPTZ NOT NULL);
    CREATE TABLE admin_action_logs (id SERIAL PRIMARY KEY, admin_id INTEGER, action VARCHAR, details JSON, ip_address INET,
        created_at TIMESTAMPTZ);";

const CALLS: &str =
    "INSERT INTO ai_provider_usage_logs (id, provider_config_id, user_id, task_type, input_tokens, output_tokens, total_tokens,
        estimated_cost_usd, status, latency_ms, created_at) VALUES";

/// An application's database.
pub struct Tables {
    pub folder: TempDir,
    pub postgres: Option<(Arc<Postgres>, String)>,
}

impl Tables {
    /// Two configurations, four calls and two acts.
    pub async fn make(on_postgres: bool) -> Self {
        let tables = Self::empty(on_postgres).await;
        tables.config(1, "GEMINI", GEMINI_TOKEN, "gemini-2.5-flash", true, true).await;
        tables.config(2, "OPENAI", OPENAI_TOKEN, "gpt-4o-mini", true, false).await;
        // 1,000 and 500 tokens of gpt-4o-mini are $0.00045; the last two prices were not known.
        tables
            .run(&format!(
            "{CALLS} (1, 2, 7, 'cv_draft', 1000, 500, 1500, 0.00045, 'success', 900, '2024-01-16 14:21:00'),
                (2, 2, 8, 'cv_draft', 1000, 500, 1500, 0.00045, 'timeout', 30000, '2024-01-16 14:22:00'),
                (3, 1, 7, 'extraction', 400, 100, 500, 0, 'success', 850, '2024-01-17 08:00:00'),
                (9, 1, 7, 'extraction', 0, 0, 0, NULL, 'error', 12, '2024-01-17 09:00:00')"
        ))
            .await;
        tables.run(r#"INSERT INTO admin_action_logs (id, admin_id, action, details, ip_address, created_at) VALUES
            (1, 7, 'create_provider', '{"model_name": "gpt-4o-mini", "api_key": "sk-CANARY-act"}', '203.0.113.9', '2024-01-15 10:30:00'),
            (2, 7, 'update_provider', '{"is_active": false}', '203.0.113.9', '2024-01-16 10:30:00')"#).await;
        tables
    }

    pub async fn empty(on_postgres: bool) -> Self {
        let postgres = on_postgres.then(Postgres::shared).map(|postgres| {
            let url = postgres.database();
            (postgres, url)
        });
        let tables = Self { folder: tempfile::tempdir().unwrap(), postgres };
        tables.run(if on_postgres { POSTGRES } else { SQLITE }).await;
        tables
    }

    /// Statements that both kinds know.
    pub async fn run(&self, sql: &str) {
        match &self.postgres {
            Some((postgres, url)) => drop(postgres.by_hand(url, &format!("SET timezone = 'UTC'; {sql}"))),
            None => {
                let options = SqliteConnectOptions::new().filename(self.file()).create_if_missing(true);
                let mut connection = options.connect().await.unwrap();
                connection.execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql.to_owned()))).await.unwrap();
                connection.close().await.unwrap();
            }
        }
    }

    pub async fn config(
        &self,
        id: i64,
        kind: &str,
        token: &str,
        model: &str,
        is_default: bool,
        extracts: bool,
    ) {
        let rest = !extracts;
        self.run(&format!(
            "INSERT INTO ai_provider_configs (id, provider_type, api_key_encrypted, model_name, display_name, description, is_active,
                is_default, default_for_extraction, default_for_cv_draft, default_for_cover_letter, default_for_validation,
                daily_token_limit, monthly_token_limit, created_by_id, created_at, updated_at)
             VALUES ({id}, '{kind}', '{token}', '{model}', 'Model {id}', NULL, TRUE, {is_default}, {extracts}, {rest}, {rest}, FALSE,
                1000000, NULL, 3, '2024-01-15 10:30:00', '2024-02-01 00:00:00')"
        )).await;
    }

    pub async fn calls(&self, values: &str) {
        self.run(&format!("{CALLS} {values}")).await;
    }

    pub fn file(&self) -> PathBuf {
        self.folder.path().join("app.db")
    }

    pub fn place(&self) -> ImportFrom {
        match &self.postgres {
            Some((_, url)) => ImportFrom::Postgres(DatabaseUrl::new(url)),
            None => ImportFrom::Sqlite(self.file()),
        }
    }
}
