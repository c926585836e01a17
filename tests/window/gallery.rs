//! Every page of the demo vault as it looks at one moment: the clock stands, the sample is seeded, nothing moves. So a picture of
//! today is one of tomorrow, for the guide and for holding against an approved one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use desk::{Folders, sample::Sample};
use model::{ProviderType, Timestamp, program::Language};
use serde_json::json;

use crate::{
    look::{resize, settle},
    page::Page,
    pixels::Pixels,
    screen::Screen,
    stage::{Stage, Theme},
    x_window,
};

/// Monday, 23 November 2026, 14:30 UTC.
const MOMENT: i64 = 1_795_444_200_000;
/// Calls of the demo vault: enough for every chart.
const CALLS: u64 = 6_000;
/// As large as the largest window.
const SCREEN: (u32, u32) = (2600, 1500);

/// The page's clock stands where the shell's does.
const STILL: &str = "
    const Going = Date;
    window.Date = class extends Going {
        constructor(...given) { if (given.length) super(...given); else super(MOMENT); }
        static now() { return MOMENT; }
    };
    return Date.now() === MOMENT && new Date().getTime() === MOMENT;";

/// What is drawn by chance: keys and sums of the log of acts, ports, the caret. Without its letters a place keeps its size.
const HIDDEN: &str = "
    for (const one of document.querySelectorAll('[data-by-chance]')) one.style.visibility = 'hidden';
    document.activeElement?.blur();
    return true;";

/// A way of looking at all pages.
#[derive(Clone, Copy, Debug)]
pub struct View {
    /// What its pictures are called after the page.
    pub name: &'static str,
    /// By day or by night.
    pub theme: Theme,
    /// What the window speaks.
    pub language: Language,
    /// The window's size.
    pub size: (u32, u32),
    /// Pixels along the edge of a square whose mean is kept.
    pub edge: usize,
    /// What else the desktop asks for.
    pub asked: &'static [(&'static str, &'static str)],
}

/// A window as it opens, by day and in English.
pub const USUAL: View = View {
    name: "guide",
    theme: Theme::Light,
    language: Language::English,
    size: (1280, 832),
    edge: 1,
    asked: &[],
};

/// The smallest window and a large one, the usual one between them; both themes and all languages.
pub const VIEWS: [View; 3] = [
    View { name: "small", size: (960, 640), edge: 4, ..USUAL },
    View { name: "usual", theme: Theme::Dark, language: Language::German, edge: 4, ..USUAL },
    View { name: "large", language: Language::Chinese, size: (2560, 1440), edge: 8, ..USUAL },
];

/// Where approved pictures are kept.
pub fn approved(page: &str, view: &View) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("window/approved/{page}.{}.png", view.name))
}

/// Goes through all pages, and shows each of them.
pub async fn visit(
    view: View,
    seen: impl AsyncFnMut(Page<'_>, &str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    visit_with(view, &[], seen).await
}

/// The same with more settings in the program's environment.
pub async fn visit_with(
    view: View,
    more: &[(&str, &Path)],
    mut seen: impl AsyncFnMut(Page<'_>, &str) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    let folders = Folders::under(folder.path().to_owned());
    let sample = Sample { base_urls: ProviderType::ALL.into_iter().map(nowhere).collect(), bulk: None };
    let password = sample.fill_at(Timestamp(MOMENT), folders, CALLS).await?;
    let set = json!({ "language": view.language.tag(), "reduce_motion": true }).to_string();
    fs::write(folder.path().join("settings.json"), set).context("the settings cannot be written")?;
    let moment = MOMENT.to_string();
    let mut settings = vec![("SIGNALBOX_CLOCK", Path::new(&moment)), ("TZ", Path::new("UTC"))];
    settings.extend(more);
    settings.extend(view.asked.iter().map(|(name, value)| (*name, Path::new(value))));
    let screen = Screen::of_size(SCREEN.0, SCREEN.1)?;
    let stage = Stage::open_on(screen, folder.path(), view.theme, &settings).await?;
    let page = stage.page();
    page.screen("unlock").await?;
    resize(page, view.size.0, view.size.1).await?;
    let stands = page.run(&STILL.replace("MOMENT", &moment)).await?;
    ensure!(stands == true, "the page's clock goes");
    seen(page, "unlock").await?;
    page.unlock(password).await?;
    for name in places(page).await? {
        page.click(&format!("a[data-go='{name}']")).await?;
        page.screen(&name).await?;
        page.until(
            "return document.querySelector('#main [aria-busy=\"true\"], #main .sk, #main .spin') === null",
        )
        .await?;
        seen(page, &name).await?;
    }
    stage.close().await
}

/// Nobody is asked here.
fn nowhere(kind: ProviderType) -> (ProviderType, String) {
    (kind, "http://127.0.0.1:9/v1".to_owned())
}

/// All pages, as the sidebar has them.
async fn places(page: Page<'_>) -> anyhow::Result<Vec<String>> {
    let links = "return [...document.querySelectorAll('a[data-go]')].map(link => link.dataset.go)";
    let places: Vec<String> = serde_json::from_value(page.run(links).await?)?;
    ensure!(places.len() > 10, "only these pages: {places:?}");
    Ok(places)
}

/// What the window shows, without what is drawn by chance.
pub async fn picture(page: Page<'_>) -> anyhow::Result<Pixels> {
    page.run(HIDDEN).await?;
    settle(page).await?;
    let display = page.display.to_owned();
    tokio::task::spawn_blocking(move || x_window::picture(&display)).await?
}
