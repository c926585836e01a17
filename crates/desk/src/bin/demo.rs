//! `signalbox-demo`: fills an empty data folder with a vault of invented data, for `cargo xtask run --demo` and benches.

use std::{collections::BTreeMap, path::PathBuf};

use anyhow::Context;
use clap::Parser;
use desk::{Folders, sample::Sample};
use model::ProviderType;

/// Fill an empty data folder with a vault of sample data, and print its password.
#[derive(Parser)]
struct Arguments {
    /// The data folder.
    #[arg(long)]
    data_dir: PathBuf,
    /// The simulator's base URLs, as the JSON line that it prints.
    #[arg(long)]
    simulator: Option<String>,
    /// This many providers without calls in place of nine with 90 days of calls.
    #[arg(long)]
    providers: Option<usize>,
    /// About so many calls in place of the usual number.
    #[arg(long)]
    calls: Option<u64>,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments = Arguments::parse();
    let base_urls = arguments.simulator.as_deref().map(base_urls).transpose()?.unwrap_or_default();
    let sample = Sample { base_urls, bulk: arguments.providers };
    let folders = Folders::under(arguments.data_dir);
    let password = match arguments.calls {
        Some(calls) => sample.fill_with(folders, calls).await?,
        None => sample.fill(folders).await?,
    };
    #[expect(clippy::print_stdout, reason = "the password is this program's result")]
    {
        println!("{password}");
    }
    Ok(())
}

fn base_urls(line: &str) -> anyhow::Result<BTreeMap<ProviderType, String>> {
    let line: serde_json::Value = serde_json::from_str(line).context("the simulator's line is no JSON")?;
    let urls = line.get("base_urls").unwrap_or(&line);
    ProviderType::ALL
        .into_iter()
        .map(|kind| {
            let url = urls.get(kind.as_str()).and_then(|url| url.as_str());
            Ok((kind, url.with_context(|| format!("no base URL for {}", kind.as_str()))?.to_owned()))
        })
        .collect()
}
