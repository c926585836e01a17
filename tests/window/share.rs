//! Configurations for another vault in the window: exported with a passphrase, looked at again, decided about, imported and taken
//! back; a wrong file and a wrong passphrase on the way; and this vault's recipient.

use std::{fs, path::Path};

use anyhow::ensure;
use journeys::{PASSWORD, Room};
use model::ProviderType;
use serde_json::Value;

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
};

const PASSPHRASE: &str = "quilt-orbit-lantern-plover-vex-saddle";

#[tokio::test(flavor = "multi_thread")]
async fn configurations_go_to_another_vault_and_come_back_by_day() -> anyhow::Result<()> {
    journey(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn configurations_go_to_another_vault_and_come_back_by_night() -> anyhow::Result<()> {
    journey(Theme::Dark).await
}

async fn journey(theme: Theme) -> anyhow::Result<()> {
    let room = Room::open().await;
    let form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    room.add(&form, Some("test-openai-key-0001")).await;
    let form = room.form(ProviderType::Claude, "claude-opus-5-5");
    room.add(&form, Some("test-claude-key-0001")).await;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let stage = Stage::open(&folder, theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        settings(page).await?;
        page.click("#make-recipient").await?;
        ensure!(page.text("#recipient").await?.starts_with("age1"), "there is no recipient");
        look(page, theme, "share").await?;
        export(page, theme).await?;
        import(page, theme, &written(&folder)?).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, theme, "share-failed", 0).await?;
    }
    done?;
    stage.close().await
}

async fn settings(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    page.click(".set-n a[href='#sharing']").await?;
    page.until("document.querySelector('#sharing').scrollIntoView({ block: 'start' }); return true").await
}

async fn export(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#export-providers").await?;
    page.find("#confirm-export[disabled]").await?;
    page.click("#share-all").await?;
    page.fill("#new-password", PASSPHRASE).await?;
    page.fill("#repeat-password", PASSPHRASE).await?;
    page.find("#confirm-export:not([disabled])").await?;
    look(page, theme, "share-export").await?;
    page.click("#confirm-export").await?;
    page.gone("#export-form").await?;
    page.find(".toast").await?;
    dismiss(page).await
}

/// The file that was written, where downloads go.
fn written(folder: &Path) -> anyhow::Result<String> {
    let mut files: Vec<_> = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "age") {
                files.push(path);
            }
        }
    }
    ensure!(files.len() == 1, "there are {} files", files.len());
    let text = fs::read_to_string(&files[0])?;
    ensure!(text.starts_with("-----BEGIN AGE ENCRYPTED FILE-----"), "it is not sealed");
    Ok(text)
}

async fn choose(page: Page<'_>, name: &str, text: &str) -> anyhow::Result<()> {
    page.find("#shared-file:not([disabled])").await?;
    let script = format!(
        "const field = document.querySelector('#shared-file'), files = new DataTransfer();
         files.items.add(new File([{}], {}));
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        Value::from(text),
        Value::from(name)
    );
    page.run(&script).await.map(drop)
}

async fn import(page: Page<'_>, theme: Theme, file: &str) -> anyhow::Result<()> {
    page.click("#import-shared").await?;
    page.find("[data-step='choosing']").await?;
    choose(page, "other.age", "no file of age").await?;
    page.find("#shared-refused .note").await?;
    look(page, theme, "share-import-refused").await?;
    choose(page, "signalbox-providers.age", file).await?;
    page.until("return document.querySelector('#shared-refused')?.textContent.includes('passphrase')")
        .await?;
    page.fill("#shared-passphrase", "not the passphrase").await?;
    page.click("#confirm-shared").await?;
    page.until("return document.querySelector('#shared-refused')?.textContent.includes('did not open')")
        .await?;
    look(page, theme, "share-import-passphrase").await?;
    page.fill("#shared-passphrase", PASSPHRASE).await?;
    page.click("#confirm-shared").await?;
    page.find("[data-step='ready']").await?;
    // Both are here already, so nothing would be imported.
    page.find("#confirm-shared[disabled]").await?;
    page.run(
        "const field = document.querySelector(\"[data-entry='OpenAI one'] select\");
         field.selectedIndex = 1;
         field.dispatchEvent(new Event('change', { bubbles: true }));",
    )
    .await?;
    page.find("#confirm-shared:not([disabled])").await?;
    ensure!(page.text("#confirm-shared").await?.contains('1'), "the button does not say how many");
    look(page, theme, "share-import").await?;
    page.click("#confirm-shared").await?;
    page.gone("#shared-form").await?;
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await?;
    page.until("return document.body.textContent.includes('OpenAI one copy')").await?;
    page.click(".toast [data-action='undo']").await?;
    page.until("return !document.body.textContent.includes('OpenAI one copy')").await
}

async fn dismiss(page: Page<'_>) -> anyhow::Result<()> {
    page.until(
        "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
                return document.querySelector('.toast') === null",
    )
    .await
}
