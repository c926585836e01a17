//! The log of acts: writing an entry, verifying a million of them, and naming the one that is not as it was written.

use std::{path::Path, time::Instant};

use anyhow::ensure;
use figures::{Figures, Goal, median};
use model::{Timestamp, audit::AuditFilter};
use serde_json::json;
use store::{Act, Store};

const KEY: &str = "6f3c1f0a5d2b4e8897a6b5c4d3e2f1000f1e2d3c4b5a69788796a5b4c3d2e1f0";
const VAULT: &str = "00112233445566778899aabbccddeeff";
const AUDIT_KEY: [u8; 32] = [7; 32];
const ENTRIES: i64 = 1_000_000;
const PIECE: i64 = 20_000;
const RUNS: usize = 3;
const SINGLE: i64 = 50;

/// Measures them.
pub async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let folder = crate::folder()?;
    let file = folder.path().join("vault.1.db");
    Store::create(&file, KEY, VAULT).await?;
    let store = Store::open(&file, KEY, VAULT, &AUDIT_KEY).await?;
    for first in (0..ENTRIES).step_by(usize::try_from(PIECE)?) {
        store.record_all((first..first + PIECE).map(|number| (act(number), changed(number)))).await?;
    }
    let mut verified = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        let found = store.verify_audit(None).await?;
        verified.push(start.elapsed().as_secs_f64());
        ensure!((found.entries, found.broken) == (ENTRIES, None), "{found:?}");
    }
    figures.note("audit_verify_1m", median(verified), "s", Goal::AtMost(2.0));
    let start = Instant::now();
    let filter = AuditFilter { text: Some("number 77 of".into()), ..AuditFilter::default() };
    ensure!(store.count_audit(&filter).await?.0 == 1, "the search finds something else");
    figures.note("audit_search_1m", start.elapsed().as_secs_f64(), "s", Goal::None);
    let mut written = Vec::new();
    for number in 0..SINGLE {
        let start = Instant::now();
        store.record(&act(number)).await?;
        written.push(start.elapsed().as_secs_f64() * 1_000.0);
    }
    figures.note("audit_write", median(written), "ms", Goal::None);
    figures.note(
        "audit_bytes_of_entry",
        std::fs::metadata(&file)?.len() as f64 / ENTRIES as f64,
        "B",
        Goal::None,
    );
    store.close().await;
    let altered = alter(&file).await?;
    let store = Store::open(&file, KEY, VAULT, &AUDIT_KEY).await?;
    let start = Instant::now();
    let found = store.verify_audit(None).await?;
    figures.note("audit_name_altered_1m", start.elapsed().as_secs_f64(), "s", Goal::AtMost(2.0));
    ensure!(found.broken.map(|broken| broken.entry) == Some(altered), "{found:?} instead of {altered}");
    store.close().await;
    Ok(())
}

/// Puts entries at the end as somebody does who has not the log's key: to a verification they are what any altered entry is.
/// Behind them the log goes on, by its own key. Returns the number of the first.
async fn alter(file: &Path) -> anyhow::Result<i64> {
    let stranger = Store::open(file, KEY, VAULT, &[8; 32]).await?;
    stranger.record(&act(ENTRIES)).await?;
    stranger.close().await;
    let store = Store::open(file, KEY, VAULT, &AUDIT_KEY).await?;
    store.record_all((0..SINGLE).map(|number| (act(number), changed(number)))).await?;
    store.close().await;
    Ok(ENTRIES + SINGLE + 1)
}

fn act(number: i64) -> Act {
    let at = Timestamp(1_795_444_320_000 + number * 1_000);
    Act { actor: "Admin One".into(), machine: "desk-1".into(), action: "provider.update", at }
}

fn changed(number: i64) -> serde_json::Value {
    json!({ "daily_token_limit": number, "description": format!("Paid workspace, number {number} of a million") })
}
