//! `cargo xtask bench NAME`: builds what is measured, and has it measured. A goal that is missed is printed as missed
//! and is no error.

mod bundle;
mod desktop;
mod gateway;
mod server;
mod sync;
mod usage;
mod vault;

use clap::{Args, Subcommand};

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub(crate) struct Bench {
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// A bundle of 1,000 configurations: verified and opened, and its signature alone
    Bundle,
    /// The window: start, unlock, a long list, sizes and memory
    Desktop,
    /// The gateway: what it adds to a call and what it costs, beside a bare pass-through
    Gateway,
    /// The server on both databases: admin list, gateway, statistics over 10 million rows, memory, idle streams, logins
    Server,
    /// Sync of 1,000 configurations with a server on this computer: the first, and one without changes
    Sync,
    /// The vault: unlocking, keys, a new vault key, backups of 100 MB, verifying a million acts
    Vault,
    /// The usage log: writing it, the dashboard, pages and re-pricing, beside the same by plain SQL
    Usage {
        /// Rows of the small log and of the large one, in place of 1,000,000 and 10,000,000
        #[arg(num_args = 2)]
        rows: Vec<u64>,
    },
}

/// Measures what was asked for.
pub(crate) fn bench(options: &Bench) -> anyhow::Result<()> {
    match &options.what {
        What::Bundle => bundle::measure(),
        What::Desktop => desktop::measure(),
        What::Gateway => gateway::measure(),
        What::Server => server::measure(),
        What::Sync => sync::measure(),
        What::Vault => vault::measure(),
        What::Usage { rows } => usage::measure(rows),
    }
}
