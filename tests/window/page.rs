//! The page as a person uses it: find by its stable hooks, click, type, read.

use std::{fmt, future::Future, time::Duration};

use anyhow::{Context as _, bail};
use fantoccini::{Client, Locator, elements::Element, key::Key};
use serde_json::Value;

/// Longer than anything takes on a slow machine; only a failing test waits so long.
const PATIENCE: Duration = Duration::from_secs(40);

/// For one command of WebDriver. A window that went away leaves its driver silent for ever, and a test that waits for
/// it would keep the whole run waiting.
const ANSWER: Duration = Duration::from_secs(90);

/// Waits for a command's answer, but not for ever.
pub async fn answer<T, E>(
    what: impl fmt::Display,
    command: impl Future<Output = Result<T, E>>,
) -> anyhow::Result<T>
where
    Result<T, E>: anyhow::Context<T, E>,
{
    match tokio::time::timeout(ANSWER, command).await {
        Ok(answer) => answer.with_context(|| what.to_string()),
        Err(_) => bail!("{what}: the window does not answer"),
    }
}

/// What a test does with the page.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    /// Drives it.
    pub client: &'a Client,
    /// The X display that its window is on.
    pub display: &'a str,
}

impl Page<'_> {
    /// Waits until a screen is shown with all it needs.
    pub async fn screen(&self, name: &str) -> anyhow::Result<()> {
        self.find(&format!("body[data-screen='{name}'][data-ready='true']")).await?;
        Ok(())
    }

    /// Types a password at the lock screen and sends it, whatever comes of it.
    pub async fn try_password(&self, password: &str) -> anyhow::Result<()> {
        self.screen("unlock").await?;
        // It is not, for a while after a wrong one.
        self.find("#unlock-password:not([disabled])").await?;
        self.fill("#unlock-password", password).await?;
        self.click("#unlock").await
    }

    /// Unlocks the vault and waits for the list.
    pub async fn unlock(&self, password: &str) -> anyhow::Result<()> {
        self.try_password(password).await?;
        self.screen("providers").await
    }

    /// Waits for an element.
    pub async fn find(&self, css: &str) -> anyhow::Result<Element> {
        let wait = self.client.wait().at_most(PATIENCE).every(Duration::from_millis(50));
        answer(format_args!("there is no {css}"), wait.for_element(Locator::Css(css))).await
    }

    /// Waits until a script says yes.
    pub async fn until(&self, script: &str) -> anyhow::Result<()> {
        let end = std::time::Instant::now() + PATIENCE;
        while self.run(script).await? != Value::Bool(true) {
            if std::time::Instant::now() > end {
                bail!("never true: {script}");
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Waits until no element is found any more.
    pub async fn gone(&self, css: &str) -> anyhow::Result<()> {
        self.until(&format!("return document.querySelector({}) === null", Value::from(css))).await
    }

    /// Clicks an element as soon as it is there and can be used.
    pub async fn click(&self, css: &str) -> anyhow::Result<()> {
        let element = self.find(&format!("{css}:not([disabled])")).await?;
        self.bring_to_the_middle(css).await?;
        answer(format_args!("{css} takes no click"), element.click()).await
    }

    /// WebDriver scrolls only until an edge shows, which a bar over the content may still cover.
    async fn bring_to_the_middle(&self, css: &str) -> anyhow::Result<()> {
        let scroll = "scrollIntoView({ block: 'center', behavior: 'instant' })";
        self.run(&format!("document.querySelector({}).{scroll}", Value::from(css))).await.map(drop)
    }

    /// Clicks a radio button or check box by its label, as its own box may be drawn by the label.
    pub async fn choose(&self, css: &str) -> anyhow::Result<()> {
        let id = self.attribute(css, "id").await?.unwrap_or_default();
        self.click(&format!("label:has({css}), label[for='{id}']")).await
    }

    /// Replaces what a field holds by typing.
    pub async fn fill(&self, css: &str, text: &str) -> anyhow::Result<()> {
        let field = self.find(css).await?;
        self.bring_to_the_middle(css).await?;
        answer(format_args!("{css} takes no click"), field.click()).await?;
        let select_all = format!("{}a{}", char::from(Key::Control), char::from(Key::Null));
        let type_in =
            async |keys: &str| answer(format_args!("{css} takes no text"), field.send_keys(keys)).await;
        type_in(&format!("{select_all}{}", char::from(Key::Delete))).await?;
        if text.is_empty() { Ok(()) } else { type_in(text).await }
    }

    /// Presses a key in a field.
    pub async fn press(&self, css: &str, key: Key) -> anyhow::Result<()> {
        let field = self.find(css).await?;
        answer(format_args!("{css} takes no keys"), field.send_keys(&char::from(key).to_string())).await
    }

    /// The text of an element.
    pub async fn text(&self, css: &str) -> anyhow::Result<String> {
        let element = self.find(css).await?;
        answer(format_args!("{css} has no text"), element.text()).await
    }

    /// An attribute of an element.
    pub async fn attribute(&self, css: &str, name: &str) -> anyhow::Result<Option<String>> {
        let element = self.find(css).await?;
        answer(format_args!("{css} has no attributes"), element.attr(name)).await
    }

    /// Whether an element can be used.
    pub async fn is_enabled(&self, css: &str) -> anyhow::Result<bool> {
        let element = self.find(css).await?;
        answer(format_args!("{css} says nothing"), element.is_enabled()).await
    }

    /// What a script returns.
    pub async fn run(&self, script: &str) -> anyhow::Result<Value> {
        answer(format_args!("the script failed: {script}"), self.client.execute(script, Vec::new())).await
    }

    /// What a script's promise comes to: `{"ok": …}` or `{"error": "…"}`.
    pub async fn promise(&self, expression: &str) -> anyhow::Result<Value> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             Promise.resolve().then(async () => ({expression}))
                 .then(ok => done({{ ok: ok ?? null }}), error => done({{ error: error?.message ?? error }}));"
        );
        answer(
            format_args!("the script failed: {expression}"),
            self.client.execute_async(&script, Vec::new()),
        )
        .await
    }
}
