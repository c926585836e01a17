//! Several rows at once, and rows in another order, in the window: each by what a person has for it, and each taken back.

use anyhow::{Context as _, ensure};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use journeys::{PASSWORD, Room};
use model::ProviderType;
use serde_json::{Value, json};
use simulator::Simulator;
use tempfile::TempDir;

use crate::{
    look::{look, picture},
    page::{Page, answer},
    stage::{Stage, Theme},
    x_keys::Keyboard,
};

/// All of one vendor, since an order by hand holds within each.
const NAMES: [&str; 3] = ["Amber", "Birch", "Cedar"];

#[tokio::test(flavor = "multi_thread")]
async fn several_are_tested_switched_and_deleted_and_the_list_is_as_before() -> anyhow::Result<()> {
    let (stage, _around) = three(Theme::Light).await?;
    let page = stage.page();
    let done = async {
        mark(page, &NAMES[..2]).await?;
        look(page, Theme::Light, "marked").await?;
        bulk(page, "test").await?;
        page.until("return document.querySelector('.toasts').textContent.includes('2 providers tested')")
            .await?;

        bulk(page, "off").await?;
        off(page, 2).await?;
        undo(page).await?;
        off(page, 0).await?;
        bulk(page, "off").await?;
        off(page, 2).await?;
        bulk(page, "on").await?;
        off(page, 0).await?;

        bulk(page, "export").await?;
        page.find("#confirm-export").await?;
        page.click("#cancel-export").await?;
        page.gone("#confirm-export").await?;
        deleted(page).await
    };
    let done = done.await;
    finish(stage, "marked-failed", done).await
}

/// The number of the marked has to be typed: another one confirms nothing.
async fn deleted(page: Page<'_>) -> anyhow::Result<()> {
    bulk(page, "delete").await?;
    let said = page.text("#delete-many-names").await?;
    ensure!(said.contains("Amber") && said.contains("Birch") && !said.contains("Cedar"), "{said}");
    page.fill("#confirm-count", "3").await?;
    ensure!(!page.is_enabled("#confirm-delete-many").await?, "another number confirms");
    page.fill("#confirm-count", "2").await?;
    look(page, Theme::Light, "delete-many").await?;
    page.click("#confirm-delete-many").await?;
    page.gone("#delete-many").await?;
    in_order(page, &["Cedar"]).await?;
    undo(page).await?;
    in_order(page, &NAMES).await
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_are_moved_by_keyboard_and_by_their_grip_and_the_order_is_taken_back() -> anyhow::Result<()> {
    let (stage, _around) = three(Theme::Dark).await?;
    let page = stage.page();
    let done = async {
        page.run("document.querySelector(\"tr[data-name='Amber']\").focus()").await?;
        Keyboard::of(&stage.display)?.alt_down()?;
        in_order(page, &["Birch", "Amber", "Cedar"]).await?;
        undo(page).await?;
        in_order(page, &NAMES).await?;

        drag(page, "Amber", "Cedar").await?;
        in_order(page, &["Birch", "Cedar", "Amber"]).await?;
        undo(page).await?;
        in_order(page, &NAMES).await
    };
    let done = done.await;
    finish(stage, "ordered-failed", done).await
}

/// An open vault with three configurations, and what has to last as long as it is used.
async fn three(theme: Theme) -> anyhow::Result<(Stage, (Simulator, TempDir))> {
    let room = Room::open().await;
    for name in NAMES {
        let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
        form["display_name"] = json!(name);
        room.add(&form, Some("test-openai-key-0001")).await;
    }
    let around = room.leave().await;
    let stage = Stage::open(&around.1.path().join(Room::FOLDER), theme).await?;
    stage.page().unlock(PASSWORD).await?;
    in_order(stage.page(), &NAMES).await?;
    Ok((stage, around))
}

async fn finish(stage: Stage, name: &str, done: anyhow::Result<()>) -> anyhow::Result<()> {
    if done.is_err() {
        picture(stage.page(), Theme::Light, name, 0).await?;
    }
    done?;
    stage.close().await
}

async fn mark(page: Page<'_>, names: &[&str]) -> anyhow::Result<()> {
    for name in names {
        page.click(&format!("tr[data-name='{name}'] .cb-cell")).await?;
        page.find(&format!("tr[data-name='{name}'][aria-selected='true']")).await?;
    }
    Ok(())
}

async fn bulk(page: Page<'_>, act: &str) -> anyhow::Result<()> {
    page.click(&format!("[data-action='bulk-{act}']")).await
}

async fn undo(page: Page<'_>) -> anyhow::Result<()> {
    page.click(".toast:last-of-type [data-action='undo']").await
}

async fn off(page: Page<'_>, count: usize) -> anyhow::Result<()> {
    page.until(&format!("return document.querySelectorAll('tr.off[data-provider-id]').length === {count}"))
        .await
}

async fn in_order(page: Page<'_>, expected: &[&str]) -> anyhow::Result<()> {
    let shown = "[...document.querySelectorAll('tr[data-provider-id]')].map(row => row.dataset.name).join()";
    let waited = page.until(&format!("return {shown} === {}", Value::from(expected.join(",")))).await;
    let now = page.run(&format!("return {shown}")).await?;
    waited.with_context(|| format!("the order is {now}"))
}

/// By the pointer, from one row's grip to another row.
async fn drag(page: Page<'_>, name: &str, onto: &str) -> anyhow::Result<()> {
    let grip = page.find(&format!("tr[data-name='{name}'] .grip")).await?;
    let row = page.find(&format!("tr[data-name='{onto}'] .grip")).await?;
    let to = |element| PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
    let mouse = MouseActions::new("mouse".to_owned())
        .then(to(grip))
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(to(row))
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    answer("the pointer drags", page.client.perform_actions(mouse)).await
}
