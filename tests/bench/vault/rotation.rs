//! A new vault key with 1,000 configurations: the whole command, with the backup before it, both full checks and the session
//! behind it, and the least Argon2 there is (it runs twice: the password is proven, and wrapped anew).

use std::time::Instant;

use anyhow::{Context as _, ensure};
use desk::{Desk, Folders};
use figures::{Figures, Goal, median};
use journeys::{FakeHost, PASSWORD, options};
use model::{ProviderDraft, ProviderId, ProviderType, Secret, Timestamp};
use serde_json::json;
use store::{Act, Change, Import, KeyChange, NewKey, Store};
use uuid::Uuid;
use vault::{OpenVault, VaultFolder};

const CONFIGURATIONS: usize = 1_000;
const RUNS: usize = 3;

/// Measures it.
pub async fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let data = crate::folder()?;
    let desk = Desk::open(FakeHost::new(), Folders::under(data.path()), options())?;
    crate::send(&desk, "create_vault", json!({ "password": PASSWORD })).await?;
    crate::send(&desk, "lock_vault", json!({})).await?;
    fill(data.path()).await?;
    // Rows came in past the desk, which says so.
    crate::send(&desk, "unlock_vault", json!({ "password": PASSWORD, "accept_older": true })).await?;
    let mut took = Vec::new();
    for _ in 0..RUNS {
        let start = Instant::now();
        crate::send(&desk, "rotate_vault_key", json!({ "password": PASSWORD })).await?;
        took.push(start.elapsed().as_secs_f64());
    }
    let list = crate::send(&desk, "list_providers", json!({})).await?;
    ensure!(list["providers"].as_array().map(Vec::len) == Some(CONFIGURATIONS), "configurations are missing");
    figures.note("rotate_vault_key_1000", median(took), "s", Goal::AtMost(2.0));
    Ok(())
}

async fn fill(data: &std::path::Path) -> anyhow::Result<()> {
    let open = OpenVault::unlock(&VaultFolder::new(data), &Secret::new(PASSWORD)).ok().context("no vault")?;
    let key = open.database_key();
    let store =
        Store::open(&open.database(), key.expose_hex(), open.vault_id(), open.audit_key().expose()).await?;
    store.import_providers((1..=CONFIGURATIONS).map(|number| configuration(&open, number)).collect()).await?;
    store.close().await;
    Ok(())
}

fn configuration(vault: &OpenVault, number: usize) -> Import {
    let draft = ProviderDraft {
        model_name: "gpt-6-sol".into(),
        display_name: format!("Configuration {number}"),
        description: "One of a thousand, with a remark as people write them.".into(),
        ..ProviderDraft::new(ProviderType::OpenAi)
    };
    let id = Uuid::now_v7();
    let secret = Secret::new(format!("sk-proj-{number:0156}"));
    let at = Timestamp(1_795_444_320_000);
    let sealed = vault.seal_key(id, &draft.base_url, &secret).0;
    let key = KeyChange::Replace(NewKey { sealed, last_four: None, entered_at: at });
    let act = Act { actor: "bench".into(), machine: "bench".into(), action: "provider.import", at };
    Import { existing: None, id: ProviderId(id), change: Change { draft, key, test: None }, act }
}
