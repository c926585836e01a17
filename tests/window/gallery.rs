//! Every page of the demo vault as it looks at one moment: the clock stands, the sample is seeded, nothing moves. So a picture of
//! today is one of tomorrow, for the guide and for holding against an approved one.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, ensure};
use desk::{Folders, sample::Sample};
use fantoccini::key::Key;
use model::{ProviderType, Timestamp, program::Language};
use serde_json::json;
use simulator::Simulator;

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

/// Who looks at it, and where their vault lies, is the same on every machine. No caret blinks.
const ANYWHERE: &str = "
    window.actor ??= document.querySelector('.who-t b')?.textContent;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        if (text.data === window.actor) text.data = 'admin';
        if (text.data.includes(window.folder)) text.data = text.data.replace(window.folder, '/home/admin/.local/share/signalbox');
        if (text.parentElement.className === 'av') text.data = 'A';
    }
    document.activeElement?.blur();
    return true;";

/// What a clock measured: the time until the vault locks, how long calls took, and whose was the shortest. Without its letters a place
/// keeps its size.
const MEASURED: &str = "
    document.querySelectorAll('.pg-m').forEach(one => { one.style.visibility = 'hidden'; });
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
        const took = /^[\\d.,]+\\s?(ms|s)$/.test(text.data.trim()) && text.parentElement.closest('#main');
        if (took || text.parentElement.matches('.vault-state b')) text.parentElement.style.visibility = 'hidden';
    }
    return true;";

/// No surface of ours has this colour.
const MARKED: [u8; 3] = [255, 0, 255];
const MARK: &str = "
    const mark = document.createElement('div'), { style } = mark;
    mark.id = 'shown';
    Object.assign(style, { position: 'fixed', left: 0, top: 0, width: '8px', height: '8px', zIndex: 99999, background: '#f0f' });
    document.documentElement.append(mark);";

/// Nobody answers there, so that a keyring of the machine is not found by chance.
const NO_BUS: &str = "unix:path=/nowhere";

/// What a month may cost in all, and of that one task: neither is half spent, which would be told.
const BUDGETS: [(&str, &str); 2] =
    [("\"whole\"", "70000000000000"), ("{\"task\":\"extraction\"}", "40000000000000")];

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
    let simulator = Simulator::start().await?;
    let base_urls = ProviderType::ALL.map(|kind| (kind, simulator.base_url(kind))).into();
    let sample = Sample { base_urls, bulk: None };
    let password = sample.fill_at(Timestamp(MOMENT), folders, CALLS).await?;
    let set = json!({ "language": view.language.tag(), "reduce_motion": true }).to_string();
    fs::write(folder.path().join("settings.json"), set).context("the settings cannot be written")?;
    let moment = MOMENT.to_string();
    let mut settings = vec![("SIGNALBOX_CLOCK", Path::new(&moment)), ("TZ", Path::new("UTC"))];
    settings.push(("DBUS_SESSION_BUS_ADDRESS", Path::new(NO_BUS)));
    settings.extend(more);
    settings.extend(view.asked.iter().map(|(name, value)| (*name, Path::new(value))));
    let screen = Screen::of_size(SCREEN.0, SCREEN.1)?;
    let stage = Stage::open_on(screen, folder.path(), view.theme, &settings).await?;
    let page = stage.page();
    page.screen("unlock").await?;
    resize(page, view.size.0, view.size.1).await?;
    let stands = page.run(&STILL.replace("MOMENT", &moment)).await?;
    ensure!(stands == true, "the page's clock goes");
    page.run(&format!("window.folder = {}", json!(folder.path()))).await?;
    seen(page, "unlock").await?;
    page.unlock(password).await?;
    budgets(page).await?;
    for name in places(page).await? {
        page.click(&format!("a[data-go='{name}']")).await?;
        page.screen(&name).await?;
        page.until(
            "return document.querySelector('#main [aria-busy=\"true\"], #main .sk, #main .spin') === null",
        )
        .await?;
        match name.as_str() {
            "routing" => failure(page).await?,
            "playground" => answers(page).await?,
            _ => {}
        }
        seen(page, &name).await?;
    }
    stage.close().await
}

async fn budgets(page: Page<'_>) -> anyhow::Result<()> {
    for (scope, amount) in BUDGETS {
        let budget = format!(
            r#"{{"existing":null,"draft":{{"scope":{scope},"period":"month","amount":"{amount}"}}}}"#
        );
        let bytes = format!("new TextEncoder().encode({})", json!(budget));
        let saved =
            page.promise(&format!("window.__TAURI_INTERNALS__.invoke('save_budget', {bytes})")).await?;
        ensure!(saved["error"].is_null(), "no budget is saved: {saved}");
    }
    Ok(())
}

/// Of somebody without a share of the split: whose turn that is differs from vault to vault.
async fn failure(page: Page<'_>) -> anyhow::Result<()> {
    page.fill("#simulate-provider", "Gemini Production").await?;
    page.press("#simulate-provider", Key::Enter).await?;
    page.until(
        "return document.querySelector('#simulate .sim')?.textContent.includes('OpenAI Mini') === true",
    )
    .await
}

/// Three models side by side. The page comes last, so that its calls are in no figure of another.
async fn answers(page: Page<'_>) -> anyhow::Result<()> {
    page.fill("#prompt", "Write the first paragraph of a cover letter for a signalman.").await?;
    page.click("#run-all").await?;
    page.find(".pg-c[data-run='answered']").await?;
    page.until("return document.querySelector(\".pg-c[data-run='running']\") === null").await
}

/// All pages, as the sidebar has them.
async fn places(page: Page<'_>) -> anyhow::Result<Vec<String>> {
    let links = "return [...document.querySelectorAll('a[data-go]')].map(link => link.dataset.go)";
    let places: Vec<String> = serde_json::from_value(page.run(links).await?)?;
    ensure!(places.len() > 10, "only these pages: {places:?}");
    let (last, mut all): (Vec<_>, Vec<_>) = places.into_iter().partition(|place| place == "playground");
    all.extend(last);
    Ok(all)
}

/// What the window shows on any machine.
pub async fn picture(page: Page<'_>) -> anyhow::Result<Pixels> {
    page.run(ANYWHERE).await?;
    settle(page).await?;
    shown(page).await?;
    let display = page.display.to_owned();
    tokio::task::spawn_blocking(move || x_window::picture(&display)).await?
}

/// Waits for the screen, which on a busy machine shows what was drawn much later than the page can know: once a mark has come and gone
/// there, all that was drawn before is there, too.
async fn shown(page: Page<'_>) -> anyhow::Result<()> {
    for (script, has) in [(MARK, true), ("document.querySelector('#shown').remove()", false)] {
        page.run(script).await?;
        let display = page.display.to_owned();
        tokio::task::spawn_blocking(move || x_window::corner(&display, MARKED, has)).await??;
    }
    Ok(())
}

/// The same without what a clock measured.
pub async fn comparable(page: Page<'_>) -> anyhow::Result<Pixels> {
    page.run(MEASURED).await?;
    picture(page).await
}
