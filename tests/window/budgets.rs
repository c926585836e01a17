//! Budgets in the window: made by the keyboard, told when a call crosses a level, seen, deleted and taken back; and with
//! the demo vault's data, where there is a forecast.

use std::path::Path;

use anyhow::ensure;
use desk::{Desk, Folders, sample::Sample};
use fantoccini::key::Key;
use journeys::{FakeHost, PASSWORD, Room, now, options};
use model::{ProviderType, vault::LockReason};
use serde_json::json;
use simulator::Simulator;

use crate::{
    bus::Bus,
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_crosses_a_budget_is_told_by_day() -> anyhow::Result<()> {
    told(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_crosses_a_budget_is_told_by_night() -> anyhow::Result<()> {
    told(Theme::Dark).await
}

#[tokio::test(flavor = "multi_thread")]
async fn budgets_of_ninety_days_have_a_forecast_by_day() -> anyhow::Result<()> {
    demo(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn budgets_of_ninety_days_have_a_forecast_by_night() -> anyhow::Result<()> {
    demo(Theme::Dark).await
}

async fn told(theme: Theme) -> anyhow::Result<()> {
    let (room, chain) = Room::with_chain().await;
    let alone = room.route(|route| route["chain"] = json!([{ "provider": chain[0]["id"] }])).await;
    ensure!(alone.is_ok(), "{alone:?}");
    room.ask(1, json!({ "task": "extraction" })).await.ok();
    room.reopen().await;
    let calls = room.send("view_calls", json!({ "filter": {}, "after": null, "limit": 9 })).await;
    let calls = calls.map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    let cost: i128 = calls["calls"][0]["cost"].as_str().unwrap_or_default().parse()?;
    let (_simulator, data) = room.leave().await;
    let bus = Bus::start(data.path())?;
    let address = [("DBUS_SESSION_BUS_ADDRESS", Path::new(&bus.address))];
    let stage = Stage::open_with(&data.path().join(Room::FOLDER), theme, &address).await?;
    let page = stage.page();
    let done = async {
        enter(page, PASSWORD).await?;
        page.find("#no-budgets").await?;
        look(page, theme, "budgets-none").await?;
        // Two such calls are 87 % of it.
        make(page, theme, cost * 200 / 87).await?;
        crossed(page, theme, &bus).await?;
        changed(page).await?;
        page.click("a[data-go='insights']").await?;
        page.screen("insights").await?;
        page.find("[data-finding='no-fallback']").await?;
        look(page, theme, "insights").await
    };
    ended(page, theme, done.await).await?;
    stage.close().await
}

async fn demo(theme: Theme) -> anyhow::Result<()> {
    let (data, simulator) = (tempfile::tempdir()?, Simulator::start().await?);
    let base_urls = ProviderType::ALL.map(|kind| (kind, simulator.base_url(kind))).into();
    let password = Sample { base_urls, bulk: None }.fill(Folders::under(data.path())).await?;
    spend(data.path(), password).await?;
    let stage = Stage::open(data.path(), theme).await?;
    let page = stage.page();
    let done = async {
        enter(page, password).await?;
        for (kind, who, amount) in [
            ("1", "", "40"),
            ("2", "Claude Production", "1,000"),
            ("3", "cv_draft", "12.50"),
            // The playground's, which is the only one that certainly spent something on the first of a month.
            ("4", "local", "0.000001"),
        ] {
            page.click("#new-budget").await?;
            fill(page, kind, who, amount).await?;
            page.click("#save-budget").await?;
            page.gone("#budget-dialog").await?;
        }
        page.find("#alerts [data-alert-level='all']").await?;
        page.find("[data-cell='status'] .st.danger").await?;
        let shown = page.text("table.bg").await?;
        ensure!(shown.contains(" to $"), "there is no range: {shown}");
        page.until(
            "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
                    return document.querySelector('.toast') === null",
        )
        .await?;
        look(page, theme, "budgets-demo").await?;
        drawn(page, theme).await?;
        page.click("a[data-go='insights']").await?;
        page.screen("insights").await?;
        page.find("#findings [data-finding], #no-findings").await?;
        look(page, theme, "insights-demo").await?;
        page.click("a[data-go='usage']").await?;
        page.screen("usage").await?;
        page.find("#card-budget svg.chart").await?;
        // The driver leaves out what is cut off by its box.
        page.until("return document.querySelector('#card-budget').textContent.includes('of $40')").await?;
        look(page, theme, "usage-budget").await
    };
    ended(page, theme, done.await).await?;
    stage.close().await
}

/// A call of this month, whatever day it is: the ninety days have hardly any of a month that has just begun.
async fn spend(data: &Path, password: &str) -> anyhow::Result<()> {
    let host = FakeHost::new();
    host.set_wall_clock(now());
    let desk = Desk::open(host, Folders::under(data), options())?;
    let messages = json!([{ "role": "user", "parts": [{ "type": "text", "text": "Say hello." }] }]);
    let call = json!({ "run": 1, "target": { "task": "extraction" }, "request": { "messages": messages } });
    for (command, request) in [("unlock_vault", json!({ "password": password })), ("run_prompt", call)] {
        let done = desk.dispatch(command, request.to_string().as_bytes()).await;
        ensure!(done.is_ok(), "{command}: {done:?}");
    }
    desk.lock(LockReason::Asked).await;
    Ok(())
}

/// A click on a budget's row draws what is left of it, and from there it is one click to the month's of all calls.
async fn drawn(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.run(
        "[...document.querySelectorAll(\"[data-action='draw']\")].find(one => one.textContent === 'cv_draft').click()",
    )
    .await?;
    page.screen("usage").await?;
    page.until("return document.querySelector('#card-budget').textContent.includes('Budget: cv_draft')")
        .await?;
    page.until("return document.querySelector('#card-budget').textContent.includes('of $12.50')").await?;
    page.until("return location.hash.includes('budget=')").await?;
    look(page, theme, "usage-budget-of-a-task").await?;
    page.click("#whole-budget").await?;
    page.until("return document.querySelector('#card-budget').textContent.includes('of $40')").await?;
    page.gone("#whole-budget").await
}

async fn ended(page: Page<'_>, theme: Theme, done: anyhow::Result<()>) -> anyhow::Result<()> {
    if done.is_err() {
        picture(page, theme, "budgets-failed", 0).await?;
    }
    done
}

async fn enter(page: Page<'_>, password: &str) -> anyhow::Result<()> {
    page.unlock(password).await?;
    page.click("a[data-go='budgets']").await?;
    page.screen("budgets").await
}

/// Fills the dialog.
async fn fill(page: Page<'_>, kind: &str, who: &str, amount: &str) -> anyhow::Result<()> {
    page.click(&format!("#budget-kind button:nth-of-type({kind})")).await?;
    match kind {
        "2" | "3" => {
            page.click("#budget-who").await?;
            let choose = format!(
                "[...document.querySelectorAll(\"[role='menuitemradio']\")].find(one => one.textContent === {}).click()",
                json!(who)
            );
            page.find("[role='menuitemradio']").await?;
            page.run(&choose).await?;
        }
        "4" => page.fill("#budget-who", who).await?,
        _ => {}
    }
    page.fill("#budget-amount", amount).await
}

/// By the keyboard alone, and first wrong.
async fn make(page: Page<'_>, theme: Theme, pico: i128) -> anyhow::Result<()> {
    page.press("#new-budget", Key::Enter).await?;
    page.find("#budget-kind [aria-checked='true']:focus").await?;
    page.press("#budget-amount", Key::Enter).await?;
    page.find("#budget-dialog .field.invalid #budget-amount").await?;
    look(page, theme, "budget-wrong").await?;
    // To whole millionths of a dollar, as people can type them.
    page.fill("#budget-amount", &format!("0.{:06}", pico / 1_000_000)).await?;
    page.press("#budget-amount", Key::Enter).await?;
    page.gone("#budget-dialog").await?;
    page.find("tr[data-budget-id]").await?;
    Ok(())
}

/// One more call crosses half and 80 %: the page, its sidebar and the desktop say so, and only the higher one.
async fn crossed(page: Page<'_>, theme: Theme, bus: &Bus) -> anyhow::Result<()> {
    ensure!(bus.asked()? == 0, "something was told before it was spent");
    page.click("a[data-go='playground']").await?;
    page.screen("playground").await?;
    page.fill("#prompt", "Say hello.").await?;
    page.click(".pg-cols > section:nth-of-type(1) [id^='more-']").await?;
    page.click("[role^='menuitem'][data-action='choose']").await?;
    page.fill("[id^='target-'][role='combobox']", "extraction").await?;
    page.press("[id^='target-'][role='combobox']", Key::Enter).await?;
    page.gone("[id^='target-'][role='combobox']").await?;
    page.click(".pg-cols > section:nth-of-type(1) [data-action='run']").await?;
    page.find(".toast[data-tone='warn']").await?;
    let toast = page.text(".toast[data-tone='warn']").await?;
    ensure!(
        toast.contains("% of the month's budget is spent") || toast.contains("budget is spent"),
        "{toast}"
    );
    let heard = bus.heard_of("member=Notify")?;
    ensure!(heard.contains("All usage: "), "the desktop is told something else: {heard}");
    page.click("a[data-go='budgets']").await?;
    page.screen("budgets").await?;
    page.find("a[data-go='budgets'] .nb.warn").await?;
    page.find("#alerts [data-alert-level='most_of_it']").await?;
    ensure!(bus.asked()? == 1, "the lower level was told, too");
    look(page, theme, "budgets-told").await?;
    page.click("#see-alerts").await?;
    page.gone("#see-alerts").await?;
    page.gone("a[data-go='budgets'] .nb.warn").await
}

async fn changed(page: Page<'_>) -> anyhow::Result<()> {
    page.click("[data-budget-id] [data-action='edit']").await?;
    page.fill("#budget-amount", "25").await?;
    page.press("#budget-amount", Key::Enter).await?;
    page.gone("#budget-dialog").await?;
    page.until("return document.querySelector('table.bg').textContent.includes('of $25.00')").await?;
    // The change can be taken back, too; here it is the deletion that is.
    page.find(".toast [data-action='undo']").await?;
    let none_is_left =
        "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
        return document.querySelector('.toast') === null";
    page.until(none_is_left).await?;
    page.click("[data-budget-id] [data-action='delete']").await?;
    page.find("#no-budgets").await?;
    page.click(".toast [data-action='undo']").await?;
    page.until("return document.querySelector('table.bg')?.textContent.includes('of $25.00')").await
}
