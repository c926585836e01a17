//! Everything by keyboard alone: real keys of the X server, from a first run to a provider, from one page to the next with an act on
//! each, and from an example to its providers. What has the focus is asked of the page, and never set.

use anyhow::{Context as _, bail, ensure};
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

/// The pages and the letter after G that leads to each.
const PAGES: [(&str, &str); 11] = [
    ("routing", "r"),
    ("playground", "l"),
    ("usage", "u"),
    ("health", "h"),
    ("budgets", "m"),
    ("insights", "i"),
    ("bundles", "b"),
    ("sync", "y"),
    ("history", "a"),
    ("settings", "s"),
    ("providers", "p"),
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
        let known = PAGES.map(|(name, _)| name);
        ensure!(
            links.iter().all(|link| known.contains(&link.as_str())),
            "no keys are known for all of {links:?}"
        );
        for (name, letter) in PAGES {
            keyboard.type_in("g")?;
            keyboard.type_in(letter)?;
            page.screen(name).await?;
            use_page(page, &keyboard, name).await.with_context(|| format!("on the page {name}"))?;
        }
        for (name, _) in PAGES {
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

/// One act of the page, from the first Tab to what comes of it.
async fn use_page(page: Page<'_>, keyboard: &Keyboard, name: &str) -> anyhow::Result<()> {
    match name {
        "routing" => move_in_a_chain(page, keyboard).await,
        "playground" => ask_everyone(page, keyboard).await,
        "usage" => look_at_calls(page, keyboard).await,
        "health" => probe(page, keyboard).await,
        "budgets" => make_a_budget(page, keyboard).await,
        "insights" => follow_an_insight(page, keyboard).await,
        "bundles" => make_a_key(page, keyboard).await,
        "sync" => test_a_server(page, keyboard).await,
        "history" => search_in_history(page, keyboard).await,
        "settings" => switch_single_keys(page, keyboard).await,
        "providers" => see_what_one_costs(page, keyboard).await,
        other => bail!("nothing is done on the page {other}"),
    }
}

/// A node is lifted, moved and dropped, the routes are saved, and all of it is taken back.
async fn move_in_a_chain(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    let long = "return [...document.querySelectorAll('.chain')].find(one => one.querySelectorAll('[data-at]').length > 1)?.dataset.task";
    let task: String = serde_json::from_value(page.run(long).await?)?;
    let order = format!(
        "[...document.querySelectorAll('[data-task=\"{task}\"] [data-at]')].map(one => one.dataset.providerId).join()"
    );
    let before = page.run(&format!("return {order}")).await?;
    tab_to(page, keyboard, &format!("[data-task='{task}'] [data-at='0']")).await?;
    keyboard.type_in(" ")?;
    page.find(&format!("[data-task='{task}'] .node.drag")).await?;
    keyboard.right()?;
    keyboard.type_in(" ")?;
    page.gone(".node.drag").await?;
    ensure!(page.run(&format!("return {order}")).await? != before, "the node did not move");
    page.find("#save-routes:not([disabled])").await?;
    keyboard.with_control('s')?;
    page.find("#save-routes:disabled").await?;
    page.find(".toast [data-action='undo']").await?;
    keyboard.with_control('z')?;
    page.until(&format!("return {order} === {before}")).await
}

/// Every column is asked, and says what came of it: nobody answers at these addresses.
async fn ask_everyone(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    tab_to(page, keyboard, "#prompt").await?;
    keyboard.type_in("Say hello")?;
    page.find("#run-all:not([disabled])").await?;
    keyboard.control_enter()?;
    page.find(".pg-c[data-run='failed']").await?;
    page.gone(".pg-c[data-run='running']").await?;
    // Letters are text in a field; the next page is reached from elsewhere.
    tab_to(page, keyboard, "#run-all").await
}

async fn look_at_calls(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    tab_to(page, keyboard, "#show-all-calls").await?;
    keyboard.enter()?;
    page.find("#calls-behind:focus").await?;
    page.find("#calls tbody tr").await?;
    tab_to(page, keyboard, "#back-to-charts").await?;
    keyboard.enter()?;
    page.gone("#calls-behind").await?;
    page.find("#show-all-calls:focus").await.map(drop)
}

/// A round of probes ends later than the one before, if there was one.
async fn probe(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    let last = async || {
        let ask = "new TextDecoder().decode(await window.__TAURI_INTERNALS__.invoke('view_health', new TextEncoder().encode('{}')))";
        let reply = page.promise(ask).await?;
        let view: Value = serde_json::from_str(reply["ok"].as_str().unwrap_or_default())?;
        anyhow::Ok(view["probed_at"].as_i64())
    };
    let before = last().await?;
    tab_to(page, keyboard, "#check-all").await?;
    keyboard.enter()?;
    while last().await? == before {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
    }
    page.find("#check-all:not([disabled])").await.map(drop)
}

/// A budget is made, and taken back again.
async fn make_a_budget(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    let count = "document.querySelectorAll('[data-budget-id]').length";
    let before = page.run(&format!("return {count}")).await?;
    tab_to(page, keyboard, "#new-budget, #first-budget").await?;
    keyboard.enter()?;
    page.find("#budget-dialog").await?;
    tab_to(page, keyboard, "#budget-period [tabindex='0']").await?;
    keyboard.right()?;
    page.find("#budget-period button:nth-child(2)[aria-checked='true']").await?;
    tab_to(page, keyboard, "#budget-amount").await?;
    keyboard.type_in("12.50")?;
    keyboard.enter()?;
    page.gone("#budget-dialog").await?;
    page.until(&format!("return {count} === {before} + 1")).await?;
    page.find(".toast [data-action='undo']").await?;
    keyboard.with_control('z')?;
    page.until(&format!("return {count} === {before}")).await
}

/// What stands out leads to where it is changed.
async fn follow_an_insight(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    tab_to(page, keyboard, "#main li button").await?;
    keyboard.enter()?;
    let led =
        "document.body.dataset.screen !== 'insights' || document.querySelector('[role=\"dialog\"]') !== null";
    page.until(&format!("return {led}")).await?;
    if page.run("return document.querySelector('[role=\"dialog\"]') !== null").await? == true {
        keyboard.escape()?;
        page.gone("[role='dialog']").await?;
    }
    Ok(())
}

async fn make_a_key(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    tab_to(page, keyboard, "#make-key").await?;
    keyboard.enter()?;
    page.find("#key-fingerprint").await?;
    tab_to(page, keyboard, "#add-server").await?;
    keyboard.enter()?;
    page.find("#look-at-server").await?;
    keyboard.escape()?;
    page.gone("#look-at-server").await
}

/// A dialog is left while its button works and so cannot have the focus; and a server that is not there is said to be not there.
async fn test_a_server(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    let silent = std::net::TcpListener::bind("127.0.0.1:0")?;
    ask_a_server(page, keyboard, &format!("http://{}", silent.local_addr()?)).await?;
    page.until(
        "return document.querySelector('#test-remote').disabled && document.activeElement === document.body",
    )
    .await?;
    keyboard.escape()?;
    page.gone("#save-remote").await?;
    ask_a_server(page, keyboard, "http://127.0.0.1:9").await?;
    page.find("#probed .note.danger").await?;
    keyboard.escape()?;
    page.gone("#save-remote").await
}

async fn ask_a_server(page: Page<'_>, keyboard: &Keyboard, address: &str) -> anyhow::Result<()> {
    tab_to(page, keyboard, "#connect-server").await?;
    keyboard.enter()?;
    page.find("#save-remote").await?;
    tab_to(page, keyboard, "#remote-address").await?;
    keyboard.type_in(address)?;
    tab_to(page, keyboard, "#test-remote").await?;
    keyboard.enter()
}

async fn search_in_history(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    page.find("#history [data-entry]").await?;
    keyboard.type_in("/")?;
    page.find("#search:focus").await?;
    keyboard.type_in("nobody did this")?;
    page.find("#no-history").await?;
    keyboard.tab()?;
    Ok(())
}

/// Letters do nothing by themselves while that is switched off, and what Ctrl is held for goes on.
async fn switch_single_keys(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    tab_to(page, keyboard, "#single-keys").await?;
    keyboard.type_in(" ")?;
    page.until("return document.documentElement.dataset.keys === 'no-single'").await?;
    keyboard.type_in("gp?")?;
    keyboard.with_control('k')?;
    page.find("#palette-search:focus").await?;
    ensure!(
        page.run("return document.body.dataset.screen").await? == "settings",
        "letters still lead to another page"
    );
    keyboard.escape()?;
    page.gone("#palette-search").await?;
    page.find("#single-keys:focus").await?;
    lose_the_focus_early(page, keyboard).await?;
    keyboard.type_in(" ")?;
    page.until("return document.documentElement.dataset.keys === 'all'").await
}

/// On a slow machine the page beneath a layer is painted, and without the focus, before the layer has been told of its own
/// beginning. The focus comes back all the same.
async fn lose_the_focus_early(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    page.run("document.querySelector('.app').inert = true").await?;
    page.until("return document.activeElement === document.body").await?;
    keyboard.with_control('k')?;
    page.find("#palette-search:focus").await?;
    keyboard.escape()?;
    page.gone("#palette-search").await?;
    page.find("#single-keys:focus").await.map(drop)
}

/// S shows what the row with the focus was used for; E opens its form.
async fn see_what_one_costs(page: Page<'_>, keyboard: &Keyboard) -> anyhow::Result<()> {
    keyboard.down()?;
    page.find("tr[data-provider-id]:focus").await?;
    keyboard.type_in("s")?;
    page.screen("usage").await?;
    page.find("#usage-filters [data-filter='provider'].on").await?;
    keyboard.type_in("gp")?;
    page.screen("providers").await?;
    keyboard.down()?;
    page.find("tr[data-provider-id]:focus").await?;
    keyboard.type_in("e")?;
    page.find("#drawer-body").await?;
    keyboard.escape()?;
    page.gone("#drawer-body").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_run_ends_in_a_tested_provider_by_keyboard_alone() -> anyhow::Result<()> {
    let (simulator, folder) = (Simulator::start().await?, tempfile::tempdir()?);
    let address = simulator.base_url(ProviderType::OpenAiCompatible);
    let stage = Stage::open(folder.path(), Theme::Light).await?;
    let page = stage.page();
    let done = async {
        page.screen("create").await?;
        let keyboard = Keyboard::of(&stage.display)?;
        tab_to(page, &keyboard, "#create-password").await?;
        keyboard.type_in(PASSWORD)?;
        tab_to(page, &keyboard, "#repeat-password").await?;
        keyboard.type_in(PASSWORD)?;
        page.find("#create-vault:not([disabled])").await?;
        keyboard.enter()?;
        page.find("#kit-offer").await?;
        tab_to(page, &keyboard, "#kit-later").await?;
        keyboard.enter()?;
        page.screen("providers").await?;
        tab_to(page, &keyboard, "#first-provider").await?;
        keyboard.enter()?;
        page.find("#first-form").await?;
        tab_to(page, &keyboard, "#first-key").await?;
        keyboard.type_in("test-compatible-key-0001")?;
        tab_to(page, &keyboard, "#first-vendor [tabindex='0']").await?;
        let last = "return document.activeElement?.matches('#first-vendor button:nth-child(4)[aria-checked=\"true\"]') === true";
        let chosen = "document.querySelector('#first-vendor [aria-checked=\"true\"]')";
        for _ in 0..ProviderType::ALL.len() {
            if page.run(last).await? == true {
                break;
            }
            // The first press chooses where nothing is chosen yet, and the focus stays there.
            page.run(&format!("window.left = {chosen}")).await?;
            keyboard.right()?;
            page.until(&format!("return {chosen} !== window.left")).await?;
        }
        page.until(last).await?;
        tab_to(page, &keyboard, "#first-address").await?;
        keyboard.type_in(&address)?;
        tab_to(page, &keyboard, "#model-name").await?;
        keyboard.type_in("qwen3:8b")?;
        page.find("#first-save:not([disabled])").await?;
        tab_to(page, &keyboard, "#first-save").await?;
        keyboard.enter()?;
        page.find("#first-form[data-step='done']").await?;
        tab_to(page, &keyboard, "#first-close").await?;
        keyboard.enter()?;
        page.find("tr[data-provider-id] [data-cell='status'] .badge.acc").await?;
        page.find("tr[data-provider-id] [data-cell='last-test'] .st.ok").await?;
        ensure!(!simulator.journal().is_empty(), "nobody was asked whether the key is good");
        anyhow::Ok(())
    };
    let done = done.await;
    finish(stage, "keyboard-first-run-failed", done).await
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
