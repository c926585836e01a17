//! An API key in the window: a note says that it is old, a bad one is refused, a good one takes its place, one goes back,
//! and a copied key is on the screen's clipboard until it is taken away.

use std::time::{Duration, Instant};

use anyhow::ensure;
use journeys::{PASSWORD, Room, now};
use model::{ProviderType, Timestamp};

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
    x_clipboard,
};

const DAY_MS: i64 = 86_400_000;
const FIRST: &str = "test-openai-key-0001";
const SECOND: &str = "test-openai-key-0002";
/// Seconds on the clipboard, as the settings are set, and what a slow machine may add.
const STAYS: &str = "5";
const PATIENCE: Duration = Duration::from_secs(20);

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_replaced_gone_back_to_and_copied_by_day() -> anyhow::Result<()> {
    replace_key(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_replaced_gone_back_to_and_copied_by_night() -> anyhow::Result<()> {
    replace_key(Theme::Dark).await
}

async fn replace_key(theme: Theme) -> anyhow::Result<()> {
    let room = Room::open().await;
    room.host.set_wall_clock(Timestamp(now().0 - 120 * DAY_MS));
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    form["tasks"] = serde_json::json!(["extraction"]);
    room.add(&form, Some(FIRST)).await;
    let (_simulator, data) = room.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        reminded(page, theme).await?;
        replaced(page, theme).await?;
        gone_back(page, theme).await?;
        settings(page, theme).await?;
        copied(page, theme).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, theme, "api-key-failed", 0).await?;
    }
    done?;
    stage.close().await
}

/// The note about the old key leads to its dialog.
async fn reminded(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.find("#key-reminder").await?;
    let said = page.text("#key-reminder").await?;
    ensure!(said.contains("The key of OpenAI one is 120 days old"), "{said}");
    look(page, theme, "api-key-reminder").await?;
    page.click("#remind-replace").await?;
    page.find("#key-facts").await?;
    page.gone("#key-reminder").await?;
    let used = page.text("#key-facts").await?;
    ensure!(used.contains("extraction (first)") && used.contains("None in the log"), "{used}");
    look(page, theme, "api-key").await
}

async fn ends_in(page: Page<'_>, last: &str) -> anyhow::Result<()> {
    page.until(&format!("return document.querySelector('#key-lede').textContent.includes('...{last}')")).await
}

async fn replaced(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.fill("#new-key", "test-openai-bad-key-0002").await?;
    page.click("#replace-api-key").await?;
    page.find("#key-refused").await?;
    let said = page.text("#key-refused").await?;
    ensure!(said.contains("Key rejected. Nothing was changed."), "{said}");
    ends_in(page, "0001").await?;
    page.gone("#kept-key").await?;
    look(page, theme, "api-key-refused").await?;
    page.fill("#new-key", SECOND).await?;
    page.fill("#keep-days", "30").await?;
    page.click("#replace-api-key").await?;
    page.find("#kept-key").await?;
    ends_in(page, "0002").await?;
    ensure!(page.text("#kept-key").await?.contains("ends in ...0001"), "another key is kept");
    let left = page.run("return document.querySelector('#new-key').value").await?;
    ensure!(left == "", "the new key is still in its field");
    page.until("return document.querySelector('.toast')?.textContent.includes('replaced') === true").await?;
    look(page, theme, "api-key-replaced").await
}

async fn gone_back(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#go-back").await?;
    ends_in(page, "0001").await?;
    ensure!(page.text("#kept-key").await?.contains("ends in ...0002"), "the other key is not kept");
    page.click("#destroy-kept").await?;
    page.find("#confirm-destroy").await?;
    look(page, theme, "api-key-destroy").await?;
    page.click("#confirm-destroy").await?;
    page.gone("#kept-key").await?;
    page.click("#close-key").await?;
    page.gone("#key-dialog").await?;
    // It is the old one again.
    page.click("#remind-later").await?;
    page.gone("#key-reminder").await
}

async fn settings(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    page.fill("#key-clipboard-s", "4").await?;
    page.find("#save-key-settings[disabled]").await?;
    page.fill("#key-clipboard-s", STAYS).await?;
    look(page, theme, "settings-keys").await?;
    page.click("#save-key-settings").await?;
    page.gone("#save-key-settings").await?;
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await
}

/// From the drawer, where its age stands. The page never has it; the screen's clipboard does, for a while.
async fn copied(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("tr[data-provider-id] button[data-action='edit']").await?;
    page.find("#open-key").await?;
    ensure!(page.text("#key-days").await? == "120 days old", "another age");
    look(page, theme, "api-key-drawer").await?;
    page.click("#open-key").await?;
    copy(page).await?;
    ensure!(!page.run("return document.documentElement.outerHTML").await?.to_string().contains(FIRST));
    let end = Instant::now() + PATIENCE;
    while clipboard(page).await?.is_some() {
        ensure!(Instant::now() < end, "the key is still on the clipboard");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    copy(page).await?;
    page.click("#close-key").await?;
    page.click("#lock-now").await?;
    page.screen("unlock").await?;
    ensure!(clipboard(page).await?.is_none(), "the key is on the clipboard of a locked vault");
    Ok(())
}

async fn copy(page: Page<'_>) -> anyhow::Result<()> {
    page.click("#copy-key").await?;
    let end = Instant::now() + PATIENCE;
    while clipboard(page).await?.as_deref() != Some(FIRST) {
        ensure!(Instant::now() < end, "the key is not on the clipboard");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    Ok(())
}

async fn clipboard(page: Page<'_>) -> anyhow::Result<Option<String>> {
    let display = page.display.to_owned();
    tokio::task::spawn_blocking(move || x_clipboard::text(&display)).await?
}
