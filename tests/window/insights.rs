//! Insights in the window, with the demo vault's ninety days: a cheaper model is tried by the keyboard and taken back, and a
//! jump of calls through the gateway is told on the page and on the desktop.

use std::path::Path;

use anyhow::ensure;
use desk::{Desk, Folders, sample::Sample};
use fantoccini::key::Key;
use journeys::{
    FakeHost,
    client::{chat, free_port},
    now, options,
};
use model::ProviderType;
use serde_json::{Value, json};
use simulator::Simulator;

use crate::{
    bus::Bus,
    look::{as_it_was, look, picture, resize, settle},
    page::Page,
    stage::{Stage, Theme},
    usage,
};

#[tokio::test(flavor = "multi_thread")]
async fn insights_are_shown_tried_and_told_by_day() -> anyhow::Result<()> {
    insights(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn insights_are_shown_tried_and_told_by_night() -> anyhow::Result<()> {
    insights(Theme::Dark).await
}

async fn insights(theme: Theme) -> anyhow::Result<()> {
    let (data, simulator) = (tempfile::tempdir()?, Simulator::start().await?);
    let base_urls = ProviderType::ALL.map(|kind| (kind, simulator.base_url(kind))).into();
    let password = Sample { base_urls, bulk: None }.fill(Folders::under(data.path())).await?;
    let (port, token) = gateway(data.path(), password).await?;
    let bus = Bus::start(data.path())?;
    let address = [("DBUS_SESSION_BUS_ADDRESS", Path::new(&bus.address))];
    let stage = Stage::open_with(data.path(), theme, &address).await?;
    let page = stage.page();
    let done = async {
        enter(page, password).await?;
        page.find("[data-split='cv_draft'] [data-judgement='too-few']").await?;
        look(page, theme, "insights-all").await?;
        tried(page, theme).await?;
        jumped(page, theme, &bus, (port, &token)).await?;
        let body = json!({ "model": "task:cover_letter", "messages": [{ "role": "user", "content": "Say hello." }] });
        usage::lives(page, async || {
            let answer = chat(port, &token, &body).await;
            ensure!(answer.contains("200 OK"), "{answer}");
            Ok(())
        })
        .await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, theme, "insights-failed", 0).await?;
    }
    done?;
    stage.close().await
}

/// Switches the gateway of a vault on, before the window opens it.
async fn gateway(data: &Path, password: &str) -> anyhow::Result<(u16, String)> {
    let host = FakeHost::new();
    host.set_wall_clock(now());
    let desk = Desk::open(host, Folders::under(data), options())?;
    let send = async |command: &str, request: Value| {
        let reply = desk.dispatch(command, request.to_string().as_bytes()).await;
        let reply = reply.map_err(|failure| anyhow::anyhow!("{command}: {}", failure.message))?;
        anyhow::Ok(serde_json::from_str::<Value>(&reply)?)
    };
    send("unlock_vault", json!({ "password": password })).await?;
    let port = free_port().await;
    send("set_gateway", json!({ "settings": { "enabled": true, "port": port } })).await?;
    let token =
        send("replace_gateway_token", json!({})).await?["token"].as_str().unwrap_or_default().to_owned();
    desk.lock(model::vault::LockReason::Closed).await;
    Ok((port, token))
}

async fn enter(page: Page<'_>, password: &str) -> anyhow::Result<()> {
    page.unlock(password).await?;
    page.click("a[data-go='insights']").await?;
    page.screen("insights").await?;
    page.find("#cheaper [data-model]").await?;
    // The hours of eight weeks have been read.
    page.until("return document.querySelector('#jumps .sub').textContent.includes('the last 8 weeks')").await
}

/// By the keyboard: a quarter of the calls, and back again.
async fn tried(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.run(
        "const button = [...document.querySelectorAll('#cheaper button')].find(one => one.textContent === 'Try on a part');
         button.id = 'try-this'; window.tried = button.closest('li').dataset.task;",
    )
    .await?;
    quicker_than_the_dialog(page).await?;
    page.press("#try-this", Key::Enter).await?;
    page.find("#try-share [aria-checked='true']:focus").await?;
    page.press("#try-share [aria-checked='true']", Key::Right).await?;
    page.until("return document.querySelector('#try-consequence').textContent.startsWith('25 of 100')")
        .await?;
    look(page, theme, "insights-try").await?;
    page.press("#confirm-try", Key::Enter).await?;
    page.gone("#confirm-try").await?;
    page.until("return document.querySelector(`[data-split='${window.tried}']`) !== null").await?;
    page.click(".toast [data-action='undo']").await?;
    page.until("return document.querySelector(`[data-split='${window.tried}']`) === null").await
}

/// The dialog waits for two frames before it puts the focus on what it has read; here they come only once the focus is elsewhere.
async fn quicker_than_the_dialog(page: Page<'_>) -> anyhow::Result<()> {
    page.run(
        "const going = window.requestAnimationFrame, waiting = [];
         window.requestAnimationFrame = call => waiting.push(call);
         window.go_on = () => { window.requestAnimationFrame = going; waiting.forEach(call => going.call(window, call)); };",
    )
    .await?;
    page.press("#try-this", Key::Enter).await?;
    page.find("#confirm-try:not([disabled])").await?;
    page.run("document.querySelector('#confirm-try').focus(); window.go_on()").await?;
    settle(page).await?;
    let kept = page.run("return document.activeElement.id").await?;
    ensure!(kept == "confirm-try", "the dialog takes the focus from who was quicker, and gives it to {kept}");
    page.press("#confirm-try", Key::Escape).await?;
    page.gone("#confirm-try").await
}

async fn jumped(page: Page<'_>, theme: Theme, bus: &Bus, (port, token): (u16, &str)) -> anyhow::Result<()> {
    ensure!(bus.asked()? == 0, "something was told before it happened");
    let body =
        json!({ "model": "task:cover_letter", "messages": [{ "role": "user", "content": "Say hello." }] });
    for _ in 0..30 {
        let answer = chat(port, token, &body).await;
        ensure!(answer.contains("200 OK"), "{answer}");
    }
    page.find("#jumps [data-jump='calls'] .badge").await?;
    page.find("a[data-go='insights'] .nb.warn").await?;
    seen_in_the_rail(page).await?;
    let toast = page.text(".toast[data-tone='warn']").await?;
    ensure!(toast.contains("times as many calls as usual"), "{toast}");
    let heard = bus.heard_of("member=Notify")?;
    ensure!(heard.contains("times as many calls as usual"), "the desktop is told something else: {heard}");
    page.until(
        "document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());
         return document.querySelector('.toast') === null",
    )
    .await?;
    look(page, theme, "insights-jump").await?;
    page.click("#see-jumps").await?;
    page.gone("#see-jumps").await?;
    page.gone("a[data-go='insights'] .nb.warn").await?;
    calls_of_the_jump(page).await
}

/// In a narrow window, too, where the sidebar has no room for a number.
async fn seen_in_the_rail(page: Page<'_>) -> anyhow::Result<()> {
    resize(page, 960, 640).await?;
    settle(page).await?;
    let seen = page
        .run(
            "const link = document.querySelector(\"a[data-go='insights']\"), box = link.querySelector('.nb').getBoundingClientRect();
             return [box.width, box.height, link.title];",
        )
        .await?;
    let (width, height) = (seen[0].as_f64().unwrap_or_default(), seen[1].as_f64().unwrap_or_default());
    let title = seen[2].as_str().unwrap_or_default();
    ensure!(width > 5.0 && height > 5.0 && title.starts_with("Insights · "), "the rail shows {seen}");
    as_it_was(page).await
}

/// Its calls and those of before in its hour, and back.
async fn calls_of_the_jump(page: Page<'_>) -> anyhow::Result<()> {
    page.click("#jumps [data-jump='calls'] [data-act='calls']").await?;
    page.screen("usage").await?;
    page.until("return document.querySelectorAll('#calls tbody tr').length >= 30").await?;
    // The usage page opens as it was left.
    page.click("#back-to-charts").await?;
    page.gone("#calls").await?;
    page.click("a[data-go='insights']").await?;
    page.find("#jumps [data-jump='calls']").await.map(drop)
}
