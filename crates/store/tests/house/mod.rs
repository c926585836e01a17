//! A database of either kind, and what is put into it.
#![allow(dead_code, reason = "each program needs some of it")]

use std::{path::Path, sync::Arc};

use model::{ProviderDraft, ProviderId, ProviderType, Timestamp, TokenUsage};
use rig_postgres::Postgres;
use store::{Act, CallRow, Change, Database, DatabaseUrl, KeyChange, PgStore, Store, UsageStatus};
use tempfile::TempDir;
use uuid::Uuid;

const KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";
pub const AUDIT_KEY: [u8; 32] = [7; 32];
pub const SERVER: &str = "00112233445566778899aabbccddeeff";
/// Noon of 2026-11-25, UTC.
pub const NOON: Timestamp = Timestamp(1_795_608_000_000);

pub struct House {
    pub database: Database,
    pub url: String,
    pub postgres: Option<Arc<Postgres>>,
    _folder: TempDir,
}

impl House {
    pub async fn embedded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("server.db");
        Store::create(&file, KEY, SERVER).await.unwrap();
        let store = Store::open(&file, KEY, SERVER, &AUDIT_KEY).await.unwrap();
        Self { database: Arc::new(store).into(), url: String::new(), postgres: None, _folder: folder }
    }

    pub async fn postgres() -> Self {
        Self::on(Postgres::shared()).await
    }

    /// On this one, which may be killed.
    pub async fn on(postgres: Arc<Postgres>) -> Self {
        let url = postgres.database();
        assert!(PgStore::create(&DatabaseUrl::new(&url), SERVER, &AUDIT_KEY).await.unwrap());
        let store = open(&url, None).await;
        let folder = tempfile::tempdir().unwrap();
        Self { database: store.into(), url, postgres: Some(postgres), _folder: folder }
    }
}

/// One more server on a PostgreSQL database.
pub async fn open(url: &str, spool: Option<&Path>) -> Arc<PgStore> {
    Arc::new(PgStore::open(&DatabaseUrl::new(url), SERVER, &AUDIT_KEY, spool).await.unwrap())
}

pub fn id(number: u128) -> ProviderId {
    ProviderId(Uuid::from_u128(number))
}

pub fn act(action: &'static str) -> Act {
    Act { actor: "ada".into(), machine: "m".into(), action, at: NOON }
}

pub fn draft(name: &str) -> ProviderDraft {
    ProviderDraft {
        model_name: "m".into(),
        display_name: name.into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    }
}

pub fn change(draft: ProviderDraft) -> Change {
    Change { draft, key: KeyChange::Keep, test: None }
}

/// The first is the default and holds the first place of `extraction`.
pub async fn with_two(database: &Database) {
    let first =
        ProviderDraft { is_default: true, tasks: vec!["extraction".parse().unwrap()], ..draft("one") };
    database.insert(id(1), change(first), &act("provider.create")).await.unwrap();
    database.insert(id(2), change(draft("two")), &act("provider.create")).await.unwrap();
}

/// A call of the first one, of 100 tokens and 50, whose price nobody knows.
pub fn call(request: &str) -> CallRow {
    CallRow {
        request_id: request.into(),
        attempt: 1,
        provider_config_id: 1,
        provider_type: ProviderType::OpenAi,
        user_id: "u".into(),
        client: "tests".into(),
        task_type: "extraction".into(),
        model_requested: "m".into(),
        model_returned: None,
        usage: Some(TokenUsage { input: 100, output: 50, ..TokenUsage::default() }),
        cost: None,
        priced: None,
        cost_is_estimate: false,
        status: UsageStatus::Success,
        error_class: None,
        http_status: Some(200),
        latency_ms: 5,
        first_token_ms: None,
        vendor_request_id: None,
        rule: None,
        fallback_from: None,
        created_at: NOON,
    }
}
