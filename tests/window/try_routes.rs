//! From a try to a route: a prompt that is kept, an answer that is made the route, a route's split and needs, and a failure
//! tried out on paper.

use anyhow::ensure;
use fantoccini::key::Key;
use serde_json::Value;

use crate::{calls::go, look::look, page::Page, stage::Theme};

const CHAIN: &str = "[data-task='extraction']";
const PROMPT: &str = "Say in a few words what a signal box is.";

/// Begins where three columns have answered in the playground, the second of them Claude.
pub async fn try_routes(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    a_prompt_is_kept(page).await?;
    an_answer_is_made_the_route(page, theme).await?;
    a_route_is_split_and_needs_more(page, theme).await?;
    a_failure_is_simulated(page, theme).await?;
    go(page, "playground").await
}

async fn typed(page: Page<'_>) -> anyhow::Result<Value> {
    page.run("return document.querySelector('#prompt').value").await
}

async fn choose(page: Page<'_>, menu: &str, item: &str) -> anyhow::Result<()> {
    page.click(menu).await?;
    page.click(&format!("[role^='menuitem']{item}")).await
}

/// Who stands there in the chain; a name that is cut with dots is no text to the driver.
async fn name_at(page: Page<'_>, at: usize) -> anyhow::Result<String> {
    let name = format!("return document.querySelector(\"{CHAIN} [data-at='{at}'] b\").textContent");
    Ok(page.run(&name).await?.as_str().unwrap_or_default().to_owned())
}

async fn a_prompt_is_kept(page: Page<'_>) -> anyhow::Result<()> {
    choose(page, "#saved-prompts", "[data-action='save']").await?;
    page.fill("#prompt-name", "Signal box").await?;
    page.click("#confirm-prompt").await?;
    page.gone("#confirm-prompt").await?;
    page.fill("#prompt", "Another one.").await?;
    ensure!(typed(page).await? == "Another one.");
    choose(page, "#saved-prompts", ":not([data-action='save']):not([data-action='delete'])").await?;
    let loaded = format!("return document.querySelector('#prompt').value === {}", Value::from(PROMPT));
    page.until(&loaded).await?;
    page.until("return document.querySelector('#saved-prompts').textContent.includes('Signal box')").await
}

async fn an_answer_is_made_the_route(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click(".pg-cols > section:nth-of-type(2) [data-action='make-route']").await?;
    // Where the dialog puts the focus once the tasks are read.
    page.find("#route-task:focus").await?;
    choose(page, "#route-task", "[data-action='extraction']").await?;
    page.find("#route-consequence").await?;
    look(page, theme, "make-route").await?;
    page.click("#confirm-route").await?;
    page.gone("#confirm-route").await?;
    go(page, "routing").await?;
    page.find(&format!("{CHAIN} [data-at='2']")).await?;
    let first = name_at(page, 0).await?;
    ensure!(first == "Claude one", "the route begins with {first}");
    // Failover stays: those who stood before it stand behind it.
    let second = name_at(page, 1).await?;
    ensure!(second == "OpenAI one", "behind it stands {second}");
    Ok(())
}

async fn a_route_is_split_and_needs_more(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.click(&format!("{CHAIN} [data-action='settings']")).await?;
    page.click("#mode-extraction [role='radio']:nth-child(2)").await?;
    let weight = |place: usize| format!("{CHAIN} .fields > .field:nth-of-type({place}) input[id^='weight-']");
    page.fill(&weight(1), "3").await?;
    page.fill(&weight(2), "1").await?;
    page.click(&format!("{CHAIN} .needs .cbl:nth-of-type(3)")).await?;
    page.fill("#context-extraction", "16000").await?;
    look(page, theme, "routing-split").await?;
    page.click("#save-routes").await?;
    page.find("#save-routes:disabled").await?;
    go(page, "providers").await?;
    go(page, "routing").await?;
    // What was open is open again.
    page.find("#mode-extraction [role='radio']:nth-child(2)[aria-checked='true']").await?;
    let kept = page
        .run("return [...document.querySelectorAll(\"[data-task='extraction'] input[id^='weight-']\")].map(one => one.value)")
        .await?;
    ensure!(kept[0] == "3" && kept[1] == "1", "the shares were not saved: {kept}");
    let context =
        page.run("return document.querySelector('#context-extraction').value.replace(/\\D/g, '')").await?;
    ensure!(context == "16000", "the need was not saved: {context}");
    // Back to a chain, as those who come next expect it.
    page.click("#mode-extraction [role='radio']:nth-child(1)").await?;
    page.click(&format!("{CHAIN} .needs .cbl:nth-of-type(3)")).await?;
    page.fill("#context-extraction", "").await?;
    page.click(&format!("{CHAIN} [data-action='settings']")).await
}

async fn a_failure_is_simulated(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    page.fill("#simulate-provider", "Claude one").await?;
    page.press("#simulate-provider", Key::Enter).await?;
    page.find("#simulate .sim li").await?;
    let told = page.text("#simulate .sim").await?;
    ensure!(told.contains("extraction") && told.contains("OpenAI one"), "nobody follows: {told}");
    look(page, theme, "routing-simulated").await?;
    page.press("#failure-kind [tabindex='0']", Key::Right).await?;
    page.find("#failure-kind [role='radio']:nth-child(2)[aria-checked='true']").await?;
    page.find("#simulate .sim li").await?;
    // The chain as it was before, for those who come next.
    let node = |at: usize| format!("{CHAIN} [data-at='{at}']");
    page.press(&node(0), Key::Space).await?;
    page.press(&node(0), Key::Right).await?;
    page.press(&node(1), Key::Space).await?;
    page.click("#save-routes").await?;
    page.find("#save-routes:disabled").await?;
    let first = name_at(page, 0).await?;
    ensure!(first == "OpenAI one", "the chain begins with {first}");
    Ok(())
}
