//! The instants that the window writes to the file of `SIGNALBOX_MARKS`.

use std::{
    fs,
    path::PathBuf,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use anyhow::{bail, ensure};
use serde_json::Value;

/// Only a window that does not come is waited for so long.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file of marks.
pub struct Marks(pub PathBuf);

impl Marks {
    /// Waits for a command's mark, and returns its instant in seconds since 1970.
    pub async fn of(&self, command: &str, moment: &str, screen: Option<&str>) -> anyhow::Result<f64> {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(at) = self.so_far(command, moment, screen) {
                return Ok(at);
            }
            if Instant::now() > end {
                bail!("{command} was not {moment}");
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// The instant of a command's mark, if it is there already.
    pub fn so_far(&self, command: &str, moment: &str, screen: Option<&str>) -> Option<f64> {
        let text = fs::read_to_string(&self.0).unwrap_or_default();
        let marks = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
        let mut wanted = marks.filter(|mark| {
            mark["command"] == command && mark["moment"] == moment && mark["screen"].as_str() == screen
        });
        wanted.find_map(|mark| mark["at_s"].as_f64())
    }
}

/// This instant in seconds since 1970, as marks have it.
pub fn now_s() -> anyhow::Result<f64> {
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs_f64();
    ensure!(now > 0.0, "the clock stands at 1970");
    Ok(now)
}
