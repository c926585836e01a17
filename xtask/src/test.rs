//! `cargo xtask test`: every check and test, the cheapest first, or one kind of them alone.

mod key;
mod memory;
mod package;
mod programs;
mod reads;
mod reasons;
pub(crate) mod start;
mod tally;
mod unchanged;

use std::{path::PathBuf, time::Duration};

use clap::{Args, Subcommand};

use crate::{
    page,
    process::{self, cargo},
    setup::{self, WindowTools},
    steps::step,
    workspace::{self, Profile},
};

/// Options of `cargo xtask test`.
#[derive(Args)]
pub(crate) struct Test {
    #[command(subcommand)]
    kind: Option<Kind>,
    /// Run what passed and did not change since, too, as is done wherever CI is set
    #[arg(long)]
    all: bool,
}

/// Charts as pixels are behind a feature, because the page must not have them.
const PICTURES: [&str; 2] = ["--features", "charts/files"];
const WARNINGS: [&str; 3] = ["--", "--deny", "warnings"];

#[derive(Subcommand)]
enum Kind {
    /// Credential tests against the real vendors, for each key in the environment
    Live,
    /// Kill the program while it writes: 200 times, or 1,000; and cut syncs in random order: 600 plays, or 10,000
    Crash(Extent),
    /// Damage the vault's files and its backups: 500 bit flips, or 5,000
    Damage(Extent),
    /// Search for planted secrets in everything the program leaves behind and in its memory, and guess at its password
    Canary(Extent),
    /// Try everything that is read from outside with what nobody would send
    Fuzz {
        /// For so long, shared among the readers
        #[arg(long, default_value_t = 10.0)]
        minutes: f64,
    },
    /// A fixed rate of calls at a server on each database while vendors fail: every count has to agree
    Soak {
        /// For so long on each
        #[arg(long, default_value_t = 10.0)]
        minutes: f64,
        /// Calls a second
        #[arg(long, default_value_t = 50.0)]
        rate: f64,
    },
    /// The server as a whole on both of its databases: as many guesses, connections and imported rows as a suite has time for, or all
    Server(Extent),
    /// Install the .deb of `cargo xtask bundle` in a fresh system, start it up to a tested provider and remove it; as root
    Package,
    /// The journey in the real window, with pictures in target/screenshots
    Window {
        /// Only tests with one of these in their names
        only: Vec<String>,
        #[command(flatten)]
        extent: Extent,
    },
}

#[derive(Args, Clone, Copy)]
struct Extent {
    /// As often as docs/SECURITY.md promises, and with as many calls as the usage page is made for, which takes long
    #[arg(long)]
    full: bool,
}

impl Extent {
    /// How long a run may say nothing. One test is all kills of its suite, and says nothing before the last of them.
    fn silence(self) -> Duration {
        if self.full { Duration::from_secs(2 * 60 * 60) } else { tally::SILENCE }
    }
}

/// Runs what was asked for.
///
/// # Errors
/// The first check that fails, or the number of failed tests.
pub(crate) fn test(options: &Test) -> anyhow::Result<()> {
    match &options.kind {
        None => everything(options.all || std::env::var_os("CI").is_some()),
        Some(Kind::Live) => {
            setup::for_run()?;
            process::run(cargo(["run", "--package", "providers", "--example", "live"]))
        }
        Some(Kind::Crash(extent)) => {
            let killed = journeys(&["crash", "crash_backups", "crash_bundles", "crash_sync"], *extent);
            killed.and(interleavings(*extent))
        }
        // Those of the backups are in one program with the kills while they are made.
        Some(Kind::Damage(extent)) => journeys(&["damage", "crash_backups"], *extent),
        Some(Kind::Canary(extent)) => journeys(&["canary", "guesses", "memory", "hostile"], *extent),
        Some(Kind::Fuzz { minutes }) => fuzz(*minutes),
        Some(Kind::Soak { minutes, rate }) => soak(*minutes, *rate),
        Some(Kind::Server(extent)) => server(*extent),
        Some(Kind::Package) => package::test(),
        Some(Kind::Window { only, extent }) => {
            window(&only.iter().map(String::as_str).collect::<Vec<_>>(), *extent)
        }
    }
}

fn everything(all: bool) -> anyhow::Result<()> {
    let tools = setup::for_window_tests()?;
    step("format", || process::run(cargo(["fmt", "--all", "--check"])))?;
    step("model and charts compile to wasm", || {
        let target = ["--target", "wasm32-unknown-unknown"];
        process::run(cargo(["check", "--package", "model", "--package", "charts"].into_iter().chain(target)))
    })?;
    step("dependencies", dependencies)?;
    page::build()?;
    step("lints", || {
        let rooms = ["clippy", "--workspace", "--all-targets"].iter().chain(&PICTURES);
        process::run(cargo(rooms.chain(&WARNINGS)))?;
        // What the page does in a browser is compiled for wasm alone.
        let page = ["clippy", "--package", "ui", "--target", "wasm32-unknown-unknown"];
        process::run(cargo(page.iter().chain(&WARNINGS)))
    })?;
    step("documents", documents)?;
    // With the tests, whose dependencies ask for other features: one set is built once. Examples and benches were compiled by the
    // lints; to link each of them, at 200 MB, would be minutes for nothing that is run here.
    step("programs", || {
        process::run(cargo(["build", "--workspace", "--bins", "--tests"].iter().chain(&PICTURES)))
    })?;
    unchanged::run(&PICTURES, tools.as_ref(), all)
}

/// What stands in the sources for whoever reads them: no link in it leads nowhere. Of our own rooms, with the examples, whose
/// features are those of the tests, so that nothing else is compiled anew for it.
fn documents() -> anyhow::Result<()> {
    let all = ["doc", "--workspace", "--no-deps", "--lib", "--bins", "--examples"];
    let mut documents = cargo(all.iter().chain(&PICTURES));
    documents.env("RUSTDOCFLAGS", "--deny warnings");
    process::run(documents)
}

/// Licences, sources and bans, which a test holds against `deny.toml` in any case: where there is cargo-deny, which reads
/// licences' texts, too, it has its say before anything is built. Advisories need a database from outside and are not asked for.
fn dependencies() -> anyhow::Result<()> {
    if !process::succeeds("cargo", &["deny", "--version"]) {
        println!(
            "cargo-deny is not installed: deny.toml is held against the lock file by tests/house/supplies.rs alone, further \
             down. `cargo install cargo-deny --locked` brings the second reader."
        );
        return Ok(());
    }
    // The root is a package, too, and would be looked at alone.
    process::run(cargo(["deny", "--workspace", "--offline", "check", "bans", "licenses", "sources"]))
}

/// One after the other, and each in any case: an hour of trials is not thrown away for what fails in its first minute.
fn journeys(names: &[&str], extent: Extent) -> anyhow::Result<()> {
    setup::for_run()?;
    let programs = names.iter().flat_map(|name| ["--test", name]);
    let mut tests = cargo(["test", "--package", "journeys", "--no-fail-fast"].into_iter().chain(programs));
    if extent.full {
        tests.env("SIGNALBOX_FULL", "1");
    }
    tally::run(tests, extent.silence())
}

fn server(extent: Extent) -> anyhow::Result<()> {
    setup::for_run()?;
    setup::for_postgres()?;
    let programs = ["server", "server_postgres", "import", "operations", "process", "postgres"];
    let programs = programs.iter().flat_map(|name| ["--test", name]);
    let packages = ["test", "--package", "journeys", "--package", "server", "--no-fail-fast"];
    let mut tests = cargo(packages.into_iter().chain(programs));
    if extent.full {
        tests.env("SIGNALBOX_FULL", "1");
    }
    tally::run(tests, extent.silence())
}

/// Cuts and crashes of a sync in random order, for which no process has to be killed.
fn interleavings(extent: Extent) -> anyhow::Result<()> {
    let mut tests = cargo(["test", "--package", "sync", "--test", "sync", "interleavings"]);
    if extent.full {
        tests.env("SIGNALBOX_FULL", "1");
    }
    tally::run(tests, extent.silence())
}

fn fuzz(minutes: f64) -> anyhow::Result<()> {
    setup::for_run()?;
    let mut tests = cargo(["test", "--package", "journeys", "--test", "fuzz", "--", "--nocapture"]);
    tests.env("SIGNALBOX_FUZZ_MINUTES", minutes.to_string());
    tally::run(tests, longer_by(minutes))
}

fn soak(minutes: f64, rate: f64) -> anyhow::Result<()> {
    setup::for_run()?;
    setup::for_postgres()?;
    let programs = ["--test", "server", "--test", "server_postgres", "--", "soak::", "--nocapture"];
    let mut tests = cargo(["test", "--package", "journeys"].iter().chain(&programs));
    tests.env("SIGNALBOX_SOAK_MINUTES", minutes.to_string()).env("SIGNALBOX_SOAK_RATE", rate.to_string());
    tally::run(tests, longer_by(minutes))
}

/// The silence of a test that goes on for so many minutes, of which it says nothing.
fn longer_by(minutes: f64) -> Duration {
    tally::SILENCE + Duration::from_secs_f64(minutes.max(0.0) * 60.0)
}

fn window(only: &[&str], extent: Extent) -> anyhow::Result<()> {
    let tools = setup::for_window_tests()?;
    anyhow::ensure!(
        tools.is_some(),
        "this system's web view has no WebDriver; the window is tested on Linux"
    );
    page::build()?;
    step("app", || crate::run::build(&["signalbox"], Profile::Debug))?;
    let arguments = ["test", "--package", "journeys", "--test", "window", "--"];
    let mut tests = cargo(arguments.iter().chain(only));
    if extent.full {
        tests.env("SIGNALBOX_FULL", "1");
    }
    tell_tools(&mut tests, tools.as_ref())?;
    tally::run(tests, extent.silence())
}

/// What the window's tests are handed, by the names of the variables.
fn handed(tools: &WindowTools) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let app = workspace::program("signalbox", Profile::Debug)?;
    let handed = [("APP", &app), ("DRIVER", &tools.driver), ("AXE", &tools.axe)];
    Ok(handed.map(|(what, file)| (format!("SIGNALBOX_TEST_{what}"), file.clone())).to_vec())
}

/// Hands the tests what they start.
pub(crate) fn tell_tools(
    tests: &mut std::process::Command,
    tools: Option<&WindowTools>,
) -> anyhow::Result<()> {
    if let Some(tools) = tools {
        tests.envs(handed(tools)?);
    }
    Ok(())
}
