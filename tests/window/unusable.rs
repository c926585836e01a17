//! A vault that cannot be opened: the window says why, and touches nothing.

use std::fs;

use anyhow::ensure;

use crate::{
    look::look,
    stage::{Stage, Theme},
};

/// Header copies of zero bytes, as a full disk leaves them.
async fn a_damaged_vault_is_named_and_left_alone(theme: Theme) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let vault = folder.path().join("vault");
    fs::create_dir_all(&vault)?;
    let files = ["header.a", "header.b", "vault.1.db"];
    for file in files {
        fs::write(vault.join(file), b"")?;
    }
    let stage = Stage::open(folder.path(), theme).await?;
    let page = stage.page();
    page.screen("unusable").await?;
    look(page, theme, "unusable").await?;
    stage.close().await?;
    for file in files {
        ensure!(fs::read(vault.join(file))?.is_empty(), "{file} was written over");
    }
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_vault_is_named_and_left_alone_by_day() -> anyhow::Result<()> {
    a_damaged_vault_is_named_and_left_alone(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_vault_is_named_and_left_alone_by_night() -> anyhow::Result<()> {
    a_damaged_vault_is_named_and_left_alone(Theme::Dark).await
}
