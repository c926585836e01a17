//! An almost empty page in the same kind of window: what `cargo xtask bench desktop` compares our start with. It
//! adds the same line to the file of `SIGNALBOX_MARKS` when its page has painted.

use std::{
    fs::File,
    io::{self, Write as _},
    time::{SystemTime, UNIX_EPOCH},
};

use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let app = tauri::Builder::default()
        .invoke_handler(|invoke| {
            invoke.resolver.resolve(painted().is_ok());
            true
        })
        .build(context())?;
    WebviewWindowBuilder::new(&app, "main", WebviewUrl::App("index.html".into()))
        .title("Blank")
        .inner_size(1280.0, 832.0)
        .incognito(true)
        .build()?;
    app.run_return(|_, _| {});
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the macro's own code, for a bundle whose parts are missing")]
fn context() -> tauri::Context {
    tauri::generate_context!("src-tauri/examples/blank/tauri.conf.json")
}

fn painted() -> io::Result<()> {
    let at_s = SystemTime::now().duration_since(UNIX_EPOCH).map_err(io::Error::other)?.as_secs_f64();
    let path = std::env::var_os("SIGNALBOX_MARKS").ok_or(io::ErrorKind::NotFound)?;
    let mut file = File::options().append(true).create(true).open(path)?;
    writeln!(file, r#"{{"command":"page_painted","moment":"asked","screen":"gate","at_s":{at_s}}}"#)
}
