//! What the program takes while nobody uses it: processor and memory of all of its processes.

use std::{
    fs,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::Context as _;

/// Looked at for so long.
const WATCHED: Duration = Duration::from_secs(30);
/// Ticks of a second, as Linux tells them to programs on every platform of ours.
const TICKS_A_SECOND: f64 = 100.0;

/// Proportional memory in MB.
pub struct Processes {
    /// Our own.
    pub own: f64,
    /// WebKit's with the page in it.
    pub page: f64,
    /// WebKit's others.
    pub others: f64,
}

/// Waits until a process has stopped working, or ten seconds.
pub async fn settled(id: u32) -> anyhow::Result<()> {
    let end = Instant::now() + Duration::from_secs(10);
    let mut worked = ticks(id)?;
    loop {
        tokio::time::sleep(Duration::from_millis(500)).await;
        let now = ticks(id)?;
        if now == worked || Instant::now() > end {
            return Ok(());
        }
        worked = now;
    }
}

/// The share of one processor that a process and its children take while nothing is done with them, in per cent.
pub async fn processor(id: u32) -> anyhow::Result<f64> {
    let before = ticks_of_all(id)?;
    let start = Instant::now();
    tokio::time::sleep(WATCHED).await;
    let worked = ticks_of_all(id)?.saturating_sub(before);
    Ok(worked as f64 / TICKS_A_SECOND / start.elapsed().as_secs_f64() * 100.0)
}

/// The memory of a process and its children.
pub fn processes(id: u32) -> anyhow::Result<Processes> {
    let mut processes = Processes { own: pss_mb(id)?, page: 0.0, others: 0.0 };
    // One that ended meanwhile has none.
    for (child, memory) in children_of(id).into_iter().filter_map(|child| Some((child, pss_mb(child).ok()?)))
    {
        // proc(5) cuts names at 15 letters.
        let name = fs::read_to_string(format!("/proc/{child}/comm")).unwrap_or_default();
        let sum =
            if name.starts_with("WebKitWebProces") { &mut processes.page } else { &mut processes.others };
        *sum += memory;
    }
    Ok(processes)
}

/// The process that runs a program. A driver does not tell which one it started.
pub fn running(program: &Path) -> anyhow::Result<u32> {
    let program = program.canonicalize()?;
    let ids = fs::read_dir("/proc")?.flatten().filter_map(|entry| entry.file_name().to_str()?.parse().ok());
    let mut ours = ids
        .filter(|id: &u32| fs::read_link(format!("/proc/{id}/exe")).is_ok_and(|running| running == program));
    ours.next().context("the program does not run")
}

fn ticks_of_all(id: u32) -> anyhow::Result<u64> {
    let children: u64 = children_of(id).into_iter().filter_map(|child| ticks(child).ok()).sum();
    Ok(ticks(id)? + children)
}

fn ticks(id: u32) -> anyhow::Result<u64> {
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
