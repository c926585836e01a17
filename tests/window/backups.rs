//! Backups in the window: one is made, something changes, the question says what a restore would do, everything is back,
//! and back again. And a vault that is damaged, or older than it was, at the lock screen.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};
use journeys::{PASSWORD, Room, copy_folder};
use model::ProviderType;
use serde_json::json;

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
};

const NEW: &str = "brisk-copper-meadow-violin-harbor-dusk";

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_restored_and_taken_back_by_day() -> anyhow::Result<()> {
    journey(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_restored_and_taken_back_by_night() -> anyhow::Result<()> {
    journey(Theme::Dark).await
}

#[tokio::test(flavor = "multi_thread")]
async fn backups_of_a_damaged_vault_are_offered_at_the_lock_screen() -> anyhow::Result<()> {
    let room = Room::open().await;
    add(&room).await;
    room.send("make_backup", json!({ "folder": null })).await.map_err(said)?;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let database = folder.join("vault/vault.1.db");
    let mut bytes = fs::read(&database)?;
    bytes[5_000] ^= 1;
    fs::write(&database, bytes)?;
    let stage = Stage::open(&folder, Theme::Light).await?;
    let page = stage.page();
    let done = async {
        page.try_password(PASSWORD).await?;
        page.find("#rescue-look").await?;
        look(page, Theme::Light, "backup-damaged").await?;
        page.click("#rescue-look").await?;
        page.find("#rescue-restore").await?;
        look(page, Theme::Light, "backup-rescue").await?;
        page.click("#rescue-restore").await?;
        page.gone("#rescue").await?;
        page.click("#unlock").await?;
        page.screen("providers").await
    };
    ended(page, Theme::Light, done.await).await?;
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_an_earlier_vault_key_is_restored_at_the_lock_screen_by_day() -> anyhow::Result<()> {
    at_the_lock_screen(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_an_earlier_vault_key_is_restored_at_the_lock_screen_by_night() -> anyhow::Result<()> {
    at_the_lock_screen(Theme::Dark).await
}

/// One of those that are listed, and one by its path.
async fn at_the_lock_screen(theme: Theme) -> anyhow::Result<()> {
    let room = Room::open().await;
    add(&room).await;
    room.send("rotate_vault_key", json!({ "password": PASSWORD })).await.map_err(said)?;
    room.send("change_password", json!({ "old": PASSWORD, "new": NEW })).await.map_err(said)?;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let made = fs::read_dir(folder.join("backups"))?.next().context("there is no backup")??.path();
    let stick = data.path().join("stick");
    copy_folder(&made, &stick);
    let stage = Stage::open(&folder, theme).await?;
    let page = stage.page();
    let done = async {
        page.screen("unlock").await?;
        page.click("#use-backup").await?;
        page.find("#restore-places input:focus").await?;
        ensure!(
            !page.is_enabled("#confirm-restore-locked").await?,
            "nothing is chosen, and it could be restored"
        );
        let line = page.text("#restore-places li[data-backup]").await?;
        ensure!(line.contains("Before a new vault key"), "{line}");
        page.click("#restore-places li[data-backup] input").await?;
        page.fill("#restore-password", NEW).await?;
        page.click("#confirm-restore-locked").await?;
        page.find("#restore-locked-refused [role='alert']").await?;
        look(page, theme, "backup-at-lock-screen").await?;
        page.fill("#restore-password", PASSWORD).await?;
        page.click("#confirm-restore-locked").await?;
        in_place(page, PASSWORD).await?;
        page.click("#lock-now").await?;
        page.screen("unlock").await?;
        page.click("#use-backup").await?;
        page.find("#restore-places li[data-backup]").await?;
        page.click("#restore-places li:last-child input").await?;
        page.fill("#restore-path", &stick.display().to_string()).await?;
        page.fill("#restore-password", PASSWORD).await?;
        look(page, theme, "backup-at-lock-screen-elsewhere").await?;
        page.click("#confirm-restore-locked").await?;
        in_place(page, PASSWORD).await?;
        page.click("#lock-now").await?;
        page.screen("unlock").await?;
        page.click("#use-backup").await?;
        page.click("#restore-back").await?;
        page.find("#unlock-password").await.map(drop)
    };
    ended(page, theme, done.await).await?;
    stage.close().await
}

/// The lock screen says so, and the password of then opens it.
async fn in_place(page: Page<'_>, password: &str) -> anyhow::Result<()> {
    page.gone("#restore-locked").await?;
    page.until("return document.querySelector('.lede')?.textContent === 'The backup is in place'").await?;
    page.unlock(password).await?;
    page.find("tr[data-provider-id]").await.map(drop)
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_vault_put_back_is_told_and_opens_once_it_is_accepted() -> anyhow::Result<()> {
    let room = Room::open().await.next_day().await;
    let aside = tempfile::tempdir()?;
    copy_folder(&room.data().join("vault"), aside.path());
    room.send("unlock_vault", json!({ "password": PASSWORD })).await.map_err(said)?;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    copy_folder(aside.path(), &folder.join("vault"));
    let stage = Stage::open(&folder, Theme::Dark).await?;
    let page = stage.page();
    let done = async {
        page.try_password(PASSWORD).await?;
        page.find("#open-older").await?;
        look(page, Theme::Dark, "backup-older").await?;
        page.click("#open-older").await?;
        page.screen("providers").await
    };
    ended(page, Theme::Dark, done.await).await?;
    stage.close().await
}

async fn journey(theme: Theme) -> anyhow::Result<()> {
    let room = Room::open().await;
    add(&room).await;
    let (_simulator, data) = room.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), theme).await?;
    let page = stage.page();
    let done = async {
        page.try_password(PASSWORD).await?;
        page.screen("providers").await?;
        settings(page).await?;
        look(page, theme, "backups-none").await?;
        page.click("#back-up-now").await?;
        page.find("tr[data-backup]").await?;
        dismiss(page).await?;
        elsewhere(page, data.path()).await?;
        change(page).await?;
        settings(page).await?;
        page.click("tr[data-backup] [data-action='restore']").await?;
        page.find("[data-change='OpenAI one']").await?;
        dismiss(page).await?;
        look(page, theme, "backup-restore").await?;
        page.click("#confirm-restore").await?;
        page.screen("unlock").await?;
        page.try_password(PASSWORD).await?;
        page.screen("providers").await?;
        page.find("tr[data-provider-id]:not(.off)").await?;
        settings(page).await?;
        page.find("#undo-restore").await?;
        look(page, theme, "backups-restored").await?;
        page.click("#undo-restore").await?;
        page.find("[data-change='OpenAI one']").await?;
        page.click("#confirm-restore").await?;
        page.screen("unlock").await?;
        page.try_password(PASSWORD).await?;
        page.screen("providers").await?;
        page.find("tr.off[data-provider-id]").await.map(drop)
    };
    ended(page, theme, done.await).await?;
    stage.close().await
}

async fn elsewhere(page: Page<'_>, folder: &Path) -> anyhow::Result<()> {
    page.fill("#backup-path", "nowhere").await?;
    page.click("#backup-there").await?;
    page.find("#backup-refused").await?;
    let stick = folder.join("stick");
    fs::create_dir(&stick)?;
    page.fill("#backup-path", &stick.display().to_string()).await?;
    page.click("#backup-there").await?;
    page.gone("#backup-refused").await?;
    page.until("return document.querySelector('#backups-card').getAttribute('aria-busy') === 'false'")
        .await?;
    ensure!(fs::read_dir(&stick)?.count() == 1, "there is no backup on the stick");
    page.click("tr[data-backup] [data-action='verify']").await?;
    page.until("return document.querySelector('#backups-card').getAttribute('aria-busy') === 'false'")
        .await?;
    page.find("tr[data-backup] .st.ok").await?;
    dismiss(page).await
}

/// Switches it off, which asks for nothing.
async fn change(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await?;
    page.click("tr[data-provider-id] [data-action='menu']").await?;
    page.click("[role='menuitem'][data-action='toggle-active']").await?;
    page.find("tr.off[data-provider-id]").await.map(drop)
}

async fn settings(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    page.click(".set-n a[href='#backups']").await?;
    page.find("#backups-card").await?;
    page.until("document.querySelector('#backups').scrollIntoView({ block: 'start' }); return true").await
}

async fn dismiss(page: Page<'_>) -> anyhow::Result<()> {
    page.until(
        "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
                return document.querySelector('.toast') === null",
    )
    .await
}

async fn ended(page: Page<'_>, theme: Theme, done: anyhow::Result<()>) -> anyhow::Result<()> {
    if done.is_err() {
        picture(page, theme, "backups-failed", 0).await?;
    }
    done
}

async fn add(room: &Room) {
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    room.add(&form, Some("test-openai-key-0001")).await;
}

fn said(failure: model::Failure) -> anyhow::Error {
    anyhow::anyhow!("{failure:?}")
}
