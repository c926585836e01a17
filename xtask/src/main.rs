//! `cargo xtask`: every chore of this repository, each with its own set-up. What the product does is not here.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool talks to the terminal")]

mod bench;
mod bundle;
mod demo;
mod page;
mod process;
mod release;
mod run;
mod screenshots;
mod setup;
mod steps;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::{
    bench::Bench,
    bundle::Bundle,
    run::Run,
    screenshots::Screenshots,
    test::{Test, start::Start},
};

/// Every chore of Signalbox. Each command installs what it needs first, and says so.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Chores {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Build the app and open its window
    Run(Run),
    /// Run every check and test, or one kind of them
    Test(Test),
    #[command(hide = true)]
    Start(Start),
    /// Measure, print tables and write target/bench/NAME.json of each
    Bench(Bench),
    /// Pack the app for this system, into target/bundle
    Bundle(Bundle),
    /// Build the page alone, into target/ui
    Page,
    /// Take the pictures of the guide anew, into docs/guide/pictures
    Screenshots(Screenshots),
}

fn main() -> ExitCode {
    match chore(&Chores::parse()) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn chore(chores: &Chores) -> anyhow::Result<ExitCode> {
    match &chores.chore {
        Chore::Run(options) => run::run(options),
        Chore::Test(options) => test::test(options).map(|()| ExitCode::SUCCESS),
        Chore::Start(options) => test::start::start(options),
        Chore::Bench(options) => bench::bench(options).map(|()| ExitCode::SUCCESS),
        Chore::Bundle(options) => bundle::bundle(options).map(|()| ExitCode::SUCCESS),
        Chore::Page => {
            setup::for_page()?;
            page::build().map(|()| ExitCode::SUCCESS)
        }
        Chore::Screenshots(options) => screenshots::take(options).map(|()| ExitCode::SUCCESS),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::bench::What;

    #[test]
    fn the_command_line_is_consistent() {
        Chores::command().debug_assert();
    }

    fn benches(words: &str) -> Option<(Vec<What>, Vec<u64>)> {
        let words = ["cargo xtask", "bench"].into_iter().chain(words.split_whitespace());
        let Chore::Bench(bench) = Chores::try_parse_from(words).ok()?.chore else { return None };
        let (names, rows) = bench.asked();
        Some((names.to_vec(), rows.to_vec()))
    }

    #[test]
    fn several_benches_are_asked_for_at_once_and_the_usage_log_may_be_smaller() {
        assert_eq!(benches("gateway"), Some((vec![What::Gateway], vec![])));
        assert_eq!(benches("bundle sync"), Some((vec![What::Bundle, What::Sync], vec![])));
        assert_eq!(benches("usage --rows 1000 5000"), Some((vec![What::Usage], vec![1_000, 5_000])));
        for wrong in ["", "nothing", "bundle nothing", "usage --rows 1000"] {
            assert_eq!(benches(wrong), None, "{wrong}");
        }
    }
}
