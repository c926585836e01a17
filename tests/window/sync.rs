//! Sync in the window, against a running server: connected, compared, a key chosen, changed on both sides, a conflict decided field
//! by field, and both sides the same after; what is shown while there is no server, nobody is logged in, and the server is away.

use std::time::Duration;

use anyhow::ensure;
use journeys::PASSWORD;
use model::ProviderType;
use serde_json::{Value, json};

use crate::{
    client::CONFIGS,
    look::{look, picture},
    page::Page,
    room::{ADMIN_PASSWORD, Person, Room, Session},
    stage::{Stage, Theme},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_with_a_server_is_decided_field_by_field_by_day() -> anyhow::Result<()> {
    journey(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conflict_with_a_server_is_decided_field_by_field_by_night() -> anyhow::Result<()> {
    journey(Theme::Dark).await
}

struct Server {
    room: Room,
    admin: Person,
    session: Session,
}

async fn journey(theme: Theme) -> anyhow::Result<()> {
    let (room, admin, session) = Room::open().await;
    let mut server = Server { room, admin, session };
    let desk = journeys::Room::open().await;
    for (kind, model, key, name) in [
        (ProviderType::OpenAi, "gpt-4o-mini", "test-openai-key-0001", "OpenAI Mini"),
        (ProviderType::Claude, "claude-opus-5-5", "test-claude-key-0001", "Claude Production"),
    ] {
        let mut form = desk.form(kind, model);
        form["base_url"] = json!(server.room.simulator.base_url(kind));
        form["display_name"] = json!(name);
        desk.add(&form, Some(key)).await;
    }
    let (_simulator, data) = desk.leave().await;
    let stage = Stage::open(&data.path().join(journeys::Room::FOLDER), theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        page.click("a[data-go='sync']").await?;
        page.screen("sync").await?;
        page.find("#no-remotes").await?;
        look(page, theme, "sync-empty").await?;
        connect(page, theme, &mut server).await?;
        send_keys(page, theme).await?;
        told(page, theme).await?;
        conflict(page, theme, &mut server).await?;
        away(page, theme, &mut server).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, theme, "sync-failed", 0).await?;
    }
    done?;
    stage.close().await
}

impl Server {
    fn code(&self) -> String {
        self.room.pass(Duration::from_secs(30));
        self.admin.code(self.room.now())
    }

    async fn configs(&self) -> Value {
        self.room.get(&self.session, CONFIGS).await.data().clone()
    }

    async fn number_of(&self, name: &str) -> Value {
        let configs = self.configs().await;
        let one = configs.as_array().unwrap().iter().find(|one| one["display_name"] == name).unwrap().clone();
        one["id"].clone()
    }
}

async fn connect(page: Page<'_>, theme: Theme, server: &mut Server) -> anyhow::Result<()> {
    page.click("#connect-server").await?;
    page.fill("#remote-address", "http://api.example.com").await?;
    page.click("#test-remote").await?;
    // Plain http to another computer is refused before anything is sent.
    page.until("return document.querySelector('#remote-address-note')?.textContent.includes('https://')")
        .await?;
    page.fill("#remote-address", &format!("http://{}", server.room.address())).await?;
    page.click("#test-remote").await?;
    page.until("return document.querySelector('#probed')?.textContent.includes('answers here')").await?;
    page.fill("#remote-name", "Staging").await?;
    page.fill("#remote-user", "admin").await?;
    page.fill("#remote-secret", ADMIN_PASSWORD).await?;
    page.click("#remote-keep").await?;
    page.fill("#remote-code", &server.code()).await?;
    look(page, theme, "sync-connect").await?;
    page.click("#save-remote").await?;
    page.gone("#remote-form").await?;
    page.find("#remote[data-state='ready'][aria-busy='false']").await?;
    let said = page.text("#remote").await?;
    ensure!(said.contains("Connected as admin, role super_admin"), "{said}");
    Ok(())
}

/// Both are new there, and wait until their keys are chosen.
async fn send_keys(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    for place in 0..2 {
        page.click(&format!("[data-difference='{place}']")).await?;
        page.click("#send-key").await?;
        page.until(&format!(
            "return document.querySelector('#push')?.textContent.trim() === 'Push {}' && !document.querySelector('#push').disabled",
            place + 1
        ))
        .await?;
    }
    look(page, theme, "sync-new").await?;
    page.click("#sync-all").await?;
    page.find("#both-same").await?;
    look(page, theme, "sync-same").await?;
    page.run("document.querySelectorAll('.toast [data-action=dismiss]').forEach(one => one.click());")
        .await?;
    Ok(())
}

/// The one line of the menu that is this.
const HERE: &str = "[data-action='here']";
const THERE: &str = "[data-action]:not([data-action='here'])";

async fn source(page: Page<'_>, line: &str) -> anyhow::Result<()> {
    page.click("#source").await?;
    page.click(&format!("[role='menu'] {line}")).await
}

/// Waits until a part of the page has these words, also those that are cut off at its edge.
async fn holds(page: Page<'_>, css: &str, words: &[&str]) -> anyhow::Result<()> {
    let script = format!(
        "const text = document.querySelector({})?.textContent ?? ''; return {}.every(one => text.includes(one))",
        Value::from(css),
        json!(words)
    );
    page.until(&script).await.map(|_| ())
}

/// What the server says of itself, in the pages that have it of this computer, and back.
async fn told(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("a[data-go='health']").await?;
    page.screen("health").await?;
    source(page, THERE).await?;
    page.find("#told-source").await?;
    holds(page, "#main", &["From Staging", "OpenAI Mini"]).await?;
    look(page, theme, "told-health").await?;
    // The source stays from page to page.
    page.click("a[data-go='usage']").await?;
    page.find("#remote-usage").await?;
    look(page, theme, "told-usage").await?;
    page.click("a[data-go='history']").await?;
    page.find("#remote-history tr[data-entry]").await?;
    holds(page, "#remote-history", &["Provider added"]).await?;
    page.until("return !document.body.textContent.includes('test-openai-key')").await?;
    look(page, theme, "told-history").await?;
    source(page, HERE).await?;
    page.gone("#told-source").await?;
    page.find("#history").await?;
    page.click("a[data-go='sync']").await?;
    page.screen("sync").await
}

async fn edit_here(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await?;
    page.click("tr[data-name='Claude Production'] [data-action='edit']").await?;
    page.find("#display-name").await?;
    page.fill("#description", "Paid workspace, EU billing").await?;
    page.fill("#daily-limit", "1000000").await?;
    page.click("#save-provider").await?;
    page.gone("#description").await
}

async fn conflict(page: Page<'_>, theme: Theme, server: &mut Server) -> anyhow::Result<()> {
    edit_here(page).await?;
    let number = server.number_of("Claude Production").await;
    let theirs = json!({ "description": "Paid workspace, owner Admin Two", "daily_token_limit": 2_000_000,
        "monthly_token_limit": 40_000_000 });
    server.room.put(&server.session, &number, &theirs).await.data();
    let mini = server.number_of("OpenAI Mini").await;
    server.room.put(&server.session, &mini, &json!({ "model_name": "gpt-4o" })).await.data();
    page.click("a[data-go='sync']").await?;
    page.screen("sync").await?;
    page.find("#apply-choices[disabled]").await?;
    // Nothing goes in both directions before it is decided.
    page.find("#sync-all[disabled]").await?;
    // Beside the page's name, on every page.
    holds(page, "a[data-go='sync'] .nb.warn", &["1"]).await?;
    // Each part says who changed it.
    holds(page, "#difference", &["Changed by admin"]).await?;
    page.until("return !document.querySelector('#difference').textContent.includes('is unknown')").await?;
    let description = place_of(page, "Description").await?;
    let limit = place_of(page, "Daily limit").await?;
    page.click(&format!("[data-pick='{description}-here']")).await?;
    let left = page.text("#choices-left").await?;
    ensure!(left.contains("1 field") && left.contains("Daily limit"), "{left}");
    look(page, theme, "sync-conflict").await?;
    page.click(&format!("[data-pick='{limit}-there']")).await?;
    page.click("#apply-choices").await?;
    page.find("#choose-again").await?;
    page.gone("a[data-go='sync'] .nb").await?;
    look(page, theme, "sync-decided").await?;
    page.click("#sync-all").await?;
    page.find("#both-same").await?;
    let configs = server.configs().await;
    let there = configs.as_array().unwrap().iter().find(|one| one["id"] == number).unwrap();
    let shown = [&there["description"], &there["daily_token_limit"], &there["monthly_token_limit"]];
    let agreed = json!(["Paid workspace, EU billing", 2_000_000, 40_000_000]);
    ensure!(json!(shown) == agreed, "{shown:?}");
    here(page).await
}

async fn place_of(page: Page<'_>, label: &str) -> anyhow::Result<u64> {
    let script = format!(
        "const fields = [...document.querySelectorAll('.sd > .f')].filter(one => !one.classList.contains('h'));
         return fields.findIndex(one => one.firstChild.textContent === {})",
        Value::from(label)
    );
    page.run(&script).await?.as_u64().ok_or_else(|| anyhow::anyhow!("there is no field {label}"))
}

/// What was decided came to this side, too.
async fn here(page: Page<'_>) -> anyhow::Result<()> {
    page.click("a[data-go='providers']").await?;
    page.screen("providers").await?;
    page.until("return document.body.textContent.includes('gpt-4o') && !document.body.textContent.includes('gpt-4o-mini')")
        .await?;
    page.click("tr[data-name='Claude Production'] [data-action='edit']").await?;
    page.find("#daily-limit").await?;
    page.until("return document.querySelector('#daily-limit').value.replaceAll(/[^0-9]/g, '') === '2000000'")
        .await?;
    page.until("return document.querySelector('#description').value === 'Paid workspace, EU billing'")
        .await?;
    page.click("#close-drawer").await?;
    page.gone("#daily-limit").await
}

/// What is lost is said before, and nothing is when it is left.
async fn forget(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("a[data-go='sync']").await?;
    page.find("#remote[data-state='offline']").await?;
    page.click("#connection").await?;
    page.click("[data-action='forget']").await?;
    page.find("#confirm-forget").await?;
    holds(page, "#forget-lost", &["What both sides agreed on", "password"]).await?;
    look(page, theme, "sync-forget").await?;
    page.click("#cancel-forget").await?;
    page.gone("#forget-lost").await?;
    page.find("#remote[data-state='offline']").await.map(|_| ())
}

async fn away(page: Page<'_>, theme: Theme, server: &mut Server) -> anyhow::Result<()> {
    server.room.stop().await;
    page.click("a[data-go='sync']").await?;
    page.find("#remote[data-state='offline']").await?;
    holds(page, "#remote", &["Away since"]).await?;
    look(page, theme, "sync-offline").await?;
    page.click("a[data-go='health']").await?;
    page.screen("health").await?;
    source(page, THERE).await?;
    page.find("#told-offline").await?;
    holds(page, "#told-offline", &["Away since"]).await?;
    look(page, theme, "told-offline").await?;
    source(page, HERE).await?;
    page.gone("#told-offline").await?;
    forget(page, theme).await?;
    // A lock ends the session there.
    page.click("#lock-now").await?;
    page.unlock(PASSWORD).await?;
    page.click("a[data-go='sync']").await?;
    page.find("#remote[data-state='logged-out']").await?;
    look(page, theme, "sync-logged-out").await
}
