//! How large the program and its page are.

use std::{fs, io::Write as _, path::PathBuf};

use anyhow::Context as _;
use flate2::{Compression, write::GzEncoder};

use crate::{
    figures::{AtMost, Figures},
    stage,
};

/// Measures what was built.
pub fn measure(figures: &mut Figures) -> anyhow::Result<()> {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../target/ui/signalbox_bg.wasm");
    let wasm = fs::read(&page).context("there is no page")?;
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&wasm)?;
    figures.note("binary", kilobytes(fs::metadata(stage::app()?)?.len()), "KB", None);
    figures.note("wasm_raw", kilobytes(wasm.len() as u64), "KB", Some(AtMost(900.0)));
    figures.note("wasm_gzip", kilobytes(encoder.finish()?.len() as u64), "KB", Some(AtMost(350.0)));
    Ok(())
}

fn kilobytes(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}
