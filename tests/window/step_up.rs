//! The second factor and History in the window: an app is enrolled from the picture's words, a provider is deleted with its code,
//! wrong and used codes are refused and nothing that was typed is lost; and the log shows all of it, whole.

use anyhow::{Context as _, ensure};
use journeys::{PASSWORD, Room, now};
use model::{ProviderType, Timestamp};
use totp_rs::{Algorithm, Builder, Secret, Totp};

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
};

const NAME: &str = "OpenAI one";

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_deleted_with_a_code_of_the_app_by_day() -> anyhow::Result<()> {
    step_up(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_is_deleted_with_a_code_of_the_app_by_night() -> anyhow::Result<()> {
    step_up(Theme::Dark).await
}

async fn step_up(theme: Theme) -> anyhow::Result<()> {
    let room = Room::open().await;
    room.host.set_wall_clock(now());
    let mut form = room.form(ProviderType::OpenAi, "gpt-6-sol");
    let provider = room.add(&form, Some("test-openai-key-0001")).await;
    form["daily_token_limit"] = serde_json::json!(800_000);
    form["description"] = serde_json::json!("Paid workspace");
    let change = serde_json::json!({ "existing": journeys::existing(&provider), "draft": form, "api_key": null,
        "remove_key": false, "save_anyway": false, "run": 1 });
    room.send("save_provider", change).await.map_err(|failure| anyhow::anyhow!("{failure:?}"))?;
    let (_simulator, data) = room.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        let (app, recovery) = enrolled(page, theme).await?;
        lock(page).await?;
        page.unlock(PASSWORD).await?;
        left(page).await?;
        let used = deleted(page, theme, &app).await?;
        lock(page).await?;
        page.unlock(PASSWORD).await?;
        // At once, while the code would still be in time.
        exported(page, &used, &recovery).await?;
        history(page, theme).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, theme, "step-up-failed", 0).await?;
    }
    done?;
    stage.close().await
}

async fn lock(page: Page<'_>) -> anyhow::Result<()> {
    page.click("#lock-now").await?;
    page.screen("unlock").await
}

fn code(app: &Totp, at: Timestamp) -> anyhow::Result<String> {
    Ok(app.generate(u64::try_from(at.0 / 1000)?).to_string())
}

fn wrong(app: &Totp) -> anyhow::Result<String> {
    let at = now().0;
    let near =
        (-4..=4).map(|step| code(app, Timestamp(at + step * 30_000))).collect::<anyhow::Result<Vec<_>>>()?;
    (0..).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).context("every code is near")
}

/// Enrols an app by what a person would type into it. Gives the app, and a recovery code.
async fn enrolled(page: Page<'_>, theme: Theme) -> anyhow::Result<(Totp, String)> {
    page.click("a[data-go='settings']").await?;
    page.screen("settings").await?;
    page.click("#enrol-totp").await?;
    let secret = page.text("#totp-secret").await?.replace(' ', "");
    let secret = Secret::try_from_base32(secret).map_err(|_| anyhow::anyhow!("the secret is no base32"))?;
    let builder = Builder::new().with_algorithm(Algorithm::SHA1).with_digits(6).with_step_duration(30);
    let app = builder.with_secret(secret).build().map_err(|error| anyhow::anyhow!("{error}"))?;
    page.find("#totp-code:focus").await?;
    page.find("svg.qr path[d^='M']").await?;
    look(page, theme, "step-up-enrol").await?;
    page.fill("#totp-code", &wrong(&app)?).await?;
    page.click("#confirm-totp").await?;
    page.find("#totp-code[aria-invalid='true']").await?;
    page.fill("#totp-code", &code(&app, now())?).await?;
    page.click("#confirm-totp").await?;
    page.find("#codes-kept:focus").await?;
    ensure!(
        page.run("return document.querySelectorAll('#new-codes li').length").await? == 10,
        "not ten codes"
    );
    look(page, theme, "step-up-codes").await?;
    let recovery = page.text("#new-codes li:first-child code").await?;
    page.click("#codes-kept").await?;
    page.find("#renew-codes").await?;
    look(page, theme, "step-up-settings").await?;
    Ok((app, recovery))
}

/// Asks to delete what is marked and leaves the proof: the question can be confirmed once more.
async fn left(page: Page<'_>) -> anyhow::Result<()> {
    page.click("tr[data-provider-id] .cb-cell").await?;
    page.click("[data-action='bulk-delete']").await?;
    page.fill("#confirm-count", "1").await?;
    page.click("#confirm-delete-many").await?;
    page.find("#prove-answer.otp:focus").await?;
    page.click("#prove-cancel").await?;
    page.gone("#prove-dialog").await?;
    page.find("#confirm-delete-many:not([disabled])").await?;
    page.click("#cancel-delete-many").await?;
    page.gone("#delete-many").await?;
    page.click("[data-action='bulk-clear']").await
}

/// Deletes the provider. What is typed stays while the app is asked for. Gives the code that was used.
async fn deleted(page: Page<'_>, theme: Theme, app: &Totp) -> anyhow::Result<String> {
    page.click("tr[data-provider-id] button[data-action='menu']").await?;
    page.click("[role='menuitem'][data-action='delete']").await?;
    page.fill("#confirm-name", NAME).await?;
    page.click("#confirm-delete").await?;
    page.find("#prove-answer.otp:focus").await?;
    look(page, theme, "step-up-asked").await?;
    page.click("#prove-cancel").await?;
    page.gone("#prove-dialog").await?;
    let kept = page.run("return document.querySelector('#confirm-name').value").await?;
    ensure!(kept == NAME, "what was typed is lost: {kept}");
    page.click("#confirm-delete").await?;
    page.find("#prove-answer.otp:focus").await?;
    page.fill("#prove-answer", &wrong(app)?).await?;
    page.click("#prove").await?;
    page.until("return document.querySelector('#prove-answer-note').textContent.startsWith('That code is not right.')")
        .await?;
    look(page, theme, "step-up-wrong").await?;
    // One step early, as clocks differ: later than that which enrolled the app in any case.
    let used = code(app, Timestamp(now().0 + 30_000))?;
    page.fill("#prove-answer", &used).await?;
    page.click("#prove").await?;
    page.gone("#prove-dialog").await?;
    page.gone("#delete-dialog").await?;
    page.until("return document.querySelector('.toast') !== null").await?;
    Ok(used)
}

async fn history(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click("a[data-go='history']").await?;
    page.screen("history").await?;
    let verdict = page.text("#verdict").await?;
    ensure!(verdict.starts_with("Chain verified: "), "{verdict}");
    page.fill("#search", "paid workspace").await?;
    page.until("return document.querySelector('#history-count').textContent.startsWith('2 of')").await?;
    page.click("#history tbody tr:last-child .entry").await?;
    page.find(".diff td.is").await?;
    let shown = page.text(".diff").await?;
    ensure!(shown.contains("Tokens per day") && shown.contains("800000"), "{shown}");
    ensure!(!page.text("#history").await?.contains("test-openai-key"), "a key is in the log");
    look(page, theme, "history").await?;
    page.click("[data-only]").await?;
    page.until("return document.querySelector('#any-record') !== null").await
}

/// A file of it needs a proof: the code that was used is none, a recovery code is one.
async fn exported(page: Page<'_>, used: &str, recovery: &str) -> anyhow::Result<()> {
    page.click("a[data-go='history']").await?;
    page.screen("history").await?;
    page.click("#export-history").await?;
    page.click("[role='menuitem'][data-action='csv']").await?;
    page.find("#prove-answer.otp:focus").await?;
    page.fill("#prove-answer", used).await?;
    page.click("#prove").await?;
    page.until(
        "return document.querySelector('#prove-answer-note').textContent.startsWith('That code was used already.')",
    )
    .await?;
    page.click("#prove-other").await?;
    page.fill("#prove-answer", recovery).await?;
    page.click("#prove").await?;
    page.gone("#prove-dialog").await?;
    page.until("return document.querySelector('.toast')?.textContent.includes('history') === true").await
}
