//! The rounds, in which the three targets take turns: the machine's mood of a moment falls on all of them alike.

use std::{
    env,
    path::PathBuf,
    thread,
    time::{Duration, Instant},
};

use anyhow::{Context as _, ensure};
use figures::{Figures, Goal, median};
use serde_json::Value;

use crate::{
    child::Running,
    client::{Call, Way},
    load::{self, Measured},
    setup, shapes,
};

/// Calls a second of the open loop: what a busy team may need, and a fifth of what is asked for at most.
const RATE: u32 = 2_000;
/// Calls a second at which processor time is compared: those that are asked for at least. In the closed loop each target has
/// its own rate, and the faster one finds mock and load tool awake, whom the slower one has to wake for each call.
const SAME_RATE: u32 = 10_000;
/// After load, what was queued is still written; it is part of the load's cost.
const SETTLE: Duration = Duration::from_millis(400);

/// What is measured.
struct Stage {
    mock: Running,
    pass: Running,
    gateway: Running,
    ways: [Way; 3],
}

/// One way to the mock.
#[derive(Clone, Copy)]
enum Target {
    Direct,
    Pass,
    Gateway,
}

const TARGETS: [Target; 3] = [Target::Direct, Target::Pass, Target::Gateway];

/// The same load on each target.
struct Compared([Measured; 3]);

impl Compared {
    /// What a target adds to the direct way, in milliseconds.
    fn added(&self, target: Target, quantile: f64) -> f64 {
        self.0[target as usize].ms(quantile) - self.0[Target::Direct as usize].ms(quantile)
    }
}

/// What a target did under full load.
struct Full {
    rate: f64,
    cpu_a_thousand: f64,
}

/// Runs everything.
pub fn run() -> anyhow::Result<()> {
    let began = Instant::now();
    let stage = Stage::set()?;
    let mut figures = Figures::default();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(measure(&stage, &mut figures))?;
    figures.note("peak_rss", stage.gateway.peak_mib()?, "MiB", Goal::AtMost(60.0));
    figures.note("peak_rss_pass", stage.pass.peak_mib()?, "MiB", Goal::None);
    stage.end()?;
    println!("\n{:.0} s, and every call is in the usage log.", began.elapsed().as_secs_f64());
    figures.publish("gateway")
}

async fn measure(stage: &Stage, figures: &mut Figures) -> anyhow::Result<()> {
    resolve(stage, figures)?;
    let short = "What does this posting ask for?";
    let one = compare(stage, short, false, 1, 4, Duration::from_millis(800)).await?;
    added(
        figures,
        &one,
        ["added_p50_c1", "added_p99_c1", "pass_added_p50_c1", "pass_added_p99_c1"],
        (0.25, 1.0),
    );
    let waiting = format!("{short} {}", shapes::WAIT);
    let names = ["added_p50_c16", "added_p99_c16", "pass_added_p50_c16", "pass_added_p99_c16"];
    let sixteen = compare(stage, &waiting, false, 16, 2, Duration::from_secs(4)).await?;
    added(figures, &sixteen, names, (0.7, 2.0));
    let names = [
        "first_token_added_p50",
        "first_token_added_p99",
        "pass_first_token_added_p50",
        "pass_first_token_added_p99",
    ];
    let first = compare(stage, short, true, 1, 2, Duration::from_secs(4)).await?;
    added(figures, &first, names, (0.45, 1.2));
    open(stage, short, figures).await?;
    at_one_rate(stage, short, figures).await?;
    full(stage, short, figures).await
}

fn added(figures: &mut Figures, compared: &Compared, names: [&'static str; 4], goals: (f64, f64)) {
    figures.note(names[0], compared.added(Target::Gateway, 0.5), "ms", Goal::AtMost(goals.0));
    figures.note(names[1], compared.added(Target::Gateway, 0.99), "ms", Goal::AtMost(goals.1));
    figures.note(names[2], compared.added(Target::Pass, 0.5), "ms", Goal::None);
    figures.note(names[3], compared.added(Target::Pass, 0.99), "ms", Goal::None);
}

fn resolve(stage: &Stage, figures: &mut Figures) -> anyhow::Result<()> {
    let measured = Running::start(&env::current_exe()?, &["resolve", &stage.mock.first_line], "")?;
    let mut values = measured.first_line.split(' ').map(str::parse::<f64>);
    let mut next = || anyhow::Ok(values.next().context("resolve says nothing")??);
    figures.note("resolve_p50", next()?, "us", Goal::None);
    figures.note("resolve_p99", next()?, "us", Goal::AtMost(50.0));
    Ok(())
}

async fn compare(
    stage: &Stage,
    prompt: &str,
    stream: bool,
    connections: usize,
    rounds: usize,
    time: Duration,
) -> anyhow::Result<Compared> {
    let mut compared = Compared([Measured::none()?, Measured::none()?, Measured::none()?]);
    for _ in 0..rounds {
        for target in TARGETS {
            let call = stage.ways[target as usize].call(prompt, stream);
            compared.0[target as usize].add(&load::closed(&call, connections, time).await?)?;
        }
    }
    Ok(compared)
}

async fn open(stage: &Stage, prompt: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let mut compared = Compared([Measured::none()?, Measured::none()?, Measured::none()?]);
    for _ in 0..3 {
        for target in TARGETS {
            let call = stage.ways[target as usize].call(prompt, false);
            compared.0[target as usize].add(&load::open(&call, RATE, Duration::from_secs(2)).await?)?;
        }
    }
    for (name, target, quantile) in [
        ("open_2000_added_p50", Target::Gateway, 0.5),
        ("open_2000_added_p99", Target::Gateway, 0.99),
        ("pass_open_2000_added_p50", Target::Pass, 0.5),
        ("pass_open_2000_added_p99", Target::Pass, 0.99),
    ] {
        figures.note(name, compared.added(target, quantile), "ms", Goal::None);
    }
    Ok(())
}

/// What a call takes of the processor where both have as many.
async fn at_one_rate(stage: &Stage, prompt: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let (mut pass, mut gateway) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        for (target, process, spent) in
            [(Target::Pass, &stage.pass, &mut pass), (Target::Gateway, &stage.gateway, &mut gateway)]
        {
            let load = |call| async move { load::open(&call, SAME_RATE, Duration::from_secs(4)).await };
            spent.push(spent_by(stage, target, process, prompt, load).await?.cpu_a_thousand);
        }
    }
    let (pass, gateway) = (median(pass), median(gateway));
    figures.note("cpu_per_1000_at_10000", gateway, "s", Goal::AtMost(0.14));
    figures.note("cpu_over_pass_at_10000", gateway / pass, "x", Goal::AtMost(1.7));
    figures.note("pass_cpu_per_1000_at_10000", pass, "s", Goal::None);
    Ok(())
}

/// All that the machine can do.
async fn full(stage: &Stage, short: &str, figures: &mut Figures) -> anyhow::Result<()> {
    let (pass, gateway) = loaded(stage, short, 3).await?;
    figures.note("requests_per_second_c64", gateway.rate, "1/s", Goal::AtLeast(10_000.0));
    figures.note("share_of_pass_c64", 100.0 * gateway.rate / pass.rate, "%", Goal::AtLeast(60.0));
    figures.note("pass_requests_per_second_c64", pass.rate, "1/s", Goal::None);
    figures.note("cpu_per_1000", gateway.cpu_a_thousand, "s", Goal::AtMost(0.14));
    figures.note("cpu_over_pass_c64", gateway.cpu_a_thousand / pass.cpu_a_thousand, "x", Goal::None);
    figures.note("pass_cpu_per_1000", pass.cpu_a_thousand, "s", Goal::None);
    let long = format!("{short} {}", "Seven years of PostgreSQL and \"one\" compiled language. ".repeat(360));
    let (pass, gateway) = loaded(stage, &long, 2).await?;
    figures.note("cpu_per_1000_20kb", gateway.cpu_a_thousand, "s", Goal::AtMost(0.18));
    figures.note("pass_cpu_per_1000_20kb", pass.cpu_a_thousand, "s", Goal::None);
    figures.note("requests_per_second_20kb", gateway.rate, "1/s", Goal::None);
    Ok(())
}

async fn loaded(stage: &Stage, prompt: &str, rounds: usize) -> anyhow::Result<(Full, Full)> {
    let (mut pass, mut gateway) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        pass.push(load_fully(stage, Target::Pass, &stage.pass, prompt).await?);
        gateway.push(load_fully(stage, Target::Gateway, &stage.gateway, prompt).await?);
    }
    Ok((middle(&pass), middle(&gateway)))
}

async fn load_fully(stage: &Stage, target: Target, process: &Running, prompt: &str) -> anyhow::Result<Full> {
    let load = |call| async move { load::closed(&call, 64, Duration::from_secs(4)).await };
    spent_by(stage, target, process, prompt, load).await
}

/// What a target's process spends on a load.
async fn spent_by<L: Future<Output = anyhow::Result<Measured>>>(
    stage: &Stage,
    target: Target,
    process: &Running,
    prompt: &str,
    load: impl Fn(Call) -> L,
) -> anyhow::Result<Full> {
    let way = &stage.ways[target as usize];
    let (before, answered) = (process.cpu()?, way.answered());
    let measured = load(way.call(prompt, false)).await?;
    thread::sleep(SETTLE);
    let spent = process.cpu()? - before;
    let answered = (way.answered() - answered) as f64;
    Ok(Full { rate: measured.rate(), cpu_a_thousand: 1000.0 * spent / answered })
}

fn middle(rounds: &[Full]) -> Full {
    Full {
        rate: median(rounds.iter().map(|one| one.rate).collect()),
        cpu_a_thousand: median(rounds.iter().map(|one| one.cpu_a_thousand).collect()),
    }
}

impl Stage {
    fn set() -> anyhow::Result<Self> {
        let us = env::current_exe()?;
        let loopback: PathBuf = us.with_file_name("loopback");
        let mock = Running::start(&us, &["mock"], "")?;
        let pass = Running::start(&us, &["pass", &mock.first_line], "")?;
        let told = format!("{}\n", setup::of(&mock.first_line));
        let gateway = Running::start(&loopback, &[], &told)?;
        let ready: Value = serde_json::from_str(&gateway.first_line)?;
        let said = |name: &str| ready[name].as_str().context("the gateway is not ready");
        let ours = Way::new(said("address")?, said("token")?);
        let ways = [Way::new(&mock.first_line, "none"), Way::new(&pass.first_line, "none"), ours];
        gateway.forget_peak()?;
        Ok(Self { mock, pass, gateway, ways })
    }

    /// Ends the gateway, and looks whether its log holds every call with its usage and its cost.
    fn end(self) -> anyhow::Result<()> {
        let made = self.ways[Target::Gateway as usize].answered();
        let logged: Value = serde_json::from_str(&self.gateway.end()?)?;
        let number = |name: &str| logged[name].as_u64().context("the gateway's last word is no count");
        let (calls, tokens) = (number("calls")?, number("tokens")?);
        ensure!(calls == made, "{made} calls were answered, and the log holds {calls}");
        ensure!(
            tokens == made * (shapes::INPUT_TOKENS + shapes::OUTPUT_TOKENS),
            "the log's tokens are wrong"
        );
        // gpt-4o-mini: 0.15 and 0.60 dollars for a million tokens.
        let cost = made * (shapes::INPUT_TOKENS * 150_000 + shapes::OUTPUT_TOKENS * 600_000);
        ensure!(number("cost_pico_usd")? == cost && number("unknown")? == 0, "the log's cost is wrong");
        Ok(())
    }
}
