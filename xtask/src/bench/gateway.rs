//! The gateway's bench: a program that starts its other parts from beside itself.

use crate::{
    process::{self, cargo, command},
    setup,
    steps::step,
    workspace::{self, Profile},
};

pub(super) fn measure() -> anyhow::Result<()> {
    anyhow::ensure!(
        cfg!(target_os = "linux"),
        "processor time and memory are read from /proc; measure on Linux"
    );
    setup::for_core()?;
    step("release build", || {
        process::run(cargo([
            "build",
            "--release",
            "--package",
            "gateway",
            "--example",
            "loopback",
            "--example",
            "bench",
        ]))
    })?;
    let bench = workspace::program("bench", Profile::Release)?;
    let folder = bench.with_file_name("examples");
    step("measurements", || process::run(command(folder.join("bench"), std::iter::empty::<&str>())))
}
