//! Instants for `cargo xtask bench desktop`: with `SIGNALBOX_MARKS` naming a file, a line of JSON is added to it when
//! a command arrives and when it is answered. No request is shown but the name of a painted screen.

use std::{
    env,
    fs::File,
    io::Write as _,
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use model::{
    Command as _,
    command::{PagePainted, PaintedScreen},
};
use serde_json::json;

/// Writes marks, or nothing.
#[derive(Clone)]
pub(crate) struct Marks(Option<Arc<File>>);

impl Marks {
    /// As the environment asks. A file that cannot be opened is the bench's trouble, not the window's.
    pub(crate) fn from_environment() -> Self {
        let path = env::var_os("SIGNALBOX_MARKS");
        let file = path.and_then(|path| File::options().append(true).create(true).open(path).ok());
        Self(file.map(Arc::new))
    }

    /// A command has arrived.
    pub(crate) fn asked(&self, command: &str, request: &[u8]) {
        if self.0.is_some() {
            self.write(command, "asked", screen(command, request));
        }
    }

    /// A command is answered.
    pub(crate) fn answered(&self, command: &str) {
        self.write(command, "answered", None);
    }

    fn write(&self, command: &str, moment: &str, screen: Option<PaintedScreen>) {
        let Some(mut file) = self.0.as_deref() else { return };
        let at_s = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0.0, |since| since.as_secs_f64());
        let mark = json!({ "command": command, "moment": moment, "screen": screen, "at_s": at_s });
        // One write for the whole line, so that lines of several threads stay apart.
        let _ = file.write_all(format!("{mark}\n").as_bytes());
    }
}

fn screen(command: &str, request: &[u8]) -> Option<PaintedScreen> {
    let painted = (command == PagePainted::NAME).then(|| serde_json::from_slice::<PagePainted>(request))?;
    painted.ok().map(|painted| painted.screen)
}
