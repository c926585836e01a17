//! How large the program and its page are.

use std::{fs, path::PathBuf};

use anyhow::Context as _;
use brotli::enc::BrotliEncoderParams;
use figures::{Figures, Goal};

use crate::stage;

/// The page's parts as the build joins them: each chunk that several parts share comes after a comment that names them.
const JOINTS: &str = "signalbox_parts.js";
/// The part with the list of providers.
const WORKSPACE: &str = "workspace";
/// What Tauri packs a page by where it does so. Ours lies in the program as it is, and the package is compressed as one (decision 68).
const QUALITY: i32 = 9;

/// Measures what was built. The page's promise holds for what the window starts with, and ours also for all that is fetched until the
/// list of providers is there; what later dialogs and pages fetch is said beside it (decisions 10 and 68).
pub fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/ui");
    let start = fs::read(page.join("signalbox_bg.wasm")).context("there is no page")?;
    figures.note("binary", kilobytes(fs::metadata(stage::app()?)?.len()), "KB", Goal::None);
    figures.note("wasm_at_start_raw", kilobytes(start.len() as u64), "KB", Goal::None);
    figures.note("wasm_at_start_brotli", kilobytes(compressed(&start)?), "KB", Goal::AtMost(300.0));
    let (mut raw, mut small) = (start.len() as u64, compressed(&start)?);
    for name in fetched_for_the_list(&fs::read_to_string(page.join(JOINTS))?)? {
        let part = fs::read(page.join(&name)).with_context(|| format!("there is no {name}"))?;
        raw += part.len() as u64;
        small += compressed(&part)?;
    }
    figures.note("wasm_until_list_raw", kilobytes(raw), "KB", Goal::AtMost(900.0));
    figures.note("wasm_until_list_brotli", kilobytes(small), "KB", Goal::AtMost(300.0));
    let (mut raw, mut small) = (0, 0);
    for file in fs::read_dir(&page)? {
        let file = file?.path();
        if file.extension().is_some_and(|extension| extension == "wasm") {
            let part = fs::read(file)?;
            raw += part.len() as u64;
            small += compressed(&part)?;
        }
    }
    figures.note("wasm_of_all_parts_raw", kilobytes(raw), "KB", Goal::None);
    figures.note("wasm_of_all_parts_brotli", kilobytes(small), "KB", Goal::None);
    Ok(())
}

/// The files behind the door to the workspace.
fn fetched_for_the_list(joints: &str) -> anyhow::Result<Vec<String>> {
    let mut names = vec![format!("split_{WORKSPACE}.wasm")];
    for shared in joints.split("/* ").skip(1) {
        let (parts, code) = shared.split_once(" */").context("a comment does not end")?;
        if parts.split(", ").any(|part| part == WORKSPACE) {
            let file = code.split_once("\"./").and_then(|(_, rest)| rest.split_once('"'));
            names.push(file.context("a shared chunk has no file")?.0.to_owned());
        }
    }
    Ok(names)
}

fn compressed(wasm: &[u8]) -> anyhow::Result<u64> {
    let mut small = Vec::new();
    let settings = BrotliEncoderParams { quality: QUALITY, ..BrotliEncoderParams::default() };
    brotli::BrotliCompress(&mut &wasm[..], &mut small, &settings).context("the page cannot be compressed")?;
    Ok(small.len() as u64)
}

fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}
