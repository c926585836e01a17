//! The pages beside the list: each is looked at, and the playground asks a simulated vendor.

use anyhow::ensure;
use fantoccini::key::Key;

use crate::{look::look, page::Page, stage::Theme};

/// Visits all of them and comes back to the list.
pub async fn visit(page: Page<'_>, theme: Theme) -> anyhow::Result<()> {
    for name in ["routing", "health", "settings"] {
        go(page, name).await?;
        look(page, theme, name).await?;
    }
    go(page, "playground").await?;
    ask(page, "Gemini, renamed", "Say in a few words what a signal box is.").await?;
    look(page, theme, "playground").await?;
    go(page, "providers").await
}

async fn go(page: Page<'_>, name: &str) -> anyhow::Result<()> {
    page.click(&format!("a[data-go='{name}']")).await?;
    page.screen(name).await
}

/// Asks one provider, and waits for its whole answer.
async fn ask(page: Page<'_>, provider: &str, prompt: &str) -> anyhow::Result<()> {
    page.click("#add-model").await?;
    page.fill("[id^='target-'][role='combobox']", provider).await?;
    page.press("[id^='target-'][role='combobox']", Key::Enter).await?;
    page.fill("#prompt", prompt).await?;
    page.click("#run-all").await?;
    page.find("section[data-run='answered']").await?;
    let answer = page.text("section[data-run='answered']").await?;
    ensure!(answer.contains("out"), "an answer without its tokens: {answer}");
    Ok(())
}
