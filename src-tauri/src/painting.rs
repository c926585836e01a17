//! How the web view draws where there is no graphics processor. WebKit draws the page's pieces by OpenGL whenever it can
//! be had, be it in software, and each first use of a kind of drawing then waits for a shader to be compiled.

use std::{env, fs};

/// WebKitGTK's own switch (since 2.46): pieces are drawn by the processor, and composed as before.
const DRAW_BY_PROCESSOR: &str = "WEBKIT_SKIA_ENABLE_CPU_RENDERING";
/// Where Linux shows graphics processors, as `renderD128` and on.
const GRAPHICS: &str = "/dev/dri";

/// Decides before the first thread is started, since WebKit reads it from the environment. A person's own choice stays.
pub(crate) fn choose() {
    if env::var_os(DRAW_BY_PROCESSOR).is_none() && !has_graphics_processor() {
        // Failing costs time and nothing else.
        let _ = gtk::glib::setenv(DRAW_BY_PROCESSOR, "1", false);
    }
}

fn has_graphics_processor() -> bool {
    let mut devices = fs::read_dir(GRAPHICS).into_iter().flatten().flatten();
    devices.any(|device| device.file_name().to_string_lossy().starts_with("renderD"))
}
