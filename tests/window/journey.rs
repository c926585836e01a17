//! The main journey: from nothing to a vault with tested providers, and back to it the next day.

mod pages;
mod providers;

use anyhow::ensure;
use fantoccini::key::Key;
use model::ProviderType;
use simulator::Simulator;

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
};
use providers::{Drawer, NewProvider};

const PASSWORD: &str = "copper-lantern-orbit-meadow-violin-seventeen";
const WRONG: &str = "copper-lantern-orbit-meadow-violin-eighteen";

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_gets_from_nothing_to_tested_providers_by_day() -> anyhow::Result<()> {
    journey(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_gets_from_nothing_to_tested_providers_by_night() -> anyhow::Result<()> {
    journey(Theme::Dark).await
}

async fn journey(theme: Theme) -> anyhow::Result<()> {
    let (simulator, folder) = (Simulator::start().await?, tempfile::tempdir()?);
    let stage = Stage::open(folder.path(), theme).await?;
    let page = stage.page();
    let before = match the_first_day(page, theme, &simulator).await {
        Ok(before) => before,
        Err(error) => {
            picture(page, theme, "failed", 0).await?;
            return Err(error);
        }
    };
    stage.close().await?;
    the_next_day(folder.path(), theme, &before).await
}

async fn the_first_day(page: Page<'_>, theme: Theme, simulator: &Simulator) -> anyhow::Result<Vec<String>> {
    ensure!(follows_the_system(page).await? == theme, "the page does not follow the system's theme");
    create_vault(page, theme).await?;
    add_four(page, theme, simulator).await?;
    change_them(page, theme).await?;
    look_over_it(page, theme).await?;
    pages::visit(page, theme).await?;
    let before = providers::shown(page).await?;
    lock_and_unlock(page, theme).await?;
    ensure!(providers::shown(page).await? == before, "after unlocking the list is not what it was");
    Ok(before)
}

async fn follows_the_system(page: Page<'_>) -> anyhow::Result<Theme> {
    let dark = page.run("return matchMedia('(prefers-color-scheme: dark)').matches").await? == true;
    Ok(if dark { Theme::Dark } else { Theme::Light })
}

async fn create_vault(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.screen("create").await?;
    look(page, theme, "create").await?;
    page.fill("#create-password", "password123").await?;
    page.until("return document.querySelector('#password-judgement')?.textContent.trim().length > 0").await?;
    look(page, theme, "create-weak").await?;
    ensure!(!page.is_enabled("#create-vault").await?, "a weak password is accepted");
    page.fill("#create-password", PASSWORD).await?;
    page.fill("#repeat-password", WRONG).await?;
    look(page, theme, "create-mismatch").await?;
    ensure!(!page.is_enabled("#create-vault").await?, "two different passwords are accepted");
    page.fill("#repeat-password", PASSWORD).await?;
    page.click("#create-vault").await?;
    page.find("#kit-offer").await?;
    look(page, theme, "first-kit").await?;
    page.click("#kit-later").await?;
    page.screen("providers").await?;
    // Put off, and not forgotten.
    page.find("a[data-go='settings'] .nb.warn").await?;
    look(page, theme, "providers-empty").await
}

async fn add_four(page: Page<'_>, theme: Theme, simulator: &Simulator) -> anyhow::Result<()> {
    use ProviderType::{Claude, Gemini, OpenAi, OpenAiCompatible};
    for (kind, key, model, name) in [
        (Gemini, "test-gemini-key-0001", "gemini-3.5-flash", "Gemini for chat"),
        (Claude, "test-claude-key-0001", "claude-opus-5-5", "Claude for writing"),
        (OpenAiCompatible, "test-compatible-key-0001", "qwen3:8b", "Office gateway"),
    ] {
        let new = NewProvider { kind, key, model, name, base_url: simulator.base_url(kind) };
        let drawer = Drawer::add(page, &new).await?;
        if kind == Gemini {
            look(page, theme, "provider-add").await?;
        }
        ensure!(drawer.test().await? == "works", "{name}: the test fails");
        if kind == Gemini {
            look(page, theme, "provider-test-passed").await?;
        }
        drawer.save(name).await?;
    }
    let base_url = simulator.base_url(OpenAi);
    let bad = NewProvider {
        kind: OpenAi,
        key: "test-openai-bad-key-0001",
        model: "gpt-6-sol",
        name: "OpenAI",
        base_url,
    };
    let drawer = Drawer::add(page, &bad).await?;
    ensure!(drawer.test().await? == "key_refused", "the bad key is not refused");
    look(page, theme, "provider-test-failed").await?;
    drawer.save_anyway("OpenAI").await?;
    ensure!(providers::names(page).await?.len() == 4, "there are not four providers");
    look(page, theme, "providers").await
}

async fn change_them(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    providers::test(page, "Gemini for chat").await?;
    page.click("#test-all").await?;
    page.until("return document.querySelector('#test-all').getAttribute('aria-busy') !== 'true'").await?;
    let drawer = Drawer::edit(page, "Gemini for chat").await?;
    look(page, theme, "provider-edit").await?;
    ensure!(
        page.run("return document.querySelector('#api-key').value").await? == "",
        "the page was given a key"
    );
    page.fill("#display-name", "Gemini, renamed").await?;
    page.fill("#daily-limit", "2000000").await?;
    drawer.save("Gemini, renamed").await?;
    providers::menu(page, "Claude for writing").await?;
    look(page, theme, "provider-menu").await?;
    providers::switch_off(page, "Claude for writing").await?;
    providers::delete(page, "Office gateway", || look(page, theme, "provider-delete")).await?;
    look(page, theme, "providers-toast").await?;
    page.fill("#search", "nothing is called so").await?;
    look(page, theme, "providers-none-found").await?;
    page.fill("#search", "").await?;
    let names = providers::names(page).await?;
    ensure!(names == ["Gemini, renamed", "OpenAI", "Claude for writing"], "the list is {names:?}");
    Ok(())
}

/// What lies over the list: the palette, the shortcuts, and the bar for several rows at once.
async fn look_over_it(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#open-palette").await?;
    page.fill("#palette-search", "te").await?;
    look(page, theme, "palette").await?;
    page.press("#palette-search", Key::Escape).await?;
    page.gone("#palette-search").await?;
    page.click("#open-help").await?;
    page.find("#shortcuts-title").await?;
    look(page, theme, "shortcuts").await?;
    page.click("#close-shortcuts").await?;
    page.gone("#shortcuts-title").await?;
    page.choose("#select-all").await?;
    page.find("[data-action='bulk-clear']").await?;
    look(page, theme, "providers-bulk").await?;
    page.click("[data-action='bulk-clear']").await?;
    page.gone("[data-action='bulk-clear']").await
}

async fn lock_and_unlock(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#lock-now").await?;
    page.screen("unlock").await?;
    look(page, theme, "unlock").await?;
    page.fill("#unlock-password", WRONG).await?;
    page.click("#unlock").await?;
    ensure!(!page.text("#unlock-error").await?.is_empty(), "a wrong password is not mentioned");
    look(page, theme, "unlock-failed").await?;
    page.unlock(PASSWORD).await
}

async fn the_next_day(folder: &std::path::Path, theme: Theme, before: &[String]) -> anyhow::Result<()> {
    let stage = Stage::open(folder, theme).await?;
    let page = stage.page();
    page.screen("unlock").await?;
    page.unlock(PASSWORD).await?;
    ensure!(providers::shown(page).await? == before, "the next day the list is not what it was");
    stage.close().await
}
