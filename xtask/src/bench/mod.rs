//! `cargo xtask bench NAME`: builds what is measured, and has it measured. A goal that is missed is printed as missed
//! and is no error.

mod desktop;
mod gateway;

use clap::{Args, Subcommand};

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Clone, Copy, Subcommand)]
enum What {
    /// The window: start, unlock, a long list, sizes and memory
    Desktop,
    /// The gateway: what it adds to a call and what it costs, beside a bare pass-through
    Gateway,
}

/// Measures what was asked for.
pub(crate) fn bench(options: &Bench) -> anyhow::Result<()> {
    match options.what {
        What::Desktop => desktop::measure(),
        What::Gateway => gateway::measure(),
    }
}
