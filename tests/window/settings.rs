//! The settings of the program in the window: how it looks, also before the next vault is open; how much it logs; automatic
//! backups; when it locks; what it is made of.

use std::fs;

use anyhow::ensure;
use fantoccini::key::Key;
use journeys::{PASSWORD, Room};
use model::ProviderType;
use serde_json::Value;

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
    usage,
};

/// Goes there.
pub async fn open(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    page.find("#appearance-card").await.map(drop)
}

/// Chooses in a list of the browser's own, as its pop-up does.
pub async fn select(page: Page<'_>, css: &str, value: &str) -> anyhow::Result<()> {
    page.find(&format!("{css}:not([disabled])")).await?;
    let script = format!(
        "const list = document.querySelector({}); list.value = {};
         list.dispatchEvent(new Event('change', {{ bubbles: true }})); return list.value",
        Value::from(css),
        Value::from(value)
    );
    ensure!(page.run(&script).await? == value, "{css} has no {value}");
    Ok(())
}

async fn background(page: Page<'_>) -> anyhow::Result<Value> {
    page.run("return getComputedStyle(document.body).backgroundColor").await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_set_by_day_holds_at_once_and_before_the_next_vault_is_open() -> anyhow::Result<()> {
    let room = Room::open().await;
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let stage = Stage::open(&folder, Theme::Light).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        open(page).await?;
        section_being_read(page).await?;
        limits(page).await?;
        usage_log(page).await?;
        usage::empty(page, Theme::Light).await?;
        open(page).await?;
        look_of_the_window(page).await?;
        log_backups_and_idle(page, &folder).await?;
        made_of(page).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, Theme::Light, "settings-failed", 0).await?;
    }
    done?;
    let dark = background(page).await?;
    stage.close().await?;
    let stage = Stage::open(&folder, Theme::Light).await?;
    let page = stage.page();
    page.screen("unlock").await?;
    ensure!(background(page).await? == dark, "the lock screen is not dark");
    page.unlock(PASSWORD).await?;
    stage.close().await
}

/// The marked section is the one that one went to, and then the one that the page is scrolled to.
async fn section_being_read(page: Page<'_>) -> anyhow::Result<()> {
    let marked = "document.querySelector('.set-n [aria-current]').getAttribute('href')";
    page.until(&format!("return {marked} === '#security'")).await?;
    for place in ["#about", "#appearance", "#gateway"] {
        page.click(&format!(".set-n a[href='{place}']")).await?;
        page.until(&format!("return {marked} === '{place}'")).await?;
    }
    let scrolled =
        |far: &str| format!("document.querySelector('#main > .content').scrollTop = {far}; return true");
    page.until("document.activeElement.blur(); return true").await?;
    page.until(&scrolled("1e6")).await?;
    page.until(&format!("return {marked} === '#about'")).await?;
    page.until(&scrolled("0")).await?;
    page.until(&format!("return {marked} === '#security'")).await
}

/// Whose days limits are counted by, and what users may use.
async fn limits(page: Page<'_>) -> anyhow::Result<()> {
    let says = |css: &str, word: &str| {
        format!("return document.querySelector('{css}').textContent.includes('{word}')")
    };
    page.until(&says("#limit-zone-now", "UTC")).await?;
    page.click("#limit-zone-kind button:nth-of-type(2)").await?;
    page.fill("#limit-zone", "Moon/Base").await?;
    page.click("#apply-limit-zone").await?;
    page.find("#limit-zone-note .note.danger").await?;
    page.fill("#limit-zone", "Asia/Kathmandu").await?;
    page.click("#apply-limit-zone").await?;
    page.until(&says("#limit-zone-now", "Asia/Kathmandu")).await?;
    page.click("#new-quota").await?;
    page.click("#save-quota").await?;
    page.find("#quota-user[aria-invalid='true']").await?;
    page.fill("#quota-user", "ann").await?;
    page.fill("#quota-daily", "50,000").await?;
    look(page, Theme::Light, "settings-quota").await?;
    page.click("#save-quota").await?;
    page.gone("#quota-dialog").await?;
    page.find("[data-quota='ann']").await?;
    page.click("[data-quota='ann'] [data-action='edit']").await?;
    page.fill("#quota-requests", "60").await?;
    page.press("#quota-requests", Key::Enter).await?;
    page.gone("#quota-dialog").await?;
    page.until(&says("[data-quota]", "60")).await?;
    page.run("document.querySelector('#limits').scrollIntoView()").await?;
    look(page, Theme::Light, "settings-limits").await?;
    page.click("[data-quota='ann'] [data-action='delete']").await?;
    page.gone("[data-quota]").await?;
    page.click("#limit-zone-kind button:nth-of-type(1)").await?;
    page.until(&says("#limit-zone-now", "UTC")).await
}

/// The log's sums, whose days they are counted by, and how long its calls are kept, with a question before that.
async fn usage_log(page: Page<'_>) -> anyhow::Result<()> {
    let says = |css: &str, word: &str| {
        format!("return document.querySelector('{css}').textContent.includes('{word}')")
    };
    page.click("#verify-usage").await?;
    page.until(&says("#usage-sums", "All sums are right")).await?;
    page.click("#rebuild-usage").await?;
    page.until(&says("#usage-sums", "made anew")).await?;
    page.click("#usage-zone-kind button:nth-of-type(2)").await?;
    page.until(&says("#usage-zone-now", "UTC")).await?;
    page.click("#usage-zone-kind button:nth-of-type(3)").await?;
    page.fill("#usage-zone", "Moon/Base").await?;
    page.click("#apply-zone").await?;
    page.find("#usage-zone-note .note.danger").await?;
    page.fill("#usage-zone", "Asia/Kathmandu").await?;
    page.click("#apply-zone").await?;
    page.until(&says("#usage-zone-now", "Asia/Kathmandu")).await?;
    page.gone("#usage-zone-note .note.danger").await?;
    page.click("#change-retention").await?;
    page.click("#retention-kind button:nth-of-type(2)").await?;
    page.fill("#retention-days", "31").await?;
    page.find("#retention-days[aria-invalid='true']").await?;
    ensure!(!page.is_enabled("#confirm-retention").await?, "a month's limits would lose their calls");
    page.fill("#retention-days", "40").await?;
    page.find("#confirm-retention:not([disabled])").await?;
    look(page, Theme::Light, "settings-retention").await?;
    page.click("#confirm-retention").await?;
    page.gone("#confirm-retention").await?;
    page.until(&says("#retention-now", "last 40 days")).await?;
    page.run("document.querySelector('#usage-log').scrollIntoView()").await?;
    look(page, Theme::Light, "settings-usage-log").await
}

async fn look_of_the_window(page: Page<'_>) -> anyhow::Result<()> {
    look(page, Theme::Light, "settings-program").await?;
    let light = background(page).await?;
    page.click("#theme button:nth-child(2)").await?;
    page.until("return document.documentElement.dataset.theme === 'dark'").await?;
    ensure!(background(page).await? != light, "dark is as light");
    look(page, Theme::Dark, "settings-program").await?;
    page.click("#rows button:nth-child(2)").await?;
    page.until("return document.documentElement.dataset.rows === 'compact'").await?;
    page.click("#reduce-motion").await?;
    page.until("return document.documentElement.dataset.motion === 'reduced'").await?;
    page.until(
        "return getComputedStyle(document.querySelector('.sw'), '::after').transitionDuration === '0s'",
    )
    .await?;
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await?;
    let height = "return Math.round(document.querySelector('.two tr[data-provider-id]').getBoundingClientRect().height)";
    let height = page.run(height).await?;
    ensure!(height == 36, "a compact row is {height} high");
    look(page, Theme::Dark, "providers-compact").await?;
    open(page).await
}

async fn log_backups_and_idle(page: Page<'_>, folder: &std::path::Path) -> anyhow::Result<()> {
    select(page, "#log-level", "debug").await?;
    page.until("return document.querySelector('#log-level').value === 'debug'").await?;
    let file = folder.join("settings.json");
    let end = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !fs::read_to_string(&file)?.contains("debug") {
        ensure!(std::time::Instant::now() < end, "the level was not kept");
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    let set: Value = serde_json::from_slice(&fs::read(&file)?)?;
    ensure!(
        set == serde_json::json!({ "theme": "dark", "rows": "compact", "reduce_motion": true, "log": "debug" }),
        "{set}"
    );
    page.find("#backups-card").await?;
    page.click("#backup-automatic").await?;
    page.find("#backups-off").await?;
    look(page, Theme::Dark, "settings-backups-off").await?;
    page.click("#backup-automatic").await?;
    page.gone("#backups-off").await?;
    select(page, "#idle-lock", "30").await?;
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await?;
    open(page).await?;
    page.until("return document.querySelector('#idle-lock').value === '30'").await
}

async fn made_of(page: Page<'_>) -> anyhow::Result<()> {
    let made = page.text("#made-of").await?;
    for part in ["SQLCipher 4", "SQLite 3", "Tauri 2", "WebKit 2"] {
        ensure!(made.contains(part), "{part} is missing: {made}");
    }
    // Messages lie over the end of the page.
    while page.run("return document.querySelector('.toast [data-action=dismiss]') !== null").await? == true {
        page.click(".toast [data-action=dismiss]").await?;
    }
    page.click("#show-licences").await?;
    page.find("#licences tbody tr").await?;
    let count = page.run("return document.querySelectorAll('#licences tbody tr').length").await?;
    ensure!(count.as_u64().is_some_and(|count| count > 300), "there are {count} licences");
    let without = "return [...document.querySelectorAll('#licences tbody tr')].filter(row => !row.lastElementChild.textContent.trim()).length";
    ensure!(page.run(without).await? == 0, "a part has no licence");
    page.click("#licences tbody button").await?;
    page.until("return document.querySelector('#licence-text pre').textContent.length > 100").await?;
    look(page, Theme::Dark, "settings-licences").await
}
