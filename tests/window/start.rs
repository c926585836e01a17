//! From starting the program to a painted lock screen, against a window with an almost empty page.

use std::{
    path::Path,
    process::{Child, Stdio},
};

use figures::{Figures, Goal, median};

use crate::{
    idle,
    marks::{self, Marks},
    screen::Screen,
    stage::{self, Theme},
};

/// Starts of each program, one after the other in turn.
const RUNS: usize = 11;

/// Measures starts and the memory of the idle program.
pub async fn measure(folder: &Path, figures: &mut Figures) -> anyhow::Result<()> {
    let (ours, blank) = (stage::app()?, stage::tool("SIGNALBOX_BENCH_BLANK")?);
    let (mut our_starts, mut blank_starts, mut memory) = (Vec::new(), Vec::new(), (Vec::new(), Vec::new()));
    for run in 0..=RUNS {
        let (ms, app) = start(&ours, folder).await?;
        let (pss, all) = idle_memory(app).await?;
        let (blank_ms, window) = start(&blank, folder).await?;
        drop(window);
        // The first of each reads its files from the disk.
        if run > 0 {
            our_starts.push(ms);
            blank_starts.push(blank_ms);
            memory.0.push(pss);
            memory.1.push(all);
        }
    }
    let (ours, blank) = (median(our_starts), median(blank_starts));
    figures.note("start_to_painted", ours, "ms", Goal::AtMost(500.0));
    figures.note("blank_window_to_painted", blank, "ms", Goal::None);
    figures.note("start_against_blank", ours / blank, "times", Goal::AtMost(1.15));
    figures.note("memory_idle_pss", median(memory.0), "MB", Goal::None);
    figures.note("memory_idle_pss_with_webkit", median(memory.1), "MB", Goal::None);
    Ok(())
}

/// A program with its screen; both end when dropped, the program first.
struct Running {
    program: Child,
    _screen: Screen,
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

async fn start(program: &Path, folder: &Path) -> anyhow::Result<(f64, Running)> {
    let screen = Screen::start()?;
    let marks = tempfile::tempdir()?;
    let file = marks.path().join("marks");
    let mut command = stage::command(program, &screen.display, folder, Theme::Light);
    command.env("SIGNALBOX_MARKS", &file).stdout(Stdio::null()).stderr(Stdio::null());
    let start = marks::now_s()?;
    let running = Running { program: command.spawn()?, _screen: screen };
    let painted = Marks(file).of("page_painted", "asked", Some("gate")).await?;
    Ok(((painted - start) * 1000.0, running))
}

/// Proportional memory of our own process, and with WebKit's, in MB, once it has stopped working.
async fn idle_memory(running: Running) -> anyhow::Result<(f64, f64)> {
    let id = running.program.id();
    idle::settled(id).await?;
    let processes = idle::processes(id)?;
    Ok((processes.own, processes.own + processes.page + processes.others))
}
