//! The server's bench: the server's program, and the parts of the gateway's bench that it is compared with.

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
    setup::for_postgres()?;
    step("release build", || {
        let packages = ["--package", "server", "--package", "gateway", "--package", "journeys"];
        let programs = ["--bin", "signalbox-server", "--example", "bench", "--example", "bench_server"];
        process::run(cargo(["build", "--release"].iter().chain(&packages).chain(&programs)))
    })?;
    let program =
        workspace::program("bench", Profile::Release)?.with_file_name("examples").join("bench_server");
    step("measurements", || process::run(command(program, [""; 0])))
}
