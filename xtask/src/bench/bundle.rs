//! The bundles' bench.

use crate::{
    process::{self, cargo, command},
    setup,
    steps::step,
    workspace::{self, Profile},
};

pub(super) fn measure() -> anyhow::Result<()> {
    setup::for_core()?;
    step("release build", || {
        process::run(cargo(["build", "--release", "--package", "bundle", "--example", "bench_bundle"]))
    })?;
    let program =
        workspace::program("bench", Profile::Release)?.with_file_name("examples").join("bench_bundle");
    step("measurements", || process::run(command(program, [""; 0])))
}
