//! How long a backup and a restore take, and how long everybody else waits meanwhile, with a vault of 100 MB.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use desk::{Desk, Folders};
use figures::{Figures, Goal};
use journeys::{FakeHost, PASSWORD, options};
use model::{ProviderType, Secret, Timestamp, TokenUsage};
use serde_json::json;
use store::{CallRow, Store, UsageStatus};
use vault::{OpenVault, VaultFolder};

use crate::{folder, ms, send};

const BYTES: u64 = 100_000_000;
const BATCH: u64 = 20_000;

/// Fills a vault, backs it up while somebody else asks for the list, and restores it.
///
/// # Errors
/// What failed.
pub async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let data = folder()?;
    let desk = Desk::open(FakeHost::new(), Folders::under(data.path()), options())?;
    send(&desk, "create_vault", json!({ "password": PASSWORD })).await?;
    send(&desk, "lock_vault", json!({})).await?;
    let bytes = fill(data.path()).await?;
    figures.note("backup_vault_size", bytes as f64 / 1e6, "MB", Goal::None);
    // Rows came in past the desk, which says so.
    send(&desk, "unlock_vault", json!({ "password": PASSWORD, "accept_older": true })).await?;
    let done = AtomicBool::new(false);
    // Somebody who looks at budgets all the time.
    let asks = async {
        let mut longest = Duration::ZERO;
        while !done.load(Ordering::Relaxed) {
            let start = Instant::now();
            send(&desk, "list_budgets", json!({})).await?;
            longest = longest.max(start.elapsed());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        anyhow::Ok(longest)
    };
    let backs_up = async {
        let start = Instant::now();
        let view = send(&desk, "make_backup", json!({ "folder": null })).await;
        let took = ms(start);
        done.store(true, Ordering::Relaxed);
        anyhow::Ok((view?, took))
    };
    let (longest, (view, took)) = tokio::try_join!(asks, backs_up)?;
    figures.note("backup_100_mb", took, "ms", Goal::AtMost(5_000.0));
    figures.note("longest_answer_meanwhile", longest.as_secs_f64() * 1e3, "ms", Goal::AtMost(100.0));
    let start = Instant::now();
    let place = &view["backups"][0]["place"];
    send(&desk, "restore_backup", json!({ "place": place })).await.with_context(|| place.to_string())?;
    figures.note("restore_100_mb", ms(start), "ms", Goal::AtMost(5_000.0));
    Ok(())
}

/// Logs calls until the file is large enough.
async fn fill(data: &std::path::Path) -> anyhow::Result<u64> {
    let open = OpenVault::unlock(&VaultFolder::new(data), &Secret::new(PASSWORD)).ok().context("no vault")?;
    let key = open.database_key();
    let store =
        Store::open(&open.database(), key.expose_hex(), open.vault_id(), open.audit_key().expose()).await?;
    let mut number = 0;
    let size = || anyhow::Ok(std::fs::metadata(open.database())?.len());
    while size()? < BYTES {
        let rows: Vec<CallRow> = (number..number + BATCH).map(call).collect();
        store.log_calls(&rows).await?;
        number += BATCH;
    }
    store.close().await;
    size()
}

fn call(number: u64) -> CallRow {
    CallRow {
        request_id: uuid::Uuid::now_v7().to_string(),
        attempt: 1,
        provider_config_id: 1,
        provider_type: ProviderType::OpenAi,
        user_id: format!("u-{}", number % 900).into(),
        client: "bench".into(),
        task_type: "extraction".into(),
        model_requested: "gpt-4o-mini".into(),
        model_returned: None,
        usage: Some(TokenUsage { input: number % 9_000, output: number % 700, ..TokenUsage::default() }),
        cost: None,
        priced: None,
        cost_is_estimate: false,
        status: UsageStatus::Success,
        error_class: None,
        http_status: Some(200),
        latency_ms: 5 + number % 3_000,
        first_token_ms: None,
        vendor_request_id: Some(uuid::Uuid::now_v7().to_string()),
        rule: None,
        fallback_from: None,
        created_at: Timestamp(1_795_444_320_000 - i64::try_from(number % 10_000_000).unwrap_or(0)),
    }
}
