//! What opens the vault, in the window: another password, attempts told, a kit that is made and used, a keyring that is
//! not there, a new vault key.

use anyhow::ensure;
use journeys::{PASSWORD, Room};
use model::ProviderType;

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
};

const NEW: &str = "brisk-copper-meadow-violin-harbor-dusk";
const THIRD: &str = "walnut-ferry-canyon-piano-thistle-ember";

#[tokio::test(flavor = "multi_thread")]
async fn password_kit_and_key_are_changed_by_day() -> anyhow::Result<()> {
    security(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn password_kit_and_key_are_changed_by_night() -> anyhow::Result<()> {
    security(Theme::Dark).await
}

async fn security(theme: Theme) -> anyhow::Result<()> {
    let room = Room::open().await;
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let stage = Stage::open(&folder, theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        change_password(page, theme).await?;
        attempts_are_told(page, theme).await?;
        make_kit(page, theme, "recovery-kit").await?;
        no_keyring(page).await?;
        let words = replace_key(page, theme).await?;
        recover(page, theme, &words).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, theme, "security-failed", 0).await?;
    }
    done?;
    stage.close().await
}

async fn settings(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    page.find("#security-card").await.map(drop)
}

async fn change_password(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    settings(page).await?;
    look(page, theme, "settings-security").await?;
    page.click("#change-password").await?;
    page.fill("#current-password", THIRD).await?;
    page.fill("#new-password", NEW).await?;
    page.fill("#repeat-password", NEW).await?;
    page.click("#confirm-password").await?;
    page.find("#password-refused [role='alert']").await?;
    look(page, theme, "change-password").await?;
    page.fill("#current-password", PASSWORD).await?;
    page.click("#confirm-password").await?;
    page.gone(".dialog").await?;
    page.until("return document.querySelector('.toast').textContent.includes('password is changed')").await
}

async fn attempts_are_told(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#lock-now").await?;
    page.try_password(PASSWORD).await?;
    page.find("#unlock-error").await?;
    page.unlock(NEW).await?;
    // The wrong current password of the dialog, and the old password on the lock screen.
    page.until(
        "return [...document.querySelectorAll('.toast')].some(one => one.textContent.includes('2 failed attempts'))",
    )
    .await?;
    look(page, theme, "attempts-told").await?;
    page.click(".toast [data-action=dismiss]").await
}

/// Makes a kit from the settings, and returns its words.
async fn make_kit(page: Page<'_>, theme: Theme, name: &str) -> anyhow::Result<String> {
    settings(page).await?;
    page.click("#make-kit").await?;
    page.find("#confirm-kit").await?;
    picture(page, theme, &format!("{name}-asked"), 0).await?;
    page.click("#confirm-kit").await?;
    kept(page, theme, name).await?;
    let words = words(page).await?;
    check_copy(page, &words).await?;
    page.click("#kit-done").await?;
    page.gone(".dialog").await?;
    Ok(words)
}

/// The words are shown, a page to print is written, and there is no way on without a copy.
async fn kept(page: Page<'_>, theme: Theme, name: &str) -> anyhow::Result<()> {
    page.click("#save-kit").await?;
    page.find("#kit-saved").await?;
    look(page, theme, name).await
}

async fn words(page: Page<'_>) -> anyhow::Result<String> {
    let words = "return [...document.querySelectorAll('.kit-w li')].map(one => one.textContent).join(' ')";
    let words = page.run(words).await?.as_str().unwrap_or_default().to_owned();
    ensure!(words.split(' ').count() == 24, "there are {} words", words.split(' ').count());
    Ok(words)
}

/// Types the two words that are asked for; a wrong one first.
pub async fn check_copy(page: Page<'_>, words: &str) -> anyhow::Result<()> {
    page.click("#kit-check").await?;
    page.find("#kit-word-1").await?;
    ensure!(
        page.run("return document.querySelector('.kit-w') === null").await? == true,
        "the words are still shown"
    );
    let words: Vec<&str> = words.split(' ').collect();
    for at in [1, 2] {
        let label = page.text(&format!("label[for='kit-word-{at}']")).await?;
        let place: usize = label.trim_start_matches("Word ").parse()?;
        page.fill(&format!("#kit-word-{at}"), words[place - 1]).await?;
    }
    let second = page.run("return document.querySelector('#kit-word-2').value").await?;
    page.fill("#kit-word-2", "zzzz").await?;
    page.click("#kit-confirm").await?;
    page.find("#kit-refused [role='alert']").await?;
    page.fill("#kit-word-2", second.as_str().unwrap_or_default()).await?;
    page.click("#kit-confirm").await?;
    page.find("#kit-checked").await.map(drop)
}

/// The window of these tests has no bus, and so no keyring.
async fn no_keyring(page: Page<'_>) -> anyhow::Result<()> {
    page.click("#keyring-on").await?;
    page.find("#keyring-refused").await?;
    let said = page.text("#keyring-refused").await?;
    ensure!(said.contains("There is no system keyring"), "{said}");
    page.until("return !document.querySelector('#keyring-on').checked").await
}

async fn replace_key(page: Page<'_>, theme: Theme) -> anyhow::Result<String> {
    page.click("#replace-key").await?;
    page.fill("#rotate-password", NEW).await?;
    look(page, theme, "replace-key").await?;
    page.click("#confirm-rotation").await?;
    page.find("#rotate-void").await?;
    ensure!(page.text("#rotate-void").await?.contains("recovery kit is void"));
    look(page, theme, "key-replaced").await?;
    page.click("#kit-after-rotation").await?;
    page.click("#confirm-kit").await?;
    page.find("#save-kit").await?;
    let words = words(page).await?;
    check_copy(page, &words).await?;
    page.click("#kit-done").await?;
    page.gone(".dialog").await?;
    Ok(words)
}

async fn recover(page: Page<'_>, theme: Theme, words: &str) -> anyhow::Result<()> {
    page.click("#lock-now").await?;
    page.screen("unlock").await?;
    page.find("#use-kit").await?;
    look(page, theme, "unlock-with-kit").await?;
    page.click("#use-kit").await?;
    let slip = words.replacen(' ', " signalbox ", 1);
    page.fill("#kit-typed", &slip).await?;
    page.fill("#new-password", THIRD).await?;
    page.fill("#repeat-password", THIRD).await?;
    page.click("#confirm-recovery").await?;
    page.find("#recover-refused [role='alert']").await?;
    look(page, theme, "recover").await?;
    page.fill("#kit-typed", words).await?;
    page.click("#confirm-recovery").await?;
    page.find("#save-kit").await?;
    kept(page, theme, "recover-new-kit").await?;
    let new = self::words(page).await?;
    ensure!(new != words, "the same kit again");
    check_copy(page, &new).await?;
    page.click("#enter-vault").await?;
    page.screen("providers").await?;
    page.until("return document.querySelector('#main').textContent.includes('OpenAI one')").await?;
    page.click("#lock-now").await?;
    page.unlock(THIRD).await
}
