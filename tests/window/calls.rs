//! Real calls in the window: three vendors side by side, a chain by the keyboard, prices from a file; and the same pages
//! with the demo vault's data.

use std::collections::BTreeMap;

use anyhow::ensure;
use desk::{Folders, sample::Sample};
use fantoccini::key::Key;
use journeys::{PASSWORD, Room, share::trials};
use model::{Catalog, ProviderType};
use serde_json::{Value, json};
use simulator::{Fault, Simulator};

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
    try_routes::try_routes,
    usage::usage,
};

#[tokio::test(flavor = "multi_thread")]
async fn calls_chains_and_prices_are_made_in_the_window_by_day() -> anyhow::Result<()> {
    calls(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn calls_chains_and_prices_are_made_in_the_window_by_night() -> anyhow::Result<()> {
    calls(Theme::Dark).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_vaults_pages_are_sound_by_day() -> anyhow::Result<()> {
    demo(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_demo_vaults_pages_are_sound_by_night() -> anyhow::Result<()> {
    demo(Theme::Dark).await
}

async fn calls(theme: Theme) -> anyhow::Result<()> {
    let (room, chain) = Room::with_chain().await;
    // The first of the chain may be asked again, so that it is waited for.
    let mut form = room.form(ProviderType::OpenAi, "gpt-4o-mini");
    (form["tasks"], form["calls"]) = (json!(["extraction"]), json!({ "retries": 1 }));
    let existing = journeys::existing(&chain[0]);
    let edit = json!({ "existing": existing, "draft": form, "api_key": null, "remove_key": false, "save_anyway": false, "run": 1 });
    let saved = room.send("save_provider", edit).await;
    ensure!(saved.is_ok(), "{saved:?}");
    let (simulator, data) = room.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        side_by_side(page, theme, &simulator).await?;
        try_routes(page, theme).await?;
        a_wait(page, theme, &simulator).await?;
        by_keyboard(page, theme).await?;
        instructions(page, theme).await?;
        health(page, theme, &simulator).await?;
        prices(page, theme).await
    };
    ended(page, theme, done.await).await?;
    stage.close().await
}

async fn ended(page: Page<'_>, theme: Theme, done: anyhow::Result<()>) -> anyhow::Result<()> {
    if done.is_err() {
        picture(page, theme, "calls-failed", 0).await?;
    }
    done
}

/// Messages in the corner go by themselves after some seconds, and would lie over the next picture.
async fn without_messages(page: Page<'_>) -> anyhow::Result<()> {
    let close = "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
                 return document.querySelector('.toast') === null";
    page.until(close).await
}

pub async fn go(page: Page<'_>, name: &str) -> anyhow::Result<()> {
    page.click(&format!("a[data-go='{name}']")).await?;
    page.screen(name).await
}

fn column(place: usize) -> String {
    format!(".pg-cols > section:nth-of-type({place})")
}

/// Lets a column ask another one.
pub async fn ask(page: Page<'_>, place: usize, whom: &str) -> anyhow::Result<()> {
    page.click(&format!("{} [id^='more-']", column(place))).await?;
    page.click("[role^='menuitem'][data-action='choose']").await?;
    page.fill("[id^='target-'][role='combobox']", whom).await?;
    page.press("[id^='target-'][role='combobox']", Key::Enter).await?;
    page.gone("[id^='target-'][role='combobox']").await
}

/// Gemini and Claude are asked by name, and a task whose first provider, OpenAI, breaks off in the middle.
async fn side_by_side(page: Page<'_>, theme: Theme, simulator: &Simulator) -> anyhow::Result<()> {
    go(page, "playground").await?;
    page.find(&column(3)).await?;
    for (place, whom) in [(1, "Gemini one"), (2, "Claude one"), (3, "extraction")] {
        ask(page, place, whom).await?;
    }
    page.fill("#prompt", "Say in a few words what a signal box is.").await?;
    simulator.set_fault("gemini", Some(Fault::StreamStall));
    simulator.set_fault("openai", Some(Fault::StreamCut));
    page.click("#run-all").await?;
    page.find(&format!("{}[data-run='answered']", column(2))).await?;
    page.find(&format!("{}[data-run='answered']", column(3))).await?;
    let told = page.text(&column(3)).await?;
    ensure!(told.contains("OpenAI one failed") && told.contains("Claude one"), "no fallback is told: {told}");
    let growing = format!("{}[data-run='running'] .pg-o", column(1));
    ensure!(!page.text(&growing).await?.is_empty(), "nothing of the answer that still grows is shown");
    ensure!(page.is_enabled("#stop-all").await?, "what runs cannot be stopped");
    look(page, theme, "playground-streaming").await?;
    page.click(&format!("{} [data-action='stop']", column(1))).await?;
    page.find(&format!("{}[data-run='stopped']", column(1))).await?;
    simulator.set_fault("gemini", None);
    page.click("#run-all").await?;
    for place in 1..=3 {
        page.find(&format!("{}[data-run='answered']", column(place))).await?;
    }
    page.gone("#stop-all").await?;
    look(page, theme, "playground-answered").await
}

/// A vendor that asks to wait is waited for in sight, and the wait can be ended.
async fn a_wait(page: Page<'_>, theme: Theme, simulator: &Simulator) -> anyhow::Result<()> {
    ask(page, 1, "OpenAI one").await?;
    simulator.set_fault("openai", Some(Fault::RateLimit));
    page.click(&format!("{} [data-action='run']", column(1))).await?;
    page.find(&format!("{} [data-note='pause']", column(1))).await?;
    look(page, theme, "playground-waiting").await?;
    page.click(&format!("{} [data-action='stop']", column(1))).await?;
    page.find(&format!("{}[data-run='stopped']", column(1))).await?;
    simulator.set_fault("openai", None);
    Ok(())
}

const CHAIN: &str = "[data-task='extraction']";

async fn standing(page: Page<'_>) -> anyhow::Result<Vec<String>> {
    let names = "return [...document.querySelectorAll(\"[data-task='extraction'] .node b\")].map(one => one.textContent)";
    Ok(serde_json::from_value(page.run(names).await?)?)
}

async fn by_keyboard(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    go(page, "routing").await?;
    page.find(&format!("{CHAIN} [data-at='2']")).await?;
    ensure!(standing(page).await? == ["OpenAI one", "Claude one", "Gemini one"], "the chain is not as saved");
    let node = |at: usize| format!("{CHAIN} [data-at='{at}']");
    page.press(&node(0), Key::Space).await?;
    page.find(&format!("{CHAIN} .node.drag")).await?;
    page.press(&node(0), Key::Right).await?;
    page.press(&node(1), Key::Right).await?;
    let moved = ["Claude one", "Gemini one", "OpenAI one"];
    ensure!(standing(page).await? == moved, "the node did not move: {:?}", standing(page).await?);
    look(page, theme, "routing-lifted").await?;
    page.press(&node(2), Key::Escape).await?;
    page.gone(".node.drag").await?;
    ensure!(standing(page).await?[0] == "OpenAI one", "Escape does not put it back");
    page.press(&node(0), Key::Space).await?;
    page.press(&node(0), Key::Right).await?;
    page.press(&node(1), Key::Right).await?;
    page.press(&node(2), Key::Space).await?;
    page.gone(".node.drag").await?;
    page.click("#save-routes").await?;
    page.find("#save-routes:disabled").await?;
    go(page, "providers").await?;
    go(page, "routing").await?;
    page.find(&node(2)).await?;
    ensure!(standing(page).await? == moved, "the chain was not saved");
    Ok(())
}

async fn instructions(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    let field = "#instructions-extraction";
    page.click(&format!("{CHAIN} [data-action='settings']")).await?;
    let built_in = value(page, field).await?;
    ensure!(built_in.len() > 200, "the built-in instructions are not shown");
    let (save, back) = ("[data-action='save-prompt']", format!("{CHAIN} [data-action='built-in-prompt']"));
    // Saved routes can be taken back, too.
    let none_is_left =
        "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
        return document.querySelector('.toast') === null";
    page.until(none_is_left).await?;
    for undo in [true, false] {
        page.fill(field, "Only what the posting says.").await?;
        page.click(&format!("{CHAIN} {save}")).await?;
        page.find(&back).await?;
        if undo {
            page.click(".toast [data-action='undo']").await?;
            page.gone(&back).await?;
            ensure!(
                value(page, field).await? == built_in,
                "undo does not bring the built-in instructions back"
            );
        }
    }
    ensure!(page.run("return document.scrollingElement.scrollTop").await? == 0, "the window itself scrolls");
    look(page, theme, "routing-instructions").await?;
    page.click(&back).await?;
    page.gone(&back).await?;
    ensure!(value(page, field).await? == built_in, "the built-in instructions do not come back");
    Ok(())
}

async fn value(page: Page<'_>, css: &str) -> anyhow::Result<String> {
    page.find(css).await?;
    let read = page.run(&format!("return document.querySelector({}).value", Value::from(css))).await?;
    Ok(read.as_str().unwrap_or_default().to_owned())
}

/// As the system's own dialog does, which WebDriver cannot reach.
async fn choose_file(page: Page<'_>, text: &str) -> anyhow::Result<()> {
    page.find("#catalogue-file:not([disabled])").await?;
    let script = format!(
        "const field = document.querySelector('#catalogue-file'), files = new DataTransfer();
         files.items.add(new File([{}], 'prices.json', {{ type: 'application/json' }}));
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        Value::from(text)
    );
    page.run(&script).await.map(drop)
}

/// The bundled catalogue of another day, in which everything of OpenAI's costs ten times as much.
fn dearer() -> anyhow::Result<String> {
    let mut file = serde_json::to_value(Catalog::bundled()?)?;
    file["as_of"] = json!("2026-12-01");
    for model in file["models"].as_array_mut().into_iter().flatten() {
        if model["model_name"]
            .as_str()
            .is_some_and(|name| name.starts_with("claude") || name.starts_with("gpt-4o"))
        {
            (model["input_usd_per_mtok"], model["output_usd_per_mtok"]) = (json!("40"), json!("200"));
        }
    }
    Ok(file.to_string())
}

/// A row of the health table, in a script.
fn row(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('tr[data-provider-id]')].find(one => one.textContent.includes('{name}'))"
    )
}

/// A key that is refused is down, cannot be probed and is an incident, until it is known to work and a call may find out; and what calls find out shows
/// without a click.
async fn health(page: Page<'_>, theme: Theme, simulator: &Simulator) -> anyhow::Result<()> {
    go(page, "health").await?;
    let (openai, claude) = (row("OpenAI one"), row("Claude one"));
    let stands = |state: &str, breaker: &str| {
        format!(
            "const row = {openai}; return !!row?.querySelector('.st.{state}') && row.querySelector('.brk').textContent.includes('{breaker}')"
        )
    };
    simulator.set_fault("openai", Some(Fault::BadKey));
    page.click("#check-all").await?;
    page.until(&stands("danger", "Cannot probe")).await?;
    let incident = |sign: &str| {
        format!(
            "return [...document.querySelectorAll('#incidents .tl li')].some(one => one.textContent.includes('OpenAI one') && !!one.querySelector('{sign}'))"
        )
    };
    page.until(&incident(".danger-t")).await?;
    look(page, theme, "health-key-refused").await?;
    simulator.set_fault("openai", None);
    page.find("#check-all:not([disabled])").await?;
    page.click("#check-all").await?;
    page.until(&format!("return {openai}.querySelector('.brk').textContent.includes('Half-open')")).await?;
    page.find("#check-all:not([disabled])").await?;

    // Somebody else's call fails.
    let before = page.run(&format!("return {claude}.textContent")).await?;
    let id = page.run(&format!("return {claude}.dataset.providerId")).await?;
    simulator.set_fault("claude", Some(Fault::ServerError));
    let request = json!({
        "run": 9_900, "target": { "provider": id },
        "request": { "messages": [{ "role": "user", "parts": [{ "type": "text", "text": "Hi" }] }] },
    });
    let call =
        format!("window.__TAURI_INTERNALS__.invoke('run_prompt', new TextEncoder().encode('{request}'))");
    page.promise(&format!("{call}.then(() => 'ended', () => 'ended')")).await?;
    page.until(&format!("return {claude}.textContent !== {before}")).await?;
    simulator.set_fault("claude", None);
    Ok(())
}

async fn prices(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    go(page, "settings").await?;
    without_messages(page).await?;
    choose_file(page, "{\"as_of\": 1}").await?;
    page.find("#catalogue-refused").await?;
    look(page, theme, "settings-refused").await?;
    choose_file(page, &dearer()?).await?;
    page.find("#catalogue-changes").await?;
    look(page, theme, "import-prices").await?;
    page.click("#confirm-catalogue").await?;
    page.find("#restore-catalogue").await?;
    ensure!(page.text("#prices-card").await?.contains("1 Dec 2026"), "the day of the prices is not shown");
    page.click("#reprice").await?;
    page.find("#reprice-comes[aria-busy='false']").await?;
    without_messages(page).await?;
    look(page, theme, "reprice").await?;
    page.click("#confirm-reprice").await?;
    page.gone("#confirm-reprice").await?;
    page.click("#reprice").await?;
    page.find("#reprice-comes[aria-busy='false']").await?;
    ensure!(!page.is_enabled("#confirm-reprice").await?, "a second time nothing is left to re-price");
    page.click("#cancel-reprice").await?;
    page.click("#restore-catalogue").await?;
    page.find("#confirm-catalogue").await?;
    look(page, theme, "restore-prices").await?;
    page.click("#confirm-catalogue").await?;
    page.gone("#restore-catalogue").await
}

async fn demo(theme: Theme) -> anyhow::Result<()> {
    let (simulator, folder) = (Simulator::start().await?, tempfile::tempdir()?);
    let base_urls: BTreeMap<_, _> =
        ProviderType::ALL.into_iter().map(|kind| (kind, simulator.base_url(kind))).collect();
    let folders = Folders::under(folder.path().to_owned());
    let calls = u64::try_from(trials(13_000, 1_000_000))?;
    let password = Sample { base_urls, bulk: None }.fill_with(folders, calls).await?;
    let stage = Stage::open(folder.path(), theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(password).await?;
        look(page, theme, "demo-providers").await?;
        for name in ["routing", "health", "settings", "playground"] {
            go(page, name).await?;
            look(page, theme, &format!("demo-{name}")).await?;
        }
        page.fill("#prompt", "Write the first paragraph of a cover letter for a signalman.").await?;
        page.click("#run-all").await?;
        page.find(".pg-c[data-run='answered']").await?;
        page.until("return document.querySelector(\".pg-c[data-run='running']\") === null").await?;
        look(page, theme, "demo-playground-run").await?;
        usage(page, theme, folder.path()).await
    };
    ended(page, theme, done.await).await?;
    stage.close().await
}
