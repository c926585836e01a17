//! A close look at a screen: a picture at both sizes, axe-core's judgement of it, and whether a text is cut.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, ensure};
use serde_json::Value;

use crate::{
    page::{Page, answer},
    stage::{self, Theme},
    x_window,
};

/// The window as it opens, and the smallest that people can make it.
const SIZES: [(u32, u32); 2] = [(1280, 832), (960, 640)];

/// What holds a text of ours that is wider than its place, or higher, or reaches beyond what something around it shows. A person's
/// own names may be cut: they are marked by `dir`. So may what can be scrolled.
const CUT: &str = "
    const says = element => [...element.childNodes].some(node => node.nodeType === 3 && node.data.trim());
    const shown = element => { const box = element.getBoundingClientRect(); return box.width > 2 && box.height > 2; };
    const ours = element => !element.closest(\"[dir='auto'], [inert], .mono, .vh, svg, input, textarea, select\");
    const cut = element => {
        const { display, overflowX, overflowY } = getComputedStyle(element);
        if (display === 'inline' || ['auto', 'scroll'].includes(overflowX)) return false;
        const high = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1;
        return element.scrollWidth > element.clientWidth + 1 || high;
    };
    const lines = element => [...element.childNodes].filter(node => node.nodeType === 3 && node.data.trim()).flatMap(node => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [...range.getClientRects()];
    });
    const clipper = element => {
        const texts = lines(element);
        for (let outer = element.parentElement; outer && outer !== document.body; outer = outer.parentElement) {
            const { overflowX, overflowY } = getComputedStyle(outer);
            if ([overflowX, overflowY].some(overflow => ['auto', 'scroll'].includes(overflow))) return null;
            const { left, right, top, bottom } = outer.getBoundingClientRect();
            // What stands beside a button's face is as lost.
            const face = outer.tagName === 'BUTTON';
            const beside = (face || overflowX !== 'visible') && texts.some(text => text.left < left - 1 || text.right > right + 1);
            // A line is higher than its letters.
            const below = (face || overflowY !== 'visible') && texts.some(text => text.top < top - 3 || text.bottom > bottom + 3);
            if (beside || below) return outer;
        }
        return null;
    };
    return [...document.body.querySelectorAll('*')]
        .filter(element => says(element) && shown(element) && ours(element))
        .map(element => [element, cut(element) ? element : clipper(element)])
        .filter(([, by]) => by)
        .map(([element, by]) => `${element.tagName}.${element.className} by ${by.tagName}.${by.className}: ${element.textContent.trim()}`);";

/// Looks at what is shown now. The window has its first size afterwards.
pub async fn look(page: Page<'_>, theme: Theme, name: &str) -> anyhow::Result<()> {
    for (width, height) in SIZES {
        resize(page, width, height).await?;
        settle(page).await?;
        picture(page, theme, name, width).await?;
        let place = || format!("{name}, {theme:?}, {width} x {height}");
        judge(page).await.with_context(place)?;
        let cut = cut(page).await?;
        ensure!(cut.is_empty(), "{}: these are cut:\n{}", place(), cut.join("\n"));
    }
    as_it_was(page).await
}

/// Looks at what is shown with a judgement of the caller's own: in the smallest window, and in the first one where that is wanted.
pub async fn look_with<T>(
    page: Page<'_>,
    theme: Theme,
    name: &str,
    also_first: bool,
    judged: impl AsyncFn(Page<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<Vec<T>> {
    let [first, smallest] = SIZES;
    let mut all = Vec::new();
    for (width, height) in also_first.then_some(first).into_iter().chain([smallest]) {
        resize(page, width, height).await?;
        settle(page).await?;
        picture(page, theme, name, width).await?;
        judge(page).await.with_context(|| format!("{name}, {theme:?}, {width} x {height}"))?;
        all.push(judged(page).await?);
    }
    as_it_was(page).await?;
    Ok(all)
}

/// A click that comes before the page is drawn in its size again meets another place than the one that it was meant for.
pub async fn as_it_was(page: Page<'_>) -> anyhow::Result<()> {
    resize(page, SIZES[0].0, SIZES[0].1).await?;
    settle(page).await
}

/// Gives the window a size, and waits until its page has it.
pub async fn resize(page: Page<'_>, width: u32, height: u32) -> anyhow::Result<()> {
    answer("the window keeps its size", page.client.set_window_size(width, height)).await?;
    page.until(&format!("return innerWidth === {width} && innerHeight === {height}")).await
}

/// What is in the document is drawn two frames later. Colours in the middle of a transition are nobody's. Endless ones, such
/// as a spinner's, are no transition.
pub async fn settle(page: Page<'_>) -> anyhow::Result<()> {
    const DRAWN: &str = "await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))";
    page.promise(DRAWN).await?;
    let ending = "animation.effect.getComputedTiming().endTime !== Infinity";
    page.until(&format!("return document.getAnimations().every(animation => !({ending}))")).await?;
    page.promise(DRAWN).await.map(drop)
}

/// Takes a picture as the window is.
pub async fn picture(page: Page<'_>, theme: Theme, name: &str, width: u32) -> anyhow::Result<()> {
    let theme = match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/screenshots");
    fs::create_dir_all(&folder)?;
    let display = page.display.to_owned();
    let image = tokio::task::spawn_blocking(move || x_window::picture(&display)).await??;
    fs::write(folder.join(format!("{name}.{theme}.{width}.png")), image.png()?)?;
    Ok(())
}

/// Texts that are cut now.
pub async fn cut(page: Page<'_>) -> anyhow::Result<Vec<String>> {
    let found = page.run(CUT).await?;
    serde_json::from_value(found).context("no list of what is cut")
}

/// Axe-core's judgement of the whole page.
pub async fn judge(page: Page<'_>) -> anyhow::Result<()> {
    judged(page, "document").await
}

/// Axe-core's judgement of an element and what is in it.
pub async fn judge_within(page: Page<'_>, css: &str) -> anyhow::Result<()> {
    judged(page, &format!("document.querySelector({})", Value::from(css))).await
}

async fn judged(page: Page<'_>, what: &str) -> anyhow::Result<()> {
    if page.run("return typeof window.axe").await? == "undefined" {
        page.run(&axe()?).await?;
    }
    let run = format!("(await axe.run({what}, {{ resultTypes: ['violations'] }})).violations");
    let found = page.promise(&run).await?;
    let violations = found["ok"].as_array().with_context(|| format!("axe-core did not run: {found}"))?;
    ensure!(violations.is_empty(), "axe-core finds:\n{}", violations.iter().map(told).collect::<String>());
    Ok(())
}

fn axe() -> anyhow::Result<String> {
    let path = stage::tool("SIGNALBOX_TEST_AXE")?;
    let source = fs::read_to_string(&path).with_context(|| format!("{} cannot be read", path.display()))?;
    Ok(format!("{source}; window.axe = axe;"))
}

fn told(violation: &Value) -> String {
    let nodes = violation["nodes"].as_array().into_iter().flatten();
    let nodes: String =
        nodes.map(|node| format!("    {} {}\n", node["html"], node["failureSummary"])).collect();
    format!("  {}: {}\n{nodes}", violation["id"], violation["help"])
}
