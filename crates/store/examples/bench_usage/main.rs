//! `cargo xtask bench usage`: what the usage log costs to write and how fast it is looked at, in an encrypted database
//! with a million and with ten million rows. What the sums answer is compared with the same figures by plain GROUP BY over
//! the rows, in the same run. It measures and judges nothing, but figures that are not the same end it.

#![allow(clippy::print_stdout, reason = "a bench talks to the terminal")]

mod bare;
mod group_by;
mod house;
mod rounds;
mod traffic;

/// Rows of the two logs, unless the command line says others.
const SIZES: [u64; 2] = [1_000_000, 10_000_000];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let asked = std::env::args().skip(1).map(|rows| rows.parse()).collect::<Result<Vec<u64>, _>>()?;
    match asked.as_slice() {
        [] => rounds::run(SIZES).await,
        [small, large] => rounds::run([*small, *large]).await,
        _ => anyhow::bail!("say how many rows the small log and the large one have, or nothing"),
    }
}
