//! The usage page over the demo vault's ninety days: drawn, read out by pointer and keys, opened down to the calls, narrowed,
//! and taken along in files.

use std::path::Path;

use anyhow::{Context as _, ensure};
use fantoccini::{
    actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction},
    key::Key,
};
use serde_json::Value;

use crate::{
    look::{judge_within, look, picture, settle},
    page::{Page, answer},
    stage::Theme,
};

const COST: &str = "#card-cost .chart-w";

/// Looks at the page from above to below, and behind a bar.
pub async fn usage(page: Page<'_>, theme: Theme, data: &Path) -> anyhow::Result<()> {
    arrive(page).await?;
    look(page, theme, "demo-usage").await?;
    back_at_once(page).await?;
    hover(page, theme).await?;
    hover_rows(page, theme).await?;
    read_by_keys(page).await?;
    below(page, theme).await?;
    as_a_table(page, theme).await?;
    other_days(page, theme).await?;
    behind_a_bar(page).await?;
    month_and_custom(page, theme).await?;
    without_a_mark(page, theme).await?;
    behind_a_day(page, theme).await?;
    behind_a_row(page).await?;
    behind_a_cause(page).await?;
    narrowed(page, theme).await?;
    grouped(page, theme).await?;
    files(page, theme, data).await
}

/// A vault without a call: every chart says so in a sentence, and nothing is drawn.
pub async fn empty(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("a[data-go='usage']").await?;
    page.screen("usage").await?;
    page.until("return document.querySelector('#card-cost').textContent.includes('No calls in these days')")
        .await?;
    page.until("return document.querySelector('#card-budget').textContent.includes('No budget')").await?;
    ensure!(count(page, "#main svg.chart").await? == 0, "a chart of nothing is drawn");
    ensure!(count(page, "#breakdown").await? == 0, "a table of nothing is drawn");
    let calls = page.text("[data-tile='calls'] .kpi-v").await?;
    ensure!(calls == "0", "without calls there are {calls}");
    look(page, theme, "usage-empty").await?;
    page.click("#show-all-calls").await?;
    page.until("return document.querySelector('.card .chart-0') !== null").await?;
    page.click("#back-to-charts").await?;
    page.find("#card-cost").await.map(drop)
}

/// Calls through the gateway are in the tile by themselves, without a word of the page's.
pub async fn lives(page: Page<'_>, call: impl AsyncFn() -> anyhow::Result<()>) -> anyhow::Result<()> {
    page.click("a[data-go='usage']").await?;
    page.screen("usage").await?;
    page.until("return document.querySelector('.card.stale') === null").await?;
    let calls =
        "Number(document.querySelector(\"[data-tile='calls'] .kpi-v\").textContent.replaceAll(',', ''))";
    let before = page.run(&format!("return {calls}")).await?.as_u64().context("the tile has no number")?;
    // What is drawn anew from the ground up would lose this.
    page.run("document.querySelector('#card-cost').dataset.before = 'here'").await?;
    for _ in 0..3 {
        call().await?;
    }
    let risen = page.until(&format!("return {calls} >= {}", before + 3)).await;
    let seen = page.run("return document.visibilityState").await?;
    risen.with_context(|| format!("the page is {seen}"))?;
    page.find("#card-cost[data-before='here'] svg.chart").await.map(drop)
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
        tiles.contains('$') && tiles.contains('%') && tiles.contains(" s"),
        "the tiles have no figures: {tiles}"
    );
    let rows = count(page, "#breakdown tbody tr").await?;
    ensure!(rows >= 7, "the table has only {rows} rows");
    Ok(())
}

/// Whoever comes back to a page that reads its figures sees those of before at once, and nothing in their place meanwhile.
async fn back_at_once(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='insights']").await?;
    page.screen("insights").await?;
    page.run(
        "window.outlines = 0;
        const isOne = node => node instanceof Element && (node.matches('.sk') || node.querySelector('.sk') !== null);
        new MutationObserver(changes => {
            for (const change of changes) window.outlines += [...change.addedNodes].filter(isOne).length;
        }).observe(document.body, { childList: true, subtree: true })",
    )
    .await?;
    for place in ["usage", "insights", "usage"] {
        page.click(&format!("a[data-go='{place}']")).await?;
        page.screen(place).await?;
    }
    page.find("#card-cost svg.chart").await?;
    let outlines = page.run("return window.outlines").await?;
    ensure!(outlines == 0, "{outlines} outlines stood where figures were known");
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
    settle(page).await?;
    picture(page, theme, "demo-usage-hover", 1280).await
}

/// Rows say rounded values above their bars; the pointer reads out all digits.
async fn hover_rows(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    for card in ["tasks", "compared"] {
        let css = format!("#card-{card} svg.chart");
        page.run(&format!("document.querySelector('{css}').scrollIntoView({{ block: 'center' }})")).await?;
        let chart = page.find(&css).await?;
        // One of the dearest rows, whose cost is known; y is from the middle of the picture.
        let half = format!("return document.querySelector('{css}').getBoundingClientRect().height / 2");
        let y = 40.0 - page.run(&half).await?.as_f64().context("the chart has no height")?;
        let to = PointerAction::MoveToElement { element: chart, duration: None, x: 0.0, y };
        answer(
            "the pointer moves",
            page.client.perform_actions(MouseActions::new("mouse".to_owned()).then(to)),
        )
        .await?;
        let told = page.text(&format!("{css} .tip")).await?;
        let digits = told
            .split('$')
            .nth(1)
            .and_then(|amount| amount.split_once('.'))
            .map(|(_, places)| places.chars().take_while(char::is_ascii_digit).count());
        ensure!(digits.is_some_and(|digits| digits > 4), "{card} reads out: {told}");
        settle(page).await?;
        picture(page, theme, &format!("demo-usage-hover-{card}"), 1280).await?;
    }
    page.run("document.querySelector('#card-cost').scrollIntoView({ block: 'center' })").await.map(drop)
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

/// The middle of the tallest of Claude's bars, in the window.
const BAR: &str = "
    const svg = document.querySelector('#card-cost svg.chart'), box = svg.getBoundingClientRect();
    const drawn = document.querySelector('#card-cost .m.claude').getAttribute('d');
    const bars = [...drawn.matchAll(/M([0-9.]+) ([0-9.]+)h([0-9.]+)v([0-9.]+)/g)].map(bar => bar.slice(1).map(Number));
    const [x, y, width, height] = bars.reduce((one, other) => other[3] > one[3] ? other : one);
    const scale = box.width / svg.viewBox.baseVal.width;
    return [box.left + (x + width / 2) * scale, box.top + (y + height / 2) * scale]";

/// A click of the mouse on a piece of a stacked bar shows that vendor's calls and no others.
async fn behind_a_bar(page: Page<'_>) -> anyhow::Result<()> {
    page.run("document.querySelector('#card-cost').scrollIntoView({ block: 'center' })").await?;
    let place = page.run(BAR).await?;
    let [Some(x), Some(y)] = [&place[0], &place[1]].map(Value::as_f64) else {
        anyhow::bail!("Claude has no bar: {place}");
    };
    let click = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveTo { duration: None, x: x.round(), y: y.round() })
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    answer("the mouse clicks", page.client.perform_actions(click)).await?;
    page.find("#calls tbody tr").await?;
    let title = page.text("#calls-behind").await?;
    ensure!(title.ends_with(", Claude"), "the bar opens {title}");
    let all = "return [...document.querySelectorAll('#calls tbody tr')].every(row => row.cells[1].textContent.includes('claude'))";
    ensure!(page.run(all).await? == true, "not all calls of {title} are Claude's");
    page.click("#back-to-charts").await?;
    page.gone("#calls").await
}

/// The month before, and six days of one's own; the address says both.
async fn month_and_custom(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#usage-month").await?;
    page.click("[role='menu'] [data-action='1']").await?;
    page.until(&format!("return /days=[0-9]{{4}}-[0-9]{{2}}$/.test({ADDRESS})")).await?;
    page.until("return document.querySelector('.card.stale') === null").await?;
    page.find("#card-cost svg.chart").await?;
    page.click("#usage-range button:nth-of-type(4)").await?;
    page.find("#range-first").await?;
    let days = "const day = ago => new Date(Date.now() - ago * 864e5).toISOString().slice(0, 10);
        document.querySelector('#range-first').value = day(9);
        document.querySelector('#range-last').value = day(4);
        return `days=${day(9)}..${day(4)}`";
    let days = page.run(days).await?.as_str().unwrap_or_default().to_owned();
    page.click("#range-apply").await?;
    page.until(&format!("return {ADDRESS}.includes({})", Value::from(days.as_str()))).await?;
    page.until("return document.querySelector('.top-t p').textContent.includes('the 6 days before')").await?;
    page.until("return document.querySelector('.card.stale') === null").await?;
    page.click("#usage-step").await?;
    page.click("[role='menu'] [data-action='month']").await?;
    page.until("return document.querySelector('#card-cost').textContent.includes('Monthly cost')").await?;
    page.until(&format!("return {ADDRESS}.includes('step=month')")).await?;
    page.click("#usage-step").await?;
    page.click("[role='menu'] [data-action='day']").await?;
    page.until("return document.querySelector('#card-cost').textContent.includes('Daily cost')").await?;
    look(page, theme, "demo-usage-custom").await?;
    by_hours(page, theme).await?;
    page.click("#usage-range button:nth-of-type(1)").await?;
    page.until("return document.querySelector('.top-t p').textContent.includes('7 days before')").await?;
    page.until("return document.querySelector('.card.stale') === null").await
}

/// Six days by hours: each is read out and opens its own calls, and the address brings them again.
async fn by_hours(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#usage-step").await?;
    page.click("[role='menu'] [data-action='hour']").await?;
    page.until("return document.querySelector('#card-cost').textContent.includes('Hourly cost')").await?;
    page.until(&format!("return {ADDRESS}.includes('step=hour')")).await?;
    page.until("return document.querySelector('.card.stale') === null").await?;
    look(page, theme, "demo-usage-hours").await?;
    page.click("#card-tokens button[aria-pressed]").await?;
    page.find("#card-tokens .chart-t tbody tr").await?;
    let hours = count(page, "#card-tokens .chart-t tbody tr").await?;
    ensure!((143..=145).contains(&hours), "six days have {hours} hours");
    page.click("#card-tokens button[aria-pressed]").await?;
    page.press(COST, Key::Home).await?;
    for _ in 0..10 {
        page.press(COST, Key::Right).await?;
    }
    page.until(&format!("return {SPOKEN}.includes(', 10:00')")).await?;
    page.press(COST, Key::Enter).await?;
    page.find("#calls-behind").await?;
    let title = page.text("#calls-behind").await?;
    ensure!(title.contains(", 10:00"), "the hour opens {title}");
    page.until(&format!("return {ADDRESS}.includes('of-hour=10')")).await?;
    let outside = "const times = [...document.querySelectorAll('#calls tbody tr')].map(row => row.cells[0].textContent);
        return times.filter(time => !/\\b10:[0-9]{2}/.test(time))";
    let outside = page.run(outside).await?;
    ensure!(outside == Value::Array(Vec::new()), "calls of other hours are behind it: {outside}");
    page.click("#back-to-charts").await?;
    page.gone("#calls").await?;
    page.click("#usage-step").await?;
    page.click("[role='menu'] [data-action='day']").await?;
    page.until("return document.querySelector('#card-cost').textContent.includes('Daily cost')").await?;
    page.until("return document.querySelector('.card.stale') === null").await
}

/// The whole log, down to one call by its id; the address keeps that, and going away and back brings it again.
async fn without_a_mark(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#show-all-calls").await?;
    page.find("#calls tbody tr").await?;
    ensure!(count(page, "#calls tbody tr").await? == 50, "the first page has not fifty calls");
    let id = "document.querySelector('#calls tbody tr:nth-child(3)').lastChild.textContent";
    let id = page.run(&format!("return {id}")).await?.as_str().unwrap_or_default().to_owned();
    page.fill("#calls-request", &id).await?;
    page.press("#calls-request", Key::Enter).await?;
    let alone = format!(
        "const rows = [...document.querySelectorAll('#calls tbody tr')];
         return rows.length === 1 && rows[0].lastChild.textContent === {}",
        Value::from(id.as_str())
    );
    page.until(&alone).await?;
    page.until(&format!("return {ADDRESS}.includes('calls=all') && {ADDRESS}.includes('request=')")).await?;
    look(page, theme, "demo-usage-request").await?;
    page.click("a[data-go='health']").await?;
    page.screen("health").await?;
    page.run("history.back()").await?;
    page.screen("usage").await?;
    page.until(&alone).await?;
    page.click("#back-to-charts").await?;
    page.gone("#calls").await?;
    page.until(&format!("return !{ADDRESS}.includes('calls=')")).await?;
    page.until("return document.activeElement === document.querySelector('.top h1')").await
}

async fn behind_a_day(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.press(COST, Key::End).await?;
    page.press(COST, Key::Left).await?;
    page.press(COST, Key::Enter).await?;
    page.find("#calls tbody tr").await?;
    look(page, theme, "demo-usage-calls").await?;
    page.press("#back-to-charts", Key::Escape).await?;
    page.gone("#calls").await?;
    page.until(&format!("return document.activeElement === document.querySelector('{COST}')")).await
}

/// More than a page of calls, behind the configuration that is called most.
async fn behind_a_row(page: Page<'_>) -> anyhow::Result<()> {
    page.click("#breakdown th:nth-of-type(3) .sort").await?;
    page.click("#breakdown tbody .row-link").await?;
    page.find("#calls tbody tr").await?;
    ensure!(count(page, "#calls tbody tr").await? == 50, "the first page has not fifty calls");
    page.click("#more-calls").await?;
    page.until("return document.querySelectorAll('#calls tbody tr').length > 50").await?;
    let times = "return new Set([...document.querySelectorAll('#calls tbody tr')].map(row => row.lastChild.textContent)).size
                 === document.querySelectorAll('#calls tbody tr').length";
    ensure!(page.run(times).await? == true, "a call is there twice");
    page.click("#back-to-charts").await?;
    page.gone("#calls").await
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

const ADDRESS: &str = "decodeURIComponent(location.hash)";

/// By the keyboard to a task; the address keeps it, and going away and back brings it again.
async fn narrowed(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    let before = page.text("[data-tile='calls'] .kpi-v").await?;
    page.press("[data-filter='task']", Key::Down).await?;
    page.until("return document.activeElement.closest('[role=menu]') !== null").await?;
    page.run("document.activeElement.dataset.chosen = ''").await?;
    look(page, theme, "demo-usage-choices").await?;
    page.press("[data-filter='task'] + .menu [data-chosen]", Key::Enter).await?;
    page.find("[data-filter='task'].on").await?;
    page.until("return document.querySelector('.card.stale') === null").await?;
    page.until(&format!("return {ADDRESS}.startsWith('#usage?') && {ADDRESS}.includes('task=')")).await?;
    ensure!(page.text("[data-tile='calls'] .kpi-v").await? != before, "a filter changes no figure");
    look(page, theme, "demo-usage-filtered").await?;
    let address = page.run(&format!("return {ADDRESS}")).await?;
    page.click("a[data-go='health']").await?;
    page.screen("health").await?;
    page.run("history.back()").await?;
    page.screen("usage").await?;
    page.find("[data-filter='task'].on").await?;
    ensure!(page.run(&format!("return {ADDRESS}")).await? == address, "the address was not kept");
    page.press("[data-filter='task']", Key::Backspace).await?;
    page.gone("[data-filter='task'].on").await
}

/// By task; a row leads to its calls.
async fn grouped(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("#usage-by button:nth-of-type(3)").await?;
    page.until(&format!("return {ADDRESS}.includes('by=task')")).await?;
    page.until("return document.querySelector('.card.stale') === null").await?;
    page.run("document.querySelector('#breakdown').scrollIntoView({ block: 'end' })").await?;
    look(page, theme, "demo-usage-by-task").await?;
    let task = page.text("#breakdown tbody .row-link").await?;
    page.click("#breakdown tbody .row-link").await?;
    page.find("#calls tbody tr").await?;
    let all = format!(
        "return [...document.querySelectorAll('#calls tbody tr')].every(row => row.cells[2].textContent === {})",
        Value::from(task.as_str())
    );
    ensure!(page.run(&all).await? == true, "not all calls are of {task}");
    // Only the slow ones, and all of them again.
    page.fill("#calls-latency", "4").await?;
    page.press("#calls-latency", Key::Enter).await?;
    let slow = "const rows = [...document.querySelectorAll('#calls tbody tr')];
        return rows.length > 0 && rows.every(row => parseFloat(row.cells[7].textContent) >= 4 && row.cells[7].textContent.includes(' s'))";
    page.until(slow).await?;
    page.fill("#calls-latency", "").await?;
    page.press("#calls-latency", Key::Enter).await?;
    page.until(&format!("return !(() => {{ {slow} }})()")).await?;
    Ok(())
}

/// Each kind of file, opened again: what is in it is what is shown.
async fn files(page: Page<'_>, theme: Theme, data: &Path) -> anyhow::Result<()> {
    let folder = data.join("home/Downloads");
    let calls = export(page, "#usage-export", "csv", &folder).await?;
    let lines = String::from_utf8(calls)?;
    ensure!(lines.starts_with("ended_at,request_id,") && lines.lines().count() > 100, "no calls: {lines}");
    let same: Value = serde_json::from_slice(&export(page, "#usage-export", "json", &folder).await?)?;
    let ids: Vec<&str> = same["calls"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|call| call["request_id"].as_str())
        .collect();
    ensure!(
        ids.len() + 1 == lines.lines().count()
            && lines.lines().skip(1).zip(&ids).all(|(line, id)| line.contains(id)),
        "{} calls in one file, {} lines in the other",
        ids.len(),
        lines.lines().count()
    );
    page.click("#back-to-charts").await?;
    page.gone("#calls").await?;
    let calls = page.text("[data-tile='calls'] .kpi-v").await?.replace(',', "");
    let figures: Value = serde_json::from_slice(&export(page, "#usage-export", "json", &folder).await?)?;
    ensure!(
        figures["usage"]["now"]["calls"] == calls.parse::<u64>()?,
        "{calls} calls are shown, not written"
    );
    let table = String::from_utf8(export(page, "#usage-export", "csv", &folder).await?)?;
    let summed: u64 =
        table.lines().skip(1).filter_map(|line| line.split(',').nth(3)?.parse::<u64>().ok()).sum();
    ensure!(summed == calls.parse::<u64>()?, "the table's {summed} calls are not the {calls} shown");
    let svg = String::from_utf8(export(page, "#save-cost", "svg", &folder).await?)?;
    let dot =
        "new DOMParser().parseFromString(arguments[0], 'image/svg+xml').querySelectorAll('path').length";
    let shapes = page.client.execute(&format!("return {dot}"), vec![Value::from(svg)]).await?;
    ensure!(shapes.as_u64().unwrap_or(0) > 3, "the chart's file has {shapes} shapes");
    let png = export(page, "#save-cost", "png", &folder).await?;
    let mut pixels = png::Decoder::new(std::io::Cursor::new(png)).read_info()?;
    let mut drawn = vec![0; pixels.output_buffer_size().context("the picture has no size")?];
    let frame = pixels.next_frame(&mut drawn)?;
    ensure!(frame.width > 1_600, "the picture is {} pixels wide", frame.width);
    ensure!(drawn.iter().any(|byte| *byte != drawn[0]), "the picture is of one colour");
    let report = String::from_utf8(export(page, "#usage-export", "html", &folder).await?)?;
    ensure!(report.contains("<svg") && report.contains("Claude"), "the report shows nothing");
    rendered(page, theme, report).await?;
    let sheet = lopdf::Document::load_mem(&export(page, "#usage-export", "pdf", &folder).await?)?;
    let text: String = sheet.extract_text(&[1])?.split_whitespace().collect();
    ensure!(sheet.get_pages().len() == 1 && text.contains("Claude"), "the sheet says something else: {text}");
    Ok(())
}

/// The report as a browser shows it. The page's policy refuses its inline styles, so they come in by a sheet of its own, and it lies in
/// a shadow of its own.
async fn rendered(page: Page<'_>, theme: Theme, report: String) -> anyhow::Result<()> {
    let show = "const report = new DOMParser().parseFromString(arguments[0], 'text/html');
        const styles = [...report.querySelectorAll('style')].map(style => { style.remove(); return style.textContent; });
        const host = document.createElement('div'), sheet = new CSSStyleSheet(), body = document.createElement('div');
        host.id = 'report';
        host.tabIndex = 0;
        host.style.cssText = 'position: fixed; inset: 0; z-index: 99; overflow: auto; background: #fff';
        sheet.replaceSync(styles.join('\\n').replace(/(^|[\\s{}])body(?=\\s*{)/g, '$1.body'));
        body.className = 'body';
        body.append(...report.body.childNodes);
        const shadow = host.attachShadow({ mode: 'open' });
        shadow.adoptedStyleSheets = [sheet];
        shadow.append(body);
        document.body.append(host);
        return [body.querySelectorAll('svg').length, body.getBoundingClientRect().height]";
    let shown = answer("the report", page.client.execute(show, vec![Value::from(report)])).await?;
    ensure!(shown[0].as_u64() > Some(2) && shown[1].as_f64() > Some(400.0), "nothing is rendered: {shown}");
    picture(page, theme, "report", 1280).await?;
    judge_within(page, "#report").await?;
    page.run("document.querySelector('#report').remove()").await.map(drop)
}

/// Chooses a line of a menu and reads the file that the message names.
async fn export(page: Page<'_>, menu: &str, action: &str, folder: &Path) -> anyhow::Result<Vec<u8>> {
    let gone = "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
                return document.querySelector('.toast') === null";
    page.until(gone).await?;
    page.click(menu).await?;
    page.click(&format!("[role='menu'] [data-action='{action}']")).await?;
    let told = page.text(".toast").await?;
    let name = told.split(" is written").next().unwrap_or_default().trim();
    std::fs::read(folder.join(name)).with_context(|| format!("{menu}, {action}: {told}"))
}
