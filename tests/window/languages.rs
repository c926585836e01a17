//! The window in three languages: chosen in the settings, it speaks at once and at the next start; and no text is cut in the
//! smallest window, in none of them.

use std::{fs, path::Path};

use anyhow::{Context as _, ensure};
use desk::{Folders, sample::Sample};
use fantoccini::key::Key;
use journeys::{PASSWORD, Room};
use model::{ProviderType, program::Language};
use serde_json::{Value, json};

use crate::{
    look::{cut, look_with, picture},
    page::Page,
    stage::{Stage, Theme},
};

/// Calls of the demo vault: enough for every chart.
const CALLS: u64 = 2_000;

/// What lies over the list: its name, what is clicked to open it, and what takes a key once it is there.
const LAYERS: [(&str, &[&str], &str); 5] = [
    ("drawer", &["#add-provider"], "#model-name"),
    ("first", &["#add-more", "[role='menuitem'][data-action='first']"], "#first-key"),
    ("set-up", &["#add-more", "[role='menuitem'][data-action='production']"], "#set-up-key-gemini"),
    ("palette", &["#open-palette"], "#palette-search"),
    ("help", &["#open-help"], "#close-shortcuts"),
];

/// The dialogs of the pages: where each is, its name, what is clicked to open it, and what takes a key once it is there. None that
/// is left by Escape does anything.
const DIALOGS: [(&str, &str, &str, &str); 9] = [
    ("budgets", "budget", "#new-budget", "#save-budget"),
    ("bundles", "bundle", "#export-bundle", "#cancel-export"),
    ("settings", "password", "#change-password", "#cancel-password"),
    ("settings", "kit", "#make-kit", "#cancel-kit"),
    ("settings", "vault-key", "#replace-key", "#cancel-rotation"),
    ("settings", "quota", "#new-quota", "#save-quota"),
    ("settings", "import-usage", "#import-usage", "#cancel-import"),
    ("settings", "share", "#export-providers", "#cancel-export"),
    ("sync", "remote", "#connect-server", "#cancel-remote"),
];

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_cut_in_english_by_day() -> anyhow::Result<()> {
    looked_over(Language::English, Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_cut_in_english_by_night() -> anyhow::Result<()> {
    looked_over(Language::English, Theme::Dark).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_cut_in_german() -> anyhow::Result<()> {
    looked_over(Language::German, Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn no_text_is_cut_in_chinese() -> anyhow::Result<()> {
    looked_over(Language::Chinese, Theme::Light).await
}

async fn looked_over(language: Language, theme: Theme) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let folders = Folders::under(folder.path().to_owned());
    let sample = Sample { base_urls: ProviderType::ALL.into_iter().map(nowhere).collect(), bulk: None };
    let password = sample.fill_with(folders, CALLS).await?;
    set(folder.path(), language)?;
    let stage = Stage::open(folder.path(), theme).await?;
    let page = stage.page();
    let done = every_page(page, (language, theme), password).await;
    if done.is_err() {
        picture(page, theme, &format!("language-{}-failed", language.tag()), 0).await?;
    }
    done?;
    stage.close().await
}

/// Nobody is asked here.
fn nowhere(kind: ProviderType) -> (ProviderType, String) {
    (kind, "http://127.0.0.1:9/v1".to_owned())
}

fn set(folder: &Path, language: Language) -> anyhow::Result<()> {
    let settings = json!({ "language": language.tag() }).to_string();
    fs::write(folder.join("settings.json"), settings).context("the settings cannot be written")
}

async fn every_page(page: Page<'_>, spoken: (Language, Theme), password: &str) -> anyhow::Result<()> {
    let (language, _) = spoken;
    page.screen("unlock").await?;
    page.until(&format!("return document.documentElement.lang === '{}'", language.tag())).await?;
    let mut cut = vec![seen(page, spoken, "unlock").await?];
    page.unlock(password).await?;
    cut.push(seen(page, spoken, "providers").await?);
    for (name, open, there) in LAYERS {
        for clicked in open {
            page.click(clicked).await?;
        }
        page.find(there).await?;
        cut.push(seen(page, spoken, name).await?);
        page.press(there, Key::Escape).await?;
        page.gone(there).await?;
    }
    for name in places(page).await? {
        page.click(&format!("a[data-go='{name}']")).await?;
        page.screen(&name).await?;
        if name == "settings" {
            page.find("#appearance-card").await?;
        }
        cut.push(seen(page, spoken, &name).await?);
        for (_, dialog, open, there) in DIALOGS.into_iter().filter(|(place, ..)| *place == name) {
            page.click(open).await?;
            page.find(there).await?;
            cut.push(seen(page, spoken, dialog).await?);
            page.press(there, Key::Escape).await?;
            page.gone(there).await?;
        }
    }
    let cut: String = cut.concat();
    ensure!(cut.is_empty(), "in {language:?} these are cut:\n{cut}");
    Ok(())
}

/// All pages, as the sidebar has them.
async fn places(page: Page<'_>) -> anyhow::Result<Vec<String>> {
    let links =
        page.run("return [...document.querySelectorAll('a[data-go]')].map(link => link.dataset.go)").await?;
    let places: Vec<String> = serde_json::from_value(links)?;
    ensure!(places.len() > 10, "only these pages: {places:?}");
    Ok(places)
}

/// A picture, axe-core's judgement, and what is cut.
async fn seen(page: Page<'_>, (language, theme): (Language, Theme), name: &str) -> anyhow::Result<String> {
    let cut = async |page: Page<'_>| {
        let found = cut(page).await?;
        anyhow::Ok(found.iter().map(|one| format!("  {name}: {one}\n")).collect::<String>())
    };
    // Longer words have more columns in a wider window, too; Chinese ones are short.
    let both = language != Language::Chinese;
    let cut = look_with(page, theme, &format!("language-{}-{name}", language.tag()), both, cut).await?;
    Ok(cut.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_something_around_it_cuts_is_noticed() -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let stage = Stage::open(folder.path(), Theme::Light).await?;
    let page = stage.page();
    page.screen("create").await?;
    ensure!(cut(page).await?.is_empty(), "something is cut already");
    let narrow = "const [outer, inner] = ['div', 'div'].map(name => document.createElement(name));
         inner.textContent = 'A sentence that is longer than its place';
         Object.assign(inner.style, { width: '400px' });
         Object.assign(outer.style, { width: '90px', overflow: 'hidden' });
         outer.append(inner);
         document.querySelector('#page').append(outer)";
    page.run(narrow).await?;
    let found = cut(page).await?;
    ensure!(found.len() == 1 && found[0].contains("longer than its place"), "found {found:?}");
    page.run("document.querySelector('#page').lastElementChild.style.overflow = 'auto'").await?;
    ensure!(cut(page).await?.is_empty(), "what can be scrolled is not cut");
    stage.close().await
}

#[tokio::test(flavor = "multi_thread")]
async fn another_language_is_spoken_at_once_and_at_the_next_start() -> anyhow::Result<()> {
    let room = Room::open().await;
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let (_simulator, data) = room.leave().await;
    let folder = data.path().join(Room::FOLDER);
    let stage = Stage::open(&folder, Theme::Light).await?;
    let page = stage.page();
    let done = chosen(page).await;
    if done.is_err() {
        picture(page, Theme::Light, "language-choice-failed", 0).await?;
    }
    done?;
    stage.close().await?;
    let stage = Stage::open(&folder, Theme::Light).await?;
    let page = stage.page();
    page.screen("unlock").await?;
    ensure!(page.text("#unlock").await? == "Entsperren", "the lock screen speaks no German");
    page.try_password("not this one at all").await?;
    page.until("return document.body.textContent.includes('Dieses Passwort hat den Tresor nicht geöffnet')")
        .await?;
    stage.close().await
}

async fn chosen(page: Page<'_>) -> anyhow::Result<()> {
    page.unlock(PASSWORD).await?;
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    select(page, "de").await?;
    page.until(
        "return document.documentElement.lang === 'de' && document.title === 'Einstellungen · Signalbox'",
    )
    .await?;
    page.until("return document.activeElement?.id === 'language'").await?;
    ensure!(page.text("#appearance h2").await? == "Darstellung", "the section is not in German");
    ensure!(page.text("a[data-go='usage']").await?.contains("Nutzung"), "the sidebar is not in German");
    // By keyboard, as a link of the page: nothing was loaded anew, so the vault is open.
    page.press("a[data-go='providers']", Key::Enter).await?;
    page.screen("providers").await?;
    ensure!(page.text(".top h1").await? == "Anbieter", "the list is not in German");
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    select(page, "zh-CN").await?;
    page.until("return document.documentElement.lang === 'zh-CN' && document.title === '设置 · Signalbox'")
        .await?;
    select(page, "de").await?;
    page.until("return document.title === 'Einstellungen · Signalbox'").await
}

async fn select(page: Page<'_>, tag: &str) -> anyhow::Result<()> {
    page.find("#language").await?;
    let script = format!(
        "const list = document.querySelector('#language'); list.value = {};
         list.dispatchEvent(new Event('change', {{ bubbles: true }})); return list.value",
        Value::from(tag)
    );
    ensure!(page.run(&script).await? == tag, "there is no {tag}");
    Ok(())
}
