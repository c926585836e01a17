//! The list of providers and its drawer, as a person works with them.

use std::future::Future;

use anyhow::Context as _;
use model::ProviderType;
use serde_json::Value;

use crate::page::Page;

/// What is typed for a new provider.
pub struct NewProvider<'a> {
    pub kind: ProviderType,
    pub key: &'a str,
    pub model: &'a str,
    pub name: &'a str,
    pub base_url: String,
}

/// The open drawer.
pub struct Drawer<'a>(Page<'a>);

impl<'a> Drawer<'a> {
    /// Opens it for a new provider and fills it in.
    pub async fn add(page: Page<'a>, new: &NewProvider<'_>) -> anyhow::Result<Self> {
        page.click("#add-provider").await?;
        page.find("#provider-form").await?;
        page.choose(&format!("input[name='provider-type'][value='{}']", new.kind.as_str())).await?;
        reveal(page, "#base-url").await?;
        for (field, text) in [
            ("#base-url", new.base_url.as_str()),
            ("#api-key", new.key),
            ("#model-name", new.model),
            ("#display-name", new.name),
        ] {
            page.fill(field, text).await?;
        }
        Ok(Self(page))
    }

    /// Opens it for a provider of the list.
    pub async fn edit(page: Page<'a>, name: &str) -> anyhow::Result<Self> {
        page.click(&format!("{} button[data-action='edit']", row(name))).await?;
        page.find("#provider-form").await?;
        reveal(page, "#daily-limit").await?;
        Ok(Self(page))
    }

    /// Tests what is typed, and returns the outcome.
    pub async fn test(&self) -> anyhow::Result<String> {
        self.0.click("#test-draft").await?;
        let result = "#test-result[data-outcome]:not([data-outcome='running'])";
        self.0.attribute(result, "data-outcome").await?.context("the test has no outcome")
    }

    /// Saves, and waits for the row.
    pub async fn save(self, name: &str) -> anyhow::Result<()> {
        self.0.click("#save-provider").await?;
        self.closed_with(name).await
    }

    /// Saves although the test failed.
    pub async fn save_anyway(self, name: &str) -> anyhow::Result<()> {
        self.0.click("#save-provider").await?;
        self.0.click("#save-anyway").await?;
        self.closed_with(name).await
    }

    async fn closed_with(self, name: &str) -> anyhow::Result<()> {
        self.0.gone("#provider-form").await?;
        self.0.find(&row(name)).await.map(drop)
    }
}

/// Names of the providers, in the list's order.
pub async fn names(page: Page<'_>) -> anyhow::Result<Vec<String>> {
    texts(page, "[...document.querySelectorAll('tr[data-provider-id]')].map(row => row.dataset.name)").await
}

/// What the list says of each provider, but for how long ago a test was.
pub async fn shown(page: Page<'_>) -> anyhow::Result<Vec<String>> {
    let row = "[row.dataset.providerId, row.dataset.name, ...['status', 'tasks'].map(cell =>
        row.querySelector(`[data-cell=${cell}]`).textContent.trim())].join(' | ')";
    texts(page, &format!("[...document.querySelectorAll('tr[data-provider-id]')].map(row => {row})")).await
}

/// Tests a saved provider, and waits until its row says so.
pub async fn test(page: Page<'_>, name: &str) -> anyhow::Result<()> {
    page.click(&format!("{} button[data-action='test']", row(name))).await?;
    page.find(&format!("{} button[data-action='test']:not([aria-busy='true'])", row(name))).await.map(drop)
}

/// Opens a row's menu.
pub async fn menu(page: Page<'_>, name: &str) -> anyhow::Result<()> {
    page.click(&format!("{} button[data-action='menu']", row(name))).await?;
    page.find("[role='menuitem'][data-action='delete']").await.map(drop)
}

/// Switches a provider off by its open menu.
pub async fn switch_off(page: Page<'_>, name: &str) -> anyhow::Result<()> {
    let status = format!("{} [data-cell='status']", row(name));
    let before = page.text(&status).await?;
    page.click("[role='menuitem'][data-action='toggle-active']").await?;
    let cell = Value::from(status);
    page.until(&format!("return document.querySelector({cell}).innerText !== {}", Value::from(before))).await
}

/// Deletes a provider; `look` is called while the question is asked.
pub async fn delete<F: Future<Output = anyhow::Result<()>>>(
    page: Page<'_>,
    name: &str,
    look: impl FnOnce() -> F,
) -> anyhow::Result<()> {
    menu(page, name).await?;
    page.click("[role='menuitem'][data-action='delete']").await?;
    page.find("#confirm-name").await?;
    look().await?;
    page.fill("#confirm-name", name).await?;
    page.click("#confirm-delete").await?;
    page.gone(&row(name)).await?;
    page.find(".toast [data-action='undo']").await.map(drop)
}

fn row(name: &str) -> String {
    format!("tr[data-provider-id][data-name='{name}']")
}

/// Opens the disclosure that a field is in, if it is closed.
async fn reveal(page: Page<'_>, field: &str) -> anyhow::Result<()> {
    page.find(field).await?;
    // WebDriver's own "is displayed" does not know that a closed disclosure hides what is in it.
    let visible = format!("return document.querySelector({}).checkVisibility()", Value::from(field));
    if page.run(&visible).await? == Value::Bool(true) {
        return Ok(());
    }
    page.click("#provider-form details:not(.help):not([open]) > summary").await?;
    page.until(&visible).await
}

async fn texts(page: Page<'_>, expression: &str) -> anyhow::Result<Vec<String>> {
    Ok(serde_json::from_value(page.run(&format!("return {expression}")).await?)?)
}
