//! The usage page over the demo vault's ninety days: drawn, read out by pointer and keys, opened down to the calls.

use anyhow::ensure;
use fantoccini::{
    actions::{InputSource, MouseActions, PointerAction},
    key::Key,
};
use serde_json::Value;

use crate::{
    look::{look, picture},
    page::{Page, answer},
    stage::Theme,
};

const COST: &str = "#card-cost .chart-w";

/// Looks at the page from above to below, and behind a bar.
pub async fn usage(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    arrive(page).await?;
    look(page, theme, "demo-usage").await?;
    hover(page, theme).await?;
    read_by_keys(page).await?;
    below(page, theme).await?;
    as_a_table(page, theme).await?;
    other_days(page, theme).await?;
    behind_a_day(page, theme).await?;
    behind_a_cause(page).await
}

/// By G and U.
async fn arrive(page: Page<'_>) -> anyhow::Result<()> {
    let link = page.find("a[data-go='playground']").await?;
    answer("a link takes no keys", link.send_keys("gu")).await?;
    page.screen("usage").await?;
    for chart in ["cost", "tokens", "latency", "success", "errors", "tasks", "compared"] {
        page.find(&format!("#card-{chart} svg.chart")).await?;
    }
    let tiles = page.text(".kpis").await?;
    ensure!(
        tiles.contains('$') && tiles.contains('%') && tiles.contains("ms"),
        "the tiles have no figures: {tiles}"
    );
    let rows = count(page, "#breakdown tbody tr").await?;
    ensure!(rows >= 7, "the table has only {rows} rows");
    Ok(())
}

async fn hover(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    let chart = page.find("#card-cost svg.chart").await?;
    let to = PointerAction::MoveToElement { element: chart, duration: None, x: 0.0, y: 40.0 };
    let mouse = MouseActions::new("mouse".to_owned()).then(to);
    answer("the pointer moves", page.client.perform_actions(mouse)).await?;
    page.find("#card-cost svg.chart .tip").await?;
    let told = page.text("#card-cost svg.chart .tip").await?;
    ensure!(told.contains("Claude") && told.contains('$'), "the read-out says: {told}");
    picture(page, theme, "demo-usage-hover", 1280).await
}

async fn read_by_keys(page: Page<'_>) -> anyhow::Result<()> {
    page.press(COST, Key::End).await?;
    let today = spoken(page).await?;
    page.press(COST, Key::Left).await?;
    page.until(&format!("return {} !== {}", SPOKEN, Value::from(today.as_str()))).await?;
    let yesterday = spoken(page).await?;
    ensure!(today.contains('$') && yesterday.contains('$'), "nothing is read out: {today}; {yesterday}");
    Ok(())
}

const SPOKEN: &str = "document.querySelector('#card-cost [aria-live]').textContent";

async fn spoken(page: Page<'_>) -> anyhow::Result<String> {
    page.until(&format!("return {SPOKEN} !== ''")).await?;
    Ok(page.run(&format!("return {SPOKEN}")).await?.as_str().unwrap_or_default().to_owned())
}

async fn below(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    for (card, name) in [("#breakdown", "demo-usage-table"), ("#card-compared", "demo-usage-below")] {
        page.run(&format!("document.querySelector('{card}').scrollIntoView({{ block: 'end' }})")).await?;
        look(page, theme, name).await?;
    }
    Ok(())
}

async fn as_a_table(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#card-tokens button[aria-pressed]").await?;
    page.find("#card-tokens .chart-t tbody tr").await?;
    ensure!(
        count(page, "#card-tokens .chart-t tbody tr").await? == 30,
        "the table has not a row for each day"
    );
    look(page, theme, "demo-usage-as-table").await?;
    page.click("#card-tokens button[aria-pressed]").await?;
    page.find("#card-tokens svg.chart").await.map(drop)
}

async fn other_days(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    for (place, days) in [(3, "90 days before"), (1, "7 days before")] {
        page.click(&format!("#usage-range button:nth-of-type({place})")).await?;
        let told = format!("return document.querySelector('.top-t p').textContent.includes('{days}')");
        page.until(&told).await?;
        page.until("return document.querySelector('.card.stale') === null").await?;
    }
    look(page, theme, "demo-usage-week").await
}

async fn behind_a_day(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.press(COST, Key::End).await?;
    page.press(COST, Key::Left).await?;
    page.press(COST, Key::Enter).await?;
    page.find("#calls tbody tr").await?;
    ensure!(count(page, "#calls tbody tr").await? == 100, "the first page has not a hundred calls");
    look(page, theme, "demo-usage-calls").await?;
    page.click("#more-calls").await?;
    page.until("return document.querySelectorAll('#calls tbody tr').length > 100").await?;
    let times = "return new Set([...document.querySelectorAll('#calls tbody tr')].map(row => row.lastChild.textContent)).size
                 === document.querySelectorAll('#calls tbody tr').length";
    ensure!(page.run(times).await? == true, "a call is there twice");
    page.press("#back-to-charts", Key::Escape).await?;
    page.gone("#calls").await?;
    page.until(&format!("return document.activeElement === document.querySelector('{COST}')")).await
}

/// A click on a bar of failures shows calls that failed by this cause, and no others.
async fn behind_a_cause(page: Page<'_>) -> anyhow::Result<()> {
    page.press("#card-errors .chart-w", Key::Home).await?;
    page.press("#card-errors .chart-w", Key::Enter).await?;
    page.find("#calls tbody tr").await?;
    let title = page.text("#calls-behind").await?;
    let cause = title.rsplit(", ").next().unwrap_or_default().to_owned();
    let all = format!(
        "return [...document.querySelectorAll('#calls tbody tr')].every(row => row.cells[4].textContent.startsWith({}))",
        Value::from(cause.as_str())
    );
    ensure!(!cause.is_empty() && page.run(&all).await? == true, "not all calls of {title} failed by it");
    page.click("#back-to-charts").await?;
    page.gone("#calls").await
}

async fn count(page: Page<'_>, css: &str) -> anyhow::Result<u64> {
    let found = page.run(&format!("return document.querySelectorAll({}).length", Value::from(css))).await?;
    Ok(found.as_u64().unwrap_or(0))
}
