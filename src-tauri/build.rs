//! Tells Tauri which commands exist, from the list that the page and the desk share, and what a rebuild depends on.

use std::path::Path;

/// Where `cargo xtask page` puts the built page; `build.frontendDist` in `tauri.conf.json` names the same folder.
const PAGE: &str = "target/ui";
const CAPABILITIES: &str = "src-tauri/capabilities";

fn main() {
    // The page is compiled into the program: a changed page is a changed program.
    println!("cargo:rerun-if-changed={PAGE}");
    println!("cargo:rerun-if-changed={CAPABILITIES}");
    assert!(
        Path::new(PAGE).join("index.html").is_file(),
        "the page is not built yet: run `cargo xtask page`, or `cargo xtask run` which does everything"
    );
    let manifest = tauri_build::AppManifest::new().commands(model::COMMAND_NAMES);
    let attributes = tauri_build::Attributes::new()
        .app_manifest(manifest)
        .capabilities_path_pattern("src-tauri/capabilities/**/*");
    if let Err(error) = tauri_build::try_build(attributes) {
        panic!("{error:#}");
    }
}
