//! Usage from files in the window: a wrong file, one with bad rows, columns and providers decided about, the same file
//! again, and a vendor's sums beside the log.

use anyhow::ensure;
use fantoccini::key::Key;
use journeys::{PASSWORD, Room, now};
use serde_json::Value;

use crate::{
    look::{look, picture},
    page::Page,
    stage::{Stage, Theme},
};

#[tokio::test(flavor = "multi_thread")]
async fn usage_from_files_is_imported_in_the_window_by_day() -> anyhow::Result<()> {
    imports(Theme::Light).await
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_from_files_is_imported_in_the_window_by_night() -> anyhow::Result<()> {
    imports(Theme::Dark).await
}

async fn imports(theme: Theme) -> anyhow::Result<()> {
    let (room, _) = Room::with_chain().await;
    let (_simulator, data) = room.leave().await;
    let stage = Stage::open(&data.path().join(Room::FOLDER), theme).await?;
    let page = stage.page();
    let done = async {
        page.unlock(PASSWORD).await?;
        page.click("a[data-go='settings']").await?;
        page.screen("settings").await?;
        page.click("#import-usage").await?;
        logs(page, theme).await?;
        again(page, theme).await?;
        sums(page, theme).await
    };
    let done = done.await;
    if done.is_err() {
        picture(page, theme, "imports-failed", 0).await?;
    }
    done?;
    stage.close().await
}

async fn choose(page: Page<'_>, name: &str, text: &str) -> anyhow::Result<()> {
    page.find("#usage-file:not([disabled])").await?;
    let script = format!(
        "const field = document.querySelector('#usage-file'), files = new DataTransfer();
         files.items.add(new File([{}], {}, {{ type: 'text/csv' }}));
         field.files = files.files;
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        Value::from(text),
        Value::from(name)
    );
    page.run(&script).await.map(drop)
}

async fn select(page: Page<'_>, css: &str, value: &str) -> anyhow::Result<()> {
    let script = format!(
        "const field = document.querySelector({});
         field.value = {};
         field.dispatchEvent(new Event('change', {{ bubbles: true }}));",
        Value::from(css),
        Value::from(value)
    );
    page.find(css).await?;
    page.run(&script).await.map(drop)
}

async fn ready(page: Page<'_>) -> anyhow::Result<()> {
    page.find("[data-step='ready']").await.map(drop)
}

fn litellm() -> String {
    let row = |number: i64| {
        let vendor =
            [("openai", "gpt-4o-mini"), ("anthropic", "claude-opus-5-5"), ("mistral", "mistral-large")];
        let (vendor, model) = vendor[usize::try_from(number % 3).unwrap()];
        let ended = now().0 / 1_000 - number * 600;
        format!(
            "r-{number},{model},{vendor},u-{},{},{},0.00{:03},{},{ended},success\n",
            number % 4,
            900 + number,
            40 + number,
            number,
            ended - 2
        )
    };
    let header = "request_id,model,custom_llm_provider,user,prompt_tokens,completion_tokens,spend,startTime,endTime,status\n";
    let rows: String = (1..=120).map(row).collect();
    format!("{header}{rows}r-x,m,openai,u,many,1,0.1,1,2,success\nr-y,m,openai,u,1\n")
}

async fn logs(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.find("[data-step='choosing']").await?;
    look(page, theme, "import-usage").await?;
    choose(page, "wrong.csv", "name,phone\nA,1\n").await?;
    page.find("#usage-refused").await?;
    look(page, theme, "import-usage-refused").await?;
    choose(page, "spend_logs.csv", &litellm()).await?;
    ready(page).await?;
    ensure!(page.text("#import-form").await?.contains("LiteLLM"), "the form is not said");
    ensure!(page.text("#confirm-import").await?.contains("120"), "the button does not say how many");
    look(page, theme, "import-usage-ready").await?;
    page.click("#save-faults").await?;
    ensure!(page.text("#faults-saved").await?.contains("signalbox-import-errors"), "the file is not named");
    ready(page).await?;
    select(page, "#goes-to-1", "").await?;
    ready(page).await?;
    page.click("#import-columns > summary").await?;
    look(page, theme, "import-usage-columns").await?;
    // Without the tokens there is nothing to import; with them there is again.
    select(page, "#import-columns .field:nth-of-type(7) select", "").await?;
    page.find("#import-missing").await?;
    ensure!(!page.is_enabled("#confirm-import").await?, "a needed column is missing");
    look(page, theme, "import-usage-missing").await?;
    select(page, "#import-columns .field:nth-of-type(7) select", "prompt_tokens").await?;
    page.gone("#import-missing").await?;
    page.click("#confirm-import").await?;
    page.find("#import-done").await?;
    look(page, theme, "import-usage-done").await?;
    page.click("#close-import").await?;
    page.gone(".dialog").await?;
    page.until("return document.activeElement?.id === 'import-usage'").await
}

/// By the keyboard, and the same file.
async fn again(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.press("#import-usage", Key::Enter).await?;
    choose(page, "spend_logs.csv", &litellm()).await?;
    ready(page).await?;
    ensure!(!page.is_enabled("#confirm-import").await?, "the same rows a second time");
    look(page, theme, "import-usage-known").await
}

async fn sums(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    let day = (now().0 / 86_400_000 - 1) * 86_400;
    let row = |item: &str, amount: &str| {
        format!("{day},{},{amount},usd,\"gpt-4o-mini, {item}\",proj_demo\n", day + 86_400)
    };
    let header = "start_time,end_time,amount_value,amount_currency,line_item,project_id\n";
    choose(page, "cost.csv", &format!("{header}{}{}", row("input", "0.25"), row("output", "1.5"))).await?;
    page.find("#import-sums-note").await?;
    ready(page).await?;
    look(page, theme, "import-usage-sums").await?;
    page.click("#confirm-import").await?;
    page.find("#reported-usage").await?;
    ensure!(page.text("#reported-usage").await?.contains("$1.75"), "the vendor's cost is not shown");
    look(page, theme, "import-usage-reported").await?;
    page.press("#close-import", Key::Escape).await?;
    page.gone(".dialog").await
}
