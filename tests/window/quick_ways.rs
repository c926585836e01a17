//! The quick ways in, in the window: a first provider by its key, an example set-up made and taken back, a link from outside,
//! the default switched at the head of the list, filters that are there again, and help beside a field.

use std::path::Path;

use anyhow::ensure;
use fantoccini::key::Key;
use journeys::{PASSWORD, Room};
use model::ProviderType;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::{
    look::{look, picture},
    page::Page,
    stage::{self, Stage, Theme},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_first_run_ends_in_a_first_provider_that_is_tested_and_serves() -> anyhow::Result<()> {
    let (simulator, folder) = (Simulator::start().await?, tempfile::tempdir()?);
    let address = simulator.base_url(ProviderType::OpenAiCompatible);
    let stage = Stage::open(folder.path(), Theme::Light).await?;
    let page = stage.page();
    page.screen("create").await?;
    page.fill("#create-password", PASSWORD).await?;
    page.fill("#repeat-password", PASSWORD).await?;
    page.click("#create-vault").await?;
    page.click("#kit-later").await?;
    page.screen("providers").await?;
    look(page, Theme::Light, "first-empty").await?;
    page.click("#first-provider").await?;
    page.fill("#first-key", "sk-CANARY-0001").await?;
    let chosen = |place: u8| format!("#first-vendor button:nth-child({place})[aria-checked='true']");
    // OpenAI, by how the key begins; then the person knows better.
    page.find(&chosen(2)).await?;
    page.find("#first-save:not([disabled])").await?;
    look(page, Theme::Light, "first-key").await?;
    page.click("#first-vendor button:nth-child(4)").await?;
    page.find(&chosen(4)).await?;
    page.fill("#first-key", "test-compatible-key-0001").await?;
    page.fill("#first-address", &address).await?;
    page.fill("#model-name", "qwen3:8b").await?;
    page.click("#first-save").await?;
    let done = page.find("#first-form[data-step='done']").await;
    if done.is_err() {
        picture(page, Theme::Light, "first-failed", 0).await?;
    }
    done?;
    page.click("#first-close").await?;
    page.find("tr[data-provider-id] [data-cell='status'] .badge.acc").await?;
    page.find("tr[data-provider-id] [data-cell='last-test'] .st.ok").await?;
    ensure!(!simulator.journal().is_empty(), "nobody was asked whether the key is good");
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_example_set_up_is_seen_made_and_taken_back() -> anyhow::Result<()> {
    let room = Room::open().await;
    let addresses = [ProviderType::Gemini, ProviderType::OpenAi].map(|kind| room.simulator.base_url(kind));
    let (_simulator, data) = room.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), Theme::Dark).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    page.click("[data-set-up='production']").await?;
    page.find("#set-up-form[data-step='ready']").await?;
    page.find("#set-up-entries li[data-vendor='openai']").await?;
    page.find("#set-up-routes li[data-task='cv_draft']").await?;
    look(page, Theme::Dark, "set-up").await?;
    for (vendor, address) in ["gemini", "openai"].into_iter().zip(&addresses) {
        page.run("document.querySelectorAll('#set-up-keys details').forEach(one => one.open = true)").await?;
        page.fill(&format!("#set-up-address-{vendor}"), address).await?;
    }
    page.fill("#set-up-key-gemini", "test-gemini-key-0001").await?;
    page.fill("#set-up-key-openai", "test-invalid-key-0001").await?;
    page.click("#confirm-set-up").await?;
    page.find(".field.invalid #set-up-key-openai").await?;
    page.find("#set-up-anyway").await?;
    page.fill("#set-up-key-openai", "test-openai-key-0001").await?;
    page.click("#confirm-set-up").await?;
    page.until("return document.querySelectorAll('tr[data-provider-id]').length === 2").await?;
    page.click(".toast [data-action='undo']").await?;
    page.find("#empty-list").await?;
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_link_reaches_the_running_window_and_adds_nothing_by_itself() -> anyhow::Result<()> {
    let (_simulator, data) = Room::open().await.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let stage = Stage::open(&folder, Theme::Light).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    let link = "signalbox://import?vendor=openai&name=Lab&model=gpt-6-sol&base_url=http%3A%2F%2F10.0.0.7%2Fv1&task=cv_draft";
    follow(&stage, &folder, link).await?;
    let flags = page.find("#link-flags").await;
    if flags.is_err() {
        picture(page, Theme::Light, "link-failed", 0).await?;
    }
    flags?;
    let said = page.text("#link-says").await?;
    ensure!(
        ["Lab", "gpt-6-sol", "http://10.0.0.7/v1", "cv_draft"].iter().all(|one| said.contains(one)),
        "{said}"
    );
    look(page, Theme::Light, "link").await?;
    page.click("#confirm-link").await?;
    page.until("return document.querySelector('#model-name')?.value === 'gpt-6-sol'").await?;
    page.until("return document.querySelector('#display-name')?.value === 'Lab'").await?;
    page.press("#display-name", Key::Escape).await?;
    page.find("#empty-list").await?;
    follow(&stage, &folder, "signalbox://import?vendor=openai&api_key=sk-CANARY-1").await?;
    page.find(".toast[data-tone='danger']").await?;
    let said = page.text(".toasts").await?;
    ensure!(said.contains("carries a key") && !said.contains("CANARY"), "{said}");
    stage.close().await
}

/// Starts the program with a link, as a desktop does, and waits until it has handed it over.
async fn follow(stage: &Stage, folder: &Path, link: &str) -> anyhow::Result<()> {
    let mut second = stage::command(&stage::app()?, &stage.display, folder, Theme::Light);
    second.arg(link);
    let second = tokio::task::spawn_blocking(move || second.output()).await??;
    ensure!(second.status.success(), "the second instance ended with {}", second.status);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn the_default_is_switched_at_the_head_of_the_list_and_filters_are_there_again() -> anyhow::Result<()> {
    let room = Room::open().await;
    for (kind, model, key) in [
        (ProviderType::Gemini, "gemini-3.6-flash", "test-gemini-key-0001"),
        (ProviderType::OpenAi, "gpt-6-sol", "test-openai-key-0001"),
    ] {
        let mut form = room.form(kind, model);
        form["is_default"] = json!(kind == ProviderType::Gemini);
        room.add(&form, Some(key)).await;
    }
    let (_simulator, data) = room.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), Theme::Light).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    page.click("#default-switch").await?;
    page.click("[role='menuitemradio'][aria-checked='false']").await?;
    let default_is = |name: &str| {
        format!("return document.querySelector('#default-switch')?.textContent.includes('{name}') === true")
    };
    page.until(&default_is("OpenAI one")).await?;
    help(page).await?;

    page.fill("#search", "gemini").await?;
    remembered(page, "search=gemini").await?;
    page.click("#lock-now").await?;
    page.screen("unlock").await?;
    page.unlock(PASSWORD).await?;
    page.until("return document.querySelector('#search')?.value === 'gemini'").await?;
    page.until("return document.querySelectorAll('tr[data-provider-id]').length === 1").await?;
    stage.close().await
}

/// The sign beside a field opens by the keyboard, and what it says describes the field.
async fn help(page: Page<'_>) -> anyhow::Result<()> {
    page.click("#add-provider").await?;
    let described = page.attribute("#model-name", "aria-describedby").await?.unwrap_or_default();
    ensure!(described.split(' ').any(|id| id == "model-name-help"), "described by {described}");
    page.press(".field:has(#model-name) .help > summary", Key::Enter).await?;
    page.find(".field:has(#model-name) .help[open] > #model-name-help").await?;
    page.press("#model-name", Key::Escape).await?;
    page.gone("#drawer-body").await
}

/// Waits until the vault has kept it.
async fn remembered(page: Page<'_>, text: &str) -> anyhow::Result<()> {
    let ask = "new TextDecoder().decode(await window.__TAURI_INTERNALS__.invoke('view_remembered', new TextEncoder().encode('{}')))";
    loop {
        let reply = page.promise(ask).await?;
        if reply.to_string().contains(text) {
            return Ok(());
        }
        ensure!(reply["error"] == Value::Null, "the vault does not say: {reply}");
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
}
