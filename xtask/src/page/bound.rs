//! From the compiled page to what the browser loads: cut where the page says so, joined with its JavaScript by
//! wasm-bindgen, and made smaller. Kept from the last time if that had the same input.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, anyhow};
use wasm_bindgen_cli_support::Bindgen;
use wasm_split_cli_support as split;

use super::{Files, collect};
use crate::{process, workspace};

/// The name by which `ui/static/boot.js` imports what wasm-bindgen makes.
const NAME: &str = "signalbox";
/// The module that fetches the parts.
const PARTS: &str = "./signalbox_parts.js";
/// The rest of Rust's own baseline for wasm; an old wasm-opt knows it only if told.
const WASM_OPT: &[&str] = &[
    "-Oz",
    "--enable-bulk-memory",
    "--enable-sign-ext",
    "--enable-nontrapping-float-to-int",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

/// Every file that becomes of the compiled page.
///
/// # Errors
/// The page cannot be cut or joined, or files cannot be written.
pub(super) fn bound(wasm: &[u8]) -> anyhow::Result<Files> {
    let work = workspace::made("page-bound");
    let (input, output) = (work.join("input.wasm"), work.join("bound"));
    let mut files = Files::new();
    if fs::read(&input).is_ok_and(|last| last == wasm) {
        collect(&output, Path::new(""), &mut files)?;
        return Ok(files);
    }
    if work.exists() {
        fs::remove_dir_all(&work).context("the last page cannot be removed")?;
    }
    let (start, mut parts) = cut(&without_references(wasm), &work, &output)?;
    join(start, &output)?;
    parts.push(output.join(format!("{NAME}_bg.wasm")));
    parts.iter().try_for_each(|part| write_anew(part))?;
    make_smaller(&parts)?;
    // Last, so that a build that was broken off is not taken for a finished one.
    fs::write(&input, wasm).context("the page's input cannot be kept")?;
    collect(&output, Path::new(""), &mut files)?;
    Ok(files)
}

/// Marks the feature as not to be used in the section `target_features`, where the standard library claims it.
fn without_references(wasm: &[u8]) -> Vec<u8> {
    const USED: &[u8] = b"+\x0freference-types";
    let mut wasm = wasm.to_vec();
    if let Some(place) = wasm.windows(USED.len()).rposition(|window| window == USED) {
        wasm[place] = b'-';
    }
    wasm
}

/// Writes the parts that are fetched later into `output`; returns what the page starts with, and their paths.
fn cut(wasm: &[u8], work: &Path, output: &Path) -> anyhow::Result<(Vec<u8>, Vec<PathBuf>)> {
    let (start, main_module) = (work.join("start.wasm"), format!("./{NAME}.js"));
    let mut options = split::Options::new(wasm);
    options.output_dir = output;
    options.main_out_path = &start;
    options.link_name = PARTS;
    options.main_module = &main_module;
    let parts = split::transform(options).map_err(|error| anyhow!("the page cannot be cut: {error:#}"))?;
    let start = fs::read(&start).context("what the page starts with cannot be read")?;
    Ok((start, parts.split_modules))
}

/// Without names and notes for tools, and with numbers as short as they can be: the linker leaves room in each that it may
/// have to change.
fn write_anew(part: &Path) -> anyhow::Result<()> {
    let mut config = walrus::ModuleConfig::new();
    config.generate_name_section(false).generate_producers_section(false);
    let mut module = config.parse_file(part)?;
    module.customs.remove_raw("target_features");
    module.emit_wasm_file(part).with_context(|| format!("{} cannot be written", part.display()))
}

fn join(start: Vec<u8>, output: &Path) -> anyhow::Result<()> {
    // The parts call what they share with the start through the table that the linker exports.
    let bindgen =
        Bindgen::new().input_bytes(NAME, start).keep_lld_exports(true).web(true).and_then(|bindgen| {
            bindgen
                .typescript(false)
                .omit_default_module_path(false)
                .remove_name_section(true)
                .generate(output)
        });
    bindgen.context(
        "wasm-bindgen refused the page; wasm-bindgen-cli-support in xtask/Cargo.toml must have the version of \
         wasm-bindgen in Cargo.lock",
    )
}

fn make_smaller(modules: &[PathBuf]) -> anyhow::Result<()> {
    if !process::succeeds("wasm-opt", &["--version"]) {
        println!("wasm-opt is not installed; the page stays a little larger.");
        return Ok(());
    }
    modules.iter().try_for_each(|module| make_one_smaller(module))
}

fn make_one_smaller(wasm: &Path) -> anyhow::Result<()> {
    let small = wasm.with_extension("small");
    let mut command = process::command("wasm-opt", WASM_OPT);
    command.arg(wasm).arg("-o").arg(&small);
    match command.output() {
        Ok(output) if output.status.success() => {
            fs::rename(&small, wasm).context("the smaller page cannot be kept")
        }
        Ok(output) => {
            println!("wasm-opt does not understand this page; it stays a little larger.");
            println!("{}", String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or_default());
            Ok(())
        }
        Err(error) => Err(error).context("wasm-opt cannot be started"),
    }
}
