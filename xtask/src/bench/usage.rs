//! The usage log's bench.

use crate::{
    process::{self, cargo, command},
    setup,
    steps::step,
    workspace::{self, Profile},
};

/// With rows of the small and the large log, or with the million and ten million that are promised.
pub(super) fn measure(rows: &[u64]) -> anyhow::Result<()> {
    setup::for_core()?;
    step("release build", || {
        process::run(cargo(["build", "--release", "--package", "store", "--example", "bench_usage"]))
    })?;
    let folder = workspace::program("bench", Profile::Release)?.with_file_name("examples");
    let rows = rows.iter().map(u64::to_string);
    step("measurements", || process::run(command(folder.join("bench_usage"), rows)))
}
