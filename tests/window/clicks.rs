//! How soon a click is answered, with many providers and a long log; and what the open window takes while nobody uses it.

use std::path::Path;

use anyhow::{Context as _, ensure};
use figures::{Figures, Goal, median};
use serde_json::Value;

use crate::{
    idle,
    page::Page,
    stage::{self, Stage, Theme},
};

/// Rounds through all pages. The first fetches each page's part, which later ones have.
const ROUNDS: usize = 5;
const GOAL: Goal = Goal::AtMost(100.0);

/// Each page as the sidebar calls it, with what its figure is called.
const PAGES: [(&str, &str); 11] = [
    ("routing", "click_routing"),
    ("playground", "click_playground"),
    ("usage", "click_usage"),
    ("health", "click_health"),
    ("budgets", "click_budgets"),
    ("insights", "click_insights"),
    ("bundles", "click_bundles"),
    ("sync", "click_sync"),
    ("history", "click_history"),
    ("settings", "click_settings"),
    ("providers", "click_providers"),
];

/// The last row of Health, whose rows follow in steps: nobody waits for it, but it has to come.
const LAST_ROW: &str = "body[data-screen='health'] .hl tbody tr:nth-of-type(500)";

/// On the list: what the figure is called, what is clicked, what then is there, and what takes it away again.
const ON_THE_LIST: [(&str, &str, &str, &str); 3] = [
    ("click_add_provider", "#add-provider", "#model-name", "#close-drawer"),
    ("click_palette", "#open-palette", "#palette-search", ""),
    ("click_help", "#open-help", "#close-shortcuts", "#close-shortcuts"),
];

/// Milliseconds from a click until what it asks for is there and two frames have been drawn since: the second begins when the
/// first is on its way to the screen.
const ANSWERED: &str = "await (async () => {
    const frame = () => new Promise(done => requestAnimationFrame(done));
    const [clicked, there] = [CLICKED, THERE];
    const from = performance.now();
    document.querySelector(clicked).click();
    while (document.querySelector(there) === null) {
        if (performance.now() - from > 20000) throw new Error(`nothing comes of ${clicked}: ${document.querySelector('main')?.innerText.slice(0, 300)}`);
        await frame();
    }
    await frame();
    await frame();
    return performance.now() - from;
})()";

/// Measures clicks, and the open window at rest.
pub async fn measure(folder: &Path, password: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let stage = Stage::open(folder, Theme::Light).await?;
    let page = stage.page();
    page.unlock(password).await?;
    let id = idle::running(&stage::app()?)?;
    idle::settled(id).await?;
    figures.note("idle_processor_open", idle::processor(id).await?, "%", Goal::AtMost(0.5));
    let processes = idle::processes(id)?;
    figures.note("memory_open_own", processes.own, "MB", Goal::None);
    figures.note("memory_open_page", processes.page, "MB", Goal::None);
    figures.note("memory_open_webkit_others", processes.others, "MB", Goal::None);
    pages(page, figures).await?;
    let whole = answered(page, "a[data-go='health']", LAST_ROW).await?;
    figures.note("health_whole", whole, "ms", Goal::None);
    answered(page, "a[data-go='providers']", "body[data-screen='providers'][data-ready='true']").await?;
    for (name, clicked, there, away) in ON_THE_LIST {
        let mut times = Vec::new();
        for _ in 0..ROUNDS {
            times.push(answered(page, clicked, there).await?);
            if away.is_empty() {
                page.press(there, fantoccini::key::Key::Escape).await?;
            } else {
                page.click(away).await?;
            }
            page.gone(there).await?;
        }
        figures.note(name, median(times), "ms", GOAL);
    }
    stage.close().await
}

async fn pages(page: Page<'_>, figures: &mut Figures) -> anyhow::Result<()> {
    let mut times = PAGES.map(|_| Vec::new());
    let mut first: f64 = 0.0;
    for round in 0..=ROUNDS {
        for ((name, _), times) in PAGES.iter().zip(&mut times) {
            let there = format!("body[data-screen='{name}'][data-ready='true']");
            let ms = answered(page, &format!("a[data-go='{name}']"), &there).await?;
            if round == 0 { first = first.max(ms) } else { times.push(ms) }
        }
    }
    figures.note("click_slowest_first_visit", first, "ms", Goal::None);
    for ((_, name), times) in PAGES.into_iter().zip(times) {
        figures.note(name, median(times), "ms", GOAL);
    }
    Ok(())
}

async fn answered(page: Page<'_>, clicked: &str, there: &str) -> anyhow::Result<f64> {
    let text = |css: &str| Value::from(css).to_string();
    let script = ANSWERED.replace("CLICKED", &text(clicked)).replace("THERE", &text(there));
    let answer = page.promise(&script).await?;
    ensure!(answer["error"].is_null(), "{clicked}: {}", answer["error"]);
    answer["ok"].as_f64().with_context(|| format!("{clicked} was answered with {answer}"))
}
