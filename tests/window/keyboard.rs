//! Everything by keyboard alone: real keys of the X server, from one page to the next and from an example to its providers. What
//! has the focus is asked of the page, and never set.

use anyhow::{bail, ensure};
use desk::{Folders, sample::Sample};
use journeys::{PASSWORD, Room};
use model::ProviderType;
use serde_json::Value;
use simulator::Simulator;

use crate::{
    look::picture,
    page::Page,
    stage::{Stage, Theme},
    x_keys::Keyboard,
};

/// Calls of the demo vault: enough for every page to show something.
const CALLS: u64 = 500;
/// More than any page has to pass.
const MOST_TABS: usize = 120;
/// Anything of the page that can be used, but what is typed into: there, letters are text and lead to no page.
const ANY: &str = "#main button, #main a";

/// A page: its name, the letter after G, what is used of it, and what comes of that; nothing where it only takes the focus.
const PAGES: [(&str, &str, &str, Option<&str>); 11] = [
    ("routing", "r", ANY, None),
    ("playground", "l", "#saved-prompts", None),
    ("usage", "u", ANY, None),
    ("health", "h", "#check-all", None),
    ("budgets", "m", "#new-budget, #first-budget", Some("#budget-dialog")),
    ("insights", "i", ANY, None),
    ("bundles", "b", "#add-server", Some("#look-at-server")),
    ("sync", "y", "#connect-server", Some("#save-remote")),
    ("history", "a", "#verify", None),
    ("settings", "s", ANY, None),
    ("providers", "p", "#add-provider", Some("#drawer-body")),
];

#[tokio::test(flavor = "multi_thread")]
async fn every_page_is_reached_by_letters_and_by_the_palette_and_used_by_keyboard_alone() -> anyhow::Result<()>
{
    let folder = tempfile::tempdir()?;
    let nowhere = |kind| (kind, "http://127.0.0.1:9/v1".to_owned());
    let sample = Sample { base_urls: ProviderType::ALL.into_iter().map(nowhere).collect(), bulk: None };
    let password = sample.fill_with(Folders::under(folder.path().to_owned()), CALLS).await?;
    let stage = Stage::open(folder.path(), Theme::Light).await?;
    let page = stage.page();
    let done = async {
        page.unlock(password).await?;
        let keyboard = Keyboard::of(&stage.display)?;
        let links = "return [...document.querySelectorAll('a[data-go]')].map(link => link.dataset.go)";
        let links: Vec<String> = serde_json::from_value(page.run(links).await?)?;
        let known = PAGES.map(|(name, ..)| name);
        ensure!(
            links.iter().all(|link| known.contains(&link.as_str())),
            "no keys are known for all of {links:?}"
        );
        for (name, letter, used, opened) in PAGES {
            keyboard.type_in("g")?;
            keyboard.type_in(letter)?;
            page.screen(name).await?;
            tab_to(page, &keyboard, used).await?;
            let Some(opened) = opened else { continue };
            keyboard.enter()?;
            page.find(opened).await?;
            keyboard.escape()?;
            page.gone(opened).await?;
        }
        for (name, ..) in PAGES {
            keyboard.with_control('k')?;
            page.find("#palette-search:focus").await?;
            keyboard.type_in(&format!("go {name}"))?;
            page.until("return document.querySelector('#entry-0[aria-selected=\"true\"]') !== null").await?;
            keyboard.enter()?;
            page.screen(name).await?;
            page.gone("#palette-search").await?;
        }
        anyhow::Ok(())
    };
    let done = done.await;
    finish(stage, "keyboard-pages-failed", done).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_example_is_set_up_and_taken_back_by_keyboard_alone() -> anyhow::Result<()> {
    let (simulator, data) = Room::open().await.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), Theme::Dark).await?;
    let page = stage.page();
    let done = async {
        page.screen("unlock").await?;
        page.find("#unlock-password:focus").await?;
        let keyboard = Keyboard::of(&stage.display)?;
        keyboard.type_in(PASSWORD)?;
        keyboard.enter()?;
        page.screen("providers").await?;
        for example in ["production", "development", "budget"] {
            set_up(page, &keyboard, &simulator, example).await?;
        }
        anyhow::Ok(())
    };
    let done = done.await;
    finish(stage, "keyboard-examples-failed", done).await
}

async fn set_up(
    page: Page<'_>,
    keyboard: &Keyboard,
    simulator: &Simulator,
    example: &str,
) -> anyhow::Result<()> {
    tab_to(page, keyboard, &format!("[data-set-up='{example}']")).await?;
    keyboard.enter()?;
    page.find("#set-up-form[data-step='ready']").await?;
    let vendors =
        "return [...document.querySelectorAll('#set-up-entries li')].map(entry => entry.dataset.vendor)";
    let entries: Vec<String> = serde_json::from_value(page.run(vendors).await?)?;
    ensure!(!entries.is_empty(), "{example} makes nothing");
    let mut vendors = entries.clone();
    vendors.sort();
    vendors.dedup();
    // In the order of the fields, which is that of the entries.
    vendors.sort_by_key(|vendor| entries.iter().position(|entry| entry == vendor));
    for vendor in &vendors {
        let kind = ProviderType::ALL.into_iter().find(|kind| kind.as_str() == vendor);
        let Some(kind) = kind else { bail!("no vendor is called {vendor}") };
        tab_to(page, keyboard, &format!("#set-up-key-{vendor}")).await?;
        keyboard.type_in(&format!("test-{vendor}-key-0001"))?;
        tab_to(page, keyboard, &format!("details:has(#set-up-address-{vendor}) > summary")).await?;
        keyboard.enter()?;
        tab_to(page, keyboard, &format!("#set-up-address-{vendor}")).await?;
        keyboard.type_in(&simulator.base_url(kind))?;
    }
    tab_to(page, keyboard, "#confirm-set-up").await?;
    keyboard.enter()?;
    page.until(&format!(
        "return document.querySelectorAll('tr[data-provider-id]').length === {}",
        entries.len()
    ))
    .await?;
    page.find(".toast [data-action='undo']").await?;
    keyboard.with_control('z')?;
    page.find("#empty-list").await.map(drop)
}

/// Presses Tab until what is asked for has the focus. Each press moves it.
async fn tab_to(page: Page<'_>, keyboard: &Keyboard, css: &str) -> anyhow::Result<()> {
    let there = format!("return document.activeElement?.matches({}) === true", Value::from(css));
    for _ in 0..MOST_TABS {
        if page.run(&there).await? == true {
            return Ok(());
        }
        page.run("window.left = document.activeElement").await?;
        keyboard.tab()?;
        page.until("return document.activeElement !== window.left").await?;
    }
    bail!("Tab does not reach {css}")
}

async fn finish(stage: Stage, name: &str, done: anyhow::Result<()>) -> anyhow::Result<()> {
    if done.is_err() {
        picture(stage.page(), Theme::Light, name, 0).await?;
    }
    done?;
    stage.close().await
}
