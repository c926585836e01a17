//! How WebKit paints. With a graphics processor it composes layers there. Without one it would do the same by OpenGL in
//! software, which takes several times as long as painting straight into the window's own surface, and hundreds of
//! milliseconds for the first frame: on virtual machines, over remote desktops, and in the tests.

use std::{fs, path::Path};

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt as _, WebViewExt as _};

/// Where the kernel lists graphics processors (Linux, Documentation/gpu/drm-uapi.rst, "Render nodes").
const NODES: &str = "/dev/dri";

/// Sets up painting; to be called before the first frame.
pub(crate) fn prepare(window: &WebviewWindow) {
    if has_render_node(Path::new(NODES)) {
        return;
    }
    let set = window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    match set {
        Ok(()) => tracing::info!("no graphics processor; painting without layers"),
        Err(error) => tracing::warn!(%error, "painting could not be set up"),
    }
}

fn has_render_node(folder: &Path) -> bool {
    let nodes = fs::read_dir(folder).into_iter().flatten().flatten();
    nodes.into_iter().any(|node| node.file_name().to_string_lossy().starts_with("renderD"))
}
