//! Sync with a thousand differences: the question among them is in sight, the list is one stop of the keyboard and stays beside what
//! is open, and a name is found.

use std::time::Duration;

use anyhow::ensure;
use fantoccini::key::Key;
use journeys::PASSWORD;
use model::ProviderType;
use serde_json::{Value, json};

use crate::{
    look::{look, look_with, picture},
    page::Page,
    room::{ADMIN_PASSWORD, Room},
    stage::{Stage, Theme},
};

const MANY: usize = 1_000;
/// Of which both sides say something else.
const ASKED: usize = 600;

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_differences_are_at_hand_by_day() -> anyhow::Result<()> {
    journey(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_differences_are_at_hand_by_night() -> anyhow::Result<()> {
    journey(Theme::Dark).await
}

fn called(number: usize) -> String {
    format!("Provider {number:04}")
}

async fn journey(theme: Theme) -> anyhow::Result<()> {
    let (server, admin, session) = Room::open().await;
    let mut theirs = server.create_body(ProviderType::OpenAi, "gpt-4o-mini", "test-openai-key-0001");
    theirs["display_name"] = json!(called(ASKED));
    theirs["description"] = json!("as the server has it");
    server.create(&session, &theirs).await.data();
    let desk = journeys::Room::open().await;
    let mut form = desk.form(ProviderType::OpenAi, "gpt-4o-mini");
    form["base_url"] = json!(server.simulator.base_url(ProviderType::OpenAi));
    for number in 1..=MANY {
        form["display_name"] = json!(called(number));
        desk.save_new(&form, Some("test-openai-key-0002"), true).await.unwrap();
    }
    let remote = json!({ "id": null, "name": "Staging", "address": format!("http://{}", server.address()), "pin": null,
        "way": "password", "user_name": admin.name, "secret": ADMIN_PASSWORD, "forget_secret": false });
    desk.send("save_remote", remote).await.unwrap();
    let (_simulator, data) = desk.leave().await;
    let stage = Stage::open(&data.path().join(journeys::Room::FOLDER), theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        page.click("a[data-go='sync']").await?;
        page.find("#remote[data-state='logged-out']").await?;
        page.click("#log-in").await?;
        server.pass(Duration::from_secs(30));
        page.fill("#login-code", &admin.code(server.now())).await?;
        page.click("#confirm-login").await?;
        page.find("#remote[data-state='ready'][aria-busy='false']").await?;
        ensure!(
            page.text("#differences h2").await? == format!("{MANY} differences"),
            "they are not all there"
        );
        in_sight(page, ASKED).await?;
        look(page, theme, "sync-many").await?;
        // And so it is in the smallest window.
        look_with(page, theme, "sync-many", false, async |page| in_sight(page, ASKED).await).await?;
        by_keyboard(page).await?;
        page.fill("#sync-search", "0042").await?;
        page.until("return document.querySelectorAll('[data-difference]').length === 1").await?;
        page.click("[data-difference]").await?;
        page.until("return document.querySelector('#difference')?.textContent.includes('Provider 0042')")
            .await?;
        look(page, theme, "sync-many-found").await
    };
    let done: anyhow::Result<()> = done.await;
    if done.is_err() {
        picture(page, theme, "sync-many-failed", 0).await?;
    }
    done?;
    stage.close().await
}

/// Both the line of this number and what it opens are in the window, and nothing but the list was scrolled for it.
async fn in_sight(page: Page<'_>, number: usize) -> anyhow::Result<()> {
    let script = format!(
        "const line = document.querySelector('[data-difference][aria-pressed=true]'), list = line?.closest('.sy-l');
         if (!line?.textContent.includes({})) return false;
         const at = line.getBoundingClientRect(), within = list.getBoundingClientRect();
         return at.top >= within.top - 1 && at.bottom <= within.bottom + 1 && within.bottom <= innerHeight
             && document.querySelector('#difference').getBoundingClientRect().top < innerHeight
             && document.querySelector('.content').scrollTop === 0",
        Value::from(called(number))
    );
    page.until(&script).await
}

async fn by_keyboard(page: Page<'_>) -> anyhow::Result<()> {
    let stops = "return document.querySelectorAll('.sy-l button:not([tabindex=\"-1\"])').length";
    ensure!(page.run(stops).await? == json!(1), "the list is more than one stop");
    let open = "[data-difference][aria-pressed='true']";
    page.press(open, Key::Down).await?;
    // What has to be decided stands first.
    in_sight(page, 1).await?;
    page.press(open, Key::End).await?;
    in_sight(page, MANY).await?;
    page.press(open, Key::Home).await?;
    in_sight(page, ASKED).await?;
    // From the list, the next stop is in what is open.
    page.press(open, Key::Tab).await?;
    page.until("return document.querySelector('#difference').contains(document.activeElement)").await
}
