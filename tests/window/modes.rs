//! The window as some people need it: large, at twice the size, in high contrast. On every page no text is cut and nobody is kept out.

use anyhow::{Context as _, ensure};
use model::program::Language;

use crate::{
    gallery::{self, USUAL, View},
    look::{cut, judge},
    page::Page,
    stage::Theme,
};

/// Two pixels of the screen for each of the page's.
const TWICE: &[(&str, &str)] = &[("GDK_SCALE", "2")];
const HIGH_CONTRAST: &[(&str, &str)] = &[("GTK_THEME", "HighContrast")];

#[tokio::test(flavor = "multi_thread")]
async fn a_large_window_cuts_nothing_and_keeps_nobody_out() -> anyhow::Result<()> {
    looked_over(View { size: (2560, 1440), theme: Theme::Dark, ..USUAL }, "innerWidth === 2560").await
}

#[tokio::test(flavor = "multi_thread")]
async fn twice_the_size_cuts_nothing_and_keeps_nobody_out() -> anyhow::Result<()> {
    let view = View { size: (960, 640), language: Language::German, asked: TWICE, ..USUAL };
    looked_over(view, "devicePixelRatio === 2").await
}

#[tokio::test(flavor = "multi_thread")]
async fn high_contrast_cuts_nothing_and_keeps_nobody_out() -> anyhow::Result<()> {
    looked_over(View { asked: HIGH_CONTRAST, ..USUAL }, "matchMedia('(prefers-contrast: more)').matches")
        .await
}

async fn looked_over(view: View, holds: &str) -> anyhow::Result<()> {
    let mut wrong = String::new();
    gallery::visit(view, async |page: Page<'_>, name| {
        ensure!(page.run(&format!("return {holds}")).await? == true, "{holds} does not hold");
        judge(page).await.with_context(|| format!("{name}, {view:?}"))?;
        wrong.extend(cut(page).await?.iter().map(|one| format!("  {name}: {one}\n")));
        Ok(())
    })
    .await?;
    ensure!(wrong.is_empty(), "{view:?} cuts:\n{wrong}");
    Ok(())
}
