//! From starting the program to a painted lock screen, against a window with an almost empty page.

use std::{
    fs,
    path::Path,
    process::{Child, Stdio},
    time::{Duration, Instant},
};

use anyhow::Context as _;
use figures::{Figures, Goal, median};

use crate::{
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
    figures.note("start_to_painted", ours, "ms", Goal::AtMost(700.0));
    figures.note("blank_window_to_painted", blank, "ms", Goal::None);
    figures.note("start_against_blank", ours / blank, "times", Goal::AtMost(1.3));
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
    let end = Instant::now() + Duration::from_secs(10);
    let mut worked = cpu_ticks(id)?;
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = cpu_ticks(id)?;
        if now == worked || Instant::now() > end {
            break;
        }
        worked = now;
    }
    let children: f64 = children_of(id).into_iter().filter_map(|child| pss_mb(child).ok()).sum();
    let own = pss_mb(id)?;
    Ok((own, own + children))
}

fn cpu_ticks(id: u32) -> anyhow::Result<u64> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat"))?;
    // proc(5): after the name in brackets, utime and stime are the 12th and 13th fields.
    let fields = stat.rsplit_once(')').context("no name in stat")?.1.split_whitespace();
    Ok(fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum())
}

fn children_of(id: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{id}/task")).into_iter().flatten().flatten();
    let lists = threads.filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok());
    let direct =
        lists.flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<u32>>());
    direct.flat_map(|child| children_of(child).into_iter().chain([child])).collect()
}

fn pss_mb(id: u32) -> anyhow::Result<f64> {
    let rollup = fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).context("no Pss")?;
    Ok(line.trim().trim_end_matches(" kB").trim().parse::<f64>()? / 1000.0)
}
