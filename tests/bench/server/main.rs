//! `cargo xtask bench server`: the server's admin API and gateway on both databases, each in processes of its own as they run in
//! production. It measures and judges nothing, but an answer that is not exactly right ends it: a fast mistake is no figure.
//!
//! What takes long can be made shorter, for a look at whether it works: `SIGNALBOX_BENCH_ROWS` (10,000,000 rows of the usage log),
//! `SIGNALBOX_BENCH_MINUTES` (10 of steady load), `SIGNALBOX_BENCH_STREAMS` (10,000 idle streams), `SIGNALBOX_BENCH_SECONDS` (4 of each
//! round of calls). `SIGNALBOX_BENCH_ONLY` names the parts to do: admin, calls, logins, streams, load.

#![allow(clippy::print_stdout, reason = "a bench talks to the terminal")]

mod admin;
mod calls;
#[path = "../../../crates/gateway/examples/bench/check.rs"]
mod check;
#[allow(dead_code, reason = "it is shared with the gateway's bench")]
#[path = "../../../crates/gateway/examples/bench/child.rs"]
mod child;
#[path = "../../../crates/gateway/examples/bench/client.rs"]
mod client;
mod history;
mod hold;
mod http;
#[path = "../../../crates/gateway/examples/bench/load.rs"]
mod load;
mod logins;
mod place;
mod resolve;
#[allow(dead_code, reason = "it is shared with the gateway's bench")]
#[path = "../../../crates/gateway/examples/bench/shapes.rs"]
mod shapes;
mod steady;
mod streams;

use std::{env, str::FromStr, time::Instant};

use figures::Figures;
use rig_postgres::Postgres;

fn main() -> anyhow::Result<()> {
    raise_open_files()?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    match env::args().nth(1).as_deref() {
        Some("hold") => runtime.block_on(hold::run()),
        Some(_) => anyhow::bail!("this is no part that the bench has"),
        None => runtime.block_on(measure()),
    }
}

async fn measure() -> anyhow::Result<()> {
    let (began, postgres) = (Instant::now(), Postgres::shared());
    let mut figures = Figures::default();
    if is_asked_for("admin") {
        admin::measure(&postgres, &mut figures).await?;
    }
    if is_asked_for("calls") {
        calls::measure(&postgres, &mut figures).await?;
    }
    if is_asked_for("logins") {
        logins::measure(&postgres, &mut figures).await?;
    }
    if is_asked_for("streams") {
        streams::measure(&postgres, &mut figures).await?;
    }
    if is_asked_for("load") {
        steady::measure(&postgres, &mut figures).await?;
    }
    println!("\n{:.0} s, and every call is in its server's usage log.", began.elapsed().as_secs_f64());
    figures.publish("server")
}

fn is_asked_for(part: &str) -> bool {
    env::var("SIGNALBOX_BENCH_ONLY").map_or(true, |only| only.split(',').any(|one| one == part))
}

/// A bound from the environment.
fn bound<T: FromStr>(name: &str, usual: T) -> T {
    env::var(format!("SIGNALBOX_BENCH_{name}")).ok().and_then(|text| text.parse().ok()).unwrap_or(usual)
}

/// What one server takes to hold 10,000 streams alone, with room for what it opens beside them.
const FILES: u64 = 24_000;

/// To whatever the system allows; the servers that are started inherit it.
fn raise_open_files() -> anyhow::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let mut limit = getrlimit(Resource::Nofile);
    if limit.maximum.is_some_and(|most| most < FILES)
        && setrlimit(Resource::Nofile, Rlimit { current: Some(FILES), maximum: Some(FILES) }).is_ok()
    {
        // Root may; who else may not shares the streams among servers.
        return Ok(());
    }
    limit.current = limit.maximum;
    Ok(setrlimit(Resource::Nofile, limit)?)
}

/// How many files a process may have open.
fn open_files() -> u64 {
    rustix::process::getrlimit(rustix::process::Resource::Nofile).current.unwrap_or(u64::MAX)
}
