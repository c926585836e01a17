//! Less motion: where a person wants none, nothing moves, not even what turns while something is awaited.

use std::fs;

use anyhow::ensure;
use journeys::{PASSWORD, Room};
use model::ProviderType;
use simulator::Fault;

use crate::stage::{Stage, Theme};

const MOVING: &str = "return document.getAnimations().length";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_while_a_test_runs_if_no_motion_is_wanted() -> anyhow::Result<()> {
    let room = Room::open().await;
    room.add(&room.form(ProviderType::OpenAi, "gpt-6-sol"), Some("test-openai-key-0001")).await;
    let (simulator, data) = room.leave().await;
    simulator.set_fault("openai", Some(Fault::Slow));
    let folder = data.path().join(Room::FOLDER);
    fs::write(folder.join("settings.json"), serde_json::json!({ "reduce_motion": true }).to_string())?;
    let stage = Stage::open(&folder, Theme::Light).await?;
    let page = stage.page();
    page.unlock(PASSWORD).await?;
    page.click("tr[data-provider-id] button[data-action='test']").await?;
    page.find("tr[data-provider-id] .spin").await?;
    ensure!(page.run(MOVING).await? == 0, "something moves");
    // The same sign turns where nobody minds.
    page.run("delete document.documentElement.dataset.motion").await?;
    page.until(&format!("{MOVING} > 0")).await?;
    stage.close().await
}
