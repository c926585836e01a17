//! The vault's bench.

use crate::{
    process::{self, cargo, command},
    setup,
    steps::step,
    workspace::{self, Profile},
};

/// Builds it and runs it. Filling the log takes longer than measuring it.
pub(super) fn measure() -> anyhow::Result<()> {
    setup::for_core()?;
    step("release build", || {
        process::run(cargo(["build", "--release", "--package", "journeys", "--example", "bench_vault"]))
    })?;
    let folder = workspace::program("bench", Profile::Release)?.with_file_name("examples");
    let nothing: [&str; 0] = [];
    step("measurements", || process::run(command(folder.join("bench_vault"), nothing)))
}
