//! `cargo xtask bench NAME...`: builds what is measured, and has it measured, one after the other. A goal that is missed is printed as
//! missed and is no error.

mod bundle;
mod desktop;
mod gateway;
mod server;
mod sync;
mod usage;
mod vault;

use anyhow::ensure;
use clap::{Args, ValueEnum};

/// Options of `cargo xtask bench`.
#[derive(Args)]
pub(crate) struct Bench {
    /// What is measured
    #[arg(required = true, value_enum, value_name = "NAME")]
    names: Vec<What>,
    /// Of the usage log: rows of the small and of the large one, in place of 1,000,000 and 10,000,000
    #[arg(long, num_args = 2, value_names = ["SMALL", "LARGE"])]
    rows: Vec<u64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum What {
    /// A bundle of 1,000 configurations: verified and opened, and its signature alone
    Bundle,
    /// The window: start, unlock, a long list, clicks with 500 providers and 10 million calls, idle processor, sizes and memory
    Desktop,
    /// The gateway: what it adds to a call and what it costs, beside a bare pass-through
    Gateway,
    /// The server on both databases: admin list, gateway, statistics over 10 million rows, memory, idle streams, logins
    Server,
    /// Sync of 1,000 configurations between the desktop and a server on this computer: the first, and one without changes
    Sync,
    /// The vault: unlocking, keys, a new vault key, backups of 100 MB, verifying a million acts
    Vault,
    /// The usage log: writing it, the dashboard, pages and re-pricing, beside the same by plain SQL
    Usage,
}

/// Measures what was asked for.
pub(crate) fn bench(options: &Bench) -> anyhow::Result<()> {
    let of_usage = options.rows.is_empty() || options.names.contains(&What::Usage);
    ensure!(of_usage, "--rows is for the usage log: name `usage`, or leave it out");
    options.names.iter().try_for_each(|name| match name {
        What::Bundle => bundle::measure(),
        What::Desktop => desktop::measure(),
        What::Gateway => gateway::measure(),
        What::Server => server::measure(),
        What::Sync => sync::measure(),
        What::Vault => vault::measure(),
        What::Usage => usage::measure(&options.rows),
    })
}

#[cfg(test)]
impl Bench {
    pub(crate) fn asked(&self) -> (&[What], &[u64]) {
        (&self.names, &self.rows)
    }
}
